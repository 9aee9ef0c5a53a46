//! The one gate between Python and Rust: every C entry runs through [`enter`], which turns errors into exceptions
//! and panics into `numpy_rs.InternalError`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::{create_exception, ffi};

create_exception!(
    numpy_rs,
    InternalError,
    PyRuntimeError,
    "A broken invariant inside numpy_rs: a defect of the library, never of the calling program. Please report it."
);

/// What a C entry returns when it fails.
pub(crate) trait FailureValue {
    /// Null or -1.
    const FAILURE: Self;
}

impl FailureValue for *mut ffi::PyObject {
    const FAILURE: Self = std::ptr::null_mut();
}
impl FailureValue for std::ffi::c_int {
    const FAILURE: Self = -1;
}
impl FailureValue for isize {
    const FAILURE: Self = -1;
}

/// Entries since references that were dropped behind PyO3's back were last collected.
static ENTRIES: AtomicU32 = AtomicU32::new(0);

/// Gives back references that PyO3 put aside.
///
/// An entry does not tell PyO3 that the thread is attached, which would cost as much as a small call. PyO3 therefore
/// keeps an unbound reference that is dropped inside, such as that of an exception that was answered otherwise, until
/// somebody attaches.
fn collect() {
    Python::attach(|_| ());
}

/// [`collect`], at one of 16 entries: what is put aside is rare, and must not pile up.
#[inline]
fn collect_now_and_then() {
    let n = ENTRIES.load(Ordering::Relaxed).wrapping_add(1);
    ENTRIES.store(n, Ordering::Relaxed);
    if n.is_multiple_of(16) {
        collect();
    }
}

/// Runs `f` with the interpreter held; an error or panic becomes the current exception and the failure value.
///
/// # Safety
///
/// The calling thread holds the interpreter, as every C entry from Python does.
#[inline]
pub(crate) unsafe fn enter<R: FailureValue>(f: impl FnOnce(Python<'_>) -> PyResult<R>) -> R {
    // SAFETY: promised by the caller.
    let py = unsafe { Python::assume_attached() };
    match catch_unwind(AssertUnwindSafe(|| {
        crate::fault::probe();
        f(py)
    })) {
        Ok(Ok(value)) => {
            collect_now_and_then();
            value
        }
        Ok(Err(error)) => {
            collect();
            error.restore(py);
            R::FAILURE
        }
        Err(panic) => {
            internal_error(panic.as_ref()).restore(py);
            R::FAILURE
        }
    }
}

/// As [`enter`] for entries that return an object.
///
/// # Safety
///
/// As for [`enter`].
#[inline]
pub(crate) unsafe fn enter_object<'a>(
    f: impl FnOnce(Python<'a>) -> PyResult<Bound<'a, PyAny>>,
) -> *mut ffi::PyObject {
    // SAFETY: promised by the caller; the token does not outlive the entry.
    unsafe { enter(|_| f(Python::assume_attached()).map(Bound::into_ptr)) }
}

/// The exception for a caught panic.
#[cold]
pub(crate) fn internal_error(panic: &(dyn std::any::Any + Send)) -> PyErr {
    let text = panic
        .downcast_ref::<&str>()
        .map(|s| (*s).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "panic without a message".to_owned());
    InternalError::new_err(format!(
        "{text}. This is a defect of numpy_rs, not of your program: please report it."
    ))
}
