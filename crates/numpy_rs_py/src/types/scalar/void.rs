//! Structured scalars: fields by name and position, and indexing of scalars in general.

use numpy_rs_core::dtype::TypeNum;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyEllipsis, PyString, PyTuple};
use std::ffi::c_int;

use crate::array::{self, ArrayRef, Memory};
use crate::classes::NDARRAY;
use crate::convert::array_like;
use crate::convert::dtype_fields::{FieldSpec, specs_of};
use crate::convert::item;
use crate::convert::store::{scalar_num, store};
use crate::descr;
use crate::gate;
use crate::layout::{VoidScalar, flags};

/// The dtype and data of a void scalar.
pub(super) fn parts<'py>(object: &Bound<'py, PyAny>) -> (Bound<'py, PyAny>, *mut u8) {
    // SAFETY: callers pass instances of void, which begin with these fields.
    unsafe {
        let v = &*object.as_ptr().cast::<VoidScalar>();
        let d = if v.descr.is_null() {
            descr::singleton(object.py(), TypeNum::Void)
        } else {
            Bound::from_borrowed_ptr(object.py(), v.descr.cast())
        };
        (d, v.obval)
    }
}

/// A 0-d array over the memory of a void scalar.
pub(super) fn view<'py>(object: &Bound<'py, PyAny>) -> PyResult<ArrayRef<'py>> {
    let (d, data) = parts(object);
    // SAFETY: instances of void begin with these fields.
    let writeable =
        unsafe { (*object.as_ptr().cast::<VoidScalar>()).flags & flags::WRITEABLE != 0 };
    array::new_array(
        object.py(),
        NDARRAY.get(),
        d,
        &[],
        None,
        Memory::Borrowed {
            data,
            base: Some(object.clone()),
            writeable,
        },
    )
}

/// The field that a key names.
fn field<'py>(
    object: &Bound<'py, PyAny>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Option<FieldSpec<'py>>> {
    let (d, _) = parts(object);
    let specs = specs_of(&d)?;
    if descr::fields(&d).names.is_null() {
        return Err(PyIndexError::new_err(
            "can't index void scalar without fields",
        ));
    }
    if key.is_instance_of::<PyString>() {
        for s in specs {
            let titled = s.title.as_ref().is_some_and(|t| t.eq(key).unwrap_or(false));
            if titled || s.name.eq(key)? {
                return Ok(Some(s));
            }
        }
        return Err(PyValueError::new_err(format!(
            "no field of name {}",
            key.str()?
        )));
    }
    // SAFETY: a live object; an error is cleared.
    let index = unsafe {
        if ffi::PyIndex_Check(key.as_ptr()) == 0 {
            return Ok(None);
        }
        ffi::PyNumber_AsSsize_t(key.as_ptr(), ffi::PyExc_IndexError)
    };
    if index == -1 && PyErr::occurred(object.py()) {
        return Err(PyErr::fetch(object.py()));
    }
    let n = specs.len() as isize;
    let at = if index < 0 { index + n } else { index };
    if at < 0 || at >= n {
        return Err(PyIndexError::new_err(format!("invalid index ({index})")));
    }
    Ok(specs.into_iter().nth(at as usize))
}

/// `void[key]`.
fn get_item<'py>(
    object: &Bound<'py, PyAny>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    if let Some(f) = field(object, key)? {
        let (_, data) = parts(object);
        // SAFETY: a field lies inside the item, which the scalar keeps alive.
        unsafe {
            let at = data.add(f.offset);
            let inner = descr::fields(&f.descr);
            if !inner.subarray.is_null() {
                let core = descr::to_dtype(&f.descr)?;
                let Some((base, shape)) = core.subarray_parts() else {
                    return Err(PyValueError::new_err("not a subarray"));
                };
                let v = view(object)?;
                let writeable = v.flags() & flags::WRITEABLE != 0;
                return array::new_array(
                    py,
                    NDARRAY.get(),
                    descr::from_dtype(py, base)?,
                    shape,
                    None,
                    Memory::Borrowed {
                        data: at,
                        base: Some(object.clone()),
                        writeable,
                    },
                )
                .map(ArrayRef::into_any);
            }
            return item::to_object_of(py, at, &f.descr, Some(object));
        }
    }
    let result = view(object)?.as_any().get_item(key)?;
    unwrap(result)
}

