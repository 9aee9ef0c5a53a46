//! Work on functions side by side, a pair of processes for each lane.

use std::io;
use std::num::NonZero;
use std::panic;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::cases::Side;
use crate::progress::Progress;

/// Each lane has the program loaded twice, with all its data.
const MOST: usize = 2;
/// How often the user is asked whether to go on.
const GLANCE: Duration = Duration::from_millis(100);

/// What one lane does with one function, until it is told to stop.
type Task<'a, T> = &'a (dyn Fn(&mut [Side; 2], usize, &dyn Fn() -> bool) -> io::Result<T> + Sync);

/// Does the task for each of the numbers, which name functions, in about this order, and answers what came of each, with one pair of
/// processes that is left. Less may be done when the user stops.
pub(crate) fn abreast<T: Send>(
    sides: [Side; 2],
    order: &[usize],
    names: &[&str],
    task: Task<'_, T>,
    progress: &mut dyn Progress,
) -> io::Result<(Vec<(usize, T)>, [Side; 2])> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let lanes = processors.min(MOST).min(order.len()).max(1);
    let others: Vec<[Side; 2]> = (1..lanes)
        .map(|_| [sides[0].another(), sides[1].another()])
        .collect();
    let (stop, next) = (AtomicBool::new(false), AtomicUsize::new(0));
    let (tell, told) = mpsc::channel();
    let lane = |mut sides: [Side; 2], tell: mpsc::Sender<usize>| {
        let stopped = || stop.load(Ordering::Relaxed);
        let mut found = Vec::new();
        while let Some(&number) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            if stopped() {
                break;
            }
            // Nobody listens any more when the user has stopped.
            let _ = tell.send(number);
            found.push((number, task(&mut sides, number, &stopped)?));
        }
        Ok((found, sides))
    };
    let ended: Vec<io::Result<_>> = thread::scope(|scope| {
        let running: Vec<_> = [sides]
            .into_iter()
            .chain(others)
            .map(|sides| {
                let (lane, tell) = (&lane, tell.clone());
                scope.spawn(move || lane(sides, tell))
            })
            .collect();
        drop(tell);
        let mut begun = 0;
        loop {
            match told.recv_timeout(GLANCE) {
                Ok(number) => {
                    progress.verifying(names[number], begun, names.len());
                    begun += 1;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if progress.cancelled() {
                stop.store(true, Ordering::Relaxed);
            }
        }
        running
            .into_iter()
            .map(|lane| {
                lane.join()
                    .unwrap_or_else(|panic| panic::resume_unwind(panic))
            })
            .collect()
    });
    let (mut found, mut left) = (Vec::new(), None);
    for lane in ended {
        let (part, sides) = lane?;
        found.extend(part);
        left.get_or_insert(sides);
    }
    let left = left.ok_or_else(|| io::Error::other("no lane ran"))?;
    Ok((found, left))
}
