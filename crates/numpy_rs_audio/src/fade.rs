//! Fades: ramps from silence and to silence.

use std::f64::consts::{FRAC_PI_2, PI};

use crate::error::{Error, Result};
use crate::sample::Sample;

/// The shape of a ramp over its course from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// Straight in amplitude.
    Linear,
    /// A quarter of a sine: the power of two crossing fades adds up to one.
    Sine,
    /// Half a cosine (Hann): flat at both ends.
    Cosine,
    /// Straight in decibels, from -60 dB; the very first sample is silent.
    Exponential,
    /// Steep first, flat at the end: `log10(1 + 9 t)`.
    Logarithmic,
}

impl Curve {
    /// The curve of a name, or nothing.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "linear" => Self::Linear,
            "sine" => Self::Sine,
            "cosine" => Self::Cosine,
            "exponential" => Self::Exponential,
            "logarithmic" => Self::Logarithmic,
            _ => return None,
        })
    }

    /// The factor at a place between 0 and 1.
    pub fn at(self, t: f64) -> f64 {
        match self {
            _ if t <= 0.0 => 0.0,
            _ if t >= 1.0 => 1.0,
            Self::Linear => t,
            Self::Sine => (FRAC_PI_2 * t).sin(),
            Self::Cosine => 0.5 - 0.5 * (PI * t).cos(),
            Self::Exponential => 10f64.powf(3.0 * (t - 1.0)),
            Self::Logarithmic => (1.0 + 9.0 * t).log10(),
        }
    }
}

/// The samples of a fade: `seconds * rate`, cut to a whole number.
///
/// # Errors
///
/// For a time that is negative or no number, and a rate that is not above zero.
pub fn samples_of(seconds: f64, sample_rate_hz: f64) -> Result<usize> {
    if !(sample_rate_hz > 0.0 && sample_rate_hz.is_finite()) {
        return Err(Error::argument(format!(
            "the sample rate must be a positive number of Hz, not {sample_rate_hz}"
        )));
    }
    if !(seconds >= 0.0 && seconds.is_finite()) {
        return Err(Error::argument(format!(
            "the time of a fade must be a number of seconds that is not negative, not {seconds}"
        )));
    }
    Ok((seconds * sample_rate_hz) as usize)
}

/// Fades a lane in over its first and out over its last samples, as many as it has. Both ramps include their ends: the
/// first sample of a fade in and the last of a fade out are silent. Factors are applied in double precision.
pub fn fade<T: Sample>(lane: &mut [T], n_in: usize, n_out: usize, curve: Curve) {
    let n = lane.len();
    let n_in = n_in.min(n);
    for (i, v) in lane[..n_in].iter_mut().enumerate() {
        *v = T::rounded(v.widened() * rising(i, n_in, curve));
    }
    let n_out = n_out.min(n);
    for (i, v) in lane[n - n_out..].iter_mut().enumerate() {
        *v = T::rounded(v.widened() * falling(i, n_out, curve));
    }
}

/// Step `i` of `n` from 0 to 1, rounded as `linspace` rounds.
fn rising(i: usize, n: usize, curve: Curve) -> f64 {
    if n > 1 && i == n - 1 {
        return 1.0;
    }
    let step = 1.0 / (n.max(2) - 1) as f64;
    curve.at(i as f64 * step)
}

/// Step `i` of `n` from 1 to 0, rounded as `linspace` rounds.
fn falling(i: usize, n: usize, curve: Curve) -> f64 {
    if n > 1 && i == n - 1 {
        return 0.0;
    }
    let step = -1.0 / (n.max(2) - 1) as f64;
    curve.at(i as f64 * step + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Curve; 5] = [
        Curve::Linear,
        Curve::Sine,
        Curve::Cosine,
        Curve::Exponential,
        Curve::Logarithmic,
    ];

    #[test]
    fn ramps_begin_and_end_in_silence_and_rise() {
        for curve in ALL {
            let mut lane = [1.0f64; 100];
            fade(&mut lane, 10, 20, curve);
            assert_eq!(
                (lane[0], lane[9], lane[50], lane[80], lane[99]),
                (0.0, 1.0, 1.0, 1.0, 0.0)
            );
            assert!(lane[..10].windows(2).all(|w| w[0] < w[1]), "{curve:?}");
            assert!(lane[80..].windows(2).all(|w| w[0] > w[1]), "{curve:?}");
        }
    }

    #[test]
    fn fades_longer_than_the_clip_take_all_of_it() {
        let mut lane = [1.0f32; 4];
        fade(&mut lane, 240, 0, Curve::Linear);
        assert_eq!(lane, [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0]);
        fade::<f32>(&mut [], 3, 3, Curve::Linear);
        assert!(samples_of(-1.0, 24000.0).is_err());
        assert!(samples_of(f64::NAN, 24000.0).is_err());
        assert_eq!(samples_of(0.01, 24000.0).unwrap(), 240);
    }
}
