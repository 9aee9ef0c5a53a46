//! New arrays of lists and tuples of numbers, and of rows put together.

use super::array::Array;
use super::exc::{Res, give_up};
use super::int::Int;
use super::list::List;
use super::ndmake::fresh;
use super::scalar::{Element, Flag, Float32, Float64, Int32, Int64, UInt8};
use super::value::Value;

/// What NumPy makes items of.
pub trait Becomes<T> {
    /// As an item.
    fn item(self) -> Res<T>;
}

impl Becomes<Self> for f64 {
    #[inline]
    fn item(self) -> Res<Self> {
        Ok(self)
    }
}

impl Becomes<Flag> for bool {
    #[inline]
    fn item(self) -> Res<Flag> {
        Ok(self.into())
    }
}

macro_rules! becomes {
    (whole $($from:ty)*) => {$(
        impl Becomes<i64> for $from {
            #[inline]
            fn item(self) -> Res<i64> {
                i64::narrow(self.wide())
            }
        }
        impl Becomes<f64> for $from {
            #[inline]
            fn item(self) -> Res<f64> {
                // Beyond all floats is an error.
                i64::narrow(self.wide()).map(|i| i as f64)
            }
        }
    )*};
    (scalar $($from:ident $to:ty,)*) => {$(
        impl Becomes<$to> for $from {
            #[inline]
            fn item(self) -> Res<$to> {
                Ok(self.0)
            }
        }
    )*};
}

becomes!(whole i64 i128);
becomes!(scalar Float64 f64, Float32 f32, Int64 i64, Int32 i32, UInt8 u8,);

/// Several items side by side.
pub trait Row<T> {
    /// How many.
    const COUNT: usize;
    /// Writes them.
    ///
    /// # Safety
    ///
    /// There is room for so many.
    unsafe fn write(self, to: *mut T) -> Res<()>;
}

macro_rules! rows {
    ($(($($name:ident $at:tt),+) $n:literal;)*) => {$(
        impl<T, $($name: Becomes<T>),+> Row<T> for ($($name,)+) {
            const COUNT: usize = $n;
            unsafe fn write(self, to: *mut T) -> Res<()> {
                // SAFETY: promised by the caller.
                unsafe { $(to.add($at).write(self.$at.item()?);)+ }
                Ok(())
            }
        }
    )*};
}

rows! {
    (A 0) 1;
    (A 0, B 1) 2;
    (A 0, B 1, C 2) 3;
    (A 0, B 1, C 2, D 3) 4;
    (A 0, B 1, C 2, D 3, E 4) 5;
    (A 0, B 1, C 2, D 3, E 4, F 5) 6;
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6) 7;
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7) 8;
}

/// `numpy.array(items)` of as many items as are written out.
pub fn of_items<T: Element, R: Row<T>>(items: R) -> Res<Array<T, 1>> {
    let (made, to) = fresh::<T, 1>([R::COUNT as isize])?;
    // SAFETY: room for them.
    unsafe { items.write(to)? };
    Ok(made)
}

/// `numpy.array(rows)` of as many rows as are written out.
pub fn of_rows<T: Element, R: Row<T>, const K: usize>(rows: [R; K]) -> Res<Array<T, 2>> {
    let (made, to) = fresh::<T, 2>([K as isize, R::COUNT as isize])?;
    for (k, row) in rows.into_iter().enumerate() {
        // SAFETY: room for all rows.
        unsafe { row.write(to.add(k * R::COUNT))? };
    }
    Ok(made)
}

/// `numpy.array(list)` of numbers. Nothing at all becomes floats.
pub fn of_list<T: Element, P: Value + Becomes<T>>(list: &List<P>) -> Res<Array<T, 1>> {
    if list.length() == 0 && T::TYPE_NUM != f64::TYPE_NUM {
        return give_up();
    }
    of_list_as(list)
}

/// `numpy.array(list, dtype)` of numbers.
pub fn of_list_as<T: Element, P: Value + Becomes<T>>(list: &List<P>) -> Res<Array<T, 1>> {
    let n = list.length();
    let (made, to) = fresh::<T, 1>([n])?;
    for i in 0..n {
        let item = list.at(i as usize)?.item()?;
        // SAFETY: room for all items.
        unsafe { to.offset(i).write(item) };
    }
    Ok(made)
}

