//! Continuous laws of one or a few uniform, normal or exponential numbers.

use std::f64::consts::{PI, TAU};

use crate::source::Source;

/// Uniform from `low`, `range` wide.
#[inline]
pub fn uniform<S: Source>(s: &mut S, low: f64, range: f64) -> f64 {
    low + range * s.uniform()
}

/// Normal.
#[inline]
pub fn normal<S: Source>(s: &mut S, loc: f64, scale: f64) -> f64 {
    loc + scale * s.normal()
}

/// Cauchy, as a ratio of normal numbers.
#[inline]
pub fn standard_cauchy<S: Source>(s: &mut S) -> f64 {
    let top = s.normal();
    top / s.normal()
}

/// Wald, by Michael, Schucany and Haas (1976).
#[inline]
pub fn wald<S: Source>(s: &mut S, mean: f64, scale: f64) -> f64 {
    let y = s.normal();
    let y = mean * y * y;
    let x = if S::LEGACY {
        mean + mean / (2.0 * scale) * (y - (4.0 * scale * y + y * y).sqrt())
    } else {
        let d = 1.0 + (1.0 + 4.0 * scale / y).sqrt();
        mean * (1.0 - 2.0 / d)
    };
    let u = s.uniform();
    if u <= mean / (mean + x) {
        x
    } else {
        mean * mean / x
    }
}

/// Von Mises, by Best and Fisher (1979).
#[inline]
pub fn vonmises<S: Source>(s: &mut S, mu: f64, kappa: f64) -> f64 {
    if kappa.is_nan() {
        return f64::NAN;
    }
    if kappa < 1e-8 {
        return PI * (2.0 * s.uniform() - 1.0);
    }
    if !S::LEGACY && kappa > 1e6 {
        // The law is all but normal here, and the rejection below has lost its digits.
        let mut x = mu + (1.0 / kappa).sqrt() * s.normal();
        if x < -PI {
            x += TAU;
        }
        if x > PI {
            x -= TAU;
        }
        return x;
    }
    let c = if kappa < 1e-5 {
        // The series around zero; the exact expression has no digits left.
        1.0 / kappa + kappa
    } else {
        let r = 1.0 + (1.0 + 4.0 * kappa * kappa).sqrt();
        let rho = (r - (2.0 * r).sqrt()) / (2.0 * kappa);
        (1.0 + rho * rho) / (2.0 * rho)
    };
    let w = loop {
        let z = (PI * s.uniform()).cos();
        let w = (1.0 + c * z) / (c + z);
        let y = kappa * (c - w);
        let v = s.uniform();
        if y * (2.0 - y) - v >= 0.0 || (y / v).ln() + 1.0 - y >= 0.0 {
            break w;
        }
        if y.is_nan() {
            return f64::NAN;
        }
    };
    let u = s.uniform();
    let angle = w.acos();
    let angle = if u < 0.5 { -angle } else { angle } + mu;
    let turned = (angle.abs() + PI) % TAU - PI;
    if angle < 0.0 { -turned } else { turned }
}

/// Triangular.
#[inline]
pub fn triangular<S: Source>(s: &mut S, left: f64, mode: f64, right: f64) -> f64 {
    let base = right - left;
    let left_base = mode - left;
    let u = s.uniform();
    if u <= left_base / base {
        left + (u * (left_base * base)).sqrt()
    } else {
        right - ((1.0 - u) * ((right - mode) * base)).sqrt()
    }
}
