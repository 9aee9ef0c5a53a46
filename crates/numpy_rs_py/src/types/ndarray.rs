//! The `ndarray` class.

use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;

use crate::classes::NDARRAY;
use crate::layout::PyArrayObject;
use crate::static_type::{TypeSetup, ready};

unsafe extern "C" fn dealloc(object: *mut PyObject) {
    // SAFETY: the object is dying; Python holds the interpreter.
    unsafe {
        let py = Python::assume_attached();
        if !(*object.cast::<PyArrayObject>()).weakreflist.is_null() {
            ffi::PyObject_ClearWeakRefs(object);
        }
        crate::array::clear(py, object);
        if let Some(free) = (*ffi::Py_TYPE(object)).tp_free {
            free(object.cast());
        }
    }
}

/// Makes the class ready.
pub(crate) fn initialise(py: Python<'_>) -> PyResult<()> {
    let ty = NDARRAY.get();
    // SAFETY: initialisation runs once under the interpreter lock; slots fit the struct.
    unsafe {
        (*ty).tp_dealloc = Some(dealloc);
        (*ty).tp_weaklistoffset = std::mem::offset_of!(PyArrayObject, weakreflist) as isize;
        ready(
            py,
            ty,
            &TypeSetup {
                name: "numpy_rs.ndarray",
                basicsize: size_of::<PyArrayObject>(),
                flags: ffi::Py_TPFLAGS_BASETYPE,
                base: std::ptr::null_mut(),
                bases: &[],
                metatype: std::ptr::null_mut(),
            },
        )
    }
}
