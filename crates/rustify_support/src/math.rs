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

one! { sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp expm1 log2 log10 log1p erf erfc cbrt exp2 }

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
    unsafe extern "C" {
        #[link_name = "pow"]
        safe fn c_pow(x: f64, y: f64) -> f64;
    }
    let result = c_pow(x, y);
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
