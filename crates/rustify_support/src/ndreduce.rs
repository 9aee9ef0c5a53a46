//! Reductions of arrays: the sums are NumPy's own, and what its Python code does around them is done here.

use std::cell::Cell;
use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject};

use super::array::Array;
use super::exc::{Res, give_up};
use super::fused;
use super::numpy::{self, answer, arm};
use super::obj::Obj;
use super::scalar::{Element, Float64};
use super::value::Value;

/// The method `reduce` of a ufunc, kept for ever.
struct Reduce(Cell<*mut PyObject>);

// SAFETY: the interpreter is held at each access.
unsafe impl Sync for Reduce {}

impl Reduce {
    const fn new() -> Self {
        Self(Cell::new(std::ptr::null_mut()))
    }

    fn get(&self, ufunc: &CStr) -> Res<*mut PyObject> {
        if self.0.get().is_null() {
            let ufunc = numpy::api()?.member(ufunc)?;
            // SAFETY: a method of NumPy's own object.
            let found = unsafe {
                Obj::owned(ffi::PyObject_GetAttrString(ufunc.ptr(), c"reduce".as_ptr()))?
            };
            self.0.set(found.into_ptr());
        }
        Ok(self.0.get())
    }
}

/// What is reduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `sum`.
    Sum,
    /// `prod`.
    Prod,
    /// `min`.
    Min,
    /// `max`.
    Max,
    /// `any`.
    Any,
    /// `all`.
    All,
}

/// `reduce(array, axis)` as the methods of arrays call it.
pub fn reduce(kind: Kind, array: &Obj, axis: &Obj) -> Res<Obj> {
    with_dtype(kind, array, axis, std::ptr::null_mut())
}

pub(super) fn with_dtype(kind: Kind, array: &Obj, axis: &Obj, dtype: *mut PyObject) -> Res<Obj> {
    static ADD: Reduce = Reduce::new();
    static MULTIPLY: Reduce = Reduce::new();
    static MINIMUM: Reduce = Reduce::new();
    static MAXIMUM: Reduce = Reduce::new();
    static OR: Reduce = Reduce::new();
    static AND: Reduce = Reduce::new();
    let Some(type_num) = numpy::type_num(numpy::api()?, array) else {
        return give_up();
    };
    if !axis_fits(axis) {
        return give_up();
    }
    let picks = matches!(kind, Kind::Min | Kind::Max);
    numpy::watch_or_arm(!picks && !numpy::is_whole(type_num))?;
    let method = match kind {
        Kind::Sum => ADD.get(c"add")?,
        Kind::Prod => MULTIPLY.get(c"multiply")?,
        Kind::Min => MINIMUM.get(c"minimum")?,
        Kind::Max => MAXIMUM.get(c"maximum")?,
        Kind::Any => OR.get(c"logical_or")?,
        Kind::All => AND.get(c"logical_and")?,
    };
    let dtype = if matches!(kind, Kind::Any | Kind::All) {
        (&raw mut ffi::PyBool_Type).cast()
    } else {
        dtype
    };
    let args = [array.ptr(), axis.ptr(), dtype];
    let n = if dtype.is_null() { 2 } else { 3 };
    // SAFETY: a method of NumPy's own with live arguments.
    unsafe {
        answer(ffi::PyObject_Vectorcall(
            method,
            args.as_ptr(),
            n,
            std::ptr::null_mut(),
        ))
    }
}

/// `None`, or an `int`.
fn axis_fits(axis: &Obj) -> bool {
    // SAFETY: `None` lives for ever.
    axis.ptr() == unsafe { ffi::Py_None() } || axis.class() == &raw mut ffi::PyLong_Type
}

/// Elements whose means are of their own type.
pub trait Average: Element {
    /// As a double.
    fn double(self) -> f64;
    /// From a double, rounded.
    fn of_double(f: f64) -> Self;
    /// The difference to a mean.
    fn minus(self, other: Self) -> Self;
    /// The sum.
    fn plus(self, other: Self) -> Self;
    /// The square.
    fn squared(self) -> Self;
    /// The square root.
    fn root(self) -> Self;
}

macro_rules! average {
    ($($t:ty)*) => {$(
        impl Average for $t {
            #[inline]
            fn double(self) -> f64 {
                f64::from(self)
            }
            #[inline]
            fn of_double(f: f64) -> Self {
                f as Self
            }
            #[inline]
            fn minus(self, other: Self) -> Self {
                self - other
            }
            #[inline]
            fn plus(self, other: Self) -> Self {
                self + other
            }
            #[inline]
            fn squared(self) -> Self {
                self * self
            }
            #[inline]
            fn root(self) -> Self {
                self.sqrt()
            }
        }
    )*};
}

average!(f64 f32);

/// The sum of all items.
fn total<T: Average>(array: &Obj) -> Res<T> {
    let sum = reduce(Kind::Sum, array, &Obj::none())?;
    Ok(T::of_scalar(T::Scalar::from_obj(&sum)?))
}

/// A quotient as NumPy computes it, over a whole number of items.
pub(super) fn share<T: Average>(sum: T, n: isize) -> Res<T> {
    let quotient = T::of_double(sum.double() / n as f64);
    // Only a sum that is not finite gives one that is not.
    if quotient.double().is_finite() || !sum.double().is_finite() {
        Ok(quotient)
    } else {
        give_up()
    }
}

/// `array.mean()`.
pub fn mean<T: Average, const N: usize>(array: &Array<T, N>) -> Res<T::Scalar> {
    if array.size() == 0 {
        return give_up();
    }
    let sum = total::<T>(&array.to_obj()?)?;
    Ok(share(sum, array.size())?.scalar())
}

/// `array.mean()` of whole numbers or truth values.
pub fn mean_of_whole<T: Element, const N: usize>(array: &Array<T, N>) -> Res<Float64> {
    if array.size() == 0 {
        return give_up();
    }
    let api = arm()?;
    let double = api.descr(f64::TYPE_NUM)?;
    let sum = with_dtype(Kind::Sum, &array.to_obj()?, &Obj::none(), double.ptr())?;
    share(Float64::from_obj(&sum)?.0, array.size()).map(Float64)
}

fn variance<T: Average, const N: usize>(array: &Array<T, N>, taken: isize) -> Res<T> {
    let n = array.size();
    if n <= taken.max(0) || taken < 0 {
        return give_up();
    }
    let mean = share(total::<T>(&array.to_obj()?)?, n)?;
    let squares: Array<T, N> = fused::made([array.operand::<N>()], &mut |n, from, out| {
        let x = fused::items::<T>(from[0], n);
        let out = fused::places::<T>(out, n);
        for k in 0..n {
            out[k] = x[k].minus(mean).squared();
        }
        Ok(())
    })?;
    share(total::<T>(&squares.to_obj()?)?, n - taken)
}

/// `array.var(ddof=taken)`.
pub fn var<T: Average, const N: usize>(array: &Array<T, N>, taken: isize) -> Res<T::Scalar> {
    Ok(variance(array, taken)?.scalar())
}

/// `array.std(ddof=taken)`.
pub fn std<T: Average, const N: usize>(array: &Array<T, N>, taken: isize) -> Res<T::Scalar> {
    Ok(variance(array, taken)?.root().scalar())
}
