//! Sound as arrays: formats of samples, levels, fades, resampling, figures, WAV files.
//!
//! Time runs along `axis`, which is the last one where a function does not ask; other axes are channels. Samples are
//! fractions of full scale between -1 and 1: arrays of whole numbers are divided by the full scale of their type
//! first. `float32` stays so, and 16-bit numbers become `float32`; anything wider is calculated in `float64`.
//! Frequencies are in Hz, times in seconds, levels in dBFS or LUFS.

use std::path::Path;

use numpy_rs_audio::arrays;
pub use numpy_rs_audio::arrays::{Filter, Measure, Method};
pub use numpy_rs_audio::encoding::Encoding;
pub use numpy_rs_audio::error::{Error, Result};
pub use numpy_rs_audio::fade::Curve;
pub use numpy_rs_audio::int16::{Rounding, Scale};
pub use numpy_rs_audio::metrics::Metrics;
pub use numpy_rs_audio::padding::Padding;
pub use numpy_rs_audio::pause::Pause;
use numpy_rs_audio::{fade, wav};

use crate::{Array, TypeNum};

/// 16-bit samples as `float32` fractions of full scale.
///
/// # Errors
///
/// For arrays of other types.
pub fn int16_to_float32(samples: &Array, scale: Scale) -> Result<Array> {
    arrays::int16_to_float32(&samples.view(), scale).map(Array::from)
}

/// Fractions of full scale as 16-bit samples: clipped, NaN to 0.
///
/// # Errors
///
/// For arrays that are not of floats.
///
/// # Examples
///
/// ```
/// use numpy_rs::{Array, audio};
///
/// # fn main() -> Result<(), audio::Error> {
/// let x = Array::from_slice(&[0.0f32, 0.5, -1.0, 7.0])?;
/// let pcm = audio::float32_to_int16(&x, audio::Scale::Symmetric, audio::Rounding::Truncate)?;
/// assert_eq!(pcm.to_vec::<i16>()?, [0, 16383, -32767, 32767]);
/// # Ok(())
/// # }
/// ```
pub fn float32_to_int16(samples: &Array, scale: Scale, rounding: Rounding) -> Result<Array> {
    arrays::float32_to_int16(&samples.view(), scale, rounding).map(Array::from)
}

/// `float32` fractions of the little-endian 16-bit samples in bytes.
///
/// # Errors
///
/// For an odd number of bytes.
pub fn frombuffer_int16_to_float32(bytes: &[u8]) -> Result<Array> {
    arrays::frombuffer_int16(bytes).map(Array::from)
}

/// One factor for all samples, so that their level becomes `target_db` (dBFS or LUFS); silence stays as it is.
///
/// # Errors
///
/// For no samples, samples that are no numbers, less than 0.4 seconds for a loudness.
pub fn normalize(samples: &Array, measure: Measure, target_db: f64) -> Result<Array> {
    arrays::normalize(&samples.view(), measure, target_db).map(Array::from)
}

/// Each sample times a factor.
///
/// # Errors
///
/// For what is no sound.
pub fn apply_gain(samples: &Array, factor: f64) -> Result<Array> {
    arrays::apply_gain(&samples.view(), factor).map(Array::from)
}

/// Each sample louder by some decibels.
///
/// # Errors
///
/// For what is no sound.
pub fn apply_gain_db(samples: &Array, db: f64) -> Result<Array> {
    apply_gain(samples, numpy_rs_audio::level::from_db(db))
}

/// Fades in and out over some seconds along `axis`; longer fades take the whole sound.
///
/// # Errors
///
/// For times and rates of no meaning.
///
/// # Examples
///
/// ```
/// use numpy_rs::{Array, audio};
///
/// # fn main() -> Result<(), audio::Error> {
/// let x = Array::from_slice(&[1.0f32; 5])?;
/// let y = audio::apply_fade(&x, 8000.0, 3.0 / 8000.0, 0.0, audio::Curve::Linear, -1)?;
/// assert_eq!(y.to_vec::<f32>()?, [0.0, 0.5, 1.0, 1.0, 1.0]);
/// # Ok(())
/// # }
/// ```
pub fn apply_fade(
    samples: &Array,
    sample_rate_hz: f64,
    fade_in_s: f64,
    fade_out_s: f64,
    curve: Curve,
    axis: isize,
) -> Result<Array> {
    let n_in = fade::samples_of(fade_in_s, sample_rate_hz)?;
    let n_out = fade::samples_of(fade_out_s, sample_rate_hz)?;
    arrays::apply_fade(&samples.view(), n_in, n_out, curve, axis).map(Array::from)
}

