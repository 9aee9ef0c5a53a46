//! Where items are: `where`, `nonzero`, `argmax`, `argmin`, `count_nonzero` and their kin.

use numpy_rs_core::cast;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::DType;
use numpy_rs_core::index::{choose, truth};
use numpy_rs_core::sort::extreme;
use numpy_rs_core::ufunc::Weak;
use numpy_rs_core::ufunc::resolve::weak_beside;
use numpy_rs_core::view::View;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::method_call::call_method;
use super::reductions::{asks_method, flat};
use crate::array;
use crate::call::gufunc::axis_of;
use crate::call::input::Input;
use crate::call::is_no_value;
use crate::call::weak::Room;
use crate::call::wrap::scalar_or_array;
use crate::convert::array_like;
use crate::convert::target::Target;
use crate::descr;
use crate::error::OrRaise;
use crate::function::{FunctionDef, page};
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    page(
        "where(condition, x=None, y=None, /)",
        &["condition", "x", "y"],
        "Items of `x` where the condition is true and of `y` elsewhere; with the condition alone, its true places.",
        where_,
    ),
    page(
        "nonzero(a)",
        &["a"],
        "The places of items that are not zero, an array for each axis.",
        |a| call_method(&a.required(0), "nonzero", &PyTuple::empty(a.py()), None),
    ),
    page(
        "flatnonzero(a)",
        &["a"],
        "The places of items that are not zero, counted in C order.",
        |a| {
            let array = flat(&array_like::as_array(&a.required(0))?)?;
            let mut found = truth::nonzero(&array.view()?).or_raise()?;
            match found.pop() {
                Some(places) => Ok(array::from_core(a.py(), places)?.into_any()),
                None => Err(PyValueError::new_err("an array of one axis has places")),
            }
        },
    ),
    page(
        "argwhere(a)",
        &["a"],
        "The places of items that are not zero, one row for each.",
        argwhere,
    ),
    page(
        "count_nonzero(a, axis=None, *, keepdims=False)",
        &["a"],
        "The number of items that are not zero, over axes.",
        count_nonzero,
    ),
    page(
        "argmax(a, axis=None, out=None, *, keepdims=<no value>)",
        &["a", "out"],
        "The place of the largest item along an axis, or among all in C order.",
        |a| extreme_function(a, "argmax"),
    ),
    page(
        "argmin(a, axis=None, out=None, *, keepdims=<no value>)",
        &["a", "out"],
        "The place of the smallest item along an axis, or among all in C order.",
        |a| extreme_function(a, "argmin"),
    ),
];

/// The methods of arrays on this page.
pub(crate) static METHODS: &[FunctionDef] = &[
    page(
        "argmax(self, axis=None, out=None, *, keepdims=False)",
        &[],
        "The place of the largest item along an axis, or among all in C order.",
        |a| arg_extreme(a, true),
    ),
    page(
        "argmin(self, axis=None, out=None, *, keepdims=False)",
        &[],
        "The place of the smallest item along an axis, or among all in C order.",
        |a| arg_extreme(a, false),
    ),
];

/// The common dtype of two operands of which Python numbers give way.
pub(crate) fn common_dtype(x: &Input<'_>, y: &Input<'_>) -> PyResult<DType> {
    let (a, b) = (&x.operand, &y.operand);
    Ok(match (a.weak, b.weak) {
        (Weak::No, Weak::No) => cast::promote(&a.spec.dtype, &b.spec.dtype).or_raise()?,
        (Weak::No, weak) => beside(weak, &a.spec.dtype),
        (weak, Weak::No) => beside(weak, &b.spec.dtype),
        _ => cast::promote(&a.spec.dtype, &b.spec.dtype).or_raise()?,
    })
}

fn beside(weak: Weak, strong: &DType) -> DType {
    let num = weak_beside(weak, strong.num());
    if strong.num() == numpy_rs_core::dtype::TypeNum::Object {
        return strong.clone();
    }
    if !strong.num().is_number() {
        return cast::promote(&DType::new(num), strong).unwrap_or_else(|_| DType::new(num));
    }
    DType::new(num)
}

fn where_<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let condition = a.required(0);
    let (x, y) = match (a.get(1), a.get(2)) {
        (None, None) => {
            return call_method(
                array_like::as_array(&condition)?.as_any(),
                "nonzero",
                &PyTuple::empty(py),
                None,
            );
        }
        (Some(x), Some(y)) => (x, y),
        _ => {
            return Err(PyValueError::new_err(
                "either both or neither of x and y should be given",
            ));
        }
    };
    let condition = array_like::as_array(&condition)?;
    let (x, y) = (Input::read(&x, false)?, Input::read(&y, false)?);
    let dtype = common_dtype(&x, &y)?;
    let (mut room_x, mut room_y) = (Room::ZERO, Room::ZERO);
    let mut events = numpy_rs_core::fp_errors::FpEvents::NONE;
    let x_view = x.view(&dtype, &mut room_x, &mut events)?;
    let y_view = y.view(&dtype, &mut room_y, &mut events)?;
    crate::errstate::report(py, events, "cast")?;
    let cond = condition.view()?;
    let (shape, strides) =
        choose::where_layout(&cond, &x_view, &y_view, dtype.itemsize()).or_raise()?;
    let out = array::empty_strided(py, &dtype, &shape, &strides)?;
    choose::where_into(&cond, &x_view, &y_view, &mut out.view_mut_unchecked()?).or_raise()?;
    Ok(out.into_any())
}

