//! Loudness by ITU-R BS.1770-4: K-weighted, gated mean power, in LUFS; loudness range by EBU Tech 3342, in LU.

use crate::error::{Error, Result};
use crate::sample::{filled, reserved};

/// Power at and below which a block is silence: -70 LUFS.
const SILENCE_LUFS: f64 = -70.0;

/// A section of a filter of second order, with its state.
struct Biquad {
    b: [f64; 3],
    a: [f64; 2],
    state: [f64; 2],
}

impl Biquad {
    fn next(&mut self, x: f64) -> f64 {
        let y = self.b[0] * x + self.state[0];
        self.state[0] = self.b[1] * x - self.a[0] * y + self.state[1];
        self.state[1] = self.b[2] * x - self.a[1] * y;
        y
    }
}

/// The two sections of the K weighting at a rate: the analogue filters behind the standard's table for 48 kHz,
/// transformed to this rate.
fn k_weighting(sample_rate_hz: f64) -> [Biquad; 2] {
    use std::f64::consts::PI;
    let shelf = {
        let (frequency, gain_db, q): (f64, f64, f64) =
            (1681.974450955533, 3.999843853973347, 0.7071752369554196);
        let k = (PI * frequency / sample_rate_hz).tan();
        let high = 10f64.powf(gain_db / 20.0);
        let middle = high.powf(0.4996667741545416);
        let a0 = 1.0 + k / q + k * k;
        Biquad {
            b: [
                (high + middle * k / q + k * k) / a0,
                2.0 * (k * k - high) / a0,
                (high - middle * k / q + k * k) / a0,
            ],
            a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0],
            state: [0.0; 2],
        }
    };
    let high_pass = {
        let (frequency, q) = (38.13547087602444, 0.5003270373238773);
        let k = (PI * frequency / sample_rate_hz).tan();
        let a0 = 1.0 + k / q + k * k;
        Biquad {
            b: [1.0, -2.0, 1.0],
            a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0],
            state: [0.0; 2],
        }
    };
    [shelf, high_pass]
}

/// The weight of a channel among `n`: left, right, centre count once, surrounds 1.41 times, and the low-frequency
/// channel of six not at all.
fn channel_weight(channel: usize, n: usize) -> f64 {
    match (n, channel) {
        (6, 3) => 0.0,
        (_, 0..=2) => 1.0,
        _ => 1.41,
    }
}

fn loudness_of(power: f64) -> f64 {
    -0.691 + 10.0 * power.log10()
}

/// Weighted power of each tenth of a second, summed over the channels.
fn tenths(channels: &[&[f64]], sample_rate_hz: f64) -> Result<Vec<f64>> {
    if !(sample_rate_hz >= 4000.0 && sample_rate_hz.is_finite()) {
        return Err(Error::argument(format!(
            "loudness needs a sample rate of 4000 Hz or more, not {sample_rate_hz}"
        )));
    }
    let n = channels.first().map_or(0, |c| c.len());
    let boundary = |k: usize| (k as f64 * sample_rate_hz / 10.0) as usize;
    let mut count = (n as f64 * 10.0 / sample_rate_hz) as usize;
    while count > 0 && boundary(count) > n {
        count -= 1;
    }
    let mut sums = filled(count, 0.0)?;
    for (at, channel) in channels.iter().enumerate() {
        let weight = channel_weight(at, channels.len());
        let [mut shelf, mut high_pass] = k_weighting(sample_rate_hz);
        for (k, sum) in sums.iter_mut().enumerate() {
            let part = &channel[boundary(k)..boundary(k + 1)];
            let power: f64 = part
                .iter()
                .map(|&x| {
                    let y = high_pass.next(shelf.next(x));
                    y * y
                })
                .sum();
            *sum += weight * power / part.len() as f64;
        }
    }
    Ok(sums)
}

/// The powers of blocks of `n` tenths of a second, one beginning at each tenth.
fn blocks_of(tenths: &[f64], n: usize) -> Result<Vec<f64>> {
    let mut blocks = reserved(tenths.len())?;
    blocks.extend(tenths.windows(n).map(|w| w.iter().sum::<f64>() / n as f64));
    Ok(blocks)
}

