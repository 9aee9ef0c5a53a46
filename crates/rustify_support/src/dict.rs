//! `dict`, in order of insertion.

use std::marker::PhantomData;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res, key_error, runtime_error};
use super::journal;
use super::obj::Obj;
use super::raised;
use super::value::{Key, Value, guard, is_exactly, unfit};

/// A `dict` from `K` to `V`.
#[derive(Clone, Debug)]
pub struct Dict<K, V>(Obj, PhantomData<(K, V)>);

impl<K: Value, V: Value> Value for Dict<K, V> {
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyDict_Type);
        // SAFETY: promised by the caller.
        Ok(Self(unsafe { Obj::borrowed(object) }, PhantomData))
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        Ok(self.0)
    }
}

impl<K: Key, V: Value> Dict<K, V> {
    /// `{}`.
    pub fn new() -> Res<Self> {
        // SAFETY: makes a dict.
        unsafe { Obj::owned(ffi::PyDict_New()).map(|o| Self(o, PhantomData)) }
    }

    /// A dict of another kind, for what all do alike.
    #[inline]
    pub fn over(object: Obj) -> Self {
        Self(object, PhantomData)
    }

    /// A plain dict of the entries.
    pub fn entries(&self) -> Res<Self> {
        let new = Self::new()?;
        // SAFETY: two dicts.
        if unsafe { ffi::PyDict_Update(new.0.ptr(), self.0.ptr()) } == 0 {
            Ok(new)
        } else {
            Err(Exc::fetch())
        }
    }

    /// The number of keys.
    #[inline]
    pub fn length(&self) -> isize {
        // SAFETY: exactly a dict.
        unsafe { ffi::PyDict_Size(self.0.ptr()) }
    }

    #[inline]
    fn key(key: &K) -> Res<Obj> {
        key.check_key()?;
        key.to_obj()
    }

    #[inline]
    fn find(&self, key: &Obj) -> Res<Option<V>> {
        // SAFETY: exactly a dict; keys are plain. The value is borrowed only until it is read.
        unsafe {
            let found = ffi::PyDict_GetItemWithError(self.0.ptr(), key.ptr());
            if !found.is_null() {
                return V::from_ptr(found).map(Some);
            }
            if ffi::PyErr_Occurred().is_null() {
                Ok(None)
            } else {
                Err(Exc::fetch())
            }
        }
    }

    /// `self[key]`.
    #[inline]
    pub fn get(&self, key: &K) -> Res<V> {
        let key = Self::key(key)?;
        self.find(&key)?.map_or_else(|| missing(&key), Ok)
    }

    /// `self.get(key)`.
    #[inline]
    pub fn find_or_none(&self, key: &K) -> Res<Option<V>> {
        self.find(&Self::key(key)?)
    }

    /// `self.get(key, default)`.
    #[inline]
    pub fn get_or(&self, key: &K, default: V) -> Res<V> {
        Ok(self.find(&Self::key(key)?)?.unwrap_or(default))
    }

