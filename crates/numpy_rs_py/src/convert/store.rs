//! Storing Python objects into items, with NumPy's rules of conversion and its errors.

use std::sync::OnceLock;

use numpy_rs_core::cast;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_elements::{Complex, LongDouble};
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};

use crate::array::ArrayRef;
use crate::beside;
use crate::classes::{AbstractScalar, num_of_scalar_class, scalar_class};
use crate::convert::item::{self, Item};
use crate::convert::{dtype_fields, foreign, ticks, warning};
use crate::descr;
use crate::error::OrRaise;
use crate::errstate;
use crate::layout::{ArrayDescr, DatetimeScalar, VoidScalar, descr_flags};
use crate::stack;

use TypeNum as T;

/// The type of a scalar of ours (or of a class derived from one); `None` for anything else.
pub(crate) fn scalar_num(object: &Bound<'_, PyAny>) -> Option<TypeNum> {
    let ty = object.get_type_ptr();
    if let Some(num) = num_of_scalar_class(ty) {
        return Some(num);
    }
    if !AbstractScalar::Generic.class().is_instance(object) {
        return None;
    }
    let mut base = ty;
    while !base.is_null() {
        if let Some(num) = num_of_scalar_class(base) {
            return Some(num);
        }
        // SAFETY: the chain of bases of a live type is live.
        base = unsafe { (*base).tp_base };
    }
    None
}

/// The native number inside a scalar of a number type.
///
/// # Safety
///
/// `object` is an instance of the scalar class of `num`, which is a number type.
#[inline]
pub(crate) unsafe fn scalar_item(object: *mut PyObject, num: TypeNum) -> Item {
    // SAFETY: the value follows the header.
    unsafe { item::load(num, false, object.cast::<u8>().add(size_of::<PyObject>())) }
}

/// A number as another number type, with its events reported as those of a cast.
pub(crate) fn cast_item(
    py: Python<'_>,
    from: TypeNum,
    to: TypeNum,
    value: &Item,
) -> PyResult<Item> {
    if from == to {
        return Ok(*value);
    }
    warning::imaginary_dropped(py, from, to)?;
    let (out, found) = cast_quietly(from, to, value)?;
    errstate::report(py, found, "cast")?;
    Ok(out)
}

/// As [`cast_item`] without reports.
pub(crate) fn cast_quietly(
    from: TypeNum,
    to: TypeNum,
    value: &Item,
) -> PyResult<(Item, numpy_rs_elements::fp_events::FpEvents)> {
    let run = cast::cast_loop(&DType::new(from), &DType::new(to)).or_raise()?;
    let mut out = Item::ZERO;
    // SAFETY: both items have room for any number, and no objects are involved.
    let status = unsafe { run.run(value.0.as_ptr(), 0, out.0.as_mut_ptr(), 0, 1, true) };
    if let Some(e) = status.error {
        return Err(cast::convert::take_error(e)).or_raise();
    }
    Ok((out, status.events))
}

/// A longdouble from decimal text, as C's `strtold` reads it.
pub(crate) fn longdouble_from_text(text: &str) -> Option<LongDouble> {
    let text = text.trim();
    let plain = text.replace('_', "");
    let c = std::ffi::CString::new(plain).ok()?;
    #[cfg(all(target_arch = "x86_64", not(windows)))]
    {
        let mut out = LongDouble::ZERO;
        let mut used: std::ffi::c_int = 0;
        // SAFETY: the format stores one long double of 16 bytes and one int.
        let n = unsafe { libc::sscanf(c.as_ptr(), c"%Lf%n".as_ptr(), &raw mut out, &raw mut used) };
        (n >= 1 && used as usize == c.as_bytes().len()).then_some(out)
    }
    #[cfg(not(all(target_arch = "x86_64", not(windows))))]
    c.to_str().ok()?.parse().ok()
}

fn longdouble_from_f64(x: f64) -> LongDouble {
    #[cfg(all(target_arch = "x86_64", not(windows)))]
    {
        LongDouble::from_f64(x)
    }
    #[cfg(not(all(target_arch = "x86_64", not(windows))))]
    x
}

