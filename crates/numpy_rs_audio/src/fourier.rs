//! Resampling in the frequency domain: the spectrum is cut or filled up, as `scipy.signal.resample` does.
//!
//! The signal is taken to be periodic, so what is at its end meets what is at its beginning.

use realfft::RealFftPlanner;
use rustfft::num_complex::Complex;

use crate::error::{Error, Result};
use crate::sample::{Sample, filled};

/// Fills `to` with the same period of the signal in another number of samples.
///
/// # Errors
///
/// [`Error::Empty`] for no samples in or out; no memory.
pub fn resample<T: Sample>(x: &[T], to: &mut [T]) -> Result<()> {
    let (n, m) = (x.len(), to.len());
    if n == 0 || m == 0 {
        return Err(Error::Empty);
    }
    let mut planner = RealFftPlanner::<T>::new();
    let zero = Complex::new(T::zero(), T::zero());
    let mut lane = filled(n, T::zero())?;
    lane.copy_from_slice(x);
    let mut spectrum = filled((n.max(m)) / 2 + 1, zero)?;
    let forward = planner.plan_fft_forward(n);
    let mut scratch = filled(forward.get_scratch_len(), zero)?;
    forward
        .process_with_scratch(&mut lane, &mut spectrum[..=n / 2], &mut scratch)
        .map_err(|e| Error::argument(e.to_string()))?;
    let fewest = n.min(m);
    if m < n {
        spectrum.truncate(m / 2 + 1);
    }
    if fewest.is_multiple_of(2) && n != m {
        // The highest frequency of an even length stands for itself and its mirror image.
        let factor = T::rounded(if m < n { 2.0 } else { 0.5 });
        spectrum[fewest / 2] *= factor;
    }
    spectrum[0].im = T::zero();
    if m.is_multiple_of(2) {
        spectrum[m / 2].im = T::zero();
    }
    let backward = planner.plan_fft_inverse(m);
    let mut scratch = filled(backward.get_scratch_len(), zero)?;
    backward
        .process_with_scratch(&mut spectrum[..=m / 2], to, &mut scratch)
        .map_err(|e| Error::argument(e.to_string()))?;
    let factor = T::rounded(1.0 / n as f64);
    for v in to {
        *v *= factor;
    }
    Ok(())
}
