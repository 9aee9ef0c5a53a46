//! Instances of the program's own classes: attributes in their dict or slots.

use pyo3_ffi as ffi;

use super::exc::{Exc, Res, give_up};
use super::journal;
use super::obj::Obj;
use super::value::Value;

unsafe extern "C" {
    static mut PyMethod_Type: ffi::PyTypeObject;
    fn PyMethod_Function(method: *mut ffi::PyObject) -> *mut ffi::PyObject;
}

/// Gives up unless an object is exactly of a class.
#[inline]
pub fn check(object: &Obj, class: &Obj) -> Res<()> {
    if object.class().cast() == class.ptr() {
        Ok(())
    } else {
        give_up()
    }
}

/// An object that is exactly of a class.
#[inline]
pub fn checked(object: Obj, class: &Obj) -> Res<Obj> {
    check(&object, class)?;
    Ok(object)
}

/// An object that is exactly of a class, and whose method of that name is the class's own: an attribute of the instance
/// would come first.
pub fn with_method(object: Obj, class: &Obj, name: &Obj, function: &Obj) -> Res<Obj> {
    check(&object, class)?;
    // SAFETY: live objects; the method is a plain function of a class without hooks.
    unsafe {
        let found = Obj::owned(ffi::PyObject_GenericGetAttr(object.ptr(), name.ptr()))?;
        let target = if found.class() == &raw mut PyMethod_Type {
            PyMethod_Function(found.ptr())
        } else {
            found.ptr()
        };
        if target != function.ptr() {
            return give_up();
        }
    }
    Ok(object)
}

/// `object.name`, of a class without descriptors or hooks for it.
#[inline]
pub fn get<T: Value>(object: &Obj, name: &Obj) -> Res<T> {
    // SAFETY: live objects; the class has been looked at when the extension was attached.
    let value = unsafe { Obj::owned(ffi::PyObject_GenericGetAttr(object.ptr(), name.ptr()))? };
    T::from_obj(&value)
}

/// `object.name = value`.
#[inline]
pub fn set<T: Value>(object: &Obj, name: &Obj, value: T) -> Res<()> {
    let value = value.into_obj()?;
    if !object.is_unshared() {
        // SAFETY: live objects.
        let old = unsafe { ffi::PyObject_GenericGetAttr(object.ptr(), name.ptr()) };
        // SAFETY: an owned reference, or null with an error that means there is none yet.
        let old = unsafe { Obj::owned(old) }.ok();
        journal::attribute(object, name, old);
    }
    // SAFETY: live objects.
    if unsafe { ffi::PyObject_GenericSetAttr(object.ptr(), name.ptr(), value.ptr()) } == 0 {
        Ok(())
    } else {
        Err(Exc::fetch())
    }
}

/// A new instance without attributes.
pub fn new(class: &Obj) -> Res<Obj> {
    // SAFETY: the class is a plain Python class whose `__new__` is `object`'s.
    unsafe {
        let class = class.ptr().cast::<ffi::PyTypeObject>();
        let alloc = (*class).tp_alloc.ok_or(Exc::GIVE_UP)?;
        Obj::owned(alloc(class, 0))
    }
}
