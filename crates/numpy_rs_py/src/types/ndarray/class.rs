//! The `ndarray` type object: its slots.

use pyo3::basic::CompareOp;
use pyo3::exceptions::PyTypeError;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use super::{attributes, buffer, create, methods, operators, subscript};
use crate::array::ArrayRef;
use crate::beside;
use crate::call::registry::{self, Callee};
use crate::classes::NDARRAY;
use crate::convert::array_like;
use crate::functions::printing;
use crate::gate;
use crate::layout::PyArrayObject;
use crate::static_type::{TypeSetup, leak_table, ready};

unsafe extern "C" fn dealloc(object: *mut PyObject) {
    // SAFETY: the object is dying; Python holds the interpreter.
    unsafe {
        let py = Python::assume_attached();
        if !(*object.cast::<PyArrayObject>()).weakreflist.is_null() {
            ffi::PyObject_ClearWeakRefs(object);
        }
        crate::array::clear(py, object);
        if let Some(free) = (*ffi::Py_TYPE(object)).tp_free {
            free(object.cast());
        }
    }
}

unsafe extern "C" fn repr(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| printing::repr_of_array(&Bound::from_borrowed_ptr(py, object)))
    }
}

unsafe extern "C" fn str(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| printing::str_of_array(&Bound::from_borrowed_ptr(py, object)))
    }
}

unsafe extern "C" fn iter(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let array = ArrayRef::from_owned(py, ffi::Py_NewRef(object))?;
            if array.ndim() == 0 {
                return Err(PyTypeError::new_err("iteration over a 0-d array"));
            }
            Bound::from_owned_ptr_or_err(py, ffi::PySeqIter_New(object))
        })
    }
}

unsafe extern "C" fn array_finalize(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: `None` is a live object.
    unsafe { ffi::Py_NewRef(ffi::Py_None()) }
}

/// The ufunc itself if it is ours, ours of the same name for one of the real NumPy, else nothing.
fn own_ufunc<'py>(ufunc: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    if registry::declaration(ufunc).is_ok() || !beside::is_numpy_class(&ufunc.get_type(), "ufunc") {
        return Ok(Some(ufunc.clone()));
    }
    let name: String = ufunc.getattr("__name__")?.extract()?;
    match numpy_rs_ufuncs::get(&name) {
        Some(found) => Callee::of(ufunc.py(), found).object().map(Some),
        None => Ok(None),
    }
}

/// The comparison that a ufunc makes, if it makes one.
fn comparison(ufunc: &Bound<'_, PyAny>) -> PyResult<Option<CompareOp>> {
    Ok(match registry::declaration(ufunc)?.name {
        "less" => Some(CompareOp::Lt),
        "less_equal" => Some(CompareOp::Le),
        "equal" => Some(CompareOp::Eq),
        "not_equal" => Some(CompareOp::Ne),
        "greater" => Some(CompareOp::Gt),
        "greater_equal" => Some(CompareOp::Ge),
        _ => None,
    })
}

/// `theirs == ours` comes as a call of their ufunc. Where it has no loop, the operators still have answers, which the
/// real NumPy would give in its operator but does not find behind an exception of ours.
#[cold]
fn compared<'py>(inputs: &Bound<'py, PyTuple>, op: CompareOp) -> PyResult<Bound<'py, PyAny>> {
    let (x, y) = (inputs.get_item(0)?, inputs.get_item(1)?);
    array_like::plain(&x)?.as_any().rich_compare(y, op)
}

/// `__array_ufunc__(ufunc, method, *inputs, **kwargs)`: runs the ufunc, unless another operand overrides it.
unsafe extern "C" fn array_ufunc(
    _: *mut PyObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: Python passes a tuple and a dict or null, with the interpreter held.
    unsafe {
        gate::enter_object(|py| {
            let args: Bound<'_, PyTuple> =
                Bound::<PyAny>::from_borrowed_ptr(py, args).cast_into()?;
            let kwargs = Bound::<PyAny>::from_borrowed_ptr_or_opt(py, kwargs);
            let kwargs: Option<Bound<'_, PyDict>> = kwargs.map(Bound::cast_into).transpose()?;
            if args.len() < 2 {
                return Err(PyTypeError::new_err(
                    "__array_ufunc__ requires at least 2 arguments",
                ));
            }
            let name = pyo3::intern!(py, "__array_ufunc__");
            let own = NDARRAY.bound(py).getattr(name)?;
            let overrides = |object: &Bound<'_, PyAny>| -> PyResult<bool> {
                if NDARRAY.is_exact(object) || beside::is_plain(object, "__array_ufunc__")? {
                    return Ok(false);
                }
                Ok(object
                    .get_type()
                    .getattr_opt(name)?
                    .is_some_and(|m| !m.is(&own)))
            };
            for input in args.iter().skip(2) {
                if overrides(&input)? {
                    return Ok(py.NotImplemented().into_bound(py));
                }
            }
            if let Some(out) = kwargs
                .as_ref()
                .map(|k| k.get_item("out"))
                .transpose()?
                .flatten()
            {
                let outs = match out.cast::<PyTuple>() {
                    Ok(t) => t.iter().collect(),
                    Err(_) => vec![out],
                };
                for out in outs {
                    if overrides(&out)? {
                        return Ok(py.NotImplemented().into_bound(py));
                    }
                }
            }
            let method = args.get_item(1)?;
            let Some(ufunc) = own_ufunc(&args.get_item(0)?)? else {
                return Ok(py.NotImplemented().into_bound(py));
            };
            let bound = ufunc.getattr(method.cast::<PyString>()?)?;
            let inputs = args.get_slice(2, args.len());
            let answer = bound.call(&inputs, kwargs.as_ref());
            if answer.is_err()
                && !ufunc.is(args.get_item(0)?)
                && kwargs.as_ref().is_none_or(PyDictMethods::is_empty)
                && let Some(op) = comparison(&ufunc)?
            {
                return compared(&inputs, op);
            }
            answer
        })
    }
}

