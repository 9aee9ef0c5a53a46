//! Sorting a lane of numbers by digits: long lanes are spread over buckets by several threads, and buckets sorted apart.
//!
//! The result is the same for any number of threads, since every step keeps the order of equal keys. Work that is
//! interrupted leaves the lane with its items in some order.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

use numpy_rs_kernels::sort::radix::{BUCKETS, LAST, NEGATIVE_ZERO, Steps};

use super::typed::{Digits, Task};
use crate::buffer::Buffer;
use crate::error::{Error, Result};
use crate::parallel::{self, SharedPtr};

/// Shorter lanes are sorted by comparisons.
pub(super) const FROM: usize = 512;
/// Records per block of large work.
const BLOCK: usize = 1 << 16;
/// Parts of at most this many bytes, counting eight for small records, are sorted by one thread.
const LARGE_BYTES: usize = 6 << 20;

/// Some records that belong together: their place, and on which side they are.
#[derive(Clone, Copy)]
struct Part {
    at: usize,
    n: usize,
    in_b: bool,
    sort: bool,
}

/// What becomes of `n` records that are done, of which the first belongs at a place: `(records, at, n)`.
type Finish<'a> = dyn Fn(*const u8, usize, usize) + Sync + 'a;

/// Records on side `a`, room for as many on side `b`.
struct Sides<'a> {
    steps: &'a Steps,
    a: SharedPtr,
    b: SharedPtr,
    task: Task<'a>,
}

fn reserved<T>(n: usize) -> Result<Vec<T>> {
    let mut v = Vec::new();
    v.try_reserve_exact(n).map_err(|_| Error::ScratchMemory)?;
    Ok(v)
}

fn push<T>(v: &mut Vec<T>, item: T) -> Result<()> {
    v.try_reserve(1).map_err(|_| Error::ScratchMemory)?;
    v.push(item);
    Ok(())
}

/// Runs `f(at, n)` over pieces of a length.
fn over(n: usize, f: &(dyn Fn(usize, usize) + Sync)) -> Result<()> {
    parallel::for_each_block(n.div_ceil(BLOCK), &|i| {
        f(i * BLOCK, BLOCK.min(n - i * BLOCK));
        Ok(())
    })
}

