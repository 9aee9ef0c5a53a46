//! Numbers that are an `int` in one run and a `float` in another, such as a sum that starts at 0.

use std::cmp::Ordering;
use std::ops::{BitAnd, BitOr, BitXor};

use pyo3_ffi::{self as ffi, PyObject};

use super::bits;
use super::exc::{Res, give_up};
use super::field::Field;
use super::float;
use super::handed_on::taken;
use super::int::{self, Int};
use super::ndmath::{float64, int64};
use super::obj::Obj;
use super::scalar::{Bool8, Float64, Int64};
use super::value::{Key, Value};

/// An `int` or a `float`.
#[derive(Clone, Copy, Debug)]
pub enum Num<I> {
    /// An `int`.
    Int(I),
    /// A `float`.
    Float(f64),
    /// A `numpy.float64`.
    Float64(f64),
    /// A `numpy.int64`.
    Int64(i64),
}

impl<I: Int + Value> Value for Num<I> {
    const IS_CLOSED: bool = true;
    #[inline]
    fn into_field(self) -> Res<Field> {
        match self {
            Self::Int(n) => n.into_field(),
            Self::Float(x) => Ok(Field::Float(x)),
            other => other.into_obj().map(Field::Object),
        }
    }
    #[inline]
    fn from_field(field: &Field) -> Res<Self> {
        match field {
            Field::Float(x) => Ok(Self::Float(*x)),
            Field::Int(_) | Field::Unsigned(_) => I::from_field(field).map(Self::Int),
            other => Self::from_obj(&other.object()?),
        }
    }
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        // SAFETY: promised by the caller.
        unsafe {
            if ffi::Py_TYPE(object) == &raw mut ffi::PyFloat_Type {
                return Ok(Self::Float(taken(ffi::PyFloat_AS_DOUBLE(object))));
            }
            if ffi::Py_TYPE(object) == &raw mut ffi::PyLong_Type {
                return I::from_ptr(object).map(Self::Int);
            }
            match Float64::from_ptr(object) {
                Ok(f) => Ok(Self::Float64(f.0)),
                Err(_) => Int64::from_ptr(object).map(|i| Self::Int64(i.0)),
            }
        }
    }
    fn rank(&self, other: &Self) -> Option<Ordering> {
        // Between numbers that `float` holds, all ways to compare agree.
        let is_near = |n: &Self| match n {
            Self::Int(i) => i.wide().unsigned_abs() <= 1 << 53,
            Self::Int64(i) => i.unsigned_abs() <= 1 << 53,
            Self::Float(_) | Self::Float64(_) => true,
        };
        if is_near(self) && is_near(other) {
            self.float().partial_cmp(&other.float())
        } else {
            None
        }
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        match self {
            Self::Int(i) => i.into_obj(),
            Self::Float(f) => f.into_obj(),
            Self::Float64(f) => Float64(f).into_obj(),
            Self::Int64(i) => Int64(i).into_obj(),
        }
    }
}
impl<I: Int + Value> Key for Num<I> {
    fn check_key(&self) -> Res<()> {
        match self {
            Self::Int(_) | Self::Int64(_) => Ok(()),
            Self::Float(f) | Self::Float64(f) => f.check_key(),
        }
    }
}

/// What counts as a number here.
pub trait Number<I>: Copy {
    /// As an `int` or a `float`.
    fn num(self) -> Num<I>;
}

impl<I: Int> Number<I> for Num<I> {
    #[inline]
    fn num(self) -> Self {
        self
    }
}
impl<I: Int> Number<I> for I {
    #[inline]
    fn num(self) -> Num<I> {
        Num::Int(self)
    }
}
impl<I: Int> Number<I> for f64 {
    #[inline]
    fn num(self) -> Num<I> {
        Num::Float(self)
    }
}

impl<I: Int> Number<I> for Float64 {
    #[inline]
    fn num(self) -> Num<I> {
        Num::Float64(self.0)
    }
}

