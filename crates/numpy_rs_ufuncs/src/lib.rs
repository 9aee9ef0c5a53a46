//! The declarations: which kernel serves which dtypes, for every universal function.

pub mod codes;
mod declare;
pub mod arithmetic;
pub mod comparison;
pub mod extrema;
pub mod logic;
pub mod elementary;
pub mod floating;
pub mod exponential;
pub mod trigonometric;
pub mod products;
pub mod sliding;

use std::sync::LazyLock;

use numpy_rs_core::ufunc::table::Ufunc;

static REGISTRY: LazyLock<Vec<&'static Ufunc>> = LazyLock::new(|| {
    let mut all = [
        arithmetic::ALL,
        comparison::ALL,
        extrema::ALL,
        logic::ALL,
        elementary::ALL,
        floating::ALL,
        exponential::ALL,
        trigonometric::ALL,
        products::ALL,
    ]
    .concat();
    all.sort_by_key(|u| u.name);
    all
});

/// Every ufunc, by name.
pub fn all() -> &'static [&'static Ufunc] {
    &REGISTRY
}

/// The ufunc of this name.
pub fn get(name: &str) -> Option<&'static Ufunc> {
    let at = REGISTRY.binary_search_by_key(&name, |u| u.name).ok()?;
    Some(REGISTRY[at])
}
