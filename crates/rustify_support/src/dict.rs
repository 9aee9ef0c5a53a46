//! `dict`, in order of insertion.

use pyo3_ffi::{self as ffi, PyObject};

use super::dict_store::Store;
use super::exc::{Exc, Res, give_up, key_error, runtime_error};
use super::field::{Container, Field};
use super::journal;
use super::lookup::{self, Found};
use super::obj::Obj;
use super::probe;
use super::raised;
use super::small_changes;
use super::table::Table;
use super::value::{Key, Value, guard, is_exactly, unfit};

/// A `dict` from `K` to `V`.
#[derive(Clone, Debug)]
#[repr(transparent)]
pub struct Dict<K, V>(pub(super) Store<K, V>);

impl<K: Value, V: Value> Container for Dict<K, V> {
    fn object(&self) -> Res<Obj> {
        self.to_obj()
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

impl<K: Value, V: Value> Value for Dict<K, V> {
    const IS_CLOSED: bool = K::IS_CLOSED && V::IS_CLOSED;
    #[inline]
    fn into_field(self) -> Res<Field> {
        if Self::IS_CLOSED && self.0.is_native() {
            return Ok(Field::of(self));
        }
        self.into_obj().map(Field::Object)
    }
    #[inline]
    fn from_field(field: &Field) -> Res<Self> {
        match field.container::<Self>() {
            Some(dict) => Ok(dict.clone()),
            None => Self::from_obj(&field.object()?),
        }
    }
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyDict_Type);
        // SAFETY: promised by the caller.
        Ok(Self(Store::python_dict(unsafe { Obj::borrowed(object) })))
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        self.0.into_python()
    }
}

impl<K: Value, V: Value> Dict<K, V> {
    /// A dict of another kind, for what all do alike.
    #[inline]
    pub fn over(object: Obj) -> Self {
        Self(Store::python_dict(object))
    }
}

impl<K: Key, V: Value> Dict<K, V> {
    /// `{}`.
    pub fn new() -> Res<Self> {
        if K::HASHES {
            return Store::native(Table::new()).map(Self);
        }
        // SAFETY: makes a dict.
        unsafe { Obj::owned(ffi::PyDict_New()).map(|o| Self(Store::python_dict(o))) }
    }

    /// An empty dict, which is this object once an object is needed.
    pub(super) fn instead_of_new(object: Obj) -> Res<Self> {
        if K::HASHES {
            return Store::native_for(Table::new(), object.into_ptr()).map(Self);
        }
        Ok(Self::over(object))
    }

    /// Whether the entries are in Rust.
    #[inline]
    pub(super) fn is_native(&self) -> bool {
        self.0.is_native()
    }

    /// Notes that translated code is about to change the Python dict.
    #[inline]
    fn changing(&self) -> Res<()> {
        // SAFETY: a live dict; the reference is not given away.
        let object = std::mem::ManuallyDrop::new(unsafe { Obj::borrowed_once(self.0.python()) });
        journal::dict(&object)
    }

    /// A plain dict of the entries.
    pub fn entries(&self) -> Res<Self> {
        let new = Self::new()?;
        new.update(self)?;
        Ok(new)
    }

    /// The number of keys.
    #[inline]
    pub fn length(&self) -> isize {
        if let Some(n) = self.0.with(|t| t.length()) {
            return n as isize;
        }
        // SAFETY: exactly a dict.
        unsafe { ffi::PyDict_Size(self.0.python()) }
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
            probe::dict(self.0.python(), key.ptr())?;
            let found = ffi::PyDict_GetItemWithError(self.0.python(), key.ptr());
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
        match self.find_or_none(key)? {
            Some(value) => Ok(value),
            None => missing(&key.to_obj()?),
        }
    }

