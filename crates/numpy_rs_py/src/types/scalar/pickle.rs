//! Pickling of scalars through the function `scalar(dtype, bytes)`, as NumPy does it.

use numpy_rs_core::dtype::TypeNum;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};

use crate::array::ArrayRef;
use crate::convert::item;
use crate::convert::store::has_references;
use crate::descr;
use crate::function::FunctionDef;

/// The function that unpickles.
pub(crate) static TABLE: &[FunctionDef] = &[FunctionDef {
    module: "_core.multiarray",
    signature: "scalar(dtype, obj=None, /)",
    relevant: &[],
    doc: "Make a scalar of a dtype from the bytes of its item; what pickles of scalars call.",
    run: |args| {
        let py = args.py();
        let d = args.required(0);
        if !descr::is_descr(&d) {
            return Err(PyTypeError::new_err(format!(
                "scalar() argument 1 must be numpy.dtype, not {}",
                d.get_type().name()?
            )));
        }
        let size = descr::fields(&d).elsize as usize;
        let object = args.get(1);
        if has_references(&d) {
            let Some(o) = object else {
                return Ok(py.None().into_bound(py));
            };
            if descr::fields(&d).type_num == TypeNum::Object as i32 {
                return Ok(o);
            }
            let array = crate::convert::array_like::as_array_of(&o, Some(&d))?;
            // SAFETY: a 0-d array has one item.
            return unsafe { item::to_object(py, array.data(), &d) };
        }
        let bytes = match object {
            None => {
                let zeros = numpy_rs_core::buffer::Buffer::zeroed(size.max(1))
                    .map_err(|_| pyo3::exceptions::PyMemoryError::new_err(()))?;
                // SAFETY: the buffer has the bytes of one item.
                return unsafe { item::to_object(py, zeros.as_ptr(), &d) };
            }
            Some(o) if o.is_instance_of::<PyBytes>() => o,
            Some(o) if o.is_instance_of::<PyString>() => o.call_method1("encode", ("latin1",))?,
            Some(_) => {
                return Err(PyTypeError::new_err(
                    "initializing object must be a bytes object",
                ));
            }
        };
        let bytes = bytes.cast::<PyBytes>()?.as_bytes();
        if bytes.len() < size {
            return Err(PyValueError::new_err("initialization string is too small"));
        }
        // SAFETY: there are at least as many bytes as the item has.
        unsafe { item::to_object(py, bytes.as_ptr(), &d) }
    },
}];

/// `scalar.__reduce__()`.
pub(super) fn reduce<'py>(array: &ArrayRef<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = array.py();
    let function = crate::package::import(py, "_core.multiarray")?.getattr("scalar")?;
    let d = array.descr();
    let value = if has_references(&d) {
        // SAFETY: a 0-d array has one item.
        unsafe { item::to_python(py, array.data(), &d)? }
    } else {
        // SAFETY: the item's bytes lie at the array's data.
        let bytes = unsafe { std::slice::from_raw_parts(array.data(), array.itemsize()) };
        PyBytes::new(py, bytes).into_any()
    };
    let args = PyTuple::new(py, [d, value])?;
    Ok(PyTuple::new(py, [function, args.into_any()])?.into_any())
}
