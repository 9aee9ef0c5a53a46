//! How values cross between Python objects and Rust: exact types in, objects out.

use std::cell::Cell;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res, give_up};
use super::field::Field;
use super::handed_on::{given, taken};
use super::lookup;
use super::obj::Obj;
use super::shade::Shades;

/// A value of a translated function.
pub trait Value: Clone + 'static {
    /// Whether values are lists.
    const HOLDS_LISTS: bool = false;
    /// Whether all of a list of lists is in Rust; with `OURS` also of no list of the caller.
    fn is_apart<const OURS: bool>(&self) -> bool {
        true
    }

    /// Whether a value holds nothing but values of known types, so that no container can hold itself.
    const IS_CLOSED: bool = false;

    /// From an object of exactly this value's type; any other gives up.
    ///
    /// # Safety
    ///
    /// `object` is alive.
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self>;

    /// As an object.
    fn into_obj(self) -> Res<Obj>;

    /// What a call of a builtin type without arguments gives, where that needs no object.
    #[inline]
    fn made_by(_class: *mut ffi::PyTypeObject) -> Res<Option<Self>> {
        Ok(None)
    }

    /// From an object of exactly this value's type; any other gives up.
    #[inline]
    fn from_obj(object: &Obj) -> Res<Self> {
        // SAFETY: the reference keeps the object alive.
        unsafe { Self::from_ptr(object.ptr()) }
    }

    /// As an object, from a reference.
    #[inline]
    fn to_obj(&self) -> Res<Obj> {
        self.clone().into_obj()
    }

    /// As [`Value::from_ptr`], with the items of lists in Rust as long as the call lasts.
    ///
    /// # Safety
    ///
    /// `object` is alive as long as the call lasts.
    #[inline]
    unsafe fn shaded(object: *mut PyObject, _: &Shades) -> Res<Self> {
        // SAFETY: promised by the caller.
        unsafe { Self::from_ptr(object) }
    }

    /// The object that stands for this value in a place of a list that holds `old`; the same one if nothing changed.
    ///
    /// # Safety
    ///
    /// `old` is alive.
    #[inline]
    unsafe fn instead_of(&self, _: *mut PyObject) -> Res<Obj> {
        self.to_obj()
    }

    /// As an attribute of an instance in Rust.
    #[inline]
    fn into_field(self) -> Res<Field> {
        self.into_obj().map(Field::Object)
    }

    /// From an attribute of an instance in Rust.
    #[inline]
    fn from_field(field: &Field) -> Res<Self> {
        match field {
            Field::Object(object) => Self::from_obj(object),
            other => Self::from_obj(&other.object()?),
        }
    }

    /// `self[start:stop:step]`, where it takes no slice object.
    #[inline]
    fn sliced(&self, _: Option<isize>, _: Option<isize>, _: Option<isize>) -> Option<Res<Self>> {
        None
    }

    /// Sorts numbers of which equal ones are the same to the bit; false where they are not known to be.
    #[inline]
    fn sort_exactly(_: &mut [Self]) -> bool {
        false
    }

    /// The order of two values that Rust may sort as Python does: of numbers.
    #[inline]
    fn rank(&self, _: &Self) -> Option<std::cmp::Ordering> {
        None
    }
}

impl Shades {
    /// The argument of a parameter, with the items of lists in Rust.
    #[inline]
    pub fn argument<T: Value>(&self, arguments: &[*mut PyObject], i: usize) -> Res<T> {
        // SAFETY: Python keeps the arguments alive during the call.
        unsafe { T::shaded(arguments[i], self) }
    }
}

/// Values that Python compares and hashes without any surprise: equal ones are interchangeable as keys.
pub trait Key: Value {
    /// Whether dicts with such keys may be in Rust: equal keys have equal hashes here.
    const HASHES: bool = false;

    /// A number that equal keys have in common.
    #[inline]
    fn hash_here(&self) -> u64 {
        0
    }

