//! Structured dtypes from lists and dicts of fields. Entries keep the given dtype objects, so metadata survives.

use numpy_rs_core::dtype::DType;
use pyo3::exceptions::{PyIndexError, PyKeyError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};

use crate::descr;
use crate::layout::{ArrayDescr, descr_flags};

/// How a dtype of a field is converted; the caller's function, since fields nest.
pub(crate) type ConvertField = for<'py> fn(&Bound<'py, PyAny>, bool) -> PyResult<Bound<'py, PyAny>>;

/// One field on its way into a dtype.
pub(crate) struct FieldSpec<'py> {
    pub(crate) name: Bound<'py, PyAny>,
    pub(crate) title: Option<Bound<'py, PyAny>>,
    pub(crate) descr: Bound<'py, PyAny>,
    pub(crate) offset: usize,
}

/// A structured `dtype` object of these fields.
pub(crate) fn struct_descr<'py>(
    py: Python<'py>,
    fields: &[FieldSpec<'py>],
    itemsize: usize,
    alignment: usize,
    aligned: bool,
) -> PyResult<Bound<'py, PyAny>> {
    if i32::try_from(itemsize).is_err() {
        return Err(PyValueError::new_err(
            "invalid shape in fixed-type tuple: dtype size in bytes must fit into a C int.",
        ));
    }
    let made = descr::fresh(py, &DType::void(itemsize))?;
    let dict = PyDict::new(py);
    let mut flags = 0;
    for f in fields {
        let offset = f.offset.into_pyobject(py)?.into_any();
        let entry = match &f.title {
            None => PyTuple::new(py, [f.descr.clone(), offset])?,
            Some(t) => PyTuple::new(py, [f.descr.clone(), offset, t.clone()])?,
        };
        dict.set_item(&f.name, &entry)?;
        if let Some(t) = &f.title {
            dict.set_item(t, &entry)?;
        }
        flags |= descr::fields(&f.descr).flags & descr_flags::FROM_FIELDS;
    }
    let names = PyTuple::new(py, fields.iter().map(|f| &f.name))?;
    // SAFETY: the object was just made and nobody else has seen it.
    unsafe {
        let d = &mut *made.as_ptr().cast::<ArrayDescr>();
        d.fields = dict.into_ptr();
        d.names = names.into_ptr();
        d.alignment = alignment.max(1) as isize;
        d.flags = flags
            | descr_flags::NEEDS_PYAPI
            | if aligned {
                descr_flags::ALIGNED_STRUCT
            } else {
                0
            };
    }
    Ok(made)
}

/// The next offset that an alignment allows.
fn align_up(offset: usize, alignment: usize) -> usize {
    offset.div_ceil(alignment.max(1)) * alignment.max(1)
}

/// A dtype from `[(name, dtype), (name, dtype, shape), ((title, name), dtype), …]`.
pub(crate) fn from_list<'py>(
    list: &Bound<'py, PyList>,
    align: bool,
    convert: ConvertField,
) -> PyResult<Bound<'py, PyAny>> {
    let py = list.py();
    let mut specs: Vec<FieldSpec<'py>> = Vec::with_capacity(list.len());
    let (mut total, mut max_align) = (0usize, 1usize);
    for (i, item) in list.iter().enumerate() {
        let Ok(tuple) = item.cast::<PyTuple>().cloned().map_err(drop) else {
            return Err(PyTypeError::new_err(format!(
                "Field elements must be 2- or 3-tuples, got '{}'",
                item.repr()?
            )));
        };
        if tuple.len() < 2 {
            return Err(PyTypeError::new_err(format!(
                "Field elements must be 2- or 3-tuples, got '{}'",
                item.repr()?
            )));
        }
        let first = tuple.get_item(0)?;
        let (name, title) = if first.is_instance_of::<PyString>() {
            (first, None)
        } else if let Ok(pair) = first.cast::<PyTuple>() {
            if pair.len() != 2 {
                return Err(PyTypeError::new_err(
                    "If a tuple, the first element of a field tuple must have two elements, not "
                        .to_owned()
                        + &pair.len().to_string(),
                ));
            }
            let name = pair.get_item(1)?;
            if !name.is_instance_of::<PyString>() {
                return Err(PyTypeError::new_err("Field name must be a str"));
            }
            (name, Some(pair.get_item(0)?))
        } else {
            return Err(PyTypeError::new_err(
                "First element of field tuple is neither a tuple nor str",
            ));
        };
        let name = if name.len()? == 0 {
            match &title {
                Some(t) if t.is_instance_of::<PyString>() && t.len()? > 0 => t.clone(),
                _ => PyString::new(py, &format!("f{i}")).into_any(),
            }
        } else {
            name
        };
        let title = title.filter(|t| !t.is_none());
        let descr = match tuple.len() {
            2 => convert(&tuple.get_item(1)?, align)?,
            3 => convert(&tuple.get_slice(1, 3).into_any(), align)?,
            _ => {
                return Err(PyTypeError::new_err(format!(
                    "Field elements must be tuples with at most 3 elements, got '{}'",
                    item.repr()?
                )));
            }
        };
        for s in &specs {
            let clash = s.name.eq(&name)?
                || title
                    .as_ref()
                    .is_some_and(|t| s.name.eq(t).unwrap_or(false))
                || s.title
                    .as_ref()
                    .is_some_and(|t| t.eq(&name).unwrap_or(false));
            if clash {
                return Err(PyValueError::new_err(format!(
                    "field {} occurs more than once",
                    name.repr()?
                )));
            }
        }
        let d = descr::fields(&descr);
        if align {
            let a = d.alignment.max(1) as usize;
            total = align_up(total, a);
            max_align = max_align.max(a);
        }
        let offset = total;
        total = total
            .checked_add(d.elsize as usize)
            .ok_or_else(|| PyValueError::new_err("dtype size in bytes must fit into a C int."))?;
        specs.push(FieldSpec {
            name,
            title,
            descr,
            offset,
        });
    }
    if align {
        total = align_up(total, max_align);
    }
    struct_descr(py, &specs, total, max_align, align)
}