#[cold]
fn out_of_bounds(object: &Bound<'_, PyAny>, num: TypeNum) -> PyErr {
    let value = object
        .repr()
        .map_or_else(|_| "value".to_owned(), |r| r.to_string());
    PyOverflowError::new_err(format!(
        "Python integer {value} out of bounds for {}",
        DType::new(num)
    ))
}

/// A Python int as an integer of a type; NumPy's `OverflowError` where it does not fit.
pub(crate) fn int_item(object: &Bound<'_, PyAny>, num: TypeNum) -> PyResult<Item> {
    let mut overflow = 0;
    // SAFETY: the object is an int.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object.as_ptr(), &raw mut overflow) };
    if value == -1 && overflow == 0 && PyErr::occurred(object.py()) {
        return Err(PyErr::fetch(object.py()));
    }
    macro_rules! fit {
        ($t:ty) => {
            match <$t>::try_from(value) {
                Ok(v) if overflow == 0 => Ok(Item::of(v)),
                _ => Err(out_of_bounds(object, num)),
            }
        };
    }
    match num {
        T::Byte => fit!(i8),
        T::UByte => fit!(u8),
        T::Short => fit!(i16),
        T::UShort => fit!(u16),
        T::Int => fit!(i32),
        T::UInt => fit!(u32),
        T::Long => fit!(std::ffi::c_long),
        T::LongLong => fit!(i64),
        _ if overflow == 0 && value >= 0 => Ok(Item::of(value as u64)),
        _ if overflow <= 0 => Err(out_of_bounds(object, num)),
        _ => {
            // SAFETY: the object is a positive int.
            let big = unsafe { ffi::PyLong_AsUnsignedLongLong(object.as_ptr()) };
            if big == u64::MAX && PyErr::occurred(object.py()) {
                drop(PyErr::take(object.py()));
                return Err(out_of_bounds(object, num));
            }
            Ok(Item::of(big))
        }
    }
}

fn float_of(object: &Bound<'_, PyAny>) -> PyResult<f64> {
    // SAFETY: a live object; the result is checked.
    unsafe {
        let p = object.as_ptr();
        if ffi::PyFloat_CheckExact(p) != 0 {
            return Ok(ffi::PyFloat_AS_DOUBLE(p));
        }
        if object.is_none() {
            return Ok(f64::NAN);
        }
        let number = if ffi::PyUnicode_Check(p) != 0 || ffi::PyBytes_Check(p) != 0 {
            ffi::PyFloat_FromString(p)
        } else {
            ffi::PyNumber_Float(p)
        };
        let number = Bound::from_owned_ptr_or_err(object.py(), number)?;
        Ok(ffi::PyFloat_AS_DOUBLE(number.as_ptr()))
    }
}

fn complex_of(object: &Bound<'_, PyAny>) -> PyResult<[f64; 2]> {
    // SAFETY: a live object; results are checked.
    unsafe {
        let mut p = object.as_ptr();
        if object.is_none() {
            return Ok([f64::NAN, f64::NAN]);
        }
        let parsed;
        if ffi::PyUnicode_Check(p) != 0 || ffi::PyBytes_Check(p) != 0 {
            let text = if ffi::PyBytes_Check(p) != 0 {
                object.call_method1("decode", ("ascii",))?
            } else {
                object.clone()
            };
            let class: *mut PyObject = (&raw mut ffi::PyComplex_Type).cast();
            let class = Bound::<PyAny>::from_borrowed_ptr(object.py(), class);
            parsed = class.call1((text,))?;
            p = parsed.as_ptr();
        }
        let c = ffi::PyComplex_AsCComplex(p);
        if c.real == -1.0 && PyErr::occurred(object.py()) {
            return Err(PyErr::fetch(object.py()));
        }
        Ok([c.real, c.imag])
    }
}

