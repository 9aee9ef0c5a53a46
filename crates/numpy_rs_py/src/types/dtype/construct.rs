//! Making dtypes: the constructor, byte order, and comparison.

use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::dtype::{ByteOrder, DType, Detail, TypeNum};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi::{self, PyObject, PyTypeObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::classes::{DTYPE, num_of_dtype_class};
use crate::convert::dtype::{copy_of, from_any, subarray};
use crate::convert::dtype_fields::{FieldSpec, set_metadata, specs_of, struct_descr};
use crate::descr;
use crate::layout::{ArrayDescr, descr_flags};
use crate::signature::Signature;

/// `dtype(dtype, align=False, copy=False, metadata=None)`, and the classes of `numpy.dtypes` called directly.
pub(super) fn new<'py>(
    class: *mut PyTypeObject,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = args.py();
    if class != DTYPE.as_type() {
        return new_of_class(py, class, args, kwargs);
    }
    static SIGNATURE: std::sync::OnceLock<Signature> = std::sync::OnceLock::new();
    let signature = SIGNATURE
        .get_or_init(|| Signature::parse("dtype(dtype, align=False, copy=False, metadata=None)"));
    if args.is_empty() && kwargs.is_none_or(|k| !k.contains("dtype").unwrap_or(false)) {
        return Err(PyTypeError::new_err(
            "dtype() missing required argument 'dtype' (pos 1)",
        ));
    }
    let bound = signature.bind_call(args, kwargs)?;
    let align = bound.flag(1, false)?;
    let copy = bound.flag(2, false)?;
    let metadata = bound.some(3);
    if let Some(m) = &metadata
        && !m.is_instance_of::<PyDict>()
    {
        return Err(PyTypeError::new_err(format!(
            "dtype() argument 4 must be dict, not {}",
            m.get_type().name()?
        )));
    }
    let mut made = from_any(&bound.required(0), align)?;
    if copy && metadata.is_none() {
        made = copy_of(&made)?;
    }
    if let Some(m) = metadata {
        let old = descr::fields(&made).metadata;
        let merged = if old.is_null() {
            m.cast::<PyDict>()?.copy()?
        } else {
            // SAFETY: metadata of a live dtype is a live dict.
            let old: Bound<'py, PyAny> = unsafe { Bound::from_borrowed_ptr(py, old) };
            let merged = old.cast::<PyDict>()?.copy()?;
            merged.update(m.cast::<PyDict>()?.as_mapping())?;
            merged
        };
        made = copy_of(&made)?;
        set_metadata(&made, merged.as_any());
    }
    Ok(made)
}

fn new_of_class<'py>(
    py: Python<'py>,
    class: *mut PyTypeObject,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a live type object.
    let ty: Bound<'py, PyAny> = unsafe { Bound::from_borrowed_ptr(py, class.cast()) };
    let Some(num) = num_of_dtype_class(class) else {
        return Err(PyTypeError::new_err(format!(
            "Preliminary-API: Cannot instantiate abstract DType class {}",
            ty.str()?
        )));
    };
    let n = args.len() + kwargs.map_or(0, PyDictMethods::len);
    match num {
        TypeNum::Bytes | TypeNum::Str => {
            if n != 1 {
                return Err(PyTypeError::new_err(format!(
                    "function takes exactly 1 positional argument ({n} given)"
                )));
            }
            let size = match kwargs.and_then(|k| k.values().get_item(0).ok()) {
                Some(v) => v,
                None => args.get_item(0)?,
            };
            let size: i64 = size.extract()?;
            if size < 0 || size > i64::from(i32::MAX) / 4 {
                return Err(PyValueError::new_err(format!(
                    "invalid string length {size}"
                )));
            }
            let made = if num == TypeNum::Str {
                DType::str(size as usize)
            } else {
                DType::bytes(size as usize)
            };
            descr::from_dtype(py, &made)
        }
        TypeNum::Void | TypeNum::Datetime | TypeNum::Timedelta => {
            Err(PyTypeError::new_err(format!(
                "Preliminary-API: Flexible/Parametric legacy DType '{}' can only be instantiated using `np.dtype(...)`",
                ty.str()?
            )))
        }
        _ if n > 0 => Err(PyTypeError::new_err(
            "currently only the no-argument instantiation is supported; use `np.dtype` instead.",
        )),
        _ => Ok(descr::singleton(py, num)),
    }
}