    /// Whether two keys are equal.
    #[inline]
    fn is_same(&self, _: &Self) -> bool {
        false
    }

    /// Whether the value may be a key: NaN is found by its identity, which is not kept here.
    #[inline]
    fn check_key(&self) -> Res<()> {
        Ok(())
    }

    /// The interpreter's hash of the key, if no object is needed for it.
    #[inline]
    fn python_hash(&self) -> Option<isize> {
        None
    }

    /// Whether an object of the same hash is an equal key; nothing if only the interpreter can say.
    ///
    /// # Safety
    ///
    /// The object is alive.
    #[inline]
    unsafe fn equals(&self, _: *mut PyObject) -> Option<bool> {
        None
    }
}

/// Whether an object is exactly of a type.
///
/// # Safety
///
/// `object` is alive.
#[inline]
pub unsafe fn is_exactly(object: *mut PyObject, class: *mut ffi::PyTypeObject) -> bool {
    // SAFETY: promised by the caller.
    unsafe { ffi::Py_TYPE(object) == class }
}

macro_rules! guard {
    ($object:expr, $class:expr) => {
        // SAFETY: the caller's object is alive; the type is a static of the interpreter.
        #[allow(unused_unsafe)]
        if !unsafe { is_exactly($object, &raw mut $class) } {
            return unfit();
        }
    };
}
pub(super) use guard;

/// The answer for an object of another type.
#[cold]
pub fn unfit<T>() -> Res<T> {
    give_up()
}

/// An `int` of one digit, or nothing.
///
/// # Safety
///
/// `object` is exactly an `int`.
#[inline]
pub(super) unsafe fn compact_int(object: *mut PyObject) -> Option<i64> {
    // SAFETY: the layout of `int`: head, then size and sign, then digits of 30 bits.
    unsafe {
        let words = object.cast::<usize>();
        let digit = words.add(3).cast::<u32>().read();
        #[cfg(Py_3_12)]
        {
            let tag = words.add(2).read();
            (tag < 2 << 3).then(|| (1 - (tag & 3) as i64) * i64::from(digit))
        }
        #[cfg(not(Py_3_12))]
        {
            match words.add(2).read() as isize {
                0 => Some(0),
                size @ (1 | -1) => Some(size as i64 * i64::from(digit)),
                _ => None,
            }
        }
    }
}

/// An `int` that fits 64 bits, or nothing.
///
/// # Safety
///
/// `object` is exactly an `int`.
#[inline]
unsafe fn small_int(object: *mut PyObject) -> Option<i64> {
    // SAFETY: promised by the caller.
    unsafe {
        if let Some(value) = compact_int(object) {
            return Some(value);
        }
        let mut overflow = 0;
        let value = ffi::PyLong_AsLongLongAndOverflow(object, &raw mut overflow);
        (overflow == 0).then_some(value)
    }
}

