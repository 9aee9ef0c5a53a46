//! Whether a value is among the items of a list or tuple.

use std::mem::ManuallyDrop;

use pyo3_ffi::{self as ffi, PyObject};

use super::obj::Obj;
use super::plain::{has_nan, is_scalar};

/// Whether an item is the number or text that is sought, or equals it; nothing where that is not plain to see.
#[inline]
fn is_it(item: *mut PyObject, sought: &Obj) -> Option<bool> {
    if item == sought.ptr() {
        return Some(true);
    }
    // SAFETY: an item of a live container, whose reference is not given away.
    let item = ManuallyDrop::new(unsafe { Obj::borrowed_once(item) });
    let texts = &raw mut ffi::PyUnicode_Type;
    // SAFETY: exactly texts; otherwise numbers, texts and singletons, whose comparison runs no code of the program.
    unsafe {
        if item.class() == texts && sought.class() == texts {
            return Some(
                ffi::PyUnicode_GetLength(item.ptr()) == ffi::PyUnicode_GetLength(sought.ptr())
                    && ffi::PyUnicode_Compare(item.ptr(), sought.ptr()) == 0,
            );
        }
        if !is_scalar(&item) {
            return None;
        }
        match ffi::PyObject_RichCompareBool(item.ptr(), sought.ptr(), ffi::Py_EQ) {
            -1 => {
                // A warning that has become an error.
                ffi::PyErr_Clear();
                None
            }
            answer => Some(answer == 1),
        }
    }
}

/// Whether a number or text is among items; nothing where that is not plain to see.
#[inline]
pub fn scalar_among(mut items: impl Iterator<Item = *mut PyObject>, sought: &Obj) -> Option<bool> {
    if !is_scalar(sought) || has_nan(sought) {
        return None;
    }
    loop {
        match items.next().map(|item| is_it(item, sought)) {
            None => return Some(false),
            Some(Some(false)) => {}
            Some(found) => return found,
        }
    }
}

/// Whether a number or text is in a list or tuple of Python's; nothing where that is not plain to see.
#[inline]
pub fn in_python(container: &Obj, sought: &Obj) -> Option<bool> {
    let at = container.ptr();
    // SAFETY: each access follows the check of the exact type; nothing changes the container meanwhile.
    unsafe {
        if container.class() == &raw mut ffi::PyList_Type {
            let places = 0..ffi::PyList_GET_SIZE(at);
            scalar_among(places.map(|i| ffi::PyList_GET_ITEM(at, i)), sought)
        } else if container.class() == &raw mut ffi::PyTuple_Type {
            let places = 0..ffi::PyTuple_GET_SIZE(at);
            scalar_among(places.map(|i| ffi::PyTuple_GET_ITEM(at, i)), sought)
        } else {
            None
        }
    }
}
