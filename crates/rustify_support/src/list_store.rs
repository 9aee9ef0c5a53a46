//! Where the items of a list are: in a Python list, or in Rust for as long as no object of the list is needed.
//!
//! A handle points to the Python list itself or to a [`Head`], which has its fields where the Python list has them. A list
//! made by translated code starts in Rust; the first operation that needs an object makes one, and from then on the
//! object holds the items for all handles, so that the list has one identity and one state at any time.

use std::alloc::{Layout, alloc, dealloc};
use std::cell::Cell;
use std::ptr::NonNull;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res, give_up};
use super::journal;
use super::obj::Obj;
use super::shade::{Shaded, Shades, Stored};
use super::value::Value;

/// In a head's `kind`: the items are in Rust. No type object has this address.
const NATIVE: usize = 1;
/// In a head's `kind`: the items are in `object`.
const MOVED: usize = 2;

/// So often a list may go back to Rust after an object of it was made.
const MOST_RETURNS: u8 = 2;

/// A list made by translated code; the first four fields lie as in `PyListObject`.
#[repr(C)]
struct Head<T> {
    references: Cell<isize>,
    kind: Cell<usize>,
    length: Cell<usize>,
    items: Cell<*mut T>,
    capacity: Cell<usize>,
    object: Cell<*mut PyObject>,
    returns: Cell<u8>,
    /// Whether items have changed since they came from Python.
    touched: Cell<bool>,
}

/// A reference to a list of either kind.
#[derive(Debug)]
#[repr(transparent)]
pub struct Store<T>(NonNull<Head<T>>);

impl<T> Store<T> {
    #[inline]
    fn head(&self) -> &Head<T> {
        // SAFETY: alive as long as a handle; for a Python list only the fields that it has in common are read.
        unsafe { self.0.as_ref() }
    }

    #[inline]
    fn kind(&self) -> usize {
        self.head().kind.get()
    }

    /// Whether the items are in Rust.
    #[inline]
    pub fn is_native(&self) -> bool {
        self.kind() == NATIVE
    }

    /// The Python list that holds the items; only where they are not in Rust.
    #[inline]
    pub fn python(&self) -> *mut PyObject {
        if self.kind() == MOVED {
            self.head().object.get()
        } else {
            self.0.as_ptr().cast()
        }
    }

    /// The number of items.
    #[inline]
    pub fn length(&self) -> usize {
        if self.kind() == MOVED {
            // SAFETY: exactly a list.
            unsafe { ffi::PyList_GET_SIZE(self.head().object.get()) as usize }
        } else {
            self.head().length.get()
        }
    }

    /// The number of items in Rust; only where they are there.
    #[inline]
    pub fn native_length(&self) -> usize {
        self.head().length.get()
    }

    /// Notes that items in Rust change; only where they are there.
    #[inline]
    pub fn touch(&self) {
        self.head().touched.set(true);
    }

    /// The items in Rust.
    ///
    /// # Safety
    ///
    /// The items are in Rust, and nothing changes them meanwhile.
    #[inline]
    pub unsafe fn items(&self) -> &[T] {
        let head = self.head();
        // SAFETY: the caller has looked at the kind.
        unsafe { std::slice::from_raw_parts(head.items.get(), head.length.get()) }
    }

    /// The place of an item in Rust.
    ///
    /// # Safety
    ///
    /// The items are in Rust.
    #[inline]
    pub unsafe fn place(&self, at: usize) -> *mut T {
        // SAFETY: within the buffer, as the caller has looked.
        unsafe { self.head().items.get().add(at) }
    }

    /// Whether both are one list.
    #[inline]
    pub fn is(&self, other: &Self) -> bool {
        self.0 == other.0
            || !self.is_native() && !other.is_native() && self.python() == other.python()
    }

    /// A number that no other list has as long as this one lives.
    pub fn identity(&self) -> usize {
        if self.is_native() {
            self.0.as_ptr() as usize
        } else {
            self.python() as usize
        }
    }

    /// Works on the items as a vector; only where they are in Rust. `work` must not touch the list otherwise.
    #[inline]
    pub fn with<R>(&self, work: impl FnOnce(&mut Vec<T>) -> R) -> R {
        let head = self.head();
        // SAFETY: the parts of a vector that only this head owns; it is not looked at meanwhile.
        let mut items = std::mem::ManuallyDrop::new(unsafe {
            Vec::from_raw_parts(head.items.get(), head.length.get(), head.capacity.get())
        });
        let result = work(&mut items);
        head.items.set(items.as_mut_ptr());
        head.length.set(items.len());
        head.capacity.set(items.capacity());
        head.touched.set(true);
        result
    }

    /// Whether one more item fits into the buffer in Rust.
    #[inline]
    pub fn has_room(&self) -> bool {
        let head = self.head();
        head.kind.get() == NATIVE && head.length.get() < head.capacity.get()
    }

    /// One more item in Rust.
    ///
    /// # Safety
    ///
    /// There is room.
    #[inline]
    pub unsafe fn push(&self, item: T) {
        let head = self.head();
        let n = head.length.get();
        head.touched.set(true);
        // SAFETY: promised by the caller.
        unsafe { head.items.get().add(n).write(item) };
        head.length.set(n + 1);
    }

