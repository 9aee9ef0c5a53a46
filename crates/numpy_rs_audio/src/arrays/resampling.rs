//! Resampling the lanes of arrays.

use numpy_rs_core::array::Array;
use numpy_rs_core::copy;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::layout::Order;
use numpy_rs_core::view::View;

use super::precision::in_precision;
use crate::error::{Error, Result};
use crate::lanes::{Sound, axis_of, check_real};
use crate::padding::Padding;
use crate::polyphase::{self, KAISER_BETA, Polyphase};
use crate::{fourier, linear, sinc};

/// The low-pass filter of [`resample_poly`].
#[derive(Clone, Copy, Debug)]
pub enum Filter<'a> {
    /// The default one, with a Kaiser window of this shape.
    Kaiser(f64),
    /// One of one's own.
    Taps(&'a [f64]),
}

impl Default for Filter<'_> {
    fn default() -> Self {
        Self::Kaiser(KAISER_BETA)
    }
}

/// The lanes along `axis` at `up / down` of their rate, as `scipy.signal.resample_poly` has them.
///
/// # Errors
///
/// For ratios of no meaning, complex numbers, too few samples for the padding; no memory; Ctrl-C.
pub fn resample_poly(
    view: &View<'_>,
    up: u64,
    down: u64,
    axis: isize,
    filter: Filter<'_>,
    padding: Padding,
) -> Result<Array> {
    let (up, down) = polyphase::reduced(up, down)?;
    check_real(view.dtype())?;
    let at = axis_of(view, axis)?;
    if up == 1 && down == 1 {
        return Ok(copy::to_array(view, Order::C)?);
    }
    in_precision!(view, TypeNum::Half | TypeNum::Float, |T| {
        let len = polyphase::output_length(view.shape()[at] as usize, up, down)?;
        let sound = Sound::new::<T>(view, axis)?;
        let filter = match filter {
            Filter::Kaiser(beta) => Polyphase::<T>::kaiser(up, down, beta)?,
            Filter::Taps(taps) => Polyphase::<T>::with_taps(up, down, taps)?,
        };
        sound.map::<T, T>(len, |from, to| filter.resample(from, to, padding))
    })
}

/// How samples between samples are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// On the straight line between neighbours; high frequencies are mirrored into the sound.
    Linear,
    /// With one low-pass filter; ratios of whole numbers.
    Polyphase,
    /// By cutting or filling the spectrum; the sound is taken to be periodic.
    Fourier,
    /// With windowed sinc functions of 256 samples; any ratio.
    Sinc,
}

impl Method {
    /// The method of a name, or nothing.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "linear" => Self::Linear,
            "polyphase" | "poly" => Self::Polyphase,
            "fft" => Self::Fourier,
            "sinc" => Self::Sinc,
            _ => return None,
        })
    }
}

/// Taps of a sinc function.
const SINC_TAPS: usize = 256;

/// The lanes along `axis`, recorded at one rate, as they would be at another: `ceil(n target / original)` samples.
///
/// # Errors
///
/// For no samples, rates that are not above zero, rates that are no whole numbers with [`Method::Polyphase`]; no memory.
pub fn resample(
    view: &View<'_>,
    from_hz: f64,
    to_hz: f64,
    method: Method,
    axis: isize,
) -> Result<Array> {
    for rate in [from_hz, to_hz] {
        if !(rate > 0.0 && rate < 1e12) {
            return Err(Error::argument(format!(
                "sample rates must be positive numbers of Hz, not {rate}"
            )));
        }
    }
    check_real(view.dtype())?;
    let n = view.shape()[axis_of(view, axis)?] as usize;
    if n == 0 {
        return Err(Error::Empty);
    }
    let whole = from_hz.fract() == 0.0 && to_hz.fract() == 0.0;
    let ratio = if whole {
        Some(polyphase::reduced(to_hz as u64, from_hz as u64)?)
    } else {
        None
    };
    if method == Method::Polyphase && !whole {
        return Err(Error::argument(
            "method \"polyphase\" takes whole numbers of Hz; \"sinc\" takes any",
        ));
    }
    let len = match ratio {
        Some((up, down)) => polyphase::output_length(n, up, down)?,
        None => (n as f64 * to_hz / from_hz).ceil() as usize,
    };
    in_precision!(
        view,
        TypeNum::Half | TypeNum::Float | TypeNum::Short | TypeNum::UByte,
        |T| {
            let sound = Sound::fractions::<T>(view, axis)?;
            match (method, ratio) {
                (Method::Polyphase, Some((up, down))) if up != down => {
                    let filter = Polyphase::<T>::kaiser(up, down, KAISER_BETA)?;
                    sound.map::<T, T>(len, |from, to| {
                        filter.resample(from, to, Padding::Constant(0.0))
                    })
                }
                _ if from_hz == to_hz => sound.map_all::<T, T>(|from, to| {
                    to.copy_from_slice(from);
                    Ok(())
                }),
                (Method::Linear, _) => {
                    sound.map::<T, T>(len, |from, to| linear::at_steps(from, from_hz / to_hz, to))
                }
                (Method::Fourier, _) => sound.map::<T, T>(len, fourier::resample),
                _ => sound.map::<T, T>(len, |from, to| {
                    sinc::resample(from, to, to_hz / from_hz, SINC_TAPS)
                }),
            }
        }
    )
}

/// The lanes along `axis` in another number of samples. [`Method::Linear`] keeps the first and the last sample; the
/// others keep the time between samples in proportion.
///
/// # Errors
///
/// For no samples and what is no sound; no memory.
pub fn resample_length(view: &View<'_>, len: usize, method: Method, axis: isize) -> Result<Array> {
    check_real(view.dtype())?;
    let n = view.shape()[axis_of(view, axis)?] as usize;
    if n == 0 {
        return Err(Error::Empty);
    }
    in_precision!(
        view,
        TypeNum::Half | TypeNum::Float | TypeNum::Short | TypeNum::UByte,
        |T| {
            let sound = Sound::fractions::<T>(view, axis)?;
            if len == 0 {
                return sound.map::<T, T>(0, |_, _| Ok(()));
            }
            match method {
                Method::Linear => sound.map::<T, T>(len, linear::to_length),
                Method::Fourier => sound.map::<T, T>(len, fourier::resample),
                Method::Sinc => sound.map::<T, T>(len, |from, to| {
                    sinc::resample(from, to, len as f64 / n as f64, SINC_TAPS)
                }),
                Method::Polyphase => {
                    let (up, down) = polyphase::reduced(len as u64, n as u64)?;
                    let filter = Polyphase::<T>::kaiser(up, down, KAISER_BETA)?;
                    sound.map::<T, T>(len, |from, to| {
                        filter.resample(from, to, Padding::Constant(0.0))
                    })
                }
            }
        }
    )
}

/// Lanes in another number of samples as `float32`, whatever they were, on straight lines and without scaling.
///
/// # Errors
///
/// For no samples and what is no sound; no memory.
pub fn stretch_to_float32(view: &View<'_>, len: usize) -> Result<Array> {
    in_precision!(view, TypeNum::Half | TypeNum::Float, |T| {
        Sound::new::<T>(view, -1)?.map::<T, f32>(len, linear::to_length)
    })
}
