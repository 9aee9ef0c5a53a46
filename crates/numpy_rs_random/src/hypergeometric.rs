//! The hypergeometric law: draws one by one for small samples, ratio of uniforms (Stadlober, 1990) for large ones.

use crate::bounded::bounded;
use crate::log_gamma::{log_factorial, log_gamma};
use crate::source::{Prepared, Source};
use crate::whole::floor;

/// `2 sqrt(2/e)` and `3 - 2 sqrt(3/e)`.
const D1: f64 = 1.7155277699214135;
const D2: f64 = 0.8989161620588988;

/// The law for one set of counts.
#[derive(Clone, Copy, Debug)]
pub struct Hypergeometric {
    good: i64,
    bad: i64,
    sample: i64,
    way: Way,
}

#[derive(Clone, Copy, Debug)]
enum Way {
    Zero,
    OneByOne,
    Ratio(Ratio),
}

impl Prepared for Hypergeometric {}

impl Hypergeometric {
    /// Finds the constants of the law; `legacy` says for which stream.
    pub fn new(legacy: bool, good: i64, bad: i64, sample: i64) -> Self {
        let by_ratio = if legacy {
            sample > 10
        } else {
            sample >= 10 && sample <= good + bad - 10
        };
        let way = if by_ratio {
            Way::Ratio(Ratio::new(legacy, good, bad, sample))
        } else if legacy && sample < 1 {
            Way::Zero
        } else {
            Way::OneByOne
        };
        Self {
            good,
            bad,
            sample,
            way,
        }
    }

    /// How many good ones are among `sample` taken from `good` good and `bad` bad ones.
    #[inline]
    pub fn draw<S: Source>(&self, s: &mut S) -> i64 {
        match &self.way {
            Way::Zero => 0,
            Way::OneByOne if S::LEGACY => legacy_one_by_one(s, self.good, self.bad, self.sample),
            Way::OneByOne => one_by_one(s, self.good, self.bad, self.sample),
            Way::Ratio(it) => it.draw(s),
        }
    }
}

/// How many good ones are among `sample` taken from `good` good and `bad` bad ones.
pub fn hypergeometric<S: Source>(s: &mut S, good: i64, bad: i64, sample: i64) -> i64 {
    Hypergeometric::new(S::LEGACY, good, bad, sample).draw(s)
}

fn one_by_one<S: Source>(s: &mut S, good: i64, bad: i64, sample: i64) -> i64 {
    let mut total = good + bad;
    // What is left behind of a large sample is the smaller one.
    let complement = sample > total / 2;
    let mut left = if complement { total - sample } else { sample };
    let mut good_left = good;
    while left > 0 && good_left > 0 && total > good_left {
        total -= 1;
        if (bounded(s.bits(), total as u64, true) as i64) < good_left {
            good_left -= 1;
        }
        left -= 1;
    }
    if total == good_left {
        good_left -= left;
    }
    if complement {
        good_left
    } else {
        good - good_left
    }
}

fn legacy_one_by_one<S: Source>(s: &mut S, good: i64, bad: i64, sample: i64) -> i64 {
    let rest = bad + good - sample;
    let fewer = bad.min(good) as f64;
    let mut y = fewer;
    let mut k = sample;
    while y > 0.0 {
        let u = s.uniform();
        y -= (u + y / (rest + k) as f64).floor();
        k -= 1;
        if k == 0 {
            break;
        }
    }
    let z = (fewer - y) as i64;
    if good > bad { sample - z } else { z }
}

#[derive(Clone, Copy, Debug)]
struct Ratio {
    legacy: bool,
    good: i64,
    bad: i64,
    sample: i64,
    fewer: i64,
    more: i64,
    taken: i64,
    a: f64,
    b: f64,
    h: f64,
    /// The weight of the mode.
    g: f64,
}

impl Ratio {
    fn new(legacy: bool, good: i64, bad: i64, sample: i64) -> Self {
        let (fewer, more) = (good.min(bad), good.max(bad));
        let all = good + bad;
        let taken = sample.min(all - sample);
        let p = fewer as f64 / all as f64;
        let q = if legacy {
            1.0 - p
        } else {
            more as f64 / all as f64
        };
        let a = taken as f64 * p + 0.5;
        // NumPy: the legacy stream takes the sample as asked here, not the smaller one.
        let size = if legacy { sample } else { taken };
        let variance = (all - taken) as f64 * size as f64 * p * q / (all - 1) as f64;
        let c = (variance + 0.5).sqrt();
        let mode = ((taken + 1) as f64 * (fewer + 1) as f64 / (all + 2) as f64).floor() as i64;
        let mut made = Self {
            legacy,
            good,
            bad,
            sample,
            fewer,
            more,
            taken,
            a,
            b: (taken.min(fewer) as f64 + 1.0).min((a + 16.0 * c).floor()),
            h: D1 * c + D2,
            g: 0.0,
        };
        made.g = made.weight(mode);
        made
    }

    #[inline]
    fn weight(&self, k: i64) -> f64 {
        let log_factorial = |k: i64| {
            if self.legacy {
                log_gamma((k + 1) as f64)
            } else {
                log_factorial(k)
            }
        };
        log_factorial(k)
            + log_factorial(self.fewer - k)
            + log_factorial(self.taken - k)
            + log_factorial(self.more - self.taken + k)
    }

    #[inline]
    fn draw<S: Source>(&self, s: &mut S) -> i64 {
        let k = loop {
            let u = s.uniform();
            let v = s.uniform();
            let x = self.a + self.h * (v - 0.5) / u;
            if !(0.0..self.b).contains(&x) {
                continue;
            }
            let k = floor(x);
            let t = self.g - self.weight(k);
            if u * (4.0 - u) - 3.0 <= t {
                break k;
            }
            if u * (u - t) >= 1.0 {
                continue;
            }
            if 2.0 * u.ln() <= t {
                break k;
            }
        };
        let k = if self.good > self.bad {
            self.taken - k
        } else {
            k
        };
        if self.taken < self.sample {
            self.good - k
        } else {
            k
        }
    }
}

/// Counts of a sample from several kinds by one law after the other; `out` is as long and holds zeros.
pub fn multivariate<S: Source>(s: &mut S, colors: &[i64], sample: i64, out: &mut [i64]) {
    let all: i64 = colors.iter().sum();
    let Some(last) = colors.len().checked_sub(1) else {
        return;
    };
    if all == 0 || sample == 0 {
        return;
    }
    let complement = sample > all / 2;
    let mut left = if complement { all - sample } else { sample };
    let mut rest = all;
    for (&color, out) in colors[..last].iter().zip(out.iter_mut()) {
        if left <= 0 {
            break;
        }
        rest -= color;
        *out = hypergeometric(s, color, rest, left);
        left -= *out;
    }
    if left > 0 {
        out[last] = left;
    }
    if complement {
        for (out, color) in out.iter_mut().zip(colors) {
            *out = color - *out;
        }
    }
}

/// The same counts by moving items about in `items`, which holds the kind of each; it is left in another order.
pub fn multivariate_by_items<S: Source>(
    s: &mut S,
    colors: &[i64],
    items: &mut [usize],
    sample: usize,
    out: &mut [i64],
) {
    let complement = sample > items.len() / 2;
    let taken = if complement {
        items.len() - sample
    } else {
        sample
    };
    for j in 0..taken {
        let k = j + bounded(s.bits(), (items.len() - j - 1) as u64, true) as usize;
        items.swap(j, k);
        out[items[j]] += 1;
    }
    if complement {
        for (out, color) in out.iter_mut().zip(colors) {
            *out = color - *out;
        }
    }
}
