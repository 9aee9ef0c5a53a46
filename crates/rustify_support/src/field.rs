//! How an attribute of an instance is kept as long as the instance is in Rust.

use pyo3_ffi as ffi;

use super::exc::{Res, give_up};
use super::obj::Obj;

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
    /// Anything else.
    Object(Obj),
}

impl Field {
    /// The value as an object.
    pub fn object(&self) -> Res<Obj> {
        // SAFETY: makes numbers; `True` and `False` live for ever.
        unsafe {
            match self {
                Self::Absent => give_up(),
                Self::Float(x) => Obj::owned(ffi::PyFloat_FromDouble(*x)),
                Self::Int(n) => Obj::owned(ffi::PyLong_FromLongLong(*n)),
                Self::Unsigned(n) => Obj::owned(ffi::PyLong_FromUnsignedLongLong(*n)),
                Self::Bool(true) => Ok(Obj::borrowed(ffi::Py_True())),
                Self::Bool(false) => Ok(Obj::borrowed(ffi::Py_False())),
                Self::Object(object) => Ok(object.clone()),
            }
        }
    }
}
