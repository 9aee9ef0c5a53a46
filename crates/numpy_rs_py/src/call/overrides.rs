//! The `__array_ufunc__` protocol (NEP 13): who overrides a call, and asking them in turn.

use std::sync::OnceLock;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use smallvec::SmallVec;

use super::arguments::{Keywords, Outs};
use super::registry::Callee;
use crate::beside;
use crate::classes::{AbstractScalar, NDARRAY, num_of_scalar_class};

/// Whether a value of this type certainly overrides nothing and wraps nothing.
#[inline]
pub(crate) fn is_plain(value: &Bound<'_, PyAny>) -> bool {
    let ty = value.get_type_ptr();
    ty == NDARRAY.get()
        || ty == &raw mut ffi::PyFloat_Type
        || ty == &raw mut ffi::PyLong_Type
        || num_of_scalar_class(ty).is_some()
        || ty == &raw mut ffi::PyBool_Type
        || ty == &raw mut ffi::PyList_Type
        || ty == &raw mut ffi::PyTuple_Type
        || ty == &raw mut ffi::PyComplex_Type
        || ty == &raw mut ffi::PyUnicode_Type
        || ty == &raw mut ffi::PyBytes_Type
        || value.is_none()
}

/// An operand that overrides, with its method.
struct Override<'py> {
    operand: Bound<'py, PyAny>,
    method: Bound<'py, PyAny>,
}

/// The overrides of one call, in the order in which they are asked.
pub(crate) struct Overrides<'py>(SmallVec<[Override<'py>; 2]>);

/// `type(value).__array_ufunc__`, unless it is ndarray's own.
fn lookup<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    static DEFAULT: OnceLock<Option<Py<PyAny>>> = OnceLock::new();
    let py = value.py();
    let name = pyo3::intern!(py, "__array_ufunc__");
    let Some(method) = value.get_type().getattr_opt(name)? else {
        return Ok(None);
    };
    let default = DEFAULT.get_or_init(|| NDARRAY.bound(py).getattr(name).ok().map(Bound::unbind));
    if default.as_ref().is_some_and(|d| method.is(d.bind(py))) {
        return Ok(None);
    }
    Ok(Some(method))
}

/// Who among the operands overrides; `None` for nobody. An operand whose method is `None` refuses the call.
pub(crate) fn find_among<'a, 'py: 'a>(
    operands: impl Iterator<Item = &'a Bound<'py, PyAny>>,
) -> PyResult<Option<Overrides<'py>>> {
    let mut found: SmallVec<[Override<'py>; 2]> = SmallVec::new();
    for operand in operands {
        if is_plain(operand)
            || found
                .iter()
                .any(|o| o.operand.get_type().is(operand.get_type()))
        {
            continue;
        }
        let Some(method) = lookup(operand)? else {
            continue;
        };
        if beside::is_plain(operand, "__array_ufunc__")?
            || AbstractScalar::Generic.class().is_instance(operand)
        {
            continue;
        }
        if method.is_none() {
            return Err(PyTypeError::new_err(format!(
                "operand '{}' does not support ufuncs (__array_ufunc__=None)",
                operand.get_type().name()?
            )));
        }
        found.push(Override {
            operand: operand.clone(),
            method,
        });
    }
    Ok(if found.is_empty() {
        None
    } else {
        Some(Overrides(found))
    })
}

/// The keywords of a call as overrides see them: `out` as a tuple, the rest as written.
pub(crate) fn keyword_dict<'py>(
    py: Python<'py>,
    outs: &Outs<'py>,
    keywords: &Keywords<'py>,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    put_out(&dict, outs)?;
    for (name, value) in keywords.named() {
        dict.set_item(name, value)?;
    }
    Ok(dict)
}

/// Adds `out` as a tuple, where any is given.
pub(crate) fn put_out<'py>(dict: &Bound<'py, PyDict>, outs: &Outs<'py>) -> PyResult<()> {
    if outs.keep_arrays {
        dict.set_item("out", dict.py().Ellipsis())?;
    } else if !outs.each.is_empty() {
        let py = dict.py();
        let none = py.None().into_bound(py);
        dict.set_item(
            "out",
            PyTuple::new(
                py,
                outs.each
                    .iter()
                    .map(|o| o.clone().unwrap_or_else(|| none.clone())),
            )?,
        )?;
    }
    Ok(())
}

impl<'py> Overrides<'py> {
    /// Asks each override in turn: subclasses before their bases, else left to right.
    pub(crate) fn call(
        mut self,
        callee: &Callee<'py>,
        method: &str,
        inputs: &[Bound<'py, PyAny>],
        keywords: &Bound<'py, PyDict>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = callee.py;
        let ufunc = callee.object()?;
        let all: SmallVec<[Bound<'py, PyAny>; 4]> =
            self.0.iter().map(|o| o.operand.clone()).collect();
        while !self.0.is_empty() {
            // The leftmost one that no other is a subclass of.
            let at = (0..self.0.len())
                .find(|&i| {
                    let ty = self.0[i].operand.get_type();
                    !self.0[i + 1..].iter().any(|o| {
                        let other = o.operand.get_type();
                        !other.is(&ty) && other.is_subclass(&ty).unwrap_or(false)
                    })
                })
                .unwrap_or(0);
            let chosen = self.0.remove(at);
            let mut args: SmallVec<[Bound<'py, PyAny>; 6]> = SmallVec::new();
            args.push(ufunc.clone());
            args.push(pyo3::types::PyString::intern(py, method).into_any());
            args.extend(inputs.iter().cloned());
            let bound = bind(&chosen)?;
            let result = bound.call(PyTuple::new(py, args)?, Some(keywords))?;
            if !result.is(py.NotImplemented().bind(py)) {
                return Ok(result);
            }
        }
        Err(refusal(&ufunc, method, inputs, keywords, &all)?)
    }
}

/// The method bound to its operand, as an attribute look-up on the type would bind it.
fn bind<'py>(chosen: &Override<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = chosen.operand.py();
    match chosen.method.getattr_opt(pyo3::intern!(py, "__get__"))? {
        Some(get) => get.call1((&chosen.operand, chosen.operand.get_type())),
        None => Ok(chosen.method.clone()),
    }
}

/// All overrides answered `NotImplemented`.
#[cold]
fn refusal<'py>(
    ufunc: &Bound<'py, PyAny>,
    method: &str,
    inputs: &[Bound<'py, PyAny>],
    keywords: &Bound<'py, PyDict>,
    _asked: &[Bound<'py, PyAny>],
) -> PyResult<PyErr> {
    let mut args: Vec<String> = Vec::new();
    let mut types: Vec<String> = Vec::new();
    let type_name =
        |o: &Bound<'_, PyAny>| -> PyResult<String> { Ok(format!("'{}'", o.get_type().name()?)) };
    for x in inputs {
        args.push(x.repr()?.to_string());
        types.push(type_name(x)?);
    }
    for (key, value) in keywords.iter() {
        args.push(format!("{}={}", key.str()?, value.repr()?));
        if key.eq("out")?
            && let Ok(tuple) = value.cast::<PyTuple>()
        {
            for o in tuple.iter() {
                types.push(type_name(&o)?);
            }
        }
    }
    Ok(PyTypeError::new_err(format!(
        "operand type(s) all returned NotImplemented from __array_ufunc__({}, '{method}', {}): {}",
        ufunc.repr()?,
        args.join(", "),
        types.join(", ")
    )))
}
