//! `list`, whose items are checked as they are read.

use std::marker::PhantomData;

use pyo3_ffi::{self as ffi, PyObject};

use super::any;
use super::exc::{Exc, Res, index_error, value_error};
use super::int::Int;
use super::journal;
use super::obj::Obj;
use super::value::{Key, Value, guard, is_exactly, unfit};

/// A `list` whose items are `T`.
#[derive(Clone, Debug)]
pub struct List<T>(Obj, PhantomData<T>);

impl<T: Value> Value for List<T> {
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyList_Type);
        // SAFETY: promised by the caller.
        Ok(Self(unsafe { Obj::borrowed(object) }, PhantomData))
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        Ok(self.0)
    }
}

impl<T: Value> List<T> {
    /// `[]`.
    #[inline]
    pub fn new() -> Res<Self> {
        // SAFETY: makes a list.
        unsafe { Obj::owned(ffi::PyList_New(0)).map(|o| Self(o, PhantomData)) }
    }

    /// `[items…]`.
    pub fn of<const N: usize>(items: [T; N]) -> Res<Self> {
        let list = Self::new()?;
        for item in items {
            list.append(item)?;
        }
        Ok(list)
    }

    /// The number of items.
    #[inline]
    pub fn length(&self) -> isize {
        // SAFETY: exactly a list.
        unsafe { ffi::PyList_GET_SIZE(self.0.ptr()) }
    }

    #[inline]
    fn place<I: Int>(&self, i: I) -> Res<isize> {
        let (i, n) = (i.index(), self.length());
        let at = if i < 0 { i.wrapping_add(n) } else { i };
        if at < 0 || at >= n {
            Err(index_error())
        } else {
            Ok(at)
        }
    }

    /// The item at a place inside.
    #[inline]
    fn at(&self, i: isize) -> Res<T> {
        // SAFETY: exactly a list, and the place is inside.
        unsafe { T::from_ptr(ffi::PyList_GET_ITEM(self.0.ptr(), i)) }
    }

    /// `self[i]`.
    #[inline]
    pub fn get<I: Int>(&self, i: I) -> Res<T> {
        self.at(self.place(i)?)
    }

    /// `self[i] = item`.
    #[inline]
    pub fn set<I: Int>(&self, i: I, item: T) -> Res<()> {
        let at = self.place(i)?;
        journal::list(&self.0)?;
        let item = item.into_obj()?;
        // SAFETY: exactly a list, and the place is inside; the old item is dropped last.
        unsafe {
            let old = Obj::borrowed(ffi::PyList_GET_ITEM(self.0.ptr(), at));
            let failed = ffi::PyList_SetItem(self.0.ptr(), at, item.into_ptr());
            drop(old);
            if failed == 0 {
                Ok(())
            } else {
                Err(Exc::fetch())
            }
        }
    }

