//! Methods of ufunc objects. Their table holds exactly NumPy's names: compilers of Python code walk it.

use std::sync::OnceLock;

use numpy_rs_core::cast::Casting;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::ufunc::{Operand, Spec, UfuncOptions, Weak, resolve};
use pyo3::exceptions::{PyNotImplementedError, PyTypeError, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyTuple, PyType};
use smallvec::SmallVec;

use crate::call::arguments::{self, Objects};
use crate::call::registry::Callee;
use crate::call::{applied, reduction};
use crate::error::OrRaise;
use crate::signature::{Args, Signature};
use crate::static_type::{leak_name, leak_table};
use crate::{descr, gate};

type Fast = unsafe extern "C" fn(
    *mut PyObject,
    *const *mut PyObject,
    isize,
    *mut PyObject,
) -> *mut PyObject;
type Body = for<'py> fn(&Callee<'py>, &Args<'py>) -> PyResult<Bound<'py, PyAny>>;

/// Binds the arguments of a fastcall and runs a method.
///
/// # Safety
///
/// The arguments are those of a fastcall on a ufunc object.
unsafe fn bound(
    object: *mut PyObject,
    args: *const *mut PyObject,
    n: isize,
    kwnames: *mut PyObject,
    signature: &OnceLock<Signature>,
    text: &'static str,
    body: Body,
) -> *mut PyObject {
    // SAFETY: promised by the caller.
    unsafe {
        gate::enter_object(|py| {
            let callee = Callee::of_object(&Bound::from_borrowed_ptr(py, object))?;
            let signature = signature.get_or_init(|| Signature::parse(text));
            let bound = signature.bind(py, args, n as usize, kwnames)?;
            body(&callee, &bound)
        })
    }
}

macro_rules! method {
    ($name:ident, $text:literal, $body:expr) => {
        unsafe extern "C" fn $name(
            object: *mut PyObject,
            args: *const *mut PyObject,
            n: isize,
            kwnames: *mut PyObject,
        ) -> *mut PyObject {
            static SIGNATURE: OnceLock<Signature> = OnceLock::new();
            // SAFETY: Python calls with the interpreter held and valid fastcall arguments.
            unsafe { bound(object, args, n, kwnames, &SIGNATURE, $text, $body) }
        }
    };
}

method!(
    reduce,
    "reduce(array, /, axis=0, dtype=None, out=None, keepdims=False, initial=<no value>, where=True)",
    reduction::reduce_from_python
);
method!(
    accumulate,
    "accumulate(array, /, axis=0, dtype=None, out=None)",
    reduction::accumulate_from_python
);
method!(
    reduceat,
    "reduceat(array, /, indices, axis=0, dtype=None, out=None)",
    reduction::reduceat_from_python
);
method!(
    resolve_dtypes,
    "resolve_dtypes(dtypes, *, signature=None, casting=None, reduction=False)",
    resolve_from_python
);

unsafe extern "C" fn outer(
    object: *mut PyObject,
    args: *const *mut PyObject,
    n: isize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held and valid fastcall arguments.
    unsafe {
        gate::enter_object(|py| {
            let callee = Callee::of_object(&Bound::from_borrowed_ptr(py, object))?;
            applied::outer_from_python(&callee, args, n as usize, kwnames)
        })
    }
}

unsafe extern "C" fn at(
    object: *mut PyObject,
    args: *const *mut PyObject,
    n: isize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: as above.
    unsafe {
        gate::enter_object(|py| {
            let callee = Callee::of_object(&Bound::from_borrowed_ptr(py, object))?;
            if !kwnames.is_null() && ffi::PyTuple_GET_SIZE(kwnames) > 0 {
                return Err(PyTypeError::new_err(
                    "ufunc.at() takes no keyword arguments",
                ));
            }
            let least = 2;
            if n < least {
                return Err(PyTypeError::new_err(format!(
                    "at expected at least 2 arguments, got {n}"
                )));
            }
            if n > 3 {
                return Err(PyTypeError::new_err(format!(
                    "at expected at most 3 arguments, got {n}"
                )));
            }
            let given: Objects<'_> = (0..n)
                .map(|i| Bound::from_borrowed_ptr(py, *args.offset(i)))
                .collect();
            applied::at_from_python(&callee, &given)
        })
    }
}

unsafe extern "C" fn no_context(
    _object: *mut PyObject,
    _args: *const *mut PyObject,
    _n: isize,
    _kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held.
    unsafe {
        gate::enter_object(|_| {
            Err(PyNotImplementedError::new_err(
                "handing out strided loops to Python is not supported",
            ))
        })
    }
}