    /// Room for more items in Rust.
    pub fn grow(&self) -> Res<()> {
        self.with(|items| items.try_reserve(items.len().max(8)))
            .map_err(|_| Exc::GIVE_UP)
    }

    fn allocate(kind: usize, items: Vec<T>, object: *mut PyObject) -> Res<Self> {
        let mut items = std::mem::ManuallyDrop::new(items);
        // SAFETY: the head is filled before it is used.
        unsafe {
            let Some(head) = NonNull::new(alloc(Layout::new::<Head<T>>()).cast::<Head<T>>()) else {
                drop(std::mem::ManuallyDrop::into_inner(items));
                return Err(Exc::GIVE_UP);
            };
            head.write(Head {
                references: Cell::new(1),
                kind: Cell::new(kind),
                length: Cell::new(items.len()),
                items: Cell::new(items.as_mut_ptr()),
                capacity: Cell::new(items.capacity()),
                object: Cell::new(object),
                returns: Cell::new(0),
                touched: Cell::new(false),
            });
            Ok(Self(head))
        }
    }

    /// A list in Rust.
    #[inline]
    pub fn native(items: Vec<T>) -> Res<Self> {
        Self::allocate(NATIVE, items, std::ptr::null_mut())
    }

    /// A Python list that translated code has just made: it may go to Rust later.
    pub fn fresh(list: Obj) -> Res<Self> {
        let store = Self::allocate(MOVED, Vec::new(), list.ptr())?;
        let _ = list.into_ptr();
        Ok(store)
    }

    /// A reference to a list of Python's.
    ///
    /// # Safety
    ///
    /// `list` is alive and exactly a `list`.
    #[inline]
    pub unsafe fn borrowed(list: *mut PyObject) -> Self {
        // SAFETY: promised by the caller.
        unsafe {
            ffi::Py_INCREF(list);
            Self(NonNull::new_unchecked(list.cast()))
        }
    }

    #[cold]
    #[inline(never)]
    fn free(&self) {
        let head = self.0.as_ptr();
        // SAFETY: this was the last handle.
        unsafe {
            if !(*head).object.get().is_null() {
                ffi::Py_DECREF((*head).object.get());
            }
            drop(Vec::from_raw_parts(
                (*head).items.get(),
                (*head).length.get(),
                (*head).capacity.get(),
            ));
            dealloc(head.cast(), Layout::new::<Head<T>>());
        }
    }
}

impl<T: Value> Store<T> {
    /// The Python list that holds the items; made now if they are in Rust.
    #[inline]
    pub fn into_python(self) -> Res<Obj> {
        if self.is_native() {
            self.leave()?;
        }
        // SAFETY: a live list.
        Ok(unsafe { Obj::borrowed(self.python()) })
    }

    /// Moves the items to a new Python list.
    #[cold]
    #[inline(never)]
    fn leave(&self) -> Res<()> {
        let head = self.head();
        if self.is_shade() {
            if T::HOLDS_LISTS {
                // SAFETY: the items are in Rust; making objects of them changes no list but themselves.
                for item in unsafe { self.items() } {
                    item.to_obj()?;
                }
            }
            self.store(None)?;
            head.kind.set(MOVED);
            drop(self.with(std::mem::take));
            return Ok(());
        }
        let items = self.with(std::mem::take);
        // SAFETY: the list is filled before anybody sees it.
        let list = unsafe { Obj::owned(ffi::PyList_New(items.len() as isize))? };
        for (i, item) in items.into_iter().enumerate() {
            // SAFETY: a place of the new list that holds nothing yet.
            unsafe { ffi::PyList_SET_ITEM(list.ptr(), i as isize, item.into_obj()?.into_ptr()) };
        }
        head.object.set(list.into_ptr());
        head.kind.set(MOVED);
        Ok(())
    }

    /// A list of the caller with its items in Rust.
    ///
    /// # Safety
    ///
    /// `list` is alive and exactly a `list`.
    pub unsafe fn shade(list: *mut PyObject, shades: &Shades) -> Res<Self> {
        let mut items = Vec::new();
        // SAFETY: exactly a list, which nothing changes meanwhile.
        unsafe {
            let n = ffi::PyList_GET_SIZE(list);
            items
                .try_reserve_exact(n as usize)
                .map_err(|_| Exc::GIVE_UP)?;
            for i in 0..n {
                items.push(T::shaded(ffi::PyList_GET_ITEM(list, i), shades)?);
            }
            Self::allocate(NATIVE, items, Obj::borrowed(list).into_ptr())
        }
    }

    /// Whether the items, and theirs in turn, are in Rust; with `OURS` also of no list of the caller.
    pub fn is_apart<const OURS: bool>(&self) -> bool {
        self.is_native()
            && !(OURS && self.is_shade())
            // SAFETY: the items are in Rust, and looking at them changes none.
            && (!T::HOLDS_LISTS || unsafe { self.items() }.iter().all(T::is_apart::<OURS>))
    }

