//! Items of arrays picked by a mask or by indices, and answers about whole arrays for which NumPy runs Python code.

use super::array::{Array, Part};
use super::exc::{Exc, Res, give_up};
use super::fused;
use super::list::List;
use super::ndcall;
use super::ndmeans::Average;
use super::numpy;
use super::obj::Obj;
use super::products;
use super::scalar::{Element, Flag};
use super::value::Value;

/// A new array of one axis, and its items.
fn row<T: Element>(n: usize) -> Res<(Array<T, 1>, *mut T)> {
    let (object, data) = fused::fresh(
        numpy::api()?,
        T::TYPE_NUM,
        &[n as isize],
        true,
        size_of::<T>(),
    )?;
    Ok((Array::from_obj(&object)?, data.cast()))
}

/// `array[mask]`.
pub fn compress<T: Element>(array: &Array<T, 1>, mask: &Array<Flag, 1>) -> Res<Array<T, 1>> {
    let ([n], [step], [stride]) = (array.shape(), array.strides(), mask.strides());
    if mask.shape() != [n] {
        return give_up();
    }
    // SAFETY: places inside the arrays; the new one has room for all that is picked.
    unsafe {
        let is_set = |i: isize| mask.data().offset(i * stride).cast::<Flag>().read().truth();
        let count = (0..n).filter(|&i| is_set(i)).count();
        let (made, mut to) = row::<T>(count)?;
        for i in 0..n {
            if is_set(i) {
                to.write(array.data().offset(i * step).cast::<T>().read());
                to = to.add(1);
            }
        }
        Ok(made)
    }
}

/// `array.tolist()`.
pub fn listed<T: Element, P: Value + TryFrom<T>>(array: &Array<T, 1>) -> Res<List<P>> {
    let ([n], [step]) = (array.shape(), array.strides());
    let mut items = Vec::new();
    if items.try_reserve_exact(n as usize).is_err() {
        return give_up();
    }
    for i in 0..n {
        // SAFETY: a place inside the array.
        let item = unsafe { array.data().offset(i * step).cast::<T>().read() };
        items.push(P::try_from(item).map_err(|_| Exc::GIVE_UP)?);
    }
    List::with_items(items)
}

/// `array.ravel().tolist()`.
pub fn listed_all<T: Element, P: Value + TryFrom<T>, const N: usize>(
    array: &Array<T, N>,
) -> Res<List<P>> {
    let mut items = Vec::new();
    if items.try_reserve_exact(array.size() as usize).is_err() {
        return give_up();
    }
    let mut fits = true;
    array.each_item(|item| match P::try_from(item) {
        Ok(item) => items.push(item),
        Err(_) => fits = false,
    });
    if fits {
        List::with_items(items)
    } else {
        give_up()
    }
}

/// `array.tolist()` of two axes.
pub fn listed_rows<T: Element, P: Value + TryFrom<T>>(array: &Array<T, 2>) -> Res<List<List<P>>> {
    let mut rows = Vec::new();
    for i in 0..array.first_extent() {
        rows.push(listed(&array.window::<1>(&[Part::At(i)])?)?);
    }
    List::with_items(rows)
}

/// `array[indices]`.
pub fn pick<T: Element>(array: &Array<T, 1>, indices: &Array<i64, 1>) -> Res<Array<T, 1>> {
    let ([n], [step]) = (array.shape(), array.strides());
    let ([count], [stride]) = (indices.shape(), indices.strides());
    let (made, to) = row::<T>(count as usize)?;
    for k in 0..count {
        // SAFETY: a place inside the indices.
        let i = unsafe { indices.data().offset(k * stride).cast::<i64>().read() } as isize;
        let i = if i < 0 { i.wrapping_add(n) } else { i };
        if i as usize >= n as usize {
            return give_up();
        }
        // SAFETY: places inside the arrays.
        unsafe {
            to.offset(k)
                .write(array.data().offset(i * step).cast::<T>().read());
        }
    }
    Ok(made)
}

/// `numpy.linalg.norm(array)`: the root of the product with itself, for items that lie in a row.
pub fn norm<T: Average, const N: usize>(array: &Array<T, N>, function: &Obj) -> Res<T::Scalar> {
    let Ok(row) = array.in_a_row() else {
        let made = ndcall::call(function, &[array.to_obj()?], None)?;
        return T::Scalar::from_obj(&made);
    };
    let product = products::dot(&row, &row)?;
    Ok(T::of_scalar(product).root().scalar())
}

/// `numpy.median(array)` of floats without NaN; of zeros NumPy says itself which sign the middle has.
pub fn median<T: Average>(array: &Array<T, 1>, function: &Obj) -> Res<T::Scalar> {
    let ([n], [step]) = (array.shape(), array.strides());
    let n = n as usize;
    let mut all: Vec<T> = Vec::new();
    if all.try_reserve_exact(n).is_err() {
        return give_up();
    }
    for i in 0..n as isize {
        // SAFETY: a place inside the array.
        let item = unsafe { array.data().offset(i * step).cast::<T>().read() };
        if !item.double().is_finite() {
            break;
        }
        all.push(item);
    }
    let usual = |all: &mut [T]| -> Option<T> {
        if all.len() != n || n == 0 {
            return None;
        }
        let (below, middle, _) =
            all.select_nth_unstable_by(n / 2, |a, b| a.double().total_cmp(&b.double()));
        let middle = *middle;
        if n % 2 == 1 {
            return (middle.double() != 0.0).then_some(middle);
        }
        let lower = below
            .iter()
            .copied()
            .max_by(|a, b| a.double().total_cmp(&b.double()))?;
        // The mean of two, with the sum in the items' own precision.
        let sum = lower.plus(middle);
        let half = T::of_double(sum.double() / 2.0);
        (lower.double() != 0.0 && middle.double() != 0.0 && half.double().is_finite())
            .then_some(half)
    };
    match usual(&mut all) {
        Some(middle) => Ok(middle.scalar()),
        None => {
            if n == 0 {
                return give_up();
            }
            let made = ndcall::call(function, &[array.to_obj()?], None)?;
            T::Scalar::from_obj(&made)
        }
    }
}