impl<I: Int> Num<I> {
    /// A whole number as NumPy's, if it is one and fits.
    #[inline]
    fn int64(self) -> Option<i64> {
        match self {
            Self::Int(i) => i64::narrow(i.wide()).ok(),
            Self::Int64(i) => Some(i),
            _ => None,
        }
    }

    /// Whether it is one of NumPy.
    #[inline]
    pub fn is_numpys(self) -> bool {
        matches!(self, Self::Float64(_) | Self::Int64(_))
    }

    /// The nearest `float`.
    #[inline]
    pub fn float(self) -> f64 {
        match self {
            Self::Int(i) => i.to_f64(),
            Self::Float(f) | Self::Float64(f) => f,
            Self::Int64(i) => i as f64,
        }
    }
}

macro_rules! arithmetic {
    ($($name:ident $int:path, $float:expr, $float64:expr, $int64:expr;)*) => {$(
        /// The operation of that name on two numbers.
        #[inline]
        pub fn $name<I: Int>(a: impl Number<I>, b: impl Number<I>) -> Res<Num<I>> {
            match (a.num(), b.num()) {
                (Num::Int(a), Num::Int(b)) => $int(a, b).map(Num::Int),
                (a @ (Num::Float64(_) | Num::Int64(_)), b) | (a, b @ (Num::Float64(_) | Num::Int64(_))) => {
                    let whole = |n| matches!(n, Num::Int(_) | Num::Int64(_));
                    if whole(a) && whole(b) {
                        let (Some(a), Some(b)) = (a.int64(), b.int64()) else {
                            return give_up();
                        };
                        let result: Res<Int64> = $int64(a, b);
                        return result.map(|r| Num::Int64(r.0));
                    }
                    let result: Res<Float64> = $float64(a.float(), b.float());
                    result.map(|r| Num::Float64(r.0))
                }
                (a, b) => $float(a.float(), b.float()).map(Num::Float),
            }
        }
    )*};
}

/// An operation on `numpy.float64` that is left to NumPy.
fn numpys<A, B>(_: A, _: A) -> Res<B> {
    give_up()
}

arithmetic! {
    add int::add, |a: f64, b: f64| Res::Ok(a + b), float64::add, int64::add;
    sub int::sub, |a: f64, b: f64| Res::Ok(a - b), float64::sub, int64::sub;
    mul int::mul, |a: f64, b: f64| Res::Ok(a * b), float64::mul, int64::mul;
    plus int::add, |a: f64, b: f64| Res::Ok(a + b), |a: f64, b: f64| Res::Ok(float64::plus(a, b)), int64::add;
    minus int::sub, |a: f64, b: f64| Res::Ok(a - b), |a: f64, b: f64| Res::Ok(float64::minus(a, b)), int64::sub;
    times int::mul, |a: f64, b: f64| Res::Ok(a * b), |a: f64, b: f64| Res::Ok(float64::times(a, b)), int64::mul;
    floor_div int::floor_div, float::floor_div, numpys, int64::floor_div;
    floor_mod int::floor_mod, float::floor_mod, numpys, int64::floor_mod;
    power int::pow, float::power, float64::power, numpys;
}

/// `a / b`.
#[inline]
pub fn true_div<I: Int>(a: impl Number<I>, b: impl Number<I>) -> Res<Num<I>> {
    match (a.num(), b.num()) {
        (Num::Int(a), Num::Int(b)) => int::true_div(a, b).map(Num::Float),
        (a @ (Num::Float64(_) | Num::Int64(_)), b) | (a, b @ (Num::Float64(_) | Num::Int64(_))) => {
            float64::true_div(a.float(), b.float()).map(|r| Num::Float64(r.0))
        }
        (a, b) => float::div(a.float(), b.float()).map(Num::Float),
    }
}

