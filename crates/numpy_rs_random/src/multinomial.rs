//! The multinomial law: one binomial number after the other.

use crate::binomial::{Binomial, binomial};
use crate::source::{Prepared, Source};

/// Laws that are kept at most, over all kinds.
const KEPT: usize = 1 << 10;

/// The law for some probabilities, drawn for row after row. Few trials leave the same numbers of trials to the later
/// kinds again and again, so their binomial laws are kept.
#[derive(Debug)]
pub struct Multinomial<'a> {
    p: &'a [f64],
    legacy: bool,
    /// By kind, then by the trials that are left, below `width` of them.
    kept: Vec<Option<Binomial>>,
    width: usize,
}

impl<'a> Multinomial<'a> {
    /// The law of kinds with probabilities `p`.
    pub fn new(legacy: bool, p: &'a [f64]) -> Self {
        let width = KEPT / p.len().max(1);
        Self {
            p,
            legacy,
            kept: vec![None; width * p.len()],
            width,
        }
    }

    /// Counts of `n` trials; `out` is as long as the probabilities and holds zeros.
    pub fn draw<S: Source>(&mut self, s: &mut S, n: i64, out: &mut [i64]) {
        let Some(last) = self.p.len().checked_sub(1) else {
            return;
        };
        let (mut rest, mut left) = (1.0, n);
        for (kind, (&p, out)) in self.p[..last].iter().zip(out.iter_mut()).enumerate() {
            *out = match usize::try_from(left) {
                Ok(trials) if trials < self.width => self.kept[kind * self.width + trials]
                    .get_or_insert_with(|| {
                        Binomial::new(self.legacy, left, p / rest).for_many(usize::MAX)
                    })
                    .draw(s),
                _ => binomial(s, left, p / rest),
            };
            left -= *out;
            if left <= 0 {
                break;
            }
            rest -= p;
        }
        if left > 0 {
            out[last] = left;
        }
    }
}
