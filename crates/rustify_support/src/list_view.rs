//! Views that give and take lists: items set through them, rows of lists of lists.

use pyo3_ffi as ffi;

use super::abreast::Abreast;
use super::exc::Res;
use super::int::Int;
use super::list::List;
use super::value::{Value, guard, is_exactly, unfit};
use super::view::View;

impl<T: Value> View<T> {
    /// `list[i] = item`.
    #[inline]
    pub fn set<I: Int>(&self, list: &List<T>, i: I, item: T) -> Res<()> {
        if !self.objects.is_null() {
            return list.set_in_place(i.index(), item);
        }
        let at = self
            .place(i.index())
            .map_err(|e| e.saying(c"list assignment index out of range"))?;
        list.touch();
        // SAFETY: a place inside of a list in Rust; the old item is dropped last.
        let old = unsafe { std::mem::replace(&mut *self.items.cast_mut().add(at), item) };
        drop(old);
        Ok(())
    }
}

impl<T: Value> View<List<T>> {
    /// `list[i][j]`.
    #[inline]
    pub fn get_in<I: Int>(&self, i: I, j: I) -> Res<T> {
        let at = self.place(i.index())?;
        // SAFETY: a place inside of a list that has not changed its length; the inner list is read at once.
        unsafe {
            if self.objects.is_null() {
                return (*self.items.add(at)).get(j);
            }
            let inner = *self.objects.add(at);
            guard!(inner, ffi::PyList_Type);
            View::of_python(inner).get(j)
        }
    }

    /// The items of `list[i]`.
    #[inline]
    pub fn row<I: Int>(&self, i: I) -> Res<View<T>> {
        let at = self.place(i.index())?;
        // SAFETY: as above; the inner list stays where it is as long as this one does.
        unsafe {
            if self.objects.is_null() {
                return Ok((*self.items.add(at)).view());
            }
            let inner = *self.objects.add(at);
            guard!(inner, ffi::PyList_Type);
            Ok(View::of_python(inner))
        }
    }
}

impl View<List<f64>> {
    /// `list[i][j]` of this turn, and the items after it for the next ones.
    #[inline]
    pub fn abreast_in<I: Int>(&self, i: I, j: I) -> Res<Abreast> {
        let at = self.place(i.index())?;
        // SAFETY: a place inside of a list that has not changed its length; the inner list is read at once.
        unsafe {
            if self.objects.is_null() {
                return (*self.items.add(at)).abreast(j);
            }
            let inner = *self.objects.add(at);
            guard!(inner, ffi::PyList_Type);
            View::of_python(inner).abreast(j)
        }
    }
}
