//! Methods of texts: in Rust where all characters are ASCII, else by the interpreter's C functions.

use std::ffi::CStr;

use pyo3_ffi as ffi;

use super::any_calls;
use super::exc::{Exc, Res, give_up};
use super::int::Int;
use super::list::List;
use super::obj::Obj;
use super::text::{Char, Str, Text};
use super::value::Value;

/// Wider texts are made by the interpreter.
const WIDEST: isize = 1 << 16;

/// What can stand in a row of texts.
pub trait Piece: Value + Text {
    /// The characters, if all of them are ASCII; those of a single one are put into `place`.
    fn ascii<'a>(&'a self, place: &'a mut [u8; 1]) -> Option<&'a [u8]>;
}

impl Piece for Str {
    #[inline]
    fn ascii<'a>(&'a self, _: &'a mut [u8; 1]) -> Option<&'a [u8]> {
        self.ascii_bytes()
    }
}

impl Piece for Char {
    #[inline]
    fn ascii<'a>(&'a self, place: &'a mut [u8; 1]) -> Option<&'a [u8]> {
        (self.0 < 128).then(|| {
            *place = [self.0 as u8];
            &place[..]
        })
    }
}

/// Asks the interpreter's method.
#[cold]
pub(super) fn ask<T: Value>(text: &Str, name: &'static CStr, arguments: &[Obj]) -> Res<T> {
    let name = any_calls::name(name)?;
    T::from_obj(&any_calls::call_builtin_method(
        &text.to_obj()?,
        &name,
        arguments,
    )?)
}

/// A new text of so many ASCII characters, which `fill` writes.
pub(super) fn made(n: usize, fill: impl FnOnce(&mut [u8])) -> Res<Str> {
    if n < 2 {
        let mut one = [0];
        fill(&mut one[..n]);
        // SAFETY: the interpreter keeps the texts of no and of one character.
        return unsafe {
            if n == 0 {
                Str::of_new(Obj::owned(ffi::PyUnicode_New(0, 0))?)
            } else {
                Char(u32::from(one[0])).text()
            }
        };
    }
    // SAFETY: a new text of one byte each, which nobody has seen.
    unsafe {
        let text = Obj::owned(ffi::PyUnicode_New(n as isize, 127))?;
        let place = ffi::PyUnicode_DATA(text.ptr()).cast::<u8>();
        fill(std::slice::from_raw_parts_mut(place, n));
        Str::of_new(text)
    }
}

/// A new text of ASCII characters.
pub(super) fn of_bytes(bytes: &[u8]) -> Res<Str> {
    made(bytes.len(), |place| place.copy_from_slice(bytes))
}

/// A part of a text; all of it is the text itself.
fn part(text: &Str, start: usize, end: usize) -> Res<Str> {
    // SAFETY: exactly a `str`.
    unsafe {
        let part = ffi::PyUnicode_Substring(text.as_ptr(), start as isize, end as isize);
        Str::of_new(Obj::owned(part)?)
    }
}

fn is_space(c: u8) -> bool {
    matches!(c, 9..=13 | 28..=32)
}

fn stripped(
    text: &Str,
    bytes: &[u8],
    left: bool,
    right: bool,
    goes: impl Fn(u8) -> bool,
) -> Res<Str> {
    let all = bytes.len();
    let first = || bytes.iter().position(|c| !goes(*c)).unwrap_or(all);
    let start = if left { first() } else { 0 };
    let last = || bytes[start..].iter().rposition(|c| !goes(*c));
    let end = if right {
        last().map_or(start, |at| start + at + 1)
    } else {
        all
    };
    part(text, start, end)
}

macro_rules! strips {
    ($($name:ident $of:ident $text:literal $left:literal $right:literal;)*) => {$(
        #[doc = concat!("`text.", stringify!($name), "()`.")]
        pub fn $name(text: &Str) -> Res<Str> {
            match text.ascii_bytes() {
                Some(bytes) => stripped(text, bytes, $left, $right, is_space),
                None => ask(text, $text, &[]),
            }
        }

        #[doc = concat!("`text.", stringify!($name), "(characters)`.")]
        pub fn $of<P: Piece>(text: &Str, characters: &P) -> Res<Str> {
            match (text.ascii_bytes(), characters.ascii(&mut [0])) {
                (Some(bytes), Some(which)) => {
                    stripped(text, bytes, $left, $right, |c| which.contains(&c))
                }
                _ => ask(text, $text, &[characters.to_obj()?]),
            }
        }
    )*};
}

