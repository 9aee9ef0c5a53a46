//! Strings as dtypes: type characters, typestrings, names, datetime units, and comma-separated lists of them.

use numpy_rs_core::dtype::{ByteOrder, DType, DatetimeUnit, TypeNum};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple};

use crate::convert::dtype_fields::ConvertField;
use crate::descr;

/// Names of types besides those of NumPy's table of facts.
const ALIASES: &[(&str, TypeNum)] = &[
    ("bool_", TypeNum::Bool),
    ("byte", TypeNum::Byte),
    ("ubyte", TypeNum::UByte),
    ("short", TypeNum::Short),
    ("ushort", TypeNum::UShort),
    ("intc", TypeNum::Int),
    ("uintc", TypeNum::UInt),
    ("long", TypeNum::Long),
    ("ulong", TypeNum::ULong),
    ("longlong", TypeNum::LongLong),
    ("ulonglong", TypeNum::ULongLong),
    ("half", TypeNum::Half),
    ("single", TypeNum::Float),
    ("double", TypeNum::Double),
    ("float", TypeNum::Double),
    ("longdouble", TypeNum::LongDouble),
    ("csingle", TypeNum::CFloat),
    ("cdouble", TypeNum::CDouble),
    ("complex", TypeNum::CDouble),
    ("clongdouble", TypeNum::CLongDouble),
    ("object_", TypeNum::Object),
    ("str_", TypeNum::Str),
    ("unicode", TypeNum::Str),
    ("bytes_", TypeNum::Bytes),
];

/// Names that ended in a digit and were removed.
const REMOVED: &[&str] = &[
    "int0", "uint0", "bool8", "object0", "str0", "bytes0", "void0",
];

/// The integer types as large as a pointer.
pub(crate) const INTP: TypeNum = if numpy_rs_core::dtype::number::LONG == 8 {
    TypeNum::Long
} else {
    TypeNum::LongLong
};
/// See [`INTP`].
pub(crate) const UINTP: TypeNum = if numpy_rs_core::dtype::number::LONG == 8 {
    TypeNum::ULong
} else {
    TypeNum::ULongLong
};

/// The type of a name such as `float64` or `longlong`.
pub(crate) fn num_of_name(name: &str) -> Option<TypeNum> {
    if let Some(f) = TypeNum::all().find(|n| n.facts().name == name) {
        return Some(f);
    }
    match name {
        "int" | "int_" | "intp" => return Some(INTP),
        "uint" | "uintp" => return Some(UINTP),
        "float128" | "float96" => {
            let size = numpy_rs_core::dtype::number::LONG_DOUBLE;
            return (size == 16 && name == "float128").then_some(TypeNum::LongDouble);
        }
        "complex256" => {
            let size = numpy_rs_core::dtype::number::LONG_DOUBLE;
            return (size == 16).then_some(TypeNum::CLongDouble);
        }
        _ => {}
    }
    ALIASES
        .iter()
        .find(|(n, _)| *n == name)
        .map(|(_, num)| *num)
}

fn num_of_char(c: u8) -> Option<TypeNum> {
    match c {
        b'p' | b'n' => Some(INTP),
        b'P' | b'N' => Some(UINTP),
        _ => TypeNum::all().find(|n| n.facts().char == c),
    }
}

/// The type of a kind and an item size, as in `i4`.
fn num_of_kind(kind: u8, size: usize) -> Option<TypeNum> {
    let name = match (kind, size) {
        (b'b', 1) => "bool",
        (b'i', 1) => "int8",
        (b'i', 2) => "int16",
        (b'i', 4) => "int32",
        (b'i', 8) => "int64",
        (b'u', 1) => "uint8",
        (b'u', 2) => "uint16",
        (b'u', 4) => "uint32",
        (b'u', 8) => "uint64",
        (b'f', 2) => "float16",
        (b'f', 4) => "float32",
        (b'f', 8) => "float64",
        (b'f', 16) => "float128",
        (b'c', 8) => "complex64",
        (b'c', 16) => "complex128",
        (b'c', 32) => "complex256",
        (b'O', 4 | 8) => "object",
        (b'M', 8) => "datetime64",
        (b'm', 8) => "timedelta64",
        _ => return None,
    };
    num_of_name(name)
}

#[cold]
fn not_understood(text: &str) -> PyErr {
    PyTypeError::new_err(format!(
        "data type {} not understood",
        numpy_rs_core::dtype::text::py_str_repr(text)
    ))
}

