//! Sums, extremes and truth of small arrays, without what NumPy does around its inner loops.

use super::array::Array;
use super::exc::Res;
use super::flags::{calm, check};
use super::fused;
use super::ndcall;
use super::ndfold::{Reduced, lane, of_all, of_lines};
use super::ndorder::is_numpys_order;
use super::ndreduce::{self, Kind, reduce};
use super::numpy;
use super::obj::Obj;
use super::scalar::{Bool8, Element, Int64};
use super::value::Value;

/// By NumPy.
#[cold]
fn asked<R: Value, T: Element, const N: usize>(kind: Kind, array: &Array<T, N>) -> Res<R> {
    R::from_obj(&reduce(kind, &array.to_obj()?, &Obj::none())?)
}

macro_rules! folds {
    ($($name:ident $kind:ident $text:literal;)*) => {$(
        #[doc = concat!("`", $text, "` over all items.")]
        pub fn $name<T: Reduced, const N: usize>(
            array: &Array<T, N>,
        ) -> Res<<T::Sum as Element>::Scalar> {
            if is_numpys_order::<T>()
                && let Some(made) = of_all(Kind::$kind, array)
            {
                return made.map(Element::scalar);
            }
            asked(Kind::$kind, array)
        }
    )*};
}

folds! {
    sum Sum "array.sum()";
    prod Prod "array.prod()";
}

/// `array.min()` and `array.max()`.
pub fn extreme<T: Reduced, const N: usize>(kind: Kind, array: &Array<T, N>) -> Res<T::Scalar> {
    let Some(lane) = lane(array).filter(|_| is_numpys_order::<T>()) else {
        return asked(kind, array);
    };
    let mut best = lane.item(0);
    let rest = lane.rest();
    match T::way(kind) {
        Some(way) if rest.count > 0 => {
            let way = way?;
            calm();
            // SAFETY: items of the type that the loop is for.
            unsafe {
                way.fold(
                    (&raw mut best).cast(),
                    rest.from.cast(),
                    rest.step,
                    rest.count,
                );
            }
            check()?;
        }
        _ => {
            for item in rest.items() {
                let takes = match kind {
                    Kind::Min => item.precedes(best),
                    _ => best.precedes(item),
                };
                if takes {
                    best = item;
                }
            }
        }
    }
    Ok(best.scalar())
}

/// `array.any()`.
pub fn any<T: Reduced, const N: usize>(array: &Array<T, N>) -> Res<Bool8> {
    match lane(array) {
        Some(lane) => Ok(Bool8(lane.items().any(T::is_set))),
        None => asked(Kind::Any, array),
    }
}

/// `array.all()`.
pub fn all<T: Reduced, const N: usize>(array: &Array<T, N>) -> Res<Bool8> {
    match lane(array) {
        Some(lane) => Ok(Bool8(lane.items().all(T::is_set))),
        None => asked(Kind::All, array),
    }
}

/// `array.argmin()` and `array.argmax()`: the first of the best, or the first NaN.
pub fn place<T: Reduced, const N: usize>(
    kind: Kind,
    array: &Array<T, N>,
    name: &Obj,
) -> Res<Int64> {
    let Some(lane) = lane(array) else {
        return Int64::from_obj(&ndcall::method_quiet(name, &[array.to_obj()?], None)?);
    };
    let (mut at, mut best) = (0, lane.item(0));
    if !best.is_nan() {
        for i in 1..lane.count {
            let item = lane.item(i);
            let takes = match kind {
                Kind::Min => best.exceeds(item) || item.is_nan(),
                _ => item.exceeds(best),
            };
            if takes {
                (at, best) = (i, item);
                if item.is_nan() {
                    break;
                }
            }
        }
    }
    Ok(Int64(at as i64))
}

/// The sum of whole numbers as a float, where no order of adding up makes a difference.
pub(super) fn whole_sum<T: Reduced, const N: usize>(array: &Array<T, N>) -> Option<f64> {
    let mut sum = 0;
    for item in lane(array)?.items() {
        sum += item.whole()?;
    }
    Some(sum as f64)
}

/// A new array of the results along an axis of a small array of two axes; nothing where NumPy is to make it.
pub(super) fn lines<T: Reduced, const N: usize, const M: usize>(
    kind: Kind,
    array: &Array<T, N>,
    axis: isize,
    keeps: bool,
) -> Res<Option<Array<T::Sum, M>>> {
    let axis = if axis < 0 { axis + 2 } else { axis };
    let is_other = kind != Kind::Sum && T::TYPE_NUM != T::Sum::TYPE_NUM;
    if N != 2
        || M != 1 + usize::from(keeps)
        || !(0..2).contains(&axis)
        || is_other
        || lane(array).is_none()
        || !is_numpys_order::<T>()
    {
        return Ok(None);
    }
    let axis = axis as usize;
    let count = array.shape()[1 - axis];
    let mut shape = [count; M];
    if keeps {
        shape[axis] = 1;
    }
    let width = size_of::<T::Sum>();
    let (object, to) = fused::fresh(numpy::api()?, T::Sum::TYPE_NUM, &shape, true, width)?;
    // SAFETY: the items of the new array, which are written before they are read.
    let to = unsafe { std::slice::from_raw_parts_mut(to.cast::<T::Sum>(), count as usize) };
    match of_lines(kind, array, axis, to) {
        Some(done) => {
            done?;
            Array::from_obj(&object).map(Some)
        }
        None => Ok(None),
    }
}

/// `array.min(axis)` and `array.max(axis)`.
pub fn extremes<T: Reduced, const N: usize, const M: usize>(
    kind: Kind,
    array: &Array<T, N>,
    axes: &[isize],
    keeps: bool,
) -> Res<Array<T, M>> {
    if let [axis] = axes
        && T::TYPE_NUM == T::Sum::TYPE_NUM
        && let Some(made) = lines::<T, N, M>(kind, array, *axis, keeps)?
    {
        return Array::from_obj(&made.into_obj()?);
    }
    over(kind, array, axes, keeps)
}

/// `array.sum(axis)`.
pub fn sums<T: Reduced, const N: usize, const M: usize>(
    array: &Array<T, N>,
    axes: &[isize],
    keeps: bool,
) -> Res<Array<T::Sum, M>> {
    if let [axis] = axes
        && let Some(made) = lines::<T, N, M>(Kind::Sum, array, *axis, keeps)?
    {
        return Ok(made);
    }
    over(Kind::Sum, array, axes, keeps)
}

/// A reduction along axes by NumPy.
pub fn over<T: Element, R: Element, const N: usize, const M: usize>(
    kind: Kind,
    array: &Array<T, N>,
    axes: &[isize],
    keeps: bool,
) -> Res<Array<R, M>> {
    let made = ndreduce::along(kind, &array.to_obj()?, axes, std::ptr::null_mut(), keeps)?;
    Array::from_obj(&made)
}
