//! What `functools.partial` has made, taken apart.

use std::ffi::CStr;

use pyo3_ffi as ffi;

use super::exc::{Exc, Res, give_up};
use super::obj::Obj;
use super::value::Value;

/// The arguments by position of a `partial` of a function, with so many by position and by name.
pub fn arguments(partial: &Obj, function: &Obj, n: isize, named: isize) -> Res<Obj> {
    // SAFETY: live objects; the exact type is checked, whose attributes are the interpreter's own.
    unsafe {
        if CStr::from_ptr((*partial.class()).tp_name) != c"functools.partial" {
            return give_up();
        }
        let of = Obj::owned(ffi::PyObject_GetAttrString(partial.ptr(), c"func".as_ptr()))?;
        let args = Obj::owned(ffi::PyObject_GetAttrString(partial.ptr(), c"args".as_ptr()))?;
        let names = keywords(partial)?;
        let fits = of.ptr() == function.ptr()
            && args.class() == &raw mut ffi::PyTuple_Type
            && ffi::PyTuple_GET_SIZE(args.ptr()) == n
            && ffi::PyDict_Size(names.ptr()) == named;
        if fits { Ok(args) } else { give_up() }
    }
}

unsafe fn keywords(partial: &Obj) -> Res<Obj> {
    // SAFETY: exactly a `partial`.
    unsafe {
        let names = ffi::PyObject_GetAttrString(partial.ptr(), c"keywords".as_ptr());
        let names = Obj::owned(names)?;
        if names.class() == &raw mut ffi::PyDict_Type {
            Ok(names)
        } else {
            give_up()
        }
    }
}

/// One of the arguments by position.
pub fn item<T: Value>(arguments: &Obj, i: isize) -> Res<T> {
    // SAFETY: a tuple of more items.
    let item = unsafe { Obj::borrowed(ffi::PyTuple_GET_ITEM(arguments.ptr(), i)) };
    T::from_obj(&item)
}

/// One of the arguments by name.
pub fn named<T: Value>(partial: &Obj, name: &Obj) -> Res<T> {
    // SAFETY: exactly a `partial`, as was looked at before; a text as key.
    unsafe {
        let found = ffi::PyDict_GetItem(keywords(partial)?.ptr(), name.ptr());
        if found.is_null() {
            return Err(Exc::GIVE_UP);
        }
        T::from_obj(&Obj::borrowed(found))
    }
}
