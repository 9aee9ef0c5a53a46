//! `int` arithmetic on machine words that never wraps: what does not fit gives up.

use super::exc::{self, Exc, Res, value_error};

/// A machine integer that stands for a Python `int`.
pub trait Int: Copy + Ord + std::hash::Hash + std::fmt::Debug + 'static {
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// From 128 bits, if it fits.
    fn narrow(wide: i128) -> Res<Self>;
    /// To 128 bits.
    fn wide(self) -> i128;
    /// As an index; one that no sequence has becomes the nearest end.
    fn index(self) -> isize;
    /// From a length or an index.
    fn of(n: isize) -> Self;
    /// The nearest `f64`, ties to even.
    fn to_f64(self) -> f64;
    /// Sum, if it fits.
    fn checked_add(self, other: Self) -> Option<Self>;
    /// Difference, if it fits.
    fn checked_sub(self, other: Self) -> Option<Self>;
    /// Product, if it fits.
    fn checked_mul(self, other: Self) -> Option<Self>;
    /// Quotient towards zero and remainder; the divisor is not zero and the quotient fits.
    fn quotient(self, other: Self) -> Option<(Self, Self)>;
    /// Bits of this and of another.
    fn and(self, other: Self) -> Self;
    /// Bits of this or of another.
    fn or(self, other: Self) -> Self;
    /// Bits of exactly one of both.
    fn xor(self, other: Self) -> Self;
    /// All bits turned.
    fn not(self) -> Self;
    /// Arithmetic shift to the right, by less than the width.
    fn shr(self, n: u32) -> Self;
    /// The number of bits.
    const BITS: u32;
}

macro_rules! int {
    ($t:ty, $wide:expr) => {
        impl Int for $t {
            const ZERO: Self = 0;
            const ONE: Self = 1;
            const BITS: u32 = <$t>::BITS;
            #[inline]
            fn narrow(wide: i128) -> Res<Self> {
                Self::try_from(wide).map_err(|_| Exc::GIVE_UP)
            }
            #[inline]
            fn wide(self) -> i128 {
                self as i128
            }
            #[inline]
            fn index(self) -> isize {
                if $wide {
                    self.clamp(isize::MIN as Self, isize::MAX as Self) as isize
                } else {
                    self as isize
                }
            }
            #[inline]
            fn of(n: isize) -> Self {
                n as Self
            }
            #[inline]
            fn to_f64(self) -> f64 {
                self as f64
            }
            #[inline]
            fn checked_add(self, other: Self) -> Option<Self> {
                <$t>::checked_add(self, other)
            }
            #[inline]
            fn checked_sub(self, other: Self) -> Option<Self> {
                <$t>::checked_sub(self, other)
            }
            #[inline]
            fn checked_mul(self, other: Self) -> Option<Self> {
                <$t>::checked_mul(self, other)
            }
            #[inline]
            fn quotient(self, other: Self) -> Option<(Self, Self)> {
                Some((self.checked_div(other)?, self.checked_rem(other)?))
            }
            #[inline]
            fn and(self, other: Self) -> Self {
                self & other
            }
            #[inline]
            fn or(self, other: Self) -> Self {
                self | other
            }
            #[inline]
            fn xor(self, other: Self) -> Self {
                self ^ other
            }
            #[inline]
            fn not(self) -> Self {
                !self
            }
            #[inline]
            fn shr(self, n: u32) -> Self {
                self >> n
            }
        }
    };
}

int!(i64, false);
int!(i128, true);

#[cold]
fn too_wide<T>() -> Res<T> {
    Err(Exc::GIVE_UP)
}

/// `a + b`.
#[inline]
pub fn add<I: Int>(a: I, b: I) -> Res<I> {
    a.checked_add(b).map_or_else(too_wide, Ok)
}

/// `a - b`.
#[inline]
pub fn sub<I: Int>(a: I, b: I) -> Res<I> {
    a.checked_sub(b).map_or_else(too_wide, Ok)
}

/// `a * b`.
#[inline]
pub fn mul<I: Int>(a: I, b: I) -> Res<I> {
    a.checked_mul(b).map_or_else(too_wide, Ok)
}

/// `-a`.
#[inline]
pub fn neg<I: Int>(a: I) -> Res<I> {
    sub(I::ZERO, a)
}

