//! Sliding inner products of two lanes, the short one along the long one: correlation and convolution.
//!
//! Each sum goes over the items that overlap, from the left, so its bits depend on nothing else. Neighbouring
//! sums are formed side by side, which is what vector instructions want.

use super::item::Item;
use crate::abi::{LoopContext, LoopError, LoopFn, LoopStatus};
use crate::isa::{best, per_isa};
use crate::lanes::Loop;

/// A lane: first item, bytes from one to the next, number of items.
pub type Lane = (*const u8, isize, isize);

type Slide = unsafe fn(Lane, Lane, (*const u8, isize), (*mut u8, isize, isize));

/// How many sums are formed side by side.
const SIDE: usize = 32;

/// `(n),(m),(p)->(p)`: the sum over i of `a[start + i] * v[i]` for each of the starts, as far as `a` goes.
pub fn slide<T: Item>() -> Loop<(T, T, i64, T)> {
    Loop::new(run as LoopFn, pick_sums::<T>(best()) as Slide)
}

unsafe fn run(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: a row of this driver carries this function.
    let sums = unsafe { *ctx.aux.cast::<Slide>() };
    let &[a_n, v_m, starts_p, o_p] = &strides[4..8] else {
        return LoopStatus::failed(LoopError::OutOfRange);
    };
    for i in 0..dims[0] {
        // SAFETY: the contract of the loop; core dimensions are those of the operands.
        unsafe {
            let at = |operand: usize| args[operand].offset(i * strides[operand]);
            sums(
                (at(0).cast_const(), a_n, dims[1]),
                (at(1).cast_const(), v_m, dims[2]),
                (at(2).cast_const(), starts_p),
                (at(3), o_p, dims[3]),
            );
        }
    }
    LoopStatus::OK
}

/// `sum` and the products of `v[from..to]` with `a`, where `v[0]` meets `a[start]`.
#[inline(always)]
unsafe fn extended<T: Item>(
    mut sum: T::Partial,
    a: Lane,
    v: Lane,
    start: isize,
    (from, to): (isize, isize),
) -> T::Partial {
    for i in from..to {
        // SAFETY: the caller keeps both places inside the lanes.
        unsafe {
            let x = a.0.offset((start + i) * a.1).cast::<T>().read();
            sum = T::add_product(sum, x, v.0.offset(i * v.1).cast::<T>().read());
        }
    }
    sum
}

#[inline(always)]
unsafe fn sums<T: Item>(a: Lane, v: Lane, starts: (*const u8, isize), o: (*mut u8, isize, isize)) {
    let side = SIDE as isize;
    // The items of `v` that meet one of `a` where `v[0]` would meet `a[start]`.
    let overlap = |start: isize| {
        let from = start.saturating_neg().clamp(0, v.2);
        (from, a.2.saturating_sub(start).clamp(from, v.2))
    };
    // SAFETY: `overlap` keeps sums inside both lanes, and there are `o.2` starts and places for results.
    unsafe {
        let start_at = |k: isize| starts.0.offset(k * starts.1).cast::<i64>().read() as isize;
        let put = |k: isize, sum: T::Partial| {
            o.0.offset(k * o.1).cast::<T>().write(T::finish(sum));
        };
        let mut k = 0;
        while k < o.2 {
            let start = start_at(k);
            // What the first of the neighbours meets on the left, and the last on the right, all meet.
            let (from, to) = (overlap(start).0, overlap(start.saturating_add(side - 1)).1);
            let aside = k + side > o.2 || from >= to || a.1 != size_of::<T>() as isize;
            if aside || (1..side).any(|l| start_at(k + l) != start + l) {
                put(k, extended::<T>(T::ZERO, a, v, start, overlap(start)));
                k += 1;
                continue;
            }
            let mut sums = [T::ZERO; SIDE];
            for (l, sum) in sums.iter_mut().enumerate() {
                let start = start + l as isize;
                *sum = extended::<T>(*sum, a, v, start, (overlap(start).0, from));
            }
            for i in from..to {
                let x = a.0.cast::<T>().offset(start + i);
                let y = v.0.offset(i * v.1).cast::<T>().read();
                for (l, sum) in sums.iter_mut().enumerate() {
                    *sum = T::add_product(*sum, *x.add(l), y);
                }
            }
            for (l, sum) in sums.into_iter().enumerate() {
                let start = start + l as isize;
                put(
                    k + l as isize,
                    extended::<T>(sum, a, v, start, (to, overlap(start).1.max(to))),
                );
            }
            k += side;
        }
    }
}

per_isa!(
    /// All sums of one pair of lanes.
    pub fn pick_sums<T: Item>(a: Lane, v: Lane, starts: (*const u8, isize), o: (*mut u8, isize, isize)) = sums);
