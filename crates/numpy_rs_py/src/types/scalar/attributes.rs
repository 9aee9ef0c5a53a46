//! Attributes of scalars: those of a 0-d array.

use numpy_rs_core::dtype::TypeNum;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::array::ArrayRef;
use crate::attribute::Attribute;
use crate::convert::array_like;
use crate::convert::item::{self, Item};
use crate::convert::store::{cast_quietly, scalar_descr, scalar_num};
use crate::descr;

use super::construct::number_in;
use super::void;

/// The scalar as a 0-d array; structured scalars as a view of their memory.
pub(super) fn array_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<ArrayRef<'py>> {
    match scalar_num(object) {
        Some(TypeNum::Void) => void::view(object),
        Some(_) => array_like::of_scalar(object),
        None => Err(PyAttributeError::new_err("an abstract scalar has no value")),
    }
}

fn descr_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    scalar_descr(object)?
        .ok_or_else(|| PyAttributeError::new_err("an abstract scalar has no dtype"))
}

fn number<'py>(object: &Bound<'py, PyAny>, n: isize) -> PyResult<Bound<'py, PyAny>> {
    Ok(n.into_pyobject(object.py())?.into_any())
}

fn of_array<'py>(object: &Bound<'py, PyAny>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    array_of(object)?.as_any().getattr(name)
}

/// The type of the parts of a complex type.
fn part_type(num: TypeNum) -> TypeNum {
    match num {
        TypeNum::CFloat => TypeNum::Float,
        TypeNum::CDouble => TypeNum::Double,
        TypeNum::CLongDouble => TypeNum::LongDouble,
        other => other,
    }
}

/// The real or imaginary part of a number.
pub(super) fn part<'py>(
    object: &Bound<'py, PyAny>,
    imaginary: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let Some((num, value)) = number_in(object) else {
        return of_array(object, if imaginary { "imag" } else { "real" });
    };
    let to = part_type(num);
    if num.is_complex() {
        let n = to.facts().itemsize;
        let mut half = Item::ZERO;
        let from = if imaginary { n } else { 0 };
        half.0[..n].copy_from_slice(&value.0[from..from + n]);
        return item::number_object(py, to, &half);
    }
    let chosen = if imaginary { Item::ZERO } else { value };
    item::number_object(py, num, &chosen)
}

/// The conjugate; real numbers as they are.
pub(super) fn conjugate<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    match number_in(object) {
        Some((num, mut value)) if num.is_complex() => {
            // The sign bit of the imaginary part.
            let at = match num {
                TypeNum::CFloat => 7,
                TypeNum::CDouble => 15,
                _ if numpy_rs_core::dtype::number::LONG_DOUBLE == 16 => 25,
                _ => 15,
            };
            value.0[at] ^= 0x80;
            item::number_object(object.py(), num, &value)
        }
        Some((num, value)) => item::number_object(object.py(), num, &value),
        None => array_of(object)?.as_any().call_method0("conjugate"),
    }
}

/// Attributes of every scalar.
pub(super) static GENERIC: &[Attribute] = &[
    Attribute::readonly("ndim", "The number of axes: 0.", |s| number(s, 0)),
    Attribute::readonly("shape", "The shape: ().", |s| {
        Ok(PyTuple::empty(s.py()).into_any())
    }),
    Attribute::readonly("strides", "The strides: ().", |s| {
        Ok(PyTuple::empty(s.py()).into_any())
    }),
    Attribute::readonly("size", "The number of elements: 1.", |s| number(s, 1)),
    Attribute::readonly("itemsize", "The size in bytes.", |s| {
        number(s, descr::fields(&descr_of(s)?).elsize)
    }),
    Attribute::readonly("nbytes", "The size in bytes.", |s| {
        number(s, descr::fields(&descr_of(s)?).elsize)
    }),
    Attribute::readonly("dtype", "The dtype of the scalar.", descr_of),
    Attribute::readonly("base", "The object that owns the memory, or None.", |s| {
        let py = s.py();
        if scalar_num(s) == Some(TypeNum::Void) {
            // SAFETY: instances of void begin with these fields.
            let base = unsafe { (*s.as_ptr().cast::<crate::layout::VoidScalar>()).base };
            // SAFETY: the field is a live object or null.
            if let Some(b) = unsafe { Bound::from_borrowed_ptr_or_opt(py, base) } {
                return Ok(b);
            }
        }
        Ok(py.None().into_bound(py))
    }),
    Attribute::readonly("data", "The memory of the scalar.", |s| {
        // SAFETY: a live object.
        unsafe {
            let raw = pyo3::ffi::PyMemoryView_FromObject(s.as_ptr());
            Bound::from_owned_ptr_or_err(s.py(), raw)
        }
    }),
    Attribute::readonly("flags", "The flags of a 0-d array of the scalar.", |s| {
        if scalar_num(s) == Some(TypeNum::Void) {
            return of_array(s, "flags");
        }
        let a = array_of(s)?;
        // SAFETY: the array was just made; scalars cannot be written.
        unsafe {
            (*a.raw()).flags &= !(crate::layout::flags::WRITEABLE);
        }
        a.as_any().getattr("flags")
    }),
    Attribute::readonly("flat", "A flat iterator over the scalar.", |s| {
        of_array(s, "flat")
    }),
    Attribute::readonly("T", "The scalar itself.", |s| Ok(s.clone())),
    Attribute::readonly("real", "The real part.", |s| part(s, false)),
    Attribute::readonly("imag", "The imaginary part.", |s| part(s, true)),
    Attribute::readonly("device", "Where the data is: 'cpu'.", |s| {
        Ok(PyString::new(s.py(), "cpu").into_any())
    }),
    Attribute::readonly(
        "__array_interface__",
        "The array protocol in Python.",
        |s| {
            let a = array_of(s)?;
            let interface = a.as_any().getattr("__array_interface__")?;
            if interface.hasattr("setdefault")? {
                interface.set_item("__ref", a.as_any())?;
            }
            Ok(interface)
        },
    ),
    Attribute::readonly("__array_struct__", "The array protocol in C.", |s| {
        of_array(s, "__array_struct__")
    }),
    Attribute::readonly("__array_priority__", "The priority in operators.", |s| {
        Ok((-1_000_000.0f64).into_pyobject(s.py())?.into_any())
    }),
];

/// Attributes of integers and bools.
pub(super) static INTEGER: &[Attribute] = &[
    Attribute::readonly("numerator", "The integer itself.", |s| Ok(s.clone())),
    Attribute::readonly("denominator", "1.", |s| {
        let num = scalar_num(s).unwrap_or(TypeNum::Long);
        let (one, _) = cast_quietly(TypeNum::UByte, num, &Item::of(1u8))?;
        item::number_object(s.py(), num, &one)
    }),
];
