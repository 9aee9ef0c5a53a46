//! Freed blocks kept for the next array of about their size, on two shelves.
//!
//! The system zeroes each page of a fresh block at its first touch, which takes as long as the arithmetic of a whole
//! ufunc or, on a virtual machine, ten times that. A kept block has its pages already. The C library keeps some blocks
//! too, but returns the end of its heap after each expression whose temporaries are larger together than one array
//! freed before, so that a loop over `(a + b) * (c + d)` gets all its pages anew in each turn.
//!
//! Medium blocks stay as they are, a few of them. The pages of large ones are marked as free for the taking
//! (`MADV_FREE`): under memory pressure the system takes them back, without asking and before it swaps or kills. Marking
//! takes a fifth of the time of a copy, so a few large blocks of moderate size are not marked either.

use std::sync::{Mutex, MutexGuard, OnceLock, TryLockError};

/// Blocks below this are the C library's: its own lists of freed blocks are as quick.
pub(crate) const MEDIUM: usize = 16 << 10;

/// Blocks from this on are marked as free for the taking.
const LARGE: usize = 4 << 20;

/// Large blocks up to this size are not marked while those that are not are twice as large together at most.
const UNMARKED: usize = 32 << 20;

/// Bytes kept on the shelf of large blocks unless `NUMPY_RS_KEEP_BYTES` says otherwise.
const DEFAULT_LIMIT: usize = 256 << 20;

/// Bytes kept on the shelf of medium blocks, if the limit of the large ones is not smaller.
const MEDIUM_LIMIT: usize = 32 << 20;

/// Medium blocks kept: looking through more would take longer than a small array's arithmetic.
const MEDIUM_COUNT: usize = 24;

struct Block {
    ptr: *mut u8,
    n_bytes: usize,
    /// Whether the system may take its pages.
    marked: bool,
}

// SAFETY: a kept block belongs to nobody else and has no thread affinity.
unsafe impl Send for Block {}

/// Kept blocks, oldest first.
struct Shelf {
    blocks: Vec<Block>,
    total: usize,
}

impl Shelf {
    const fn new() -> Self {
        Self {
            blocks: Vec::new(),
            total: 0,
        }
    }

    /// The newest block for `n_bytes` bytes that wastes at most a fifth of itself.
    fn take(&mut self, n_bytes: usize) -> Option<*mut u8> {
        let fits = |b: &Block| b.n_bytes >= n_bytes && b.n_bytes - n_bytes <= b.n_bytes / 5;
        let at = self.blocks.iter().rposition(fits)?;
        let block = self.blocks.remove(at);
        self.total -= block.n_bytes;
        Some(block.ptr)
    }

    /// Frees the oldest blocks until `n_bytes` bytes more are within `limit`, and one block more within `count`;
    /// false if there is no room.
    fn make_room(&mut self, n_bytes: usize, limit: usize, count: usize) -> bool {
        if n_bytes > limit || self.blocks.try_reserve(1).is_err() {
            return false;
        }
        let (mut left, mut n_old) = (self.total, 0);
        for block in &self.blocks {
            if left + n_bytes <= limit && self.blocks.len() - n_old < count {
                break;
            }
            left -= block.n_bytes;
            n_old += 1;
        }
        free_all(self.blocks.drain(..n_old));
        self.total = left;
        true
    }

    fn push(&mut self, ptr: *mut u8, n_bytes: usize, marked: bool) {
        self.total += n_bytes;
        self.blocks.push(Block {
            ptr,
            n_bytes,
            marked,
        });
    }
}

static MEDIUM_BLOCKS: Mutex<Shelf> = Mutex::new(Shelf::new());
static LARGE_BLOCKS: Mutex<Shelf> = Mutex::new(Shelf::new());

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