/// The sound at `up / down` of its rate, as `scipy.signal.resample_poly` has it: one low-pass filter under a Kaiser
/// window, `ceil(n up / down)` samples.
///
/// # Errors
///
/// For ratios of no meaning and what is no array of real numbers.
///
/// # Examples
///
/// ```
/// use numpy_rs::{DType, TypeNum, audio, zeros};
///
/// # fn main() -> Result<(), audio::Error> {
/// let second = zeros(&[2, 44100], &DType::new(TypeNum::Float))?;
/// assert_eq!(audio::resample_poly(&second, 80, 147, -1)?.shape(), [2, 24000]);
/// # Ok(())
/// # }
/// ```
pub fn resample_poly(samples: &Array, up: u64, down: u64, axis: isize) -> Result<Array> {
    resample_poly_with(
        samples,
        up,
        down,
        axis,
        Filter::default(),
        Padding::Constant(0.0),
    )
}

/// As [`resample_poly`] with a filter and a padding of one's own.
///
/// # Errors
///
/// As [`resample_poly`]; for too few samples for the padding.
pub fn resample_poly_with(
    samples: &Array,
    up: u64,
    down: u64,
    axis: isize,
    filter: Filter<'_>,
    padding: Padding,
) -> Result<Array> {
    arrays::resample_poly(&samples.view(), up, down, axis, filter, padding).map(Array::from)
}

/// The sound of one rate at another: `ceil(n to / from)` samples.
///
/// # Errors
///
/// For no samples and rates of no meaning.
pub fn resample(
    samples: &Array,
    from_hz: f64,
    to_hz: f64,
    method: Method,
    axis: isize,
) -> Result<Array> {
    arrays::resample(&samples.view(), from_hz, to_hz, method, axis).map(Array::from)
}

/// The sound in another number of samples.
///
/// # Errors
///
/// For no samples.
pub fn resample_length(
    samples: &Array,
    length: usize,
    method: Method,
    axis: isize,
) -> Result<Array> {
    arrays::resample_length(&samples.view(), length, method, axis).map(Array::from)
}

/// Levels, duration and loudness.
///
/// # Errors
///
/// For no samples and rates of no meaning.
pub fn metrics(samples: &Array, sample_rate_hz: f64, axis: isize) -> Result<Metrics> {
    arrays::metrics(&samples.view(), sample_rate_hz, axis)
}

/// The greatest magnitude, in the units of the array.
///
/// # Errors
///
/// For no samples.
pub fn peak(samples: &Array) -> Result<f64> {
    arrays::peak(&samples.view())
}

/// The root of the mean square, in the units of the array.
///
/// # Errors
///
/// For no samples.
pub fn rms(samples: &Array) -> Result<f64> {
    arrays::rms(&samples.view())
}

/// The loudness by ITU-R BS.1770-4 in LUFS; minus infinity for silence.
///
/// # Errors
///
/// For less than 0.4 seconds.
pub fn loudness(samples: &Array, sample_rate_hz: f64, axis: isize) -> Result<f64> {
    arrays::loudness(&samples.view(), sample_rate_hz, axis)
}

/// A voice prompt that ends on a pause: what is silent at its end is cut, the rest faded out, and silence put on.
///
/// # Errors
///
/// For times and rates of no meaning, and samples that are no numbers.
pub fn end_on_pause(
    samples: &Array,
    sample_rate_hz: f64,
    pause: Pause,
    axis: isize,
) -> Result<Array> {
    arrays::end_on_pause(&samples.view(), sample_rate_hz, pause, axis).map(Array::from)
}

/// Reads a WAV file as `(channels, frames)`, or `(frames,)` for one channel, and its rate in Hz. With the feature
/// `compressed` of `numpy_rs_audio`, FLAC, MP3 and Ogg Vorbis too.
///
/// # Errors
///
/// For files that cannot be opened, or are not what they say.
///
/// # Examples
///
/// ```no_run
/// use numpy_rs::{audio, TypeNum};
///
/// # fn main() -> Result<(), audio::Error> {
/// let (voice, rate) = audio::read("voice.wav", TypeNum::Float)?;
/// let voice = audio::resample(&voice, f64::from(rate), 24000.0, audio::Method::Polyphase, -1)?;
/// audio::write("voice24.wav", &voice, 24000, audio::Encoding::I16)?;
/// # Ok(())
/// # }
/// ```
pub fn read(path: impl AsRef<Path>, dtype: TypeNum) -> Result<(Array, u32)> {
    let (samples, rate, _) = arrays::read(arrays::file_bytes(path.as_ref())?, dtype, false)?;
    Ok((samples.into(), rate))
}

/// Writes `(channels, frames)` or `(frames,)` as a WAV file.
///
/// # Errors
///
/// For files that cannot be written, and sound that does not fit one.
pub fn write(
    path: impl AsRef<Path>,
    samples: &Array,
    sample_rate_hz: u32,
    encoding: Encoding,
) -> Result<()> {
    let (frames, channels) = arrays::encode(&samples.view(), encoding, -1)?;
    let format = wav::Format {
        sample_rate_hz,
        channels,
        encoding,
    };
    let mut writer = wav::Writer::new(
        std::io::BufWriter::new(std::fs::File::create(path)?),
        format,
    )?;
    writer.write(&frames)?;
    writer.finish()?;
    Ok(())
}
