//! Calls that run the Python version. Python counts calls that come from C against a lower limit than its own, so that
//! after a few of them, one inside the other, all functions go back to Python's own way until the outermost ends.

use std::cell::Cell;

use pyo3_ffi::{self as ffi, PyObject};

use super::function::{Function, Table};
use super::python_way::{python, set_vectorcall};

thread_local! {
    /// How many calls of this thread run the Python version from here, one inside the other.
    static PASSED_ON: Cell<u32> = const { Cell::new(0) };
    /// Whether this thread has put all functions back to Python's own way.
    static SUSPENDED: Cell<bool> = const { Cell::new(false) };
}

/// So many calls are passed on one inside the other before Python is left alone.
const MOST_PASSED_ON: u32 = 6;

/// Runs the Python version.
///
/// # Safety
///
/// The arguments are those of a vectorcall of an attached function.
pub(super) unsafe fn in_python<T: Table>(
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    let depth = PASSED_ON.get() + 1;
    PASSED_ON.set(depth);
    // SAFETY: passed on from Python; the functions that the state keeps are alive.
    unsafe {
        if depth == MOST_PASSED_ON && !SUSPENDED.get() {
            SUSPENDED.set(true);
            all_functions::<T>(|_| None);
        }
        let result = python()(callable, args, nargsf, kwnames);
        PASSED_ON.set(depth - 1);
        if depth == 1 && SUSPENDED.get() {
            SUSPENDED.set(false);
            all_functions::<T>(|f| Some(f.vectorcall));
        }
        result
    }
}

/// Lets all attached functions run by something else.
unsafe fn all_functions<T: Table>(by: impl Fn(&Function) -> Option<ffi::vectorcallfunc>) {
    for function in T::FUNCTIONS {
        let object = function.state.object.get();
        if !object.is_null() {
            // SAFETY: a live function object.
            unsafe { set_vectorcall(object.cast(), by(function)) };
        }
    }
}