unsafe extern "C" fn class_getitem(class: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on the class.
    unsafe {
        gate::enter_object(|py| {
            let n = if ffi::PyTuple_Check(args) != 0 {
                ffi::PyTuple_GET_SIZE(args)
            } else {
                1
            };
            if n == 0 || n > 2 {
                let few = if n > 2 { "many" } else { "few" };
                return Err(PyTypeError::new_err(format!(
                    "Too {few} arguments for {}",
                    Bound::<PyAny>::from_borrowed_ptr(py, class)
                        .cast_into::<pyo3::types::PyType>()?
                        .fully_qualified_name()?
                )));
            }
            Bound::from_owned_ptr_or_err(py, ffi::Py_GenericAlias(class, args))
        })
    }
}

/// Makes the class ready.
pub(crate) fn initialise(py: Python<'_>) -> PyResult<()> {
    let ty = NDARRAY.get();
    // SAFETY: initialisation runs once under the interpreter lock; slots fit the struct.
    unsafe {
        let mut sequence: ffi::PySequenceMethods = std::mem::zeroed();
        sequence.sq_length = Some(subscript::length);
        sequence.sq_item = Some(subscript::item);
        sequence.sq_contains = Some(subscript::contains);
        let mut mapping: ffi::PyMappingMethods = std::mem::zeroed();
        mapping.mp_length = Some(subscript::length);
        mapping.mp_subscript = Some(subscript::get);
        mapping.mp_ass_subscript = Some(subscript::set);
        (*ty).tp_as_sequence = leak_table(vec![sequence]);
        (*ty).tp_as_mapping = leak_table(vec![mapping]);
        (*ty).tp_as_number = leak_table(vec![operators::number_methods()]);
        (*ty).tp_richcompare = Some(operators::compare);
        (*ty).tp_as_buffer = leak_table(vec![buffer::procs()]);
        (*ty).tp_new = Some(create::new);
        (*ty).tp_dealloc = Some(dealloc);
        (*ty).tp_repr = Some(repr);
        (*ty).tp_str = Some(str);
        (*ty).tp_iter = Some(iter);
        (*ty).tp_hash = Some(ffi::PyObject_HashNotImplemented);
        (*ty).tp_getset = crate::attribute::table(attributes::ATTRIBUTES);
        let method = |name: &'static std::ffi::CStr, function, flags| ffi::PyMethodDef {
            ml_name: name.as_ptr(),
            ml_meth: ffi::PyMethodDefPointer {
                PyCFunction: function,
            },
            ml_flags: flags,
            ml_doc: std::ptr::null(),
        };
        (*ty).tp_methods = leak_table(vec![
            // A C function, so that instances of subclasses see at a glance that nothing is overridden.
            method(c"__array_finalize__", array_finalize, ffi::METH_O),
            ffi::PyMethodDef {
                ml_name: c"__array_ufunc__".as_ptr(),
                ml_meth: ffi::PyMethodDefPointer {
                    PyCFunctionWithKeywords: array_ufunc,
                },
                ml_flags: ffi::METH_VARARGS | ffi::METH_KEYWORDS,
                ml_doc: std::ptr::null(),
            },
            method(
                c"__class_getitem__",
                class_getitem,
                ffi::METH_O | ffi::METH_CLASS,
            ),
            std::mem::zeroed(),
        ]);
        (*ty).tp_weaklistoffset = std::mem::offset_of!(PyArrayObject, weakreflist) as isize;
        ready(
            py,
            ty,
            &TypeSetup {
                name: "numpy_rs.ndarray",
                basicsize: size_of::<PyArrayObject>(),
                // `match` takes arrays apart as sequences.
                flags: ffi::Py_TPFLAGS_BASETYPE | ffi::Py_TPFLAGS_SEQUENCE,
                base: std::ptr::null_mut(),
                bases: &[],
                metatype: std::ptr::null_mut(),
            },
        )
    }
}

/// Gives the class its methods; the type of functions must be ready.
pub(crate) fn add_methods(py: Python<'_>) -> PyResult<()> {
    for table in methods::TABLES.iter().chain([&super::dlpack::METHODS]) {
        // SAFETY: the class is ready.
        unsafe { crate::function::add_methods(py, NDARRAY.get(), "ndarray", table)? };
    }
    Ok(())
}
