//! The `dtype` class, its metaclass, and a class per type number.

use std::ffi::c_int;

use numpy_rs_core::dtype::TypeNum;
use pyo3::exceptions::PyTypeError;
use pyo3::ffi::{self, PyObject, PyTypeObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::attribute::{self, Attribute};
use crate::classes::{ABSTRACT_DTYPES, DTYPE, DTYPE_META, dtype_class, scalar_class};
use crate::convert::dtype_fields;
use crate::descr;
use crate::function::{FunctionDef, add_methods};
use crate::gate;
use crate::layout::{ArrayDescr, DTypeMeta};
use crate::static_type::{TypeSetup, leak_table, ready};

use super::{attributes, construct, pickle, text};

/// NumPy's `NPY_DT_*` bits of a class.
mod class_flags {
    pub(super) const LEGACY: u64 = 1;
    pub(super) const ABSTRACT: u64 = 2;
    pub(super) const PARAMETRIC: u64 = 4;
    pub(super) const NUMERIC: u64 = 8;
}

unsafe extern "C" fn new(
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
                .transpose()?;
            construct::new(class, &args, kwargs.as_ref())
        })
    }
}

unsafe extern "C" fn repr(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let text = text::repr_text(&Bound::from_borrowed_ptr(py, object))?;
            Ok(PyString::new(py, &text).into_any())
        })
    }
}

unsafe extern "C" fn str(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let text = text::str_text(&Bound::from_borrowed_ptr(py, object))?;
            Ok(PyString::new(py, &text).into_any())
        })
    }
}

unsafe extern "C" fn hash(object: *mut PyObject) -> isize {
    // SAFETY: called by Python on an instance.
    unsafe { gate::enter(|py| construct::hash(&Bound::from_borrowed_ptr(py, object))) }
}

unsafe extern "C" fn compare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: called by Python with an instance first.
    unsafe {
        gate::enter_object(|py| {
            construct::compare(
                &Bound::from_borrowed_ptr(py, a),
                &Bound::from_borrowed_ptr(py, b),
                op,
            )
        })
    }
}

unsafe extern "C" fn truth(_: *mut PyObject) -> c_int {
    1
}

unsafe extern "C" fn length(object: *mut PyObject) -> isize {
    // SAFETY: called by Python on an instance; names are a tuple or null.
    unsafe {
        gate::enter(|py| {
            let d = Bound::<PyAny>::from_borrowed_ptr(py, object);
            let names = descr::fields(&d).names;
            Ok(if names.is_null() {
                0
            } else {
                ffi::PyObject_Size(names)
            })
        })
    }
}

unsafe extern "C" fn repeat(object: *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe { gate::enter_object(|py| construct::repeat(&Bound::from_borrowed_ptr(py, object), n)) }
}

unsafe extern "C" fn subscript(object: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            dtype_fields::get_item(
                &Bound::from_borrowed_ptr(py, object),
                &Bound::from_borrowed_ptr(py, key),
            )
        })
    }
}

unsafe extern "C" fn class_getitem(class: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python with the class.
    unsafe {
        gate::enter_object(|py| {
            construct::generic_alias(
                &Bound::from_borrowed_ptr(py, class),
                &Bound::from_borrowed_ptr(py, args),
                1,
            )
        })
    }
}

static METHODS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "newbyteorder(self, new_order='S', /)",
        relevant: &[],
        doc: "Return a dtype with another byte order, fields and inner items included.",
        run: |args| {
            let order = construct::NewOrder::from_object(args.get(1).as_ref())?;
            construct::new_byte_order(&args.required(0), order)
        },
    },
    FunctionDef {
        module: "",
        signature: "__reduce__(self, /)",
        relevant: &[],
        doc: "Return what pickle needs.",
        run: |args| pickle::reduce(&args.required(0)),
    },
    FunctionDef {
        module: "",
        signature: "__setstate__(self, state, /)",
        relevant: &[],
        doc: "Fill a fresh dtype from a pickle.",
        run: |args| {
            pickle::set_state(&args.required(0), &args.required(1))?;
            Ok(args.py().None().into_bound(args.py()))
        },
    },
];

/// The fields of a DType class.
fn meta<'a>(class: &'a Bound<'_, PyAny>) -> &'a DTypeMeta {
    // SAFETY: instances of the metaclass begin with these fields.
    unsafe { &*class.as_ptr().cast::<DTypeMeta>() }
}

fn flag<'py>(class: &Bound<'py, PyAny>, bit: u64) -> PyResult<Bound<'py, PyAny>> {
    let value = meta(class).flags & bit != 0;
    Ok(value.into_pyobject(class.py())?.to_owned().into_any())
}

static META_ATTRIBUTES: &[Attribute] = &[
    Attribute::readonly(
        "type",
        "The class of the items as scalars, or None.",
        |class| {
            let ty = meta(class).scalar_type;
            // SAFETY: the field is a live class or null.
            Ok(
                unsafe { Bound::from_borrowed_ptr_or_opt(class.py(), ty.cast()) }
                    .unwrap_or_else(|| class.py().None().into_bound(class.py())),
            )
        },
    ),
    Attribute::readonly("_abstract", "", |class| flag(class, class_flags::ABSTRACT)),
    Attribute::readonly("_legacy", "", |class| flag(class, class_flags::LEGACY)),
    Attribute::readonly("_parametric", "", |class| {
        flag(class, class_flags::PARAMETRIC)
    }),
    Attribute::readonly("_is_numeric", "", |class| flag(class, class_flags::NUMERIC)),
];

