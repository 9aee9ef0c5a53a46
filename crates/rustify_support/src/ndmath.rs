//! The arithmetic of NumPy's scalars, and how numbers of one dtype become those of another.
//!
//! NumPy warns where a float result overflows or is invalid, and where an integer wraps: there the region gives up.

use super::complex::Complex;
use super::exc::{Res, give_up};
use super::float;
use super::int::Int;
use super::scalar::{Complex8, Element, Flag};

/// Numbers in memory with the arithmetic of NumPy's scalars.
pub trait Arithmetic: Element {
    /// `a + b`.
    fn add(a: Self, b: Self) -> Res<Self>;
    /// `a - b`.
    fn sub(a: Self, b: Self) -> Res<Self>;
    /// `a * b`.
    fn mul(a: Self, b: Self) -> Res<Self>;
    /// `a // b`.
    fn floor_div(a: Self, b: Self) -> Res<Self>;
    /// `a % b`.
    fn floor_mod(a: Self, b: Self) -> Res<Self>;
    /// `-a`.
    fn neg(a: Self) -> Res<Self>;
    /// `abs(a)`.
    fn abs(a: Self) -> Res<Self>;
    /// The number that a Python `int` becomes, if it fits.
    fn of_int(i: i128) -> Res<Self>;
    /// The number that a Python `float` becomes.
    fn of_float(f: f64) -> Res<Self>;
    /// The number that a Python `complex` becomes.
    fn of_complex(_: Complex) -> Res<Self> {
        give_up()
    }
}

macro_rules! integers {
    ($($t:ty)*) => {$(
        impl Arithmetic for $t {
            #[inline]
            fn add(a: Self, b: Self) -> Res<Self> {
                a.checked_add(b).map_or_else(give_up, Ok)
            }
            #[inline]
            fn sub(a: Self, b: Self) -> Res<Self> {
                a.checked_sub(b).map_or_else(give_up, Ok)
            }
            #[inline]
            fn mul(a: Self, b: Self) -> Res<Self> {
                a.checked_mul(b).map_or_else(give_up, Ok)
            }
            #[inline]
            #[allow(unused_comparisons, reason = "some of these types have no sign")]
            fn floor_div(a: Self, b: Self) -> Res<Self> {
                let Some(q) = a.checked_div(b) else {
                    return give_up();
                };
                Ok(if a % b != 0 && (a < 0) != (b < 0) { q - 1 } else { q })
            }
            #[inline]
            #[allow(unused_comparisons, reason = "some of these types have no sign")]
            fn floor_mod(a: Self, b: Self) -> Res<Self> {
                let Some(r) = a.checked_rem(b) else {
                    return give_up();
                };
                Ok(if r != 0 && (r < 0) != (b < 0) { r + b } else { r })
            }
            #[inline]
            fn neg(a: Self) -> Res<Self> {
                a.checked_neg().map_or_else(give_up, Ok)
            }
            #[inline]
            #[allow(unused_comparisons, reason = "some of these types have no sign")]
            fn abs(a: Self) -> Res<Self> {
                if a < 0 { Self::neg(a) } else { Ok(a) }
            }
            #[inline]
            fn of_int(i: i128) -> Res<Self> {
                Self::try_from(i).map_or_else(|_| give_up(), Ok)
            }
            #[inline]
            fn of_float(_: f64) -> Res<Self> {
                give_up()
            }
        }
    )*};
}

integers!(i8 u8 i16 u16 i32 u32 i64 u64);

