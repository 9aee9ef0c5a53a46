//! Items of blocks: one of two without a branch, and floats as whole numbers.

use super::complex::Complex;
use super::exc::{Res, give_up};
use super::flags::{calm, check};
use super::scalar::{Complex8, Flag};

/// Items that one of two is taken of, without a branch.
pub trait Select: Copy {
    /// The first where the flag is set, else the second.
    fn select(flag: Flag, yes: Self, no: Self) -> Self;
}

macro_rules! select {
    ($($t:ty, $bits:ty, |$v:ident| $to:expr, |$b:ident| $from:expr;)*) => {$(
        impl Select for $t {
            #[inline]
            fn select(flag: Flag, yes: Self, no: Self) -> Self {
                let mask = (flag.truth() as $bits).wrapping_neg();
                let ($v, other) = (yes, no);
                let yes: $bits = $to;
                let $v = other;
                let no: $bits = $to;
                let $b = yes & mask | no & !mask;
                $from
            }
        }
    )*};
}

select! {
    f64, u64, |v| v.to_bits(), |b| f64::from_bits(b);
    f32, u32, |v| v.to_bits(), |b| f32::from_bits(b);
    i8, u8, |v| v as u8, |b| b as i8;
    u8, u8, |v| v, |b| b;
    i16, u16, |v| v as u16, |b| b as i16;
    u16, u16, |v| v, |b| b;
    i32, u32, |v| v as u32, |b| b as i32;
    u32, u32, |v| v, |b| b;
    i64, u64, |v| v as u64, |b| b as i64;
    u64, u64, |v| v, |b| b;
    Flag, u8, |v| v.0, |b| Flag(b);
}

macro_rules! select_parts {
    ($($t:ty)*) => {$(
        impl Select for $t {
            #[inline]
            fn select(flag: Flag, yes: Self, no: Self) -> Self {
                Self {
                    real: Select::select(flag, yes.real, no.real),
                    imag: Select::select(flag, yes.imag, no.imag),
                }
            }
        }
    )*};
}

select_parts!(Complex Complex8);

/// One of two items.
#[inline]
pub fn select<T: Select>(flag: Flag, yes: T, no: T) -> T {
    T::select(flag, yes, no)
}

/// Floats to whole numbers of another width, where all of them fit: NumPy leaves the others to the processor.
pub trait Whole<F> {
    /// The number, which fits.
    fn cut(value: F) -> Self;
    /// Whether the number fits.
    fn fits(value: F) -> bool;
}

macro_rules! whole {
    ($($f:ty => { $($i:ty, $low:expr, $high:expr;)* })*) => {$($(
        impl Whole<$f> for $i {
            #[inline]
            fn cut(value: $f) -> Self {
                // SAFETY: checked by the caller.
                unsafe { value.to_int_unchecked() }
            }
            #[inline]
            fn fits(value: $f) -> bool {
                value > $low && value < $high
            }
        }
    )*)*};
}

whole! {
    f64 => {
        i8, -129.0, 128.0;
        u8, -1.0, 256.0;
        i16, -32_769.0, 32_768.0;
        u16, -1.0, 65_536.0;
        i32, -2_147_483_649.0, 2_147_483_648.0;
        u32, -1.0, 4_294_967_296.0;
        i64, -9_223_372_036_854_775_808.0, 9_223_372_036_854_775_808.0;
        u64, -1.0, 9_223_372_036_854_775_808.0;
    }
    f32 => {
        i8, -129.0, 128.0;
        u8, -1.0, 256.0;
        i16, -32_769.0, 32_768.0;
        u16, -1.0, 65_536.0;
        i32, -2_147_483_648.0, 2_147_483_648.0;
        u32, -1.0, 4_294_967_296.0;
        i64, -9_223_372_036_854_775_808.0, 9_223_372_036_854_775_808.0;
        u64, -1.0, 9_223_372_036_854_775_808.0;
    }
}

/// `astype` from floats to whole numbers.
#[inline]
pub fn cut<F: Copy, I: Whole<F>>(from: &[F], to: &mut [I]) -> Res<()> {
    check()?;
    if !from.iter().fold(true, |all, &f| all & I::fits(f)) {
        return give_up();
    }
    calm();
    for (to, &from) in to.iter_mut().zip(from) {
        *to = I::cut(from);
    }
    Ok(())
}
