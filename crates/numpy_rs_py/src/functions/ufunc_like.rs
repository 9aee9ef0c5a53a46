//! Functions that are one or two ufunc calls: `clip` and `round`.

use numpy_rs_core::cast::Casting;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::ufunc::table::Ufunc;
use numpy_rs_ufuncs::{arithmetic, elementary, extrema};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::method_call::call_method;
use super::reductions::asks_method;
use crate::array::ArrayRef;
use crate::call::arguments::{Keywords, Outs};
use crate::call::elementwise;
use crate::call::registry::Callee;
use crate::call::request::{self, Request};
use crate::call::{self, is_no_value};
use crate::convert::array_like;
use crate::convert::target::Target;
use crate::function::{FunctionDef, page};
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    page(
        "clip(a, a_min=<no value>, a_max=<no value>, out=None, *, min=<no value>, max=<no value>, **kwargs)",
        &["a", "a_min", "a_max", "out"],
        "The items moved into an interval; a bound of `None` does not bind.",
        clip_function,
    ),
    page(
        "round(a, decimals=0, out=None)",
        &["a", "out"],
        "The items rounded to decimals, halves to even.",
        |a| round_function(a, "round"),
    ),
    page(
        "around(a, decimals=0, out=None)",
        &["a", "out"],
        "Another name of `round`.",
        |a| round_function(a, "round"),
    ),
];

/// The methods of arrays on this page.
pub(crate) static METHODS: &[FunctionDef] = &[
    page(
        "clip(self, min=None, max=None, out=None, **kwargs)",
        &[],
        "The items moved into an interval.",
        |a| {
            let bound = |at: usize| a.some(at).filter(|v| !is_no_value(v));
            clip(&a.required(0), bound(1), bound(2), a.get(3), a.get(4))
        },
    ),
    page(
        "round(self, decimals=0, out=None)",
        &[],
        "The items rounded to decimals, halves to even.",
        round,
    ),
];

fn clip_function<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let given = |at: usize| a.get(at).filter(|v| !is_no_value(v));
    let (a_min, a_max, low, high) = (given(1), given(2), given(4), given(5));
    let (low, high) = match (a_min, a_max) {
        (None, None) => (low, high),
        (Some(_), None) => {
            return Err(PyTypeError::new_err(
                "clip() missing 1 required positional argument: 'a_max'",
            ));
        }
        (None, Some(_)) => {
            return Err(PyTypeError::new_err(
                "clip() missing 1 required positional argument: 'a_min'",
            ));
        }
        (Some(x), Some(y)) => {
            if low.is_some() || high.is_some() {
                return Err(PyValueError::new_err(
                    "Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden.",
                ));
            }
            (Some(x), Some(y))
        }
    };
    let (low, high) = (low.filter(|v| !v.is_none()), high.filter(|v| !v.is_none()));
    let object = a.required(0);
    if asks_method(&object) {
        let kwargs = match a.get(6) {
            Some(dict) => dict.cast_into::<PyDict>()?.copy()?,
            None => PyDict::new(py),
        };
        kwargs.set_item("out", a.get(3))?;
        return call_method(
            &object,
            "clip",
            &PyTuple::new(py, [low, high])?,
            Some(&kwargs),
        );
    }
    clip(&object, low, high, a.get(3), a.get(6))
}

/// Keywords of a ufunc from a dict of them.
fn keywords<'py>(callee: &Callee<'py>, dict: Option<Bound<'py, PyAny>>) -> PyResult<Keywords<'py>> {
    let Some(dict) = dict else {
        return Ok(Keywords::default());
    };
    let dict = dict.cast_into::<PyDict>()?;
    let names = PyTuple::new(callee.py, dict.keys())?;
    let values: Vec<Bound<'py, PyAny>> = dict.values().iter().collect();
    let pointers: Vec<*mut pyo3::ffi::PyObject> = values.iter().map(Bound::as_ptr).collect();
    // SAFETY: one value per name.
    unsafe { Keywords::collect(callee.py, callee.ufunc, pointers.as_ptr(), names.as_ptr()) }
}

fn clip<'py>(
    object: &Bound<'py, PyAny>,
    low: Option<Bound<'py, PyAny>>,
    high: Option<Bound<'py, PyAny>>,
    out: Option<Bound<'py, PyAny>>,
    kwargs: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let object = if call::overrides::is_plain(object) && !is_nested(object) {
        object.clone()
    } else {
        array_like::as_array(object)?.into_any()
    };
    let (low, high) = (
        low.filter(|v| !beyond(&object, v, false)),
        high.filter(|v| !beyond(&object, v, true)),
    );
    let mut inputs: Vec<Bound<'py, PyAny>> = vec![object];
    let ufunc: &'static Ufunc = match (low, high) {
        (None, None) => &elementary::positive,
        (Some(low), None) => {
            inputs.push(low);
            &extrema::maximum
        }
        (None, Some(high)) => {
            inputs.push(high);
            &extrema::minimum
        }
        (Some(low), Some(high)) => {
            inputs.push(low);
            inputs.push(high);
            &extrema::clip
        }
    };
    let callee = Callee::of(py, ufunc);
    let outs = Outs::collect(ufunc, &[], out.as_ref())?;
    if kwargs.is_none() {
        if let Some(found) =
            call::overrides::find_among(inputs.iter().chain(outs.each.iter().flatten()))?
        {
            let dict = PyDict::new(py);
            call::overrides::put_out(&dict, &outs)?;
            return found.call(&callee, "__call__", &inputs, &dict);
        }
        return elementwise::call(
            &callee,
            &inputs,
            Request {
                outs,
                ..Request::default()
            },
        );
    }
    let keywords = keywords(&callee, kwargs)?;
    let operands = inputs
        .iter()
        .chain(outs.each.iter().flatten())
        .chain(&keywords.mask);
    if let Some(found) = call::overrides::find_among(operands)? {
        let dict = call::overrides::keyword_dict(py, &outs, &keywords)?;
        return found.call(&callee, "__call__", &inputs, &dict);
    }
    let request = request::request(&callee, &keywords, outs)?;
    elementwise::call(&callee, &inputs, request)
}