    /// Whether this is a list of the caller with its items in Rust.
    fn is_shade(&self) -> bool {
        self.is_native() && !self.head().object.get().is_null()
    }

    /// Whether this is the shade of a list.
    pub fn shades(&self, list: *mut PyObject) -> bool {
        self.is_native() && self.head().object.get() == list
    }

    /// Stores items that have changed in the caller's list, or collects what is to be stored.
    fn store(&self, mut stores: Option<&mut Vec<Stored>>) -> Res<()> {
        if !self.head().touched.get() {
            return Ok(());
        }
        let list = self.head().object.get();
        // SAFETY: the reference is not given away; exactly a list, and places inside. Making objects changes no list but
        // those of items.
        unsafe {
            let object = std::mem::ManuallyDrop::new(Obj::borrowed_once(list));
            let (n, before) = (
                self.head().length.get(),
                ffi::PyList_GET_SIZE(list) as usize,
            );
            if n != before {
                let new = Obj::owned(ffi::PyList_New(n as isize))?;
                for (i, item) in self.items().iter().enumerate() {
                    let item = if i < before {
                        item.instead_of(ffi::PyList_GET_ITEM(list, i as isize))?
                    } else {
                        item.to_obj()?
                    };
                    ffi::PyList_SET_ITEM(new.ptr(), i as isize, item.into_ptr());
                }
                journal::list(&object)?;
                return if ffi::PyList_SetSlice(list, 0, before as isize, new.ptr()) == 0 {
                    Ok(())
                } else {
                    Err(Exc::fetch())
                };
            }
            for (i, item) in self.items().iter().enumerate() {
                let old = ffi::PyList_GET_ITEM(list, i as isize);
                let new = item.instead_of(old)?;
                if new.ptr() == old {
                    continue;
                }
                if let Some(stores) = &mut stores {
                    stores.push(Stored {
                        list,
                        at: i as isize,
                        item: new,
                    });
                } else {
                    journal::list(&object)?;
                    // The journal keeps the old item.
                    if ffi::PyList_SetItem(list, i as isize, new.into_ptr()) != 0 {
                        return Err(Exc::fetch());
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether the items are in Rust, where they are brought if the list is to change and nobody else has its object.
    #[inline]
    pub fn is_writable(&self) -> bool {
        match self.kind() {
            NATIVE => true,
            MOVED => self.come_back(),
            _ => false,
        }
    }

    /// Brings the items to Rust if they can be.
    #[inline]
    pub fn settle(&self) {
        let _ = self.is_writable();
    }

    #[cold]
    #[inline(never)]
    fn come_back(&self) -> bool {
        let head = self.head();
        let list = head.object.get();
        // SAFETY: a live list that only this head refers to.
        unsafe {
            if ffi::Py_REFCNT(list) != 1 || head.returns.get() >= MOST_RETURNS {
                return false;
            }
            head.returns.set(head.returns.get() + 1);
            let n = ffi::PyList_GET_SIZE(list);
            let mut items = Vec::new();
            if items.try_reserve_exact(n as usize).is_err() {
                return false;
            }
            for i in 0..n {
                match T::from_ptr(ffi::PyList_GET_ITEM(list, i)) {
                    Ok(item) => items.push(item),
                    Err(_) => return false,
                }
            }
            self.with(|old| *old = items);
            head.object.set(std::ptr::null_mut());
            head.kind.set(NATIVE);
            ffi::Py_DECREF(list);
        }
        true
    }
}

impl<T> Clone for Store<T> {
    #[inline]
    fn clone(&self) -> Self {
        if self.kind() <= MOVED {
            let references = &self.head().references;
            references.set(references.get() + 1);
        } else {
            // SAFETY: a live Python list.
            unsafe { ffi::Py_INCREF(self.0.as_ptr().cast()) };
        }
        Self(self.0)
    }
}

impl<T> Drop for Store<T> {
    #[inline]
    fn drop(&mut self) {
        if self.kind() <= MOVED {
            let references = &self.head().references;
            references.set(references.get() - 1);
            if references.get() == 0 {
                self.free();
            }
        } else {
            // SAFETY: an owned reference to a live Python list.
            unsafe { ffi::Py_DECREF(self.0.as_ptr().cast()) };
        }
    }
}

impl<T: Value> Shaded for Store<T> {
    fn write_back(&self, stores: Option<&mut Vec<Stored>>) -> Res<()> {
        if self.is_shade() {
            self.store(stores)
        } else {
            Ok(())
        }
    }

    fn read_again(&self) -> Res<()> {
        if !self.is_shade() {
            return Ok(());
        }
        let list = self.head().object.get();
        // SAFETY: exactly a list; items of the same length take the places of the old ones.
        unsafe {
            if ffi::PyList_GET_SIZE(list) as usize != self.head().length.get() {
                return give_up();
            }
            for at in 0..self.head().length.get() {
                let now = ffi::PyList_GET_ITEM(list, at as isize);
                if (*self.place(at)).instead_of(now)?.ptr() != now {
                    *self.place(at) = T::from_ptr(now)?;
                }
            }
        }
        Ok(())
    }

    fn is_touched(&self) -> bool {
        self.is_shade() && self.head().touched.get()
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