fn argwhere<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = array_like::as_array(&a.required(0))?;
    let ndim = array.ndim();
    let array = if ndim == 0 { flat(&array)? } else { array };
    let found = truth::nonzero(&array.view()?).or_raise()?;
    let n = found.first().map_or(0, |f| f.shape()[0]);
    let out = array::empty(
        py,
        &crate::call::applied::intp(),
        &[n, ndim as isize],
        numpy_rs_core::layout::Order::C,
    )?;
    {
        let mut to = out.view_mut_unchecked()?;
        let step = out.itemsize() as isize;
        for (axis, places) in found.iter().take(ndim).enumerate() {
            let (shape, strides) = (
                Dims::from_slice(&[n]),
                Dims::from_slice(&[step * ndim as isize]),
            );
            // SAFETY: one column of the output.
            let mut column = unsafe { to.relayout(step * axis as isize, shape, strides) };
            numpy_rs_core::copy::assign(&mut column, &places.view(), cast::Casting::Safe)
                .or_raise()?;
        }
    }
    Ok(out.into_any())
}

fn count_nonzero<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let object = a.required(0);
    let keepdims = a.flag(2, false)?;
    let array = array_like::as_array(&object)?;
    if a.some(1).is_none() && !keepdims {
        let n = truth::count_nonzero(&array.view()?).or_raise()?;
        let n = n as isize;
        // SAFETY: the room holds an `intp`.
        return unsafe {
            crate::convert::scalar::core_to_object(
                py,
                (&raw const n).cast(),
                &crate::call::applied::intp(),
            )
        };
    }
    let mask = array::from_core(py, truth::truth(&array.view()?).or_raise()?)?;
    let kwargs = PyDict::new(py);
    kwargs.set_item("axis", a.some(1))?;
    kwargs.set_item(
        "dtype",
        descr::from_dtype(py, &crate::call::applied::intp())?,
    )?;
    kwargs.set_item("keepdims", keepdims)?;
    mask.as_any().call_method("sum", (), Some(&kwargs))
}

/// `argmax(a, …)`: the object's method first.
fn extreme_function<'py>(a: &Args<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let object = a.required(0);
    let keepdims = a.get(3).filter(|v| !is_no_value(v));
    if asks_method(&object) {
        let kwargs = PyDict::new(py);
        kwargs.set_item("axis", a.get(1))?;
        kwargs.set_item("out", a.get(2))?;
        if let Some(keepdims) = keepdims {
            kwargs.set_item("keepdims", keepdims)?;
        }
        return call_method(&object, name, &PyTuple::empty(py), Some(&kwargs));
    }
    arg_extreme(a, name == "argmax")
}

fn arg_extreme<'py>(a: &Args<'py>, largest: bool) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = array_like::as_array(&a.required(0))?;
    let keepdims = a
        .get(3)
        .filter(|v| !is_no_value(v))
        .map_or(Ok(false), |v| v.is_truthy())?;
    let axis = a.some(1).map(|v| axis_of(&v)).transpose()?;
    let (line, at) = match axis {
        None => (flat(&array)?, 0),
        Some(axis) if array.ndim() == 0 => {
            if axis != 0 && axis != -1 {
                numpy_rs_core::layout::normalize_axis(axis, 0).or_raise()?;
            }
            (flat(&array)?, 0)
        }
        Some(axis) => {
            let at = numpy_rs_core::layout::normalize_axis(axis, array.ndim()).or_raise()?;
            (array.clone(), at)
        }
    };
    let found = extreme::arg_extreme(&line.view()?, at, largest).or_raise()?;
    let mut shape = Dims::from_slice(found.shape());
    if keepdims {
        shape = match axis {
            None => Dims::from_elem(1, array.ndim()),
            Some(_) if array.ndim() == 0 => Dims::new(),
            Some(_) => {
                shape.insert(at, 1);
                shape
            }
        };
    }
    if let Some(out) = a.some(2) {
        let out = Target::required(&out, "output must be an array")?;
        if out.shape() != &shape[..] {
            return Err(PyValueError::new_err(
                "output array does not match result of np.argmax."
                    .replace("argmax", if largest { "argmax" } else { "argmin" }),
            ));
        }
        let strides = numpy_rs_core::layout::c_strides(&shape, size_of::<isize>());
        // SAFETY: axes of length 1 reach no further elements.
        let kept: View<'_> = unsafe { found.view().relayout(0, shape, strides) };
        let mut to = out.view_mut("output array")?;
        numpy_rs_core::copy::assign(&mut to, &kept, cast::Casting::Unsafe).or_raise()?;
        drop(to);
        return Ok(out.into_any());
    }
    let made = array::from_core(py, found)?;
    if shape.len() == made.ndim() {
        return scalar_or_array(made);
    }
    let strides = numpy_rs_core::layout::c_strides(&shape, size_of::<isize>());
    Ok(array::relayout(&made, 0, &shape, &strides)?.into_any())
}
