//! One item in memory as a Python object: NumPy's scalar for indexing, Python's own for `item` and `tolist`.

use std::sync::atomic::{AtomicPtr, Ordering};

use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_elements::f16;
use pyo3::exceptions::{PyMemoryError, PyValueError};
use pyo3::ffi::{self, PyObject, PyTypeObject};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};

use crate::array::{self, Memory};
use crate::classes::{NDARRAY, scalar_class};
use crate::convert::dtype::scalar_type_of;
use crate::convert::dtype_fields;
use crate::convert::ticks;
use crate::descr;
use crate::layout::{DatetimeScalar, Scalar, VoidScalar, descr_flags, flags};

/// Room for any number, aligned for all of them.
#[derive(Clone, Copy)]
#[repr(C, align(16))]
pub(crate) struct Item(pub(crate) [u8; 32]);

impl Item {
    /// Zero bytes.
    pub(crate) const ZERO: Self = Self([0; 32]);

    /// The number at the start.
    ///
    /// # Safety
    ///
    /// Any bytes are a valid `T` of at most 32 bytes.
    #[inline]
    pub(crate) unsafe fn get<T: Copy>(&self) -> T {
        const { assert!(size_of::<T>() <= 32) };
        // SAFETY: the room is large and aligned enough; validity is promised by the caller.
        unsafe { self.0.as_ptr().cast::<T>().read() }
    }

    /// An item that holds a number.
    #[inline]
    pub(crate) fn of<T: Copy>(value: T) -> Self {
        const { assert!(size_of::<T>() <= 32) };
        let mut item = Self::ZERO;
        // SAFETY: the room is large and aligned enough.
        unsafe { item.0.as_mut_ptr().cast::<T>().write(value) };
        item
    }
}

/// Reverses the bytes of a number; each part of a complex one by itself.
pub(crate) fn swap(num: TypeNum, bytes: &mut [u8]) {
    if num.is_complex() {
        let (re, im) = bytes.split_at_mut(bytes.len() / 2);
        re.reverse();
        im.reverse();
    } else {
        bytes.reverse();
    }
}

/// The native number at a pointer.
///
/// # Safety
///
/// `ptr` addresses an item of the number type.
#[inline]
pub(crate) unsafe fn load(num: TypeNum, swapped: bool, ptr: *const u8) -> Item {
    let n = num.facts().itemsize;
    let mut item = Item::ZERO;
    // SAFETY: promised by the caller; numbers have at most 32 bytes.
    unsafe { std::ptr::copy_nonoverlapping(ptr, item.0.as_mut_ptr(), n) };
    if swapped {
        swap(num, &mut item.0[..n]);
    }
    item
}

/// Writes a native number into an item.
///
/// # Safety
///
/// `ptr` addresses an item of the number type.
#[inline]
pub(crate) unsafe fn put(num: TypeNum, swapped: bool, mut item: Item, ptr: *mut u8) {
    let n = num.facts().itemsize;
    if swapped {
        swap(num, &mut item.0[..n]);
    }
    // SAFETY: promised by the caller.
    unsafe { std::ptr::copy_nonoverlapping(item.0.as_ptr(), ptr, n) };
}

/// `numpy.False_` and `numpy.True_`.
static BOOLS: [AtomicPtr<PyObject>; 2] = [const { AtomicPtr::new(std::ptr::null_mut()) }; 2];

/// Memory of `False_` and `True_`, one behind the other as C code expects them.
struct BoolPair(std::cell::UnsafeCell<std::mem::MaybeUninit<[Scalar<u8>; 2]>>);

// SAFETY: written once while the module initialises, under the interpreter lock.
unsafe impl Sync for BoolPair {}

static BOOL_PAIR: BoolPair = BoolPair(std::cell::UnsafeCell::new(std::mem::MaybeUninit::zeroed()));

/// Address of the pair `False_, True_`.
pub(crate) fn bool_pair() -> *const Scalar<u8> {
    BOOL_PAIR.0.get().cast()
}

