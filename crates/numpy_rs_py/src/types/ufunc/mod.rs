//! The `ufunc` class and the object of every declared ufunc.
//!
//! `object` makes the objects with NumPy's C fields, `attributes` and `methods` are what Python sees of them, `thunk`
//! lets C code call our loops through the legacy form.

mod thunk;
mod attributes;
mod methods;
mod object;

pub(crate) use object::initialise;
