//! Means and variances of arrays: the sums are NumPy's own, and what its Python code does around them is done here.

use super::array::Array;
use super::errstate;
use super::exc::{Res, give_up};
use super::flags::{calm, check};
use super::fused::{self, BLOCK, Buffer};
use super::ndfold::{Lane, Reduced, lane};
use super::ndorder::is_numpys_order;
use super::ndreduce::{self, Kind};
use super::ndtotal;
use super::numpy;
use super::obj::Obj;
use super::scalar::{Element, Float64};
use super::value::Value;

/// Elements whose means are of their own type.
pub trait Average: Reduced<Sum = Self> {
    /// As a double.
    fn double(self) -> f64;
    /// From a double, rounded.
    fn of_double(f: f64) -> Self;
    /// The difference to a mean.
    fn minus(self, other: Self) -> Self;
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
    Ok(share(total(array)?, array.size())?.scalar())
}

fn total<T: Average, const N: usize>(array: &Array<T, N>) -> Res<T> {
    ndtotal::sum(array).map(T::of_scalar)
}

/// `array.mean()` of whole numbers or truth values.
pub fn mean_of_whole<T: Reduced, const N: usize>(array: &Array<T, N>) -> Res<Float64> {
    if array.size() == 0 {
        return give_up();
    }
    let sum = match ndtotal::whole_sum(array) {
        Some(sum) => sum,
        None => {
            let double = errstate::arm()?.descr(f64::TYPE_NUM)?;
            let object = array.to_obj()?;
            let sum = ndreduce::with_dtype(Kind::Sum, &object, &Obj::none(), double.ptr(), false)?;
            Float64::from_obj(&sum)?.0
        }
    };
    share(sum, array.size()).map(Float64)
}

/// The sum of squared distances to the mean.
fn scatter<T: Average, const N: usize>(array: &Array<T, N>, mean: T) -> Res<T> {
    if let Some(lane) = lane(array)
        && lane.count <= BLOCK
        && is_numpys_order::<T>()
    {
        calm();
        let mut room = Buffer::<T>::new();
        let squares = room.places(lane.count);
        for (to, item) in squares.iter_mut().zip(lane.items()) {
            *to = item.minus(mean).squared();
        }
        let squares = Lane {
            from: squares.as_ptr(),
            count: squares.len(),
            step: size_of::<T>() as isize,
        };
        let sum = squares.folded(T::ZERO, Kind::Sum)?;
        check()?;
        return Ok(sum);
    }
    let squares: Array<T, N> = fused::made([array.operand::<N>()], &mut |n, from, out| {
        let x = fused::items::<T>(from[0], n);
        let out = fused::places::<T>(out, n);
        for k in 0..n {
            out[k] = x[k].minus(mean).squared();
        }
        Ok(())
    })?;
    total(&squares)
}

fn variance<T: Average, const N: usize>(array: &Array<T, N>, taken: isize) -> Res<T> {
    let n = array.size();
    if n <= taken.max(0) || taken < 0 {
        return give_up();
    }
    let mean = share(total(array)?, n)?;
    share(scatter(array, mean)?, n - taken)
}

/// `array.var(ddof=taken)`.
pub fn var<T: Average, const N: usize>(array: &Array<T, N>, taken: isize) -> Res<T::Scalar> {
    Ok(variance(array, taken)?.scalar())
}

/// `array.std(ddof=taken)`.
pub fn std<T: Average, const N: usize>(array: &Array<T, N>, taken: isize) -> Res<T::Scalar> {
    Ok(variance(array, taken)?.root().scalar())
}

/// How many items along some axes make one result, of an array that has items.
fn counted<T: Element, const N: usize>(array: &Array<T, N>, axes: &[isize]) -> Res<isize> {
    let mut count = 1;
    for axis in axes {
        let at = if *axis < 0 { axis + N as isize } else { *axis };
        if at < 0 || at as usize >= N {
            return give_up();
        }
        count *= array.shape()[at as usize];
    }
    if array.size() == 0 {
        give_up()
    } else {
        Ok(count)
    }
}

/// Changes each item of a new array, whose items lie side by side in some order.
fn each<T: Element, const M: usize>(
    array: &Array<T, M>,
    mut change: impl FnMut(T) -> Res<T>,
) -> Res<()> {
    let mut size = size_of::<T>() as isize;
    let (shape, strides) = (array.shape(), array.strides());
    let mut axes: [usize; M] = std::array::from_fn(|axis| axis);
    axes.sort_unstable_by_key(|&axis| (strides[axis], shape[axis] != 1));
    for axis in axes {
        if shape[axis] != 1 && strides[axis] != size {
            return give_up();
        }
        size *= shape[axis];
    }
    for k in 0..array.size() {
        // SAFETY: an item of an array that nobody else sees.
        unsafe {
            let item = array.data().cast::<T>().offset(k);
            item.write(change(item.read())?);
        }
    }
    Ok(())
}

/// `array.mean(axis)` of an array of several axes; whole numbers have means of doubles.
pub fn mean_along<T: Reduced, R: Average, const N: usize, const M: usize>(
    array: &Array<T, N>,
    axes: &[isize],
    keeps: bool,
) -> Res<Array<R, M>> {
    let count = counted(array, axes)?;
    let sums: Array<R, M> = if T::TYPE_NUM == R::TYPE_NUM {
        Array::from_obj(&ndtotal::sums::<T, N, M>(array, axes, keeps)?.into_obj()?)?
    } else {
        let dtype = numpy::api()?.descr(R::TYPE_NUM)?;
        let object = array.to_obj()?;
        errstate::arm()?;
        Array::from_obj(&ndreduce::along(
            Kind::Sum,
            &object,
            axes,
            dtype.ptr(),
            keeps,
        )?)?
    };
    each(&sums, |sum| share(sum, count))?;
    Ok(sums)
}

fn variances<T: Average, const N: usize, const M: usize>(
    array: &Array<T, N>,
    axes: &[isize],
    keeps: bool,
    taken: isize,
) -> Res<Array<T, M>> {
    let count = counted(array, axes)?;
    if count <= taken || taken < 0 {
        return give_up();
    }
    let means = mean_along::<T, T, N, N>(array, axes, true)?;
    let operands = [array.operand::<N>(), means.operand::<N>()];
    let squares: Array<T, N> = fused::made(operands, &mut |n, from, out| {
        let (x, means) = (fused::items::<T>(from[0], n), fused::items::<T>(from[1], n));
        let out = fused::places::<T>(out, n);
        for k in 0..n {
            out[k] = x[k].minus(means[k]).squared();
        }
        Ok(())
    })?;
    let sums = ndtotal::sums::<T, N, M>(&squares, axes, keeps)?;
    each(&sums, |sum| share(sum, count - taken))?;
    Ok(sums)
}

/// `array.var(axis, ddof=taken)`.
pub fn var_along<T: Average, const N: usize, const M: usize>(
    array: &Array<T, N>,
    axes: &[isize],
    keeps: bool,
    taken: isize,
) -> Res<Array<T, M>> {
    variances(array, axes, keeps, taken)
}

/// `array.std(axis, ddof=taken)`.
pub fn std_along<T: Average, const N: usize, const M: usize>(
    array: &Array<T, N>,
    axes: &[isize],
    keeps: bool,
    taken: isize,
) -> Res<Array<T, M>> {
    let made: Array<T, M> = variances(array, axes, keeps, taken)?;
    each(&made, |variance| Ok(variance.root()))?;
    Ok(made)
}
