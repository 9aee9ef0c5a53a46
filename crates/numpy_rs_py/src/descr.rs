//! `dtype` objects and core dtypes: each is made from the other, and the C fields are the truth.

use std::ffi::c_char;

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{ByteOrder, DType, DatetimeUnit, Detail, Field, StructDetail, TypeNum};
use pyo3::exceptions::PyTypeError;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::classes;
use crate::layout::{ArrayDescr, AuxData, DatetimeAuxData, SubarrayDescr, descr_flags};

/// The byte order character that a C field holds.
fn byteorder_char(dtype: &DType) -> u8 {
    if !dtype.has_byte_order() {
        b'|'
    } else if dtype.is_native() {
        b'='
    } else if cfg!(target_endian = "little") {
        b'>'
    } else {
        b'<'
    }
}

/// The one `dtype` object of a type number in native order.
pub fn singleton(py: Python<'_>, num: TypeNum) -> Bound<'_, PyAny> {
    // SAFETY: singletons are made when the module initialises and live for ever.
    unsafe { Bound::from_borrowed_ptr(py, (*classes::dtype_class(num).get()).singleton.cast()) }
}

/// The singleton as a new C reference.
///
/// # Safety
///
/// The module is initialised and the interpreter held.
#[inline]
pub unsafe fn singleton_ptr(num: TypeNum) -> *mut ArrayDescr {
    // SAFETY: promised by the caller.
    unsafe {
        let descr = (*classes::dtype_class(num).get()).singleton;
        ffi::Py_INCREF(descr.cast());
        descr
    }
}

/// The fields of a `dtype` object.
#[inline]
pub fn fields<'a>(descr: &'a Bound<'_, PyAny>) -> &'a ArrayDescr {
    debug_assert!(is_descr(descr));
    // SAFETY: every instance of `dtype` begins with these fields.
    unsafe { &*descr.as_ptr().cast::<ArrayDescr>() }
}

/// Whether an object is a `dtype` instance.
#[inline]
pub fn is_descr(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: both are live objects.
    unsafe { ffi::PyObject_TypeCheck(object.as_ptr(), classes::DTYPE.as_type()) != 0 }
}

/// The `dtype` object for a core dtype: the singleton of plain native types, else a fresh one.
pub fn from_dtype<'py>(py: Python<'py>, dtype: &DType) -> PyResult<Bound<'py, PyAny>> {
    let plain = dtype.is_native() && dtype.detail().is_none();
    if plain && (!dtype.num().is_flexible() || dtype.itemsize() == 0) {
        return Ok(singleton(py, dtype.num()));
    }
    fresh(py, dtype)
}

/// A fresh `dtype` object, even where a singleton exists.
pub fn fresh<'py>(py: Python<'py>, dtype: &DType) -> PyResult<Bound<'py, PyAny>> {
    let num = dtype.num();
    // SAFETY: `tp_alloc` gives a zeroed instance of the class, whose fields are set before anyone sees it.
    unsafe {
        let class = classes::dtype_class(num).as_type();
        let raw = ffi::PyType_GenericAlloc(class, 0).cast::<ArrayDescr>();
        if raw.is_null() {
            return Err(PyErr::fetch(py));
        }
        let object = Bound::from_owned_ptr(py, raw.cast());
        let d = &mut *raw;
        d.typeobj = classes::scalar_class(num).get();
        ffi::Py_INCREF(d.typeobj.cast());
        d.kind = dtype.kind() as c_char;
        d.type_char = num.facts().char as c_char;
        d.byteorder = byteorder_char(dtype) as c_char;
        d.type_num = num as i32;
        d.elsize = dtype.itemsize() as isize;
        d.alignment = dtype.alignment() as isize;
        d.hash = -1;
        d.flags = if num == TypeNum::Str {
            descr_flags::NEEDS_INIT
        } else if num == TypeNum::Object {
            descr_flags::OBJECT
        } else if dtype.has_objects() {
            descr_flags::OBJECT & !descr_flags::ITEM_IS_POINTER
        } else {
            0
        };
        fill_detail(py, d, dtype)?;
        Ok(object)
    }
}