impl Sides<'_> {
    fn side(&self, in_b: bool, at: usize) -> *mut u8 {
        let side = if in_b { self.b } else { self.a };
        side.at((at * self.steps.record) as isize)
    }

    /// Whether a part must be in order inside.
    fn wanted(&self, at: usize, n: usize) -> bool {
        match self.task {
            Task::Sort { .. } => true,
            Task::Partition(places) => {
                let next = places.partition_point(|&p| p < at);
                places.get(next).is_some_and(|&p| p < at + n)
            }
        }
    }

    /// Finishes a part, in order if that is wanted.
    unsafe fn settle(&self, part: Part, finish: &Finish<'_>) {
        let mut from = self.side(part.in_b, part.at);
        if part.sort {
            let (a, b) = (self.side(false, part.at), self.side(true, part.at));
            // SAFETY: parts lie inside both sides, and each is settled once.
            unsafe { (self.steps.sort)(a, b, part.n, part.in_b) };
            from = a;
        }
        finish(from, part.at, part.n);
    }

    /// Spreads a large part to the other side; `large` and `small` get its buckets.
    fn spread(&self, part: Part, large: &mut Vec<Part>, small: &mut Vec<Part>) -> Result<()> {
        let steps = self.steps;
        let pieces = |small: &mut Vec<Part>, part: Part| -> Result<()> {
            for at in (0..part.n).step_by(BLOCK) {
                let n = BLOCK.min(part.n - at);
                let piece = Part {
                    at: part.at + at,
                    n,
                    sort: false,
                    ..part
                };
                push(small, piece)?;
            }
            Ok(())
        };
        let (least, most) = (AtomicU64::new(u64::MAX), AtomicU64::new(0));
        over(part.n, &|at, n| {
            // SAFETY: records of the part.
            let (l, m) = unsafe { (steps.span)(self.side(part.in_b, part.at + at), n) };
            least.fetch_min(l, Ordering::Relaxed);
            most.fetch_max(m, Ordering::Relaxed);
        })?;
        let (least, most) = (least.into_inner(), most.into_inner());
        if least == most {
            return pieces(small, part);
        }
        let shift = (64 - (most - least).leading_zeros()).saturating_sub(8);
        let n_blocks = part.n.div_ceil(BLOCK);
        let table = BUCKETS * size_of::<usize>();
        let counts = Buffer::uninit(n_blocks.checked_mul(table).ok_or(Error::TooBig)?)?;
        let ends = SharedPtr::new(counts.as_ptr());
        let row = |at: usize| ends.at((at / BLOCK * table) as isize).cast::<usize>();
        over(part.n, &|at, n| {
            let from = self.side(part.in_b, part.at + at);
            // SAFETY: records of the part; each block has its own counts.
            unsafe { (steps.count)(from, n, least, shift, row(at)) };
        })?;
        let mut buckets = [0usize; BUCKETS];
        let mut at = 0;
        for (bucket, start) in buckets.iter_mut().enumerate() {
            *start = at;
            for block in 0..n_blocks {
                // SAFETY: all counts were written above.
                unsafe {
                    let count = row(block * BLOCK).add(bucket);
                    at += std::mem::replace(&mut *count, at);
                }
            }
        }
        over(part.n, &|at, n| {
            let from = self.side(part.in_b, part.at + at);
            let to = self.side(!part.in_b, part.at);
            // SAFETY: the counts say where each block's records of each bucket go; no two share a place.
            unsafe { (steps.spread)(from, n, least, shift, row(at), to) };
        })?;
        (0..BUCKETS).try_for_each(|i| {
            let end = buckets.get(i + 1).copied().unwrap_or(part.n);
            let (at, n) = (part.at + buckets[i], end - buckets[i]);
            let child = Part {
                at,
                n,
                in_b: !part.in_b,
                sort: self.wanted(at, n),
            };
            match () {
                () if n == 0 => Ok(()),
                () if n <= LARGE_BYTES / steps.record.max(8) => push(small, child),
                () if child.sort => push(large, child),
                () => pieces(small, child),
            }
        })
    }

    /// Finishes parts that nobody settled, in whatever order their records are.
    fn restore(&self, parts: &[Part], finish: &Finish<'_>) -> Result<()> {
        let settle = |part: Part, at: usize, n: usize| {
            let piece = Part {
                at: part.at + at,
                n,
                sort: false,
                ..part
            };
            // SAFETY: pieces are disjoint.
            unsafe { self.settle(piece, finish) };
        };
        // Many short parts are shared out as they are, long ones are cut.
        if parts.len() > 64 {
            return parallel::to_the_end(parts.len(), &|i| settle(parts[i], 0, parts[i].n));
        }
        for &part in parts {
            parallel::to_the_end(part.n.div_ceil(BLOCK), &|i| {
                settle(part, i * BLOCK, BLOCK.min(part.n - i * BLOCK));
            })?;
        }
        Ok(())
    }

    /// Does the task on `n` records. If the work is interrupted and `keep` says so, all records are finished
    /// nevertheless, in some order.
    fn run(&self, n: usize, keep: bool, finish: &Finish<'_>) -> Result<()> {
        let whole = Part {
            at: 0,
            n,
            in_b: false,
            sort: true,
        };
        if n <= 2 * BLOCK {
            // SAFETY: the whole of both sides.
            unsafe { self.settle(whole, finish) };
            return Ok(());
        }
        let (mut large, mut small) = (vec![whole], Vec::new());
        let mut spread = || -> Result<()> {
            while let Some(part) = large.last().copied() {
                let (n_large, n_small) = (large.len(), small.len());
                if let Err(error) = self.spread(part, &mut large, &mut small) {
                    large.truncate(n_large);
                    small.truncate(n_small);
                    return Err(error);
                }
                large.swap_remove(n_large - 1);
            }
            Ok(())
        };
        let mut outcome = spread();
        let mut groups: Vec<(usize, usize)> = Vec::new();
        let mut done: Vec<AtomicBool> = Vec::new();
        if outcome.is_ok() {
            outcome = (|| {
                let (mut from, mut n) = (0, 0);
                for (i, part) in small.iter().enumerate() {
                    n += part.n;
                    if n >= BLOCK || i + 1 == small.len() {
                        push(&mut groups, (from, i + 1))?;
                        push(&mut done, AtomicBool::new(false))?;
                        (from, n) = (i + 1, 0);
                    }
                }
                parallel::for_each_block(groups.len(), &|g| {
                    for &part in &small[groups[g].0..groups[g].1] {
                        // SAFETY: parts are disjoint.
                        unsafe { self.settle(part, finish) };
                    }
                    done[g].store(true, Ordering::Release);
                    Ok(())
                })
            })();
        }
        if outcome.is_err() && keep {
            self.restore(&large, finish)?;
            let mut last = 0;
            for (g, d) in groups.iter().zip(&done) {
                if d.load(Ordering::Acquire) {
                    self.restore(&small[last..g.0], finish)?;
                    last = g.1;
                }
            }
            self.restore(&small[last..], finish)?;
        }
        outcome
    }
}

