//! What all eight integer widths have in common; arithmetic wraps, as NumPy's does.

/// A fixed-width integer.
pub trait Integer: Copy + Ord + 'static {
    /// Its width in bits.
    const BITS: u32;
    /// Whether it has a sign.
    const SIGNED: bool;
    /// 0.
    const ZERO: Self;
    /// 1.
    const ONE: Self;
    /// The least value.
    const MIN: Self;
    /// The greatest value.
    const MAX: Self;
    /// The sum, wrapped.
    fn plus(self, other: Self) -> Self;
    /// The difference, wrapped.
    fn minus(self, other: Self) -> Self;
    /// The product, wrapped.
    fn times(self, other: Self) -> Self;
    /// The quotient rounded toward zero; `other` is not 0, and `MIN / -1` wraps.
    fn quotient(self, other: Self) -> Self;
    /// The remainder of [`Integer::quotient`].
    fn rest(self, other: Self) -> Self;
    /// Bitwise and.
    fn and(self, other: Self) -> Self;
    /// Bitwise or.
    fn or(self, other: Self) -> Self;
    /// Bitwise exclusive or.
    fn xor(self, other: Self) -> Self;
    /// All bits flipped.
    fn complement(self) -> Self;
    /// Left shift by fewer bits than the width.
    fn shift_left(self, bits: u32) -> Self;
    /// Right shift by fewer bits than the width, keeping the sign.
    fn shift_right(self, bits: u32) -> Self;
    /// The absolute value as NumPy has it (`MIN` stays `MIN`).
    fn magnitude(self) -> Self;
    /// The number of one bits of the absolute value.
    fn ones(self) -> u8;
    /// -1, 0 or 1.
    fn sign(self) -> Self;
    /// Whether it is below zero.
    fn is_negative(self) -> bool;
    /// The number of trailing zero bits.
    fn trailing_zeros(self) -> u32;
    /// The value in 64 bits, wrapped.
    fn to_u64(self) -> u64;
    /// The value as the nearest `f64`.
    fn to_f64(self) -> f64;
    /// The integer part of a float.
    ///
    /// # Safety
    ///
    /// It fits the type.
    unsafe fn from_f64(x: f64) -> Self;
}

macro_rules! integers {
    ($($t:ident $signed:literal $abs:ident $sign:expr;)*) => {$(
        impl Integer for $t {
            const BITS: u32 = $t::BITS;
            const SIGNED: bool = $signed;
            const ZERO: Self = 0;
            const ONE: Self = 1;
            const MIN: Self = $t::MIN;
            const MAX: Self = $t::MAX;
            #[inline(always)]
            fn plus(self, other: Self) -> Self { self.wrapping_add(other) }
            #[inline(always)]
            fn minus(self, other: Self) -> Self { self.wrapping_sub(other) }
            #[inline(always)]
            fn times(self, other: Self) -> Self { self.wrapping_mul(other) }
            #[inline(always)]
            fn quotient(self, other: Self) -> Self { self.wrapping_div(other) }
            #[inline(always)]
            fn rest(self, other: Self) -> Self { self.wrapping_rem(other) }
            #[inline(always)]
            fn and(self, other: Self) -> Self { self & other }
            #[inline(always)]
            fn or(self, other: Self) -> Self { self | other }
            #[inline(always)]
            fn xor(self, other: Self) -> Self { self ^ other }
            #[inline(always)]
            fn complement(self) -> Self { !self }
            #[inline(always)]
            fn shift_left(self, bits: u32) -> Self { self.wrapping_shl(bits) }
            #[inline(always)]
            fn shift_right(self, bits: u32) -> Self { self.wrapping_shr(bits) }
            #[inline(always)]
            fn magnitude(self) -> Self { $abs(self) }
            #[inline(always)]
            fn ones(self) -> u8 { $abs(self).count_ones() as u8 }
            #[inline(always)]
            fn sign(self) -> Self { let sign: fn($t) -> $t = $sign; sign(self) }
            #[inline(always)]
            #[allow(unused_comparisons, reason = "one body for both kinds of sign")]
            fn is_negative(self) -> bool { self < 0 }
            #[inline(always)]
            fn trailing_zeros(self) -> u32 { $t::trailing_zeros(self) }
            #[inline(always)]
            fn to_u64(self) -> u64 { self as u64 }
            #[inline(always)]
            fn to_f64(self) -> f64 { self as f64 }
            #[inline(always)]
            unsafe fn from_f64(x: f64) -> Self {
                // SAFETY: the caller promises that the integer part fits.
                unsafe { x.to_int_unchecked() }
            }
        }
    )*};
}

#[inline(always)]
fn signed<T: Integer>(x: T) -> T {
    if x < T::ZERO { T::ZERO.minus(x) } else { x }
}

#[inline(always)]
fn unsigned<T>(x: T) -> T {
    x
}

integers! {
    i8 true signed i8::signum;
    u8 false unsigned |x| u8::from(x > 0);
    i16 true signed i16::signum;
    u16 false unsigned |x| u16::from(x > 0);
    i32 true signed i32::signum;
    u32 false unsigned |x| u32::from(x > 0);
    i64 true signed i64::signum;
    u64 false unsigned |x| u64::from(x > 0);
}
