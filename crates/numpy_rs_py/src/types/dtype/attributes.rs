//! Attributes of dtypes.

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::dtype::text::typestr;
use pyo3::exceptions::{PyAttributeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyMappingProxy, PyString, PyTuple};

use crate::attribute::Attribute;
use crate::convert::dtype::scalar_type_of;
use crate::convert::dtype_fields::specs_of;
use crate::descr;
use crate::layout::{ArrayDescr, descr_flags};

use super::text;

/// The table of the class.
pub(super) static TABLE: &[Attribute] = &[
    Attribute::readonly("type", "The class of the items as scalars.", |d| {
        // SAFETY: the class of the items is a live type object.
        Ok(unsafe { Bound::from_borrowed_ptr(d.py(), scalar_type_of(d).cast()) })
    }),
    Attribute::readonly("kind", "A letter for the general kind of data.", |d| {
        letter(d, descr::fields(d).kind)
    }),
    Attribute::readonly(
        "char",
        "A letter that is unique for each builtin type.",
        |d| letter(d, descr::fields(d).type_char),
    ),
    Attribute::readonly("byteorder", "The byte order: '=', '<', '>' or '|'.", |d| {
        letter(d, descr::fields(d).byteorder)
    }),
    Attribute::readonly(
        "num",
        "A number that is unique for each builtin type.",
        |d| number(d, descr::fields(d).type_num as isize),
    ),
    Attribute::readonly("itemsize", "The size of an item in bytes.", |d| {
        number(d, descr::fields(d).elsize)
    }),
    Attribute::readonly(
        "alignment",
        "The alignment that items want, in bytes.",
        |d| number(d, descr::fields(d).alignment),
    ),
    Attribute::readonly("flags", "Bits that say how items are to be treated.", |d| {
        number(d, descr::fields(d).flags as isize)
    }),
    Attribute::readonly(
        "str",
        "The typestring of the dtype, with byte order.",
        |d| Ok(PyString::new(d.py(), &typestr(&descr::to_dtype(d)?)).into_any()),
    ),
    Attribute::readonly("name", "A name with the size in bits.", |d| {
        Ok(PyString::new(d.py(), &text::name(d)?).into_any())
    }),
    Attribute {
        name: "names",
        doc: "The names of the fields in order, or None.",
        get: names,
        set: Some(set_names),
    },
    Attribute::readonly(
        "fields",
        "The fields by name: dtype, offset and perhaps a title.",
        |d| match object(d, descr::fields(d).fields) {
            Some(fields) if !descr::fields(d).names.is_null() => {
                Ok(PyMappingProxy::new(d.py(), fields.cast::<PyDict>()?.as_mapping()).into_any())
            }
            _ => Ok(d.py().None().into_bound(d.py())),
        },
    ),
    Attribute::readonly(
        "subdtype",
        "The dtype and shape of a subarray, or None.",
        |d| {
            Ok(match subarray(d) {
                Some((base, shape)) => PyTuple::new(d.py(), [base, shape])?.into_any(),
                None => d.py().None().into_bound(d.py()),
            })
        },
    ),
    Attribute::readonly(
        "base",
        "The dtype of the items inside a subarray, else the dtype.",
        |d| Ok(subarray(d).map_or_else(|| d.clone(), |(base, _)| base)),
    ),
    Attribute::readonly(
        "shape",
        "The shape of a subarray, else an empty tuple.",
        |d| Ok(subarray(d).map_or_else(|| PyTuple::empty(d.py()).into_any(), |(_, shape)| shape)),
    ),
    Attribute::readonly("ndim", "The number of axes of a subarray, else 0.", |d| {
        let n = match subarray(d) {
            Some((_, shape)) => shape.len()?,
            None => 0,
        };
        number(d, n as isize)
    }),
    Attribute::readonly(
        "hasobject",
        "Whether items hold references to objects.",
        |d| flag(d, descr::fields(d).flags & descr_flags::ITEM_HASOBJECT != 0),
    ),
    Attribute::readonly(
        "isnative",
        "Whether the byte order is the machine's.",
        |d| flag(d, is_native(d)?),
    ),
    Attribute::readonly("isbuiltin", "1 for builtin dtypes, 0 for others.", |d| {
        let f = descr::fields(d);
        let plain = f.names.is_null() && f.subarray.is_null();
        let singleton = TypeNum::from_c(f.type_num)
            .is_some_and(|n| descr::singleton(d.py(), n).is(d) || n.is_flexible());
        number(d, isize::from(plain && singleton && is_native(d)?))
    }),
    Attribute::readonly(
        "isalignedstruct",
        "Whether fields are aligned as a C compiler does it.",
        |d| flag(d, descr::fields(d).flags & descr_flags::ALIGNED_STRUCT != 0),
    ),
    Attribute::readonly(
        "metadata",
        "Read-only metadata, or None.",
        |d| match object(d, descr::fields(d).metadata) {
            Some(m) => Ok(PyMappingProxy::new(d.py(), m.cast::<PyDict>()?.as_mapping()).into_any()),
            None => Ok(d.py().None().into_bound(d.py())),
        },
    ),
    Attribute::readonly("descr", "The description of the array interface.", |d| {
        let f = descr::fields(d);
        if f.names.is_null() {
            let text = PyString::new(d.py(), &typestr(&descr::to_dtype(d)?));
            let pair = PyTuple::new(d.py(), [PyString::new(d.py(), ""), text])?;
            return Ok(PyList::new(d.py(), [pair])?.into_any());
        }
        interface_descr(d)
    }),
];

