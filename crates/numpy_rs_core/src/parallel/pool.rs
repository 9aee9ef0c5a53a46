//! The threads: detached, started when first wanted, asleep on one queue of jobs.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::INSIDE;
use super::count::{num_threads, processors};
use super::job::{Job, Work};
use super::place;
use crate::error::{Error, Result};
use crate::interrupt::{self, Patience};

/// The stack of a worker; kernels need little, libraries called from blocks more.
const STACK_BYTES: usize = 4 << 20;
/// How long the caller sleeps between two looks for Ctrl-C.
const NAP: Duration = Duration::from_millis(5);

/// How long a thread looks for work or for an end before it sleeps.
const SPIN: Duration = Duration::from_micros(100);
/// Looks between two at the clock.
const SPINS_A_LOOK: u32 = 32;

struct Pool {
    process: u32,
    started: AtomicUsize,
    queue: Mutex<VecDeque<Arc<Job>>>,
    /// The number of jobs that ever came into the queue, for workers that look without its lock.
    posted: AtomicUsize,
    /// Workers that wait for `more`; changes under the lock of the queue.
    asleep: AtomicUsize,
    more: Condvar,
    /// The processor that the last job came from.
    caller: AtomicUsize,
}

/// The pool of this process, or of the process that this one was forked from, or null.
static POOL: AtomicPtr<Pool> = AtomicPtr::new(std::ptr::null_mut());

/// The pool of this process. Pools are never freed: a forked child may not touch the locks of its parent's, and
/// detached workers use theirs until the process ends.
fn current() -> &'static Pool {
    let process = std::process::id();
    let known = POOL.load(Ordering::Acquire);
    // SAFETY: a non-null pointer comes from a leaked box; `process` never changes after it was published.
    if !known.is_null() && unsafe { (*known).process } == process {
        // SAFETY: as above.
        return unsafe { &*known };
    }
    let fresh = Box::into_raw(Box::new(Pool {
        process,
        started: AtomicUsize::new(0),
        queue: Mutex::default(),
        posted: AtomicUsize::new(0),
        asleep: AtomicUsize::new(0),
        more: Condvar::new(),
        caller: AtomicUsize::new(usize::MAX),
    }));
    match POOL.compare_exchange(known, fresh, Ordering::AcqRel, Ordering::Acquire) {
        // SAFETY: published and leaked.
        Ok(_) => unsafe { &*fresh },
        Err(winner) => {
            // SAFETY: `fresh` was not published; `winner` is another thread's leaked pool of this process.
            unsafe {
                drop(Box::from_raw(fresh));
                &*winner
            }
        }
    }
}

impl Pool {
    fn queue(&self) -> MutexGuard<'_, VecDeque<Arc<Job>>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts workers until there are `n`; fewer if the system refuses.
    fn start(&'static self, n: usize) {
        while self.started.load(Ordering::Relaxed) < n {
            let id = self.started.fetch_add(1, Ordering::Relaxed);
            let spawned = std::thread::Builder::new()
                .name(format!("numpy_rs-{id}"))
                .stack_size(STACK_BYTES)
                .spawn(move || self.work());
            if spawned.is_err() {
                self.started.fetch_sub(1, Ordering::Relaxed);
                return;
            }
        }
    }

    /// The life of a worker.
    fn work(&self) {
        block_signals();
        INSIDE.set(true);
        loop {
            self.make_way();
            let seen = self.posted.load(Ordering::Acquire);
            if let Some(job) = self.first() {
                if job.enter() {
                    while job.step() {}
                    job.leave();
                }
                continue;
            }
            if spin_until(|| self.posted.load(Ordering::Acquire) != seen) {
                continue;
            }
            let mut queue = self.queue();
            while self.posted.load(Ordering::Acquire) == seen {
                self.asleep.fetch_add(1, Ordering::Relaxed);
                queue = self
                    .more
                    .wait(queue)
                    .unwrap_or_else(PoisonError::into_inner);
                self.asleep.fetch_sub(1, Ordering::Relaxed);
            }
        }
    }

