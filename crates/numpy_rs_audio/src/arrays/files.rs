//! Arrays to and from the bytes of sound files.

use std::io::Read;
use std::path::Path;

use numpy_rs_core::array::Array;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::error::Error as CoreError;
use numpy_rs_core::view::View;

use crate::encoding::{self, Encoding};
use crate::error::{Error, Result};
use crate::lanes::{Item, Sound, array_of, axis_of, fresh, items_mut};
use crate::sample::reserved;
use crate::wav;

/// The samples of bytes in an encoding as an array `(channels, frames)`, or `(frames,)` for one channel, of a type:
/// `float32`, `float64`, `int16`, `int32` or `uint8`.
///
/// # Errors
///
/// For other types; no memory.
pub fn decode(bytes: &[u8], encoding: Encoding, channels: usize, num: TypeNum) -> Result<Array> {
    fn run<V: encoding::Value + Item>(
        bytes: &[u8],
        encoding: Encoding,
        channels: usize,
    ) -> Result<Array> {
        let frames = bytes.len() / encoding.size() / channels;
        let shape = [channels as isize, frames as isize];
        let mut made = fresh::<V>(if channels == 1 { &shape[1..] } else { &shape })?;
        let to = items_mut::<V>(&mut made)?;
        if frames > 0 {
            for (channel, to) in to.chunks_exact_mut(frames).enumerate() {
                encoding::decode_channel(bytes, encoding, channel, channels, to);
            }
        }
        Ok(made)
    }
    match num {
        TypeNum::Float => run::<f32>(bytes, encoding, channels),
        TypeNum::Double => run::<f64>(bytes, encoding, channels),
        TypeNum::Short => run::<i16>(bytes, encoding, channels),
        TypeNum::Int => run::<i32>(bytes, encoding, channels),
        TypeNum::UByte => run::<u8>(bytes, encoding, channels),
        _ => Err(CoreError::type_error(
            "samples are read as float32, float64, int16, int32 or uint8",
        )
        .into()),
    }
}

/// Frames of interleaved `float32` samples as an array `(channels, frames)`, or `(frames,)` for one channel.
///
/// # Errors
///
/// No memory.
pub fn deinterleave(samples: &[f32], channels: usize) -> Result<Array> {
    let frames = samples.len() / channels.max(1);
    if channels <= 1 {
        return array_of(&[frames as isize], &samples[..frames]);
    }
    let mut made = fresh::<f32>(&[channels as isize, frames as isize])?;
    let to = items_mut::<f32>(&mut made)?;
    for (i, frame) in samples.chunks_exact(channels).enumerate() {
        for (c, v) in frame.iter().enumerate() {
            to[c * frames + i] = *v;
        }
    }
    Ok(made)
}

/// Frames in an encoding: time along `axis`, at most one other axis, of channels. The number of channels comes with them.
///
/// # Errors
///
/// For three axes or more, types that have no full scale, more channels than a file can have; no memory.
pub fn encode(view: &View<'_>, encoding: Encoding, axis: isize) -> Result<(Vec<u8>, u16)> {
    if view.ndim() > 2 {
        return Err(Error::argument(format!(
            "a sound file holds one axis of time and one of channels, and this array has {} axes",
            view.ndim()
        )));
    }
    let at = axis_of(view, axis)?;
    let channels = if view.ndim() == 2 {
        view.shape()[1 - at]
    } else {
        1
    };
    let count = u16::try_from(channels)
        .ok()
        .filter(|n| *n > 0)
        .ok_or_else(|| {
            Error::argument(format!(
                "a sound file has 1 to 65535 channels, not {channels}"
            ))
        })?;
    fn run<V: encoding::Value + Item>(sound: &Sound<'_>, encoding: Encoding) -> Result<Vec<u8>> {
        let lanes: Vec<&[V]> = sound.lanes::<V>().collect();
        let mut out = Vec::new();
        encoding::encode(&lanes, encoding, &mut out)?;
        Ok(out)
    }
    let bytes = match view.dtype().num() {
        TypeNum::Short => run::<i16>(&Sound::new::<i16>(view, axis)?, encoding)?,
        TypeNum::UByte => run::<u8>(&Sound::new::<u8>(view, axis)?, encoding)?,
        TypeNum::Half | TypeNum::Float => run::<f32>(&Sound::new::<f32>(view, axis)?, encoding)?,
        num if num.kind() == b'i' && view.dtype().itemsize() == 4 => {
            run::<i32>(&Sound::new::<i32>(view, axis)?, encoding)?
        }
        _ => run::<f64>(&Sound::fractions::<f64>(view, axis)?, encoding)?,
    };
    Ok((bytes, count))
}

/// The bytes of a file.
///
/// # Errors
///
/// Those of opening and reading; no memory.
pub fn file_bytes(path: &Path) -> Result<Vec<u8>> {
    let mut file = std::fs::File::open(path)?;
    let size = file.metadata()?.len();
    let mut bytes = reserved(usize::try_from(size).map_err(|_| CoreError::TooBig)?)?;
    // Not beyond what was there when memory was asked for: what has no length (a pipe) is read by the caller.
    (&mut file).take(size).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a file's bytes: WAV, and with the feature `compressed` FLAC, MP3 and Ogg Vorbis (as `float32`). Answers the
/// samples, frames a second, and the name of their encoding.
///
/// # Errors
///
/// As [`wav::parse`] and [`decode`].
pub fn read(bytes: Vec<u8>, num: TypeNum, allow_cut: bool) -> Result<(Array, u32, &'static str)> {
    if wav::is_wav(&bytes) {
        let wav = wav::parse(&bytes, allow_cut)?;
        let samples = decode(
            wav.data,
            wav.format.encoding,
            usize::from(wav.format.channels),
            num,
        )?;
        return Ok((
            samples,
            wav.format.sample_rate_hz,
            wav.format.encoding.name(),
        ));
    }
    read_compressed(bytes, num)
}

#[cfg(feature = "compressed")]
fn read_compressed(bytes: Vec<u8>, num: TypeNum) -> Result<(Array, u32, &'static str)> {
    const NAME: &str = "COMPRESSED";
    if num == TypeNum::Float {
        let decoded = crate::compressed::decode::<f32>(bytes)?;
        let samples = deinterleave(&decoded.samples, decoded.channels)?;
        return Ok((samples, decoded.sample_rate_hz, NAME));
    }
    // Narrower whole numbers are cut out of wide ones, as from WAV files; doubles keep all bits of them.
    let decoded = crate::compressed::decode::<i32>(bytes)?;
    let mut wide = Vec::new();
    encoding::encode(&[&decoded.samples], Encoding::I32, &mut wide)?;
    let samples = decode(&wide, Encoding::I32, decoded.channels, num)?;
    Ok((samples, decoded.sample_rate_hz, NAME))
}

#[cfg(not(feature = "compressed"))]
fn read_compressed(bytes: Vec<u8>, _: TypeNum) -> Result<(Array, u32, &'static str)> {
    // Told as what it is: no WAV file.
    wav::parse(&bytes, false)?;
    Err(Error::malformed("no WAV file"))
}
