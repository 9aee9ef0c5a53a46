//! Formats of the buffer protocol (PEP 3118) as dtypes.

use pyo3::exceptions::{PyNotImplementedError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};

use crate::convert::dtype_fields::ConvertField;
use crate::descr;

/// What is read so far.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    order: u8,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn number(&mut self) -> Option<usize> {
        let digits = self.text[self.at..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        if digits == 0 {
            return None;
        }
        let n = self.text[self.at..self.at + digits].parse().ok();
        self.at += digits;
        n
    }
}

/// The dtype of a whole format.
pub(crate) fn parse<'py>(
    py: Python<'py>,
    text: &str,
    convert: ConvertField,
) -> PyResult<Bound<'py, PyAny>> {
    if !text.is_ascii() {
        return Err(unknown(text));
    }
    let mut reader = Reader {
        text,
        at: 0,
        order: b'@',
    };
    let fields = read_fields(py, &mut reader, convert, 0)?;
    if let [one] = fields.items.as_slice()
        && one.name.is_none()
        && one.offset == 0
    {
        return Ok(one.dtype.clone());
    }
    fields.into_dtype(py, convert)
}

fn unknown(text: &str) -> PyErr {
    PyValueError::new_err(format!(
        "'{text}' is not a valid PEP 3118 buffer format string"
    ))
}

struct FieldItem<'py> {
    name: Option<String>,
    offset: usize,
    dtype: Bound<'py, PyAny>,
}

struct Fields<'py> {
    items: Vec<FieldItem<'py>>,
    size: usize,
    alignment: usize,
    aligned: bool,
}

impl<'py> Fields<'py> {
    fn into_dtype(self, py: Python<'py>, convert: ConvertField) -> PyResult<Bound<'py, PyAny>> {
        let (names, formats, offsets) = (PyList::empty(py), PyList::empty(py), PyList::empty(py));
        let mut unnamed = 0;
        for item in &self.items {
            let name = item.name.clone().unwrap_or_else(|| {
                unnamed += 1;
                format!("f{}", unnamed - 1)
            });
            names.append(name)?;
            formats.append(&item.dtype)?;
            offsets.append(item.offset)?;
        }
        let dict = PyDict::new(py);
        dict.set_item("names", names)?;
        dict.set_item("formats", formats)?;
        dict.set_item("offsets", offsets)?;
        dict.set_item("itemsize", self.size)?;
        convert(dict.as_any(), false)
    }
}

fn read_fields<'py>(
    py: Python<'py>,
    reader: &mut Reader<'_>,
    convert: ConvertField,
    depth: usize,
) -> PyResult<Fields<'py>> {
    if depth > 64 {
        return Err(unknown(reader.text));
    }
    let mut fields = Fields {
        items: Vec::new(),
        size: 0,
        alignment: 1,
        aligned: reader.order == b'@',
    };
    while let Some(c) = reader.peek() {
        if c == b'}' {
            reader.at += 1;
            break;
        }
        if matches!(c, b'@' | b'=' | b'<' | b'>' | b'^' | b'!') {
            reader.order = if c == b'!' { b'>' } else { c };
            reader.at += 1;
            continue;
        }
        if c == b' ' {
            reader.at += 1;
            continue;
        }
        let mut shape: Option<Vec<usize>> = None;
        if c == b'(' {
            let close = reader.text[reader.at..]
                .find(')')
                .ok_or_else(|| unknown(reader.text))?;
            let inner = &reader.text[reader.at + 1..reader.at + close];
            let dims: Result<Vec<usize>, _> = inner.split(',').map(|d| d.trim().parse()).collect();
            shape = Some(dims.map_err(|_| unknown(reader.text))?);
            reader.at += close + 1;
        }
        if let Some(o) = reader.peek().filter(|c| b"@=<>^".contains(c)) {
            reader.order = o;
            reader.at += 1;
        }
        let repeat = reader.number();
        let Some(code) = reader.peek() else {
            return Err(unknown(reader.text));
        };
        reader.at += 1;
        let swap = match reader.order {
            b'<' | b'>' => reader.order as char,
            _ => '=',
        };
        let standard = !matches!(reader.order, b'@' | b'^');
        let text = match code {
            b'T' => {
                if reader.peek() != Some(b'{') {
                    return Err(unknown(reader.text));
                }
                reader.at += 1;
                let inner = read_fields(py, reader, convert, depth + 1)?;
                let inner = inner.into_dtype(py, convert)?;
                add(py, reader, &mut fields, inner, repeat, shape, convert)?;
                continue;
            }
            b'x' => {
                fields.size += repeat.unwrap_or(1);
                continue;
            }
            b'Z' => {
                let part = reader.peek().ok_or_else(|| unknown(reader.text))?;
                reader.at += 1;
                format!("{swap}{}", (part as char).to_ascii_uppercase())
            }
            b's' | b'w' => {
                let kind = if code == b's' { 'S' } else { 'U' };
                let one = format!("{swap}{kind}{}", repeat.unwrap_or(1));
                let made = convert(PyString::new(py, &one).as_any(), false)?;
                add(py, reader, &mut fields, made, None, shape, convert)?;
                continue;
            }
            b'c' => "S1".into(),
            b'l' if standard => format!("{swap}i4"),
            b'L' if standard => format!("{swap}u4"),
            b'n' => format!("{swap}p"),
            b'N' => format!("{swap}P"),
            b'O' => "O".into(),
            b'?' | b'b' | b'B' | b'h' | b'H' | b'i' | b'I' | b'l' | b'L' | b'q' | b'Q' | b'e'
            | b'f' | b'd' | b'g' => format!("{swap}{}", code as char),
            b'u' | b'&' | b't' | b'X' | b'P' => {
                return Err(PyNotImplementedError::new_err(format!(
                    "Unrepresentable PEP 3118 data type '{}'",
                    code as char
                )));
            }
            _ => return Err(unknown(reader.text)),
        };
        let made = convert(PyString::new(py, &text).as_any(), false)?;
        add(py, reader, &mut fields, made, repeat, shape, convert)?;
    }
    if fields.aligned {
        fields.size = fields.size.div_ceil(fields.alignment) * fields.alignment;
    }
    Ok(fields)
}

fn add<'py>(
    py: Python<'py>,
    reader: &mut Reader<'_>,
    fields: &mut Fields<'py>,
    base: Bound<'py, PyAny>,
    repeat: Option<usize>,
    shape: Option<Vec<usize>>,
    convert: ConvertField,
) -> PyResult<()> {
    let mut name = None;
    let mut dtype = base;
    if let Some(n) = repeat.filter(|&n| n != 1) {
        let pair = PyTuple::new(py, [dtype, n.into_pyobject(py)?.into_any()])?;
        dtype = convert(pair.as_any(), false)?;
    }
    if let Some(shape) = shape {
        let shape = PyTuple::new(py, shape)?.into_any();
        dtype = convert(PyTuple::new(py, [dtype, shape])?.as_any(), false)?;
    }
    if reader.peek() == Some(b':') {
        let rest = &reader.text[reader.at + 1..];
        let end = rest.find(':').ok_or_else(|| unknown(reader.text))?;
        name = Some(rest[..end].to_owned());
        reader.at += end + 2;
    }
    let d = descr::fields(&dtype);
    if reader.order == b'@' {
        let a = d.alignment.max(1) as usize;
        fields.size = fields.size.div_ceil(a) * a;
        fields.alignment = fields.alignment.max(a);
    }
    let offset = fields.size;
    fields.size += d.elsize as usize;
    fields.items.push(FieldItem {
        name,
        offset,
        dtype,
    });
    Ok(())
}
