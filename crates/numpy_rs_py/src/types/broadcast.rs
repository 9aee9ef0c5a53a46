//! `broadcast`: several arrays walked together in their common shape, with NumPy's multi-iterator struct behind it.

use std::ffi::{c_int, c_void};

use numpy_rs_core::dims::{Dims, ShapeText};
use numpy_rs_core::layout;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::ndarray::flatiter;
use crate::array::{self, ArrayRef};
use crate::classes::{BROADCAST, FLATITER};
use crate::convert::array_like;
use crate::error::OrRaise;
use crate::gate;
use crate::layout::{PyArrayIterObject, PyArrayMultiIterObject};
use crate::static_type::{TypeSetup, leak_table, ready};

/// The most arrays that are walked together.
const MAX_ARRAYS: usize = 64;

/// The common shape, or NumPy's message that names the first two arrays that do not fit.
fn common_shape(arrays: &[ArrayRef<'_>]) -> PyResult<Dims> {
    let mut shape = Dims::new();
    for (k, a) in arrays.iter().enumerate() {
        if let Ok(s) = layout::broadcast_shapes(&[&shape, a.shape()]) {
            shape = s;
        } else {
            let at = |i: usize, axis_from_end: usize| {
                let s = arrays[i].shape();
                s.len().checked_sub(axis_from_end + 1).map_or(1, |p| s[p])
            };
            // The array before that first gave the axis its length.
            let n = a.ndim();
            let bad = (0..n).find(|&e| {
                let d = at(k, e);
                let c = shape.len().checked_sub(e + 1).map_or(1, |p| shape[p]);
                d != 1 && c != 1 && d != c
            });
            let earlier = bad
                .and_then(|e| (0..k).find(|&i| at(i, e) != 1))
                .unwrap_or(0);
            return Err(PyValueError::new_err(format!(
                "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg {earlier} \
                 with shape {} and arg {k} with shape {}.",
                ShapeText(arrays[earlier].shape(), ", "),
                ShapeText(a.shape(), ", ")
            )));
        }
    }
    Ok(shape)
}

unsafe extern "C" fn new(
    _: *mut ffi::PyTypeObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: `tp_new` receives a tuple and a dict or null, with the interpreter held.
    unsafe {
        gate::enter_object(|py| {
            if !kwargs.is_null() && ffi::PyDict_Size(kwargs) > 0 {
                return Err(PyValueError::new_err("keyword arguments not accepted."));
            }
            let args: Bound<'_, PyTuple> =
                Bound::<PyAny>::from_borrowed_ptr(py, args).cast_into()?;
            let mut arrays: Vec<ArrayRef<'_>> = Vec::new();
            for object in args.iter() {
                // The arrays of another broadcast take its place.
                if BROADCAST.is_instance(&object) {
                    let other = &*object.as_ptr().cast::<PyArrayMultiIterObject>();
                    for it in &other.iters[..other.numiter as usize] {
                        arrays.push(ArrayRef::from_owned(py, ffi::Py_NewRef((**it).ao.cast()))?);
                    }
                } else {
                    arrays.push(array_like::as_array(&object)?);
                }
            }
            make(py, &arrays)
        })
    }
}

fn make<'py>(py: Python<'py>, arrays: &[ArrayRef<'py>]) -> PyResult<Bound<'py, PyAny>> {
    if arrays.len() > MAX_ARRAYS {
        return Err(PyValueError::new_err(format!(
            "Need at least 0 and at most {MAX_ARRAYS} array objects."
        )));
    }
    if let Some(a) = arrays.iter().find(|a| a.ndim() > 32) {
        return Err(PyRuntimeError::new_err(format!(
            "this function only supports up to 32 dimensions but the array has {}.",
            a.ndim()
        )));
    }
    let shape = common_shape(arrays)?;
    let size = layout::checked_size(&shape)
        .map_err(|_| PyValueError::new_err("broadcast dimensions too large."))?;
    // SAFETY: fresh instances, filled at once; the deallocator meets only iterators that were set.
    unsafe {
        let object =
            Bound::from_owned_ptr_or_err(py, ffi::PyType_GenericAlloc(BROADCAST.get(), 0))?;
        let m = &mut *object.as_ptr().cast::<PyArrayMultiIterObject>();
        m.nd = shape.len() as c_int;
        m.dimensions[..shape.len()].copy_from_slice(&shape);
        m.size = size;
        for (i, a) in arrays.iter().enumerate() {
            let strides = layout::broadcast_strides(a.shape(), a.strides(), &shape).or_raise()?;
            let it = Bound::from_owned_ptr_or_err(py, ffi::PyType_GenericAlloc(FLATITER.get(), 0))?;
            flatiter::fill(it.as_ptr().cast(), a, &shape, &strides);
            m.iters[i] = it.into_ptr().cast();
            m.numiter += 1;
        }
        Ok(object)
    }
}

/// The struct of an instance.
unsafe fn fields<'a>(object: *mut PyObject) -> &'a mut PyArrayMultiIterObject {
    // SAFETY: promised by the callers, slots of the class.
    unsafe { &mut *object.cast() }
}

unsafe extern "C" fn next(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance; null without an exception ends the iteration.
    unsafe {
        let m = fields(object);
        if m.index >= m.size {
            return std::ptr::null_mut();
        }
        gate::enter_object(|py| {
            let mut values = Vec::with_capacity(m.numiter as usize);
            for &it in &m.iters[..m.numiter as usize] {
                let it: &mut PyArrayIterObject = &mut *it;
                let array = ArrayRef::from_owned(py, ffi::Py_NewRef(it.ao.cast()))?;
                values.push(super::ndarray::subscript::element_at(&array, it.dataptr)?);
                flatiter::advance(it);
            }
            m.index += 1;
            Ok(PyTuple::new(py, values)?.into_any())
        })
    }
}

unsafe extern "C" fn reset(object: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        let m = fields(object);
        m.index = 0;
        for &it in &m.iters[..m.numiter as usize] {
            flatiter::restart(&mut *it);
        }
        ffi::Py_NewRef(ffi::Py_None())
    }
}

unsafe extern "C" fn iter_self(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: a new reference to a live object.
    unsafe { ffi::Py_NewRef(object) }
}

/// Which number an attribute gives.
#[derive(Clone, Copy)]
#[repr(usize)]
enum Which {
    Size = 1,
    Index,
    NumIter,
    Ndim,
}

unsafe extern "C" fn get_number(object: *mut PyObject, closure: *mut c_void) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        let m = fields(object);
        let value = match closure as usize {
            1 => m.size,
            2 => m.index,
            3 => m.numiter as isize,
            _ => m.nd as isize,
        };
        ffi::PyLong_FromSsize_t(value)
    }
}

