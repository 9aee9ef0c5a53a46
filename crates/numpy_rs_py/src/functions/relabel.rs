//! Renaming the classes of the module when the package becomes `numpy` after it was loaded as `numpy_rs`.

use std::ffi::{CStr, CString};

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::function::FunctionDef;
use crate::package;
use crate::signature::Args;

/// The definitions of this page.
pub(crate) static TABLE: &[FunctionDef] = &[FunctionDef {
    module: "",
    signature: "_relabel(name, /)",
    relevant: &[],
    doc: "Make the classes of this module show `name` as the package that they come from.",
    run: relabel,
}];

fn relabel<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = args.py();
    let name: String = args.required(0).extract()?;
    for value in package::import(py, "_native")?.dict().values() {
        if let Ok(class) = value.cast::<PyType>() {
            relabel_class(class, &name)?;
        }
    }
    Ok(py.None().into_bound(py))
}

/// Only static types take their module from `tp_name`; classes made in Python keep it in their dict.
fn relabel_class(class: &Bound<'_, PyType>, name: &str) -> PyResult<()> {
    let ty = class.as_type_ptr();
    // SAFETY: a live type; the new name lives as long as the process, as the type does.
    unsafe {
        if (*ty).tp_flags & ffi::Py_TPFLAGS_HEAPTYPE != 0 {
            return Ok(());
        }
        let old = CStr::from_ptr((*ty).tp_name).to_string_lossy();
        let Some(rest) = old.strip_prefix("numpy_rs.") else {
            return Ok(());
        };
        let new = CString::new(format!("{name}.{rest}"))?;
        (*ty).tp_name = Box::leak(new.into_boxed_c_str()).as_ptr();
        ffi::PyType_Modified(ty);
    }
    Ok(())
}
