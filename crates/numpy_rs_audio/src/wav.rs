//! WAV files: finding the samples in bytes, and writing headers, for streams of unknown length too.
//!
//! Lengths in a header are believed only as far as there are bytes; nothing is allocated by them.

use std::io::{Seek, SeekFrom, Write};

use crate::encoding::Encoding;
use crate::error::{Error, Result};

/// The tag of a format whose own tag stands further behind.
const EXTENSIBLE: u16 = 0xFFFE;
/// What writers put as a length that they do not know yet.
const UNKNOWN: u32 = u32::MAX;
/// Bytes before the first sample of the headers made here: whole numbers, floats.
const HEADER: [u32; 2] = [44, 58];

/// How the samples of a file lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// Frames a second.
    pub sample_rate_hz: u32,
    /// Samples of a frame.
    pub channels: u16,
    /// How a sample is written.
    pub encoding: Encoding,
}

impl Format {
    /// Bytes of a frame.
    pub fn frame_size(&self) -> usize {
        self.encoding.size() * usize::from(self.channels)
    }
}

/// A file whose samples were found.
#[derive(Clone, Debug)]
pub struct Wav<'a> {
    /// How they lie.
    pub format: Format,
    /// Whole frames.
    pub data: &'a [u8],
    /// The header promised more than there is, or something other than whole frames.
    pub is_cut: bool,
}

impl Wav<'_> {
    /// The number of frames.
    pub fn frames(&self) -> usize {
        self.data.len() / self.format.frame_size()
    }
}

/// Whether bytes begin like a RIFF file of sound.
pub fn is_wav(bytes: &[u8]) -> bool {
    bytes.len() >= 12
        && matches!(&bytes[..4], b"RIFF" | b"RIFX" | b"RF64")
        && &bytes[8..12] == b"WAVE"
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Finds the samples in a file's bytes. A length of 0xFFFFFFFF, or of 0 in the last chunk, is that of a stream whose
/// header was never completed: samples then go on to the end.
///
/// # Errors
///
/// [`Error::Malformed`] for what is no WAV file, and, unless `allow_cut`, where the header promises more than there is
/// or something other than whole frames; [`Error::Unsupported`] for compressed samples and big-endian files.
pub fn parse(bytes: &[u8], allow_cut: bool) -> Result<Wav<'_>> {
    if !is_wav(bytes) {
        return Err(Error::malformed(
            "no WAV file: it does not begin with RIFF and WAVE",
        ));
    }
    if &bytes[..4] != b"RIFF" {
        return Err(Error::Unsupported(
            "WAV files of big-endian (RIFX) and 64-bit (RF64) layout are not read".into(),
        ));
    }
    let (mut at, mut format) = (12, None);
    while let (Some(name), Some(size)) = (bytes.get(at..at + 4), u32_at(bytes, at + 4)) {
        let body = &bytes[at + 8..];
        match name {
            b"fmt " => {
                let there = body.get(..size as usize).unwrap_or(body);
                format = Some(format_of(there)?);
            }
            b"data" => {
                let format = format.ok_or_else(|| {
                    Error::malformed("WAV file without a `fmt ` chunk before its samples")
                })?;
                return samples(format, body, size, allow_cut);
            }
            _ => {}
        }
        // Chunks begin at even places.
        let step = 8 + size as usize + (size as usize & 1);
        at = match at.checked_add(step) {
            Some(at) if at <= bytes.len() => at,
            _ => break,
        };
    }
    Err(Error::malformed(if format.is_some() {
        "WAV file without samples: the `data` chunk is missing (the file is cut off)"
    } else {
        "WAV file without a `fmt ` chunk (the file is cut off)"
    }))
}

