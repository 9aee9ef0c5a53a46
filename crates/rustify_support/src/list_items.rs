//! The items of lists one after the other, and which of them equals a value.

use pyo3_ffi as ffi;

use super::abreast::Abreast;
use super::among::scalar_among;
use super::any_items;
use super::exc::{Res, value_error};
use super::int::Int;
use super::list::List;
use super::obj::Obj;
use super::value::{Key, Value, guard, is_exactly, unfit};
use super::view::View;

impl<T: Value> List<T> {
    /// The items in order; the list may grow meanwhile.
    #[inline]
    pub fn iter(&self) -> Items<T> {
        Items(self.clone(), 0)
    }

    /// The items in order, of a list that does not change its length meanwhile.
    #[inline]
    pub fn walk(&self) -> Walk<T> {
        Walk {
            view: self.view(),
            list: self.clone(),
            at: 0,
        }
    }

    /// The items from the last to the first.
    pub fn reversed(&self) -> Reversed<T> {
        Reversed(self.clone(), self.length())
    }
}

impl List<f64> {
    /// `self[i]` of this turn of a loop, and the items after it for the next ones.
    #[inline]
    pub(super) fn abreast<I: Int>(&self, i: I) -> Res<Abreast> {
        self.0.abreast(i)
    }
}

impl<T: Value> List<List<T>> {
    /// `self[i][j]`, without a reference of its own to the inner list.
    #[inline]
    pub fn get_in<I: Int>(&self, i: I, j: I) -> Res<T> {
        let at = Self::inside(i.index(), self.0.length())?;
        // SAFETY: the items are in Rust or in exactly a list, and the place is inside; the inner list is read before
        // anything can change.
        unsafe {
            if self.0.is_native() {
                return (*self.0.place(at)).get(j);
            }
            let inner = ffi::PyList_GET_ITEM(self.0.python(), at as isize);
            guard!(inner, ffi::PyList_Type);
            let at = Self::inside(j.index(), ffi::PyList_GET_SIZE(inner) as usize)?;
            T::from_ptr(ffi::PyList_GET_ITEM(inner, at as isize))
        }
    }
}

impl<T: Key + PartialEq> List<T> {
    /// `item in self`, for items that compare as their values do.
    pub fn contains(&self, item: &T) -> Res<bool> {
        item.check_key()?;
        let mut items = self.iter();
        while let Some(other) = items.next()? {
            if other == *item {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// `self.index(item)`.
    pub fn find<I: Int>(&self, item: &T) -> Res<I> {
        item.check_key()?;
        let mut items = self.iter();
        while let Some(other) = items.next()? {
            if other == *item {
                return Ok(I::of(items.1 - 1));
            }
        }
        Err(value_error())
    }

    /// `self.count(item)`.
    pub fn count<I: Int>(&self, item: &T) -> Res<I> {
        item.check_key()?;
        let (mut items, mut n) = (self.iter(), 0);
        while let Some(other) = items.next()? {
            n += isize::from(other == *item);
        }
        Ok(I::of(n))
    }
}

impl List<Obj> {
    /// `sought in self`.
    pub fn holds_object(&self, sought: &Obj) -> Res<bool> {
        if self.is_native() {
            // SAFETY: just looked at; nothing changes the list meanwhile.
            let items = unsafe { self.native_items() };
            if let Some(found) = scalar_among(items.iter().map(Obj::ptr), sought) {
                return Ok(found);
            }
        }
        any_items::contains(&self.to_obj()?, sought)
    }
}

impl<T: Key> List<T> {
    /// `sought in self`, of texts, and of tuples of texts and whole numbers.
    pub fn holds(&self, sought: &T) -> Res<bool> {
        if T::HASHES && self.is_native() {
            sought.check_key()?;
            // SAFETY: just looked at; nothing changes the list meanwhile.
            let items = unsafe { self.native_items() };
            return Ok(items.iter().any(|item| item.is_same(sought)));
        }
        any_items::contains(&self.to_obj()?, &sought.to_obj()?)
    }
}

/// The items of a list in order.
#[derive(Debug)]
pub struct Items<T>(List<T>, isize);

impl<T: Value> Items<T> {
    /// The next item.
    #[inline]
    pub fn next(&mut self) -> Res<Option<T>> {
        let at = self.1 as usize;
        if self.0.0.is_native() {
            if at >= self.0.0.native_length() {
                return Ok(None);
            }
            self.1 += 1;
            // SAFETY: the items are in Rust, and the place is inside.
            return Ok(Some(unsafe { (*self.0.0.place(at)).clone() }));
        }
        if at >= self.0.0.length() {
            return Ok(None);
        }
        self.1 += 1;
        self.0.read(at).map(Some)
    }
}

/// The items of a list that keeps its length.
#[derive(Debug)]
pub struct Walk<T> {
    view: View<T>,
    list: List<T>,
    at: usize,
}

impl<T: Value> Walk<T> {
    /// The number of items of the list.
    #[inline]
    pub fn length(&self) -> isize {
        self.view.length()
    }

    /// The next item.
    #[inline]
    pub fn next(&mut self) -> Res<Option<T>> {
        if self.at >= self.view.length() as usize {
            return Ok(None);
        }
        self.at += 1;
        // SAFETY: a place inside.
        unsafe { self.view.item(self.at - 1).map(Some) }
    }

    /// Looks up the list again.
    pub fn renew(&mut self) {
        self.view = self.list.view();
    }
}

/// The items of a list from the end.
#[derive(Debug)]
pub struct Reversed<T>(List<T>, isize);

impl<T: Value> Reversed<T> {
    /// The next item.
    #[inline]
    pub fn next(&mut self) -> Res<Option<T>> {
        self.1 -= 1;
        if self.1 < 0 || self.1 >= self.0.length() {
            self.1 = 0;
            return Ok(None);
        }
        self.0.at(self.1 as usize).map(Some)
    }
}
