//! Methods that give the same elements in another shape: `reshape`, `transpose`, `ravel`, `diagonal`, `resize`…

use numpy_rs_core::buffer::memory;
use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::error::Error;
use numpy_rs_core::iter::order::{by_strides, packed_strides};
use numpy_rs_core::layout::{self, Order};
use numpy_rs_core::reshape;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::{method, none, this};
use crate::array::{self, ArrayRef, Memory};
use crate::convert::{keyword, shape};
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::flags;
use crate::signature::Args;
use crate::types::ndarray::attributes::set_layout;

pub(super) static METHODS: &[FunctionDef] = &[
    method(
        "reshape(self, /, *shape, order='C', copy=None)",
        "The elements in another shape of the same size; a view where possible.",
        reshape,
    ),
    method(
        "ravel(self, /, order='C')",
        "The elements along one axis; a view where possible.",
        ravel,
    ),
    method(
        "flatten(self, /, order='C')",
        "A copy of the elements along one axis.",
        |a| {
            let array = this(a)?;
            let order = a
                .get(1)
                .map_or(Ok(Order::C), |o| keyword::order(&o, Order::C))?;
            flat_copy(&array, order)
        },
    ),
    method(
        "transpose(self, /, *axes)",
        "A view with its axes reversed, or in the order given.",
        transpose,
    ),
    method(
        "swapaxes(self, axis1, axis2, /)",
        "A view with two axes exchanged.",
        |a| {
            let array = this(a)?;
            let n = array.ndim();
            let axis = |i: usize, what: &str| -> PyResult<usize> {
                let axis = integer(&a.required(i))?;
                layout::normalize_axis(axis, n).map_err(|_| axis_error(a.py(), axis, n, Some(what)))
            };
            let (i, j) = (axis(1, "axis1")?, axis(2, "axis2")?);
            let (mut shape, mut strides) = (
                Dims::from_slice(array.shape()),
                Dims::from_slice(array.strides()),
            );
            shape.swap(i, j);
            strides.swap(i, j);
            Ok(array::relayout(&array, 0, &shape, &strides)?.into_any())
        },
    ),
    method(
        "squeeze(self, /, axis=None)",
        "A view without axes of length one.",
        squeeze,
    ),
    method(
        "diagonal(self, /, offset=0, axis1=0, axis2=1)",
        "A read-only view of the diagonals of two axes.",
        |a| {
            let array = this(a)?;
            let at = |i: usize, default: isize| a.get(i).map_or(Ok(default), |v| integer(&v));
            let view = diagonal(&array, at(1, 0)?, at(2, 0)?, at(3, 1)?)?;
            // SAFETY: a fresh view that nobody else sees.
            unsafe { (*view.raw()).flags &= !flags::WRITEABLE };
            Ok(view.into_any())
        },
    ),
    method(
        "resize(self, /, *new_shape, refcheck=True)",
        "Changes shape and size in place; new elements are zero.",
        resize,
    ),
];

/// An integer argument.
pub(super) fn integer(object: &Bound<'_, PyAny>) -> PyResult<isize> {
    if object.is_instance_of::<pyo3::types::PyBool>() {
        return Err(PyTypeError::new_err("an integer is required"));
    }
    object.extract()
}

/// An `AxisError` that may name the argument.
pub(super) fn axis_error(py: Python<'_>, axis: isize, ndim: usize, what: Option<&str>) -> PyErr {
    crate::package::import(py, "exceptions")
        .and_then(|m| m.getattr("AxisError"))
        .and_then(|class| class.call1((axis, ndim, what)))
        .map_or_else(|e| e, PyErr::from_value)
}

/// The shape in the arguments of `a.reshape(2, 3)` or `a.reshape((2, 3))`.
fn shape_of<'py>(args: &Bound<'py, PyAny>) -> PyResult<Dims> {
    let tuple: &Bound<'py, PyTuple> = args.cast()?;
    if tuple.len() == 1 {
        let only = tuple.get_item(0)?;
        if only.is_none() {
            return Err(PyTypeError::new_err(
                "'NoneType' object cannot be interpreted as an integer",
            ));
        }
        return shape::from_object(&only);
    }
    shape::from_object(args)
}

fn reshape<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    let args = a.required(1);
    if args.len()? == 0 {
        return Err(PyTypeError::new_err(
            "reshape() takes exactly 1 argument (0 given)",
        ));
    }
    let wanted = shape_of(&args)?;
    let order = a
        .get(2)
        .map_or(Ok(Order::C), |o| keyword::order(&o, Order::C))?;
    let copy = match a.some(3) {
        None => None,
        Some(c) => Some(c.is_truthy()?),
    };
    reshaped(&array, &wanted, order, copy)
}

