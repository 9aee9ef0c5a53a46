//! Streams for C: the struct `bitgen_t` of NumPy's headers, which compiled extensions draw from.

use std::ffi::{CStr, c_void};
use std::sync::{Mutex, PoisonError};

use numpy_rs_random::bits::Bits;
use numpy_rs_random::laws::Stream;

/// The name of capsules with a [`BitGen`], as NumPy has it.
pub(super) const CAPSULE: &CStr = c"BitGenerator";

/// `bitgen_t`: a state, and functions of it.
#[repr(C)]
#[derive(Debug)]
pub(super) struct BitGen {
    pub(super) state: *mut c_void,
    pub(super) next_u64: unsafe extern "C" fn(*mut c_void) -> u64,
    pub(super) next_u32: unsafe extern "C" fn(*mut c_void) -> u32,
    pub(super) next_f64: unsafe extern "C" fn(*mut c_void) -> f64,
    pub(super) next_raw: unsafe extern "C" fn(*mut c_void) -> u64,
}

// SAFETY: the state is a lock around what is used.
unsafe impl Send for BitGen {}
// SAFETY: as above.
unsafe impl Sync for BitGen {}

impl BitGen {
    /// The functions, without a state.
    pub(super) fn new() -> Self {
        Self {
            state: std::ptr::null_mut(),
            next_u64,
            next_u32,
            next_f64,
            next_raw,
        }
    }
}

/// Uses the stream behind a state, which C code passes back as it got it.
///
/// # Safety
///
/// `state` is that of a [`BitGen`] whose stream lives.
unsafe fn with<T>(state: *mut c_void, f: impl FnOnce(&mut Stream) -> T) -> T {
    // SAFETY: promised by the caller.
    let stream = unsafe { &*state.cast::<Mutex<Stream>>() };
    // A stream whose user panicked is still a stream, and C code cannot be told.
    f(&mut stream.lock().unwrap_or_else(PoisonError::into_inner))
}

unsafe extern "C" fn next_u64(state: *mut c_void) -> u64 {
    // SAFETY: C code keeps the capsule while it draws.
    unsafe { with(state, |s| s.bits.next_u64()) }
}

unsafe extern "C" fn next_u32(state: *mut c_void) -> u32 {
    // SAFETY: as above.
    unsafe { with(state, |s| s.bits.next_u32()) }
}

unsafe extern "C" fn next_f64(state: *mut c_void) -> f64 {
    // SAFETY: as above.
    unsafe { with(state, |s| s.bits.next_f64()) }
}

unsafe extern "C" fn next_raw(state: *mut c_void) -> u64 {
    // SAFETY: as above.
    unsafe { with(state, |s| s.bits.next_raw()) }
}
