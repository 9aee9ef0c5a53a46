//! The entries of a dict from the last to the first.

use std::ffi::CStr;

use pyo3_ffi as ffi;

use super::any::Iter;
use super::dict::Dict;
use super::exc::{Exc, Res, give_up, runtime_error};
use super::obj::Obj;
use super::value::{Key, Value};

/// Walks through a dict backwards, as `reversed` of it or of one of its views does.
#[derive(Debug)]
pub enum Backwards<K, V> {
    /// In Rust: the dict, the place before which entries are still to come, its length, and its changes so far.
    Native(Dict<K, V>, usize, usize, u64),
    /// The interpreter's own iterator.
    Python(Iter),
}

impl<K: Key, V: Value> Backwards<K, V> {
    fn over(dict: &Dict<K, V>, view: &CStr) -> Res<Self> {
        let native = dict.0.with(|t| (t.places(), t.length(), t.changes));
        if let Some((places, length, changes)) = native {
            return Ok(Self::Native(dict.clone(), places, length, changes));
        }
        // SAFETY: exactly a dict, or one of `collections`; methods and types of the interpreter.
        unsafe {
            let dict = Obj::borrowed(dict.0.python());
            let method = Obj::owned(ffi::PyObject_GetAttrString(dict.ptr(), view.as_ptr()))?;
            let view = Obj::owned(ffi::PyObject_CallNoArgs(method.ptr()))?;
            let class = (&raw mut ffi::PyReversed_Type).cast();
            Obj::owned(ffi::PyObject_CallFunctionObjArgs(
                class,
                view.ptr(),
                std::ptr::null_mut::<ffi::PyObject>(),
            ))
            .map(|i| Self::Python(Iter::over(i)))
        }
    }

    /// The entry before, through `take` where it is in Rust, through `read` where it is an object.
    #[inline]
    fn step<R>(
        &mut self,
        take: impl FnOnce(&K, &V) -> R,
        read: impl FnOnce(&Obj) -> Res<R>,
    ) -> Res<Option<R>> {
        match self {
            Self::Native(dict, at, length, changes) => {
                let found = dict.0.with(|t| {
                    if t.length() != *length {
                        return Err(runtime_error());
                    }
                    if t.changes != *changes {
                        return give_up();
                    }
                    Ok(t.entry_before(*at).map(|(place, k, v)| (place, take(k, v))))
                });
                // Whoever asked for the object meanwhile may have changed it.
                let found = found.unwrap_or(Err(Exc::GIVE_UP))?;
                Ok(found.map(|(place, result)| {
                    *at = place;
                    result
                }))
            }
            Self::Python(items) => match items.next()? {
                Some(item) => read(&item).map(Some),
                None => Ok(None),
            },
        }
    }
}

/// Keys backwards.
#[derive(Debug)]
pub struct KeysBackwards<K, V>(Backwards<K, V>);

impl<K: Key, V: Value> KeysBackwards<K, V> {
    /// The key before.
    #[inline]
    pub fn next(&mut self) -> Res<Option<K>> {
        self.0.step(|k, _| k.clone(), K::from_obj)
    }
}

/// Values backwards.
#[derive(Debug)]
pub struct ValuesBackwards<K, V>(Backwards<K, V>);

impl<K: Key, V: Value> ValuesBackwards<K, V> {
    /// The value before.
    #[inline]
    pub fn next(&mut self) -> Res<Option<V>> {
        self.0.step(|_, v| v.clone(), V::from_obj)
    }
}

/// Keys with their values backwards.
#[derive(Debug)]
pub struct ItemsBackwards<K, V>(Backwards<K, V>);

impl<K: Key, V: Value> ItemsBackwards<K, V> {
    /// The pair before.
    #[inline]
    pub fn next(&mut self) -> Res<Option<(K, V)>> {
        self.0.step(
            |k, v| (k.clone(), v.clone()),
            |pair| {
                // SAFETY: the iterator gives tuples of two.
                unsafe {
                    let key = K::from_ptr(ffi::PyTuple_GET_ITEM(pair.ptr(), 0))?;
                    Ok((key, V::from_ptr(ffi::PyTuple_GET_ITEM(pair.ptr(), 1))?))
                }
            },
        )
    }
}

impl<K: Key, V: Value> Dict<K, V> {
    /// `reversed(self)` and `reversed(self.keys())`.
    pub fn keys_backwards(&self) -> Res<KeysBackwards<K, V>> {
        Backwards::over(self, c"keys").map(KeysBackwards)
    }

    /// `reversed(self.values())`.
    pub fn values_backwards(&self) -> Res<ValuesBackwards<K, V>> {
        Backwards::over(self, c"values").map(ValuesBackwards)
    }

    /// `reversed(self.items())`.
    pub fn items_backwards(&self) -> Res<ItemsBackwards<K, V>> {
        Backwards::over(self, c"items").map(ItemsBackwards)
    }
}
