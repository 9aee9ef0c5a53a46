//! What turns one element into text, chosen once for an array from its dtype and values.

use numpy_rs_core::dtype::{DType, Detail, TypeNum};
use numpy_rs_core::format::float::Value;
use numpy_rs_core::layout;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};

use super::numbers::{FloatColumn, IntegerColumn, float_at, integer_at};
use super::options::PrintOptions;
use crate::convert;

/// A way to write elements of one dtype.
pub(super) enum Element<'py> {
    /// Python's answer: a formatter of the user's, called with the scalar.
    User(Bound<'py, PyAny>),
    /// `True` or `False`; padded inside arrays.
    Bool { padded: bool },
    /// Integers.
    Integer(IntegerColumn),
    /// Floats.
    Float(FloatColumn),
    /// Complex numbers: real and imaginary parts.
    Complex(FloatColumn, FloatColumn),
    /// Ticks of timedelta, with the width and NaT.
    Ticks { width: usize },
    /// Dates in quotes.
    Dates { width: usize },
    /// `repr` of Python objects.
    Object,
    /// `repr` of a text or bytes item.
    Text,
    /// `str` of a void item.
    Void,
    /// Fields in parentheses.
    Struct(Vec<(usize, DType, Element<'py>)>),
    /// A fixed-size array in each item.
    Subarray {
        base: DType,
        shape: Vec<isize>,
        inner: Box<Element<'py>>,
    },
}

impl<'py> Element<'py> {
    /// Chooses for `dtype` from the items at `items` (all that will be shown). `scalar`: a 0-d array.
    ///
    /// # Safety
    ///
    /// Every address holds an item of `dtype`.
    pub(super) unsafe fn choose(
        py: Python<'py>,
        dtype: &DType,
        items: &[*const u8],
        options: &PrintOptions<'py>,
        scalar: bool,
    ) -> PyResult<Self> {
        let (key, kind) = match dtype.num() {
            TypeNum::Bool => ("bool", ""),
            TypeNum::LongDouble => ("longfloat", "float_kind"),
            TypeNum::CLongDouble => ("longcomplexfloat", "complex_kind"),
            TypeNum::Object => ("object", ""),
            TypeNum::Bytes | TypeNum::Str => ("numpystr", "str_kind"),
            TypeNum::Void => ("void", ""),
            TypeNum::Datetime => ("datetime", ""),
            TypeNum::Timedelta => ("timedelta", ""),
            n if n.is_integer() => ("int", "int_kind"),
            n if n.is_complex() => ("complexfloat", "complex_kind"),
            _ => ("float", "float_kind"),
        };
        if dtype
            .detail()
            .is_none_or(|d| matches!(d, Detail::Datetime(_)))
            && let Some(user) = options.user_formatter(&[key, kind, "all"])?
        {
            return Ok(Self::User(user));
        }
        // SAFETY: promised by the caller.
        unsafe {
            Ok(match dtype.num() {
                TypeNum::Bool => Self::Bool { padded: !scalar },
                TypeNum::Object => Self::Object,
                TypeNum::Bytes | TypeNum::Str => Self::Text,
                TypeNum::Datetime => Self::dates(py, dtype, items)?,
                TypeNum::Timedelta => {
                    let mut width = 0;
                    for &p in items {
                        let ticks = integer_at(dtype, p);
                        let nat = ticks == i128::from(i64::MIN);
                        width = width.max(if nat { 5 } else { ticks.to_string().len() });
                    }
                    Self::Ticks { width }
                }
                TypeNum::Void => return Self::choose_void(py, dtype, items, options),
                n if n.is_integer() => Self::Integer(IntegerColumn::new(
                    items.iter().map(|&p| integer_at(dtype, p)),
                    options.sign,
                )),
                n if n.is_complex() => {
                    let half = dtype.itemsize() / 2;
                    let part = |offset| {
                        items
                            .iter()
                            .map(|&p| float_at(dtype, n, p.add(offset)))
                            .collect::<Vec<Value>>()
                    };
                    Self::Complex(
                        FloatColumn::new(&part(0), options, options.sign)?,
                        FloatColumn::new(&part(half), options, '+')?,
                    )
                }
                n => {
                    let values: Vec<Value> = items.iter().map(|&p| float_at(dtype, n, p)).collect();
                    Self::Float(FloatColumn::new(&values, options, options.sign)?)
                }
            })
        }
    }

    unsafe fn dates(py: Python<'py>, dtype: &DType, items: &[*const u8]) -> PyResult<Self> {
        let mut width = 0;
        for &p in items {
            // SAFETY: promised by the caller.
            let (nat, object) = unsafe {
                (
                    integer_at(dtype, p) == i128::from(i64::MIN),
                    convert::scalar::core_to_object(py, p, dtype)?,
                )
            };
            width = width.max(if nat { 5 } else { object.str()?.len()? + 2 });
        }
        Ok(Self::Dates { width })
    }

    unsafe fn choose_void(
        py: Python<'py>,
        dtype: &DType,
        items: &[*const u8],
        options: &PrintOptions<'py>,
    ) -> PyResult<Self> {
        match dtype.detail() {
            Some(Detail::Struct(s)) => {
                let mut fields = Vec::with_capacity(s.fields.len());
                for f in &s.fields {
                    let (offset, at) = (f.offset_bytes, |p: &*const u8| {
                        p.wrapping_add(f.offset_bytes)
                    });
                    let inner: Vec<*const u8> = items.iter().map(at).collect();
                    // SAFETY: a field lies inside its item.
                    let element = unsafe { Self::choose(py, &f.dtype, &inner, options, false)? };
                    fields.push((offset, f.dtype.clone(), element));
                }
                Ok(Self::Struct(fields))
            }
            Some(Detail::Subarray { base, shape }) => {
                let n: isize = shape.iter().product();
                let mut inner = Vec::new();
                for &p in items {
                    inner.extend((0..n as usize).map(|i| p.wrapping_add(i * base.itemsize())));
                }
                // SAFETY: inner items lie inside their item.
                let element = unsafe { Self::choose(py, base, &inner, options, false)? };
                Ok(Self::Subarray {
                    base: base.clone(),
                    shape: shape.to_vec(),
                    inner: Box::new(element),
                })
            }
            _ => Ok(Self::Void),
        }
    }

    /// One item as text.
    ///
    /// # Safety
    ///
    /// `ptr` addresses an item of `dtype`, the dtype this was chosen for.
    pub(super) unsafe fn text(
        &self,
        py: Python<'py>,
        dtype: &DType,
        ptr: *const u8,
    ) -> PyResult<String> {
        // SAFETY: promised by the caller.
        unsafe {
            Ok(match self {
                Self::User(f) => {
                    let value = convert::scalar::core_to_object(py, ptr, dtype)?;
                    f.call1((value,))?.extract()?
                }
                Self::Bool { padded } => match (*ptr != 0, padded) {
                    (true, true) => " True".into(),
                    (true, false) => "True".into(),
                    _ => "False".into(),
                },
                Self::Integer(column) => column.text(integer_at(dtype, ptr)),
                Self::Float(column) => column.text(float_at(dtype, dtype.num(), ptr)),
                Self::Complex(re, im) => {
                    let half = dtype.itemsize() / 2;
                    let real = re.text(float_at(dtype, dtype.num(), ptr));
                    let imag = im.text(float_at(dtype, dtype.num(), ptr.add(half)));
                    let used = imag.trim_end().len();
                    format!("{real}{}j{}", &imag[..used], &imag[used..])
                }
                Self::Ticks { width } => {
                    let ticks = integer_at(dtype, ptr);
                    let text = if ticks == i128::from(i64::MIN) {
                        "'NaT'".to_owned()
                    } else {
                        ticks.to_string()
                    };
                    format!("{text:>width$}")
                }
                Self::Dates { width } => {
                    let text = if integer_at(dtype, ptr) == i128::from(i64::MIN) {
                        "'NaT'".to_owned()
                    } else {
                        format!(
                            "'{}'",
                            convert::scalar::core_to_object(py, ptr, dtype)?.str()?
                        )
                    };
                    format!("{text:>width$}")
                }
                Self::Object => {
                    let value = convert::scalar::core_to_object(py, ptr, dtype)?;
                    let text: String = value.repr()?.extract()?;
                    if value.is_exact_instance_of::<PyList>() {
                        format!("list({text})")
                    } else {
                        text
                    }
                }
                Self::Text => {
                    let value = convert::scalar::core_to_python(py, ptr, dtype)?;
                    if value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>() {
                        value.repr()?.extract()?
                    } else {
                        value.str()?.extract()?
                    }
                }
                Self::Void => convert::scalar::core_to_object(py, ptr, dtype)?
                    .str()?
                    .extract()?,
                Self::Struct(fields) => {
                    let mut parts = Vec::with_capacity(fields.len());
                    for (offset, inner, element) in fields {
                        parts.push(element.text(py, inner, ptr.add(*offset))?);
                    }
                    if parts.len() == 1 {
                        format!("({},)", parts[0])
                    } else {
                        format!("({})", parts.join(", "))
                    }
                }
                Self::Subarray { base, shape, inner } => {
                    let strides = layout::c_strides(shape, base.itemsize());
                    inner.nested(py, base, ptr, shape, &strides)?
                }
            })
        }
    }

    /// A nested list of items on one line.
    unsafe fn nested(
        &self,
        py: Python<'py>,
        dtype: &DType,
        ptr: *const u8,
        shape: &[isize],
        strides: &[isize],
    ) -> PyResult<String> {
        let [n, rest @ ..] = shape else {
            // SAFETY: promised by the caller.
            return unsafe { self.text(py, dtype, ptr) };
        };
        let mut parts = Vec::new();
        for i in 0..*n {
            // SAFETY: the depth is bounded by the number of dimensions, the address by the shape.
            parts.push(unsafe {
                self.nested(py, dtype, ptr.offset(i * strides[0]), rest, &strides[1..])?
            });
        }
        Ok(format!("[{}]", parts.join(", ")))
    }
}
