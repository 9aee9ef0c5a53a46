//! The Python class `nditer`.

use std::ffi::c_int;

use numpy_rs_core::cast::Casting;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::layout::Order;
use pyo3::exceptions::{
    PyAttributeError, PyIndexError, PyRuntimeError, PyStopIteration, PyTypeError, PyValueError,
};
use pyo3::ffi::{self, PyObject, PyTypeObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PySlice, PyTuple};

use super::buffer::Chunk;
use super::build::{self, Request};
use super::flags::{GlobalFlags, OperandFlags};
use super::operand::Operand;
use super::state::{NdIterObject, State, state, wrap};
use super::walk::Walk;
use crate::array::{self, Memory};
use crate::attribute::{self, Attribute};
use crate::classes::{NDARRAY, NDITER};
use crate::convert;
use crate::error::OrRaise;
use crate::gate;
use crate::signature::Signature;
use crate::static_type::{TypeSetup, leak_table, ready};

/// Reads the arguments of `nditer` from a call.
fn request_from_call<'py>(
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<(Request<'py>, isize)> {
    static SIGNATURE: std::sync::OnceLock<Signature> = std::sync::OnceLock::new();
    let signature = SIGNATURE.get_or_init(|| {
        Signature::parse(
            "nditer(op, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', op_axes=None, \
             itershape=None, buffersize=0)",
        )
    });
    let a = signature.bind_call(args, kwargs)?;
    let objects = build::objects_of(&a.required(0))?;
    let flags = GlobalFlags::parse(a.some(1).as_ref())?;
    let missing: Vec<bool> = objects
        .iter()
        .map(pyo3::types::PyAnyMethods::is_none)
        .collect();
    let op_flags = OperandFlags::parse_all(a.some(2).as_ref(), &missing)?;
    let dtypes = build::dtypes_of(a.some(3), objects.len())?;
    let order = a
        .some(4)
        .map_or(Ok(Order::K), |o| convert::keyword::order(&o, Order::K))?;
    let casting = match a.some(5) {
        Some(c) => Casting::from_name(&c.extract::<String>()?).or_raise()?,
        None => Casting::Safe,
    };
    let op_axes = build::op_axes_of(a.some(6), objects.len())?;
    let itershape = match a.some(7) {
        Some(s) => Some(match s.extract::<isize>() {
            Ok(one) => vec![one],
            Err(_) => s
                .try_iter()?
                .map(|v| v?.extract())
                .collect::<PyResult<_>>()?,
        }),
        None => None,
    };
    if let (Some(all), Some(shape)) = (&op_axes, &itershape)
        && all.iter().flatten().any(|x| x.len() != shape.len())
    {
        return Err(PyValueError::new_err(
            "'op_axes' and 'itershape' must have the same number of entries equal to the iterator ndim",
        ));
    }
    let buffersize: isize = a.some(8).map_or(Ok(0), |b| b.extract())?;
    Ok((
        Request {
            objects,
            flags,
            op_flags,
            dtypes,
            order,
            casting,
            op_axes,
            itershape,
        },
        buffersize,
    ))
}

unsafe extern "C" fn new(
    class: *mut PyTypeObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: Python passes a tuple and a dict or null, with the interpreter held.
    unsafe {
        gate::enter_object(|py| {
            let args: Bound<'_, PyTuple> =
                Bound::<PyAny>::from_borrowed_ptr(py, args).cast_into()?;
            let kwargs = Bound::<PyAny>::from_borrowed_ptr_or_opt(py, kwargs);
            let kwargs: Option<Bound<'_, PyDict>> =
                kwargs.map(pyo3::Bound::cast_into).transpose()?;
            let (request, buffersize) = request_from_call(&args, kwargs.as_ref())?;
            let built = build::build(py, &request)?;
            wrap(py, class, State::new(built, request.flags, buffersize)?)
        })
    }
}

unsafe extern "C" fn dealloc(object: *mut PyObject) {
    // SAFETY: the object is dying; its state is dropped once.
    unsafe {
        let py = Python::assume_attached();
        let field = &mut (*object.cast::<NdIterObject>()).state;
        let pointer = std::mem::replace(field, std::ptr::null_mut());
        if !pointer.is_null() {
            let mut state = Box::from_raw(pointer);
            if let Err(e) = state.close(py) {
                e.write_unraisable(py, None);
            }
        }
        if let Some(free) = (*ffi::Py_TYPE(object)).tp_free {
            free(object.cast());
        }
    }
}

