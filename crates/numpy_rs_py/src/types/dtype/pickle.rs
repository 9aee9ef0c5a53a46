//! Pickling of dtypes, in the form that NumPy writes and reads.

use numpy_rs_core::dtype::{DType, DatetimeUnit, TypeNum};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString, PyTuple};

use crate::classes::{DTYPE, scalar_class};
use crate::convert::dtype::{from_any, scalar_type_of};
use crate::convert::dtype_text::unit_number;
use crate::convert::ticks::unit_name;
use crate::descr;
use crate::layout::{ArrayDescr, SubarrayDescr};

use super::attributes::subarray;

/// `dtype.__reduce__()`.
pub(super) fn reduce<'py>(d: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = d.py();
    let f = descr::fields(d);
    let none = || py.None().into_bound(py);
    let num = TypeNum::from_c(f.type_num).unwrap_or(TypeNum::Void);
    let class = scalar_type_of(d);
    let first = if num == TypeNum::Void && class != scalar_class(TypeNum::Void).get() {
        // SAFETY: the class of the items is a live type object.
        unsafe { Bound::from_borrowed_ptr(py, class.cast()) }
    } else {
        let size = if num == TypeNum::Str {
            f.elsize / 4
        } else {
            f.elsize
        };
        PyString::new(py, &format!("{}{size}", f.kind as u8 as char)).into_any()
    };
    let object = |p: *mut ffi::PyObject| -> Bound<'py, PyAny> {
        // SAFETY: fields of a live dtype are live objects or null.
        unsafe { Bound::from_borrowed_ptr_or_opt(py, p) }.unwrap_or_else(none)
    };
    let order = match f.byteorder as u8 {
        b'=' if cfg!(target_endian = "little") => "<",
        b'=' | b'>' => ">",
        b'<' => "<",
        _ => "|",
    };
    let sub = match subarray(d) {
        Some((base, shape)) => PyTuple::new(py, [base, shape])?.into_any(),
        None => none(),
    };
    let (size, alignment) = if num.is_flexible() {
        (f.elsize, f.alignment)
    } else {
        (-1, -1)
    };
    let mut metadata = (!f.metadata.is_null()).then(|| object(f.metadata));
    if matches!(num, TypeNum::Datetime | TypeNum::Timedelta) {
        let unit = descr::to_dtype(d)?.datetime_unit();
        let one = 1i64.into_pyobject(py)?.into_any();
        let parts = PyTuple::new(
            py,
            [
                PyBytes::new(py, unit_name(unit.unit).as_bytes()).into_any(),
                unit.count.into_pyobject(py)?.into_any(),
                one.clone(),
                one,
            ],
        )?;
        let own = metadata.take().unwrap_or_else(none);
        metadata = Some(PyTuple::new(py, [own, parts.into_any()])?.into_any());
    }
    let version: i64 = if metadata.is_some() { 4 } else { 3 };
    let mut state = vec![
        version.into_pyobject(py)?.into_any(),
        PyString::new(py, order).into_any(),
        sub,
        object(f.names),
        object(f.fields),
        size.into_pyobject(py)?.into_any(),
        alignment.into_pyobject(py)?.into_any(),
        f.flags.into_pyobject(py)?.into_any(),
    ];
    state.extend(metadata);
    let flag =
        |v: bool| -> PyResult<Bound<'py, PyAny>> { Ok(v.into_pyobject(py)?.to_owned().into_any()) };
    let args = PyTuple::new(py, [first, flag(false)?, flag(true)?])?;
    // SAFETY: the class lives for ever.
    let dtype: Bound<'py, PyAny> = unsafe { Bound::from_borrowed_ptr(py, DTYPE.as_type().cast()) };
    let state = PyTuple::new(py, state)?;
    Ok(PyTuple::new(py, [dtype, args.into_any(), state.into_any()])?.into_any())
}

