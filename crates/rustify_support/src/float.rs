//! `float` arithmetic beyond `+ - *`: division, flooring, powers, rounding.

use std::hint::black_box;

use pyo3_ffi as ffi;

use super::errstate::{self, DIVIDE, INVALID, OVER};
use super::exc::{self, Exc, Res, overflow_error, value_error, zero_division_error};
use super::int::Int;

unsafe extern "C" {
    safe fn pow(x: f64, y: f64) -> f64;
    safe fn fmod(x: f64, y: f64) -> f64;
}

/// `a / b`.
#[inline]
pub fn div(a: f64, b: f64) -> Res<f64> {
    if b == 0.0 {
        Err(exc::float_by_zero())
    } else {
        Ok(a / b)
    }
}

/// `divmod(a, b)`: the remainder has the sign of `b`.
pub fn div_mod(a: f64, b: f64) -> Res<(f64, f64)> {
    if b == 0.0 {
        return Err(exc::float_divmod_zero());
    }
    let mut rest = fmod(a, b);
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0f64.copysign(b);
    } else if (b < 0.0) != (rest < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    let floor = if quotient == 0.0 {
        0f64.copysign(a / b)
    } else {
        let f = quotient.floor();
        if quotient - f > 0.5 { f + 1.0 } else { f }
    };
    Ok((floor, rest))
}

/// `a // b`.
pub fn floor_div(a: f64, b: f64) -> Res<f64> {
    if b == 0.0 {
        return Err(exc::float_floor_zero());
    }
    Ok(div_mod(a, b)?.0)
}

/// `a % b`.
#[inline]
pub fn floor_mod(a: f64, b: f64) -> Res<f64> {
    if b == 0.0 {
        return Err(exc::float_mod_zero());
    }
    let rest = fmod(a, b);
    Ok(if rest == 0.0 {
        0f64.copysign(b)
    } else if (b < 0.0) != (rest < 0.0) {
        rest + b
    } else {
        rest
    })
}

/// `pow` of the C library itself: with a base or an exponent that it knows, the compiler would put in a product, a
/// quotient or another function, whose last bit differs now and then.
#[inline]
pub fn raised(a: f64, b: f64) -> f64 {
    pow(black_box(a), black_box(b))
}

/// `a ** b` by the C library's `pow`; a negative base with a broken exponent makes a complex number and gives up.
pub fn power(a: f64, b: f64) -> Res<f64> {
    if b == 0.0 || a == 1.0 {
        return Ok(1.0);
    }
    if a == 0.0 && b < 0.0 {
        return Err(zero_division_error());
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b != b.floor() {
        return Err(Exc::GIVE_UP);
    }
    let result = raised(a, b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        return Err(overflow_error());
    }
    Ok(result)
}

/// `int(a)`.
#[inline]
pub fn to_int<I: Int>(a: f64) -> Res<I> {
    match word_of(a) {
        Some(i) => I::narrow(i128::from(i)),
        None => large_to_int(a),
    }
}

/// A number without its fraction as a machine word, where that is told cheaply.
#[inline]
fn word_of(a: f64) -> Option<i64> {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_mm_cvttsd_si64, _mm_set_sd};
        // SAFETY: every processor of this kind has the instruction; what does not fit becomes the least number.
        let word = unsafe { _mm_cvttsd_si64(_mm_set_sd(a)) };
        (word != i64::MIN).then_some(word)
    }
    #[cfg(not(target_arch = "x86_64"))]
    if a.abs() < 9.2e18 {
        // SAFETY: a number that fits.
        Some(unsafe { a.to_int_unchecked::<i64>() })
    } else {
        None
    }
}

#[cold]
fn large_to_int<I: Int>(a: f64) -> Res<I> {
    if a.is_nan() {
        return Err(value_error().saying(c"cannot convert float NaN to integer"));
    }
    if a.is_infinite() {
        return Err(overflow_error().saying(c"cannot convert float infinity to integer"));
    }
    // Beyond 2^126 the cast would saturate.
    if a.abs() >= 8.507_059_173_023_462e37 {
        return Err(Exc::GIVE_UP);
    }
    I::narrow(a as i128)
}

/// `round(a)`: to the nearest, ties to even.
pub fn round<I: Int>(a: f64) -> Res<I> {
    to_int(a.round_ties_even())
}

/// `round(a, digits)`, by the interpreter itself.
pub fn round_to<I: Int>(a: f64, digits: I) -> Res<f64> {
    if !a.is_finite() {
        return Ok(a);
    }
    if let Some(rounded) = round_near(a, digits.index()) {
        return Ok(rounded);
    }
    // SAFETY: makes a float and an int and calls a method of the exact type `float`.
    unsafe {
        let boxed = super::obj::Obj::owned(ffi::PyFloat_FromDouble(a))?;
        let n = super::obj::Obj::owned(ffi::PyLong_FromSsize_t(digits.index()))?;
        let name = super::obj::Obj::owned(ffi::PyUnicode_InternFromString(c"__round__".as_ptr()))?;
        let rounded = super::obj::Obj::owned(ffi::PyObject_CallMethodObjArgs(
            boxed.ptr(),
            name.ptr(),
            n.ptr(),
            std::ptr::null_mut::<ffi::PyObject>(),
        ))?;
        Ok(ffi::PyFloat_AS_DOUBLE(rounded.ptr()))
    }
}