strips! {
    strip strip_of c"strip" true true;
    lstrip lstrip_of c"lstrip" true false;
    rstrip rstrip_of c"rstrip" false true;
}

macro_rules! tests {
    ($($name:ident $text:literal $test:expr;)*) => {$(
        #[doc = concat!("`text.", stringify!($name), "()`.")]
        pub fn $name(text: &Str) -> Res<bool> {
            let test: fn(&[u8]) -> bool = $test;
            match text.ascii_bytes() {
                Some(bytes) => Ok(!bytes.is_empty() && test(bytes)),
                None => ask(text, $text, &[]),
            }
        }
    )*};
}

tests! {
    isalnum c"isalnum" |all| all.iter().all(u8::is_ascii_alphanumeric);
    isalpha c"isalpha" |all| all.iter().all(u8::is_ascii_alphabetic);
    isdigit c"isdigit" |all| all.iter().all(u8::is_ascii_digit);
    isspace c"isspace" |all| all.iter().all(|c| is_space(*c));
    islower c"islower" |all| all.iter().any(u8::is_ascii_lowercase) && !all.iter().any(u8::is_ascii_uppercase);
    isupper c"isupper" |all| all.iter().any(u8::is_ascii_uppercase) && !all.iter().any(u8::is_ascii_lowercase);
}

/// `text.lower()`.
pub fn lower(text: &Str) -> Res<Str> {
    match text.ascii_bytes() {
        Some(bytes) => made(bytes.len(), |place| {
            place.copy_from_slice(bytes);
            place.make_ascii_lowercase();
        }),
        None => ask(text, c"lower", &[]),
    }
}

/// `text.upper()`.
pub fn upper(text: &Str) -> Res<Str> {
    match text.ascii_bytes() {
        Some(bytes) => made(bytes.len(), |place| {
            place.copy_from_slice(bytes);
            place.make_ascii_uppercase();
        }),
        None => ask(text, c"upper", &[]),
    }
}

/// `text.startswith(start)`.
pub fn startswith<P: Piece>(text: &Str, start: &P) -> Res<bool> {
    match (text.ascii_bytes(), start.ascii(&mut [0])) {
        (Some(bytes), Some(start)) => Ok(bytes.starts_with(start)),
        _ => ask(text, c"startswith", &[start.to_obj()?]),
    }
}

/// `text.endswith(end)`.
pub fn endswith<P: Piece>(text: &Str, end: &P) -> Res<bool> {
    match (text.ascii_bytes(), end.ascii(&mut [0])) {
        (Some(bytes), Some(end)) => Ok(bytes.ends_with(end)),
        _ => ask(text, c"endswith", &[end.to_obj()?]),
    }
}

/// `text.replace(old, new)`.
pub fn replace(text: &Str, old: &impl Text, new: &impl Text) -> Res<Str> {
    let (old, new) = (old.text()?, new.text()?);
    // SAFETY: all are `str`.
    unsafe {
        let done = ffi::PyUnicode_Replace(text.as_ptr(), old.as_ptr(), new.as_ptr(), -1);
        Str::of_new(Obj::owned(done)?)
    }
}

/// `text.split()`.
pub fn split(text: &Str) -> Res<Obj> {
    // SAFETY: exactly a `str`; no separator stands for white space.
    unsafe {
        Obj::owned(ffi::PyUnicode_Split(
            text.as_ptr(),
            std::ptr::null_mut(),
            -1,
        ))
    }
}

/// `text.split(separator)`.
pub fn split_at(text: &Str, separator: &impl Text) -> Res<Obj> {
    let separator = separator.text()?;
    // SAFETY: both are `str`.
    unsafe { Obj::owned(ffi::PyUnicode_Split(text.as_ptr(), separator.as_ptr(), -1)) }
}

/// `text.splitlines()`.
pub fn splitlines(text: &Str) -> Res<Obj> {
    // SAFETY: exactly a `str`.
    unsafe { Obj::owned(ffi::PyUnicode_Splitlines(text.as_ptr(), 0)) }
}

/// Where the first ASCII text is inside of another one.
fn place_of(bytes: &[u8], part: &[u8]) -> Option<usize> {
    match part {
        [one] => bytes.iter().position(|c| c == one),
        _ => bytes.windows(part.len()).position(|w| w == part),
    }
}