/// Gives up where NumPy warns: an infinite or invalid result of operands that are not.
macro_rules! floats {
    ($($t:ty)*) => {$(
        impl Arithmetic for $t {
            #[inline]
            fn add(a: Self, b: Self) -> Res<Self> {
                Unwarned::check(a + b, a, b)
            }
            #[inline]
            fn sub(a: Self, b: Self) -> Res<Self> {
                Unwarned::check(a - b, a, b)
            }
            #[inline]
            fn mul(a: Self, b: Self) -> Res<Self> {
                Unwarned::check(a * b, a, b)
            }
            fn floor_div(_: Self, _: Self) -> Res<Self> {
                give_up()
            }
            fn floor_mod(a: Self, b: Self) -> Res<Self> {
                if b == 0.0 || !a.is_finite() || !b.is_finite() {
                    return give_up();
                }
                let rest = a % b;
                Ok(if rest == 0.0 {
                    (0.0 as $t).copysign(b)
                } else if (b < 0.0) != (rest < 0.0) {
                    rest + b
                } else {
                    rest
                })
            }
            #[inline]
            fn neg(a: Self) -> Res<Self> {
                Ok(-a)
            }
            #[inline]
            fn abs(a: Self) -> Res<Self> {
                Ok(<$t>::abs(a))
            }
            #[inline]
            fn of_int(i: i128) -> Res<Self> {
                // NumPy goes over `double`.
                i64::narrow(i).map(|i| i as f64 as Self)
            }
            #[inline]
            fn of_float(f: f64) -> Res<Self> {
                let near = f as Self;
                if near.is_infinite() && f.is_finite() { give_up() } else { Ok(near) }
            }
        }
        impl Unwarned for $t {
            #[inline]
            fn check(result: Self, a: Self, b: Self) -> Res<Self> {
                if result.is_finite() {
                    return Ok(result);
                }
                float::unwarned(result.into(), a.into(), b.into()).map(|_| result)
            }
        }
    )*};
}

/// Floats whose results NumPy may warn of.
trait Unwarned: Sized {
    fn check(result: Self, a: Self, b: Self) -> Res<Self>;
}

floats!(f32 f64);

/// `a / b` of floats.
#[inline]
pub fn divide32(a: f32, b: f32) -> Res<f32> {
    if b == 0.0 {
        float::over_zero(a.into(), b.into()).map(|f| f as f32)
    } else {
        Unwarned::check(a / b, a, b)
    }
}

macro_rules! complexes {
    ($($t:ident $part:ty;)*) => {$(
        impl Arithmetic for $t {
            #[inline]
            fn add(a: Self, b: Self) -> Res<Self> {
                whole(Self { real: a.real + b.real, imag: a.imag + b.imag })
            }
            #[inline]
            fn sub(a: Self, b: Self) -> Res<Self> {
                whole(Self { real: a.real - b.real, imag: a.imag - b.imag })
            }
            #[inline]
            fn mul(a: Self, b: Self) -> Res<Self> {
                whole(Self {
                    real: a.real * b.real - a.imag * b.imag,
                    imag: a.real * b.imag + a.imag * b.real,
                })
            }
            fn floor_div(_: Self, _: Self) -> Res<Self> {
                give_up()
            }
            fn floor_mod(_: Self, _: Self) -> Res<Self> {
                give_up()
            }
            #[inline]
            fn neg(a: Self) -> Res<Self> {
                Ok(Self { real: -a.real, imag: -a.imag })
            }
            fn abs(_: Self) -> Res<Self> {
                give_up()
            }
            #[inline]
            fn of_int(i: i128) -> Res<Self> {
                Ok(Self { real: <$part>::of_int(i)?, imag: 0.0 })
            }
            #[inline]
            fn of_float(f: f64) -> Res<Self> {
                Ok(Self { real: <$part>::of_float(f)?, imag: 0.0 })
            }
            #[inline]
            fn of_complex(c: Complex) -> Res<Self> {
                Ok(Self { real: <$part>::of_float(c.real)?, imag: <$part>::of_float(c.imag)? })
            }
        }
        impl Parts for $t {
            fn is_finite(self) -> bool {
                self.real.is_finite() && self.imag.is_finite()
            }
        }
    )*};
}

trait Parts: Copy {
    fn is_finite(self) -> bool;
}

/// A complex result that NumPy does not warn of.
#[inline]
fn whole<T: Parts>(value: T) -> Res<T> {
    if value.is_finite() {
        Ok(value)
    } else {
        give_up()
    }
}

complexes! {
    Complex f64;
    Complex8 f32;
}

/// A Python `int` as a number in memory.
#[inline]
pub fn of_int<T: Arithmetic, I: Int>(i: I) -> Res<T> {
    T::of_int(i.wide())
}

/// A Python `float` as a number in memory.
#[inline]
pub fn of_float<T: Arithmetic>(f: f64) -> Res<T> {
    T::of_float(f)
}

/// Arithmetic of `numpy.float64`: a result that NumPy would warn of gives up.
pub mod float64 {
    use super::super::exc::Res;
    use super::super::float;
    use super::super::scalar::Float64;

