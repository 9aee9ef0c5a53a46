//! What a signal is taken to be before its first and after its last sample.

use crate::error::{Error, Result};
use crate::sample::{Sample, filled};

/// A rule for the samples beyond the ends, by SciPy's names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Padding {
    /// One value everywhere: `constant`.
    Constant(f64),
    /// The last sample at each end: `edge`.
    Edge,
    /// The signal again: `wrap`.
    Wrap,
    /// Mirrored, the last sample twice: `symmetric`.
    Symmetric,
    /// Mirrored at the last sample: `reflect`.
    Reflect,
    /// Mirrored with the last sample twice and the sign turned round: `antisymmetric`.
    Antisymmetric,
    /// Turned round the last sample: `antireflect`.
    Antireflect,
    /// Straight on with the slope at each end: `smooth`.
    Smooth,
    /// Straight on along the line from the first to the last sample: `line`.
    Line,
}

impl Padding {
    /// The rule of a name, or nothing; `constant` is zero.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "constant" => Self::Constant(0.0),
            "edge" => Self::Edge,
            "wrap" => Self::Wrap,
            "symmetric" => Self::Symmetric,
            "reflect" => Self::Reflect,
            "antisymmetric" => Self::Antisymmetric,
            "antireflect" => Self::Antireflect,
            "smooth" => Self::Smooth,
            "line" => Self::Line,
            _ => return None,
        })
    }

    /// Samples that a signal must have for the rule to mean something.
    fn least(self) -> usize {
        match self {
            Self::Constant(_) => 0,
            Self::Edge | Self::Wrap | Self::Symmetric | Self::Antisymmetric => 1,
            Self::Reflect | Self::Antireflect | Self::Smooth | Self::Line => 2,
        }
    }

    /// The sample at a place `at` outside `0..n`.
    fn sample<T: Sample>(self, x: &[T], at: isize) -> f64 {
        let n = x.len() as isize;
        let get = |i: isize| x[i as usize].widened();
        // The place in a period of the mirrored signal.
        let folded = |period: isize| at.rem_euclid(period);
        match self {
            Self::Constant(value) => value,
            Self::Edge => get(at.clamp(0, n - 1)),
            Self::Wrap => get(folded(n)),
            Self::Symmetric | Self::Antisymmetric => {
                let i = folded(2 * n);
                let value = get(if i < n { i } else { 2 * n - 1 - i });
                if self == Self::Antisymmetric && i >= n {
                    -value
                } else {
                    value
                }
            }
            Self::Reflect => {
                let period = 2 * (n - 1);
                let i = folded(period);
                get(if i < n { i } else { period - i })
            }
            Self::Antireflect => {
                // Each period climbs by twice the way from the first to the last sample.
                let period = 2 * (n - 1);
                let (turn, i) = (at.div_euclid(period), folded(period));
                let (first, last) = (get(0), get(n - 1));
                let inside = if i < n {
                    get(i)
                } else {
                    2.0 * last - get(period - i)
                };
                inside + 2.0 * turn as f64 * (last - first)
            }
            Self::Smooth if at < 0 => get(0) + at as f64 * (get(1) - get(0)),
            Self::Smooth => get(n - 1) + (at - n + 1) as f64 * (get(n - 1) - get(n - 2)),
            Self::Line => {
                let slope = (get(n - 1) - get(0)) / (n - 1) as f64;
                if at < 0 {
                    get(0) + at as f64 * slope
                } else {
                    get(n - 1) + (at - n + 1) as f64 * slope
                }
            }
        }
    }

    /// The samples at places `from..to`, which may lie outside `0..n`.
    pub(crate) fn stretch<T: Sample>(self, x: &[T], from: isize, to: isize) -> Result<Vec<T>> {
        let mut found = filled((to - from).max(0) as usize, T::zero())?;
        let inside = from.clamp(0, x.len() as isize)..to.clamp(0, x.len() as isize);
        if !inside.is_empty() {
            let start = (inside.start - from) as usize;
            let part = &x[inside.start as usize..inside.end as usize];
            found[start..start + part.len()].copy_from_slice(part);
        }
        if self != Self::Constant(0.0) {
            for (place, found) in (from..to).zip(&mut found) {
                if !inside.contains(&place) {
                    *found = T::rounded(self.sample(x, place));
                }
            }
        }
        Ok(found)
    }

    /// Fails unless there are enough samples for the rule to mean something.
    pub(crate) fn check(self, n: usize) -> Result<()> {
        if n >= self.least() {
            return Ok(());
        }
        Err(Error::argument(format!(
            "this padding needs {} samples, and there are {n}",
            self.least()
        )))
    }
}
