//! Attributes of ufunc objects.

use numpy_rs_core::ufunc::table::{Identity, Ufunc};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::attribute::Attribute;
use crate::call::registry;

/// The table.
pub(super) static ATTRIBUTES: &[Attribute] = &[
    Attribute::readonly("__doc__", "", |u| {
        Ok(doc(u)?.into_pyobject(u.py())?.into_any())
    }),
    Attribute::readonly("__name__", "", |u| {
        Ok(registry::declaration(u)?
            .name
            .into_pyobject(u.py())?
            .into_any())
    }),
    Attribute::readonly("nin", "The number of inputs.", |u| number(u, |d| d.nin)),
    Attribute::readonly("nout", "The number of outputs.", |u| number(u, |d| d.nout)),
    Attribute::readonly("nargs", "The number of inputs and outputs.", |u| {
        number(u, Ufunc::nargs)
    }),
    Attribute::readonly("ntypes", "The number of loops.", |u| {
        number(u, |d| d.rows().len())
    }),
    Attribute::readonly(
        "types",
        "The loops, as `inputs->outputs` in type characters.",
        types,
    ),
    Attribute::readonly(
        "identity",
        "What a reduction over nothing gives; None without one.",
        identity,
    ),
    Attribute::readonly(
        "signature",
        "The core signature of a generalized ufunc.",
        |u| {
            Ok(registry::declaration(u)?
                .signature
                .into_pyobject(u.py())?
                .into_any())
        },
    ),
    Attribute::readonly("__signature__", "", signature),
];

fn number<'py>(u: &Bound<'py, PyAny>, of: fn(&Ufunc) -> usize) -> PyResult<Bound<'py, PyAny>> {
    Ok(of(registry::declaration(u)?)
        .into_pyobject(u.py())?
        .into_any())
}

fn types<'py>(u: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let d = registry::declaration(u)?;
    let list = PyList::empty(u.py());
    for row in d.rows() {
        let chars = |nums: &[numpy_rs_core::dtype::TypeNum]| -> String {
            nums.iter().map(|n| char::from(n.facts().char)).collect()
        };
        let (inputs, outputs) = row.types.split_at(d.nin);
        list.append(format!("{}->{}", chars(inputs), chars(outputs)))?;
    }
    Ok(list.into_any())
}

fn identity<'py>(u: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = u.py();
    Ok(match registry::declaration(u)?.identity {
        Identity::None => py.None().into_bound(py),
        Identity::Zero => 0i64.into_pyobject(py)?.into_any(),
        Identity::One => 1i64.into_pyobject(py)?.into_any(),
        Identity::MinusOne => (-1i64).into_pyobject(py)?.into_any(),
        Identity::NegInf => f64::NEG_INFINITY.into_pyobject(py)?.into_any(),
        Identity::False => pyo3::types::PyBool::new(py, false).to_owned().into_any(),
        Identity::True => pyo3::types::PyBool::new(py, true).to_owned().into_any(),
    })
}

/// The names of the inputs: `x`, or `x1`, `x2`…
fn input_names(d: &Ufunc) -> String {
    if d.nin == 1 {
        return "x".to_owned();
    }
    let names: Vec<String> = (1..=d.nin).map(|i| format!("x{i}")).collect();
    names.join(", ")
}

fn out_default(d: &Ufunc) -> String {
    if d.nout == 1 {
        return "None".to_owned();
    }
    format!("({})", vec!["None"; d.nout].join(", "))
}

/// The docstring with the line of parameters in front.
pub(super) fn doc(u: &Bound<'_, PyAny>) -> PyResult<String> {
    let d = registry::declaration(u)?;
    let (x, out) = (input_names(d), out_default(d));
    let outs = if d.nout == 1 {
        ", /, out=None".to_owned()
    } else {
        let each: Vec<String> = (1..=d.nout).map(|i| format!("out{i}")).collect();
        format!("[, {}], / [, out={out}]", each.join(", "))
    };
    let rest = if d.signature.is_some() {
        "casting='same_kind', order='K', dtype=None, subok=True[, signature, axes, axis])"
    } else {
        "where=True, casting='same_kind', order='K', dtype=None, subok=True[, signature])"
    };
    Ok(format!(
        "{}({x}{outs}, *, {rest}\n\n{}",
        d.name,
        d.doc.trim_end()
    ))
}

/// `inspect.Signature` of the call.
fn signature<'py>(u: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = u.py();
    let d = registry::declaration(u)?;
    let names = PyDict::new(py);
    let special = if d.signature.is_some() {
        let no_value = crate::package::import(py, "_globals")
            .and_then(|m| m.getattr("_NoValue"))
            .map_err(|_| PyAttributeError::new_err("__signature__"))?;
        names.set_item("no_value", no_value)?;
        "axes=no_value, axis=no_value, keepdims=False"
    } else {
        "where=True"
    };
    let code = format!(
        "lambda {}, /, out={}, *, {special}, casting='same_kind', order='K', dtype=None, subok=True, signature=None: 0",
        input_names(d),
        out_default(d)
    );
    let code = std::ffi::CString::new(code)?;
    let shaped = py.eval(&code, Some(&names), None)?;
    py.import("inspect")?.call_method1("signature", (shaped,))
}
