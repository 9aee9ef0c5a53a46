//! Exceptions as values: those that a program makes, and those that it catches under a name.

use pyo3_ffi as ffi;

use super::any;
use super::exc::{self, Aside, Exc, Res, give_up};
use super::obj::Obj;

/// Whether an object is an exception.
#[inline]
pub fn is_exception(object: &Obj) -> bool {
    // SAFETY: a live object has a type.
    unsafe { (*object.class()).tp_flags & ffi::Py_TPFLAGS_BASE_EXC_SUBCLASS != 0 }
}

/// `class(*arguments)`, of a class whose instances are made by the interpreter alone.
pub fn made(class: &Obj, arguments: &[Obj]) -> Res<Exc> {
    if !arguments.iter().all(any::is_plain) {
        // What it would hold is not known here.
        let _ = exc::set_aside();
        return Ok(Exc::of_class(class.ptr()));
    }
    let object = any::call(class, arguments)?;
    if !is_exception(&object) {
        return give_up();
    }
    // SAFETY: an exception; the class lives as long as the extension.
    Ok(unsafe { Exc::of_object(object.ptr()) })
}

/// An exception class of another module, which may have become anything.
pub fn caught_class(class: Obj) -> Res<Exc> {
    // SAFETY: a live object.
    if unsafe { ffi::PyExceptionClass_Check(class.ptr()) } == 0 {
        return give_up();
    }
    // The capture keeps the class alive.
    Ok(Exc::of_class(class.ptr()))
}

/// A builtin exception with arguments.
pub fn with(class: Exc, arguments: &[Obj]) -> Res<Exc> {
    // SAFETY: builtin classes live for ever.
    let class = unsafe { Obj::borrowed(class.class()) };
    made(&class, arguments)
}

/// A new instance of an exception class before its `__init__` has run.
pub fn new(class: &Obj, arguments: &[Obj]) -> Res<Obj> {
    // SAFETY: a live class that makes its instances as `BaseException` does.
    unsafe {
        let made = (*class.ptr().cast::<ffi::PyTypeObject>()).tp_new;
        let tuple = tuple(arguments)?;
        let new = made.ok_or(Exc::GIVE_UP)?;
        Obj::owned(new(class.ptr().cast(), tuple.ptr(), std::ptr::null_mut()))
    }
}

/// `BaseException.__init__(self, *arguments)`.
pub fn init(object: &Obj, arguments: &[Obj]) -> Res<()> {
    if !is_exception(object) {
        return give_up();
    }
    // SAFETY: an exception and a tuple.
    unsafe {
        let base = ffi::PyExc_BaseException.cast::<ffi::PyTypeObject>();
        let init = (*base).tp_init.ok_or(Exc::GIVE_UP)?;
        if init(object.ptr(), tuple(arguments)?.ptr(), std::ptr::null_mut()) == 0 {
            Ok(())
        } else {
            Err(Exc::fetch())
        }
    }
}

unsafe fn tuple(items: &[Obj]) -> Res<Obj> {
    // SAFETY: a new tuple of live objects.
    unsafe {
        let tuple = Obj::owned(ffi::PyTuple_New(items.len() as isize))?;
        for (i, item) in items.iter().enumerate() {
            ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, item.clone().into_ptr());
        }
        Ok(tuple)
    }
}

/// An exception object to be raised.
pub fn raise(object: &Obj) -> Res<Exc> {
    if !is_exception(object) {
        return give_up();
    }
    // SAFETY: an exception.
    Ok(unsafe { Exc::of_object(object.ptr()) })
}

/// The object of an exception that is being handled.
pub fn caught(aside: &mut Aside, class: Exc) -> Res<Obj> {
    // SAFETY: the object is alive as long as it is set aside.
    Ok(unsafe { Obj::borrowed(aside.object(class)?) })
}

/// `e.args`.
pub fn arguments(object: &Obj) -> Res<Obj> {
    if !is_exception(object) {
        return give_up();
    }
    // SAFETY: a field of all exceptions, which no class of the program hides.
    unsafe {
        let found = Obj::owned(ffi::PyObject_GetAttrString(object.ptr(), c"args".as_ptr()))?;
        if found.class() == &raw mut ffi::PyTuple_Type {
            Ok(found)
        } else {
            give_up()
        }
    }
}

/// Gives up unless the text of an exception is made by the interpreter alone, from plain arguments.
pub fn printable(object: &Obj) -> Res<()> {
    any::plain(&arguments(object)?)?;
    // SAFETY: the builtin class that an exception derives from is the first on its way up that is no heap type.
    unsafe {
        let class = object.class();
        let mut base = class;
        while (*base).tp_flags & ffi::Py_TPFLAGS_HEAPTYPE != 0 {
            base = (*base).tp_base;
            if base.is_null() {
                return give_up();
            }
        }
        let same = |a: Option<ffi::reprfunc>, b: Option<ffi::reprfunc>| {
            a.map(|f| f as usize) == b.map(|f| f as usize)
        };
        if same((*class).tp_str, (*base).tp_str) && same((*class).tp_repr, (*base).tp_repr) {
            Ok(())
        } else {
            give_up()
        }
    }
}
