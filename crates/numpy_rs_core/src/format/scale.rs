//! Sizes of finite numbers, compared exactly in their own format: what decides between columns with and without
//! exponents.

use std::cmp::Ordering;

use super::decimal::{Binary, Magnitude};

/// A magnitude as integer times power of two.
pub fn binary(value: Magnitude) -> Binary {
    match value {
        Magnitude::Binary(b) => b,
        // Every float32 is a float64.
        Magnitude::F32(x) => Binary {
            precision: 24,
            ..of_double(x.into())
        },
        Magnitude::F64(x) => of_double(x),
    }
}

fn of_double(x: f64) -> Binary {
    let bits = x.to_bits();
    let (biased, fraction) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
    let (mantissa, exponent) = match biased {
        0 => (fraction, -1074),
        _ => (fraction | 1 << 52, biased - 1075),
    };
    Binary {
        mantissa,
        exponent,
        precision: 53,
        at_boundary: fraction == 0 && biased > 1,
    }
}

/// The mantissa with its highest bit set, and the power of two that is just above the number.
fn normal(b: Binary) -> (u64, i32) {
    let zeros = b.mantissa.leading_zeros();
    (b.mantissa << zeros, b.exponent + 64 - zeros as i32)
}

fn order(a: Binary, b: Binary) -> Ordering {
    let ((m, e), (n, f)) = (normal(a), normal(b));
    e.cmp(&f).then(m.cmp(&n))
}

/// The smallest and the greatest of some magnitudes, none of which is zero.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    low: Binary,
    high: Binary,
}

impl Span {
    /// The span of one magnitude; `None` for zero.
    pub fn of(value: Magnitude) -> Option<Self> {
        let b = binary(value);
        (b.mantissa != 0).then_some(Self { low: b, high: b })
    }

    /// Bits of the significand in the format of the smallest.
    pub fn precision(&self) -> u32 {
        self.low.precision
    }

    /// The span of both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        let low = if order(other.low, self.low).is_lt() {
            other.low
        } else {
            self.low
        };
        let high = if order(other.high, self.high).is_gt() {
            other.high
        } else {
            self.high
        };
        Self { low, high }
    }

    /// Whether the greatest is `limit` or more.
    pub fn reaches(&self, limit: f64) -> bool {
        order(self.high, of_double(limit)).is_ge()
    }

    /// Whether the smallest is below `limit`.
    pub fn is_below(&self, limit: f64) -> bool {
        order(self.low, of_double(limit)).is_lt()
    }

    /// Whether a number is written with an exponent by itself: outside of `0.0001 <= x < limit`.
    pub fn is_extreme(&self, limit: f64) -> bool {
        // 0.0001 as a long double is not 0.0001 as a double.
        let small = if self.low.precision == 64 {
            Binary {
                mantissa: 15_111_572_745_182_864_684,
                exponent: -77,
                ..self.low
            }
        } else {
            of_double(1e-4)
        };
        self.reaches(limit) || order(self.low, small).is_lt()
    }

    /// Whether the quotient of both, rounded to `bits` bits, is above 1000.
    pub fn is_wide(&self, bits: u32) -> bool {
        let ((high, e), (low, f)) = (normal(self.high), normal(self.low));
        // The quotient lies between 2^(apart - 1) and 2^(apart + 1).
        let apart = e - f;
        if apart > 10 {
            return true;
        }
        if apart < 9 {
            return false;
        }
        // Above 1000 by more than half a unit of the last of these bits, in which 1000 itself is even.
        let beyond = (i128::from(high) << apart) - 1000 * i128::from(low);
        beyond > i128::from(low) || beyond > 0 && beyond << (bits - 9) > i128::from(low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(low: f64, high: f64) -> Span {
        let of = |x| Span {
            low: of_double(x),
            high: of_double(x),
        };
        of(low).joined(of(high))
    }

    #[test]
    fn quotients_are_those_of_the_format() {
        for low in [1.0, 3.0, 0.1, 1e-300, 5e-324, 7.3e5] {
            let (mut high, least) = (low * 999.999_999_999_99, low * 1_000.000_000_000_01);
            while high <= least {
                assert_eq!(
                    span(low, high).is_wide(53),
                    high / low > 1000.0,
                    "{high} {low}"
                );
                let step = ((least - low * 999.999_999_999_99) / 1e3).max(f64::MIN_POSITIVE);
                high = (high + step).next_up();
            }
        }
        for high in [3000.0f32, 3000.0002, 2999.9998, 3000.0005] {
            let s = Span {
                low: of_double(3.0),
                high: of_double(high.into()),
            };
            assert_eq!(s.is_wide(24), high / 3.0 > 1000.0, "{high}");
        }
    }

    #[test]
    fn limits_are_exact() {
        assert!(span(1.0, 1e8).reaches(1e8));
        assert!(!span(1.0, 1e8f64.next_down()).reaches(1e8));
        assert!(!span(1e-4, 1.0).is_below(1e-4));
        assert!(span(1e-4f64.next_down(), 1.0).is_below(1e-4));
        assert!(Span::of(Magnitude::F64(0.0)).is_none());
    }
}