unsafe extern "C" fn get_shape(object: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let m = fields(object);
            Ok(array::shape_tuple(py, &m.dimensions[..m.nd as usize])?.into_any())
        })
    }
}

unsafe extern "C" fn get_iters(object: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: called by Python on an instance; its iterators are live objects.
    unsafe {
        gate::enter_object(|py| {
            let m = fields(object);
            let all = m.iters[..m.numiter as usize]
                .iter()
                .map(|&it| Bound::<PyAny>::from_borrowed_ptr(py, it.cast()));
            Ok(PyTuple::new(py, all.collect::<Vec<_>>())?.into_any())
        })
    }
}

unsafe extern "C" fn dealloc(object: *mut PyObject) {
    // SAFETY: the object is dying; each iterator is dropped once.
    unsafe {
        let m = fields(object);
        for it in &mut m.iters[..m.numiter as usize] {
            ffi::Py_CLEAR((&raw mut *it).cast());
        }
        ffi::PyObject_Free(object.cast());
    }
}

/// Makes the class ready.
pub(crate) fn initialise(py: Python<'_>) -> PyResult<()> {
    let ty = BROADCAST.get();
    let number = |name: &'static std::ffi::CStr, which: Which| ffi::PyGetSetDef {
        name: name.as_ptr(),
        get: Some(get_number),
        set: None,
        doc: std::ptr::null(),
        closure: which as usize as *mut c_void,
    };
    let plain = |name: &'static std::ffi::CStr, get: ffi::getter| ffi::PyGetSetDef {
        name: name.as_ptr(),
        get: Some(get),
        set: None,
        doc: std::ptr::null(),
        closure: std::ptr::null_mut(),
    };
    // SAFETY: initialisation runs once under the interpreter lock; slots fit the struct.
    unsafe {
        (*ty).tp_new = Some(new);
        (*ty).tp_dealloc = Some(dealloc);
        (*ty).tp_iter = Some(iter_self);
        (*ty).tp_iternext = Some(next);
        (*ty).tp_getset = leak_table(vec![
            number(c"size", Which::Size),
            number(c"index", Which::Index),
            number(c"numiter", Which::NumIter),
            number(c"ndim", Which::Ndim),
            number(c"nd", Which::Ndim),
            plain(c"shape", get_shape),
            plain(c"iters", get_iters),
            std::mem::zeroed(),
        ]);
        (*ty).tp_methods = leak_table(vec![
            ffi::PyMethodDef {
                ml_name: c"reset".as_ptr(),
                ml_meth: ffi::PyMethodDefPointer { PyCFunction: reset },
                ml_flags: ffi::METH_NOARGS,
                ml_doc: c"Begins again at the first elements.".as_ptr(),
            },
            std::mem::zeroed(),
        ]);
        let setup = TypeSetup {
            name: "numpy_rs.broadcast",
            basicsize: size_of::<PyArrayMultiIterObject>(),
            flags: 0,
            base: std::ptr::null_mut(),
            bases: &[],
            metatype: std::ptr::null_mut(),
        };
        ready(py, ty, &setup)
    }
}
