//! Calling ufuncs: from Python through their objects, and from Rust by the functions below.
//!
//! `arguments` reads what was written, `overrides` asks who else wants the call, `input` turns operands into specs and
//! views, `elementwise`, `gufunc`, `reduction` and `applied` plan and run, `wrap` gives results their class.

pub(crate) mod weak;
pub(crate) mod registry;
pub(crate) mod arguments;
pub(crate) mod overrides;
pub(crate) mod input;
pub(crate) mod wrap;
pub(crate) mod quick;
pub(crate) mod request;
pub(crate) mod gufunc;
pub(crate) mod elementwise;
pub(crate) mod reduction;
pub(crate) mod applied;

use numpy_rs_core::ufunc::table::Ufunc;
use pyo3::prelude::*;

use arguments::Outs;
use registry::Callee;
use request::Request;

/// Whether an object is the marker for arguments that were not given, `numpy._NoValue`.
#[inline]
pub(crate) fn is_no_value(value: &Bound<'_, PyAny>) -> bool {
    // SAFETY: the name of a live type is a C string.
    unsafe {
        std::ffi::CStr::from_ptr((*value.get_type_ptr()).tp_name)
            .to_bytes()
            .ends_with(b"_NoValueType")
    }
}

/// `ufunc(x)`.
pub(crate) fn unary<'py>(
    ufunc: &'static Ufunc,
    x: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    call(ufunc, std::slice::from_ref(x), None)
}

/// `ufunc(x1, x2)`.
pub(crate) fn binary<'py>(
    ufunc: &'static Ufunc,
    x1: &Bound<'py, PyAny>,
    x2: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    call(ufunc, &[x1.clone(), x2.clone()], None)
}

/// `ufunc(*inputs, out=out)`, overrides included.
pub(crate) fn call<'py>(
    ufunc: &'static Ufunc,
    inputs: &[Bound<'py, PyAny>],
    out: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    call_as(&Callee::of(inputs[0].py(), ufunc), inputs, out)
}

/// `ufunc(x1, x2)` at work for the function `name`, which floating-point events are reported under.
pub(crate) fn binary_for<'py>(
    name: &'static str,
    ufunc: &'static Ufunc,
    x1: &Bound<'py, PyAny>,
    x2: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let callee = Callee::named(x1.py(), ufunc, name);
    call_as(&callee, &[x1.clone(), x2.clone()], None)
}

fn call_as<'py>(
    callee: &Callee<'py>,
    inputs: &[Bound<'py, PyAny>],
    out: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    if let Some(answer) = quick::call(callee, inputs, out)? {
        return Ok(answer);
    }
    let outs = match out {
        None => Outs::none(),
        Some(out) => Outs::collect(ufunc, &[], Some(out))?,
    };
    if !inputs.iter().chain(out).all(overrides::is_plain)
        && let Some(found) = overrides::find_among(inputs.iter().chain(outs.each.iter().flatten()))?
    {
        let dict = pyo3::types::PyDict::new(py);
        overrides::put_out(&dict, &outs)?;
        return found.call(callee, "__call__", inputs, &dict);
    }
    elementwise::call(
        callee,
        inputs,
        Request {
            outs,
            ..Request::default()
        },
    )
}

/// `ufunc(x, out=out)`.
pub(crate) fn unary_into<'py>(
    ufunc: &'static Ufunc,
    x: &Bound<'py, PyAny>,
    out: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    call(ufunc, std::slice::from_ref(x), Some(out))
}
