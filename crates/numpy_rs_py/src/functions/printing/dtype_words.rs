//! The dtype at the end of `repr(array)`: whether it must be said, and how.

use numpy_rs_core::dtype::{DType, TypeNum};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::convert::dtype_text::INTP;
use crate::descr;

/// Whether NumPy would choose this dtype by itself for the printed values.
pub(super) fn is_implied(descr: &Bound<'_, PyAny>, dtype: &DType, legacy: i64) -> bool {
    let plain = [TypeNum::Bool, INTP, TypeNum::Double, TypeNum::CDouble].contains(&dtype.num());
    plain
        && dtype.is_native()
        && descr::fields(descr).names.is_null()
        && !(legacy <= 113 && dtype.num() == TypeNum::Bool)
}

/// The dtype as it stands in `dtype=…`.
pub(super) fn short(descr: &Bound<'_, PyAny>, dtype: &DType) -> PyResult<String> {
    if !descr::fields(descr).names.is_null() {
        return Ok(descr.str()?.to_string());
    }
    if dtype.num().is_flexible() || !dtype.is_native() {
        return Ok(format!("'{}'", descr.str()?));
    }
    let name: String = descr.getattr("name")?.extract()?;
    let word = name.starts_with(char::is_alphabetic) && name.chars().all(char::is_alphanumeric);
    Ok(if word {
        name
    } else {
        PyString::new(descr.py(), &name).repr()?.to_string()
    })
}
