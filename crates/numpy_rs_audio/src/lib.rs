//! Sound for text-to-speech work: sample formats, levels, fades, resampling, loudness, WAV files.
//!
//! All but the last two modules work on plain slices of `f32`, `f64` and `i16`; `arrays` does the same on arrays of any
//! layout. Fourier transforms are `realfft`'s, sinc interpolation is `rubato`'s, compressed files are `symphonia`'s
//! (feature `compressed`); the rest is written here.
//!
//! Modules are listed bottom-up: each may import only those above it.

pub mod error;
pub mod sample;
pub mod blocks;
pub mod int16;
pub mod level;
pub mod fade;
pub mod padding;
pub mod polyphase;
pub mod linear;
pub mod fourier;
pub mod sinc;
pub mod loudness;
pub mod pause;
pub mod metrics;
pub mod encoding;
pub mod wav;
#[cfg(feature = "compressed")]
pub mod compressed;
mod lanes;
pub mod arrays;

pub use error::{Error, Result};
