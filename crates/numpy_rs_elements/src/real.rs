//! What the real floating types have in common, and the functions that the platform's libm gives them.
//!
//! float16 computes in float32 and rounds once; longdouble calls the `l` functions of libm.

use std::ops::{Add, Div, Mul, Neg, Sub};

use half::f16;

/// A real floating type: float16, float32, float64 or longdouble.
#[expect(
    missing_docs,
    reason = "the functions are those of C's math.h, under NumPy's names"
)]
pub trait Real:
    Copy
    + PartialOrd
    + Default
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + 'static
{
    const ZERO: Self;
    const ONE: Self;
    const INFINITY: Self;
    const NAN: Self;
    const MIN_POSITIVE: Self;
    fn from_f64(x: f64) -> Self;
    fn to_f64(self) -> f64;
    fn is_nan(self) -> bool;
    fn is_infinite(self) -> bool;
    fn is_finite(self) -> bool;
    fn is_sign_negative(self) -> bool;
    fn abs(self) -> Self;
    fn copysign(self, sign: Self) -> Self;
    fn sqrt(self) -> Self;
    fn floor(self) -> Self;
    fn ceil(self) -> Self;
    fn trunc(self) -> Self;
    fn rint(self) -> Self;
    fn sin(self) -> Self;
    fn cos(self) -> Self;
    fn tan(self) -> Self;
    fn arcsin(self) -> Self;
    fn arccos(self) -> Self;
    fn arctan(self) -> Self;
    fn sinh(self) -> Self;
    fn cosh(self) -> Self;
    fn tanh(self) -> Self;
    fn arcsinh(self) -> Self;
    fn arccosh(self) -> Self;
    fn arctanh(self) -> Self;
    fn exp(self) -> Self;
    fn exp2(self) -> Self;
    fn expm1(self) -> Self;
    fn log(self) -> Self;
    fn log2(self) -> Self;
    fn log10(self) -> Self;
    fn log1p(self) -> Self;
    fn cbrt(self) -> Self;
    fn arctan2(self, x: Self) -> Self;
    fn hypot(self, other: Self) -> Self;
    fn power(self, exponent: Self) -> Self;
    fn fmod(self, divisor: Self) -> Self;
    /// The neighbour of `self` toward `target`.
    fn nextafter(self, target: Self) -> Self;
    /// `self * 2**exponent`.
    fn ldexp(self, exponent: i32) -> Self;
    /// Mantissa in ±[0.5, 1) and exponent.
    fn frexp(self) -> (Self, i32);
}

/// The nearest float16, ties to even, rounded once (through float32 alone it would be rounded twice).
#[inline(always)]
pub fn f16_from_f64(x: f64) -> f16 {
    let nearest = x as f32;
    f16::from_f32(round_to_odd(
        nearest,
        (nearest.abs() as f64).partial_cmp(&x.abs()),
    ))
}

/// The nearest float16 of a longdouble, rounded once.
#[cfg(all(target_arch = "x86_64", not(windows)))]
pub fn f16_from_longdouble(x: crate::LongDouble) -> f16 {
    let nearest = x.to_f32();
    let back = crate::LongDouble::from_f64(nearest as f64);
    f16::from_f32(round_to_odd(nearest, back.abs().partial_cmp(&x.abs())))
}

/// The neighbour of an inexact value with an odd last bit, which a second rounding cannot mistake for a tie;
/// `order` is that of the magnitudes of `nearest` and the exact value.
#[inline(always)]
fn round_to_odd(nearest: f32, order: Option<std::cmp::Ordering>) -> f32 {
    let bits = nearest.to_bits();
    f32::from_bits(match order {
        Some(std::cmp::Ordering::Greater) => (bits - 1) | 1,
        Some(std::cmp::Ordering::Less) => bits | 1,
        _ => bits,
    })
}

mod c {
    unsafe extern "C" {
        pub(super) safe fn asinh(x: f64) -> f64;
        pub(super) safe fn acosh(x: f64) -> f64;
        pub(super) safe fn atanh(x: f64) -> f64;
        pub(super) safe fn ldexp(x: f64, e: i32) -> f64;
        pub(super) fn frexp(x: f64, e: *mut i32) -> f64;
        pub(super) safe fn nextafter(x: f64, y: f64) -> f64;
        pub(super) safe fn asinhf(x: f32) -> f32;
        pub(super) safe fn acoshf(x: f32) -> f32;
        pub(super) safe fn atanhf(x: f32) -> f32;
        pub(super) safe fn nextafterf(x: f32, y: f32) -> f32;
    }
}

