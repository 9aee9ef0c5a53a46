//! How deep translated functions may call each other: as deep as Python's own limit and the stack allow.

use std::cell::Cell;

use pyo3_ffi as ffi;

use super::exc::{Exc, Res};
use super::{held, turns};

/// Python's frames are only counted from this depth on.
const UNCHECKED: usize = 64;

/// Bytes of stack that a native region may use.
const STACK: usize = 2 << 20;

/// Between two looks at the clock, so many calls.
const MANY: u32 = 0xFFFF;

struct Depth {
    now: Cell<usize>,
    /// The address of the stack at the outermost call.
    start: Cell<usize>,
    /// The deepest depth, once known.
    deepest: Cell<usize>,
    /// The calls of functions that touch no Python object.
    calls: Cell<u32>,
}

thread_local! {
    static DEPTH: Depth = const {
        Depth {
            now: Cell::new(0),
            start: Cell::new(0),
            deepest: Cell::new(0),
            calls: Cell::new(0),
        }
    };
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
    DEPTH.with(|depth| depth.down(address))
}

/// Goes one level down in a function that touches no Python object.
#[inline]
pub fn enter_free() -> Res<Level> {
    let here = 0u8;
    let address = &raw const here as usize;
    DEPTH.with(|depth| {
        let calls = depth.calls.get().wrapping_add(1);
        depth.calls.set(calls);
        if calls & MANY == 0 {
            turns::look()?;
        }
        depth.down(address)
    })
}

impl Depth {
    #[inline(always)]
    fn down(&self, address: usize) -> Res<Level> {
        let now = self.now.get();
        if now == 0 {
            self.start.set(address);
            self.deepest.set(0);
        } else if now >= UNCHECKED || self.start.get().abs_diff(address) > STACK {
            self.is_too_deep(now, address)?;
        }
        self.now.set(now + 1);
        Ok(Level(()))
    }

    #[cold]
    #[inline(never)]
    fn is_too_deep(&self, now: usize, address: usize) -> Res<()> {
        if now == UNCHECKED && self.deepest.get() == 0 {
            self.deepest.set(held::with(remaining));
        }
        if now >= UNCHECKED && now >= self.deepest.get()
            || self.start.get().abs_diff(address) > STACK
        {
            TOO_DEEP.set(true);
            return Err(Exc::GIVE_UP);
        }
        Ok(())
    }
}

impl Drop for Level {
    #[inline]
    fn drop(&mut self) {
        DEPTH.with(|depth| depth.now.set(depth.now.get() - 1));
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
