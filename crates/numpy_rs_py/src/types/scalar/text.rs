//! `str`, `repr` and `format` of scalars.

use numpy_rs_core::cast::text::complex_text;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::format::float::scalar_text;
use numpy_rs_core::format::general;
use numpy_rs_core::format::value::Value;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple, PyType};

use crate::classes::scalar_class;
use crate::convert;
use crate::convert::item::{self, Item};
use crate::convert::store::{scalar_item, scalar_num};
use crate::convert::ticks::{NAT, iso_text, unit_name, unit_words};
use crate::descr;
use crate::functions::printing::{self, legacy_mode};
use crate::layout::{DatetimeScalar, VoidScalar};

use TypeNum as T;

/// A real part on its way to text.
fn float_value(num: TypeNum, item: &Item, second: bool) -> Value {
    let at = |size: usize| if second { size } else { 0 };
    let bytes = &item.0;
    match num {
        T::Half => Value::from_f16_bits(u16::from_ne_bytes([bytes[0], bytes[1]])),
        T::Float | T::CFloat => {
            let o = at(4);
            f32::from_ne_bytes([bytes[o], bytes[o + 1], bytes[o + 2], bytes[o + 3]]).into()
        }
        T::LongDouble | T::CLongDouble if numpy_rs_core::dtype::number::LONG_DOUBLE == 16 => {
            let mut raw = [0; 16];
            raw.copy_from_slice(&bytes[at(16)..at(16) + 16]);
            Value::from_x87_bytes(raw)
        }
        _ => {
            let o = at(8);
            let mut raw = [0; 8];
            raw.copy_from_slice(&bytes[o..o + 8]);
            f64::from_ne_bytes(raw).into()
        }
    }
}

/// Significant digits of a float in the oldest form.
fn old_digits(num: TypeNum, repr: bool) -> usize {
    match (num, repr) {
        (T::Half | T::Float | T::CFloat, false) => 6,
        (T::Half | T::Float | T::CFloat, true) => 8,
        (_, false) => 12,
        (T::LongDouble | T::CLongDouble, true) => 20,
        (_, true) => 17,
    }
}

/// A number in the form of a NumPy version; `repr` matters to the oldest form only.
fn number_text(
    py: Python<'_>,
    num: TypeNum,
    item: &Item,
    legacy: i64,
    repr: bool,
) -> PyResult<String> {
    let float = |second| float_value(num, item, second);
    let old = (legacy <= 113).then(|| old_digits(num, repr));
    Ok(match (num.kind(), old) {
        (b'b', _) => if item.0[0] != 0 { "True" } else { "False" }.into(),
        (b'i' | b'u', _) => item::number_to_python(py, num, item)?.str()?.to_string(),
        (b'f', Some(digits)) => general::real_text(float(false), digits),
        (b'f', None) => scalar_text(float(false), legacy <= 202),
        (_, Some(digits)) => general::complex_text(float(false), float(true), digits),
        (_, None) => complex_text(float(false), float(true), legacy <= 202),
    })
}

/// The name in `repr`: that of the builtin class, also for instances of subclasses; integers say their size.
fn class_name(num: TypeNum) -> String {
    match num.kind() {
        b'i' => format!("int{}", 8 * num.facts().itemsize),
        b'u' => format!("uint{}", 8 * num.facts().itemsize),
        _ => num.facts().name.to_owned(),
    }
}

/// `str(scalar)`.
pub(super) fn str_text(object: &Bound<'_, PyAny>) -> PyResult<String> {
    text(object, false)
}

/// `repr(scalar)`.
pub(super) fn repr_text(object: &Bound<'_, PyAny>) -> PyResult<String> {
    text(object, true)
}