fn longdouble_of(object: &Bound<'_, PyAny>) -> PyResult<LongDouble> {
    // SAFETY: a live object.
    let is_int = unsafe { ffi::PyLong_Check(object.as_ptr()) != 0 };
    let text = if let Ok(s) = object.cast::<PyString>() {
        Some(s.to_str()?.to_owned())
    } else if let Ok(b) = object.cast::<PyBytes>() {
        Some(String::from_utf8_lossy(b.as_bytes()).into_owned())
    } else if is_int {
        // Digits beyond what a double holds must survive; Python limits the length of decimal text.
        let bits: i64 = object.call_method0("bit_length")?.extract()?;
        if bits <= 53 {
            None
        } else if bits > 16_384 {
            let negative = object.lt(0)?;
            PyErr::warn(
                object.py(),
                &object.py().get_type::<pyo3::exceptions::PyRuntimeWarning>(),
                c"overflow encountered in conversion from string",
                1,
            )?;
            let inf = longdouble_from_f64(f64::INFINITY);
            return Ok(if negative {
                longdouble_from_f64(f64::NEG_INFINITY)
            } else {
                inf
            });
        } else {
            let hex: String = object.call_method1("__format__", ("#x",))?.extract()?;
            Some(hex)
        }
    } else {
        None
    };
    match text {
        Some(text) => longdouble_from_text(&text).ok_or_else(|| {
            PyValueError::new_err(format!(
                "could not convert string to longdouble: {}",
                numpy_rs_core::dtype::text::py_str_repr(&text)
            ))
        }),
        None => Ok(longdouble_from_f64(float_of(object)?)),
    }
}

/// Narrows to float32, and says whether a finite number became infinite.
fn narrow(x: f64) -> (f32, bool) {
    let y = x as f32;
    (y, y.is_infinite() && x.is_finite())
}

/// The number of a type that an object stands for when it is stored.
#[inline]
pub(crate) fn number_of(object: &Bound<'_, PyAny>, num: TypeNum) -> PyResult<Item> {
    // SAFETY: exact Python floats and ints are read as what they are.
    unsafe {
        let p = object.as_ptr();
        if num == T::Double && ffi::PyFloat_CheckExact(p) != 0 {
            return Ok(Item::of(ffi::PyFloat_AS_DOUBLE(p)));
        }
        if num.is_integer() && ffi::PyLong_CheckExact(p) != 0 {
            return int_item(object, num);
        }
    }
    number_of_any(object, num)
}

fn number_of_any(object: &Bound<'_, PyAny>, num: TypeNum) -> PyResult<Item> {
    let py = object.py();
    if let Some(from) = scalar_num(object).filter(|n| n.is_number()) {
        // NumPy: what a signed integer takes from a scalar of another type goes through `__int__` and must fit.
        let through_int =
            num.kind() == b'i' && from != num && !from.is_complex() && from != T::Bool;
        if !through_int {
            // SAFETY: the object is an instance of that class.
            let value = unsafe { scalar_item(object.as_ptr(), from) };
            return cast_item(py, from, num, &value);
        }
        // SAFETY: a live object.
        let whole =
            unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyNumber_Long(object.as_ptr()))? };
        // SAFETY: a live int.
        if unsafe { ffi::PyLong_AsLong(whole.as_ptr()) } == -1 && PyErr::occurred(py) {
            return Err(PyErr::fetch(py));
        }
        return int_item(&whole, num);
    }
    // A subclass tells itself what int or float it is.
    if let Some(array) = ArrayRef::from_object(object)
        && array.ndim() == 0
        && (array.is_exact() || num.is_complex() || num == T::LongDouble)
    {
        let d = array.descr();
        // SAFETY: a 0-d array has one item.
        let inner = unsafe { item::to_object(py, array.data(), &d)? };
        if !inner.is(object) {
            // Arrays in arrays may go as deep as they like, or in a circle.
            stack::check("while an array is converted to a number")?;
            return number_of(&inner, num);
        }
    }
    plain_number(object, num).map_err(|e| sequence_error(object, e))
}

