//! `collections.defaultdict` and `collections.Counter`: dicts with an answer for keys that are not there.

use std::marker::PhantomData;

use pyo3_ffi::{self as ffi, PyObject};

use super::any;
use super::dict::{Dict, DictItems};
use super::exc::{Exc, Res, give_up};
use super::int::{self, Int};
use super::journal;
use super::list::List;
use super::obj::Obj;
use super::value::{Key, Value, unfit};

/// A `defaultdict` whose factory is a builtin type.
#[derive(Clone, Debug)]
pub struct Default<K, V> {
    dict: Dict<K, V>,
    /// The factory of one that was made here; another's is asked for.
    factory: *mut ffi::PyTypeObject,
}

/// A `Counter`.
#[derive(Clone, Debug)]
pub struct Counter<K, V>(Obj, PhantomData<(K, V)>);

struct Class(std::cell::Cell<*mut PyObject>);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Class {}

impl Class {
    /// Whether an object is exactly of the class of that name in `collections`.
    fn is_of(&self, object: *mut PyObject, name: &std::ffi::CStr) -> bool {
        // SAFETY: a live object; the class, once found, is kept for ever.
        unsafe {
            if self.0.get().is_null() {
                let found = Obj::owned(ffi::PyImport_ImportModule(c"collections".as_ptr()))
                    .and_then(|m| Obj::owned(ffi::PyObject_GetAttrString(m.ptr(), name.as_ptr())));
                match found {
                    Ok(class) => self.0.set(class.into_ptr()),
                    Err(_) => return false,
                }
            }
            ffi::Py_TYPE(object).cast() == self.0.get()
        }
    }
}

static DEFAULT: Class = Class(std::cell::Cell::new(std::ptr::null_mut()));
static COUNTER: Class = Class(std::cell::Cell::new(std::ptr::null_mut()));

impl<K: Value, V: Value> Value for Default<K, V> {
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        if !DEFAULT.is_of(object, c"defaultdict") {
            return unfit();
        }
        Ok(Self {
            // SAFETY: promised by the caller.
            dict: Dict::over(unsafe { Obj::borrowed(object) }),
            factory: std::ptr::null_mut(),
        })
    }
    fn into_obj(self) -> Res<Obj> {
        self.dict.into_obj()
    }
}

impl<K: Value, V: Value> Value for Counter<K, V> {
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        if !COUNTER.is_of(object, c"Counter") {
            return unfit();
        }
        // SAFETY: promised by the caller.
        Ok(Self(unsafe { Obj::borrowed(object) }, PhantomData))
    }
    fn into_obj(self) -> Res<Obj> {
        Ok(self.0)
    }
}

impl<K: Key, V: Value> Default<K, V> {
    /// `defaultdict(factory)`.
    pub fn new(class: &Obj, factory: &Obj) -> Res<Self> {
        // SAFETY: the class of `collections`, called with a builtin type.
        let made = unsafe { Obj::owned(ffi::PyObject_CallOneArg(class.ptr(), factory.ptr()))? };
        journal::born(&made);
        Ok(Self {
            dict: Dict::instead_of_new(made)?,
            factory: factory.ptr().cast(),
        })
    }

    /// The same object as a dict.
    #[inline]
    pub fn as_dict(&self) -> Dict<K, V> {
        self.dict.clone()
    }

    /// The number of keys.
    pub fn length(&self) -> isize {
        self.dict.length()
    }

    /// `self[key]`, which makes a value where there is none.
    #[inline]
    pub fn at(&self, key: &K) -> Res<V> {
        if let Some(found) = self.dict.find_or_none(key)? {
            return Ok(found);
        }
        if self.dict.is_native() {
            let value = self.made()?;
            self.dict.set(key, value.clone())?;
            return Ok(value);
        }
        self.fresh(key)
    }

    /// What the factory makes, of a dict made here.
    fn made(&self) -> Res<V> {
        if let Some(value) = V::made_by(self.factory)? {
            return Ok(value);
        }
        // SAFETY: a builtin type, which needs no argument.
        let made = unsafe { Obj::owned(ffi::PyObject_CallNoArgs(self.factory.cast()))? };
        journal::born(&made);
        V::from_obj(&made)
    }