/// Makes `False_` and `True_`; called once when the module initialises.
pub(crate) fn make_bools(_py: Python<'_>) -> PyResult<()> {
    for (value, slot) in BOOLS.iter().enumerate() {
        // SAFETY: the class is ready; the memory is static and holds two instances, which are never freed.
        unsafe {
            let raw = bool_pair().cast_mut().add(value);
            ffi::PyObject_Init(raw.cast(), scalar_class(TypeNum::Bool).get());
            // Enough references that no miscount reaches zero.
            for _ in 0..4 {
                ffi::Py_INCREF(raw.cast());
            }
            (*raw).obval = value as u8;
            slot.store(raw.cast(), Ordering::Relaxed);
        }
    }
    Ok(())
}

/// `numpy.True_` or `numpy.False_` as a new reference.
///
/// # Safety
///
/// The interpreter is held and the module initialised.
#[inline]
pub(crate) unsafe fn bool_ptr(value: bool) -> *mut PyObject {
    let raw = BOOLS[usize::from(value)].load(Ordering::Relaxed);
    // SAFETY: both live for ever once made.
    unsafe { ffi::Py_INCREF(raw) };
    raw
}

/// A scalar object of a fixed-size number class as a new reference; null with an error set.
///
/// # Safety
///
/// The interpreter is held; `T` is the element of `num`, which is no bool.
#[inline]
pub(crate) unsafe fn number_ptr<T: Copy>(num: TypeNum, value: T) -> *mut PyObject {
    // SAFETY: instances of the class hold a `T` behind the header.
    unsafe {
        let raw = ffi::PyObject_New::<PyObject>(scalar_class(num).get());
        if !raw.is_null() {
            (&raw mut (*raw.cast::<Scalar<T>>()).obval).write_unaligned(value);
        }
        raw
    }
}

/// A scalar object of a number class from a native item.
pub(crate) fn number_object<'py>(
    py: Python<'py>,
    num: TypeNum,
    item: &Item,
) -> PyResult<Bound<'py, PyAny>> {
    debug_assert!(num.is_number());
    // SAFETY: instances hold an item of the type 16 bytes behind their start.
    unsafe {
        if num == TypeNum::Bool {
            return Ok(Bound::from_owned_ptr(py, bool_ptr(item.0[0] != 0)));
        }
        let raw = ffi::PyObject_New::<PyObject>(scalar_class(num).get());
        if raw.is_null() {
            return Err(PyErr::fetch(py));
        }
        let room = raw.cast::<u8>().add(size_of::<PyObject>());
        std::ptr::copy_nonoverlapping(item.0.as_ptr(), room, num.facts().itemsize);
        Ok(Bound::from_owned_ptr(py, raw))
    }
}

/// A datetime or timedelta scalar.
pub(crate) fn ticks_object(
    py: Python<'_>,
    ty: *mut PyTypeObject,
    ticks: i64,
    unit: numpy_rs_core::dtype::DatetimeUnit,
) -> PyResult<Bound<'_, PyAny>> {
    // SAFETY: instances of the class and its subclasses begin with these fields.
    unsafe {
        let raw = ffi::PyType_GenericAlloc(ty, 0);
        if raw.is_null() {
            return Err(PyErr::fetch(py));
        }
        let d = &mut *raw.cast::<DatetimeScalar>();
        d.obval = ticks;
        d.unit = unit.unit;
        d.count = unit.count;
        Ok(Bound::from_owned_ptr(py, raw))
    }
}

/// A `bytes_` (or subclass) of these bytes.
pub(crate) fn bytes_object<'py>(
    py: Python<'py>,
    ty: *mut PyTypeObject,
    bytes: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the class has the layout of Python's bytes, with room for the bytes and a NUL.
    unsafe {
        let raw = ffi::PyType_GenericAlloc(ty, bytes.len() as isize);
        if raw.is_null() {
            return Err(PyErr::fetch(py));
        }
        // A hash of -1 is not yet computed.
        (*raw.cast::<BytesHead>()).hash = -1;
        let room = ffi::PyBytes_AsString(raw).cast::<u8>();
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), room, bytes.len());
        room.add(bytes.len()).write(0);
        Ok(Bound::from_owned_ptr(py, raw))
    }
}

/// The head of Python's bytes.
#[repr(C)]
struct BytesHead {
    ob_base: ffi::PyVarObject,
    hash: isize,
}

