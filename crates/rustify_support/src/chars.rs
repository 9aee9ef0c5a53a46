//! Methods of texts of one character: of ASCII in Rust, else the interpreter's own.

use pyo3_ffi as ffi;

use super::exc::Res;
use super::obj::Obj;
use super::text::{Char, Str, Text};
use super::value::Value;

/// Calls the interpreter's method.
#[cold]
fn ask<T: Value>(c: Char, name: &std::ffi::CStr) -> Res<T> {
    // SAFETY: a live `str` and the name of one of its methods.
    let answer = unsafe {
        let text = c.text()?.into_obj()?;
        Obj::owned(ffi::PyObject_CallMethod(
            text.ptr(),
            name.as_ptr(),
            std::ptr::null(),
        ))?
    };
    T::from_obj(&answer)
}

macro_rules! tests {
    ($($name:ident $text:literal $test:expr;)*) => {$(
        #[doc = concat!("`c.", stringify!($name), "()`.")]
        #[inline]
        pub fn $name(c: Char) -> Res<bool> {
            let test: fn(u8) -> bool = $test;
            if c.0 < 128 { Ok(test(c.0 as u8)) } else { ask(c, $text) }
        }
    )*};
}

tests! {
    isalnum c"isalnum" |c| c.is_ascii_alphanumeric();
    isalpha c"isalpha" |c| c.is_ascii_alphabetic();
    isdigit c"isdigit" |c| c.is_ascii_digit();
    isdecimal c"isdecimal" |c| c.is_ascii_digit();
    isnumeric c"isnumeric" |c| c.is_ascii_digit();
    islower c"islower" |c| c.is_ascii_lowercase();
    isupper c"isupper" |c| c.is_ascii_uppercase();
    isspace c"isspace" |c| matches!(c, 9..=13 | 28..=32);
}

/// `c.lower()`.
#[inline]
pub fn lower(c: Char) -> Res<Str> {
    if c.0 < 128 {
        Char(u32::from((c.0 as u8).to_ascii_lowercase())).text()
    } else {
        ask(c, c"lower")
    }
}

/// `c.upper()`.
#[inline]
pub fn upper(c: Char) -> Res<Str> {
    if c.0 < 128 {
        Char(u32::from((c.0 as u8).to_ascii_uppercase())).text()
    } else {
        ask(c, c"upper")
    }
}
