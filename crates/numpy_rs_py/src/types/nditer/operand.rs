//! One operand of an iteration.

use numpy_rs_core::dtype::DType;
use pyo3::prelude::*;

use super::flags::OperandFlags;

/// An operand once it is settled: an array, and the dtype in which its items are seen.
pub(super) struct Operand {
    /// The array that is walked: the caller's, a cast copy, or a fresh one.
    pub(super) array: Py<PyAny>,
    /// The caller's array, where changes in a copy go back to at the end.
    pub(super) write_back: Option<Py<PyAny>>,
    /// What was asked of it.
    pub(super) flags: OperandFlags,
    /// The dtype of the items of `array`.
    pub(super) stored: DType,
    /// The dtype of the items that the user sees.
    pub(super) seen: DType,
    /// The same as a `dtype` object.
    pub(super) seen_descr: Py<PyAny>,
    /// Whether items must go through a buffer: another dtype, or memory that does not fit what was asked.
    pub(super) buffered: bool,
}

impl Operand {
    /// A second handle on the same operand.
    pub(super) fn share(&self, py: Python<'_>) -> Self {
        Self {
            array: self.array.clone_ref(py),
            write_back: self.write_back.as_ref().map(|w| w.clone_ref(py)),
            flags: self.flags,
            stored: self.stored.clone(),
            seen: self.seen.clone(),
            seen_descr: self.seen_descr.clone_ref(py),
            buffered: self.buffered,
        }
    }
}
