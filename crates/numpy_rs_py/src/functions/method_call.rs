//! Functions that are methods by another name: the object's own method is called, or that of its array.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::array::ArrayRef;
use crate::convert::array_like;

/// Calls `object.name(*args, **kwargs)`; where the object has no such method (or refuses these arguments), that of
/// the array made from it, wrapped as the object asks.
pub(crate) fn call_method<'py>(
    object: &Bound<'py, PyAny>,
    name: &str,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    if let Some(method) = object.getattr_opt(name)?.filter(|m| !m.is_none()) {
        match method.call(args, kwargs) {
            // A method of the same name with other arguments (such as `list.sort`) is not ours to call.
            Err(e)
                if ArrayRef::from_object(object).is_none()
                    && e.is_instance_of::<PyTypeError>(py) => {}
            answer => return answer,
        }
    }
    let array = array_like::plain(object)?;
    let result = array.as_any().getattr(name)?.call(args, kwargs)?;
    if let Some(wrap) = object.getattr_opt("__array_wrap__")?
        && ArrayRef::from_object(&result).is_some()
        && ArrayRef::from_object(object).is_none()
    {
        return wrap.call1((&result, py.None(), false));
    }
    Ok(result)
}

/// Keyword arguments for a method, from those that were given.
pub(crate) fn given<'py>(
    py: Python<'py>,
    pairs: &[(&str, Option<Bound<'py, PyAny>>)],
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (name, value) in pairs {
        if let Some(value) = value {
            dict.set_item(*name, value)?;
        }
    }
    Ok(dict)
}
