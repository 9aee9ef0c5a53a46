//! Signals and other threads while translated code runs: loops look for them now and then.
//!
//! Work that touches no Python object lets the interpreter go once it has run for as long as CPython would let it; other
//! work lets other threads have a turn, as long as it has changed nothing that they could see. A function in Python
//! would be interrupted at the same places, so that no thread sees anything that it could not see there.

use std::cell::Cell;
use std::ops::Range;
use std::time::{Duration, Instant};

use pyo3_ffi as ffi;

use super::exc::{Exc, Res};
use super::function::Function;
use super::int::Int;
use super::versions::{check_captures, check_spare_captures};
use super::{held, journal, shade};

/// So long CPython itself lets a thread run where others wait.
const TURN: Duration = Duration::from_millis(5);

/// So often work that has let the interpreter go takes it back for signal handlers.
const BACK: Duration = Duration::from_millis(50);

/// Between two looks at the clock, so many turns of loops.
const MANY: u32 = 1 << 16;

/// The call that runs.
struct Now {
    /// The function that Python has called.
    running: Cell<Option<&'static Function>>,
    /// Whether a spare of it runs, which may touch any object.
    spare: Cell<bool>,
    /// Since when its turn goes, once it has run for a while.
    since: Cell<Option<Instant>>,
}

thread_local! {
    static NOW: Now = const {
        Now { running: Cell::new(None), spare: Cell::new(false), since: Cell::new(None) }
    };
}

/// A function starts.
#[inline]
pub(super) fn runs(function: &'static Function) {
    NOW.with(|now| {
        now.running.set(Some(function));
        now.spare.set(false);
        now.since.set(None);
    });
}

/// A spare of the function that runs starts.
pub(super) fn runs_spare() {
    NOW.with(|now| now.spare.set(true));
}

/// What the loops of a function have counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ticks(u32);

impl Ticks {
    /// Nothing yet.
    #[inline]
    pub const fn new() -> Self {
        Self(0)
    }

    /// One more turn of a loop, which counts as so many; whether it is time to look at the clock.
    #[inline]
    fn is_due(&mut self, weight: u32) -> bool {
        self.0 = self.0.wrapping_add(weight);
        let is_due = self.0 >= MANY;
        if is_due {
            self.0 = 0;
        }
        is_due
    }

    /// A range that a loop goes over without looking at the clock itself.
    #[inline]
    pub fn over<I: Int>(&mut self, range: Range<I>) -> Range<I> {
        let turns = range.end.index().saturating_sub(range.start.index());
        self.0 = self.0.wrapping_add(turns.clamp(0, MANY as isize) as u32);
        range
    }
}

/// A range that a loop of few operations goes over part by part: it looks at the clock between the parts.
#[derive(Clone, Debug)]
pub struct Strips<I> {
    first: I,
    rest: Range<I>,
}

impl<I: Int> Strips<I> {
    /// All of a range.
    #[inline]
    pub fn of(range: Range<I>) -> Self {
        Self {
            first: range.start,
            rest: range,
        }
    }

    /// The next part.
    #[inline]
    pub fn strip(&mut self) -> Strip<I> {
        let start = self.rest.start;
        let end = match start.checked_add(I::of(MANY as isize)) {
            Some(end) if end < self.rest.end => end,
            _ => self.rest.end,
        };
        self.rest.start = end.max(start);
        Strip {
            first: self.first,
            next: start,
            end,
        }
    }

    /// Whether nothing is left.
    #[inline]
    pub fn is_done(&self) -> bool {
        self.rest.start >= self.rest.end
    }
}

/// A part of such a range. What computes with its numbers may rely on where the whole range begins.
#[derive(Clone, Debug)]
pub struct Strip<I> {
    first: I,
    next: I,
    end: I,
}

impl<I: Int> Iterator for Strip<I> {
    type Item = I;

    #[inline]
    fn next(&mut self) -> Option<I> {
        if self.next >= self.end {
            return None;
        }
        let now = self.next;
        // SAFETY: parts begin where the range does, or behind it.
        unsafe { std::hint::assert_unchecked(now >= self.first) };
        // A number below another one has a next one.
        self.next = now.checked_add(I::ONE)?;
        Some(now)
    }
}

/// A loop that touches no Python object: it may let the interpreter go.
#[derive(Debug, Default)]
pub struct Free(bool);

impl Free {
    /// Held so far.
    #[inline]
    pub const fn new() -> Self {
        Self(false)
    }

