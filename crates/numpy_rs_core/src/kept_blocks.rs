//! Large freed blocks kept for the next array of about their size.
//!
//! The system zeroes each page of a fresh block at its first touch, which takes as long as the arithmetic of a whole
//! ufunc. A kept block has its pages already. Those of large blocks are marked as free for the taking (`MADV_FREE`): under
//! memory pressure the system takes them back, without asking and before it swaps or kills. Marking takes a fifth of the
//! time of a copy, so a few blocks of moderate size stay as they are; the C library does not return these either.

use std::sync::{Mutex, MutexGuard, OnceLock, TryLockError};

/// Blocks below this are reused by the C library itself.
const SMALLEST: usize = 4 << 20;

/// Blocks up to this size are not marked while those that are not are twice as large together at most.
const UNMARKED: usize = 32 << 20;

/// Bytes kept unless `NUMPY_RS_KEEP_BYTES` says otherwise.
const DEFAULT_LIMIT: usize = 256 << 20;

struct Block {
    ptr: *mut u8,
    n_bytes: usize,
    /// Whether the system may take its pages.
    marked: bool,
}

// SAFETY: a kept block belongs to nobody else and has no thread affinity.
unsafe impl Send for Block {}

/// Oldest first.
static KEPT: Mutex<Vec<Block>> = Mutex::new(Vec::new());

fn limit() -> usize {
    static LIMIT: OnceLock<usize> = OnceLock::new();
    *LIMIT.get_or_init(|| {
        let supported = cfg!(target_os = "linux");
        std::env::var("NUMPY_RS_KEEP_BYTES")
            .ok()
            .and_then(|v| v.trim().parse().ok())
            .unwrap_or(if supported { DEFAULT_LIMIT } else { 0 })
    })
}

/// The blocks, unless another thread is at them: one that did not live on in a forked child would never let go.
fn blocks() -> Option<MutexGuard<'static, Vec<Block>>> {
    match KEPT.try_lock() {
        Ok(kept) => Some(kept),
        Err(TryLockError::Poisoned(kept)) => Some(kept.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

/// A kept block for `n_bytes` bytes that wastes at most a fifth of itself, or null.
pub(crate) fn take(n_bytes: usize) -> *mut u8 {
    if n_bytes < SMALLEST || limit() == 0 {
        return std::ptr::null_mut();
    }
    let Some(mut kept) = blocks() else {
        return std::ptr::null_mut();
    };
    let fits = |b: &Block| b.n_bytes >= n_bytes && b.n_bytes - n_bytes <= b.n_bytes / 5;
    match kept.iter().rposition(fits) {
        Some(i) => kept.remove(i).ptr,
        None => std::ptr::null_mut(),
    }
}

/// Keeps a block from C's `malloc`, or says no. Older blocks make room.
///
/// # Safety
///
/// The block has at least `n_bytes` bytes; after a yes the caller does not use it again.
pub(crate) unsafe fn keep(ptr: *mut u8, n_bytes: usize) -> bool {
    if ptr.is_null() || n_bytes < SMALLEST || n_bytes > limit() {
        return false;
    }
    // SAFETY: a live block of C's `malloc`.
    let n_bytes = unsafe { usable(ptr, n_bytes) };
    let Some(mut kept) = blocks() else {
        return false;
    };
    let mut total: usize = kept.iter().map(|b| b.n_bytes).sum::<usize>() + n_bytes;
    let mut n_old = 0;
    while total > limit() && n_old < kept.len() {
        total -= kept[n_old].n_bytes;
        n_old += 1;
    }
    if total > limit() || kept.try_reserve(1).is_err() {
        return false;
    }
    for old in kept.drain(..n_old) {
        // SAFETY: the block is C's and nobody else's.
        unsafe { libc::free(old.ptr.cast()) };
    }
    let marked = n_bytes > UNMARKED;
    if marked {
        // SAFETY: as above.
        unsafe { offer_pages(ptr, n_bytes) };
    }
    kept.push(Block {
        ptr,
        n_bytes,
        marked,
    });
    mark_oldest(&mut kept);
    true
}

/// Marks blocks, the oldest first, until those that are not marked are few: the newest is the next to be taken.
fn mark_oldest(kept: &mut [Block]) {
    let mut unmarked: usize = kept.iter().filter(|b| !b.marked).map(|b| b.n_bytes).sum();
    for block in kept.iter_mut().filter(|b| !b.marked) {
        if unmarked <= 2 * UNMARKED {
            return;
        }
        // SAFETY: a kept block is nobody else's.
        unsafe { offer_pages(block.ptr, block.n_bytes) };
        block.marked = true;
        unmarked -= block.n_bytes;
    }
}

/// Frees all that is kept; true if there was anything.
pub(crate) fn let_go() -> bool {
    let kept = blocks().map_or_else(Vec::new, |mut kept| std::mem::take(&mut *kept));
    for block in &kept {
        // SAFETY: the block is C's and nobody else's.
        unsafe { libc::free(block.ptr.cast()) };
    }
    !kept.is_empty()
}

/// The bytes that a block really has.
#[cfg(target_os = "linux")]
unsafe fn usable(ptr: *mut u8, _n_bytes: usize) -> usize {
    // SAFETY: promised by the caller.
    unsafe { libc::malloc_usable_size(ptr.cast()) }
}

#[cfg(not(target_os = "linux"))]
unsafe fn usable(_ptr: *mut u8, n_bytes: usize) -> usize {
    n_bytes
}

/// Tells the system that the contents are of no use, so that it may take the pages when it needs them.
unsafe fn offer_pages(ptr: *mut u8, n_bytes: usize) {
    #[cfg(target_os = "linux")]
    {
        const PAGE: usize = 4096;
        let skip = ptr.align_offset(PAGE);
        let whole = (n_bytes - skip) / PAGE * PAGE;
        // SAFETY: whole pages inside a block that nobody uses.
        unsafe { libc::madvise(ptr.add(skip).cast(), whole, libc::MADV_FREE) };
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (ptr, n_bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test, as the blocks are shared by the whole process.
    #[test]
    fn a_block_comes_back_only_for_its_size() {
        if limit() < DEFAULT_LIMIT {
            return;
        }
        let n = SMALLEST + 12_345;
        // SAFETY: a block of C's malloc that is given away once.
        let (small_refused, kept, ptr) = unsafe {
            let small = libc::malloc(100).cast::<u8>();
            let refused = !keep(small, 100);
            libc::free(small.cast());
            let ptr = libc::malloc(n).cast::<u8>();
            (refused, keep(ptr, n), ptr)
        };
        assert!(small_refused && kept);
        assert!(take(2 * n).is_null(), "too small a block");
        assert!(take(SMALLEST / 2).is_null(), "too much waste");
        assert_eq!(take(n - 1000), ptr);
        assert!(take(n - 1000).is_null(), "given away once");
        // SAFETY: as above.
        assert!(unsafe { keep(ptr, n) });
        assert!(let_go() && !let_go());
    }
}
