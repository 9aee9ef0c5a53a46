//! One pool of threads of our own for large work, and the same results for any number of threads.
//!
//! Work comes as numbered blocks. The caller takes blocks itself, so nothing ever waits for a thread that does not
//! exist; while the last blocks of others are in progress it waits with time-outs and looks for Ctrl-C. A forked child
//! finds a pool of another process behind the pointer, leaves it where it is, and makes its own.

mod count;
mod fault;
mod place;
mod job;
mod pool;
mod shared;

use std::cell::Cell;

pub use count::{num_threads, set_num_threads};
pub use fault::panic_in_block_after;
pub use shared::SharedPtr;

use crate::error::Result;
use crate::interrupt::Patience;

thread_local! {
    /// Whether this thread is inside a block: further calls then run inline.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Whether the current thread is at work on a block.
pub fn is_inside() -> bool {
    INSIDE.get()
}

/// Runs `f(0)`, `f(1)` … `f(n_blocks - 1)` on the pool, in any order and at the same time. Blocks should take
/// 20 ms at most. The first error (that of the lowest block among those met) stops the rest.
pub fn for_each_block(n_blocks: usize, f: &(dyn Fn(usize) -> Result<()> + Sync)) -> Result<()> {
    for_each_block_on(num_threads(), n_blocks, f)
}

/// As [`for_each_block`], on at most so many threads.
pub fn for_each_block_on(
    most: usize,
    n_blocks: usize,
    f: &(dyn Fn(usize) -> Result<()> + Sync),
) -> Result<()> {
    let n_threads = num_threads().min(n_blocks).min(most);
    if n_threads <= 1 || is_inside() {
        return in_order(n_blocks, &mut |i| f(i));
    }
    pool::run(n_blocks, n_threads, true, f)
}

/// As [`for_each_block`], for short work that must not stop halfway: Ctrl-C waits until it is done.
pub fn to_the_end(n_blocks: usize, f: &(dyn Fn(usize) + Sync)) -> Result<()> {
    let n_threads = num_threads().min(n_blocks);
    if n_threads <= 1 || is_inside() {
        (0..n_blocks).for_each(f);
        return Ok(());
    }
    pool::run(n_blocks, n_threads, false, &|i| {
        f(i);
        Ok(())
    })
}

/// Runs `f` on parts of so many items, on several threads as [`to_the_end`] does.
pub fn for_each_part<T: Send>(
    items: &mut [T],
    length: usize,
    f: &(dyn Fn(&mut [T]) + Sync),
) -> Result<()> {
    let n_items = items.len();
    let base = SharedPtr::new(items.as_ptr().cast());
    to_the_end(n_items.div_ceil(length), &|i| {
        let begin = i * length;
        let part = length.min(n_items - begin);
        // SAFETY: parts lie inside the slice, which is borrowed until all blocks are done, and no two overlap.
        f(unsafe {
            std::slice::from_raw_parts_mut(
                base.at((begin * size_of::<T>()) as isize).cast::<T>(),
                part,
            )
        });
    })
}

/// Runs the blocks one after another on this thread, looking for Ctrl-C between them.
pub fn in_order(n_blocks: usize, f: &mut dyn FnMut(usize) -> Result<()>) -> Result<()> {
    if n_blocks == 1 {
        fault::probe();
        return f(0);
    }
    // A worker of the pool has no business with signals: its caller looks after them.
    let patience = (!is_inside()).then(Patience::new);
    for i in 0..n_blocks {
        if let Some(patience) = &patience
            && i > 0
        {
            patience.check()?;
        }
        fault::probe();
        f(i)?;
    }
    Ok(())
}
