//! Lists that become longer, shorter or another order.

use std::cmp::Ordering;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res};
use super::int::Int;
use super::journal;
use super::list::{List, checked};
use super::obj::Obj;
use super::value::Value;

impl<T: Value> List<T> {
    /// `self.insert(i, item)`.
    pub fn insert<I: Int>(&self, i: I, item: T) -> Res<()> {
        let i = i.index();
        if self.0.is_writable() {
            return self.0.with(|items| {
                items.try_reserve(1).map_err(|_| Exc::GIVE_UP)?;
                let n = items.len();
                let at = if i < 0 {
                    i.saturating_add(n as isize).max(0) as usize
                } else {
                    n.min(i as usize)
                };
                items.insert(at, item);
                Ok(())
            });
        }
        let item = item.into_obj()?;
        let list = self.changing()?;
        // SAFETY: exactly a list.
        checked(unsafe { ffi::PyList_Insert(list, i, item.ptr()) })
    }

    /// `self.pop(i)`.
    #[inline]
    pub fn pop<I: Int>(&self, i: I) -> Res<T> {
        let n = self.0.length();
        let at = Self::inside(i.index(), n).map_err(|e| {
            let text = if n == 0 {
                c"pop from empty list"
            } else {
                c"pop index out of range"
            };
            e.outside(i.index(), text)
        })?;
        if self.0.is_writable() {
            return Ok(self.0.with(|items| {
                if at + 1 == items.len()
                    && let Some(last) = items.pop()
                {
                    return last;
                }
                items.remove(at)
            }));
        }
        let item = self.at(at)?;
        if at + 1 < n {
            self.replace(at as isize, at as isize + 1, std::ptr::null_mut())?;
            return Ok(item);
        }
        let list = self.0.python();
        // SAFETY: exactly a list, and its last place; the reference is not given away.
        unsafe {
            let object = std::mem::ManuallyDrop::new(Obj::borrowed_once(list));
            let last = Obj::borrowed(ffi::PyList_GET_ITEM(list, at as isize));
            journal::list_shrinks(&object, &last)?;
            checked(ffi::PyList_SetSlice(
                list,
                at as isize,
                at as isize + 1,
                std::ptr::null_mut(),
            ))?;
        }
        Ok(item)
    }

    /// `self[low:high] = items` of a list of Python's, or their removal.
    pub(super) fn replace(&self, low: isize, high: isize, items: *mut PyObject) -> Res<()> {
        let list = self.changing()?;
        // SAFETY: exactly a list; `items` is null or alive.
        checked(unsafe { ffi::PyList_SetSlice(list, low, high, items) })
    }

    /// `self.clear()`.
    pub fn clear(&self) -> Res<()> {
        if self.0.is_writable() {
            let old = self.0.with(std::mem::take);
            drop(old);
            return Ok(());
        }
        self.replace(0, self.length(), std::ptr::null_mut())
    }

    /// `self.extend(other)`.
    pub fn extend(&self, other: &Self) -> Res<()> {
        if self.0.is_writable() {
            let more = other.all()?;
            return self.0.with(|items| {
                items.try_reserve(more.len()).map_err(|_| Exc::GIVE_UP)?;
                items.extend(more);
                Ok(())
            });
        }
        let other = other.to_obj()?;
        self.replace(self.length(), self.length(), other.ptr())
    }

    /// `self[:] = other`.
    pub fn assign(&self, other: &Self) -> Res<()> {
        if self.0.is_writable() {
            let mut new = other.all()?;
            self.0.with(|items| std::mem::swap(items, &mut new));
            drop(new);
            return Ok(());
        }
        let other = other.to_obj()?;
        self.replace(0, self.length(), other.ptr())
    }

    /// `self.reverse()`.
    pub fn reverse(&self) -> Res<()> {
        if self.0.is_writable() {
            self.0.with(|items| items.reverse());
            return Ok(());
        }
        let list = self.changing()?;
        // SAFETY: exactly a list.
        checked(unsafe { ffi::PyList_Reverse(list) })
    }

    /// `self.sort()`: of numbers in Rust, else the interpreter's own sort of plain items.
    pub fn sort(&self) -> Res<()> {
        if self.0.is_writable() && self.0.with(|items| sort_numbers(items)) {
            return Ok(());
        }
        super::plain::sortable(&self.to_obj()?)?;
        let list = self.changing()?;
        // SAFETY: exactly a list of items that the interpreter compares itself.
        checked(unsafe { ffi::PyList_Sort(list) })
    }

    /// `del self[i]`.
    pub fn delete<I: Int>(&self, i: I) -> Res<()> {
        let at = Self::inside(i.index(), self.0.length())
            .map_err(|e| e.outside(i.index(), c"list assignment index out of range"))?;
        if self.0.is_writable() {
            let old = self.0.with(|items| items.remove(at));
            drop(old);
            return Ok(());
        }
        self.replace(at as isize, at as isize + 1, std::ptr::null_mut())
    }
}

/// Sorts numbers as Python does; false where an item is none, or NaN.
fn sort_numbers<T: Value>(items: &mut [T]) -> bool {
    if T::sort_exactly(items) {
        return true;
    }
    if !items.iter().all(|x| x.rank(x).is_some()) {
        return false;
    }
    items.sort_by(|a, b| a.rank(b).unwrap_or(Ordering::Equal));
    true
}
