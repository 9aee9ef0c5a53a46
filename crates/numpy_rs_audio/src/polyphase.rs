//! Resampling by a ratio of whole numbers with one low-pass filter, as `scipy.signal.resample_poly` has it.
//!
//! In thought the signal is stretched by `up` with zeros, filtered, and every `down`-th sample kept. Of the products
//! only those with samples that are no zeros are made: sample `j` of the result stands at `j down + half` of the
//! stretched signal (`half` being the delay of the filter), whose remainder by `up` names the taps that meet samples
//! and whose quotient names the newest of these samples. So the taps are kept by remainder, in the order in which
//! they meet the samples, and a sample of the result is a product of two runs.

use crate::blocks::{self, Work, per_isa};
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
        padding.check(x.len())?;
        let too_big = || numpy_rs_core::error::Error::TooBig;
        let newest =
            ((to.len() - 1) as u128 * self.down as u128 + self.half as u128) / self.up as u128;
        let newest = isize::try_from(newest).map_err(|_| too_big())?;
        let n = isize::try_from(x.len()).map_err(|_| too_big())?;
        let taps = self.taps as isize;
        // Between these outputs all products are with samples that are there; the rest meets copies of both ends.
        let inner = self.first_of(self.taps - 1).min(to.len());
        let outer = self.first_of(x.len()).clamp(inner, to.len());
        let has_inner = outer > inner;
        let (left_end, right_start) = if has_inner {
            (taps - 1, n - taps)
        } else {
            (newest + 1, newest)
        };
        let left = padding.stretch(x, 1 - taps, left_end)?;
        let right = padding.stretch(x, right_start, newest + 1)?;
        let edge = if has_inner { inner } else { to.len() };
        let (left, right) = (
            Span {
                samples: &left,
                first: 1 - taps,
            },
            Span {
                samples: &right,
                first: right_start,
            },
        );
        let whole = Span {
            samples: x,
            first: 0,
        };
        blocks::fill(to, Work::Heavy, |start, part| {
            let cut = |at: usize| at.saturating_sub(start).min(part.len());
            let (cut_inner, cut_outer) = (cut(edge), cut(outer.max(edge)));
            let (near, rest) = part.split_at_mut(cut_inner);
            let (middle, far) = rest.split_at_mut(cut_outer - cut_inner);
            run(self, left, start, near);
            run(self, whole, start + cut_inner, middle);
            run(self, right, start + cut_outer, far);
            Ok(())
        })
    }

    /// The first output whose newest sample is `k` or a later one.
    fn first_of(&self, k: usize) -> usize {
        let needed = (k as u128 * self.up as u128).saturating_sub(self.half as u128);
        usize::try_from(needed.div_ceil(self.down as u128)).unwrap_or(usize::MAX)
    }
}

/// Samples of a signal from the place `first` on.
#[derive(Clone, Copy)]
struct Span<'a, T> {
    samples: &'a [T],
    first: isize,
}

/// Bytes of the samples that one group of outputs meets: they stay in the nearest cache while all remainders pass over
/// them.
const NEAR: usize = 16 << 10;

/// Outputs from `start` on. In a group those of one remainder are made together: their taps stay in registers.
#[inline(always)]
fn run_body<T: Sample, const FUSED: bool>(
    filter: &Polyphase<T>,
    span: Span<'_, T>,
    start: usize,
    to: &mut [T],
) {
    if to.is_empty() {
        return;
    }
    let (up, down, n) = (filter.up, filter.down, filter.taps);
    let at = start as u128 * down as u128 + filter.half as u128;
    // Where the run of the first output begins.
    let newest = (at / up as u128) as isize;
    let mut group_begin = (newest + 1 - n as isize - span.first) as usize;
    let first_remainder = (at % up as u128) as usize;
    let turns = (NEAR / size_of::<T>() / down).max(8);
    for group in to.chunks_mut(up.saturating_mul(turns)) {
        let (mut begin, mut remainder) = (group_begin, first_remainder);
        // Read and written in order once: what follows jumps, and would wait for memory at each line.
        let met = group.len() / up * down + n;
        let near = &span.samples[group_begin..span.samples.len().min(group_begin + met)];
        std::hint::black_box(
            near.iter()
                .step_by(64 / size_of::<T>())
                .fold(T::zero(), |a, &b| a + b),
        );
        group.fill(T::zero());
        for first in 0..up.min(group.len()) {
            let taps = &filter.by_remainder[remainder * n..(remainder + 1) * n];
            let (from, to) = (&span.samples[begin..], &mut group[first..]);
            match n / WIDE {
                3 => strided::<T, 3, FUSED>(taps, from, down, to, up),
                4 => strided::<T, 4, FUSED>(taps, from, down, to, up),
                5 => strided::<T, 5, FUSED>(taps, from, down, to, up),
                6 => strided::<T, 6, FUSED>(taps, from, down, to, up),
                _ => {
                    for (turn, to) in to.iter_mut().step_by(up).enumerate() {
                        *to = product::<T, FUSED>(taps, &from[turn * down..turn * down + n]);
                    }
                }
            }
            begin += down / up;
            remainder += down % up;
            if remainder >= up {
                remainder -= up;
                begin += 1;
            }
        }
        group_begin += turns * down;
    }
}

#[inline(always)]
fn run_plain<T: Sample>(filter: &Polyphase<T>, span: Span<'_, T>, start: usize, to: &mut [T]) {
    run_body::<T, false>(filter, span, start, to);
}

#[inline(always)]
fn run_fused<T: Sample>(filter: &Polyphase<T>, span: Span<'_, T>, start: usize, to: &mut [T]) {
    run_body::<T, true>(filter, span, start, to);
}

per_isa!(fn run<T: Sample>(filter: &Polyphase<T>, span: Span<'_, T>, start: usize, to: &mut [T]) = run_plain, run_fused);

/// Every `up`-th item of `to`: the products of taps, `K` times [`WIDE`] of them, with runs `down` samples apart.
#[inline(always)]
fn strided<T: Sample, const K: usize, const FUSED: bool>(
    taps: &[T],
    from: &[T],
    down: usize,
    to: &mut [T],
    up: usize,
) {
    let taps: &[[T; WIDE]; K] = taps
        .as_chunks::<WIDE>()
        .0
        .try_into()
        .expect("the caller counted the taps");
    let taps = *taps;
    for (turn, to) in to.iter_mut().step_by(up).enumerate() {
        let run = from[turn * down..turn * down + K * WIDE]
            .as_chunks::<WIDE>()
            .0;
        let mut sums = [T::zero(); WIDE];
        for k in 0..K {
            for i in 0..WIDE {
                sums[i] = added::<T, FUSED>(taps[k][i], run[k][i], sums[i]);
            }
        }
        *to = total(sums);
    }
}

/// The sum of the products of two runs as long as each other, a multiple of [`WIDE`].
#[inline(always)]
fn product<T: Sample, const FUSED: bool>(x: &[T], y: &[T]) -> T {
    let mut sums = [T::zero(); WIDE];
    for (x, y) in x.as_chunks::<WIDE>().0.iter().zip(y.as_chunks::<WIDE>().0) {
        for i in 0..WIDE {
            sums[i] = added::<T, FUSED>(x[i], y[i], sums[i]);
        }
    }
    total(sums)
}

#[inline(always)]
fn added<T: Sample, const FUSED: bool>(x: T, y: T, sum: T) -> T {
    if FUSED { x.fused(y, sum) } else { sum + x * y }
}

#[inline(always)]
fn total<T: Sample>(sums: [T; WIDE]) -> T {
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