    /// Moves a worker away from the processor of the caller: two threads that take turns are no faster than one.
    fn make_way(&self) {
        let caller = self.caller.load(Ordering::Relaxed);
        if place::processor() == Some(caller) {
            place::leave_processor(caller);
        }
    }

    /// The job that has waited longest for more helpers.
    fn first(&self) -> Option<Arc<Job>> {
        let mut queue = self.queue();
        queue.retain(|job| job.wants_help());
        queue.front().map(Arc::clone)
    }

    /// Puts a job into the queue and wakes workers for it, as far as they sleep.
    fn post(&self, job: &Arc<Job>, helpers: usize) {
        let here = place::processor().unwrap_or(usize::MAX);
        self.caller.store(here, Ordering::Relaxed);
        let mut queue = self.queue();
        queue.push_back(Arc::clone(job));
        self.posted.fetch_add(1, Ordering::Release);
        let asleep = self.asleep.load(Ordering::Relaxed);
        drop(queue);
        for _ in 0..helpers.min(asleep) {
            self.more.notify_one();
        }
    }
}

/// Waits a moment without sleeping, as short jobs in a row want it: waking a thread takes longer than many of them. False
/// if it took longer than that, or if there are more threads than processors.
pub(super) fn spin_until(done: impl Fn() -> bool) -> bool {
    if done() {
        return true;
    }
    if num_threads() > processors() {
        return false;
    }
    let begin = Instant::now();
    while begin.elapsed() < SPIN {
        for _ in 0..SPINS_A_LOOK {
            if done() {
                return true;
            }
            std::hint::spin_loop();
        }
    }
    false
}

/// Signals belong to the threads of the program.
fn block_signals() {
    #[cfg(unix)]
    // SAFETY: the set is filled before it is used.
    unsafe {
        let mut all = std::mem::zeroed::<libc::sigset_t>();
        libc::sigfillset(&raw mut all);
        libc::pthread_sigmask(libc::SIG_BLOCK, &raw const all, std::ptr::null_mut());
    }
}

/// Resets the mark of being inside, also when a block panics.
struct Inside;

impl Drop for Inside {
    fn drop(&mut self) {
        INSIDE.set(false);
    }
}

/// Runs the blocks on `n_threads` threads, this one included; looks for Ctrl-C where the work may stop.
pub(super) fn run(
    n_blocks: usize,
    n_threads: usize,
    may_stop: bool,
    work: &Work<'_>,
) -> Result<()> {
    let pool = current();
    pool.start(n_threads - 1);
    // SAFETY: this function does not return before nobody is inside the closed gate, or the workers do not exist.
    let job = Arc::new(unsafe { Job::new(work, n_blocks, n_threads - 1) });
    pool.post(&job, n_threads - 1);
    let patience = Patience::new();
    loop {
        INSIDE.set(true);
        let inside = Inside;
        let went_on = job.step();
        drop(inside);
        if !went_on {
            break;
        }
        if !may_stop {
            continue;
        }
        let Some(checked) = patience.look() else {
            continue;
        };
        if std::process::id() != pool.process {
            // The look for Ctrl-C ran a signal handler, and that forked: in the child nobody else is at work, what they
            // had begun is lost, and their locks may stay shut.
            return Err(Error::Interrupted);
        }
        if let Err(error) = checked {
            job.fail(0, error);
            break;
        }
    }
    if job.close() == 0 {
        // Nobody came: whoever was woken may wait for this very processor.
        std::thread::yield_now();
    }
    let _ = spin_until(|| job.is_empty());
    while !job.wait_until_empty(NAP) {
        let interrupted = may_stop && interrupt::requested();
        if std::process::id() != pool.process {
            return Err(Error::Interrupted);
        }
        if interrupted {
            job.fail(0, Error::Interrupted);
        }
    }
    pool.queue().retain(|other| !Arc::ptr_eq(other, &job));
    job.outcome()
}
