//! How much of the thread's stack is left: arrays of objects can hold themselves, and their operations go as deep as
//! the objects do.
//!
//! Python counts calls, which is not enough where one of them needs more stack than Python supposes.

use std::cell::Cell;

use pyo3::exceptions::PyRecursionError;
use pyo3::prelude::*;

/// Bytes that stay free for what a call needs itself.
const RESERVE: usize = 256 * 1024;

thread_local! {
    /// The lowest address that calls may reach; 0 until asked for, 1 where the system does not tell.
    static LOWEST: Cell<usize> = const { Cell::new(0) };
}

/// The lowest address of this thread's stack and its size.
#[cfg(target_os = "linux")]
fn bounds() -> Option<(usize, usize)> {
    // SAFETY: the attributes are filled before they are read, and given back.
    unsafe {
        let mut attributes: libc::pthread_attr_t = std::mem::zeroed();
        if libc::pthread_getattr_np(libc::pthread_self(), &raw mut attributes) != 0 {
            return None;
        }
        let (mut base, mut size) = (std::ptr::null_mut(), 0);
        let found =
            libc::pthread_attr_getstack(&raw const attributes, &raw mut base, &raw mut size);
        libc::pthread_attr_destroy(&raw mut attributes);
        (found == 0).then_some((base as usize, size))
    }
}

/// The lowest address of this thread's stack and its size.
#[cfg(target_os = "macos")]
fn bounds() -> Option<(usize, usize)> {
    // SAFETY: questions about the running thread.
    let (top, size) = unsafe {
        let this = libc::pthread_self();
        (
            libc::pthread_get_stackaddr_np(this) as usize,
            libc::pthread_get_stacksize_np(this),
        )
    };
    Some((top.checked_sub(size)?, size))
}

/// Elsewhere Python's own count of calls has to do.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn bounds() -> Option<(usize, usize)> {
    None
}

#[cold]
fn find_lowest() -> usize {
    let lowest = bounds().map_or(1, |(base, size)| base + RESERVE.min(size / 2));
    LOWEST.set(lowest);
    lowest
}

/// Fails where the stack is nearly used up.
#[inline]
pub(crate) fn check(place: &str) -> PyResult<()> {
    let here = 0u8;
    let lowest = match LOWEST.get() {
        0 => find_lowest(),
        known => known,
    };
    if (&raw const here as usize) > lowest {
        return Ok(());
    }
    Err(PyRecursionError::new_err(format!(
        "maximum recursion depth exceeded {place}"
    )))
}
