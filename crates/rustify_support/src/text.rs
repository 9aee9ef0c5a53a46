//! `str`, single characters, and `bytes`.

use std::ffi::c_int;

use pyo3_ffi::{self as ffi, PyObject};

use super::any;
use super::exc::{Exc, Res, give_up, index_error, type_error, value_error};
use super::int::Int;
use super::numpy;
use super::obj::Obj;
use super::raised;
use super::slice_range::Places;
use super::value::{Key, Value, guard, is_exactly, unfit};

/// A `str`.
#[derive(Clone, Debug)]
pub struct Str(Obj);

/// A `str` of one code point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Char(pub u32);

/// A `bytes`.
#[derive(Clone, Debug)]
pub struct Bytes(Obj);

/// What the operations on texts take: a text or a single character.
pub trait Text {
    /// As a text.
    fn text(&self) -> Res<Str>;
}

impl Text for Str {
    #[inline]
    fn text(&self) -> Res<Str> {
        Ok(self.clone())
    }
}

impl Text for Char {
    #[inline]
    fn text(&self) -> Res<Str> {
        // SAFETY: a code point that came from a text; small ones are shared by the interpreter.
        unsafe { Obj::owned(ffi::PyUnicode_FromOrdinal(self.0 as c_int)).map(Str) }
    }
}

impl Value for Str {
    const IS_CLOSED: bool = true;
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyUnicode_Type);
        // SAFETY: promised by the caller.
        Ok(Self(unsafe { Obj::borrowed(object) }))
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        Ok(self.0)
    }
    fn sliced(
        &self,
        start: Option<isize>,
        stop: Option<isize>,
        step: Option<isize>,
    ) -> Option<Res<Self>> {
        if step.is_some_and(|s| s != 1) {
            return None;
        }
        let places = match Places::of(self.length() as usize, start, stop, None) {
            Ok(places) => places,
            Err(e) => return Some(Err(e)),
        };
        let end = places.start + places.count as isize;
        // SAFETY: exactly a `str`, and places inside.
        Some(unsafe {
            Obj::owned(ffi::PyUnicode_Substring(self.0.ptr(), places.start, end)).map(Self)
        })
    }
}
impl Key for Str {
    const HASHES: bool = true;
    #[inline]
    fn hash_here(&self) -> u64 {
        // SAFETY: exactly a `str`, which keeps its hash.
        unsafe { ffi::PyObject_Hash(self.0.ptr()) as u64 }
    }
    #[inline]
    fn is_same(&self, other: &Self) -> bool {
        if self.0.ptr() == other.0.ptr() {
            return true;
        }
        if self.length() != other.length() {
            return false;
        }
        // SAFETY: both are `str`; the comparison cannot fail.
        unsafe { ffi::PyUnicode_Compare(self.0.ptr(), other.0.ptr()) == 0 }
    }
    #[inline]
    fn python_hash(&self) -> Option<isize> {
        Some(self.hash_here() as isize)
    }
    #[inline]
    unsafe fn equals(&self, object: *mut PyObject) -> Option<bool> {
        if object == self.0.ptr() {
            return Some(true);
        }
        // SAFETY: promised by the caller.
        let other = unsafe { Self::from_ptr(object) };
        other.ok().map(|other| self.is_same(&other))
    }
}

impl Value for Char {
    const IS_CLOSED: bool = true;
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        // SAFETY: promised by the caller.
        let text = unsafe { Str::from_ptr(object)? };
        if text.length() == 1 {
            Ok(Self(text.code(0)))
        } else {
            unfit()
        }
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        Ok(self.text()?.0)
    }
}
impl Key for Char {
    const HASHES: bool = true;
    #[inline]
    fn hash_here(&self) -> u64 {
        u64::from(self.0)
    }
    #[inline]
    fn is_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Value for Bytes {
    const IS_CLOSED: bool = true;
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyBytes_Type);
        // SAFETY: promised by the caller.
        Ok(Self(unsafe { Obj::borrowed(object) }))
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        Ok(self.0)
    }
}
impl Key for Bytes {}

