//! What `Generator` of the package stands on: PCG64 streams held by the package as numbers.

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::layout::Order;
use numpy_rs_random::pcg64::Pcg64;
use numpy_rs_random::seed_sequence::SeedSequence;
use pyo3::prelude::*;

use crate::array;
use crate::convert;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "random",
        signature: "_pcg64_seeded(words)",
        relevant: &[],
        doc: "The state and increment of a PCG64 stream seeded with words, or from the system.",
        run: pcg64_seeded,
    },
    FunctionDef {
        module: "random",
        signature: "_pcg64_random(state, increment, size=None)",
        relevant: &[],
        doc: "Uniform doubles from a PCG64 stream, and the state behind them.",
        run: pcg64_random,
    },
];

/// The state and increment of a PCG64 stream seeded with 32-bit words, the lowest first.
fn pcg64_seeded<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let words: Vec<u32> = match a.some(0) {
        Some(w) => w
            .try_iter()?
            .map(|v| v?.extract())
            .collect::<PyResult<_>>()?,
        None => system_words(),
    };
    let made = Pcg64::new(&SeedSequence::new(&words));
    Ok((made.state, made.increment)
        .into_pyobject(a.py())?
        .into_any())
}

/// Uniform doubles from a PCG64 stream, and the state behind them.
fn pcg64_random<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let mut bits = Pcg64 {
        state: a.required(0).extract()?,
        increment: a.required(1).extract()?,
    };
    let value = match size(a, 2)? {
        None => bits.next_f64().into_pyobject(py)?.into_any(),
        Some(shape) => {
            let out = array::empty(py, &DType::new(TypeNum::Double), &shape, Order::C)?;
            // SAFETY: the array was just made: contiguous doubles.
            let items =
                unsafe { std::slice::from_raw_parts_mut(out.data().cast::<f64>(), out.size()) };
            items.iter_mut().for_each(|x| *x = bits.next_f64());
            out.into_any()
        }
    };
    Ok((value, bits.state).into_pyobject(py)?.into_any())
}

/// Words that nobody can guess: from the keys of a fresh hash map, which the system seeds.
pub(super) fn system_words() -> Vec<u32> {
    use std::hash::{BuildHasher, Hasher};
    (0..4u64)
        .flat_map(|i| {
            let mut hasher = std::collections::hash_map::RandomState::new().build_hasher();
            hasher.write_u64(i);
            let x = hasher.finish();
            [x as u32, (x >> 32) as u32]
        })
        .collect()
}

/// `size=`: nothing for one number, else a shape.
fn size(a: &Args<'_>, at: usize) -> PyResult<Option<Dims>> {
    a.some(at)
        .map(|s| convert::shape::from_object(&s))
        .transpose()
}
