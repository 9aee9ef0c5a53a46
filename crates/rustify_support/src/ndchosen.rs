//! Items and rows of arrays chosen by arrays or lists of indices, or by masks, without NumPy. What it lays out or orders
//! in a way of its own is left to it.

use super::any;
use super::array::{Array, Part};
use super::exc::{Res, give_up};
use super::fused;
use super::int::Int;
use super::list::List;
use super::ndcall;
use super::numpy;
use super::obj::Obj;
use super::scalar::{Element, Flag};
use super::value::Value;

/// Indices along one axis.
pub trait Indices {
    /// How many there are.
    fn count(&self) -> isize;
    /// One of them, as it was given.
    fn index(&self, at: isize) -> Res<isize>;
    /// As an object.
    fn object(&self) -> Res<Obj>;
    /// Whether an array's memory may hold some of them, or NumPy may take them in another order.
    fn is_entangled<T: Element, const N: usize>(&self, with: &Array<T, N>) -> bool;
}

impl Indices for Array<i64, 1> {
    fn count(&self) -> isize {
        self.first_extent()
    }
    #[inline]
    fn index(&self, at: isize) -> Res<isize> {
        let [step] = self.strides();
        // SAFETY: a place inside the array.
        Ok(unsafe { self.data().offset(at * step).cast::<i64>().read() } as isize)
    }
    fn object(&self) -> Res<Obj> {
        self.to_obj()
    }
    fn is_entangled<T: Element, const N: usize>(&self, with: &Array<T, N>) -> bool {
        self.strides()[0] <= 0 || overlap(self, with)
    }
}

impl<I: Int + Value> Indices for List<I> {
    fn count(&self) -> isize {
        self.length()
    }
    #[inline]
    fn index(&self, at: isize) -> Res<isize> {
        Ok(self.at(at as usize)?.index())
    }
    fn object(&self) -> Res<Obj> {
        self.to_obj()
    }
    fn is_entangled<T: Element, const N: usize>(&self, _: &Array<T, N>) -> bool {
        false
    }
}

/// Whether two arrays may share memory.
fn overlap<T: Element, const N: usize, U: Element, const M: usize>(
    a: &Array<T, N>,
    b: &Array<U, M>,
) -> bool {
    if a.size() == 0 || b.size() == 0 {
        return false;
    }
    let ((low, high), (first, last)) = (a.reach(), b.reach());
    low < last && first < high
}

/// Whether the parts along the first axis have their items in a row, and how many.
fn dense_rows<T: Element, const N: usize>(array: &Array<T, N>) -> (bool, isize) {
    let (shape, strides) = (array.shape(), array.strides());
    let mut count = 1;
    for axis in (1..N).rev() {
        if shape[axis] != 1 && strides[axis] != count * size_of::<T>() as isize {
            return (false, shape[1..].iter().product());
        }
        count *= shape[axis];
    }
    (true, count)
}

/// The places of indices along the first axis; one that is outside gives up.
#[inline]
fn place<X: Indices>(indices: &X, at: isize, extent: isize) -> Res<isize> {
    let given = indices.index(at)?;
    let i = if given < 0 {
        given.wrapping_add(extent)
    } else {
        given
    };
    if i as usize >= extent as usize {
        return give_up();
    }
    Ok(i)
}

fn fresh<T: Element, const N: usize>(shape: &[isize; N]) -> Res<(Array<T, N>, *mut T)> {
    let (object, data) = fused::fresh(numpy::api()?, T::TYPE_NUM, shape, true, size_of::<T>())?;
    Ok((Array::from_obj(&object)?, data.cast()))
}

/// `array[indices]`.
pub fn rows<T: Element, const N: usize, X: Indices>(
    array: &Array<T, N>,
    indices: &X,
) -> Res<Array<T, N>> {
    let (is_dense, width) = dense_rows(array);
    let (extent, step, count) = (array.shape()[0], array.strides()[0], indices.count());
    if !is_dense || count * width == 0 {
        let made = ndcall::get_item(&array.to_obj()?, &indices.object()?)?;
        return Array::from_obj(&made);
    }
    let mut shape = array.shape();
    shape[0] = count;
    let (made, to) = fresh::<T, N>(&shape)?;
    for k in 0..count {
        let i = place(indices, k, extent)?;
        // SAFETY: a row inside the array, and its place in the new one.
        unsafe {
            let from = array.data().offset(i * step).cast::<T>();
            let to = to.offset(k * width);
            if width == 1 {
                to.write(from.read());
            } else {
                std::ptr::copy_nonoverlapping(from, to, width as usize);
            }
        }
    }
    Ok(made)
}

