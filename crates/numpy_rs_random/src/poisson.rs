//! The Poisson law: products of uniforms for small means, Hörmann's transformed rejection (1993) for large ones.

use crate::log_gamma::log_gamma;
use crate::source::Source;

/// A number of events with mean `lam`.
pub fn poisson<S: Source>(s: &mut S, lam: f64) -> i64 {
    if lam >= 10.0 {
        return by_rejection(s, lam);
    }
    if lam == 0.0 {
        return 0;
    }
    let least = (-lam).exp();
    let (mut n, mut product) = (0, 1.0);
    loop {
        product *= s.uniform();
        if product > least {
            n += 1;
        } else {
            return n;
        }
    }
}

fn by_rejection<S: Source>(s: &mut S, lam: f64) -> i64 {
    let log_lam = lam.ln();
    let b = 0.931 + 2.53 * lam.sqrt();
    let a = -0.059 + 0.02483 * b;
    let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    let v_r = 0.9277 - 3.6224 / (b - 2.0);
    loop {
        let u = s.uniform() - 0.5;
        let v = s.uniform();
        let us = 0.5 - u.abs();
        let k = ((2.0 * a / us + b) * u + lam + 0.43).floor() as i64;
        if us >= 0.07 && v <= v_r {
            return k;
        }
        if k < 0 || (us < 0.013 && v > us) {
            continue;
        }
        if v.ln() + inverse_alpha.ln() - (a / (us * us) + b).ln()
            <= -lam + k as f64 * log_lam - log_gamma((k + 1) as f64)
        {
            return k;
        }
    }
}
