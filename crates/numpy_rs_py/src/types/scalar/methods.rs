//! Methods of scalars: those of numbers by themselves, all others through a 0-d array.

use numpy_rs_core::dtype::TypeNum;
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::classes::AbstractScalar;
use crate::convert::item::{self, Item};
use crate::convert::store::{cast_quietly, scalar_num};
use crate::function::FunctionDef;
use crate::gate;
use crate::static_type::leak_table;

use super::attributes::{array_of, conjugate};
use super::construct::number_in;
use super::pickle;

/// Calls the method of the same name of a 0-d array.
fn forward<'py>(
    name: &str,
    object: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let array = array_of(object)?;
    let result = array.as_any().call_method(name, args, kwargs)?;
    // What comes back as the 0-d array itself is the scalar.
    match crate::array::ArrayRef::from_object(&result) {
        // SAFETY: a 0-d array has one item.
        Some(a) if a.ndim() == 0 && a.is_exact() && name != "__array_wrap__" => unsafe {
            item::to_object(a.py(), a.data(), &a.descr())
        },
        _ => Ok(result),
    }
}

macro_rules! forwarded {
    ($($name:ident)*) => {
        $(
            unsafe extern "C" fn $name(
                object: *mut PyObject,
                args: *mut PyObject,
                kwargs: *mut PyObject,
            ) -> *mut PyObject {
                // SAFETY: Python passes a tuple and a dict or null, with the interpreter held.
                unsafe {
                    gate::enter_object(|py| {
                        let args = Bound::<PyAny>::from_borrowed_ptr(py, args).cast_into::<PyTuple>()?;
                        let kwargs = Bound::<PyAny>::from_borrowed_ptr_or_opt(py, kwargs)
                            .map(|k| k.cast_into::<PyDict>())
                            .transpose()?;
                        forward(
                            stringify!($name),
                            &Bound::from_borrowed_ptr(py, object),
                            &args,
                            kwargs.as_ref(),
                        )
                    })
                }
            }
        )*

        /// The C table of the methods that a 0-d array answers, and of those of the class.
        pub(super) fn table() -> *mut ffi::PyMethodDef {
            let mut entries = vec![$(
                ffi::PyMethodDef {
                    ml_name: crate::static_type::leak_name(stringify!($name)),
                    ml_meth: ffi::PyMethodDefPointer { PyCFunctionWithKeywords: $name },
                    ml_flags: ffi::METH_VARARGS | ffi::METH_KEYWORDS,
                    ml_doc: c"Scalar method identical to the corresponding array attribute.".as_ptr(),
                }
            ),*];
            entries.push(ffi::PyMethodDef {
                ml_name: c"__class_getitem__".as_ptr(),
                ml_meth: ffi::PyMethodDefPointer { PyCFunction: class_getitem },
                ml_flags: ffi::METH_CLASS | ffi::METH_O,
                ml_doc: c"Return a parametrised alias for typing.".as_ptr(),
            });
            // SAFETY: an all-zero entry ends the table.
            entries.push(unsafe { std::mem::zeroed() });
            leak_table(entries)
        }
    };
}

forwarded! {
    all any argmax argmin argsort astype byteswap choose clip compress cumprod cumsum diagonal dump dumps fill
    flatten getfield max mean min nonzero prod put ravel repeat reshape resize round searchsorted
    setfield setflags sort squeeze std sum swapaxes take tobytes tofile tolist trace transpose var view
    to_device
}

