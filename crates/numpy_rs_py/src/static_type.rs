//! Static type objects: memory for them, and how they are made ready.

use std::cell::UnsafeCell;
use std::ffi::{CStr, CString, c_char};

use pyo3::ffi::{self, PyObject, PyTypeObject};
use pyo3::prelude::*;

use crate::layout::DTypeMeta;

/// Memory of a type object that lives as long as the process.
#[repr(transparent)]
pub struct StaticType(UnsafeCell<PyTypeObject>);

// SAFETY: written only while the module initialises, under the interpreter lock.
unsafe impl Sync for StaticType {}

impl StaticType {
    /// An empty type object.
    pub const fn new() -> Self {
        // SAFETY: all fields of a type object may be zero.
        Self(UnsafeCell::new(unsafe { std::mem::zeroed() }))
    }

    /// The type object.
    #[inline]
    pub const fn get(&self) -> *mut PyTypeObject {
        self.0.get()
    }

    /// The type object as an object.
    #[inline]
    pub const fn as_object(&self) -> *mut PyObject {
        self.0.get().cast()
    }

    /// Whether `object` is exactly of this type.
    #[inline]
    pub fn is_exact(&self, object: &Bound<'_, PyAny>) -> bool {
        object.get_type_ptr() == self.get()
    }

    /// Whether `object` is of this type or of a subtype.
    #[inline]
    pub fn is_instance(&self, object: &Bound<'_, PyAny>) -> bool {
        // SAFETY: both are live objects.
        self.is_exact(object)
            || unsafe { ffi::PyType_IsSubtype(object.get_type_ptr(), self.get()) != 0 }
    }

    /// The type as a Python object.
    pub fn bound<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        // SAFETY: a static type object is always live.
        unsafe { Bound::from_borrowed_ptr(py, self.as_object()) }
    }
}

/// Memory of a DType class.
#[repr(transparent)]
pub struct StaticDType(UnsafeCell<DTypeMeta>);

// SAFETY: as for `StaticType`.
unsafe impl Sync for StaticDType {}

impl StaticDType {
    /// An empty DType class.
    pub const fn new() -> Self {
        // SAFETY: all fields may be zero.
        Self(UnsafeCell::new(unsafe { std::mem::zeroed() }))
    }

    /// The class with its own fields.
    #[inline]
    pub const fn get(&self) -> *mut DTypeMeta {
        self.0.get()
    }

    /// The class as a type object.
    #[inline]
    pub const fn as_type(&self) -> *mut PyTypeObject {
        self.0.get().cast()
    }
}

/// What every static type sets before it is made ready; slots are set on the type object itself.
pub struct TypeSetup<'a> {
    /// Full name, such as `numpy_rs.ndarray`.
    pub name: &'a str,
    /// Size of an instance.
    pub basicsize: usize,
    /// `Py_TPFLAGS_*` besides the default ones.
    pub flags: std::ffi::c_ulong,
    /// The base; null for `object`.
    pub base: *mut PyTypeObject,
    /// More than one base, in order (the first is `base`).
    pub bases: &'a [*mut PyTypeObject],
    /// The type of the type; null for `type`.
    pub metatype: *mut PyTypeObject,
}

/// Makes a type ready.
///
/// # Safety
///
/// `ty` is static memory whose slots, if set, fit the instance layout; the interpreter is held.
pub unsafe fn ready(py: Python<'_>, ty: *mut PyTypeObject, setup: &TypeSetup<'_>) -> PyResult<()> {
    // SAFETY: promised by the caller; names and base tuples are leaked, since static types live for ever.
    unsafe {
        let object = ty.cast::<PyObject>();
        (*object).ob_type = if setup.metatype.is_null() {
            &raw mut ffi::PyType_Type
        } else {
            setup.metatype
        };
        ffi::Py_INCREF(object);
        ffi::Py_INCREF(object);
        (*ty).tp_name = leak_name(setup.name);
        (*ty).tp_basicsize = setup.basicsize as isize;
        (*ty).tp_flags |= ffi::Py_TPFLAGS_DEFAULT | setup.flags;
        if !setup.base.is_null() {
            (*ty).tp_base = setup.base;
        }
        if setup.bases.len() > 1 {
            let tuple = ffi::PyTuple_New(setup.bases.len() as isize);
            if tuple.is_null() {
                return Err(PyErr::fetch(py));
            }
            for (i, &base) in setup.bases.iter().enumerate() {
                ffi::Py_INCREF(base.cast());
                ffi::PyTuple_SetItem(tuple, i as isize, base.cast());
            }
            (*ty).tp_bases = tuple;
        }
        if ffi::PyType_Ready(ty) < 0 {
            return Err(PyErr::fetch(py));
        }
    }
    Ok(())
}

/// A C string that is never freed, for names that type objects keep.
pub fn leak_name(name: &str) -> *const c_char {
    let owned: CString = CString::new(name).unwrap_or_default();
    let leaked: &'static CStr = Box::leak(owned.into_boxed_c_str());
    leaked.as_ptr()
}

/// A table of slots, method or getset definitions that lives as long as the process.
pub fn leak_table<T>(entries: Vec<T>) -> *mut T {
    Box::leak(entries.into_boxed_slice()).as_mut_ptr()
}
