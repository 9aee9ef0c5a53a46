//! `int(text)` and `float(text)`: whole numbers of ASCII digits are read in Rust, everything else by the interpreter. What
//! can be no number is an error whose object is made when somebody asks for it.

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Res, value_error};
use super::int::Int;
use super::obj::Obj;
use super::text::Str;
use super::value::Value;

/// So many digits fit 64 bits whatever they are.
const MOST_DIGITS: usize = 18;
/// Of longer texts the message has but a part.
const LONGEST: usize = 150;

/// A number of plain digits, perhaps with a sign.
fn plain(bytes: &[u8]) -> Option<i64> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] | rest => (false, rest),
    };
    if digits.is_empty() || digits.len() > MOST_DIGITS {
        return None;
    }
    let mut n = 0_i64;
    for c in digits {
        let digit = c.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        n = n * 10 + i64::from(digit);
    }
    Some(if negative { -n } else { n })
}

/// `int(text)`.
#[inline]
pub fn int_of<I: Int + Value>(text: &Str) -> Res<I> {
    if let Some(bytes) = text.ascii_bytes() {
        if let Some(n) = plain(bytes) {
            return I::narrow(i128::from(n));
        }
        let may_be = |c: &u8| matches!(c, b'0'..=b'9' | b'_' | b'+' | b'-' | b' ' | 9..=13);
        if !bytes.iter().all(may_be) {
            // SAFETY: exactly a `str`.
            return Err(unsafe { value_error().about(text.as_ptr(), no_int) });
        }
    }
    // SAFETY: exactly a `str`.
    I::from_obj(&unsafe { Obj::owned(whole(text.as_ptr()))? })
}

/// `float(text)`.
#[inline]
pub fn float_of(text: &Str) -> Res<f64> {
    if let Some(bytes) = text.ascii_bytes() {
        let may_be = |c: &u8| {
            matches!(c, b'0'..=b'9' | b'_' | b'+' | b'-' | b'.' | b' ' | 9..=13)
                || b"eEiInNfFtTyYaA".contains(c)
        };
        if !bytes.iter().all(may_be) {
            // SAFETY: exactly a `str`.
            return Err(unsafe { value_error().about(text.as_ptr(), no_float) });
        }
    }
    // SAFETY: exactly a `str`.
    unsafe {
        let made = Obj::owned(ffi::PyFloat_FromString(text.as_ptr()))?;
        f64::from_obj(&made)
    }
}

unsafe fn whole(text: *mut PyObject) -> *mut PyObject {
    // SAFETY: exactly a `str`.
    unsafe { ffi::PyNumber_Long(text) }
}

/// `ValueError` with a message of two parts and the text in quotes between; null if the text is not that simple.
unsafe fn failed(before: &str, text: *mut PyObject) -> *mut PyObject {
    // SAFETY: exactly a `str`.
    let Ok(text) = (unsafe { Str::from_ptr(text) }) else {
        return std::ptr::null_mut();
    };
    let is_simple = |c: &u8| matches!(c, b' '..=b'~') && *c != b'\'' && *c != b'\\';
    match text.ascii_bytes() {
        Some(bytes) if bytes.len() <= LONGEST && bytes.iter().all(is_simple) => {
            let mut message = Vec::with_capacity(before.len() + bytes.len() + 2);
            message.extend_from_slice(before.as_bytes());
            message.push(b'\'');
            message.extend_from_slice(bytes);
            message.push(b'\'');
            // SAFETY: ASCII.
            unsafe {
                ffi::PyUnicode_FromStringAndSize(message.as_ptr().cast(), message.len() as isize)
            }
        }
        _ => std::ptr::null_mut(),
    }
}

/// Raises what `make` raises of a text that is no number.
unsafe fn raise(
    before: &str,
    text: *mut PyObject,
    make: unsafe fn(*mut PyObject) -> *mut PyObject,
) -> *mut PyObject {
    // SAFETY: exactly a `str`.
    unsafe {
        let message = failed(before, text);
        if message.is_null() {
            ffi::PyErr_Clear();
            return make(text);
        }
        ffi::PyErr_SetObject(ffi::PyExc_ValueError, message);
        ffi::Py_DECREF(message);
        std::ptr::null_mut()
    }
}

unsafe fn no_int(text: *mut PyObject) -> *mut PyObject {
    // SAFETY: exactly a `str`.
    unsafe { raise("invalid literal for int() with base 10: ", text, whole) }
}

unsafe fn no_float(text: *mut PyObject) -> *mut PyObject {
    // SAFETY: exactly a `str`.
    unsafe {
        raise("could not convert string to float: ", text, |text| {
            ffi::PyFloat_FromString(text)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn plain_digits_are_read() {
        assert_eq!(plain(b"42"), Some(42));
        assert_eq!(plain(b"-007"), Some(-7));
        assert_eq!(plain(b"+999999999999999999"), Some(999_999_999_999_999_999));
        for other in ["", "-", "+-1", "1 ", "1_0", "0x1", "1000000000000000000"] {
            assert_eq!(plain(other.as_bytes()), None, "{other}");
        }
    }
}
