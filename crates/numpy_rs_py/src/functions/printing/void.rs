//! The text of a structured scalar, written as an array of one element is.

use pyo3::prelude::*;

use super::column::{Column, Form};
use super::options::PrintOptions;

/// The fields at `ptr` in parentheses, by the options of the context.
///
/// # Safety
///
/// `ptr` addresses an item of the structured dtype.
pub(crate) unsafe fn struct_text<'py>(
    descr: &Bound<'py, PyAny>,
    ptr: *const u8,
) -> PyResult<String> {
    let py = descr.py();
    let mut options = PrintOptions::current(py)?;
    if options.legacy > 125 {
        options.prefer_str_for_floats(py)?;
    }
    // SAFETY: promised by the caller.
    unsafe {
        let column = Column {
            descr: descr.clone(),
            dtype: crate::descr::to_dtype(descr)?,
            form: Form::Struct(Column::choose_fields(descr, &[ptr], &options, true)?),
        };
        column.text(ptr)
    }
}
