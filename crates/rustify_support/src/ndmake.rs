//! New arrays that NumPy's Python code makes in many steps: filled ones, places of what is set, running sums.

use super::array::Array;
use super::exc::{Res, give_up};
use super::flags::{calm, check};
use super::fused;
use super::ndfold::Reduced;
use super::numpy;
use super::scalar::Element;
use super::value::Value;

/// The most items that are sorted here.
const MOST: isize = 1024;

/// A new array in the order of C, and its items.
pub(super) fn fresh<T: Element, const N: usize>(shape: [isize; N]) -> Res<(Array<T, N>, *mut T)> {
    let api = numpy::api()?;
    let mut size = size_of::<T>() as isize;
    for extent in shape {
        match size.checked_mul(extent.max(1)) {
            Some(larger) if extent >= 0 => size = larger,
            _ => return give_up(),
        }
    }
    let (object, data) = fused::fresh(api, T::TYPE_NUM, &shape, true, size_of::<T>())?;
    Ok((Array::from_obj(&object)?, data.cast()))
}

/// An item of an array of one axis.
#[inline]
fn item<T: Element>(array: &Array<T, 1>, i: isize) -> T {
    // SAFETY: the caller counts no further than the array's extent.
    unsafe {
        array
            .data()
            .offset(i * array.strides()[0])
            .cast::<T>()
            .read()
    }
}

/// Whether the items lie in memory in the order of C, without gaps.
fn is_in_order<T: Element, const N: usize>(array: &Array<T, N>) -> bool {
    let mut size = size_of::<T>() as isize;
    for axis in (0..N).rev() {
        if array.strides()[axis] != size && array.shape()[axis] > 1 {
            return false;
        }
        size *= array.shape()[axis].max(1);
    }
    true
}

/// `numpy.empty(shape)`.
pub fn empty<T: Element, const N: usize>(shape: [isize; N]) -> Res<Array<T, N>> {
    fresh(shape).map(|(array, _)| array)
}

/// `numpy.zeros(shape)`.
pub fn zeros<T: Element, const N: usize>(shape: [isize; N]) -> Res<Array<T, N>> {
    Array::from_obj(&numpy::api()?.zeros(T::TYPE_NUM, &shape)?)
}

/// `numpy.full(shape, value)`.
pub fn full<T: Element, const N: usize>(shape: [isize; N], value: T) -> Res<Array<T, N>> {
    let (array, to) = fresh::<T, N>(shape)?;
    for k in 0..array.size() {
        // SAFETY: an item of the new array.
        unsafe { to.offset(k).write(value) };
    }
    Ok(array)
}

/// Whether an array has items and keeps them in the order of C, as new arrays do.
pub fn is_ordered<T: Element, const N: usize>(array: &Array<T, N>) -> bool {
    array.size() > 0 && (is_in_order(array) || N == 1 && array.strides()[0] > 0)
}

/// Whether an array has items, but only a few.
pub fn is_short<T: Element>(array: &Array<T, 1>) -> bool {
    (1..=MOST).contains(&array.size())
}

/// `numpy.arange(start, stop, step)` of whole numbers.
pub fn arange(start: isize, stop: isize, step: isize) -> Res<Array<i64, 1>> {
    // NumPy counts with floats.
    let near = |i: isize| i.unsigned_abs() < 1 << 40;
    if step == 0 || !near(start) || !near(stop) || !near(step) {
        return give_up();
    }
    let count = if step > 0 {
        (stop - start + step - 1).div_euclid(step)
    } else {
        (start - stop - step - 1).div_euclid(-step)
    };
    let (array, to) = fresh::<i64, 1>([count.max(0)])?;
    for k in 0..count {
        // SAFETY: an item of the new array.
        unsafe { to.offset(k).write((start + k * step) as i64) };
    }
    Ok(array)
}

/// `numpy.append(array, value)`.
pub fn append<T: Element>(array: &Array<T, 1>, value: T) -> Res<Array<T, 1>> {
    let [n] = array.shape();
    let (made, to) = fresh::<T, 1>([n + 1])?;
    for k in 0..n {
        // SAFETY: an item of the new array.
        unsafe { to.offset(k).write(item(array, k)) };
    }
    // SAFETY: the last item.
    unsafe { to.offset(n).write(value) };
    Ok(made)
}

/// `numpy.flatnonzero(array)`: NumPy's answer looks into an array of two axes.
pub fn places<T: Reduced>(array: &Array<T, 1>) -> Res<Array<i64, 1>> {
    let [n] = array.shape();
    let count = (0..n).filter(|&i| item(array, i).is_set()).count() as isize;
    let (object, to) = fused::fresh(numpy::api()?, i64::TYPE_NUM, &[count, 1], true, 8)?;
    let mut to = to.cast::<i64>();
    for i in 0..n {
        if item(array, i).is_set() {
            // SAFETY: as many as were counted.
            unsafe {
                to.write(i as i64);
                to = to.add(1);
            }
        }
    }
    let table: Array<i64, 2> = Array::from_obj(&object)?;
    Ok(table.column())
}

/// What a running total does with the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Running {
    /// `cumsum`.
    Sum,
    /// `cumprod`.
    Product,
}