/// `array[indices] = values`, of as many rows.
pub fn put_rows<T: Element, const N: usize, X: Indices>(
    array: &Array<T, N>,
    indices: &X,
    values: &Array<T, N>,
) -> Res<()> {
    let (count, extent) = (indices.count(), array.shape()[0]);
    let mut shape = array.shape();
    shape[0] = count;
    let ((dense, width), (other, _)) = (dense_rows(array), dense_rows(values));
    let is_plain = dense && other && values.shape() == shape && count * width > 0;
    if !is_plain || indices.is_entangled(array) || overlap(array, values) {
        return array.assign(&indices.object()?, &values.to_obj()?);
    }
    for k in 0..count {
        place(indices, k, extent)?;
    }
    array.written()?;
    let (step, stride) = (array.strides()[0], values.strides()[0]);
    for k in 0..count {
        let i = place(indices, k, extent)?;
        // SAFETY: rows inside both arrays, which share no memory.
        unsafe {
            let to = array.data().offset(i * step).cast::<T>();
            let from = values.data().offset(k * stride).cast::<T>();
            std::ptr::copy_nonoverlapping(from, to, width as usize);
        }
    }
    Ok(())
}

/// `array[indices] = item`.
pub fn fill_rows<T: Element, const N: usize, X: Indices>(
    array: &Array<T, N>,
    indices: &X,
    item: T,
) -> Res<()> {
    let (count, extent) = (indices.count(), array.shape()[0]);
    let (dense, width) = dense_rows(array);
    if !dense || count * width == 0 || indices.is_entangled(array) {
        return array.assign(&indices.object()?, &item.scalar().into_obj()?);
    }
    for k in 0..count {
        place(indices, k, extent)?;
    }
    array.written()?;
    let step = array.strides()[0];
    for k in 0..count {
        let i = place(indices, k, extent)?;
        // SAFETY: a row inside the array.
        unsafe {
            let to = array.data().offset(i * step).cast::<T>();
            (0..width).for_each(|j| to.offset(j).write(item));
        }
    }
    Ok(())
}

/// The places of items that are chosen along every axis; none where NumPy stretches indices, or finds nothing.
fn points<T: Element, const N: usize>(
    array: &Array<T, N>,
    keys: &[Array<i64, 1>; N],
) -> Res<Option<Vec<isize>>> {
    let count = keys[0].count();
    if count == 0 || keys.iter().any(|k| k.count() != count) {
        return Ok(None);
    }
    let mut places = Vec::new();
    if places.try_reserve_exact(count as usize).is_err() {
        return give_up();
    }
    let (shape, strides) = (array.shape(), array.strides());
    for k in 0..count {
        let mut at = 0;
        for axis in 0..N {
            at += place(&keys[axis], k, shape[axis])? * strides[axis];
        }
        places.push(at);
    }
    Ok(Some(places))
}

fn key_of<const N: usize>(keys: &[Array<i64, 1>; N]) -> Res<Obj> {
    let mut all = Vec::new();
    for key in keys {
        all.push(key.to_obj()?);
    }
    ndcall::key(&all)
}

/// `array[i, j…]` of as many indices for each axis.
pub fn items<T: Element, const N: usize>(
    array: &Array<T, N>,
    keys: &[Array<i64, 1>; N],
) -> Res<Array<T, 1>> {
    let Some(places) = points(array, keys)? else {
        let made = ndcall::get_item(&array.to_obj()?, &key_of(keys)?)?;
        return Array::from_obj(&made);
    };
    let (made, to) = fresh::<T, 1>(&[places.len() as isize])?;
    for (k, at) in places.into_iter().enumerate() {
        // SAFETY: an item inside the array, and its place in the new one.
        unsafe {
            to.add(k).write(array.data().offset(at).cast::<T>().read());
        }
    }
    Ok(made)
}

