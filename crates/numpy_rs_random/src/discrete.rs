//! Discrete laws that wait for something: geometric, logarithmic series, Zipf.

use crate::source::Source;

/// The first float above every 64-bit integer.
const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;

/// Trials until the first success.
pub fn geometric<S: Source>(s: &mut S, p: f64) -> i64 {
    if p >= 0.333333333333333333333333 {
        let q = 1.0 - p;
        let (mut x, mut sum, mut product) = (1, p, p);
        let u = s.uniform();
        while u > sum {
            product *= q;
            sum += product;
            x += 1;
        }
        return x;
    }
    if S::LEGACY {
        let z = ((-s.uniform()).ln_1p() / (1.0 - p).ln()).ceil();
        // NumPy: what does not fit becomes the least integer, as the processor converts it.
        return if z < TOO_LARGE { z as i64 } else { i64::MIN };
    }
    let z = (-s.exponential() / (-p).ln_1p()).ceil();
    if z >= TOO_LARGE { i64::MAX } else { z as i64 }
}

/// The logarithmic series, by Kemp (1981).
pub fn logseries<S: Source>(s: &mut S, p: f64) -> i64 {
    let r = if S::LEGACY {
        (1.0 - p).ln()
    } else {
        (-p).ln_1p()
    };
    loop {
        let v = s.uniform();
        if v >= p {
            return 1;
        }
        let u = s.uniform();
        let q = if S::LEGACY {
            1.0 - (r * u).exp()
        } else {
            -(r * u).exp_m1()
        };
        if v <= q * q {
            let x = (1.0 + v.ln() / q.ln()).floor() as i64;
            if x < 1 || v == 0.0 {
                continue;
            }
            return x;
        }
        return if v >= q { 1 } else { 2 };
    }
}

/// Zipf, cut at the largest integer.
pub fn zipf<S: Source>(s: &mut S, a: f64) -> i64 {
    if !S::LEGACY && a >= 1025.0 {
        return 1;
    }
    let a = a - 1.0;
    let b = 2f64.powf(a);
    let least = if S::LEGACY { 0.0 } else { TOO_LARGE.powf(-a) };
    loop {
        let u = s.uniform();
        let u = if S::LEGACY {
            1.0 - u
        } else {
            u * least + (1.0 - u)
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
