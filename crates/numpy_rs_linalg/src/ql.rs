//! Eigenvalues and vectors of small symmetric tridiagonal matrices: QL and QR iterations with implicit shifts, as LAPACK's
//! `steqr` has them.
//!
//! Which end an iteration starts from, the shifts and the order of rotations settle the signs of the vectors, and so
//! follow LAPACK's.

use crate::lanes;
use crate::rotation::{Columns, Rotation};
use crate::sweeping::{UNIT, coupling, next};

/// Iterations for each eigenvalue; a few are enough.
const PATIENCE: usize = 30;

lanes::per_isa! {
    /// Turns the diagonal `d` into the eigenvalues, rising, and multiplies the columns of `z` by the vectors; `e` beside
    /// the diagonal is used up. False where it does not converge.
    pub(crate) fn solve(d: &mut [f64], e: &mut [f64], z: &mut Columns<'_>, run: &mut Vec<Rotation>) -> bool = solve_body
}

#[inline(always)]
fn solve_body(d: &mut [f64], e: &mut [f64], z: &mut Columns<'_>, run: &mut Vec<Rotation>) -> bool {
    let n = d.len();
    let mut left = PATIENCE * n;
    let mut start = 0;
    while start < n {
        // A block ends where the coupling is nothing to both sides.
        let mut end = start;
        while end + 1 < n {
            let size = e[end].abs();
            if size == 0.0 {
                break;
            }
            if size <= d[end].abs().sqrt() * d[end + 1].abs().sqrt() * UNIT {
                e[end] = 0.0;
                break;
            }
            end += 1;
        }
        if end > start && !scaled_block(d, e, z, run, (start, end), &mut left) {
            return false;
        }
        start = end + 1;
    }
    sort(d, z);
    true
}

/// Solves the block of rows `start..=end`, scaled where squares would leave the range of doubles.
#[inline(always)]
fn scaled_block(
    d: &mut [f64],
    e: &mut [f64],
    z: &mut Columns<'_>,
    run: &mut Vec<Rotation>,
    (start, end): (usize, usize),
    left: &mut usize,
) -> bool {
    let largest = |d: &[f64], e: &[f64]| {
        let beside = e[start..end]
            .iter()
            .fold(0.0f64, |most, x| most.max(x.abs()));
        d[start..=end]
            .iter()
            .fold(beside, |most, x| most.max(x.abs()))
    };
    let size = largest(d, e);
    // The square root of the range, with room for sums.
    let scale = if size > 1e150 {
        2f64.powi(-600)
    } else if size < 1e-140 {
        2f64.powi(500)
    } else {
        1.0
    };
    let by = |d: &mut [f64], e: &mut [f64], factor: f64| {
        if factor != 1.0 {
            d[start..=end].iter_mut().for_each(|x| *x *= factor);
            e[start..end].iter_mut().for_each(|x| *x *= factor);
        }
    };
    by(d, e, scale);
    let done = block(d, e, z, run, (start, end), left);
    by(d, e, 1.0 / scale);
    done
}

#[inline(always)]
fn block(
    d: &mut [f64],
    e: &mut [f64],
    z: &mut Columns<'_>,
    run: &mut Vec<Rotation>,
    (start, end): (usize, usize),
    left: &mut usize,
) -> bool {
    // Towards the larger end: QL from the upper one, QR from the lower one.
    let (mut at, last, step) = if d[end].abs() < d[start].abs() {
        (end, start, -1)
    } else {
        (start, end, 1)
    };
    let mut open = end - start + 1;
    while open > 0 {
        let mut far = at;
        while far != last {
            let b = &mut e[coupling(far, step)];
            let bound = UNIT * UNIT * d[far].abs() * d[next(far, step)].abs();
            if *b * *b <= bound + f64::MIN_POSITIVE {
                *b = 0.0;
                break;
            }
            far = next(far, step);
        }
        if far == at {
            open -= 1;
            if open > 0 {
                at = next(at, step);
            }
            continue;
        }
        if far == next(at, step) {
            let (low, high) = (at.min(far), at.max(far));
            let (first, second, by) = two_by_two(d[low], e[low], d[high]);
            z.rotate(low, high, by);
            (d[low], d[high], e[low]) = (first, second, 0.0);
            open -= 2;
            if open > 0 {
                at = next(far, step);
            }
            continue;
        }
        if *left == 0 {
            return false;
        }
        *left -= 1;
        sweep(d, e, at, far, step, run);
        z.sweep(far, -step, run);
    }
    true
}

/// One iteration on the places from `at` to `far`; the rotations start at `far`.
#[inline(always)]
fn sweep(
    d: &mut [f64],
    e: &mut [f64],
    at: usize,
    far: usize,
    step: isize,
    run: &mut Vec<Rotation>,
) {
    let beside = e[coupling(at, step)];
    // Wilkinson's shift.
    let half = (d[next(at, step)] - d[at]) / (2.0 * beside);
    let length = if half.abs() < 1e150 {
        (half * half + 1.0).sqrt()
    } else {
        half.abs()
    };
    let mut g = d[far] - d[at] + beside / (half + length.copysign(half));
    let (mut by, mut p) = (Rotation { c: 1.0, s: 1.0 }, 0.0);
    run.clear();
    let mut behind = far;
    while behind != at {
        let here = next(behind, -step);
        let b = e[coupling(here, step)];
        let (f, b) = (by.s * b, by.c * b);
        let (turned, r) = Rotation::new(g, f);
        by = turned;
        if behind != far {
            e[coupling(behind, step)] = r;
        }
        g = d[behind] - p;
        let r = (d[here] - g) * by.s + 2.0 * by.c * b;
        p = by.s * r;
        d[behind] = g + p;
        g = by.c * r - b;
        run.push(by);
        behind = here;
    }
    d[at] -= p;
    e[coupling(at, step)] = g;
}

/// The eigenvalues of `[[a, b], [b, c]]`, that of larger absolute value first, and the rotation to its vector.
#[inline(always)]
fn two_by_two(a: f64, b: f64, c: f64) -> (f64, f64, Rotation) {
    let (sum, difference, twice) = (a + c, a - c, 2.0 * b);
    let (large, small) = if a.abs() > c.abs() { (a, c) } else { (c, a) };
    let root = {
        let (x, y) = (difference.abs(), twice.abs());
        if x > y {
            x * (1.0 + (y / x) * (y / x)).sqrt()
        } else if x < y {
            y * (1.0 + (x / y) * (x / y)).sqrt()
        } else {
            y * 2f64.sqrt()
        }
    };
    let negative = sum < 0.0;
    let (first, second) = if sum == 0.0 {
        (0.5 * root, -0.5 * root)
    } else {
        let first = 0.5 * (sum + root.copysign(sum));
        (first, (large / first) * small - (b / first) * b)
    };
    let falling = difference < 0.0;
    let side = if falling {
        difference - root
    } else {
        difference + root
    };
    let by = if side.abs() > twice.abs() {
        let cot = -twice / side;
        let s = 1.0 / (1.0 + cot * cot).sqrt();
        Rotation { c: cot * s, s }
    } else if twice == 0.0 {
        Rotation { c: 1.0, s: 0.0 }
    } else {
        let tan = -side / twice;
        let c = 1.0 / (1.0 + tan * tan).sqrt();
        Rotation { c, s: tan * c }
    };
    if negative == falling {
        (first, second, Rotation { c: -by.s, s: by.c })
    } else {
        (first, second, by)
    }
}

/// Puts eigenvalues and columns in rising order with the fewest exchanges.
#[inline(always)]
fn sort(d: &mut [f64], z: &mut Columns<'_>) {
    for i in 0..d.len() {
        let mut least = i;
        for j in i + 1..d.len() {
            if d[j] < d[least] {
                least = j;
            }
        }
        if least != i {
            d.swap(i, least);
            z.swap(i, least);
        }
    }
}