fn fill_detail(py: Python<'_>, d: &mut ArrayDescr, dtype: &DType) -> PyResult<()> {
    match dtype.detail() {
        None => {}
        Some(Detail::Datetime(unit)) => d.c_metadata = datetime_metadata(*unit),
        Some(Detail::Subarray { base, shape }) => {
            let base = from_dtype(py, base)?;
            let shape = PyTuple::new(py, shape.iter())?;
            d.flags = fields(&base).flags;
            let parts = SubarrayDescr {
                base: base.into_ptr().cast(),
                shape: shape.into_ptr(),
            };
            d.subarray = Box::into_raw(Box::new(parts));
        }
        Some(Detail::Struct(s)) => {
            let dict = PyDict::new(py);
            let mut names = Vec::with_capacity(s.fields.len());
            for f in &s.fields {
                let name = PyString::new(py, &f.name);
                let inner = from_dtype(py, &f.dtype)?;
                let inherited = fields(&inner).flags & descr_flags::FROM_FIELDS;
                let offset = f.offset_bytes.into_pyobject(py)?.into_any();
                let entry = match &f.title {
                    None => PyTuple::new(py, [inner, offset])?,
                    Some(t) => PyTuple::new(py, [inner, offset, PyString::new(py, t).into_any()])?,
                };
                dict.set_item(&name, &entry)?;
                if let Some(t) = &f.title {
                    dict.set_item(&**t, &entry)?;
                }
                names.push(name);
                d.flags |= inherited;
            }
            d.flags |= descr_flags::NEEDS_PYAPI;
            if s.aligned {
                d.flags |= descr_flags::ALIGNED_STRUCT;
            }
            d.fields = dict.into_ptr();
            d.names = PyTuple::new(py, names)?.into_ptr();
        }
    }
    Ok(())
}

unsafe extern "C" fn free_datetime_metadata(data: *mut AuxData) {
    // SAFETY: made by `datetime_metadata` or its clone.
    drop(unsafe { Box::from_raw(data.cast::<DatetimeAuxData>()) });
}

unsafe extern "C" fn clone_datetime_metadata(data: *mut AuxData) -> *mut AuxData {
    // SAFETY: the pointer is a live `DatetimeAuxData`.
    let d = unsafe { &*data.cast::<DatetimeAuxData>() };
    datetime_metadata(DatetimeUnit {
        unit: d.unit,
        count: d.count,
    })
    .cast()
}

fn datetime_metadata(unit: DatetimeUnit) -> *mut DatetimeAuxData {
    Box::into_raw(Box::new(DatetimeAuxData {
        base: AuxData {
            free: Some(free_datetime_metadata),
            clone: Some(clone_datetime_metadata),
            reserved: [std::ptr::null_mut(); 2],
        },
        unit: unit.unit,
        count: unit.count,
    }))
}

/// The core dtype of a `dtype` object.
pub fn to_dtype(descr: &Bound<'_, PyAny>) -> PyResult<DType> {
    // SAFETY: callers hold a live `dtype` object.
    unsafe { dtype_of(descr.py(), descr.as_ptr().cast()) }
}

/// The core dtype of a `dtype` object given as C pointer.
///
/// # Safety
///
/// `descr` is a live `dtype` object and the interpreter is held.
#[inline]
pub unsafe fn dtype_of(py: Python<'_>, descr: *mut ArrayDescr) -> PyResult<DType> {
    // SAFETY: promised by the caller.
    let d = unsafe { &*descr };
    let Some(num) = TypeNum::from_c(d.type_num) else {
        return Err(PyTypeError::new_err(format!(
            "dtype with type number {} is not supported",
            d.type_num
        )));
    };
    let swapped = if cfg!(target_endian = "little") {
        b'>'
    } else {
        b'<'
    };
    let order = if d.byteorder as u8 == swapped {
        ByteOrder::Swapped
    } else {
        ByteOrder::Native
    };
    match num {
        TypeNum::Bytes => Ok(DType::bytes(d.elsize as usize)),
        TypeNum::Str => Ok(DType::str(d.elsize as usize / 4).with_byte_order(order)),
        TypeNum::Datetime | TypeNum::Timedelta => {
            let unit = if d.c_metadata.is_null() {
                DatetimeUnit { unit: 14, count: 1 }
            } else {
                // SAFETY: datetime dtypes hold such metadata.
                let m = unsafe { &*d.c_metadata };
                DatetimeUnit {
                    unit: m.unit,
                    count: m.count,
                }
            };
            Ok(DType::datetime(num, unit).with_byte_order(order))
        }
        TypeNum::Void => {
            if d.names.is_null() && d.subarray.is_null() {
                return Ok(DType::void(d.elsize as usize));
            }
            // SAFETY: the cache is ours and derived from the fields below.
            unsafe {
                if !d.cache.is_null() && (*d.cache).itemsize() as isize == d.elsize {
                    return Ok((*d.cache).clone());
                }
                let made = parametric(py, d)?;
                forget_cache(descr);
                (*descr).cache = Box::into_raw(Box::new(made.clone()));
                Ok(made)
            }
        }
        _ => Ok(DType::new(num).with_byte_order(order)),
    }
}

