//! Warnings inside a region: before one is shown the region gives up, and the Python version warns, once and at its own
//! line.
//!
//! While a region calls code that may warn, the list of filters begins with one of ours. It turns warnings of this
//! thread, while it is in the region, into errors, and lets those of others pass by.

use std::cell::Cell;
use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Res, give_up};

thread_local! {
    /// The list that begins with our filter: a counted reference, or null.
    static WATCHED: Cell<*mut PyObject> = const { Cell::new(std::ptr::null_mut()) };
    /// Whether the region was going to warn.
    static WARNED: Cell<bool> = const { Cell::new(false) };
}

struct Kept(Cell<*mut PyObject>);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Kept {}

/// The filter, and the dict of the module that holds the list; both are kept for ever.
static FILTER: Kept = Kept(Cell::new(std::ptr::null_mut()));
static MODULE: Kept = Kept(Cell::new(std::ptr::null_mut()));
static NAME: Kept = Kept(Cell::new(std::ptr::null_mut()));

/// What the filter asks: whether a text is a warning of a region, as those of this thread are now.
unsafe extern "C" fn is_of_region(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    let is = !WATCHED.get().is_null();
    if is {
        WARNED.set(true);
    }
    // SAFETY: both live for ever.
    unsafe {
        let answer = if is { ffi::Py_True() } else { ffi::Py_False() };
        ffi::Py_INCREF(answer);
        answer
    }
}

/// Makes the filter: `("error", object with a method "match", Warning, None, 0)`.
unsafe fn make() -> Option<()> {
    // SAFETY: objects of the interpreter are made and kept; whatever is null ends this.
    unsafe {
        let some = |object: *mut PyObject| (!object.is_null()).then_some(object);
        let definition = Box::leak(Box::new(ffi::PyMethodDef {
            ml_name: c"match".as_ptr(),
            ml_meth: ffi::PyMethodDefPointer {
                PyCFunction: is_of_region,
            },
            ml_flags: ffi::METH_O,
            ml_doc: std::ptr::null(),
        }));
        let null = std::ptr::null_mut();
        let asks = some(ffi::PyCFunction_NewEx(definition, null, null))?;
        let parts = some(ffi::PyDict_New())?;
        if ffi::PyDict_SetItemString(parts, c"match".as_ptr(), asks) < 0 {
            return None;
        }
        // The class of `sys.implementation` makes objects of any attributes.
        let sample = some(ffi::PySys_GetObject(c"implementation".as_ptr()))?;
        let none = some(ffi::PyTuple_New(0))?;
        let object = some(ffi::PyObject_Call(ffi::Py_TYPE(sample).cast(), none, parts))?;
        let filter = some(ffi::PyTuple_New(5))?;
        ffi::Py_INCREF(ffi::PyExc_Warning);
        ffi::Py_INCREF(ffi::Py_None());
        let action = some(ffi::PyUnicode_FromString(c"error".as_ptr()))?;
        let line = some(ffi::PyLong_FromLong(0))?;
        let all = [action, object, ffi::PyExc_Warning, ffi::Py_None(), line];
        for (at, part) in all.into_iter().enumerate() {
            ffi::PyTuple_SET_ITEM(filter, at as isize, part);
        }
        NAME.0
            .set(some(ffi::PyUnicode_InternFromString(c"filters".as_ptr()))?);
        FILTER.0.set(filter);
        Some(())
    }
}

/// The dict of the module whose filters the interpreter follows: of `warnings` once somebody has imported it.
unsafe fn module() -> *mut PyObject {
    // SAFETY: dicts of modules; the one that is kept gets a reference.
    unsafe {
        let known = MODULE.0.get();
        if !known.is_null() {
            return known;
        }
        let dict_of = |name: &CStr| {
            let all = ffi::PyImport_GetModuleDict();
            let module = ffi::PyDict_GetItemString(all, name.as_ptr());
            if module.is_null() || ffi::PyModule_Check(module) == 0 {
                std::ptr::null_mut()
            } else {
                ffi::PyModule_GetDict(module)
            }
        };
        let dict = dict_of(c"warnings");
        if dict.is_null() {
            return dict_of(c"_warnings");
        }
        ffi::Py_INCREF(dict);
        MODULE.0.set(dict);
        dict
    }
}

/// From now on until the region ends no warning of this thread is shown.
#[inline]
pub fn watch() -> Res<()> {
    if WATCHED.get().is_null() {
        begin()
    } else {
        Ok(())
    }
}

/// Whether this thread's region watches by now.
#[inline]
pub fn watches() -> bool {
    !WATCHED.get().is_null()
}

#[cold]
#[inline(never)]
fn begin() -> Res<()> {
    // SAFETY: the interpreter is held; the list gets a reference while our filter is in it.
    unsafe {
        if FILTER.0.get().is_null() && make().is_none() {
            ffi::PyErr_Clear();
            return give_up();
        }
        let module = module();
        if module.is_null() {
            return give_up();
        }
        let filters = ffi::PyDict_GetItemWithError(module, NAME.0.get());
        if filters.is_null() || ffi::Py_TYPE(filters) != &raw mut ffi::PyList_Type {
            ffi::PyErr_Clear();
            return give_up();
        }
        if ffi::PyList_Insert(filters, 0, FILTER.0.get()) < 0 {
            ffi::PyErr_Clear();
            return give_up();
        }
        ffi::Py_INCREF(filters);
        WATCHED.set(filters);
        Ok(())
    }
}

/// Whether this region was going to warn: then it must give up, whatever became of the warning.
#[inline]
pub fn has_warned() -> bool {
    WARNED.get()
}

/// The region ends.
#[inline]
pub fn end() {
    if !WATCHED.get().is_null() || WARNED.get() {
        finish();
    }
}

#[cold]
#[inline(never)]
fn finish() {
    pause();
    WARNED.set(false);
}

/// The program's own code runs for a while on this thread: it may warn.
pub(super) fn pause() {
    let filters = WATCHED.replace(std::ptr::null_mut());
    if filters.is_null() {
        return;
    }
    // SAFETY: exactly a list, with a reference of our own. Other threads may have moved the filter, or removed it. An
    // exception that is set stays: nothing here can fail but for want of memory.
    unsafe {
        let at = (0..ffi::PyList_GET_SIZE(filters))
            .find(|&i| ffi::PyList_GET_ITEM(filters, i) == FILTER.0.get());
        if let Some(at) = at
            && ffi::PyList_SetSlice(filters, at, at + 1, std::ptr::null_mut()) < 0
        {
            ffi::PyErr_Clear();
        }
        ffi::Py_DECREF(filters);
    }
}