/// What `newbyteorder` asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum NewOrder {
    Swap,
    Little,
    Big,
    Native,
    Ignore,
}

impl NewOrder {
    /// The order of a word or letter.
    pub(crate) fn from_object(object: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let Some(object) = object else {
            return Ok(Self::Swap);
        };
        let text: String = match object.cast::<PyString>() {
            Ok(s) => s.to_str()?.to_owned(),
            Err(_) => object.extract()?,
        };
        let known = match text.as_str() {
            "little" => Some(Self::Little),
            "big" => Some(Self::Big),
            "native" => Some(Self::Native),
            "ignore" => Some(Self::Ignore),
            "swap" => Some(Self::Swap),
            t if t.chars().count() == 1 => match t.as_bytes()[0] {
                b'>' | b'B' | b'b' => Some(Self::Big),
                b'<' | b'L' | b'l' => Some(Self::Little),
                b'=' | b'N' | b'n' => Some(Self::Native),
                b'|' | b'I' | b'i' => Some(Self::Ignore),
                b'S' | b's' => Some(Self::Swap),
                _ => None,
            },
            _ => None,
        };
        known.ok_or_else(|| {
            PyValueError::new_err(format!(
                "byteorder not recognized (got {})",
                numpy_rs_core::dtype::text::py_str_repr(&text)
            ))
        })
    }
}

/// A dtype whose items, fields and inner items are in another byte order.
pub(crate) fn new_byte_order<'py>(
    d: &Bound<'py, PyAny>,
    order: NewOrder,
) -> PyResult<Bound<'py, PyAny>> {
    let py = d.py();
    let core = descr::to_dtype(d)?;
    match core.detail() {
        Some(Detail::Struct(_)) => {
            let mut specs = Vec::new();
            for s in specs_of(d)? {
                specs.push(FieldSpec {
                    descr: new_byte_order(&s.descr, order)?,
                    ..s
                });
            }
            let f = descr::fields(d);
            let aligned = f.flags & descr_flags::ALIGNED_STRUCT != 0;
            struct_descr(py, &specs, f.elsize as usize, f.alignment as usize, aligned)
        }
        Some(Detail::Subarray { shape, .. }) => {
            let Some((base, _)) = super::attributes::subarray(d) else {
                return Ok(d.clone());
            };
            subarray(&new_byte_order(&base, order)?, shape)
        }
        _ => {
            let little = cfg!(target_endian = "little");
            let native = |yes: bool| {
                if yes {
                    ByteOrder::Native
                } else {
                    ByteOrder::Swapped
                }
            };
            let to = match order {
                NewOrder::Swap => native(!core.is_native()),
                NewOrder::Little => native(little),
                NewOrder::Big => native(!little),
                NewOrder::Native => ByteOrder::Native,
                NewOrder::Ignore => core.byte_order(),
            };
            let made = descr::from_dtype(py, &core.with_byte_order(to))?;
            let metadata = descr::fields(d).metadata;
            if metadata.is_null() {
                return Ok(made);
            }
            let made = copy_of(&made)?;
            // SAFETY: metadata of a live dtype is a live dict.
            let shared = unsafe { Bound::from_borrowed_ptr(py, metadata) };
            set_metadata(&made, &shared);
            Ok(made)
        }
    }
}

