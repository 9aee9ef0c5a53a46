//! Scalars as read-only buffers of one item.

use std::ffi::{c_char, c_int, c_void};

use numpy_rs_core::dtype::TypeNum;
use pyo3::exceptions::PyBufferError;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;

use crate::convert::array_like;
use crate::convert::store::scalar_num;
use crate::gate;
use crate::layout::VoidScalar;

/// What a buffer keeps while somebody holds it.
struct Held {
    format: std::ffi::CString,
    itemsize: isize,
}

/// The format of a number type.
fn format_of(num: TypeNum) -> &'static str {
    match num {
        TypeNum::CFloat => "Zf",
        TypeNum::CDouble => "Zd",
        TypeNum::CLongDouble => "Zg",
        TypeNum::Bool => "?",
        TypeNum::Byte => "b",
        TypeNum::UByte => "B",
        TypeNum::Short => "h",
        TypeNum::UShort => "H",
        TypeNum::Int => "i",
        TypeNum::UInt => "I",
        TypeNum::Long => "l",
        TypeNum::ULong => "L",
        TypeNum::LongLong => "q",
        TypeNum::ULongLong => "Q",
        TypeNum::Half => "e",
        TypeNum::Float => "f",
        TypeNum::Double => "d",
        TypeNum::LongDouble => "g",
        _ => "B",
    }
}

/// Fills the view.
pub(super) unsafe extern "C" fn get(
    object: *mut PyObject,
    view: *mut ffi::Py_buffer,
    flags: c_int,
) -> c_int {
    // SAFETY: Python passes a view to fill, with the interpreter held.
    unsafe {
        gate::enter(|py| {
            (*view).obj = std::ptr::null_mut();
            let scalar = Bound::<PyAny>::from_borrowed_ptr(py, object);
            if flags & ffi::PyBUF_WRITABLE == ffi::PyBUF_WRITABLE {
                return Err(PyBufferError::new_err("scalar buffer is readonly"));
            }
            let Some(num) = scalar_num(&scalar) else {
                return Err(PyBufferError::new_err("not a scalar with a buffer"));
            };
            let v = &mut *view;
            if num == TypeNum::Datetime || num == TypeNum::Timedelta || num == TypeNum::Str {
                // As bytes: the buffer protocol has no format for them.
                let array = array_like::of_scalar(&scalar)?;
                let bytes = if num == TypeNum::Str {
                    array.as_any().clone()
                } else {
                    array.as_any().call_method1("view", ("B",))?
                };
                return Ok(ffi::PyObject_GetBuffer(bytes.as_ptr(), view, flags));
            }
            let (data, size, format) = if num == TypeNum::Void {
                let s = &*object.cast::<VoidScalar>();
                if !s.descr.is_null() && !(*s.descr).names.is_null() {
                    let array = array_like::of_scalar(&scalar)?;
                    return Ok(ffi::PyObject_GetBuffer(
                        array.as_any().as_ptr(),
                        view,
                        flags,
                    ));
                }
                let n = if s.descr.is_null() {
                    0
                } else {
                    (*s.descr).elsize
                };
                (s.obval, n, format!("{n}x"))
            } else {
                (
                    object.cast::<u8>().add(size_of::<PyObject>()),
                    num.facts().itemsize as isize,
                    format_of(num).to_owned(),
                )
            };
            let held = Box::new(Held {
                format: std::ffi::CString::new(format)?,
                itemsize: size,
            });
            v.buf = data.cast();
            v.len = size;
            v.readonly = 1;
            v.ndim = 0;
            v.shape = std::ptr::null_mut();
            v.strides = std::ptr::null_mut();
            v.suboffsets = std::ptr::null_mut();
            v.itemsize = held.itemsize;
            v.format = if flags & ffi::PyBUF_FORMAT == ffi::PyBUF_FORMAT {
                held.format.as_ptr().cast_mut().cast::<c_char>()
            } else {
                std::ptr::null_mut()
            };
            v.internal = Box::into_raw(held).cast::<c_void>();
            ffi::Py_INCREF(object);
            v.obj = object;
            Ok(0)
        })
    }
}

/// Frees what the view kept.
pub(super) unsafe extern "C" fn release(_: *mut PyObject, view: *mut ffi::Py_buffer) {
    // SAFETY: `internal` is what `get` left there; it is freed once.
    unsafe {
        if !(*view).internal.is_null() {
            drop(Box::from_raw((*view).internal.cast::<Held>()));
            (*view).internal = std::ptr::null_mut();
        }
    }
}
