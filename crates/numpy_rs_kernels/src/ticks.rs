//! Kernels of datetime64 and timedelta64: counts of units in 64 bits, with the least value standing for "not a time".
//!
//! Units are brought together before a loop runs; a loop sees ticks of one unit.

use numpy_rs_elements::Bool;

use crate::integers;

/// Not a time.
pub const NAT: i64 = i64::MIN;

#[inline(always)]
fn unless_nat(a: i64, b: i64, value: i64) -> i64 {
    if (a == NAT) | (b == NAT) { NAT } else { value }
}

/// `a + b`, wrapped.
#[inline(always)]
pub fn add(a: i64, b: i64) -> i64 {
    unless_nat(a, b, a.wrapping_add(b))
}

/// `a - b`, wrapped.
#[inline(always)]
pub fn subtract(a: i64, b: i64) -> i64 {
    unless_nat(a, b, a.wrapping_sub(b))
}

/// Ticks times an integer, wrapped.
#[inline(always)]
pub fn multiply_integer(a: i64, b: i64) -> i64 {
    if a == NAT { NAT } else { a.wrapping_mul(b) }
}

/// An integer times ticks, wrapped.
#[inline(always)]
pub fn integer_multiply(a: i64, b: i64) -> i64 {
    multiply_integer(b, a)
}

#[inline(always)]
fn from_float(x: f64) -> i64 {
    // C's conversion: what does not fit becomes the least value, which is NaT; so does NaN.
    if (-9223372036854775808.0..9223372036854775808.0).contains(&x) {
        x as i64
    } else {
        NAT
    }
}

/// Ticks times a float, rounded toward zero.
#[inline(always)]
pub fn multiply_float(a: i64, b: f64) -> i64 {
    if a == NAT {
        NAT
    } else {
        from_float(a as f64 * b)
    }
}

/// A float times ticks, rounded toward zero.
#[inline(always)]
pub fn float_multiply(a: f64, b: i64) -> i64 {
    multiply_float(b, a)
}

/// Ticks over an integer, rounded toward zero; NaT for division by zero.
#[inline(always)]
pub fn divide_integer(a: i64, b: i64) -> i64 {
    if a == NAT || b == 0 {
        NAT
    } else {
        a.wrapping_div(b)
    }
}

/// Ticks over a float, rounded toward zero.
#[inline(always)]
pub fn divide_float(a: i64, b: f64) -> i64 {
    if a == NAT {
        NAT
    } else {
        from_float(a as f64 / b)
    }
}

/// The ratio of two spans.
#[inline(always)]
pub fn divide(a: i64, b: i64) -> f64 {
    if (a == NAT) | (b == NAT) {
        f64::NAN
    } else {
        a as f64 / b as f64
    }
}

/// How often `b` goes into `a`, rounded down; 0 for NaT or division by zero.
#[inline(always)]
pub fn floor_divide(a: i64, b: i64) -> i64 {
    if a == NAT || b == NAT {
        0
    } else {
        integers::floor_divide(a, b)
    }
}

/// What is left of `a` after whole `b`; NaT for division by zero.
#[inline(always)]
pub fn remainder(a: i64, b: i64) -> i64 {
    if a == NAT || b == NAT || b == 0 {
        NAT
    } else {
        integers::remainder(a, b)
    }
}

/// Quotient and remainder.
#[inline(always)]
pub fn divmod(a: i64, b: i64) -> (i64, i64) {
    (floor_divide(a, b), remainder(a, b))
}

macro_rules! comparisons {
    ($($(#[$meta:meta])* $name:ident $op:tt;)*) => {$(
        $(#[$meta])*
        #[inline(always)]
        pub fn $name(a: i64, b: i64) -> Bool { Bool::from((a $op b) & (a != NAT) & (b != NAT)) }
    )*};
}

comparisons! {
    /// `a == b`; NaT equals nothing.
    equal ==;
    /// `a < b`
    less <;
    /// `a <= b`
    less_equal <=;
    /// `a > b`
    greater >;
    /// `a >= b`
    greater_equal >=;
}

/// `a != b`; NaT differs from everything.
#[inline(always)]
pub fn not_equal(a: i64, b: i64) -> Bool {
    Bool::from((a != b) | (a == NAT) | (b == NAT))
}

/// The later; NaT if one is.
#[inline(always)]
pub fn maximum(a: i64, b: i64) -> i64 {
    unless_nat(a, b, a.max(b))
}

/// The earlier; NaT if one is.
#[inline(always)]
pub fn minimum(a: i64, b: i64) -> i64 {
    // NaT is the least value.
    a.min(b)
}

/// The later, passing over NaT.
#[inline(always)]
pub fn fmax(a: i64, b: i64) -> i64 {
    a.max(b)
}

/// The earlier, passing over NaT.
#[inline(always)]
pub fn fmin(a: i64, b: i64) -> i64 {
    if a == NAT {
        b
    } else if b == NAT {
        a
    } else {
        a.min(b)
    }
}

/// `x` between the bounds; NaT if any is.
#[inline(always)]
pub fn clip(x: i64, low: i64, high: i64) -> i64 {
    minimum(maximum(x, low), high)
}

/// `-a`; NaT stays.
#[inline(always)]
pub fn negative(a: i64) -> i64 {
    a.wrapping_neg()
}

/// The magnitude; NaT stays.
#[inline(always)]
pub fn absolute(a: i64) -> i64 {
    a.wrapping_abs()
}

/// -1, 0 or 1 as a float, NaN for NaT.
#[inline(always)]
pub fn sign(a: i64) -> f64 {
    if a == NAT {
        f64::NAN
    } else {
        a.signum() as f64
    }
}

/// Whether it is not a time.
#[inline(always)]
pub fn isnat(a: i64) -> Bool {
    Bool::from(a == NAT)
}

/// Whether it is a time.
#[inline(always)]
pub fn isfinite(a: i64) -> Bool {
    Bool::from(a != NAT)
}

/// The ticks 1 (`_ones_like`).
#[inline(always)]
pub fn one(_: i64) -> i64 {
    1
}
