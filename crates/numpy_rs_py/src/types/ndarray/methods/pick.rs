//! Methods that choose elements by index or condition: `take`, `put`, `choose`, `compress`, `repeat`, `nonzero`.

use numpy_rs_core::array::Array;
use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::error::{CastingError, Error};
use numpy_rs_core::index::{mask, repeat, take};
use numpy_rs_core::layout::{self, Order};
use numpy_rs_core::view::View;
use numpy_rs_core::{items, references};
use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::shape::{axis_error, integer, reshaped};
use super::{method, none, this};
use crate::array::{self, ArrayRef, Memory};
use crate::classes::NDARRAY;
use crate::convert::array_like;
use crate::convert::index::Indices;
use crate::convert::keyword::{self, ClipMode};
use crate::convert::target::Target;
use crate::descr;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::signature::Args;
use crate::types::ndarray::flatiter;
use crate::types::ndarray::subscript;

pub(super) static METHODS: &[FunctionDef] = &[
    method(
        "take(self, indices, /, axis=None, out=None, mode='raise')",
        "Elements at indices along an axis.",
        |a| {
            let array = this(a)?;
            let mode = keyword::clip_mode(a.get(4).as_ref())?;
            let (array, axis) = along(&array, a.some(2))?;
            let object = a.required(1);
            if let Some(ready) = ArrayRef::from_object(&object)
                && take::is_index_slice(&ready.view()?)
            {
                return take(&array, &ready.view()?, ready.shape(), axis, mode, a.some(3));
            }
            let indices = intp(&object)?;
            take(
                &array,
                &indices.view(),
                indices.shape(),
                axis,
                mode,
                a.some(3),
            )
        },
    ),
    method(
        "put(self, indices, values, /, mode='raise')",
        "Replaces elements at indices into the flattened array.",
        put,
    ),
    method(
        "choose(self, choices, /, out=None, mode='raise')",
        "Elements of arrays chosen by numbers.",
        choose,
    ),
    method(
        "compress(self, condition, /, axis=None, out=None)",
        "Slices along an axis where a condition is true.",
        |a| {
            let array = this(a)?;
            let condition = array_like::plain(&a.required(1))?;
            if condition.ndim() != 1 {
                return Err(PyValueError::new_err("condition must be a 1-d array"));
            }
            let truth = as_truth(&condition)?;
            let Some(found) = mask::nonzero(&truth.view()).or_raise()?.pop() else {
                return none(a);
            };
            let (array, axis) = along(&array, a.some(2))?;
            let shape = Dims::from_slice(found.shape());
            take(
                &array,
                &found.view(),
                &shape,
                axis,
                ClipMode::Raise,
                a.some(3),
            )
        },
    ),
    method(
        "repeat(self, repeats, /, axis=None)",
        "Each element after the other, repeated.",
        repeated,
    ),
    method(
        "nonzero(self, /)",
        "The indices of elements that are not zero.",
        |a| {
            let array = this(a)?;
            if array.ndim() == 0 {
                return Err(PyValueError::new_err(
                    "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.",
                ));
            }
            let truth = as_truth(&array)?;
            let found = mask::nonzero(&truth.view()).or_raise()?;
            let arrays = found
                .into_iter()
                .map(|f| Ok(array::from_core(a.py(), f)?.into_any()))
                .collect::<PyResult<Vec<_>>>()?;
            Ok(PyTuple::new(a.py(), arrays)?.into_any())
        },
    ),
];

/// Indices as a C-ordered core array of `intp`, converted by the rule `same_kind`.
pub(crate) fn intp(object: &Bound<'_, PyAny>) -> PyResult<Array> {
    let given = match ArrayRef::from_object(object) {
        Some(a) => a,
        // What is no array yet is made of indices, whatever it holds.
        None => array_like::as_array_of_core(object, &mask::index_dtype())?,
    };
    let (from, to) = (given.dtype()?, mask::index_dtype());
    if !cast::can_cast(&from, &to, Casting::SameKind) {
        return Err(Error::Casting(Box::new(CastingError {
            ufunc: None,
            operand: None,
            input: true,
            from,
            to,
            casting: "safe",
        })))
        .or_raise();
    }
    Ok(
        copy::cast_to(&given.view()?, &to, Order::C, Casting::Unsafe)
            .or_raise()?
            .0,
    )
}

/// The truth of every element.
pub(crate) fn as_truth(array: &ArrayRef<'_>) -> PyResult<Array> {
    numpy_rs_core::index::truth::truth(&array.view()?).or_raise()
}

/// The array and the axis to work along; without an axis, the flattened array.
pub(crate) fn along<'py>(
    array: &ArrayRef<'py>,
    axis: Option<Bound<'py, PyAny>>,
) -> PyResult<(ArrayRef<'py>, usize)> {
    let flat = |a: &ArrayRef<'py>| -> PyResult<ArrayRef<'py>> {
        array_like::as_array(&reshaped(a, &[a.size() as isize], Order::C, None)?)
    };
    match axis {
        None if array.ndim() == 1 => Ok((array.clone(), 0)),
        None => Ok((flat(array)?, 0)),
        Some(axis) => {
            let axis = integer(&axis)?;
            if array.ndim() == 0 && (axis == 0 || axis == -1) {
                return Ok((flat(array)?, 0));
            }
            let at = layout::normalize_axis(axis, array.ndim())
                .map_err(|_| axis_error(array.py(), axis, array.ndim(), None))?;
            Ok((array.clone(), at))
        }
    }
}