/// A `str_` (or subclass) with the text of a Python string.
pub(crate) fn str_object<'py>(
    text: &Bound<'py, PyString>,
    ty: *mut PyTypeObject,
) -> PyResult<Bound<'py, PyAny>> {
    let py = text.py();
    let args = PyTuple::new(py, [text])?;
    // SAFETY: Python's own constructor makes instances of subclasses of str.
    unsafe {
        let new = ffi::PyUnicode_Type
            .tp_new
            .ok_or_else(|| PyMemoryError::new_err(()))?;
        Bound::from_owned_ptr_or_err(py, new(ty, args.as_ptr(), std::ptr::null_mut()))
    }
}

/// The text of a `U` item, without the NULs at its end.
unsafe fn read_str(
    py: Python<'_>,
    ptr: *const u8,
    n_chars: usize,
    swapped: bool,
) -> PyResult<Bound<'_, PyString>> {
    let mut text = String::new();
    let mut n = n_chars;
    // SAFETY: promised by the caller: `n_chars` characters of four bytes.
    let at = |i: usize| unsafe {
        let c = ptr.add(4 * i).cast::<u32>().read_unaligned();
        if swapped { c.swap_bytes() } else { c }
    };
    while n > 0 && at(n - 1) == 0 {
        n -= 1;
    }
    for i in 0..n {
        let c = at(i);
        match char::from_u32(c) {
            Some(c) => text.push(c),
            None => return read_surrogates(py, &(0..n).map(at).collect::<Vec<_>>()),
        }
    }
    Ok(PyString::new(py, &text))
}

/// Python strings may hold lone surrogates, which Rust's may not.
#[cold]
fn read_surrogates<'py>(py: Python<'py>, chars: &[u32]) -> PyResult<Bound<'py, PyString>> {
    if let Some(c) = chars.iter().find(|&&c| c > 0x10_ffff) {
        return Err(PyValueError::new_err(format!(
            "character U+{c:x} is not in range [U+0000; U+10ffff]"
        )));
    }
    // SAFETY: the characters are in range and stay alive during the call.
    unsafe {
        let raw = ffi::PyUnicode_FromKindAndData(4, chars.as_ptr().cast(), chars.len() as isize);
        Ok(Bound::from_owned_ptr_or_err(py, raw)?.cast_into()?)
    }
}

unsafe fn trimmed<'a>(ptr: *const u8, n: usize) -> &'a [u8] {
    if n == 0 {
        return &[];
    }
    // SAFETY: promised by the caller: `n` readable bytes.
    let all = unsafe { std::slice::from_raw_parts(ptr, n) };
    let end = all.iter().rposition(|&b| b != 0).map_or(0, |i| i + 1);
    &all[..end]
}

fn is_swapped(order: std::ffi::c_char) -> bool {
    order as u8
        == if cfg!(target_endian = "little") {
            b'>'
        } else {
            b'<'
        }
}

/// The NumPy scalar for the item at `ptr` (for object dtype the object itself, for subarrays an array).
///
/// # Safety
///
/// `ptr` addresses an item of the dtype; no alignment is needed.
#[inline]
pub(crate) unsafe fn to_object<'py>(
    py: Python<'py>,
    ptr: *const u8,
    descr: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: promised by the caller.
    unsafe { to_object_of(py, ptr, descr, None) }
}

/// As [`to_object`]; a structured item with an owner becomes a view into it instead of a copy.
///
/// # Safety
///
/// As for [`to_object`]; the owner keeps the item alive.
pub(crate) unsafe fn to_object_of<'py>(
    py: Python<'py>,
    ptr: *const u8,
    descr: &Bound<'py, PyAny>,
    owner: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let d = descr::fields(descr);
    let Some(num) = TypeNum::from_c(d.type_num) else {
        return Err(pyo3::exceptions::PyTypeError::new_err("unknown dtype"));
    };
    let swapped = is_swapped(d.byteorder);
    // SAFETY: promised by the caller; each branch reads the bytes of its type.
    unsafe {
        if num.is_number() {
            let item = load(num, swapped, ptr);
            return number_object(py, num, &item);
        }
        match num {
            TypeNum::Object => Ok(read_object(py, ptr)),
            TypeNum::Bytes => {
                bytes_object(py, scalar_type_of(descr), trimmed(ptr, d.elsize as usize))
            }
            TypeNum::Str => {
                let text = read_str(py, ptr, d.elsize as usize / 4, swapped)?;
                str_object(&text, scalar_type_of(descr))
            }
            TypeNum::Datetime | TypeNum::Timedelta => {
                let mut ticks = ptr.cast::<i64>().read_unaligned();
                if swapped {
                    ticks = ticks.swap_bytes();
                }
                let unit = descr::to_dtype(descr)?.datetime_unit();
                ticks_object(py, scalar_class(num).get(), ticks, unit)
            }
            _ => {
                if !d.subarray.is_null() {
                    return subarray_object(py, ptr, descr);
                }
                void_object(py, ptr.cast_mut(), descr, owner)
            }
        }
    }
}

