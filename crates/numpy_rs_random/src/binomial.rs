//! The binomial law: inversion where few successes are expected, else BTPE (Kachitvichyanukul and Schmeiser, 1988).

use crate::source::{Prepared, Source};
use crate::whole::floor;

/// The law for one number of trials and one probability.
#[derive(Clone, Debug)]
pub struct Binomial {
    n: i64,
    /// Whether failures are counted, because they are fewer.
    failures: bool,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Zero,
    Inversion(Inversion),
    /// The probabilities that the inversion would find one after the other.
    Table(Box<[f64]>),
    Btpe(Btpe),
}

impl Binomial {
    /// Finds the constants of the law; `legacy` says for which stream.
    pub fn new(legacy: bool, n: i64, p: f64) -> Self {
        if !legacy && (n == 0 || p == 0.0) {
            return Self {
                n,
                failures: false,
                way: Way::Zero,
            };
        }
        // NumPy: for NaN neither comparison holds, and the search ends at once with the largest count.
        let failures = p > 0.5 || p.is_nan();
        let p = if failures { 1.0 - p } else { p };
        let way = if p * n as f64 <= 30.0 {
            Way::Inversion(Inversion::new(legacy, n, p))
        } else {
            Way::Btpe(Btpe::new(n, p))
        };
        Self { n, failures, way }
    }

    /// Draws one.
    #[inline]
    pub fn draw<S: Source>(&self, s: &mut S) -> i64 {
        let x = match &self.way {
            Way::Zero => return 0,
            Way::Inversion(it) => it.draw(s),
            Way::Table(probabilities) => look_up(s, probabilities),
            Way::Btpe(it) => it.draw(s),
        };
        if self.failures { self.n - x } else { x }
    }
}

/// Successes in `n` trials.
pub fn binomial<S: Source>(s: &mut S, n: i64, p: f64) -> i64 {
    if !S::LEGACY && (n == 0 || p == 0.0) {
        return 0;
    }
    let failures = p > 0.5 || p.is_nan();
    let p = if failures { 1.0 - p } else { p };
    let x = if p * n as f64 <= 30.0 {
        Inversion::new(S::LEGACY, n, p).draw(s)
    } else {
        Btpe::new(n, p).draw(s)
    };
    if failures { n - x } else { x }
}

impl Prepared for Binomial {
    fn for_many(mut self, draws: usize) -> Self {
        // The mean is at most 30, so the table has at most 87 entries.
        const WORTH_A_TABLE: usize = 32;
        if let Way::Inversion(it) = &self.way
            && draws >= WORTH_A_TABLE
            && (0..128).contains(&it.bound)
        {
            self.way = Way::Table(it.probabilities());
        }
        self
    }
}

