//! Making scalars: the constructors of the scalar types.

use numpy_rs_core::dtype::{DType, DatetimeUnit, TypeNum};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi::{self, PyObject, PyTypeObject};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString, PyTuple};

use crate::array::ArrayRef;
use crate::classes::{num_of_scalar_class, scalar_class};
use crate::convert::array_like::{self, Request};
use crate::convert::dtype::from_argument;
use crate::convert::item::{self, Item, number_object, ticks_object};
use crate::convert::store::{self, number_of, scalar_item};
use crate::convert::{dtype_text, ticks, warning};
use crate::descr;
use crate::gate;

use TypeNum as T;

/// The builtin class that a class is or is derived from.
unsafe fn builtin(class: *mut PyTypeObject) -> Option<TypeNum> {
    let mut base = class;
    while !base.is_null() {
        if let Some(num) = num_of_scalar_class(base) {
            return Some(num);
        }
        // SAFETY: the chain of bases of a live type is live.
        base = unsafe { (*base).tp_base };
    }
    None
}

/// The slot of all scalar types.
pub(super) unsafe extern "C" fn new(
    class: *mut PyTypeObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: Python passes a tuple and a dict or null, with the interpreter held.
    unsafe {
        gate::enter_object(|py| {
            let args = Bound::<PyAny>::from_borrowed_ptr(py, args).cast_into::<PyTuple>()?;
            let kwargs = Bound::<PyAny>::from_borrowed_ptr_or_opt(py, kwargs)
                .map(pyo3::Bound::cast_into::<PyDict>)
                .transpose()?
                .filter(|k| !k.is_empty());
            let Some(num) = builtin(class) else {
                return Err(PyTypeError::new_err(
                    "cannot create instances of this class",
                ));
            };
            match num {
                T::Bytes | T::Str => text(num, class, &args, kwargs.as_ref()),
                T::Void => void(class, &args, kwargs.as_ref()),
                T::Datetime | T::Timedelta => moment(num, class, &args, kwargs.as_ref()),
                _ => plain(num, class, &args, kwargs.as_ref()),
            }
        })
    }
}

/// The only argument, if given.
fn only<'py>(
    num: TypeNum,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let name = num.facts().name;
    if num == T::Double {
        if kwargs.is_some() {
            return Err(PyTypeError::new_err("float() takes no keyword arguments"));
        }
        if args.len() > 1 {
            return Err(PyTypeError::new_err(format!(
                "float expected at most 1 argument, got {}",
                args.len()
            )));
        }
    }
    if let Some(k) = kwargs {
        return Err(PyTypeError::new_err(format!(
            "{name}() got an unexpected keyword argument '{}'",
            k.keys().get_item(0)?
        )));
    }
    match args.len() {
        0 => Ok(None),
        1 => args.get_item(0).map(Some),
        // Real and imaginary part, as Python's own complex takes them.
        2 if num.is_complex() => args
            .py()
            .get_type::<pyo3::types::PyComplex>()
            .call1(args)
            .map(|z| Some(z.into_any())),
        n => Err(PyTypeError::new_err(format!(
            "{name}() takes at most 1 argument ({n} given)"
        ))),
    }
}

/// An instance of a subclass with a number inside.
fn in_class<'py>(
    py: Python<'py>,
    class: *mut PyTypeObject,
    num: TypeNum,
    item: &Item,
) -> PyResult<Bound<'py, PyAny>> {
    if class == scalar_class(num).get() {
        return number_object(py, num, item);
    }
    // SAFETY: instances of the class begin with the number behind the header.
    unsafe {
        let alloc = (*class)
            .tp_alloc
            .ok_or_else(|| PyTypeError::new_err("the class cannot be instantiated"))?;
        let raw = alloc(class, 0);
        let made = Bound::from_owned_ptr_or_err(py, raw)?;
        let room = raw.cast::<u8>().add(size_of::<PyObject>());
        std::ptr::copy_nonoverlapping(item.0.as_ptr(), room, num.facts().itemsize);
        Ok(made)
    }
}