fn format_of(body: &[u8]) -> Result<Format> {
    let cut = || Error::malformed("WAV file with a `fmt ` chunk that is too short");
    let mut tag = u16_at(body, 0).ok_or_else(cut)?;
    let channels = u16_at(body, 2).ok_or_else(cut)?;
    let sample_rate_hz = u32_at(body, 4).ok_or_else(cut)?;
    let frame = u16_at(body, 12).ok_or_else(cut)?;
    let bits = u16_at(body, 14).ok_or_else(cut)?;
    if tag == EXTENSIBLE {
        tag = u16_at(body, 24).ok_or_else(cut)?;
    }
    let encoding = match (tag, bits) {
        (1, 8) => Encoding::U8,
        (1, 16) => Encoding::I16,
        (1, 24) => Encoding::I24,
        (1, 32) => Encoding::I32,
        (3, 32) => Encoding::F32,
        (3, 64) => Encoding::F64,
        (1 | 3, _) => {
            return Err(Error::Unsupported(
                format!("WAV samples of {bits} bits are not read: 8, 16, 24, 32 and floats of 32 and 64 are").into(),
            ));
        }
        _ => {
            return Err(Error::Unsupported(
                format!("compressed WAV samples (format {tag:#06x}) are not read").into(),
            ));
        }
    };
    let format = Format {
        sample_rate_hz,
        channels,
        encoding,
    };
    if channels == 0 || sample_rate_hz == 0 || usize::from(frame) != format.frame_size() {
        return Err(Error::malformed(format!(
            "WAV header of no meaning: {channels} channels, {sample_rate_hz} Hz, {bits} bits in frames of {frame} bytes"
        )));
    }
    Ok(format)
}

fn samples(format: Format, body: &[u8], size: u32, allow_cut: bool) -> Result<Wav<'_>> {
    let frame = format.frame_size();
    let streamed = size == UNKNOWN || (size == 0 && !body.is_empty() && !looks_like_a_chunk(body));
    let promised = if streamed { body.len() } else { size as usize };
    let there = promised.min(body.len());
    let whole = there / frame * frame;
    let is_cut = !streamed && whole != promised;
    if is_cut && !allow_cut {
        return Err(Error::malformed(if promised > body.len() {
            format!(
                "WAV header promises {promised} bytes of samples, and there are {}: the file is cut off, or was \
                 written as a stream (allow_truncated=True takes what there is)",
                body.len()
            )
        } else {
            format!(
                "WAV header promises {promised} bytes of samples, which are no whole frames of {frame} bytes \
                 (allow_truncated=True drops the rest)"
            )
        }));
    }
    Ok(Wav {
        format,
        data: &body[..whole],
        is_cut,
    })
}

/// Whether bytes after an empty `data` chunk are a further chunk, so that it is empty indeed.
fn looks_like_a_chunk(body: &[u8]) -> bool {
    body.first_chunk::<4>()
        .is_some_and(|name| name.iter().all(|c| c.is_ascii_alphanumeric() || *c == b' '))
        && u32_at(body, 4).is_some_and(|size| size as usize <= body.len() - 8)
}

