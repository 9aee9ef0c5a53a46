//! Small blocks of memory, kept for the next requests of the thread that asks first.
//!
//! Lists, dicts and texts come and go by the hundred within one call. The system's allocator keeps few blocks of a size
//! at hand, and takes the long way for the others. One thread has the shelves, as a rule Python's main thread, and no
//! thread that ends leaves memory behind.

use std::alloc::{GlobalAlloc, Layout, System};
#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
use std::arch::asm;
use std::cell::Cell;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Sizes are rounded up to a multiple of this, which is also the strictest alignment.
const STEP: usize = 16;
/// Larger blocks are the system's.
const LARGEST: usize = 512;
const SIZES: usize = LARGEST / STEP;
/// So many blocks of a size are kept.
const MOST: u32 = 256;

/// A kept block; it begins with the next one of its size.
struct Block {
    next: *mut Block,
}

/// The kept blocks of one size.
struct Shelf {
    first: Cell<*mut Block>,
    count: Cell<u32>,
}

/// The kept blocks, by size.
struct Shelves([Shelf; SIZES]);

// SAFETY: only the thread whose mark is `OWNER` looks at them.
unsafe impl Sync for Shelves {}

static SHELVES: Shelves = Shelves(
    [const {
        Shelf {
            first: Cell::new(ptr::null_mut()),
            count: Cell::new(0),
        }
    }; SIZES],
);

/// The mark of the thread that has the shelves; zero before the first request. A thread that gets the same mark later
/// runs after that one has ended.
static OWNER: AtomicUsize = AtomicUsize::new(0);

/// What tells this thread from all others that are alive: the address of its own data.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[inline]
fn mark() -> usize {
    let mark;
    // SAFETY: by the platform's ABI the first word there is its own address.
    unsafe {
        asm!("mov {}, fs:0", out(reg) mark, options(pure, readonly, nostack, preserves_flags));
    }
    mark
}

/// What tells this thread from all others that are alive: the address of its own data.
#[cfg(all(target_os = "linux", target_arch = "aarch64"))]
#[inline]
fn mark() -> usize {
    let mark;
    // SAFETY: every program may read this register.
    unsafe {
        asm!("mrs {}, tpidr_el0", out(reg) mark, options(pure, nomem, nostack, preserves_flags));
    }
    mark
}

/// What tells this thread from all others that are alive: the address of its own data.
#[cfg(not(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
)))]
#[inline]
fn mark() -> usize {
    thread_local! {
        static HERE: u8 = const { 0 };
    }
    HERE.with(|here| ptr::from_ref(here).addr())
}

/// The shelf for blocks of a size, if this thread has the shelves.
#[inline]
fn shelf(class: usize) -> Option<&'static Shelf> {
    let mark = mark();
    let owner = OWNER.load(Ordering::Relaxed);
    if owner == mark || (owner == 0 && is_first(mark)) {
        return Some(&SHELVES.0[class]);
    }
    None
}

#[cold]
fn is_first(mark: usize) -> bool {
    let set = OWNER.compare_exchange(0, mark, Ordering::Relaxed, Ordering::Relaxed);
    set.is_ok()
}

impl Shelf {
    #[inline]
    fn take(&self) -> Option<*mut u8> {
        let first = self.first.get();
        if first.is_null() {
            return None;
        }
        // SAFETY: a block on the shelf is nobody else's, and `put` has written its beginning.
        self.first.set(unsafe { (*first).next });
        self.count.set(self.count.get() - 1);
        Some(first.cast())
    }

    /// Keeps a block of this size, if there is room.
    ///
    /// # Safety
    ///
    /// Nobody uses the block any more; it has this shelf's size and its alignment.
    #[inline]
    unsafe fn put(&self, block: *mut u8) -> bool {
        if self.count.get() >= MOST {
            return false;
        }
        let block = block.cast::<Block>();
        // SAFETY: every size has room for a pointer, and the caller's promise.
        unsafe { (*block).next = self.first.get() };
        self.first.set(block);
        self.count.set(self.count.get() + 1);
        true
    }
}

/// The number of the shelf for a layout, if there is one.
#[inline]
const fn class_of(layout: Layout) -> Option<usize> {
    if layout.size() == 0 || layout.size() > LARGEST || layout.align() > STEP {
        return None;
    }
    Some((layout.size() - 1) / STEP)
}

#[inline]
const fn layout_of(class: usize) -> Layout {
    // SAFETY: the alignment is a power of two, and the size is small.
    unsafe { Layout::from_size_align_unchecked((class + 1) * STEP, STEP) }
}

