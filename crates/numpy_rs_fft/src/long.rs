//! Transforms in long double, lane by lane: mixed radices, and Bluestein's convolution for large prime factors.

use numpy_rs_core::error::{Error, Result};
use numpy_rs_elements::LongDouble;

use crate::kind::Kind;

/// Prime factors above this are left to Bluestein's convolution.
const LARGEST_RADIX: usize = 32;

/// A complex number.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(crate) struct Point {
    pub(crate) re: LongDouble,
    pub(crate) im: LongDouble,
}

impl Point {
    pub(crate) const ZERO: Self = Self {
        re: LongDouble::ZERO,
        im: LongDouble::ZERO,
    };

    fn plus(self, other: Self) -> Self {
        Self {
            re: self.re + other.re,
            im: self.im + other.im,
        }
    }

    fn times(self, other: Self) -> Self {
        Self {
            re: self.re * other.re - self.im * other.im,
            im: self.re * other.im + self.im * other.re,
        }
    }

    fn conjugate(self) -> Self {
        Self {
            re: self.re,
            im: -self.im,
        }
    }

    pub(crate) fn scaled(self, by: LongDouble) -> Self {
        Self {
            re: self.re * by,
            im: self.im * by,
        }
    }
}

/// A whole number.
pub(crate) fn whole(n: usize) -> LongDouble {
    LongDouble::from_u64(n as u64)
}

/// `n` zeros.
fn room(n: usize) -> Result<Vec<Point>> {
    let mut room = Vec::new();
    room.try_reserve_exact(n)
        .map_err(|_| Error::ScratchMemory)?;
    room.resize(n, Point::ZERO);
    Ok(room)
}

/// `exp(-2πi j/n)`: turned into the first eighth of the circle exactly, then by its series.
fn root(j: usize, n: usize) -> Point {
    // In eighths of the circle, of which `8 j / n` are whole.
    let (j, n) = ((j % n) as u128, n as u128);
    let eighth = 8 * j / n;
    let rest = 8 * j - eighth * n;
    // An odd eighth is measured from its end.
    let away = if eighth % 2 == 1 { n - rest } else { rest };
    let pi =
        LongDouble::from_f64(std::f64::consts::PI) + LongDouble::from_f64(1.2246467991473532e-16);
    let x = pi * LongDouble::from_u64(away as u64) / LongDouble::from_u64(4 * n as u64);
    let square = x * x;
    let (mut sin, mut cos) = (LongDouble::ZERO, LongDouble::ZERO);
    for k in (0..14u64).rev() {
        let (even, odd) = ((2 * k + 1) * (2 * k + 2), (2 * k + 2) * (2 * k + 3));
        cos = LongDouble::ONE - square * cos / LongDouble::from_u64(even);
        sin = LongDouble::ONE - square * sin / LongDouble::from_u64(odd);
    }
    sin = x * sin;
    let (re, im) = match eighth {
        0 => (cos, sin),
        1 => (sin, cos),
        2 => (-sin, cos),
        3 => (-cos, sin),
        4 => (-cos, -sin),
        5 => (-sin, -cos),
        6 => (sin, -cos),
        _ => (cos, -sin),
    };
    Point { re, im: -im }
}

/// The prime factors, rising.
fn factors(mut n: usize) -> Vec<usize> {
    let (mut found, mut p) = (Vec::new(), 2);
    while p * p <= n {
        while n.is_multiple_of(p) {
            found.push(p);
            n /= p;
        }
        p += 1;
    }
    if n > 1 {
        found.push(n);
    }
    found
}

/// A transform of one length, forward.
pub(crate) struct Plan {
    n: usize,
    factors: Vec<usize>,
    roots: Vec<Point>,
    bluestein: Option<Bluestein>,
    room: Vec<Point>,
}

struct Bluestein {
    /// `exp(-πi j²/n)`
    chirp: Vec<Point>,
    /// The transform of the conjugated chirp, mirrored.
    kernel: Vec<Point>,
    plan: Box<Plan>,
    lane: Vec<Point>,
}

impl Plan {
    pub(crate) fn new(n: usize) -> Result<Self> {
        let factors = factors(n);
        if factors.last().is_some_and(|&p| p > LARGEST_RADIX) {
            return Ok(Self {
                n,
                factors: Vec::new(),
                roots: Vec::new(),
                bluestein: Some(Bluestein::new(n)?),
                room: Vec::new(),
            });
        }
        let mut roots = room(n)?;
        for (j, w) in roots.iter_mut().enumerate() {
            *w = root(j, n);
        }
        Ok(Self {
            n,
            factors,
            roots,
            bluestein: None,
            room: room(n)?,
        })
    }

