//! Sound: what `numpy_rs.audio` is made of. Arguments come checked for their kind by the package.

use numpy_rs_audio::arrays::{self, Filter, Measure, Method};
use numpy_rs_audio::encoding::Encoding;
use numpy_rs_audio::error::{Error, Result};
use numpy_rs_audio::fade::{self, Curve};
use numpy_rs_audio::int16::{Rounding, Scale};
use numpy_rs_audio::padding::Padding;
use numpy_rs_audio::pause::Pause;
use numpy_rs_audio::wav;
use numpy_rs_core::array::Array;
use numpy_rs_core::error::Error as CoreError;
use numpy_rs_core::view::View;
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::array::{self, ArrayRef};
use crate::convert::array_like;
use crate::error;
use crate::function::FunctionDef;
use crate::signature::Args;

const fn page(
    signature: &'static str,
    doc: &'static str,
    run: for<'py> fn(&Args<'py>) -> PyResult<Bound<'py, PyAny>>,
) -> FunctionDef {
    FunctionDef {
        module: "audio",
        signature,
        relevant: &[],
        doc,
        run,
    }
}

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    page(
        "_int16_to_float32(samples, scale)",
        "Fractions of full scale of 16-bit samples.",
        |a| made(a, |v, a| arrays::int16_to_float32(v, scale(a, 1))),
    ),
    page(
        "_float32_to_int16(samples, scale, rounding)",
        "16-bit samples of fractions of full scale.",
        |a| {
            let rounding = match word(a, 2)?.as_str() {
                "truncate" => Rounding::Truncate,
                "floor" => Rounding::Floor,
                _ => Rounding::Nearest,
            };
            made(a, |v, a| arrays::float32_to_int16(v, scale(a, 1), rounding))
        },
    ),
    page(
        "_frombuffer_int16(bytes)",
        "Fractions of full scale of the 16-bit samples in an array of bytes.",
        |a| made(a, |v, _| arrays::frombuffer_int16(bytes_of(v)?)),
    ),
    page("_gain(samples, factor)", "Samples times a factor.", |a| {
        let factor = number(a, 1)?;
        made(a, |v, _| arrays::apply_gain(v, factor))
    }),
    page(
        "_divide_and_scale(samples, divisor, first, second)",
        "Floats divided by one number and multiplied by two, each step rounded.",
        |a| {
            let (divisor, first, second) = (number(a, 1)?, number(a, 2)?, number(a, 3)?);
            made(a, |v, _| {
                arrays::divide_and_scale(v, divisor, first, second)
            })
        },
    ),
    page(
        "_normalize(samples, measure, target_db, sample_rate, axis)",
        "Samples times the factor that brings their level to a target.",
        |a| {
            let (target, axis) = (number(a, 2)?, a.required(4).extract::<isize>()?);
            let measure = match word(a, 1)?.as_str() {
                "peak" => Measure::Peak,
                "rms" => Measure::Rms,
                _ => Measure::Loudness {
                    sample_rate_hz: number(a, 3)?,
                    axis,
                },
            };
            made(a, |v, _| arrays::normalize(v, measure, target))
        },
    ),
    page(
        "_fade(samples, sample_rate, fade_in, fade_out, curve, axis)",
        "Samples faded in and out over some seconds.",
        |a| {
            let (rate, times) = (number(a, 1)?, (number(a, 2)?, number(a, 3)?));
            let curve = named(word(a, 4)?, Curve::named);
            let axis = a.required(5).extract::<isize>()?;
            made(a, |v, _| {
                let (n_in, n_out) = (
                    fade::samples_of(times.0, rate)?,
                    fade::samples_of(times.1, rate)?,
                );
                arrays::apply_fade(v, n_in, n_out, curve?, axis)
            })
        },
    ),
    page(
        "_resample_poly(samples, up, down, axis, beta, taps, padding, value)",
        "Samples at a ratio of their rate, through a filter.",
        |a| {
            let (up, down) = (
                a.required(1).extract::<u64>()?,
                a.required(2).extract::<u64>()?,
            );
            let axis = a.required(3).extract::<isize>()?;
            let taps = a.some(5).map(|t| t.extract::<Vec<f64>>()).transpose()?;
            let filter = match &taps {
                Some(taps) => Filter::Taps(taps),
                None => Filter::Kaiser(number(a, 4)?),
            };
            let value = number(a, 7)?;
            let padding = named(word(a, 6)?, Padding::named);
            made(a, |v, _| {
                let padding = match padding? {
                    Padding::Constant(_) => Padding::Constant(value),
                    other => other,
                };
                arrays::resample_poly(v, up, down, axis, filter, padding)
            })
        },
    ),
    page(
        "_resample(samples, orig_sr, target_sr, method, axis)",
        "Samples of one rate at another.",
        |a| {
            let (from, to) = (number(a, 1)?, number(a, 2)?);
            let method = named(word(a, 3)?, Method::named);
            let axis = a.required(4).extract::<isize>()?;
            made(a, |v, _| arrays::resample(v, from, to, method?, axis))
        },
    ),
    page(
        "_resample_length(samples, length, method, axis)",
        "Samples in another number.",
        |a| {
            let length = a.required(1).extract::<usize>()?;
            let method = named(word(a, 2)?, Method::named);
            let axis = a.required(3).extract::<isize>()?;
            made(a, |v, _| arrays::resample_length(v, length, method?, axis))
        },
    ),
    page(
        "_stretch(samples, length)",
        "Samples in another number on straight lines, as float32 and not scaled.",
        |a| {
            let length = a.required(1).extract::<usize>()?;
            made(a, |v, _| arrays::stretch_to_float32(v, length))
        },
    ),
    page(
        "_end_on_pause(samples, sample_rate, pause_sec, fade_sec, floor_db, axis)",
        "Sound that ends on a pause.",
        |a| {
            let pause = Pause {
                pause_s: number(a, 2)?,
                fade_s: number(a, 3)?,
                floor_db: number(a, 4)?,
            };
            let (rate, axis) = (number(a, 1)?, a.required(5).extract::<isize>()?);
            made(a, |v, _| arrays::end_on_pause(v, rate, pause, axis))
        },
    ),
    page(
        "_to_mono(samples, axis)",
        "The mean of the channels.",
        |a| {
            let axis = a.required(1).extract::<isize>()?;
            made(a, |v, _| arrays::to_mono(v, axis))
        },
    ),
    page("_peak(samples)", "The greatest magnitude.", |a| {
        figure(a, |v, _| arrays::peak(v))
    }),
    page("_rms(samples)", "The root of the mean square.", |a| {
        figure(a, |v, _| arrays::rms(v))
    }),
    page(
        "_loudness(samples, sample_rate, axis)",
        "Loudness in LUFS.",
        |a| {
            let (rate, axis) = (number(a, 1)?, a.required(2).extract::<isize>()?);
            figure(a, |v, _| arrays::loudness(v, rate, axis))
        },
    ),
    page(
        "_metrics(samples, sample_rate, axis)",
        "rms, peak, their dB, dynamic range in dB, mean, seconds, LUFS, LU.",
        |a| {
            let (rate, axis) = (number(a, 1)?, a.required(2).extract::<isize>()?);
            figure(a, |v, _| {
                let m = arrays::metrics(v, rate, axis)?;
                Ok((
                    m.rms,
                    m.peak,
                    m.rms_db(),
                    m.peak_db(),
                    m.dynamic_range_db(),
                    m.mean,
                    m.duration_s,
                    m.loudness_lufs,
                    m.loudness_range_lu,
                ))
            })
        },
    ),
    page(
        "_read(bytes, dtype, allow_truncated)",
        "Samples, rate and encoding of the bytes of a file.",
        |a| {
            let dtype = crate::descr::to_dtype(&a.required(1))?;
            let allow = a.flag(2, false)?;
            let input = array_like::plain(&a.required(0))?;
            let bytes = input.view()?;
            let bytes = raise(bytes_of(&bytes))?;
            let (samples, rate, encoding) = if wav::is_wav(bytes) {
                // Read where they lie: a file may be large.
                raise(wav::parse(bytes, allow).and_then(|w| {
                    let channels = usize::from(w.format.channels);
                    let samples = arrays::decode(w.data, w.format.encoding, channels, dtype.num())?;
                    Ok((samples, w.format.sample_rate_hz, w.format.encoding.name()))
                }))?
            } else {
                raise(copied(bytes).and_then(|b| arrays::read(b, dtype.num(), allow)))?
            };
            let samples = array::from_core(a.py(), samples)?.into_any();
            (samples, rate, encoding)
                .into_pyobject(a.py())
                .map(Bound::into_any)
        },
    ),
    page(
        "_info(bytes, allow_truncated)",
        "Rate, channels, frames and encoding of the bytes of a WAV file, or None for other files.",
        |a| {
            let input = array_like::plain(&a.required(0))?;
            let view = input.view()?;
            let bytes = raise(bytes_of(&view))?;
            if !wav::is_wav(bytes) {
                return Ok(a.py().None().into_bound(a.py()));
            }
            let w = raise(wav::parse(bytes, a.flag(1, false)?))?;
            let f = w.format;
            (f.sample_rate_hz, f.channels, w.frames(), f.encoding.name())
                .into_pyobject(a.py())
                .map(Bound::into_any)
        },
    ),
    page(
        "_encode(samples, encoding, axis)",
        "The bytes of frames in an encoding, and the number of channels.",
        |a| {
            let encoding = named(word(a, 1)?, Encoding::named);
            let axis = a.required(2).extract::<isize>()?;
            let input = array_like::plain(&a.required(0))?;
            let (bytes, channels) = raise(arrays::encode(&input.view()?, raise(encoding)?, axis))?;
            (PyBytes::new(a.py(), &bytes), channels)
                .into_pyobject(a.py())
                .map(Bound::into_any)
        },
    ),
    page(
        "_header(sample_rate, channels, encoding, frames)",
        "The header of a WAV file; None for a number of frames that is not known yet.",
        |a| {
            let format = wav::Format {
                sample_rate_hz: a.required(0).extract()?,
                channels: a.required(1).extract()?,
                encoding: raise(named(word(a, 2)?, Encoding::named))?,
            };
            let frames = a.some(3).map(|n| n.extract::<u64>()).transpose()?;
            let header = raise(wav::header(format, frames))?;
            Ok(PyBytes::new(a.py(), &header).into_any())
        },
    ),
];

