//! The formatters of single floats.

use numpy_rs_core::format::float::{FloatOptions, Trim};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::element::float_of;
use super::floats::{positional_text, scientific_text};
use crate::signature::Args;

/// A C int from an argument; negative numbers stand for an option that is not given.
fn count(a: &Args<'_>, i: usize) -> PyResult<Option<usize>> {
    let n: i32 = a.get(i).map_or(Ok(-1), |v| v.extract())?;
    Ok(usize::try_from(n).ok())
}

fn trim(value: Option<Bound<'_, PyAny>>) -> PyResult<Trim> {
    let Some(value) = value else {
        return Ok(Trim::Keep);
    };
    let text = value.str()?.to_string();
    match text.as_str() {
        "k" => Ok(Trim::Keep),
        "." => Ok(Trim::Zeros),
        "0" => Ok(Trim::LeaveOneZero),
        "-" => Ok(Trim::DecimalPoint),
        _ => Err(PyTypeError::new_err(format!(
            "if supplied, trim must be 'k', '.', '0' or '-' found `{text:>100}`"
        ))),
    }
}

/// `dragon4_positional`.
pub(super) fn dragon4_positional<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let fractional = a.flag(3, false)?;
    let mut options = FloatOptions {
        precision: count(a, 1)?,
        exact: !a.flag(2, true)?,
        significant: !fractional,
        trim: trim(a.get(4))?,
        sign: a.flag(5, false)?,
        pad_left: count(a, 6)?.unwrap_or(0),
        pad_right: count(a, 7)?,
        min_digits: count(a, 8)?,
        ..FloatOptions::default()
    };
    if options.significant && options.precision == Some(0) && !options.exact {
        // NumPy: no significant digit at all means all of them.
        options.precision = None;
    }
    let text = positional_text(float_of(&a.required(0))?, &options)?;
    Ok(PyString::new(a.py(), &text).into_any())
}

/// `dragon4_scientific`.
pub(super) fn dragon4_scientific<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let options = FloatOptions {
        precision: count(a, 1)?,
        exact: !a.flag(2, true)?,
        trim: trim(a.get(3))?,
        sign: a.flag(4, false)?,
        pad_left: count(a, 5)?.unwrap_or(0),
        exp_digits: count(a, 6)?,
        min_digits: count(a, 7)?,
        ..FloatOptions::default()
    };
    let text = scientific_text(float_of(&a.required(0))?, &options)?;
    Ok(PyString::new(a.py(), &text).into_any())
}
