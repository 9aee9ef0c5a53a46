//! Warnings that the door gives; each may be turned into an error by the user's filters.

use std::ffi::CString;

use numpy_rs_core::dtype::TypeNum;
use pyo3::exceptions::{PyDeprecationWarning, PyRuntimeWarning};
use pyo3::prelude::*;

/// A `DeprecationWarning` at the caller.
pub(crate) fn deprecated(py: Python<'_>, text: &str) -> PyResult<()> {
    warn(py, &py.get_type::<PyDeprecationWarning>().into_any(), text)
}

/// A `RuntimeWarning` at the caller.
pub(crate) fn runtime(py: Python<'_>, text: &str) -> PyResult<()> {
    warn(py, &py.get_type::<PyRuntimeWarning>().into_any(), text)
}

/// A warning of a class that the package defines in `exceptions`.
pub(crate) fn of_package(py: Python<'_>, class: &str, text: &str) -> PyResult<()> {
    warn(
        py,
        &crate::package::import(py, "exceptions")?.getattr(class)?,
        text,
    )
}

/// Says that imaginary parts are dropped, where a conversion does that.
pub(crate) fn imaginary_dropped(py: Python<'_>, from: TypeNum, to: TypeNum) -> PyResult<()> {
    if from.is_complex() && to.is_number() && !to.is_complex() && to != TypeNum::Bool {
        imaginary(py)?;
    }
    Ok(())
}

/// The warning that an imaginary part is dropped.
#[cold]
pub(crate) fn imaginary(py: Python<'_>) -> PyResult<()> {
    of_package(
        py,
        "ComplexWarning",
        "Casting complex values to real discards the imaginary part",
    )
}

fn warn(py: Python<'_>, class: &Bound<'_, PyAny>, text: &str) -> PyResult<()> {
    let text = CString::new(text).unwrap_or_default();
    PyErr::warn(py, class, &text, 1)
}
