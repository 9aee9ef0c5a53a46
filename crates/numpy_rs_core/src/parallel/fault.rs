//! Fault injection for tests: a block of parallel work panics on demand, so that the way out is tested too.

use std::sync::atomic::{AtomicIsize, Ordering};

/// Blocks left before one panics; negative is off.
static PANIC_AFTER: AtomicIsize = AtomicIsize::new(-1);

/// Makes the block after the next `n` panic once, on whichever thread runs it; negative turns it off.
pub fn panic_in_block_after(n: isize) {
    PANIC_AFTER.store(n, Ordering::Relaxed);
}

/// Called at the start of every block.
#[inline]
pub(super) fn probe() {
    if PANIC_AFTER.load(Ordering::Relaxed) >= 0 {
        count_down();
    }
}

#[cold]
fn count_down() {
    assert!(
        PANIC_AFTER.fetch_sub(1, Ordering::Relaxed) != 0,
        "injected fault in a block"
    );
}