unsafe fn read_object(py: Python<'_>, ptr: *const u8) -> Bound<'_, PyAny> {
    // SAFETY: promised by the caller: an owned reference or null, which reads as None.
    unsafe {
        let raw = ptr.cast::<*mut PyObject>().read_unaligned();
        if raw.is_null() {
            py.None().into_bound(py)
        } else {
            Bound::from_borrowed_ptr(py, raw)
        }
    }
}

/// A `void` scalar: a copy of the item, or a view of it inside its owner.
///
/// # Safety
///
/// `ptr` addresses an item of the dtype, which the owner (if any) keeps alive.
pub(crate) unsafe fn void_object<'py>(
    py: Python<'py>,
    ptr: *mut u8,
    descr: &Bound<'py, PyAny>,
    owner: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let d = descr::fields(descr);
    // SAFETY: instances of the class begin with these fields; data is copied or kept alive by the owner.
    unsafe {
        let ty = scalar_type_of(descr);
        let Some(alloc) = (*ty).tp_alloc else {
            return Err(PyValueError::new_err(
                "the class of a structured item cannot be made",
            ));
        };
        let raw = alloc(ty, 0);
        let made = Bound::from_owned_ptr_or_err(py, raw)?;
        let v = &mut *raw.cast::<VoidScalar>();
        v.ob_base.ob_size = d.elsize;
        v.descr = descr.clone().into_ptr().cast();
        if let Some(owner) = owner.filter(|_| !d.names.is_null()) {
            v.obval = ptr;
            v.flags = flags::BEHAVED & !flags::WRITEABLE;
            if let Some(a) = array::ArrayRef::from_object(owner) {
                v.flags = a.flags() & (flags::BEHAVED | flags::WARN_ON_WRITE);
            } else {
                v.flags = flags::BEHAVED;
            }
            v.base = owner.clone().into_ptr();
        } else {
            let n = d.elsize as usize;
            let room = numpy_rs_core::buffer::memory::allocate_zeroed(n);
            if room.is_null() {
                return Err(PyMemoryError::new_err(()));
            }
            std::ptr::copy_nonoverlapping(ptr, room, n);
            v.obval = room;
            v.flags = flags::BEHAVED | flags::OWNDATA;
            if d.flags & descr_flags::ITEM_REFCOUNT != 0 {
                let core = descr::to_dtype(descr)?;
                numpy_rs_core::references::retain_items(&core, room, 1);
            }
        }
        Ok(made)
    }
}

/// The inner array of a subarray item, as a copy.
unsafe fn subarray_object<'py>(
    py: Python<'py>,
    ptr: *const u8,
    descr: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let core = descr::to_dtype(descr)?;
    let Some((base, shape)) = core.subarray_parts() else {
        return Err(PyValueError::new_err("not a subarray dtype"));
    };
    let inner = descr::from_dtype(py, base)?;
    let made = array::new_array(py, NDARRAY.get(), inner, shape, None, Memory::Uninit)?;
    // SAFETY: the new array has the bytes of one item.
    unsafe {
        std::ptr::copy_nonoverlapping(ptr, made.data(), core.itemsize());
        if core.has_objects() {
            numpy_rs_core::references::retain_items(&core, made.data(), 1);
        }
    }
    Ok(made.into_any())
}