impl Str {
    /// A constant of the program, as UTF-8 where lone surrogates are allowed.
    pub fn constant(utf8: &[u8]) -> Res<Obj> {
        // SAFETY: the bytes are read at once.
        unsafe {
            Obj::owned(ffi::PyUnicode_DecodeUTF8(
                utf8.as_ptr().cast(),
                utf8.len() as isize,
                c"surrogatepass".as_ptr(),
            ))
        }
    }

    /// A text from the interpreter's own functions.
    ///
    /// # Safety
    ///
    /// Exactly a `str`.
    #[inline]
    pub(super) unsafe fn of_new(text: Obj) -> Res<Self> {
        Ok(Self(text))
    }

    /// The number of code points.
    #[inline]
    pub fn length(&self) -> isize {
        // SAFETY: exactly a `str`.
        unsafe { ffi::PyUnicode_GET_LENGTH(self.0.ptr()) }
    }

    /// The object's address.
    #[inline]
    pub(super) fn as_ptr(&self) -> *mut PyObject {
        self.0.ptr()
    }

    /// The code point at a place inside.
    #[inline]
    fn code(&self, i: isize) -> u32 {
        // SAFETY: exactly a `str`, whose code points have 1, 2 or 4 bytes each, and the place is inside.
        unsafe {
            let data = ffi::PyUnicode_DATA(self.0.ptr());
            match ffi::PyUnicode_KIND(self.0.ptr()) {
                1 => u32::from(data.cast::<u8>().offset(i).read()),
                2 => u32::from(data.cast::<u16>().offset(i).read()),
                _ => data.cast::<u32>().offset(i).read(),
            }
        }
    }

    /// `self[i]`.
    #[inline]
    pub fn get<I: Int>(&self, i: I) -> Res<Char> {
        let (i, n) = (i.index(), self.length());
        let at = if i < 0 { i + n } else { i };
        if at < 0 || at >= n {
            return Err(index_error().outside(i, c"string index out of range"));
        }
        Ok(Char(self.code(at)))
    }

    /// The characters in order.
    #[inline]
    pub fn iter(&self) -> Chars {
        Chars(self.clone(), 0)
    }

    /// Appends, in place where nobody else refers to the text.
    pub fn push(&mut self, other: &impl Text) -> Res<()> {
        let other = other.text()?;
        // SAFETY: both are `str`; the reference moves through C, which leaves null when it fails.
        unsafe {
            let mut left = std::mem::replace(&mut self.0, Obj::none()).into_ptr();
            ffi::PyUnicode_Append(&raw mut left, other.0.ptr());
            self.0 = Obj::owned(left)?;
        }
        Ok(())
    }

    /// `separator.join(items)`.
    pub fn join(&self, items: &Obj) -> Res<Self> {
        // SAFETY: C checks the items itself; a wrong one is a TypeError.
        unsafe { Obj::owned(ffi::PyUnicode_Join(self.0.ptr(), items.ptr())).map(Self) }
    }
}

/// The characters of a text.
#[derive(Debug)]
pub struct Chars(Str, isize);

impl Chars {
    /// The next character.
    #[inline]
    pub fn next(&mut self) -> Res<Option<Char>> {
        if self.1 >= self.0.length() {
            return Ok(None);
        }
        self.1 += 1;
        Ok(Some(Char(self.0.code(self.1 - 1))))
    }
}

/// `a + b`.
pub fn concat(a: &impl Text, b: &impl Text) -> Res<Str> {
    let (a, b) = (a.text()?, b.text()?);
    // SAFETY: both are `str`.
    unsafe { Obj::owned(ffi::PyUnicode_Concat(a.0.ptr(), b.0.ptr())).map(Str) }
}

