//! `==`, `<` and their kin: ufuncs, and what `==` and `!=` answer where no ufunc does.

use std::cmp::Ordering;
use std::ffi::c_int;

use numpy_rs_core::array::Array;
use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::copy;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::layout::{self, Order};
use numpy_rs_core::ufunc::table::Ufunc;
use numpy_rs_ufuncs as ufuncs;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString, PyTuple};

use crate::array::{self, ArrayRef, Memory};
use crate::call;
use crate::classes::NDARRAY;
use crate::convert::array_like;
use crate::convert::target::array_of;
use crate::descr;
use crate::error::OrRaise;

use super::item_pairs;

/// Compares an array with anything.
pub(super) fn compare<'py>(
    ufunc: &'static Ufunc,
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    op: c_int,
) -> PyResult<Bound<'py, PyAny>> {
    let py = x.py();
    if let Some(answer) = text(x, y, op)? {
        return Ok(answer);
    }
    let equality = matches!(op, ffi::Py_EQ | ffi::Py_NE);
    if !equality {
        return call::binary(ufunc, x, y);
    }
    if let Some(a) = ArrayRef::from_object(x)
        && a.type_num() == TypeNum::Void as i32
    {
        return void_equality(&a, y, op);
    }
    match call::binary(ufunc, x, y) {
        Ok(answer) => Ok(answer),
        Err(error) => no_loop_answer(py, error, x, y, op),
    }
}

/// Different kinds of things are never equal: an array of the answer where only the loop is missing.
fn no_loop_answer<'py>(
    py: Python<'py>,
    error: PyErr,
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    op: c_int,
) -> PyResult<Bound<'py, PyAny>> {
    let class = crate::package::import(py, "_core._exceptions")?.getattr("_UFuncNoLoopError")?;
    if !error.matches(py, &class)? {
        return Err(error);
    }
    let (a, b) = (array_like::plain(x)?, array_like::plain(y)?);
    if b.type_num() == TypeNum::Void as i32 {
        return Err(PyTypeError::new_err(
            "Cannot compare structured or void to non-void arrays.",
        ));
    }
    // Numbers with numbers that have no common loop are a real error; so is a failed promotion inside one kind.
    let shape = layout::broadcast_shapes(&[a.shape(), b.shape()]).or_raise()?;
    filled(py, &shape, op == ffi::Py_NE)
}

/// A boolean array (or scalar) of one value.
fn filled<'py>(py: Python<'py>, shape: &[isize], value: bool) -> PyResult<Bound<'py, PyAny>> {
    let made = array::new_array(
        py,
        NDARRAY.get(),
        descr::singleton(py, TypeNum::Bool),
        shape,
        None,
        Memory::Zeroed,
    )?;
    if value {
        // SAFETY: a fresh contiguous array of single bytes.
        unsafe { std::ptr::write_bytes(made.data(), 1, made.size()) };
    }
    if shape.is_empty() {
        return super::subscript::element_at(&made, made.data());
    }
    Ok(made.into_any())
}

/// Equality of structured and raw items: field by field, or byte by byte.
fn void_equality<'py>(
    a: &ArrayRef<'py>,
    y: &Bound<'py, PyAny>,
    op: c_int,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let b = array_like::as_array(y)?;
    if b.type_num() != TypeNum::Void as i32 {
        return Err(PyTypeError::new_err(
            "Cannot compare structured or void to non-void arrays.",
        ));
    }
    let (da, db) = (a.dtype()?, b.dtype()?);
    match (da.fields(), db.fields()) {
        (None, None) => {
            if da.itemsize() != db.itemsize() {
                return Err(PyTypeError::new_err(
                    "cannot compare unstructured voids of different length. Use `.view()` to compare.",
                ));
            }
            raw_equality(a, &b, op)
        }
        (Some(fa), Some(fb)) => {
            let same_names =
                fa.len() == fb.len() && fa.iter().zip(fb).all(|(x, y)| x.name == y.name);
            if !same_names {
                return Err(PyTypeError::new_err(
                    "Cannot compare structured arrays unless they have a common dtype.  I.e. `np.result_type(arr1, arr2)` \
                     must be defined.",
                ));
            }
            let shape = layout::broadcast_shapes(&[a.shape(), b.shape()]).map_err(|_| {
                PyValueError::new_err(format!(
                    "operands could not be broadcast together with shapes {} {} ",
                    numpy_rs_core::dims::ShapeText(a.shape(), ","),
                    numpy_rs_core::dims::ShapeText(b.shape(), ",")
                ))
            })?;
            let combine = if op == ffi::Py_EQ {
                &ufuncs::logic::logical_and
            } else {
                &ufuncs::logic::logical_or
            };
            let comparison = if op == ffi::Py_EQ {
                pyo3::basic::CompareOp::Eq
            } else {
                pyo3::basic::CompareOp::Ne
            };
            let mut answer: Option<Bound<'py, PyAny>> = None;
            for f in fa {
                let (x, z) = (
                    a.as_any().get_item(&*f.name)?,
                    b.as_any().get_item(&*f.name)?,
                );
                let mut one = x.rich_compare(&z, comparison)?;
                // A subarray field is equal if all its parts are.
                if let Some((_, inner)) = f.dtype.subarray_parts() {
                    let part = array_like::as_array(&one)?;
                    let axes: Vec<isize> = (0..inner.len() as isize).map(|i| -1 - i).collect();
                    let name = if op == ffi::Py_EQ { "all" } else { "any" };
                    let axes = pyo3::types::PyTuple::new(py, axes)?;
                    one = crate::package::import(py, "")?
                        .getattr(name)?
                        .call1((part.as_any(), axes))?;
                }
                answer = Some(match answer {
                    None => one,
                    Some(so_far) => call::binary(combine, &so_far, &one)?,
                });
            }
            match answer {
                Some(answer) => Ok(answer),
                None => filled(py, &shape, op == ffi::Py_EQ),
            }
        }
        _ => Err(PyTypeError::new_err(
            "Cannot compare structured with unstructured void arrays. Use `.view()` to compare.",
        )),
    }
}

