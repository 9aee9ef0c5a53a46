//! Where the entries of a dict are: in a Python dict, or in Rust for as long as no object of the dict is needed.
//!
//! As with lists, a handle points to the Python dict itself or to a head whose second word tells what it is.

use std::alloc::{Layout, alloc, dealloc};
use std::cell::{Cell, UnsafeCell};
use std::ptr::NonNull;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res};
use super::obj::Obj;
use super::table::Table;
use super::value::Value;

/// In a head's `kind`: the entries are in Rust. No type object has this address.
const NATIVE: usize = 1;
/// In a head's `kind`: the entries are in `object`.
const MOVED: usize = 2;

/// A dict made by translated code; the first two fields lie as in `PyObject`.
#[repr(C)]
struct Head<K, V> {
    references: Cell<isize>,
    kind: Cell<usize>,
    object: Cell<*mut PyObject>,
    table: UnsafeCell<Table<K, V>>,
}

/// A reference to a dict of either kind.
#[derive(Debug)]
#[repr(transparent)]
pub struct Store<K, V>(NonNull<Head<K, V>>);

impl<K, V> Store<K, V> {
    #[inline]
    fn kind(&self) -> usize {
        // SAFETY: alive as long as a handle; the second word of an object is its type.
        unsafe { (*self.0.as_ptr()).kind.get() }
    }

    /// Whether the entries are in Rust.
    #[inline]
    pub fn is_native(&self) -> bool {
        self.kind() == NATIVE
    }

    /// The Python dict that holds the entries; only where they are not in Rust.
    #[inline]
    pub fn python(&self) -> *mut PyObject {
        if self.kind() == MOVED {
            // SAFETY: alive as long as a handle.
            unsafe { (*self.0.as_ptr()).object.get() }
        } else {
            self.0.as_ptr().cast()
        }
    }

    /// Works on the entries if they are in Rust. `work` must not touch the dict otherwise.
    #[inline]
    pub fn with<R>(&self, work: impl FnOnce(&mut Table<K, V>) -> R) -> Option<R> {
        // SAFETY: nothing else looks at the table meanwhile.
        (self.kind() == NATIVE).then(|| work(unsafe { &mut *(*self.0.as_ptr()).table.get() }))
    }

    /// Whether both are one dict.
    pub fn is(&self, other: &Self) -> bool {
        self.0 == other.0
            || self.kind() != NATIVE && other.kind() != NATIVE && self.python() == other.python()
    }

    /// A dict in Rust.
    pub fn native(table: Table<K, V>) -> Res<Self> {
        Self::native_for(table, std::ptr::null_mut())
    }

    /// A dict in Rust, whose entries move to this empty dict of Python's when an object is needed, or to a new one. It
    /// takes the reference over.
    pub fn native_for(table: Table<K, V>, object: *mut PyObject) -> Res<Self> {
        // SAFETY: the head is filled before it is used.
        unsafe {
            let head = alloc(Layout::new::<Head<K, V>>()).cast::<Head<K, V>>();
            let head = NonNull::new(head).ok_or(Exc::GIVE_UP)?;
            head.write(Head {
                references: Cell::new(1),
                kind: Cell::new(NATIVE),
                object: Cell::new(object),
                table: UnsafeCell::new(table),
            });
            Ok(Self(head))
        }
    }

    /// A reference to a dict of Python's.
    #[inline]
    pub fn python_dict(dict: Obj) -> Self {
        // SAFETY: an object is at no null address.
        Self(unsafe { NonNull::new_unchecked(dict.into_ptr().cast()) })
    }

    #[cold]
    #[inline(never)]
    fn free(&self) {
        // SAFETY: this was the last handle.
        unsafe {
            let head = self.0.as_ptr();
            if !(*head).object.get().is_null() {
                ffi::Py_DECREF((*head).object.get());
            }
            std::ptr::drop_in_place((*head).table.get());
            dealloc(head.cast(), Layout::new::<Head<K, V>>());
        }
    }
}

impl<K: Value, V: Value> Store<K, V> {
    /// The Python dict that holds the entries; made now if they are in Rust.
    pub fn into_python(self) -> Res<Obj> {
        if self.kind() == NATIVE {
            self.leave()?;
        }
        // SAFETY: a live dict.
        Ok(unsafe { Obj::borrowed(self.python()) })
    }

    #[cold]
    #[inline(never)]
    fn leave(&self) -> Res<()> {
        // SAFETY: alive as long as a handle; a new dict of plain keys.
        let dict = unsafe {
            match (*self.0.as_ptr()).object.get() {
                waiting if waiting.is_null() => Obj::owned(ffi::PyDict_New())?,
                waiting => Obj::borrowed(waiting),
            }
        };
        let table = self.with(|t| std::mem::replace(t, Table::new()));
        for (key, value) in table.into_iter().flat_map(Table::into_entries) {
            let (key, value) = (key.into_obj()?, value.into_obj()?);
            // SAFETY: as above.
            if unsafe { ffi::PyDict_SetItem(dict.ptr(), key.ptr(), value.ptr()) } != 0 {
                return Err(Exc::fetch());
            }
        }
        // SAFETY: alive as long as a handle.
        unsafe {
            let waiting = (*self.0.as_ptr()).object.replace(dict.into_ptr());
            (*self.0.as_ptr()).kind.set(MOVED);
            ffi::Py_XDECREF(waiting);
        }
        Ok(())
    }
}

impl<K, V> Clone for Store<K, V> {
    #[inline]
    fn clone(&self) -> Self {
        // SAFETY: alive as long as a handle.
        unsafe {
            if self.kind() <= MOVED {
                let references = &(*self.0.as_ptr()).references;
                references.set(references.get() + 1);
            } else {
                ffi::Py_INCREF(self.0.as_ptr().cast());
            }
        }
        Self(self.0)
    }
}

impl<K, V> Drop for Store<K, V> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: an owned reference that is not used again.
        unsafe {
            if self.kind() <= MOVED {
                let references = &(*self.0.as_ptr()).references;
                references.set(references.get() - 1);
                if references.get() == 0 {
                    self.free();
                }
            } else {
                ffi::Py_DECREF(self.0.as_ptr().cast());
            }
        }
    }
}
