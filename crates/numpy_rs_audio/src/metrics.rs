//! What is told of a sound: levels, duration, loudness.

use crate::error::{Error, Result};
use crate::level::{self, to_db};
use crate::loudness;

/// The figures of a sound, all relative to a full scale of 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// The root of the mean square of all channels.
    pub rms: f64,
    /// The greatest magnitude.
    pub peak: f64,
    /// The mean: what direct current is in it.
    pub mean: f64,
    /// Seconds.
    pub duration_s: f64,
    /// LUFS; NaN for less than 0.4 seconds or rates below 4 kHz, minus infinity for silence.
    pub loudness_lufs: f64,
    /// Loudness range in LU; NaN where loudness is.
    pub loudness_range_lu: f64,
}

impl Metrics {
    /// The level of the root of the mean square in dBFS.
    pub fn rms_db(&self) -> f64 {
        to_db(self.rms)
    }

    /// The level of the peak in dBFS.
    pub fn peak_db(&self) -> f64 {
        to_db(self.peak)
    }

    /// Decibels from the root of the mean square up to the peak (the crest factor); minus infinity for silence.
    pub fn dynamic_range_db(&self) -> f64 {
        to_db(self.peak / self.rms.max(1e-10))
    }
}

/// The figures of channels that are as long as each other.
///
/// # Errors
///
/// [`Error::Empty`]; a rate that is not above zero; no memory.
pub fn metrics(channels: &[&[f64]], sample_rate_hz: f64) -> Result<Metrics> {
    let n = channels.first().map_or(0, |c| c.len());
    if n == 0 {
        return Err(Error::Empty);
    }
    if !(sample_rate_hz > 0.0 && sample_rate_hz.is_finite()) {
        return Err(Error::argument(format!(
            "the sample rate must be a positive number of Hz, not {sample_rate_hz}"
        )));
    }
    let (mut squares, mut peak, mut sum) = (0.0, 0.0f64, 0.0);
    for channel in channels {
        squares += level::sum_of_squares(channel)?;
        let own = level::peak(channel)?;
        peak = if own > peak || own.is_nan() {
            own
        } else {
            peak
        };
        sum += channel.iter().sum::<f64>();
    }
    let count = (n * channels.len()) as f64;
    let (loudness_lufs, loudness_range_lu) = match loudness::integrated(channels, sample_rate_hz) {
        Ok(lufs) => (lufs, loudness::range(channels, sample_rate_hz)?),
        Err(Error::Argument(_)) => (f64::NAN, f64::NAN),
        Err(other) => return Err(other),
    };
    Ok(Metrics {
        rms: (squares / count).sqrt(),
        peak,
        mean: sum / count,
        duration_s: n as f64 / sample_rate_hz,
        loudness_lufs,
        loudness_range_lu,
    })
}