/// A dtype from a dict: `names` and `formats` with their companions, or `{name: (dtype, offset[, title])}`.
pub(crate) fn from_dict<'py>(
    dict: &Bound<'py, PyAny>,
    align: bool,
    convert: ConvertField,
) -> PyResult<Bound<'py, PyAny>> {
    let py = dict.py();
    let get = |key: &str| -> PyResult<Option<Bound<'py, PyAny>>> {
        match dict.get_item(key) {
            Ok(v) => Ok(Some(v)),
            Err(e) if e.is_instance_of::<PyKeyError>(py) => Ok(None),
            Err(e) => Err(e),
        }
    };
    let (Some(names), Some(formats)) = (get("names")?, get("formats")?) else {
        return from_field_dict(dict, align, convert);
    };
    let offsets = get("offsets")?.filter(|v| !v.is_none());
    let titles = get("titles")?.filter(|v| !v.is_none());
    let align = match get("aligned")? {
        Some(v) => align || v.is_truthy()?,
        None => align,
    };
    let n = names.len()?;
    let same = n == formats.len()?
        && offsets
            .as_ref()
            .map_or(Ok(true), |v| v.len().map(|m| m == n))?
        && titles
            .as_ref()
            .map_or(Ok(true), |v| v.len().map(|m| m == n))?;
    if !same {
        return Err(PyValueError::new_err(
            "'names', 'formats', 'offsets', and 'titles' dict entries must have the same length",
        ));
    }
    let seen = PyDict::new(py);
    let mut specs = Vec::with_capacity(n);
    let (mut total, mut max_align) = (0usize, 1usize);
    let mut has_objects = false;
    for i in 0..n {
        let name = names.get_item(i)?;
        let descr = convert(&formats.get_item(i)?, align)?;
        let d = descr::fields(&descr);
        let a = if align {
            d.alignment.max(1) as usize
        } else {
            1
        };
        max_align = max_align.max(a);
        let offset = match &offsets {
            Some(list) => {
                let given: i64 = list.get_item(i)?.extract()?;
                if given < 0 {
                    return Err(PyValueError::new_err(format!(
                        "offset {given} cannot be negative"
                    )));
                }
                let given = given as usize;
                if align && !given.is_multiple_of(a) {
                    return Err(PyValueError::new_err(format!(
                        "offset {given} for NumPy dtype with fields is not divisible by the field alignment {a} with align=True"
                    )));
                }
                given
            }
            None => align_up(total, a),
        };
        total = total.max(offset.saturating_add(d.elsize as usize));
        has_objects |= d.flags & descr_flags::ITEM_HASOBJECT != 0;
        if !name.is_instance_of::<PyString>() {
            return Err(PyValueError::new_err("field names must be strings"));
        }
        let title = match &titles {
            Some(list) => Some(list.get_item(i)?).filter(|t| !t.is_none()),
            None => None,
        };
        let title_is_text = title
            .as_ref()
            .is_some_and(PyAnyMethods::is_instance_of::<PyString>);
        if seen.contains(&name)? {
            return Err(PyValueError::new_err(
                "name already used as a name or title",
            ));
        }
        if let Some(t) = title.as_ref().filter(|_| title_is_text) {
            if seen.contains(t)? {
                return Err(PyValueError::new_err(
                    "title already used as a name or title.",
                ));
            }
            seen.set_item(t, py.None())?;
        }
        seen.set_item(&name, py.None())?;
        specs.push(FieldSpec {
            name,
            title,
            descr,
            offset,
        });
    }
    if has_objects {
        refuse_overlapping_objects(&specs)?;
    }
    if align {
        total = align_up(total, max_align);
    }
    if let Some(size) = get("itemsize")?.filter(|v| !v.is_none()) {
        let size: i64 = size.extract()?;
        if size < total as i64 {
            return Err(PyValueError::new_err(format!(
                "NumPy dtype descriptor requires {total} bytes, cannot override to smaller itemsize of {size}"
            )));
        }
        if align && !(size as usize).is_multiple_of(max_align) {
            return Err(PyValueError::new_err(format!(
                "NumPy dtype descriptor requires alignment of {max_align} bytes, which is not divisible into the specified itemsize {size}"
            )));
        }
        total = size as usize;
    }
    let made = struct_descr(py, &specs, total, max_align, align)?;
    if let Some(metadata) = get("metadata")?.filter(|m| !m.is_none()) {
        set_metadata(&made, &metadata);
    }
    Ok(made)
}

