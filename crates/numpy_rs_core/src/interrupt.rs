//! Noticing Ctrl-C: a hook of the door, asked between blocks of long work on the thread that called.

use std::cell::Cell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// How long work goes on between two looks at the hook.
const INTERVAL: Duration = Duration::from_millis(10);

static POLL: OnceLock<fn() -> bool> = OnceLock::new();
static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Registers the function that tells whether the user asked to stop. It runs on the thread that called into core,
/// between blocks, and may run the user's signal handlers. The first registration stands.
pub fn set_poll(poll: fn() -> bool) {
    let _ = POLL.set(poll);
}

/// Asks the work in progress to stop, from any thread or a signal handler. One piece of work takes the request.
pub fn request() {
    REQUESTED.store(true, Ordering::Relaxed);
}

/// Whether the user asked to stop.
pub fn requested() -> bool {
    REQUESTED.swap(false, Ordering::Relaxed) || POLL.get().is_some_and(|poll| poll())
}

/// Asks the hook at most every few milliseconds.
#[derive(Debug, Default)]
pub struct Patience {
    /// Unset until the first check: reading the clock costs as much as a small copy.
    last: Cell<Option<Instant>>,
}

impl Patience {
    /// A clock that starts at the first check.
    pub fn new() -> Self {
        Self::default()
    }

    /// Fails with [`Error::Interrupted`] if the hook was not asked for a while and now says so.
    #[inline]
    pub fn check(&self) -> Result<()> {
        self.look().unwrap_or(Ok(()))
    }

    /// As [`Patience::check`]; `None` if it was too early to ask the hook.
    #[inline]
    pub fn look(&self) -> Option<Result<()>> {
        let now = Instant::now();
        let Some(last) = self.last.get() else {
            self.last.set(Some(now));
            return None;
        };
        if now.duration_since(last) < INTERVAL {
            return None;
        }
        self.last.set(Some(now));
        Some(if requested() {
            Err(Error::Interrupted)
        } else {
            Ok(())
        })
    }
}

/// A [`Patience`] for loops with short rounds: reads the clock only once in a number of rounds.
#[derive(Debug)]
pub struct Rounds {
    patience: Patience,
    every: u32,
    left: Cell<u32>,
}

impl Rounds {
    /// Looks once in `every` rounds.
    pub fn new(every: u32) -> Self {
        Self {
            patience: Patience::new(),
            every,
            left: Cell::new(every),
        }
    }

    /// Counts a round; as [`Patience::check`] when it is time.
    #[inline]
    pub fn check(&self) -> Result<()> {
        let left = self.left.get();
        if left > 1 {
            self.left.set(left - 1);
            return Ok(());
        }
        self.left.set(self.every);
        self.patience.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_young_clock_asks_nothing() {
        let patience = Patience::new();
        assert!(patience.check().is_ok());
        assert!(patience.check().is_ok());
    }
}