/// Drops the derived dtype, after fields changed.
///
/// # Safety
///
/// `descr` is a live `dtype` object of a builtin class.
pub unsafe fn forget_cache(descr: *mut ArrayDescr) {
    // SAFETY: promised by the caller; the cache came from a box.
    unsafe {
        if !(*descr).cache.is_null() {
            drop(Box::from_raw((*descr).cache));
            (*descr).cache = std::ptr::null_mut();
        }
    }
}

fn parametric(py: Python<'_>, d: &ArrayDescr) -> PyResult<DType> {
    // SAFETY: the fields of a live dtype are live objects.
    unsafe {
        if !d.subarray.is_null() {
            let base = dtype_of(py, (*d.subarray).base)?;
            let shape = Bound::<PyAny>::from_borrowed_ptr(py, (*d.subarray).shape);
            let shape: Vec<isize> = if shape.is_instance_of::<PyTuple>() {
                shape.extract()?
            } else {
                vec![shape.extract()?]
            };
            return Ok(DType::subarray(base, Dims::from_slice(&shape)));
        }
        let dict = Bound::<PyAny>::from_borrowed_ptr(py, d.fields);
        let names = Bound::<PyAny>::from_borrowed_ptr(py, d.names);
        let mut fields = Vec::new();
        for name in names.try_iter()? {
            let name = name?;
            let entry = dict.get_item(&name)?;
            let title = if entry.len()? > 2 {
                entry.get_item(2)?.extract::<String>().ok()
            } else {
                None
            };
            fields.push(Field {
                name: name.extract::<String>()?.into(),
                title: title.map(Into::into),
                offset_bytes: entry.get_item(1)?.extract()?,
                dtype: to_dtype(&entry.get_item(0)?)?,
            });
        }
        let aligned = d.flags & descr_flags::ALIGNED_STRUCT != 0;
        let detail = StructDetail {
            fields,
            aligned,
            alignment: d.alignment.max(1) as usize,
        };
        Ok(DType::structured(detail, d.elsize as usize))
    }
}

/// Makes the singletons of all type numbers; called once, after the classes are ready.
pub(crate) fn make_singletons(py: Python<'_>) -> PyResult<()> {
    for num in TypeNum::all() {
        let descr = fresh(py, &DType::new(num))?;
        // SAFETY: initialisation runs once, under the interpreter lock; the class keeps the reference for ever.
        unsafe {
            (*classes::dtype_class(num).get()).singleton = descr.into_ptr().cast();
        }
    }
    Ok(())
}

/// Frees what a `dtype` object holds; called by its deallocator.
///
/// # Safety
///
/// `object` is a dying `dtype` object of a builtin class.
pub(crate) unsafe fn clear(object: *mut PyObject) {
    // SAFETY: promised by the caller; every field is dropped once.
    unsafe {
        let d = &mut *object.cast::<ArrayDescr>();
        forget_cache(d);
        ffi::Py_CLEAR(&raw mut d.names);
        ffi::Py_CLEAR(&raw mut d.fields);
        ffi::Py_CLEAR(&raw mut d.metadata);
        if !d.subarray.is_null() {
            let parts = Box::from_raw(d.subarray);
            d.subarray = std::ptr::null_mut();
            ffi::Py_DECREF(parts.shape);
            // Subarrays may be nested as deep as a caller likes: those that die here too are taken apart in a loop.
            let mut base = parts.base;
            while ffi::Py_REFCNT(base.cast()) == 1 && !(*base).subarray.is_null() {
                let inner = Box::from_raw((*base).subarray);
                (*base).subarray = std::ptr::null_mut();
                ffi::Py_DECREF(inner.shape);
                ffi::Py_DECREF(base.cast());
                base = inner.base;
            }
            ffi::Py_DECREF(base.cast());
        }
        if !d.c_metadata.is_null()
            && let Some(free) = (*d.c_metadata).base.free
        {
            free(d.c_metadata.cast());
            d.c_metadata = std::ptr::null_mut();
        }
        ffi::Py_XDECREF(d.typeobj.cast());
        d.typeobj = std::ptr::null_mut();
    }
}
