//! One element as text: from memory, or from what an array of a class of the user's gave for it.

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::format::value::Value;
use numpy_rs_core::layout::Order;
use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use super::column::{Column, Form, Subarray};
use super::floats::FloatColumn;
use super::lines::ends;
use super::numbers::{float_at, integer_at, integer_of_ticks};
use crate::convert::store::{scalar_item, scalar_num};
use crate::convert::ticks::{NAT, iso_text};
use crate::convert::{array_like, scalar};
use crate::descr;
use crate::layout::VoidScalar;

const NAT_TEXT: &str = "'NaT'";

/// What a formatter of the user's gave, as text.
fn user_text(value: &Bound<'_, PyAny>) -> PyResult<String> {
    // An object of another class fails by what is done with text.
    value.getattr("splitlines")?;
    value.extract()
}

/// A Python object inside an array.
fn object_text(value: &Bound<'_, PyAny>) -> PyResult<String> {
    let text: String = value.repr()?.extract()?;
    Ok(if value.is_exact_instance_of::<PyList>() {
        format!("list({text})")
    } else {
        text
    })
}

fn complex_text(columns: &(FloatColumn, FloatColumn), re: Value, im: Value) -> PyResult<String> {
    let (re, im) = (columns.0.text(re)?, columns.1.text(im)?);
    let used = im.trim_end().len();
    Ok(format!("{re}{}j{}", &im[..used], &im[used..]))
}

fn struct_text(parts: &[String]) -> String {
    match parts {
        [one] => format!("({one},)"),
        _ => format!("({})", parts.join(", ")),
    }
}

/// A number of any class as a float: NumPy's own keep their type, others become doubles.
pub(super) fn float_of(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if let Some(num) = scalar_num(value).filter(|n| n.is_float()) {
        // SAFETY: the object is an instance of the class; its item is native.
        return unsafe {
            let item = scalar_item(value.as_ptr(), num);
            Ok(float_at(
                &numpy_rs_core::dtype::DType::new(num),
                num,
                item.0.as_ptr(),
            ))
        };
    }
    // SAFETY: a live object; -1 may stand for an error.
    let number = unsafe { ffi::PyFloat_AsDouble(value.as_ptr()) };
    if number == -1.0
        && let Some(error) = PyErr::take(value.py())
    {
        return Err(error);
    }
    Ok(number.into())
}

impl<'py> Column<'py> {
    fn ticks_text(&self, ticks: i64) -> String {
        match self.form {
            Form::Datetime { width, padded_nat } => {
                if ticks == NAT && !padded_nat {
                    return NAT_TEXT.into();
                }
                let text = match ticks {
                    NAT => NAT_TEXT.to_owned(),
                    t => format!("'{}'", iso_text(t, self.dtype.datetime_unit())),
                };
                // The oldest form does not align dates.
                let width = if padded_nat { width } else { 0 };
                format!("{text:>width$}")
            }
            Form::Timedelta { width } if ticks == NAT => format!("{NAT_TEXT:>width$}"),
            Form::Timedelta { width } => format!("{ticks:>width$}"),
            _ => ticks.to_string(),
        }
    }

    /// One item.
    ///
    /// # Safety
    ///
    /// `ptr` addresses an item of the dtype that this was chosen for.
    pub(super) unsafe fn text(&self, ptr: *const u8) -> PyResult<String> {
        let (py, dtype) = (self.descr.py(), &self.dtype);
        // SAFETY: promised by the caller.
        let object = || unsafe { scalar::to_object(py, ptr, &self.descr) };
        // SAFETY: promised by the caller.
        unsafe {
            Ok(match &self.form {
                Form::User(f) => user_text(&f.call1((object()?,))?)?,
                Form::Bool { padded } => bool_text(*ptr != 0, *padded),
                Form::Integer(column) => column.text(integer_at(dtype, ptr)),
                Form::Float(column) => column.text(float_at(dtype, dtype.num(), ptr))?,
                Form::Complex(columns) => {
                    let imag = ptr.add(dtype.itemsize() / 2);
                    let at = |p| float_at(dtype, dtype.num(), p);
                    complex_text(columns, at(ptr), at(imag))?
                }
                Form::Timedelta { .. } | Form::Datetime { .. } => {
                    self.ticks_text(integer_at(dtype, ptr) as i64)
                }
                Form::Object => object_text(&object()?)?,
                Form::Text => scalar::to_python(py, ptr, &self.descr)?.repr()?.extract()?,
                Form::Plain => object()?.str()?.extract()?,
                Form::Struct(fields) => {
                    let mut parts = Vec::with_capacity(fields.len());
                    for (offset, column) in fields {
                        parts.push(column.text(ptr.add(*offset))?);
                    }
                    struct_text(&parts)
                }
                Form::Subarray(subarray) => subarray.text(ptr)?,
            })
        }
    }

