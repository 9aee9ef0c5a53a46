//! What Python objects mean as dtypes: everything that `numpy.dtype(x)` takes.

use numpy_rs_core::dims::{Dims, MAXDIMS};
use numpy_rs_core::dtype::{DType, TypeNum};
use pyo3::exceptions::{PyTypeError, PyUnicodeDecodeError, PyValueError};
use pyo3::ffi::{self, PyTypeObject};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyMappingProxy, PyString, PyTuple, PyType};

use crate::classes::{
    AbstractScalar, DTYPE_META, NDARRAY, num_of_dtype_class, num_of_scalar_class, scalar_class,
};
use crate::convert::dtype_fields::{self, set_metadata};
use crate::convert::dtype_text::{self, INTP};
use crate::convert::{ctypes_dtype, foreign};
use crate::descr;
use crate::layout::{ArrayDescr, SubarrayDescr, descr_flags};

/// The `dtype` object that an object stands for; NumPy's `TypeError` where it stands for none.
#[inline]
pub(crate) fn from_object<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if descr::is_descr(object) {
        return Ok(object.clone());
    }
    from_any(object, false)
}

/// As [`from_object`], where `None` (or nothing) means that no dtype was asked for.
#[inline]
pub(crate) fn from_option<'py>(
    object: Option<&Bound<'py, PyAny>>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    match object {
        Some(o) if !o.is_none() => from_argument(o).map(Some),
        _ => Ok(None),
    }
}

/// The dtype of an argument `dtype=`: as [`from_object`], and classes of `numpy.dtypes` stand for their instances.
#[inline]
pub(crate) fn from_argument<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if descr::is_descr(object) {
        return Ok(object.clone());
    }
    if DTYPE_META.is_instance(object) {
        let ty = object.as_ptr().cast::<PyTypeObject>();
        return match num_of_dtype_class(ty) {
            Some(num) => Ok(descr::singleton(object.py(), num)),
            None => Err(PyTypeError::new_err(format!(
                "Cannot convert abstract DType {} to a dtype instance.",
                object.str()?
            ))),
        };
    }
    from_any(object, false)
}

/// The core dtype of an object that stands for a dtype.
pub(crate) fn core_from_object(object: &Bound<'_, PyAny>) -> PyResult<DType> {
    descr::to_dtype(&from_argument(object)?)
}

/// As [`from_object`] with `align=True` for structs made on the way.
pub(crate) fn from_any<'py>(
    object: &Bound<'py, PyAny>,
    align: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    if object.is_none() {
        return Ok(descr::singleton(py, TypeNum::Double));
    }
    if descr::is_descr(object) {
        return Ok(object.clone());
    }
    if let Ok(ty) = object.cast::<PyType>() {
        return from_type(ty, align);
    }
    if let Ok(text) = object.cast::<PyString>() {
        return match text.to_str() {
            Ok(text) => dtype_text::from_text(py, text, align, from_any),
            Err(_) => Err(PyTypeError::new_err(format!(
                "data type {} not understood",
                object.repr()?
            ))),
        };
    }
    if let Ok(bytes) = object.cast::<PyBytes>() {
        return match std::str::from_utf8(bytes.as_bytes()) {
            Ok(text) if text.is_ascii() => dtype_text::from_text(py, text, align, from_any),
            Ok(_) => Err(PyTypeError::new_err("data type not understood")),
            Err(e) => Err(PyUnicodeDecodeError::new_err_from_utf8(
                py,
                bytes.as_bytes(),
                e,
            )),
        };
    }
    let _depth = Depth::enter(py)?;
    if let Ok(tuple) = object.cast::<PyTuple>() {
        return from_tuple(tuple, align);
    }
    if let Ok(list) = object.cast::<PyList>() {
        return dtype_fields::from_list(list, align, from_any);
    }
    if object.is_instance_of::<PyDict>() || object.is_instance_of::<PyMappingProxy>() {
        return dtype_fields::from_dict(object, align, from_any);
    }
    if NDARRAY.is_instance(object) {
        return Err(PyTypeError::new_err(
            "Cannot construct a dtype from an array",
        ));
    }
    if let Some(found) = foreign::dtype(object, from_any)? {
        return Ok(found);
    }
    if let Some(found) = from_attribute(object)? {
        return Ok(found);
    }
    if let Some(found) = ctypes_dtype::from_instance(object, from_any)? {
        return Ok(found);
    }
    Err(PyTypeError::new_err(format!(
        "Cannot interpret '{}' as a data type",
        object.str()?
    )))
}

