//! Calls of generalized ufuncs: `matmul` and its kin, with `axes`, `axis` and `keepdims`.

use numpy_rs_core::fp_errors::FpEvents;
use numpy_rs_core::ufunc::{AxesItem, CoreOptions, Operand, Spec, plan_gufunc};
use numpy_rs_core::view::{View, ViewMut};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use smallvec::SmallVec;

use super::arguments::Keywords;
use super::input::Input;
use super::registry::Callee;
use super::request::{self, Request};
use super::weak::Room;
use super::wrap::Wrapper;
use crate::array::{self, ArrayRef};
use crate::error::OrRaise;
use crate::errstate;

/// One axis from an object with `__index__`.
pub(crate) fn axis_of(value: &Bound<'_, PyAny>) -> PyResult<isize> {
    // SAFETY: a live object; a failure sets the exception.
    let axis = unsafe { ffi::PyNumber_AsSsize_t(value.as_ptr(), ffi::PyExc_IndexError) };
    if axis == -1
        && let Some(e) = PyErr::take(value.py())
    {
        return Err(e);
    }
    Ok(axis)
}

/// The keywords that only generalized ufuncs take.
fn core_options(callee: &Callee<'_>, k: &Keywords<'_>) -> PyResult<CoreOptions> {
    let ufunc = callee.ufunc;
    let mut options = CoreOptions::default();
    if let Some(value) = &k.keepdims {
        options.keepdims = value.is_truthy()?;
    }
    let given = |v: &Option<Bound<'_, PyAny>>| v.as_ref().is_some_and(|v| !super::is_no_value(v));
    if given(&k.axes) && given(&k.axis) {
        return Err(PyTypeError::new_err(
            "cannot specify both 'axis' and 'axes'",
        ));
    }
    if let Some(value) = k
        .axis
        .as_ref()
        .filter(|v| !v.is_none() && !super::is_no_value(v))
    {
        options.axis = Some(axis_of(value)?);
    }
    if let Some(value) = k.axes.as_ref().filter(|v| !super::is_no_value(v)) {
        let Ok(list) = value.cast::<PyList>() else {
            return Err(PyTypeError::new_err("axes should be a list."));
        };
        let n = list.len();
        let outputs_left_out = n == ufunc.nin && n != ufunc.nargs();
        if n != ufunc.nargs() && !outputs_left_out {
            return Err(PyValueError::new_err(format!(
                "axes should be a list with an entry for all {} inputs and outputs; entries for outputs can only be \
                 omitted if none of them has core axes.",
                ufunc.nargs()
            )));
        }
        let mut axes = SmallVec::new();
        for (i, item) in list.iter().enumerate() {
            axes.push(if let Ok(tuple) = item.cast::<PyTuple>() {
                let mut many = SmallVec::new();
                for axis in tuple.iter() {
                    many.push(axis_of(&axis)?);
                }
                AxesItem::Many(many)
            } else {
                AxesItem::One(axis_of(&item).map_err(|e| {
                    if e.is_instance_of::<PyTypeError>(item.py()) {
                        axes_item_error(ufunc.name, i)
                    } else {
                        e
                    }
                })?)
            });
        }
        options.axes = Some(axes);
    }
    Ok(options)
}

#[cold]
fn axes_item_error(name: &str, i: usize) -> PyErr {
    PyTypeError::new_err(format!(
        "{name}: axes item {i} should be a tuple, or an integer if there is only one core axis."
    ))
}

/// A call whose overrides were asked.
pub(crate) fn call<'py>(
    callee: &Callee<'py>,
    objects: &[Bound<'py, PyAny>],
    request: Request<'py>,
    keywords: &Keywords<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    let core = core_options(callee, keywords)?;
    let given = request.outs.arrays()?;
    request::check_writeable(&given)?;
    let inputs = objects
        .iter()
        .map(|x| Input::read(x, ufunc.nin == 1))
        .collect::<PyResult<SmallVec<[Input<'py>; 3]>>>()?;
    let operands: SmallVec<[Operand; 3]> = inputs.iter().map(|x| x.operand.clone()).collect();
    let out_specs = given
        .iter()
        .map(|o| o.as_ref().map(|o| Ok(Spec::of(&o.view()?))).transpose())
        .collect::<PyResult<SmallVec<[Option<Spec>; 2]>>>()?;
    let plan = plan_gufunc(ufunc, &operands, &out_specs, &request.options, &core).or_raise()?;
    request::warn_of_imaginary(py, plan.dtypes(), &operands, &given, false)?;
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
        .map(|((x, room), dtype)| x.view(dtype, room, &mut events))
        .collect::<PyResult<SmallVec<[View<'_>; 3]>>>()?;
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
        .run(&views, &mut out_views, errstate::watch(py)?)
        .or_raise()?;
    drop(out_views);
    errstate::report(py, events, callee.name)?;
    request::finish(callee, objects, &request, wrapper.as_ref(), results)
}
