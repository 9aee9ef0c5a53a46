//! `bytearray`: one of Python's, its bytes read and written in place, or bytes in Rust until an object is needed.

use pyo3_ffi::{self as ffi, PyObject};

use super::any;
use super::exc::{Exc, Res, give_up};
use super::field::{Container, Field};
use super::int::Int;
use super::journal;
use super::made::{Native, Store};
use super::obj::Obj;
use super::value::{Value, guard, is_exactly, unfit};

/// A `bytearray`.
#[derive(Clone, Debug)]
pub struct ByteArray(Store<Vec<u8>>);

impl Native for Vec<u8> {
    fn into_python(self) -> Res<Obj> {
        // SAFETY: the bytes are copied at once.
        let made = unsafe {
            let start = self.as_ptr().cast();
            Obj::owned(ffi::PyByteArray_FromStringAndSize(
                start,
                self.len() as isize,
            ))?
        };
        journal::born(&made);
        Ok(made)
    }
}

impl Container for ByteArray {
    fn object(&self) -> Res<Obj> {
        self.to_obj()
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

impl Value for ByteArray {
    const IS_CLOSED: bool = true;
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyByteArray_Type);
        // SAFETY: promised by the caller.
        Ok(Self(Store::Python(unsafe { Obj::borrowed(object) })))
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        self.0.into_python()
    }
    fn into_field(self) -> Res<Field> {
        if self.0.is_native() {
            return Ok(Field::of(self));
        }
        self.into_obj().map(Field::Object)
    }
    fn from_field(field: &Field) -> Res<Self> {
        match field.container::<Self>() {
            Some(bytes) => Ok(bytes.clone()),
            None => Self::from_obj(&field.object()?),
        }
    }
}

/// The bytes of a `bytearray` of Python's, which nothing changes while they are looked at.
#[inline]
fn bytes_of(array: &Obj) -> &[u8] {
    // SAFETY: exactly a `bytearray`.
    unsafe {
        std::slice::from_raw_parts(
            ffi::PyByteArray_AS_STRING(array.ptr()).cast(),
            ffi::PyByteArray_GET_SIZE(array.ptr()) as usize,
        )
    }
}

/// The bytes of `bytes` or of a `bytearray`.
fn read_bytes(object: &Obj) -> Option<Vec<u8>> {
    let class = object.class();
    if class == &raw mut ffi::PyByteArray_Type {
        return Some(bytes_of(object).to_vec());
    }
    // SAFETY: exactly `bytes`.
    (class == &raw mut ffi::PyBytes_Type).then(|| unsafe {
        let start = ffi::PyBytes_AsString(object.ptr()).cast::<u8>();
        std::slice::from_raw_parts(start, ffi::PyBytes_Size(object.ptr()) as usize).to_vec()
    })
}

/// Bytes, or what the numbers of a list are as bytes.
fn read(object: &Obj) -> Option<Vec<u8>> {
    read_bytes(object).or_else(|| {
        let numbers = super::queue::read::<i64>(object)?;
        numbers.into_iter().map(|n| u8::try_from(n).ok()).collect()
    })
}

/// So many zeros, where an object is a number of bytes that is no burden.
fn zeros(object: &Obj) -> Option<Vec<u8>> {
    let n = i64::from_obj(object)
        .ok()
        .and_then(|n| u32::try_from(n).ok())?;
    Some(vec![0; n as usize])
}

