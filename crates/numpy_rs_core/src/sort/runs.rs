//! Sorting a long lane of numbers that have no digits: runs are sorted by several threads, then merged two by two.
//!
//! The runs and the parts of a merge are cut by their lengths alone, and merging is stable, so the result does not
//! depend on the number of threads.

use super::typed::{MergeFn, Task, Typed};
use crate::buffer::Buffer;
use crate::error::{Error, Result};
use crate::parallel::{self, SharedPtr};

/// Shorter lanes are sorted in one piece.
pub(super) const FROM: usize = 1 << 17;
/// Items of one run at first, and of one part of a merge.
const RUN: usize = 1 << 15;

/// Merges sorted runs of [`RUN`] items in `a` with the help of `b`; answers whether they ended in `b`.
fn merge_all(merge: MergeFn, size: usize, a: SharedPtr, b: SharedPtr, n: usize) -> Result<bool> {
    let (mut width, mut in_b) = (RUN, false);
    while width < n {
        let (from, to) = if in_b { (b, a) } else { (a, b) };
        let place = |side: SharedPtr, at: usize| side.at((at * size) as isize);
        parallel::for_each_block(n.div_ceil(RUN), &|i| {
            let (at, count) = (i * RUN, RUN.min(n - i * RUN));
            // Runs are whole multiples of a part, so a part never reaches into the next pair.
            let start = at / (2 * width) * (2 * width);
            let middle = (start + width).min(n);
            let end = (start + 2 * width).min(n);
            // SAFETY: both runs lie in the lane, each part is written once.
            unsafe {
                merge(
                    place(from, start),
                    middle - start,
                    place(from, middle),
                    end - middle,
                    at - start,
                    count,
                    place(to, at),
                );
            }
            Ok(())
        })?;
        (width, in_b) = (2 * width, !in_b);
    }
    Ok(in_b)
}

/// Sorts `n` aligned native items where they lie; they stay as they were if the work is interrupted.
pub(super) fn sort_items(t: &Typed, items: *mut u8, n: usize, stable: bool) -> Result<()> {
    let bytes = n.checked_mul(t.size).ok_or(Error::TooBig)?;
    let rooms = [Buffer::uninit(bytes)?, Buffer::uninit(bytes)?];
    let [a, b] = [0, 1].map(|i: usize| SharedPtr::new(rooms[i].as_ptr()));
    let home = SharedPtr::new(items);
    parallel::for_each_block(n.div_ceil(RUN), &|i| {
        let (at, count) = ((i * RUN * t.size) as isize, RUN.min(n - i * RUN));
        // SAFETY: a run of the lane, and room for it on both sides.
        unsafe {
            std::ptr::copy_nonoverlapping(home.at(at), a.at(at), count * t.size);
            (t.in_place)(a.at(at), count, Task::Sort { stable }, b.at(at));
        }
        Ok(())
    })?;
    let in_b = merge_all(t.merge, t.size, a, b, n)?;
    let sorted = if in_b { b } else { a };
    parallel::to_the_end(n.div_ceil(RUN), &|i| {
        let (at, count) = ((i * RUN * t.size) as isize, RUN.min(n - i * RUN));
        // SAFETY: sorted items of the lane, each block its own.
        unsafe { std::ptr::copy_nonoverlapping(sorted.at(at), home.at(at), count * t.size) };
    })
}

/// Writes the places of `n` aligned native items in order.
pub(super) fn sort_places(t: &Typed, items: *const u8, n: usize, out: *mut isize) -> Result<()> {
    let size = t.placed_size;
    let bytes = n.checked_mul(size).ok_or(Error::TooBig)?;
    let rooms = [Buffer::uninit(bytes)?, Buffer::uninit(bytes)?];
    let [a, b] = [0, 1].map(|i: usize| SharedPtr::new(rooms[i].as_ptr()));
    let (home, out) = (SharedPtr::new(items), SharedPtr::new(out.cast()));
    let count = |i: usize| RUN.min(n - i * RUN);
    parallel::for_each_block(n.div_ceil(RUN), &|i| {
        let from = home.at((i * RUN * t.size) as isize);
        // SAFETY: a run of the lane, and room for it with its places.
        unsafe { (t.place)(from, i * RUN, count(i), a.at((i * RUN * size) as isize)) };
        Ok(())
    })?;
    let sorted = if merge_all(t.merge_placed, size, a, b, n)? {
        b
    } else {
        a
    };
    parallel::for_each_block(n.div_ceil(RUN), &|i| {
        let to = out.at((i * RUN * size_of::<isize>()) as isize);
        // SAFETY: room for as many places.
        unsafe { (t.unplace)(sorted.at((i * RUN * size) as isize), count(i), to.cast()) };
        Ok(())
    })
}