/// The unit inside brackets, as `ns` or `25s`; `text` is the whole bracket for messages.
pub(crate) fn parse_unit(inner: &str, text: &str) -> PyResult<DatetimeUnit> {
    let bad = || {
        PyTypeError::new_err(format!(
            "Invalid datetime unit in metadata string \"{text}\""
        ))
    };
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = inner.split_at(digits);
    let mut count: i32 = if number.is_empty() {
        1
    } else {
        number.parse().map_err(|_| bad())?
    };
    let (unit_name, divisor) = match rest.split_once('/') {
        Some((u, d)) => (u, Some(d.parse::<i32>().map_err(|_| bad())?)),
        None => (rest, None),
    };
    let mut unit = unit_number(unit_name).ok_or_else(bad)?;
    if let Some(divisor) = divisor {
        // A fraction of a unit is a multiple of a smaller one.
        const STEPS: [(i32, i32); 12] = [
            (0, 12),
            (1, 4),
            (2, 7),
            (4, 24),
            (5, 60),
            (6, 60),
            (7, 1000),
            (8, 1000),
            (9, 1000),
            (10, 1000),
            (11, 1000),
            (12, 1000),
        ];
        let mut factor = 1i64;
        let mut at = unit;
        let found = loop {
            let Some(&(_, step)) = STEPS.iter().find(|(u, _)| *u == at) else {
                break None;
            };
            factor *= i64::from(step);
            at = if at == 2 { 4 } else { at + 1 };
            if divisor > 0 && factor % i64::from(divisor) == 0 {
                break Some((at, factor / i64::from(divisor)));
            }
        };
        let Some((smaller, times)) = found else {
            return Err(PyValueError::new_err(format!(
                "divisor ({divisor}) is not a multiple of a lower-unit in datetime metadata \"{text}\""
            )));
        };
        unit = smaller;
        count = count.saturating_mul(times as i32);
    }
    if unit == 14 && count != 1 {
        return Err(bad());
    }
    Ok(DatetimeUnit { unit, count })
}

/// The code of a datetime unit.
pub(crate) fn unit_number(name: &str) -> Option<i32> {
    Some(match name {
        "Y" => 0,
        "M" => 1,
        "W" => 2,
        "D" => 4,
        "h" => 5,
        "m" => 6,
        "s" => 7,
        "ms" => 8,
        "us" | "μs" | "µs" => 9,
        "ns" => 10,
        "ps" => 11,
        "fs" => 12,
        "as" => 13,
        "generic" => 14,
        _ => return None,
    })
}

/// A single dtype from text without commas and repeats.
fn parse_one(text: &str) -> PyResult<DType> {
    let bytes = text.as_bytes();
    let (order, body) = match bytes.first() {
        Some(b'<' | b'>' | b'=' | b'|') => (bytes[0], &text[1..]),
        _ => (b'=', text),
    };
    let swapped = if cfg!(target_endian = "little") {
        order == b'>'
    } else {
        order == b'<'
    };
    let byte_order = if swapped {
        ByteOrder::Swapped
    } else {
        ByteOrder::Native
    };
    for (prefix, num) in [
        ("datetime64", TypeNum::Datetime),
        ("timedelta64", TypeNum::Timedelta),
        ("M8", TypeNum::Datetime),
        ("m8", TypeNum::Timedelta),
    ] {
        if let Some(rest) = body.strip_prefix(prefix) {
            if rest.is_empty() {
                return Ok(DType::new(num).with_byte_order(byte_order));
            }
            if let Some(inner) = rest.strip_prefix('[').and_then(|r| r.strip_suffix(']')) {
                let unit = parse_unit(inner, rest)?;
                return Ok(DType::datetime(num, unit).with_byte_order(byte_order));
            }
            return Err(PyTypeError::new_err(format!(
                "Invalid datetime metadata string \"{rest}\" at position 0"
            )));
        }
    }
    if body.len() == 1 {
        let c = body.as_bytes()[0];
        if c == b'c' {
            return Ok(DType::bytes(1));
        }
        if c == b'T' {
            return Err(pyo3::exceptions::PyNotImplementedError::new_err(
                "StringDType is not supported yet",
            ));
        }
        if let Some(num) = num_of_char(c) {
            return Ok(DType::new(num).with_byte_order(byte_order));
        }
        return Err(not_understood(text));
    }
    if body.len() > 1
        && body.is_ascii()
        && body[1..].bytes().all(|b| b.is_ascii_digit())
        && let Ok(size) = body[1..].parse::<usize>()
    {
        let kind = body.as_bytes()[0];
        let too_big = i32::try_from(size).is_err();
        let made = match kind {
            b'S' | b'V' if too_big => None,
            b'U' if size > i32::MAX as usize / 4 => None,
            b'S' => Some(DType::bytes(size)),
            b'U' => Some(DType::str(size)),
            b'V' => Some(DType::void(size)),
            _ => num_of_kind(kind, size).map(DType::new),
        };
        if let Some(dtype) = made {
            return Ok(dtype.with_byte_order(byte_order));
        }
    }
    if let Some(num) = num_of_name(text) {
        return Ok(DType::new(num));
    }
    if REMOVED.contains(&text) {
        return Err(PyTypeError::new_err(format!(
            "Alias '{text}' was removed in NumPy 2.0. Use a name without a digit at the end."
        )));
    }
    Err(not_understood(text))
}

