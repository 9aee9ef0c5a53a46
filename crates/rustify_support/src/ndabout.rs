//! Objects of NumPy that are neither arrays nor functions: what makes arrays by subscripts, dtypes, what they hold at most,
//! and flags of arrays.

use std::ffi::CStr;

use pyo3_ffi as ffi;

use super::any;
use super::any_arrays::argument;
use super::errstate::{arm, watch};
use super::exc::{Res, give_up};
use super::ndcall::known;
use super::numpy::{answer, api, is_operand, tells};
use super::obj::Obj;
use super::plain::is_scalar;

/// A slice of numbers of any kind.
pub fn slice(start: &Obj, stop: &Obj, step: &Obj) -> Res<Obj> {
    for part in [start, stop, step] {
        if !is_scalar(part) && !is_operand(part) {
            return give_up();
        }
    }
    any::slice(start, stop, step)
}

/// `numpy.r_[key]`, or that of another such object.
pub fn item(maker: &Obj, name: &CStr, key: &Obj) -> Res<Obj> {
    known(maker, name)?;
    // A text is looked up in the variables of the function.
    if key.class() == &raw mut ffi::PyUnicode_Type {
        return give_up();
    }
    arm()?;
    // SAFETY: an object of NumPy with a key that is plain or NumPy's.
    unsafe { answer(ffi::PyObject_GetItem(maker.ptr(), argument(key)?)) }
}

/// `numpy.dtype(of)`.
pub fn dtype(class: &Obj, of: &Obj) -> Res<Obj> {
    if class.ptr() != api()?.slot(3).cast() {
        return give_up();
    }
    watch()?;
    // SAFETY: NumPy's own class with what is plain or NumPy's.
    unsafe { answer(ffi::PyObject_CallOneArg(class.ptr(), argument(of)?)) }
}

/// `numpy.finfo(of)` and `numpy.iinfo(of)`.
pub fn limits(class: &Obj, name: &CStr, of: &Obj) -> Res<Obj> {
    known(class, name)?;
    arm()?;
    // SAFETY: NumPy's own class with what is plain or NumPy's.
    unsafe { answer(ffi::PyObject_CallOneArg(class.ptr(), argument(of)?)) }
}

/// `flags[name]` of an array.
pub fn flag(flags: &Obj, name: &Obj) -> Res<Obj> {
    if !tells(flags) || name.class() != &raw mut ffi::PyUnicode_Type {
        return give_up();
    }
    // SAFETY: an object of NumPy with a text.
    unsafe { answer(ffi::PyObject_GetItem(flags.ptr(), name.ptr())) }
}

/// Gives up where a list has more items than are taken of it; -1 takes all, and less than that none.
pub fn at_most(list: &Obj, taken: isize) -> Res<()> {
    // SAFETY: a list that nothing changes meanwhile.
    let n = unsafe { ffi::PyObject_Size(list.ptr()) };
    if taken != -1 && n > taken.max(0) {
        return give_up();
    }
    Ok(())
}