/// Guards the native stack while dtypes nest.
struct Depth;

impl Depth {
    fn enter(py: Python<'_>) -> PyResult<Self> {
        // SAFETY: the interpreter is held; each success is left once, by the drop.
        let failed = unsafe {
            ffi::Py_EnterRecursiveCall(c" while trying to convert the given data type".as_ptr())
        };
        if failed != 0 {
            return Err(PyErr::fetch(py));
        }
        Ok(Self)
    }
}

impl Drop for Depth {
    fn drop(&mut self) {
        // SAFETY: entered once.
        unsafe { ffi::Py_LeaveRecursiveCall() };
    }
}

/// The dtype of objects that have one as their attribute `dtype`.
fn from_attribute<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = object.py();
    let found = match object.getattr_opt(pyo3::intern!(py, "dtype")) {
        Ok(Some(found)) => found,
        Ok(None) => return Ok(None),
        Err(e) if e.is_instance_of::<pyo3::exceptions::PyRecursionError>(py) => return Err(e),
        Err(_) => return Ok(None),
    };
    if descr::is_descr(&found) {
        return Ok(Some(found));
    }
    if let Some(found) = foreign::dtype(&found, from_any)? {
        return Ok(Some(found));
    }
    // A property or member of a class is not a dtype.
    if found.hasattr(pyo3::intern!(py, "__get__"))? {
        return Ok(None);
    }
    Err(PyValueError::new_err(format!(
        "'{}.dtype' is not a NumPy dtype instance",
        match object.cast::<PyType>() {
            Ok(t) => t.name()?.to_string(),
            Err(_) => object.get_type().name()?.to_string(),
        }
    )))
}

/// The type number of the Python types that numbers and text have.
fn num_of_python_type(ty: *mut PyTypeObject) -> Option<TypeNum> {
    let object: *mut PyTypeObject = &raw mut ffi::PyBaseObject_Type;
    [
        (&raw mut ffi::PyFloat_Type, TypeNum::Double),
        (&raw mut ffi::PyLong_Type, INTP),
        (&raw mut ffi::PyBool_Type, TypeNum::Bool),
        (&raw mut ffi::PyComplex_Type, TypeNum::CDouble),
        (&raw mut ffi::PyUnicode_Type, TypeNum::Str),
        (&raw mut ffi::PyBytes_Type, TypeNum::Bytes),
        (object, TypeNum::Object),
        (&raw mut ffi::PyMemoryView_Type, TypeNum::Void),
    ]
    .into_iter()
    .find(|(t, _)| *t == ty)
    .map(|(_, num)| num)
}

fn from_type<'py>(ty: &Bound<'py, PyType>, align: bool) -> PyResult<Bound<'py, PyAny>> {
    let py = ty.py();
    let raw = ty.as_type_ptr();
    if let Some(num) = num_of_scalar_class(raw).or_else(|| num_of_python_type(raw)) {
        return Ok(descr::singleton(py, num));
    }
    // SAFETY: both are live type objects.
    let is_a = |base: *mut PyTypeObject| unsafe { ffi::PyType_IsSubtype(raw, base) != 0 };
    if is_a(AbstractScalar::Generic.class().get()) {
        return from_scalar_class(ty);
    }
    if let Some(found) = foreign::scalar_class(ty)? {
        return Ok(descr::singleton(py, found));
    }
    if DTYPE_META.is_instance(ty) {
        return Ok(descr::singleton(py, TypeNum::Object));
    }
    if let Some(found) = from_attribute(ty.as_any())? {
        return Ok(found);
    }
    if let Some(found) = ctypes_dtype::from_type(ty, from_any)? {
        return Ok(found);
    }
    let _ = align;
    Ok(descr::singleton(py, TypeNum::Object))
}