/// A 0-d array as its item.
fn unwrap(result: Bound<'_, PyAny>) -> PyResult<Bound<'_, PyAny>> {
    match ArrayRef::from_object(&result) {
        // SAFETY: a 0-d array has one item.
        Some(a) if a.ndim() == 0 => unsafe {
            item::to_object_of(a.py(), a.data(), &a.descr(), Some(a.as_any()))
        },
        _ => Ok(result),
    }
}

/// `scalar[key]`: fields of structured scalars; `()` and `...` for all others.
pub(super) unsafe extern "C" fn subscript(a: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held and live objects.
    unsafe {
        gate::enter_object(|py| {
            let object = Bound::<PyAny>::from_borrowed_ptr(py, a);
            let key = Bound::<PyAny>::from_borrowed_ptr(py, key);
            if scalar_num(&object) == Some(TypeNum::Void) {
                return get_item(&object, &key);
            }
            let plain = key.is_instance_of::<PyEllipsis>()
                || key.is_none()
                || key.cast::<PyTuple>().is_ok_and(|t| {
                    t.iter()
                        .all(|k| k.is_none() || k.is_instance_of::<PyEllipsis>())
                });
            if !plain {
                return Err(PyIndexError::new_err("invalid index to scalar variable."));
            }
            array_like::of_scalar(&object)?.as_any().get_item(key)
        })
    }
}

/// `void[key] = value`.
pub(super) unsafe extern "C" fn assign(
    a: *mut PyObject,
    key: *mut PyObject,
    value: *mut PyObject,
) -> c_int {
    // SAFETY: Python calls with the interpreter held and live objects; null asks for deletion.
    unsafe {
        gate::enter(|py| {
            let object = Bound::<PyAny>::from_borrowed_ptr(py, a);
            let key = Bound::<PyAny>::from_borrowed_ptr(py, key);
            let Some(value) = Bound::<PyAny>::from_borrowed_ptr_or_opt(py, value) else {
                return Err(PyValueError::new_err("can't delete array elements"));
            };
            match field(&object, &key)? {
                Some(f) => {
                    let v = &*a.cast::<VoidScalar>();
                    if v.flags & flags::WRITEABLE == 0 {
                        return Err(PyValueError::new_err("assignment destination is read-only"));
                    }
                    store(&f.descr, &value, v.obval.add(f.offset))?;
                }
                None => view(&object)?.as_any().set_item(key, value)?,
            }
            Ok(0)
        })
    }
}

/// `len(void)`: the number of fields.
pub(super) unsafe extern "C" fn length(a: *mut PyObject) -> isize {
    // SAFETY: Python calls with the interpreter held and a live object.
    unsafe {
        gate::enter(|py| {
            let object = Bound::<PyAny>::from_borrowed_ptr(py, a);
            let (d, _) = parts(&object);
            if descr::fields(&d).names.is_null() {
                return Ok(0);
            }
            Ok(specs_of(&d)?.len() as isize)
        })
    }
}

/// `void[i]` of the sequence protocol.
pub(super) unsafe extern "C" fn item_at(a: *mut PyObject, i: isize) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held and a live object.
    unsafe {
        gate::enter_object(|py| {
            let object = Bound::<PyAny>::from_borrowed_ptr(py, a);
            get_item(&object, &i.into_pyobject(py)?.into_any())
        })
    }
}

/// Frees a void scalar.
pub(super) unsafe extern "C" fn dealloc(object: *mut PyObject) {
    // SAFETY: the object is dying; each field is dropped once.
    unsafe {
        let py = Python::assume_attached();
        let v = &mut *object.cast::<VoidScalar>();
        if v.flags & flags::OWNDATA != 0 && !v.obval.is_null() && !v.descr.is_null() {
            if (*v.descr).flags & crate::layout::descr_flags::ITEM_REFCOUNT != 0
                && let Ok(core) = descr::dtype_of(py, v.descr)
            {
                numpy_rs_core::references::release_items(&core, v.obval, 1);
            }
            numpy_rs_core::buffer::memory::release(v.obval, (*v.descr).elsize as usize);
        }
        v.obval = std::ptr::null_mut();
        ffi::Py_CLEAR(&raw mut v.base);
        let d = v.descr;
        v.descr = std::ptr::null_mut();
        ffi::Py_XDECREF(d.cast());
        if let Some(free) = (*ffi::Py_TYPE(object)).tp_free {
            free(object.cast());
        }
    }
}