/// `array[i, j…] = item`.
pub fn fill_items<T: Element, const N: usize>(
    array: &Array<T, N>,
    keys: &[Array<i64, 1>; N],
    item: T,
) -> Res<()> {
    let entangled = keys.iter().any(|k| k.is_entangled(array));
    let places = if entangled {
        None
    } else {
        points(array, keys)?
    };
    let Some(places) = places else {
        return array.assign(&key_of(keys)?, &item.scalar().into_obj()?);
    };
    array.written()?;
    for at in places {
        // SAFETY: an item inside the array.
        unsafe { array.data().offset(at).cast::<T>().write(item) };
    }
    Ok(())
}

/// `array[i, j…] = values`, of as many items.
pub fn put_items<T: Element, const N: usize>(
    array: &Array<T, N>,
    keys: &[Array<i64, 1>; N],
    values: &Array<T, 1>,
) -> Res<()> {
    let entangled = keys.iter().any(|k| k.is_entangled(array)) || overlap(array, values);
    let places = if entangled {
        None
    } else {
        points(array, keys)?
    };
    let places = places.filter(|p| p.len() as isize == values.first_extent());
    let Some(places) = places else {
        return array.assign(&key_of(keys)?, &values.to_obj()?);
    };
    array.written()?;
    let [step] = values.strides();
    for (k, at) in places.into_iter().enumerate() {
        // SAFETY: items inside both arrays.
        unsafe {
            let item = values.data().offset(k as isize * step).cast::<T>().read();
            array.data().offset(at).cast::<T>().write(item);
        }
    }
    Ok(())
}

/// Looks at each place of an array of any order together with a mask.
fn masked<T: Element, const N: usize>(
    array: &Array<T, N>,
    mask: &Array<Flag, N>,
    mut each: impl FnMut(*mut T),
) {
    let (shape, steps, strides) = (array.shape(), array.strides(), mask.strides());
    let (mut at, mut flag, mut index) = (array.data(), mask.data(), [0; N]);
    for _ in 0..array.size() {
        // SAFETY: places inside both arrays.
        if unsafe { flag.cast::<Flag>().read() }.truth() {
            each(at.cast());
        }
        for axis in (0..N).rev() {
            index[axis] += 1;
            at = at.wrapping_offset(steps[axis]);
            flag = flag.wrapping_offset(strides[axis]);
            if index[axis] < shape[axis] {
                break;
            }
            index[axis] = 0;
            at = at.wrapping_offset(-shape[axis] * steps[axis]);
            flag = flag.wrapping_offset(-shape[axis] * strides[axis]);
        }
    }
}

/// `array[mask]`.
pub fn where_set<T: Element, const N: usize>(
    array: &Array<T, N>,
    mask: &Array<Flag, N>,
) -> Res<Array<T, 1>> {
    if array.shape() != mask.shape() {
        return give_up();
    }
    let mut count = 0;
    masked(array, mask, |_| count += 1);
    let (made, mut to) = fresh::<T, 1>(&[count])?;
    masked(array, mask, |from| {
        // SAFETY: an item inside the array, and room for all that are counted.
        unsafe {
            to.write(from.read());
            to = to.add(1);
        }
    });
    Ok(made)
}

/// `array[mask] = item`.
pub fn fill_where<T: Element, const N: usize>(
    array: &Array<T, N>,
    mask: &Array<Flag, N>,
    item: T,
) -> Res<()> {
    if array.shape() != mask.shape() {
        return give_up();
    }
    if overlap(array, mask) {
        return array.assign(&mask.to_obj()?, &item.scalar().into_obj()?);
    }
    array.written()?;
    // SAFETY: an item inside a writable array.
    masked(array, mask, |to| unsafe { to.write(item) });
    Ok(())
}

/// All items in the order of C.
pub(super) fn copy_items<T: Element, const N: usize>(array: &Array<T, N>, mut to: *mut T) {
    if let Ok(row) = array.in_a_row() {
        // SAFETY: as many items as the array has, which the other side has room for.
        unsafe {
            std::ptr::copy_nonoverlapping(row.data().cast::<T>(), to, row.size() as usize);
        }
        return;
    }
    array.each_item(|item| {
        // SAFETY: room for as many items as the array has.
        unsafe {
            to.write(item);
            to = to.add(1);
        }
    });
}