/// The Python object of a native number: what `item()` gives.
pub(crate) fn number_to_python<'py>(
    py: Python<'py>,
    num: TypeNum,
    item: &Item,
) -> PyResult<Bound<'py, PyAny>> {
    use TypeNum as T;
    // SAFETY: the item holds a number of the type; Python's constructors give new references.
    unsafe {
        let raw = match num {
            T::Bool => ffi::PyBool_FromLong(i64::from(item.0[0] != 0) as _),
            T::Byte => ffi::PyLong_FromLong(item.get::<i8>().into()),
            T::UByte => ffi::PyLong_FromLong(item.get::<u8>().into()),
            T::Short => ffi::PyLong_FromLong(item.get::<i16>().into()),
            T::UShort => ffi::PyLong_FromLong(item.get::<u16>().into()),
            T::Int => ffi::PyLong_FromLong(item.get::<i32>().into()),
            T::UInt => ffi::PyLong_FromUnsignedLong(item.get::<u32>().into()),
            T::Long => ffi::PyLong_FromLong(item.get::<std::ffi::c_long>()),
            T::ULong => ffi::PyLong_FromUnsignedLong(item.get::<std::ffi::c_ulong>()),
            T::LongLong => ffi::PyLong_FromLongLong(item.get::<i64>()),
            T::ULongLong => ffi::PyLong_FromUnsignedLongLong(item.get::<u64>()),
            T::Half => ffi::PyFloat_FromDouble(item.get::<f16>().to_f64()),
            T::Float => ffi::PyFloat_FromDouble(item.get::<f32>().into()),
            T::Double => ffi::PyFloat_FromDouble(item.get::<f64>()),
            T::CFloat => {
                let [re, im] = item.get::<[f32; 2]>();
                ffi::PyComplex_FromDoubles(re.into(), im.into())
            }
            T::CDouble => {
                let [re, im] = item.get::<[f64; 2]>();
                ffi::PyComplex_FromDoubles(re, im)
            }
            _ => return number_object(py, num, item),
        };
        Bound::from_owned_ptr_or_err(py, raw)
    }
}

/// The Python object for the item at `ptr`, as `item()` and `tolist()` give it.
///
/// # Safety
///
/// As for [`to_object`].
pub(crate) unsafe fn to_python<'py>(
    py: Python<'py>,
    ptr: *const u8,
    descr: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let d = descr::fields(descr);
    let Some(num) = TypeNum::from_c(d.type_num) else {
        return Err(pyo3::exceptions::PyTypeError::new_err("unknown dtype"));
    };
    let swapped = is_swapped(d.byteorder);
    // SAFETY: promised by the caller; each branch reads the bytes of its type.
    unsafe {
        if num.is_number() {
            return number_to_python(py, num, &load(num, swapped, ptr));
        }
        match num {
            TypeNum::Object => Ok(read_object(py, ptr)),
            TypeNum::Bytes => Ok(PyBytes::new(py, trimmed(ptr, d.elsize as usize)).into_any()),
            TypeNum::Str => Ok(read_str(py, ptr, d.elsize as usize / 4, swapped)?.into_any()),
            TypeNum::Datetime | TypeNum::Timedelta => {
                let mut t = ptr.cast::<i64>().read_unaligned();
                if swapped {
                    t = t.swap_bytes();
                }
                let unit = descr::to_dtype(descr)?.datetime_unit();
                ticks::to_python(py, num, t, unit)
            }
            _ if !d.subarray.is_null() => subarray_object(py, ptr, descr),
            _ if !d.names.is_null() => {
                let mut items = Vec::new();
                for f in dtype_fields::specs_of(descr)? {
                    items.push(to_python(py, ptr.add(f.offset), &f.descr)?);
                }
                Ok(PyTuple::new(py, items)?.into_any())
            }
            _ => {
                let bytes = std::slice::from_raw_parts(ptr, d.elsize as usize);
                Ok(PyBytes::new(py, bytes).into_any())
            }
        }
    }
}

/// [`to_object`] for a core dtype.
///
/// # Safety
///
/// As for [`to_object`].
#[inline]
pub(crate) unsafe fn core_to_object<'py>(
    py: Python<'py>,
    ptr: *const u8,
    dtype: &DType,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: promised by the caller.
    unsafe {
        if dtype.num().is_number() {
            return number_object(py, dtype.num(), &load(dtype.num(), !dtype.is_native(), ptr));
        }
        to_object(py, ptr, &descr::from_dtype(py, dtype)?)
    }
}

/// [`to_python`] for a core dtype.
///
/// # Safety
///
/// As for [`to_object`].
#[inline]
pub(crate) unsafe fn core_to_python<'py>(
    py: Python<'py>,
    ptr: *const u8,
    dtype: &DType,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: promised by the caller.
    unsafe {
        if dtype.num().is_number() {
            return number_to_python(py, dtype.num(), &load(dtype.num(), !dtype.is_native(), ptr));
        }
        to_python(py, ptr, &descr::from_dtype(py, dtype)?)
    }
}
