//! Blocks of one walk over threads: whether to share is decided by the time that the first one takes.

use std::time::{Duration, Instant};

use crate::error::Result;
use crate::parallel;

/// Work that one thread finishes in less time stays on it.
const WORTH_SHARING: Duration = Duration::from_micros(200);

/// Runs blocks `0..n_blocks`, which take about the same time each, on several threads if that pays. Work on objects
/// stays on the calling thread, in order.
pub(super) fn share(
    n_blocks: usize,
    has_objects: bool,
    block: &(dyn Fn(usize) -> Result<()> + Sync),
) -> Result<()> {
    if n_blocks == 0 {
        return Ok(());
    }
    if has_objects || n_blocks == 1 || parallel::num_threads() == 1 || parallel::is_inside() {
        return parallel::in_order(n_blocks, &mut |i| block(i));
    }
    let begin = Instant::now();
    block(0)?;
    let rest = n_blocks - 1;
    if begin.elapsed() * rest as u32 >= WORTH_SHARING {
        parallel::for_each_block(rest, &|i| block(i + 1))
    } else {
        parallel::in_order(rest, &mut |i| block(i + 1))
    }
}

/// Pointers that several threads may use, each within its own blocks.
pub(super) struct Shared<'a>(pub(super) &'a [*mut u8]);

// SAFETY: threads touch disjoint elements for writing; object elements never leave the calling thread.
unsafe impl Sync for Shared<'_> {}

impl Shared<'_> {
    pub(super) fn get(&self) -> &[*mut u8] {
        self.0
    }
}