    /// `self.append(item)`.
    #[inline]
    pub fn append(&self, item: T) -> Res<()> {
        journal::list(&self.0)?;
        let item = item.into_obj()?;
        // SAFETY: exactly a list.
        if unsafe { ffi::PyList_Append(self.0.ptr(), item.ptr()) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// `self.insert(i, item)`.
    pub fn insert<I: Int>(&self, i: I, item: T) -> Res<()> {
        journal::list(&self.0)?;
        let item = item.into_obj()?;
        // SAFETY: exactly a list.
        if unsafe { ffi::PyList_Insert(self.0.ptr(), i.index(), item.ptr()) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// `self.pop(i)`.
    pub fn pop<I: Int>(&self, i: I) -> Res<T> {
        let at = self.place(i)?;
        let item = self.at(at)?;
        self.replace(at, at + 1, std::ptr::null_mut())?;
        Ok(item)
    }

    /// `self[low:high] = items`, or their removal.
    fn replace(&self, low: isize, high: isize, items: *mut PyObject) -> Res<()> {
        journal::list(&self.0)?;
        // SAFETY: exactly a list; `items` is null or alive.
        if unsafe { ffi::PyList_SetSlice(self.0.ptr(), low, high, items) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// `self.clear()`.
    pub fn clear(&self) -> Res<()> {
        self.replace(0, self.length(), std::ptr::null_mut())
    }

    /// `self.extend(other)`.
    pub fn extend(&self, other: &Self) -> Res<()> {
        self.replace(self.length(), self.length(), other.0.ptr())
    }

    /// `self[:] = other`.
    pub fn assign(&self, other: &Self) -> Res<()> {
        self.replace(0, self.length(), other.0.ptr())
    }

    /// `self.reverse()`.
    pub fn reverse(&self) -> Res<()> {
        journal::list(&self.0)?;
        // SAFETY: exactly a list.
        if unsafe { ffi::PyList_Reverse(self.0.ptr()) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// `self.sort()`: the interpreter's own sort, of plain items.
    pub fn sort(&self) -> Res<()> {
        any::plain(&self.0)?;
        journal::list(&self.0)?;
        // SAFETY: exactly a list of plain items.
        if unsafe { ffi::PyList_Sort(self.0.ptr()) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// `del self[i]`.
    pub fn delete<I: Int>(&self, i: I) -> Res<()> {
        let at = self.place(i)?;
        self.replace(at, at + 1, std::ptr::null_mut())
    }

    /// `self.copy()`, and `list(self)`.
    pub fn copy(&self) -> Res<Self> {
        // SAFETY: exactly a list; a slice of it is a new list.
        unsafe {
            Obj::owned(ffi::PyList_GetSlice(self.0.ptr(), 0, self.length()))
                .map(|o| Self(o, PhantomData))
        }
    }

    /// `self + other`.
    pub fn concat(&self, other: &Self) -> Res<Self> {
        // SAFETY: both are exactly lists.
        unsafe {
            Obj::owned(ffi::PySequence_Concat(self.0.ptr(), other.0.ptr()))
                .map(|o| Self(o, PhantomData))
        }
    }

    /// `self * n`.
    pub fn repeat<I: Int>(&self, n: I) -> Res<Self> {
        // A count that no index can be is an error even of an empty list.
        let _ = i64::narrow(n.wide())?;
        // SAFETY: exactly a list.
        unsafe {
            Obj::owned(ffi::PySequence_Repeat(self.0.ptr(), n.index()))
                .map(|o| Self(o, PhantomData))
        }
    }

    /// The items in order; the list may grow meanwhile.
    #[inline]
    pub fn iter(&self) -> Items<T> {
        Items(self.clone(), 0)
    }

    /// The items from the last to the first.
    pub fn reversed(&self) -> Reversed<T> {
        Reversed(self.clone(), self.length())
    }

    /// Whether both are one object.
    pub fn is(&self, other: &Self) -> bool {
        self.0.ptr() == other.0.ptr()
    }
}

impl<T: Value> List<List<T>> {
    /// `self[i][j]`, without a reference of its own to the inner list.
    #[inline]
    pub fn get_in<I: Int>(&self, i: I, j: I) -> Res<T> {
        let at = self.place(i)?;
        // SAFETY: exactly a list and a place inside; the inner object is read before anything can change.
        unsafe {
            let inner = ffi::PyList_GET_ITEM(self.0.ptr(), at);
            guard!(inner, ffi::PyList_Type);
            let (j, n) = (j.index(), ffi::PyList_GET_SIZE(inner));
            let at = if j < 0 { j.wrapping_add(n) } else { j };
            if at < 0 || at >= n {
                return Err(index_error());
            }
            T::from_ptr(ffi::PyList_GET_ITEM(inner, at))
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

/// The items of a list in order.
#[derive(Debug)]
pub struct Items<T>(List<T>, isize);

impl<T: Value> Items<T> {
    /// The next item.
    #[inline]
    pub fn next(&mut self) -> Res<Option<T>> {
        if self.1 >= self.0.length() {
            return Ok(None);
        }
        self.1 += 1;
        self.0.at(self.1 - 1).map(Some)
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
        self.0.at(self.1).map(Some)
    }
}
