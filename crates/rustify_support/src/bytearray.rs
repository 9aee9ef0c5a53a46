//! `bytearray`: the interpreter's own, its bytes read and written in place.

use pyo3_ffi::{self as ffi, PyObject};

use super::any;
use super::exc::{Exc, Res, give_up};
use super::int::Int;
use super::journal;
use super::obj::Obj;
use super::value::{Value, guard, is_exactly, unfit};

/// A `bytearray`.
#[derive(Clone, Debug)]
pub struct ByteArray(Obj);

impl Value for ByteArray {
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyByteArray_Type);
        // SAFETY: promised by the caller.
        Ok(Self(unsafe { Obj::borrowed(object) }))
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        Ok(self.0)
    }
}

/// Something that `bytearray` is made of, or that becomes a part of one: its bytes are found without any Python code.
fn source(object: &Obj) -> Res<&Obj> {
    let class = object.class();
    // SAFETY: exact types are checked before items are read; live objects.
    let fits = unsafe {
        if class == &raw mut ffi::PyList_Type || class == &raw mut ffi::PyTuple_Type {
            let n = ffi::PySequence_Size(object.ptr());
            (0..n).all(|i| {
                let item = if class == &raw mut ffi::PyList_Type {
                    ffi::PyList_GET_ITEM(object.ptr(), i)
                } else {
                    ffi::PyTuple_GET_ITEM(object.ptr(), i)
                };
                is_exactly(item, &raw mut ffi::PyLong_Type)
            })
        } else {
            class == &raw mut ffi::PyByteArray_Type
                || class == &raw mut ffi::PyBytes_Type
                || class == &raw mut ffi::PyRange_Type
                || any::is_scalar(object)
        }
    };
    if fits { Ok(object) } else { give_up() }
}

impl ByteArray {
    /// `bytearray(…)`.
    pub fn new(arguments: &[Obj]) -> Res<Self> {
        let mut all = [std::ptr::null_mut(); 3];
        if arguments.len() > all.len() {
            return give_up();
        }
        for (place, argument) in all.iter_mut().zip(arguments) {
            *place = source(argument)?.ptr();
        }
        // SAFETY: the interpreter's own type, called with objects of builtin types.
        unsafe {
            Self::born(ffi::PyObject_Vectorcall(
                (&raw mut ffi::PyByteArray_Type).cast(),
                all.as_ptr(),
                arguments.len(),
                std::ptr::null_mut(),
            ))
        }
    }

    /// What an operation of the interpreter has made.
    unsafe fn born(made: *mut PyObject) -> Res<Self> {
        // SAFETY: promised by the caller.
        let made = unsafe { Obj::owned(made)? };
        if made.class() != &raw mut ffi::PyByteArray_Type {
            return give_up();
        }
        journal::born(&made);
        Ok(Self(made))
    }

    #[inline]
    fn slice(&self) -> &[u8] {
        // SAFETY: exactly a `bytearray`, which nothing changes while the slice is used.
        unsafe {
            std::slice::from_raw_parts(
                ffi::PyByteArray_AS_STRING(self.0.ptr()).cast(),
                ffi::PyByteArray_GET_SIZE(self.0.ptr()) as usize,
            )
        }
    }

    /// The number of bytes.
    #[inline]
    pub fn length(&self) -> isize {
        self.slice().len() as isize
    }

    #[inline]
    fn place<I: Int>(&self, i: I) -> Option<usize> {
        let (i, n) = (i.index(), self.length());
        let at = if i < 0 { i + n } else { i };
        (0..n).contains(&at).then_some(at as usize)
    }

    /// `self[i]`.
    #[inline]
    pub fn get<I: Int + Value>(&self, i: I) -> Res<I> {
        match self.place(i) {
            Some(at) => Ok(I::of(isize::from(self.slice()[at]))),
            None => self.fails(i, None),
        }
    }

    /// `self[i] = value`.
    #[inline]
    pub fn set<I: Int + Value>(&self, i: I, value: I) -> Res<()> {
        journal::bytearray(&self.0)?;
        match (self.place(i), u8::try_from(value.index())) {
            (Some(at), Ok(byte)) => {
                // SAFETY: exactly a `bytearray` with a byte at that place, which nobody else refers to.
                unsafe {
                    *ffi::PyByteArray_AS_STRING(self.0.ptr())
                        .cast::<u8>()
                        .add(at) = byte;
                }
                Ok(())
            }
            _ => self.fails(i, Some(value)),
        }
    }

    /// The interpreter's own error for an index or a byte that cannot be.
    #[cold]
    fn fails<I: Value, T>(&self, i: I, value: Option<I>) -> Res<T> {
        let i = i.into_obj()?;
        // SAFETY: a `bytearray` and whole numbers.
        unsafe {
            match value {
                None => {
                    Obj::owned(ffi::PyObject_GetItem(self.0.ptr(), i.ptr()))?;
                }
                Some(value) => {
                    let value = value.into_obj()?;
                    if ffi::PyObject_SetItem(self.0.ptr(), i.ptr(), value.ptr()) < 0 {
                        return Err(Exc::fetch());
                    }
                }
            }
        }
        give_up()
    }

