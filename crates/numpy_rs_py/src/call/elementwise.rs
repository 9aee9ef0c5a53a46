//! One elementwise call: inputs, overrides, plan, results, run, events, wrapping.

use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::fp_errors::FpEvents;
use numpy_rs_core::ufunc::{Operand, Spec, plan_elementwise};
use numpy_rs_core::view::{View, ViewMut};
use pyo3::ffi::PyObject;
use pyo3::prelude::*;
use smallvec::SmallVec;

use super::arguments::{self, Keywords, Objects, Outs};
use super::input::Input;
use super::overrides;
use super::registry::Callee;
use super::request::{Request, check_writeable, finish, request, warn_of_imaginary};
use super::weak::{self, Room};
use super::wrap::{self, Wrapper};
use crate::array::{self, ArrayRef};
use crate::convert::item;
use crate::error::OrRaise;
use crate::{errstate, gate};

/// `ufunc(*args, **kwargs)`, checked for overrides.
///
/// # Safety
///
/// `args` holds `n` objects and then one per name in `kwnames` (a tuple or null).
pub(crate) unsafe fn call_from_python<'py>(
    callee: &Callee<'py>,
    args: *const *mut PyObject,
    n: usize,
    kwnames: *mut PyObject,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    if n < ufunc.nin || n > ufunc.nargs() {
        return Err(arguments::wrong_count(ufunc, n));
    }
    // SAFETY: promised by the caller.
    let positional: Objects<'py> = unsafe {
        (0..n)
            .map(|i| Bound::from_borrowed_ptr(py, *args.add(i)))
            .collect()
    };
    let (inputs, given) = positional.split_at(ufunc.nin);
    // SAFETY: promised by the caller.
    let only = unsafe { only_out(py, given, args.wrapping_add(n), kwnames) };
    let bare = kwnames.is_null() && given.is_empty();
    if (bare || only.is_some())
        && let Some(answer) = super::quick::call(callee, inputs, only.as_ref())?
    {
        return Ok(answer);
    }
    if bare {
        if !inputs.iter().all(overrides::is_plain)
            && let Some(found) = overrides::find_among(inputs.iter())?
        {
            return found.call(callee, "__call__", inputs, &pyo3::types::PyDict::new(py));
        }
        return call(callee, inputs, Request::default());
    }
    let keywords = if kwnames.is_null() {
        Keywords::default()
    } else {
        // SAFETY: promised by the caller.
        unsafe { Keywords::collect(py, ufunc, args.add(n), kwnames)? }
    };
    let outs = Outs::collect(ufunc, given, keywords.out.as_ref())?;
    let operands = inputs
        .iter()
        .chain(outs.each.iter().flatten())
        .chain(&keywords.mask);
    if let Some(found) = overrides::find_among(operands)? {
        let dict = overrides::keyword_dict(py, &outs, &keywords)?;
        return found.call(callee, "__call__", inputs, &dict);
    }
    let request = request(callee, &keywords, outs)?;
    if ufunc.signature.is_some() {
        return super::gufunc::call(callee, inputs, request, &keywords);
    }
    call(callee, inputs, request)
}

/// The output, where it is the only argument beside the inputs.
///
/// # Safety
///
/// `values` holds one object for each name in `kwnames` (a tuple or null).
unsafe fn only_out<'py>(
    py: Python<'py>,
    given: &[Bound<'py, PyAny>],
    values: *const *mut PyObject,
    kwnames: *mut PyObject,
) -> Option<Bound<'py, PyAny>> {
    if kwnames.is_null() {
        return match given {
            [only] => Some(only.clone()),
            _ => None,
        };
    }
    // SAFETY: promised by the caller.
    unsafe {
        let is_out = pyo3::ffi::PyTuple_GET_SIZE(kwnames) == 1
            && pyo3::ffi::PyTuple_GET_ITEM(kwnames, 0) == pyo3::intern!(py, "out").as_ptr();
        (given.is_empty() && is_out).then(|| Bound::from_borrowed_ptr(py, *values))
    }
}

