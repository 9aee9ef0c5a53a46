//! `reduce`, `accumulate` and `reduceat`: options from arguments, plan, run, result.

use numpy_rs_core::cast::Casting;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::ufunc::table::Ufunc;
use numpy_rs_core::ufunc::{
    Initial, ReduceOptions, Spec, plan_accumulate, plan_reduce, plan_reduceat,
};
use numpy_rs_core::view::{View, ViewMut};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use smallvec::SmallVec;

use super::arguments::{self, Outs};
use super::gufunc::axis_of;
use super::overrides;
use super::quick;
use super::registry::Callee;
use super::request::check_writeable;
use super::weak::Room;
use super::wrap::{self, Wrapper};
use crate::array::{self, ArrayRef};
use crate::convert::target::{Target, array_of};
use crate::convert::{array_like, scalar, warning};
use crate::error::OrRaise;
use crate::errstate;
use crate::signature::Args;

/// The axes of a reduction.
pub(crate) type Axes = Option<SmallVec<[isize; 6]>>;

/// What a reduction asks besides its operand.
pub(crate) struct Reduction<'py> {
    pub(crate) axes: Axes,
    pub(crate) dtype: Option<DType>,
    pub(crate) out: Option<Target<'py>>,
    pub(crate) keepdims: bool,
    #[expect(
        clippy::option_option,
        reason = "not given and Python's None are two things"
    )]
    /// `initial=`; `Some(None)` is a Python `None`: no initial value at all.
    pub(crate) initial: Option<Option<Bound<'py, PyAny>>>,
    pub(crate) mask: Option<ArrayRef<'py>>,
    /// A result without axes becomes a scalar.
    pub(crate) scalars: bool,
}

/// `axis=` of a reduction: `None` for all axes, an integer, or a tuple.
pub(crate) fn axes(value: Option<&Bound<'_, PyAny>>) -> PyResult<Axes> {
    let Some(value) = value else {
        return Ok(Some(SmallVec::from_slice(&[0])));
    };
    if value.is_none() {
        return Ok(None);
    }
    if let Ok(tuple) = value.cast::<PyTuple>() {
        return tuple
            .iter()
            .map(|a| axis_of(&a))
            .collect::<PyResult<SmallVec<[isize; 6]>>>()
            .map(Some);
    }
    Ok(Some(SmallVec::from_slice(&[axis_of(value)?])))
}

/// Which ufuncs can be reduced, in NumPy's words.
fn check_method(ufunc: &Ufunc, method: &str) -> PyResult<()> {
    if ufunc.signature.is_some() {
        return Err(PyRuntimeError::new_err(
            "Reduction not defined on ufunc with signature",
        ));
    }
    if ufunc.nin != 2 {
        return Err(PyValueError::new_err(format!(
            "{method} only supported for binary functions"
        )));
    }
    if ufunc.nout != 1 {
        return Err(PyValueError::new_err(format!(
            "{method} only supported for functions returning a single value"
        )));
    }
    Ok(())
}

/// An operand as an array; what is not one has its class for wrapping only.
fn operand<'py>(value: &Bound<'py, PyAny>) -> PyResult<ArrayRef<'py>> {
    match ArrayRef::from_object(value) {
        Some(array) => Ok(array),
        None => array_like::as_array(value),
    }
}

