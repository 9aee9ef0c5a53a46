//! The hierarchy of scalar types.

use numpy_rs_core::dtype::TypeNum;
use pyo3::ffi::{self, PyObject, PyTypeObject};
use pyo3::prelude::*;

use crate::classes::{AbstractScalar, scalar_class};
use crate::layout::{DatetimeScalar, Scalar, VoidScalar};
use crate::static_type::{TypeSetup, ready};

/// Size of an instance of a scalar type.
fn basicsize(num: TypeNum) -> usize {
    match num {
        TypeNum::LongDouble => size_of::<Scalar<u128>>(),
        TypeNum::CDouble => size_of::<Scalar<[f64; 2]>>(),
        TypeNum::CLongDouble => size_of::<Scalar<[u128; 2]>>(),
        TypeNum::Datetime | TypeNum::Timedelta => size_of::<DatetimeScalar>(),
        TypeNum::Void => size_of::<VoidScalar>(),
        _ => size_of::<Scalar<u64>>(),
    }
}

/// Makes the abstract classes and the 24 scalar types ready.
pub(crate) fn initialise(py: Python<'_>) -> PyResult<()> {
    use AbstractScalar as A;
    let null: *mut PyTypeObject = std::ptr::null_mut();
    let abstract_classes = [
        (A::Generic, "generic", None),
        (A::Number, "number", Some(A::Generic)),
        (A::Integer, "integer", Some(A::Number)),
        (A::SignedInteger, "signedinteger", Some(A::Integer)),
        (A::UnsignedInteger, "unsignedinteger", Some(A::Integer)),
        (A::Inexact, "inexact", Some(A::Number)),
        (A::Floating, "floating", Some(A::Inexact)),
        (A::ComplexFloating, "complexfloating", Some(A::Inexact)),
        (A::Flexible, "flexible", Some(A::Generic)),
        (A::Character, "character", Some(A::Flexible)),
    ];
    // SAFETY: initialisation runs once under the interpreter lock; sizes are those of the structs.
    unsafe {
        for (class, name, base) in abstract_classes {
            let setup = TypeSetup {
                name: &format!("numpy_rs.{name}"),
                basicsize: size_of::<PyObject>(),
                flags: ffi::Py_TPFLAGS_BASETYPE,
                base: base.map_or(null, |b| b.class().get()),
                bases: &[],
                metatype: null,
            };
            ready(py, class.class().get(), &setup)?;
        }
        for num in TypeNum::all() {
            let kind = match num.kind() {
                b'i' => A::SignedInteger,
                b'u' => A::UnsignedInteger,
                b'f' => A::Floating,
                b'c' => A::ComplexFloating,
                b'S' | b'U' => A::Character,
                b'V' => A::Flexible,
                b'm' => A::SignedInteger,
                _ => A::Generic,
            };
            let own = kind.class().get();
            let (bases, size): (Vec<*mut PyTypeObject>, usize) = match num {
                TypeNum::Double => (vec![own, &raw mut ffi::PyFloat_Type], basicsize(num)),
                TypeNum::CDouble => (vec![own, &raw mut ffi::PyComplex_Type], basicsize(num)),
                TypeNum::Bytes => (
                    vec![&raw mut ffi::PyBytes_Type, own],
                    ffi::PyBytes_Type.tp_basicsize as usize + 7 & !7,
                ),
                TypeNum::Str => {
                    // Behind Python's str stand NumPy's `obval` and `buffer_fmt`.
                    (
                        vec![&raw mut ffi::PyUnicode_Type, own],
                        ffi::PyUnicode_Type.tp_basicsize as usize + 16,
                    )
                }
                _ => (vec![own], basicsize(num)),
            };
            let name = match num {
                TypeNum::Bytes => "bytes_",
                TypeNum::Str => "str_",
                TypeNum::Object => "object_",
                _ => num.facts().name,
            };
            let setup = TypeSetup {
                name: &format!("numpy_rs.{name}"),
                basicsize: size,
                flags: ffi::Py_TPFLAGS_BASETYPE,
                base: bases[0],
                bases: &bases,
                metatype: null,
            };
            let ty = scalar_class(num).get();
            if num == TypeNum::Bytes {
                (*ty).tp_itemsize = ffi::PyBytes_Type.tp_itemsize;
            }
            ready(py, ty, &setup)?;
        }
    }
    Ok(())
}