/// The dtype of a class below `numpy.generic` that is not one of the concrete builtin ones.
fn from_scalar_class<'py>(ty: &Bound<'py, PyType>) -> PyResult<Bound<'py, PyAny>> {
    use AbstractScalar as A;
    let py = ty.py();
    let raw = ty.as_type_ptr();
    let is = |a: A| a.class().get() == raw;
    let refuse = |text: &str| Err(PyTypeError::new_err(text.to_owned()));
    if is(A::Number) || is(A::Inexact) || is(A::Floating) {
        return refuse("Converting `np.inexact` or `np.floating` to a dtype not allowed");
    }
    if is(A::ComplexFloating) {
        return refuse("Converting `np.complex` to a dtype is not allowed");
    }
    if is(A::Integer) || is(A::SignedInteger) {
        return refuse("Converting 'np.integer' or 'np.signedinteger' to a dtype is not allowed");
    }
    if is(A::UnsignedInteger) {
        return refuse("Converting `np.unsignedinteger` to a dtype is not allowed");
    }
    if is(A::Character) {
        return refuse("Converting `np.character` to a dtype is not allowed");
    }
    if is(A::Generic) || is(A::Flexible) {
        return refuse("Converting `np.generic` to a dtype is not allowed.");
    }
    for base in ty.mro().iter().skip(1) {
        let Some(num) = num_of_scalar_class(base.as_ptr().cast()) else {
            continue;
        };
        if num != TypeNum::Void {
            return Ok(descr::singleton(py, num));
        }
        // Subclasses of void keep their class, and may bring fields as their attribute `dtype`.
        let made = match ty.getattr(pyo3::intern!(py, "dtype")) {
            Ok(own) if descr::is_descr(&own) => copy_of(&own)?,
            _ => descr::fresh(py, &DType::new(TypeNum::Void))?,
        };
        set_type(&made, ty);
        return Ok(made);
    }
    Err(PyTypeError::new_err(format!(
        "Cannot interpret '{}' as a data type",
        ty.str()?
    )))
}

/// Makes items of a fresh dtype come out as instances of `ty`.
fn set_type(descr: &Bound<'_, PyAny>, ty: &Bound<'_, PyType>) {
    // SAFETY: the dtype is new and nobody else has seen it; the field owns a reference.
    unsafe {
        let d = &mut *descr.as_ptr().cast::<ArrayDescr>();
        let old = d.typeobj;
        d.typeobj = ty.clone().into_ptr().cast();
        ffi::Py_XDECREF(old.cast());
    }
}

/// A copy of a `dtype` object that nobody else has seen, with metadata and class.
pub(crate) fn copy_of<'py>(descr: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = descr.py();
    let old = descr::fields(descr);
    let core = descr::to_dtype(descr)?;
    // Fields and inner dtypes are shared objects; core gives only the plain part.
    let plain = match core.num() {
        TypeNum::Void => DType::void(core.itemsize()),
        _ => core,
    };
    let made = descr::fresh(py, &plain)?;
    // SAFETY: both are live `dtype` objects; references are taken for what is shared.
    unsafe {
        let d = &mut *made.as_ptr().cast::<ArrayDescr>();
        d.byteorder = old.byteorder;
        d.flags = old.flags;
        d.elsize = old.elsize;
        d.alignment = old.alignment;
        for (to, from) in [
            (&raw mut d.metadata, old.metadata),
            (&raw mut d.fields, old.fields),
            (&raw mut d.names, old.names),
        ] {
            ffi::Py_XINCREF(from);
            *to = from;
        }
        ffi::Py_INCREF(old.typeobj.cast());
        ffi::Py_XDECREF(d.typeobj.cast());
        d.typeobj = old.typeobj;
        if !old.subarray.is_null() {
            let s = &*old.subarray;
            ffi::Py_INCREF(s.base.cast());
            ffi::Py_INCREF(s.shape);
            d.subarray = Box::into_raw(Box::new(SubarrayDescr {
                base: s.base,
                shape: s.shape,
            }));
        }
    }
    Ok(made)
}