    /// `self.get(key)`.
    #[inline]
    pub fn find_or_none(&self, key: &K) -> Res<Option<V>> {
        key.check_key()?;
        if let Some(found) = self.0.with(|t| t.find(key).cloned()) {
            return Ok(found);
        }
        if let Some(found) = self.look_up(key) {
            // SAFETY: the dict keeps the value alive until it is read.
            return (!found.is_null())
                .then(|| unsafe { V::from_ptr(found) })
                .transpose();
        }
        self.find(&Self::key(key)?)
    }

    /// What the Python dict holds under a key, found without an object of the key.
    #[inline]
    fn look_up(&self, key: &K) -> Found {
        // SAFETY: exactly a dict, whose keys are alive.
        unsafe {
            lookup::in_dict(
                self.0.python(),
                || key.python_hash(),
                |known| key.equals(known),
            )
        }
    }

    /// `self.get(key, default)`.
    #[inline]
    pub fn get_or(&self, key: &K, default: V) -> Res<V> {
        Ok(self.find_or_none(key)?.unwrap_or(default))
    }

    /// `self[key] = value`.
    #[inline]
    pub fn set(&self, key: &K, value: V) -> Res<()> {
        if self.0.is_native() {
            key.check_key()?;
            let old = self.0.with(|t| t.set(key, value));
            return old.unwrap_or(Ok(None)).map(drop);
        }
        self.set_python(key, value)
    }

