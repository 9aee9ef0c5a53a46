//! Whether two strided arrays share memory: bounds first, then a bounded search for integer solutions.
//!
//! A byte of one array is `start + Σ |stride|·x`, a byte of the other counted down from its end; they meet where
//! `Σ a_i·x_i = b` has a solution with `0 <= x_i <= u_i`. The search takes terms by falling coefficient and keeps only
//! remainders that the greatest common divisor and the reach of the later terms allow.

use smallvec::SmallVec;

use crate::layout::byte_extent;
use crate::view::View;

/// What is known about shared memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// No byte is shared.
    No,
    /// Some byte is shared.
    Yes,
    /// The allowed work was not enough to tell.
    TooHard,
}

/// One term of the equation.
#[derive(Clone, Copy)]
struct Term {
    coefficient: i128,
    bound: i128,
}

type Terms = SmallVec<[Term; 16]>;

/// Whether the extents of two arrays meet at all.
#[inline]
pub fn bounds_meet(a: &View<'_>, b: &View<'_>) -> bool {
    let extent = |v: &View<'_>| {
        let (low, high) = byte_extent(v.shape(), v.strides(), v.dtype().itemsize())?;
        let start = v.ptr() as isize;
        Some((start.wrapping_add(low), start.wrapping_add(high)))
    };
    match (extent(a), extent(b)) {
        (Some((a0, a1)), Some((b0, b1))) => a0 < b1 && b0 < a1 && a0 < a1 && b0 < b1,
        _ => false,
    }
}

/// Whether two arrays share memory; `max_work` bounds the steps of the search, `None` sets no bound.
pub fn share_memory(a: &View<'_>, b: &View<'_>, max_work: Option<u64>) -> Sharing {
    if !bounds_meet(a, b) {
        return Sharing::No;
    }
    if max_work == Some(0) {
        return Sharing::TooHard;
    }
    let mut terms = Terms::new();
    let mut start_a = a.ptr() as i128;
    let mut end_b = b.ptr() as i128 + b.dtype().itemsize() as i128 - 1;
    push_terms(a, &mut terms, |reach| {
        start_a += reach.min(0);
    });
    push_terms(b, &mut terms, |reach| {
        end_b += reach.max(0);
    });
    solve(terms, end_b - start_a, max_work)
}

fn push_terms(v: &View<'_>, terms: &mut Terms, mut reached: impl FnMut(i128)) {
    for (&d, &s) in v.shape().iter().zip(v.strides()) {
        terms.push(Term {
            coefficient: (s as i128).abs(),
            bound: d as i128 - 1,
        });
        reached((d as i128 - 1) * s as i128);
    }
    terms.push(Term {
        coefficient: 1,
        bound: v.dtype().itemsize() as i128 - 1,
    });
}

/// Whether elements of one array share memory with each other; `true` also where a quick look cannot tell.
pub fn may_overlap_itself(shape: &[isize], strides: &[isize], itemsize: usize) -> bool {
    if shape.contains(&0) {
        return false;
    }
    let mut axes: SmallVec<[(isize, isize); 8]> = shape
        .iter()
        .zip(strides)
        .filter(|&(&d, _)| d > 1)
        .map(|(&d, &s)| (s.saturating_abs(), d))
        .collect();
    axes.sort_unstable();
    let mut reach = itemsize as isize;
    for (s, d) in axes {
        if s < reach {
            return true;
        }
        reach = reach.saturating_add(s.saturating_mul(d - 1));
    }
    false
}

/// Whether both views are the same elements in the same places, so that elementwise work on one may go to the other.
pub fn is_same_walk(a: &View<'_>, b: &View<'_>) -> bool {
    a.ptr() == b.ptr()
        && a.shape() == b.shape()
        && a.dtype().itemsize() == b.dtype().itemsize()
        && a.strides()
            .iter()
            .zip(b.strides())
            .zip(a.shape())
            .all(|((s, t), &d)| s == t || d <= 1)
        && !may_overlap_itself(a.shape(), a.strides(), a.dtype().itemsize())
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Solves `Σ a_i·x_i = b` within the bounds.
fn solve(terms: Terms, b: i128, max_work: Option<u64>) -> Sharing {
    if b < 0 {
        return Sharing::No;
    }
    let mut kept = Terms::new();
    for t in terms {
        if t.coefficient == 0 || t.bound <= 0 {
            continue;
        }
        match kept.iter_mut().find(|k| k.coefficient == t.coefficient) {
            Some(k) => k.bound += t.bound,
            None => kept.push(t),
        }
    }
    kept.sort_unstable_by_key(|t| std::cmp::Reverse(t.coefficient));
    // Of the terms from `i` on: how far they reach, and what divides all their sums.
    let mut reach: SmallVec<[i128; 16]> = SmallVec::from_elem(0, kept.len() + 1);
    let mut divisor: SmallVec<[i128; 16]> = SmallVec::from_elem(0, kept.len() + 1);
    for i in (0..kept.len()).rev() {
        reach[i] = reach[i + 1] + kept[i].coefficient * kept[i].bound;
        divisor[i] = gcd(kept[i].coefficient, divisor[i + 1]);
    }
    Search {
        terms: &kept,
        reach: &reach,
        divisor: &divisor,
        left: max_work,
    }
    .run(b)
}

struct Search<'a> {
    terms: &'a [Term],
    reach: &'a [i128],
    divisor: &'a [i128],
    left: Option<u64>,
}