/// Sorts or partitions `n` aligned native items where they lie.
pub(super) fn arrange_items(
    digits: &Digits,
    items: *mut u8,
    n: usize,
    task: Task<'_>,
) -> Result<()> {
    let steps = (digits.items)();
    let size = steps.record;
    let home = SharedPtr::new(items);
    let room = Buffer::uninit(n.checked_mul(size).ok_or(Error::TooBig)?)?;
    let place = |at: usize| home.at((at * size) as isize);
    let mut n = n;
    let mut found = load(&steps, home, n)?;
    // SAFETY: records and items are as large as each other and lie in the lane.
    let unload = |n: usize| unsafe { (steps.store)(place(0), n, place(0)) };
    let stable = matches!(task, Task::Sort { stable: true });
    if stable && found != 0 {
        unload(n);
        return gather(digits, home, n, room.as_ptr());
    }
    if found & LAST != 0 {
        unload(n);
        // SAFETY: `n` items.
        n = unsafe { (digits.split_last)(items, n) };
        found = load(&steps, home, n)?;
    }
    debug_assert!(found & LAST == 0);
    if n == 0 {
        return Ok(());
    }
    let sides = Sides {
        steps: &steps,
        a: home,
        b: SharedPtr::new(room.as_ptr()),
        task,
    };
    // SAFETY: finished records become items where they are.
    sides.run(n, true, &|from, at, n| unsafe {
        (steps.store)(from, n, place(at));
    })
}

/// Makes records of items in place; what was made is undone if the work is interrupted.
fn load(steps: &Steps, home: SharedPtr, n: usize) -> Result<u8> {
    let n_blocks = n.div_ceil(BLOCK);
    let mut loaded: Vec<AtomicBool> = reserved(n_blocks)?;
    loaded.resize_with(n_blocks, AtomicBool::default);
    let found = AtomicU8::new(0);
    let place = |at: usize| home.at((at * steps.record) as isize);
    let outcome = over(n, &|at, n| {
        // SAFETY: items of the lane, each block its own.
        let flags = unsafe { (steps.load)(place(at), at, n, place(at)) };
        found.fetch_or(flags & (LAST | NEGATIVE_ZERO), Ordering::Relaxed);
        loaded[at / BLOCK].store(true, Ordering::Release);
    });
    if let Err(e) = outcome {
        for (i, l) in loaded.iter().enumerate() {
            if l.load(Ordering::Acquire) {
                let at = i * BLOCK;
                // SAFETY: records of this block.
                unsafe { (steps.store)(place(at), BLOCK.min(n - at), place(at)) };
            }
        }
        return Err(e);
    }
    Ok(found.into_inner())
}

/// Sorts items stably by their places, where keys do not hold all of an item.
fn gather(digits: &Digits, home: SharedPtr, n: usize, room: *mut u8) -> Result<()> {
    let size = (digits.items)().record;
    let places = Buffer::uninit(n.checked_mul(size_of::<isize>()).ok_or(Error::TooBig)?)?;
    let order = places.as_ptr().cast::<isize>();
    arrange_places(digits, home.at(0), n, Task::Sort { stable: true }, order)?;
    let (order, to) = (SharedPtr::new(places.as_ptr()), SharedPtr::new(room));
    over(n, &|at, n| {
        for k in at..at + n {
            // SAFETY: places of the lane; each block writes its own part of the room.
            unsafe {
                let from = *order.at(0).cast::<isize>().add(k);
                let from = home.at(from * size as isize);
                std::ptr::copy_nonoverlapping(from, to.at((k * size) as isize), size);
            }
        }
    })?;
    parallel::to_the_end(n.div_ceil(BLOCK), &|i| {
        let (at, count) = ((i * BLOCK * size) as isize, BLOCK.min(n - i * BLOCK));
        // SAFETY: items on both sides, each block its own.
        unsafe { std::ptr::copy_nonoverlapping(to.at(at), home.at(at), count * size) };
    })
}

/// Writes the places of `n` aligned native items in order, or in order where the task says so.
pub(super) fn arrange_places(
    digits: &Digits,
    items: *const u8,
    n: usize,
    task: Task<'_>,
    out: *mut isize,
) -> Result<()> {
    let steps = (digits.places)(n);
    let bytes = n.checked_mul(steps.record).ok_or(Error::TooBig)?;
    let room = Buffer::uninit(bytes)?;
    // Records as large as places live where the places will be.
    let apart = (steps.record != size_of::<isize>())
        .then(|| Buffer::uninit(bytes))
        .transpose()?;
    let (from, to) = (SharedPtr::new(items), SharedPtr::new(out.cast()));
    let a = apart
        .as_ref()
        .map_or(to, |apart| SharedPtr::new(apart.as_ptr()));
    let place = |at: usize| a.at((at * steps.record) as isize);
    let size = (digits.items)().record;
    over(n, &|at, n| {
        // SAFETY: `n` items, room for as many records.
        unsafe { (steps.load)(from.at((at * size) as isize), at, n, place(at)) };
    })?;
    let sides = Sides {
        steps: &steps,
        a,
        b: SharedPtr::new(room.as_ptr()),
        task,
    };
    // SAFETY: room for `n` places; in place where records are as large.
    sides.run(n, false, &|from, at, n| unsafe {
        (steps.store)(from, n, to.at((at * size_of::<isize>()) as isize));
    })
}