/// Puts a metadata dict into a `dtype` object that nobody else has seen.
pub(crate) fn set_metadata<'py>(descr: &Bound<'py, PyAny>, metadata: &Bound<'py, PyAny>) {
    // SAFETY: the object is new; the field takes a reference of its own.
    unsafe {
        let d = &mut *descr.as_ptr().cast::<ArrayDescr>();
        let old = d.metadata;
        d.metadata = metadata.clone().into_ptr();
        ffi::Py_XDECREF(old);
    }
}

/// References must not share bytes with other fields.
fn refuse_overlapping_objects(specs: &[FieldSpec<'_>]) -> PyResult<()> {
    let mut spans: Vec<(usize, usize, bool)> = specs
        .iter()
        .map(|s| {
            let d = descr::fields(&s.descr);
            (
                s.offset,
                s.offset + d.elsize as usize,
                d.flags & descr_flags::ITEM_HASOBJECT != 0,
            )
        })
        .collect();
    spans.sort_unstable();
    let mut end = 0;
    let mut object_end = 0;
    for (start, stop, object) in spans {
        if (object && start < end) || start < object_end {
            return Err(PyTypeError::new_err(
                "Cannot create a NumPy dtype with overlapping object fields",
            ));
        }
        end = end.max(stop);
        if object {
            object_end = object_end.max(stop);
        }
    }
    Ok(())
}

/// The older dict form: `{name: (dtype, offset[, title])}`, in the order of offsets.
fn from_field_dict<'py>(
    dict: &Bound<'py, PyAny>,
    align: bool,
    convert: ConvertField,
) -> PyResult<Bound<'py, PyAny>> {
    let py = dict.py();
    let mut entries: Vec<(
        i64,
        Bound<'py, PyAny>,
        Bound<'py, PyAny>,
        Option<Bound<'py, PyAny>>,
    )> = Vec::new();
    for key in dict.call_method0("keys")?.try_iter()? {
        let key = key?;
        let value = dict.get_item(&key)?;
        let n = match value.cast::<PyTuple>() {
            Ok(t) if matches!(t.len(), 2 | 3) => t.len(),
            _ => return Err(PyValueError::new_err("entry not a 2- or 3- tuple")),
        };
        let title = if n > 2 {
            Some(value.get_item(2)?)
        } else {
            None
        };
        // An entry under its own title is the same field once more.
        if title.as_ref().is_some_and(|t| t.eq(&key).unwrap_or(false)) {
            continue;
        }
        let offset: i64 = value
            .get_item(1)?
            .extract()
            .map_err(|_| PyValueError::new_err("invalid offset"))?;
        if offset < 0 {
            return Err(PyValueError::new_err("invalid offset"));
        }
        entries.push((
            offset,
            key,
            value.get_item(0)?,
            title.filter(|t| !t.is_none()),
        ));
    }
    entries.sort_by_key(|e| e.0);
    let lists = PyDict::new(py);
    let names = PyList::empty(py);
    let (formats, offsets, titles) = (PyList::empty(py), PyList::empty(py), PyList::empty(py));
    let mut any_title = false;
    for (offset, name, format, title) in entries {
        names.append(name)?;
        formats.append(format)?;
        offsets.append(offset)?;
        any_title |= title.is_some();
        titles.append(title.unwrap_or_else(|| py.None().into_bound(py)))?;
    }
    lists.set_item("names", names)?;
    lists.set_item("formats", formats)?;
    lists.set_item("offsets", offsets)?;
    if any_title {
        lists.set_item("titles", titles)?;
    }
    from_dict(lists.as_any(), align, convert)
}

