//! The blocks that hold the shape and the strides of arrays: `n` lengths, then `n` strides.
//!
//! Every view needs one and gives it back soon, so blocks for few axes wait in lists for the next array. A block always
//! comes from `PyMem_RawMalloc`, as extensions that replace an array's block expect.

use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use pyo3::ffi;
use pyo3::prelude::*;

/// Blocks for up to so many axes are kept.
const MOST_AXES: usize = 4;

/// Blocks kept for one number of axes.
const MOST_KEPT: usize = 64;

/// Free blocks for one number of axes; the first word of each names the next.
struct FreeList {
    first: AtomicPtr<isize>,
    count: AtomicUsize,
}

/// Guarded by the interpreter lock; the atomics only say so to the compiler.
static FREE: [FreeList; MOST_AXES] = [const {
    FreeList {
        first: AtomicPtr::new(std::ptr::null_mut()),
        count: AtomicUsize::new(0),
    }
}; MOST_AXES];

/// A block for `n` axes, not initialised; null for no axes, and where there is no memory.
#[inline]
pub(crate) fn allocate(_py: Python<'_>, n: usize) -> *mut isize {
    if let Some(list) = FREE.get(n.wrapping_sub(1)) {
        let block = list.first.load(Ordering::Relaxed);
        if !block.is_null() {
            // SAFETY: a kept block has two words at least, and the first names the next block.
            let next = unsafe { block.cast::<*mut isize>().read() };
            list.first.store(next, Ordering::Relaxed);
            list.count
                .store(list.count.load(Ordering::Relaxed) - 1, Ordering::Relaxed);
            return block;
        }
    }
    if n == 0 {
        return std::ptr::null_mut();
    }
    // SAFETY: any size may be asked for.
    unsafe { ffi::PyMem_RawMalloc(2 * n * size_of::<isize>()).cast() }
}

/// Gives back the block of an array of `n` axes.
///
/// # Safety
///
/// `block` is null or from `PyMem_RawMalloc` with `2 n` words, and is not used again.
#[inline]
pub(crate) unsafe fn release(_py: Python<'_>, block: *mut isize, n: usize) {
    if block.is_null() {
        return;
    }
    if let Some(list) = FREE.get(n.wrapping_sub(1)) {
        let count = list.count.load(Ordering::Relaxed);
        if count < MOST_KEPT {
            // SAFETY: the block has two words at least and is ours now.
            unsafe {
                block
                    .cast::<*mut isize>()
                    .write(list.first.load(Ordering::Relaxed));
            }
            list.first.store(block, Ordering::Relaxed);
            list.count.store(count + 1, Ordering::Relaxed);
            return;
        }
    }
    // SAFETY: promised by the caller.
    unsafe { ffi::PyMem_RawFree(block.cast()) }
}