/// A header for a number of frames, or for a stream whose length is not known yet.
///
/// # Errors
///
/// For no channels or no rate, and for more bytes than a header can tell (4 GiB).
pub fn header(format: Format, frames: Option<u64>) -> Result<Vec<u8>> {
    let frame = format.frame_size();
    let Ok(frame_size) = u16::try_from(frame) else {
        return Err(Error::argument(format!(
            "{} channels are too many",
            format.channels
        )));
    };
    let rate = format.sample_rate_hz;
    if format.channels == 0 || rate == 0 {
        return Err(Error::argument(
            "a WAV file has one channel or more, and a sample rate above 0",
        ));
    }
    let per_second = rate.checked_mul(u32::from(frame_size)).ok_or_else(|| {
        Error::argument(format!(
            "a sample rate of {rate} Hz is too high for a WAV file"
        ))
    })?;
    let float = format.encoding.is_float();
    let length = HEADER[usize::from(float)];
    let bytes = match frames {
        None => UNKNOWN,
        Some(n) => n
            .checked_mul(frame as u64)
            .and_then(|n| u32::try_from(n).ok())
            .filter(|n| n.checked_add(length).is_some())
            .ok_or_else(|| Error::argument("a WAV file holds at most 4 GiB"))?,
    };
    let padding = if bytes == UNKNOWN { 0 } else { bytes & 1 };
    let mut out = Vec::with_capacity(64);
    let mut put = |part: &[u8]| out.extend_from_slice(part);
    put(b"RIFF");
    put(&bytes
        .saturating_add(length - 8)
        .saturating_add(padding)
        .to_le_bytes());
    put(b"WAVEfmt ");
    put(&(if float { 18u32 } else { 16 }).to_le_bytes());
    put(&(if float { 3u16 } else { 1 }).to_le_bytes());
    put(&format.channels.to_le_bytes());
    put(&rate.to_le_bytes());
    put(&per_second.to_le_bytes());
    put(&frame_size.to_le_bytes());
    put(&((format.encoding.size() * 8) as u16).to_le_bytes());
    if float {
        put(&0u16.to_le_bytes());
        put(b"fact");
        put(&4u32.to_le_bytes());
        put(&frames
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(UNKNOWN)
            .to_le_bytes());
    }
    put(b"data");
    put(&bytes.to_le_bytes());
    debug_assert_eq!(out.len(), length as usize);
    Ok(out)
}

/// Writes frames as they come, and puts the lengths into the header at the end.
#[derive(Debug)]
pub struct Writer<W> {
    to: W,
    format: Format,
    written: u64,
}

impl<W: Write> Writer<W> {
    /// Begins a file with a header that leaves the length open.
    ///
    /// # Errors
    ///
    /// As [`header`]; those of writing.
    pub fn new(mut to: W, format: Format) -> Result<Self> {
        to.write_all(&header(format, None)?)?;
        Ok(Self {
            to,
            format,
            written: 0,
        })
    }

    /// Appends whole frames in the encoding of the file.
    ///
    /// # Errors
    ///
    /// For parts of frames; those of writing.
    pub fn write(&mut self, frames: &[u8]) -> Result<()> {
        if !frames.len().is_multiple_of(self.format.frame_size()) {
            return Err(Error::argument("only whole frames can be written"));
        }
        self.to.write_all(frames)?;
        self.written += frames.len() as u64;
        Ok(())
    }
}

