//! Whether this thread holds the interpreter: work that touches no Python object may let it go for a while.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};

use pyo3_ffi as ffi;

use super::exc;

thread_local! {
    /// What the interpreter needs to know this thread again; null while it is held.
    static OUT: Cell<*mut ffi::PyThreadState> = const { Cell::new(std::ptr::null_mut()) };
    /// How often this thread has let it go.
    static TIMES: Cell<u32> = const { Cell::new(0) };
}

/// How many threads have let it go: where none has, this one has not.
static ALL_OUT: AtomicU32 = AtomicU32::new(0);

/// Whether this thread has let the interpreter go.
#[inline]
pub fn is_out() -> bool {
    ALL_OUT.load(Ordering::Relaxed) != 0 && !OUT.get().is_null()
}

/// Lets other threads have the interpreter. Until it is taken back, this thread touches what is its own only.
#[cold]
pub fn let_go() {
    // The object of an error could only be dropped with the interpreter held.
    exc::forget();
    if !is_out() {
        // SAFETY: the interpreter is held.
        OUT.set(unsafe { ffi::PyEval_SaveThread() });
        ALL_OUT.fetch_add(1, Ordering::Relaxed);
        TIMES.set(TIMES.get().wrapping_add(1));
    }
}

/// Which time it is that this thread has let the interpreter go.
pub fn times_out() -> u32 {
    TIMES.get()
}

/// Takes the interpreter back, if it was let go.
#[cold]
pub fn take_back() {
    let state = OUT.replace(std::ptr::null_mut());
    if !state.is_null() {
        // SAFETY: what letting it go has answered, on the same thread. Where the interpreter ends meanwhile, this never
        // returns.
        unsafe { ffi::PyEval_RestoreThread(state) };
        ALL_OUT.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Does something with the interpreter held.
pub fn with<R>(work: impl FnOnce() -> R) -> R {
    if !is_out() {
        return work();
    }
    take_back();
    let done = work();
    let_go();
    done
}