    /// `a + b`.
    #[inline]
    pub fn add(a: f64, b: f64) -> Res<Float64> {
        float::unwarned(a + b, a, b).map(Float64)
    }
    /// `a - b`.
    #[inline]
    pub fn sub(a: f64, b: f64) -> Res<Float64> {
        float::unwarned(a - b, a, b).map(Float64)
    }
    /// `a * b`.
    #[inline]
    pub fn mul(a: f64, b: f64) -> Res<Float64> {
        float::unwarned(a * b, a, b).map(Float64)
    }
    /// `a + b`, with the flags looked at later.
    #[inline]
    pub fn plus(a: f64, b: f64) -> Float64 {
        Float64(a + b)
    }
    /// `a - b`, with the flags looked at later.
    #[inline]
    pub fn minus(a: f64, b: f64) -> Float64 {
        Float64(a - b)
    }
    /// `a * b`, with the flags looked at later.
    #[inline]
    pub fn times(a: f64, b: f64) -> Float64 {
        Float64(a * b)
    }
    /// `a / b`, with the flags looked at later.
    #[inline]
    pub fn over(a: f64, b: f64) -> Float64 {
        Float64(a / b)
    }
    /// `a / b`.
    #[inline]
    pub fn true_div(a: f64, b: f64) -> Res<Float64> {
        if b == 0.0 {
            float::over_zero(a, b).map(Float64)
        } else {
            float::unwarned(a / b, a, b).map(Float64)
        }
    }
    /// `a ** b` by the C library.
    #[inline]
    pub fn power(a: f64, b: f64) -> Res<Float64> {
        float::power_unwarned(a, b).map(Float64)
    }
    /// `-a`.
    #[inline]
    pub fn neg(a: f64) -> Float64 {
        Float64(-a)
    }
    /// `abs(a)`.
    #[inline]
    pub fn abs(a: f64) -> Float64 {
        Float64(a.abs())
    }
}

/// Arithmetic of `numpy.int64`: a result that does not fit gives up, as NumPy warns and wraps.
pub mod int64 {
    use super::super::exc::{Res, give_up};
    use super::super::scalar::{Float64, Int64};
    use super::super::{float, int};

    /// `a + b`.
    #[inline]
    pub fn add(a: i64, b: i64) -> Res<Int64> {
        int::add(a, b).map(Int64)
    }
    /// `a - b`.
    #[inline]
    pub fn sub(a: i64, b: i64) -> Res<Int64> {
        int::sub(a, b).map(Int64)
    }
    /// `a * b`.
    #[inline]
    pub fn mul(a: i64, b: i64) -> Res<Int64> {
        int::mul(a, b).map(Int64)
    }
    /// `a / b`.
    #[inline]
    pub fn true_div(a: i64, b: i64) -> Res<Float64> {
        if b == 0 {
            float::over_zero(a as f64, 0.0).map(Float64)
        } else {
            Ok(Float64(a as f64 / b as f64))
        }
    }
    /// `a // b`.
    #[inline]
    pub fn floor_div(a: i64, b: i64) -> Res<Int64> {
        if b == 0 {
            give_up()
        } else {
            int::floor_div(a, b).map(Int64)
        }
    }
    /// `a % b`.
    #[inline]
    pub fn floor_mod(a: i64, b: i64) -> Res<Int64> {
        if b == 0 {
            give_up()
        } else {
            int::floor_mod(a, b).map(Int64)
        }
    }
}

/// A Python `int` as a 64-bit element.
#[inline]
pub fn fit<I: Int>(i: I) -> Res<i64> {
    i64::narrow(i.wide())
}

/// The parts of complex numbers in memory.
pub trait Halves {
    /// What each half is.
    type Half: Element;
    /// The real and the imaginary part.
    fn halves(self) -> (Self::Half, Self::Half);
    /// The complex conjugate.
    fn turned(self) -> Self;
    /// The absolute value, by the C library; one that overflows is warned of.
    fn size(self) -> Res<Self::Half>;
}

unsafe extern "C" {
    safe fn hypot(a: f64, b: f64) -> f64;
    safe fn hypotf(a: f32, b: f32) -> f32;
}

