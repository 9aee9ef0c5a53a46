//! The Python package around this module, under whichever name it was loaded (`numpy_rs` or `numpy`).

use std::sync::OnceLock;

use pyo3::prelude::*;

static NAME: OnceLock<String> = OnceLock::new();

/// Remembers the package from the full name of the extension module (`numpy_rs._native`).
pub(crate) fn set_from_module_name(full: &str) {
    let name = full
        .rsplit_once('.')
        .map_or("numpy_rs", |(package, _)| package);
    let _ = NAME.set(name.to_owned());
}

/// The package's name.
pub(crate) fn name() -> &'static str {
    NAME.get().map_or("numpy_rs", String::as_str)
}

/// Imports a module of the package; an empty path is the package itself.
pub(crate) fn import<'py>(py: Python<'py>, path: &str) -> PyResult<Bound<'py, PyModule>> {
    if path.is_empty() {
        py.import(name())
    } else {
        py.import(format!("{}.{path}", name()))
    }
}