fn plain_number(object: &Bound<'_, PyAny>, num: TypeNum) -> PyResult<Item> {
    let py = object.py();
    Ok(match num {
        T::Bool => Item::of(u8::from(truth(object)?)),
        T::Half | T::Float => {
            let x = float_of(object)?;
            let (item, over) = if num == T::Float {
                let (y, over) = narrow(x);
                (Item::of(y), over)
            } else {
                let y = numpy_rs_elements::real::f16_from_f64(x);
                (Item::of(y), y.is_infinite() && x.is_finite())
            };
            if over {
                errstate::report(py, numpy_rs_elements::fp_events::FpEvents::OVERFLOW, "cast")?;
            }
            item
        }
        T::Double => Item::of(float_of(object)?),
        T::LongDouble => Item::of(longdouble_of(object)?),
        T::CFloat => {
            let [re, im] = complex_of(object)?;
            let ((re, a), (im, b)) = (narrow(re), narrow(im));
            if a || b {
                errstate::report(py, numpy_rs_elements::fp_events::FpEvents::OVERFLOW, "cast")?;
            }
            Item::of(Complex::new(re, im))
        }
        T::CDouble => Item::of(complex_of(object)?),
        T::CLongDouble => {
            // SAFETY: a live object.
            let is_complex = unsafe { ffi::PyComplex_Check(object.as_ptr()) != 0 };
            let (re, im) = if is_complex || object.is_none() || object.hasattr("__complex__")? {
                let [re, im] = complex_of(object)?;
                (longdouble_from_f64(re), longdouble_from_f64(im))
            } else if object.is_instance_of::<PyString>() {
                if let Ok(re) = longdouble_of(object) {
                    (re, longdouble_from_f64(0.0))
                } else {
                    let [re, im] = complex_of(object)?;
                    (longdouble_from_f64(re), longdouble_from_f64(im))
                }
            } else {
                (longdouble_of(object)?, longdouble_from_f64(0.0))
            };
            Item::of([re, im])
        }
        _ => {
            // SAFETY: a live object.
            let number =
                unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyNumber_Long(object.as_ptr()))? };
            // What is no int went through C's long first, and says so when it is too large.
            let is_int = object.is_instance_of::<pyo3::types::PyInt>();
            if !is_int && !num.is_unsigned() || num.facts().itemsize < 8 && !is_int {
                // SAFETY: a live int.
                let long = unsafe { ffi::PyLong_AsLong(number.as_ptr()) };
                if long == -1 && PyErr::occurred(py) {
                    return Err(PyErr::fetch(py));
                }
            }
            int_item(&number, num)?
        }
    })
}

fn truth(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    object.is_truthy()
}

/// Whether an object is a sequence that is no text and no 0-d array.
fn is_sequence(object: &Bound<'_, PyAny>) -> bool {
    if object.is_instance_of::<PyString>() || object.is_instance_of::<PyBytes>() {
        return false;
    }
    if let Some(a) = ArrayRef::from_object(object) {
        return a.ndim() > 0;
    }
    // SAFETY: a live object.
    unsafe { ffi::PySequence_Check(object.as_ptr()) != 0 }
}

/// A failed conversion of a sequence says what was really wrong.
#[cold]
fn sequence_error(object: &Bound<'_, PyAny>, cause: PyErr) -> PyErr {
    let py = object.py();
    if !is_sequence(object) || object.len().is_err() {
        drop(PyErr::take(py));
        return cause;
    }
    let error = PyValueError::new_err("setting an array element with a sequence.");
    error.set_cause(py, Some(cause));
    error
}

/// How a subarray item takes an object: set by the module that converts arrays.
type StoreSubarray = for<'py> fn(&Bound<'py, PyAny>, &Bound<'py, PyAny>, *mut u8) -> PyResult<()>;
static STORE_SUBARRAY: OnceLock<StoreSubarray> = OnceLock::new();

/// Registers the conversion of objects to subarray items.
pub(crate) fn register_subarray(f: StoreSubarray) {
    let _ = STORE_SUBARRAY.set(f);
}

