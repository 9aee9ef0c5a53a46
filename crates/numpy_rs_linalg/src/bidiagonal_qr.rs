//! Singular values and vectors of small upper bidiagonal matrices: QR iterations that keep small values accurate (Demmel
//! and Kahan 1990), as LAPACK's `bdsqr` has them.
//!
//! The direction of a sweep, the shifts and what counts as zero settle the signs of the vectors, and so follow LAPACK's.

use crate::lanes;
use crate::rotation::{Columns, Rotation};
use crate::sweeping::{UNIT, coupling, next};

/// Sweeps for each pair of rows.
const PATIENCE: usize = 6;

/// The vectors on both sides, and room for the rotations of a sweep.
#[derive(Debug)]
pub(crate) struct Sides<'a> {
    pub(crate) u: Columns<'a>,
    pub(crate) v: Columns<'a>,
    pub(crate) run_u: &'a mut Vec<Rotation>,
    pub(crate) run_v: &'a mut Vec<Rotation>,
}

lanes::per_isa! {
    /// Turns the diagonal `d` into the singular values, falling, and multiplies the columns of both sides by the vectors;
    /// `e` above the diagonal is used up. False where it does not converge.
    pub(crate) fn solve(d: &mut [f64], e: &mut [f64], sides: &mut Sides<'_>) -> bool = solve_body
}

#[inline(always)]
fn solve_body(d: &mut [f64], e: &mut [f64], sides: &mut Sides<'_>) -> bool {
    let n = d.len();
    let tolerance = UNIT * UNIT.powf(-0.125).clamp(10.0, 100.0);
    let limit = {
        // A lower bound of the smallest singular value.
        let mut bound = d[0].abs();
        let mut least = bound;
        for i in 1..n {
            if least == 0.0 {
                break;
            }
            bound = d[i].abs() * (bound / (bound + e[i - 1].abs()));
            least = least.min(bound);
        }
        let floor = (PATIENCE * n * n) as f64 * f64::MIN_POSITIVE;
        (tolerance * least / (n as f64).sqrt()).max(floor)
    };
    let mut left = PATIENCE * n * n;
    // The block that was worked on last, and which way.
    let (mut known, mut down) = (None, true);
    let mut end = n - 1;
    while end > 0 {
        let mut start = end;
        let mut largest = d[end].abs();
        while start > 0 {
            let beside = e[start - 1].abs();
            if beside <= limit {
                e[start - 1] = 0.0;
                break;
            }
            start -= 1;
            largest = largest.max(d[start].abs()).max(beside);
        }
        if start == end {
            end -= 1;
            continue;
        }
        if start + 1 == end {
            let found = two_by_two(d[start], e[start], d[end]);
            (d[start], d[end], e[start]) = (found.large, found.small, 0.0);
            sides.v.rotate(start, end, found.right);
            sides.u.rotate(start, end, found.left);
            if start == 0 {
                break;
            }
            end = start - 1;
            continue;
        }
        // Bulges are chased towards the smaller end, for as long as the block lies in the same rows.
        if known.is_none_or(|(first, last)| start > last || end < first) {
            down = d[start].abs() >= d[end].abs();
        }
        let (first, last, step) = if down {
            (start, end, 1)
        } else {
            (end, start, -1)
        };
        let mut smallest = d[first].abs();
        if cut(d, e, first, last, step, tolerance, &mut smallest) {
            continue;
        }
        known = Some((start, end));
        let before = next(last, -step);
        let accurate = n as f64 * tolerance * (smallest / largest) <= UNIT.max(0.01 * tolerance);
        let shift = if accurate {
            0.0
        } else {
            let shift = least_of_two(d[before], e[coupling(before, step)], d[last]);
            let share = shift / d[first].abs();
            if d[first] != 0.0 && share * share < UNIT {
                0.0
            } else {
                shift
            }
        };
        let length = end - start;
        if left < length {
            return false;
        }
        left -= length;
        // Upwards the matrix is seen from the other end, and the sides change places.
        let (near, far) = if down {
            (&mut *sides.run_v, &mut *sides.run_u)
        } else {
            (&mut *sides.run_u, &mut *sides.run_v)
        };
        near.clear();
        far.clear();
        if shift == 0.0 {
            sweep_unshifted(d, e, first, last, step, near, far);
        } else {
            sweep(d, e, first, last, step, shift, near, far);
        }
        let beside = &mut e[coupling(before, step)];
        if beside.abs() <= limit {
            *beside = 0.0;
        }
        sides.v.sweep(first, step, sides.run_v);
        sides.u.sweep(first, step, sides.run_u);
    }
    for (i, value) in d.iter_mut().enumerate() {
        if *value < 0.0 {
            sides.v.negate(i);
        }
        *value = value.abs();
    }
    sort(d, sides);
    true
}

/// Sets a coupling to zero that changes no singular value beyond the tolerance; false where there is none. `smallest`
/// becomes a lower bound of the block's singular values.
#[inline(always)]
fn cut(
    d: &[f64],
    e: &mut [f64],
    first: usize,
    last: usize,
    step: isize,
    tolerance: f64,
    smallest: &mut f64,
) -> bool {
    let final_one = &mut e[coupling(next(last, -step), step)];
    if final_one.abs() <= tolerance * d[last].abs() {
        *final_one = 0.0;
        return true;
    }
    let mut bound = d[first].abs();
    *smallest = bound;
    let mut at = first;
    while at != last {
        let beside = &mut e[coupling(at, step)];
        if beside.abs() <= tolerance * bound {
            *beside = 0.0;
            return true;
        }
        at = next(at, step);
        bound = d[at].abs() * (bound / (bound + beside.abs()));
        *smallest = smallest.min(bound);
    }
    false
}

/// A sweep without shift, which loses nothing of small values.
#[inline(always)]
fn sweep_unshifted(
    d: &mut [f64],
    e: &mut [f64],
    first: usize,
    last: usize,
    step: isize,
    near: &mut Vec<Rotation>,
    far: &mut Vec<Rotation>,
) {
    let (mut by, mut before) = (Rotation { c: 1.0, s: 0.0 }, Rotation { c: 1.0, s: 0.0 });
    let mut at = first;
    while at != last {
        let (turned, r) = Rotation::new(d[at] * by.c, e[coupling(at, step)]);
        by = turned;
        if at != first {
            e[coupling(next(at, -step), step)] = before.s * r;
        }
        let further = next(at, step);
        (before, d[at]) = Rotation::new(before.c * r, d[further] * by.s);
        near.push(by);
        far.push(before);
        at = further;
    }
    let h = d[last] * by.c;
    d[last] = h * before.c;
    e[coupling(next(last, -step), step)] = h * before.s;
}

#[inline(always)]
fn sweep(
    d: &mut [f64],
    e: &mut [f64],
    first: usize,
    last: usize,
    step: isize,
    shift: f64,
    near: &mut Vec<Rotation>,
    far: &mut Vec<Rotation>,
) {
    let mut f = (d[first].abs() - shift) * (1f64.copysign(d[first]) + shift / d[first]);
    let mut g = e[coupling(first, step)];
    let mut at = first;
    while at != last {
        let (here, further) = (coupling(at, step), next(at, step));
        let (right, r) = Rotation::new(f, g);
        if at != first {
            e[coupling(next(at, -step), step)] = r;
        }
        f = right.c * d[at] + right.s * e[here];
        e[here] = right.c * e[here] - right.s * d[at];
        g = right.s * d[further];
        d[further] *= right.c;
        let (left, r) = Rotation::new(f, g);
        d[at] = r;
        f = left.c * e[here] + left.s * d[further];
        d[further] = left.c * d[further] - left.s * e[here];
        if further != last {
            let beyond = &mut e[coupling(further, step)];
            g = left.s * *beyond;
            *beyond *= left.c;
        }
        near.push(right);
        far.push(left);
        at = further;
    }
    e[coupling(next(last, -step), step)] = f;
}

/// The smaller singular value of `[[f, g], [0, h]]`.
#[inline(always)]
fn least_of_two(f: f64, g: f64, h: f64) -> f64 {
    let (f, g, h) = (f.abs(), g.abs(), h.abs());
    let (small, large) = (f.min(h), f.max(h));
    if small == 0.0 {
        return 0.0;
    }
    let (sum, difference) = (1.0 + small / large, (large - small) / large);
    if g < large {
        let square = (g / large) * (g / large);
        let roots = (sum * sum + square).sqrt() + (difference * difference + square).sqrt();
        return small * (2.0 / roots);
    }
    let share = large / g;
    if share == 0.0 {
        return (small * large) / g;
    }
    let root = |x: f64| (1.0 + (x * share) * (x * share)).sqrt();
    2.0 * (small * (1.0 / (root(sum) + root(difference)))) * share
}

/// The decomposition of an upper triangle of two rows; values have signs.
struct Pair {
    large: f64,
    small: f64,
    left: Rotation,
    right: Rotation,
}

/// The singular values of `[[f, g], [0, h]]` and the rotations to their vectors.
#[inline(always)]
fn two_by_two(f: f64, g: f64, h: f64) -> Pair {
    let swapped = h.abs() > f.abs();
    let (top, bottom) = if swapped { (h, f) } else { (f, h) };
    let (size, other) = (top.abs(), bottom.abs());
    // Which entry is largest settles the signs.
    let mut leading = if swapped { h } else { f };
    let mut from_corner = false;
    let (small, large, left, right);
    if g == 0.0 {
        (small, large) = (other, size);
        (left, right) = (Rotation { c: 1.0, s: 0.0 }, Rotation { c: 1.0, s: 0.0 });
    } else {
        let corner = g.abs();
        if corner > size {
            (leading, from_corner) = (g, true);
        }
        if from_corner && size / corner < UNIT {
            large = corner;
            small = if other > 1.0 {
                size / (corner / other)
            } else {
                (size / corner) * other
            };
            left = Rotation {
                c: 1.0,
                s: bottom / g,
            };
            right = Rotation { c: top / g, s: 1.0 };
        } else {
            let difference = size - other;
            // `difference / size` without a rounding where the other is nothing.
            let l = if difference == size {
                1.0
            } else {
                difference / size
            };
            let m = g / top;
            let t = 2.0 - l;
            let square = m * m;
            let s = (t * t + square).sqrt();
            let r = if l == 0.0 {
                m.abs()
            } else {
                (l * l + square).sqrt()
            };
            let a = 0.5 * (s + r);
            (small, large) = (other / a, size * a);
            let t = if square != 0.0 {
                (m / (s + t) + m / (r + l)) * (1.0 + a)
            } else if l == 0.0 {
                2f64.copysign(top) * 1f64.copysign(g)
            } else {
                g / difference.copysign(top) + m / t
            };
            let length = (t * t + 4.0).sqrt();
            right = Rotation {
                c: 2.0 / length,
                s: t / length,
            };
            left = Rotation {
                c: (right.c + right.s * m) / a,
                s: (bottom / top) * right.s / a,
            };
        }
    }
    let (left, right) = if swapped {
        (
            Rotation {
                c: right.s,
                s: right.c,
            },
            Rotation {
                c: left.s,
                s: left.c,
            },
        )
    } else {
        (left, right)
    };
    let sign = |x: f64| 1f64.copysign(x);
    let turned = if from_corner {
        sign(right.s) * sign(left.c)
    } else if swapped {
        sign(right.s) * sign(left.s)
    } else {
        sign(right.c) * sign(left.c)
    };
    let turned = turned * sign(leading);
    Pair {
        large: large.copysign(turned),
        small: small.copysign(turned * sign(f) * sign(h)),
        left,
        right,
    }
}

/// Puts values and vectors in falling order, the smallest to the end first.
#[inline(always)]
fn sort(d: &mut [f64], sides: &mut Sides<'_>) {
    for end in (1..d.len()).rev() {
        let mut least = 0;
        for j in 1..=end {
            if d[j] <= d[least] {
                least = j;
            }
        }
        if least != end {
            d.swap(least, end);
            sides.u.swap(least, end);
            sides.v.swap(least, end);
        }
    }
}
