//! The class `ufunc`, and one object per declaration with NumPy's C fields.

use std::ffi::c_int;

use numpy_rs_core::ufunc::table::{Identity, Ufunc};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{attributes, methods, thunk};
use crate::call::elementwise::vectorcall;
use crate::call::registry;
use crate::classes::UFUNC;
use crate::gate;
use crate::layout::PyUFuncObject;
use crate::static_type::{TypeSetup, leak_name, leak_table, ready};

unsafe extern "C" fn dealloc(object: *mut PyObject) {
    // SAFETY: the object is dying. Declared ufuncs live for ever; only their references are dropped here.
    unsafe {
        let u = &mut *object.cast::<PyUFuncObject>();
        ffi::Py_CLEAR(&raw mut u.obj);
        ffi::Py_CLEAR(&raw mut u.userloops);
        ffi::Py_CLEAR(&raw mut u.dict);
        ffi::Py_CLEAR(&raw mut u.identity_value);
        ffi::Py_CLEAR(&raw mut u.loops);
        ffi::PyObject_Free(object.cast());
    }
}

unsafe extern "C" fn repr(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held.
    unsafe {
        gate::enter_object(|py| {
            let name = registry::declaration_of(object)?.name;
            Ok(format!("<ufunc '{name}'>").into_pyobject(py)?.into_any())
        })
    }
}

/// NumPy's numbers for identities: `PyUFunc_Zero` and so on.
fn identity_number(identity: Identity) -> c_int {
    match identity {
        Identity::Zero => 0,
        Identity::One => 1,
        Identity::MinusOne => 2,
        Identity::None => -1,
        Identity::NegInf | Identity::False | Identity::True => -3,
    }
}

/// Makes the object of a declaration.
fn make<'py>(py: Python<'py>, ufunc: &'static Ufunc) -> PyResult<Bound<'py, PyAny>> {
    let (functions, data) = thunk::tables(ufunc);
    let types: Vec<i8> = ufunc
        .rows()
        .iter()
        .flat_map(|row| row.types.iter().map(|&t| t as i8))
        .collect();
    // SAFETY: the type is ready; a zeroed instance whose fields are set before anyone sees it is valid.
    unsafe {
        let raw = ffi::PyObject_Malloc(size_of::<PyUFuncObject>()).cast::<PyUFuncObject>();
        if raw.is_null() {
            return Err(pyo3::exceptions::PyMemoryError::new_err(()));
        }
        std::ptr::write_bytes(raw, 0, 1);
        ffi::PyObject_Init(raw.cast(), UFUNC.get());
        let object = Bound::from_owned_ptr(py, raw.cast());
        let u = &mut *raw;
        u.nin = ufunc.nin as c_int;
        u.nout = ufunc.nout as c_int;
        u.nargs = ufunc.nargs() as c_int;
        u.identity = identity_number(ufunc.identity);
        u.functions = functions;
        u.data = data;
        u.ntypes = ufunc.rows().len() as c_int;
        u.name = leak_name(ufunc.name);
        u.types = leak_table(types).cast();
        u.doc = leak_name(ufunc.doc);
        u.vectorcall = Some(vectorcall);
        u.op_flags = leak_table(vec![0u32; ufunc.nargs()]);
        u.dispatch_cache = std::ptr::from_ref(ufunc).cast_mut().cast();
        if let Some(signature) = ufunc.signature {
            u.core_enabled = 1;
            u.core_signature = leak_name(signature).cast_mut();
        }
        let dict = PyDict::new(py);
        dict.set_item("__module__", crate::package::name())?;
        dict.set_item("__qualname__", ufunc.name)?;
        u.dict = dict.into_ptr();
        Ok(object)
    }
}

/// Makes the class ready and adds all ufuncs to the module.
pub(crate) fn initialise(py: Python<'_>, contents: &Bound<'_, PyDict>) -> PyResult<()> {
    let ty = UFUNC.get();
    // SAFETY: initialisation runs once under the interpreter lock; slots and offsets fit the struct.
    unsafe {
        (*ty).tp_dealloc = Some(dealloc);
        (*ty).tp_repr = Some(repr);
        (*ty).tp_str = Some(repr);
        (*ty).tp_call = Some(ffi::PyVectorcall_Call);
        (*ty).tp_vectorcall_offset = std::mem::offset_of!(PyUFuncObject, vectorcall) as isize;
        (*ty).tp_dictoffset = std::mem::offset_of!(PyUFuncObject, dict) as isize;
        (*ty).tp_getattro = Some(ffi::PyObject_GenericGetAttr);
        (*ty).tp_setattro = Some(ffi::PyObject_GenericSetAttr);
        (*ty).tp_getset = crate::attribute::table(attributes::ATTRIBUTES);
        (*ty).tp_methods = methods::table();
        ready(
            py,
            ty,
            &TypeSetup {
                name: "numpy_rs.ufunc",
                basicsize: size_of::<PyUFuncObject>(),
                flags: ffi::Py_TPFLAGS_HAVE_VECTORCALL,
                base: std::ptr::null_mut(),
                bases: &[],
                metatype: std::ptr::null_mut(),
            },
        )?;
    }
    contents.set_item("ufunc", UFUNC.bound(py))?;
    let mut objects = Vec::new();
    for ufunc in numpy_rs_ufuncs::all() {
        let object = make(py, ufunc)?;
        contents.set_item(ufunc.name, &object)?;
        objects.push((*ufunc, object.unbind()));
    }
    for (alias, name) in [
        ("true_divide", "divide"),
        ("mod", "remainder"),
        ("abs", "absolute"),
        ("conj", "conjugate"),
        ("bitwise_not", "invert"),
        ("bitwise_invert", "invert"),
        ("bitwise_left_shift", "left_shift"),
        ("bitwise_right_shift", "right_shift"),
        ("acos", "arccos"),
        ("acosh", "arccosh"),
        ("asin", "arcsin"),
        ("asinh", "arcsinh"),
        ("atan", "arctan"),
        ("atan2", "arctan2"),
        ("atanh", "arctanh"),
        ("pow", "power"),
    ] {
        if let Some(object) = contents.get_item(name)? {
            contents.set_item(alias, object)?;
        }
    }
    registry::remember(objects);
    Ok(())
}
