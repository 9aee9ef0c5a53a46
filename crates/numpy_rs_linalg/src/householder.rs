//! Reflections `1 - tau v vᴴ` with `v[0] = 1`, as LAPACK's `larfg` makes them: what they leave is real.

use crate::lanes;
use crate::scalar::Scalar;

/// Turns a column into a reflection: `x[0]` becomes what the reflection leaves of the column, the rest the rest of `v`.
/// Answers `tau`, which is zero where nothing is to do.
#[inline(always)]
pub(crate) fn reflect<T: Scalar>(x: &mut [T]) -> T {
    let tail = norm(&x[1..]);
    let alpha = x[0];
    if tail == 0.0 && alpha.im() == 0.0 {
        return T::ZERO;
    }
    let beta = -alpha.modulus().hypot(tail).copysign(alpha.re());
    let head = T::from_real(beta).plus(alpha, T::ONE.negated());
    let tau = head.divided(beta);
    let scale = T::ONE.over(head.negated());
    for v in &mut x[1..] {
        *v = v.times(scale);
    }
    x[0] = T::from_real(beta);
    tau
}

/// Applies `1 - tau v vᴴ` from the left to a column; `v[0]` counts as 1 whatever stands there.
#[inline(always)]
pub(crate) fn apply<T: Scalar>(v: &[T], tau: T, column: &mut [T]) {
    let dot = column[0].plus(lanes::dot(&v[1..], &column[1..]), T::ONE);
    let by = tau.times(dot).negated();
    column[0] = column[0].plus(by, T::ONE);
    for (v, c) in v[1..].iter().zip(&mut column[1..]) {
        *c = c.plus(*v, by);
    }
}

/// The Euclidean norm, without squares that overflow or vanish.
#[inline(always)]
pub(crate) fn norm<T: Scalar>(x: &[T]) -> f64 {
    let squares = lanes::squares(x);
    // Far enough from both ends of the range that no part of the sum is lost.
    if (1e-250..1e250).contains(&squares) {
        return squares.sqrt();
    }
    scaled_norm(x)
}

#[cold]
fn scaled_norm<T: Scalar>(x: &[T]) -> f64 {
    let largest = x
        .iter()
        .map(|v| v.re().abs().max(v.im().abs()))
        .fold(0.0, f64::max);
    if largest == 0.0 || !largest.is_finite() {
        return x.iter().map(|v| v.modulus()).sum();
    }
    let squares: f64 = x
        .iter()
        .map(|v| (v.re() / largest).powi(2) + (v.im() / largest).powi(2))
        .sum();
    largest * squares.sqrt()
}
