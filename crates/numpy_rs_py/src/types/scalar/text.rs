//! `str`, `repr` and `format` of scalars.

use numpy_rs_core::cast::text::complex_text;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::format::float::{FloatOptions, Trim, Value, positional, shortest_text};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::convert::dtype_fields::specs_of;
use crate::convert::item::{self, Item};
use crate::convert::store::{scalar_item, scalar_num};
use crate::convert::ticks::{NAT, iso_text, unit_name, unit_words};
use crate::descr;
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

/// `str` of a number.
pub(super) fn number_text(py: Python<'_>, num: TypeNum, item: &Item) -> PyResult<String> {
    Ok(match num.kind() {
        b'b' => if item.0[0] != 0 { "True" } else { "False" }.into(),
        b'i' | b'u' => item::number_to_python(py, num, item)?.str()?.to_string(),
        b'f' => shortest_text(float_value(num, item, false)),
        _ => complex_text(float_value(num, item, false), float_value(num, item, true)),
    })
}

/// The name in `repr`: that of the builtin class, also for instances of subclasses.
fn class_name(num: TypeNum) -> &'static str {
    match num {
        T::Bytes => "bytes_",
        T::Str => "str_",
        _ => num.facts().name,
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
    if num.is_number() {
        // SAFETY: the object is an instance of the class.
        let item = unsafe { scalar_item(object.as_ptr(), num) };
        let plain = number_text(py, num, &item)?;
        if !repr {
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
        T::Datetime | T::Timedelta => Ok(ticks_text(object, num, repr)),
        T::Bytes => {
            // NULs at the end belong to an item's padding, as far as text is concerned.
            let bytes = object.cast::<PyBytes>()?.as_bytes();
            let end = bytes.iter().rposition(|&b| b != 0).map_or(0, |i| i + 1);
            let plain = PyBytes::new(py, &bytes[..end]).repr()?;
            Ok(if repr {
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
            Ok(if repr {
                format!("np.str_({})", plain.repr()?)
            } else {
                plain.cast::<PyString>()?.to_str()?.to_owned()
            })
        }
        _ => void_text(object, repr),
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

fn void_text(object: &Bound<'_, PyAny>, repr: bool) -> PyResult<String> {
    let py = object.py();
    // SAFETY: instances begin with these fields; the data has the size of the dtype.
    let (descr, data) = unsafe {
        let v = &*object.as_ptr().cast::<VoidScalar>();
        if v.descr.is_null() {
            return Ok("np.void(b'')".into());
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
            format!("np.void({plain})")
        } else {
            plain
        });
    }
    let mut parts = Vec::new();
    for s in specs_of(&descr)? {
        // SAFETY: a field lies inside the item.
        let value = unsafe { item::to_object(py, data.add(s.offset), &s.descr)? };
        parts.push(field_text(&value)?);
    }
    let plain = match parts.as_slice() {
        [one] => format!("({one},)"),
        _ => format!("({})", parts.join(", ")),
    };
    if !repr {
        return Ok(plain);
    }
    let text = crate::types::dtype::repr_text(&descr)?;
    let inner = text
        .strip_prefix("dtype(")
        .and_then(|t| t.strip_suffix(')'))
        .unwrap_or(&text);
    let class = object.get_type().name()?.to_string();
    let prefix = if class == "record" {
        "np.record"
    } else {
        "np.void"
    };
    let inner = inner
        .strip_prefix("(numpy.record, ")
        .and_then(|t| t.strip_suffix(')'))
        .unwrap_or(inner);
    Ok(format!("{prefix}({plain}, dtype={inner})"))
}

/// A field inside a structured scalar, as arrays print it.
fn field_text(value: &Bound<'_, PyAny>) -> PyResult<String> {
    let Some(num) = scalar_num(value) else {
        return Ok(value.repr()?.to_string());
    };
    if num.is_float() {
        // SAFETY: the object is an instance of the class.
        let item = unsafe { scalar_item(value.as_ptr(), num) };
        return Ok(shortest_text(float_value(num, &item, false)));
    }
    if num.is_complex() {
        // SAFETY: the object is an instance of the class.
        let item = unsafe { scalar_item(value.as_ptr(), num) };
        let options = FloatOptions {
            trim: Trim::Zeros,
            ..FloatOptions::default()
        };
        let re = positional(float_value(num, &item, false), &options);
        let im = positional(
            float_value(num, &item, true),
            &FloatOptions {
                sign: true,
                ..options
            },
        );
        return Ok(format!("{re}{im}j"));
    }
    if num.is_number() {
        return text(value, false);
    }
    match num {
        T::Datetime | T::Timedelta if num == T::Datetime => {
            Ok(format!("'{}'", text(value, false)?))
        }
        T::Str => Ok(value
            .py()
            .import("builtins")?
            .call_method1("str", (value,))
            .and_then(|s| s.repr())
            .map(|s| s.to_string())?),
        _ => text(value, false),
    }
}
