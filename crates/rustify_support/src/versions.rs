//! Whether the names that a function relies on still mean what they meant.

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res};
use super::function::Function;
use super::obj::Obj;

/// The version of a dict, where the interpreter keeps one.
#[inline]
unsafe fn version(dict: *mut PyObject) -> u64 {
    #[cfg(not(Py_3_14))]
    {
        // SAFETY: a dict: head, number of items, version.
        unsafe { dict.cast::<u64>().add(3).read() }
    }
    #[cfg(Py_3_14)]
    {
        let _ = dict;
        0
    }
}

/// The versions of the modules whose attributes a function relies on, put together.
#[inline]
unsafe fn modules(function: &'static Function) -> u64 {
    let mut sum = 0u64;
    for capture in function.captures {
        let dict = capture.holder();
        if !dict.is_null() {
            // SAFETY: the dict of a module, kept alive by the capture. Versions only grow, and so does their sum.
            sum = sum.wrapping_add(unsafe { version(dict) });
        }
        // A class that changes gets another version, or none.
        let class = capture.class_version();
        sum = sum.wrapping_add(class.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    }
    sum
}

/// Gives up unless every name that the function relies on means what it meant.
#[inline]
pub(super) fn check_captures(function: &'static Function, builtins: *mut PyObject) -> Res<()> {
    let state = &function.state;
    // SAFETY: the namespace and `builtins` live as long as the function.
    unsafe {
        let globals = state.globals.get();
        let now = (
            version(globals),
            if builtins.is_null() {
                0
            } else {
                version(builtins)
            }
            .wrapping_add(modules(function)),
        );
        if cfg!(not(Py_3_14)) && now == state.versions.get() {
            return Ok(());
        }
        let namespace = Obj::borrowed(globals);
        // Names are looked up in the builtins of the frame that runs.
        if builtins != ffi::PyEval_GetBuiltins() {
            return Err(Exc::GIVE_UP);
        }
        if !function.captures.iter().all(|c| c.holds(&namespace)) {
            return Err(Exc::GIVE_UP);
        }
        state.versions.set(now);
        Ok(())
    }
}
