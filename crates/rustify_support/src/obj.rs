//! A counted reference to a Python object.

use std::ptr::NonNull;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res};

/// An owned reference. The interpreter is held wherever one exists.
#[derive(Debug)]
#[repr(transparent)]
pub struct Obj(NonNull<PyObject>);

impl Obj {
    /// Takes a new reference from C; null means an exception is set.
    ///
    /// # Safety
    ///
    /// `ptr` is an owned reference or null.
    #[inline]
    pub unsafe fn owned(ptr: *mut PyObject) -> Res<Self> {
        match NonNull::new(ptr) {
            Some(p) => Ok(Self(p)),
            None => Err(Exc::fetch()),
        }
    }

    /// Takes a new reference.
    ///
    /// # Safety
    ///
    /// `ptr` is an owned reference.
    #[inline]
    pub unsafe fn of_new(ptr: *mut PyObject) -> Self {
        // SAFETY: promised by the caller.
        Self(unsafe { NonNull::new_unchecked(ptr) })
    }

    /// A further reference to a live object.
    ///
    /// # Safety
    ///
    /// `ptr` is a live object.
    #[inline]
    pub unsafe fn borrowed(ptr: *mut PyObject) -> Self {
        // SAFETY: promised by the caller.
        unsafe {
            ffi::Py_INCREF(ptr);
            Self(NonNull::new_unchecked(ptr))
        }
    }

    /// A reference that the caller does not own and never drops.
    ///
    /// # Safety
    ///
    /// `ptr` is a live object, and the result is forgotten.
    #[inline]
    pub unsafe fn borrowed_once(ptr: *mut PyObject) -> Self {
        // SAFETY: promised by the caller.
        unsafe { Self(NonNull::new_unchecked(ptr)) }
    }

    /// `None`.
    #[inline]
    pub fn none() -> Self {
        // SAFETY: `None` lives for ever.
        unsafe { Self::borrowed(ffi::Py_None()) }
    }

    /// Changes places with the object that a place holds.
    ///
    /// # Safety
    ///
    /// The place owns a reference to a live object.
    #[inline]
    pub unsafe fn swap(&mut self, place: &mut *mut PyObject) {
        // SAFETY: promised by the caller.
        let old = unsafe { NonNull::new_unchecked(*place) };
        *place = std::mem::replace(&mut self.0, old).as_ptr();
    }

    /// The object's address.
    #[inline]
    pub fn ptr(&self) -> *mut PyObject {
        self.0.as_ptr()
    }

    /// Gives the reference to C.
    #[inline]
    pub fn into_ptr(self) -> *mut PyObject {
        let ptr = self.ptr();
        std::mem::forget(self);
        ptr
    }

    /// The object's exact type.
    #[inline]
    pub fn class(&self) -> *mut ffi::PyTypeObject {
        // SAFETY: a live object has a type.
        unsafe { ffi::Py_TYPE(self.ptr()) }
    }

    /// Whether this is the only reference.
    #[inline]
    pub fn is_unshared(&self) -> bool {
        // SAFETY: a live object.
        unsafe { ffi::Py_REFCNT(self.ptr()) == 1 }
    }
}

impl Clone for Obj {
    #[inline]
    fn clone(&self) -> Self {
        // SAFETY: the object is alive.
        unsafe { Self::borrowed(self.ptr()) }
    }
}

impl Drop for Obj {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the reference is owned and not used again.
        unsafe { ffi::Py_DECREF(self.ptr()) }
    }
}

impl PartialEq for Obj {
    fn eq(&self, other: &Self) -> bool {
        self.ptr() == other.ptr()
    }
}
