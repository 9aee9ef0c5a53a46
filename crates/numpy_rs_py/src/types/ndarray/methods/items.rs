//! Methods about single elements and flags: `item`, `setflags`, `conj`, `to_device`, `__format__`, `__sizeof__`.

use numpy_rs_core::layout;
use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::shape::integer;
use super::{method, none, this};
use crate::array::ArrayRef;
use crate::convert;
use crate::function::FunctionDef;
use crate::layout::{PyArrayObject, flags};
use crate::signature::Args;
use crate::stack;
use crate::types::flagsobj;
use crate::types::ndarray::subscript;

pub(super) static METHODS: &[FunctionDef] = &[
    method(
        "item(self, /, *args)",
        "One element as a Python object.",
        item,
    ),
    method(
        "setflags(self, /, write=None, align=None, uic=None)",
        "Sets or clears flags, where the memory allows it.",
        setflags,
    ),
    method(
        "to_device(self, device, /, *, stream=None)",
        "The array on a device; only `cpu` exists.",
        |a| {
            let device: String = a
                .required(1)
                .extract()
                .map_err(|_| PyTypeError::new_err("to_device() argument 1 must be str"))?;
            if a.some(2).is_some() {
                return Err(PyValueError::new_err(
                    "The stream argument in to_device() is not supported",
                ));
            }
            if device != "cpu" {
                return Err(PyValueError::new_err(format!(
                    "Unsupported device: {device}. Only 'cpu' is accepted."
                )));
            }
            Ok(this(a)?.into_any())
        },
    ),
    method(
        "__format__(self, format_spec, /)",
        "The text of the array, or of its only element.",
        |a| {
            let array = this(a)?;
            let spec = a.required(1);
            if array.ndim() == 0 {
                // The element may be the array itself.
                stack::check("in ndarray.__format__")?;
                // SAFETY: a 0-d array has one element.
                let value =
                    unsafe { convert::scalar::to_python(a.py(), array.data(), &array.descr())? };
                return value.call_method1("__format__", (spec,));
            }
            if spec.len()? == 0 {
                return Ok(array.as_any().str()?.into_any());
            }
            Err(PyTypeError::new_err(format!(
                "unsupported format string passed to {}.__format__",
                array.as_any().get_type().fully_qualified_name()?
            )))
        },
    ),
    method("__sizeof__(self, /)", "The size in memory in bytes.", |a| {
        let array = this(a)?;
        let mut n = size_of::<PyArrayObject>() + 2 * array.ndim() * size_of::<isize>();
        if array.flags() & flags::OWNDATA != 0 {
            n += array.size() * array.itemsize();
        }
        Ok(n.into_pyobject(a.py())?.into_any())
    }),
    method(
        "__complex__(self, /)",
        "The only element as a complex number.",
        |a| {
            let array = this(a)?;
            if array.ndim() > 0 {
                return Err(PyTypeError::new_err(
                    "only 0-dimensional arrays can be converted to Python scalars",
                ));
            }
            let value = subscript::element_at(&array, array.data())?;
            let py = a.py();
            // SAFETY: the builtin type is a live object.
            let class = unsafe {
                Bound::<PyAny>::from_borrowed_ptr(py, (&raw mut pyo3::ffi::PyComplex_Type).cast())
            };
            class.call1((value,))
        },
    ),
];

fn item<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    let args = a.required(1);
    let args: &Bound<'py, PyTuple> = args.cast()?;
    // `item((i, j))` is `item(i, j)`.
    let inner = if args.len() == 1 {
        args.get_item(0)?.cast_into::<PyTuple>().ok()
    } else {
        None
    };
    let args = inner.as_ref().unwrap_or(args);
    let offset = match args.len() {
        0 => {
            if array.size() != 1 {
                return Err(PyValueError::new_err(
                    "can only convert an array of size 1 to a Python scalar",
                ));
            }
            0
        }
        1 if array.ndim() != 1 => {
            let n = array.size() as isize;
            let i = integer(&args.get_item(0)?)?;
            if i < -n || i >= n {
                return Err(PyIndexError::new_err(format!(
                    "index {i} is out of bounds for size {n}"
                )));
            }
            offset_of(&array, if i < 0 { i + n } else { i })
        }
        k if k == array.ndim() => {
            let mut offset = 0;
            for (axis, i) in args.iter().enumerate() {
                let (i, n) = (integer(&i)?, array.shape()[axis]);
                if i < -n || i >= n {
                    return Err(PyIndexError::new_err(format!(
                        "index {i} is out of bounds for axis {axis} with size {n}"
                    )));
                }
                offset += if i < 0 { i + n } else { i } * array.strides()[axis];
            }
            offset
        }
        _ => {
            return Err(PyValueError::new_err(
                "incorrect number of indices for array",
            ));
        }
    };
    // SAFETY: the offset was checked against the shape.
    unsafe {
        convert::scalar::to_python(a.py(), array.data().wrapping_offset(offset), &array.descr())
    }
}

/// The offset in bytes of an element by its number in C order.
fn offset_of(array: &ArrayRef<'_>, at: isize) -> isize {
    let (mut rest, mut offset) = (at, 0);
    for (&d, &s) in array.shape().iter().zip(array.strides()).rev() {
        offset += rest % d * s;
        rest /= d;
    }
    debug_assert!(layout::checked_size(array.shape()).is_ok());
    offset
}

fn setflags<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    let given = |i: usize| a.some(i).map(|v| v.is_truthy()).transpose();
    flagsobj::set_flags(&array, given(1)?, given(2)?, given(3)?)?;
    none(a)
}
