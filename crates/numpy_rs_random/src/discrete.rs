//! Discrete laws that wait for something: geometric, logarithmic series, Zipf.

use crate::source::{Prepared, Source};
use crate::whole::{ceil, floor};

/// The first float above every 64-bit integer.
const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;

/// Trials until the first success, for one probability.
#[derive(Clone, Copy, Debug)]
pub enum Geometric {
    /// Likely success: a search from one trial on; `p` and its complement.
    Search(f64, f64),
    /// By inversion; the logarithm of the probability of failure.
    Inversion(f64),
}

impl Prepared for Geometric {}

impl Geometric {
    /// Finds the constants of the law; `legacy` says for which stream.
    pub fn new(legacy: bool, p: f64) -> Self {
        if p >= 0.333333333333333333333333 {
            Self::Search(p, 1.0 - p)
        } else if legacy {
            Self::Inversion((1.0 - p).ln())
        } else {
            Self::Inversion((-p).ln_1p())
        }
    }

    /// Draws one.
    #[inline]
    pub fn draw<S: Source>(&self, s: &mut S) -> i64 {
        match *self {
            Self::Search(p, q) => {
                let (mut x, mut sum, mut product) = (1, p, p);
                let u = s.uniform();
                while u > sum {
                    product *= q;
                    sum += product;
                    x += 1;
                }
                x
            }
            Self::Inversion(log_q) if S::LEGACY => {
                let z = (-s.uniform()).ln_1p() / log_q;
                // NumPy: what does not fit becomes the least integer, as the processor converts it.
                if z < TOO_LARGE { ceil(z) } else { i64::MIN }
            }
            Self::Inversion(log_q) => {
                let z = -s.exponential() / log_q;
                if z >= TOO_LARGE { i64::MAX } else { ceil(z) }
            }
        }
    }
}

/// The logarithmic series for one parameter, by Kemp (1981).
#[derive(Clone, Copy, Debug)]
pub struct LogSeries {
    p: f64,
    r: f64,
}

impl Prepared for LogSeries {}

impl LogSeries {
    /// Finds the constants of the law; `legacy` says for which stream.
    pub fn new(legacy: bool, p: f64) -> Self {
        let r = if legacy { (1.0 - p).ln() } else { (-p).ln_1p() };
        Self { p, r }
    }

    /// Draws one.
    #[inline]
    pub fn draw<S: Source>(&self, s: &mut S) -> i64 {
        loop {
            let v = s.uniform();
            if v >= self.p {
                return 1;
            }
            let u = s.uniform();
            let q = if S::LEGACY {
                1.0 - (self.r * u).exp()
            } else {
                -(self.r * u).exp_m1()
            };
            if v <= q * q {
                let x = floor(1.0 + v.ln() / q.ln());
                if x < 1 || v == 0.0 {
                    continue;
                }
                return x;
            }
            return if v >= q { 1 } else { 2 };
        }
    }
}

/// Zipf for one exponent, cut at the largest integer.
#[derive(Clone, Copy, Debug)]
pub struct Zipf {
    /// The exponent less one.
    a: f64,
    b: f64,
    least: f64,
    /// All numbers are 1.
    ones: bool,
}

impl Prepared for Zipf {}

impl Zipf {
    /// Finds the constants of the law; `legacy` says for which stream.
    pub fn new(legacy: bool, exponent: f64) -> Self {
        let a = exponent - 1.0;
        Self {
            a,
            b: 2f64.powf(a),
            least: if legacy { 0.0 } else { TOO_LARGE.powf(-a) },
            ones: !legacy && exponent >= 1025.0,
        }
    }

    /// Draws one.
    #[inline]
    pub fn draw<S: Source>(&self, s: &mut S) -> i64 {
        let (a, b) = (self.a, self.b);
        if self.ones {
            return 1;
        }
        loop {
            let u = s.uniform();
            let u = if S::LEGACY {
                1.0 - u
            } else {
                u * self.least + (1.0 - u)
            };
            let v = s.uniform();
            let x = u.powf(-1.0 / a).floor();
            if !(1.0..=TOO_LARGE).contains(&x) {
                continue;
            }
            let t = (1.0 + 1.0 / x).powf(a);
            if v * x * (t - 1.0) / (b - 1.0) <= t / b {
                return x as i64;
            }
            if a.is_nan() {
                return i64::MIN;
            }
        }
    }
}
