//! The shortest way for the commonest calls: arrays of one shape in C order, and Python numbers beside them.

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::fp_errors::FpEvents;
use numpy_rs_core::layout::{self, Order};
use numpy_rs_core::ufunc::quick_reduce::{self, Dense};
use numpy_rs_core::ufunc::table::Resolver;
use numpy_rs_core::ufunc::{Weak, quick};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyInt;
use smallvec::SmallVec;

use super::registry::Callee;
use super::weak::{self, Room};
use crate::array::{self, ArrayRef};
use crate::classes::NDARRAY;
use crate::convert::scalar;
use crate::error::OrRaise;
use crate::errstate;
use crate::layout::flags;

/// `ufunc.reduce(array, axis)` for an exact array of numbers without gaps and an axis that is an integer or `None`;
/// `None` where the long way must be taken.
pub(crate) fn reduce<'py>(
    callee: &Callee<'py>,
    object: &Bound<'py, PyAny>,
    axis: Option<&Bound<'py, PyAny>>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    if !NDARRAY.is_exact(object) {
        return Ok(None);
    }
    let Some(array) = ArrayRef::from_object(object) else {
        return Ok(None);
    };
    let n = array.size();
    if array.flags() & LANE != LANE || array.ndim() == 0 || n == 0 || n > quick::MOST {
        return Ok(None);
    }
    let axis = match axis {
        None => Some(0),
        Some(a) if a.is_none() => None,
        Some(a) if a.is_exact_instance_of::<PyInt>() => {
            match layout::normalize_axis(a.extract()?, array.ndim()) {
                Ok(axis) => Some(axis),
                Err(_) => return Ok(None),
            }
        }
        Some(_) => return Ok(None),
    };
    let dtype = array.dtype()?;
    if !dtype.is_native() {
        return Ok(None);
    }
    let Some(row) = quick_reduce::row(ufunc, dtype.num()) else {
        return Ok(None);
    };
    let shape = array.shape();
    let dense = Dense::new(shape, axis);
    let watch = errstate::watch(py)?;
    let mut left = Dims::new();
    if let Some(axis) = axis {
        left.extend_from_slice(&shape[..axis]);
        left.extend_from_slice(&shape[axis + 1..]);
    }
    let mut room = Room::ZERO;
    let result = if left.is_empty() {
        None
    } else {
        Some(array::empty(py, &dtype, &left, Order::C)?)
    };
    let out = result.as_ref().map_or(room.0.as_mut_ptr(), ArrayRef::data);
    // SAFETY: the array is dense, aligned and native, and the result is new and as large as its shape says.
    let events = unsafe { quick_reduce::run(ufunc, row, dense, array.data(), out, watch) };
    let Some(events) = events.or_raise()? else {
        return Ok(None);
    };
    errstate::report(py, events, "reduce")?;
    match result {
        Some(array) => Ok(Some(array.into_any())),
        // SAFETY: the room holds an item of the dtype.
        None => unsafe { scalar::core_to_object(py, out, &dtype) }.map(Some),
    }
}

/// What the lane of an array must be.
const LANE: i32 = flags::C_CONTIGUOUS | flags::ALIGNED;

/// `ufunc(*inputs)` for exact arrays and exact Python numbers that need no conversion but that of the numbers; `None`
/// where the long way must be taken.
pub(crate) fn call<'py>(
    callee: &Callee<'py>,
    inputs: &[Bound<'py, PyAny>],
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    if ufunc.nout != 1 || ufunc.nin != inputs.len() || ufunc.signature.is_some() || ufunc.nin > 2 {
        return Ok(None);
    }
    let mut model: Option<ArrayRef<'py>> = None;
    let mut kinds: SmallVec<[(TypeNum, Weak); 2]> = SmallVec::new();
    let mut args: SmallVec<[*mut u8; 3]> = SmallVec::new();
    let mut strides: SmallVec<[isize; 3]> = SmallVec::new();
    for x in inputs {
        if NDARRAY.is_exact(x) {
            let Some(array) = ArrayRef::from_object(x) else {
                return Ok(None);
            };
            if array.flags() & LANE != LANE {
                return Ok(None);
            }
            let dtype = array.dtype()?;
            if !dtype.num().is_number() || !dtype.is_native() {
                return Ok(None);
            }
            kinds.push((dtype.num(), Weak::No));
            args.push(array.data());
            strides.push(dtype.itemsize() as isize);
            match &model {
                None => model = Some(array),
                Some(first) if first.shape() == array.shape() => {}
                Some(_) => return Ok(None),
            }
            continue;
        }
        let ty = x.get_type_ptr();
        let weak = if ty == &raw mut ffi::PyFloat_Type {
            Weak::Float
        } else if ty == &raw mut ffi::PyLong_Type {
            Weak::Int
        } else {
            return Ok(None);
        };
        kinds.push((TypeNum::Double, weak));
        args.push(std::ptr::null_mut());
        strides.push(0);
    }
    let Some(model) = model else { return Ok(None) };
    let n = model.size();
    if model.ndim() == 0 || n == 0 || n > quick::MOST {
        return Ok(None);
    }
    let Some(row) = quick::row(ufunc, &kinds) else {
        return Ok(None);
    };
    let mut events = FpEvents::NONE;
    let mut rooms = [Room::ZERO; 2];
    for (i, room) in rooms.iter_mut().enumerate().take(inputs.len()) {
        if args[i].is_null() {
            // Comparisons have an answer for integers that the type of the array cannot hold.
            if ufunc.resolver == Resolver::Comparison
                && kinds[i].1 == Weak::Int
                && !(row.types[i] == TypeNum::Long && weak::fits_long(&inputs[i])?)
            {
                return Ok(None);
            }
            let wanted = DType::new(row.types[i]);
            let (stored, met) = weak::store(&inputs[i], kinds[i].1, &wanted, room)?;
            if stored.num() != row.types[i] {
                return Ok(None);
            }
            events |= met;
            args[i] = room.0.as_mut_ptr();
        }
    }
    let dtype = DType::new(row.types[ufunc.nin]);
    let watch = errstate::watch(py)?;
    let result = array::empty(py, &dtype, model.shape(), Order::C)?;
    args.push(result.data());
    strides.push(dtype.itemsize() as isize);
    // SAFETY: the arrays have `n` aligned native items of the row's types without gaps, the rooms hold one, and the
    // result is new.
    events |= unsafe { quick::run(row, &args, n as isize, &strides, watch) }.or_raise()?;
    errstate::report(py, events, ufunc.name)?;
    Ok(Some(result.into_any()))
}
