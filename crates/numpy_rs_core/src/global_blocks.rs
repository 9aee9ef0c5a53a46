//! Rust's global allocator over the kept blocks: what a calculation needs beside its arrays has its pages already, too.
//!
//! A decomposition of a matrix makes and drops several matrices of its size in each call, as vectors of this crate's
//! callers or of libraries. The extension module of the Python package installs this; a Rust program may.

use std::alloc::{GlobalAlloc, Layout, System};

use crate::kept_blocks;

/// An allocator that takes blocks of 16 KiB and more from those that arrays have given back, and keeps them for these.
///
/// ```
/// use numpy_rs_core::global_blocks::GlobalBlocks;
///
/// #[global_allocator]
/// static BLOCKS: GlobalBlocks = GlobalBlocks;
///
/// assert_eq!(vec![1.0_f64; 100_000].iter().sum::<f64>(), 100_000.0);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct GlobalBlocks;

/// Whether a block is one of C's `malloc`, as those kept are: up to this alignment the system's allocator asks it.
fn is_plain(layout: Layout) -> bool {
    cfg!(target_os = "linux") && layout.align() <= 16 && layout.size() >= kept_blocks::MEDIUM
}

/// A kept block or a fresh one, which is asked for again once kept blocks are given back.
fn given(layout: Layout, take: impl Fn(usize) -> *mut u8, ask: impl Fn() -> *mut u8) -> *mut u8 {
    if is_plain(layout) {
        let kept = take(layout.size());
        if !kept.is_null() {
            return kept;
        }
    }
    let fresh = ask();
    if fresh.is_null() && kept_blocks::let_go() {
        return ask();
    }
    fresh
}

// SAFETY: blocks come from the system's allocator or, where that is `malloc`, from it or from the shelves, which hold
// blocks of `malloc` that nobody uses; the sizes they were asked for are kept by `kept_blocks`.
unsafe impl GlobalAlloc for GlobalBlocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: promised by the caller.
        given(layout, kept_blocks::take, || unsafe {
            System.alloc(layout)
        })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: promised by the caller.
        given(layout, kept_blocks::take_zeroed, || unsafe {
            System.alloc_zeroed(layout)
        })
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: the caller gives up a block of this layout.
        unsafe {
            if !(is_plain(layout) && kept_blocks::keep(ptr, layout.size())) {
                System.dealloc(ptr, layout);
            }
        }
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: a kept block is one of the system's allocator, too.
        unsafe { System.realloc(ptr, layout, new_size) }
    }
}
