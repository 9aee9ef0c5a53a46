//! Kernels of the real floating types that are exact or correctly rounded, or follow C's definitions closely.

use numpy_rs_elements::Bool;
use numpy_rs_elements::real::Real;

/// `a + b`
#[inline(always)]
pub fn add<F: Real>(a: F, b: F) -> F {
    a + b
}

/// `a - b`
#[inline(always)]
pub fn subtract<F: Real>(a: F, b: F) -> F {
    a - b
}

/// `a * b`
#[inline(always)]
pub fn multiply<F: Real>(a: F, b: F) -> F {
    a * b
}

/// `a / b`
#[inline(always)]
pub fn divide<F: Real>(a: F, b: F) -> F {
    a / b
}

macro_rules! comparisons {
    ($($(#[$meta:meta])* $name:ident $op:tt;)*) => {$(
        $(#[$meta])*
        #[inline(always)]
        pub fn $name<F: Real>(a: F, b: F) -> Bool { Bool::from(a $op b) }
    )*};
}

comparisons! {
    /// `a == b`
    equal ==;
    /// `a != b`
    not_equal !=;
    /// `a < b`
    less <;
    /// `a <= b`
    less_equal <=;
    /// `a > b`
    greater >;
    /// `a >= b`
    greater_equal >=;
}

/// Both are not zero; NaN is not zero.
#[inline(always)]
pub fn logical_and<F: Real>(a: F, b: F) -> Bool {
    Bool::from((a != F::ZERO) & (b != F::ZERO))
}

/// One is not zero.
#[inline(always)]
pub fn logical_or<F: Real>(a: F, b: F) -> Bool {
    Bool::from((a != F::ZERO) | (b != F::ZERO))
}

/// Just one is not zero.
#[inline(always)]
pub fn logical_xor<F: Real>(a: F, b: F) -> Bool {
    Bool::from((a != F::ZERO) ^ (b != F::ZERO))
}

/// It is zero.
#[inline(always)]
pub fn logical_not<F: Real>(a: F) -> Bool {
    Bool::from(a == F::ZERO)
}

/// The greater; NaN if one is.
#[inline(always)]
pub fn maximum<F: Real>(a: F, b: F) -> F {
    if (a >= b) | a.is_nan() { a } else { b }
}

/// The lesser; NaN if one is.
#[inline(always)]
pub fn minimum<F: Real>(a: F, b: F) -> F {
    if (a <= b) | a.is_nan() { a } else { b }
}

/// The greater; NaN only if both are.
#[inline(always)]
pub fn fmax<F: Real>(a: F, b: F) -> F {
    if (a >= b) | b.is_nan() { a } else { b }
}

/// The lesser; NaN only if both are.
#[inline(always)]
pub fn fmin<F: Real>(a: F, b: F) -> F {
    if (a <= b) | b.is_nan() { a } else { b }
}

/// `x` between the bounds; NaN if any is, and the upper bound wins.
#[inline(always)]
pub fn clip<F: Real>(x: F, low: F, high: F) -> F {
    let raised = if (x < low) | low.is_nan() {
        if x.is_nan() { x } else { low }
    } else {
        x
    };
    if (raised > high) | high.is_nan() {
        if raised.is_nan() { raised } else { high }
    } else {
        raised
    }
}

/// `-a`
#[inline(always)]
pub fn negative<F: Real>(a: F) -> F {
    -a
}

/// `a` itself.
#[inline(always)]
pub fn same<F: Real>(a: F) -> F {
    a
}

/// 1.
#[inline(always)]
pub fn one<F: Real>(_: F) -> F {
    F::ONE
}

/// The magnitude.
#[inline(always)]
pub fn absolute<F: Real>(a: F) -> F {
    a.abs()
}

/// -1, 0 or 1; NaN stays.
#[inline(always)]
pub fn sign<F: Real>(a: F) -> F {
    if a > F::ZERO {
        F::ONE
    } else if a < F::ZERO {
        -F::ONE
    } else if a == F::ZERO {
        F::ZERO
    } else {
        a
    }
}

/// `a * a`
#[inline(always)]
pub fn square<F: Real>(a: F) -> F {
    a * a
}

/// `1 / a`
#[inline(always)]
pub fn reciprocal<F: Real>(a: F) -> F {
    F::ONE / a
}

/// Whether the sign bit is set.
#[inline(always)]
pub fn signbit<F: Real>(a: F) -> Bool {
    Bool::from(a.is_sign_negative())
}

/// Whether it is NaN.
#[inline(always)]
pub fn isnan<F: Real>(a: F) -> Bool {
    Bool::from(a.is_nan())
}

/// Whether it is infinite.
#[inline(always)]
pub fn isinf<F: Real>(a: F) -> Bool {
    Bool::from(a.is_infinite())
}

/// Whether it is neither infinite nor NaN.
#[inline(always)]
pub fn isfinite<F: Real>(a: F) -> Bool {
    Bool::from(a.is_finite())
}

/// The magnitude of `a` with the sign of `b`.
#[inline(always)]
pub fn copysign<F: Real>(a: F, b: F) -> F {
    a.copysign(b)
}

macro_rules! of_the_platform {
    (unary: $($name:ident)*; binary: $($name2:ident)*;) => {
        $(
            /// The function of `Real`, rounded as the platform's libm does.
            #[inline(always)]
            pub fn $name<F: Real>(a: F) -> F { Real::$name(a) }
        )*
        $(
            /// The function of `Real`, rounded as the platform's libm does.
            #[inline(always)]
            pub fn $name2<F: Real>(a: F, b: F) -> F { Real::$name2(a, b) }
        )*
    };
}

of_the_platform! {
    unary: sqrt floor ceil trunc rint sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh
        exp exp2 expm1 log log2 log10 log1p cbrt;
    binary: arctan2 hypot fmod nextafter;
}

/// `a ** b`; squares are exact products, as NumPy has them.
#[inline(always)]
pub fn power<F: Real>(a: F, b: F) -> F {
    if b == F::from_f64(2.0) {
        a * a
    } else {
        Real::power(a, b)
    }
}

/// Radians to degrees.
#[inline(always)]
pub fn degrees<F: Real>(a: F) -> F {
    a * (F::from_f64(180.0) / pi())
}

/// Degrees to radians.
#[inline(always)]
pub fn radians<F: Real>(a: F) -> F {
    a * (pi::<F>() / F::from_f64(180.0))
}

/// π to the precision of the type.
#[inline(always)]
fn pi<F: Real>() -> F {
    // The second part is what float64 loses; longdouble keeps it.
    F::from_f64(std::f64::consts::PI) + F::from_f64(1.2246467991473532e-16)
}

/// ln 2 to the precision of the type.
#[inline(always)]
fn ln_2<F: Real>() -> F {
    F::from_f64(std::f64::consts::LN_2) + F::from_f64(2.3190468138462996e-17)
}

/// log2 e to the precision of the type.
#[inline(always)]
fn log2_e<F: Real>() -> F {
    F::from_f64(std::f64::consts::LOG2_E) + F::from_f64(2.0355273740931033e-17)
}

/// Quotient and remainder of floor division, with Python's signs: the remainder has the sign of `b`.
///
/// For `b` = 0 the quotient is `a / b` and the remainder NaN.
#[inline(always)]
pub fn divmod<F: Real>(a: F, b: F) -> (F, F) {
    let mut rest = a.fmod(b);
    if b == F::ZERO {
        return (a / b, rest);
    }
    let mut quotient = (a - rest) / b;
    if rest == F::ZERO {
        rest = F::ZERO.copysign(b);
    } else if (b < F::ZERO) != (rest < F::ZERO) {
        rest = rest + b;
        quotient = quotient - F::ONE;
    }
    let floored = if quotient == F::ZERO {
        F::ZERO.copysign(a / b)
    } else {
        let floor = quotient.floor();
        if quotient - floor > F::from_f64(0.5) {
            floor + F::ONE
        } else {
            floor
        }
    };
    (floored, rest)
}

/// The quotient of [`divmod`].
#[inline(always)]
pub fn floor_divide<F: Real>(a: F, b: F) -> F {
    if b == F::ZERO { a / b } else { divmod(a, b).0 }
}

/// The remainder of [`divmod`].
#[inline(always)]
pub fn remainder<F: Real>(a: F, b: F) -> F {
    let rest = a.fmod(b);
    if b == F::ZERO {
        return rest;
    }
    if rest == F::ZERO {
        F::ZERO.copysign(b)
    } else if (b < F::ZERO) != (rest < F::ZERO) {
        rest + b
    } else {
        rest
    }
}

/// 0 below zero, `h` at zero, 1 above; NaN stays.
#[inline(always)]
pub fn heaviside<F: Real>(a: F, h: F) -> F {
    if a.is_nan() {
        a
    } else if a == F::ZERO {
        h
    } else if a < F::ZERO {
        F::ZERO
    } else {
        F::ONE
    }
}

/// `log(exp(a) + exp(b))` without overflow.
#[inline(always)]
pub fn logaddexp<F: Real>(a: F, b: F) -> F {
    if a == b {
        // Equal infinities too.
        return a + ln_2();
    }
    let gap = a - b;
    if gap > F::ZERO {
        a + (-gap).exp().log1p()
    } else if gap <= F::ZERO {
        b + gap.exp().log1p()
    } else {
        gap
    }
}

/// `log2(2**a + 2**b)` without overflow.
#[inline(always)]
pub fn logaddexp2<F: Real>(a: F, b: F) -> F {
    if a == b {
        return a + F::ONE;
    }
    let gap = a - b;
    if gap > F::ZERO {
        a + log2_e::<F>() * (-gap).exp2().log1p()
    } else if gap <= F::ZERO {
        b + log2_e::<F>() * gap.exp2().log1p()
    } else {
        gap
    }
}

/// The distance to the next number away from zero, with the sign of `a`.
#[inline(always)]
pub fn spacing<F: Real>(a: F) -> F {
    if a.is_infinite() {
        return F::NAN;
    }
    if a == F::ZERO {
        return F::ZERO.nextafter(F::ONE);
    }
    a.nextafter(F::INFINITY.copysign(a)) - a
}

/// Fraction and integer part, both with the sign of `a`.
#[inline(always)]
pub fn modf<F: Real>(a: F) -> (F, F) {
    if a.is_infinite() {
        return (F::ZERO.copysign(a), a);
    }
    let whole = a.trunc();
    ((a - whole).copysign(a), whole)
}

/// Mantissa in ±[0.5, 1) and exponent.
#[inline(always)]
pub fn frexp<F: Real>(a: F) -> (F, i32) {
    a.frexp()
}

/// `a * 2**exponent`
#[inline(always)]
pub fn ldexp<F: Real>(a: F, exponent: i32) -> F {
    a.ldexp(exponent)
}

/// `a * 2**exponent`, for an exponent of 64 bits.
#[inline(always)]
pub fn ldexp_long<F: Real>(a: F, exponent: i64) -> F {
    a.ldexp(exponent.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32)
}