    #[cold]
    fn fresh(&self, key: &K) -> Res<V> {
        let dict = self.dict.to_obj()?;
        journal::dict(&dict)?;
        let name = super::any::name(c"default_factory")?;
        let key = key.to_obj()?;
        // SAFETY: a live `defaultdict`; the factory is looked at before it is called.
        unsafe {
            let factory = Obj::owned(ffi::PyObject_GenericGetAttr(dict.ptr(), name.ptr()))?;
            let class = factory.ptr().cast::<ffi::PyTypeObject>();
            let known = [
                &raw mut ffi::PyLong_Type,
                &raw mut ffi::PyFloat_Type,
                &raw mut ffi::PyUnicode_Type,
                &raw mut ffi::PyBool_Type,
                &raw mut ffi::PyList_Type,
                &raw mut ffi::PySet_Type,
                &raw mut ffi::PyDict_Type,
                &raw mut ffi::PyTuple_Type,
            ];
            if !known.contains(&class) {
                return give_up();
            }
            let made = Obj::owned(ffi::PyObject_GetItem(dict.ptr(), key.ptr()))?;
            journal::born(&made);
            V::from_obj(&made)
        }
    }
}

impl<K: Key, V: Value> Counter<K, V> {
    /// `Counter()`.
    pub fn new(class: &Obj) -> Res<Self> {
        // SAFETY: the class of `collections`, whose `__new__` is that of `dict`; an empty tuple of arguments.
        unsafe {
            let new = ffi::PyDict_Type.tp_new.ok_or(Exc::GIVE_UP)?;
            let arguments = Obj::owned(ffi::PyTuple_New(0))?;
            let made = Obj::owned(new(
                class.ptr().cast(),
                arguments.ptr(),
                std::ptr::null_mut(),
            ))?;
            journal::born(&made);
            Self::from_ptr(made.ptr())
        }
    }

    /// A `Counter` of what has been counted.
    pub fn of_counts(class: &Obj, counts: &Dict<K, V>) -> Res<Self> {
        let made = Self::new(class)?;
        let dict = made.as_dict();
        let mut entries = counts.items();
        while let Some((key, n)) = entries.next()? {
            dict.set(&key, n)?;
        }
        Ok(made)
    }

    /// The same object as a dict.
    #[inline]
    pub fn as_dict(&self) -> Dict<K, V> {
        Dict::over(self.0.clone())
    }

    /// The number of keys.
    pub fn length(&self) -> isize {
        self.as_dict().length()
    }
}

/// So many of the most common entries, or all of them: what compares like a whole number counts as one.
pub fn how_many<I: Int + Value>(n: &Obj) -> Res<Option<I>> {
    if any::is_none(n) {
        return Ok(None);
    }
    match bool::from_obj(n) {
        Ok(one) => Ok(Some(I::of(isize::from(one)))),
        Err(_) => I::from_obj(n).map(Some),
    }
}

impl<K: Key, I: Int + Value> Dict<K, I> {
    /// `self[key] = self.get(key, 0) + 1`.
    #[inline]
    pub fn count_one(&self, key: &K) -> Res<()> {
        let n = int::add(self.get_or(key, I::ZERO)?, I::ONE)?;
        self.set(key, n)
    }
}

/// What becomes of the counts of two counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joining {
    /// `+`.
    Sum,
    /// `-`.
    Difference,
    /// `|`.
    Larger,
    /// `&`.
    Smaller,
}

impl Joining {
    fn of<I: Int>(self, mine: I, other: I) -> Res<I> {
        match self {
            Self::Sum => int::add(mine, other),
            Self::Difference => int::sub(mine, other),
            Self::Larger => Ok(mine.max(other)),
            Self::Smaller => Ok(mine.min(other)),
        }
    }
}

