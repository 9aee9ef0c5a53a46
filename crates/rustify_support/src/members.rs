//! Members of enumerations as keys: their hash is that of a number or a name, and they are compared as numbers or by
//! their identity.

use std::cell::Cell;
use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject, PyTypeObject};

use super::obj::Obj;

unsafe extern "C" {
    fn _PyType_Lookup(class: *mut PyTypeObject, name: *mut PyObject) -> *mut PyObject;
}

thread_local! {
    /// The function of `enum` that hashes a member by its name, once it has been seen; it is kept alive.
    static HASHES: Cell<*mut PyObject> = const { Cell::new(std::ptr::null_mut()) };
}

/// Whether the class of an object is an enumeration.
fn is_member(object: &Obj) -> bool {
    // SAFETY: a live object has a class, and that has one.
    unsafe {
        let kind = ffi::Py_TYPE(object.class().cast());
        kind != &raw mut ffi::PyType_Type
            && matches!(
                CStr::from_ptr((*kind).tp_name).to_bytes(),
                b"EnumType" | b"EnumMeta"
            )
    }
}

/// Whether comparing a member for equality runs none of the program's code.
pub(super) fn compares(object: &Obj) -> bool {
    // SAFETY: live classes.
    let own = unsafe { (*object.class()).tp_richcompare.map(|f| f as usize) };
    // SAFETY: as above.
    unsafe {
        is_member(object)
            && (own == ffi::PyBaseObject_Type.tp_richcompare.map(|f| f as usize)
                || own == ffi::PyLong_Type.tp_richcompare.map(|f| f as usize))
    }
}

/// Whether hashing and comparing a member runs none of the program's code.
pub(super) fn is_key(object: &Obj) -> bool {
    if !compares(object) {
        return false;
    }
    // SAFETY: live classes.
    let hash = unsafe { (*object.class()).tp_hash.map(|f| f as usize) };
    // SAFETY: as above.
    hash == unsafe { ffi::PyLong_Type.tp_hash.map(|f| f as usize) }
        || is_of_enum(object.class(), c"__hash__", c"Enum.__hash__")
}

/// Whether a class has a method from `enum` itself.
fn is_of_enum(class: *mut PyTypeObject, name: &CStr, full: &CStr) -> bool {
    // SAFETY: a live class; what it holds is looked at by exact types.
    unsafe {
        let Ok(name) = Obj::owned(ffi::PyUnicode_InternFromString(name.as_ptr())) else {
            ffi::PyErr_Clear();
            return false;
        };
        let mut found = _PyType_Lookup(class, name.ptr());
        if found.is_null() {
            return false;
        }
        let known = HASHES.get();
        if found == known && full == c"Enum.__hash__" {
            return true;
        }
        let kept;
        if ffi::Py_TYPE(found) != &raw mut ffi::PyFunction_Type {
            // A class method: its function.
            let inner = ffi::PyObject_GetAttrString(found, c"__func__".as_ptr());
            let Ok(inner) = Obj::owned(inner) else {
                ffi::PyErr_Clear();
                return false;
            };
            kept = inner;
            found = kept.ptr();
            if ffi::Py_TYPE(found) != &raw mut ffi::PyFunction_Type {
                return false;
            }
        }
        let says = |attribute: &CStr, text: &CStr| {
            let value = ffi::PyObject_GetAttrString(found, attribute.as_ptr());
            match Obj::owned(value) {
                Ok(value) if value.class() == &raw mut ffi::PyUnicode_Type => {
                    ffi::PyUnicode_CompareWithASCIIString(value.ptr(), text.as_ptr()) == 0
                }
                _ => {
                    ffi::PyErr_Clear();
                    false
                }
            }
        };
        let is_own = says(c"__module__", c"enum") && says(c"__qualname__", full);
        if is_own && known.is_null() && full == c"Enum.__hash__" {
            ffi::Py_INCREF(found);
            HASHES.set(found);
        }
        is_own
    }
}

/// The error for a value that no member of an enumeration has, unless the program says what becomes of it.
pub(super) fn no_member(class: &Obj, value: &Obj) -> Option<Obj> {
    if !is_of_enum(class.ptr().cast(), c"_missing_", c"Enum._missing_") {
        return None;
    }
    // SAFETY: live objects: a number or text, whose `repr` is the interpreter's own, and a class.
    unsafe {
        let made = (|| {
            let name = Obj::owned(ffi::PyObject_GetAttrString(
                class.ptr(),
                c"__qualname__".as_ptr(),
            ))?;
            let text = Obj::owned(ffi::PyUnicode_FromFormat(
                c"%R is not a valid %U".as_ptr(),
                value.ptr(),
                name.ptr(),
            ))?;
            Obj::owned(ffi::PyObject_CallOneArg(ffi::PyExc_ValueError, text.ptr()))
        })();
        made.ok()
    }
}