/// Whether a Python int as a bound holds for every value of an array's integer type, so that it is no bound.
fn beyond(object: &Bound<'_, PyAny>, bound: &Bound<'_, PyAny>, above: bool) -> bool {
    if !bound.is_exact_instance_of::<pyo3::types::PyInt>() {
        return false;
    }
    let num = match ArrayRef::from_object(object) {
        Some(array) => array.dtype().ok().map(|d| d.num()),
        None => crate::classes::num_of_scalar_class(object.get_type_ptr()),
    };
    let Some(num) = num.filter(|n| n.is_integer()) else {
        return false;
    };
    let (low, high) = numpy_rs_core::cast::convert::integer_range(num);
    if above {
        bound.ge(high).unwrap_or(false)
    } else {
        bound.le(low).unwrap_or(false)
    }
}

fn is_nested(object: &Bound<'_, PyAny>) -> bool {
    object.is_instance_of::<pyo3::types::PyList>() || object.is_instance_of::<PyTuple>()
}

fn round_function<'py>(a: &Args<'py>, method: &str) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let object = a.required(0);
    if asks_method(&object) {
        let kwargs = PyDict::new(py);
        kwargs.set_item(
            "decimals",
            a.get(1).unwrap_or(0i64.into_pyobject(py)?.into_any()),
        )?;
        kwargs.set_item("out", a.get(2))?;
        return call_method(&object, method, &PyTuple::empty(py), Some(&kwargs));
    }
    round(a)
}

/// Rounds to decimals as NumPy does: scaled by a power of ten, rounded to even, scaled back.
fn round<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = array_like::as_array(&a.required(0))?;
    let decimals: i64 = match a.some(1) {
        Some(d) => call::gufunc::axis_of(&d)? as i64,
        None => 0,
    };
    let Some(out) = a.some(2) else {
        return round_array(py, &array, decimals, None);
    };
    let out = Target::required(&out, "return arrays must be of ArrayType")?;
    let rounded = round_array(py, &array, decimals, Some(out.array().as_any()))?;
    Ok(if out.is_foreign() {
        out.into_any()
    } else {
        rounded
    })
}

fn round_array<'py>(
    py: Python<'py>,
    array: &ArrayRef<'py>,
    decimals: i64,
    out: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let num = array.dtype()?.num();
    let x = array.as_any();
    if num.is_complex() {
        let copy = match out {
            Some(out) => out.clone(),
            None => x.call_method0("copy")?,
        };
        for part in ["real", "imag"] {
            let of_x = x.getattr(part)?;
            let of_x = array_like::as_array(&of_x)?;
            let rounded = round_array(py, &of_x, decimals, None)?;
            copy.setattr(part, rounded)?;
        }
        if out.is_none() && array.ndim() == 0 {
            return copy.get_item(PyTuple::empty(py));
        }
        return Ok(copy);
    }
    if num.is_integer() && decimals >= 0 {
        return match out {
            Some(out) => call_into(&elementary::positive, std::slice::from_ref(x), out),
            None if array.ndim() == 0 => x.get_item(PyTuple::empty(py)),
            None => x.call_method0("copy"),
        };
    }
    if decimals == 0 {
        return match out {
            Some(out) => call_into(&elementary::rint, std::slice::from_ref(x), out),
            None => call::unary(&elementary::rint, x),
        };
    }
    let (first, second): (&'static Ufunc, &'static Ufunc) = if decimals > 0 {
        (&arithmetic::multiply, &arithmetic::divide)
    } else {
        (&arithmetic::divide, &arithmetic::multiply)
    };
    let factor = 10f64
        .powi(decimals.unsigned_abs().min(400) as i32)
        .into_pyobject(py)?
        .into_any();
    let scaled = call::binary(first, x, &factor)?;
    let whole = call::unary(&elementary::rint, &scaled)?;
    let back = call::binary(second, &whole, &factor)?;
    if let Some(out) = out {
        return call_into(&elementary::positive, &[back], out);
    }
    if num.is_integer() {
        return match ArrayRef::from_object(&back) {
            Some(back) => back.as_any().call_method1("astype", (array.descr(),)),
            None => crate::classes::scalar_class(num).bound(py).call1((back,)),
        };
    }
    debug_assert!(num != TypeNum::Bool || decimals != 0);
    let dtype = array.dtype()?;
    if !dtype.is_native()
        && let Some(back) = ArrayRef::from_object(&back)
    {
        return back.as_any().call_method1("astype", (array.descr(),));
    }
    Ok(back)
}

/// `ufunc(*inputs, out=out, casting='unsafe')`.
fn call_into<'py>(
    ufunc: &'static Ufunc,
    inputs: &[Bound<'py, PyAny>],
    out: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let mut request = Request {
        outs: Outs::collect(ufunc, &[], Some(out))?,
        ..Request::default()
    };
    request.options.casting = Casting::Unsafe;
    elementwise::call(&Callee::of(out.py(), ufunc), inputs, request)
}
