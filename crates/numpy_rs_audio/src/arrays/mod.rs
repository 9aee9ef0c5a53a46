//! What this crate does, on arrays of any layout: time along `axis`, any other axes (channels) beside it.
//!
//! `float32` stays `float32`; what is narrower becomes `float32`, everything else is calculated in `float64`.
//!
//! Modules are listed bottom-up: each may import only those above it.

mod precision;
mod shaping;
mod levels;
mod resampling;
mod files;

pub use files::{decode, deinterleave, encode, file_bytes, read};
pub use levels::{Measure, loudness, metrics, normalize, peak, rms};
pub use resampling::{
    Filter, Method, resample, resample_length, resample_poly, stretch_to_float32,
};
pub use shaping::{
    apply_fade, apply_gain, divide_and_scale, end_on_pause, float32_to_int16, frombuffer_int16,
    int16_to_float32, to_mono,
};