/// `==`, `!=` and the order by `can_cast`.
pub(super) fn compare<'py>(
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
    op: std::ffi::c_int,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let other = match from_any(b, false) {
        Ok(other) => other,
        Err(e) => {
            if e.is_instance_of::<pyo3::exceptions::PyRecursionError>(py) {
                return Err(e);
            }
            return Ok(py.NotImplemented().into_bound(py));
        }
    };
    let (x, y) = (descr::to_dtype(a)?, descr::to_dtype(&other)?);
    let equal = a.is(&other) || (x.is_equivalent(&y) && same_class_of_fields(a, &other)?);
    let answer = match op {
        ffi::Py_EQ => equal,
        ffi::Py_NE => !equal,
        ffi::Py_LT => !equal && cast::can_cast(&x, &y, Casting::Safe),
        ffi::Py_LE => cast::can_cast(&x, &y, Casting::Safe),
        ffi::Py_GT => !equal && cast::can_cast(&y, &x, Casting::Safe),
        _ => cast::can_cast(&y, &x, Casting::Safe),
    };
    Ok(answer.into_pyobject(py)?.to_owned().into_any())
}

/// Number dtypes that carry fields have them in the C struct only; titles may be any object.
fn same_class_of_fields(a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>) -> PyResult<bool> {
    let (x, y) = (descr::fields(a), descr::fields(b));
    if x.names.is_null() != y.names.is_null() {
        return Ok(false);
    }
    if x.names.is_null() || x.type_num == TypeNum::Void as i32 {
        return Ok(true);
    }
    // SAFETY: fields of live dtypes are live objects.
    let (f, g): (Bound<'_, PyAny>, Bound<'_, PyAny>) = unsafe {
        (
            Bound::from_borrowed_ptr(a.py(), x.fields),
            Bound::from_borrowed_ptr(b.py(), y.fields),
        )
    };
    f.eq(g)
}

/// The hash: equal for dtypes that are equal.
pub(super) fn hash(d: &Bound<'_, PyAny>) -> PyResult<isize> {
    // SAFETY: a live dtype.
    let raw: *mut ArrayDescr = d.as_ptr().cast();
    // SAFETY: as above.
    let known = unsafe { (*raw).hash };
    if known != -1 {
        return Ok(known);
    }
    let text = PyString::new(d.py(), &key(d)?);
    let value = text.hash()?;
    // SAFETY: as above; the field caches the hash as in NumPy.
    unsafe { (*raw).hash = value };
    Ok(value)
}

/// A text that is the same for equal dtypes.
fn key(d: &Bound<'_, PyAny>) -> PyResult<String> {
    let core = descr::to_dtype(d)?;
    if let Some((base, shape)) = super::attributes::subarray(d) {
        return Ok(format!("({},{})", key(&base)?, shape.repr()?));
    }
    let mut text = numpy_rs_core::dtype::text::typestr(&core);
    for s in specs_of(d)? {
        let title = match &s.title {
            Some(t) => t.repr()?.to_string(),
            None => String::new(),
        };
        text.push_str(&format!(
            "|{}:{title}:{}:{}",
            s.name,
            s.offset,
            key(&s.descr)?
        ));
    }
    Ok(text)
}

/// `dtype * n`.
pub(super) fn repeat<'py>(d: &Bound<'py, PyAny>, n: isize) -> PyResult<Bound<'py, PyAny>> {
    if n < 0 {
        return Err(PyValueError::new_err(format!(
            "Array length must be >= 0, not {n}"
        )));
    }
    if n == 1 {
        return Ok(d.clone());
    }
    subarray(d, &[n])
}

/// `class[args]`: a `types.GenericAlias`, after a check of the number of arguments.
pub(crate) fn generic_alias<'py>(
    class: &Bound<'py, PyAny>,
    args: &Bound<'py, PyAny>,
    most: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let n = match args.cast::<PyTuple>() {
        Ok(t) => t.len(),
        Err(_) => 1,
    };
    let name = || -> PyResult<String> {
        let class = class.cast::<pyo3::types::PyType>()?;
        Ok(format!("{}.{}", class.module()?, class.name()?))
    };
    if n > most || n == 0 {
        return Err(PyTypeError::new_err(format!(
            "Too {} arguments for {}",
            if n > most { "many" } else { "few" },
            name()?
        )));
    }
    // SAFETY: live objects.
    unsafe {
        let raw: *mut PyObject = ffi::Py_GenericAlias(class.as_ptr(), args.as_ptr());
        Bound::from_owned_ptr_or_err(class.py(), raw)
    }
}
