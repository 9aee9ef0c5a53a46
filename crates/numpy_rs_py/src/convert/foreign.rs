//! Dtypes and scalar classes of the real NumPy beside ours, told by module and name; nothing of it is imported.

use numpy_rs_core::dtype::TypeNum;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple, PyType};

use crate::beside::is_numpy_class;
use crate::convert::dtype_fields::ConvertField;
use crate::convert::dtype_text::num_of_name;
use crate::descr;

/// Our `dtype` object for one of the real NumPy.
pub(crate) fn dtype<'py>(
    object: &Bound<'py, PyAny>,
    convert: ConvertField,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    if !is_numpy_class(&object.get_type(), "dtype") {
        return Ok(None);
    }
    let py = object.py();
    if let Some(sub) = object.getattr_opt("subdtype")?.filter(|s| !s.is_none()) {
        let base = convert(&sub.get_item(0)?, false)?;
        let pair = PyTuple::new(py, [base, sub.get_item(1)?])?;
        return convert(pair.as_any(), false).map(Some);
    }
    let names = object.getattr("names")?;
    if !names.is_none() {
        let fields = object.getattr("fields")?;
        let (formats, offsets, titles) = (PyList::empty(py), PyList::empty(py), PyList::empty(py));
        for name in names.try_iter()? {
            let entry = fields.get_item(name?)?;
            formats.append(entry.get_item(0)?)?;
            offsets.append(entry.get_item(1)?)?;
            titles.append(if entry.len()? > 2 {
                entry.get_item(2)?
            } else {
                py.None().into_bound(py)
            })?;
        }
        let dict = PyDict::new(py);
        dict.set_item("names", names)?;
        dict.set_item("formats", formats)?;
        dict.set_item("offsets", offsets)?;
        dict.set_item("titles", titles)?;
        dict.set_item("itemsize", object.getattr("itemsize")?)?;
        dict.set_item("aligned", object.getattr("isalignedstruct")?)?;
        return convert(dict.as_any(), false).map(Some);
    }
    let kind: String = object.getattr("kind")?.extract()?;
    let text = match kind.as_str() {
        "S" | "U" | "V" | "M" | "m" => object.getattr("str")?,
        _ => {
            let order: String = object.getattr("byteorder")?.extract()?;
            let order = if order == "|" { "" } else { &order };
            let char: String = object.getattr("char")?.extract()?;
            PyString::new(py, &format!("{order}{char}")).into_any()
        }
    };
    convert(&text, false).map(Some)
}

/// The type number of a scalar class of the real NumPy.
pub(crate) fn scalar_class(ty: &Bound<'_, PyType>) -> PyResult<Option<TypeNum>> {
    if !is_numpy_class(ty, "generic") {
        return Ok(None);
    }
    for base in ty.mro().iter() {
        if let Ok(base) = base.cast::<PyType>()
            && let Some(num) = num_of_name(&base.name()?.to_string())
        {
            return Ok(Some(num));
        }
    }
    Ok(None)
}

/// Our `dtype` object of an array or a scalar of the real NumPy.
pub(crate) fn dtype_of<'py>(
    object: &Bound<'py, PyAny>,
    convert: ConvertField,
) -> PyResult<Bound<'py, PyAny>> {
    let theirs = object.getattr("dtype")?;
    match dtype(&theirs, convert)? {
        Some(ours) => Ok(ours),
        None => Ok(descr::singleton(object.py(), TypeNum::Object)),
    }
}