/// `ufunc.resolve_dtypes`: the dtypes that the loop for these operands works in.
fn resolve_from_python<'py>(callee: &Callee<'py>, a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    let given = a.required(0);
    let Ok(given) = given.cast::<PyTuple>() else {
        return Err(PyTypeError::new_err(
            "resolve_dtypes: The dtypes must be a tuple",
        ));
    };
    let is_reduction = a.flag(3, false)?;
    if is_reduction && (ufunc.nin != 2 || ufunc.nout != 1) {
        return Err(PyValueError::new_err(
            "ufunc is not compatible with reduction operations.",
        ));
    }
    if given.len() != ufunc.nargs() {
        return Err(PyTypeError::new_err(format!(
            "resolve_dtypes: The dtypes must be a tuple of `ufunc.nargs={}`.",
            ufunc.nargs()
        )));
    }
    let mut options = UfuncOptions::default();
    if let Some(casting) = a.some(2) {
        options.casting = arguments::casting(&casting)?;
    } else {
        options.casting = Casting::SameKind;
    }
    if let Some(signature) = a.some(1) {
        options.signature = arguments::signature(ufunc, &signature)?;
    }
    let mut operands: SmallVec<[Operand; 3]> = SmallVec::new();
    let mut outs: SmallVec<[Option<DType>; 2]> = SmallVec::new();
    for (i, item) in given.iter().enumerate() {
        if i >= ufunc.nin {
            outs.push(if item.is_none() {
                None
            } else {
                Some(arguments::dtype(&item)?)
            });
            continue;
        }
        if is_reduction && i == 0 {
            if !item.is_none() {
                return Err(PyTypeError::new_err(
                    "resolve_dtypes: operand 0 must be None for reduction resolution",
                ));
            }
            continue;
        }
        operands.push(operand(&item)?);
    }
    if is_reduction {
        let input = operands[0].spec.dtype.clone();
        let resolved =
            resolve::resolve_reduction(ufunc, &input, outs[0].as_ref(), None).or_raise()?;
        return dtype_tuple(py, &resolved.dtypes);
    }
    let outs: SmallVec<[Option<&DType>; 2]> = outs.iter().map(Option::as_ref).collect();
    let resolved = resolve::resolve(ufunc, &operands, &outs, &options).or_raise()?;
    dtype_tuple(py, &resolved.dtypes)
}

fn dtype_tuple<'py>(py: Python<'py>, dtypes: &[DType]) -> PyResult<Bound<'py, PyAny>> {
    let all = dtypes
        .iter()
        .map(|d| descr::from_dtype(py, d))
        .collect::<PyResult<SmallVec<[Bound<'py, PyAny>; 4]>>>()?;
    Ok(PyTuple::new(py, all)?.into_any())
}

/// A dtype, or one of the classes `int`, `float`, `complex` for Python numbers.
fn operand(item: &Bound<'_, PyAny>) -> PyResult<Operand> {
    let (weak, num) = match item.cast::<PyType>() {
        Ok(class) => {
            let p = class.as_type_ptr();
            if p == &raw mut ffi::PyLong_Type {
                (Weak::Int, TypeNum::Long)
            } else if p == &raw mut ffi::PyFloat_Type {
                (Weak::Float, TypeNum::Double)
            } else if p == &raw mut ffi::PyComplex_Type {
                (Weak::Complex, TypeNum::CDouble)
            } else {
                return Err(PyTypeError::new_err(
                    "Provided dtype must be a valid NumPy dtype, int, float, complex, or None.",
                ));
            }
        }
        Err(_) if descr::is_descr(item) => {
            return Ok(Spec::scalar(descr::to_dtype(item)?).into());
        }
        Err(_) => {
            return Err(PyTypeError::new_err(
                "Provided dtype must be a valid NumPy dtype, int, float, complex, or None.",
            ));
        }
    };
    Ok(Operand {
        spec: Spec::scalar(DType::new(num)),
        weak,
    })
}

/// The C table; it lives as long as the process.
pub(super) fn table() -> *mut ffi::PyMethodDef {
    let rows: [(&str, Fast, &str); 8] = [
        (
            "reduce",
            reduce,
            "reduce($self, array, /, axis=0, dtype=None, out=None, **kwargs)\n--\n\nFolds the items along axes into one.",
        ),
        (
            "accumulate",
            accumulate,
            "accumulate($self, array, /, axis=0, dtype=None, out=None)\n--\n\nFolds along an axis and keeps every step.",
        ),
        (
            "reduceat",
            reduceat,
            "reduceat($self, array, /, indices, axis=0, dtype=None, out=None)\n--\n\nFolds slices of one axis.",
        ),
        (
            "outer",
            outer,
            "outer($self, A, B, /, **kwargs)\n--\n\nApplies the function to all pairs of items.",
        ),
        (
            "at",
            at,
            "at($self, a, indices, b=None, /)\n--\n\nApplies the function in place at indices, each as often as named.",
        ),
        (
            "resolve_dtypes",
            resolve_dtypes,
            "resolve_dtypes($self, dtypes, *, signature=None, casting=None, reduction=False)\n--\n\nThe dtypes that \
             the loop for such operands works in.",
        ),
        ("_resolve_dtypes_and_context", no_context, ""),
        ("_get_strided_loop", no_context, ""),
    ];
    let mut entries: Vec<ffi::PyMethodDef> = rows
        .into_iter()
        .map(|(name, run, doc)| ffi::PyMethodDef {
            ml_name: leak_name(name),
            ml_meth: ffi::PyMethodDefPointer {
                PyCFunctionFastWithKeywords: run,
            },
            ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
            ml_doc: leak_name(doc),
        })
        .collect();
    entries.push(ffi::PyMethodDef::zeroed());
    leak_table(entries)
}