unsafe extern "C" fn class_getitem(class: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python with the class.
    unsafe {
        gate::enter_object(|py| {
            let is_a =
                |a: AbstractScalar| ffi::PyType_IsSubtype(class.cast(), a.class().get()) != 0;
            let abstract_class = crate::classes::num_of_scalar_class(class.cast()).is_none();
            let ty = Bound::<PyAny>::from_borrowed_ptr(py, class);
            let datetime = crate::classes::num_of_scalar_class(class.cast()).is_some_and(|n| {
                matches!(n, TypeNum::Datetime | TypeNum::Timedelta | TypeNum::Bool)
            });
            let most = if is_a(AbstractScalar::ComplexFloating) && abstract_class {
                2
            } else if abstract_class && is_a(AbstractScalar::Number) || datetime {
                1
            } else {
                let t = ty.cast::<pyo3::types::PyType>()?;
                return Err(PyTypeError::new_err(format!(
                    "There are no type variables left in {}.{}",
                    t.module()?,
                    t.name()?
                )));
            };
            let args = Bound::<PyAny>::from_borrowed_ptr(py, args);
            crate::types::dtype::generic_alias(&ty, &args, most)
        })
    }
}

/// Gives the forwarded methods the signatures of the arrays' methods, once those exist.
pub(crate) fn adopt_signatures(py: Python<'_>) -> PyResult<()> {
    let ndarray = crate::classes::NDARRAY.bound(py);
    // SAFETY: the table was made for this class, ends with an empty entry and lives for ever; documents are read
    // only when somebody asks for them.
    unsafe {
        let mut entry = (*AbstractScalar::Generic.class().get()).tp_methods;
        while !(*entry).ml_name.is_null() {
            let name = std::ffi::CStr::from_ptr((*entry).ml_name).to_string_lossy();
            let signature = ndarray
                .getattr_opt(&*name)?
                .and_then(|m| m.getattr("__text_signature__").ok())
                .and_then(|t| t.extract::<String>().ok());
            if let Some(text) = signature
                && let Some(rest) = text.strip_prefix("(self")
            {
                // Defaults that have no text are hidden behind keywords.
                let hidden = text.contains("<no value>");
                let shown = rest.find("<no value>").and_then(|i| rest[..i].rfind(", "));
                let cut = match shown {
                    Some(end) if hidden => {
                        format!("{}, **kwargs)", rest[..end].trim_end_matches(", *"))
                    }
                    _ => rest.to_owned(),
                };
                let rest = cut.as_str();
                (*entry).ml_doc = crate::static_type::leak_name(&format!(
                    "{name}($self{rest}\n--\n\nScalar method identical to the corresponding array attribute."
                ));
            }
            entry = entry.add(1);
        }
    }
    Ok(())
}

/// Python's own method of the number.
fn of_python<'py>(
    object: &Bound<'py, PyAny>,
    name: &str,
    args: impl pyo3::call::PyCallArgs<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    array_of(object)?
        .as_any()
        .call_method0("item")?
        .call_method1(name, args)
}

