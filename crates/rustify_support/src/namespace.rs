//! Names of the program's module that its functions change.

use std::cell::Cell;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res};
use super::journal;
use super::obj::Obj;
use super::value::Value;

struct Namespace(Cell<*mut PyObject>);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Namespace {}

static NAMESPACE: Namespace = Namespace(Cell::new(std::ptr::null_mut()));

/// The functions belong to the module with these names.
pub fn belongs_to(names: &Obj) {
    NAMESPACE.0.set(names.clone().into_ptr());
}

fn names() -> Res<Obj> {
    let names = NAMESPACE.0.get();
    if names.is_null() {
        return Err(Exc::GIVE_UP);
    }
    // SAFETY: a counted reference is kept.
    Ok(unsafe { Obj::borrowed(names) })
}

/// The value of a name.
pub fn get<T: Value>(name: &Obj) -> Res<T> {
    // SAFETY: the dict of a module, whose keys are texts.
    unsafe {
        let found = ffi::PyDict_GetItemWithError(names()?.ptr(), name.ptr());
        if found.is_null() {
            // It may be a builtin, or raise.
            return Err(Exc::GIVE_UP);
        }
        T::from_ptr(found)
    }
}

/// A name takes a value.
pub fn set<T: Value>(name: &Obj, value: T) -> Res<()> {
    let (names, value) = (names()?, value.into_obj()?);
    // SAFETY: the dict of a module, whose keys are texts.
    unsafe {
        let old = ffi::PyDict_GetItemWithError(names.ptr(), name.ptr());
        let old = (!old.is_null()).then(|| Obj::borrowed(old));
        journal::entry(&names, name, old);
        if ffi::PyDict_SetItem(names.ptr(), name.ptr(), value.ptr()) < 0 {
            return Err(Exc::fetch());
        }
    }
    Ok(())
}
