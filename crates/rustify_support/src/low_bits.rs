//! The lower 128 bits of sums and products that a mask cuts, as generators of random numbers and hashes have them.

use super::exc::{Exc, Res};
use super::int::Int;

/// The lower 128 bits of an `int`, and whether they are all of it.
#[derive(Clone, Copy)]
pub struct LowBits {
    bits: i128,
    whole: bool,
}

impl LowBits {
    /// Of a whole number.
    #[inline]
    pub fn of<I: Int>(i: I) -> Self {
        Self {
            bits: i.wide(),
            whole: true,
        }
    }

    /// `a + b`.
    #[inline]
    pub fn add(self, other: Self) -> Self {
        self.joined(other, self.bits.overflowing_add(other.bits))
    }

    /// `a - b`.
    #[inline]
    pub fn sub(self, other: Self) -> Self {
        self.joined(other, self.bits.overflowing_sub(other.bits))
    }

    /// `a * b`.
    #[inline]
    pub fn mul(self, other: Self) -> Self {
        self.joined(other, self.bits.overflowing_mul(other.bits))
    }

    #[inline]
    fn joined(self, other: Self, (bits, overflowed): (i128, bool)) -> Self {
        Self {
            bits,
            whole: self.whole && other.whole && !overflowed,
        }
    }

    /// `a & mask`; gives up where bits that are missing matter.
    #[inline]
    pub fn and(self, mask: i128) -> Res<i128> {
        if self.whole || mask >= 0 {
            Ok(self.bits & mask)
        } else {
            Err(Exc::GIVE_UP)
        }
    }
}