/// A subarray dtype over a given `dtype` object.
pub(crate) fn subarray<'py>(
    base: &Bound<'py, PyAny>,
    shape: &[isize],
) -> PyResult<Bound<'py, PyAny>> {
    let py = base.py();
    let mut items = 1isize;
    if shape.len() > MAXDIMS {
        return Err(PyValueError::new_err(format!(
            "maximum supported dimension for an ndarray is currently 64, found {}",
            shape.len()
        )));
    }
    let d = descr::fields(base);
    for &n in shape {
        if n < 0 {
            return Err(PyValueError::new_err(
                "invalid shape in fixed-type tuple: dimension smaller then zero.",
            ));
        }
        if i32::try_from(n).is_err() {
            return Err(PyValueError::new_err(
                "invalid shape in fixed-type tuple: dimension does not fit into a C int.",
            ));
        }
        items = items.saturating_mul(n);
    }
    let size = items.saturating_mul(d.elsize);
    if i32::try_from(size).is_err() {
        return Err(PyValueError::new_err(
            "invalid shape in fixed-type tuple: dtype size in bytes must fit into a C int.",
        ));
    }
    let made = descr::fresh(py, &DType::void(size as usize))?;
    let shape = PyTuple::new(py, Dims::from_slice(shape))?;
    // SAFETY: the dtype is new; it owns the references given to it.
    unsafe {
        let m = &mut *made.as_ptr().cast::<ArrayDescr>();
        m.alignment = d.alignment;
        m.flags = d.flags;
        m.subarray = Box::into_raw(Box::new(SubarrayDescr {
            base: base.clone().into_ptr().cast(),
            shape: shape.into_ptr(),
        }));
    }
    Ok(made)
}

/// Whether the item size is still open (`S`, `U`, `V` without a size).
fn is_unsized(descr: &Bound<'_, PyAny>) -> bool {
    let d = descr::fields(descr);
    d.elsize == 0
        && d.names.is_null()
        && d.subarray.is_null()
        && TypeNum::from_c(d.type_num).is_some_and(TypeNum::is_flexible)
}

/// `(flexible, itemsize)`, `(dtype, shape)`, `(dtype, metadata)`, `(base, dtype)`.
fn from_tuple<'py>(tuple: &Bound<'py, PyTuple>, align: bool) -> PyResult<Bound<'py, PyAny>> {
    if tuple.len() != 2 {
        return Err(PyTypeError::new_err(format!(
            "Tuple must have size 2, but has size {}",
            tuple.len()
        )));
    }
    let base = from_any(&tuple.get_item(0)?, align)?;
    let value = tuple.get_item(1)?;
    if let Some(made) = inherit(&base, &value)? {
        return Ok(made);
    }
    if is_unsized(&base) {
        let size: i64 = value.extract().unwrap_or(-1);
        let num = TypeNum::from_c(descr::fields(&base).type_num).unwrap_or(TypeNum::Void);
        let width = if num == TypeNum::Str { 4 } else { 1 };
        if size < 0 || size > i64::from(i32::MAX) / width {
            return Err(PyValueError::new_err(
                "invalid itemsize in generic type tuple",
            ));
        }
        let made = copy_of(&base)?;
        // SAFETY: the copy is new and nobody else has seen it.
        unsafe {
            (*made.as_ptr().cast::<ArrayDescr>()).elsize = (size * width) as isize;
        }
        return Ok(made);
    }
    if !descr::fields(&base).metadata.is_null()
        && (value.is_instance_of::<PyDict>() || value.is_instance_of::<PyMappingProxy>())
    {
        let made = copy_of(&base)?;
        // SAFETY: metadata of a live dtype is a live dict.
        let old: Bound<'py, PyAny> =
            unsafe { Bound::from_borrowed_ptr(base.py(), descr::fields(&base).metadata) };
        let merged = old.cast::<PyDict>()?.copy()?;
        merged.call_method1("update", (value,))?;
        set_metadata(&made, merged.as_any());
        return Ok(made);
    }
    let invalid = || PyValueError::new_err("invalid shape in fixed-type tuple.");
    let shape: Vec<isize> = if let Ok(list) = value.cast::<PyTuple>() {
        let mut shape = Vec::with_capacity(list.len());
        for d in list.iter() {
            shape.push(index_of(&d).ok_or_else(invalid)?);
        }
        shape
    } else if let Some(n) = index_of(&value) {
        vec![n]
    } else if let Ok(list) = value.extract::<Vec<isize>>() {
        list
    } else {
        return Err(invalid());
    };
    if shape.is_empty() {
        return Ok(base);
    }
    subarray(&base, &shape)
}

