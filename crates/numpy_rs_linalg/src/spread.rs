//! A stack of matrices spread over the pool of threads; each matrix is worked on by one thread, so that no bit depends on
//! their number.

use std::sync::{Mutex, PoisonError};

use numpy_rs_core::error::Error as CoreError;
use numpy_rs_core::parallel;
use numpy_rs_kernels::isa;

use crate::error::{Error, Result};
use crate::stack::{Parts, Shares};

/// The work of a block in nanoseconds: much longer than it takes to hand it to a thread.
const BLOCK: usize = 50_000;

/// Runs `run` for `0..count` in blocks, with the part of `to` that each writes. `work` is about how many nanoseconds one
/// takes; `make` makes the room that a block works in. The error of the lowest block among those met is answered.
pub(crate) fn each<W, P: Parts>(
    count: usize,
    work: usize,
    to: P,
    make: impl Fn() -> Result<W> + Sync,
    run: impl Fn(&mut W, usize, P::Part) -> Result<()> + Sync,
) -> Result<()> {
    if count == 0 {
        return Ok(());
    }
    let together = (BLOCK / work.max(1)).clamp(1, count);
    let failure: Mutex<Option<(usize, Error)>> = Mutex::new(None);
    let shares = Shares::new(to, count, together)?;
    let done = parallel::for_each_block(shares.blocks(), &|block| {
        let all = || {
            let mut room = make()?;
            for (k, part) in shares.take(block) {
                run(&mut room, k, part)?;
            }
            Ok(())
        };
        let ended = all();
        // `faer`'s own decompositions call its assembly, which leaves these lanes in use.
        isa::clear_upper_lanes();
        ended.map_err(|error| match error {
            Error::Core(error) => error,
            own => {
                let mut first = failure.lock().unwrap_or_else(PoisonError::into_inner);
                if first.as_ref().is_none_or(|(at, _)| block < *at) {
                    *first = Some((block, own));
                }
                // Only stops the other blocks; the error that is kept takes its place below.
                CoreError::Interrupted
            }
        })
    });
    let first = failure.into_inner().unwrap_or_else(PoisonError::into_inner);
    match first {
        Some((_, error)) => Err(error),
        None => done.map_err(Error::from),
    }
}