    /// A value that an array of a class of the user's gave for one of its elements.
    pub(super) fn text_of(&self, value: &Bound<'py, PyAny>) -> PyResult<String> {
        let py = value.py();
        Ok(match &self.form {
            Form::User(f) => user_text(&f.call1((value,))?)?,
            Form::Bool { padded } => bool_text(value.is_truthy()?, *padded),
            Form::Integer(column) => {
                let spec = PyString::new(py, &column.spec());
                py.import("builtins")?
                    .call_method1("format", (value, spec))?
                    .extract()?
            }
            Form::Float(column) => column.text(float_of(value)?)?,
            Form::Complex(columns) => {
                let part = |name: &str| float_of(&value.getattr(name)?);
                complex_text(columns, part("real")?, part("imag")?)?
            }
            Form::Timedelta { .. } | Form::Datetime { .. } => {
                let array = array_like::as_array_of(value, Some(&self.descr))?;
                self.ticks_text(integer_of_ticks(&array)?)
            }
            Form::Object => object_text(value)?,
            Form::Text | Form::Plain => {
                let is_text =
                    scalar_num(value).is_some_and(|n| n == TypeNum::Str || n == TypeNum::Bytes);
                let value = if is_text {
                    value.call_method0("item")?
                } else {
                    value.clone()
                };
                match self.form {
                    Form::Text => value.repr()?.extract()?,
                    _ => value.str()?.extract()?,
                }
            }
            Form::Struct(fields) => {
                if let Some(ptr) = self.item_of(value)? {
                    // SAFETY: an item of this dtype.
                    return unsafe { self.text(ptr) };
                }
                let mut parts = Vec::with_capacity(fields.len());
                for (part, (_, column)) in value.try_iter()?.zip(fields) {
                    parts.push(column.text_of(&part?)?);
                }
                struct_text(&parts)
            }
            Form::Subarray(subarray) => subarray.text_of(value)?,
        })
    }

    /// Where the item of a structured scalar of this dtype lies.
    fn item_of(&self, value: &Bound<'py, PyAny>) -> PyResult<Option<*const u8>> {
        if scalar_num(value) != Some(TypeNum::Void) {
            return Ok(None);
        }
        // SAFETY: instances begin with these fields.
        let (descr, data) = unsafe {
            let v = &*value.as_ptr().cast::<VoidScalar>();
            if v.descr.is_null() {
                return Ok(None);
            }
            let descr: Bound<'py, PyAny> = Bound::from_borrowed_ptr(value.py(), v.descr.cast());
            (descr, v.obval)
        };
        let same = descr.is(&self.descr) || descr::to_dtype(&descr)? == self.dtype;
        Ok(same.then_some(data.cast_const()))
    }
}

fn bool_text(value: bool, padded: bool) -> String {
    match (value, padded) {
        (true, true) => " True".into(),
        (true, false) => "True".into(),
        _ => "False".into(),
    }
}

impl<'py> Subarray<'py> {
    /// The array at `ptr`.
    ///
    /// # Safety
    ///
    /// An item of the dtype is there.
    unsafe fn text(&self, ptr: *const u8) -> PyResult<String> {
        // SAFETY: promised by the caller.
        unsafe { self.nested(ptr, 0) }
    }

    /// An array that an element of a class of the user's gave.
    fn text_of(&self, value: &Bound<'py, PyAny>) -> PyResult<String> {
        let array = array_like::as_array_of(value, Some(&self.base.descr))?;
        let array = array_like::make(
            array.as_any(),
            &array_like::Request {
                order: Order::C,
                ..Default::default()
            },
        )?;
        if array.shape() != self.shape {
            return Err(PyValueError::new_err(
                "an element does not have the shape of its dtype",
            ));
        }
        // SAFETY: a contiguous array of the shape and dtype of an item.
        unsafe { self.text(array.data()) }
    }

    /// The part of the array at `ptr` that begins at an axis. The depth is the number of axes, at most 64.
    unsafe fn nested(&self, ptr: *const u8, axis: usize) -> PyResult<String> {
        let Some(&len) = self.shape.get(axis) else {
            // SAFETY: the address is that of an inner item.
            return unsafe { self.base.text(ptr) };
        };
        let part = |range: std::ops::Range<isize>, out: &mut Vec<String>| -> PyResult<()> {
            for i in range {
                // SAFETY: the position is inside the shape.
                out.push(unsafe { self.nested(ptr.offset(i * self.strides[axis]), axis + 1)? });
            }
            Ok(())
        };
        let mut parts = Vec::new();
        match self.edgeitems {
            Some(edge) if len > edge.saturating_mul(2) => {
                let (first, last) = ends(len, edge);
                part(first, &mut parts)?;
                parts.push("...".into());
                part(last, &mut parts)?;
            }
            _ => part(0..len, &mut parts)?,
        }
        Ok(format!("[{}]", parts.join(", ")))
    }
}