/// Methods of every scalar that are not those of arrays.
pub(super) static GENERIC: &[FunctionDef] = &[
    method(
        "item(self, *args)",
        "Return the scalar as a Python object.",
        |args| {
            let py = args.py();
            let s = args.required(0);
            let rest = args.get(1);
            let rest = match &rest {
                Some(t) => t.cast::<PyTuple>()?.clone(),
                None => PyTuple::empty(py),
            };
            if rest.is_empty()
                && let Some((num, value)) = number_in(&s)
            {
                return item::number_to_python(py, num, &value);
            }
            forward("item", &s, &rest, None)
        },
    ),
    method("conj(self, /)", "Return the complex conjugate.", |args| {
        conjugate(&args.required(0))
    }),
    method(
        "conjugate(self, /)",
        "Return the complex conjugate.",
        |args| conjugate(&args.required(0)),
    ),
    method("copy(self, /, order='C')", "Return a copy.", |args| {
        copy(&args.required(0))
    }),
    method("__copy__(self, /)", "Return a copy.", |args| {
        copy(&args.required(0))
    }),
    method(
        "__deepcopy__(self, memo=None, /)",
        "Return a copy.",
        |args| copy(&args.required(0)),
    ),
    method("__reduce__(self, /)", "Return what pickle needs.", |args| {
        pickle::reduce(&array_of(&args.required(0))?)
    }),
    method(
        "__setstate__(self, state, /)",
        "Do nothing: the value is set when made.",
        |args| Ok(args.py().None().into_bound(args.py())),
    ),
    method(
        "__array__(self, dtype=None, /, *, copy=None)",
        "Return the scalar as a 0-d array.",
        |args| {
            let array = crate::convert::array_like::of_scalar(&args.required(0))?;
            match args.some(1) {
                Some(d) => {
                    let d = crate::convert::dtype::from_argument(&d)?;
                    Ok(
                        crate::convert::array_like::as_array_of(array.as_any(), Some(&d))?
                            .into_any(),
                    )
                }
                None => Ok(array.into_any()),
            }
        },
    ),
    method(
        "__array_wrap__(self, array, context=None, return_scalar=True, /)",
        "Return a 0-d array as a scalar.",
        |args| {
            let object = args.required(1);
            match crate::array::ArrayRef::from_object(&object) {
                // SAFETY: a 0-d array has one item.
                Some(a) if a.ndim() == 0 && args.flag(3, true)? => unsafe {
                    item::to_object(a.py(), a.data(), &a.descr())
                },
                Some(_) => Ok(object),
                None => Err(PyTypeError::new_err(
                    "can only be called with ndarray object",
                )),
            }
        },
    ),
    method(
        "__format__(self, format_spec, /)",
        "Format as the Python number of the same value.",
        |args| {
            let s = args.required(0);
            let spec = args.required(1);
            let text = match number_in(&s) {
                Some((num, value)) => {
                    let (num, value) = match num {
                        TypeNum::LongDouble => (
                            TypeNum::Double,
                            cast_quietly(num, TypeNum::Double, &value)?.0,
                        ),
                        TypeNum::CLongDouble => (
                            TypeNum::CDouble,
                            cast_quietly(num, TypeNum::CDouble, &value)?.0,
                        ),
                        _ => (num, value),
                    };
                    item::number_to_python(args.py(), num, &value)?
                }
                None => s.str()?.into_any(),
            };
            text.call_method1("__format__", (spec,))
        },
    ),
    method(
        "__complex__(self, /)",
        "Return the scalar as a Python complex.",
        |args| {
            let s = args.required(0);
            let Some((num, value)) = number_in(&s) else {
                return forward("__complex__", &s, &PyTuple::empty(args.py()), None);
            };
            let (c, _) = cast_quietly(num, TypeNum::CDouble, &value)?;
            item::number_to_python(args.py(), TypeNum::CDouble, &c)
        },
    ),
    method(
        "__array_namespace__(self, /, *, api_version=None)",
        "Return the package.",
        |args| Ok(crate::package::import(args.py(), "")?.into_any()),
    ),
    method(
        "__sizeof__(self, /)",
        "Return the size of the object in memory.",
        |args| {
            let s = args.required(0);
            // SAFETY: a live object has a live type.
            let basic = unsafe { (*s.get_type_ptr()).tp_basicsize };
            Ok(basic.into_pyobject(args.py())?.into_any())
        },
    ),
];

type Run = for<'py> fn(&crate::signature::Args<'py>) -> PyResult<Bound<'py, PyAny>>;

const fn method(signature: &'static str, doc: &'static str, run: Run) -> FunctionDef {
    FunctionDef {
        module: "",
        signature,
        relevant: &[],
        doc,
        run,
    }
}

fn copy<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if let Some((num, value)) = number_in(object) {
        item::number_object(object.py(), num, &value)
    } else {
        let array = crate::convert::array_like::of_scalar(object)?;
        // SAFETY: a 0-d array has one item.
        unsafe { item::to_object(object.py(), array.data(), &array.descr()) }
    }
}

/// Methods of integers.
pub(super) static INTEGER: &[FunctionDef] = &[
    method("is_integer(self, /)", "Return True.", |args| {
        Ok(true.into_pyobject(args.py())?.to_owned().into_any())
    }),
    method(
        "bit_count(self, /)",
        "Count the ones in the absolute value.",
        |args| of_python(&args.required(0), "bit_count", ()),
    ),
    method(
        "__round__(self, ndigits=None, /)",
        "Round to a power of ten.",
        rounded,
    ),
];