/// Overrides of a method: the operands that count, then the keywords as written.
fn overridden<'py>(
    callee: &Callee<'py>,
    method: &str,
    inputs: &[Bound<'py, PyAny>],
    outs: &Outs<'py>,
    mask: Option<&Bound<'py, PyAny>>,
    named: &[(&str, Option<&Bound<'py, PyAny>>)],
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let given = || outs.each.iter().flatten().chain(mask);
    if inputs.iter().all(overrides::is_plain) && given().all(overrides::is_plain) {
        return Ok(None);
    }
    let Some(found) = overrides::find_among(inputs.iter().chain(given()))? else {
        return Ok(None);
    };
    let dict = PyDict::new(callee.py);
    overrides::put_out(&dict, outs)?;
    for (name, value) in named {
        if let Some(value) = value {
            dict.set_item(name, value)?;
        }
    }
    found.call(callee, method, inputs, &dict).map(Some)
}

/// The arguments of `reduce` as written.
#[derive(Default)]
pub(crate) struct Written<'py> {
    pub(crate) axis: Option<Bound<'py, PyAny>>,
    pub(crate) dtype: Option<Bound<'py, PyAny>>,
    pub(crate) out: Option<Bound<'py, PyAny>>,
    pub(crate) keepdims: Option<Bound<'py, PyAny>>,
    pub(crate) initial: Option<Bound<'py, PyAny>>,
    pub(crate) mask: Option<Bound<'py, PyAny>>,
}

impl Written<'_> {
    /// Whether nothing but the axis was written.
    fn is_bare(&self) -> bool {
        let none = |v: &Option<Bound<'_, PyAny>>| v.as_ref().is_none_or(PyAnyMethods::is_none);
        none(&self.dtype)
            && none(&self.out)
            && self.keepdims.is_none()
            && self.initial.is_none()
            && self.mask.is_none()
    }
}

/// `ufunc.reduce(array, /, axis=0, dtype=None, out=None, keepdims=False, initial=<no value>, where=True)`.
pub(crate) fn reduce_from_python<'py>(
    callee: &Callee<'py>,
    a: &Args<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let written = Written {
        axis: a.get(1),
        dtype: a.get(2),
        out: a.get(3),
        keepdims: a.get(4),
        initial: a.get(5),
        mask: a.get(6),
    };
    reduce_written(callee, &a.required(0), &written)
}

/// `ufunc.reduce` with arguments as written; overrides are asked.
pub(crate) fn reduce_written<'py>(
    callee: &Callee<'py>,
    object: &Bound<'py, PyAny>,
    w: &Written<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let ufunc = callee.ufunc;
    if w.is_bare()
        && let Some(answer) = quick::reduce(callee, object, w.axis.as_ref())?
    {
        return Ok(answer);
    }
    check_method(ufunc, "reduce")?;
    let outs = Outs::collect(ufunc, &[], w.out.as_ref())?;
    if let Some(answer) = overridden(
        callee,
        "reduce",
        std::slice::from_ref(object),
        &outs,
        w.mask.as_ref(),
        &[
            ("axis", w.axis.as_ref()),
            ("dtype", w.dtype.as_ref()),
            ("keepdims", w.keepdims.as_ref()),
            ("initial", w.initial.as_ref()),
            ("where", w.mask.as_ref()),
        ],
    )? {
        return Ok(answer);
    }
    let is_given = |v: &&Bound<'py, PyAny>| !super::is_no_value(v);
    let request = Reduction {
        axes: axes(w.axis.as_ref())?,
        dtype: w
            .dtype
            .as_ref()
            .filter(|d| !d.is_none())
            .map(arguments::dtype)
            .transpose()?,
        out: outs.arrays()?.into_iter().next().flatten(),
        keepdims: w
            .keepdims
            .as_ref()
            .filter(is_given)
            .map_or(Ok(false), PyAnyMethods::is_truthy)?,
        initial: w
            .initial
            .as_ref()
            .filter(is_given)
            .map(|v| Some(v.clone()).filter(|v| !v.is_none())),
        mask: arguments::mask(w.mask.as_ref().filter(is_given))?,
        scalars: !outs.keep_arrays,
    };
    reduce(callee, object, &request)
}

