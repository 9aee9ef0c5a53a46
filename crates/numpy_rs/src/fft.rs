//! Discrete Fourier transforms along an axis.
//!
//! Lanes are cut or filled with zeros to the length of the transform. `float32` and `complex64` are transformed in single
//! precision, long double in its own, everything else in double.

use numpy_rs_core::layout::normalize_axis;
use numpy_rs_fft::{Kind, Scale, transform};

use crate::array::Array;
use crate::{Error, Result};

/// The transform `sum(a[j] exp(-2πi jk/n))` of the lanes along `axis`; `n` is their length by default.
///
/// # Errors
///
/// [`Error::Axis`], [`Error::Value`] for `n` of 0, [`Error::Unsupported`] for long double
/// where the platform has none of 80 bits.
///
/// # Examples
///
/// ```
/// use numpy_rs::{Array, Complex, fft};
///
/// # fn main() -> numpy_rs::Result<()> {
/// let a = Array::from_slice(&[1.0, 0.0, 0.0, 0.0])?;
/// assert_eq!(fft::fft(&a, None, -1)?.to_vec::<Complex<f64>>()?, [Complex::new(1.0, 0.0); 4]);
/// # Ok(())
/// # }
/// ```
pub fn fft(a: &Array, n: Option<usize>, axis: isize) -> Result<Array> {
    run(a, Kind::Forward, n, axis, Scale::One)
}

/// The inverse of [`fft`]: divided by `n`.
///
/// # Errors
///
/// As [`fft`].
pub fn ifft(a: &Array, n: Option<usize>, axis: isize) -> Result<Array> {
    run(a, Kind::Backward, n, axis, Scale::Reciprocal)
}

/// The first `n / 2 + 1` items of the transform of real numbers.
///
/// # Errors
///
/// As [`fft`].
///
/// # Examples
///
/// ```
/// use numpy_rs::{Array, fft};
///
/// # fn main() -> numpy_rs::Result<()> {
/// let a = Array::from_slice(&[1.0, 2.0, 4.0, 8.0])?;
/// let spectrum = fft::rfft(&a, None, -1)?;
/// assert_eq!(spectrum.shape(), [3]);
/// assert_eq!(fft::irfft(&spectrum, Some(4), -1)?.to_vec::<f64>()?, [1.0, 2.0, 4.0, 8.0]);
/// # Ok(())
/// # }
/// ```
pub fn rfft(a: &Array, n: Option<usize>, axis: isize) -> Result<Array> {
    run(a, Kind::RealForward, n, axis, Scale::One)
}

/// The inverse of [`rfft`]: `n` real numbers, by default `2 (m - 1)` from `m` items.
///
/// # Errors
///
/// As [`fft`].
pub fn irfft(a: &Array, n: Option<usize>, axis: isize) -> Result<Array> {
    let m = length(a, axis)?;
    let n = n.unwrap_or_else(|| 2 * m.saturating_sub(1));
    run(a, Kind::RealBackward, Some(n), axis, Scale::Reciprocal)
}

fn length(a: &Array, axis: isize) -> Result<usize> {
    Ok(a.shape()[normalize_axis(axis, a.ndim())?] as usize)
}

fn run(a: &Array, kind: Kind, n: Option<usize>, axis: isize, scale: Scale) -> Result<Array> {
    let n = match n {
        Some(n) => n,
        None => length(a, axis)?,
    };
    if n == 0 {
        return Err(Error::Value {
            what: "Invalid number of FFT data points (0) specified.",
        });
    }
    let axis = normalize_axis(axis, a.ndim())?;
    transform(&a.view(), kind, n, axis, scale).map(Array::from)
}
