//! `ndarray(shape, dtype, buffer, offset, strides, order)`.

use std::sync::OnceLock;

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::layout::{self, Order};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi::{self, PyObject, PyTypeObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::array::{self, ArrayRef, Memory};
use crate::convert;
use crate::descr;
use crate::error::OrRaise;
use crate::gate;
use crate::signature::Signature;

pub(super) unsafe extern "C" fn new(
    class: *mut PyTypeObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    static SIGNATURE: OnceLock<Signature> = OnceLock::new();
    // SAFETY: Python passes a tuple and a dict or null, with the interpreter held.
    unsafe {
        gate::enter_object(|py| {
            let signature = SIGNATURE.get_or_init(|| {
                Signature::parse(
                    "ndarray(shape, dtype=None, buffer=None, offset=0, strides=None, order=None)",
                )
            });
            let args: Bound<'_, PyTuple> =
                Bound::<PyAny>::from_borrowed_ptr(py, args).cast_into()?;
            let kwargs = Bound::<PyAny>::from_borrowed_ptr_or_opt(py, kwargs);
            let kwargs: Option<Bound<'_, PyDict>> = kwargs.map(Bound::cast_into).transpose()?;
            let a = signature.bind_call(&args, kwargs.as_ref())?;
            let shape = convert::shape::from_object(&a.required(0))?;
            let dtype = match a.some(1) {
                Some(d) => convert::dtype::from_object(&d)?,
                None => descr::singleton(py, TypeNum::Double),
            };
            let order = a
                .some(5)
                .map_or(Ok(Order::C), |o| convert::keyword::order(&o, Order::C))?;
            let strides = match a.some(4) {
                Some(s) => Some(convert::shape::integers(
                    &s,
                    "strides do not fit an address",
                )?),
                None => None,
            };
            if strides.as_ref().is_some_and(|s| s.len() != shape.len()) {
                return Err(PyValueError::new_err(
                    "strides, if given, must be the same length as shape",
                ));
            }
            let itemsize = descr::fields(&dtype).elsize as usize;
            let made = match a.some(2) {
                None => {
                    if let Some(s) = &strides {
                        check_strides(
                            &shape,
                            s,
                            itemsize,
                            0,
                            layout::checked_nbytes(&shape, itemsize).or_raise()?,
                        )?;
                    }
                    let strides = strides.or_else(|| {
                        (order == Order::F).then(|| layout::f_strides(&shape, itemsize))
                    });
                    array::new_array(py, class, dtype, &shape, strides.as_deref(), Memory::Uninit)?
                }
                Some(buffer) => {
                    let offset: isize = a.some(3).map_or(Ok(0), |o| o.extract())?;
                    over_buffer(py, class, dtype, &shape, strides, order, &buffer, offset)?
                }
            };
            array::finalize(&made, None)?;
            Ok(made.into_any())
        })
    }
}

/// An array over the memory of an object with the buffer protocol.
#[expect(
    clippy::too_many_arguments,
    reason = "the arguments of the constructor"
)]
fn over_buffer<'py>(
    py: Python<'py>,
    class: *mut PyTypeObject,
    dtype: Bound<'py, PyAny>,
    shape: &[isize],
    strides: Option<Dims>,
    order: Order,
    buffer: &Bound<'py, PyAny>,
    offset: isize,
) -> PyResult<ArrayRef<'py>> {
    let d = descr::fields(&dtype);
    if d.flags & crate::layout::descr_flags::ITEM_HASOBJECT != 0 {
        return Err(PyTypeError::new_err(
            "cannot construct a view of data of object dtype from a buffer",
        ));
    }
    let itemsize = d.elsize as usize;
    let (data, n_bytes, writeable) = borrow_bytes(buffer)?;
    if offset < 0 || offset as usize > n_bytes {
        return Err(PyValueError::new_err(if offset < 0 {
            "offset must be non-negative".to_owned()
        } else {
            format!(
                "offset ({offset}) must be non-negative and no greater than buffer length ({n_bytes})"
            )
        }));
    }
    let strides = if let Some(s) = strides {
        check_strides(shape, &s, itemsize, offset, n_bytes)?;
        s
    } else {
        let need = layout::checked_nbytes(shape, itemsize).or_raise()?;
        if need + offset as usize > n_bytes {
            return Err(PyTypeError::new_err(
                "buffer is too small for requested array",
            ));
        }
        match order {
            Order::F => layout::f_strides(shape, itemsize),
            _ => layout::c_strides(shape, itemsize),
        }
    };
    let memory = Memory::Borrowed {
        data: data.wrapping_offset(offset),
        base: Some(buffer.clone()),
        writeable,
    };
    array::new_array(py, class, dtype, shape, Some(&strides), memory)
}

/// Address, size and writability of an object's buffer. The object keeps the memory alive.
pub(crate) fn borrow_bytes(object: &Bound<'_, PyAny>) -> PyResult<(*mut u8, usize, bool)> {
    let py = object.py();
    // SAFETY: the buffer is released at once; memory stays valid while the object lives and is not resized, which is
    // what NumPy relies on too.
    unsafe {
        let mut view: ffi::Py_buffer = std::mem::zeroed();
        let mut writeable = true;
        if ffi::PyObject_GetBuffer(
            object.as_ptr(),
            &raw mut view,
            ffi::PyBUF_WRITABLE | ffi::PyBUF_SIMPLE,
        ) < 0
        {
            drop(PyErr::fetch(py));
            writeable = false;
            if ffi::PyObject_GetBuffer(object.as_ptr(), &raw mut view, ffi::PyBUF_SIMPLE) < 0 {
                return Err(PyErr::fetch(py));
            }
        }
        let parts = (view.buf.cast::<u8>(), view.len as usize, writeable);
        ffi::PyBuffer_Release(&raw mut view);
        Ok(parts)
    }
}

/// Strides must not reach outside the memory.
fn check_strides(
    shape: &[isize],
    strides: &[isize],
    itemsize: usize,
    offset: isize,
    n_bytes: usize,
) -> PyResult<()> {
    let Some((low, high)) = layout::byte_extent(shape, strides, itemsize) else {
        return Ok(());
    };
    if offset + low < 0 || (offset + high) as usize > n_bytes {
        return Err(PyValueError::new_err(
            "strides is incompatible with shape of requested array and size of buffer",
        ));
    }
    Ok(())
}