    /// `self[key] = value`.
    #[inline]
    pub fn set(&self, key: &K, value: V) -> Res<()> {
        journal::dict(&self.0)?;
        let (key, value) = (Self::key(key)?, value.into_obj()?);
        // SAFETY: exactly a dict.
        if unsafe { ffi::PyDict_SetItem(self.0.ptr(), key.ptr(), value.ptr()) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// `self.setdefault(key, default)`.
    pub fn set_default(&self, key: &K, default: V) -> Res<V> {
        let key = Self::key(key)?;
        if let Some(found) = self.find(&key)? {
            return Ok(found);
        }
        journal::dict(&self.0)?;
        let value = default.clone().into_obj()?;
        // SAFETY: exactly a dict.
        if unsafe { ffi::PyDict_SetItem(self.0.ptr(), key.ptr(), value.ptr()) } == 0 {
            Ok(default)
        } else {
            Err(Exc::fetch())
        }
    }

    /// `key in self`.
    #[inline]
    pub fn contains(&self, key: &K) -> Res<bool> {
        // SAFETY: exactly a dict.
        match unsafe { ffi::PyDict_Contains(self.0.ptr(), Self::key(key)?.ptr()) } {
            -1 => Err(Exc::fetch()),
            answer => Ok(answer == 1),
        }
    }

    /// `del self[key]`.
    pub fn delete(&self, key: &K) -> Res<()> {
        journal::dict(&self.0)?;
        // SAFETY: exactly a dict.
        if unsafe { ffi::PyDict_DelItem(self.0.ptr(), Self::key(key)?.ptr()) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// `self.pop(key)`.
    pub fn pop(&self, key: &K) -> Res<V> {
        let value = self.get(key)?;
        self.delete(key)?;
        Ok(value)
    }

    /// `self.pop(key, None)`.
    pub fn pop_or_none(&self, key: &K) -> Res<Option<V>> {
        let found = self.find(&Self::key(key)?)?;
        if found.is_some() {
            self.delete(key)?;
        }
        Ok(found)
    }

    /// `self.pop(key, default)`.
    pub fn pop_or(&self, key: &K, default: V) -> Res<V> {
        match self.find_or_none(key)? {
            Some(value) => {
                self.delete(key)?;
                Ok(value)
            }
            None => Ok(default),
        }
    }

    /// `self.clear()`.
    pub fn clear(&self) -> Res<()> {
        journal::dict(&self.0)?;
        // SAFETY: exactly a dict.
        unsafe { ffi::PyDict_Clear(self.0.ptr()) };
        Ok(())
    }

    /// `self.update(other)`.
    pub fn update(&self, other: &Self) -> Res<()> {
        journal::dict(&self.0)?;
        // SAFETY: both are exactly dicts.
        if unsafe { ffi::PyDict_Update(self.0.ptr(), other.0.ptr()) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// `self.copy()`, and `dict(self)`.
    pub fn copy(&self) -> Res<Self> {
        // SAFETY: exactly a dict.
        unsafe { Obj::owned(ffi::PyDict_Copy(self.0.ptr())).map(|o| Self(o, PhantomData)) }
    }

    /// Keys and values in order of insertion.
    #[inline]
    pub fn items(&self) -> DictItems<K, V> {
        DictItems {
            dict: self.clone(),
            at: 0,
            length: self.length(),
        }
    }

    /// The keys in order of insertion.
    #[inline]
    pub fn keys(&self) -> DictKeys<K, V> {
        DictKeys(self.items())
    }

    /// The values in order of insertion.
    #[inline]
    pub fn values(&self) -> DictValues<K, V> {
        DictValues(self.items())
    }

    /// Whether both are one object.
    pub fn is(&self, other: &Self) -> bool {
        self.0.ptr() == other.0.ptr()
    }
}

/// Keys and values of a dict.
#[derive(Debug)]
pub struct DictItems<K, V> {
    dict: Dict<K, V>,
    at: isize,
    length: isize,
}

impl<K: Key, V: Value> DictItems<K, V> {
    #[inline]
    fn step(&mut self) -> Res<Option<(*mut PyObject, *mut PyObject)>> {
        if self.dict.length() != self.length {
            return Err(runtime_error());
        }
        let (mut key, mut value) = (std::ptr::null_mut(), std::ptr::null_mut());
        // SAFETY: exactly a dict.
        let more = unsafe {
            ffi::PyDict_Next(
                self.dict.0.ptr(),
                &raw mut self.at,
                &raw mut key,
                &raw mut value,
            )
        };
        Ok((more != 0).then_some((key, value)))
    }

    /// The next pair.
    #[inline]
    pub fn next(&mut self) -> Res<Option<(K, V)>> {
        match self.step()? {
            // SAFETY: the dict keeps both alive.
            Some((key, value)) => unsafe { Ok(Some((K::from_ptr(key)?, V::from_ptr(value)?))) },
            None => Ok(None),
        }
    }
}

/// The keys of a dict.
#[derive(Debug)]
pub struct DictKeys<K, V>(DictItems<K, V>);

impl<K: Key, V: Value> DictKeys<K, V> {
    /// The next key.
    #[inline]
    pub fn next(&mut self) -> Res<Option<K>> {
        match self.0.step()? {
            // SAFETY: the dict keeps the key alive.
            Some((key, _)) => unsafe { K::from_ptr(key).map(Some) },
            None => Ok(None),
        }
    }
}

/// The values of a dict.
#[derive(Debug)]
pub struct DictValues<K, V>(DictItems<K, V>);

impl<K: Key, V: Value> DictValues<K, V> {
    /// The next value.
    #[inline]
    pub fn next(&mut self) -> Res<Option<V>> {
        match self.0.step()? {
            // SAFETY: the dict keeps the value alive.
            Some((_, value)) => unsafe { V::from_ptr(value).map(Some) },
            None => Ok(None),
        }
    }
}

/// The exception for a key that is not there.
#[cold]
fn missing<T>(key: &Obj) -> Res<T> {
    Err(raised::with(key_error(), std::slice::from_ref(key)).unwrap_or_else(|e| e))
}
