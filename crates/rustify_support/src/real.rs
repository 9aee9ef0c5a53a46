//! Floats of which it depends on the run whether they are Python's or NumPy's, such as a sum that starts at 0.0.

use super::exc::Res;
use super::float;
use super::int::Int;
use super::ndmath::float64;
use super::num::Num;

/// A float, and whether it is a `numpy.float64`.
#[derive(Clone, Copy, Debug)]
pub struct Real(pub f64, pub bool);

impl Real {
    /// As one of all kinds of numbers.
    #[inline]
    pub fn num<I: Int>(self) -> Num<I> {
        if self.1 {
            Num::Float64(self.0)
        } else {
            Num::Float(self.0)
        }
    }
}

/// A `float`.
#[inline]
pub fn plain(value: f64) -> Real {
    Real(value, false)
}

/// A `numpy.float64`.
#[inline]
pub fn numpys(value: f64) -> Real {
    Real(value, true)
}

/// A result that NumPy does not warn of.
#[inline]
fn quiet(value: f64, a: Real, b: Real) -> Res<Real> {
    let is_numpys = a.1 || b.1;
    if value.is_finite() || !is_numpys {
        return Ok(Real(value, is_numpys));
    }
    float::unwarned(value, a.0, b.0).map(numpys)
}

/// `a + b`.
#[inline]
pub fn add(a: Real, b: Real) -> Res<Real> {
    quiet(a.0 + b.0, a, b)
}
/// `a - b`.
#[inline]
pub fn sub(a: Real, b: Real) -> Res<Real> {
    quiet(a.0 - b.0, a, b)
}
/// `a * b`.
#[inline]
pub fn mul(a: Real, b: Real) -> Res<Real> {
    quiet(a.0 * b.0, a, b)
}
/// `a + b`, with the flags looked at later.
#[inline]
pub fn plus(a: Real, b: Real) -> Real {
    Real(a.0 + b.0, a.1 || b.1)
}
/// `a - b`, with the flags looked at later.
#[inline]
pub fn minus(a: Real, b: Real) -> Real {
    Real(a.0 - b.0, a.1 || b.1)
}
/// `a * b`, with the flags looked at later.
#[inline]
pub fn times(a: Real, b: Real) -> Real {
    Real(a.0 * b.0, a.1 || b.1)
}
/// `a / b`.
#[inline]
pub fn true_div(a: Real, b: Real) -> Res<Real> {
    if a.1 || b.1 {
        return float64::true_div(a.0, b.0).map(|f| numpys(f.0));
    }
    float::div(a.0, b.0).map(plain)
}
/// `-a`.
#[inline]
pub fn neg(a: Real) -> Real {
    Real(-a.0, a.1)
}
/// `abs(a)`.
#[inline]
pub fn abs(a: Real) -> Real {
    Real(a.0.abs(), a.1)
}