/// The inversion with its probabilities at hand.
#[inline]
fn look_up<S: Source>(s: &mut S, probabilities: &[f64]) -> i64 {
    loop {
        let mut u = s.uniform();
        for (x, &px) in probabilities.iter().enumerate() {
            if u > px {
                u -= px;
            } else {
                // NumPy: also NaN ends the search.
                return x as i64;
            }
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Inversion {
    n: i64,
    p: f64,
    q: f64,
    none: f64,
    bound: i64,
}

impl Inversion {
    fn new(legacy: bool, n: i64, p: f64) -> Self {
        let q = 1.0 - p;
        let log_q = if legacy { q.ln() } else { (-p).ln_1p() };
        let mean = n as f64 * p;
        Self {
            n,
            p,
            q,
            none: (n as f64 * log_q).exp(),
            bound: (n as f64).min(mean + 10.0 * (mean * q + 1.0).sqrt()) as i64,
        }
    }

    /// The probabilities of 0 to `bound`, each from the one before, as [`Inversion::draw`] finds them.
    fn probabilities(&self) -> Box<[f64]> {
        let mut px = self.none;
        (0..=self.bound)
            .map(|x| {
                if x > 0 {
                    px = self.next(x, px);
                }
                px
            })
            .collect()
    }

    #[inline]
    fn next(&self, x: i64, px: f64) -> f64 {
        ((self.n - x + 1) as f64 * self.p * px) / (x as f64 * self.q)
    }

    #[inline]
    fn draw<S: Source>(&self, s: &mut S) -> i64 {
        let (mut x, mut px) = (0i64, self.none);
        let mut u = s.uniform();
        while u > px {
            x += 1;
            if x > self.bound {
                x = 0;
                px = self.none;
                u = s.uniform();
            } else {
                u -= px;
                px = self.next(x, px);
            }
        }
        x
    }
}

/// Stirling's correction in the last test of BTPE.
fn correction(first: f64, x: f64) -> f64 {
    let square = x * x;
    (first - (462.0 - (132.0 - (99.0 - 140.0 / square) / square) / square) / square) / x / 166320.0
}

#[derive(Clone, Copy, Debug)]
struct Btpe {
    p: f64,
    n: i64,
    r: f64,
    q: f64,
    m: i64,
    xm: f64,
    xl: f64,
    xr: f64,
    c: f64,
    p1: f64,
    left: f64,
    right: f64,
    p2: f64,
    p3: f64,
    p4: f64,
    nrq: f64,
}

impl Btpe {
    fn new(n: i64, p: f64) -> Self {
        let trials = n as f64;
        let r = if p < 1.0 - p { p } else { 1.0 - p };
        let q = 1.0 - r;
        let fm = trials * r + r;
        let m = fm.floor() as i64;
        let middle = m as f64;
        let p1 = (2.195 * (trials * r * q).sqrt() - 4.6 * q).floor() + 0.5;
        let xm = middle + 0.5;
        let (xl, xr) = (xm - p1, xm + p1);
        let c = 0.134 + 20.5 / (15.3 + middle);
        let a = (fm - xl) / (fm - xl * r);
        let left = a * (1.0 + a / 2.0);
        let a = (xr - fm) / (xr * q);
        let right = a * (1.0 + a / 2.0);
        let p2 = p1 * (1.0 + 2.0 * c);
        let p3 = p2 + c / left;
        let p4 = p3 + c / right;
        let nrq = trials * r * q;
        Self {
            p,
            n,
            r,
            q,
            m,
            xm,
            xl,
            xr,
            c,
            p1,
            left,
            right,
            p2,
            p3,
            p4,
            nrq,
        }
    }

    #[inline]
    fn draw<S: Source>(&self, s: &mut S) -> i64 {
        let Self {
            p,
            n,
            r,
            q,
            m,
            xm,
            xl,
            xr,
            c,
            p1,
            left,
            right,
            p2,
            p3,
            p4,
            nrq,
        } = *self;
        let middle = m as f64;
        let y = loop {
            let u = s.uniform() * p4;
            let mut v = s.uniform();
            // The triangle in the middle needs no test; a parallelogram and two tails do.
            let y = if u <= p1 {
                break floor(xm - p1 * v + u);
            } else if u <= p2 {
                let x = xl + (u - p1) / c;
                v = v * c + 1.0 - (middle - x + 0.5).abs() / p1;
                if v > 1.0 {
                    continue;
                }
                floor(x)
            } else if u <= p3 {
                let y = floor(xl + v.ln() / left);
                if y < 0 || v == 0.0 {
                    continue;
                }
                v = v * (u - p2) * left;
                y
            } else {
                let y = floor(xr - v.ln() / right);
                if y > n || v == 0.0 {
                    continue;
                }
                v = v * (u - p3) * right;
                y
            };
            let k = (y - m).abs();
            let distance = k as f64;
            if k <= 20 || distance >= nrq / 2.0 - 1.0 {
                let ratio = r / q;
                let a = ratio * (n + 1) as f64;
                let mut f = 1.0;
                for i in m + 1..=y {
                    f *= a / i as f64 - ratio;
                }
                for i in y + 1..=m {
                    f /= a / i as f64 - ratio;
                }
                if v > f {
                    continue;
                }
                break y;
            }
            let rho = (distance / nrq)
                * ((distance * (distance / 3.0 + 0.625) + 0.16666666666666666) / nrq + 0.5);
            let t = -distance * distance / (2.0 * nrq);
            let log_v = v.ln();
            if log_v < t - rho {
                break y;
            }
            if log_v > t + rho {
                continue;
            }
            let (x1, f1) = ((y + 1) as f64, (m + 1) as f64);
            let (z, w) = ((n + 1 - m) as f64, (n - y + 1) as f64);
            // NumPy: the legacy stream has a wrong number and two wrong signs here.
            let (first, sign) = if S::LEGACY {
                (13680.0, 1.0)
            } else {
                (13860.0, -1.0)
            };
            let bound = xm * (f1 / x1).ln()
                + ((n - m) as f64 + 0.5) * (z / w).ln()
                + (y - m) as f64 * (w * r / (x1 * q)).ln()
                + correction(first, f1)
                + correction(first, z)
                + sign * correction(first, x1)
                + sign * correction(first, w);
            if log_v <= bound {
                break y;
            }
        };
        if p > 0.5 { n - y } else { y }
    }
}
