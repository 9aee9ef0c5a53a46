//! Numbers as text and text as numbers, as Python writes and reads them.

use crate::dtype::{DType, TypeNum};
use crate::error::{Error, Result};
use crate::format::float::scalar_text;
use crate::format::value::Value;

use TypeNum as T;

/// The text of a number held as native bytes.
pub(super) fn number_text(num: TypeNum, bytes: &[u8]) -> String {
    fn take<const N: usize>(bytes: &[u8]) -> [u8; N] {
        let mut out = [0; N];
        out.copy_from_slice(&bytes[..N]);
        out
    }
    let float = |bytes: &[u8], num: TypeNum| -> Value {
        match num {
            T::Half => Value::from_f16_bits(u16::from_ne_bytes(take(bytes))),
            T::Float | T::CFloat => f32::from_ne_bytes(take(bytes)).into(),
            T::LongDouble | T::CLongDouble if crate::dtype::number::LONG_DOUBLE == 16 => {
                Value::from_x87_bytes(take(bytes))
            }
            _ => f64::from_ne_bytes(take(bytes)).into(),
        }
    };
    let size = num.facts().itemsize;
    match (num.kind(), size) {
        (b'b', _) => {
            if bytes[0] != 0 {
                "True".into()
            } else {
                "False".into()
            }
        }
        (b'i', 1) => i8::from_ne_bytes(take(bytes)).to_string(),
        (b'i', 2) => i16::from_ne_bytes(take(bytes)).to_string(),
        (b'i', 4) => i32::from_ne_bytes(take(bytes)).to_string(),
        (b'i', _) => i64::from_ne_bytes(take(bytes)).to_string(),
        (b'u', 1) => u8::from_ne_bytes(take(bytes)).to_string(),
        (b'u', 2) => u16::from_ne_bytes(take(bytes)).to_string(),
        (b'u', 4) => u32::from_ne_bytes(take(bytes)).to_string(),
        (b'u', _) => u64::from_ne_bytes(take(bytes)).to_string(),
        (b'f', _) => scalar_text(float(bytes, num), false),
        _ => complex_text(float(bytes, num), float(&bytes[size / 2..], num), false),
    }
}

/// A complex number as `str` writes it: `(1+2j)`, or `2j` where the real part is positive zero; `old` is the form up to
/// NumPy 2.2.
pub fn complex_text(re: Value, im: Value, old: bool) -> String {
    let bare = |v: Value| {
        let mut text = scalar_text(v, old);
        if text.ends_with(".0") {
            text.truncate(text.len() - 2);
        }
        text
    };
    let zero = |v: Value| scalar_text(v, old) == "0.0";
    let imag = bare(im);
    if zero(re) {
        return format!("{imag}j");
    }
    let sign = if imag.starts_with('-') || imag.starts_with('+') {
        ""
    } else {
        "+"
    };
    format!("({}{sign}{imag}j)", bare(re))
}

/// A number read from text.
pub(super) enum Parsed {
    /// A whole number.
    Whole(i128),
    /// A real or complex number.
    Complex(f64, f64),
}

/// Reads text as a number of `num`'s kind.
pub(super) fn parse(text: &str, num: TypeNum) -> Result<Parsed> {
    let trimmed = text.trim();
    let plain = trimmed.replace('_', "");
    let underscores_fine =
        !trimmed.starts_with('_') && !trimmed.ends_with('_') && !trimmed.contains("__");
    let clean = if underscores_fine {
        plain.as_str()
    } else {
        trimmed
    };
    match num.kind() {
        b'i' | b'u' => clean.parse::<i128>().map(Parsed::Whole).map_err(|_| {
            Error::value(format!(
                "invalid literal for int() with base 10: {}",
                crate::dtype::text::py_str_repr(text)
            ))
        }),
        b'b' => Ok(Parsed::Whole(i128::from(!text.is_empty()))),
        b'f' => float(clean)
            .map(|x| Parsed::Complex(x, 0.0))
            .ok_or_else(|| {
                Error::value(format!(
                    "could not convert string to float: {}",
                    crate::dtype::text::py_str_repr(text)
                ))
            }),
        _ => complex(clean)
            .map(|(re, im)| Parsed::Complex(re, im))
            .ok_or_else(|| Error::value("complex() arg is a malformed string")),
    }
}

/// A float as Python reads it; Rust's own parser takes the same forms but for the words.
fn float(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let bare = lower.trim_start_matches(['+', '-']);
    match bare {
        "inf" | "infinity" | "nan" => lower.parse().ok(),
        _ if bare.starts_with(|c: char| c.is_ascii_digit() || c == '.') => lower.parse().ok(),
        _ => None,
    }
}

fn complex(text: &str) -> Option<(f64, f64)> {
    let inner = text
        .strip_prefix('(')
        .and_then(|t| t.strip_suffix(')'))
        .unwrap_or(text)
        .trim();
    let Some(body) = inner.strip_suffix(['j', 'J']) else {
        return float(inner).map(|re| (re, 0.0));
    };
    // The sign of the imaginary part is the last one that is not an exponent's.
    let bytes = body.as_bytes();
    let split = (1..bytes.len())
        .rev()
        .find(|&i| matches!(bytes[i], b'+' | b'-') && !matches!(bytes[i - 1], b'e' | b'E'));
    let unit = |t: &str| match t {
        "" | "+" => Some(1.0),
        "-" => Some(-1.0),
        t => float(t),
    };
    match split {
        Some(i) => Some((float(&body[..i])?, unit(&body[i..])?)),
        None => unit(body).map(|im| (0.0, im)),
    }
}

/// The characters of a text item, without trailing nulls.
pub(super) fn characters(dtype: &DType, bytes: &[u8]) -> Vec<u32> {
    let mut out: Vec<u32> = if dtype.num() == T::Bytes {
        bytes.iter().map(|&b| u32::from(b)).collect()
    } else {
        bytes
            .as_chunks::<4>()
            .0
            .iter()
            .map(|c| {
                if dtype.is_native() {
                    u32::from_ne_bytes(*c)
                } else {
                    u32::from_ne_bytes(*c).swap_bytes()
                }
            })
            .collect()
    };
    while out.last() == Some(&0) {
        out.pop();
    }
    out
}

/// Stores characters into a text item, cut or filled with nulls.
pub(super) fn store_characters(dtype: &DType, text: &[u32], bytes: &mut [u8]) -> Result<()> {
    bytes.fill(0);
    if dtype.num() == T::Bytes {
        for (slot, &c) in bytes.iter_mut().zip(text) {
            if c > 127 {
                return Err(Error::value(format!(
                    "'ascii' codec can't encode character '\\x{c:02x}': ordinal not in range(128)"
                )));
            }
            *slot = c as u8;
        }
    } else {
        for (slot, &c) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(text) {
            *slot = if dtype.is_native() {
                c.to_ne_bytes()
            } else {
                c.swap_bytes().to_ne_bytes()
            };
        }
    }
    Ok(())
}
