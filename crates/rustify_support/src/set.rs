//! `set` and `frozenset`: the interpreter's own, so that their order is its own.

use std::marker::PhantomData;

use pyo3_ffi::{self as ffi, PyObject};

use super::any;
use super::exc::{Exc, Res, give_up, key_error, runtime_error};
use super::journal;
use super::lookup;
use super::obj::Obj;
use super::probe;
use super::value::{Key, Value, guard, is_exactly, unfit};

macro_rules! set {
    ($name:ident, $class:ident, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Debug)]
        pub struct $name<T>(Obj, PhantomData<T>);

        impl<T: Value> Value for $name<T> {
            #[inline]
            unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
                guard!(object, ffi::$class);
                // SAFETY: promised by the caller.
                Ok(Self(unsafe { Obj::borrowed(object) }, PhantomData))
            }
            #[inline]
            fn into_obj(self) -> Res<Obj> {
                Ok(self.0)
            }
        }

        impl<T: Key> $name<T> {
            /// The number of items.
            #[inline]
            pub fn length(&self) -> isize {
                // SAFETY: exactly a set.
                unsafe { ffi::PySet_Size(self.0.ptr()) }
            }

            /// `item in self`.
            #[inline]
            pub fn contains(&self, item: &T) -> Res<bool> {
                item.check_key()?;
                if let Some(hash) = item.python_hash() {
                    let set = self.0.ptr();
                    // SAFETY: exactly a set, whose items are alive.
                    let found = unsafe { lookup::in_set(set, hash, |known| item.equals(known)) };
                    if let Some(found) = found {
                        return Ok(!found.is_null());
                    }
                }
                let item = item.to_obj()?;
                // SAFETY: exactly a set.
                match unsafe {
                    probe::set(self.0.ptr(), item.ptr())?;
                    ffi::PySet_Contains(self.0.ptr(), item.ptr())
                } {
                    -1 => Err(Exc::fetch()),
                    answer => Ok(answer == 1),
                }
            }

            /// The items in the set's own order.
            pub fn iter(&self) -> Res<SetItems<T>> {
                Ok(SetItems {
                    set: self.0.clone(),
                    length: self.length(),
                    at: 0,
                    items: PhantomData,
                })
            }
        }
    };
}

set!(Set, PySet_Type, "A `set` of `T`.");
set!(FrozenSet, PyFrozenSet_Type, "A `frozenset` of `T`.");

impl<T: Key> Set<T> {
    /// `set()`.
    pub fn new() -> Res<Self> {
        // SAFETY: makes a set.
        let set = unsafe { Obj::owned(ffi::PySet_New(std::ptr::null_mut()))? };
        journal::born(&set);
        Ok(Self(set, PhantomData))
    }

