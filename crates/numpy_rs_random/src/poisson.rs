//! The Poisson law: products of uniforms for small means, Hörmann's transformed rejection (1993) for large ones.

use crate::log_gamma::log_gamma;
use crate::source::{Prepared, Source};
use crate::whole::floor;

/// The law for one mean.
#[derive(Clone, Copy, Debug)]
pub struct Poisson(Way);

#[derive(Clone, Copy, Debug)]
enum Way {
    Zero,
    /// Uniforms are multiplied until the product is no longer above this.
    Products(f64),
    /// With the logarithms of [`Rejection::logs`].
    Rejection(Rejection, [f64; 2]),
}

impl Prepared for Poisson {}

impl Poisson {
    /// Finds the constants of the law with mean `lam`.
    pub fn new(lam: f64) -> Self {
        Self(if lam >= 10.0 {
            let it = Rejection::new(lam);
            Way::Rejection(it, it.logs())
        } else if lam == 0.0 {
            Way::Zero
        } else {
            Way::Products((-lam).exp())
        })
    }

    /// Draws one.
    #[inline]
    pub fn draw<S: Source>(&self, s: &mut S) -> i64 {
        match &self.0 {
            Way::Zero => 0,
            Way::Products(least) => by_products(s, *least),
            Way::Rejection(it, logs) => it.draw(s, || *logs),
        }
    }
}

/// A number of events with mean `lam`, of which a single one is drawn.
#[inline]
pub fn poisson<S: Source>(s: &mut S, lam: f64) -> i64 {
    if lam >= 10.0 {
        let it = Rejection::new(lam);
        it.draw(s, || it.logs())
    } else if lam == 0.0 {
        0
    } else {
        by_products(s, (-lam).exp())
    }
}

#[inline]
fn by_products<S: Source>(s: &mut S, least: f64) -> i64 {
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

#[derive(Clone, Copy, Debug)]
struct Rejection {
    lam: f64,
    a: f64,
    b: f64,
    inverse_alpha: f64,
    v_r: f64,
}

impl Rejection {
    fn new(lam: f64) -> Self {
        let b = 0.931 + 2.53 * lam.sqrt();
        let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
        Self {
            lam,
            a: -0.059 + 0.02483 * b,
            b,
            inverse_alpha,
            v_r: 0.9277 - 3.6224 / (b - 2.0),
        }
    }

    /// The logarithms of the mean and of 1/alpha, which not every draw needs.
    fn logs(&self) -> [f64; 2] {
        [self.lam.ln(), self.inverse_alpha.ln()]
    }

    #[inline]
    fn draw<S: Source>(&self, s: &mut S, logs: impl Fn() -> [f64; 2]) -> i64 {
        let (lam, a, b) = (self.lam, self.a, self.b);
        loop {
            let u = s.uniform() - 0.5;
            let v = s.uniform();
            let us = 0.5 - u.abs();
            let k = floor((2.0 * a / us + b) * u + lam + 0.43);
            if us >= 0.07 && v <= self.v_r {
                return k;
            }
            if k < 0 || (us < 0.013 && v > us) {
                continue;
            }
            let [log_lam, log_inverse_alpha] = logs();
            if v.ln() + log_inverse_alpha - (a / (us * us) + b).ln()
                <= -lam + k as f64 * log_lam - log_gamma((k + 1) as f64)
            {
                return k;
            }
        }
    }
}
