//! `list`: of Python's, whose items are checked as they are read, or made by translated code, with its items in Rust.

use std::cmp::Ordering;

use pyo3_ffi::{self as ffi, PyObject};

use super::abreast::Abreast;
use super::any;
use super::exc::{Exc, Res, index_error, value_error};
use super::int::Int;
use super::journal;
use super::list_store::Store;
use super::obj::Obj;
use super::shade::Shades;
use super::slice_range::Places;
use super::value::{Key, Value, guard, is_exactly, unfit};
use super::view::View;

/// So many items Rust makes room for at once; for more Python is asked, whose own limit decides.
const MOST_AT_ONCE: usize = 1 << 28;

/// A `list` whose items are `T`.
#[derive(Clone, Debug)]
#[repr(transparent)]
pub struct List<T>(Store<T>);

impl<T: Value> Value for List<T> {
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyList_Type);
        // SAFETY: promised by the caller.
        Ok(Self(unsafe { Store::borrowed(object) }))
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        self.0.into_python()
    }
    const HOLDS_LISTS: bool = true;
    unsafe fn instead_of(&self, old: *mut PyObject) -> Res<Obj> {
        if self.0.shades(old) {
            // SAFETY: promised by the caller. What has changed in it is stored on its own account.
            return Ok(unsafe { Obj::borrowed(old) });
        }
        self.to_obj()
    }
    unsafe fn shaded(object: *mut PyObject, shades: &Shades) -> Res<Self> {
        guard!(object, ffi::PyList_Type);
        if let Some(store) = shades.find::<Store<T>>(object)? {
            return Ok(Self(store));
        }
        // SAFETY: exactly a list.
        let store = unsafe { Store::shade(object, shades)? };
        shades.add(object, store.clone());
        Ok(Self(store))
    }
    fn sliced(
        &self,
        start: Option<isize>,
        stop: Option<isize>,
        step: Option<isize>,
    ) -> Option<Res<Self>> {
        Some(self.slice(start, stop, step))
    }
}

/// Room for so many items.
fn room<T>(n: usize) -> Res<Vec<T>> {
    let mut items = Vec::new();
    items.try_reserve_exact(n).map_err(|_| Exc::GIVE_UP)?;
    Ok(items)
}

impl<T: Value> List<T> {
    /// `[]`.
    #[inline]
    pub fn new() -> Res<Self> {
        Store::native(Vec::new()).map(Self)
    }

    /// `[items…]`.
    pub fn of<const N: usize>(items: [T; N]) -> Res<Self> {
        Self::with_items(items.into_iter().collect())
    }

    /// A new list of these items.
    pub fn with_items(items: Vec<T>) -> Res<Self> {
        Store::native(items).map(Self)
    }

    /// Takes the items of a list of a function's own.
    #[inline]
    pub(super) fn take_all(&self) -> Res<Vec<T>> {
        if self.0.is_writable() {
            Ok(self.0.with(std::mem::take))
        } else {
            Err(Exc::GIVE_UP)
        }
    }

    /// Gives the items back.
    #[inline]
    pub(super) fn give_all(&self, items: Vec<T>) {
        let old = self.0.with(|place| std::mem::replace(place, items));
        drop(old);
    }

    /// Notes that items in Rust change.
    #[inline]
    pub(super) fn touch(&self) {
        self.0.touch();
    }

    /// Where the items lie; a list of a function's own that had become an object is brought back to Rust before.
    #[inline]
    pub fn view(&self) -> View<T> {
        self.0.settle();
        self.0.view()
    }

    /// The number of items.
    #[inline]
    pub fn length(&self) -> isize {
        self.0.length() as isize
    }

    /// The Python list, which translated code is about to change.
    #[inline]
    fn changing(&self) -> Res<*mut PyObject> {
        let list = self.0.python();
        // SAFETY: a live list; the reference is not given away.
        let object = std::mem::ManuallyDrop::new(unsafe { Obj::borrowed_once(list) });
        journal::list(&object)?;
        Ok(list)
    }

    #[inline]
    fn inside(i: isize, n: usize) -> Res<usize> {
        let at = if i < 0 { i.wrapping_add(n as isize) } else { i };
        if (at as usize) < n {
            Ok(at as usize)
        } else {
            Err(index_error().outside(i, c"list index out of range"))
        }
    }

    /// The item of a list of Python's at a place inside.
    #[inline]
    fn read(&self, at: usize) -> Res<T> {
        // SAFETY: exactly a list, and the place is inside.
        unsafe { T::from_ptr(ffi::PyList_GET_ITEM(self.0.python(), at as isize)) }
    }

