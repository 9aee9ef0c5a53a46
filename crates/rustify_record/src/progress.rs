//! What the stages tell while they work, and how they are asked to stop. No terminal is known here.

use std::time::Duration;

/// Listens to the stages. Every method has an empty default.
pub trait Progress {
    /// The program has been running for this long; so many bytes of output came.
    fn running(&mut self, _elapsed: Duration, _limit: Duration, _output: u64) {}

    /// A function is being verified: `done` of `total` functions are finished.
    fn verifying(&mut self, _qualname: &str, _done: usize, _total: usize) {}

    /// A function is being timed: `done` of `total` functions are finished.
    fn timing(&mut self, _qualname: &str, _done: usize, _total: usize) {}

    /// Asked a few times a second: whether the user wants to stop (Ctrl-C). The child is ended then.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Listens to nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {}
