//! Where the items of a deque are: in a Python deque, or in Rust for as long as no object of the deque is needed.
//!
//! A deque made by translated code starts in Rust. The first operation that needs an object makes one, and from then on
//! the object holds the items for all handles, so that the deque has one identity and one state at any time.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use pyo3_ffi as ffi;

use super::exc::Res;
use super::journal;
use super::obj::Obj;
use super::value::Value;

/// A reference to a deque of either kind.
#[derive(Clone, Debug)]
pub enum Store<T> {
    /// Python's.
    Python(Obj),
    /// One that translated code has made.
    Made(Rc<Made<T>>),
}

/// A deque that translated code has made.
#[derive(Debug)]
pub struct Made<T> {
    class: Obj,
    most: usize,
    changes: Cell<usize>,
    place: RefCell<Place<T>>,
}

#[derive(Debug)]
enum Place<T> {
    Rust(VecDeque<T>),
    Python(Obj),
}

/// `class(items, most)`, of the interpreter.
fn python_deque(class: &Obj, items: &Obj, most: &Obj) -> Res<Obj> {
    let arguments = [items.ptr(), most.ptr()];
    // SAFETY: the class of `collections`, called with a list and a plain object.
    let made = unsafe {
        Obj::owned(ffi::PyObject_Vectorcall(
            class.ptr(),
            arguments.as_ptr(),
            2,
            std::ptr::null_mut(),
        ))?
    };
    journal::born(&made);
    Ok(made)
}

/// The most items that a deque without `maxlen` holds.
const UNLIMITED: usize = isize::MAX as usize;

/// The most items that `maxlen` allows; nothing where Python has to look at it.
fn limit(most: &Obj) -> Option<usize> {
    // SAFETY: live objects; exactly an int.
    unsafe {
        if most.ptr() == ffi::Py_None() {
            return Some(UNLIMITED);
        }
        if most.class() != &raw mut ffi::PyLong_Type {
            return None;
        }
        let n = ffi::PyLong_AsSsize_t(most.ptr());
        if n < 0 {
            ffi::PyErr_Clear();
            return None;
        }
        Some(n as usize).filter(|&n| n < UNLIMITED)
    }
}

impl<T: Value> Store<T> {
    /// A deque of the items of a list: in Rust, if all are of its type.
    pub fn new(class: &Obj, items: &Obj, most: &Obj) -> Res<Self> {
        let (Some(most), Some(all)) = (limit(most), Self::read(items)) else {
            return python_deque(class, items, most).map(Self::Python);
        };
        let mut all = VecDeque::from(all);
        all.drain(..all.len().saturating_sub(most));
        Ok(Self::Made(Rc::new(Made {
            class: class.clone(),
            most,
            changes: Cell::new(0),
            place: RefCell::new(Place::Rust(all)),
        })))
    }

    /// The items of a list, if all are of this type.
    pub fn read(items: &Obj) -> Option<Vec<T>> {
        // SAFETY: looked at; the list is not changed meanwhile.
        unsafe {
            if items.class() != &raw mut ffi::PyList_Type {
                return None;
            }
            (0..ffi::PyList_GET_SIZE(items.ptr()))
                .map(|i| T::from_ptr(ffi::PyList_GET_ITEM(items.ptr(), i)).ok())
                .collect()
        }
    }

    /// Whether the items are in Rust.
    pub fn is_native(&self) -> bool {
        self.with(|_| ()).is_some()
    }

    /// The number of items.
    #[inline]
    pub fn length(&self) -> isize {
        let of = |deque: &Obj| {
            // SAFETY: a live deque.
            unsafe { ffi::PySequence_Size(deque.ptr()) }
        };
        match self {
            Self::Python(deque) => of(deque),
            Self::Made(made) => match &*made.place.borrow() {
                Place::Rust(items) => items.len() as isize,
                Place::Python(deque) => of(deque),
            },
        }
    }

    /// Works on the items if they are in Rust. `work` must not touch the deque otherwise.
    #[inline]
    pub fn with<R>(&self, work: impl FnOnce(&mut VecDeque<T>) -> R) -> Option<R> {
        match self {
            Self::Python(_) => None,
            Self::Made(made) => match &mut *made.place.borrow_mut() {
                Place::Rust(items) => Some(work(items)),
                Place::Python(_) => None,
            },
        }
    }

    /// As [`Store::with`], for work that may change how many items there are or their order; more than the deque may
    /// hold go at its other end.
    #[inline]
    pub fn change<R>(&self, right: bool, work: impl FnOnce(&mut VecDeque<T>) -> R) -> Option<R> {
        let Self::Made(made) = self else { return None };
        let Place::Rust(items) = &mut *made.place.borrow_mut() else {
            return None;
        };
        made.changes.set(made.changes.get().wrapping_add(1));
        let result = work(items);
        while items.len() > made.most {
            drop(if right {
                items.pop_front()
            } else {
                items.pop_back()
            });
        }
        Some(result)
    }

    /// How often the items in Rust have changed.
    pub fn changes(&self) -> usize {
        match self {
            Self::Python(_) => 0,
            Self::Made(made) => made.changes.get(),
        }
    }

    /// Works on Python's deque, which is made now if the items are in Rust.
    #[inline]
    pub fn python<R>(&self, work: impl FnOnce(&Obj) -> Res<R>) -> Res<R> {
        match self {
            Self::Python(deque) => work(deque),
            Self::Made(made) => work(&made.object()?),
        }
    }

    /// Python's deque, which is made now if the items are in Rust.
    pub fn into_python(self) -> Res<Obj> {
        match self {
            Self::Python(deque) => Ok(deque),
            Self::Made(made) => made.object(),
        }
    }
}

impl<T: Value> Made<T> {
    fn object(&self) -> Res<Obj> {
        let items = match &mut *self.place.borrow_mut() {
            Place::Python(deque) => return Ok(deque.clone()),
            Place::Rust(items) => std::mem::take(items),
        };
        // SAFETY: a new list, all of whose places are filled before it is seen; `None` lives for ever.
        let (list, most) = unsafe {
            let list = Obj::owned(ffi::PyList_New(items.len() as isize))?;
            for (i, item) in items.into_iter().enumerate() {
                ffi::PyList_SET_ITEM(list.ptr(), i as isize, item.into_obj()?.into_ptr());
            }
            let most = match self.most {
                UNLIMITED => Obj::borrowed(ffi::Py_None()),
                most => Obj::owned(ffi::PyLong_FromSsize_t(most as isize))?,
            };
            (list, most)
        };
        let deque = python_deque(&self.class, &list, &most)?;
        *self.place.borrow_mut() = Place::Python(deque.clone());
        Ok(deque)
    }
}
