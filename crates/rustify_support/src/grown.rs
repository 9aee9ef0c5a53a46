//! Numbers that are Python's at first and NumPy's of one dtype later, such as a sum that starts at 0 over an array of
//! a narrow dtype. Between two of Python the arithmetic is Python's; beside one of NumPy they take on its dtype.

use std::cmp::Ordering;
use std::ops::{BitAnd, BitOr, BitXor};

use pyo3_ffi::{self as ffi, PyObject};

use super::bits::Bits;
use super::complex::{self, Complex};
use super::exc::{Res, give_up};
use super::float;
use super::handed_on::taken;
use super::int::{self, Int};
use super::ndmath::{Arithmetic, Convert, divide32};
use super::num::Num;
use super::obj::Obj;
use super::scalar::{Complex8, Element};
use super::value::{Key, Value};

/// A number of Python, or one of NumPy that arrays of `T` hold.
#[derive(Clone, Copy, Debug)]
pub enum Grown<I, T> {
    /// An `int`.
    Int(I),
    /// A `float`.
    Float(f64),
    /// A `complex`.
    Complex(Complex),
    /// A number of NumPy.
    Np(T),
}

impl<I: Int + Value, T: Element> Value for Grown<I, T> {
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        // SAFETY: promised by the caller.
        unsafe {
            let class = ffi::Py_TYPE(object);
            if class == &raw mut ffi::PyLong_Type {
                I::from_ptr(object).map(Self::Int)
            } else if class == &raw mut ffi::PyFloat_Type {
                Ok(Self::Float(taken(ffi::PyFloat_AS_DOUBLE(object))))
            } else if class == &raw mut ffi::PyComplex_Type {
                Complex::from_ptr(object).map(Self::Complex)
            } else {
                T::Scalar::from_ptr(object).map(|s| Self::Np(T::of_scalar(s)))
            }
        }
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        match self {
            Self::Int(i) => i.into_obj(),
            Self::Float(f) => f.into_obj(),
            Self::Complex(c) => c.into_obj(),
            Self::Np(t) => t.scalar().into_obj(),
        }
    }
}

impl<I: Int + Value, T: Element> Key for Grown<I, T> {
    fn check_key(&self) -> Res<()> {
        match self {
            Self::Int(_) => Ok(()),
            _ => give_up(),
        }
    }
}

impl<I: Int, T: Arithmetic> Grown<I, T> {
    /// The number beside one of NumPy.
    #[inline]
    pub fn item(self) -> Res<T> {
        match self {
            Self::Int(i) => T::of_int(i.wide()),
            Self::Float(f) => T::of_float(f),
            Self::Complex(c) => T::of_complex(c),
            Self::Np(t) => Ok(t),
        }
    }

    /// Whether it is one of NumPy.
    #[inline]
    pub fn is_numpys(self) -> bool {
        matches!(self, Self::Np(_))
    }

    /// A number of Python as a `float`; for floats only.
    #[inline]
    fn plain(self) -> Res<f64> {
        match self {
            Self::Int(i) => Ok(i.to_f64()),
            Self::Float(f) => Ok(f),
            _ => give_up(),
        }
    }

    /// A number of Python as a `complex`.
    #[inline]
    fn whole(self) -> Res<Complex> {
        match self {
            Self::Complex(c) => Ok(c),
            other => complex::Operand::complex(other.plain()?),
        }
    }
}

impl<I: Int, T: Arithmetic + Convert<f64>> Grown<I, T> {
    /// `float(self)`.
    #[inline]
    pub fn float(self) -> Res<f64> {
        match self {
            Self::Np(t) => Ok(t.convert()),
            other => other.plain(),
        }
    }

    /// `int(self)`.
    #[inline]
    pub fn cut(self) -> Res<I> {
        match self {
            Self::Int(i) => Ok(i),
            other => float::to_int(other.float()?),
        }
    }
}

impl<I: Int, T: Arithmetic + TryInto<i64>> Grown<I, T> {
    /// As a number of any kind; a whole number of NumPy counts as `int64`, beside which others compute alike.
    #[inline]
    pub fn num(self) -> Res<Num<I>> {
        Ok(match self {
            Self::Int(i) => Num::Int(i),
            Self::Float(f) => Num::Float(f),
            Self::Complex(_) => return give_up(),
            Self::Np(t) => match t.try_into() {
                Ok(i) => Num::Int64(i),
                Err(_) => return give_up(),
            },
        })
    }

    /// As an index.
    #[inline]
    pub fn index_of(self) -> Res<I> {
        match self.num()? {
            Num::Int(i) => Ok(i),
            Num::Int64(i) => I::narrow(i128::from(i)),
            _ => give_up(),
        }
    }
}

impl<I: Int, T: Copy> Grown<I, T>
where
    i128: From<T>,
{
    /// A whole number with room for all kinds.
    #[inline]
    pub fn wide(self) -> i128 {
        match self {
            Self::Int(i) => i.wide(),
            Self::Np(t) => i128::from(t),
            // Numbers of other kinds do not grow to whole ones.
            Self::Float(_) | Self::Complex(_) => 0,
        }
    }
}

