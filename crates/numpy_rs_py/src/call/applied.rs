//! `outer` and `at`.

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::fp_errors::FpEvents;
use numpy_rs_core::layout::Order;
use numpy_rs_core::ufunc::{Spec, plan_at};
use numpy_rs_core::view::View;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use smallvec::SmallVec;

use super::arguments::{Keywords, Objects, Outs};
use super::elementwise;
use super::input::Input;
use super::overrides;
use super::reduction::intp_array;
use super::registry::Callee;
use super::weak::Room;
use crate::array::{self, ArrayRef};
use crate::convert::target::{Target, array_of};
use crate::convert::{array_like, warning};
use crate::error::OrRaise;
use crate::errstate;

/// `ufunc.outer(A, B, /, **kwargs)`: the call for all pairs of items.
///
/// # Safety
///
/// `args` holds `n` objects and then one per name in `kwnames` (a tuple or null).
pub(crate) unsafe fn outer_from_python<'py>(
    callee: &Callee<'py>,
    args: *const *mut PyObject,
    n: usize,
    kwnames: *mut PyObject,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    if ufunc.signature.is_some() {
        return Err(PyTypeError::new_err(
            "method outer is not allowed in ufunc with non-trivial signature",
        ));
    }
    if ufunc.nin != 2 {
        return Err(PyValueError::new_err(
            "outer product only supported for binary functions",
        ));
    }
    if n != 2 {
        return Err(PyTypeError::new_err("exactly two arguments expected"));
    }
    // SAFETY: promised by the caller.
    let inputs: Objects<'py> = unsafe {
        (0..2)
            .map(|i| Bound::from_borrowed_ptr(py, *args.add(i)))
            .collect()
    };
    let keywords = if kwnames.is_null() {
        Keywords::default()
    } else {
        // SAFETY: promised by the caller.
        unsafe { Keywords::collect(py, ufunc, args.add(n), kwnames)? }
    };
    let outs = Outs::collect(ufunc, &[], keywords.out.as_ref())?;
    let operands = inputs
        .iter()
        .chain(outs.each.iter().flatten())
        .chain(&keywords.mask);
    if let Some(found) = overrides::find_among(operands)? {
        let dict = overrides::keyword_dict(py, &outs, &keywords)?;
        return found.call(callee, "outer", &inputs, &dict);
    }
    let request = super::request::request(callee, &keywords, outs)?;
    let (first, second) = spread(&inputs[0], &inputs[1])?;
    elementwise::call(callee, &[first, second], request)
}

/// The first operand with an axis of length 1 for every axis of the second.
fn spread<'py>(
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
    let to_array = |x: &Bound<'py, PyAny>| -> PyResult<Option<ArrayRef<'py>>> {
        if ArrayRef::from_object(x).is_none() && overrides::is_plain(x) && !is_sequence(x) {
            return Ok(None);
        }
        array_like::as_array(x).map(Some)
    };
    let (left, right) = (to_array(a)?, to_array(b)?);
    let right_object = right
        .as_ref()
        .map_or_else(|| b.clone(), |r| r.as_any().clone());
    let Some(left) = left else {
        return Ok((a.clone(), right_object));
    };
    let more = right.as_ref().map_or(0, ArrayRef::ndim);
    let (mut shape, mut strides) = (
        Dims::from_slice(left.shape()),
        Dims::from_slice(left.strides()),
    );
    shape.extend(std::iter::repeat_n(1, more));
    strides.extend(std::iter::repeat_n(0, more));
    let left = array::relayout(&left, 0, &shape, &strides)?;
    Ok((left.into_any(), right_object))
}

fn is_sequence(x: &Bound<'_, PyAny>) -> bool {
    // SAFETY: type checks on a live object.
    unsafe { ffi::PyList_Check(x.as_ptr()) != 0 || ffi::PyTuple_Check(x.as_ptr()) != 0 }
}