/// Whether text has repeats or commas outside brackets.
fn is_comma_string(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_order = |b: u8| matches!(b, b'<' | b'>' | b'=' | b'|');
    let start = usize::from(bytes.first().is_some_and(|&b| is_order(b)));
    if bytes
        .get(start)
        .is_some_and(|b| b.is_ascii_digit() || *b == b'(')
    {
        return true;
    }
    let mut depth = 0;
    for &b in bytes {
        match b {
            b'[' => depth += 1,
            b']' => depth -= 1,
            b',' if depth == 0 => return true,
            _ => {}
        }
    }
    false
}

/// A `dtype` object from text.
pub(crate) fn from_text<'py>(
    py: Python<'py>,
    text: &str,
    align: bool,
    convert: ConvertField,
) -> PyResult<Bound<'py, PyAny>> {
    if is_comma_string(text) {
        return from_comma_string(py, text, align, convert);
    }
    descr::from_dtype(py, &parse_one(text)?)
}

/// One item of a comma string: byte orders, repeats and the type.
struct Item<'a> {
    order1: &'a str,
    repeats: &'a str,
    order2: &'a str,
    name: &'a str,
    rest: &'a str,
}

fn take_while(text: &str, f: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !f(c)).unwrap_or(text.len());
    text.split_at(end)
}

fn split_item(text: &str) -> Item<'_> {
    let order = |t: &str| usize::from(t.starts_with(['<', '>', '|', '=']));
    let (order1, rest) = text.split_at(order(text));
    let after_spaces = rest.trim_start_matches(' ');
    let mut end = rest.len() - after_spaces.len();
    if after_spaces.starts_with('(') {
        end += 1;
    }
    let (inner, tail) = take_while(&rest[end..], |c| c == ' ' || c == ',' || c.is_ascii_digit());
    end += inner.len();
    if tail.starts_with(')') {
        end += 1;
    }
    end += rest[end..].len() - rest[end..].trim_start_matches(' ').len();
    let (repeats, rest) = rest.split_at(end);
    let (order2, rest) = rest.split_at(order(rest));
    let (word, tail) = take_while(rest, |c| c.is_ascii_alphanumeric() || c == '.' || c == '?');
    let mut name_len = word.len();
    if tail.starts_with('[')
        && let Some(close) = tail.find(']')
    {
        name_len += close + 1;
    }
    let (name, rest) = rest.split_at(name_len);
    Item {
        order1,
        repeats,
        order2,
        name,
        rest,
    }
}

fn from_comma_string<'py>(
    py: Python<'py>,
    text: &str,
    align: bool,
    convert: ConvertField,
) -> PyResult<Bound<'py, PyAny>> {
    let parts = PyList::empty(py);
    let mut rest = text;
    let mut is_list = false;
    while !rest.is_empty() {
        let item = split_item(rest);
        let mut tail = item.rest;
        if tail.trim().is_empty() {
            tail = "";
        } else {
            let trimmed = tail.trim_start();
            let Some(after) = trimmed.strip_prefix(',') else {
                return Err(PyValueError::new_err(format!(
                    "format number {} of \"{text}\" is not recognized",
                    parts.len() + 1
                )));
            };
            tail = after.trim_start();
            is_list = true;
        }
        if tail.len() == rest.len() {
            return Err(PyValueError::new_err(format!(
                "format number {} of \"{text}\" is not recognized",
                parts.len() + 1
            )));
        }
        rest = tail;
        let order = match (item.order1, item.order2) {
            ("", o) | (o, "") => o,
            (a, b) => {
                let native = |o: &str| if o == "=" { "<" } else { o }.to_owned();
                if native(a) != native(b) {
                    return Err(PyValueError::new_err(format!(
                        "inconsistent byte-order specification {a} and {b}"
                    )));
                }
                a
            }
        };
        let order = if matches!(order, "|" | "=") {
            ""
        } else {
            order
        };
        let one = PyString::new(py, &format!("{order}{}", item.name)).into_any();
        let repeats = item.repeats.trim();
        if repeats.is_empty() {
            parts.append(one)?;
        } else {
            let shape = py.import("ast")?.call_method1("literal_eval", (repeats,))?;
            parts.append(PyTuple::new(py, [one, shape])?)?;
        }
    }
    if parts.is_empty() {
        return Err(not_understood(text));
    }
    if parts.len() == 1 && !is_list {
        return convert(&parts.get_item(0)?, align);
    }
    let fields = PyList::empty(py);
    for (i, part) in parts.iter().enumerate() {
        fields.append(PyTuple::new(
            py,
            [PyString::new(py, &format!("f{i}")).into_any(), part],
        )?)?;
    }
    convert(fields.as_any(), align)
}
