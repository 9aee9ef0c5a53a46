//! Memory for copies of blocks: one piece for each thread, kept for its next product.

use std::alloc::{Layout, alloc, dealloc};
use std::cell::Cell;
use std::ptr::null_mut;

/// What vectors and lines of the cache are aligned to.
pub(super) const ALIGN: usize = 64;

struct Scratch {
    place: *mut u8,
    len: usize,
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.place.is_null() {
            // SAFETY: the place was had for this layout.
            unsafe {
                dealloc(
                    self.place,
                    Layout::from_size_align_unchecked(self.len, ALIGN),
                )
            };
        }
    }
}

const NONE: Scratch = Scratch {
    place: null_mut(),
    len: 0,
};

thread_local! {
    static KEPT: Cell<Scratch> = const { Cell::new(NONE) };
}

/// Runs `f` with uninitialised memory of `len` bytes, aligned to [`ALIGN`]; `None` if there is none to be had.
pub(super) fn with<R>(len: usize, f: impl FnOnce(*mut u8) -> R) -> Option<R> {
    if len == 0 {
        return Some(f(null_mut()));
    }
    // Taken out for the time of the call; a thread that ends has no more place to keep it.
    let mut scratch = KEPT.try_with(|kept| kept.replace(NONE)).unwrap_or(NONE);
    if scratch.len < len {
        drop(scratch);
        let layout = Layout::from_size_align(len, ALIGN).ok()?;
        // SAFETY: the length is not zero.
        let place = unsafe { alloc(layout) };
        if place.is_null() {
            return None;
        }
        scratch = Scratch { place, len };
    }
    let result = f(scratch.place);
    let _ = KEPT.try_with(|kept| kept.set(scratch));
    Some(result)
}