/// Numbers and objects.
fn plain<'py>(
    num: TypeNum,
    class: *mut PyTypeObject,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = args.py();
    if num.is_complex() && (args.len() == 2 || kwargs.is_some()) {
        return from_parts(num, class, args, kwargs);
    }
    let Some(value) = only(num, args, kwargs)? else {
        if num == T::Object {
            return Ok(py.None().into_bound(py));
        }
        return in_class(py, class, num, &Item::ZERO);
    };
    if num.is_number()
        && let Some((from, item)) = number_in(&value)
    {
        return in_class(py, class, num, &store::cast_item(py, from, num, &item)?);
    }
    if num.is_number() && is_simple(&value) {
        return in_class(py, class, num, &number_of(&value, num)?);
    }
    let array = array_like::make(
        &value,
        &Request {
            descr: Some(descr::singleton(py, num)),
            subok: false,
            ..Request::default()
        },
    )?;
    if array.ndim() > 0 {
        return Ok(array.into_any());
    }
    // SAFETY: a 0-d array has one item of the type.
    unsafe {
        if num.is_number() {
            return in_class(py, class, num, &item::load(num, false, array.data()));
        }
        item::to_object(py, array.data(), &array.descr())
    }
}

/// A complex number from its real and imaginary parts.
fn from_parts<'py>(
    num: TypeNum,
    class: *mut PyTypeObject,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = args.py();
    static SIGNATURE: std::sync::OnceLock<crate::signature::Signature> = std::sync::OnceLock::new();
    let signature =
        SIGNATURE.get_or_init(|| crate::signature::Signature::parse("complex(real=0, imag=0)"));
    let bound = signature.bind_call(args, kwargs)?;
    // SAFETY: Python's own class lives for ever.
    let complex: Bound<'py, PyAny> =
        unsafe { Bound::from_borrowed_ptr(py, (&raw mut ffi::PyComplex_Type).cast()) };
    let zero = || 0i32.into_pyobject(py).map(Bound::into_any);
    let re = match bound.get(0) {
        Some(v) => v,
        None => zero()?,
    };
    let im = match bound.get(1) {
        Some(v) => v,
        None => zero()?,
    };
    let value = complex.call1((re, im))?;
    in_class(py, class, num, &number_of(&value, num)?)
}

/// Whether a value is stored by itself, without a look for sequences and protocols.
fn is_simple(value: &Bound<'_, PyAny>) -> bool {
    // SAFETY: checks of the type of a live object.
    unsafe {
        let p = value.as_ptr();
        let ty = ffi::Py_TYPE(p);
        ty == &raw mut ffi::PyFloat_Type
            || ty == &raw mut ffi::PyLong_Type
            || ty == &raw mut ffi::PyBool_Type
            || ty == &raw mut ffi::PyComplex_Type
            || ty == &raw mut ffi::PyUnicode_Type
            || num_of_scalar_class(ty).is_some_and(TypeNum::is_number)
    }
}

/// `str_` and `bytes_`: Python's own constructor first, then conversion as an item.
fn text<'py>(
    num: TypeNum,
    class: *mut PyTypeObject,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = args.py();
    let parent: *mut PyTypeObject = if num == T::Str {
        &raw mut ffi::PyUnicode_Type
    } else {
        &raw mut ffi::PyBytes_Type
    };
    let keywords = kwargs.map_or(std::ptr::null_mut(), Bound::as_ptr);
    // SAFETY: Python's constructors make instances of subclasses.
    let first = unsafe {
        let new = (*parent)
            .tp_new
            .ok_or_else(|| PyTypeError::new_err("no constructor"))?;
        Bound::from_owned_ptr_or_err(py, new(class, args.as_ptr(), keywords))
    };
    let error = match first {
        Ok(made) => return Ok(made),
        Err(e) => e,
    };
    if args.len() != 1 || kwargs.is_some() {
        return Err(error);
    }
    let array = array_like::make(
        &args.get_item(0)?,
        &Request {
            descr: Some(descr::singleton(py, num)),
            subok: false,
            ..Request::default()
        },
    )?;
    if array.ndim() > 0 {
        return Ok(array.into_any());
    }
    // SAFETY: a 0-d array has one item.
    let made = unsafe { item::to_python(py, array.data(), &array.descr())? };
    if num == T::Str {
        item::str_object(made.cast::<PyString>()?, class)
    } else {
        item::bytes_object(py, class, made.cast::<PyBytes>()?.as_bytes())
    }
}

