//! FLAC, MP3 and Ogg Vorbis, decoded by `symphonia`.

use std::io::Cursor;

use symphonia::core::audio::conv::ConvertibleSample;
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::errors::Error as Failure;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

use crate::error::{Error, Result};

/// Decoded sound.
#[derive(Clone, Debug)]
pub struct Decoded<S> {
    /// Frames a second.
    pub sample_rate_hz: u32,
    /// Samples of a frame.
    pub channels: usize,
    /// The channels of a frame side by side.
    pub samples: Vec<S>,
}

fn failure(e: &Failure) -> Error {
    match e {
        Failure::Unsupported(what) => {
            Error::Unsupported(format!("sound of this kind is not read: {what}").into())
        }
        other => Error::malformed(format!("the compressed sound cannot be decoded: {other}")),
    }
}

/// Decodes a whole file to `f32` fractions of full scale, or to `i32`, which holds what is not lossy as it is.
///
/// # Errors
///
/// [`Error::Unsupported`] for other kinds of files, [`Error::Malformed`] for damaged ones; no memory.
pub fn decode<S: ConvertibleSample + Default>(bytes: Vec<u8>) -> Result<Decoded<S>> {
    let source = MediaSourceStream::new(
        Box::new(Cursor::new(bytes)),
        MediaSourceStreamOptions::default(),
    );
    let mut file = symphonia::default::get_probe()
        .probe(
            &Hint::new(),
            source,
            FormatOptions::default(),
            MetadataOptions::default(),
        )
        .map_err(|e| match e {
            Failure::Unsupported(_) | Failure::IoError(_) => {
                Error::Unsupported("no WAV, FLAC, MP3 or Ogg Vorbis file".into())
            }
            other => failure(&other),
        })?;
    let none = || Error::malformed("the file holds no sound");
    let track = file.default_track(TrackType::Audio).ok_or_else(none)?;
    let id = track.id;
    let parameters = track
        .codec_params
        .as_ref()
        .and_then(|p| p.audio())
        .ok_or_else(none)?;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(parameters, &AudioDecoderOptions::default())
        .map_err(|e| failure(&e))?;
    let mut made = Decoded {
        sample_rate_hz: 0,
        channels: 0,
        samples: Vec::new(),
    };
    loop {
        let packet = match file.next_packet() {
            Ok(Some(packet)) => packet,
            Ok(None) => break,
            Err(e) => return Err(failure(&e)),
        };
        if packet.track_id != id {
            continue;
        }
        let part = decoder.decode(&packet).map_err(|e| failure(&e))?;
        let (rate, channels) = (part.spec().rate(), part.spec().channels().count());
        if made.channels == 0 {
            (made.sample_rate_hz, made.channels) = (rate, channels);
        } else if (rate, channels) != (made.sample_rate_hz, made.channels) {
            return Err(Error::Unsupported(
                "sound whose rate or channels change within the file is not read".into(),
            ));
        }
        let (start, n) = (made.samples.len(), part.samples_interleaved());
        made.samples
            .try_reserve(n)
            .map_err(|_| numpy_rs_core::error::Error::ScratchMemory)?;
        made.samples.resize(start + n, S::default());
        part.copy_to_slice_interleaved(&mut made.samples[start..]);
    }
    if made.channels == 0 || made.sample_rate_hz == 0 {
        return Err(none());
    }
    Ok(made)
}
