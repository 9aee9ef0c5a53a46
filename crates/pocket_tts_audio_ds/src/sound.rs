//! The functions of `rust_audio.py`: samples are `float` fractions of full scale.

use std::ffi::c_int;

use numpy_rs_audio::fade::{Curve, fade};
use numpy_rs_audio::int16::{self, Rounding, Scale};
use numpy_rs_audio::{level, linear, sinc};

use crate::memory::{buffer, items, number, take_back};

/// The peak that `normalize_audio` brings sound to.
const HEADROOM: f32 = 0.99;

/// Samples divided by their peak, times 0.99, times `gain`; silence stays as it is.
///
/// # Safety
///
/// `samples` leads to `count` items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn normalize_audio(samples: *const f32, count: usize, gain: f32) -> *mut f32 {
    // SAFETY: promised by the caller.
    let Some(x) = (unsafe { items(samples, count) }) else {
        return std::ptr::null_mut();
    };
    buffer(count, |to| {
        let peak = level::peak(x).ok()?;
        if peak > 0.0 {
            return level::divide_and_scale(x, to, peak, HEADROOM, gain).ok();
        }
        to.copy_from_slice(x);
        Some(())
    })
}

/// Samples times `gain`.
///
/// # Safety
///
/// `samples` leads to `count` items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn apply_gain(samples: *const f32, count: usize, gain: f32) -> *mut f32 {
    // SAFETY: promised by the caller.
    let Some(x) = (unsafe { items(samples, count) }) else {
        return std::ptr::null_mut();
    };
    buffer(count, |to| level::gain(x, to, gain).ok())
}

/// The sound in `target` samples on straight lines, its ends kept.
///
/// # Safety
///
/// `samples` leads to `count` items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn resample_linear(
    samples: *const f32,
    count: usize,
    target: usize,
) -> *mut f32 {
    // SAFETY: promised by the caller.
    let Some(x) = (unsafe { items(samples, count) }) else {
        return std::ptr::null_mut();
    };
    buffer(target, |to| linear::to_length(x, to).ok())
}

/// The sound in `target` samples by sinc functions of `16 * quality` samples (8, 12 and 16 are meant).
///
/// # Safety
///
/// `samples` leads to `count` items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn resample_sinc(
    samples: *const f32,
    count: usize,
    target: usize,
    quality: c_int,
) -> *mut f32 {
    // SAFETY: promised by the caller.
    let Some(x) = (unsafe { items(samples, count) }) else {
        return std::ptr::null_mut();
    };
    let taps = 16 * quality.clamp(1, 64) as usize;
    buffer(target, |to| {
        if to.is_empty() {
            return Some(());
        }
        sinc::resample(x, to, target as f64 / count as f64, taps).ok()
    })
}

/// 16-bit samples divided by 32768.
///
/// # Safety
///
/// `samples` leads to `count` items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn int16_to_float32(samples: *const i16, count: usize) -> *mut f32 {
    // SAFETY: promised by the caller.
    let Some(x) = (unsafe { items(samples, count) }) else {
        return std::ptr::null_mut();
    };
    buffer(count, |to| int16::to_single(x, to).ok())
}

/// Samples clipped to -1 and 1, times 32767, cut to whole numbers; NaN becomes 0.
///
/// # Safety
///
/// `samples` leads to `count` items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn float32_to_int16(samples: *const f32, count: usize) -> *mut i16 {
    // SAFETY: promised by the caller.
    let Some(x) = (unsafe { items(samples, count) }) else {
        return std::ptr::null_mut();
    };
    buffer(count, |to| {
        int16::from_single(x, to, Scale::Symmetric, Rounding::Truncate).ok()
    })
}

/// Sound faded in and out over some samples; longer fades take all of it.
///
/// # Safety
///
/// `samples` leads to `count` items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn apply_fade(
    samples: *const f32,
    count: usize,
    fade_in: usize,
    fade_out: usize,
) -> *mut f32 {
    // SAFETY: promised by the caller.
    let Some(x) = (unsafe { items(samples, count) }) else {
        return std::ptr::null_mut();
    };
    buffer(count, |to| {
        to.copy_from_slice(x);
        fade(to, fade_in, fade_out, Curve::Linear);
        Some(())
    })
}

/// Decimal logarithms.
///
/// # Safety
///
/// `samples` leads to `count` items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn log10_vec(samples: *const f32, count: usize) -> *mut f32 {
    // SAFETY: promised by the caller.
    let Some(x) = (unsafe { items(samples, count) }) else {
        return std::ptr::null_mut();
    };
    buffer(count, |to| {
        to.iter_mut().zip(x).for_each(|(to, x)| *to = x.log10());
        Some(())
    })
}

/// The root of the mean square; NaN for no samples.
///
/// # Safety
///
/// `samples` leads to `count` items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn compute_rms(samples: *const f32, count: usize) -> f32 {
    // SAFETY: promised by the caller.
    let x = unsafe { items(samples, count) };
    number(|| level::rms(x?).ok().map(|rms| rms as f32))
}

/// The greatest magnitude; NaN for no samples.
///
/// # Safety
///
/// `samples` leads to `count` items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn compute_peak(samples: *const f32, count: usize) -> f32 {
    // SAFETY: promised by the caller.
    let x = unsafe { items(samples, count) };
    number(|| level::peak(x.filter(|x| !x.is_empty())?).ok())
}

/// Takes back a buffer that a function of this library returned; null is nothing.
///
/// # Safety
///
/// `samples` came from this library and was not taken back before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn free_audio_buffer(samples: *mut f32, _count: usize) {
    // SAFETY: promised by the caller.
    unsafe { take_back(samples.cast()) }
}
