//! `collections.deque`: the interpreter's own.

use std::ffi::CStr;
use std::marker::PhantomData;

use pyo3_ffi::{self as ffi, PyObject};

use super::any;
use super::exc::{Exc, Res, give_up};
use super::int::Int;
use super::journal;
use super::obj::Obj;
use super::plain::has_nan;
use super::small_changes;
use super::value::{Value, unfit};

/// A `deque` of `T`.
#[derive(Clone, Debug)]
pub struct Deque<T>(Obj, PhantomData<T>);

impl<T: Value> Value for Deque<T> {
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        // SAFETY: a live object; a class has a name in UTF-8, and heap types of the program have none with a dot.
        unsafe {
            let class = ffi::Py_TYPE(object);
            let is_deque = CStr::from_ptr((*class).tp_name) == c"collections.deque";
            if !is_deque {
                return unfit();
            }
            Ok(Self(Obj::borrowed(object), PhantomData))
        }
    }
    fn into_obj(self) -> Res<Obj> {
        Ok(self.0)
    }
}

macro_rules! name {
    ($text:literal) => {{
        static KEPT: super::value::Constant = super::value::Constant::new();
        KEPT.get(|| any::name($text))?
    }};
}

impl<T: Value> Deque<T> {
    /// `deque(items, maxlen)`.
    pub fn new(class: &Obj, items: &Obj, most: &Obj) -> Res<Self> {
        let mut arguments = [items.ptr(), most.ptr()];
        // SAFETY: the class of `collections`, called with a list and a plain object.
        let made = unsafe {
            any::plain(most)?;
            Obj::owned(ffi::PyObject_Vectorcall(
                class.ptr(),
                arguments.as_mut_ptr(),
                2,
                std::ptr::null_mut(),
            ))?
        };
        journal::born(&made);
        // SAFETY: the object is alive.
        unsafe { Self::from_ptr(made.ptr()) }
    }

    /// The number of items.
    #[inline]
    pub fn length(&self) -> isize {
        // SAFETY: a live deque.
        unsafe { ffi::PySequence_Size(self.0.ptr()) }
    }

    fn call(&self, name: &Obj, arguments: &[&Obj]) -> Res<Obj> {
        let mut all = [self.0.ptr(); 3];
        for (slot, argument) in all[1..].iter_mut().zip(arguments) {
            *slot = argument.ptr();
        }
        // SAFETY: live objects; these methods run none of the program's code.
        unsafe {
            Obj::owned(ffi::PyObject_VectorcallMethod(
                name.ptr(),
                all.as_ptr(),
                1 + arguments.len(),
                std::ptr::null_mut(),
            ))
        }
    }

    fn changing(&self) -> Res<()> {
        journal::deque(&self.0)
    }

    /// `self.append(item)`.
    pub fn append(&self, item: T) -> Res<()> {
        small_changes::deque_grows(&self.0, true)?;
        self.call(name!(c"append"), &[&item.into_obj()?]).map(drop)
    }

    /// `self.appendleft(item)`.
    pub fn appendleft(&self, item: T) -> Res<()> {
        small_changes::deque_grows(&self.0, false)?;
        self.call(name!(c"appendleft"), &[&item.into_obj()?])
            .map(drop)
    }

    /// `self.pop()`.
    pub fn pop(&self) -> Res<T> {
        small_changes::deque_shrinks(&self.0, true)?;
        T::from_obj(&self.call(name!(c"pop"), &[])?)
    }

    /// `self.popleft()`.
    pub fn popleft(&self) -> Res<T> {
        small_changes::deque_shrinks(&self.0, false)?;
        T::from_obj(&self.call(name!(c"popleft"), &[])?)
    }

    /// `self.extend(items)`, of a list.
    pub fn extend(&self, items: &Obj) -> Res<()> {
        self.changing()?;
        self.call(name!(c"extend"), &[items]).map(drop)
    }

    /// `self.extendleft(items)`, of a list.
    pub fn extendleft(&self, items: &Obj) -> Res<()> {
        self.changing()?;
        self.call(name!(c"extendleft"), &[items]).map(drop)
    }

    /// A method that changes the deque, with plain arguments; items are compared only where they are plain.
    pub fn change(&self, name: &Obj, arguments: &[Obj]) -> Res<()> {
        self.changing()?;
        self.ask(name, arguments).map(drop)
    }

    /// A method with plain arguments.
    pub fn ask(&self, name: &Obj, arguments: &[Obj]) -> Res<Obj> {
        let mut items = self.iter()?;
        if !arguments.is_empty() {
            while let Some(item) = items.0.next()? {
                any::plain(&item)?;
            }
        }
        let mut all = Vec::new();
        for argument in arguments {
            let argument = any::plain(argument)?;
            if has_nan(argument) {
                return give_up();
            }
            all.push(argument);
        }
        self.call(name, &all)
    }

    /// `self[i]`.
    pub fn get<I: Int>(&self, i: I) -> Res<T> {
        // SAFETY: a live deque.
        let item = unsafe { Obj::owned(ffi::PySequence_GetItem(self.0.ptr(), i.index()))? };
        T::from_obj(&item)
    }

    /// `self[i] = item`.
    pub fn set<I: Int>(&self, i: I, item: T) -> Res<()> {
        self.changing()?;
        let (item, at) = (item.into_obj()?, i.index());
        // SAFETY: a live deque.
        if unsafe { ffi::PySequence_SetItem(self.0.ptr(), at, item.ptr()) } == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }

    /// The items.
    pub fn iter(&self) -> Res<DequeItems<T>> {
        // SAFETY: a live deque.
        let iter = unsafe { Obj::owned(ffi::PyObject_GetIter(self.0.ptr()))? };
        Ok(DequeItems(any::Iter::over(iter), PhantomData))
    }
}

/// The items of a deque.
#[derive(Debug)]
pub struct DequeItems<T>(any::Iter, PhantomData<T>);

impl<T: Value> DequeItems<T> {
    /// The next item.
    pub fn next(&mut self) -> Res<Option<T>> {
        match self.0.next()? {
            Some(item) => T::from_obj(&item).map(Some),
            None => Ok(None),
        }
    }
}
