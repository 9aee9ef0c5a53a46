//! Reductions of arrays by the methods of NumPy's ufuncs.

use std::cell::Cell;
use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject};

use super::errstate;
use super::exc::{Res, give_up};
use super::numpy::{self, answer};
use super::obj::Obj;
use super::value::Value;

/// The method `reduce` of a ufunc, kept for ever.
struct Reduce(Cell<*mut PyObject>);

// SAFETY: the interpreter is held at each access.
unsafe impl Sync for Reduce {}

impl Reduce {
    const fn new() -> Self {
        Self(Cell::new(std::ptr::null_mut()))
    }

    fn get(&self, ufunc: &CStr) -> Res<*mut PyObject> {
        if self.0.get().is_null() {
            let ufunc = numpy::api()?.member(ufunc)?;
            // SAFETY: a method of NumPy's own object.
            let found = unsafe {
                Obj::owned(ffi::PyObject_GetAttrString(ufunc.ptr(), c"reduce".as_ptr()))?
            };
            self.0.set(found.into_ptr());
        }
        Ok(self.0.get())
    }
}

/// What is reduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `sum`.
    Sum,
    /// `prod`.
    Prod,
    /// `min`.
    Min,
    /// `max`.
    Max,
    /// `any`.
    Any,
    /// `all`.
    All,
}

/// `reduce(array, axis)` as the methods of arrays call it.
pub fn reduce(kind: Kind, array: &Obj, axis: &Obj) -> Res<Obj> {
    if !axis_fits(axis) {
        return give_up();
    }
    with_dtype(kind, array, axis, std::ptr::null_mut(), false)
}

/// `reduce(array, axes)`, where axes that are gone may stay with extent 1.
pub(super) fn along(
    kind: Kind,
    array: &Obj,
    axes: &[isize],
    dtype: *mut PyObject,
    keeps: bool,
) -> Res<Obj> {
    let axis = match axes {
        [] => Obj::none(),
        [one] => (*one as i64).into_obj()?,
        // SAFETY: a new tuple is filled before it is used.
        many => unsafe {
            let tuple = Obj::owned(ffi::PyTuple_New(many.len() as isize))?;
            for (i, axis) in many.iter().enumerate() {
                let axis = (*axis as i64).into_obj()?.into_ptr();
                ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, axis);
            }
            tuple
        },
    };
    with_dtype(kind, array, &axis, dtype, keeps)
}

pub(super) fn with_dtype(
    kind: Kind,
    array: &Obj,
    axis: &Obj,
    dtype: *mut PyObject,
    keeps: bool,
) -> Res<Obj> {
    static ADD: Reduce = Reduce::new();
    static MULTIPLY: Reduce = Reduce::new();
    static MINIMUM: Reduce = Reduce::new();
    static MAXIMUM: Reduce = Reduce::new();
    static OR: Reduce = Reduce::new();
    static AND: Reduce = Reduce::new();
    let Some(type_num) = numpy::type_num(numpy::api()?, array) else {
        return give_up();
    };
    let picks = matches!(kind, Kind::Min | Kind::Max);
    errstate::watch_or_arm(!picks && !numpy::is_whole(type_num))?;
    let method = match kind {
        Kind::Sum => ADD.get(c"add")?,
        Kind::Prod => MULTIPLY.get(c"multiply")?,
        Kind::Min => MINIMUM.get(c"minimum")?,
        Kind::Max => MAXIMUM.get(c"maximum")?,
        Kind::Any => OR.get(c"logical_or")?,
        Kind::All => AND.get(c"logical_and")?,
    };
    let dtype = if matches!(kind, Kind::Any | Kind::All) {
        (&raw mut ffi::PyBool_Type).cast()
    } else {
        dtype
    };
    // SAFETY: objects that live for ever.
    let (none, truth) = unsafe { (ffi::Py_None(), ffi::Py_True()) };
    let (n, dtype) = match (keeps, dtype.is_null()) {
        (true, true) => (5, none),
        (true, false) => (5, dtype),
        (false, true) => (2, dtype),
        (false, false) => (3, dtype),
    };
    let args = [array.ptr(), axis.ptr(), dtype, none, truth];
    // SAFETY: a method of NumPy's own with live arguments.
    unsafe {
        answer(ffi::PyObject_Vectorcall(
            method,
            args.as_ptr(),
            n,
            std::ptr::null_mut(),
        ))
    }
}

/// `None`, or an `int`.
fn axis_fits(axis: &Obj) -> bool {
    // SAFETY: `None` lives for ever.
    axis.ptr() == unsafe { ffi::Py_None() } || axis.class() == &raw mut ffi::PyLong_Type
}