/// The exception for an error.
fn raise<T>(answer: Result<T>) -> PyResult<T> {
    answer.map_err(|e| error::to_py(&CoreError::from(e)))
}

fn number(a: &Args<'_>, i: usize) -> PyResult<f64> {
    a.required(i).extract()
}

fn word(a: &Args<'_>, i: usize) -> PyResult<String> {
    a.required(i).extract()
}

/// What a name stands for.
fn named<T>(name: String, find: impl FnOnce(&str) -> Option<T>) -> Result<T> {
    find(&name).ok_or_else(|| Error::argument(format!("unknown name {name:?}")))
}

fn scale(a: &Args<'_>, i: usize) -> Scale {
    match a.required(i).extract::<f64>() {
        Ok(factor) if factor == Scale::Symmetric.factor() => Scale::Symmetric,
        _ => Scale::PowerOfTwo,
    }
}

/// The bytes of an array that `frombuffer` made.
fn bytes_of<'v>(view: &'v View<'_>) -> Result<&'v [u8]> {
    if view.dtype().itemsize() != 1 || !view.is_c_contiguous() {
        return Err(Error::argument("bytes are wanted"));
    }
    if view.size() == 0 {
        return Ok(&[]);
    }
    // SAFETY: as many bytes lie there, for as long as the view lives.
    Ok(unsafe { std::slice::from_raw_parts(view.ptr(), view.size()) })
}

fn copied(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut copy = numpy_rs_audio::sample::reserved(bytes.len())?;
    copy.extend_from_slice(bytes);
    Ok(copy)
}

/// The array made from the first argument.
fn made<'py>(
    a: &Args<'py>,
    work: impl FnOnce(&View<'_>, &Args<'py>) -> Result<Array>,
) -> PyResult<Bound<'py, PyAny>> {
    let input: ArrayRef<'py> = array_like::plain(&a.required(0))?;
    let answer = work(&input.view()?, a);
    Ok(array::from_core(a.py(), raise(answer)?)?.into_any())
}

/// A number, or several, told of the first argument.
fn figure<'py, T: IntoPyObject<'py>>(
    a: &Args<'py>,
    work: impl FnOnce(&View<'_>, &Args<'py>) -> Result<T>,
) -> PyResult<Bound<'py, PyAny>>
where
    PyErr: From<T::Error>,
{
    let input: ArrayRef<'py> = array_like::plain(&a.required(0))?;
    let answer = work(&input.view()?, a);
    raise(answer)?.into_bound_py_any(a.py())
}