/// Brings indices into range as a mode says.
fn in_mode(indices: &mut Array, n: isize, mode: ClipMode) -> PyResult<()> {
    if mode == ClipMode::Raise {
        return Ok(());
    }
    let count = indices.size();
    if n == 0 && count > 0 {
        return Err(PyIndexError::new_err(
            "cannot do a non-empty take from an empty axes.",
        ));
    }
    let data = indices.view_mut().or_raise()?.ptr_mut().cast::<isize>();
    for k in 0..count {
        // SAFETY: contiguous indices.
        unsafe {
            let i = &mut *data.add(k);
            *i = if mode == ClipMode::Wrap {
                i.rem_euclid(n)
            } else {
                (*i).clamp(0, n - 1)
            };
        }
    }
    Ok(())
}

/// Elements at indices along an axis; the axis is replaced by `shape`.
pub(crate) fn take<'py>(
    array: &ArrayRef<'py>,
    indices: &View<'_>,
    shape: &[isize],
    axis: usize,
    mode: ClipMode,
    out: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = array.py();
    let mut full = Dims::from_slice(&array.shape()[..axis]);
    full.extend_from_slice(shape);
    full.extend_from_slice(&array.shape()[axis + 1..]);
    let class = array.as_any().get_type_ptr();
    let made = array::new_array(py, class, array.descr(), &full, None, Memory::Uninit)?;
    let mode_of = match mode {
        ClipMode::Raise => take::Mode::Raise,
        ClipMode::Wrap => take::Mode::Wrap,
        ClipMode::Clip => take::Mode::Clip,
    };
    take::take_into(
        &array.view()?,
        indices,
        axis,
        mode_of,
        &mut made.view_mut_unchecked()?,
    )
    .or_raise()?;
    if let Some(out) = out {
        return into_out(&made, &out, mode);
    }
    array::finalize(&made, Some(array.as_any()))?;
    scalar_or(made)
}

/// A 0-d result is a scalar.
fn scalar_or(made: ArrayRef<'_>) -> PyResult<Bound<'_, PyAny>> {
    if made.ndim() == 0 && made.is_exact() {
        return subscript::element_at(&made, made.data());
    }
    Ok(made.into_any())
}

/// Copies a result into the array given for it.
fn into_out<'py>(
    made: &ArrayRef<'py>,
    out: &Bound<'py, PyAny>,
    _: ClipMode,
) -> PyResult<Bound<'py, PyAny>> {
    let target = Target::required(out, "output must be an array")?;
    if target.shape() != made.shape() {
        return Err(PyValueError::new_err(
            "output array does not match result of ndarray.take",
        ));
    }
    if !cast::can_cast(&made.dtype()?, &target.dtype()?, Casting::Unsafe) {
        return Err(PyTypeError::new_err("output array has the wrong dtype"));
    }
    let events = copy::assign(
        &mut target.view_mut("output array")?,
        &made.view()?,
        Casting::Unsafe,
    )
    .or_raise()?;
    crate::convert::events::report(made.py(), events, "cast")?;
    Ok(out.clone())
}

fn put<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    array.require_writeable("put: output array")?;
    let mut indices = intp(&a.required(1))?;
    let mode = keyword::clip_mode(a.get(3).as_ref())?;
    let n = array.size() as isize;
    let values = a.required(2);
    let empty = match ArrayRef::from_object(&values) {
        Some(v) => v.size() == 0,
        None => array_like::plain(&values)?.size() == 0,
    };
    if empty || indices.size() == 0 {
        return none(a);
    }
    if n == 0 {
        return Err(PyIndexError::new_err(
            "cannot replace elements of an empty array",
        ));
    }
    in_mode(&mut indices, n, mode)?;
    let view = indices.view();
    for k in 0..view.size() {
        // SAFETY: contiguous indices.
        let i = unsafe { *view.ptr().cast::<isize>().add(k) };
        if i < -n || i >= n {
            return Err(PyIndexError::new_err(format!(
                "index {i} is out of bounds for axis 0 with size {n}"
            )));
        }
    }
    drop(view);
    flatiter::scatter_flat(&array, Indices::Core(indices), &values)?;
    none(a)
}