/// A call whose overrides were asked.
pub(crate) fn call<'py>(
    callee: &Callee<'py>,
    objects: &[Bound<'py, PyAny>],
    request: Request<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    if ufunc.signature.is_some() {
        return super::gufunc::call(callee, objects, request, &Keywords::default());
    }
    let given = request.outs.arrays()?;
    check_writeable(&given)?;
    let inputs = objects
        .iter()
        .map(|x| Input::read(x, ufunc.nin == 1))
        .collect::<PyResult<SmallVec<[Input<'py>; 3]>>>()?;
    if let Some(answer) = outside_comparison(callee, &inputs, &request)? {
        return Ok(answer);
    }
    let operands: SmallVec<[Operand; 3]> = inputs.iter().map(|x| x.operand.clone()).collect();
    let out_specs = given
        .iter()
        .map(|o| o.as_ref().map(|o| Ok(Spec::of(&o.view()?))).transpose())
        .collect::<PyResult<SmallVec<[Option<Spec>; 2]>>>()?;
    let mask_view = request.mask.as_ref().map(ArrayRef::view).transpose()?;
    let mask_spec = mask_view.as_ref().map(Spec::of);
    let plan = match plan_elementwise(
        ufunc,
        &operands,
        &out_specs,
        mask_spec.as_ref(),
        &request.options,
    ) {
        Err(error @ numpy_rs_core::error::Error::Casting(_)) => {
            store_numbers(callee, &inputs, &operands, &request)?;
            return Err(error).or_raise();
        }
        planned => planned.or_raise()?,
    };
    warn_of_imaginary(py, plan.dtypes(), &operands, &given, mask_spec.is_some())?;
    let wrapper = if request.subok {
        Wrapper::find(objects)?
    } else {
        None
    };

    let mut events = FpEvents::NONE;
    let mut rooms: SmallVec<[Room; 3]> = SmallVec::from_elem(Room::ZERO, inputs.len());
    let views = inputs
        .iter()
        .zip(&mut rooms)
        .zip(plan.dtypes())
        .map(|((x, room), dtype)| {
            // Integers of any size compare exactly, whatever the rule.
            let exact = ufunc.resolver == numpy_rs_core::ufunc::table::Resolver::Comparison
                && dtype.num().is_integer();
            if !exact {
                x.check_equivalent(dtype, request.options.casting)?;
            }
            x.view(dtype, room, &mut events)
        })
        .collect::<PyResult<SmallVec<[View<'_>; 3]>>>()?;
    let watch = errstate::watch(py)?;

    // One number as the only result needs no array.
    if let [spec] = plan.outputs()
        && spec.shape.is_empty()
        && given.is_empty()
        && wrapper.is_none()
        && mask_view.is_none()
        && request.scalars
        && (spec.dtype.num().is_number() || spec.dtype.num() == TypeNum::Object)
    {
        let dtype = spec.dtype.clone();
        let mut room = Room::ZERO;
        // SAFETY: the room holds one item of any number, or a null reference.
        let out = unsafe { ViewMut::from_raw(room.0.as_mut_ptr(), dtype.clone(), &[], &[]) };
        let ran = plan.run(&views, &mut [out], None, watch);
        if dtype.num() == TypeNum::Object {
            let object =
                usize::from_ne_bytes(room.0[..size_of::<usize>()].try_into().unwrap_or_default());
            // SAFETY: the loop stored an owned reference, or nothing.
            let object = unsafe { wrap::owned_reference(py, object as *mut PyObject) };
            ran.or_raise()?;
            return Ok(object);
        }
        events |= ran.or_raise()?;
        errstate::report(py, events, callee.name)?;
        // SAFETY: the room holds an item of the dtype.
        return unsafe { item::core_to_object(py, room.0.as_ptr(), &dtype) };
    }

    let results = plan
        .outputs()
        .iter()
        .enumerate()
        .map(|(i, spec)| match given.get(i).and_then(Option::as_ref) {
            Some(out) => Ok(out.array().clone()),
            None => array::empty_strided(py, &spec.dtype, &spec.shape, &spec.strides),
        })
        .collect::<PyResult<SmallVec<[ArrayRef<'py>; 2]>>>()?;
    let mut out_views = results
        .iter()
        .map(ArrayRef::view_mut_unchecked)
        .collect::<PyResult<SmallVec<[ViewMut<'_>; 2]>>>()?;
    events |= plan
        .run(&views, &mut out_views, mask_view.as_ref(), watch)
        .or_raise()?;
    drop(out_views);
    errstate::report(py, events, callee.name)?;
    finish(callee, objects, &request, wrapper.as_ref(), results)
}

/// Stores the Python numbers of a call that is refused for a conversion: an int out of range is found first.
#[cold]
fn store_numbers(
    callee: &Callee<'_>,
    inputs: &[Input<'_>],
    operands: &[Operand],
    request: &Request<'_>,
) -> PyResult<()> {
    if callee.ufunc.nin == 1 {
        return Ok(());
    }
    let dtypes =
        numpy_rs_core::ufunc::loop_dtypes(callee.ufunc, operands, &request.options).or_raise()?;
    let mut events = FpEvents::NONE;
    for (x, dtype) in inputs.iter().zip(&dtypes) {
        x.check_equivalent(dtype, request.options.casting)?;
        if x.weak_value().is_some() {
            x.view(dtype, &mut Room::ZERO.clone(), &mut events)?;
        }
    }
    errstate::report(callee.py, events, callee.name)
}

/// Comparisons with a Python int that no element can equal: one answer for all elements.
fn outside_comparison<'py>(
    callee: &Callee<'py>,
    inputs: &[Input<'py>],
    request: &Request<'py>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let ufunc = callee.ufunc;
    if ufunc.resolver != numpy_rs_core::ufunc::table::Resolver::Comparison
        || !request.options.signature.is_empty()
        || request
            .options
            .dtype
            .as_ref()
            .is_some_and(|d| d.num() != TypeNum::Bool)
    {
        return Ok(None);
    }
    let [a, b] = inputs else { return Ok(None) };
    let (value, other, value_first) = match (a.weak_value(), b.weak_value()) {
        (Some(v), None) => (v, b, true),
        (None, Some(v)) => (v, a, false),
        (Some(x), Some(y)) if a.operand.weak == b.operand.weak => {
            // Two Python ints of any size compare as Python compares them.
            if a.operand.weak != numpy_rs_core::ufunc::Weak::Int
                || (weak::fits_long(x)? && weak::fits_long(y)?)
            {
                return Ok(None);
            }
            let answer = match ufunc.name {
                "equal" => x.eq(y)?,
                "not_equal" => x.ne(y)?,
                "less" => x.lt(y)?,
                "less_equal" => x.le(y)?,
                "greater" => x.gt(y)?,
                _ => x.ge(y)?,
            };
            return fill_answer(callee, a, request, answer).map(Some);
        }
        _ => return Ok(None),
    };
    let is_int = if value_first { a } else { b }.operand.weak == numpy_rs_core::ufunc::Weak::Int;
    if !is_int {
        return Ok(None);
    }
    match weak::comparison_outside(ufunc, value, other.operand.spec.dtype.num(), value_first)? {
        Some(answer) => fill_answer(callee, other, request, answer).map(Some),
        None => Ok(None),
    }
}

#[cold]
fn fill_answer<'py>(
    callee: &Callee<'py>,
    other: &Input<'py>,
    request: &Request<'py>,
    answer: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callee.py;
    let bool_dtype = DType::new(TypeNum::Bool);
    let given = request.outs.arrays()?;
    let out = match given.first().and_then(Option::as_ref) {
        Some(out) => out.array().clone(),
        None => array::empty(
            py,
            &bool_dtype,
            &other.operand.spec.shape,
            numpy_rs_core::layout::Order::C,
        )?,
    };
    let mut room = Room::ZERO;
    room.0[0] = u8::from(answer);
    // SAFETY: the room holds a bool.
    let value = unsafe { room.view(bool_dtype) };
    {
        let mut to = out.view_mut("output array")?;
        numpy_rs_core::copy::assign(&mut to, &value, request.options.casting).or_raise()?;
    }
    finish(callee, &[], request, None, SmallVec::from_iter([out]))
}

/// The vectorcall of ufunc objects.
pub(crate) unsafe extern "C" fn vectorcall(
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held and valid vectorcall arguments.
    unsafe {
        gate::enter_object(|py| {
            let n = pyo3::ffi::PyVectorcall_NARGS(nargsf) as usize;
            let callee = Callee::of_object(&Bound::from_borrowed_ptr(py, callable))?;
            call_from_python(&callee, args, n, kwnames)
        })
    }
}