macro_rules! bits {
    ($($name:ident |$a:ident, $b:ident| $int:expr;)*) => {$(
        /// The operation of that name on whole numbers.
        #[inline]
        pub fn $name<I>(a: Num<I>, b: Num<I>) -> Res<Num<I>>
        where
            I: Int + BitAnd<Output = I> + BitOr<Output = I> + BitXor<Output = I>,
        {
            if let (Num::Int($a), Num::Int($b)) = (a, b) {
                return $int.map(Num::Int);
            }
            match (a.int64(), b.int64()) {
                (Some(a), Some(b)) => Ok(Num::Int64(bits::$name(a, b))),
                _ => give_up(),
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

/// The answer of a comparison: NumPy's if one of its sides is.
#[inline]
pub fn verdict(test: bool, is_numpys: bool) -> Res<Obj> {
    if is_numpys {
        Bool8(test).into_obj()
    } else {
        test.into_obj()
    }
}

/// A number that is no `int`.
#[inline]
pub fn unless_int<I: Int>(a: Num<I>) -> Res<Num<I>> {
    match a {
        Num::Int(_) => give_up(),
        other => Ok(other),
    }
}

/// `-a`.
#[inline]
pub fn neg<I: Int>(a: Num<I>) -> Res<Num<I>> {
    match a {
        Num::Int(i) => int::neg(i).map(Num::Int),
        Num::Float(f) => Ok(Num::Float(-f)),
        Num::Float64(f) => Ok(Num::Float64(-f)),
        Num::Int64(i) => i.checked_neg().map_or_else(give_up, |i| Ok(Num::Int64(i))),
    }
}

/// `abs(a)`.
#[inline]
pub fn abs<I: Int>(a: Num<I>) -> Res<Num<I>> {
    match a {
        Num::Int(i) => int::abs(i).map(Num::Int),
        Num::Float(f) => Ok(Num::Float(f.abs())),
        Num::Float64(f) => Ok(Num::Float64(f.abs())),
        Num::Int64(i) => i.checked_abs().map_or_else(give_up, |i| Ok(Num::Int64(i))),
    }
}

/// `bool(a)`.
#[inline]
pub fn truth<I: Int>(a: Num<I>) -> bool {
    match a {
        Num::Int(i) => i != I::ZERO,
        Num::Float(f) | Num::Float64(f) => f != 0.0,
        Num::Int64(i) => i != 0,
    }
}

/// How two numbers compare; nothing where one is NaN.
#[inline]
pub fn order<I: Int>(a: impl Number<I>, b: impl Number<I>) -> Option<Ordering> {
    match (a.num(), b.num()) {
        (Num::Int(a), Num::Int(b)) => Some(a.cmp(&b)),
        (Num::Int(a), Num::Float(b)) => int::compare_float(a, b),
        (Num::Float(a), Num::Int(b)) => int::compare_float(b, a).map(Ordering::reverse),
        (Num::Int64(a), Num::Int64(b)) => Some(a.cmp(&b)),
        (Num::Int(a), Num::Int64(b)) => Some(a.wide().cmp(&i128::from(b))),
        (Num::Int64(a), Num::Int(b)) => Some(i128::from(a).cmp(&b.wide())),
        // NumPy compares whole numbers with others as floats, where Python is exact.
        (a, b) => a.float().partial_cmp(&b.float()),
    }
}

/// `a < b`.
#[inline]
pub fn lt<I: Int>(a: impl Number<I>, b: impl Number<I>) -> bool {
    order(a, b) == Some(Ordering::Less)
}
/// `a <= b`.
#[inline]
pub fn le<I: Int>(a: impl Number<I>, b: impl Number<I>) -> bool {
    matches!(order(a, b), Some(Ordering::Less | Ordering::Equal))
}
/// `a == b`.
#[inline]
pub fn eq<I: Int>(a: impl Number<I>, b: impl Number<I>) -> bool {
    order(a, b) == Some(Ordering::Equal)
}

/// `int(a)`.
#[inline]
pub fn to_int<I: Int>(a: Num<I>) -> Res<I> {
    match a {
        Num::Int(i) => Ok(i),
        Num::Float(f) | Num::Float64(f) => float::to_int(f),
        Num::Int64(i) => I::narrow(i128::from(i)),
    }
}