/// Stores an object into the item at `ptr`.
///
/// # Safety
///
/// `ptr` addresses a writable item of the dtype whose references, if any, are owned or null; no alignment is needed.
#[inline]
pub(crate) unsafe fn store<'py>(
    descr: &Bound<'py, PyAny>,
    object: &Bound<'py, PyAny>,
    ptr: *mut u8,
) -> PyResult<()> {
    let d = descr::fields(descr);
    let Some(num) = TypeNum::from_c(d.type_num) else {
        return Err(PyTypeError::new_err("unknown dtype"));
    };
    // SAFETY: promised by the caller.
    unsafe {
        if num.is_number() {
            let value = number_of(object, num)?;
            item::put(num, is_swapped(d), value, ptr);
            return Ok(());
        }
        store_other(num, descr, object, ptr)
    }
}

fn is_swapped(d: &ArrayDescr) -> bool {
    d.byteorder as u8
        == if cfg!(target_endian = "little") {
            b'>'
        } else {
            b'<'
        }
}

/// The ticks of a date where a span is wanted, or the other way round: they are cast as they are.
fn ticks_of_other(object: &Bound<'_, PyAny>, num: TypeNum) -> Option<i64> {
    let other = match num {
        T::Datetime => T::Timedelta,
        T::Timedelta => T::Datetime,
        _ => return None,
    };
    scalar_class(other).is_instance(object).then(|| {
        // SAFETY: instances of the class begin with these fields.
        unsafe { (*object.as_ptr().cast::<DatetimeScalar>()).obval }
    })
}

/// NumPy: only a date or span by itself is cast; one inside a tuple must be of the field's kind.
fn refuse_other_ticks(descr: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
    if !scalar_class(T::Datetime).is_instance(value)
        && !scalar_class(T::Timedelta).is_instance(value)
    {
        return Ok(());
    }
    for spec in dtype_fields::specs_of(descr)? {
        refuse_other_ticks(&spec.descr, value)?;
    }
    let num = TypeNum::from_c(descr::fields(descr).type_num).unwrap_or(T::Void);
    match (ticks_of_other(value, num), num) {
        (None, _) => Ok(()),
        (_, T::Datetime) => Err(PyValueError::new_err(
            "Could not convert object to NumPy datetime",
        )),
        _ => Err(PyValueError::new_err(
            "Could not convert object to NumPy timedelta",
        )),
    }
}

unsafe fn store_other<'py>(
    num: TypeNum,
    descr: &Bound<'py, PyAny>,
    object: &Bound<'py, PyAny>,
    ptr: *mut u8,
) -> PyResult<()> {
    let d = descr::fields(descr);
    let py = object.py();
    // SAFETY: promised by the caller of `store`: an item of the dtype.
    unsafe {
        match num {
            T::Object => {
                let slot = ptr.cast::<*mut PyObject>();
                let old = slot.read_unaligned();
                slot.write_unaligned(object.clone().into_ptr());
                ffi::Py_XDECREF(old);
                Ok(())
            }
            T::Datetime | T::Timedelta => {
                let unit = descr::to_dtype(descr)?.datetime_unit();
                ticks::warn_of_generic(object, num, unit)?;
                let object = unpack(object)?;
                let mut t = match ticks_of_other(&object, num) {
                    Some(t) => t,
                    None => ticks::store_value(&object, num, unit)?,
                };
                if is_swapped(d) {
                    t = t.swap_bytes();
                }
                ptr.cast::<i64>().write_unaligned(t);
                Ok(())
            }
            T::Bytes => {
                let bytes = bytes_of(object)?;
                let bytes = bytes.as_bytes();
                let n = bytes.len().min(d.elsize as usize);
                std::ptr::copy_nonoverlapping(bytes.as_ptr(), ptr, n);
                std::ptr::write_bytes(ptr.add(n), 0, d.elsize as usize - n);
                Ok(())
            }
            T::Str => {
                let text = text_of(object)?;
                let n = d.elsize as usize / 4;
                let len = (ffi::PyUnicode_GetLength(text.as_ptr()) as usize).min(n);
                for i in 0..n {
                    let mut c = if i < len {
                        ffi::PyUnicode_ReadChar(text.as_ptr(), i as isize)
                    } else {
                        0
                    };
                    if is_swapped(d) {
                        c = c.swap_bytes();
                    }
                    ptr.add(4 * i).cast::<u32>().write_unaligned(c);
                }
                Ok(())
            }
            _ if !d.subarray.is_null() => match STORE_SUBARRAY.get() {
                Some(f) => f(descr, object, ptr),
                None => Err(PyTypeError::new_err("subarray items cannot be stored")),
            },
            _ if !d.names.is_null() => store_struct(py, descr, object, ptr),
            _ => store_void(descr, object, ptr),
        }
    }
}

