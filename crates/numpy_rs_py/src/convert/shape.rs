//! Shapes and lists of integers from Python objects.

use numpy_rs_core::dims::{Dims, MAXDIMS};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyTuple};

/// A shape: an integer, or a sequence of integers.
pub(crate) fn from_object(object: &Bound<'_, PyAny>) -> PyResult<Dims> {
    if object.is_exact_instance_of::<PyInt>()
        && let Ok(one) = object.extract::<isize>()
    {
        return Ok(Dims::from_slice(&[one]));
    }
    integers(object, "Maximum allowed dimension exceeded")
}

/// Integers that fit an address, from one or from a sequence of them; `too_large` is said of others.
pub(crate) fn integers(object: &Bound<'_, PyAny>, too_large: &str) -> PyResult<Dims> {
    if object.is_none() {
        return Err(PyTypeError::new_err("Use () not None as shape arguments"));
    }
    if let Some(one) = integer(object, too_large)? {
        return Ok(Dims::from_slice(&[one]));
    }
    let py = object.py();
    if let Ok(tuple) = object.cast_exact::<PyTuple>()
        && let Some(dims) = plain_integers(tuple)
    {
        return Ok(dims);
    }
    let describe = || {
        PyTypeError::new_err(format!(
            "expected a sequence of integers or a single integer, got '{}'",
            object.repr().map_or_else(|_| "?".into(), |r| r.to_string())
        ))
    };
    let is_sequence = object.hasattr(pyo3::intern!(py, "__getitem__"))?
        && object.hasattr(pyo3::intern!(py, "__len__"))?;
    if !is_sequence || object.is_instance_of::<PyDict>() {
        return Err(describe());
    }
    let n = object.len()?;
    if n > MAXDIMS {
        return Err(PyValueError::new_err(format!(
            "maximum supported dimension for an ndarray is currently {MAXDIMS}, found {n}"
        )));
    }
    let mut dims = Dims::with_capacity(n);
    for i in 0..n {
        let item = object.get_item(i)?;
        match integer(&item, too_large)? {
            Some(d) => dims.push(d),
            None if item.is_instance_of::<PyBool>() => {
                return Err(PyTypeError::new_err("an integer is required"));
            }
            None => {
                return Err(PyTypeError::new_err(format!(
                    "'{}' object cannot be interpreted as an integer",
                    item.get_type().name()?
                )));
            }
        }
    }
    Ok(dims)
}

/// The items of a tuple if all are exact Python integers that fit.
fn plain_integers(tuple: &Bound<'_, PyTuple>) -> Option<Dims> {
    if tuple.len() > MAXDIMS {
        return None;
    }
    let mut dims = Dims::new();
    for item in tuple.iter_borrowed() {
        if !item.is_exact_instance_of::<PyInt>() {
            return None;
        }
        dims.push(item.extract().ok()?);
    }
    Some(dims)
}

/// An integer, if the object is one.
fn integer(object: &Bound<'_, PyAny>, too_large: &str) -> PyResult<Option<isize>> {
    // SAFETY: a check on a live object.
    let has_index = unsafe { ffi::PyIndex_Check(object.as_ptr()) } != 0;
    if !has_index || object.is_instance_of::<PyBool>() {
        return Ok(None);
    }
    match object.extract::<isize>() {
        Ok(n) => Ok(Some(n)),
        Err(e) if e.is_instance_of::<pyo3::exceptions::PyOverflowError>(object.py()) => {
            Err(PyValueError::new_err(too_large.to_owned()))
        }
        Err(_) => Ok(None),
    }
}
