//! `tuple`: of known length as Rust's, of any length as the object.

use std::marker::PhantomData;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Res, index_error, value_error};
use super::int::Int;
use super::lookup::TupleHash;
use super::obj::Obj;
use super::value::{Key, Value, guard, is_exactly, unfit};

macro_rules! tuples {
    ($(($($T:ident $i:tt),+) $n:literal;)*) => {$(
        impl<$($T: Value),+> Value for ($($T,)+) {
            const IS_CLOSED: bool = $($T::IS_CLOSED)&&+;
            fn rank(&self, other: &Self) -> Option<std::cmp::Ordering> {
                $(
                    let order = self.$i.rank(&other.$i)?;
                    if order.is_ne() {
                        return Some(order);
                    }
                )+
                Some(std::cmp::Ordering::Equal)
            }
            #[inline]
            unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
                guard!(object, ffi::PyTuple_Type);
                // SAFETY: exactly a tuple, of the length that is checked.
                unsafe {
                    if ffi::PyTuple_GET_SIZE(object) != $n {
                        return unfit();
                    }
                    Ok(($($T::from_ptr(ffi::PyTuple_GET_ITEM(object, $i))?,)+))
                }
            }
            #[inline]
            fn into_obj(self) -> Res<Obj> {
                let items = ($(self.$i.into_obj()?,)+);
                // SAFETY: the tuple is filled before anybody sees it.
                unsafe {
                    let tuple = Obj::owned(ffi::PyTuple_New($n))?;
                    $(ffi::PyTuple_SET_ITEM(tuple.ptr(), $i, items.$i.into_ptr());)+
                    Ok(tuple)
                }
            }
        }
        impl<$($T: Key),+> Key for ($($T,)+) {
            const HASHES: bool = $($T::HASHES)&&+;
            #[inline]
            fn hash_here(&self) -> u64 {
                let mut hash = 0_u64;
                $(hash = (hash.rotate_left(23) ^ self.$i.hash_here()).wrapping_mul(0xD6E8_FEB8_6659_FD93);)+
                hash
            }
            #[inline]
            fn is_same(&self, other: &Self) -> bool {
                $(self.$i.is_same(&other.$i))&&+
            }
            #[inline]
            fn check_key(&self) -> Res<()> {
                $(self.$i.check_key()?;)+
                Ok(())
            }
            #[inline]
            fn python_hash(&self) -> Option<isize> {
                let hash = TupleHash::new();
                $(let hash = hash.with(self.$i.python_hash()?);)+
                hash.end($n)
            }
            #[inline]
            unsafe fn equals(&self, object: *mut PyObject) -> Option<bool> {
                // SAFETY: promised by the caller; exactly a tuple, of the length that is checked.
                unsafe {
                    if !is_exactly(object, &raw mut ffi::PyTuple_Type) {
                        return None;
                    }
                    if ffi::PyTuple_GET_SIZE(object) != $n {
                        return Some(false);
                    }
                    $(
                        if !self.$i.equals(ffi::PyTuple_GET_ITEM(object, $i))? {
                            return Some(false);
                        }
                    )+
                }
                Some(true)
            }
        }
    )*};
}

tuples! {
    (A 0) 1;
    (A 0, B 1) 2;
    (A 0, B 1, C 2) 3;
    (A 0, B 1, C 2, D 3) 4;
    (A 0, B 1, C 2, D 3, E 4) 5;
    (A 0, B 1, C 2, D 3, E 4, F 5) 6;
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6) 7;
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7) 8;
}

/// A `tuple` of any length whose items are `T`.
#[derive(Clone, Debug)]
pub struct Tuple<T>(Obj, PhantomData<T>);

impl<T: Value> Value for Tuple<T> {
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyTuple_Type);
        // SAFETY: promised by the caller.
        Ok(Self(unsafe { Obj::borrowed(object) }, PhantomData))
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        Ok(self.0)
    }
}
impl<T: Key> Key for Tuple<T> {
    fn check_key(&self) -> Res<()> {
        let mut items = self.iter();
        while let Some(item) = items.next()? {
            item.check_key()?;
        }
        Ok(())
    }
}

impl<T: Value> Tuple<T> {
    /// The number of items.
    #[inline]
    pub fn length(&self) -> isize {
        // SAFETY: exactly a tuple.
        unsafe { ffi::PyTuple_GET_SIZE(self.0.ptr()) }
    }

    /// `self[i]`.
    #[inline]
    pub fn get<I: Int>(&self, i: I) -> Res<T> {
        let (i, n) = (i.index(), self.length());
        let at = if i < 0 { i.wrapping_add(n) } else { i };
        if at < 0 || at >= n {
            return Err(index_error().outside(i, c"tuple index out of range"));
        }
        // SAFETY: exactly a tuple, and the place is inside.
        unsafe { T::from_ptr(ffi::PyTuple_GET_ITEM(self.0.ptr(), at)) }
    }

    /// The items in order.
    #[inline]
    pub fn iter(&self) -> TupleItems<T> {
        TupleItems(self.clone(), 0)
    }
}

/// The items of a tuple.
#[derive(Debug)]
pub struct TupleItems<T>(Tuple<T>, isize);

impl<T: Value> TupleItems<T> {
    /// The next item.
    #[inline]
    pub fn next(&mut self) -> Res<Option<T>> {
        if self.1 >= self.0.length() {
            return Ok(None);
        }
        self.1 += 1;
        self.0.get(self.1 as i64 - 1).map(Some)
    }
}

/// The items of a sequence that is unpacked into so many names.
#[inline]
pub fn check_count(have: isize, want: isize) -> Res<()> {
    if have == want {
        Ok(())
    } else {
        Err(value_error())
    }
}
