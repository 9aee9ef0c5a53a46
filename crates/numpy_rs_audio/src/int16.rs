//! 16-bit samples to fractions of full scale and back, in the conventions that are in use.

use crate::blocks::{self, per_isa};
use crate::error::{Error, Result};
use crate::sample::Sample;

/// What stands for full scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// 1.0 is 32767, as in pocket-tts's writer: both ends are reached, and -32768 never occurs.
    Symmetric,
    /// 1.0 would be 32768, as in readers and in libsndfile: every 16-bit number has its own fraction.
    PowerOfTwo,
}

impl Scale {
    /// The factor between fractions and 16-bit numbers.
    pub fn factor(self) -> f64 {
        match self {
            Self::Symmetric => 32767.0,
            Self::PowerOfTwo => 32768.0,
        }
    }
}

/// What becomes of the part behind the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Dropped, so towards zero.
    Truncate,
    /// The nearest number; of two the even one.
    Nearest,
    /// The next lower number, as libsndfile does when it clips.
    Floor,
}

#[inline(always)]
fn widen_body<T: Sample>(from: &[i16], to: &mut [T], factor: T) {
    for (to, &from) in to.iter_mut().zip(from) {
        *to = T::rounded(f64::from(from)) * factor;
    }
}

#[inline(always)]
fn divide_body<T: Sample>(from: &[i16], to: &mut [T], divisor: T) {
    for (to, &from) in to.iter_mut().zip(from) {
        *to = T::rounded(f64::from(from)) / divisor;
    }
}

#[inline(always)]
fn widen_single_body(from: &[i16], to: &mut [f32], factor: f32) {
    for (to, &from) in to.iter_mut().zip(from) {
        *to = f32::from(from) * factor;
    }
}

#[inline(always)]
fn widen_bytes_body(from: &[[u8; 2]], to: &mut [f32]) {
    for (to, &pair) in to.iter_mut().zip(from) {
        *to = f32::from(i16::from_le_bytes(pair)) * (1.0 / 32768.0);
    }
}

per_isa!(fn widen_bytes(from: &[[u8; 2]], to: &mut [f32]) = widen_bytes_body);
per_isa!(fn widen<T: Sample>(from: &[i16], to: &mut [T], factor: T) = widen_body);
per_isa!(fn divide<T: Sample>(from: &[i16], to: &mut [T], divisor: T) = divide_body);
per_isa!(fn widen_single(from: &[i16], to: &mut [f32], factor: f32) = widen_single_body);

/// Fractions of full scale: each number divided by 32768 or 32767.
///
/// # Panics
///
/// For slices of different lengths.
pub fn to_fractions<T: Sample>(from: &[i16], to: &mut [T], scale: Scale) -> Result<()> {
    assert_eq!(from.len(), to.len(), "a place for each sample");
    match scale {
        // A power of two: the product is the quotient.
        Scale::PowerOfTwo => {
            let factor = T::rounded(1.0 / 32768.0);
            blocks::map(from, to, |from, to| widen(from, to, factor))
        }
        Scale::Symmetric => {
            let divisor = T::rounded(32767.0);
            blocks::map(from, to, |from, to| divide(from, to, divisor))
        }
    }
}

/// As [`to_fractions`] with 32768 in `f32`, where every step is exact in single precision.
///
/// # Panics
///
/// For slices of different lengths.
pub fn to_single(from: &[i16], to: &mut [f32]) -> Result<()> {
    assert_eq!(from.len(), to.len(), "a place for each sample");
    blocks::map(from, to, |from, to| widen_single(from, to, 1.0 / 32768.0))
}

/// One sample: clipped, NaN to zero, rounded. `f32` products stay in single precision, as NumPy and torch have them.
macro_rules! narrowing {
    ($body:ident, $name:ident, $t:ty) => {
        #[inline(always)]
        fn $body(from: &[$t], to: &mut [i16], scale: $t, rounding: Rounding) {
            let (low, high) = (-scale, if scale == 32768.0 { 32767.0 } else { scale });
            let place = |x: $t| {
                let y = x * scale;
                // Comparisons that NaN fails, so that it becomes zero without a branch.
                let y = if y >= low { y } else if y < low { low } else { 0.0 };
                if y > high { high } else { y }
            };
            let narrow = |y: $t| {
                // SAFETY: `place` gives finite numbers within 16 bits; rounding keeps them there.
                unsafe { y.to_int_unchecked::<i32>() as i16 }
            };
            let pairs = to.iter_mut().zip(from);
            match rounding {
                Rounding::Truncate => pairs.for_each(|(to, &x)| *to = narrow(place(x))),
                Rounding::Nearest => pairs.for_each(|(to, &x)| *to = narrow(place(x).round_ties_even())),
                Rounding::Floor => pairs.for_each(|(to, &x)| *to = narrow(place(x).floor())),
            }
        }
        per_isa!(fn $name(from: &[$t], to: &mut [i16], scale: $t, rounding: Rounding) = $body);
    };
}