unsafe extern "C" fn iter_self(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe { ffi::Py_INCREF(object) };
    object
}

unsafe extern "C" fn iter_next(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let this = Bound::<PyAny>::from_borrowed_ptr(py, object);
            let Ok(s) = state(&this) else {
                return Err(PyStopIteration::new_err(()));
            };
            if s.finished && s.started {
                return Err(PyStopIteration::new_err(()));
            }
            s.refuse_delayed()?;
            if s.started {
                if !s.next()? {
                    return Err(PyStopIteration::new_err(()));
                }
                move_child(&this)?;
            } else {
                s.started = true;
            }
            state(&this)?.values(&this)
        })
    }
}

/// Points the inner iterator of a nested pair at the present items.
pub(super) fn move_child(object: &Bound<'_, PyAny>) -> PyResult<()> {
    let s = state(object)?;
    let Some(child) = &s.child else { return Ok(()) };
    let child = child.bind(object.py()).clone();
    let inner = state(&child)?;
    inner.flush()?;
    for op in 0..s.operands.len() {
        inner.walk.first[op] = s.data(op).0;
    }
    inner.begin()?;
    move_child(&child)
}

/// The value of an assignment; deletion is refused.
fn not_deleted(value: Option<Bound<'_, PyAny>>) -> PyResult<Bound<'_, PyAny>> {
    value.ok_or_else(|| PyAttributeError::new_err("Cannot delete nditer attributes"))
}

fn multi_index<'py>(this: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let s = state(this)?;
    if !s.flags.multi_index {
        return Err(PyValueError::new_err(
            "Iterator is not tracking a multi-index",
        ));
    }
    s.refuse_finished()?;
    let mut at = s.walk.clone();
    at.go_to(s.position());
    Ok(PyTuple::new(this.py(), (0..s.shape.len()).map(|i| at.coordinate(i)))?.into_any())
}

fn set_multi_index<'py>(
    this: &Bound<'py, PyAny>,
    value: Option<Bound<'py, PyAny>>,
) -> PyResult<()> {
    let value = not_deleted(value)?;
    let s = state(this)?;
    if !s.flags.multi_index {
        return Err(PyValueError::new_err(
            "Iterator is not tracking a multi-index",
        ));
    }
    let multi: Vec<isize> = value
        .try_iter()?
        .map(|v| v?.extract())
        .collect::<PyResult<_>>()?;
    if multi.len() != s.shape.len() {
        return Err(PyValueError::new_err("Wrong number of indices"));
    }
    if multi
        .iter()
        .zip(&s.shape)
        .any(|(i, n)| !(0..*n).contains(i))
    {
        return Err(PyIndexError::new_err(
            "Iterator GotoMultiIndex called with an out-of-bounds multi-index",
        ));
    }
    let index = s.walk.index_of(&multi);
    if !(s.walk.start..s.walk.end).contains(&index) {
        return Err(PyIndexError::new_err(
            "Iterator GotoMultiIndex called with a multi-index outside the restricted iteration range",
        ));
    }
    s.go_to(index)
}

fn flat_index<'py>(this: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let s = state(this)?;
    if !s.flags.c_index && !s.flags.f_index {
        return Err(PyValueError::new_err("Iterator does not have an index"));
    }
    s.refuse_finished()?;
    let mut at = s.walk.clone();
    at.go_to(s.position());
    let index = at.now.last().copied().unwrap_or(0);
    Ok(index.into_pyobject(this.py())?.into_any())
}

fn set_flat_index<'py>(this: &Bound<'py, PyAny>, value: Option<Bound<'py, PyAny>>) -> PyResult<()> {
    let value = not_deleted(value)?;
    let s = state(this)?;
    if !s.flags.c_index && !s.flags.f_index {
        return Err(PyValueError::new_err("Iterator does not have an index"));
    }
    let flat: isize = value.extract()?;
    let size: isize = s.shape.iter().product();
    if !(0..size).contains(&flat) {
        return Err(PyIndexError::new_err(
            "Iterator GotoIndex called with an out-of-bounds index",
        ));
    }
    let mut multi = vec![0; s.shape.len()];
    let mut rest = flat;
    let axes: Vec<usize> = if s.flags.f_index {
        (0..s.shape.len()).collect()
    } else {
        (0..s.shape.len()).rev().collect()
    };
    for i in axes {
        multi[i] = rest % s.shape[i];
        rest /= s.shape[i];
    }
    // Merged axes have lost their names: search by the index that the walk carries.
    let index = if s.flags.multi_index || s.walk.axes.len() == s.shape.len() {
        s.walk.index_of(&multi)
    } else {
        let mut at = s.walk.clone();
        at.go_to(0);
        (0..s.walk.size())
            .find(|&i| {
                at.go_to(i);
                at.now.last() == Some(&flat)
            })
            .unwrap_or(0)
    };
    s.go_to(index)
}

