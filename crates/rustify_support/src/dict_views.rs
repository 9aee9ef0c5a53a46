//! Views of dicts beside each other and beside sets.

use std::ffi::c_int;

use pyo3_ffi::{self as ffi, PyObject};

use super::any;
use super::exc::{Exc, Res, give_up};
use super::obj::Obj;

/// An operation of the interpreter on two objects.
pub type Operation = unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject;

pub use ffi::{
    PyNumber_And as and, PyNumber_Or as or, PyNumber_Subtract as sub, PyNumber_Xor as xor,
};

/// `dict.keys()` or `dict.items()` of a dict of plain values.
pub fn view(dict: &Obj, name: &Obj) -> Res<Obj> {
    if dict.class() != &raw mut ffi::PyDict_Type || !any::is_plain(dict) {
        return give_up();
    }
    let all = [dict.ptr()];
    // SAFETY: a method of exactly a dict.
    unsafe {
        Obj::owned(ffi::PyObject_VectorcallMethod(
            name.ptr(),
            all.as_ptr(),
            1,
            std::ptr::null_mut(),
        ))
    }
}

/// Whether an object is such a view, or a set of plain items.
fn fits(object: &Obj) -> bool {
    let class = object.class();
    class == &raw mut ffi::PyDictKeys_Type
        || class == &raw mut ffi::PyDictItems_Type
        || (class == &raw mut ffi::PySet_Type || class == &raw mut ffi::PyFrozenSet_Type)
            && any::is_plain(object)
}

/// An operation on two of them: a new set.
pub fn operate(operation: Operation, a: &Obj, b: &Obj) -> Res<Obj> {
    if !fits(a) || !fits(b) {
        return give_up();
    }
    // SAFETY: live objects, whose items are compared without code of the program.
    unsafe { Obj::owned(operation(a.ptr(), b.ptr())) }
}

/// A comparison of two of them.
pub fn compare(a: &Obj, b: &Obj, operator: c_int) -> Res<bool> {
    if !fits(a) || !fits(b) {
        return give_up();
    }
    // SAFETY: live objects, whose items are compared without code of the program.
    match unsafe { ffi::PyObject_RichCompareBool(a.ptr(), b.ptr(), operator) } {
        -1 => Err(Exc::fetch()),
        answer => Ok(answer == 1),
    }
}
