//! Levels: peak, root of the mean square, factors, decibels.

use crate::blocks::{self, per_isa};
use crate::error::Result;
use crate::sample::Sample;

/// Accumulators that run beside each other, so that the compiler can use whole registers.
const WIDE: usize = 16;

#[inline(always)]
fn is_nan<T: Sample>(v: T) -> bool {
    v.widened().is_nan()
}

#[inline(always)]
fn peak_body<T: Sample>(x: &[T]) -> T {
    // Wide enough that comparisons do not wait for each other.
    let mut best = [T::zero(); 4 * WIDE];
    let (chunks, rest) = x.as_chunks::<{ 4 * WIDE }>();
    for chunk in chunks {
        for (best, v) in best.iter_mut().zip(chunk) {
            let v = v.abs();
            // NaN is taken, and then kept, since nothing is greater.
            *best = if v > *best || is_nan(v) { v } else { *best };
        }
    }
    let mut all = T::zero();
    for &v in best.iter().chain(rest) {
        let v = v.abs();
        all = if v > all || is_nan(v) { v } else { all };
    }
    all
}

#[inline(always)]
fn squares_body<T: Sample>(x: &[T]) -> f64 {
    let mut sums = [0.0f64; WIDE];
    let (chunks, rest) = x.as_chunks::<WIDE>();
    for chunk in chunks {
        for (sum, v) in sums.iter_mut().zip(chunk) {
            let v = v.widened();
            *sum += v * v;
        }
    }
    let tail: f64 = rest.iter().map(|v| v.widened() * v.widened()).sum();
    sums.iter().sum::<f64>() + tail
}

#[inline(always)]
fn scale_body<T: Sample>(from: &[T], to: &mut [T], factor: T) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from * factor;
    }
}

#[inline(always)]
fn chain_body<T: Sample>(from: &[T], to: &mut [T], divisor: T, first: T, second: T) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from / divisor * first * second;
    }
}

per_isa!(fn peak_of<T: Sample>(x: &[T]) -> T = peak_body);
per_isa!(fn squares_of<T: Sample>(x: &[T]) -> f64 = squares_body);
per_isa!(fn scale<T: Sample>(from: &[T], to: &mut [T], factor: T) = scale_body);
per_isa!(fn chain<T: Sample>(from: &[T], to: &mut [T], divisor: T, first: T, second: T) = chain_body);

/// The greatest magnitude; 0 for no samples, NaN if one is.
pub fn peak<T: Sample>(x: &[T]) -> Result<T> {
    blocks::fold(x, peak_of, |a, b| if b > a || is_nan(b) { b } else { a })
}

/// The sum of the squares, added in double precision.
pub fn sum_of_squares<T: Sample>(x: &[T]) -> Result<f64> {
    blocks::fold(x, squares_of, |a, b| a + b)
}

/// The root of the mean square; NaN for no samples.
pub fn rms<T: Sample>(x: &[T]) -> Result<f64> {
    Ok((sum_of_squares(x)? / x.len() as f64).sqrt())
}

/// Each sample times a factor.
///
/// # Panics
///
/// For slices of different lengths.
pub fn gain<T: Sample>(from: &[T], to: &mut [T], factor: T) -> Result<()> {
    assert_eq!(from.len(), to.len(), "a place for each sample");
    blocks::map(from, to, |from, to| scale(from, to, factor))
}

/// Each sample divided by one number and multiplied by two, each step rounded.
///
/// # Panics
///
/// For slices of different lengths.
pub fn divide_and_scale<T: Sample>(
    from: &[T],
    to: &mut [T],
    divisor: T,
    first: T,
    second: T,
) -> Result<()> {
    assert_eq!(from.len(), to.len(), "a place for each sample");
    blocks::map(from, to, |from, to| chain(from, to, divisor, first, second))
}

/// Decibels of an amplitude: `20 log10(x)`, minus infinity for 0.
pub fn to_db(amplitude: f64) -> f64 {
    20.0 * amplitude.log10()
}

/// The amplitude of a number of decibels.
pub fn from_db(db: f64) -> f64 {
    10f64.powf(db / 20.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_a_square_wave_and_of_nothing() {
        let x: Vec<f32> = (0..200_001)
            .map(|i| if i % 2 == 0 { 0.5 } else { -0.5 })
            .collect();
        assert_eq!(peak(&x).unwrap(), 0.5);
        assert_eq!(rms(&x).unwrap(), 0.5);
        assert_eq!(peak::<f64>(&[]).unwrap(), 0.0);
        assert!(rms::<f64>(&[]).unwrap().is_nan());
        let mut y = vec![0.1f64; 100];
        y[3] = f64::NAN;
        y[50] = 9.0;
        assert!(peak(&y).unwrap().is_nan());
    }

    #[test]
    fn decibels_are_undone() {
        assert!((from_db(to_db(0.3)) - 0.3).abs() < 1e-15);
        assert_eq!(to_db(0.0), f64::NEG_INFINITY);
    }
}