/// `array.cumsum(axis)` of an array in the order of C.
pub fn running<T: Reduced, const N: usize>(
    kind: Running,
    array: &Array<T, N>,
    axis: isize,
) -> Res<Array<T::Sum, N>> {
    let axis = if axis < 0 { axis + N as isize } else { axis };
    if !(0..N as isize).contains(&axis) || !is_ordered(array) {
        return give_up();
    }
    let shape = array.shape();
    let (made, to) = fresh::<T::Sum, N>(shape)?;
    let inner: isize = shape[axis as usize + 1..].iter().product();
    let length = shape[axis as usize];
    let step = if N == 1 {
        array.strides()[0]
    } else {
        size_of::<T>() as isize
    };
    calm();
    for k in 0..array.size() {
        // SAFETY: items of both arrays, those behind which this one stands among them.
        unsafe {
            let own = array.data().offset(k * step).cast::<T>().read().widen();
            let is_first = (k / inner) % length == 0;
            to.offset(k).write(if is_first {
                own
            } else {
                let before = to.offset(k - inner).read();
                match kind {
                    Running::Sum => before.plus(own),
                    Running::Product => before.times(own),
                }
            });
        }
    }
    check()?;
    Ok(made)
}

/// `numpy.unique(array, return_counts=True)` of a few whole numbers.
pub fn unique<T: Reduced + Ord>(array: &Array<T, 1>) -> Res<(Array<T, 1>, Array<i64, 1>)> {
    let [n] = array.shape();
    let mut all: Vec<T> = Vec::new();
    if all.try_reserve_exact(n as usize).is_err() {
        return give_up();
    }
    all.extend((0..n).map(|i| item(array, i)));
    all.sort_unstable();
    let kinds = all.chunk_by(|a, b| a == b).count() as isize;
    let (values, mut value) = fresh::<T, 1>([kinds])?;
    let (counts, mut count) = fresh::<i64, 1>([kinds])?;
    for kind in all.chunk_by(|a, b| a == b) {
        // SAFETY: as many as were counted.
        unsafe {
            value.write(kind[0]);
            count.write(kind.len() as i64);
            (value, count) = (value.add(1), count.add(1));
        }
    }
    Ok((values, counts))
}

/// How many numbers `numpy.bincount` counts, if all are small and none is negative.
fn bins(keys: &Array<i64, 1>, least: isize) -> Option<isize> {
    let [n] = keys.shape();
    let mut most = least.checked_sub(1).filter(|_| least >= 0 && n > 0)?;
    for k in 0..n {
        let key = item(keys, k);
        if key < 0 {
            return None;
        }
        most = most.max(key as isize);
    }
    most.checked_add(1)
}

/// `numpy.bincount(keys, minlength=least)`.
pub fn counts(keys: &Array<i64, 1>, least: isize) -> Res<Array<i64, 1>> {
    let Some(bins) = bins(keys, least) else {
        return give_up();
    };
    let made = zeros::<i64, 1>([bins])?;
    let to = made.data().cast::<i64>();
    for k in 0..keys.shape()[0] {
        // SAFETY: no key is larger than the array.
        unsafe { *to.offset(item(keys, k) as isize) += 1 };
    }
    Ok(made)
}

/// `numpy.bincount(keys, weights, minlength=least)`.
pub fn weights(keys: &Array<i64, 1>, weights: &Array<f64, 1>, least: isize) -> Res<Array<f64, 1>> {
    let Some(bins) = bins(keys, least) else {
        return give_up();
    };
    if keys.shape() != weights.shape() {
        return give_up();
    }
    let made = zeros::<f64, 1>([bins])?;
    let to = made.data().cast::<f64>();
    for k in 0..keys.shape()[0] {
        // SAFETY: no key is larger than the array.
        unsafe { *to.offset(item(keys, k) as isize) += item(weights, k) };
    }
    // NumPy warns of none of this.
    calm();
    Ok(made)
}

/// `numpy.add.at(array, places, values)`; one value may stand for all.
pub fn add_at<T: Reduced>(
    array: &Array<T, 1>,
    places: &Array<i64, 1>,
    values: &Array<T, 1>,
) -> Res<()> {
    let ([n], [count]) = (array.shape(), places.shape());
    if values.shape() != [count] {
        return give_up();
    }
    if count == 0 {
        return array.written();
    }
    if n == 0 {
        return give_up();
    }
    let (low, high) = array.reach();
    let apart = |(from, to): (*mut u8, *mut u8)| to <= low || high <= from;
    if !apart(places.reach()) || !apart(values.reach()) {
        return give_up();
    }
    add_each(array, places, |k| item(values, k))
}

/// `numpy.add.at(array, places, value)`.
pub fn add_one_at<T: Reduced>(array: &Array<T, 1>, places: &Array<i64, 1>, value: T) -> Res<()> {
    if places.size() == 0 {
        return array.written();
    }
    if array.size() == 0 {
        return give_up();
    }
    let ((low, high), (from, to)) = (array.reach(), places.reach());
    if low < to && from < high {
        return give_up();
    }
    add_each(array, places, |_| value)
}

fn add_each<T: Reduced>(
    array: &Array<T, 1>,
    places: &Array<i64, 1>,
    value: impl Fn(isize) -> T,
) -> Res<()> {
    array.written()?;
    let [n] = array.shape();
    calm();
    for k in 0..places.shape()[0] {
        let i = item(places, k) as isize;
        let i = if i < 0 { i.wrapping_add(n) } else { i };
        if i as usize >= n as usize {
            return give_up();
        }
        // SAFETY: an aligned item inside a writable array, whose contents are kept.
        unsafe {
            let at = array.data().offset(i * array.strides()[0]).cast::<T>();
            at.write(at.read().plus(value(k)));
        }
    }
    check()
}
