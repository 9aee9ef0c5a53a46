//! Whether the defaults of a function are those of its text: a module may have changed them before anything was attached.

use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::Res;
use super::obj::Obj;

/// Whether two plain values are alike: of one type, and written alike.
unsafe fn alike(a: *mut PyObject, b: *mut PyObject) -> Res<bool> {
    // SAFETY: live objects of builtin types, or of others that are not asked for anything.
    unsafe {
        if a == b {
            return Ok(true);
        }
        let class = ffi::Py_TYPE(a);
        if class != ffi::Py_TYPE(b) {
            return Ok(false);
        }
        if class == &raw mut ffi::PyTuple_Type {
            let n = ffi::PyTuple_GET_SIZE(a);
            if n != ffi::PyTuple_GET_SIZE(b) {
                return Ok(false);
            }
            for i in 0..n {
                if !alike(ffi::PyTuple_GET_ITEM(a, i), ffi::PyTuple_GET_ITEM(b, i))? {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        let (a, b) = (
            Obj::owned(ffi::PyObject_Repr(a))?,
            Obj::owned(ffi::PyObject_Repr(b))?,
        );
        Ok(ffi::PyUnicode_Compare(a.ptr(), b.ptr()) == 0)
    }
}

/// Whether a value is what a default says; `...` stands for what is computed.
unsafe fn fits(written: *mut PyObject, value: *mut PyObject) -> Res<bool> {
    // SAFETY: `Ellipsis` lives for ever; promised by the caller.
    unsafe { Ok(written == ffi::Py_Ellipsis() || !value.is_null() && alike(written, value)?) }
}

/// Whether the defaults of a function are those that `text` says: a tuple of those by position, and a dict of those by
/// name.
pub fn defaults(function: &Obj, text: &CStr) -> Res<bool> {
    // SAFETY: exactly a function; the text is an expression of constants, whose value is a pair.
    unsafe {
        let names = Obj::owned(ffi::PyDict_New())?;
        let pair = Obj::owned(ffi::PyRun_String(
            text.as_ptr(),
            ffi::Py_eval_input,
            names.ptr(),
            names.ptr(),
        ))?;
        let written = ffi::PyTuple_GET_ITEM(pair.ptr(), 0);
        let n = ffi::PyTuple_GET_SIZE(written);
        let f = function.ptr().cast::<ffi::PyFunctionObject>();
        let have = (*f).func_defaults;
        if n > 0 && (have.is_null() || ffi::PyTuple_GET_SIZE(have) != n) {
            return Ok(false);
        }
        for i in 0..n {
            if !fits(
                ffi::PyTuple_GET_ITEM(written, i),
                ffi::PyTuple_GET_ITEM(have, i),
            )? {
                return Ok(false);
            }
        }
        let written = ffi::PyTuple_GET_ITEM(pair.ptr(), 1);
        let have = (*f).func_kwdefaults;
        let (mut at, mut name, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
        while ffi::PyDict_Next(written, &raw mut at, &raw mut name, &raw mut value) != 0 {
            if have.is_null() || !fits(value, ffi::PyDict_GetItemWithError(have, name))? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
