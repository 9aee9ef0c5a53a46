//! How deep translated functions may call each other: as deep as Python's own limit and the stack allow.

use std::cell::Cell;

use pyo3_ffi as ffi;

use super::exc::{Exc, Res};

/// Python's frames are only counted from this depth on.
const UNCHECKED: usize = 64;

/// Bytes of stack that a native region may use.
const STACK: usize = 2 << 20;

thread_local! {
    /// Depth now, the address of the stack at the outermost call, the deepest depth once known.
    static DEPTH: Cell<(usize, usize, usize)> = const { Cell::new((0, 0, 0)) };
}

thread_local! {
    /// Whether a region gave up because it went too deep: other types would not help it.
    static TOO_DEEP: Cell<bool> = const { Cell::new(false) };
}

/// Whether a region has just given up because it went too deep.
pub fn was_too_deep() -> bool {
    TOO_DEEP.take()
}

/// One level of calls; it ends when this is dropped.
#[derive(Debug)]
pub struct Level(());

/// Goes one level down.
#[inline]
pub fn enter() -> Res<Level> {
    let here = 0u8;
    let address = &raw const here as usize;
    DEPTH.with(|cell| {
        let (depth, start, deepest) = cell.get();
        if depth == 0 {
            cell.set((1, address, 0));
            return Ok(Level(()));
        }
        let deepest = if depth == UNCHECKED {
            remaining()
        } else {
            deepest
        };
        if depth >= UNCHECKED && depth >= deepest || start.abs_diff(address) > STACK {
            TOO_DEEP.set(true);
            return Err(Exc::GIVE_UP);
        }
        cell.set((depth + 1, start, deepest));
        Ok(Level(()))
    })
}

impl Drop for Level {
    #[inline]
    fn drop(&mut self) {
        DEPTH.with(|cell| {
            let (depth, start, deepest) = cell.get();
            cell.set((depth - 1, start, deepest));
        });
    }
}

/// How many more Python frames the interpreter would allow.
#[cold]
fn remaining() -> usize {
    // SAFETY: the interpreter is held; frames are live objects.
    unsafe {
        let mut frames = 0;
        let mut frame = ffi::PyEval_GetFrame();
        if !frame.is_null() {
            ffi::Py_INCREF(frame.cast());
        }
        while !frame.is_null() {
            frames += 1;
            let back = ffi::PyFrame_GetBack(frame);
            ffi::Py_DECREF(frame.cast());
            frame = back;
        }
        // A few levels are left to C code on the way, which then is Python's to judge.
        (ffi::Py_GetRecursionLimit() as usize).saturating_sub(frames + 8)
    }
}