/// A reduction whose overrides were asked.
pub(crate) fn reduce<'py>(
    callee: &Callee<'py>,
    object: &Bound<'py, PyAny>,
    request: &Reduction<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    let array = operand(object)?;
    let view = array.view()?;
    if let Some(out) = &request.out {
        check_writeable(&[Some(out.clone())])?;
    }
    let options = ReduceOptions {
        axes: request.axes.clone(),
        dtype: request.dtype.clone(),
        keepdims: request.keepdims,
        initial: match &request.initial {
            None => Initial::Default,
            Some(None) => Initial::First,
            Some(Some(_)) => Initial::Given,
        },
    };
    let out_spec = request
        .out
        .as_ref()
        .map(|o| Ok::<_, PyErr>(Spec::of(&o.view()?)))
        .transpose()?;
    let mask_view = request.mask.as_ref().map(ArrayRef::view).transpose()?;
    let mask_spec = mask_view.as_ref().map(Spec::of);
    let plan = plan_reduce(
        ufunc,
        &Spec::of(&view),
        out_spec.as_ref(),
        mask_spec.as_ref(),
        &options,
    )
    .or_raise()?;
    warn_of_imaginary(py, &view, request.out.as_ref(), plan.dtype())?;
    let start = match &request.initial {
        Some(Some(value)) => Some(Start::new(value, plan.dtype())?),
        _ => None,
    };
    let start_view = start.as_ref().map(Start::view).transpose()?;
    let watch = errstate::watch(py)?;
    let wrapper = match &request.out {
        None => Wrapper::find(std::slice::from_ref(object))?,
        Some(_) => None,
    };
    let spec = plan.output();
    if request.out.is_none()
        && spec.shape.is_empty()
        && wrapper.is_none()
        && request.scalars
        && spec.dtype.num().is_number()
    {
        let mut room = Room::ZERO;
        // SAFETY: the room holds one item of any number.
        let mut out =
            unsafe { ViewMut::from_raw(room.0.as_mut_ptr(), spec.dtype.clone(), &[], &[]) };
        let events = plan
            .run(
                &view,
                &mut out,
                mask_view.as_ref(),
                start_view.as_ref(),
                watch,
            )
            .or_raise()?;
        errstate::report(py, events, "reduce")?;
        // SAFETY: the room holds an item of the dtype.
        return unsafe { scalar::core_to_object(py, room.0.as_ptr(), &spec.dtype) };
    }
    let result = match &request.out {
        Some(out) => out.array().clone(),
        None => array::empty_strided(py, &spec.dtype, &spec.shape, &spec.strides)?,
    };
    let events = plan
        .run(
            &view,
            &mut result.view_mut_unchecked()?,
            mask_view.as_ref(),
            start_view.as_ref(),
            watch,
        )
        .or_raise()?;
    errstate::report(py, events, "reduce")?;
    finish(
        result,
        request.out.as_ref(),
        wrapper.as_ref(),
        request.scalars,
    )
}

/// The value of `initial=` as an item of the accumulator's dtype.
enum Start<'py> {
    Item(Room, DType),
    Array(ArrayRef<'py>),
}

impl<'py> Start<'py> {
    fn new(value: &Bound<'py, PyAny>, dtype: &DType) -> PyResult<Self> {
        if dtype.num().is_number() {
            let mut room = Room::ZERO;
            // SAFETY: the room holds one item of any number.
            unsafe { scalar::store_core(dtype, value, room.0.as_mut_ptr())? };
            return Ok(Self::Item(room, dtype.clone()));
        }
        let array = array::empty(value.py(), dtype, &[], numpy_rs_core::layout::Order::C)?;
        // SAFETY: a fresh array of one item of the dtype.
        unsafe { scalar::store(&array.descr(), value, array.data())? };
        Ok(Self::Array(array))
    }

    fn view(&self) -> PyResult<View<'_>> {
        match self {
            // SAFETY: the room holds an item of the dtype.
            Self::Item(room, dtype) => Ok(unsafe { room.view(dtype.clone()) }),
            Self::Array(array) => array.view(),
        }
    }
}

fn finish<'py>(
    result: ArrayRef<'py>,
    given: Option<&Target<'py>>,
    wrapper: Option<&Wrapper<'py>>,
    scalars: bool,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(given) = given {
        if given.is_foreign() {
            return Ok(given.clone().into_any());
        }
        return match Wrapper::of_output(result.as_any())? {
            Some(own) => own.apply(&result, None, false),
            None => Ok(result.into_any()),
        };
    }
    match wrapper {
        Some(w) => w.apply(&result, None, scalars && result.ndim() == 0),
        None if !scalars => Ok(result.into_any()),
        None => wrap::scalar_or_array(result),
    }
}

