//! Resampling by a ratio of whole numbers with one low-pass filter, as `scipy.signal.resample_poly` has it.
//!
//! In thought the signal is stretched by `up` with zeros, filtered, and every `down`-th sample kept. Of the products
//! only those with samples that are no zeros are made: sample `j` of the result stands at `j down + half` of the
//! stretched signal (`half` being the delay of the filter), whose remainder by `up` names the taps that meet samples
//! and whose quotient names the newest of these samples. So the taps are kept by remainder, in the order in which
//! they meet the samples, and a sample of the result is a product of two runs.

use crate::blocks::{self, per_isa};
use crate::error::{Error, Result};
use crate::padding::Padding;
use crate::sample::{Sample, filled};

/// Products that are summed beside each other; the taps of a remainder are filled up to a multiple.
const WIDE: usize = 8;

/// The shape of the default window.
pub const KAISER_BETA: f64 = 5.0;

/// `up` and `down` without common factors.
///
/// # Errors
///
/// For 0.
pub fn reduced(up: u64, down: u64) -> Result<(usize, usize)> {
    if up < 1 || down < 1 {
        return Err(Error::argument("up and down must be >= 1"));
    }
    let (mut a, mut b) = (up, down);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    Ok(((up / a) as usize, (down / a) as usize))
}

/// Samples of the result: `ceil(n up / down)`.
///
/// # Errors
///
/// Where that is beyond the address space.
pub fn output_length(n: usize, up: usize, down: usize) -> Result<usize> {
    n.checked_mul(up)
        .map(|n| n.div_ceil(down))
        .ok_or_else(|| numpy_rs_core::error::Error::TooBig.into())
}

/// The modified Bessel function of order 0, by its power series.
fn bessel_i0(x: f64) -> f64 {
    let quarter = 0.25 * x * x;
    let (mut term, mut sum, mut k) = (1.0, 1.0, 1.0);
    while term > sum * 1e-17 {
        term *= quarter / (k * k);
        sum += term;
        k += 1.0;
    }
    sum
}

/// The taps of a low-pass filter with its edge at the lower of both rates: `20 max(up, down) + 1` of them under a
/// Kaiser window, with sum 1.
fn low_pass(up: usize, down: usize, beta: f64) -> Result<Vec<f64>> {
    let slowest = up.max(down);
    let half = slowest
        .checked_mul(10)
        .filter(|half| *half < usize::MAX / 4)
        .ok_or(numpy_rs_core::error::Error::TooBig)?;
    let mut taps = filled(2 * half + 1, 0.0)?;
    let (edge, whole) = (1.0 / slowest as f64, bessel_i0(beta));
    let mut sum = 0.0;
    for (i, tap) in taps.iter_mut().enumerate() {
        let m = i as f64 - half as f64;
        let turn = std::f64::consts::PI * edge * m;
        let sinc = if m == 0.0 { 1.0 } else { turn.sin() / turn };
        let across = m / half as f64;
        *tap = edge * sinc * bessel_i0(beta * (1.0 - across * across).max(0.0).sqrt()) / whole;
        sum += *tap;
    }
    for tap in &mut taps {
        *tap /= sum;
    }
    Ok(taps)
}

/// A filter made ready for a ratio.
#[derive(Clone, Debug)]
pub struct Polyphase<T> {
    up: usize,
    down: usize,
    half: usize,
    /// Taps of each remainder, a multiple of [`WIDE`].
    taps: usize,
    by_remainder: Vec<T>,
}

impl<T: Sample> Polyphase<T> {
    /// The default filter for a ratio without common factors, under a Kaiser window.
    ///
    /// # Errors
    ///
    /// No memory for the taps.
    pub fn kaiser(up: usize, down: usize, beta: f64) -> Result<Self> {
        Self::with_taps(up, down, &low_pass(up, down, beta)?)
    }

    /// A filter of one's own, whose middle is the delay; it is multiplied by `up`.
    ///
    /// # Errors
    ///
    /// For no taps; no memory.
    pub fn with_taps(up: usize, down: usize, taps: &[f64]) -> Result<Self> {
        if taps.is_empty() {
            return Err(Error::argument("a filter needs at least one tap"));
        }
        let each = taps.len().div_ceil(up).next_multiple_of(WIDE);
        let n = each
            .checked_mul(up)
            .ok_or(numpy_rs_core::error::Error::TooBig)?;
        let mut by_remainder = filled(n, T::zero())?;
        let factor = T::rounded(up as f64);
        for (i, &tap) in taps.iter().enumerate() {
            // The newest sample meets the first tap: it stands last.
            by_remainder[(i % up) * each + (each - 1 - i / up)] = T::rounded(tap) * factor;
        }
        Ok(Self {
            up,
            down,
            half: (taps.len() - 1) / 2,
            taps: each,
            by_remainder,
        })
    }