/// `void(size)`, `void(bytes)`, `void(value, dtype)`.
fn void<'py>(
    class: *mut PyTypeObject,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = args.py();
    static SIGNATURE: std::sync::OnceLock<crate::signature::Signature> = std::sync::OnceLock::new();
    let signature = SIGNATURE
        .get_or_init(|| crate::signature::Signature::parse("void(length_or_data, /, dtype=None)"));
    let bound = signature.bind_call(args, kwargs)?;
    let value = bound.required(0);
    let Some(dtype) = bound.some(1) else {
        let is_size = value.is_instance_of::<pyo3::types::PyInt>()
            || store::scalar_num(&value).is_some_and(TypeNum::is_integer)
            || ArrayRef::from_object(&value).is_some_and(|a| {
                a.ndim() == 0 && TypeNum::from_c(a.type_num()).is_some_and(TypeNum::is_integer)
            });
        if is_size {
            let n: i64 = value.extract()?;
            if !(0..=i64::from(i32::MAX)).contains(&n) {
                return Err(PyValueError::new_err(format!(
                    "size must be non-negative and not greater than {}",
                    i32::MAX
                )));
            }
            let d = descr::fresh(py, &DType::void(n as usize))?;
            let zeros = numpy_rs_core::buffer::Buffer::zeroed(n as usize)
                .map_err(|_| pyo3::exceptions::PyMemoryError::new_err(()))?;
            // SAFETY: the buffer has the bytes of one item.
            return unsafe { item::void_object(py, zeros.as_ptr(), &typed(d, class), None) };
        }
        let array = array_like::make(
            &value,
            &Request {
                descr: Some(descr::singleton(py, T::Void)),
                subok: false,
                ..Request::default()
            },
        )?;
        return scalar_or_array(array);
    };
    let d = from_argument(&dtype)?;
    if descr::fields(&d).type_num != T::Void as i32 {
        return Err(PyTypeError::new_err(format!(
            "void: descr must be a `void` dtype, but is {}",
            d.repr()?
        )));
    }
    let array = array_like::make(
        &value,
        &Request {
            descr: Some(typed(d, class)),
            subok: false,
            ..Request::default()
        },
    )?;
    scalar_or_array(array)
}

