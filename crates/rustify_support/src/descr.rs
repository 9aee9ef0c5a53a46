//! Methods of builtin types, called by their C functions; each is looked up once.

use std::cell::Cell;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::Res;
use super::obj::Obj;

unsafe extern "C" {
    static mut PyMethodDescr_Type: ffi::PyTypeObject;
    fn _PyType_Lookup(class: *mut ffi::PyTypeObject, name: *mut PyObject) -> *mut PyObject;
}

/// A method descriptor: head, class, name, qualified name, definition.
#[repr(C)]
struct Descriptor {
    head: PyObject,
    class: *mut ffi::PyTypeObject,
    name: *mut PyObject,
    qualname: *mut PyObject,
    method: *mut ffi::PyMethodDef,
}

/// A method that was called before.
#[derive(Clone, Copy)]
struct Known {
    class: usize,
    name: usize,
    method: *mut ffi::PyMethodDef,
}

const SIZE: usize = 64;

struct Memory([Cell<Known>; SIZE]);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Memory {}

static MEMORY: Memory = Memory(
    [const {
        Cell::new(Known {
            class: 0,
            name: 0,
            method: std::ptr::null_mut(),
        })
    }; SIZE],
);

/// The definition of a method of a builtin type; null where it is no plain C function.
unsafe fn definition(class: *mut ffi::PyTypeObject, name: *mut PyObject) -> *mut ffi::PyMethodDef {
    let at = (class as usize >> 5 ^ name as usize >> 4) % SIZE;
    let known = MEMORY.0[at].get();
    if known.class == class as usize && known.name == name as usize {
        return known.method;
    }
    // SAFETY: a class that lives for ever; the name is a constant of the program, which does so, too.
    let method = unsafe {
        let found = _PyType_Lookup(class, name);
        let is_static = (*class).tp_flags & ffi::Py_TPFLAGS_HEAPTYPE == 0;
        if is_static && !found.is_null() && ffi::Py_TYPE(found) == &raw mut PyMethodDescr_Type {
            (*found.cast::<Descriptor>()).method
        } else {
            return std::ptr::null_mut();
        }
    };
    let (class, name) = (class as usize, name as usize);
    MEMORY.0[at].set(Known {
        class,
        name,
        method,
    });
    method
}

/// Calls a method, whose name is a constant of the program, with the receiver and arguments.
///
/// # Safety
///
/// Live objects; the receiver comes first.
pub unsafe fn call(name: *mut PyObject, all: &[*mut PyObject]) -> Res<Obj> {
    // SAFETY: the flags of a definition tell the signature of its function.
    unsafe {
        let (this, rest) = (all[0], &all[1..]);
        let method = definition(ffi::Py_TYPE(this), name);
        if !method.is_null() {
            let function = (*method).ml_meth;
            let plain = (*method).ml_flags & !ffi::METH_COEXIST;
            if plain == ffi::METH_NOARGS && rest.is_empty() {
                return Obj::owned((function.PyCFunction)(this, std::ptr::null_mut()));
            }
            if plain == ffi::METH_O && rest.len() == 1 {
                return Obj::owned((function.PyCFunction)(this, rest[0]));
            }
            if plain == ffi::METH_FASTCALL {
                let done =
                    (function.PyCFunctionFast)(this, rest.as_ptr().cast_mut(), rest.len() as isize);
                return Obj::owned(done);
            }
            if plain == ffi::METH_FASTCALL | ffi::METH_KEYWORDS {
                let none = std::ptr::null_mut();
                let n = rest.len() as isize;
                let done = (function.PyCFunctionFastWithKeywords)(this, rest.as_ptr(), n, none);
                return Obj::owned(done);
            }
        }
        Obj::owned(ffi::PyObject_VectorcallMethod(
            name,
            all.as_ptr(),
            all.len(),
            std::ptr::null_mut(),
        ))
    }
}
