//! Sizes, counts and sums of the diagonal: `ndim`, `shape`, `size`, `bincount`, `trace`.

use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::layout::{Order, normalize_axis};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::method_call::{call_method, given};
use crate::array::{self, ArrayRef, Memory};
use crate::call::applied::intp;
use crate::call::gufunc::axis_of;
use crate::call::reduction::{axes, intp_array};
use crate::classes::NDARRAY;
use crate::convert::array_like;
use crate::descr;
use crate::error::OrRaise;
use crate::function::{FunctionDef, page};
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    page("ndim(a)", &["a"], "The number of axes.", |a| {
        let object = a.required(0);
        match own(&object, "ndim")? {
            Some(answer) => Ok(answer),
            None => Ok(array_like::as_array(&object)?
                .ndim()
                .into_pyobject(a.py())?
                .into_any()),
        }
    }),
    page("shape(a)", &["a"], "The length of each axis.", |a| {
        let object = a.required(0);
        if let Some(answer) = own(&object, "shape")? {
            return Ok(answer);
        }
        let array = array_like::as_array(&object)?;
        Ok(array::shape_tuple(a.py(), array.shape())?.into_any())
    }),
    page(
        "size(a, axis=None)",
        &["a"],
        "The number of items, or of those along axes.",
        size,
    ),
    page(
        "trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None)",
        &["a", "out"],
        "The sum of the items on a diagonal.",
        |a| {
            let pairs = [
                ("offset", a.get(1)),
                ("axis1", a.get(2)),
                ("axis2", a.get(3)),
                ("dtype", a.get(4)),
                ("out", a.get(5)),
            ];
            let kwargs: Bound<'_, PyDict> = given(a.py(), &pairs)?;
            call_method(
                &a.required(0),
                "trace",
                &PyTuple::empty(a.py()),
                Some(&kwargs),
            )
        },
    ),
    page(
        "bincount(x, /, weights=None, minlength=0)",
        &["x", "weights"],
        "How often each non-negative integer occurs, or the sum of its weights.",
        bincount,
    ),
];

/// The object's own attribute.
fn own<'py>(object: &Bound<'py, PyAny>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    object.getattr_opt(name)
}

fn size<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let object = a.required(0);
    let Some(axis) = a.some(1) else {
        return match own(&object, "size")? {
            Some(answer) => Ok(answer),
            None => Ok(array_like::as_array(&object)?
                .size()
                .into_pyobject(py)?
                .into_any()),
        };
    };
    let array = array_like::as_array(&object)?;
    let mut n = 1;
    for axis in axes(Some(&axis))?.unwrap_or_default() {
        n *= array.shape()[normalize_axis(axis, array.ndim()).or_raise()?];
    }
    Ok(n.into_pyobject(py)?.into_any())
}

fn bincount<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let index = intp();
    let x = a.required(0);
    let least = match a.get(2) {
        Some(least) if least.is_none() => {
            return Err(PyTypeError::new_err(
                "'NoneType' object cannot be interpreted as an integer",
            ));
        }
        Some(least) => axis_of(&least)?,
        None => 0,
    };
    if least < 0 {
        return Err(PyValueError::new_err("'minlength' must not be negative"));
    }
    let held = line(&intp_array(&x, &index)?, &index)?;
    let n = held.size();
    // SAFETY: the array was made contiguous, aligned and of this type.
    let places: &[isize] = unsafe { items(&held) };
    let mut len = least;
    for &p in places {
        if p < 0 {
            return Err(PyValueError::new_err(
                "'list' argument must have no negative elements",
            ));
        }
        len = len.max(p.checked_add(1).ok_or_else(|| {
            PyValueError::new_err("array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.")
        })?);
    }
    let zeros = |dtype: &DType| {
        let descr = descr::from_dtype(py, dtype)?;
        array::new_array(py, NDARRAY.get(), descr, &[len], None, Memory::Zeroed)
    };
    let Some(weights) = a.some(1) else {
        let out = zeros(&index)?;
        let counts = out.data().cast::<isize>();
        for &p in places {
            // SAFETY: every place lies below the length.
            unsafe { *counts.offset(p) += 1 };
        }
        return Ok(out.into_any());
    };
    let double = DType::new(TypeNum::Double);
    let held = line(&array_like::as_array_of_core(&weights, &double)?, &double)?;
    if held.size() != n {
        return Err(PyValueError::new_err(
            "The weights and list don't have the same length.",
        ));
    }
    // SAFETY: as for the places.
    let weights: &[f64] = unsafe { items(&held) };
    let out = zeros(&double)?;
    let sums = out.data().cast::<f64>();
    for (&p, &w) in places.iter().zip(weights) {
        // SAFETY: every place lies below the length.
        unsafe { *sums.offset(p) += w };
    }
    Ok(out.into_any())
}

/// A 1-d array without gaps, native and aligned.
fn line<'py>(array: &ArrayRef<'py>, dtype: &DType) -> PyResult<ArrayRef<'py>> {
    if array.ndim() == 0 {
        return Err(PyValueError::new_err(
            "object of too small depth for desired array",
        ));
    }
    if array.ndim() > 1 {
        return Err(PyValueError::new_err("object too deep for desired array"));
    }
    let view = array.view()?;
    if view.is_c_contiguous() && view.is_aligned() && view.dtype() == dtype {
        return Ok(array.clone());
    }
    let (copy, _) =
        numpy_rs_core::copy::cast_to(&view, dtype, Order::C, numpy_rs_core::cast::Casting::Unsafe)
            .or_raise()?;
    array::from_core(array.py(), copy)
}

/// The items of an array of one axis.
///
/// # Safety
///
/// The array is contiguous and aligned, and its items are of type `T`.
unsafe fn items<'a, T>(array: &'a ArrayRef<'_>) -> &'a [T] {
    if array.size() == 0 {
        return &[];
    }
    // SAFETY: promised by the caller.
    unsafe { std::slice::from_raw_parts(array.data().cast::<T>(), array.size()) }
}