/// The dtype with items of a class derived from void.
fn typed(d: Bound<'_, PyAny>, class: *mut PyTypeObject) -> Bound<'_, PyAny> {
    if class == scalar_class(T::Void).get() {
        return d;
    }
    match crate::convert::dtype::copy_of(&d) {
        Ok(made) => {
            // SAFETY: the copy is new; the field owns a reference.
            unsafe {
                let raw = made.as_ptr().cast::<crate::layout::ArrayDescr>();
                ffi::Py_INCREF(class.cast());
                ffi::Py_XDECREF((*raw).typeobj.cast());
                (*raw).typeobj = class;
            }
            made
        }
        Err(_) => d,
    }
}

fn scalar_or_array(array: ArrayRef<'_>) -> PyResult<Bound<'_, PyAny>> {
    if array.ndim() > 0 {
        return Ok(array.into_any());
    }
    // SAFETY: a 0-d array has one item.
    unsafe { item::to_object(array.py(), array.data(), &array.descr()) }
}

/// A unit given as text, or as `(unit, count)`.
fn unit_of(object: &Bound<'_, PyAny>) -> PyResult<DatetimeUnit> {
    if let Ok(t) = object.cast::<PyTuple>() {
        let name: String = t.get_item(0)?.extract()?;
        let unit = dtype_text::unit_number(&name).ok_or_else(|| {
            PyTypeError::new_err(format!("Invalid datetime unit \"{name}\" in metadata"))
        })?;
        return Ok(DatetimeUnit {
            unit,
            count: t.get_item(1)?.extract()?,
        });
    }
    let text: String = match object.cast::<PyBytes>() {
        Ok(b) => String::from_utf8_lossy(b.as_bytes()).into_owned(),
        Err(_) => object.extract()?,
    };
    let inner = text
        .strip_prefix('[')
        .and_then(|t| t.strip_suffix(']'))
        .unwrap_or(&text);
    dtype_text::parse_unit(inner, &text)
}

/// `datetime64(value, unit)` and `timedelta64(value, unit)`.
fn moment<'py>(
    num: TypeNum,
    class: *mut PyTypeObject,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = args.py();
    let name = num.facts().name;
    if let Some(k) = kwargs {
        return Err(PyTypeError::new_err(format!(
            "{name}() got an unexpected keyword argument '{}'",
            k.keys().get_item(0)?
        )));
    }
    if args.len() > 2 {
        return Err(PyTypeError::new_err(format!(
            "function takes at most 2 arguments ({} given)",
            args.len()
        )));
    }
    let generic = ticks::GENERIC;
    let asked = match args.get_item(1) {
        Ok(u) if !u.is_none() => Some(unit_of(&u)?),
        _ => None,
    };
    let Ok(value) = args.get_item(0) else {
        if num == T::Timedelta && asked.is_none_or(|unit| unit.unit == 14) {
            warning::deprecated(
                py,
                "The 'generic' unit for NumPy timedelta is deprecated, and will raise an error in the future. \
                 Please use a specific unit instead.",
            )?;
        }
        let ticks = if num == T::Datetime { ticks::NAT } else { 0 };
        return ticks_object(py, class, ticks, asked.unwrap_or(generic));
    };
    ticks::warn_of_generic(&value, num, asked.unwrap_or(generic))?;
    let value = match ArrayRef::from_object(&value) {
        // SAFETY: a 0-d array has one item.
        Some(a) if a.ndim() == 0 => unsafe { item::to_object(py, a.data(), &a.descr())? },
        _ => value,
    };
    let value = match store::scalar_num(&value) {
        Some(n) if n.is_number() => value.call_method0("item")?,
        _ => value,
    };
    let word = if num == T::Datetime {
        "datetime"
    } else {
        "timedelta"
    };
    let Some((ticks, from)) = ticks::from_object(&value, num)? else {
        return Err(PyValueError::new_err(format!(
            "Could not convert object to NumPy {word}"
        )));
    };
    let Some(to) = asked else {
        let is_int = value.is_instance_of::<pyo3::types::PyInt>();
        if num == T::Datetime && is_int {
            return Err(PyValueError::new_err(
                "Converting an integer to a NumPy datetime requires a specified unit",
            ));
        }
        return ticks_object(py, class, ticks, from);
    };
    let converted = ticks::convert(num, ticks, from, to).ok_or_else(|| {
        PyTypeError::new_err(format!(
            "Cannot cast NumPy {word}64 scalar from metadata [{}] to [{}] according to the rule 'same_kind'",
            ticks::unit_name(from.unit),
            ticks::unit_name(to.unit)
        ))
    })?;
    ticks_object(py, class, converted, to)
}

/// The number inside a scalar of a number type.
pub(super) fn number_in(object: &Bound<'_, PyAny>) -> Option<(TypeNum, Item)> {
    let num = store::scalar_num(object).filter(|n| n.is_number())?;
    // SAFETY: the object is an instance of the class.
    Some((num, unsafe { scalar_item(object.as_ptr(), num) }))
}
