//! The order of numbers in which arrays are sorted: NaN and not-a-time come last.

use numpy_rs_elements::{Bool, Complex, LongDouble, f16};

/// A number with a total order for sorting (up to numbers that compare equal).
pub trait Key: Copy + Send + Sync + 'static {
    /// Whether `self` comes before `other`.
    fn before(self, other: Self) -> bool;

    /// Whether items that compare equal are the same in every bit, so that stability cannot be seen.
    const EXACT: bool = false;

    /// Whether this sorts behind every number.
    #[inline(always)]
    fn is_last(self) -> bool {
        false
    }

    /// Whether this is no value at all: the first such item is the extreme one.
    #[inline(always)]
    fn is_missing(self) -> bool {
        self.is_last()
    }

    /// Whether `self` comes before `other`, for items that are not [`Key::is_last`].
    #[inline(always)]
    fn before_plain(self, other: Self) -> bool {
        self.before(other)
    }
}

macro_rules! integers {
    ($($t:ty)*) => {$(
        impl Key for $t {
            #[inline(always)]
            fn before(self, other: Self) -> bool { self < other }
            const EXACT: bool = true;
        }
    )*};
}
integers!(i8 u8 i16 u16 i32 u32 i64 u64);

impl Key for Bool {
    #[inline(always)]
    fn before(self, other: Self) -> bool {
        self.0 < other.0
    }
    const EXACT: bool = true;
}

macro_rules! floats {
    ($($t:ty)*) => {$(
        impl Key for $t {
            #[inline(always)]
            fn before(self, other: Self) -> bool {
                self < other || (other.is_nan() && !self.is_nan())
            }
            #[inline(always)]
            fn is_last(self) -> bool { self.is_nan() }
            #[inline(always)]
            fn before_plain(self, other: Self) -> bool { self < other }
        }
    )*};
}
floats!(f32 f64);

impl Key for f16 {
    #[inline(always)]
    fn before(self, other: Self) -> bool {
        if self.is_nan() || other.is_nan() {
            return other.is_nan() && !self.is_nan();
        }
        self.before_plain(other)
    }
    #[inline(always)]
    fn is_last(self) -> bool {
        self.is_nan()
    }
    #[inline(always)]
    fn before_plain(self, other: Self) -> bool {
        // Sign and magnitude as a signed number; both zeros are 0.
        let value = |x: f16| {
            let magnitude = i32::from(x.to_bits() & 0x7fff);
            if x.to_bits() >> 15 == 1 {
                -magnitude
            } else {
                magnitude
            }
        };
        value(self) < value(other)
    }
}

#[cfg(all(target_arch = "x86_64", not(windows)))]
impl Key for LongDouble {
    #[inline(always)]
    fn before(self, other: Self) -> bool {
        self < other || (other.is_nan() && !self.is_nan())
    }
    #[inline(always)]
    fn is_last(self) -> bool {
        self.is_nan()
    }
}

/// Lexicographic, with NaN last in each part: numbers, then those with a NaN imaginary part, then a NaN real part.
impl<T: Key> Key for Complex<T> {
    #[inline(always)]
    fn before(self, other: Self) -> bool {
        let key = |z: Self| (z.re.is_last(), z.im.is_last());
        let (a, b) = (key(self), key(other));
        if a != b {
            return a < b;
        }
        if self.re.before(other.re) {
            return true;
        }
        !other.re.before(self.re) && self.im.before(other.im)
    }
    #[inline(always)]
    fn is_missing(self) -> bool {
        self.re.is_last() || self.im.is_last()
    }
}

/// Ticks of datetime64 and timedelta64.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Tick(pub i64);

impl Key for Tick {
    #[inline(always)]
    fn before(self, other: Self) -> bool {
        // Not-a-time is the least number; taken one down it is the greatest unsigned one.
        let value = |t: Self| (t.0 as u64).wrapping_sub(1) ^ (1 << 63);
        value(self) < value(other)
    }
    #[inline(always)]
    fn is_missing(self) -> bool {
        self.0 == i64::MIN
    }
    const EXACT: bool = true;
}
