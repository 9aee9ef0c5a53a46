//! Attributes of static types: one table of getters and setters per class, each run through the gate.

use std::ffi::{c_int, c_void};

use pyo3::exceptions::PyAttributeError;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;

use crate::gate;
use crate::static_type::leak_name;

/// Reads an attribute of an instance.
pub(crate) type Getter = for<'py> fn(&Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>>;
/// Writes an attribute of an instance; `None` deletes it.
pub(crate) type Setter = for<'py> fn(&Bound<'py, PyAny>, Option<Bound<'py, PyAny>>) -> PyResult<()>;

/// One attribute.
pub(crate) struct Attribute {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its docstring.
    pub(crate) doc: &'static str,
    /// Reads it.
    pub(crate) get: Getter,
    /// Writes it, where that is allowed.
    pub(crate) set: Option<Setter>,
}

impl Attribute {
    /// An attribute that cannot be written.
    pub(crate) const fn readonly(name: &'static str, doc: &'static str, get: Getter) -> Self {
        Self {
            name,
            doc,
            get,
            set: None,
        }
    }
}

unsafe extern "C" fn get(object: *mut PyObject, closure: *mut c_void) -> *mut PyObject {
    // SAFETY: the closure is an entry of a static table; Python calls with the interpreter held.
    unsafe {
        gate::enter_object(|py| {
            let attribute = &*closure.cast::<Attribute>();
            (attribute.get)(&Bound::from_borrowed_ptr(py, object))
        })
    }
}

unsafe extern "C" fn set(
    object: *mut PyObject,
    value: *mut PyObject,
    closure: *mut c_void,
) -> c_int {
    // SAFETY: as for `get`; a null value asks for deletion.
    unsafe {
        gate::enter(|py| {
            let attribute = &*closure.cast::<Attribute>();
            let object = Bound::<PyAny>::from_borrowed_ptr(py, object);
            let Some(set) = attribute.set else {
                return Err(PyAttributeError::new_err(format!(
                    "attribute '{}' of '{}' objects is not writable",
                    attribute.name,
                    object.get_type().fully_qualified_name()?
                )));
            };
            set(&object, Bound::from_borrowed_ptr_or_opt(py, value))?;
            Ok(0)
        })
    }
}

/// The C table of a class's attributes; it lives as long as the process.
pub(crate) fn table(attributes: &'static [Attribute]) -> *mut ffi::PyGetSetDef {
    let mut entries: Vec<ffi::PyGetSetDef> = attributes
        .iter()
        .map(|a| ffi::PyGetSetDef {
            name: leak_name(a.name),
            get: Some(get),
            set: Some(set),
            doc: if a.doc.is_empty() {
                std::ptr::null()
            } else {
                leak_name(a.doc)
            },
            closure: std::ptr::from_ref(a).cast_mut().cast(),
        })
        .collect();
    // SAFETY: an all-zero entry ends the table.
    entries.push(unsafe { std::mem::zeroed() });
    crate::static_type::leak_table(entries)
}
