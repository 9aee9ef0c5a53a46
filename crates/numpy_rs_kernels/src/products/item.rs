//! What products ask of an element type.

#[cfg(all(target_arch = "x86_64", not(windows)))]
use numpy_rs_elements::LongDouble;
use numpy_rs_elements::{Bool, Complex, f16};

use super::blocked::Scalar;

/// Elements that can be multiplied and summed.
pub trait Item: Copy + 'static {
    /// What partial sums are kept in.
    type Partial: Copy + 'static;
    /// The empty sum.
    const ZERO: Self::Partial;
    /// `sum + a * b`
    fn add_product(sum: Self::Partial, a: Self, b: Self) -> Self::Partial;
    /// The sum of two partial sums.
    fn join(a: Self::Partial, b: Self::Partial) -> Self::Partial;
    /// A partial sum as an item, rounded once.
    fn finish(sum: Self::Partial) -> Self;
    /// The complex conjugate.
    #[inline(always)]
    #[must_use]
    fn conjugate(self) -> Self {
        self
    }
    /// Whether the item is NaN, and whether it is infinite.
    #[inline(always)]
    fn specials(self) -> (bool, bool) {
        (false, false)
    }
    /// Whether items can be special at all.
    const INEXACT: bool = false;
    /// What large products of the type are computed as, by blocks or by the crate `gemm`.
    const DENSE: Option<Scalar> = None;
    /// Whether the plain loops work by tiles; else partial sums are of the type itself.
    const TILES: bool = true;
    /// 1, for `gemm`.
    const ONE: Self;
}

macro_rules! integers {
    ($($t:ident)*) => {$(
        impl Item for $t {
            type Partial = $t;
            const ZERO: $t = 0;
            const ONE: $t = 1;
            const TILES: bool = size_of::<$t>() == 1;
            #[inline(always)]
            fn add_product(sum: $t, a: $t, b: $t) -> $t { sum.wrapping_add(a.wrapping_mul(b)) }
            #[inline(always)]
            fn join(a: $t, b: $t) -> $t { a.wrapping_add(b) }
            #[inline(always)]
            fn finish(sum: $t) -> $t { sum }
        }
    )*};
}

integers!(i8 u8 i16 u16 i32 u32 i64 u64);

impl Item for Bool {
    type Partial = Bool;
    const ZERO: Bool = Bool::FALSE;
    const ONE: Bool = Bool::TRUE;
    #[inline(always)]
    fn add_product(sum: Bool, a: Bool, b: Bool) -> Bool {
        Bool(sum.0 | u8::from((a.0 != 0) & (b.0 != 0)))
    }
    #[inline(always)]
    fn join(a: Bool, b: Bool) -> Bool {
        Bool(a.0 | b.0)
    }
    #[inline(always)]
    fn finish(sum: Bool) -> Bool {
        sum
    }
}

impl Item for f16 {
    type Partial = f32;
    const ZERO: f32 = 0.0;
    const ONE: f16 = f16::ONE;
    const INEXACT: bool = true;
    #[inline(always)]
    fn add_product(sum: f32, a: f16, b: f16) -> f32 {
        sum + a.to_f32() * b.to_f32()
    }
    #[inline(always)]
    fn join(a: f32, b: f32) -> f32 {
        a + b
    }
    #[inline(always)]
    fn finish(sum: f32) -> f16 {
        f16::from_f32(sum)
    }
    #[inline(always)]
    fn specials(self) -> (bool, bool) {
        (self.is_nan(), self.is_infinite())
    }
}

macro_rules! floats {
    ($($t:ty, $zero:expr, $one:expr, $real:expr, $complex:expr;)*) => {$(
        impl Item for $t {
            type Partial = $t;
            const ZERO: $t = $zero;
            const ONE: $t = $one;
            const INEXACT: bool = true;
            const DENSE: Option<Scalar> = $real;
            #[inline(always)]
            fn add_product(sum: $t, a: $t, b: $t) -> $t { sum + a * b }
            #[inline(always)]
            fn join(a: $t, b: $t) -> $t { a + b }
            #[inline(always)]
            fn finish(sum: $t) -> $t { sum }
            #[inline(always)]
            fn specials(self) -> (bool, bool) { (self.is_nan(), self.is_infinite()) }
        }
        impl Item for Complex<$t> {
            type Partial = Self;
            const ZERO: Self = Complex { re: $zero, im: $zero };
            const ONE: Self = Complex { re: $one, im: $zero };
            const INEXACT: bool = true;
            const DENSE: Option<Scalar> = $complex;
            #[inline(always)]
            fn add_product(sum: Self, a: Self, b: Self) -> Self {
                Complex::new(
                    sum.re + (a.re * b.re - a.im * b.im),
                    sum.im + (a.re * b.im + a.im * b.re),
                )
            }
            #[inline(always)]
            fn join(a: Self, b: Self) -> Self { Complex::new(a.re + b.re, a.im + b.im) }
            #[inline(always)]
            fn finish(sum: Self) -> Self { sum }
            #[inline(always)]
            fn conjugate(self) -> Self { Complex::new(self.re, -self.im) }
            #[inline(always)]
            fn specials(self) -> (bool, bool) {
                (
                    self.re.is_nan() || self.im.is_nan(),
                    self.re.is_infinite() || self.im.is_infinite(),
                )
            }
        }
    )*};
}

floats! {
    f32, 0.0, 1.0, Some(Scalar::F32), Some(Scalar::C32);
    f64, 0.0, 1.0, Some(Scalar::F64), Some(Scalar::C64);
}
#[cfg(all(target_arch = "x86_64", not(windows)))]
floats! {
    LongDouble, LongDouble::ZERO, LongDouble::ONE, None, None;
}