/// `dtype.__setstate__(state)`: fills a fresh dtype.
pub(super) fn set_state<'py>(d: &Bound<'py, PyAny>, state: &Bound<'py, PyAny>) -> PyResult<()> {
    let py = d.py();
    let malformed = || {
        PyValueError::new_err(
            "Invalid state while unpickling. Is the pickle corrupted or created with a newer NumPy version?",
        )
    };
    let num = TypeNum::from_c(descr::fields(d).type_num).ok_or_else(malformed)?;
    // Shared dtypes never change.
    if descr::singleton(py, num).is(d) {
        return Ok(());
    }
    let Ok(state) = state.cast::<PyTuple>() else {
        return Err(PyTypeError::new_err("argument must be a tuple"));
    };
    if !(8..=9).contains(&state.len()) {
        return Err(malformed());
    }
    let version: i64 = state.get_item(0)?.extract()?;
    if !(3..=4).contains(&version) {
        return Err(PyValueError::new_err(format!(
            "can't handle version {version} of numpy.dtype pickle"
        )));
    }
    let order = state.get_item(1)?;
    let order = match order.cast::<PyBytes>() {
        Ok(b) => String::from_utf8_lossy(b.as_bytes()).into_owned(),
        Err(_) => order.extract::<String>()?,
    };
    let native = if cfg!(target_endian = "little") {
        "<"
    } else {
        ">"
    };
    let byteorder = match order.as_str() {
        o if o == native => b'=',
        "<" => b'<',
        ">" => b'>',
        "=" => b'=',
        "|" => b'|',
        _ => return Err(PyValueError::new_err("invalid endian")),
    };
    let sub = state.get_item(2)?;
    let (names, fields) = (state.get_item(3)?, state.get_item(4)?);
    if names.is_none() != fields.is_none() {
        return Err(malformed());
    }
    if !fields.is_none() {
        let Ok(dict) = fields.cast::<PyDict>() else {
            return Err(malformed());
        };
        for name in names.try_iter()? {
            let entry = dict.get_item(name?)?.ok_or_else(malformed)?;
            let _: usize = entry.get_item(1)?.extract()?;
            if !descr::is_descr(&entry.get_item(0)?) {
                return Err(malformed());
            }
        }
    }
    let size: isize = state.get_item(5)?.extract()?;
    let alignment: isize = state.get_item(6)?.extract()?;
    let flags: i64 = state.get_item(7)?.extract()?;
    let sub = if sub.is_none() {
        None
    } else {
        let base = from_any(&sub.get_item(0)?, false)?;
        let shape = sub.get_item(1)?;
        let shape = if shape.is_instance_of::<PyTuple>() {
            shape
        } else {
            PyTuple::new(py, [shape])?.into_any()
        };
        let _: Vec<isize> = shape.extract()?;
        Some((base, shape))
    };
    let mut metadata = if state.len() == 9 {
        Some(state.get_item(8)?).filter(|m| !m.is_none())
    } else {
        None
    };
    let mut unit = None;
    if matches!(num, TypeNum::Datetime | TypeNum::Timedelta)
        && let Some(m) = metadata.take()
    {
        let parts = m.get_item(1)?;
        let name = parts.get_item(0)?;
        let name = match name.cast::<PyBytes>() {
            Ok(b) => String::from_utf8_lossy(b.as_bytes()).into_owned(),
            Err(_) => name.extract::<String>()?,
        };
        unit = Some(DatetimeUnit {
            unit: unit_number(&name).ok_or_else(malformed)?,
            count: parts.get_item(1)?.extract()?,
        });
        metadata = Some(m.get_item(0)?).filter(|m| !m.is_none());
    }
    // SAFETY: the dtype is alive and not shared; each field drops what it held before.
    unsafe {
        let raw = d.as_ptr().cast::<ArrayDescr>();
        descr::forget_cache(raw);
        let r = &mut *raw;
        r.hash = -1;
        if DType::new(num).has_byte_order() {
            r.byteorder = byteorder as std::ffi::c_char;
        }
        if num.is_flexible() && size >= 0 {
            r.elsize = size;
            r.alignment = alignment.max(1);
        }
        if let Some((base, shape)) = sub {
            if !r.subarray.is_null() {
                let old = Box::from_raw(r.subarray);
                ffi::Py_DECREF(old.base.cast());
                ffi::Py_DECREF(old.shape);
            }
            r.subarray = Box::into_raw(Box::new(SubarrayDescr {
                base: base.into_ptr().cast(),
                shape: shape.into_ptr(),
            }));
        }
        if !fields.is_none() {
            ffi::Py_XDECREF(r.fields);
            ffi::Py_XDECREF(r.names);
            r.fields = fields.into_ptr();
            r.names = names.into_ptr();
        }
        r.flags = flags as u64;
        if let Some(m) = metadata {
            ffi::Py_XDECREF(r.metadata);
            r.metadata = m.into_ptr();
        }
        if let Some(u) = unit {
            if r.c_metadata.is_null() {
                let made = descr::fresh(py, &DType::datetime(num, u))?;
                let other = made.as_ptr().cast::<ArrayDescr>();
                std::mem::swap(&mut r.c_metadata, &mut (*other).c_metadata);
            } else {
                (*r.c_metadata).unit = u.unit;
                (*r.c_metadata).count = u.count;
            }
        }
    }
    Ok(())
}