impl Value for i64 {
    const IS_CLOSED: bool = true;
    #[inline]
    fn made_by(class: *mut ffi::PyTypeObject) -> Res<Option<Self>> {
        Ok((class == &raw mut ffi::PyLong_Type).then_some(0))
    }
    #[inline]
    fn into_field(self) -> Res<Field> {
        Ok(Field::Int(self))
    }
    #[inline]
    fn from_field(field: &Field) -> Res<Self> {
        match field {
            Field::Int(n) => Ok(*n),
            other => Self::from_obj(&other.object()?),
        }
    }
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyLong_Type);
        // SAFETY: exactly an `int`.
        unsafe { small_int(object) }.map_or_else(unfit, Ok)
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        // SAFETY: makes an `int`.
        unsafe { Obj::owned(ffi::PyLong_FromLongLong(self)) }
    }
    #[inline]
    unsafe fn instead_of(&self, old: *mut PyObject) -> Res<Obj> {
        // SAFETY: promised by the caller.
        unsafe {
            match Self::from_ptr(old) {
                Ok(value) if value == *self => Ok(Obj::borrowed(old)),
                _ => self.to_obj(),
            }
        }
    }
    fn sort_exactly(items: &mut [Self]) -> bool {
        items.sort_unstable();
        true
    }
    #[inline]
    fn rank(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Value for i128 {
    const IS_CLOSED: bool = true;
    #[inline]
    fn into_field(self) -> Res<Field> {
        if let Ok(small) = i64::try_from(self) {
            return Ok(Field::Int(small));
        }
        match u64::try_from(self) {
            Ok(n) => Ok(Field::Unsigned(n)),
            Err(_) => self.into_obj().map(Field::Object),
        }
    }
    #[inline]
    fn from_field(field: &Field) -> Res<Self> {
        match field {
            Field::Int(n) => Ok(Self::from(*n)),
            Field::Unsigned(n) => Ok(Self::from(*n)),
            other => Self::from_obj(&other.object()?),
        }
    }
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyLong_Type);
        // SAFETY: exactly an `int`; the parts below 2^64 and above are read apart.
        unsafe {
            if let Some(small) = small_int(object) {
                return Ok(Self::from(small));
            }
            // A nearest `f64` below 2^64 tells that the number is.
            let nearest = ffi::PyLong_AsDouble(object);
            if (0.0..18_446_744_073_709_551_616.0).contains(&nearest) {
                return Ok(Self::from(ffi::PyLong_AsUnsignedLongLongMask(object)));
            }
            if nearest == -1.0 {
                // Too large for a `f64`: what is a -1 is small.
                ffi::PyErr_Clear();
                return unfit();
            }
            let shift = Obj::owned(ffi::PyLong_FromLong(64))?;
            let high = Obj::owned(ffi::PyNumber_Rshift(object, shift.ptr()))?;
            let Some(high) = small_int(high.ptr()) else {
                return unfit();
            };
            let low = ffi::PyLong_AsUnsignedLongLongMask(object);
            Ok(Self::from(high) << 64 | Self::from(low))
        }
    }
    fn into_obj(self) -> Res<Obj> {
        if let Ok(small) = i64::try_from(self) {
            return small.into_obj();
        }
        // SAFETY: makes `int` objects.
        unsafe {
            if let Ok(n) = u64::try_from(self) {
                return Obj::owned(ffi::PyLong_FromUnsignedLongLong(n));
            }
            let high = Obj::owned(ffi::PyLong_FromLongLong((self >> 64) as i64))?;
            let low = Obj::owned(ffi::PyLong_FromUnsignedLongLong(self as u64))?;
            let shift = Obj::owned(ffi::PyLong_FromLong(64))?;
            let shifted = Obj::owned(ffi::PyNumber_Lshift(high.ptr(), shift.ptr()))?;
            Obj::owned(ffi::PyNumber_Or(shifted.ptr(), low.ptr()))
        }
    }
    unsafe fn instead_of(&self, old: *mut PyObject) -> Res<Obj> {
        // SAFETY: promised by the caller.
        unsafe {
            match Self::from_ptr(old) {
                Ok(value) if value == *self => Ok(Obj::borrowed(old)),
                _ => self.to_obj(),
            }
        }
    }
    fn rank(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Key for i64 {
    const HASHES: bool = true;
    #[inline]
    fn hash_here(&self) -> u64 {
        *self as u64
    }
    #[inline]
    fn is_same(&self, other: &Self) -> bool {
        self == other
    }
    #[inline]
    fn python_hash(&self) -> Option<isize> {
        lookup::int_hash(*self)
    }
    #[inline]
    unsafe fn equals(&self, object: *mut PyObject) -> Option<bool> {
        // SAFETY: promised by the caller; exactly an `int` is read.
        unsafe {
            is_exactly(object, &raw mut ffi::PyLong_Type).then(|| small_int(object) == Some(*self))
        }
    }
}
impl Key for i128 {
    const HASHES: bool = true;
    #[inline]
    fn hash_here(&self) -> u64 {
        *self as u64
    }
    #[inline]
    fn is_same(&self, other: &Self) -> bool {
        self == other
    }
    #[inline]
    fn python_hash(&self) -> Option<isize> {
        i64::try_from(*self).ok()?.python_hash()
    }
    #[inline]
    unsafe fn equals(&self, object: *mut PyObject) -> Option<bool> {
        // SAFETY: promised by the caller.
        unsafe { i64::try_from(*self).ok()?.equals(object) }
    }
}

/// A new `float`, as `PyFloat_FromDouble` makes it where the interpreter has none set aside.
#[cfg(not(any(Py_3_13, Py_GIL_DISABLED, py_sys_config = "Py_REF_DEBUG")))]
#[inline]
fn new_float(value: f64) -> Res<Obj> {
    // SAFETY: the interpreter frees a `float` by `PyObject_Free`; all of its fields are set.
    unsafe {
        let new =
            ffi::PyObject_Malloc(size_of::<ffi::PyFloatObject>()).cast::<ffi::PyFloatObject>();
        if new.is_null() {
            return Err(Exc::GIVE_UP);
        }
        let words = new.cast::<usize>();
        words.write(1);
        words.add(1).write(&raw mut ffi::PyFloat_Type as usize);
        (*new).ob_fval = value;
        Ok(Obj::of_new(new.cast()))
    }
}

/// A new `float`.
#[cfg(any(Py_3_13, Py_GIL_DISABLED, py_sys_config = "Py_REF_DEBUG"))]
#[inline]
fn new_float(value: f64) -> Res<Obj> {
    // SAFETY: makes a `float`.
    unsafe { Obj::owned(ffi::PyFloat_FromDouble(value)) }
}

impl Value for f64 {
    const IS_CLOSED: bool = true;
    #[inline]
    fn made_by(class: *mut ffi::PyTypeObject) -> Res<Option<Self>> {
        Ok((class == &raw mut ffi::PyFloat_Type).then_some(0.0))
    }
    #[inline]
    fn into_field(self) -> Res<Field> {
        Ok(Field::Float(self))
    }
    #[inline]
    fn from_field(field: &Field) -> Res<Self> {
        match field {
            Field::Float(x) => Ok(*x),
            other => Self::from_obj(&other.object()?),
        }
    }
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyFloat_Type);
        // SAFETY: exactly a `float`.
        Ok(taken(unsafe { ffi::PyFloat_AS_DOUBLE(object) }))
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        new_float(given(self)?)
    }
    #[inline]
    unsafe fn instead_of(&self, old: *mut PyObject) -> Res<Obj> {
        // SAFETY: promised by the caller.
        unsafe {
            match Self::from_ptr(old) {
                Ok(value) if value.to_bits() == self.to_bits() => Ok(Obj::borrowed(old)),
                _ => self.to_obj(),
            }
        }
    }
    fn sort_exactly(items: &mut [Self]) -> bool {
        let is_exact = |x: &Self| !x.is_nan() && x.to_bits() != (-0.0f64).to_bits();
        let all = items.iter().all(is_exact);
        if all {
            items.sort_unstable_by(Self::total_cmp);
        }
        all
    }
    #[inline]
    fn rank(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.partial_cmp(other)
    }
}