/// The fields of a structured `dtype` object, in order.
pub(crate) fn specs_of<'py>(descr: &Bound<'py, PyAny>) -> PyResult<Vec<FieldSpec<'py>>> {
    let py = descr.py();
    let d = descr::fields(descr);
    if d.names.is_null() || d.fields.is_null() {
        return Ok(Vec::new());
    }
    // SAFETY: the fields of a live dtype are live objects.
    let (names, fields): (Bound<'py, PyAny>, Bound<'py, PyAny>) = unsafe {
        (
            Bound::from_borrowed_ptr(py, d.names),
            Bound::from_borrowed_ptr(py, d.fields),
        )
    };
    let mut specs = Vec::new();
    for name in names.try_iter()? {
        let name = name?;
        let entry = fields.get_item(&name)?;
        let title = if entry.len()? > 2 {
            Some(entry.get_item(2)?)
        } else {
            None
        };
        specs.push(FieldSpec {
            descr: entry.get_item(0)?,
            offset: entry.get_item(1)?.extract()?,
            name,
            title,
        });
    }
    Ok(specs)
}

/// `dtype[key]`: the dtype of a field by name or position, or a struct of some fields.
pub(crate) fn get_item<'py>(
    descr: &Bound<'py, PyAny>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = descr.py();
    let d = descr::fields(descr);
    if d.names.is_null() {
        return Err(PyKeyError::new_err(format!(
            "There are no fields in dtype {}.",
            descr.str()?
        )));
    }
    if key.is_instance_of::<PyString>() {
        // SAFETY: the fields of a live dtype are live objects.
        let fields: Bound<'py, PyAny> = unsafe { Bound::from_borrowed_ptr(py, d.fields) };
        return match fields.cast::<PyDict>()?.get_item(key)? {
            Some(entry) => entry.get_item(0),
            None => Err(PyKeyError::new_err(format!(
                "Field named {} not found.",
                key.repr()?
            ))),
        };
    }
    if let Ok(list) = key.cast::<PyList>()
        && list.iter().all(|k| k.is_instance_of::<PyString>())
    {
        return subset(descr, list);
    }
    let specs = specs_of(descr)?;
    // SAFETY: a live object.
    let index = unsafe { ffi::PyNumber_AsSsize_t(key.as_ptr(), ffi::PyExc_IndexError) };
    if index == -1 && PyErr::occurred(py) {
        let e = PyErr::fetch(py);
        if !e.is_instance_of::<PyTypeError>(py) {
            return Err(e);
        }
        return Err(PyTypeError::new_err(
            "Field key must be an integer field offset, single field name, or list of field names.",
        ));
    }
    let n = specs.len() as isize;
    let at = if index < 0 { index + n } else { index };
    if at < 0 || at >= n {
        return Err(PyIndexError::new_err(format!(
            "Field index {index} out of range."
        )));
    }
    Ok(specs[at as usize].descr.clone())
}

/// The struct of some fields in a given order; offsets and item size stay those of the whole.
pub(crate) fn subset<'py>(
    descr: &Bound<'py, PyAny>,
    names: &Bound<'py, PyList>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = descr.py();
    let d = descr::fields(descr);
    // SAFETY: the fields of a live dtype are live objects.
    let fields: Bound<'py, PyAny> = unsafe { Bound::from_borrowed_ptr(py, d.fields) };
    let fields = fields.cast::<PyDict>()?.clone();
    let mut specs: Vec<FieldSpec<'py>> = Vec::new();
    for name in names.iter() {
        let Some(entry) = fields.get_item(&name)? else {
            return Err(PyKeyError::new_err(name.unbind()));
        };
        for s in &specs {
            if s.name.eq(&name)? {
                return Err(PyValueError::new_err(
                    "duplicate field of name ".to_owned() + &name.str()?.to_string(),
                ));
            }
        }
        let title = if entry.len()? > 2 {
            Some(entry.get_item(2)?)
        } else {
            None
        };
        specs.push(FieldSpec {
            name,
            title,
            descr: entry.get_item(0)?,
            offset: entry.get_item(1)?.extract()?,
        });
    }
    struct_descr(
        py,
        &specs,
        d.elsize as usize,
        d.alignment as usize,
        d.flags & descr_flags::ALIGNED_STRUCT != 0,
    )
}