/// The one axis of `accumulate` and `reduceat`.
fn one_axis(method: &str, value: Option<&Bound<'_, PyAny>>, ndim: usize) -> PyResult<isize> {
    match axes(value)? {
        None if ndim == 1 => Ok(0),
        Some(list) if list.len() == 1 => Ok(list[0]),
        Some(list) => {
            for &axis in &list {
                numpy_rs_core::layout::normalize_axis(axis, ndim).or_raise()?;
            }
            Err(PyValueError::new_err(format!(
                "{method} does not allow multiple axes"
            )))
        }
        None => Err(PyValueError::new_err(format!(
            "{method} does not allow multiple axes"
        ))),
    }
}

/// What `accumulate` and `reduceat` ask besides their operand.
pub(crate) struct AlongAxis<'py> {
    pub(crate) axis: isize,
    pub(crate) dtype: Option<DType>,
    pub(crate) out: Option<Target<'py>>,
    pub(crate) scalars: bool,
}

/// `ufunc.accumulate(array, /, axis=0, dtype=None, out=None)`.
pub(crate) fn accumulate_from_python<'py>(
    callee: &Callee<'py>,
    a: &Args<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    check_method(callee.ufunc, "accumulate")?;
    let object = a.required(0);
    let outs = Outs::collect(callee.ufunc, &[], a.get(3).as_ref())?;
    if let Some(answer) = overridden(
        callee,
        "accumulate",
        std::slice::from_ref(&object),
        &outs,
        None,
        &[("axis", a.get(1).as_ref()), ("dtype", a.get(2).as_ref())],
    )? {
        return Ok(answer);
    }
    let array = operand(&object)?;
    if array.ndim() == 0 {
        return Err(PyTypeError::new_err("cannot accumulate on a scalar"));
    }
    let request = AlongAxis {
        axis: one_axis("accumulate", a.get(1).as_ref(), array.ndim())?,
        dtype: a.some(2).map(|d| arguments::dtype(&d)).transpose()?,
        out: outs.arrays()?.into_iter().next().flatten(),
        scalars: !outs.keep_arrays,
    };
    accumulate(callee, &object, &array, &request)
}

/// An accumulation whose overrides were asked; `object` is what `array` was made of.
pub(crate) fn accumulate<'py>(
    callee: &Callee<'py>,
    object: &Bound<'py, PyAny>,
    array: &ArrayRef<'py>,
    request: &AlongAxis<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callee.py;
    let view = array.view()?;
    let out_spec = request
        .out
        .as_ref()
        .map(|o| Ok::<_, PyErr>(Spec::of(&o.view()?)))
        .transpose()?;
    if let Some(out) = &request.out {
        check_writeable(&[Some(out.clone())])?;
    }
    let plan = plan_accumulate(
        callee.ufunc,
        &Spec::of(&view),
        out_spec.as_ref(),
        request.dtype.as_ref(),
        request.axis,
    )
    .or_raise()?;
    warn_of_imaginary(py, &view, request.out.as_ref(), plan.dtype())?;
    let result = result_for(py, plan.output(), request.out.as_ref())?;
    let events = plan
        .run(
            &view,
            &mut result.view_mut_unchecked()?,
            errstate::watch(py)?,
        )
        .or_raise()?;
    errstate::report(py, events, "accumulate")?;
    let wrapper = Wrapper::find(std::slice::from_ref(object))?;
    finish(
        result,
        request.out.as_ref(),
        wrapper.as_ref(),
        request.scalars,
    )
}

