//! Fault injection for tests: makes an entry panic on demand, so that the gate can be tested everywhere.

use std::sync::atomic::{AtomicIsize, Ordering};

/// Entries left before one panics; negative is off.
static PANIC_AFTER: AtomicIsize = AtomicIsize::new(-1);

/// Makes the entry after the next `n` panic once; negative turns it off.
pub(crate) fn panic_after(n: isize) {
    PANIC_AFTER.store(n, Ordering::Relaxed);
}

/// Called at every entry.
#[inline]
pub(crate) fn probe() {
    if PANIC_AFTER.load(Ordering::Relaxed) >= 0 {
        count_down();
    }
}

#[cold]
fn count_down() {
    assert!(
        PANIC_AFTER.fetch_sub(1, Ordering::Relaxed) != 0,
        "injected fault"
    );
}