narrowing!(single_body, narrow_single, f32);
narrowing!(double_body, narrow_double, f64);

/// 16-bit numbers of `f32` fractions. What is beyond full scale becomes the last number there, NaN becomes 0.
///
/// # Panics
///
/// For slices of different lengths.
pub fn from_single(from: &[f32], to: &mut [i16], scale: Scale, rounding: Rounding) -> Result<()> {
    assert_eq!(from.len(), to.len(), "a place for each sample");
    let factor = scale.factor() as f32;
    blocks::map(from, to, |from, to| {
        narrow_single(from, to, factor, rounding)
    })
}

/// As [`from_single`] for `f64`.
///
/// # Panics
///
/// For slices of different lengths.
pub fn from_double(from: &[f64], to: &mut [i16], scale: Scale, rounding: Rounding) -> Result<()> {
    assert_eq!(from.len(), to.len(), "a place for each sample");
    blocks::map(from, to, |from, to| {
        narrow_double(from, to, scale.factor(), rounding)
    })
}

/// Fractions of the little-endian 16-bit numbers in `bytes`.
///
/// # Errors
///
/// [`Error::Malformed`] for an odd number of bytes.
///
/// # Panics
///
/// Where `to` has not half as many items.
pub fn from_bytes(bytes: &[u8], to: &mut [f32]) -> Result<()> {
    check_even(bytes.len())?;
    assert_eq!(bytes.len() / 2, to.len(), "a place for each sample");
    blocks::map(bytes.as_chunks::<2>().0, to, widen_bytes)
}

/// Fails unless a number of bytes can be a number of 16-bit samples.
pub fn check_even(n_bytes: usize) -> Result<()> {
    if n_bytes.is_multiple_of(2) {
        return Ok(());
    }
    Err(Error::malformed(format!(
        "16-bit samples take two bytes each, and {n_bytes} bytes are an odd number"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_back() {
        let all: Vec<i16> = (i16::MIN..=i16::MAX).collect();
        let (mut single, mut double) = (vec![0f32; 65536], vec![0f64; 65536]);
        to_fractions(&all, &mut single, Scale::PowerOfTwo).unwrap();
        to_fractions(&all, &mut double, Scale::PowerOfTwo).unwrap();
        let mut back = vec![0; 65536];
        for rounding in [Rounding::Truncate, Rounding::Nearest, Rounding::Floor] {
            from_single(&single, &mut back, Scale::PowerOfTwo, rounding).unwrap();
            assert_eq!(back, all);
            from_double(&double, &mut back, Scale::PowerOfTwo, rounding).unwrap();
            assert_eq!(back, all);
        }
        for (x, y) in all.iter().zip(&single) {
            assert_eq!(f32::from(*x) / 32768.0, *y);
        }
    }

    #[test]
    fn what_is_no_fraction_is_clipped_and_nan_is_silent() {
        let odd = [
            f32::NAN,
            f32::INFINITY,
            f32::NEG_INFINITY,
            2.0,
            -2.0,
            1.0,
            -1.0,
            1.5 / 32767.0,
        ];
        let mut to = [7i16; 8];
        from_single(&odd, &mut to, Scale::Symmetric, Rounding::Truncate).unwrap();
        assert_eq!(to, [0, 32767, -32767, 32767, -32767, 32767, -32767, 1]);
        from_single(&odd, &mut to, Scale::PowerOfTwo, Rounding::Nearest).unwrap();
        assert_eq!(to, [0, 32767, -32768, 32767, -32768, 32767, -32768, 2]);
    }

    #[test]
    fn odd_bytes_are_refused() {
        assert!(matches!(
            from_bytes(&[1, 2, 3], &mut [0.0]),
            Err(Error::Malformed(_))
        ));
    }
}