fn operands<'py>(this: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = this.py();
    let s = state(this)?;
    let arrays = s.operands.iter().map(|o| o.array.bind(py).clone());
    Ok(PyTuple::new(py, arrays.collect::<Vec<_>>())?.into_any())
}

fn itviews<'py>(this: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = this.py();
    let s = state(this)?;
    let mut views = Vec::new();
    for (op, o) in s.operands.iter().enumerate() {
        let shape: Dims = s.walk.axes.iter().rev().map(|a| a.len).collect();
        let strides: Dims = s.walk.axes.iter().rev().map(|a| a.steps[op]).collect();
        let memory = Memory::Borrowed {
            data: s.walk.first[op] as *mut u8,
            base: Some(o.array.bind(py).clone()),
            writeable: o.flags.write,
        };
        let descr = crate::descr::from_dtype(py, &o.stored)?;
        views.push(
            array::new_array(py, NDARRAY.get(), descr, &shape, Some(&strides), memory)?.into_any(),
        );
    }
    Ok(PyTuple::new(py, views)?.into_any())
}

fn set_iterindex<'py>(this: &Bound<'py, PyAny>, value: Option<Bound<'py, PyAny>>) -> PyResult<()> {
    let value = not_deleted(value)?;
    let s = state(this)?;
    let index: isize = value.extract()?;
    if !(s.walk.start..s.walk.end).contains(&index) {
        return Err(PyIndexError::new_err(
            if (0..s.walk.size()).contains(&index) {
                "Iterator GotoIterIndex called with an iterindex outside the iteration range"
            } else {
                "Iterator GotoIterIndex called with an iterindex outside the restricted iteration range"
            },
        ));
    }
    if s.flags.external_loop && !s.flags.buffered {
        return Err(PyValueError::new_err(
            "Cannot call GotoIterIndex on an iterator which has the flag EXTERNAL_LOOP",
        ));
    }
    s.go_to(index)
}

fn set_iterrange<'py>(this: &Bound<'py, PyAny>, value: Option<Bound<'py, PyAny>>) -> PyResult<()> {
    let value = not_deleted(value)?;
    let s = state(this)?;
    let (start, end): (isize, isize) = value.extract()?;
    if !s.flags.ranged {
        return Err(PyValueError::new_err(
            "Cannot call ResetToIterIndexRange on an iterator without requesting ranged iteration support in the constructor",
        ));
    }
    if start < 0 || end > s.walk.size() {
        return Err(PyValueError::new_err(format!(
            "Out-of-bounds range [{start}, {end}) passed to ResetToIterIndexRange"
        )));
    }
    if end < start {
        return Err(PyValueError::new_err(format!(
            "Invalid range [{start}, {end}) passed to ResetToIterIndexRange"
        )));
    }
    s.flush()?;
    (s.walk.start, s.walk.end) = (start, end);
    s.delayed = false;
    s.begin()
}

macro_rules! boolean {
    ($name:literal, $s:ident => $value:expr) => {
        Attribute {
            name: $name,
            doc: "",
            get: |this| {
                let $s = state(this)?;
                Ok(pyo3::types::PyBool::new(this.py(), $value)
                    .to_owned()
                    .into_any())
            },
            set: None,
        }
    };
}

macro_rules! number {
    ($name:literal, $s:ident => $value:expr, $set:expr) => {
        Attribute {
            name: $name,
            doc: "",
            get: |this| {
                let $s = state(this)?;
                Ok($value.into_pyobject(this.py())?.into_any())
            },
            set: $set,
        }
    };
}

static ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "value",
        doc: "",
        get: |this| {
            let s = state(this)?;
            s.refuse_finished()?;
            s.values(this)
        },
        set: None,
    },
    Attribute {
        name: "shape",
        doc: "",
        get: |this| {
            let s = state(this)?;
            let shape: Dims = if s.flags.multi_index {
                s.shape.clone()
            } else {
                s.walk.axes.iter().rev().map(|a| a.len).collect()
            };
            Ok(array::shape_tuple(this.py(), &shape)?.into_any())
        },
        set: None,
    },
    Attribute {
        name: "multi_index",
        doc: "",
        get: multi_index,
        set: Some(set_multi_index),
    },
    Attribute {
        name: "index",
        doc: "",
        get: flat_index,
        set: Some(set_flat_index),
    },
    Attribute {
        name: "operands",
        doc: "",
        get: operands,
        set: None,
    },
    Attribute {
        name: "itviews",
        doc: "",
        get: itviews,
        set: None,
    },
    Attribute {
        name: "iterrange",
        doc: "",
        get: |this| {
            let s = state(this)?;
            Ok((s.walk.start, s.walk.end)
                .into_pyobject(this.py())?
                .into_any())
        },
        set: Some(set_iterrange),
    },
    Attribute {
        name: "dtypes",
        doc: "",
        get: |this| {
            let s = state(this)?;
            let all = s
                .operands
                .iter()
                .map(|o| o.seen_descr.bind(this.py()).clone());
            Ok(PyTuple::new(this.py(), all.collect::<Vec<_>>())?.into_any())
        },
        set: None,
    },
    number!("iterindex", s => s.position(), Some(set_iterindex)),
    number!("ndim", s => s.walk.axes.len(), None),
    number!("nop", s => s.operands.len(), None),
    number!("itersize", s => s.walk.size(), None),
    boolean!("finished", s => s.finished),
    boolean!("has_index", s => s.flags.c_index || s.flags.f_index),
    boolean!("has_multi_index", s => s.flags.multi_index),
    boolean!("has_delayed_bufalloc", s => s.delayed),
    boolean!("iterationneedsapi", s => s.operands.iter().any(|o| o.stored.has_objects() || o.seen.has_objects())),
];