impl Halves for Complex {
    type Half = f64;
    fn halves(self) -> (f64, f64) {
        (self.real, self.imag)
    }
    #[inline]
    fn turned(self) -> Self {
        Self {
            imag: -self.imag,
            ..self
        }
    }
    fn size(self) -> Res<f64> {
        let size = hypot(self.real, self.imag);
        if size.is_finite() {
            Ok(size)
        } else {
            give_up()
        }
    }
}

impl Halves for Complex8 {
    type Half = f32;
    fn halves(self) -> (f32, f32) {
        (self.real, self.imag)
    }
    #[inline]
    fn turned(self) -> Self {
        Self {
            imag: -self.imag,
            ..self
        }
    }
    fn size(self) -> Res<f32> {
        let size = hypotf(self.real, self.imag);
        if size.is_finite() {
            Ok(size)
        } else {
            give_up()
        }
    }
}

/// `z.conjugate()`.
#[inline]
pub fn conjugate<T: Halves>(z: T) -> T {
    z.turned()
}

/// `abs(z)`.
#[inline]
pub fn size<T: Halves>(z: T) -> Res<T::Half> {
    z.size()
}

/// `z.real`.
#[inline]
pub fn real_part<T: Halves>(z: T) -> <T::Half as Element>::Scalar {
    z.halves().0.scalar()
}

/// `z.imag`.
#[inline]
pub fn imag_part<T: Halves>(z: T) -> <T::Half as Element>::Scalar {
    z.halves().1.scalar()
}

/// A number of one dtype as one of another that holds it.
pub trait Convert<T> {
    /// The number.
    fn convert(self) -> T;
}

macro_rules! convert {
    ($($from:ty => $($to:ty)*;)*) => {$($(
        impl Convert<$to> for $from {
            #[inline]
            fn convert(self) -> $to {
                self as $to
            }
        }
    )*)*};
}

convert! {
    i8 => u8 i16 u16 i32 u32 i64 u64 f32 f64;
    u8 => i8 i16 u16 i32 u32 i64 u64 f32 f64;
    i16 => i8 u8 u16 i32 u32 i64 u64 f32 f64;
    u16 => i8 u8 i16 i32 u32 i64 u64 f32 f64;
    i32 => i8 u8 i16 u16 u32 i64 u64 f32 f64;
    u32 => i8 u8 i16 u16 i32 i64 u64 f32 f64;
    i64 => i8 u8 i16 u16 i32 u32 u64 f32 f64;
    u64 => i8 u8 i16 u16 i32 u32 i64 f32 f64;
    f32 => f64;
    f64 => f32;
}

macro_rules! convert_flags {
    ($($to:ty)*) => {$(
        impl Convert<$to> for bool {
            #[inline]
            fn convert(self) -> $to {
                u8::from(self) as $to
            }
        }
        impl Convert<$to> for Flag {
            #[inline]
            fn convert(self) -> $to {
                self.0 as $to
            }
        }
    )*};
}

convert_flags!(i8 u8 i16 u16 i32 u32 i64 u64 f32 f64);

macro_rules! convert_complex {
    ($($from:ty)*) => {$(
        impl Convert<Complex> for $from {
            #[inline]
            fn convert(self) -> Complex {
                Complex { real: self as f64, imag: 0.0 }
            }
        }
        impl Convert<Complex8> for $from {
            #[inline]
            fn convert(self) -> Complex8 {
                Complex8 { real: self as f32, imag: 0.0 }
            }
        }
    )*};
}

convert_complex!(i8 u8 i16 u16 i32 u32 i64 u64 f32 f64);

impl Convert<Complex> for Complex8 {
    #[inline]
    fn convert(self) -> Complex {
        Complex {
            real: f64::from(self.real),
            imag: f64::from(self.imag),
        }
    }
}

/// A number of one dtype as one of another that holds it.
#[inline]
pub fn convert<F: Convert<T>, T>(from: F) -> T {
    from.convert()
}

/// A float as a whole number, cut towards zero, if it fits.
#[inline]
pub fn whole_number<T: TryFrom<i128>>(f: f64) -> Res<T> {
    if !(f > -9.3e18 && f < 1.9e19) {
        return give_up();
    }
    T::try_from(f as i128).map_or_else(|_| give_up(), Ok)
}
