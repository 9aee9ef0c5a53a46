//! Roots of `1/ρ + Σ zᵢ² / (dᵢ - λ) = 0`: the eigenvalues of a diagonal matrix and one of rank one.
//!
//! A root is looked for as its distance from the nearer pole, so that its distances from all poles have full relative
//! precision (Li 1993); each step meets the sums left and right of the root by one pole each.

use crate::lanes::{LANES, total};
use crate::sweeping::UNIT;

/// Steps of the search; a few are enough, and halving ends it before.
const PATIENCE: usize = 400;

/// The poles `d`, rising, the squares of the weights, and `1/ρ > 0`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Secular<'a> {
    pub(crate) poles: &'a [f64],
    /// Whether the squares of `poles` are meant: their differences then come from sums and differences of what is given.
    pub(crate) squared: bool,
    pub(crate) squares: &'a [f64],
    pub(crate) inverse: f64,
}

/// `Σ zᵢ² / (dᵢ - τ)` and its derivative.
#[inline(always)]
fn sums(poles: &[f64], squares: &[f64], at: f64) -> (f64, f64) {
    let (mut values, mut slopes) = ([0.0; LANES], [0.0; LANES]);
    let (ps, zs) = (poles.chunks_exact(LANES), squares.chunks_exact(LANES));
    for (i, (p, z)) in ps.remainder().iter().zip(zs.remainder()).enumerate() {
        let over = 1.0 / (p - at);
        values[i] = z * over;
        slopes[i] = z * over * over;
    }
    for (p, z) in ps.zip(zs) {
        for i in 0..LANES {
            let over = 1.0 / (p[i] - at);
            let value = z[i] * over;
            values[i] += value;
            slopes[i] += value * over;
        }
    }
    (total(values), total(slopes))
}

impl Secular<'_> {
    /// The distance of pole `i` from pole `j`.
    #[inline(always)]
    fn apart(&self, i: usize, j: usize) -> f64 {
        let (x, y) = (self.poles[i], self.poles[j]);
        if self.squared {
            (x - y) * (x + y)
        } else {
            x - y
        }
    }

    /// What the poles are above that at `origin`.
    #[inline(always)]
    fn shift(&self, to: &mut [f64], origin: usize) {
        let origin = self.poles[origin];
        if self.squared {
            for (to, pole) in to.iter_mut().zip(self.poles) {
                *to = (pole - origin) * (pole + origin);
            }
        } else {
            for (to, pole) in to.iter_mut().zip(self.poles) {
                *to = pole - origin;
            }
        }
    }

    /// The root that lies `step` above pole `origin`.
    #[inline(always)]
    fn place(&self, origin: usize, step: f64) -> f64 {
        let pole = self.poles[origin];
        if self.squared {
            (pole * pole + step).sqrt()
        } else {
            pole + step
        }
    }

    /// Root `j`, the one after pole `j`, and where squares are meant, its square root; what the poles are above the root
    /// goes to `distances`. `None` where the search does not end.
    #[inline(always)]
    pub(crate) fn root(&self, j: usize, distances: &mut [f64]) -> Option<f64> {
        let z = self.squares;
        let k = z.len();
        let last = j + 1 == k;
        if k == 1 {
            let step = z[0] / self.inverse;
            distances[0] = -step;
            return Some(self.place(0, step));
        }
        // The two poles that a step keeps: those beside the root, or the last two.
        let left = if last { k - 2 } else { j };
        let right = left + 1;
        let gap = self.apart(right, left);
        let split = right;
        let (origin, mut low, mut high, mut tau);
        if last {
            let most: f64 = z.iter().sum::<f64>() / self.inverse;
            origin = k - 1;
            self.shift(distances, origin);
            let rest = self.inverse + sums(&distances[..left], &z[..left], most / 2.0).0;
            (low, high) = (0.0, most * (1.0 + 8.0 * UNIT));
            let a = z[left] + z[right] - rest * gap;
            let root = (a * a + 4.0 * rest * z[right] * gap).abs().sqrt();
            tau = if a < 0.0 {
                2.0 * z[right] * gap / (root - a)
            } else {
                (a + root) / (2.0 * rest)
            };
        } else {
            self.shift(distances, left);
            let middle = gap / 2.0;
            let others = sums(&distances[..left], &z[..left], middle).0
                + sums(&distances[right + 1..], &z[right + 1..], middle).0;
            let rest = self.inverse + others;
            if rest + (z[right] - z[left]) / middle > 0.0 {
                origin = left;
                (low, high) = (0.0, middle);
                let (a, b) = (rest * gap + z[left] + z[right], z[left] * gap);
                let root = (a * a - 4.0 * b * rest).abs().sqrt();
                tau = if a > 0.0 {
                    2.0 * b / (a + root)
                } else {
                    (a - root) / (2.0 * rest)
                };
            } else {
                origin = right;
                (low, high) = (-middle, 0.0);
                let (a, b) = (rest * gap - z[left] - z[right], z[right] * gap);
                let root = (a * a + 4.0 * b * rest).abs().sqrt();
                tau = if a < 0.0 {
                    2.0 * b / (a - root)
                } else {
                    -(a + root) / (2.0 * rest)
                };
            }
            self.shift(distances, origin);
        }
        let (first, second) = (distances[left], distances[right]);
        let mut done = false;
        for _ in 0..PATIENCE {
            if !(tau > low && tau < high) {
                tau = between(low, high);
            }
            let (below, below_slope) = sums(&distances[..split], &z[..split], tau);
            let (above, above_slope) = sums(&distances[split..], &z[split..], tau);
            let value = self.inverse + below + above;
            let slope = below_slope + above_slope;
            let noise = 8.0 * (above.abs() + below.abs()) + 3.0 * self.inverse + tau.abs() * slope;
            if value.abs() <= UNIT * noise {
                done = true;
                break;
            }
            if value < 0.0 {
                low = tau;
            } else {
                high = tau;
            }
            let (p, q) = (first - tau, second - tau);
            let c = value - p * below_slope - q * above_slope;
            let (a, b) = ((p + q) * value - p * q * slope, p * q * value);
            let root = (a * a - 4.0 * b * c).abs().sqrt();
            let mut step = if last {
                let c = c.abs();
                if a >= 0.0 {
                    (a + root) / (2.0 * c)
                } else {
                    2.0 * b / (a - root)
                }
            } else if a <= 0.0 {
                (a - root) / (2.0 * c)
            } else {
                2.0 * b / (a + root)
            };
            // The function rises everywhere.
            if value * step >= 0.0 || step.is_nan() {
                step = -value / slope;
            }
            let mut next = tau + step;
            if !(next > low && next < high) {
                next = between(low, high);
            }
            if next == tau || !(next > low && next < high) {
                done = true;
                break;
            }
            tau = next;
        }
        for distance in &mut *distances {
            *distance -= tau;
        }
        done.then(|| self.place(origin, tau))
    }
}

/// A place between two bounds on one side of zero.
#[inline(always)]
fn between(low: f64, high: f64) -> f64 {
    if low == 0.0 {
        high / 4.0
    } else if high == 0.0 {
        low / 4.0
    } else {
        low + (high - low) / 2.0
    }
}
