//! How an attribute of an instance is kept as long as the instance is in Rust.

use pyo3_ffi as ffi;

use std::any::Any;
use std::rc::Rc;

use super::exc::{Res, give_up};
use super::handed_on::given;
use super::obj::Obj;

/// A list or dict whose items are in Rust, of any type.
pub trait Container: Any {
    /// The object, from which on it holds the items.
    fn object(&self) -> Res<Obj>;
    /// The container itself.
    fn as_any(&self) -> &dyn Any;
}

/// An attribute of an instance in Rust.
#[derive(Clone)]
pub enum Field {
    /// Not assigned so far.
    Absent,
    /// A `float`.
    Float(f64),
    /// An `int` of 64 bits.
    Int(i64),
    /// An `int` of 64 bits whose highest is set, as states of random numbers and hashes have it.
    Unsigned(u64),
    /// A `bool`.
    Bool(bool),
    /// A container in Rust that no object can lead back to.
    Container(Rc<Box<dyn Container>>),
    /// Anything else.
    Object(Obj),
}

impl Field {
    /// Of a container in Rust.
    pub fn of(container: impl Container) -> Self {
        Self::Container(Rc::new(Box::new(container)))
    }

    /// The container in Rust, if it is of this type.
    #[inline]
    pub fn container<T: Any>(&self) -> Option<&T> {
        match self {
            Self::Container(container) => container.as_any().downcast_ref(),
            _ => None,
        }
    }

    /// The value as an object.
    pub fn object(&self) -> Res<Obj> {
        // SAFETY: makes numbers; `True` and `False` live for ever.
        unsafe {
            match self {
                Self::Absent => give_up(),
                Self::Float(x) => Obj::owned(ffi::PyFloat_FromDouble(given(*x)?)),
                Self::Int(n) => Obj::owned(ffi::PyLong_FromLongLong(*n)),
                Self::Unsigned(n) => Obj::owned(ffi::PyLong_FromUnsignedLongLong(*n)),
                Self::Bool(true) => Ok(Obj::borrowed(ffi::Py_True())),
                Self::Bool(false) => Ok(Obj::borrowed(ffi::Py_False())),
                Self::Container(container) => container.object(),
                Self::Object(object) => Ok(object.clone()),
            }
        }
    }
}