impl<T: Element, const N: usize> Array<T, N> {
    /// Every item in the order of C.
    #[inline]
    pub(super) fn each_item(&self, mut each: impl FnMut(T)) {
        let (shape, steps) = (self.shape(), self.strides());
        let (mut at, mut index) = (self.data(), [0; N]);
        for _ in 0..self.size() {
            // SAFETY: a place inside the array.
            each(unsafe { at.cast::<T>().read() });
            for axis in (0..N).rev() {
                index[axis] += 1;
                at = at.wrapping_offset(steps[axis]);
                if index[axis] < shape[axis] {
                    break;
                }
                index[axis] = 0;
                at = at.wrapping_offset(-shape[axis] * steps[axis]);
            }
        }
    }
}

/// `array.copy()`.
pub fn copied<T: Element, const N: usize>(array: &Array<T, N>) -> Res<Array<T, N>> {
    let (made, to) = fresh::<T, N>(&array.shape())?;
    copy_items(array, to);
    Ok(made)
}

/// `array.flatten()`.
pub fn flattened<T: Element, const N: usize>(array: &Array<T, N>) -> Res<Array<T, 1>> {
    let (made, to) = fresh::<T, 1>(&[array.size()])?;
    copy_items(array, to);
    Ok(made)
}

/// `array.ravel()`: a window where the items lie in a row, else a copy.
pub fn raveled<T: Element, const N: usize>(array: &Array<T, N>) -> Res<Array<T, 1>> {
    if array.size() == 0 {
        let name = any::name(c"ravel")?;
        let made = ndcall::method_quiet(&name, &[array.to_obj()?], None)?;
        return Array::from_obj(&made);
    }
    match array.in_a_row() {
        Ok(row) => Ok(row),
        Err(_) => flattened(array),
    }
}

/// `array.reshape(shape)`: a window where the items lie in a row; else NumPy finds out whether it is one.
pub fn reshaped<T: Element, const N: usize, const M: usize>(
    array: &Array<T, N>,
    given: [isize; M],
) -> Res<Array<T, M>> {
    let size = array.size();
    if given.contains(&isize::MAX) || given.contains(&isize::MIN) {
        return give_up();
    }
    let sizes = given.iter().filter(|&&n| n != -1);
    let known = sizes.fold(1_isize, |all, &n| all.wrapping_mul(n));
    let mut shape = given;
    let mut open = 0;
    for extent in &mut shape {
        if *extent == -1 && known > 0 {
            *extent = size / known;
            open += 1;
        }
    }
    let fits = shape.iter().all(|&n| (1..=size).contains(&n))
        && shape.iter().try_fold(1_isize, |all, &n| all.checked_mul(n)) == Some(size);
    let is_plain = size > 0 && open <= 1 && fits && array.shape()[..] != shape[..];
    if is_plain && let Ok(row) = array.in_a_row() {
        return Ok(row.laid_out(shape));
    }
    let mut all = vec![array.to_obj()?];
    for extent in given {
        all.push((extent as i64).into_obj()?);
    }
    let made = ndcall::method_quiet(&any::name(c"reshape")?, &all, None)?;
    Array::from_obj(&made)
}

/// `numpy.roll(array, shift)`: a window into an array of its own.
pub fn rolled<T: Element, I: Int>(array: &Array<T, 1>, shift: I) -> Res<Array<T, 1>> {
    let ([n], [step]) = (array.shape(), array.strides());
    if n == 0 {
        return give_up();
    }
    let shift = i64::narrow(shift.wide())?.rem_euclid(n as i64) as isize;
    let (made, to) = fresh::<T, 1>(&[n])?;
    for i in 0..n {
        let from = if i < shift { i + n - shift } else { i - shift };
        // SAFETY: places inside both arrays.
        unsafe {
            to.offset(i)
                .write(array.data().offset(from * step).cast::<T>().read());
        }
    }
    made.window::<1>(&[Part::Slice(None, None, None)])
}
