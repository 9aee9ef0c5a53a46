//! The Dirichlet law: gammas divided by their sum, or a stick broken by beta numbers.

use crate::gamma::{Gamma, beta};
use crate::source::Source;

/// The law for some concentrations, drawn for row after row.
#[derive(Debug)]
pub struct Dirichlet<'a> {
    alpha: &'a [f64],
    tails: &'a [f64],
    largest: f64,
    gammas: Vec<Gamma>,
}

impl<'a> Dirichlet<'a> {
    /// The law with concentrations `alpha`; `tails` is as long, the sums of `alpha` from each place on.
    pub fn new(alpha: &'a [f64], tails: &'a [f64]) -> Self {
        Self {
            alpha,
            tails,
            largest: alpha.iter().fold(0.0f64, |most, &a| most.max(a)),
            gammas: alpha.iter().map(|&a| Gamma::new(a)).collect(),
        }
    }

    /// Shares; `out` is as long as the concentrations.
    pub fn draw<S: Source>(&self, s: &mut S, out: &mut [f64]) {
        if !S::LEGACY && self.largest == 0.0 {
            out.fill(0.0);
        } else if !S::LEGACY && self.largest < 0.1 {
            // Gammas this small are all zero now and then; a stick has no such trouble.
            self.break_stick(s, out);
        } else {
            let mut sum = 0.0;
            for (gamma, out) in self.gammas.iter().zip(out.iter_mut()) {
                *out = gamma.draw(s);
                sum += *out;
            }
            let scale = 1.0 / sum;
            out.iter_mut().for_each(|x| *x *= scale);
        }
    }

    fn break_stick<S: Source>(&self, s: &mut S, out: &mut [f64]) {
        let Some(last) = self.alpha.len().checked_sub(1) else {
            return;
        };
        out.fill(0.0);
        let mut stick = 1.0;
        for (i, out) in out[..last].iter_mut().enumerate() {
            let rest = self.tails[i + 1];
            if self.alpha[i] + rest <= 0.0 {
                break;
            }
            let share = beta(s, self.alpha[i], rest);
            *out = stick * share;
            stick *= 1.0 - share;
            if rest == 0.0 {
                break;
            }
        }
        out[last] = stick;
    }
}