/// `a == b`.
#[inline]
pub fn eq(a: &Str, b: &Str) -> Res<bool> {
    if a.0.ptr() == b.0.ptr() {
        return Ok(true);
    }
    if a.length() != b.length() {
        return Ok(false);
    }
    Ok(order(a, b)? == 0)
}

/// `a == b` for a text and a character.
#[inline]
pub fn eq_char(a: &Str, b: Char) -> bool {
    a.length() == 1 && a.code(0) == b.0
}

/// Negative, zero or positive as `a` comes before, with or after `b`.
#[inline]
pub fn order(a: &impl Text, b: &impl Text) -> Res<i32> {
    let (a, b) = (a.text()?, b.text()?);
    // SAFETY: both are `str`.
    Ok(unsafe { ffi::PyUnicode_Compare(a.0.ptr(), b.0.ptr()) })
}

/// `part in whole`.
#[inline]
pub fn contains(whole: &Str, part: &impl Text) -> Res<bool> {
    let part = part.text()?;
    // SAFETY: both are `str`.
    match unsafe { ffi::PyUnicode_Contains(whole.0.ptr(), part.0.ptr()) } {
        -1 => Err(Exc::fetch()),
        answer => Ok(answer == 1),
    }
}

/// `c in whole`.
#[inline]
pub fn contains_char(whole: &Str, c: Char) -> bool {
    if let Some(bytes) = whole.ascii_bytes() {
        return c.0 < 128 && bytes.contains(&(c.0 as u8));
    }
    // SAFETY: exactly a `str`; the range is the whole text.
    unsafe { ffi::PyUnicode_FindChar(whole.0.ptr(), c.0, 0, whole.length(), 1) >= 0 }
}

/// `ord(text)`.
#[inline]
pub fn ord<I: Int>(text: &Str) -> Res<I> {
    if text.length() == 1 {
        Ok(I::of(text.code(0) as isize))
    } else {
        Err(type_error())
    }
}

/// `chr(code)`.
#[inline]
pub fn chr<I: Int>(code: I) -> Res<Char> {
    let wide = code.wide();
    if (0..=0x0010_FFFF).contains(&wide) {
        Ok(Char(wide as u32))
    } else {
        if i32::try_from(wide).is_err() {
            // Another exception, by the width of C's numbers.
            return give_up();
        }
        Err(value_error().saying(c"chr() arg not in range(0x110000)"))
    }
}

/// `str(object)`, of plain objects.
pub fn of(object: &Obj) -> Res<Str> {
    if object.class() == &raw mut ffi::PyUnicode_Type {
        return Ok(Str(object.clone()));
    }
    if let Some(name) = numpy::dtype_name(object) {
        return Str::constant(name).map(Str);
    }
    // SAFETY: a plain object prints by the interpreter's own code.
    unsafe { Obj::owned(ffi::PyObject_Str(printable(object)?.ptr())).map(Str) }
}

/// `repr(object)`, of plain objects.
pub fn repr(object: &Obj) -> Res<Str> {
    // SAFETY: as above.
    unsafe { Obj::owned(ffi::PyObject_Repr(printable(object)?.ptr())).map(Str) }
}

/// `ascii(object)`, of plain objects.
pub fn ascii(object: &Obj) -> Res<Str> {
    // SAFETY: as above.
    unsafe { Obj::owned(ffi::PyObject_ASCII(any::plain(object)?.ptr())).map(Str) }
}

/// `format(object, spec)`, of plain objects.
pub fn format(object: &Obj, spec: &Obj) -> Res<Str> {
    // SAFETY: a live text.
    if unsafe { ffi::PyUnicode_GetLength(spec.ptr()) } == 0
        && let Some(name) = numpy::dtype_name(object)
    {
        return Str::constant(name).map(Str);
    }
    // SAFETY: as above.
    unsafe { Obj::owned(ffi::PyObject_Format(printable(object)?.ptr(), spec.ptr())).map(Str) }
}

