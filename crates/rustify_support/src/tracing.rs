//! Whether a debugger, profiler or coverage tool watches this thread: then the Python version must run.

use std::cell::Cell;
use std::ffi::c_int;

use pyo3_ffi::{self as ffi, PyObject};

/// How many words of the thread state are searched for the two hooks.
const WORDS: usize = 64;

struct Offsets(Cell<[usize; 2]>);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Offsets {}

/// Places of the profile and trace hooks in the thread state; zero is unknown.
static HOOKS: Offsets = Offsets(Cell::new([0; 2]));

extern "C" fn probe(
    _: *mut PyObject,
    _: *mut ffi::PyFrameObject,
    _: c_int,
    _: *mut PyObject,
) -> c_int {
    0
}

/// Finds where this interpreter keeps its hooks: where a hook appears once it is set.
pub fn calibrate() {
    if HOOKS.0.get()[0] != 0 {
        return;
    }
    // SAFETY: the thread state is larger than the words that are read; hooks are only set where there are none.
    unsafe {
        let hook = |name: &std::ffi::CStr| {
            let get = ffi::PySys_GetObject(name.as_ptr());
            if get.is_null() {
                return false;
            }
            let now = ffi::PyObject_CallNoArgs(get);
            if now.is_null() {
                ffi::PyErr_Clear();
                return false;
            }
            ffi::Py_DECREF(now);
            now == ffi::Py_None()
        };
        let words = ffi::PyThreadState_Get().cast::<usize>();
        let find = || (1..WORDS).find(|&i| words.add(i).read() == probe as *const () as usize);
        if !hook(c"getprofile") || !hook(c"gettrace") {
            return;
        }
        ffi::PyEval_SetProfile(Some(probe), std::ptr::null_mut());
        let profile = find();
        ffi::PyEval_SetProfile(None, std::ptr::null_mut());
        ffi::PyEval_SetTrace(Some(probe), std::ptr::null_mut());
        let trace = find();
        ffi::PyEval_SetTrace(None, std::ptr::null_mut());
        if let (Some(p), Some(t)) = (profile, trace) {
            HOOKS.0.set([p, t]);
        }
    }
}

/// Whether the thread has a trace or profile function.
#[inline]
pub fn active() -> bool {
    let [profile, trace] = HOOKS.0.get();
    if profile == 0 {
        return false;
    }
    // SAFETY: the words were found in the thread state of this interpreter.
    unsafe {
        let words = ffi::PyThreadState_Get().cast::<usize>();
        words.add(profile).read() | words.add(trace).read() != 0
    }
}
