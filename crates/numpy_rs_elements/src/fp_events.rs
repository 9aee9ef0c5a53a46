//! Floating-point events, found from data and never from CPU flags.

use std::ops::{BitOr, BitOrAssign};

/// A set of floating-point events; the bits are NumPy's `NPY_FPE_*`, and four bits above them the same events of casts
/// that are reported apart from the call they serve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FpEvents(pub u8);

impl FpEvents {
    /// Nothing happened.
    pub const NONE: Self = Self(0);
    /// A finite operand divided by zero, or a pole such as `log(0)`.
    pub const DIVIDE: Self = Self(1);
    /// A result too large for its type.
    pub const OVERFLOW: Self = Self(2);
    /// A result too small for its type.
    pub const UNDERFLOW: Self = Self(4);
    /// An operation without a meaningful result, such as `inf - inf`.
    pub const INVALID: Self = Self(8);

    /// Whether no event is in the set.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The same events as those of a cast.
    #[inline]
    #[must_use]
    pub const fn in_cast(self) -> Self {
        Self((self.0 | self.0 << 4) & 0xf0)
    }

    /// The events of the call itself, and those of its casts.
    #[inline]
    pub const fn split(self) -> (Self, Self) {
        (Self(self.0 & 0x0f), Self(self.0 >> 4))
    }

    /// Whether all events of `other` are in the set.
    #[inline]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for FpEvents {
    type Output = Self;
    #[inline]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for FpEvents {
    #[inline]
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}