fn repeated<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    let (array, axis) = along(&array, a.some(2))?;
    let counts = {
        let object = a.required(1);
        let given = match ArrayRef::from_object(&object) {
            Some(given) => given,
            None => array_like::as_array_of_core(&object, &mask::index_dtype())?,
        };
        let (from, to) = (given.dtype()?, mask::index_dtype());
        if !cast::can_cast(&from, &to, Casting::Safe) {
            return Err(Error::Casting(Box::new(CastingError {
                ufunc: None,
                operand: None,
                input: true,
                from,
                to,
                casting: "safe",
            })))
            .or_raise();
        }
        if given.ndim() > 1 {
            return Err(PyValueError::new_err("object too deep for desired array"));
        }
        copy::cast_to(&given.view()?, &to, Order::C, Casting::Unsafe)
            .or_raise()?
            .0
    };
    let shape = repeat::repeated_shape(array.shape(), &counts.view(), axis).or_raise()?;
    let class = array.as_any().get_type_ptr();
    let made = array::new_array(a.py(), class, array.descr(), &shape, None, Memory::Uninit)?;
    let mut target = made.view_mut_unchecked()?;
    repeat::repeat_into(&array.view()?, &counts.view(), axis, &mut target).or_raise()?;
    array::finalize(&made, Some(array.as_any()))?;
    drop(target);
    Ok(made.into_any())
}

/// The arrays that `choose` chooses from.
fn choices_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<Vec<ArrayRef<'py>>> {
    if let Some(array) = ArrayRef::from_object(object) {
        return (0..array.shape().first().copied().unwrap_or(0))
            .map(|i| array_like::as_array(&subscript::row(&array, i)?))
            .collect();
    }
    object
        .try_iter()?
        .map(|v| array_like::as_array(&v?))
        .collect()
}

fn choose<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = this(a)?;
    let choices = choices_of(&a.required(1))?;
    let mode = keyword::clip_mode(a.get(3).as_ref())?;
    if choices.is_empty() {
        return Err(PyValueError::new_err("choices cannot be empty"));
    }
    let from = array.dtype()?;
    let to = mask::index_dtype();
    if !cast::can_cast(&from, &to, Casting::Safe) {
        return Err(Error::Casting(Box::new(CastingError {
            ufunc: None,
            operand: None,
            input: true,
            from,
            to,
            casting: "safe",
        })))
        .or_raise();
    }
    let mut dtype = choices[0].dtype()?;
    for c in &choices[1..] {
        dtype = cast::promote(&dtype, &c.dtype()?).or_raise()?;
    }
    let shapes: Vec<&[isize]> = std::iter::once(array.shape())
        .chain(choices.iter().map(ArrayRef::shape))
        .collect();
    let shape = layout::broadcast_shapes(&shapes).map_err(|_| {
        PyValueError::new_err("shape mismatch: objects cannot be broadcast to a single shape")
    })?;
    let mut held = Vec::with_capacity(choices.len());
    for c in &choices {
        held.push(
            copy::cast_to(&c.view()?, &dtype, Order::C, Casting::Unsafe)
                .or_raise()?
                .0,
        );
    }
    let strides = held
        .iter()
        .map(|h| layout::broadcast_strides(h.shape(), h.strides(), &shape).or_raise())
        .collect::<PyResult<Vec<_>>>()?;
    let index = copy::cast_to(&array.view()?, &to, Order::C, Casting::Unsafe)
        .or_raise()?
        .0;
    let index_strides =
        layout::broadcast_strides(index.shape(), index.strides(), &shape).or_raise()?;
    let descr = descr::from_dtype(py, &dtype)?;
    let class = array.as_any().get_type_ptr();
    let class = if a.some(2).is_some() {
        NDARRAY.get()
    } else {
        class
    };
    let made = array::new_array(py, class, descr, &shape, None, Memory::Uninit)?;
    let n = held.len() as isize;
    let size = dtype.itemsize();
    let mut at = Dims::from_elem(0, shape.len());
    let views: Vec<_> = held.iter().map(Array::view).collect();
    let chooser = index.view();
    let offset =
        |at: &[isize], s: &[isize]| -> isize { at.iter().zip(s).map(|(i, s)| i * s).sum() };
    for k in 0..made.size() {
        // SAFETY: every offset lies inside its array, which has the common shape.
        unsafe {
            let i = *chooser
                .ptr()
                .offset(offset(&at, &index_strides))
                .cast::<isize>();
            let i = match mode {
                ClipMode::Raise if i < 0 || i >= n => {
                    return Err(PyValueError::new_err("invalid entry in choice array"));
                }
                ClipMode::Raise => i,
                ClipMode::Wrap => i.rem_euclid(n),
                ClipMode::Clip => i.clamp(0, n - 1),
            } as usize;
            let slot = made.data().add(k * size);
            items::copy(
                views[i].ptr().offset(offset(&at, &strides[i])),
                0,
                slot,
                0,
                1,
                size,
                0,
            );
            if dtype.has_objects() {
                references::retain_items(&dtype, slot, 1);
            }
        }
        for axis in (0..shape.len()).rev() {
            at[axis] += 1;
            if at[axis] < shape[axis] {
                break;
            }
            at[axis] = 0;
        }
    }
    if let Some(out) = a.some(2) {
        return into_out(&made, &out, mode);
    }
    array::finalize(&made, Some(array.as_any()))?;
    scalar_or(made)
}
