//! From a declared ufunc to its Python object and back.

use std::sync::OnceLock;

use numpy_rs_core::ufunc::table::Ufunc;
use pyo3::exceptions::PyTypeError;
use pyo3::ffi::PyObject;
use pyo3::prelude::*;

use crate::classes::UFUNC;
use crate::layout::PyUFuncObject;

/// The objects of the registry: address of the declaration and the object, sorted.
static OBJECTS: OnceLock<Vec<(usize, Py<PyAny>)>> = OnceLock::new();

/// Remembers the objects of all declared ufuncs.
pub(crate) fn remember(mut objects: Vec<(&'static Ufunc, Py<PyAny>)>) {
    objects.sort_by_key(|(u, _)| std::ptr::from_ref::<Ufunc>(u) as usize);
    let _ = OBJECTS.set(
        objects
            .into_iter()
            .map(|(u, o)| (std::ptr::from_ref::<Ufunc>(u) as usize, o))
            .collect(),
    );
}

/// The declaration behind a ufunc object.
#[inline]
pub(crate) fn declaration(object: &Bound<'_, PyAny>) -> PyResult<&'static Ufunc> {
    if !UFUNC.is_exact(object) {
        return Err(PyTypeError::new_err("expected a ufunc"));
    }
    // SAFETY: the object is a ufunc.
    unsafe { declaration_of(object.as_ptr()) }
}

/// The declaration behind a ufunc object given as a C pointer.
///
/// # Safety
///
/// `object` is an instance of `ufunc`.
#[inline]
pub(crate) unsafe fn declaration_of(object: *mut PyObject) -> PyResult<&'static Ufunc> {
    // SAFETY: promised by the caller; the field holds a declaration that outlives the object, or null.
    unsafe {
        let declared = (*object.cast::<PyUFuncObject>())
            .dispatch_cache
            .cast::<Ufunc>();
        declared
            .as_ref()
            .ok_or_else(|| PyTypeError::new_err("this ufunc has no loops"))
    }
}

/// A ufunc at work: its declaration, and its object where the call came through one.
#[derive(Clone)]
pub(crate) struct Callee<'py> {
    pub(crate) py: Python<'py>,
    pub(crate) ufunc: &'static Ufunc,
    /// The name that floating-point events are reported under.
    pub(crate) name: &'static str,
    object: Option<Bound<'py, PyAny>>,
}

impl<'py> Callee<'py> {
    /// The ufunc of an object.
    pub(crate) fn of_object(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        let ufunc = declaration(object)?;
        Ok(Self {
            py: object.py(),
            ufunc,
            name: ufunc.name,
            object: Some(object.clone()),
        })
    }

    /// A ufunc of the registry, called from Rust.
    #[inline]
    pub(crate) fn of(py: Python<'py>, ufunc: &'static Ufunc) -> Self {
        Self {
            py,
            ufunc,
            name: ufunc.name,
            object: None,
        }
    }

    /// As [`Callee::of`] at work for a function of another name.
    pub(crate) fn named(py: Python<'py>, ufunc: &'static Ufunc, name: &'static str) -> Self {
        Self {
            name,
            ..Self::of(py, ufunc)
        }
    }

    /// The Python object.
    pub(crate) fn object(&self) -> PyResult<Bound<'py, PyAny>> {
        if let Some(object) = &self.object {
            return Ok(object.clone());
        }
        let wanted = std::ptr::from_ref::<Ufunc>(self.ufunc) as usize;
        OBJECTS
            .get()
            .and_then(|all| {
                let at = all.binary_search_by_key(&wanted, |(u, _)| *u).ok()?;
                Some(all[at].1.bind(self.py).clone())
            })
            .ok_or_else(|| PyTypeError::new_err(format!("ufunc {} has no object", self.ufunc.name)))
    }
}
