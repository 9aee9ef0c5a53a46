//! The memory handler that our arrays carry (NEP 49), and how data with any handler is freed.

use std::ffi::{c_char, c_void};
use std::sync::atomic::{AtomicPtr, Ordering};

use numpy_rs_core::buffer::memory;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;

/// `PyDataMemAllocator`.
#[repr(C)]
pub(crate) struct Allocator {
    ctx: *mut c_void,
    malloc: unsafe extern "C" fn(*mut c_void, usize) -> *mut c_void,
    calloc: unsafe extern "C" fn(*mut c_void, usize, usize) -> *mut c_void,
    realloc: unsafe extern "C" fn(*mut c_void, *mut c_void, usize) -> *mut c_void,
    free: unsafe extern "C" fn(*mut c_void, *mut c_void, usize),
}

/// `PyDataMem_Handler`.
#[repr(C)]
pub(crate) struct Handler {
    name: [c_char; 127],
    version: u8,
    allocator: Allocator,
}

// SAFETY: a handler is immutable and its functions may be called from any thread.
unsafe impl Sync for Handler {}

unsafe extern "C" fn default_malloc(_: *mut c_void, size: usize) -> *mut c_void {
    memory::allocate(size).cast()
}
unsafe extern "C" fn default_calloc(_: *mut c_void, n: usize, size: usize) -> *mut c_void {
    n.checked_mul(size)
        .map_or(std::ptr::null_mut(), |b| memory::allocate_zeroed(b).cast())
}
unsafe extern "C" fn default_realloc(_: *mut c_void, ptr: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: memory of the core allocator comes from C's malloc.
    unsafe { libc::realloc(ptr, size.max(1)) }
}
unsafe extern "C" fn default_free(_: *mut c_void, ptr: *mut c_void, size: usize) {
    // SAFETY: the caller gives back memory of this handler.
    unsafe { memory::release(ptr.cast(), size) }
}

const fn name(text: &[u8]) -> [c_char; 127] {
    let mut out = [0; 127];
    let mut i = 0;
    while i < text.len() {
        out[i] = text[i] as c_char;
        i += 1;
    }
    out
}

static DEFAULT: Handler = Handler {
    name: name(b"default_allocator"),
    version: 1,
    allocator: Allocator {
        ctx: std::ptr::null_mut(),
        malloc: default_malloc,
        calloc: default_calloc,
        realloc: default_realloc,
        free: default_free,
    },
};

static CAPSULE: AtomicPtr<PyObject> = AtomicPtr::new(std::ptr::null_mut());

/// The capsule of the default handler, as a new reference; null only before initialisation.
#[inline]
pub(crate) fn default_handler(_py: Python<'_>) -> *mut PyObject {
    let capsule = CAPSULE.load(Ordering::Relaxed);
    // SAFETY: the capsule lives for ever once made.
    unsafe { ffi::Py_XINCREF(capsule) };
    capsule
}

/// Makes the capsule; called once when the module initialises.
pub(crate) fn initialise(py: Python<'_>) -> PyResult<()> {
    // SAFETY: the handler is static and the name a C string.
    let capsule = unsafe {
        ffi::PyCapsule_New(
            (&raw const DEFAULT).cast_mut().cast(),
            c"mem_handler".as_ptr(),
            None,
        )
    };
    if capsule.is_null() {
        return Err(PyErr::fetch(py));
    }
    CAPSULE.store(capsule, Ordering::Relaxed);
    Ok(())
}

/// Frees data: with the handler of its capsule, or with C's `free` where there is none.
///
/// # Safety
///
/// `data` was allocated by that handler (or by `malloc`) and is not used again.
pub(crate) unsafe fn free(handler: *mut PyObject, data: *mut u8, n_bytes: usize) {
    // SAFETY: promised by the caller.
    unsafe {
        if handler == CAPSULE.load(Ordering::Relaxed) {
            memory::release(data, n_bytes);
        } else if handler.is_null() {
            libc::free(data.cast());
        } else {
            let found =
                ffi::PyCapsule_GetPointer(handler, c"mem_handler".as_ptr()).cast::<Handler>();
            if found.is_null() {
                ffi::PyErr_WriteUnraisable(handler);
            } else {
                let a = &(*found).allocator;
                (a.free)(a.ctx, data.cast(), n_bytes);
            }
        }
    }
}
