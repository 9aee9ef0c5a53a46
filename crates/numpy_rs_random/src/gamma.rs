//! The gamma law (Marsaglia and Tsang, 2000) and those made of it: beta, chi-square, F, Student's t.

use crate::bits::Bits;
use crate::poisson::poisson;
use crate::source::Source;
use crate::ziggurat;

/// Gamma of scale one and one shape.
#[derive(Clone, Copy, Debug)]
pub struct Gamma {
    shape: f64,
    /// Marsaglia and Tsang's constants.
    b: f64,
    c: f64,
}

impl Gamma {
    /// Finds the constants of the law.
    #[inline]
    pub fn new(shape: f64) -> Self {
        let b = shape - 1.0 / 3.0;
        Self {
            shape,
            b,
            c: 1.0 / (9.0 * b).sqrt(),
        }
    }

    /// Draws one.
    #[inline(always)]
    pub fn draw<S: Source>(&self, s: &mut S) -> f64 {
        let Self { shape, b, c } = *self;
        if shape == 1.0 {
            return s.exponential();
        }
        if shape == 0.0 {
            return 0.0;
        }
        if shape < 1.0 {
            return by_two_pieces(s, shape);
        }
        loop {
            let (x, v) = loop {
                let x = s.normal();
                let v = 1.0 + c * x;
                if v > 0.0 || v.is_nan() {
                    break (x, v);
                }
            };
            let v = v * v * v;
            let u = s.uniform();
            if u < 1.0 - 0.0331 * (x * x) * (x * x) {
                return b * v;
            }
            if u.ln() < 0.5 * x * x + b * (1.0 - v + v.ln()) {
                return b * v;
            }
            if b.is_nan() {
                return f64::NAN;
            }
        }
    }
}

/// Gamma of a shape below one: Ahrens and Dieter's rejection from two pieces.
#[inline]
fn by_two_pieces<S: Source>(s: &mut S, shape: f64) -> f64 {
    loop {
        let u = s.uniform();
        let v = s.exponential();
        if u <= 1.0 - shape {
            let x = u.powf(1.0 / shape);
            if x <= v {
                return x;
            }
        } else {
            let y = -((1.0 - u) / shape).ln();
            let x = (1.0 - shape + shape * y).powf(1.0 / shape);
            if x <= v + y {
                return x;
            }
        }
    }
}

/// Gamma of scale one.
#[inline]
pub fn standard_gamma<S: Source>(s: &mut S, shape: f64) -> f64 {
    Gamma::new(shape).draw(s)
}

/// Gamma of scale one in single precision.
#[inline]
pub fn standard_gamma_f32<B: Bits>(bits: &mut B, shape: f32) -> f32 {
    if shape == 1.0 {
        return ziggurat::exponential_f32(bits);
    }
    if shape == 0.0 {
        return 0.0;
    }
    if shape < 1.0 {
        loop {
            let u = bits.next_f32();
            let v = ziggurat::exponential_f32(bits);
            if u <= 1.0 - shape {
                let x = u.powf(1.0 / shape);
                if x <= v {
                    return x;
                }
            } else {
                let y = -((1.0 - u) / shape).ln();
                let x = (1.0 - shape + shape * y).powf(1.0 / shape);
                if x <= v + y {
                    return x;
                }
            }
        }
    }
    let b = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * b).sqrt();
    loop {
        let (x, v) = loop {
            let x = ziggurat::normal_f32(bits);
            let v = 1.0 + c * x;
            if v > 0.0 || v.is_nan() {
                break (x, v);
            }
        };
        let v = v * v * v;
        let u = bits.next_f32();
        if u < 1.0 - 0.0331 * (x * x) * (x * x) {
            return b * v;
        }
        if u.ln() < 0.5 * x * x + b * (1.0 - v + v.ln()) {
            return b * v;
        }
        if b.is_nan() {
            return f32::NAN;
        }
    }
}

/// Beta: Jöhnk's method for small parameters, else a ratio of gammas.
#[inline]
pub fn beta<S: Source>(s: &mut S, a: f64, b: f64) -> f64 {
    if !(a <= 1.0 && b <= 1.0) {
        let x = standard_gamma(s, a);
        let y = standard_gamma(s, b);
        return x / (x + y);
    }
    // Below this nothing but 0 and 1 has a probability worth the name.
    const TINY: f64 = 3e-103;
    if !S::LEGACY && a < TINY && b < TINY {
        let u = s.uniform();
        return f64::from(u8::from((a + b) * u < a));
    }
    loop {
        let u = s.uniform();
        let v = s.uniform();
        let x = u.powf(1.0 / a);
        let y = v.powf(1.0 / b);
        if S::LEGACY {
            if x + y <= 1.0 {
                if x + y > 0.0 {
                    return x / (x + y);
                }
                let (log_x, log_y) = (u.ln() / a, v.ln() / b);
                let log_m = if log_x > log_y { log_x } else { log_y };
                let (log_x, log_y) = (log_x - log_m, log_y - log_m);
                return (log_x - (log_x.exp() + log_y.exp()).ln()).exp();
            }
        } else if x + y <= 1.0 && u + v > 0.0 {
            if x > 0.0 && y > 0.0 {
                return x / (x + y);
            }
            let delta = u.ln() / a - v.ln() / b;
            return if delta > 0.0 {
                (-(-delta).exp().ln_1p()).exp()
            } else {
                (delta - delta.exp().ln_1p()).exp()
            };
        }
    }
}

/// Chi-square.
#[inline]
pub fn chisquare<S: Source>(s: &mut S, df: f64) -> f64 {
    2.0 * standard_gamma(s, df / 2.0)
}

/// Snedecor's F.
#[inline]
pub fn f<S: Source>(s: &mut S, dfnum: f64, dfden: f64) -> f64 {
    let top = chisquare(s, dfnum) * dfden;
    top / (chisquare(s, dfden) * dfnum)
}

/// Noncentral chi-square.
#[inline]
pub fn noncentral_chisquare<S: Source>(s: &mut S, df: f64, nonc: f64) -> f64 {
    if !S::LEGACY && nonc.is_nan() {
        return f64::NAN;
    }
    if nonc == 0.0 {
        return chisquare(s, df);
    }
    if df > 1.0 {
        let chi = chisquare(s, df - 1.0);
        let n = s.normal() + nonc.sqrt();
        return chi + n * n;
    }
    let i = poisson(s, nonc / 2.0);
    let drawn = chisquare(s, df + 2.0 * i as f64);
    if nonc.is_nan() { f64::NAN } else { drawn }
}

/// Noncentral F.
#[inline]
pub fn noncentral_f<S: Source>(s: &mut S, dfnum: f64, dfden: f64, nonc: f64) -> f64 {
    let top = noncentral_chisquare(s, dfnum, nonc) * dfden;
    top / (chisquare(s, dfden) * dfnum)
}

/// Student's t.
#[inline]
pub fn standard_t<S: Source>(s: &mut S, df: f64) -> f64 {
    let top = s.normal();
    let below = standard_gamma(s, df / 2.0);
    (df / 2.0).sqrt() * top / below.sqrt()
}