impl Search<'_> {
    /// Whether a remainder can be a sum of the terms from `i` on, as far as bounds and divisibility tell.
    fn possible(&self, i: usize, rest: i128) -> bool {
        if i == self.terms.len() {
            return rest == 0;
        }
        rest >= 0 && rest <= self.reach[i] && rest % self.divisor[i] == 0
    }

    /// The values of term `i` worth trying for a remainder: first, last and step.
    fn choices(&self, i: usize, rest: i128) -> Option<(i128, i128, i128)> {
        let Term { coefficient, bound } = self.terms[i];
        // What is left for later terms must lie between nothing and all that they reach.
        let mut first = (rest - self.reach[i + 1] + coefficient - 1)
            .div_euclid(coefficient)
            .max(0);
        let last = rest.div_euclid(coefficient).min(bound);
        let modulus = self.divisor[i + 1];
        let step = if modulus == 0 {
            1
        } else {
            modulus / gcd(coefficient, modulus)
        };
        // The first value that leaves a multiple of the later terms' divisor: one exists within `step` values
        // because the divisor of all terms from `i` on divides the remainder.
        let mut tried = 0;
        while modulus > 0 && (rest - coefficient * first).rem_euclid(modulus) != 0 {
            first += 1;
            tried += 1;
            if first > last || tried > step {
                return None;
            }
        }
        (first <= last).then_some((first, last, step))
    }

    /// Depth-first, with the state of each level in a list instead of the call stack.
    fn run(&mut self, b: i128) -> Sharing {
        if !self.possible(0, b) {
            return Sharing::No;
        }
        if self.terms.is_empty() {
            return Sharing::Yes;
        }
        // Per level: the remainder that came in, the next value, the last value, the step.
        let mut levels: SmallVec<[(i128, i128, i128, i128); 16]> = SmallVec::new();
        let Some((first, last, step)) = self.choices(0, b) else {
            return Sharing::No;
        };
        levels.push((b, first, last, step));
        while let Some(level) = levels.last_mut() {
            let (rest, x, last, step) = *level;
            if x > last {
                levels.pop();
                continue;
            }
            level.1 += step;
            if let Some(left) = &mut self.left {
                if *left == 0 {
                    return Sharing::TooHard;
                }
                *left -= 1;
            }
            let i = levels.len() - 1;
            let rest = rest - self.terms[i].coefficient * x;
            if rest == 0 {
                return Sharing::Yes;
            }
            if i + 1 < self.terms.len()
                && self.possible(i + 1, rest)
                && let Some((first, last, step)) = self.choices(i + 1, rest)
            {
                levels.push((rest, first, last, step));
            }
        }
        Sharing::No
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtype::{DType, TypeNum};

    fn view(at: isize, shape: &[isize], strides: &[isize], num: TypeNum) -> View<'static> {
        static MEMORY: [u64; 512] = [0; 512];
        let ptr = MEMORY.as_ptr().cast::<u8>().wrapping_offset(2048 + at);
        // SAFETY: the tests look at addresses only.
        unsafe { View::from_raw(ptr, DType::new(num), shape, strides) }
    }

    fn bytes_of(v: &View<'_>) -> Vec<isize> {
        let mut all = vec![v.ptr() as isize];
        for (&d, &s) in v.shape().iter().zip(v.strides()) {
            all = all
                .iter()
                .flat_map(|a| (0..d).map(move |i| a + i * s))
                .collect();
        }
        all.iter()
            .flat_map(|a| (0..v.dtype().itemsize() as isize).map(move |i| a + i))
            .collect()
    }

    #[test]
    fn agrees_with_listing_every_byte() {
        let mut seed = 1u64;
        let mut next = |n: i64| {
            seed = seed
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            ((seed >> 33) as i64 % n) as isize
        };
        let mut shared = 0;
        for _ in 0..3000 {
            let mut make = || {
                let nums = [TypeNum::Byte, TypeNum::Short, TypeNum::Int, TypeNum::Long];
                let num = nums[next(4) as usize];
                let shape = [next(4) + 1, next(4) + 1];
                let strides = [next(80) - 40, next(60) - 30];
                view(next(200), &shape, &strides, num)
            };
            let (a, b) = (make(), make());
            let other = bytes_of(&b);
            let expected = bytes_of(&a).iter().any(|x| other.contains(x));
            shared += i32::from(expected);
            let found = share_memory(&a, &b, None);
            assert_eq!(found == Sharing::Yes, expected, "{a:?} {b:?}");
        }
        assert!(shared > 300);
    }

    #[test]
    fn interleaved_columns_do_not_share() {
        let a = view(0, &[100], &[16], TypeNum::Long);
        let b = view(8, &[100], &[16], TypeNum::Long);
        assert_eq!(share_memory(&a, &b, Some(100)), Sharing::No);
        assert!(bounds_meet(&a, &b));
        assert!(is_same_walk(&a, &a));
    }

    #[test]
    fn repeated_elements_overlap_themselves() {
        assert!(may_overlap_itself(&[3], &[0], 8));
        assert!(!may_overlap_itself(&[1], &[0], 8));
        assert!(!may_overlap_itself(&[3, 4], &[8, 24], 8));
    }
}
