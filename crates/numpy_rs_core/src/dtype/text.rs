//! How dtypes are written: `str`, `repr`, and the `descr`-like forms inside them.

use std::fmt;

use super::{DType, Detail, TypeNum};
use crate::dims::ShapeText;

/// `str(dtype)`, as in `float64` or `[('a', '<i4')]`.
impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&str(self))
    }
}

impl DType {
    /// `dtype.__repr__()`, as in `dtype('float64')`.
    pub fn repr(&self) -> String {
        repr(self)
    }
}

/// The typestring with byte order, as in `<f8`, `|S3`, `>U2`.
pub fn typestr(dtype: &DType) -> String {
    let order = if !dtype.has_byte_order() {
        '|'
    } else if dtype.is_native() == cfg!(target_endian = "little") {
        '<'
    } else {
        '>'
    };
    let size = match dtype.num() {
        TypeNum::Str => dtype.itemsize() / 4,
        TypeNum::Object => return "|O".into(),
        _ => dtype.itemsize(),
    };
    format!(
        "{order}{}{size}{}",
        dtype.kind() as char,
        unit_suffix(dtype)
    )
}

/// The datetime unit in brackets, empty for other types and for the generic unit.
pub fn unit_suffix(dtype: &DType) -> String {
    const UNITS: [&str; 15] = [
        "Y", "M", "W", "B", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as", "generic",
    ];
    match dtype.detail() {
        Some(Detail::Datetime(u)) if u.unit != 14 => {
            let name = UNITS.get(u.unit as usize).copied().unwrap_or("generic");
            if u.count == 1 {
                format!("[{name}]")
            } else {
                format!("[{}{name}]", u.count)
            }
        }
        _ => String::new(),
    }
}

/// `str(dtype)`.
pub fn str(dtype: &DType) -> String {
    match dtype.detail() {
        Some(Detail::Struct(_)) => struct_text(dtype),
        Some(Detail::Subarray { .. }) => short(dtype),
        _ if dtype.num().is_flexible() || !dtype.is_native() => typestr(dtype),
        _ => format!("{}{}", dtype.num().facts().name, unit_suffix(dtype)),
    }
}

/// `repr(dtype)`.
pub fn repr(dtype: &DType) -> String {
    match dtype.detail() {
        Some(Detail::Struct(s)) => {
            let align = if s.aligned { ", align=True" } else { "" };
            format!("dtype({}{align})", struct_text(dtype))
        }
        Some(Detail::Subarray { .. }) => format!("dtype({})", short(dtype)),
        _ => format!("dtype({})", short(dtype)),
    }
}

/// The form used inside `repr`: a quoted name, or for flexible, swapped and datetime types the typestring.
fn short(dtype: &DType) -> String {
    match dtype.detail() {
        Some(Detail::Struct(_)) => struct_text(dtype),
        Some(Detail::Subarray { base, shape }) => {
            let shape = ShapeText(shape, ", ");
            format!("({}, {shape})", field_text(base))
        }
        _ => match dtype.num() {
            TypeNum::Object => "'O'".into(),
            TypeNum::Bool => "'bool'".into(),
            num if num.is_flexible() && dtype.itemsize() == 0 => {
                format!("'{}'", num.facts().char as char)
            }
            num if num.is_flexible()
                || !dtype.is_native()
                || matches!(dtype.kind(), b'M' | b'm') =>
            {
                format!("'{}'", typestr(dtype))
            }
            num => format!("'{}'", num.facts().name),
        },
    }
}

/// A type inside a field list: always a typestring.
fn field_text(dtype: &DType) -> String {
    match dtype.detail() {
        Some(Detail::Struct(_)) => struct_text(dtype),
        Some(Detail::Subarray { .. }) => short(dtype),
        _ => match dtype.num() {
            TypeNum::Object => "'O'".into(),
            TypeNum::Bool => "'?'".into(),
            num if matches!(num, TypeNum::Bytes | TypeNum::Str | TypeNum::Void)
                && dtype.itemsize() == 0 =>
            {
                format!("'{}'", num.facts().char as char)
            }
            TypeNum::Byte | TypeNum::UByte => format!("'{}1'", dtype.kind() as char),
            TypeNum::Bytes | TypeNum::Void => {
                format!("'{}{}'", dtype.num().facts().char as char, dtype.itemsize())
            }
            _ => format!("'{}'", typestr(dtype)),
        },
    }
}

/// `[('a', '<i4'), …]`, or the dict form where offsets are not those of a packed or aligned layout.
fn struct_text(dtype: &DType) -> String {
    let Some(Detail::Struct(s)) = dtype.detail() else {
        return String::new();
    };
    let mut offset = 0usize;
    let mut plain = true;
    for f in &s.fields {
        if s.aligned {
            let a = f.dtype.alignment().max(1);
            offset = offset.div_ceil(a) * a;
        }
        plain &= f.offset_bytes == offset;
        offset += f.dtype.itemsize();
    }
    if s.aligned {
        offset = offset.div_ceil(s.alignment.max(1)) * s.alignment.max(1);
    }
    plain &= offset == dtype.itemsize();
    let quote = py_str_repr;
    if plain {
        let items: Vec<String> = s
            .fields
            .iter()
            .map(|f| {
                let name = match &f.title {
                    Some(t) => format!("({}, {})", quote(t), quote(&f.name)),
                    None => quote(&f.name),
                };
                match f.dtype.detail() {
                    Some(Detail::Subarray { base, shape }) => {
                        format!("({name}, {}, {})", field_text(base), ShapeText(shape, ", "))
                    }
                    _ => format!("({name}, {})", field_text(&f.dtype)),
                }
            })
            .collect();
        format!("[{}]", items.join(", "))
    } else {
        let list = |items: Vec<String>| format!("[{}]", items.join(", "));
        let names = list(s.fields.iter().map(|f| quote(&f.name)).collect());
        let formats = list(s.fields.iter().map(|f| field_text(&f.dtype)).collect());
        let offsets = list(
            s.fields
                .iter()
                .map(|f| f.offset_bytes.to_string())
                .collect(),
        );
        let titles = if s.fields.iter().any(|f| f.title.is_some()) {
            let t = s
                .fields
                .iter()
                .map(|f| f.title.as_deref().map_or("None".into(), quote))
                .collect();
            format!(", 'titles': {}", list(t))
        } else {
            String::new()
        };
        let aligned = if s.aligned { ", 'aligned': True" } else { "" };
        format!(
            "{{'names': {names}, 'formats': {formats}, 'offsets': {offsets}{titles}, 'itemsize': {}{aligned}}}",
            dtype.itemsize()
        )
    }
}

/// A string as Python's `repr` writes it, for the characters that names have.
pub fn py_str_repr(s: &str) -> String {
    let quote = if s.contains('\'') && !s.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::from(quote);
    for c in s.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if (c as u32) < 0x20 || c as u32 == 0x7f => {
                out.push_str(&format!("\\x{:02x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}
