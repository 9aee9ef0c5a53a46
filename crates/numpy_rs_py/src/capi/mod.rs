//! NumPy's C API as compiled packages reach it: two capsules without a name.

mod slots;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Makes `_ARRAY_API` and `_UFUNC_API`.
pub(crate) fn add(py: Python<'_>, contents: &Bound<'_, PyDict>) -> PyResult<()> {
    slots::fill(py);
    for (name, table) in [
        ("_ARRAY_API", slots::ARRAY.as_ptr()),
        ("_UFUNC_API", slots::UFUNC.as_ptr()),
    ] {
        // SAFETY: the tables are static; NumPy's headers ask for a capsule without a name.
        let capsule = unsafe {
            Bound::from_owned_ptr_or_err(py, ffi::PyCapsule_New(table, std::ptr::null(), None))?
        };
        contents.set_item(name, capsule)?;
    }
    Ok(())
}