    /// Transforms a lane in place.
    pub(crate) fn run(&mut self, lane: &mut [Point]) {
        if let Some(bluestein) = &mut self.bluestein {
            return bluestein.run(lane);
        }
        let mut from = std::mem::take(&mut self.room);
        from.copy_from_slice(lane);
        self.step(&from, 1, lane, &self.factors);
        self.room = from;
    }

    /// Transforms every `stride`-th item of `from` into `to`: as many transforms as the first factor says, then joined.
    /// The depth is the number of factors.
    fn step(&self, from: &[Point], stride: usize, to: &mut [Point], factors: &[usize]) {
        let Some((&p, rest)) = factors.split_first() else {
            to[0] = from[0];
            return;
        };
        let m = to.len() / p;
        for (r, part) in to.chunks_exact_mut(m).enumerate() {
            self.step(&from[r * stride..], stride * p, part, rest);
        }
        let mut terms = [Point::ZERO; LARGEST_RADIX];
        for k in 0..m {
            for (r, term) in terms[..p].iter_mut().enumerate() {
                let own = to[r * m + k];
                *term = if r * k == 0 {
                    own
                } else {
                    own.times(self.roots[r * k * stride % self.n])
                };
            }
            for q in 0..p {
                let mut sum = terms[0];
                for (r, &term) in terms[..p].iter().enumerate().skip(1) {
                    let at = r * q % p;
                    sum = sum.plus(match (at, 2 * at == p) {
                        (0, _) => term,
                        (_, true) => Point {
                            re: -term.re,
                            im: -term.im,
                        },
                        _ => term.times(self.roots[at * (self.n / p)]),
                    });
                }
                to[q * m + k] = sum;
            }
        }
    }
}

impl Bluestein {
    fn new(n: usize) -> Result<Self> {
        let size = (2 * n - 1).next_power_of_two();
        let mut plan = Plan::new(size)?;
        let mut chirp = room(n)?;
        for (j, w) in chirp.iter_mut().enumerate() {
            *w = root((j as u128 * j as u128 % (2 * n as u128)) as usize, 2 * n);
        }
        let mut kernel = room(size)?;
        for j in 0..n {
            kernel[j] = chirp[j].conjugate();
            kernel[(size - j) % size] = kernel[j];
        }
        plan.run(&mut kernel);
        Ok(Self {
            chirp,
            kernel,
            plan: Box::new(plan),
            lane: room(size)?,
        })
    }

    fn run(&mut self, lane: &mut [Point]) {
        self.lane.fill(Point::ZERO);
        for ((to, x), w) in self.lane.iter_mut().zip(&*lane).zip(&self.chirp) {
            *to = x.times(*w);
        }
        self.plan.run(&mut self.lane);
        // Back by a forward transform of the conjugate.
        for (x, k) in self.lane.iter_mut().zip(&self.kernel) {
            *x = x.times(*k).conjugate();
        }
        self.plan.run(&mut self.lane);
        let by = LongDouble::ONE / whole(self.lane.len());
        for ((to, x), w) in lane.iter_mut().zip(&self.lane).zip(&self.chirp) {
            *to = x.conjugate().scaled(by).times(*w);
        }
    }
}

/// Transforms a lane of `n` items in place; `half` transforms have the items that the other half mirrors filled in.
pub(crate) fn transform(plan: &mut Plan, kind: Kind, lane: &mut [Point], factor: LongDouble) {
    let n = lane.len();
    if kind == Kind::RealBackward {
        lane[0].im = LongDouble::ZERO;
        if n.is_multiple_of(2) {
            lane[n / 2].im = LongDouble::ZERO;
        }
        for i in n / 2 + 1..n {
            lane[i] = lane[n - i].conjugate();
        }
    }
    let backward = matches!(kind, Kind::Backward | Kind::RealBackward);
    if backward {
        lane.iter_mut().for_each(|v| *v = v.conjugate());
    }
    plan.run(lane);
    for v in lane {
        *v = if backward { v.conjugate() } else { *v };
        if factor != LongDouble::ONE {
            *v = v.scaled(factor);
        }
    }
}
