//! Ending a voice prompt on a pause: what is silent at the end is cut, the rest faded out, and silence put on.

use crate::error::{Error, Result};
use crate::level::to_db;
use crate::sample::{Sample, filled};

/// Seconds of a frame whose power is looked at.
const FRAME_S: f64 = 0.02;

/// How the end is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pause {
    /// Seconds of silence at the end.
    pub pause_s: f64,
    /// Seconds over which the sound before it is faded out.
    pub fade_s: f64,
    /// Frames more than this many decibels below the loudest one are silence.
    pub floor_db: f64,
}

impl Default for Pause {
    fn default() -> Self {
        Self {
            pause_s: 0.08,
            fade_s: 0.02,
            floor_db: 35.0,
        }
    }
}

/// What is to be done with lanes of one length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Samples that stay.
    pub end: usize,
    /// The last of these, which are faded.
    pub fade: usize,
    /// Samples of silence after them.
    pub pause: usize,
}

fn count(seconds: f64, sample_rate_hz: f64, what: &str) -> Result<usize> {
    let n = seconds * sample_rate_hz;
    if !(n >= 0.0 && n < isize::MAX as f64) {
        return Err(Error::argument(format!(
            "{what} must be a number of seconds that is not negative, not {seconds}"
        )));
    }
    Ok(n as usize)
}

/// Finds the end of lanes that belong together (channels). Nothing is to be done for less than one frame of 20 ms.
///
/// # Errors
///
/// For a rate or times of no meaning, and samples that are no numbers; no memory.
pub fn find<T: Sample>(
    lanes: &[&[T]],
    sample_rate_hz: f64,
    pause: Pause,
) -> Result<Option<Ending>> {
    if !(sample_rate_hz > 0.0 && sample_rate_hz.is_finite()) {
        return Err(Error::argument(format!(
            "the sample rate must be a positive number of Hz, not {sample_rate_hz}"
        )));
    }
    let silent = count(pause.pause_s, sample_rate_hz, "the pause")?;
    let fade = count(pause.fade_s, sample_rate_hz, "the fade")?;
    let frame = ((FRAME_S * sample_rate_hz) as usize).max(1);
    let n = lanes.first().map_or(0, |lane| lane.len()) / frame;
    if n == 0 {
        return Ok(None);
    }
    let mut levels = filled(n, 0.0f64)?;
    for lane in lanes {
        for (level, part) in levels.iter_mut().zip(lane.chunks_exact(frame)) {
            *level += part.iter().map(|v| v.widened() * v.widened()).sum::<f64>();
        }
    }
    for level in &mut levels {
        *level = to_db((*level / (lanes.len() * frame) as f64).sqrt() + 1e-12);
    }
    let loudest = levels
        .iter()
        .fold(f64::NEG_INFINITY, |a, &b| if b > a { b } else { a });
    let heard = levels.iter().rposition(|&l| l > loudest - pause.floor_db);
    let Some(last) = heard.filter(|_| !levels.iter().any(|l| l.is_nan())) else {
        return Err(Error::argument(
            "the samples hold NaN or infinity: the end of the sound cannot be found",
        ));
    };
    let end = (last + 1) * frame;
    Ok(Some(Ending {
        end,
        fade: fade.min(end),
        pause: silent,
    }))
}

/// Writes a lane with its end: `end + pause` items.
///
/// # Panics
///
/// Where the slices are too short.
pub fn write<T: Sample>(lane: &[T], to: &mut [T], ending: Ending) {
    let (sound, silence) = to.split_at_mut(ending.end);
    sound.copy_from_slice(&lane[..ending.end]);
    silence.fill(T::zero());
    let n = ending.fade;
    for (i, v) in sound[ending.end - n..].iter_mut().enumerate() {
        let ramp = 1.0 - i as f64 / (n.max(2) - 1) as f64;
        *v *= T::rounded(ramp);
    }
}