fn truth(py: Python<'_>, value: bool) -> Bound<'_, PyAny> {
    pyo3::types::PyBool::new(py, value).to_owned().into_any()
}

/// Defines a C method of no arguments or of positional ones around a Rust function.
macro_rules! method {
    ($name:ident, |$this:ident, $args:ident| $body:expr) => {
        unsafe extern "C" fn $name(object: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
            // SAFETY: called by Python on an instance, with a tuple, or null for methods without arguments.
            unsafe {
                gate::enter_object(|py| {
                    let $this = &Bound::<PyAny>::from_borrowed_ptr(py, object);
                    let $args = Bound::<PyAny>::from_borrowed_ptr_or_opt(py, args);
                    let _ = &$args;
                    $body
                })
            }
        }
    };
}

method!(method_iternext, |this, args| {
    let s = state(this)?;
    s.refuse_delayed()?;
    s.started = true;
    let more = s.next()?;
    if more {
        move_child(this)?;
    }
    Ok(truth(this.py(), more))
});

method!(method_reset, |this, args| {
    let s = state(this)?;
    s.flush()?;
    s.delayed = false;
    s.begin()?;
    move_child(this)?;
    Ok(this.py().None().into_bound(this.py()))
});

method!(method_copy, |this, args| {
    let py = this.py();
    let s = state(this)?;
    s.flush()?;
    let copied = State {
        operands: s
            .operands
            .iter()
            .map(|o| Operand {
                write_back: None,
                ..o.share(py)
            })
            .collect(),
        walk: s.walk.clone(),
        shape: s.shape.clone(),
        flags: s.flags,
        chunk: s
            .chunk
            .as_ref()
            .map(|c| Chunk::new(s.operands.len(), c.capacity)),
        in_chunk: 0,
        started: s.started,
        finished: s.finished,
        delayed: s.delayed,
        child: None,
    };
    let offset = s.in_chunk;
    if s.chunk.is_some() && !s.finished && !s.delayed {
        s.fill()?;
        s.in_chunk = offset;
    }
    let object = wrap(py, NDITER.get(), copied)?;
    let c = state(&object)?;
    if c.chunk.is_some() && !c.finished && !c.delayed {
        c.fill()?;
        c.in_chunk = offset;
    }
    Ok(object)
});

method!(method_close, |this, args| {
    let py = this.py();
    // The state is taken out of the object and dropped once.
    let field = &mut (*this.as_ptr().cast::<NdIterObject>()).state;
    let pointer = std::mem::replace(field, std::ptr::null_mut());
    if !pointer.is_null() {
        Box::from_raw(pointer).close(py)?;
    }
    Ok(py.None().into_bound(py))
});

method!(method_enter, |this, args| {
    state(this).map_err(|_| PyRuntimeError::new_err("operation on non-initialized iterator"))?;
    Ok(this.clone())
});

method!(method_exit, |this, args| {
    this.call_method0("close")?;
    Ok(this.py().None().into_bound(this.py()))
});

method!(method_remove_multi_index, |this, args| {
    let s = state(this)?;
    if s.flags.multi_index {
        s.flags.multi_index = false;
        s.flush()?;
        super::axes::coalesce(&mut s.walk.axes);
        reset_walk(s)?;
    }
    Ok(this.py().None().into_bound(this.py()))
});

method!(method_enable_external_loop, |this, args| {
    let s = state(this)?;
    if s.flags.has_index() {
        return Err(PyValueError::new_err(
            "Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked",
        ));
    }
    s.flags.external_loop = true;
    s.flush()?;
    s.begin()?;
    Ok(this.py().None().into_bound(this.py()))
});

method!(method_remove_axis, |this, args| {
    let s = state(this)?;
    let axis: isize = match &args {
        Some(a) => a.get_item(0)?.extract()?,
        None => {
            return Err(PyTypeError::new_err(
                "remove_axis() takes exactly one argument",
            ));
        }
    };
    if !s.flags.multi_index {
        return Err(PyRuntimeError::new_err(
            "Iterator RemoveAxis may only be called if a multi-index is being tracked",
        ));
    }
    if s.flags.c_index || s.flags.f_index {
        return Err(PyRuntimeError::new_err(
            "Iterator RemoveAxis may not be called on an index-tracking iterator",
        ));
    }
    if s.flags.buffered {
        return Err(PyRuntimeError::new_err(
            "Iterator RemoveAxis may not be called on a buffered iterator",
        ));
    }
    let n = s.shape.len() as isize;
    let at = if axis < 0 { axis + n } else { axis };
    if !(0..n).contains(&at) {
        return Err(PyValueError::new_err(
            "axis out of bounds in iterator RemoveAxis",
        ));
    }
    let at = at as usize;
    if let Some(i) = s.walk.axes.iter().position(|a| a.original == at) {
        let removed = s.walk.axes.remove(i);
        if removed.flipped {
            for (first, step) in s.walk.first.iter_mut().zip(&removed.steps) {
                *first += (removed.len - 1) * step;
            }
        }
    }
    for a in &mut s.walk.axes {
        if a.original > at {
            a.original -= 1;
        }
    }
    s.shape.remove(at);
    reset_walk(s)?;
    Ok(this.py().None().into_bound(this.py()))
});

/// Starts over after axes changed.
fn reset_walk(s: &mut State) -> PyResult<()> {
    s.walk = Walk::new(std::mem::take(&mut s.walk.axes), s.walk.first.clone());
    s.begin()
}

method!(method_debug_print, |this, args| {
    let s = state(this)?;
    let text = format!(
        "nditer: {} operands, {} axes, {} positions",
        s.operands.len(),
        s.walk.axes.len(),
        s.walk.size()
    );
    this.py()
        .import("builtins")?
        .getattr("print")?
        .call1((text,))
});

unsafe extern "C" fn length(object: *mut PyObject) -> isize {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter(|py| {
            let this = Bound::<PyAny>::from_borrowed_ptr(py, object);
            let s = state(&this)?;
            if s.delayed {
                return Err(PyValueError::new_err(
                    "Iterator construction used delayed buffer allocation, and no reset has been done yet",
                ));
            }
            Ok(s.operands.len() as isize)
        })
    }
}

/// The operand at an index that may count from the end.
fn at_index(s: &State, index: isize) -> PyResult<usize> {
    let n = s.operands.len() as isize;
    let at = if index < 0 { index + n } else { index };
    if !(0..n).contains(&at) {
        return Err(PyIndexError::new_err(format!(
            "Iterator operand index {index} is out of bounds"
        )));
    }
    Ok(at as usize)
}

unsafe extern "C" fn subscript(object: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let this = Bound::<PyAny>::from_borrowed_ptr(py, object);
            let key = Bound::<PyAny>::from_borrowed_ptr(py, key);
            let s = state(&this)?;
            s.refuse_finished()?;
            if let Ok(slice) = key.cast::<PySlice>() {
                let range = slice.indices(s.operands.len() as isize)?;
                let mut all = Vec::new();
                let mut i = range.start;
                for _ in 0..range.slicelength {
                    all.push(s.value(&this, i as usize)?);
                    i += range.step;
                }
                return Ok(PyTuple::new(py, all)?.into_any());
            }
            let index: isize = key
                .extract()
                .map_err(|_| PyTypeError::new_err("invalid index type for iterator indexing"))?;
            s.value(&this, at_index(s, index)?)
        })
    }
}

