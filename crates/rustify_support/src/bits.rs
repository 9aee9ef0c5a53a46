//! Bits, shifts and powers of NumPy's whole numbers: none of them warns, and what does not fit is cut off.

use super::exc::{Res, give_up};
use super::scalar::Element;

/// Numbers in memory whose bits NumPy's operators reach.
pub trait Bits: Element {
    /// `a & b`.
    fn bit_and(a: Self, b: Self) -> Self;
    /// `a | b`.
    fn bit_or(a: Self, b: Self) -> Self;
    /// `a ^ b`.
    fn bit_xor(a: Self, b: Self) -> Self;
    /// `~a`.
    fn invert(a: Self) -> Self;
    /// `a << b`: nothing is left of a shift by all bits, or by a negative number.
    fn shl(a: Self, b: Self) -> Self;
    /// `a >> b`: the sign is left of a shift by all bits, or by a negative number.
    fn shr(a: Self, b: Self) -> Self;
    /// `a ** b`; negative exponents are errors.
    fn power(a: Self, b: Self) -> Res<Self>;
}

macro_rules! bits {
    ($($t:ty)*) => {$(
        impl Bits for $t {
            #[inline]
            fn bit_and(a: Self, b: Self) -> Self {
                a & b
            }
            #[inline]
            fn bit_or(a: Self, b: Self) -> Self {
                a | b
            }
            #[inline]
            fn bit_xor(a: Self, b: Self) -> Self {
                a ^ b
            }
            #[inline]
            fn invert(a: Self) -> Self {
                !a
            }
            #[inline]
            fn shl(a: Self, b: Self) -> Self {
                if (b as u64) < u64::from(Self::BITS) { a << b } else { 0 }
            }
            #[inline]
            #[allow(unused_comparisons, reason = "some of these types have no sign")]
            fn shr(a: Self, b: Self) -> Self {
                if (b as u64) < u64::from(Self::BITS) {
                    a >> b
                } else if a < 0 {
                    !0
                } else {
                    0
                }
            }
            #[inline]
            #[allow(unused_comparisons, reason = "some of these types have no sign")]
            fn power(a: Self, b: Self) -> Res<Self> {
                if b < 0 {
                    return give_up();
                }
                let (mut square, mut left, mut result) = (a, b, 1 as Self);
                while left > 0 {
                    if left & 1 == 1 {
                        result = result.wrapping_mul(square);
                    }
                    square = square.wrapping_mul(square);
                    left >>= 1;
                }
                Ok(result)
            }
        }
    )*};
}

bits!(i8 u8 i16 u16 i32 u32 i64 u64);

/// `a & b`.
#[inline]
pub fn bit_and<T: Bits>(a: T, b: T) -> T {
    T::bit_and(a, b)
}

/// `a | b`.
#[inline]
pub fn bit_or<T: Bits>(a: T, b: T) -> T {
    T::bit_or(a, b)
}

/// `a ^ b`.
#[inline]
pub fn bit_xor<T: Bits>(a: T, b: T) -> T {
    T::bit_xor(a, b)
}

/// `~a`.
#[inline]
pub fn invert<T: Bits>(a: T) -> T {
    T::invert(a)
}

/// `a << b`.
#[inline]
pub fn shl<T: Bits>(a: T, b: T) -> T {
    T::shl(a, b)
}

/// `a >> b`.
#[inline]
pub fn shr<T: Bits>(a: T, b: T) -> T {
    T::shr(a, b)
}

/// `a ** b`.
#[inline]
pub fn power<T: Bits>(a: T, b: T) -> Res<T> {
    T::power(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifts_by_too_much_leave_the_sign() {
        assert_eq!(shl(1i64, 70), 0);
        assert_eq!(shl(1i64, -1), 0);
        assert_eq!(shr(-5i32, 40), -1);
        assert_eq!(shr(200u8, 9), 0);
    }

    #[test]
    fn powers_are_cut_off() {
        assert!(matches!(power(100i8, 2), Ok(16)));
        assert!(matches!(power(200u8, 2), Ok(64)));
        assert!(power(2i64, -1).is_err());
    }
}