/// The elements in another shape. `copy`: always, never, or where needed.
pub(crate) fn reshaped<'py>(
    array: &ArrayRef<'py>,
    wanted: &[isize],
    order: Order,
    must_copy: Option<bool>,
) -> PyResult<Bound<'py, PyAny>> {
    let order = match order {
        Order::K => {
            return Err(PyValueError::new_err(
                "order 'K' is not permitted for reshaping",
            ));
        }
        Order::A
            if array.flags() & (flags::F_CONTIGUOUS | flags::C_CONTIGUOUS)
                == flags::F_CONTIGUOUS =>
        {
            Order::F
        }
        Order::A => Order::C,
        o => o,
    };
    let new = reshape::resolve_shape(array.size() as isize, wanted).or_raise()?;
    if must_copy != Some(true) {
        if new.as_slice() == array.shape() {
            return Ok(array::relayout(array, 0, array.shape(), array.strides())?.into_any());
        }
        if let Some(strides) = reshape::strides_without_copy(
            array.shape(),
            array.strides(),
            array.itemsize(),
            &new,
            order,
        ) {
            return Ok(array::relayout(array, 0, &new, &strides)?.into_any());
        }
        if must_copy == Some(false) {
            return Err(PyValueError::new_err(
                "Unable to avoid creating a copy while reshaping.",
            ));
        }
    }
    // A copy of the array, of which the result is a view: the class hears of both.
    let held = copied(array, order, array.as_any().get_type_ptr())?;
    array::finalize(&held, Some(array.as_any()))?;
    let strides = match order {
        Order::F => layout::f_strides(&new, held.itemsize()),
        _ => layout::c_strides(&new, held.itemsize()),
    };
    Ok(array::relayout(&held, 0, &new, &strides)?.into_any())
}

/// A copy in an order; `__array_finalize__` is not called.
pub(crate) fn copied<'py>(
    array: &ArrayRef<'py>,
    order: Order,
    class: *mut ffi::PyTypeObject,
) -> PyResult<ArrayRef<'py>> {
    let in_c_order = array.flags() & flags::C_CONTIGUOUS != 0 && order != Order::F;
    let strides = (!in_c_order).then(|| {
        layout::strides_like(
            order,
            array.shape(),
            array.strides(),
            array.itemsize(),
            array.itemsize(),
        )
    });
    let made = array::new_array(
        array.py(),
        class,
        array.descr(),
        array.shape(),
        strides.as_deref(),
        Memory::Uninit,
    )?;
    copy::assign(
        &mut made.view_mut_unchecked()?,
        &array.view()?,
        Casting::Unsafe,
    )
    .or_raise()?;
    Ok(made)
}

/// A copy along one axis, of the array's class.
fn flat_copy<'py>(array: &ArrayRef<'py>, order: Order) -> PyResult<Bound<'py, PyAny>> {
    let n = array.size() as isize;
    let class = array.as_any().get_type_ptr();
    let made = array::new_array(array.py(), class, array.descr(), &[n], None, Memory::Uninit)?;
    let strides = if order == Order::K {
        // As an iterator walks the array: a repeated axis has no place of its own by stride.
        let walk = by_strides(array.ndim(), 1, |_, axis| array.strides()[axis]);
        packed_strides(&walk, array.shape(), array.itemsize())
    } else {
        layout::strides_like(
            order,
            array.shape(),
            array.strides(),
            array.itemsize(),
            array.itemsize(),
        )
    };
    let dtype = array.dtype()?;
    // SAFETY: the layout reaches exactly the elements of the new array.
    let mut spread = unsafe {
        numpy_rs_core::view::ViewMut::from_raw(made.data(), dtype, array.shape(), &strides)
    };
    copy::assign(&mut spread, &array.view()?, Casting::Unsafe).or_raise()?;
    array::finalize(&made, Some(array.as_any()))?;
    Ok(made.into_any())
}