macro_rules! native {
    ($t:ident, $asinh:ident, $acosh:ident, $atanh:ident, $nextafter:ident) => {
        impl Real for $t {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const INFINITY: Self = $t::INFINITY;
            const NAN: Self = $t::NAN;
            const MIN_POSITIVE: Self = $t::MIN_POSITIVE;
            #[inline(always)]
            fn from_f64(x: f64) -> Self {
                x as $t
            }
            #[inline(always)]
            fn to_f64(self) -> f64 {
                self as f64
            }
            #[inline(always)]
            fn is_nan(self) -> bool {
                self != self
            }
            #[inline(always)]
            fn is_infinite(self) -> bool {
                $t::is_infinite(self)
            }
            #[inline(always)]
            fn is_finite(self) -> bool {
                $t::is_finite(self)
            }
            #[inline(always)]
            fn is_sign_negative(self) -> bool {
                $t::is_sign_negative(self)
            }
            #[inline(always)]
            fn abs(self) -> Self {
                $t::abs(self)
            }
            #[inline(always)]
            fn copysign(self, sign: Self) -> Self {
                $t::copysign(self, sign)
            }
            #[inline(always)]
            fn sqrt(self) -> Self {
                $t::sqrt(self)
            }
            #[inline(always)]
            fn floor(self) -> Self {
                $t::floor(self)
            }
            #[inline(always)]
            fn ceil(self) -> Self {
                $t::ceil(self)
            }
            #[inline(always)]
            fn trunc(self) -> Self {
                $t::trunc(self)
            }
            #[inline(always)]
            fn rint(self) -> Self {
                $t::round_ties_even(self)
            }
            #[inline(always)]
            fn sin(self) -> Self {
                $t::sin(self)
            }
            #[inline(always)]
            fn cos(self) -> Self {
                $t::cos(self)
            }
            #[inline(always)]
            fn tan(self) -> Self {
                $t::tan(self)
            }
            #[inline(always)]
            fn arcsin(self) -> Self {
                $t::asin(self)
            }
            #[inline(always)]
            fn arccos(self) -> Self {
                $t::acos(self)
            }
            #[inline(always)]
            fn arctan(self) -> Self {
                $t::atan(self)
            }
            #[inline(always)]
            fn sinh(self) -> Self {
                $t::sinh(self)
            }
            #[inline(always)]
            fn cosh(self) -> Self {
                $t::cosh(self)
            }
            #[inline(always)]
            fn tanh(self) -> Self {
                $t::tanh(self)
            }
            #[inline(always)]
            fn arcsinh(self) -> Self {
                c::$asinh(self)
            }
            #[inline(always)]
            fn arccosh(self) -> Self {
                c::$acosh(self)
            }
            #[inline(always)]
            fn arctanh(self) -> Self {
                c::$atanh(self)
            }
            #[inline(always)]
            fn exp(self) -> Self {
                $t::exp(self)
            }
            #[inline(always)]
            fn exp2(self) -> Self {
                $t::exp2(self)
            }
            #[inline(always)]
            fn expm1(self) -> Self {
                $t::exp_m1(self)
            }
            #[inline(always)]
            fn log(self) -> Self {
                $t::ln(self)
            }
            #[inline(always)]
            fn log2(self) -> Self {
                $t::log2(self)
            }
            #[inline(always)]
            fn log10(self) -> Self {
                $t::log10(self)
            }
            #[inline(always)]
            fn log1p(self) -> Self {
                $t::ln_1p(self)
            }
            #[inline(always)]
            fn cbrt(self) -> Self {
                $t::cbrt(self)
            }
            #[inline(always)]
            fn arctan2(self, x: Self) -> Self {
                $t::atan2(self, x)
            }
            #[inline(always)]
            fn hypot(self, other: Self) -> Self {
                $t::hypot(self, other)
            }
            #[inline(always)]
            fn power(self, exponent: Self) -> Self {
                $t::powf(self, exponent)
            }
            #[inline(always)]
            fn fmod(self, divisor: Self) -> Self {
                self % divisor
            }
            #[inline(always)]
            fn nextafter(self, target: Self) -> Self {
                c::$nextafter(self, target)
            }
            #[inline(always)]
            fn ldexp(self, exponent: i32) -> Self {
                // A double holds every subnormal float exactly enough that rounding happens once.
                c::ldexp(self as f64, exponent) as $t
            }
            #[inline(always)]
            fn frexp(self) -> (Self, i32) {
                let mut exponent = 0;
                // SAFETY: the pointer is to a local.
                let mantissa = unsafe { c::frexp(self as f64, &raw mut exponent) };
                (mantissa as $t, exponent)
            }
        }
    };
}