macro_rules! name {
    ($text:literal) => {{
        static KEPT: super::value::Constant = super::value::Constant::new();
        KEPT.get(|| any::name($text))?
    }};
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
        let native = match arguments {
            [] => Some(Vec::new()),
            [bytes] => read(bytes).or_else(|| zeros(bytes)),
            _ => None,
        };
        if let Some(bytes) = native {
            return Ok(Self(Store::native(bytes)));
        }
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
        Ok(Self(Store::Python(made)))
    }

    #[inline]
    fn look<R>(&self, work: impl Fn(&[u8]) -> R) -> R {
        self.0
            .look(|bytes| work(bytes), |array| work(bytes_of(array)))
    }

    /// The number of bytes.
    #[inline]
    pub fn length(&self) -> isize {
        self.look(<[u8]>::len) as isize
    }

    /// `self[i]`.
    #[inline]
    pub fn get<I: Int + Value>(&self, i: I) -> Res<I> {
        match self.look(|bytes| bytes.get(place(i, bytes.len())?).copied()) {
            Some(byte) => Ok(I::of(isize::from(byte))),
            None => self.fails(i, None),
        }
    }

    /// `self[i] = value`.
    #[inline]
    pub fn set<I: Int + Value>(&self, i: I, value: I) -> Res<()> {
        let Ok(byte) = u8::try_from(value.index()) else {
            return self.fails(i, Some(value));
        };
        let native = |bytes: &mut Vec<u8>| {
            let at = place(i, bytes.len())?;
            bytes[at] = byte;
            Some(())
        };
        if let Some(Some(())) = self.0.with(native) {
            return Ok(());
        }
        let python = |array: &Obj| {
            journal::bytearray(array)?;
            let Some(at) = place(i, bytes_of(array).len()) else {
                return Ok(None);
            };
            // SAFETY: exactly a `bytearray` with a byte at that place, which nobody else refers to.
            unsafe {
                *ffi::PyByteArray_AS_STRING(array.ptr()).cast::<u8>().add(at) = byte;
            }
            Ok(Some(()))
        };
        match self.0.python(python)? {
            Some(()) => Ok(()),
            None => self.fails(i, Some(value)),
        }
    }

    /// `self.append(value)`.
    #[inline]
    pub fn append<I: Int + Value>(&self, value: I) -> Res<()> {
        if let Ok(byte) = u8::try_from(value.index())
            && self.0.with(|bytes| bytes.push(byte)).is_some()
        {
            return Ok(());
        }
        self.call(name!(c"append"), &[value.into_obj()?], true)
            .map(drop)
    }

    /// The interpreter's own error for an index or a byte that cannot be.
    #[cold]
    fn fails<I: Value, T>(&self, i: I, value: Option<I>) -> Res<T> {
        let i = i.into_obj()?;
        let value = value.map(Value::into_obj).transpose()?;
        // SAFETY: a `bytearray` and whole numbers.
        self.0.python(|array| unsafe {
            match value {
                None => Obj::owned(ffi::PyObject_GetItem(array.ptr(), i.ptr())).map(drop),
                Some(value) => done(ffi::PyObject_SetItem(array.ptr(), i.ptr(), value.ptr())),
            }
        })?;
        give_up()
    }

    /// `self[slice]`.
    pub fn part(&self, slice: &Obj) -> Res<Self> {
        let (mut start, mut stop, mut step) = (0, 0, 0);
        // SAFETY: a slice of whole numbers.
        let bounds = unsafe {
            ffi::PySlice_Unpack(slice.ptr(), &raw mut start, &raw mut stop, &raw mut step)
        };
        if bounds < 0 {
            return Err(Exc::fetch());
        }
        if step != 1 {
            // SAFETY: a `bytearray` and a slice of whole numbers.
            return self.0.python(|array| unsafe {
                Self::born(ffi::PyObject_GetItem(array.ptr(), slice.ptr()))
            });
        }
        let part = |bytes: &[u8]| {
            let (mut start, mut stop) = (start, stop);
            // SAFETY: numbers alone.
            let n = unsafe {
                ffi::PySlice_AdjustIndices(bytes.len() as isize, &raw mut start, &raw mut stop, 1)
            };
            bytes[start as usize..][..n as usize].to_vec()
        };
        Ok(Self(Store::native(self.look(part))))
    }

    fn changed(&self, work: impl FnOnce(&Obj) -> Res<()>) -> Res<()> {
        self.0.python(|array| {
            journal::bytearray(array)?;
            work(array)
        })
    }

    /// `self[slice] = value`.
    pub fn set_part(&self, slice: &Obj, value: &Obj) -> Res<()> {
        // SAFETY: a `bytearray`, a slice of whole numbers, and an object of a builtin type.
        self.changed(|array| unsafe {
            done(ffi::PyObject_SetItem(
                array.ptr(),
                slice.ptr(),
                source(value)?.ptr(),
            ))
        })
    }

    /// `del self[key]`.
    pub fn delete(&self, key: &Obj) -> Res<()> {
        // SAFETY: a `bytearray`, and a whole number or a slice of such.
        self.changed(|array| unsafe {
            done(ffi::PyObject_DelItem(array.ptr(), any::plain(key)?.ptr()))
        })
    }

    /// `self + other`.
    pub fn concat(&self, other: &Obj) -> Res<Self> {
        // SAFETY: a `bytearray` and an object of a builtin type.
        self.0.python(|array| unsafe {
            Self::born(ffi::PySequence_Concat(array.ptr(), source(other)?.ptr()))
        })
    }

    /// `self * n`.
    pub fn repeat<I: Int>(&self, n: I) -> Res<Self> {
        // A count that no index can be is an error even of an empty one.
        let _ = i64::narrow(n.wide())?;
        // SAFETY: a `bytearray`.
        self.0
            .python(|array| unsafe { Self::born(ffi::PySequence_Repeat(array.ptr(), n.index())) })
    }

    /// `self += other`.
    pub fn concat_in_place(&self, other: &Obj) -> Res<()> {
        if self.grow(read_bytes(other)) {
            return Ok(());
        }
        // SAFETY: a `bytearray` and an object of a builtin type.
        self.changed(|array| unsafe {
            let other = source(other)?;
            Obj::owned(ffi::PySequence_InPlaceConcat(array.ptr(), other.ptr())).map(drop)
        })
    }

    /// `self.extend(other)`.
    pub fn extend(&self, other: &Obj) -> Res<()> {
        if self.grow(read(other)) {
            return Ok(());
        }
        let other = std::slice::from_ref(other);
        self.call(name!(c"extend"), other, true).map(drop)
    }

    /// Whether bytes were added in Rust.
    fn grow(&self, more: Option<Vec<u8>>) -> bool {
        let add = |bytes: &mut Vec<u8>| more.map(|more| bytes.extend_from_slice(&more));
        self.0.with(add).flatten().is_some()
    }

    /// Whether a byte or a run of bytes is among the bytes.
    pub fn contains(&self, item: &Obj) -> Res<bool> {
        // SAFETY: a `bytearray` and an object of a builtin type.
        self.0.python(|array| unsafe {
            match ffi::PySequence_Contains(array.ptr(), source(item)?.ptr()) {
                -1 => Err(Exc::fetch()),
                answer => Ok(answer == 1),
            }
        })
    }

    /// `self == other`.
    pub fn eq(&self, other: &Self) -> bool {
        self.look(|a| other.look(|b| a == b))
    }

    /// `bytes(self)`.
    pub fn frozen(&self) -> Res<Obj> {
        // SAFETY: the bytes are copied at once.
        self.look(|bytes| unsafe {
            Obj::owned(ffi::PyBytes_FromStringAndSize(
                bytes.as_ptr().cast(),
                bytes.len() as isize,
            ))
        })
    }

    /// A method of the interpreter; one that changes the bytes is told apart.
    pub fn call(&self, method: &Obj, arguments: &[Obj], changes: bool) -> Res<Obj> {
        let mut all = [std::ptr::null_mut(); 8];
        if arguments.len() >= all.len() {
            return give_up();
        }
        for (place, argument) in all[1..].iter_mut().zip(arguments) {
            *place = source(argument)?.ptr();
        }
        let done = self.0.python(|array| {
            if changes {
                journal::bytearray(array)?;
            }
            all[0] = array.ptr();
            // SAFETY: a `bytearray` and objects of builtin types.
            unsafe {
                Obj::owned(ffi::PyObject_VectorcallMethod(
                    method.ptr(),
                    all.as_ptr(),
                    arguments.len() + 1,
                    std::ptr::null_mut(),
                ))
            }
        })?;
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

/// The place of a byte counted from either end.
#[inline]
fn place<I: Int>(i: I, length: usize) -> Option<usize> {
    let (i, n) = (i.index(), length as isize);
    let at = if i < 0 { i.checked_add(n)? } else { i };
    (0..n).contains(&at).then_some(at as usize)
}

/// The answer of an operation of the interpreter that has no result.
fn done(status: i32) -> Res<()> {
    if status < 0 {
        Err(Exc::fetch())
    } else {
        Ok(())
    }
}

/// The bytes of a `bytearray`, as numbers.
#[derive(Debug)]
pub struct Iter<I>(ByteArray, usize, std::marker::PhantomData<I>);

impl<I: Int> Iter<I> {
    /// The next byte.
    #[inline]
    pub fn next(&mut self) -> Res<Option<I>> {
        let byte = self.0.look(|bytes| bytes.get(self.1).copied());
        // Once at its end, an iterator stays there.
        self.1 = if byte.is_some() {
            self.1 + 1
        } else {
            usize::MAX
        };
        Ok(byte.map(|b| I::of(isize::from(b))))
    }
}