fn letter<'py>(d: &Bound<'py, PyAny>, c: std::ffi::c_char) -> PyResult<Bound<'py, PyAny>> {
    let c = [c as u8];
    Ok(PyString::new(d.py(), std::str::from_utf8(&c).unwrap_or("?")).into_any())
}

fn number<'py>(d: &Bound<'py, PyAny>, n: isize) -> PyResult<Bound<'py, PyAny>> {
    Ok(n.into_pyobject(d.py())?.into_any())
}

fn flag<'py>(d: &Bound<'py, PyAny>, value: bool) -> PyResult<Bound<'py, PyAny>> {
    Ok(value.into_pyobject(d.py())?.to_owned().into_any())
}

fn object<'py>(d: &Bound<'py, PyAny>, field: *mut ffi::PyObject) -> Option<Bound<'py, PyAny>> {
    // SAFETY: fields of a live dtype are live objects or null.
    unsafe { Bound::from_borrowed_ptr_or_opt(d.py(), field) }.filter(|o| !o.is_none())
}

/// The base and shape of a subarray dtype.
pub(super) fn subarray<'py>(
    d: &Bound<'py, PyAny>,
) -> Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
    let f = descr::fields(d);
    if f.subarray.is_null() {
        return None;
    }
    // SAFETY: a subarray dtype holds live objects.
    unsafe {
        Some((
            Bound::from_borrowed_ptr(d.py(), (*f.subarray).base.cast()),
            Bound::from_borrowed_ptr(d.py(), (*f.subarray).shape),
        ))
    }
}

/// Whether all parts of items are stored in the machine's byte order.
pub(super) fn is_native(d: &Bound<'_, PyAny>) -> PyResult<bool> {
    if let Some((base, _)) = subarray(d) {
        return is_native(&base);
    }
    for s in specs_of(d)? {
        if !is_native(&s.descr)? {
            return Ok(false);
        }
    }
    let swapped = if cfg!(target_endian = "little") {
        b'>'
    } else {
        b'<'
    };
    Ok(descr::fields(d).byteorder as u8 != swapped)
}

fn names<'py>(d: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Ok(object(d, descr::fields(d).names).unwrap_or_else(|| d.py().None().into_bound(d.py())))
}