fn ravel<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    let order = a
        .get(1)
        .map_or(Ok(Order::C), |o| keyword::order(&o, Order::C))?;
    let f = array.flags();
    let n = array.size() as isize;
    let itemsize = array.itemsize() as isize;
    let contiguous = match order {
        Order::C => f & flags::C_CONTIGUOUS != 0,
        Order::F => f & flags::F_CONTIGUOUS != 0,
        Order::A | Order::K => f & (flags::C_CONTIGUOUS | flags::F_CONTIGUOUS) != 0,
    };
    if contiguous {
        return Ok(array::relayout(&array, 0, &[n], &[itemsize])?.into_any());
    }
    match order {
        Order::K => {
            // Axes by falling stride; if that order is contiguous, a view of it suffices.
            let mut axes: Vec<usize> = (0..array.ndim()).collect();
            axes.sort_by_key(|&i| std::cmp::Reverse(array.strides()[i].unsigned_abs()));
            let shape: Dims = axes.iter().map(|&i| array.shape()[i]).collect();
            let strides: Dims = axes.iter().map(|&i| array.strides()[i]).collect();
            if let Some(s) =
                reshape::strides_without_copy(&shape, &strides, array.itemsize(), &[n], Order::C)
                && s[0] >= 0
                && strides.iter().all(|&s| s >= 0)
            {
                return Ok(array::relayout(&array, 0, &[n], &s)?.into_any());
            }
            flat_copy(&array, Order::K)
        }
        Order::A => flat_copy(&array, Order::C),
        o => {
            if let Some(s) = reshape::strides_without_copy(
                array.shape(),
                array.strides(),
                array.itemsize(),
                &[n],
                o,
            ) && s[0] == itemsize
            {
                return Ok(array::relayout(&array, 0, &[n], &s)?.into_any());
            }
            flat_copy(&array, o)
        }
    }
}

/// A view with its axes in another order (reversed without one).
pub(crate) fn permuted<'py>(
    array: &ArrayRef<'py>,
    axes: Option<&[isize]>,
) -> PyResult<Bound<'py, PyAny>> {
    let n = array.ndim();
    let order: Vec<usize> = match axes {
        None => (0..n).rev().collect(),
        Some(axes) => {
            if axes.len() != n {
                return Err(PyValueError::new_err("axes don't match array"));
            }
            let mut seen = vec![false; n];
            axes.iter()
                .map(|&axis| {
                    let i = layout::normalize_axis(axis, n).or_raise()?;
                    if std::mem::replace(&mut seen[i], true) {
                        return Err(PyValueError::new_err("repeated axis in transpose"));
                    }
                    Ok(i)
                })
                .collect::<PyResult<_>>()?
        }
    };
    let shape: Dims = order.iter().map(|&i| array.shape()[i]).collect();
    let strides: Dims = order.iter().map(|&i| array.strides()[i]).collect();
    Ok(array::relayout(array, 0, &shape, &strides)?.into_any())
}

fn transpose<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    let args = a.required(1);
    match args.len()? {
        0 => permuted(&array, None),
        1 if args.get_item(0)?.is_none() => permuted(&array, None),
        1 => permuted(&array, Some(&shape::from_object(&args.get_item(0)?)?)),
        _ => permuted(&array, Some(&shape::from_object(&args)?)),
    }
}

fn squeeze<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    let n = array.ndim();
    let mut drop = vec![false; n];
    match a.some(1) {
        None => {
            for (d, &len) in drop.iter_mut().zip(array.shape()) {
                *d = len == 1;
            }
        }
        Some(axes) => {
            for &axis in &shape::from_object(&axes)? {
                let i = if n == 0 && (axis == 0 || axis == -1) {
                    continue;
                } else {
                    layout::normalize_axis(axis, n).or_raise()?
                };
                if std::mem::replace(&mut drop[i], true) {
                    return Err(PyValueError::new_err("duplicate value in 'axis'"));
                }
            }
            if drop
                .iter()
                .zip(array.shape())
                .any(|(&d, &len)| d && len != 1)
            {
                return Err(PyValueError::new_err(
                    "cannot select an axis to squeeze out which has size not equal to one",
                ));
            }
        }
    }
    if !drop.contains(&true) {
        return Ok(array.into_any());
    }
    let keep = |list: &[isize]| -> Dims {
        list.iter()
            .zip(&drop)
            .filter(|(_, d)| !**d)
            .map(|(v, _)| *v)
            .collect()
    };
    Ok(array::relayout(&array, 0, &keep(array.shape()), &keep(array.strides()))?.into_any())
}

