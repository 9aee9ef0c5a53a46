//! Integer division through `f64`, which vectorises where integer division does not.
//!
//! For operands below 2^52 the quotient of the floats rounds to the right side: it differs from a whole number
//! by at least 1/|a| of itself, which is more than half a unit in the last place.

use numpy_rs_elements::integer::Integer;

/// Whether the functions here do not serve: division by zero, or operands of 52 bits and more.
#[inline(always)]
pub fn is_far<T: Integer>(a: T, b: T) -> bool {
    const LIMIT: f64 = 4503599627370496.0;
    let wide = T::BITS == 64 && ((a.to_f64().abs() >= LIMIT) | (b.to_f64().abs() >= LIMIT));
    // The least value over -1 does not fit the type.
    let overflow = T::SIGNED && T::BITS < 64 && (a == T::MIN) & (b == T::ZERO.minus(T::ONE));
    (b == T::ZERO) | wide | overflow
}

/// The quotient rounded down, where [`is_far`] does not hold.
#[inline(always)]
pub fn floor_divide<T: Integer>(a: T, b: T) -> T {
    // SAFETY: the quotient of the values is no greater than `a`, and `is_far` keeps the one exception away.
    unsafe { T::from_f64((a.to_f64() / b.to_f64()).floor()) }
}

/// The remainder with the sign of `b`, where [`is_far`] does not hold.
#[inline(always)]
pub fn remainder<T: Integer>(a: T, b: T) -> T {
    a.minus(floor_divide(a, b).times(b))
}

/// The remainder with the sign of `a`, where [`is_far`] does not hold.
#[inline(always)]
pub fn fmod<T: Integer>(a: T, b: T) -> T {
    // SAFETY: as in `floor_divide`.
    let quotient = unsafe { T::from_f64(a.to_f64() / b.to_f64()) };
    a.minus(quotient.times(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integers;

    #[test]
    fn quotients_near_whole_numbers_round_down() {
        let edges = [
            1,
            2,
            3,
            7,
            10,
            1 << 26,
            (1 << 26) + 1,
            (1 << 51) - 1,
            (1 << 52) - 1,
        ];
        for a in edges.iter().flat_map(|&a| [a - 1, a, a + 1, -a, 1 - a]) {
            for b in edges.iter().flat_map(|&b| [b, -b, b + 1]) {
                if is_far::<i64>(a, b) {
                    continue;
                }
                assert_eq!(
                    floor_divide(a, b),
                    integers::floor_divide(a, b),
                    "{a} // {b}"
                );
                assert_eq!(remainder(a, b), integers::remainder(a, b), "{a} % {b}");
                assert_eq!(fmod(a, b), a % b, "fmod({a}, {b})");
            }
        }
    }
}