/// `abs(a)`.
#[inline]
pub fn abs<I: Int>(a: I) -> Res<I> {
    if a < I::ZERO { neg(a) } else { Ok(a) }
}

/// `a // b`.
#[inline]
pub fn floor_div<I: Int>(a: I, b: I) -> Res<I> {
    if b == I::ZERO {
        return Err(exc::int_by_zero());
    }
    let (q, r) = a.quotient(b).map_or_else(too_wide, Ok)?;
    if r != I::ZERO && (r < I::ZERO) != (b < I::ZERO) {
        sub(q, I::ONE)
    } else {
        Ok(q)
    }
}

/// `a % b`, with the sign of `b`.
#[inline]
pub fn floor_mod<I: Int>(a: I, b: I) -> Res<I> {
    if b == I::ZERO {
        return Err(exc::int_mod_zero());
    }
    if b == I::of(-1) {
        return Ok(I::ZERO);
    }
    let (_, r) = a.quotient(b).map_or_else(too_wide, Ok)?;
    if r != I::ZERO && (r < I::ZERO) != (b < I::ZERO) {
        add(r, b)
    } else {
        Ok(r)
    }
}

/// `divmod(a, b)`.
#[inline]
pub fn div_mod<I: Int>(a: I, b: I) -> Res<(I, I)> {
    Ok((floor_div(a, b)?, floor_mod(a, b)?))
}

/// `a / b`: correctly rounded; gives up where both are too large for one rounding.
#[inline]
pub fn true_div<I: Int>(a: I, b: I) -> Res<f64> {
    const EXACT: i128 = 1 << 53;
    if b == I::ZERO {
        return Err(exc::int_true_zero());
    }
    let (x, y) = (a.wide(), b.wide());
    if (-EXACT..=EXACT).contains(&x) && (-EXACT..=EXACT).contains(&y) {
        return Ok(x as f64 / y as f64);
    }
    true_div_large(x, y)
}

/// The quotient of numbers that no `f64` holds: scaled to 55 bits or more with a sticky bit, then rounded once.
#[cold]
fn true_div_large(a: i128, b: i128) -> Res<f64> {
    let negative = (a < 0) != (b < 0);
    let (n, d) = (a.unsigned_abs(), b.unsigned_abs());
    if n == 0 {
        return Ok(if negative { -0.0 } else { 0.0 });
    }
    let bits = |x: u128| 128 - x.leading_zeros() as i32;
    // The quotient shall have 56 to 57 bits.
    let shift = 56 - (bits(n) - bits(d));
    let (n, d) = if shift >= 0 {
        if bits(n) + shift > 127 {
            return Err(Exc::GIVE_UP);
        }
        (n << shift, d)
    } else {
        if bits(d) - shift > 127 {
            return Err(Exc::GIVE_UP);
        }
        (n, d << -shift)
    };
    let mut q = n / d;
    if !n.is_multiple_of(d) {
        q |= 1;
    }
    let value = q as f64 * 2f64.powi(-shift);
    Ok(if negative { -value } else { value })
}

/// `a ** b` for `b >= 0`; a negative exponent makes a float in Python and gives up here.
pub fn pow<I: Int>(a: I, b: I) -> Res<I> {
    if b < I::ZERO {
        return Err(Exc::GIVE_UP);
    }
    if a == I::ZERO || a == I::ONE {
        return Ok(if b == I::ZERO { I::ONE } else { a });
    }
    if a == I::of(-1) {
        return Ok(if b.and(I::ONE) == I::ZERO { I::ONE } else { a });
    }
    if b >= I::of(I::BITS as isize) {
        return Err(Exc::GIVE_UP);
    }
    let (mut base, mut exponent, mut result) = (a, b, I::ONE);
    loop {
        if exponent.and(I::ONE) == I::ONE {
            result = mul(result, base)?;
        }
        exponent = exponent.shr(1);
        if exponent == I::ZERO {
            return Ok(result);
        }
        base = mul(base, base)?;
    }
}

/// What `a` has to be multiplied with to be 1 modulo `modulus`, which is positive.
fn inverse(a: i128, modulus: i128) -> Res<i128> {
    let (mut r, mut next_r) = (modulus, floor_mod(a, modulus)?);
    let (mut t, mut next_t) = (0, 1);
    while next_r != 0 {
        let quotient = r / next_r;
        (t, next_t) = (next_t, t - quotient * next_t);
        (r, next_r) = (next_r, r - quotient * next_r);
    }
    if r != 1 {
        return Err(value_error().saying(c"base is not invertible for the given modulus"));
    }
    floor_mod(t, modulus)
}

