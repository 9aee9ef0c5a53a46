//! Dtypes of ctypes types: simple types, arrays, structures and unions.

use pyo3::exceptions::{PyNotImplementedError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple, PyType};

use crate::convert::dtype_fields::ConvertField;

/// The module `_ctypes`, if anybody has imported it; without it no object is a ctypes one.
fn module(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    let modules = py.import("sys")?.getattr("modules")?;
    modules.cast::<PyDict>()?.get_item("_ctypes")
}

fn is_subclass(ty: &Bound<'_, PyType>, module: &Bound<'_, PyAny>, name: &str) -> PyResult<bool> {
    ty.is_subclass(&module.getattr(name)?)
}

/// The dtype of an instance of a ctypes type.
pub(crate) fn from_instance<'py>(
    object: &Bound<'py, PyAny>,
    convert: ConvertField,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    from_type(&object.get_type(), convert)
}

/// The dtype of a ctypes type.
pub(crate) fn from_type<'py>(
    ty: &Bound<'py, PyType>,
    convert: ConvertField,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = ty.py();
    let Some(ctypes) = module(py)? else {
        return Ok(None);
    };
    if is_subclass(ty, &ctypes, "Array")? {
        let pair = PyTuple::new(py, [ty.getattr("_type_")?, ty.getattr("_length_")?])?;
        return convert(pair.as_any(), false).map(Some);
    }
    if is_subclass(ty, &ctypes, "_Pointer")? {
        return Err(PyTypeError::new_err(
            "ctypes pointers have no dtype equivalent",
        ));
    }
    if is_subclass(ty, &ctypes, "Structure")? {
        return from_structure(ty, &ctypes, convert, false).map(Some);
    }
    if is_subclass(ty, &ctypes, "Union")? {
        return from_structure(ty, &ctypes, convert, true).map(Some);
    }
    if is_subclass(ty, &ctypes, "_SimpleCData")? {
        let code: String = ty.getattr("_type_")?.extract()?;
        // A class made by swapping is found again as the swapped form of its other half.
        let swapped = if cfg!(target_endian = "little") {
            "__ctype_be__"
        } else {
            "__ctype_le__"
        };
        let order = match ty.getattr_opt(swapped)? {
            Some(other) if other.is(ty) => {
                if cfg!(target_endian = "little") {
                    ">"
                } else {
                    "<"
                }
            }
            _ => "=",
        };
        let code = match code.as_str() {
            "c" => "S1".to_owned(),
            "u" => "U1".to_owned(),
            "v" => "?".to_owned(),
            c if c.len() == 1 && "bBhHiIlLqQfdg?O".contains(c) => c.to_owned(),
            "P" => {
                return Err(PyTypeError::new_err(
                    "ctypes pointers have no dtype equivalent",
                ));
            }
            _ => {
                return Err(PyNotImplementedError::new_err(format!(
                    "Converting {} into a dtype is not supported",
                    ty.repr()?
                )));
            }
        };
        let text = PyString::new(py, &format!("{order}{code}"));
        return convert(text.as_any(), false).map(Some);
    }
    if is_subclass(ty, &ctypes, "CFuncPtr")? {
        return Err(PyNotImplementedError::new_err(format!(
            "Unknown ctypes type {}",
            ty.name()?
        )));
    }
    Ok(None)
}

fn from_structure<'py>(
    ty: &Bound<'py, PyType>,
    ctypes: &Bound<'py, PyAny>,
    convert: ConvertField,
    union: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = ty.py();
    let (names, formats, offsets) = (PyList::empty(py), PyList::empty(py), PyList::empty(py));
    let fields = match ty.getattr_opt("_fields_")? {
        Some(f) => f,
        None => PyTuple::empty(py).into_any(),
    };
    for field in fields.try_iter()? {
        let field = field?;
        if field.len()? > 2 {
            return Err(PyTypeError::new_err(
                "ctypes bitfields have no dtype equivalent",
            ));
        }
        let name = field.get_item(0)?;
        let offset = if union {
            0isize.into_pyobject(py)?.into_any()
        } else {
            ty.getattr(name.cast::<PyString>()?)?.getattr("offset")?
        };
        offsets.append(offset)?;
        names.append(name)?;
        formats.append(convert(&field.get_item(1)?, false)?)?;
    }
    let dict = PyDict::new(py);
    dict.set_item("names", names)?;
    dict.set_item("formats", formats)?;
    dict.set_item("offsets", offsets)?;
    dict.set_item("itemsize", ctypes.call_method1("sizeof", (ty,))?)?;
    let packed = match ty.getattr_opt("_pack_")? {
        Some(p) => !p.is_none(),
        None => false,
    };
    if !union && !packed {
        dict.set_item("aligned", true)?;
    }
    convert(dict.as_any(), false)
}