/// Gives up unless an object prints by the interpreter's own code: plain ones do, and exceptions with plain arguments.
fn printable(object: &Obj) -> Res<&Obj> {
    if raised::is_exception(object) {
        raised::printable(object)?;
        return Ok(object);
    }
    if numpy::is_dtype(object) {
        return Ok(object);
    }
    any::plain_or_number(object)
}

/// Several texts in a row.
pub fn joined(parts: &[Obj]) -> Res<Str> {
    // SAFETY: the list is filled before it is used.
    unsafe {
        let list = Obj::owned(ffi::PyList_New(parts.len() as isize))?;
        for (i, part) in parts.iter().enumerate() {
            ffi::PyList_SET_ITEM(list.ptr(), i as isize, part.clone().into_ptr());
        }
        let empty = Str(Obj::owned(ffi::PyUnicode_New(0, 0))?);
        empty.join(&list)
    }
}

/// `text * n`.
pub fn repeat<I: Int>(text: &impl Text, n: I) -> Res<Str> {
    // A count that no index can be is an error even of an empty text.
    let _ = i64::narrow(n.wide())?;
    // SAFETY: exactly a `str`.
    unsafe { Obj::owned(ffi::PySequence_Repeat(text.text()?.0.ptr(), n.index())).map(Str) }
}

impl Bytes {
    /// A constant of the program.
    pub fn constant(bytes: &[u8]) -> Res<Obj> {
        // SAFETY: the bytes are copied at once.
        unsafe {
            Obj::owned(ffi::PyBytes_FromStringAndSize(
                bytes.as_ptr().cast(),
                bytes.len() as isize,
            ))
        }
    }

    /// The number of bytes.
    #[inline]
    pub fn length(&self) -> isize {
        self.slice().len() as isize
    }

    #[inline]
    fn slice(&self) -> &[u8] {
        // SAFETY: exactly `bytes`, which never change.
        unsafe {
            std::slice::from_raw_parts(
                ffi::PyBytes_AS_STRING(self.0.ptr()).cast(),
                ffi::PyBytes_Size(self.0.ptr()) as usize,
            )
        }
    }

    /// `self[i]`.
    #[inline]
    pub fn get<I: Int>(&self, i: I) -> Res<I> {
        let (i, bytes) = (i.index(), self.slice());
        let at = if i < 0 { i + bytes.len() as isize } else { i };
        match bytes.get(at as usize) {
            Some(&b) => Ok(I::of(isize::from(b))),
            None => Err(index_error().outside(i, c"index out of range")),
        }
    }

    /// The bytes in order.
    pub fn iter<I: Int>(&self) -> ByteIter<I> {
        ByteIter(self.clone(), 0, std::marker::PhantomData)
    }

    /// `a == b`.
    pub fn eq(&self, other: &Self) -> bool {
        self.slice() == other.slice()
    }
}

/// The bytes of a `bytes`, as numbers.
#[derive(Debug)]
pub struct ByteIter<I>(Bytes, usize, std::marker::PhantomData<I>);

impl<I: Int> ByteIter<I> {
    /// The next byte.
    #[inline]
    pub fn next(&mut self) -> Res<Option<I>> {
        let byte = self.0.slice().get(self.1).copied();
        self.1 += 1;
        Ok(byte.map(|b| I::of(isize::from(b))))
    }
}

/// `sequence[start:stop:step]` of a text, bytes, list or tuple; absent parts are `None`.
pub fn sliced<T: Value, I: Int + Value>(
    sequence: &T,
    start: Option<I>,
    stop: Option<I>,
    step: Option<I>,
) -> Res<T> {
    if let Some(done) = sequence.sliced(start.map(I::index), stop.map(I::index), step.map(I::index))
    {
        return done;
    }
    let (start, stop, step) = (start.into_obj()?, stop.into_obj()?, step.into_obj()?);
    let slice = any::slice(&start, &stop, &step)?;
    T::from_obj(&any::get_item(&sequence.to_obj()?, &slice)?)
}