    /// Resamples a lane; `to` has [`output_length`] items.
    ///
    /// # Errors
    ///
    /// No memory; too few samples for the padding; Ctrl-C.
    pub fn resample(&self, x: &[T], to: &mut [T], padding: Padding) -> Result<()> {
        if to.is_empty() {
            return Ok(());
        }
        let newest =
            ((to.len() - 1) as u128 * self.down as u128 + self.half as u128) / self.up as u128;
        let after = usize::try_from(newest + 1)
            .map_err(|_| numpy_rs_core::error::Error::TooBig)?
            .saturating_sub(x.len());
        // With `taps - 1` samples before, the run of newest sample `k` begins at `k`.
        let padded = padding.apply(x, self.taps - 1, after)?;
        blocks::fill(to, |start, part| {
            run(self, &padded, start, part);
            Ok(())
        })
    }
}

#[inline(always)]
fn run_body<T: Sample>(filter: &Polyphase<T>, padded: &[T], start: usize, to: &mut [T]) {
    let at = start as u128 * filter.down as u128 + filter.half as u128;
    let mut newest = (at / filter.up as u128) as usize;
    let mut remainder = (at % filter.up as u128) as usize;
    let (whole, part) = (filter.down / filter.up, filter.down % filter.up);
    let n = filter.taps;
    for to in to {
        let taps = &filter.by_remainder[remainder * n..(remainder + 1) * n];
        *to = product(taps, &padded[newest..newest + n]);
        newest += whole;
        remainder += part;
        if remainder >= filter.up {
            remainder -= filter.up;
            newest += 1;
        }
    }
}

per_isa!(fn run<T: Sample>(filter: &Polyphase<T>, padded: &[T], start: usize, to: &mut [T]) = run_body);

/// The sum of the products of two runs as long as each other, a multiple of [`WIDE`].
#[inline(always)]
fn product<T: Sample>(x: &[T], y: &[T]) -> T {
    let mut sums = [T::zero(); WIDE];
    for (x, y) in x.as_chunks::<WIDE>().0.iter().zip(y.as_chunks::<WIDE>().0) {
        for i in 0..WIDE {
            sums[i] += x[i] * y[i];
        }
    }
    let fours = [
        sums[0] + sums[4],
        sums[1] + sums[5],
        sums[2] + sums[6],
        sums[3] + sums[7],
    ];
    (fours[0] + fours[2]) + (fours[1] + fours[3])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the definition says, with zeros put in.
    fn by_definition(x: &[f64], up: usize, down: usize, taps: &[f64]) -> Vec<f64> {
        let half = (taps.len() - 1) / 2;
        (0..output_length(x.len(), up, down).unwrap())
            .map(|j| {
                let mut sum = 0.0;
                for (k, v) in x.iter().enumerate() {
                    let t = (j * down + half) as isize - (k * up) as isize;
                    if t >= 0 && (t as usize) < taps.len() {
                        sum += taps[t as usize] * up as f64 * v;
                    }
                }
                sum
            })
            .collect()
    }

    #[test]
    fn ratios_are_what_the_definition_says() {
        let x: Vec<f64> = (0..211).map(|i| (f64::from(i) * 0.37).sin()).collect();
        for (up, down) in [(1, 2), (2, 1), (3, 2), (80, 147), (7, 5), (1, 9), (160, 3)] {
            for n in [1, 2, 5, 30, 211] {
                let taps = low_pass(up, down, KAISER_BETA).unwrap();
                let wanted = by_definition(&x[..n], up, down, &taps);
                let mut got = vec![0.0; wanted.len()];
                let filter = Polyphase::kaiser(up, down, KAISER_BETA).unwrap();
                filter
                    .resample(&x[..n], &mut got, Padding::Constant(0.0))
                    .unwrap();
                for (g, w) in got.iter().zip(&wanted) {
                    assert!((g - w).abs() < 1e-13, "{up}/{down} of {n}");
                }
            }
        }
    }

    #[test]
    fn blocks_meet_without_a_seam() {
        let x: Vec<f64> = (0..300_000).map(|i| (f64::from(i) * 0.01).cos()).collect();
        let filter = Polyphase::kaiser(2, 3, KAISER_BETA).unwrap();
        let mut whole = vec![0.0; 200_000];
        filter
            .resample(&x, &mut whole, Padding::Constant(0.0))
            .unwrap();
        let mut part = vec![0.0; 100_000];
        filter
            .resample(&x[..150_000], &mut part, Padding::Constant(0.0))
            .unwrap();
        assert_eq!(whole[..99_000], part[..99_000]);
    }

    #[test]
    fn ratios_of_no_meaning_are_refused() {
        assert!(reduced(0, 1).is_err() && reduced(1, 0).is_err());
        assert_eq!(reduced(24000, 44100).unwrap(), (80, 147));
        assert!(output_length(usize::MAX, 2, 1).is_err());
        assert!(Polyphase::<f64>::with_taps(1, 1, &[]).is_err());
    }
}