unsafe extern "C" fn assign_subscript(
    object: *mut PyObject,
    key: *mut PyObject,
    value: *mut PyObject,
) -> c_int {
    // SAFETY: called by Python on an instance; a null value asks for deletion.
    unsafe {
        gate::enter(|py| {
            if value.is_null() {
                return Err(PyTypeError::new_err("Cannot delete iterator elements"));
            }
            let this = Bound::<PyAny>::from_borrowed_ptr(py, object);
            let key = Bound::<PyAny>::from_borrowed_ptr(py, key);
            let value = Bound::<PyAny>::from_borrowed_ptr(py, value);
            let s = state(&this)?;
            s.refuse_finished()?;
            let store = |i: usize, v: &Bound<'_, PyAny>| -> PyResult<()> {
                if !s.operands[i].flags.write {
                    return Err(PyRuntimeError::new_err(format!(
                        "Iterator operand {i} is not writeable"
                    )));
                }
                s.value(&this, i)?.set_item(py.Ellipsis(), v)
            };
            if let Ok(slice) = key.cast::<PySlice>() {
                let range = slice.indices(s.operands.len() as isize)?;
                if value.len()? != range.slicelength as usize {
                    return Err(PyValueError::new_err(
                        "Wrong size to assign to iterator slice",
                    ));
                }
                let mut i = range.start;
                for v in value.try_iter()? {
                    store(i as usize, &v?)?;
                    i += range.step;
                }
                return Ok(0);
            }
            let index: isize = key
                .extract()
                .map_err(|_| PyTypeError::new_err("invalid index type for iterator indexing"))?;
            store(at_index(s, index)?, &value)?;
            Ok(0)
        })
    }
}

/// Makes the class ready.
pub(crate) fn initialise(py: Python<'_>) -> PyResult<()> {
    let ty = NDITER.get();
    let with_none = [
        (c"iternext", method_iternext as ffi::PyCFunction),
        (c"reset", method_reset),
        (c"copy", method_copy),
        (c"__copy__", method_copy),
        (c"close", method_close),
        (c"__enter__", method_enter),
        (c"remove_multi_index", method_remove_multi_index),
        (c"enable_external_loop", method_enable_external_loop),
        (c"debug_print", method_debug_print),
    ];
    let with_args = [
        (c"__exit__", method_exit as ffi::PyCFunction),
        (c"remove_axis", method_remove_axis),
    ];
    let entry =
        |(name, function): (&'static std::ffi::CStr, ffi::PyCFunction), flags| ffi::PyMethodDef {
            ml_name: name.as_ptr(),
            ml_meth: ffi::PyMethodDefPointer {
                PyCFunction: function,
            },
            ml_flags: flags,
            ml_doc: std::ptr::null(),
        };
    let mut methods: Vec<ffi::PyMethodDef> = with_none
        .into_iter()
        .map(|m| entry(m, ffi::METH_NOARGS))
        .collect();
    methods.extend(with_args.into_iter().map(|m| entry(m, ffi::METH_VARARGS)));
    // SAFETY: initialisation runs once under the interpreter lock; slots fit `NdIterObject`.
    unsafe {
        methods.push(std::mem::zeroed());
        let mut sequence: ffi::PySequenceMethods = std::mem::zeroed();
        sequence.sq_length = Some(length);
        let mut mapping: ffi::PyMappingMethods = std::mem::zeroed();
        mapping.mp_length = Some(length);
        mapping.mp_subscript = Some(subscript);
        mapping.mp_ass_subscript = Some(assign_subscript);
        (*ty).tp_as_sequence = leak_table(vec![sequence]);
        (*ty).tp_as_mapping = leak_table(vec![mapping]);
        (*ty).tp_new = Some(new);
        (*ty).tp_dealloc = Some(dealloc);
        (*ty).tp_iter = Some(iter_self);
        (*ty).tp_iternext = Some(iter_next);
        (*ty).tp_methods = leak_table(methods);
        (*ty).tp_getset = attribute::table(ATTRIBUTES);
        let setup = TypeSetup {
            name: "numpy_rs.nditer",
            basicsize: size_of::<NdIterObject>(),
            flags: ffi::Py_TPFLAGS_BASETYPE,
            base: std::ptr::null_mut(),
            bases: &[],
            metatype: std::ptr::null_mut(),
        };
        ready(py, ty, &setup)
    }
}
