//! Functions as values inside translated functions, and the variables that they share with the functions around them.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use pyo3_ffi::PyObject;

use super::builtins::Ordered;
use super::exc::{Exc, Res, give_up};
use super::obj::Obj;
use super::value::{Key, Value};

/// The number of a function that came as an object: calls look at which one it is.
const UNKNOWN: u32 = u32::MAX;

/// A function by its number in the program, with the object that Python has for it, or what it took from around it.
#[derive(Clone, Debug)]
pub struct Callable {
    number: u32,
    object: Option<Obj>,
    taken: Option<Rc<dyn Any>>,
}

impl Callable {
    /// A function that Python has an object for.
    #[inline]
    pub fn of(number: u32, object: Obj) -> Self {
        Self {
            number,
            object: Some(object),
            taken: None,
        }
    }

    /// A function inside another that took nothing.
    #[inline]
    pub fn inner(number: u32) -> Self {
        Self {
            number,
            object: None,
            taken: None,
        }
    }

    /// A function with what it took.
    #[inline]
    pub fn taking<T: 'static>(number: u32, taken: T) -> Self {
        Self {
            number,
            object: None,
            taken: Some(Rc::new(taken)),
        }
    }

    /// Whether it is the function of a number.
    #[inline]
    pub fn is(&self, number: u32) -> bool {
        self.number == number
    }

    /// Whether it is the function of a number, which is this object.
    #[inline]
    pub fn is_or_holds(&self, number: u32, object: &Obj) -> bool {
        self.number == number
            || self.number == UNKNOWN && self.object.as_ref().is_some_and(|o| is_same(o, object))
    }

    /// What it took.
    #[inline]
    pub fn taken<T: Clone + 'static>(&self) -> Res<T> {
        let taken = self.taken.as_ref().and_then(|t| t.downcast_ref::<T>());
        taken.cloned().ok_or(Exc::GIVE_UP)
    }
}

impl Value for Callable {
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        // SAFETY: promised by the caller.
        Ok(Self::of(UNKNOWN, unsafe { Obj::borrowed(object) }))
    }
    fn into_obj(self) -> Res<Obj> {
        // What took variables with it can only be made by Python.
        self.object.ok_or(Exc::GIVE_UP)
    }
}

impl Key for Callable {
    fn check_key(&self) -> Res<()> {
        give_up()
    }
}

impl Ordered for Callable {
    fn order(&self, _: &Self) -> Res<std::cmp::Ordering> {
        give_up()
    }
}

/// Whether two objects are one.
#[inline]
pub fn is_same(a: &Obj, b: &Obj) -> bool {
    a.ptr() == b.ptr()
}

/// A variable that several functions share.
#[derive(Debug)]
pub struct Shared<T>(Rc<RefCell<Option<T>>>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: Clone + 'static> Shared<T> {
    /// One without a value.
    #[allow(clippy::new_without_default, reason = "it is for generated files")]
    pub fn new() -> Self {
        Self(Rc::new(RefCell::new(None)))
    }

    /// Its value; Python says what it means to have none.
    #[inline]
    pub fn get(&self) -> Res<T> {
        self.0.borrow().clone().ok_or(Exc::GIVE_UP)
    }

    /// It takes a value.
    #[inline]
    pub fn set(&self, value: T) {
        let former = self.0.borrow_mut().replace(value);
        drop(former);
    }

    /// It loses its value.
    pub fn clear(&self) -> Res<()> {
        let former = self.0.borrow_mut().take();
        former.map(drop).ok_or(Exc::GIVE_UP)
    }
}
