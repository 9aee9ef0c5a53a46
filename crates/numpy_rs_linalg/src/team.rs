//! One matrix shared among threads: pieces that nobody else has, cut the same way however many threads there are, so
//! that no bit depends on their number.

use std::sync::{Mutex, PoisonError};

use numpy_rs_core::parallel;

use crate::error::Result;

/// Runs `work` for each piece, several at once.
pub(crate) fn share<P: Send>(pieces: Vec<P>, work: impl Fn(P) -> Result<()> + Sync) -> Result<()> {
    if pieces.len() < 2 || parallel::is_inside() || parallel::num_threads() < 2 {
        return pieces.into_iter().try_for_each(work);
    }
    let pieces: Vec<Mutex<Option<P>>> = pieces.into_iter().map(|p| Mutex::new(Some(p))).collect();
    let failure = Mutex::new(None);
    parallel::for_each_block(pieces.len(), &|k| {
        let piece = pieces[k]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(Err(error)) = piece.map(&work) {
            failure
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get_or_insert(error);
        }
        Ok(())
    })?;
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}