/// Says that imaginary parts are lost on the way to and from the dtype that is folded in.
fn warn_of_imaginary(
    py: Python<'_>,
    input: &View<'_>,
    out: Option<&Target<'_>>,
    used: &DType,
) -> PyResult<()> {
    warning::imaginary_dropped(py, input.dtype().num(), used.num())?;
    match out {
        Some(out) => warning::imaginary_dropped(py, used.num(), out.dtype()?.num()),
        None => Ok(()),
    }
}

fn result_for<'py>(
    py: Python<'py>,
    spec: &Spec,
    out: Option<&Target<'py>>,
) -> PyResult<ArrayRef<'py>> {
    match out {
        Some(out) => Ok(out.array().clone()),
        None => array::empty_strided(py, &spec.dtype, &spec.shape, &spec.strides),
    }
}

/// `ufunc.reduceat(array, /, indices, axis=0, dtype=None, out=None)`.
pub(crate) fn reduceat_from_python<'py>(
    callee: &Callee<'py>,
    a: &Args<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callee.py;
    check_method(callee.ufunc, "reduceat")?;
    let (object, indices) = (a.required(0), a.required(1));
    let outs = Outs::collect(callee.ufunc, &[], a.get(4).as_ref())?;
    if let Some(answer) = overridden(
        callee,
        "reduceat",
        &[object.clone(), indices.clone()],
        &outs,
        None,
        &[("axis", a.get(2).as_ref()), ("dtype", a.get(3).as_ref())],
    )? {
        return Ok(answer);
    }
    let array = operand(&object)?;
    let intp = DType::new(TypeNum::Long);
    let intp = if intp.itemsize() == size_of::<isize>() {
        intp
    } else {
        DType::new(TypeNum::LongLong)
    };
    let indices = intp_array(&indices, &intp)?;
    if indices.ndim() == 0 {
        return Err(PyValueError::new_err(
            "object of too small depth for desired array",
        ));
    }
    if indices.ndim() > 1 {
        return Err(PyValueError::new_err("object too deep for desired array"));
    }
    if array.ndim() == 0 {
        return Err(PyTypeError::new_err("cannot reduceat on a scalar"));
    }
    let axis = one_axis("reduceat", a.get(2).as_ref(), array.ndim())?;
    let dtype = a.some(3).map(|d| arguments::dtype(&d)).transpose()?;
    let out = outs.arrays()?.into_iter().next().flatten();
    if let Some(out) = &out {
        check_writeable(&[Some(out.clone())])?;
    }
    let view = array.view()?;
    let out_spec = out
        .as_ref()
        .map(|o| Ok::<_, PyErr>(Spec::of(&o.view()?)))
        .transpose()?;
    let plan = plan_reduceat(
        callee.ufunc,
        &Spec::of(&view),
        &indices.view()?,
        out_spec.as_ref(),
        dtype.as_ref(),
        axis,
    )
    .or_raise()?;
    warn_of_imaginary(py, &view, out.as_ref(), plan.dtype())?;
    let result = result_for(py, plan.output(), out.as_ref())?;
    let events = plan
        .run(
            &view,
            &mut result.view_mut_unchecked()?,
            errstate::watch(py)?,
        )
        .or_raise()?;
    errstate::report(py, events, "reduceat")?;
    let wrapper = Wrapper::find(&[object])?;
    finish(result, out.as_ref(), wrapper.as_ref(), !outs.keep_arrays)
}

/// Indices as an array of `intp`, without gaps of alignment; lists are read as such, arrays must cast safely.
pub(crate) fn intp_array<'py>(value: &Bound<'py, PyAny>, intp: &DType) -> PyResult<ArrayRef<'py>> {
    let Some(array) = array_of(value)? else {
        return array_like::as_array_of_core(value, intp);
    };
    let own = array.dtype()?;
    if own.is_equivalent(intp) {
        return Ok(array);
    }
    if !numpy_rs_core::cast::can_cast(&own, intp, Casting::SameKind) {
        return Err(PyTypeError::new_err(format!(
            "Cannot cast array data from {} to {} according to the rule 'safe'",
            own.repr(),
            intp.repr()
        )));
    }
    array_like::as_array_of_core(value, intp)
}
