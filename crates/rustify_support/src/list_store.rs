//! Where the items of a list are: in a Python list, or in Rust for as long as no object of the list is needed.
//!
//! A handle points to the Python list itself or to a [`Head`], which has its fields where the Python list has them. A list
//! made by translated code starts in Rust; the first operation that needs an object makes one, and from then on the
//! object holds the items for all handles, so that the list has one identity and one state at any time.

use std::alloc::{Layout, alloc, dealloc};
use std::cell::Cell;
use std::ptr::NonNull;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res};
use super::obj::Obj;
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
            if (*head).kind.get() == MOVED {
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

    /// Whether the items are in Rust, where they are brought if the list is to change and nobody else has its object.
    #[inline]
    pub fn is_writable(&self) -> bool {
        match self.kind() {
            NATIVE => true,
            MOVED => self.come_back(),
            _ => false,
        }
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
