//! The one allocator of data-sized memory: fallible, and compatible with C's `free`.

use std::ptr::NonNull;

use crate::error::{Error, Result};

/// Owned bytes of an array or of scratch; freed with C's `free`.
#[derive(Debug)]
pub struct Buffer {
    ptr: NonNull<u8>,
    n_bytes: usize,
}

// SAFETY: a buffer is plain memory without thread affinity.
unsafe impl Send for Buffer {}
// SAFETY: shared access reads nothing but the pointer and the length.
unsafe impl Sync for Buffer {}

impl Buffer {
    /// Uninitialised memory of `n_bytes` bytes (at least one).
    pub fn uninit(n_bytes: usize) -> Result<Self> {
        Self::from_raw(memory::allocate(n_bytes), n_bytes)
    }

    /// Zeroed memory of `n_bytes` bytes (at least one).
    pub fn zeroed(n_bytes: usize) -> Result<Self> {
        Self::from_raw(memory::allocate_zeroed(n_bytes), n_bytes)
    }

    fn from_raw(ptr: *mut u8, n_bytes: usize) -> Result<Self> {
        Ok(Self {
            ptr: NonNull::new(ptr).ok_or(Error::ScratchMemory)?,
            n_bytes,
        })
    }

    /// The first byte.
    #[inline]
    pub fn as_ptr(&self) -> *mut u8 {
        self.ptr.as_ptr()
    }

    /// The number of bytes asked for.
    #[inline]
    pub fn len(&self) -> usize {
        self.n_bytes
    }

    /// Whether no bytes were asked for.
    pub fn is_empty(&self) -> bool {
        self.n_bytes == 0
    }

    /// Gives the memory away; whoever takes it frees it with [`memory::release`] or C's `free`.
    pub fn into_raw(self) -> (*mut u8, usize) {
        let parts = (self.ptr.as_ptr(), self.n_bytes);
        std::mem::forget(self);
        parts
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: the pointer came from `memory` and is dropped once.
        unsafe { memory::release(self.ptr.as_ptr(), self.n_bytes) };
    }
}

/// Raw allocation behind [`Buffer`] and the arrays of the door.
pub mod memory {
    use std::sync::atomic::{AtomicIsize, Ordering};

    use crate::kept_blocks;

    /// Counts down to a failing allocation in tests; negative is off.
    static FAIL_AFTER: AtomicIsize = AtomicIsize::new(-1);

    /// Makes the allocation after the next `n` fail (and all later ones until called again); negative turns it off.
    pub fn fail_after(n: isize) {
        FAIL_AFTER.store(n, Ordering::Relaxed);
    }

    fn injected_failure() -> bool {
        let left = FAIL_AFTER.load(Ordering::Relaxed);
        if left < 0 {
            return false;
        }
        if left == 0 {
            return true;
        }
        FAIL_AFTER.store(left - 1, Ordering::Relaxed);
        false
    }

    /// Asks the system to back large memory with large pages: first touches then cost a fraction of the time.
    fn ask_for_large_pages(ptr: *mut u8, n_bytes: usize) {
        #[cfg(target_os = "linux")]
        {
            const LARGE: usize = 1 << 22;
            const PAGE: usize = 4096;
            if ptr.is_null() || n_bytes < LARGE {
                return;
            }
            let skip = ptr.align_offset(PAGE);
            // SAFETY: whole pages inside the block that was just allocated; advice changes no contents.
            unsafe { libc::madvise(ptr.add(skip).cast(), n_bytes - skip, libc::MADV_HUGEPAGE) };
        }
        #[cfg(not(target_os = "linux"))]
        let _ = (ptr, n_bytes);
    }

    /// Memory from C, which is asked again once kept blocks are given back.
    fn fresh(n_bytes: usize, ask: impl Fn() -> *mut u8) -> *mut u8 {
        let mut ptr = ask();
        if ptr.is_null() && kept_blocks::let_go() {
            ptr = ask();
        }
        ask_for_large_pages(ptr, n_bytes);
        ptr
    }

    /// `malloc` of at least one byte; null when there is none.
    pub fn allocate(n_bytes: usize) -> *mut u8 {
        if injected_failure() || n_bytes > isize::MAX as usize {
            return std::ptr::null_mut();
        }
        let kept = kept_blocks::take(n_bytes);
        if !kept.is_null() {
            return kept;
        }
        // SAFETY: malloc takes any size.
        fresh(n_bytes, || unsafe { libc::malloc(n_bytes.max(1)).cast() })
    }

    /// `calloc` of at least one byte; null when there is none.
    pub fn allocate_zeroed(n_bytes: usize) -> *mut u8 {
        if injected_failure() || n_bytes > isize::MAX as usize {
            return std::ptr::null_mut();
        }
        let kept = kept_blocks::take_zeroed(n_bytes);
        if !kept.is_null() {
            return kept;
        }
        // SAFETY: calloc takes any size.
        fresh(n_bytes, || unsafe {
            libc::calloc(n_bytes.max(1), 1).cast()
        })
    }

    /// Gives back memory from [`allocate`] or [`allocate_zeroed`], of `n_bytes` bytes at least; large blocks are kept
    /// for the next array of their size.
    ///
    /// # Safety
    ///
    /// `ptr` came from this module (or C's `malloc`) and is not used again.
    pub unsafe fn release(ptr: *mut u8, n_bytes: usize) {
        // SAFETY: promised by the caller.
        unsafe {
            if !kept_blocks::keep(ptr, n_bytes) {
                libc::free(ptr.cast());
            }
        }
    }
}
