//! Kernels of complex numbers: arithmetic, lexicographic order, and what follows from them.

use numpy_rs_elements::real::Real;
use numpy_rs_elements::{Bool, Complex};

/// `a + b`
#[inline(always)]
pub fn add<F: Real>(a: Complex<F>, b: Complex<F>) -> Complex<F> {
    Complex::new(a.re + b.re, a.im + b.im)
}

/// `a - b`
#[inline(always)]
pub fn subtract<F: Real>(a: Complex<F>, b: Complex<F>) -> Complex<F> {
    Complex::new(a.re - b.re, a.im - b.im)
}

/// `a * b`, by the schoolbook formula.
#[inline(always)]
pub fn multiply<F: Real>(a: Complex<F>, b: Complex<F>) -> Complex<F> {
    Complex::new(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
}

/// `a / b`, scaled by the greater part of `b` (Smith); each part over zero if `b` is zero.
#[inline(always)]
pub fn divide<F: Real>(a: Complex<F>, b: Complex<F>) -> Complex<F> {
    let (re, im) = (b.re.abs(), b.im.abs());
    if re >= im {
        if re == F::ZERO && im == F::ZERO {
            return Complex::new(a.re / re, a.im / re);
        }
        let ratio = b.im / b.re;
        let scale = F::ONE / (b.re + b.im * ratio);
        Complex::new((a.re + a.im * ratio) * scale, (a.im - a.re * ratio) * scale)
    } else {
        let ratio = b.re / b.im;
        let scale = F::ONE / (b.im + b.re * ratio);
        Complex::new((a.re * ratio + a.im) * scale, (a.im * ratio - a.re) * scale)
    }
}

/// `a == b`
#[inline(always)]
pub fn equal<F: Real>(a: Complex<F>, b: Complex<F>) -> Bool {
    Bool::from((a.re == b.re) & (a.im == b.im))
}

/// `a != b`
#[inline(always)]
pub fn not_equal<F: Real>(a: Complex<F>, b: Complex<F>) -> Bool {
    Bool::from((a.re != b.re) | (a.im != b.im))
}

#[inline(always)]
fn lt<F: Real>(a: Complex<F>, b: Complex<F>) -> bool {
    (a.re < b.re && !a.im.is_nan() && !b.im.is_nan()) || (a.re == b.re && a.im < b.im)
}

#[inline(always)]
fn le<F: Real>(a: Complex<F>, b: Complex<F>) -> bool {
    (a.re < b.re && !a.im.is_nan() && !b.im.is_nan()) || (a.re == b.re && a.im <= b.im)
}

#[inline(always)]
fn nan<F: Real>(a: Complex<F>) -> bool {
    a.re.is_nan() || a.im.is_nan()
}

/// Before, real parts first.
#[inline(always)]
pub fn less<F: Real>(a: Complex<F>, b: Complex<F>) -> Bool {
    Bool::from(lt(a, b))
}

/// Before or the same.
#[inline(always)]
pub fn less_equal<F: Real>(a: Complex<F>, b: Complex<F>) -> Bool {
    Bool::from(le(a, b))
}

/// After.
#[inline(always)]
pub fn greater<F: Real>(a: Complex<F>, b: Complex<F>) -> Bool {
    Bool::from(lt(b, a))
}

/// After or the same.
#[inline(always)]
pub fn greater_equal<F: Real>(a: Complex<F>, b: Complex<F>) -> Bool {
    Bool::from(le(b, a))
}

#[inline(always)]
fn truth<F: Real>(a: Complex<F>) -> bool {
    a.re != F::ZERO || a.im != F::ZERO
}

/// Both are not zero.
#[inline(always)]
pub fn logical_and<F: Real>(a: Complex<F>, b: Complex<F>) -> Bool {
    Bool::from(truth(a) & truth(b))
}

/// One is not zero.
#[inline(always)]
pub fn logical_or<F: Real>(a: Complex<F>, b: Complex<F>) -> Bool {
    Bool::from(truth(a) | truth(b))
}

/// Just one is not zero.
#[inline(always)]
pub fn logical_xor<F: Real>(a: Complex<F>, b: Complex<F>) -> Bool {
    Bool::from(truth(a) ^ truth(b))
}

/// It is zero.
#[inline(always)]
pub fn logical_not<F: Real>(a: Complex<F>) -> Bool {
    Bool::from(!truth(a))
}

/// The greater; the first with a NaN if one has.
#[inline(always)]
pub fn maximum<F: Real>(a: Complex<F>, b: Complex<F>) -> Complex<F> {
    if nan(a) || le(b, a) { a } else { b }
}

/// The lesser; the first with a NaN if one has.
#[inline(always)]
pub fn minimum<F: Real>(a: Complex<F>, b: Complex<F>) -> Complex<F> {
    if nan(a) || le(a, b) { a } else { b }
}

/// The greater, passing over NaN.
#[inline(always)]
pub fn fmax<F: Real>(a: Complex<F>, b: Complex<F>) -> Complex<F> {
    if nan(b) || le(b, a) { a } else { b }
}

/// The lesser, passing over NaN.
#[inline(always)]
pub fn fmin<F: Real>(a: Complex<F>, b: Complex<F>) -> Complex<F> {
    if nan(b) || le(a, b) { a } else { b }
}

/// `x` between the bounds; NaN in `x` stays, and in the bounds only decides where real parts are equal.
#[inline(always)]
pub fn clip<F: Real>(x: Complex<F>, low: Complex<F>, high: Complex<F>) -> Complex<F> {
    let before = |a: Complex<F>, b: Complex<F>| {
        if a.re == b.re {
            a.im < b.im
        } else {
            a.re < b.re
        }
    };
    let raised = if nan(x) || before(low, x) { x } else { low };
    if nan(raised) || before(raised, high) {
        raised
    } else {
        high
    }
}

/// `-a`
#[inline(always)]
pub fn negative<F: Real>(a: Complex<F>) -> Complex<F> {
    Complex::new(-a.re, -a.im)
}

/// `a` itself.
#[inline(always)]
pub fn same<F: Real>(a: Complex<F>) -> Complex<F> {
    a
}

/// 1.
#[inline(always)]
pub fn one<F: Real>(_: Complex<F>) -> Complex<F> {
    Complex::new(F::ONE, F::ZERO)
}

/// The conjugate.
#[inline(always)]
pub fn conjugate<F: Real>(a: Complex<F>) -> Complex<F> {
    Complex::new(a.re, -a.im)
}

/// The magnitude.
#[inline(always)]
pub fn absolute<F: Real>(a: Complex<F>) -> F {
    a.re.hypot(a.im)
}

/// `a / |a|`, 0 at zero.
#[inline(always)]
pub fn sign<F: Real>(a: Complex<F>) -> Complex<F> {
    let magnitude = a.re.hypot(a.im);
    if magnitude.is_nan() {
        return Complex::new(F::NAN, F::NAN);
    }
    if magnitude.is_infinite() {
        return match (a.re.is_infinite(), a.im.is_infinite()) {
            (true, false) => Complex::new(F::ONE.copysign(a.re), F::ZERO),
            (false, true) => Complex::new(F::ZERO, F::ONE.copysign(a.im)),
            _ => Complex::new(F::NAN, F::NAN),
        };
    }
    if magnitude == F::ZERO {
        return Complex::new(F::ZERO, F::ZERO);
    }
    Complex::new(a.re / magnitude, a.im / magnitude)
}

/// `a * a`
#[inline(always)]
pub fn square<F: Real>(a: Complex<F>) -> Complex<F> {
    Complex::new(a.re * a.re - a.im * a.im, a.re * a.im + a.im * a.re)
}

/// `1 / a`
#[inline(always)]
pub fn reciprocal<F: Real>(a: Complex<F>) -> Complex<F> {
    if a.im.abs() <= a.re.abs() {
        let ratio = a.im / a.re;
        let scale = a.re + a.im * ratio;
        Complex::new(F::ONE / scale, -ratio / scale)
    } else {
        let ratio = a.re / a.im;
        let scale = a.re * ratio + a.im;
        Complex::new(ratio / scale, -F::ONE / scale)
    }
}

/// Both parts rounded to the nearest integer.
#[inline(always)]
pub fn rint<F: Real>(a: Complex<F>) -> Complex<F> {
    Complex::new(a.re.rint(), a.im.rint())
}

/// Whether a part is NaN.
#[inline(always)]
pub fn isnan<F: Real>(a: Complex<F>) -> Bool {
    Bool::from(nan(a))
}

/// Whether a part is infinite.
#[inline(always)]
pub fn isinf<F: Real>(a: Complex<F>) -> Bool {
    Bool::from(a.re.is_infinite() || a.im.is_infinite())
}

/// Whether both parts are finite.
#[inline(always)]
pub fn isfinite<F: Real>(a: Complex<F>) -> Bool {
    Bool::from(a.re.is_finite() && a.im.is_finite())
}