impl Key for f64 {
    #[inline]
    fn check_key(&self) -> Res<()> {
        if self.is_nan() { give_up() } else { Ok(()) }
    }
}

impl Value for bool {
    const IS_CLOSED: bool = true;
    #[inline]
    fn into_field(self) -> Res<Field> {
        Ok(Field::Bool(self))
    }
    #[inline]
    fn from_field(field: &Field) -> Res<Self> {
        match field {
            Field::Bool(b) => Ok(*b),
            other => Self::from_obj(&other.object()?),
        }
    }
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyBool_Type);
        // SAFETY: `True` lives for ever.
        Ok(object == unsafe { ffi::Py_True() })
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        // SAFETY: both live for ever.
        Ok(unsafe {
            Obj::borrowed(if self {
                ffi::Py_True()
            } else {
                ffi::Py_False()
            })
        })
    }
}
impl Key for bool {
    const HASHES: bool = true;
    #[inline]
    fn hash_here(&self) -> u64 {
        *self as u64
    }
    #[inline]
    fn is_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Value for () {
    const IS_CLOSED: bool = true;
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        // SAFETY: `None` lives for ever.
        if object == unsafe { ffi::Py_None() } {
            Ok(())
        } else {
            unfit()
        }
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        Ok(Obj::none())
    }
}
impl Key for () {}

