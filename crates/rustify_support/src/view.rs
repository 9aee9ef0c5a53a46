//! Where the items of a list lie, for loops in which no list changes its length: looked up once before the loop.

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Res, index_error};
use super::int::Int;
use super::list_store::Store;
use super::value::Value;

/// The items of a list that keeps its length and its place meanwhile.
#[derive(Debug)]
pub struct View<T> {
    pub(super) items: *const T,
    pub(super) objects: *const *mut PyObject,
    length: usize,
}

impl<T> Clone for View<T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for View<T> {}

impl<T: Value> Store<T> {
    #[inline]
    pub(super) fn view(&self) -> View<T> {
        if self.is_native() {
            return View {
                // SAFETY: the items are in Rust.
                items: unsafe { self.place(0) },
                objects: std::ptr::null(),
                length: self.length(),
            };
        }
        // SAFETY: exactly a list.
        unsafe { View::of_python(self.python()) }
    }
}

impl<T: Value> View<T> {
    /// The items of a list of Python's.
    ///
    /// # Safety
    ///
    /// Exactly a list.
    #[inline]
    pub(super) unsafe fn of_python(list: *mut PyObject) -> Self {
        // SAFETY: promised by the caller.
        unsafe {
            Self {
                items: std::ptr::null(),
                objects: (*list.cast::<ffi::PyListObject>()).ob_item,
                length: ffi::PyList_GET_SIZE(list) as usize,
            }
        }
    }

    #[inline]
    pub(super) fn place(&self, i: isize) -> Res<usize> {
        let at = if i < 0 {
            i.wrapping_add(self.length as isize)
        } else {
            i
        };
        if (at as usize) < self.length {
            Ok(at as usize)
        } else {
            Err(index_error().saying(c"list index out of range"))
        }
    }

    /// The number of items.
    #[inline]
    pub fn length(&self) -> isize {
        self.length as isize
    }

    /// `list[i]`.
    #[inline]
    pub fn get<I: Int>(&self, i: I) -> Res<T> {
        let at = self.place(i.index())?;
        // SAFETY: a place inside.
        unsafe { self.item(at) }
    }

    /// The item at a place.
    ///
    /// # Safety
    ///
    /// A place inside of a list that has not changed its length.
    #[inline]
    pub unsafe fn item(&self, at: usize) -> Res<T> {
        // SAFETY: promised by the caller.
        unsafe {
            if self.objects.is_null() {
                Ok((*self.items.add(at)).clone())
            } else {
                T::from_ptr(*self.objects.add(at))
            }
        }
    }
}
