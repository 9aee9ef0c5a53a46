//! The `dtype` class, its metaclass, and a class per type number.

use numpy_rs_core::dtype::TypeNum;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;

use crate::classes::{ABSTRACT_DTYPES, DTYPE, DTYPE_META, dtype_class, scalar_class};
use crate::layout::{ArrayDescr, DTypeMeta};
use crate::static_type::{TypeSetup, ready};

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
        class(
            "numpy_rs.dtype".into(),
            DTYPE.as_type(),
            std::ptr::null_mut(),
            legacy,
        )?;
        for (ty, name) in ABSTRACT_DTYPES.iter().zip(["Integer", "Float", "Complex"]) {
            class(
                format!("numpy_rs.dtypes._{name}AbstractDType"),
                ty.as_type(),
                DTYPE.as_type(),
                legacy,
            )?;
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
            // NPY_DT_LEGACY, and NPY_DT_PARAMETRIC for dtypes with parameters.
            let parametric = num.is_flexible() || matches!(num.kind(), b'M' | b'm');
            (*c.get()).flags = 1 | if parametric { 4 } else { 0 };
        }
    }
    crate::descr::make_singletons(py)
}
