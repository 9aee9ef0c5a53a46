//! Where one text is inside of another one, and how often.

use pyo3_ffi as ffi;

use super::exc::{Exc, Res, value_error};
use super::int::Int;
use super::strings::Piece;
use super::text::Str;

/// The direction of a search.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Backward,
}

/// Where the part begins at or after `start`, which counts from the end where it is negative; -1 if it is nowhere.
fn place<P: Piece>(text: &Str, part: &P, start: isize, way: Way) -> Res<isize> {
    if let (Some(bytes), Some(&[one])) = (text.ascii_bytes(), part.ascii(&mut [0])) {
        let all = bytes.len();
        let start = if start < 0 {
            all.saturating_sub(start.unsigned_abs())
        } else {
            start as usize
        };
        let Some(rest) = bytes.get(start..) else {
            return Ok(-1);
        };
        let at = match way {
            Way::Forward => rest.iter().position(|&c| c == one),
            Way::Backward => rest.iter().rposition(|&c| c == one),
        };
        return Ok(at.map_or(-1, |at| (start + at) as isize));
    }
    let part = part.text()?;
    let direction = if way == Way::Forward { 1 } else { -1 };
    // SAFETY: both are `str`.
    let at =
        unsafe { ffi::PyUnicode_Find(text.as_ptr(), part.as_ptr(), start, isize::MAX, direction) };
    if at < -1 { Err(Exc::fetch()) } else { Ok(at) }
}

/// `text.find(part)`.
pub fn find<P: Piece, I: Int>(text: &Str, part: &P) -> Res<I> {
    Ok(I::of(place(text, part, 0, Way::Forward)?))
}

/// `text.find(part, start)`.
pub fn find_from<P: Piece, I: Int>(text: &Str, part: &P, start: I) -> Res<I> {
    Ok(I::of(place(text, part, start.index(), Way::Forward)?))
}

/// `text.rfind(part)`.
pub fn rfind<P: Piece, I: Int>(text: &Str, part: &P) -> Res<I> {
    Ok(I::of(place(text, part, 0, Way::Backward)?))
}

fn there<I: Int>(at: isize) -> Res<I> {
    if at < 0 {
        return Err(value_error().saying(c"substring not found"));
    }
    Ok(I::of(at))
}

/// `text.index(part)`.
pub fn index<P: Piece, I: Int>(text: &Str, part: &P) -> Res<I> {
    there(place(text, part, 0, Way::Forward)?)
}

/// `text.index(part, start)`.
pub fn index_from<P: Piece, I: Int>(text: &Str, part: &P, start: I) -> Res<I> {
    there(place(text, part, start.index(), Way::Forward)?)
}

/// `text.rindex(part)`.
pub fn rindex<P: Piece, I: Int>(text: &Str, part: &P) -> Res<I> {
    there(place(text, part, 0, Way::Backward)?)
}

/// `text.count(part)`.
pub fn count<P: Piece, I: Int>(text: &Str, part: &P) -> Res<I> {
    if let (Some(bytes), Some(&[one])) = (text.ascii_bytes(), part.ascii(&mut [0])) {
        let n: isize = bytes.iter().map(|&c| isize::from(c == one)).sum();
        return Ok(I::of(n));
    }
    let part = part.text()?;
    // SAFETY: both are `str`.
    match unsafe { ffi::PyUnicode_Count(text.as_ptr(), part.as_ptr(), 0, isize::MAX) } {
        -1 => Err(Exc::fetch()),
        n => Ok(I::of(n)),
    }
}