impl<W: Write + Seek> Writer<W> {
    /// Completes the header, and gives back what was written to.
    ///
    /// # Errors
    ///
    /// For more than 4 GiB; those of writing.
    pub fn finish(mut self) -> Result<W> {
        let start = header(
            self.format,
            Some(self.written / self.format.frame_size() as u64),
        )?;
        if self.written % 2 == 1 {
            self.to.write_all(&[0])?;
        }
        self.to.seek(SeekFrom::Start(0))?;
        self.to.write_all(&start)?;
        self.to.flush()?;
        Ok(self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::{decode_channel, encode};

    const ALL: [Encoding; 6] = [
        Encoding::U8,
        Encoding::I16,
        Encoding::I24,
        Encoding::I32,
        Encoding::F32,
        Encoding::F64,
    ];

    fn file(encoding: Encoding, channels: &[&[f64]], frames: Option<u64>) -> Vec<u8> {
        let format = Format {
            sample_rate_hz: 24000,
            channels: channels.len() as u16,
            encoding,
        };
        let mut bytes = header(format, frames).unwrap();
        encode(channels, encoding, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn files_come_back_and_hound_reads_them() {
        let (a, b) = ([0.5, -0.25, 0.0, 1.0, -1.0], [0.125, 0.75, -0.5, 0.0, 0.25]);
        for encoding in ALL {
            let bytes = file(encoding, &[&a, &b], Some(5));
            let wav = parse(&bytes, false).unwrap();
            assert_eq!(
                (wav.frames(), wav.format.channels, wav.is_cut),
                (5, 2, false)
            );
            let mut back = [0.0; 5];
            decode_channel(wav.data, encoding, 1, 2, &mut back);
            assert_eq!(back, b);
            if encoding == Encoding::F64 {
                continue; // hound has no double precision
            }
            let mut other = hound::WavReader::new(&bytes[..]).unwrap();
            assert_eq!(other.spec().bits_per_sample as usize, 8 * encoding.size());
            let scale = (1u64 << (8 * encoding.size() - 1)) as f64;
            let read: Vec<f64> = if encoding.is_float() {
                other
                    .samples::<f32>()
                    .map(|s| f64::from(s.unwrap()))
                    .collect()
            } else {
                other
                    .samples::<i32>()
                    .map(|s| f64::from(s.unwrap()) / scale)
                    .collect()
            };
            for (i, v) in read.iter().enumerate() {
                let wanted = if i % 2 == 0 { a[i / 2] } else { b[i / 2] };
                assert!(
                    (v - wanted).abs() <= 1.0 / scale.min(1e9),
                    "{encoding:?} {v} {wanted}"
                );
            }
        }
    }

    #[test]
    fn what_hound_writes_is_read() {
        for bits in [8u16, 16, 24, 32] {
            let spec = hound::WavSpec {
                channels: 3,
                sample_rate: 8000,
                bits_per_sample: bits,
                sample_format: hound::SampleFormat::Int,
            };
            let mut bytes = std::io::Cursor::new(Vec::new());
            let mut writer = hound::WavWriter::new(&mut bytes, spec).unwrap();
            for i in 0..30 {
                writer.write_sample(i - 15).unwrap();
            }
            writer.finalize().unwrap();
            let bytes = bytes.into_inner();
            let wav = parse(&bytes, false).unwrap();
            let mut back = [0i32; 10];
            decode_channel(wav.data, wav.format.encoding, 2, 3, &mut back);
            assert_eq!(
                back.map(|v| v >> (32 - bits)),
                [-13, -10, -7, -4, -1, 2, 5, 8, 11, 14]
            );
        }
    }

    #[test]
    fn headers_that_lie_are_refused_and_nothing_panics() {
        let whole = file(Encoding::I16, &[&[0.5; 100]], Some(100));
        for n in 0..whole.len() {
            assert!(
                matches!(parse(&whole[..n], false), Err(Error::Malformed(_))),
                "{n} bytes"
            );
        }
        assert_eq!(parse(&whole[..144], true).unwrap().frames(), 50);
        let stream = file(Encoding::I16, &[&[0.5; 100]], None);
        assert_eq!(parse(&stream, false).unwrap().frames(), 100);
        // Any byte of the header changed: an answer, or an error, in no time and without memory.
        for at in 0..44 {
            for value in [0, 1, 2, 127, 255] {
                let mut bytes = whole.clone();
                bytes[at] = value;
                if let Ok(wav) = parse(&bytes, true) {
                    assert!(wav.data.len() <= 200);
                }
            }
        }
    }

    #[test]
    fn streams_get_their_lengths_at_the_end() {
        let format = parse(&file(Encoding::U8, &[&[0.5; 7]], Some(7)), false)
            .unwrap()
            .format;
        let mut writer = Writer::new(std::io::Cursor::new(Vec::new()), format).unwrap();
        writer.write(&[1, 2, 3]).unwrap();
        writer.write(&[4, 5, 6, 7]).unwrap();
        let bytes = writer.finish().unwrap().into_inner();
        assert_eq!(bytes.len(), 44 + 8);
        assert_eq!(parse(&bytes, false).unwrap().data, [1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn odd_chunks_are_stepped_over() {
        let whole = file(Encoding::U8, &[&[0.5; 7]], Some(7));
        let mut bytes = whole[..12].to_vec();
        bytes.extend_from_slice(b"LIST\x03\0\0\0abc\0");
        bytes.extend_from_slice(&whole[12..]);
        bytes.extend_from_slice(b"\0LIST\x02\0\0\0ab");
        assert_eq!(parse(&bytes, false).unwrap().frames(), 7);
        assert!(header(parse(&bytes, false).unwrap().format, Some(u64::MAX)).is_err());
    }
}