    /// The item at a place inside.
    #[inline]
    fn at(&self, at: usize) -> Res<T> {
        if self.0.is_native() {
            // SAFETY: the items are in Rust, and the place is inside.
            Ok(unsafe { (*self.0.place(at)).clone() })
        } else {
            self.read(at)
        }
    }

    /// `self[i]`.
    #[inline]
    pub fn get<I: Int>(&self, i: I) -> Res<T> {
        let i = i.index();
        // No call on either way: it would keep numbers in memory that loops have in registers.
        if self.0.is_native() {
            let at = Self::inside(i, self.0.native_length())?;
            // SAFETY: the items are in Rust, and the place is inside.
            return Ok(unsafe { (*self.0.place(at)).clone() });
        }
        self.read(Self::inside(i, self.0.length())?)
    }

    /// `self[i] = item`.
    #[inline]
    pub fn set<I: Int>(&self, i: I, item: T) -> Res<()> {
        let i = i.index();
        if self.0.is_native() {
            let at = Self::inside(i, self.0.native_length())
                .map_err(|e| e.outside(i, c"list assignment index out of range"))?;
            self.0.touch();
            // SAFETY: the items are in Rust, and the place is inside; the old item is dropped last.
            let old = unsafe { std::mem::replace(&mut *self.0.place(at), item) };
            drop(old);
            return Ok(());
        }
        self.set_in_place(i, item)
    }

    /// `self[i] = item` of a list of Python's, which stays where it is.
    #[cold]
    #[inline(never)]
    pub fn set_in_place(&self, i: isize, item: T) -> Res<()> {
        let at = Self::inside(i, self.0.length())
            .map_err(|e| e.outside(i, c"list assignment index out of range"))?;
        let list = self.changing()?;
        let item = item.into_obj()?;
        // SAFETY: exactly a list, and the place is inside; the old item is dropped last.
        unsafe {
            let old = Obj::borrowed(ffi::PyList_GET_ITEM(list, at as isize));
            let failed = ffi::PyList_SetItem(list, at as isize, item.into_ptr());
            drop(old);
            checked(failed)
        }
    }

    /// `self.append(item)`.
    #[inline]
    pub fn append(&self, item: T) -> Res<()> {
        if self.0.has_room() {
            // SAFETY: there is room.
            unsafe { self.0.push(item) };
            return Ok(());
        }
        self.append_slowly(item)
    }

    // Takes the item along, so that no number lives across the call.
    #[cold]
    #[inline(never)]
    fn append_slowly(&self, item: T) -> Res<()> {
        if self.0.is_writable() {
            self.0.grow()?;
            // SAFETY: there is room now.
            unsafe { self.0.push(item) };
            return Ok(());
        }
        // The object of the item may be made from this very list.
        let item = item.into_obj()?;
        let list = self.0.python();
        // SAFETY: exactly a list; the reference is not given away.
        unsafe {
            let object = std::mem::ManuallyDrop::new(Obj::borrowed_once(list));
            journal::list_grows(&object)?;
            checked(ffi::PyList_Append(list, item.ptr()))
        }
    }

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
    fn replace(&self, low: isize, high: isize, items: *mut PyObject) -> Res<()> {
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

    /// All items, in Rust.
    fn all(&self) -> Res<Vec<T>> {
        let n = self.0.length();
        let mut items = room(n)?;
        if self.0.is_native() {
            // SAFETY: the items are in Rust, and cloning them changes no list.
            items.extend_from_slice(unsafe { self.0.items() });
        } else {
            for at in 0..n {
                items.push(self.read(at)?);
            }
        }
        Ok(items)
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
        any::plain(&self.to_obj()?)?;
        let list = self.changing()?;
        // SAFETY: exactly a list of plain items.
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
            let (mut items, more) = (self.all()?, other.all()?);
            items.try_reserve(more.len()).map_err(|_| Exc::GIVE_UP)?;
            items.extend(more);
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

    /// Whether both are one object.
    pub fn is(&self, other: &Self) -> bool {
        self.0.is(&other.0)
    }
}

/// The answer of C code that sets an exception when it fails.
#[inline]
fn checked(status: std::ffi::c_int) -> Res<()> {
    if status == 0 {
        Ok(())
    } else {
        Err(Exc::fetch())
    }
}

/// Sorts numbers as Python does; false where an item is none, or NaN.
fn sort_numbers<T: Value>(items: &mut [T]) -> bool {
    if !items.iter().all(|x| x.rank(x).is_some()) {
        return false;
    }
    items.sort_by(|a, b| a.rank(b).unwrap_or(Ordering::Equal));
    true
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