/// The allocator of the crate.
pub struct Kept;

// SAFETY: a block is handed out once until it comes back, with at least the size and the alignment asked for. Blocks of
// a shelf's size are the system's with that layout, whichever thread asked for them.
unsafe impl GlobalAlloc for Kept {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(class) = class_of(layout) else {
            // SAFETY: the caller's promise.
            return unsafe { System.alloc(layout) };
        };
        match shelf(class).and_then(Shelf::take) {
            Some(block) => block,
            // SAFETY: the size is not zero.
            None => unsafe { System.alloc(layout_of(class)) },
        }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let Some(class) = class_of(layout) else {
            // SAFETY: the caller's promise; such layouts are the system's.
            return unsafe { System.dealloc(block, layout) };
        };
        // SAFETY: the caller gives the block up, which `alloc` has made for this size.
        if shelf(class).is_none_or(|shelf| !unsafe { shelf.put(block) }) {
            // SAFETY: the block was made with this layout.
            unsafe { System.dealloc(block, layout_of(class)) };
        }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller has checked that the size is valid with this alignment.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        match (class_of(layout), class_of(wanted)) {
            // SAFETY: the caller's promise; both layouts are the system's.
            (None, None) => unsafe { System.realloc(block, layout, size) },
            (Some(old), Some(new)) if old == new => block,
            _ => {
                // SAFETY: the new block is another one, and the copied length lies within both.
                unsafe {
                    let new = self.alloc(wanted);
                    if !new.is_null() {
                        ptr::copy_nonoverlapping(block, new, layout.size().min(size));
                        self.dealloc(block, layout);
                    }
                    new
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn layout(size: usize) -> Layout {
        Layout::from_size_align(size, 8).unwrap()
    }

    /// Writes a block whole, so that one that is too small or handed out twice shows.
    fn filled(size: usize, with: u8) -> usize {
        // SAFETY: the size is not zero, and the block is written within it.
        unsafe {
            let block = Kept.alloc(layout(size));
            assert!(!block.is_null() && block.addr().is_multiple_of(8));
            block.write_bytes(with, size);
            block.expose_provenance()
        }
    }

    fn is_all(block: usize, size: usize, with: u8) -> bool {
        let block = ptr::with_exposed_provenance::<u8>(block);
        // SAFETY: the block has been written with this size.
        (0..size).all(|at| unsafe { *block.add(at) } == with)
    }

    fn free(block: usize, size: usize) {
        // SAFETY: each test gives every block back once, with its size.
        unsafe { Kept.dealloc(ptr::with_exposed_provenance_mut(block), layout(size)) }
    }

    #[test]
    fn blocks_are_never_handed_out_twice() {
        let sizes = [1, 8, 16, 17, 31, 64, 100, 511, 512, 513, 4000];
        for round in 0..3u8 {
            let blocks: Vec<(usize, usize, u8)> = (0..400)
                .map(|i| (sizes[i % sizes.len()], (i % 251) as u8 ^ round))
                .map(|(size, with)| (filled(size, with), size, with))
                .collect();
            for &(block, size, with) in &blocks {
                assert!(is_all(block, size, with));
            }
            blocks
                .iter()
                .for_each(|&(block, size, _)| free(block, size));
        }
    }

    #[test]
    fn blocks_grow_and_shrink_with_their_contents() {
        let mut block = filled(8, 7);
        let mut old = 8;
        for size in [9, 16, 17, 500, 512, 600, 5000, 512, 40, 16] {
            // SAFETY: the block has the old size.
            let moved =
                unsafe { Kept.realloc(ptr::with_exposed_provenance_mut(block), layout(old), size) };
            block = moved.expose_provenance();
            assert!(is_all(block, old.min(size).min(8), 7));
            old = size;
        }
        free(block, old);
    }

    #[test]
    fn blocks_go_from_thread_to_thread() {
        let blocks: Vec<usize> = (0..300).map(|_| filled(48, 3)).collect();
        let there = thread::spawn(move || {
            assert!(blocks.iter().all(|&block| is_all(block, 48, 3)));
            blocks.into_iter().for_each(|block| free(block, 48));
            (0..300).map(|_| filled(48, 4)).collect::<Vec<usize>>()
        });
        let blocks = there.join().unwrap();
        assert!(blocks.iter().all(|&block| is_all(block, 48, 4)));
        blocks.into_iter().for_each(|block| free(block, 48));
    }
}