/// A shelf, unless another thread is at it: one that did not live on in a forked child would never let go.
fn open(shelf: &'static Mutex<Shelf>) -> Option<MutexGuard<'static, Shelf>> {
    match shelf.try_lock() {
        Ok(shelf) => Some(shelf),
        Err(TryLockError::Poisoned(shelf)) => Some(shelf.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

/// The shelf on which blocks of this size lie.
fn shelf_of(n_bytes: usize) -> &'static Mutex<Shelf> {
    if n_bytes < LARGE {
        &MEDIUM_BLOCKS
    } else {
        &LARGE_BLOCKS
    }
}

/// A kept block for `n_bytes` bytes that wastes at most a fifth of itself, or null.
pub(crate) fn take(n_bytes: usize) -> *mut u8 {
    if n_bytes < MEDIUM {
        return std::ptr::null_mut();
    }
    open(shelf_of(n_bytes))
        .and_then(|mut shelf| shelf.take(n_bytes))
        .unwrap_or(std::ptr::null_mut())
}

/// As [`take`], with all bytes zero; null for large blocks, which the system zeroes page by page as they are used.
pub(crate) fn take_zeroed(n_bytes: usize) -> *mut u8 {
    if n_bytes >= LARGE {
        return std::ptr::null_mut();
    }
    let ptr = take(n_bytes);
    if !ptr.is_null() {
        // SAFETY: the block has `n_bytes` bytes at least and is the caller's alone.
        unsafe { ptr.write_bytes(0, n_bytes) };
    }
    ptr
}

/// Keeps a block from C's `malloc`, or says no. Older blocks make room.
///
/// # Safety
///
/// The block has at least `n_bytes` bytes; after a yes the caller does not use it again.
pub(crate) unsafe fn keep(ptr: *mut u8, n_bytes: usize) -> bool {
    if ptr.is_null() || n_bytes < MEDIUM {
        return false;
    }
    // SAFETY: a live block of C's `malloc`.
    let n_bytes = unsafe { usable(ptr, n_bytes) };
    let Some(mut shelf) = open(shelf_of(n_bytes)) else {
        return false;
    };
    if n_bytes < LARGE {
        let kept = shelf.make_room(n_bytes, MEDIUM_LIMIT.min(limit()), MEDIUM_COUNT);
        if kept {
            shelf.push(ptr, n_bytes, false);
        }
        return kept;
    }
    if !shelf.make_room(n_bytes, limit(), usize::MAX) {
        return false;
    }
    let marked = n_bytes > UNMARKED;
    if marked {
        // SAFETY: the block is nobody's now.
        unsafe { offer_pages(ptr, n_bytes) };
    }
    shelf.push(ptr, n_bytes, marked);
    mark_oldest(&mut shelf.blocks);
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
    let mut any = false;
    for shelf in [&MEDIUM_BLOCKS, &LARGE_BLOCKS] {
        let shelf = open(shelf).map_or(Shelf::new(), |mut shelf| {
            std::mem::replace(&mut *shelf, Shelf::new())
        });
        any |= !shelf.blocks.is_empty();
        free_all(shelf.blocks.into_iter());
    }
    any
}

fn free_all(blocks: impl Iterator<Item = Block>) {
    for block in blocks {
        // SAFETY: the block is C's and nobody else's.
        unsafe { libc::free(block.ptr.cast()) };
    }
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

    /// A block of C's `malloc` that is given away.
    fn block(n_bytes: usize) -> *mut u8 {
        // SAFETY: malloc takes any size.
        unsafe { libc::malloc(n_bytes).cast() }
    }

    /// One test of large blocks, as the process has one shelf of them.
    #[test]
    fn a_block_comes_back_only_for_its_size() {
        if limit() < DEFAULT_LIMIT {
            return;
        }
        let n = LARGE + 12_345;
        let (small, ptr) = (block(100), block(n));
        // SAFETY: nobody else has the blocks.
        unsafe {
            assert!(!keep(small, 100));
            libc::free(small.cast());
            assert!(keep(ptr, n));
        }
        assert!(take(2 * n).is_null(), "too small a block");
        assert!(take(LARGE / 2).is_null(), "too much waste");
        assert_eq!(take(n - 1000), ptr);
        assert!(take(n - 1000).is_null(), "given away once");
        // SAFETY: as above.
        assert!(unsafe { keep(ptr, n) });
        assert!(let_go());
    }

    #[test]
    fn the_oldest_blocks_make_room() {
        let mut shelf = Shelf::new();
        for turn in 1..=5 {
            assert!(shelf.make_room(MEDIUM, 4 * MEDIUM, usize::MAX));
            shelf.push(block(MEDIUM), MEDIUM, false);
            assert_eq!(shelf.total, turn.min(4) * MEDIUM);
        }
        assert!(shelf.make_room(MEDIUM, usize::MAX, 3));
        assert_eq!(shelf.blocks.len(), 2);
        assert!(
            !shelf.make_room(MEDIUM + 1, MEDIUM, usize::MAX),
            "never so large"
        );
        assert!(shelf.take(2 * MEDIUM).is_none());
        for _ in 0..2 {
            let ptr = shelf.take(MEDIUM - 1000).expect("a block of this size");
            // SAFETY: nobody else has the block.
            unsafe { libc::free(ptr.cast()) };
        }
        assert_eq!(shelf.total, 0);
    }

    #[test]
    fn zeroed_blocks_are_zero() {
        let ptr = block(MEDIUM);
        // SAFETY: the block has as many bytes, and nobody else has it.
        unsafe {
            ptr.write_bytes(7, MEDIUM);
            if !keep(ptr, MEDIUM) {
                return libc::free(ptr.cast());
            }
        }
        let zeroed = take_zeroed(MEDIUM - 100);
        if !zeroed.is_null() {
            // SAFETY: as above.
            unsafe {
                let bytes = std::slice::from_raw_parts(zeroed, MEDIUM - 100);
                assert!(bytes.iter().all(|&byte| byte == 0));
                libc::free(zeroed.cast());
            }
        }
    }
}