fn text(object: &Bound<'_, PyAny>, repr: bool) -> PyResult<String> {
    let py = object.py();
    let Some(num) = scalar_num(object) else {
        return Ok(format!("<{} object>", object.get_type().name()?));
    };
    let legacy = legacy_mode(py)?;
    // Up to this version `repr` did not name the class.
    let bare_repr = repr && legacy <= 125;
    if num.is_number() {
        // SAFETY: the object is an instance of the class.
        let item = unsafe { scalar_item(object.as_ptr(), num) };
        let plain = number_text(py, num, &item, legacy, repr)?;
        if !repr || bare_repr {
            return Ok(plain);
        }
        let bare = plain
            .strip_prefix('(')
            .and_then(|s| s.strip_suffix(')'))
            .unwrap_or(&plain);
        return Ok(match num {
            T::Bool => format!("np.{plain}_"),
            // NumPy: integers of subclasses show the name of their class, other numbers do not.
            _ if num.is_integer()
                && crate::classes::num_of_scalar_class(object.get_type_ptr()).is_none() =>
            {
                format!("{}({bare})", object.get_type().name()?)
            }
            T::LongDouble | T::CLongDouble => format!("np.{}('{bare}')", class_name(num)),
            _ => format!("np.{}({bare})", class_name(num)),
        });
    }
    match num {
        T::Datetime | T::Timedelta => {
            let text = ticks_text(object, num, repr);
            Ok(if bare_repr {
                text.replacen("np.", "numpy.", 1)
            } else {
                text
            })
        }
        T::Bytes => {
            // NULs at the end belong to an item's padding, as far as text is concerned.
            let bytes = object.cast::<PyBytes>()?.as_bytes();
            let end = bytes.iter().rposition(|&b| b != 0).map_or(0, |i| i + 1);
            let plain = PyBytes::new(py, &bytes[..end]).repr()?;
            Ok(if repr && !bare_repr {
                format!("np.bytes_({plain})")
            } else {
                plain.to_string()
            })
        }
        T::Str => {
            // SAFETY: a str_ is a str; its exact copy prints as Python does.
            let plain = unsafe {
                Bound::from_owned_ptr_or_err(py, ffi::PyUnicode_FromObject(object.as_ptr()))?
            };
            Ok(if bare_repr {
                plain.repr()?.to_string()
            } else if repr {
                format!("np.str_({})", plain.repr()?)
            } else {
                plain.cast::<PyString>()?.to_str()?.to_owned()
            })
        }
        _ => void_text(object, repr, legacy),
    }
}

fn ticks_text(object: &Bound<'_, PyAny>, num: TypeNum, repr: bool) -> String {
    // SAFETY: instances begin with these fields.
    let d = unsafe { &*object.as_ptr().cast::<DatetimeScalar>() };
    let unit = numpy_rs_core::dtype::DatetimeUnit {
        unit: d.unit,
        count: d.count,
    };
    let unit_text = if d.count == 1 {
        unit_name(d.unit).to_owned()
    } else {
        format!("{}{}", d.count, unit_name(d.unit))
    };
    let generic = d.unit == 14;
    if num == T::Datetime {
        let plain = iso_text(d.obval, unit);
        if !repr {
            return plain;
        }
        let show_unit = d.obval == NAT || (!generic && (d.count != 1 || d.unit == 2));
        return if show_unit {
            format!("np.datetime64('{plain}','{unit_text}')")
        } else {
            format!("np.datetime64('{plain}')")
        };
    }
    let value = if d.obval == NAT {
        "NaT".to_owned()
    } else {
        d.obval.to_string()
    };
    if repr {
        let value = if d.obval == NAT {
            "'NaT'".to_owned()
        } else {
            value
        };
        return if generic {
            format!("np.timedelta64({value})")
        } else {
            format!("np.timedelta64({value},'{unit_text}')")
        };
    }
    if d.obval == NAT {
        return value;
    }
    let total = i128::from(d.obval) * i128::from(d.count);
    format!("{total} {}", unit_words(d.unit))
}

/// Bytes with every one of them escaped.
fn escaped(bytes: &[u8]) -> String {
    let mut text = String::from("b'");
    for b in bytes {
        text.push_str(&format!("\\x{b:02X}"));
    }
    text.push('\'');
    text
}

fn void_text(object: &Bound<'_, PyAny>, repr: bool, legacy: i64) -> PyResult<String> {
    let py = object.py();
    let class = if legacy <= 125 { "void" } else { "np.void" };
    // SAFETY: instances begin with these fields; the data has the size of the dtype.
    let (descr, data) = unsafe {
        let v = &*object.as_ptr().cast::<VoidScalar>();
        if v.descr.is_null() {
            return Ok(format!("{class}(b'')"));
        }
        (
            Bound::<PyAny>::from_borrowed_ptr(py, v.descr.cast()),
            v.obval,
        )
    };
    let d = descr::fields(&descr);
    if d.names.is_null() {
        // SAFETY: as above.
        let bytes = unsafe { std::slice::from_raw_parts(data, d.elsize as usize) };
        let plain = escaped(bytes);
        return Ok(if repr {
            format!("{class}({plain})")
        } else {
            plain
        });
    }
    // SAFETY: the data is an item of the dtype.
    let plain = unsafe { printing::struct_text(&descr, data)? };
    if !repr || legacy <= 125 {
        return Ok(plain);
    }
    // SAFETY: a live type object.
    let void = unsafe { PyType::from_borrowed_type_ptr(py, scalar_class(T::Void).get()) };
    let class = object.get_type();
    let ours = void.module()?.to_string();
    let module = class.module()?.to_string().replace(&ours, "np");
    let plain_descr =
        convert::dtype::from_object(PyTuple::new(py, [void.into_any(), descr])?.as_any())?;
    Ok(format!(
        "{module}.{}({plain}, dtype={})",
        class.name()?,
        plain_descr.str()?
    ))
}