fn set_names<'py>(d: &Bound<'py, PyAny>, value: Option<Bound<'py, PyAny>>) -> PyResult<()> {
    let py = d.py();
    let f = descr::fields(d);
    let Some(value) = value else {
        return Err(PyAttributeError::new_err(
            "Cannot delete dtype names attribute",
        ));
    };
    if f.names.is_null() {
        return Err(PyAttributeError::new_err("there are no fields defined"));
    }
    let specs = specs_of(d)?;
    let n = specs.len();
    let wrong = || {
        PyValueError::new_err(format!(
            "must replace all names at once with a sequence of length {n}"
        ))
    };
    if value.len().map_err(|_| wrong())? != n {
        return Err(wrong());
    }
    let mut new = Vec::with_capacity(n);
    for i in 0..n {
        let name = value.get_item(i)?;
        if !name.is_instance_of::<PyString>() {
            return Err(PyValueError::new_err(format!(
                "item #{i} of names is of type {} and not string",
                name.get_type().name()?
            )));
        }
        new.push(name);
    }
    let unique = PyDict::new(py);
    let dict = PyDict::new(py);
    for (spec, name) in specs.iter().zip(&new) {
        if unique.contains(name)? {
            return Err(PyValueError::new_err("Duplicate field names given."));
        }
        unique.set_item(name, py.None())?;
        let offset = spec.offset.into_pyobject(py)?.into_any();
        let entry = match &spec.title {
            None => PyTuple::new(py, [spec.descr.clone(), offset])?,
            Some(t) => PyTuple::new(py, [spec.descr.clone(), offset, t.clone()])?,
        };
        dict.set_item(name, &entry)?;
        if let Some(t) = &spec.title {
            dict.set_item(t, &entry)?;
        }
    }
    let tuple = PyTuple::new(py, new)?;
    // SAFETY: the dtype is alive; its old fields are dropped after the new ones stand.
    unsafe {
        let raw = d.as_ptr().cast::<ArrayDescr>();
        descr::forget_cache(raw);
        (*raw).hash = -1;
        let (a, b) = ((*raw).names, (*raw).fields);
        (*raw).names = tuple.into_ptr();
        (*raw).fields = dict.into_ptr();
        ffi::Py_XDECREF(a);
        ffi::Py_XDECREF(b);
    }
    Ok(())
}

/// The description of a struct as nested lists, with padding as unnamed bytes.
fn interface_descr<'py>(d: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = d.py();
    let f = descr::fields(d);
    if f.names.is_null() {
        if let Some((base, shape)) = subarray(d) {
            return Ok(PyTuple::new(py, [interface_descr(&base)?, shape])?.into_any());
        }
        return Ok(PyString::new(py, &typestr(&descr::to_dtype(d)?)).into_any());
    }
    let result = PyList::empty(py);
    let mut offset = 0usize;
    let pad = |n: usize| -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(
            py,
            [PyString::new(py, ""), PyString::new(py, &format!("|V{n}"))],
        )
    };
    for s in specs_of(d)? {
        if s.offset < offset {
            return Err(PyValueError::new_err(
                "dtype.descr is not defined for types with overlapping or out-of-order fields",
            ));
        }
        if s.offset > offset {
            result.append(pad(s.offset - offset)?)?;
            offset = s.offset;
        }
        let name = match &s.title {
            Some(t) => PyTuple::new(py, [t, &s.name])?.into_any(),
            None => s.name.clone(),
        };
        let item = match subarray(&s.descr) {
            Some((base, shape)) => PyTuple::new(py, [name, interface_descr(&base)?, shape])?,
            None => PyTuple::new(py, [name, interface_descr(&s.descr)?])?,
        };
        result.append(item)?;
        offset += descr::fields(&s.descr).elsize as usize;
    }
    if (f.elsize as usize) > offset {
        result.append(pad(f.elsize as usize - offset)?)?;
    }
    Ok(result.into_any())
}