fn rounded<'py>(args: &crate::signature::Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let s = args.required(0);
    let py = args.py();
    match args.some(1) {
        None => {
            let value = array_of(&s)?.as_any().call_method0("item")?;
            let value = match scalar_num(&value) {
                Some(_) => value.call_method0("__float__")?,
                None => value,
            };
            value.call_method0("__round__")
        }
        Some(n) => forward("round", &s, &PyTuple::new(py, [n])?, None),
    }
}

/// Methods of real floats.
pub(super) static FLOATING: &[FunctionDef] = &[
    method(
        "is_integer(self, /)",
        "Tell whether the value is a whole number.",
        |args| {
            let s = args.required(0);
            let (num, value) = real(&s)?;
            let (d, _) = cast_quietly(num, TypeNum::Double, &value)?;
            // SAFETY: an item of the type.
            let x = unsafe { d.get::<f64>() };
            let whole = x.is_finite() && x.fract() == 0.0;
            Ok(whole.into_pyobject(args.py())?.to_owned().into_any())
        },
    ),
    method(
        "as_integer_ratio(self, /)",
        "Return the value as a fraction of two ints.",
        |args| {
            let s = args.required(0);
            let (num, value) = real(&s)?;
            ratio(args.py(), num, &value)
        },
    ),
    method(
        "__round__(self, ndigits=None, /)",
        "Round to a number of digits.",
        rounded,
    ),
];

fn real(object: &Bound<'_, PyAny>) -> PyResult<(TypeNum, Item)> {
    number_in(object).ok_or_else(|| PyTypeError::new_err("a real number is needed"))
}

/// A float as an exact fraction.
fn ratio<'py>(py: Python<'py>, num: TypeNum, value: &Item) -> PyResult<Bound<'py, PyAny>> {
    let (d, _) = cast_quietly(num, TypeNum::Double, value)?;
    let float = item::number_to_python(py, TypeNum::Double, &d)?;
    // SAFETY: an item of the type.
    let x = unsafe { d.get::<f64>() };
    let wide = num == TypeNum::LongDouble && numpy_rs_core::dtype::number::LONG_DOUBLE == 16;
    if !wide {
        if x.is_nan() {
            return Err(PyValueError::new_err("cannot convert NaN to integer ratio"));
        }
        if x.is_infinite() {
            return Err(PyOverflowError::new_err(
                "cannot convert Infinity to integer ratio",
            ));
        }
        return float.call_method0("as_integer_ratio");
    }
    let top = u16::from_le_bytes([value.0[8], value.0[9]]);
    let mut low = [0; 8];
    low.copy_from_slice(&value.0[..8]);
    let mantissa = u64::from_le_bytes(low);
    let biased = i32::from(top & 0x7fff);
    if biased == 0x7fff {
        return Err(if mantissa << 1 == 0 {
            PyOverflowError::new_err("cannot convert Infinity to integer ratio")
        } else {
            PyValueError::new_err("cannot convert NaN to integer ratio")
        });
    }
    if mantissa == 0 {
        return Ok((0, 1).into_pyobject(py)?.into_any());
    }
    let exponent = biased.max(1) - 16446;
    let zeros = (mantissa.trailing_zeros() as i32).min(if exponent < 0 { -exponent } else { 0 });
    let numerator = (mantissa >> zeros).into_pyobject(py)?.into_any();
    let exponent = exponent + zeros;
    let one = 1i32.into_pyobject(py)?.into_any();
    let (mut n, d) = if exponent >= 0 {
        (numerator.lshift(exponent)?, one)
    } else {
        (numerator, one.lshift(-exponent)?)
    };
    if top >> 15 == 1 {
        n = n.neg()?;
    }
    Ok(PyTuple::new(py, [n, d])?.into_any())
}