/// The item inside a 0-d array; other objects as they are.
fn unpack<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if let Some(array) = ArrayRef::from_object(object)
        && array.ndim() == 0
    {
        // SAFETY: a 0-d array has one item.
        return unsafe { item::to_object(object.py(), array.data(), &array.descr()) };
    }
    Ok(object.clone())
}

/// The bytes that an `S` item takes from an object.
pub(crate) fn bytes_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    let object = unpack(object)?;
    if let Ok(b) = object.cast::<PyBytes>() {
        return Ok(b.clone());
    }
    if is_sequence(&object) && scalar_num(&object).is_none() {
        return Err(PyValueError::new_err(
            "setting an array element with a sequence",
        ));
    }
    let text = if object.is_instance_of::<PyString>() {
        object
    } else {
        object.str()?.into_any()
    };
    Ok(text
        .call_method1("encode", ("ascii", "strict"))?
        .cast_into()?)
}

/// The text that a `U` item takes from an object.
pub(crate) fn text_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    let object = unpack(object)?;
    if let Ok(s) = object.cast::<PyString>() {
        return Ok(s.clone());
    }
    if object.is_instance_of::<PyBytes>() {
        return Ok(object
            .call_method1("decode", ("ascii", "strict"))?
            .cast_into()?);
    }
    if is_sequence(&object) && scalar_num(&object).is_none() {
        return Err(PyValueError::new_err(
            "setting an array element with a sequence",
        ));
    }
    object.str()
}

/// Unstructured bytes from anything with a buffer.
unsafe fn store_void<'py>(
    descr: &Bound<'py, PyAny>,
    object: &Bound<'py, PyAny>,
    ptr: *mut u8,
) -> PyResult<()> {
    let size = descr::fields(descr).elsize as usize;
    // SAFETY: the item has `size` bytes; the buffer is released after the copy.
    unsafe {
        if scalar_class(T::Void).is_instance(object) {
            let v = &*object.as_ptr().cast::<VoidScalar>();
            let n = ((*v.descr).elsize as usize).min(size);
            std::ptr::copy(v.obval, ptr, n);
            std::ptr::write_bytes(ptr.add(n), 0, size - n);
            return Ok(());
        }
        if ffi::PyUnicode_Check(object.as_ptr()) != 0 {
            return Err(PyTypeError::new_err(
                "a bytes-like object is required, not 'str'",
            ));
        }
        let mut view: ffi::Py_buffer = std::mem::zeroed();
        if ffi::PyObject_GetBuffer(object.as_ptr(), &raw mut view, ffi::PyBUF_SIMPLE) < 0 {
            return Err(PyErr::fetch(object.py()));
        }
        let n = (view.len as usize).min(size);
        std::ptr::copy(view.buf.cast::<u8>(), ptr, n);
        std::ptr::write_bytes(ptr.add(n), 0, size - n);
        ffi::PyBuffer_Release(&raw mut view);
    }
    Ok(())
}