/// An integer through `__index__`; no bools, no floats.
fn index_of(object: &Bound<'_, PyAny>) -> Option<isize> {
    // SAFETY: a live object; an error is cleared.
    unsafe {
        if ffi::PyIndex_Check(object.as_ptr()) == 0 {
            return None;
        }
        let n = ffi::PyNumber_AsSsize_t(object.as_ptr(), std::ptr::null_mut());
        if n == -1 && !ffi::PyErr_Occurred().is_null() {
            ffi::PyErr_Clear();
            return None;
        }
        Some(n)
    }
}

/// `(base, dtype)`: the items of `base` seen with the fields of another dtype of the same size.
fn inherit<'py>(
    base: &Bound<'py, PyAny>,
    value: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = base.py();
    if index_of(value).is_some() || value.is_none() {
        return Ok(None);
    }
    if let Ok(t) = value.cast::<PyTuple>()
        && t.iter().all(|v| index_of(&v).is_some())
    {
        return Ok(None);
    }
    let other = match from_any(value, false) {
        Ok(other) => other,
        Err(e) if e.is_instance_of::<pyo3::exceptions::PyRecursionError>(py) => return Err(e),
        Err(_) => return Ok(None),
    };
    let (b, o) = (descr::fields(base), descr::fields(&other));
    let is_dict = value.is_instance_of::<PyDict>();
    if is_dict && (o.names.is_null() || !b.metadata.is_null()) {
        return Ok(None);
    }
    let made = copy_of(base)?;
    // SAFETY: the copy is new; references are taken for what is shared.
    unsafe {
        let m = &mut *made.as_ptr().cast::<ArrayDescr>();
        if is_unsized(base) {
            m.elsize = o.elsize;
        } else if m.elsize != o.elsize {
            return Err(PyValueError::new_err(
                "mismatch in size of old and new data-descriptor",
            ));
        } else if (b.flags | o.flags) & descr_flags::ITEM_HASOBJECT != 0 && b.type_num != o.type_num
        {
            return Err(PyValueError::new_err(
                "dtypes of the form (old_dtype, new_dtype) containing the object dtype are not supported",
            ));
        }
        if !o.names.is_null() {
            ffi::Py_XDECREF(m.fields);
            ffi::Py_XDECREF(m.names);
            ffi::Py_INCREF(o.fields);
            ffi::Py_INCREF(o.names);
            m.fields = o.fields;
            m.names = o.names;
            if m.type_num == TypeNum::Void as i32 {
                m.alignment = o.alignment;
            }
        }
        if !o.metadata.is_null() {
            let shared: Bound<'py, PyAny> = Bound::from_borrowed_ptr(py, o.metadata);
            set_metadata(&made, &shared);
        }
        m.flags = o.flags;
    }
    Ok(Some(made))
}

/// The scalar class whose instances the items of a `dtype` object are.
pub(crate) fn scalar_type_of(descr: &Bound<'_, PyAny>) -> *mut PyTypeObject {
    let d = descr::fields(descr);
    if d.typeobj.is_null() {
        TypeNum::from_c(d.type_num).map_or(std::ptr::null_mut(), |n| scalar_class(n).get())
    } else {
        d.typeobj
    }
}