impl Value for Obj {
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        // SAFETY: promised by the caller.
        Ok(unsafe { Self::borrowed(object) })
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        Ok(self)
    }
}

impl<T: Value> Value for Option<T> {
    const IS_CLOSED: bool = T::IS_CLOSED;
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        // SAFETY: `None` lives for ever; promised by the caller.
        unsafe {
            if object == ffi::Py_None() {
                Ok(None)
            } else {
                T::from_ptr(object).map(Some)
            }
        }
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        self.map_or_else(|| Ok(Obj::none()), Value::into_obj)
    }
    #[inline]
    fn into_field(self) -> Res<Field> {
        self.map_or_else(|| Ok(Field::Object(Obj::none())), Value::into_field)
    }
    #[inline]
    fn from_field(field: &Field) -> Res<Self> {
        match field {
            Field::Object(object) => Self::from_obj(object),
            other => T::from_field(other).map(Some),
        }
    }
}
impl<T: Key> Key for Option<T> {
    fn check_key(&self) -> Res<()> {
        self.as_ref().map_or(Ok(()), Key::check_key)
    }
}

/// The value of something that must not be `None`: Python would fail on it.
#[inline]
pub fn some<T>(value: Option<T>) -> Res<T> {
    value.map_or_else(unfit, Ok)
}

/// Whether what may be `None` is a value.
#[inline]
pub fn is_the<T: Key>(value: &Option<T>, other: &T) -> bool {
    value.as_ref().is_some_and(|v| v.is_same(other))
}

/// Whether a value is what may be `None`.
#[inline]
pub fn is_in<T: Key>(value: &T, other: &Option<T>) -> bool {
    is_the(other, value)
}

/// A variable that may have no value yet.
#[inline]
pub fn bound<T: Clone>(value: &Option<T>) -> Res<T> {
    value.as_ref().map_or_else(unfit, |v| Ok(v.clone()))
}

/// A variable that may have no value yet, for a function inside that changes it.
#[inline]
pub fn bound_mut<T>(value: &mut Option<T>) -> Res<&mut T> {
    value.as_mut().map_or_else(unfit, Ok)
}

/// An `int` constant of any size.
pub fn big(text: &std::ffi::CStr) -> Res<Obj> {
    // SAFETY: a text of digits that ends with a zero byte.
    unsafe {
        Obj::owned(ffi::PyLong_FromString(
            text.as_ptr(),
            std::ptr::null_mut(),
            0,
        ))
    }
}

/// A constant of the program that is made once and kept.
pub struct Constant(Cell<*mut PyObject>);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Constant {}

impl Constant {
    /// A place for a constant.
    #[expect(clippy::new_without_default, reason = "only for statics")]
    pub const fn new() -> Self {
        Self(Cell::new(std::ptr::null_mut()))
    }

    /// The constant, made at the first use.
    #[inline]
    pub fn get(&'static self, make: impl FnOnce() -> Res<Obj>) -> Res<&'static Obj> {
        if self.0.get().is_null() {
            self.0.set(make()?.into_ptr());
        }
        // SAFETY: a kept constant lives for ever, and its place is not written again; a reference has the layout of a
        // pointer.
        Ok(unsafe { &*self.0.as_ptr().cast::<Obj>() })
    }
}

/// Gives up always: a path that only Python can take.
#[cold]
pub fn python_only<T>() -> Res<T> {
    Err(Exc::GIVE_UP)
}
