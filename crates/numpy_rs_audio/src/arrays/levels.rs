//! Levels and figures of arrays, and bringing them to a level.

use numpy_rs_core::array::Array;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::view::View;

use super::precision::in_precision;
use crate::error::{Error, Result};
use crate::lanes::{Sound, check_real};
use crate::level;
use crate::loudness;
use crate::metrics::{self, Metrics};
use crate::sample::Sample;

/// What [`normalize`] brings to its target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// The greatest magnitude, in dBFS.
    Peak,
    /// The root of the mean square, in dBFS.
    Rms,
    /// The loudness at a sample rate, in LUFS.
    Loudness {
        /// Frames a second.
        sample_rate_hz: f64,
        /// The axis of time.
        axis: isize,
    },
}

/// One factor for all samples, so that their level becomes `target_db`; silence stays as it is.
///
/// # Errors
///
/// For no samples, samples that are no numbers, too little sound for a loudness; no memory.
pub fn normalize(view: &View<'_>, measure: Measure, target_db: f64) -> Result<Array> {
    if !target_db.is_finite() {
        return Err(Error::argument(format!(
            "the target must be a number of dB, not {target_db}"
        )));
    }
    if view.size() == 0 {
        return Err(Error::Empty);
    }
    in_precision!(
        view,
        TypeNum::Half | TypeNum::Float | TypeNum::Short | TypeNum::UByte,
        |T| {
            let sound = Sound::fractions::<T>(view, -1)?;
            let samples = sound.all::<T>();
            let now_db = match measure {
                Measure::Peak => level::to_db(level::peak(samples)?.widened()),
                Measure::Rms => level::to_db(level::rms(samples)?),
                Measure::Loudness {
                    sample_rate_hz,
                    axis,
                } => with_channels(view, axis, |channels| {
                    loudness::integrated(channels, sample_rate_hz)
                })?,
            };
            if now_db.is_nan() || now_db == f64::INFINITY {
                return Err(Error::argument(
                    "the samples hold NaN or infinity: they have no level",
                ));
            }
            let factor = if now_db == f64::NEG_INFINITY {
                1.0
            } else {
                level::from_db(target_db - now_db)
            };
            sound.map_all::<T, T>(|from, to| level::gain(from, to, T::rounded(factor)))
        }
    )
}

/// Works on the lanes along `axis` as channels of `f64` fractions.
fn with_channels<R>(
    view: &View<'_>,
    axis: isize,
    work: impl FnOnce(&[&[f64]]) -> Result<R>,
) -> Result<R> {
    let sound = Sound::fractions::<f64>(view, axis)?;
    let channels: Vec<&[f64]> = sound.lanes::<f64>().collect();
    work(&channels)
}

/// The greatest magnitude.
///
/// # Errors
///
/// For no samples and what is no sound.
pub fn peak(view: &View<'_>) -> Result<f64> {
    statistic(view, level::peak, |x| level::peak(x).map(f64::from))
}

/// The root of the mean square, added in double precision.
///
/// # Errors
///
/// For no samples and what is no sound.
pub fn rms(view: &View<'_>) -> Result<f64> {
    statistic(view, level::rms, level::rms)
}

fn statistic(
    view: &View<'_>,
    double: impl FnOnce(&[f64]) -> Result<f64>,
    single: impl FnOnce(&[f32]) -> Result<f64>,
) -> Result<f64> {
    check_real(view.dtype())?;
    if view.size() == 0 {
        return Err(Error::Empty);
    }
    let one;
    let view = if view.ndim() == 0 {
        // SAFETY: the one item, as an array of one axis.
        one = unsafe { view.relayout(0, [1].as_slice().into(), [0].as_slice().into()) };
        &one
    } else {
        view
    };
    match view.dtype().num() {
        TypeNum::Half | TypeNum::Float => single(Sound::new::<f32>(view, -1)?.all()),
        _ => double(Sound::new::<f64>(view, -1)?.all()),
    }
}

/// The figures of a sound along `axis`.
///
/// # Errors
///
/// For no samples, a rate that is not above zero, what is no sound; no memory.
pub fn metrics(view: &View<'_>, sample_rate_hz: f64, axis: isize) -> Result<Metrics> {
    with_channels(view, axis, |channels| {
        metrics::metrics(channels, sample_rate_hz)
    })
}

/// The loudness in LUFS along `axis`.
///
/// # Errors
///
/// As [`loudness::integrated`].
pub fn loudness(view: &View<'_>, sample_rate_hz: f64, axis: isize) -> Result<f64> {
    with_channels(view, axis, |channels| {
        loudness::integrated(channels, sample_rate_hz)
    })
}