/// A structured item from a tuple, another structured scalar, or one value for all fields.
unsafe fn store_struct<'py>(
    py: Python<'py>,
    descr: &Bound<'py, PyAny>,
    object: &Bound<'py, PyAny>,
    ptr: *mut u8,
) -> PyResult<()> {
    let specs = dtype_fields::specs_of(descr)?;
    let object = if ArrayRef::from_object(object).is_some_and(|a| a.ndim() == 0) {
        unpack(object)?
    } else {
        object.clone()
    };
    // SAFETY: fields lie inside the item; the scalar's data is live.
    unsafe {
        if scalar_class(T::Void).is_instance(&object) {
            let v = &*object.as_ptr().cast::<VoidScalar>();
            let from = descr::dtype_of(py, v.descr)?;
            let to = descr::to_dtype(descr)?;
            let run = cast::cast_loop(&from, &to).or_raise()?;
            let status = run.run(v.obval, 0, ptr, 0, 1, true);
            if let Some(e) = status.error {
                return Err(cast::convert::take_error(e)).or_raise();
            }
            return errstate::report(py, status.events, "cast");
        }
        if let Ok(tuple) = object.cast::<PyTuple>() {
            if tuple.len() != specs.len() {
                return Err(PyValueError::new_err(format!(
                    "could not assign tuple of length {} to structure with {} fields.",
                    tuple.len(),
                    specs.len()
                )));
            }
            for (spec, value) in specs.iter().zip(tuple.iter()) {
                refuse_other_ticks(&spec.descr, &value)?;
                store(&spec.descr, &value, ptr.add(spec.offset))?;
            }
            return Ok(());
        }
        for spec in &specs {
            store(&spec.descr, &object, ptr.add(spec.offset))?;
        }
    }
    Ok(())
}

/// [`store`] for a core dtype.
///
/// # Safety
///
/// As for [`store`].
#[inline]
pub(crate) unsafe fn store_core(
    dtype: &DType,
    object: &Bound<'_, PyAny>,
    ptr: *mut u8,
) -> PyResult<()> {
    // SAFETY: promised by the caller.
    unsafe {
        if dtype.num().is_number() {
            let value = number_of(object, dtype.num())?;
            item::put(dtype.num(), !dtype.is_native(), value, ptr);
            return Ok(());
        }
        store(&descr::from_dtype(object.py(), dtype)?, object, ptr)
    }
}

/// The dtype of a scalar of ours, as a `dtype` object.
pub(crate) fn scalar_descr<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = object.py();
    let Some(num) = scalar_num(object) else {
        if beside::is_array_or_scalar(object) {
            return foreign::dtype_of(object, crate::convert::dtype::from_any).map(Some);
        }
        return Ok(None);
    };
    let made = match num {
        T::Bytes => {
            let n = object.cast::<PyBytes>()?.as_bytes().len();
            descr::from_dtype(py, &DType::bytes(n))?
        }
        T::Str => {
            // SAFETY: str_ is a str.
            let n = unsafe { ffi::PyUnicode_GetLength(object.as_ptr()) } as usize;
            descr::from_dtype(py, &DType::str(n))?
        }
        T::Datetime | T::Timedelta => {
            // SAFETY: instances begin with these fields.
            let d = unsafe { &*object.as_ptr().cast::<DatetimeScalar>() };
            let unit = numpy_rs_core::dtype::DatetimeUnit {
                unit: d.unit,
                count: d.count,
            };
            descr::from_dtype(py, &DType::datetime(num, unit))?
        }
        T::Void => {
            // SAFETY: instances begin with these fields.
            unsafe {
                let v = &*object.as_ptr().cast::<VoidScalar>();
                if v.descr.is_null() {
                    descr::singleton(py, T::Void)
                } else {
                    Bound::from_borrowed_ptr(py, v.descr.cast())
                }
            }
        }
        _ => descr::singleton(py, num),
    };
    Ok(Some(made))
}

/// Whether items of a `dtype` object hold references.
pub(crate) fn has_references(descr: &Bound<'_, PyAny>) -> bool {
    descr::fields(descr).flags & descr_flags::ITEM_HASOBJECT != 0
}