native!(f32, asinhf, acoshf, atanhf, nextafterf);
native!(f64, asinh, acosh, atanh, nextafter);

macro_rules! through_f32 {
    ($($name:ident)*) => {$(
        #[inline(always)]
        fn $name(self) -> Self { f16::from_f32(Real::$name(self.to_f32())) }
    )*};
}

impl Real for f16 {
    const ZERO: Self = f16::ZERO;
    const ONE: Self = f16::ONE;
    const INFINITY: Self = f16::INFINITY;
    const NAN: Self = f16::NAN;
    const MIN_POSITIVE: Self = f16::MIN_POSITIVE;
    #[inline(always)]
    fn from_f64(x: f64) -> Self {
        f16_from_f64(x)
    }
    #[inline(always)]
    fn to_f64(self) -> f64 {
        f16::to_f64(self)
    }
    #[inline(always)]
    fn is_nan(self) -> bool {
        f16::is_nan(self)
    }
    #[inline(always)]
    fn is_infinite(self) -> bool {
        f16::is_infinite(self)
    }
    #[inline(always)]
    fn is_finite(self) -> bool {
        f16::is_finite(self)
    }
    #[inline(always)]
    fn is_sign_negative(self) -> bool {
        f16::is_sign_negative(self)
    }
    #[inline(always)]
    fn abs(self) -> Self {
        f16::from_bits(self.to_bits() & 0x7fff)
    }
    #[inline(always)]
    fn copysign(self, sign: Self) -> Self {
        f16::copysign(self, sign)
    }
    through_f32! { sqrt floor ceil trunc rint sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh
    exp exp2 expm1 log log2 log10 log1p cbrt }
    #[inline(always)]
    fn arctan2(self, x: Self) -> Self {
        f16::from_f32(self.to_f32().atan2(x.to_f32()))
    }
    #[inline(always)]
    fn hypot(self, other: Self) -> Self {
        f16::from_f32(self.to_f32().hypot(other.to_f32()))
    }
    #[inline(always)]
    fn power(self, exponent: Self) -> Self {
        f16::from_f32(self.to_f32().powf(exponent.to_f32()))
    }
    #[inline(always)]
    fn fmod(self, divisor: Self) -> Self {
        f16::from_f32(self.to_f32() % divisor.to_f32())
    }
    fn nextafter(self, target: Self) -> Self {
        if self.is_nan() || target.is_nan() {
            return f16::NAN;
        }
        if self == target {
            return target;
        }
        if self == f16::ZERO {
            return f16::from_bits(target.to_bits() & 0x8000 | 1);
        }
        let away = (self < target) != self.is_sign_negative();
        let bits = self.to_bits();
        f16::from_bits(if away { bits + 1 } else { bits - 1 })
    }
    #[inline(always)]
    fn ldexp(self, exponent: i32) -> Self {
        f16_from_f64(c::ldexp(self.to_f64(), exponent))
    }
    #[inline(always)]
    fn frexp(self) -> (Self, i32) {
        let (mantissa, exponent) = self.to_f32().frexp();
        (f16::from_f32(mantissa), exponent)
    }
}

#[cfg(all(target_arch = "x86_64", not(windows)))]
mod extended {
    use super::Real;
    use crate::longdouble::{Function, LongDouble};