    /// `self.add(item)`.
    #[inline]
    pub fn add(&self, item: &T) -> Res<()> {
        journal::set(&self.0)?;
        item.check_key()?;
        // SAFETY: exactly a set.
        if unsafe { ffi::PySet_Add(self.0.ptr(), item.to_obj()?.ptr()) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// `self.discard(item)`: whether it was there.
    pub fn discard(&self, item: &T) -> Res<bool> {
        journal::set(&self.0)?;
        item.check_key()?;
        // SAFETY: exactly a set.
        match unsafe { ffi::PySet_Discard(self.0.ptr(), item.to_obj()?.ptr()) } {
            -1 => Err(Exc::fetch()),
            answer => Ok(answer == 1),
        }
    }

    /// `self.remove(item)`.
    pub fn remove(&self, item: &T) -> Res<()> {
        if self.discard(item)? {
            return Ok(());
        }
        let item = item.to_obj()?;
        super::raised::with(key_error(), &[item]).map_or_else(Err, Err)
    }

    /// `self |= other` and its like; the items need not be of the set's type.
    fn in_place(
        &self,
        other: &Obj,
        operation: unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject,
    ) -> Res<()> {
        let class = other.class();
        // Keys are hashed and compared by the interpreter's own code.
        any::plain(other)?;
        if class != &raw mut ffi::PySet_Type && class != &raw mut ffi::PyFrozenSet_Type {
            return give_up();
        }
        journal::set(&self.0)?;
        // SAFETY: two sets of plain items.
        unsafe { Obj::owned(operation(self.0.ptr(), other.ptr())).map(drop) }
    }

    /// `self |= other`.
    pub fn update_or(&self, other: &Obj) -> Res<()> {
        self.in_place(other, ffi::PyNumber_InPlaceOr)
    }
    /// `self &= other`.
    pub fn update_and(&self, other: &Obj) -> Res<()> {
        self.in_place(other, ffi::PyNumber_InPlaceAnd)
    }
    /// `self -= other`.
    pub fn update_sub(&self, other: &Obj) -> Res<()> {
        self.in_place(other, ffi::PyNumber_InPlaceSubtract)
    }
    /// `self ^= other`.
    pub fn update_xor(&self, other: &Obj) -> Res<()> {
        self.in_place(other, ffi::PyNumber_InPlaceXor)
    }

    /// `frozenset(self)`.
    pub fn frozen(&self) -> Res<FrozenSet<T>> {
        // SAFETY: exactly a set.
        unsafe { Obj::owned(ffi::PyFrozenSet_New(self.0.ptr())).map(|o| FrozenSet(o, PhantomData)) }
    }
}

/// A new set of the items of a builtin container or text, made by the interpreter: the table of a set that is made of
/// another set or of a dict has another size than one that grows item by item, and so another order.
fn made(other: &Obj, new: unsafe extern "C" fn(*mut PyObject) -> *mut PyObject) -> Res<Obj> {
    // SAFETY: items are hashed and compared by the interpreter's own code.
    unsafe { Obj::owned(new(any::plain(other)?.ptr())) }
}

impl<T: Key> Set<T> {
    /// `set(other)`.
    pub fn made_of(other: &Obj) -> Res<Self> {
        let set = made(other, ffi::PySet_New)?;
        journal::born(&set);
        Ok(Self(set, PhantomData))
    }

    /// `self.update(other)`.
    pub fn take_all(&self, other: &Obj) -> Res<()> {
        journal::set(&self.0)?;
        let name = any::name(c"update")?;
        any::call_method(&self.0, &name, std::slice::from_ref(other)).map(drop)
    }
}

impl<T: Key> FrozenSet<T> {
    /// A new one without items, which nobody has seen yet.
    pub fn new() -> Res<Self> {
        // SAFETY: makes a set.
        let set = unsafe { Obj::owned(ffi::PyFrozenSet_New(std::ptr::null_mut()))? };
        Ok(Self(set, PhantomData))
    }

    /// One more item, before anybody has seen it.
    pub fn add(&self, item: &T) -> Res<()> {
        item.check_key()?;
        // SAFETY: a new set with one reference.
        if unsafe { ffi::PySet_Add(self.0.ptr(), item.to_obj()?.ptr()) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// `frozenset(other)`.
    pub fn made_of(other: &Obj) -> Res<Self> {
        if other.class() == &raw mut ffi::PyFrozenSet_Type {
            return Ok(Self(other.clone(), PhantomData));
        }
        Ok(Self(made(other, ffi::PyFrozenSet_New)?, PhantomData))
    }
}

impl<T: Key> Key for FrozenSet<T> {
    /// Items that the interpreter hashes and compares by its own code; NaN among them is found by its identity, which
    /// the set keeps.
    fn check_key(&self) -> Res<()> {
        any::plain(&self.0).map(drop)
    }
}

/// The items of a set, in the order of its table.
#[derive(Debug)]
pub struct SetItems<T> {
    set: Obj,
    length: isize,
    at: isize,
    items: PhantomData<T>,
}

impl<T: Value> SetItems<T> {
    /// The next item.
    #[inline]
    pub fn next(&mut self) -> Res<Option<T>> {
        // SAFETY: exactly a set or frozen set; places of its table as it is now. An entry that was deleted has the hash
        // that no object has.
        unsafe {
            let set = self.set.ptr().cast::<ffi::PySetObject>();
            if (*set).used != self.length {
                return Err(runtime_error().saying(c"Set changed size during iteration"));
            }
            while self.at <= (*set).mask {
                let entry = &*(*set).table.offset(self.at);
                self.at += 1;
                if !entry.key.is_null() && entry.hash != -1 {
                    return T::from_ptr(entry.key).map(Some);
                }
            }
        }
        Ok(None)
    }
}
