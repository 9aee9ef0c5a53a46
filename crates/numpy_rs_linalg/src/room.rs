//! Memory for a calculation: asked for before the work begins, refused as an error.

use dyn_stack::{MemBuffer, StackReq};
use numpy_rs_core::error::Error as CoreError;

use crate::error::{Error, Result};
use crate::scalar::Scalar;

/// `n` zeros.
pub(crate) fn zeros<T: Scalar>(n: usize) -> Result<Vec<T>> {
    let mut room = Vec::new();
    room.try_reserve_exact(n)
        .map_err(|_| Error::Core(CoreError::ScratchMemory))?;
    room.resize(n, T::ZERO);
    Ok(room)
}

/// A list of what `items` gives, with room for `n`.
pub(crate) fn list<I>(items: impl IntoIterator<Item = I>, n: usize) -> Result<Vec<I>> {
    let mut room = Vec::new();
    room.try_reserve_exact(n)
        .map_err(|_| Error::Core(CoreError::ScratchMemory))?;
    room.extend(items);
    Ok(room)
}

/// What a routine of `faer` asks for.
pub(crate) fn workspace(needed: StackReq) -> Result<MemBuffer> {
    MemBuffer::try_new(needed).map_err(|_| Error::Core(CoreError::ScratchMemory))
}
