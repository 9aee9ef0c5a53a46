//! One piece of parallel work: a counter of blocks, who is inside, and how it went.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::fault;
use crate::error::{Error, Result};

/// What the blocks run.
pub(super) type Work<'a> = dyn Fn(usize) -> Result<()> + Sync + 'a;

/// Work with its life time forgotten; the gate of the job keeps it alive while anyone is inside.
struct Erased(*const Work<'static>);

// SAFETY: the function is `Sync`, and the pointer is followed only by threads that passed the gate.
unsafe impl Send for Erased {}
// SAFETY: as above.
unsafe impl Sync for Erased {}

/// Who may come in.
#[derive(Default)]
struct Gate {
    closed: bool,
    joined: usize,
    /// Whether the caller sleeps until the last one has left.
    awaited: bool,
}

/// How the work failed.
#[derive(Default)]
struct Failure {
    error: Option<(usize, Error)>,
    panic: Option<Box<dyn Any + Send>>,
}

pub(super) struct Job {
    work: Erased,
    n_blocks: usize,
    most_helpers: usize,
    next: AtomicUsize,
    cancelled: AtomicBool,
    gate: Mutex<Gate>,
    /// Helpers inside the gate; grows under its lock alone.
    inside: AtomicUsize,
    left: Condvar,
    failure: Mutex<Failure>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Job {
    /// Work for `most_helpers` threads besides the caller.
    ///
    /// # Safety
    ///
    /// `work` stays alive until [`Job::wait_until_empty`] said that nobody is inside a closed gate.
    pub(super) unsafe fn new(work: &Work<'_>, n_blocks: usize, most_helpers: usize) -> Self {
        let work: *const Work<'_> = work;
        Self {
            // SAFETY: only the life time changes; the caller keeps the promise above.
            work: Erased(unsafe { (&raw const work).cast::<*const Work<'static>>().read() }),
            n_blocks,
            most_helpers,
            next: AtomicUsize::new(0),
            cancelled: AtomicBool::new(false),
            gate: Mutex::default(),
            inside: AtomicUsize::new(0),
            left: Condvar::new(),
            failure: Mutex::default(),
        }
    }

    /// Lets a helper in if there is still something to do.
    pub(super) fn enter(&self) -> bool {
        if self.is_exhausted() {
            return false;
        }
        let mut gate = lock(&self.gate);
        if gate.closed || gate.joined >= self.most_helpers {
            return false;
        }
        gate.joined += 1;
        self.inside.fetch_add(1, Ordering::Relaxed);
        true
    }

    /// A helper goes; the last one wakes the caller. What the helper wrote is seen by whoever sees it gone.
    pub(super) fn leave(&self) {
        let gate = lock(&self.gate);
        if self.inside.fetch_sub(1, Ordering::Release) == 1 && gate.awaited {
            self.left.notify_all();
        }
    }

    /// Whether no helper is inside.
    pub(super) fn is_empty(&self) -> bool {
        self.inside.load(Ordering::Acquire) == 0
    }

    /// Whether no block is left to take.
    pub(super) fn is_exhausted(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed) || self.next.load(Ordering::Relaxed) >= self.n_blocks
    }

    /// Whether more helpers may come.
    pub(super) fn wants_help(&self) -> bool {
        !self.is_exhausted() && lock(&self.gate).joined < self.most_helpers
    }

    /// Stops handing out blocks.
    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Takes and runs one block; false when there is none left.
    pub(super) fn step(&self) -> bool {
        if self.cancelled.load(Ordering::Relaxed) {
            return false;
        }
        let block = self.next.fetch_add(1, Ordering::Relaxed);
        if block >= self.n_blocks {
            return false;
        }
        // SAFETY: this thread is the caller or passed the gate, so the work is alive.
        let work = unsafe { &*self.work.0 };
        match catch_unwind(AssertUnwindSafe(|| {
            fault::probe();
            work(block)
        })) {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                self.fail(block, error);
                false
            }
            Err(panic) => {
                self.cancel();
                lock(&self.failure).panic.get_or_insert(panic);
                false
            }
        }
    }

    /// Records an error; that of the lowest block stands.
    pub(super) fn fail(&self, block: usize, error: Error) {
        self.cancel();
        let mut failure = lock(&self.failure);
        if failure.error.as_ref().is_none_or(|(at, _)| block < *at) {
            failure.error = Some((block, error));
        }
    }

    /// Closes the gate, so that nobody comes in any more; how many did.
    pub(super) fn close(&self) -> usize {
        let mut gate = lock(&self.gate);
        gate.closed = true;
        gate.joined
    }

    /// Waits a while for the helpers to go; true when none is inside.
    pub(super) fn wait_until_empty(&self, at_most: Duration) -> bool {
        let mut gate = lock(&self.gate);
        if !self.is_empty() {
            gate.awaited = true;
            drop(
                self.left
                    .wait_timeout(gate, at_most)
                    .unwrap_or_else(PoisonError::into_inner),
            );
        }
        self.is_empty()
    }

    /// The outcome; a panic of a block goes on in the caller.
    pub(super) fn outcome(&self) -> Result<()> {
        let mut failure = lock(&self.failure);
        if let Some(panic) = failure.panic.take() {
            drop(failure);
            std::panic::resume_unwind(panic);
        }
        match failure.error.take() {
            Some((_, error)) => Err(error),
            None => Ok(()),
        }
    }
}