    /// `self[slice]`.
    pub fn part(&self, slice: &Obj) -> Res<Self> {
        // SAFETY: a `bytearray` and a slice of whole numbers.
        unsafe { Self::born(ffi::PyObject_GetItem(self.0.ptr(), slice.ptr())) }
    }

    /// `self[slice] = value`.
    pub fn set_part(&self, slice: &Obj, value: &Obj) -> Res<()> {
        journal::bytearray(&self.0)?;
        // SAFETY: a `bytearray`, a slice of whole numbers, and an object of a builtin type.
        match unsafe { ffi::PyObject_SetItem(self.0.ptr(), slice.ptr(), source(value)?.ptr()) } {
            0 => Ok(()),
            _ => Err(Exc::fetch()),
        }
    }

    /// `del self[key]`.
    pub fn delete(&self, key: &Obj) -> Res<()> {
        journal::bytearray(&self.0)?;
        // SAFETY: a `bytearray`, and a whole number or a slice of such.
        match unsafe { ffi::PyObject_DelItem(self.0.ptr(), any::plain(key)?.ptr()) } {
            0 => Ok(()),
            _ => Err(Exc::fetch()),
        }
    }

    /// `self + other`.
    pub fn concat(&self, other: &Obj) -> Res<Self> {
        // SAFETY: a `bytearray` and an object of a builtin type.
        unsafe { Self::born(ffi::PySequence_Concat(self.0.ptr(), source(other)?.ptr())) }
    }

    /// `self * n`.
    pub fn repeat<I: Int>(&self, n: I) -> Res<Self> {
        // A count that no index can be is an error even of an empty one.
        let _ = i64::narrow(n.wide())?;
        // SAFETY: a `bytearray`.
        unsafe { Self::born(ffi::PySequence_Repeat(self.0.ptr(), n.index())) }
    }

    /// `self += other`.
    pub fn extend(&self, other: &Obj) -> Res<()> {
        journal::bytearray(&self.0)?;
        // SAFETY: a `bytearray` and an object of a builtin type.
        unsafe {
            Obj::owned(ffi::PySequence_InPlaceConcat(
                self.0.ptr(),
                source(other)?.ptr(),
            ))
            .map(drop)
        }
    }

    /// Whether a byte or a run of bytes is among the bytes.
    pub fn contains(&self, item: &Obj) -> Res<bool> {
        // SAFETY: a `bytearray` and an object of a builtin type.
        match unsafe { ffi::PySequence_Contains(self.0.ptr(), source(item)?.ptr()) } {
            -1 => Err(Exc::fetch()),
            answer => Ok(answer == 1),
        }
    }

    /// `self == other`.
    pub fn eq(&self, other: &Self) -> bool {
        self.slice() == other.slice()
    }

    /// `bytes(self)`.
    pub fn frozen(&self) -> Res<Obj> {
        let bytes = self.slice();
        // SAFETY: the bytes are copied at once.
        unsafe {
            Obj::owned(ffi::PyBytes_FromStringAndSize(
                bytes.as_ptr().cast(),
                bytes.len() as isize,
            ))
        }
    }

    /// A method of the interpreter; one that changes the bytes is told apart.
    pub fn call(&self, method: &Obj, arguments: &[Obj], changes: bool) -> Res<Obj> {
        if changes {
            journal::bytearray(&self.0)?;
        }
        let mut all = [self.0.ptr(); 8];
        if arguments.len() >= all.len() {
            return give_up();
        }
        for (place, argument) in all[1..].iter_mut().zip(arguments) {
            *place = source(argument)?.ptr();
        }
        // SAFETY: a `bytearray` and objects of builtin types.
        let done = unsafe {
            Obj::owned(ffi::PyObject_VectorcallMethod(
                method.ptr(),
                all.as_ptr(),
                arguments.len() + 1,
                std::ptr::null_mut(),
            ))?
        };
        if done.class() == &raw mut ffi::PyByteArray_Type {
            journal::born(&done);
        }
        Ok(done)
    }

    /// The bytes in order, of what it holds when each is asked for.
    pub fn iter<I: Int>(&self) -> Iter<I> {
        Iter(self.clone(), 0, std::marker::PhantomData)
    }
}

/// The bytes of a `bytearray`, as numbers.
#[derive(Debug)]
pub struct Iter<I>(ByteArray, usize, std::marker::PhantomData<I>);

impl<I: Int> Iter<I> {
    /// The next byte.
    #[inline]
    pub fn next(&mut self) -> Res<Option<I>> {
        let byte = self.0.slice().get(self.1).copied();
        // Once at its end, an iterator stays there.
        self.1 = if byte.is_some() {
            self.1 + 1
        } else {
            usize::MAX
        };
        Ok(byte.map(|b| I::of(isize::from(b))))
    }
}
