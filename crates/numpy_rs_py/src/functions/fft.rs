//! One transform along one axis: what all functions of `numpy.fft` are made of.

use numpy_rs_core::array::Array;
use numpy_rs_fft::{Kind, transform};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::array;
use crate::convert::array_like;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[FunctionDef {
    module: "fft",
    signature: "_transform(a, kind, n, axis, factor)",
    relevant: &[],
    doc: "The transform of length `n` along an axis, times a factor: kind `c` complex, `b` complex backward, `r` real \
          forward, `h` Hermitian to real.",
    run,
}];

fn run<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let input = array_like::plain(&a.required(0))?;
    if !input.dtype()?.num().is_number() {
        return Err(PyTypeError::new_err(
            "ufunc 'fft' not supported for the input types, and the inputs could not be safely coerced to any supported \
             types according to the casting rule ''same_kind''",
        ));
    }
    let kind = match a.required(1).extract::<String>()?.as_str() {
        "c" => Kind::Forward,
        "b" => Kind::Backward,
        "r" => Kind::RealForward,
        _ => Kind::RealBackward,
    };
    let n = a.required(2).extract::<usize>()?;
    let axis = a.required(3).extract::<usize>()?;
    let factor = a.required(4).extract::<f64>()?;
    if n == 0 {
        return Err(PyValueError::new_err(
            "Invalid number of FFT data points (0) specified.",
        ));
    }
    let made: Array = transform(&input.view()?, kind, n, axis, factor).or_raise()?;
    Ok(array::from_core(a.py(), made)?.into_any())
}