/// The diagonals of two axes, as the last axis of a view.
pub(crate) fn diagonal<'py>(
    array: &ArrayRef<'py>,
    offset: isize,
    axis1: isize,
    axis2: isize,
) -> PyResult<ArrayRef<'py>> {
    let n = array.ndim();
    if n < 2 {
        return Err(PyValueError::new_err(
            "diag requires an array of at least two dimensions",
        ));
    }
    let named = |axis: isize, what: &str| {
        layout::normalize_axis(axis, n).map_err(|_| axis_error(array.py(), axis, n, Some(what)))
    };
    let (i, j) = (named(axis1, "axis1")?, named(axis2, "axis2")?);
    if i == j {
        return Err(PyValueError::new_err("axis1 and axis2 cannot be the same"));
    }
    let (rows, columns) = (array.shape()[i], array.shape()[j]);
    let (down, right) = (array.strides()[i], array.strides()[j]);
    let (len, start) = if offset >= 0 {
        (rows.min(columns - offset), offset.saturating_mul(right))
    } else {
        (
            columns.min(rows + offset),
            offset.saturating_neg().saturating_mul(down),
        )
    };
    let len = len.max(0);
    let keep = |list: &[isize], last: isize| -> Dims {
        let mut kept: Dims = list
            .iter()
            .enumerate()
            .filter(|(k, _)| *k != i && *k != j)
            .map(|(_, v)| *v)
            .collect();
        kept.push(last);
        kept
    };
    let shape = keep(array.shape(), len);
    let strides = keep(array.strides(), down + right);
    array::relayout(array, if len > 0 { start } else { 0 }, &shape, &strides)
}

fn resize<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    let args = a.required(1);
    if args.len()? == 0 || args.len()? == 1 && args.get_item(0)?.is_none() {
        return none(a);
    }
    let shape = shape_of(&args)?;
    if shape.iter().any(|&d| d < 0) {
        return Err(PyValueError::new_err("negative dimensions not allowed"));
    }
    if array.flags() & (flags::C_CONTIGUOUS | flags::F_CONTIGUOUS) == 0 {
        return Err(PyValueError::new_err(
            "resize only works on single-segment arrays",
        ));
    }
    let itemsize = array.itemsize();
    let new_bytes = layout::checked_nbytes(&shape, itemsize).or_raise()?;
    let old_bytes = array.size() * itemsize;
    if new_bytes != old_bytes {
        if array.flags() & flags::OWNDATA == 0 {
            return Err(PyValueError::new_err(
                "cannot resize this array: it does not own its data",
            ));
        }
        // SAFETY: reads of a live object.
        let shared = unsafe {
            let raw = &*array.raw();
            !raw.base.is_null() || !raw.weakreflist.is_null()
        };
        if shared {
            return Err(PyValueError::new_err(
                "cannot resize an array that references or is referenced\nby another array in this way.\nUse the \
                 np.resize function.",
            ));
        }
        if a.flag(2, true)? {
            // The caller's variable, the bound argument and the handle of this call.
            // SAFETY: reads of a live object.
            let count = unsafe { ffi::Py_REFCNT(array.as_any().as_ptr()) };
            if count > references_of_a_call() {
                return Err(PyValueError::new_err(
                    "cannot resize an array that references or is referenced\nby another array in this way.\nUse the \
                     np.resize function or refcheck=False",
                ));
            }
        }
        grow(&array, old_bytes, new_bytes, &shape)?;
    }
    let strides = layout::c_strides(&shape, itemsize);
    set_layout(&array, &shape, &strides)?;
    none(a)
}

/// How many references exist during a method call on an array that one variable names.
fn references_of_a_call() -> isize {
    3
}

/// Moves the elements to memory of another size; what is new is zero.
fn grow(array: &ArrayRef<'_>, old_bytes: usize, new_bytes: usize, shape: &[isize]) -> PyResult<()> {
    let dtype = array.dtype()?;
    let fresh = memory::allocate_zeroed(new_bytes);
    if fresh.is_null() {
        return Err(Error::Memory(Box::new((Dims::from_slice(shape), dtype)))).or_raise();
    }
    // SAFETY: the array owns its memory; references that fall off the end are dropped before it is freed.
    unsafe {
        let raw = &mut *array.raw();
        let kept = old_bytes.min(new_bytes);
        std::ptr::copy_nonoverlapping(raw.data, fresh, kept);
        if dtype.has_objects() && old_bytes > kept && dtype.itemsize() > 0 {
            let n = (old_bytes - kept) / dtype.itemsize();
            numpy_rs_core::references::release_items(&dtype, raw.data.add(kept), n);
        }
        let old = std::mem::replace(&mut raw.data, fresh);
        crate::memory_handler::free(raw.mem_handler, old, old_bytes);
        let handler = std::mem::replace(
            &mut raw.mem_handler,
            crate::memory_handler::default_handler(array.py()),
        );
        ffi::Py_XDECREF(handler);
    }
    Ok(())
}
