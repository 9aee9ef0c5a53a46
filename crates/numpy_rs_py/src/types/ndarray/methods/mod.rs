//! The methods of arrays: tables of definitions whose first parameter is the array.

pub(crate) mod shape;
pub(crate) mod convert;
mod items;
pub(crate) mod pick;
mod order;
mod protocol;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::array::ArrayRef;
use crate::function::FunctionDef;
use crate::signature::Args;

/// Every table.
pub(super) static TABLES: &[&[FunctionDef]] = &[
    shape::METHODS,
    convert::METHODS,
    items::METHODS,
    pick::METHODS,
    order::METHODS,
    protocol::METHODS,
    crate::functions::reductions::METHODS,
    crate::functions::statistics::METHODS,
    crate::functions::searching::METHODS,
    crate::functions::ufunc_like::METHODS,
];

/// The array that a method was called on.
#[inline]
pub(crate) fn this<'py>(a: &Args<'py>) -> PyResult<ArrayRef<'py>> {
    let object = a.required(0);
    ArrayRef::from_object(&object).ok_or_else(|| wrong_self(&object))
}

#[cold]
fn wrong_self(object: &Bound<'_, PyAny>) -> PyErr {
    let name = object
        .get_type()
        .name()
        .map_or_else(|_| "?".into(), |n| n.to_string());
    PyTypeError::new_err(format!(
        "descriptor requires a 'numpy.ndarray' object but received a '{name}'"
    ))
}

/// A method's definition.
const fn method(
    signature: &'static str,
    doc: &'static str,
    run: for<'py> fn(&Args<'py>) -> PyResult<Bound<'py, PyAny>>,
) -> FunctionDef {
    FunctionDef {
        module: "",
        signature,
        relevant: &[],
        doc,
        run,
    }
}

/// `None`.
fn none<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    Ok(a.py().None().into_bound(a.py()))
}
