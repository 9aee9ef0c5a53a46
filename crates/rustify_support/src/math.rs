//! The functions of `math` by the C library that the interpreter itself calls.

use super::exc::{Res, overflow_error, value_error};

macro_rules! one {
    ($($name:ident)*) => {
        mod c {
            unsafe extern "C" {
                $(pub(super) safe fn $name(x: f64) -> f64;)*
            }
        }
        $(
            /// The function of that name of `math`.
            #[inline]
            pub fn $name(x: f64) -> Res<f64> {
                check(c::$name(x), x)
            }
        )*
    };
}

// Not `cbrt`: Rust has one of its own under that name, whose last bit differs from the C library's.
one! { sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp expm1 log2 log10 log1p erf erfc exp2 }

/// A result that stands for an error becomes one.
#[inline]
fn check(result: f64, x: f64) -> Res<f64> {
    if result.is_finite() {
        return Ok(result);
    }
    if result.is_nan() {
        return if x.is_nan() {
            Ok(result)
        } else {
            Err(value_error())
        };
    }
    if x.is_finite() {
        Err(overflow_error())
    } else {
        Ok(result)
    }
}

/// `math.sqrt(x)`.
#[inline]
pub fn sqrt(x: f64) -> Res<f64> {
    if x < 0.0 {
        Err(value_error())
    } else {
        Ok(x.sqrt())
    }
}

/// `math.log(x)`.
#[inline]
pub fn log(x: f64) -> Res<f64> {
    unsafe extern "C" {
        #[link_name = "log"]
        safe fn c_log(x: f64) -> f64;
    }
    if x <= 0.0 {
        Err(value_error())
    } else {
        Ok(c_log(x))
    }
}

/// `math.pow(x, y)`.
pub fn pow(x: f64, y: f64) -> Res<f64> {
    let result = super::float::raised(x, y);
    if result.is_finite() || x.is_nan() || y.is_nan() {
        return Ok(result);
    }
    if !x.is_finite() || !y.is_finite() {
        return Ok(result);
    }
    if result.is_infinite() && x != 0.0 {
        Err(overflow_error())
    } else {
        Err(value_error())
    }
}

/// `math.atan2(y, x)`.
#[inline]
pub fn atan2(y: f64, x: f64) -> f64 {
    unsafe extern "C" {
        #[link_name = "atan2"]
        safe fn c_atan2(y: f64, x: f64) -> f64;
    }
    c_atan2(y, x)
}

/// `math.fmod(x, y)`.
#[inline]
pub fn fmod(x: f64, y: f64) -> Res<f64> {
    unsafe extern "C" {
        #[link_name = "fmod"]
        safe fn c_fmod(x: f64, y: f64) -> f64;
    }
    if y.is_infinite() && x.is_finite() {
        return Ok(x);
    }
    let result = c_fmod(x, y);
    if result.is_nan() && !x.is_nan() && !y.is_nan() {
        Err(value_error())
    } else {
        Ok(result)
    }
}

/// `math.degrees(x)`.
#[inline]
pub fn degrees(x: f64) -> f64 {
    x * (180.0 / std::f64::consts::PI)
}

/// `math.radians(x)`.
#[inline]
pub fn radians(x: f64) -> f64 {
    x * (std::f64::consts::PI / 180.0)
}

/// What `math.fsum` has added so far, without any loss: numbers of growing size that do not overlap. The method is of
/// Shewchuk, Adaptive Precision Floating-Point Arithmetic, Discrete & Computational Geometry 18 (1997).
#[derive(Clone, Debug, Default)]
pub struct ExactSum {
    parts: Vec<f64>,
    /// The sum of infinities and of what is no number: these have no parts.
    special: f64,
    /// The sum of infinities alone, which is no number where they are of both signs.
    infinite: f64,
}

impl ExactSum {
    /// The sum of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one item.
    pub fn add(&mut self, item: f64) -> Res<()> {
        let (mut above, mut kept) = (item, 0);
        for at in 0..self.parts.len() {
            let (sum, lost) = two_sum(above, self.parts[at]);
            if lost != 0.0 {
                self.parts[kept] = lost;
                kept += 1;
            }
            above = sum;
        }
        self.parts.truncate(kept);
        if !above.is_finite() {
            return self.beside(item);
        }
        if above != 0.0 {
            self.parts.push(above);
        }
        Ok(())
    }

    /// What has no parts of its own makes an end of those before it, as in CPython.
    #[cold]
    fn beside(&mut self, item: f64) -> Res<()> {
        if item.is_finite() {
            return Err(overflow_error());
        }
        if item.is_infinite() {
            self.infinite += item;
        }
        self.special += item;
        self.parts.clear();
        Ok(())
    }

    /// The sum, rounded once.
    pub fn finish(&self) -> Res<f64> {
        if self.special != 0.0 {
            return if self.infinite.is_nan() {
                Err(value_error())
            } else {
                Ok(self.special)
            };
        }
        let mut parts = self.parts.iter().rev().copied();
        let Some(mut above) = parts.next() else {
            return Ok(0.0);
        };
        for part in parts.by_ref() {
            let (sum, lost) = two_sum(above, part);
            above = sum;
            if lost == 0.0 {
                continue;
            }
            // Half of the last place is rounded to where the parts below it point.
            if let Some(below) = parts.next()
                && (lost < 0.0) == (below < 0.0)
            {
                let twice = lost * 2.0;
                let other = above + twice;
                if other - above == twice {
                    above = other;
                }
            }
            break;
        }
        Ok(above)
    }
}

/// The sum of two numbers, and what rounding it has lost, whichever is the larger (Knuth, TAOCP 2, 4.2.2, theorem B).
#[inline]
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let of_b = sum - a;
    (sum, (a - (sum - of_b)) + (b - of_b))
}
