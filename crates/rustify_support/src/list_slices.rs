//! Parts of lists, and lists put together.

use pyo3_ffi as ffi;

use super::exc::{Exc, Res, value_error};
use super::int::Int;
use super::list::{List, checked, room};
use super::list_store::Store;
use super::obj::Obj;
use super::slice_range::Places;
use super::value::Value;

/// So many items Rust makes room for at once; for more Python is asked, whose own limit decides.
const MOST_AT_ONCE: usize = 1 << 28;

impl<T: Value> List<T> {
    /// `self.copy()`, and `list(self)`.
    pub fn copy(&self) -> Res<Self> {
        self.slice(None, None, None)
    }

    /// `self[start:stop:step]`.
    pub fn slice(
        &self,
        start: Option<isize>,
        stop: Option<isize>,
        step: Option<isize>,
    ) -> Res<Self> {
        let places = Places::of(self.0.length(), start, stop, step)?;
        if self.0.is_native() {
            let mut items = room(places.count)?;
            // SAFETY: the items are in Rust, and cloning them changes no list.
            let old = unsafe { self.0.items() };
            if places.step == 1 {
                let start = places.start as usize;
                items.extend_from_slice(&old[start..start + places.count]);
            } else {
                items.extend(places.iter().map(|at| old[at].clone()));
            }
            return Self::with_items(items);
        }
        let list = self.0.python();
        // SAFETY: exactly a list, and places inside; the new list is filled before it is used.
        unsafe {
            if places.step == 1 {
                let end = places.start + places.count as isize;
                let new = Obj::owned(ffi::PyList_GetSlice(list, places.start, end))?;
                return Store::fresh(new).map(Self);
            }
            let new = Obj::owned(ffi::PyList_New(places.count as isize))?;
            for (i, at) in places.iter().enumerate() {
                let item = Obj::borrowed(ffi::PyList_GET_ITEM(list, at as isize));
                ffi::PyList_SET_ITEM(new.ptr(), i as isize, item.into_ptr());
            }
            Store::fresh(new).map(Self)
        }
    }

    /// `self[start:stop:step] = items`.
    pub fn set_slice<I: Int>(
        &self,
        start: Option<I>,
        stop: Option<I>,
        step: Option<I>,
        items: &Self,
    ) -> Res<()> {
        let places = Places::of(
            self.0.length(),
            start.map(I::index),
            stop.map(I::index),
            step.map(I::index),
        )?;
        if places.step != 1 && places.count as isize != items.length() {
            return Err(value_error());
        }
        let (low, high) = (places.start, places.start + places.count as isize);
        if self.0.is_writable() {
            if !std::mem::needs_drop::<T>()
                && places.step == 1
                && places.count as isize == items.length()
                && items.0.is_native()
                && !self.is(items)
            {
                // SAFETY: items in Rust of two lists, without anything to drop, and places inside of both.
                unsafe {
                    let new = items.0.items();
                    let to = self.0.place(low as usize);
                    std::ptr::copy_nonoverlapping(new.as_ptr(), to, new.len());
                }
                self.touch();
                return Ok(());
            }
            let new = items.all()?;
            let old: Vec<T> = self.0.with(|all| {
                all.try_reserve(new.len()).map_err(|_| Exc::GIVE_UP)?;
                if places.step == 1 {
                    return Ok(all.splice(low as usize..high as usize, new).collect());
                }
                Ok(places
                    .iter()
                    .zip(new)
                    .map(|(at, item)| std::mem::replace(&mut all[at], item))
                    .collect())
            })?;
            drop(old);
            return Ok(());
        }
        let items = items.slice(None, None, None)?.into_obj()?;
        if places.step == 1 {
            return self.replace(low, high, items.ptr());
        }
        let list = self.changing()?;
        for (i, at) in places.iter().enumerate() {
            // SAFETY: exactly lists, and places inside both.
            unsafe {
                let item = Obj::borrowed(ffi::PyList_GET_ITEM(items.ptr(), i as isize));
                checked(ffi::PyList_SetItem(list, at as isize, item.into_ptr()))?;
            }
        }
        Ok(())
    }

    /// `self + other`.
    pub fn concat(&self, other: &Self) -> Res<Self> {
        if self.0.is_native() || other.0.is_native() {
            let mut items = room(self.0.length() + other.0.length())?;
            self.copy_to(&mut items)?;
            other.copy_to(&mut items)?;
            return Self::with_items(items);
        }
        // SAFETY: both are exactly lists.
        let new = unsafe { Obj::owned(ffi::PySequence_Concat(self.0.python(), other.0.python()))? };
        Store::fresh(new).map(Self)
    }

    /// `self * n`.
    pub fn repeat<I: Int>(&self, n: I) -> Res<Self> {
        // A count that no index can be is an error even of an empty list.
        let _ = i64::narrow(n.wide())?;
        let times = n.index().max(0) as usize;
        if self.0.is_native()
            && let Some(total) = times.checked_mul(self.0.length())
            && total <= MOST_AT_ONCE
        {
            let mut items = room(total)?;
            // SAFETY: the items are in Rust, and cloning them changes no list.
            let old = unsafe { self.0.items() };
            if let [one] = old {
                items.resize(total, one.clone());
            } else {
                (0..times).for_each(|_| items.extend_from_slice(old));
            }
            return Self::with_items(items);
        }
        let list = self.to_obj()?;
        // SAFETY: exactly a list.
        let new = unsafe { Obj::owned(ffi::PySequence_Repeat(list.ptr(), n.index()))? };
        Store::fresh(new).map(Self)
    }
}