/// `numpy.array(list)` of lists of numbers.
pub fn of_lists<T: Element, P: Value + Becomes<T>>(list: &List<List<P>>) -> Res<Array<T, 2>> {
    let n = list.length();
    if n == 0 {
        return give_up();
    }
    let width = list.at(0)?.length();
    if width == 0 {
        return give_up();
    }
    let (made, to) = fresh::<T, 2>([n, width])?;
    for i in 0..n {
        let row = list.at(i as usize)?;
        if row.length() != width {
            return give_up();
        }
        for j in 0..width {
            let item = row.at(j as usize)?.item()?;
            // SAFETY: room for all items.
            unsafe { to.offset(i * width + j).write(item) };
        }
    }
    Ok(made)
}

/// `numpy.array(list)` of tuples of numbers.
pub fn of_tuples<T: Element, R: Value + Row<T>>(list: &List<R>) -> Res<Array<T, 2>> {
    let n = list.length();
    if n == 0 {
        return give_up();
    }
    let (made, to) = fresh::<T, 2>([n, R::COUNT as isize])?;
    for i in 0..n {
        let row = list.at(i as usize)?;
        // SAFETY: room for all rows.
        unsafe { row.write(to.add(i as usize * R::COUNT))? };
    }
    Ok(made)
}

/// Arrays one after the other.
pub trait Parts<T: Element> {
    /// How many.
    fn count(&self) -> usize;
    /// One of them.
    fn part(&self, at: usize) -> Res<Array<T, 1>>;
}

impl<T: Element> Parts<T> for List<Array<T, 1>> {
    fn count(&self) -> usize {
        self.length() as usize
    }
    fn part(&self, at: usize) -> Res<Array<T, 1>> {
        self.at(at)
    }
}

impl<T: Element, const K: usize> Parts<T> for [Array<T, 1>; K] {
    fn count(&self) -> usize {
        K
    }
    fn part(&self, at: usize) -> Res<Array<T, 1>> {
        Ok(self[at].clone())
    }
}

/// Writes the items of an array with so many places from one to the next.
unsafe fn spread<T: Element>(array: &Array<T, 1>, to: *mut T, step: isize) {
    let [stride] = array.strides();
    for i in 0..array.first_extent() {
        // SAFETY: places inside the array, and room that the caller has.
        unsafe {
            let item = array.data().offset(i * stride).cast::<T>().read();
            to.offset(i * step).write(item);
        }
    }
}

/// `numpy.concatenate(parts)`.
pub fn joined<T: Element>(parts: &impl Parts<T>) -> Res<Array<T, 1>> {
    let mut n = 0;
    for at in 0..parts.count() {
        n += parts.part(at)?.first_extent();
    }
    if n == 0 {
        return give_up();
    }
    let (made, mut to) = fresh::<T, 1>([n])?;
    for at in 0..parts.count() {
        let part = parts.part(at)?;
        // SAFETY: room for all parts.
        unsafe {
            spread(&part, to, 1);
            to = to.offset(part.first_extent());
        }
    }
    Ok(made)
}

/// `numpy.stack(parts, axis)`: as rows or as columns.
pub fn stacked<T: Element>(parts: &impl Parts<T>, as_columns: bool) -> Res<Array<T, 2>> {
    let count = parts.count() as isize;
    if count == 0 {
        return give_up();
    }
    let n = parts.part(0)?.first_extent();
    if n == 0 {
        return give_up();
    }
    let shape = if as_columns { [n, count] } else { [count, n] };
    let (made, to) = fresh::<T, 2>(shape)?;
    for at in 0..count {
        let part = parts.part(at as usize)?;
        if part.first_extent() != n {
            return give_up();
        }
        // SAFETY: room for all parts.
        unsafe {
            if as_columns {
                spread(&part, to.offset(at), count);
            } else {
                spread(&part, to.offset(at * n), 1);
            }
        }
    }
    Ok(made)
}
