//! How Python itself runs a function, and what it runs instead.

use std::sync::OnceLock;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::Res;
use super::obj::Obj;

/// What Python itself runs functions by. From 3.13 on it has no public name, so it is read from a new function.
static IN_PYTHON_BY: OnceLock<ffi::vectorcallfunc> = OnceLock::new();

/// Reads [`IN_PYTHON_BY`] with the help of any function.
pub(super) unsafe fn learn(function: *mut ffi::PyFunctionObject, namespace: &Obj) -> Res<()> {
    if IN_PYTHON_BY.get().is_none() {
        // SAFETY: the code of a live function, and the dict of a module.
        unsafe {
            let new = Obj::owned(ffi::PyFunction_New((*function).func_code, namespace.ptr()))?;
            let by = (*new.ptr().cast::<ffi::PyFunctionObject>()).vectorcall;
            IN_PYTHON_BY.get_or_init(|| by.unwrap_or(unknown));
        }
    }
    Ok(())
}

unsafe extern "C" fn unknown(
    _: *mut PyObject,
    _: *const *mut PyObject,
    _: usize,
    _: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: sets an exception.
    unsafe {
        ffi::PyErr_SetString(
            ffi::PyExc_SystemError,
            c"a function without a way to run".as_ptr(),
        )
    };
    std::ptr::null_mut()
}

pub(super) fn python() -> ffi::vectorcallfunc {
    IN_PYTHON_BY.get().copied().unwrap_or(unknown)
}

/// Lets a function object run native code, or its own again.
pub(super) unsafe fn set_vectorcall(
    function: *mut ffi::PyFunctionObject,
    vectorcall: Option<ffi::vectorcallfunc>,
) {
    let vectorcall = vectorcall.unwrap_or_else(python);
    // SAFETY: exactly a function object.
    unsafe {
        #[cfg(Py_3_12)]
        {
            unsafe extern "C" {
                fn PyFunction_SetVectorcall(
                    function: *mut PyObject,
                    vectorcall: ffi::vectorcallfunc,
                );
            }
            PyFunction_SetVectorcall(function.cast(), vectorcall);
        }
        #[cfg(not(Py_3_12))]
        {
            (*function).vectorcall = Some(vectorcall);
        }
    }
}