    macro_rules! functions {
        (unary: $($name:ident = $c:ident),*; binary: $($name2:ident = $c2:ident),*;) => {
            unsafe extern "C" {
                $(fn $c();)*
                $(fn $c2();)*
                fn ldexpl();
                fn frexpl();
            }
            impl Real for LongDouble {
                const ZERO: Self = LongDouble::ZERO;
                const ONE: Self = LongDouble::ONE;
                const INFINITY: Self = LongDouble::INFINITY;
                const NAN: Self = LongDouble::NAN;
                const MIN_POSITIVE: Self = LongDouble::MIN_POSITIVE;
                fn from_f64(x: f64) -> Self { LongDouble::from_f64(x) }
                fn to_f64(self) -> f64 { LongDouble::to_f64(self) }
                fn is_nan(self) -> bool { LongDouble::is_nan(self) }
                fn is_infinite(self) -> bool { LongDouble::is_infinite(self) }
                fn is_finite(self) -> bool { LongDouble::is_finite(self) }
                fn is_sign_negative(self) -> bool { LongDouble::is_sign_negative(self) }
                fn abs(self) -> Self { LongDouble::abs(self) }
                fn copysign(self, sign: Self) -> Self { LongDouble::copysign(self, sign) }
                fn sqrt(self) -> Self { LongDouble::sqrt(self) }
                fn rint(self) -> Self { LongDouble::rint(self) }
                $(fn $name(self) -> Self {
                    // SAFETY: a function of libm with this signature.
                    unsafe { LongDouble::call($c as Function, self, 0) }
                })*
                $(fn $name2(self, other: Self) -> Self {
                    // SAFETY: a function of libm with this signature.
                    unsafe { LongDouble::call2($c2 as Function, self, other) }
                })*
                fn ldexp(self, exponent: i32) -> Self {
                    // SAFETY: the integer is ldexpl's second argument.
                    unsafe { LongDouble::call(ldexpl as Function, self, exponent as usize) }
                }
                fn frexp(self) -> (Self, i32) {
                    let mut exponent = 0i32;
                    // SAFETY: the pointer to a local is frexpl's second argument.
                    let mantissa = unsafe {
                        LongDouble::call(frexpl as Function, self, (&raw mut exponent).expose_provenance())
                    };
                    (mantissa, exponent)
                }
            }
        };
    }

    functions! {
        unary: floor = floorl, ceil = ceill, trunc = truncl, sin = sinl, cos = cosl, tan = tanl, arcsin = asinl,
            arccos = acosl, arctan = atanl, sinh = sinhl, cosh = coshl, tanh = tanhl, arcsinh = asinhl,
            arccosh = acoshl, arctanh = atanhl, exp = expl, exp2 = exp2l, expm1 = expm1l, log = logl, log2 = log2l,
            log10 = log10l, log1p = log1pl, cbrt = cbrtl;
        binary: arctan2 = atan2l, hypot = hypotl, power = powl, fmod = fmodl, nextafter = nextafterl;
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn functions_of_libm_are_reached() {
            let e = LongDouble::ONE.exp();
            assert_eq!(e.to_parts(), (0x4000, 0xadf8_5458_a2bb_4a9b));
            let half = LongDouble::from_f64(0.5);
            assert_eq!(LongDouble::from_f64(8.0).frexp(), (half, 4));
            assert_eq!(half.ldexp(5).to_f64(), 16.0);
            let (nine, four) = (LongDouble::from_f64(9.0), LongDouble::from_f64(4.0));
            assert_eq!(nine.fmod(four), LongDouble::ONE);
            assert_eq!(nine.power(half).to_f64(), 3.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn float16_is_rounded_once() {
        for bits in 0..0x7c00u16 {
            let (low, high) = (
                f16::from_bits(bits).to_f64(),
                f16::from_bits(bits + 1).to_f64(),
            );
            let middle = if high.is_infinite() {
                65520.0
            } else {
                f64::midpoint(low, high)
            };
            let even = if bits & 1 == 0 { bits } else { bits + 1 };
            assert_eq!(f16_from_f64(middle).to_bits(), even);
            assert_eq!(f16_from_f64(middle.next_up()).to_bits(), bits + 1);
            assert_eq!(f16_from_f64(middle.next_down()).to_bits(), bits);
            assert_eq!(
                f16_from_f64(-middle.next_up()).to_bits(),
                (bits + 1) | 0x8000
            );
        }
        assert!(f16_from_f64(f64::NAN).is_nan());
        assert_eq!(f16_from_f64(1e300), f16::INFINITY);
        assert_eq!(f16_from_f64(1e-300), f16::ZERO);
    }
}