/// Classes of dtypes cannot be made in Python.
unsafe extern "C" fn meta_new(
    _: *mut PyTypeObject,
    _: *mut PyObject,
    _: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: called by Python with the interpreter held.
    unsafe {
        gate::enter_object(|_| {
            Err(PyTypeError::new_err(
                "Preliminary-API: Cannot subclass DType.",
            ))
        })
    }
}

/// Fills the slots that all dtype classes share.
unsafe fn fill_slots(ty: *mut PyTypeObject) {
    // SAFETY: the caller passes static memory that is not ready yet; tables live for ever.
    unsafe {
        (*ty).tp_new = Some(new);
        (*ty).tp_repr = Some(repr);
        (*ty).tp_str = Some(str);
        (*ty).tp_hash = Some(hash);
        (*ty).tp_richcompare = Some(compare);
        let mut number: ffi::PyNumberMethods = std::mem::zeroed();
        number.nb_bool = Some(truth);
        (*ty).tp_as_number = leak_table(vec![number]);
        let mut sequence: ffi::PySequenceMethods = std::mem::zeroed();
        sequence.sq_length = Some(length);
        sequence.sq_repeat = Some(repeat);
        (*ty).tp_as_sequence = leak_table(vec![sequence]);
        let mut mapping: ffi::PyMappingMethods = std::mem::zeroed();
        mapping.mp_length = Some(length);
        mapping.mp_subscript = Some(subscript);
        (*ty).tp_as_mapping = leak_table(vec![mapping]);
        (*ty).tp_getset = attribute::table(attributes::TABLE);
        (*ty).tp_methods = leak_table(vec![
            ffi::PyMethodDef {
                ml_name: c"__class_getitem__".as_ptr(),
                ml_meth: ffi::PyMethodDefPointer {
                    PyCFunction: class_getitem,
                },
                ml_flags: ffi::METH_CLASS | ffi::METH_O,
                ml_doc: c"Return a parametrised alias for typing.".as_ptr(),
            },
            std::mem::zeroed(),
        ]);
    }
}

unsafe extern "C" fn dealloc(object: *mut PyObject) {
    // SAFETY: the object is dying.
    unsafe {
        crate::descr::clear(object);
        if let Some(free) = (*ffi::Py_TYPE(object)).tp_free {
            free(object.cast());
        }
    }
}

/// Makes the metaclass and the classes ready.
pub(crate) fn initialise(py: Python<'_>) -> PyResult<()> {
    // SAFETY: initialisation runs once under the interpreter lock; slots fit the structs.
    unsafe {
        let meta = DTYPE_META.get();
        (*meta).tp_itemsize = ffi::PyType_Type.tp_itemsize;
        (*meta).tp_getset = attribute::table(META_ATTRIBUTES);
        (*meta).tp_new = Some(meta_new);
        let type_type = &raw mut ffi::PyType_Type;
        ready(
            py,
            meta,
            &TypeSetup {
                name: "numpy_rs._DTypeMeta",
                basicsize: size_of::<DTypeMeta>(),
                flags: ffi::Py_TPFLAGS_BASETYPE,
                base: type_type,
                bases: &[],
                metatype: type_type,
            },
        )?;
        let class = |name: String, ty: *mut ffi::PyTypeObject, base, size| {
            (*ty).tp_dealloc = Some(dealloc);
            ready(
                py,
                ty,
                &TypeSetup {
                    name: &name,
                    basicsize: size,
                    flags: 0,
                    base,
                    bases: &[],
                    metatype: meta,
                },
            )
        };
        let legacy = std::mem::offset_of!(ArrayDescr, subarray);
        (*DTYPE.as_type()).tp_flags |= ffi::Py_TPFLAGS_BASETYPE;
        fill_slots(DTYPE.as_type());
        class(
            "numpy_rs.dtype".into(),
            DTYPE.as_type(),
            std::ptr::null_mut(),
            legacy,
        )?;
        (*DTYPE.get()).flags = class_flags::ABSTRACT;
        (*DTYPE.get()).type_num = -1;
        add_methods(py, DTYPE.as_type(), "dtype", METHODS)?;
        for (ty, name) in ABSTRACT_DTYPES.iter().zip(["Integer", "Float", "Complex"]) {
            class(
                format!("numpy_rs.dtypes._{name}AbstractDType"),
                ty.as_type(),
                DTYPE.as_type(),
                legacy,
            )?;
            (*ty.get()).flags = class_flags::ABSTRACT | class_flags::NUMERIC;
            (*ty.get()).type_num = -1;
        }
        for num in TypeNum::all() {
            let base = match num.kind() {
                b'i' | b'u' => ABSTRACT_DTYPES[0].as_type(),
                b'f' => ABSTRACT_DTYPES[1].as_type(),
                b'c' => ABSTRACT_DTYPES[2].as_type(),
                _ => DTYPE.as_type(),
            };
            let c = dtype_class(num);
            class(
                format!("numpy_rs.dtypes.{}", num.facts().class),
                c.as_type(),
                base,
                size_of::<ArrayDescr>(),
            )?;
            (*c.get()).type_num = num as i32;
            (*c.get()).scalar_type = scalar_class(num).get();
            let parametric = num.is_flexible() || matches!(num.kind(), b'M' | b'm');
            (*c.get()).flags = class_flags::LEGACY
                | if parametric {
                    class_flags::PARAMETRIC
                } else {
                    0
                }
                | if num.is_number() {
                    class_flags::NUMERIC
                } else {
                    0
                };
        }
    }
    crate::descr::make_singletons(py)
}
