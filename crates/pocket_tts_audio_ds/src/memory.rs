//! Buffers that go to C and come back, and slices of what C gives.

use std::alloc::{Layout, alloc, dealloc};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

/// Bytes before the first item of a buffer, which hold its layout; the items stay aligned for everything.
const FRONT: usize = 16;
/// What stands in front of every buffer of ours that is alive.
const MARK: u64 = 0x7074_7473_6275_6666;

/// What stands in front of the items.
#[repr(C)]
struct Front {
    mark: u64,
    bytes: u64,
}

fn layout(bytes: usize) -> Option<Layout> {
    Layout::from_size_align(bytes.checked_add(FRONT)?, FRONT).ok()
}

/// `count` items from C; `None` for null with a length, misaligned pointers and impossible lengths.
///
/// # Safety
///
/// A pointer that is not null leads to `count` readable items.
pub(crate) unsafe fn items<'a, T: Copy>(from: *const T, count: usize) -> Option<&'a [T]> {
    if count == 0 {
        return Some(&[]);
    }
    let fits = count
        .checked_mul(size_of::<T>())
        .is_some_and(|n| isize::try_from(n).is_ok());
    if from.is_null() || !from.is_aligned() || !fits {
        return None;
    }
    // SAFETY: aligned and not null, checked above; readable, as the caller promises.
    Some(unsafe { std::slice::from_raw_parts(from, count) })
}

/// A buffer for C of `count` items, filled by `fill`; null where there is no memory, `fill` fails or panics.
pub(crate) fn buffer<T: Copy + Default>(
    count: usize,
    fill: impl FnOnce(&mut [T]) -> Option<()>,
) -> *mut T {
    let Some(bytes) = count.checked_mul(size_of::<T>()) else {
        return ptr::null_mut();
    };
    let Some(layout) = layout(bytes) else {
        return ptr::null_mut();
    };
    // SAFETY: the layout has at least the bytes of the front.
    let start = unsafe { alloc(layout) };
    if start.is_null() {
        return ptr::null_mut();
    }
    let front = Front {
        mark: MARK,
        bytes: bytes as u64,
    };
    // SAFETY: the front fits before the items, and the block is aligned for it.
    unsafe { start.cast::<Front>().write(front) };
    // SAFETY: within the block.
    let first = unsafe { start.add(FRONT) }.cast::<T>();
    for i in 0..count {
        // SAFETY: item `i` of the block.
        unsafe { first.add(i).write(T::default()) };
    }
    // SAFETY: `count` items, written above, that nobody else has.
    let made = unsafe { std::slice::from_raw_parts_mut(first, count) };
    if catch_unwind(AssertUnwindSafe(|| fill(made))).is_ok_and(|done| done.is_some()) {
        return first;
    }
    // SAFETY: the block was made above with this layout.
    unsafe { dealloc(start, layout) };
    ptr::null_mut()
}

/// A number for C; NaN where there is none.
pub(crate) fn number(work: impl FnOnce() -> Option<f32>) -> f32 {
    catch_unwind(AssertUnwindSafe(work))
        .ok()
        .flatten()
        .unwrap_or(f32::NAN)
}

/// Takes a buffer back. Null is nothing to take, and what carries no mark of ours is left alone.
///
/// # Safety
///
/// `first` is null or came from [`buffer`] and was not taken back before.
pub(crate) unsafe fn take_back(first: *mut u8) {
    if first.is_null() || !first.addr().is_multiple_of(FRONT) {
        return;
    }
    // SAFETY: a buffer has its front before the first item.
    let start = unsafe { first.sub(FRONT) };
    // SAFETY: as above.
    let front = unsafe { &mut *start.cast::<Front>() };
    if front.mark != MARK {
        return;
    }
    front.mark = 0;
    let Some(layout) = layout(front.bytes as usize) else {
        return;
    };
    // SAFETY: the block was made with this layout.
    unsafe { dealloc(start, layout) };
}