/// The mean of the powers above a threshold in LUFS; nothing if there are none.
fn gated_mean(blocks: &[f64], threshold_lufs: f64) -> Option<f64> {
    let (sum, n) = blocks
        .iter()
        .filter(|&&p| loudness_of(p) > threshold_lufs)
        .fold((0.0, 0usize), |(sum, n), p| (sum + p, n + 1));
    (n > 0).then(|| sum / n as f64)
}

/// The loudness of a programme in LUFS; minus infinity where all of it is below -70 LUFS.
///
/// # Errors
///
/// For less than 0.4 seconds, and rates below 4 kHz; no memory.
pub fn integrated(channels: &[&[f64]], sample_rate_hz: f64) -> Result<f64> {
    let tenths = tenths(channels, sample_rate_hz)?;
    if tenths.len() < 4 {
        return Err(Error::argument(
            "loudness is defined for 0.4 seconds of sound and more",
        ));
    }
    let blocks = blocks_of(&tenths, 4)?;
    let Some(mean) = gated_mean(&blocks, SILENCE_LUFS) else {
        return Ok(if blocks.iter().any(|p| p.is_nan()) {
            f64::NAN
        } else {
            f64::NEG_INFINITY
        });
    };
    let threshold = (loudness_of(mean) - 10.0).max(SILENCE_LUFS);
    Ok(gated_mean(&blocks, threshold).map_or(f64::NEG_INFINITY, loudness_of))
}

/// The loudness range in LU: from the 10th to the 95th percentile of the loudness of three seconds. 0 where less than
/// two such spans are heard.
///
/// # Errors
///
/// For rates below 4 kHz; no memory.
pub fn range(channels: &[&[f64]], sample_rate_hz: f64) -> Result<f64> {
    let tenths = tenths(channels, sample_rate_hz)?;
    let blocks = blocks_of(&tenths, 30)?;
    let Some(mean) = gated_mean(&blocks, SILENCE_LUFS) else {
        return Ok(0.0);
    };
    let threshold = (loudness_of(mean) - 20.0).max(SILENCE_LUFS);
    let mut heard = reserved(blocks.len())?;
    heard.extend(
        blocks
            .iter()
            .map(|&p| loudness_of(p))
            .filter(|&l| l > threshold),
    );
    if heard.len() < 2 {
        return Ok(0.0);
    }
    heard.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| heard[((heard.len() - 1) as f64 * share).round() as usize];
    Ok(at(0.95) - at(0.10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f64, db: f64, seconds: f64, rate: f64) -> Vec<f64> {
        let amplitude = 10f64.powf(db / 20.0);
        (0..(seconds * rate) as usize)
            .map(|i| amplitude * (2.0 * std::f64::consts::PI * hz * i as f64 / rate).sin())
            .collect()
    }

    #[test]
    fn the_test_signals_of_ebu_tech_3341_read_what_they_should() {
        for rate in [48000.0, 44100.0, 24000.0] {
            // Case 1 and 2: a stereo tone of 1 kHz.
            for level in [-23.0, -33.0] {
                let x = tone(1000.0, level, 20.0, rate);
                assert!((integrated(&[&x, &x], rate).unwrap() - level).abs() < 0.1);
            }
            // Case 3: quiet parts are gated out.
            let mut x = tone(1000.0, -36.0, 10.0, rate);
            x.extend(tone(1000.0, -23.0, 60.0, rate));
            x.extend(tone(1000.0, -36.0, 10.0, rate));
            assert!((integrated(&[&x, &x], rate).unwrap() + 23.0).abs() < 0.1);
        }
    }

    #[test]
    fn ranges_of_ebu_tech_3342_read_what_they_should() {
        let mut x = tone(1000.0, -20.0, 20.0, 48000.0);
        x.extend(tone(1000.0, -30.0, 20.0, 48000.0));
        assert!((range(&[&x, &x], 48000.0).unwrap() - 10.0).abs() < 1.0);
    }

    #[test]
    fn silence_is_minus_infinity_and_too_short_an_error() {
        let silence = vec![0.0; 48000];
        assert_eq!(integrated(&[&silence], 48000.0).unwrap(), f64::NEG_INFINITY);
        assert!(integrated(&[&silence[..19000]], 48000.0).is_err());
        assert!(integrated(&[&silence], 0.0).is_err());
    }
}