/// Powers of ten that are exact.
const TENS: [f64; 16] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/// `round(a, digits)` where the product with a power of ten fits 52 bits: the product and its error together are exact,
/// and so is the whole number next to them; dividing it is rounded once, as reading its digits would be.
#[inline]
fn round_near(a: f64, digits: isize) -> Option<f64> {
    let ten = *TENS.get(usize::try_from(digits).ok()?)?;
    let size = a.abs();
    let product = size * ten;
    if product >= (1_u64 << 52) as f64 || size >= 1e100 {
        return None;
    }
    let below = product.floor();
    let part = product - below;
    let is_up = if part == 0.5 {
        let error = product_error(size, ten, product);
        error > 0.0 || error == 0.0 && below % 2.0 == 1.0
    } else {
        part > 0.5
    };
    let whole = if is_up { below + 1.0 } else { below };
    Some((whole / ten).copysign(a))
}

/// What `a * b` has lost by rounding to `product`, of numbers that are neither huge nor tiny.
#[inline]
fn product_error(a: f64, b: f64, product: f64) -> f64 {
    // Halves of 26 bits: their products are exact.
    let split = |x: f64| {
        let c = x * 134_217_729.0;
        let high = c - (c - x);
        (high, x - high)
    };
    let ((a1, a2), (b1, b2)) = (split(a), split(b));
    ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2
}

/// `a.is_integer()`.
pub fn is_integer(a: f64) -> bool {
    a.is_finite() && a.floor() == a
}

/// A result of NumPy's, which would have warned if it is not finite although the operands were.
#[inline]
pub fn unwarned(result: f64, a: f64, b: f64) -> Res<f64> {
    if result.is_finite() {
        Ok(result)
    } else {
        unusual(result, a, b)
    }
}

#[cold]
fn unusual(result: f64, a: f64, b: f64) -> Res<f64> {
    let (quiet, condition) = if result.is_nan() {
        (a.is_nan() || b.is_nan(), INVALID)
    } else {
        (a.is_infinite() || b.is_infinite(), OVER)
    };
    if !quiet {
        errstate::bear(condition)?;
    }
    Ok(result)
}

/// `a / b` of NumPy, where `b` is zero.
#[cold]
pub fn over_zero(a: f64, b: f64) -> Res<f64> {
    // What is infinite or no number stays so.
    if a.is_finite() {
        errstate::bear(if a == 0.0 { INVALID } else { DIVIDE })?;
    }
    Ok(a / b)
}

/// `a ** b` of NumPy, by the C library.
pub fn power_unwarned(a: f64, b: f64) -> Res<f64> {
    let result = raised(a, b);
    if result.is_infinite() && a == 0.0 && b.is_finite() {
        errstate::bear(DIVIDE)?;
        return Ok(result);
    }
    unwarned(result, a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_to_digits_rounds_the_exact_value() {
        for (a, digits, wanted) in [
            (2.675, 2, 2.67),
            (0.125, 2, 0.12),
            (0.375, 2, 0.38),
            (2.5, 0, 2.0),
            (1.005, 2, 1.0),
            (0.045, 2, 0.04),
            (4_503_599_627_370_495.5, 0, 4_503_599_627_370_496.0),
            (5e-324, 15, 0.0),
        ] {
            assert_eq!(round_near(a, digits), Some(wanted), "{a} {digits}");
            assert_eq!(round_near(-a, digits), Some(-wanted), "{a} {digits}");
        }
        assert!(round_near(-0.001, 2).is_some_and(f64::is_sign_negative));
        assert_eq!((round_near(1e300, 2), round_near(1.5, 16)), (None, None));
        assert_eq!(round_near(1.5, -1), None);
    }

    #[test]
    fn remainders_have_the_sign_of_the_divisor() {
        assert_eq!(div_mod(7.5, -2.0), Ok((-4.0, -0.5)));
        assert_eq!(floor_mod(-1e-20, 3.0), Ok(3.0));
        assert!(floor_mod(-0.0, 3.0).unwrap().is_sign_positive());
    }

    #[test]
    fn powers_fail_where_python_fails() {
        assert_eq!(power(0.0, -1.0), Err(zero_division_error()));
        assert_eq!(power(10.0, 400.0), Err(overflow_error()));
        assert_eq!(power(-8.0, 1.0 / 3.0), Err(Exc::GIVE_UP));
    }
}