    fn set_python(&self, key: &K, value: V) -> Res<()> {
        let (key, value) = (Self::key(key)?, value.into_obj()?);
        // SAFETY: a live dict; the reference is not given away.
        let object = std::mem::ManuallyDrop::new(unsafe { Obj::borrowed_once(self.0.python()) });
        // SAFETY: exactly a dict.
        unsafe { probe::dict(self.0.python(), key.ptr())? };
        small_changes::entry(&object, &key)?;
        // SAFETY: exactly a dict.
        if unsafe { ffi::PyDict_SetItem(self.0.python(), key.ptr(), value.ptr()) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// `self.setdefault(key, default)`.
    pub fn set_default(&self, key: &K, default: V) -> Res<V> {
        if let Some(found) = self.find_or_none(key)? {
            return Ok(found);
        }
        self.set(key, default.clone())?;
        Ok(default)
    }

    /// `key in self`.
    #[inline]
    pub fn contains(&self, key: &K) -> Res<bool> {
        key.check_key()?;
        if let Some(found) = self.0.with(|t| t.contains(key)) {
            return Ok(found);
        }
        if let Some(found) = self.look_up(key) {
            return Ok(!found.is_null());
        }
        let key = Self::key(key)?;
        // SAFETY: exactly a dict.
        match unsafe {
            probe::dict(self.0.python(), key.ptr())?;
            ffi::PyDict_Contains(self.0.python(), key.ptr())
        } {
            -1 => Err(Exc::fetch()),
            answer => Ok(answer == 1),
        }
    }

    /// `del self[key]`.
    pub fn delete(&self, key: &K) -> Res<()> {
        self.pop(key).map(drop)
    }

    /// `self.pop(key)`.
    pub fn pop(&self, key: &K) -> Res<V> {
        if self.0.is_native() {
            key.check_key()?;
            return match self.0.with(|t| t.remove(key)).flatten() {
                Some(value) => Ok(value),
                None => missing(&key.to_obj()?),
            };
        }
        let value = self.get(key)?;
        self.changing()?;
        // SAFETY: exactly a dict.
        if unsafe { ffi::PyDict_DelItem(self.0.python(), Self::key(key)?.ptr()) } == 0 {
            Ok(value)
        } else {
            Err(Exc::fetch())
        }
    }

    /// `self.pop(key, None)`.
    pub fn pop_or_none(&self, key: &K) -> Res<Option<V>> {
        if self.contains(key)? {
            self.pop(key).map(Some)
        } else {
            Ok(None)
        }
    }

    /// `self.pop(key, default)`.
    pub fn pop_or(&self, key: &K, default: V) -> Res<V> {
        if self.contains(key)? {
            self.pop(key)
        } else {
            Ok(default)
        }
    }

    /// `self.clear()`.
    pub fn clear(&self) -> Res<()> {
        let old = self.0.with(|t| {
            let changes = t.changes + 1;
            let old = std::mem::replace(t, Table::new());
            t.changes = changes;
            old
        });
        if old.is_some() {
            drop(old);
            return Ok(());
        }
        self.changing()?;
        // SAFETY: exactly a dict.
        unsafe { ffi::PyDict_Clear(self.0.python()) };
        Ok(())
    }

    /// `self.update(other)`.
    pub fn update(&self, other: &Self) -> Res<()> {
        if self.is(other) {
            return Ok(());
        }
        if self.0.is_native() {
            let mut items = other.items();
            while let Some((key, value)) = items.next()? {
                self.set(&key, value)?;
            }
            return Ok(());
        }
        let other = other.to_obj()?;
        // SAFETY: a live dict; the reference is not given away.
        let object = std::mem::ManuallyDrop::new(unsafe { Obj::borrowed_once(self.0.python()) });
        probe::merged(&object, &other)?;
        self.changing()?;
        // SAFETY: both are exactly dicts.
        if unsafe { ffi::PyDict_Update(self.0.python(), other.ptr()) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// `self.copy()`, and `dict(self)`.
    pub fn copy(&self) -> Res<Self> {
        if let Some(table) = self.0.with(|t| t.clone()) {
            return Store::native(table).map(Self);
        }
        // SAFETY: exactly a dict.
        let copy = unsafe { Obj::owned(ffi::PyDict_Copy(self.0.python()))? };
        Ok(Self(Store::python_dict(copy)))
    }

    /// Keys and values in order of insertion.
    #[inline]
    pub fn items(&self) -> DictItems<K, V> {
        DictItems {
            dict: self.clone(),
            at: 0,
            length: self.length(),
            given: 0,
            changes: self.0.with(|t| t.changes),
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
        self.0.is(&other.0)
    }
}

/// Keys and values of a dict.
#[derive(Debug)]
pub struct DictItems<K, V> {
    dict: Dict<K, V>,
    at: isize,
    length: isize,
    given: isize,
    /// The changes of a dict in Rust before the first item.
    changes: Option<u64>,
}

impl<K: Key, V: Value> DictItems<K, V> {
    /// The next pair of a dict in Rust, through `take`; nothing if it is not there.
    #[inline]
    fn native<R>(&mut self, take: impl FnOnce(&K, &V) -> R) -> Option<Res<Option<R>>> {
        let (at, length, changes) = (self.at as usize, self.length as usize, self.changes);
        let next = self.dict.0.with(|t| {
            if t.length() != length {
                return Err(runtime_error());
            }
            if Some(t.changes) != changes {
                return give_up();
            }
            Ok(t.entry_from(at).map(|(next, k, v)| (next, take(k, v))))
        })?;
        Some(next.map(|found| {
            found.map(|(next, result)| {
                self.at = next as isize;
                self.given += 1;
                result
            })
        }))
    }

    #[inline]
    fn step(&mut self) -> Res<Option<(*mut PyObject, *mut PyObject)>> {
        if self.dict.length() != self.length {
            return Err(runtime_error());
        }
        if self.changes.take().is_some() {
            // The entries went to an object, which has no gaps.
            self.at = self.given;
        }
        let (mut key, mut value) = (std::ptr::null_mut(), std::ptr::null_mut());
        // SAFETY: exactly a dict.
        let more = unsafe {
            ffi::PyDict_Next(
                self.dict.0.python(),
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
        if let Some(next) = self.native(|k, v| (k.clone(), v.clone())) {
            return next;
        }
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
        if let Some(next) = self.0.native(|k, _| k.clone()) {
            return next;
        }
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
        if let Some(next) = self.0.native(|_, v| v.clone()) {
            return next;
        }
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