macro_rules! parts {
    ($($part:ident $half:ident $single:ident;)*) => {$(
        /// The part of that name.
        #[inline]
        pub fn $half<I: Int>(z: Grown<I, Complex>) -> Num<I> {
            match z {
                Grown::Int(i) => Num::Int(if stringify!($part) == "real" { i } else { I::ZERO }),
                Grown::Float(f) => Num::Float(if stringify!($part) == "real" { f } else { 0.0 }),
                Grown::Complex(c) => Num::Float(c.$part),
                Grown::Np(c) => Num::Float64(c.$part),
            }
        }
        /// The part of that name, of single precision.
        #[inline]
        pub fn $single<I: Int>(z: Grown<I, Complex8>) -> Grown<I, f32> {
            match z {
                Grown::Int(i) => Grown::Int(if stringify!($part) == "real" { i } else { I::ZERO }),
                Grown::Float(f) => Grown::Float(if stringify!($part) == "real" { f } else { 0.0 }),
                Grown::Complex(c) => Grown::Float(c.$part),
                Grown::Np(c) => Grown::Np(c.$part),
            }
        }
    )*};
}

parts! {
    real real_part real_single;
    imag imag_part imag_single;
}

macro_rules! arithmetic {
    ($($name:ident $int:path, $float:expr, $complex:path, $np:ident;)*) => {$(
        /// The operation of that name.
        #[inline]
        pub fn $name<I: Int, T: Arithmetic>(a: Grown<I, T>, b: Grown<I, T>) -> Res<Grown<I, T>> {
            match (a, b) {
                (Grown::Int(a), Grown::Int(b)) => $int(a, b).map(Grown::Int),
                (Grown::Np(_), _) | (_, Grown::Np(_)) => T::$np(a.item()?, b.item()?).map(Grown::Np),
                (Grown::Complex(_), _) | (_, Grown::Complex(_)) => {
                    $complex(a.whole()?, b.whole()?).map(Grown::Complex)
                }
                (a, b) => $float(a.plain()?, b.plain()?).map(Grown::Float),
            }
        }
    )*};
}

/// An operation on complex numbers that there is not.
fn never(_: Complex, _: Complex) -> Res<Complex> {
    give_up()
}

arithmetic! {
    add int::add, |a: f64, b: f64| Res::Ok(a + b), complex::add, add;
    sub int::sub, |a: f64, b: f64| Res::Ok(a - b), complex::sub, sub;
    mul int::mul, |a: f64, b: f64| Res::Ok(a * b), complex::mul, mul;
    floor_div int::floor_div, float::floor_div, never, floor_div;
    floor_mod int::floor_mod, float::floor_mod, never, floor_mod;
}

/// `a / b` beside `float32`.
#[inline]
pub fn true_div<I: Int>(a: Grown<I, f32>, b: Grown<I, f32>) -> Res<Grown<I, f32>> {
    match (a, b) {
        (Grown::Np(_), _) | (_, Grown::Np(_)) => divide32(a.item()?, b.item()?).map(Grown::Np),
        (Grown::Int(a), Grown::Int(b)) => int::true_div(a, b).map(Grown::Float),
        (a, b) => float::div(a.plain()?, b.plain()?).map(Grown::Float),
    }
}

/// How two numbers compare beside `float32`; nothing where one is NaN.
#[inline]
pub fn order<I: Int>(a: Grown<I, f32>, b: Grown<I, f32>) -> Res<Option<Ordering>> {
    Ok(match (a, b) {
        (Grown::Np(_), _) | (_, Grown::Np(_)) => a.item()?.partial_cmp(&b.item()?),
        (Grown::Int(a), Grown::Int(b)) => Some(a.cmp(&b)),
        (Grown::Int(a), Grown::Float(b)) => int::compare_float(a, b),
        (Grown::Float(a), Grown::Int(b)) => int::compare_float(b, a).map(Ordering::reverse),
        (a, b) => a.plain()?.partial_cmp(&b.plain()?),
    })
}

/// `a < b`.
#[inline]
pub fn lt<I: Int>(a: Grown<I, f32>, b: Grown<I, f32>) -> Res<bool> {
    Ok(order(a, b)? == Some(Ordering::Less))
}

/// `a <= b`.
#[inline]
pub fn le<I: Int>(a: Grown<I, f32>, b: Grown<I, f32>) -> Res<bool> {
    Ok(matches!(
        order(a, b)?,
        Some(Ordering::Less | Ordering::Equal)
    ))
}

/// `a == b`.
#[inline]
pub fn eq<I: Int>(a: Grown<I, f32>, b: Grown<I, f32>) -> Res<bool> {
    Ok(order(a, b)? == Some(Ordering::Equal))
}

macro_rules! bits {
    ($($name:ident |$a:ident, $b:ident| $int:expr;)*) => {$(
        /// The operation of that name on whole numbers.
        #[inline]
        pub fn $name<I: Int + BitAnd<Output = I> + BitOr<Output = I> + BitXor<Output = I>, T: Arithmetic + Bits>(a: Grown<I, T>, b: Grown<I, T>) -> Res<Grown<I, T>> {
            match (a, b) {
                (Grown::Int($a), Grown::Int($b)) => $int.map(Grown::Int),
                (a, b) => Ok(Grown::Np(T::$name(a.item()?, b.item()?))),
            }
        }
    )*};
}

bits! {
    bit_and |a, b| Res::Ok(a & b);
    bit_or |a, b| Res::Ok(a | b);
    bit_xor |a, b| Res::Ok(a ^ b);
    shl |a, b| int::shl(a, b);
    shr |a, b| int::shr(a, b);
}