/// `text.partition(separator)`.
pub fn partition<P: Piece>(text: &Str, separator: &P) -> Res<(Str, Str, Str)> {
    // A long separator is searched for more cleverly by the interpreter.
    if let (Some(bytes), Some(part)) = (text.ascii_bytes(), separator.ascii(&mut [0]))
        && (1..=4).contains(&part.len())
    {
        let Some(at) = place_of(bytes, part) else {
            let empty = of_bytes(b"")?;
            return Ok((text.clone(), empty.clone(), empty));
        };
        let behind = &bytes[at + part.len()..];
        return Ok((
            of_bytes(&bytes[..at])?,
            separator.text()?,
            of_bytes(behind)?,
        ));
    }
    let separator = separator.text()?;
    // SAFETY: both are `str`.
    let parts = unsafe { Obj::owned(ffi::PyUnicode_Partition(text.as_ptr(), separator.as_ptr()))? };
    Value::from_obj(&parts)
}

/// A text filled up to a width; nothing where the interpreter is to do it.
fn padded<I: Int + Value>(text: &Str, width: I, fill: u8, right: bool) -> Res<Option<Str>> {
    let n = text.length();
    // The interpreter refuses a width that no text has.
    let Ok(width) = isize::try_from(width.wide()) else {
        return Ok(None);
    };
    if width <= n {
        return Ok(Some(text.clone()));
    }
    let Some(bytes) = text.ascii_bytes().filter(|_| width <= WIDEST) else {
        return Ok(None);
    };
    let gap = (width - n) as usize;
    made(width as usize, |place| {
        let at = if right { gap } else { 0 };
        place.fill(fill);
        place[at..at + bytes.len()].copy_from_slice(bytes);
    })
    .map(Some)
}

/// `text.ljust(width)`.
pub fn ljust<I: Int + Value>(text: &Str, width: I) -> Res<Str> {
    match padded(text, width, b' ', false)? {
        Some(done) => Ok(done),
        None => ask(text, c"ljust", &[width.to_obj()?]),
    }
}

/// `text.rjust(width)`.
pub fn rjust<I: Int + Value>(text: &Str, width: I) -> Res<Str> {
    match padded(text, width, b' ', true)? {
        Some(done) => Ok(done),
        None => ask(text, c"rjust", &[width.to_obj()?]),
    }
}

impl Str {
    /// `separator.join(items)` of a list of texts.
    pub fn join_list<P: Piece>(&self, items: &List<P>) -> Res<Self> {
        if !items.is_native() {
            return self.join(&items.to_obj()?);
        }
        // SAFETY: the items are in Rust, and nothing changes them meanwhile.
        let items = unsafe { items.native_items() };
        if let Some(separator) = self.ascii_bytes()
            && let Some(done) = joined(separator, items)?
        {
            return Ok(done);
        }
        // SAFETY: the list is filled before it is used.
        unsafe {
            let list = Obj::owned(ffi::PyList_New(items.len() as isize))?;
            for (i, item) in items.iter().enumerate() {
                ffi::PyList_SET_ITEM(list.ptr(), i as isize, item.to_obj()?.into_ptr());
            }
            self.join(&list)
        }
    }
}

/// ASCII texts in a row; nothing if some are others.
fn joined<P: Piece>(separator: &[u8], items: &[P]) -> Res<Option<Str>> {
    let mut length = separator.len().checked_mul(items.len().saturating_sub(1));
    for item in items {
        let Some(bytes) = item.ascii(&mut [0]).map(<[u8]>::len) else {
            return Ok(None);
        };
        length = length.and_then(|n| n.checked_add(bytes));
    }
    let Some(length) = length.filter(|n| isize::try_from(*n).is_ok()) else {
        return give_up();
    };
    let mut fits = true;
    let text = made(length, |mut place| {
        for (i, item) in items.iter().enumerate() {
            let mut one = [0];
            let bytes = item.ascii(&mut one).unwrap_or_default();
            let before = if i == 0 { &[] } else { separator };
            fits &= place.len() >= before.len() + bytes.len();
            if !fits {
                return;
            }
            for part in [before, bytes] {
                let (here, rest) = place.split_at_mut(part.len());
                here.copy_from_slice(part);
                place = rest;
            }
        }
    })?;
    // Texts do not change.
    if fits {
        Ok(Some(text))
    } else {
        Err(Exc::GIVE_UP)
    }
}