fn raw_equality<'py>(
    a: &ArrayRef<'py>,
    b: &ArrayRef<'py>,
    op: c_int,
) -> PyResult<Bound<'py, PyAny>> {
    let shape = layout::broadcast_shapes(&[a.shape(), b.shape()]).or_raise()?;
    item_pairs::compare(a.py(), &a.view()?, &b.view()?, &shape, |x, y| {
        (x == y) == (op == ffi::Py_EQ)
    })
}

fn is_text(array: &ArrayRef<'_>) -> bool {
    array.type_num() == TypeNum::Bytes as i32 || array.type_num() == TypeNum::Str as i32
}

/// The comparison of texts, character by character; characters of value zero at the end do not count. `None` where an
/// operand is no text.
fn text<'py>(
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    op: c_int,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let one = |o: &Bound<'py, PyAny>| -> PyResult<Option<ArrayRef<'py>>> {
        match array_of(o)? {
            Some(a) => Ok(is_text(&a).then_some(a)),
            None if o.is_instance_of::<PyString>()
                || o.is_instance_of::<PyBytes>()
                || o.is_instance_of::<PyList>()
                || o.is_instance_of::<PyTuple>() =>
            {
                Ok(Some(array_like::as_array(o)?).filter(is_text))
            }
            None => Ok(None),
        }
    };
    let (Some(a), Some(b)) = (one(x)?, one(y)?) else {
        return Ok(None);
    };
    // Bytes and text have nothing in common.
    if a.type_num() != b.type_num() {
        return Ok(None);
    }
    let common = cast::promote(&a.dtype()?, &b.dtype()?).or_raise()?;
    let (num, shape) = (
        common.num(),
        layout::broadcast_shapes(&[a.shape(), b.shape()]).or_raise()?,
    );
    // Native characters, each side as long as it is.
    let native = |v: &ArrayRef<'py>| -> PyResult<Option<Array>> {
        let own = v.dtype()?;
        let n = match (own.num(), num) {
            (TypeNum::Bytes, TypeNum::Str) => DType::str(own.itemsize()),
            _ => DType::new(num).with_itemsize(own.itemsize()),
        };
        if own == n {
            return Ok(None);
        }
        let (made, _) = copy::cast_to(&v.view()?, &n, Order::C, Casting::Unsafe).or_raise()?;
        Ok(Some(made))
    };
    let (p, q) = (native(&a)?, native(&b)?);
    let (p, q) = (
        p.as_ref().map_or_else(|| a.view(), |p| Ok(p.view()))?,
        q.as_ref().map_or_else(|| b.view(), |q| Ok(q.view()))?,
    );
    let holds = |order: Ordering| match op {
        ffi::Py_LT => order.is_lt(),
        ffi::Py_LE => order.is_le(),
        ffi::Py_EQ => order.is_eq(),
        ffi::Py_NE => order.is_ne(),
        ffi::Py_GT => order.is_gt(),
        _ => order.is_ge(),
    };
    let order = if num == TypeNum::Str {
        item_pairs::text_order::<4>
    } else {
        item_pairs::text_order::<1>
    };
    item_pairs::compare(x.py(), &p, &q, &shape, |l, r| holds(order(l, r))).map(Some)
}