    /// As after a look at the clock that has let the interpreter go.
    #[cfg(test)]
    pub(super) fn that_let_go() -> Self {
        held::let_go();
        Self(true)
    }

    /// The loop is done. Gives up where what the function relies on has changed meanwhile.
    #[inline]
    pub fn end(&mut self) -> Res<()> {
        if self.0 { self.back() } else { Ok(()) }
    }

    #[cold]
    fn back(&mut self) -> Res<()> {
        self.0 = false;
        held::take_back();
        shade::read_again()?;
        names_hold()
    }
}

impl Drop for Free {
    #[inline]
    fn drop(&mut self) {
        if self.0 {
            held::take_back();
        }
    }
}

/// Looks for signals and for other threads now and then; called at back edges of loops. Answers whether it has done so.
#[inline]
pub fn poll(ticks: &mut Ticks, weight: u32) -> Res<bool> {
    if !ticks.is_due(weight) {
        return Ok(false);
    }
    look()?;
    Ok(true)
}

/// The same in a loop that touches no Python object if `may` says that its lists are in Rust.
#[inline]
pub fn poll_free(
    ticks: &mut Ticks,
    weight: u32,
    free: &mut Free,
    may: impl Fn() -> bool,
) -> Res<bool> {
    if !ticks.is_due(weight) {
        return Ok(false);
    }
    free.0 |= look_free(&may)?;
    Ok(true)
}

/// Looks at the clock in a function that holds objects, or in one that numbers alone are passed to.
#[cold]
#[inline(never)]
pub(super) fn look() -> Res<()> {
    let alone = NOW.with(|now| !now.spare.get() && now.running.get().is_some_and(|f| f.is_free));
    look_free(&|| alone).map(|_| ())
}

/// Looks at the clock. Answers whether the interpreter was let go.
#[cold]
#[inline(never)]
fn look_free(may: &dyn Fn() -> bool) -> Res<bool> {
    let now = Instant::now();
    let since = NOW.with(|call| match call.since.get() {
        Some(since) => since,
        None => {
            call.since.set(Some(now));
            now
        }
    });
    if held::is_out() {
        if now - since >= BACK.max(shade::wait()) {
            held::take_back();
            // Whatever goes wrong goes up with the interpreter held.
            shade::signals(false)?;
            shade::read_again()?;
            names_hold()?;
            held::let_go();
            begin_turn();
        }
        return Ok(false);
    }
    let is_long = now - since >= TURN;
    if shade::signals(is_long)? {
        names_hold()?;
    }
    if !is_long {
        return Ok(false);
    }
    // What is written to Python's objects may have to be undone, and then nobody else may have written in between.
    let lets_go = may() && journal::is_empty() && shade::is_untouched();
    if lets_go {
        held::let_go();
    }
    begin_turn();
    Ok(lets_go)
}

fn begin_turn() {
    NOW.with(|now| now.since.set(Some(Instant::now())));
}

/// Gives up where a name that the function relies on has got another meaning.
fn names_hold() -> Res<()> {
    // SAFETY: the interpreter is held.
    let builtins = unsafe { ffi::PyEval_GetBuiltins() };
    match NOW.with(|now| now.running.get()) {
        Some(function) => {
            if NOW.with(|now| now.spare.get()) {
                check_spare_captures(function)?;
            }
            check_captures(function, builtins)
        }
        None => Err(Exc::GIVE_UP),
    }
}

/// Behind a function that touches no Python object: the interpreter is held again.
#[inline]
pub fn held_again<T>(result: T) -> T {
    if held::is_out() {
        held::take_back();
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(range: Range<i64>) -> (Vec<i64>, usize) {
        let (mut strips, mut all, mut parts) = (Strips::of(range), Vec::new(), 0);
        loop {
            all.extend(strips.strip());
            parts += 1;
            if strips.is_done() {
                return (all, parts);
            }
        }
    }

    #[test]
    fn parts_of_a_range_are_the_range() {
        let many = i64::from(MANY);
        for (range, count) in [
            (0..0, 1),
            (Range { start: 5, end: -5 }, 1),
            (-3..many - 3, 1),
            (0..many + 1, 2),
            (-many..2 * many, 3),
            (i64::MAX - 3..i64::MAX, 1),
            (i64::MAX - many - 1..i64::MAX, 2),
            (i64::MIN..i64::MIN + 2, 1),
        ] {
            let (all, parts) = parts(range.clone());
            assert_eq!(parts, count, "{range:?}");
            assert!(all.into_iter().eq(range));
        }
    }
}
