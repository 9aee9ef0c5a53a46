//! The negative binomial law, as a Poisson number with a gamma mean.

use crate::gamma::Gamma;
use crate::poisson::poisson;
use crate::source::{Prepared, Source};

/// The law for one number of successes and one probability: failures before the last of them.
#[derive(Clone, Copy, Debug)]
pub struct NegativeBinomial {
    odds: f64,
    mean: Gamma,
}

impl Prepared for NegativeBinomial {}

impl NegativeBinomial {
    /// Finds the constants of the law.
    pub fn new(n: f64, p: f64) -> Self {
        Self {
            odds: (1.0 - p) / p,
            mean: Gamma::new(n),
        }
    }

    /// Draws one.
    #[inline]
    pub fn draw<S: Source>(&self, s: &mut S) -> i64 {
        let mean = self.odds * self.mean.draw(s);
        poisson(s, mean)
    }
}
