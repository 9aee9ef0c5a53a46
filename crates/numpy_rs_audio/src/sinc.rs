//! Resampling with windowed sinc functions by `rubato`: any ratio of rates, whole numbers or not.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Async, FixedAsync, Resampler, SincInterpolationParameters, WindowFunction};

use crate::error::{Error, Result};
use crate::sample::{Sample, filled};

/// Samples that are worked on at a time.
const CHUNK: usize = 1024;
/// Functions that are kept for places between two samples.
const OVERSAMPLING: usize = 512;

/// Resamples by `ratio`, output rate over input rate, with functions of `taps` samples. The delay is taken out; `to` is
/// cut or filled with silence at its end.
///
/// # Errors
///
/// For a ratio that is no positive number within 1/1000 and 1000; no memory.
pub fn resample<T: Sample>(x: &[T], to: &mut [T], ratio: f64, taps: usize) -> Result<()> {
    if !(1e-3..=1e3).contains(&ratio) {
        return Err(Error::argument(format!(
            "sinc interpolation takes ratios from 1/1000 to 1000, not {ratio}"
        )));
    }
    if x.is_empty() {
        return Err(Error::Empty);
    }
    let failed = |e: &dyn std::fmt::Display| Error::argument(format!("sinc interpolation: {e}"));
    let parameters = SincInterpolationParameters::new(taps, WindowFunction::BlackmanHarris2)
        .oversampling_factor(OVERSAMPLING);
    let mut resampler = Async::<T>::new_sinc(ratio, 1.0, &parameters, CHUNK, 1, FixedAsync::Input)
        .map_err(|e| failed(&e))?;
    let (silence, start) = alignment(taps, ratio);
    let mut padded = filled(
        silence
            .checked_add(x.len())
            .ok_or(numpy_rs_core::error::Error::TooBig)?,
        T::zero(),
    )?;
    padded[silence..].copy_from_slice(x);
    let room = resampler.process_all_needed_output_len(padded.len());
    let mut out = filled(room, T::zero())?;
    let made = {
        let n = padded.len();
        let from = InterleavedSlice::new(&padded, 1, n).map_err(|e| failed(&e))?;
        let mut into = InterleavedSlice::new_mut(&mut out, 1, room).map_err(|e| failed(&e))?;
        resampler
            .process_all_into_buffer(&from, &mut into, n, None)
            .map_err(|e| failed(&e))?
            .1
    };
    let first = start.saturating_sub(resampler.output_delay()).min(made);
    let kept = (made - first).min(to.len());
    to[..kept].copy_from_slice(&out[first..first + kept]);
    to[kept..].fill(T::zero());
    Ok(())
}

/// Samples of silence to put before a sound, and the place in the output where the sound then begins.
///
/// The functions delay by half their length, less one step between the functions that are kept, and the first output
/// stands one sample after the beginning; at most ratios that is no whole number of output samples. Silence of some
/// length makes it one, or nearly so: a thousandth of a sample. There is enough of it that the place lies behind what
/// `rubato` cuts off.
fn alignment(taps: usize, ratio: f64) -> (usize, usize) {
    let delay = (taps.next_multiple_of(8) / 2) as f64 - 1.0 / OVERSAMPLING as f64;
    let place = |silence: usize| (silence as f64 + delay) * ratio - 1.0;
    let off = |silence: usize| (place(silence) - place(silence).round()).abs();
    let least = (2.0 / ratio).ceil() as usize;
    let mut best = least;
    for silence in least..least + 1024 {
        if off(silence) < off(best) - 1e-9 {
            best = silence;
        }
    }
    (best, place(best).round() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_keep_their_time() {
        for (from, to) in [
            (44100.0, 24000.0),
            (24000.0, 44100.0),
            (8000.0, 48000.0),
            (22050.5, 16000.0),
        ] {
            let tone = |n: usize, rate: f64| -> Vec<f64> {
                let turns = 2.0 * std::f64::consts::PI * 440.0 / rate;
                (0..n).map(|i| (turns * i as f64).sin()).collect()
            };
            let n = (from / 4.0) as usize;
            let wanted = tone((n as f64 * to / from) as usize, to);
            let mut got = vec![0.0; wanted.len()];
            resample(&tone(n, from), &mut got, to / from, 256).unwrap();
            let fifth = wanted.len() / 5;
            for i in fifth..wanted.len() - fifth {
                assert!((got[i] - wanted[i]).abs() < 1e-3, "{from} to {to}");
            }
        }
    }
}
