//! Percentiles and quantiles of floats of one axis, by the linear method, without the Python code that NumPy runs.

use pyo3_ffi as ffi;

use super::array::Array;
use super::exc::{Res, give_up};
use super::fused;
use super::ndcall;
use super::numpy;
use super::obj::Obj;
use super::scalar::{Element, Float64};
use super::value::Value;

/// Beyond so many items NumPy's selection is faster than sorting all.
const MOST: isize = 2048;

/// `numpy.percentile(array, q)`, or `numpy.quantile` where a whole is 1, with a number.
pub fn one(array: &Array<f64, 1>, q: &Obj, whole: f64, function: &Obj) -> Res<Float64> {
    if let Some(sorted) = sorted(array)?
        && let Some(value) = number(q).and_then(|q| at(&sorted, q / whole))
    {
        return Ok(Float64(value));
    }
    let made = ndcall::call(function, &[array.to_obj()?, q.clone()], None)?;
    Float64::from_obj(&made)
}

/// The same with a list of numbers.
pub fn many(array: &Array<f64, 1>, qs: &Obj, whole: f64, function: &Obj) -> Res<Array<f64, 1>> {
    if let Some(sorted) = sorted(array)?
        && let Some(values) = all(&sorted, qs, whole)
    {
        let api = numpy::api()?;
        let (object, data) = fused::fresh(api, f64::TYPE_NUM, &[values.len() as isize], true, 8)?;
        // SAFETY: the new array has room for so many items.
        unsafe {
            data.cast::<f64>()
                .copy_from_nonoverlapping(values.as_ptr(), values.len());
        }
        return Array::from_obj(&object);
    }
    let made = ndcall::call(function, &[array.to_obj()?, qs.clone()], None)?;
    Array::from_obj(&made)
}

/// All items in order, where they are few and finite.
fn sorted(array: &Array<f64, 1>) -> Res<Option<Vec<f64>>> {
    let ([n], [step]) = (array.shape(), array.strides());
    if !(1..=MOST).contains(&n) {
        return Ok(None);
    }
    let mut items = Vec::new();
    if items.try_reserve_exact(n as usize).is_err() {
        return give_up();
    }
    for i in 0..n {
        // SAFETY: a place inside the array.
        let item = unsafe { array.data().offset(i * step).cast::<f64>().read() };
        if !item.is_finite() {
            return Ok(None);
        }
        items.push(item);
    }
    items.sort_unstable_by(f64::total_cmp);
    Ok(Some(items))
}

/// The values for all numbers of a list.
fn all(sorted: &[f64], qs: &Obj, whole: f64) -> Option<Vec<f64>> {
    if qs.class() != &raw mut ffi::PyList_Type {
        return None;
    }
    // SAFETY: exactly a list, which nobody changes meanwhile.
    unsafe {
        (0..ffi::PyList_GET_SIZE(qs.ptr()))
            .map(|i| {
                let q = Obj::borrowed(ffi::PyList_GET_ITEM(qs.ptr(), i));
                number(&q).and_then(|q| at(sorted, q / whole))
            })
            .collect::<Option<Vec<f64>>>()
            .filter(|values| !values.is_empty())
    }
}

fn number(object: &Obj) -> Option<f64> {
    f64::from_obj(object)
        .or_else(|_| i64::from_obj(object).map(|i| i as f64))
        .ok()
}

/// The value at a part of the way through sorted items: between two of them from the nearer one, as NumPy rounds.
/// What NumPy refuses has none, and neither have zeros, whose sign hangs on the order that equal items came in.
fn at(sorted: &[f64], part: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&part) {
        return None;
    }
    let last = sorted.len() - 1;
    let place = last as f64 * part;
    let value = if place >= last as f64 {
        sorted[last]
    } else {
        let below = place.floor();
        let (a, b) = (sorted[below as usize], sorted[below as usize + 1]);
        let (rest, gap) = (place - below, b - a);
        if rest >= 0.5 {
            b - gap * (1.0 - rest)
        } else {
            a + gap * rest
        }
    };
    (value != 0.0 && value.is_finite()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_two_items() {
        let items = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(at(&items, 0.5), Some(3.0));
        assert_eq!(at(&items, 0.25), Some(1.75));
        assert_eq!(at(&items, 1.0), Some(8.0));
        assert_eq!(at(&items[..1], 0.3), Some(1.0));
        assert_eq!(at(&items, 1.01), None);
        assert_eq!(at(&items, f64::NAN), None);
        assert_eq!(at(&[-1.0, 1.0], 0.5), None);
    }
}