impl<K: Key, I: Int + Value> Counter<K, I> {
    /// `self + other` and the like: a counter of what is left above 0.
    pub fn joined(&self, other: &Self, how: Joining) -> Res<Self> {
        // SAFETY: a live counter, whose class lives as long.
        let class = unsafe { Obj::borrowed(ffi::Py_TYPE(self.0.ptr()).cast()) };
        let made = Self::new(&class)?;
        let (mine, others, dict) = (self.as_dict(), other.as_dict(), made.as_dict());
        let mut entries = mine.items();
        while let Some((key, n)) = entries.next()? {
            let n = how.of(n, others.get_or(&key, I::ZERO)?)?;
            if n > I::ZERO {
                dict.set(&key, n)?;
            }
        }
        if how == Joining::Smaller {
            return Ok(made);
        }
        let mut entries = others.items();
        while let Some((key, n)) = entries.next()? {
            let n = how.of(I::ZERO, n)?;
            if n > I::ZERO && !mine.contains(&key)? {
                dict.set(&key, n)?;
            }
        }
        Ok(made)
    }

    /// `self += other` and the like: what is not above 0 goes.
    pub fn join(&self, other: &Self, how: Joining) -> Res<()> {
        let mine = self.as_dict();
        let walked = if how == Joining::Smaller { self } else { other };
        let mut entries = walked.as_dict().items();
        while let Some((key, _)) = entries.next()? {
            let (before, n) = (self.at(&key)?, other.at(&key)?);
            let n = how.of(before, n)?;
            // `+=` and `-=` enter every key; `|=` and `&=` only what is another count.
            if n != before || matches!(how, Joining::Sum | Joining::Difference) {
                mine.set(&key, n)?;
            }
        }
        let mut gone = Vec::new();
        let mut entries = mine.items();
        while let Some((key, n)) = entries.next()? {
            if n <= I::ZERO {
                gone.push(key);
            }
        }
        for key in gone {
            mine.delete(&key)?;
        }
        Ok(())
    }

    /// `self[key]`.
    #[inline]
    pub fn at(&self, key: &K) -> Res<I> {
        self.as_dict().get_or(key, I::ZERO)
    }

    /// `self[key] += 1`.
    #[inline]
    pub fn count_one(&self, key: &K) -> Res<()> {
        self.as_dict().count_one(key)
    }

    /// `del self[key]`, which a counter does not mind if it is missing.
    pub fn delete(&self, key: &K) -> Res<()> {
        let dict = self.as_dict();
        if dict.contains(key)? {
            dict.delete(key)?;
        }
        Ok(())
    }

    /// `self.most_common(n)`.
    pub fn most_common(&self, n: Option<I>) -> Res<List<(K, I)>> {
        let mut entries = self.as_dict().items();
        let mut all = Vec::new();
        while let Some(entry) = entries.next()? {
            all.push(entry);
        }
        all.sort_by_key(|entry| std::cmp::Reverse(entry.1));
        if let Some(n) = n {
            all.truncate(n.index().max(0) as usize);
        }
        let list = List::new()?;
        for entry in all {
            list.append(entry)?;
        }
        Ok(list)
    }

    /// `self.elements()`.
    pub fn elements(&self) -> Elements<K, I> {
        Elements {
            entries: self.as_dict().items(),
            key: None,
            left: 0,
        }
    }

    /// `self.total()`.
    pub fn total(&self) -> Res<I> {
        let mut values = self.as_dict().values();
        let mut total = I::ZERO;
        while let Some(value) = values.next()? {
            total = int::add(total, value)?;
        }
        Ok(total)
    }
}

/// Each key of a counter as often as it counts.
#[derive(Debug)]
pub struct Elements<K, I> {
    entries: DictItems<K, I>,
    key: Option<K>,
    left: isize,
}

impl<K: Key, I: Int + Value> Elements<K, I> {
    /// The next one.
    pub fn next(&mut self) -> Res<Option<K>> {
        while self.left <= 0 {
            let Some((key, n)) = self.entries.next()? else {
                return Ok(None);
            };
            self.left = n.index();
            if self.left == isize::MAX {
                return give_up();
            }
            self.key = Some(key);
        }
        self.left -= 1;
        Ok(self.key.clone())
    }
}