/// `ufunc.at(a, indices, b=None, /)`.
pub(crate) fn at_from_python<'py>(
    callee: &Callee<'py>,
    given: &[Bound<'py, PyAny>],
) -> PyResult<Bound<'py, PyAny>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    let none = || py.None().into_bound(py);
    if ufunc.signature.is_some() || ufunc.nin > 2 || ufunc.nout != 1 {
        // The plan has the words for what is not supported.
        let spec = Spec::scalar(DType::new(TypeNum::Double));
        plan_at(ufunc, &spec, None).or_raise()?;
    }
    if ufunc.nin == 2 && given.len() < 3 {
        return Err(PyValueError::new_err("second operand needed for ufunc"));
    }
    if ufunc.nin == 1 && given.len() > 2 {
        return Err(PyValueError::new_err(
            "second operand provided when ufunc is unary",
        ));
    }
    if let Some(found) = overrides::find_among(given.iter())? {
        return found.call(callee, "at", given, &PyDict::new(py));
    }
    let target = Target::required(&given[0], "first operand must be array")?;
    if target.flags() & crate::layout::flags::WRITEABLE == 0 {
        return Err(PyValueError::new_err(
            "array to perform in place operation on is read-only",
        ));
    }
    let second = given.get(2).map(|b| Input::read(b, false)).transpose()?;
    let plan = plan_at(
        ufunc,
        &Spec::of(&target.view()?),
        second.as_ref().map(|s| &s.operand),
    )
    .or_raise()?;
    let (indices, shaped) = index_arrays(&target, &given[1])?;
    let (own, used) = (target.dtype()?, plan.dtypes());
    warning::imaginary_dropped(py, own.num(), used[0].num())?;
    if let (Some(s), Some(to)) = (&second, used.get(1)) {
        warning::imaginary_dropped(py, s.operand.spec.dtype.num(), to.num())?;
    }
    if let Some(result) = used.last() {
        warning::imaginary_dropped(py, result.num(), own.num())?;
    }
    let mut events = FpEvents::NONE;
    let mut room = Room::ZERO;
    let second_view = match &second {
        Some(s) => Some(s.view(&plan.dtypes()[1], &mut room, &mut events)?),
        None => None,
    };
    let index_views = indices
        .iter()
        .map(ArrayRef::view)
        .collect::<PyResult<SmallVec<[View<'_>; 4]>>>()?;
    let _ = shaped;
    {
        let mut to = target.view_mut("output array")?;
        events |= plan
            .run(
                &mut to,
                &index_views,
                second_view.as_ref(),
                errstate::watch(py)?,
            )
            .or_raise()?;
    }
    errstate::report(py, events, "at")?;
    Ok(none())
}

/// The index as arrays of `intp` for the first axes of the target. Slices, masks and what else an index may be are
/// turned into such arrays through an array of positions.
fn index_arrays<'py>(
    target: &ArrayRef<'py>,
    index: &Bound<'py, PyAny>,
) -> PyResult<(SmallVec<[ArrayRef<'py>; 4]>, bool)> {
    let intp = intp();
    let is_integers = |x: &Bound<'py, PyAny>| {
        array_of(x).is_ok_and(|a| a.is_some_and(|a| a.dtype().is_ok_and(|d| d.num().is_integer())))
    };
    if is_integers(index) {
        return Ok((SmallVec::from_iter([intp_array(index, &intp)?]), false));
    }
    if let Ok(tuple) = index.cast::<PyTuple>()
        && !tuple.is_empty()
        && tuple.iter().all(|i| is_integers(&i))
    {
        let all = tuple
            .iter()
            .map(|i| intp_array(&i, &intp))
            .collect::<PyResult<_>>()?;
        return Ok((all, false));
    }
    if let Ok(list) = index.cast::<pyo3::types::PyList>()
        && !list.is_empty()
        && list
            .iter()
            .all(|i| i.is_exact_instance_of::<pyo3::types::PyInt>())
    {
        return Ok((
            SmallVec::from_iter([array_like::as_array_of_core(index, &intp)?]),
            false,
        ));
    }
    positions(target, index, &intp)
}

/// The dtype of indices.
pub(crate) fn intp() -> DType {
    if TypeNum::Long.facts().itemsize == size_of::<isize>() {
        DType::new(TypeNum::Long)
    } else {
        DType::new(TypeNum::LongLong)
    }
}

/// Indexes an array of positions with the same index, and takes the positions apart by axis.
fn positions<'py>(
    target: &ArrayRef<'py>,
    index: &Bound<'py, PyAny>,
    intp: &DType,
) -> PyResult<(SmallVec<[ArrayRef<'py>; 4]>, bool)> {
    let py = target.py();
    let all = array::empty(py, intp, target.shape(), Order::C)?;
    for i in 0..all.size() {
        // SAFETY: the array is fresh, in C order, and has this many items of this size.
        unsafe { all.data().cast::<isize>().add(i).write(i as isize) };
    }
    let chosen = all.as_any().get_item(index)?;
    let chosen = array_like::as_array_of_core(&chosen, intp)?;
    let flat = numpy_rs_core::copy::to_array(&chosen.view()?, Order::C).or_raise()?;
    let shape = target.shape();
    let mut arrays = SmallVec::new();
    let mut step: isize = 1;
    for axis in (0..shape.len()).rev() {
        let part = array::empty(py, intp, chosen.shape(), Order::C)?;
        let len = shape[axis].max(1);
        for i in 0..part.size() {
            // SAFETY: both hold this many items of this size in C order.
            unsafe {
                let position = flat.view().ptr().cast::<isize>().add(i).read();
                part.data()
                    .cast::<isize>()
                    .add(i)
                    .write(position / step % len);
            }
        }
        step *= len;
        arrays.insert(0, part);
    }
    Ok((arrays, true))
}