/// `pow(a, b, m)`.
pub fn pow_mod<I: Int>(a: I, b: I, m: I) -> Res<I> {
    if m == I::ZERO {
        return Err(value_error().saying(c"pow() 3rd argument cannot be 0"));
    }
    let modulus = m.wide();
    // Products of residues must fit 128 bits.
    if modulus.unsigned_abs() > 1 << 63 {
        return Err(Exc::GIVE_UP);
    }
    let mut base = floor_mod(a.wide(), modulus)?;
    let (mut exponent, mut result) = (b.wide().unsigned_abs(), floor_mod(1, modulus)?);
    if b < I::ZERO {
        base = floor_mod(inverse(base, modulus.abs())?, modulus)?;
    }
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = floor_mod(mul(result, base)?, modulus)?;
        }
        exponent >>= 1;
        base = floor_mod(mul(base, base)?, modulus)?;
    }
    I::narrow(result)
}

/// `a << n`.
#[inline]
pub fn shl<I: Int>(a: I, n: I) -> Res<I> {
    if n < I::ZERO {
        return Err(value_error().saying(c"negative shift count"));
    }
    if a == I::ZERO {
        return Ok(a);
    }
    if n >= I::of(I::BITS as isize - 1) {
        return Err(Exc::GIVE_UP);
    }
    let factor = I::narrow(1i128 << n.index())?;
    mul(a, factor)
}

/// `a >> n`.
#[inline]
pub fn shr<I: Int>(a: I, n: I) -> Res<I> {
    if n < I::ZERO {
        return Err(value_error().saying(c"negative shift count"));
    }
    Ok(a.shr((n.index() as u64).min(u64::from(I::BITS - 1)) as u32))
}

/// `a.bit_length()`.
#[inline]
pub fn bit_length<I: Int>(a: I) -> I {
    I::of(128 - a.wide().unsigned_abs().leading_zeros() as isize)
}

/// `a.bit_count()`.
#[inline]
pub fn bit_count<I: Int>(a: I) -> I {
    I::of(a.wide().unsigned_abs().count_ones() as isize)
}

/// `float(a)`: correctly rounded.
#[inline]
pub fn to_float<I: Int>(a: I) -> f64 {
    a.to_f64()
}

/// Compares an `int` with a `float` exactly, without rounding the `int`.
#[inline]
pub fn compare_float<I: Int>(a: I, b: f64) -> Option<std::cmp::Ordering> {
    const EXACT: i128 = 1 << 53;
    let wide = a.wide();
    if (-EXACT..=EXACT).contains(&wide) {
        return (wide as f64).partial_cmp(&b);
    }
    if b.is_nan() {
        return None;
    }
    // 2^127 and more in size lies outside every `i128`.
    if b.abs() >= 1.701_411_834_604_692_3e38 {
        return 0f64.partial_cmp(&b);
    }
    let whole = b.trunc();
    Some(wide.cmp(&(whole as i128)).then(whole.partial_cmp(&b)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_floors_as_python_does() {
        assert_eq!(floor_div(-7i64, 2), Ok(-4));
        assert_eq!(floor_mod(-7i64, 2), Ok(1));
        assert_eq!(floor_mod(7i64, -2), Ok(-1));
        assert_eq!(floor_mod(i64::MIN, -1), Ok(0));
        assert_eq!(floor_div(i64::MIN, -1), Err(Exc::GIVE_UP));
    }

    #[test]
    fn large_quotients_round_once() {
        assert_eq!(true_div((1i64 << 53) + 1, 1), Ok(9007199254740992.0));
        assert_eq!(true_div(i64::MAX, 3), Ok(3074457345618258432.0));
        assert_eq!(true_div(-i64::MAX, i64::MAX - 1), Ok(-1.0));
    }

    #[test]
    fn ints_and_floats_compare_exactly() {
        use std::cmp::Ordering::*;
        assert_eq!(
            compare_float((1i64 << 53) + 1, 9007199254740992.0),
            Some(Greater)
        );
        assert_eq!(compare_float(i64::MAX, 9223372036854775807.0), Some(Less));
        assert_eq!(compare_float(-3i64, f64::NAN), None);
    }
}
