//! The hierarchy of scalar types.

use numpy_rs_core::dtype::TypeNum;
use pyo3::ffi::{self, PyObject, PyTypeObject};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::attribute;
use crate::classes::{AbstractScalar, scalar_class};
use crate::function::add_methods;
use crate::gate;
use crate::layout::{DatetimeScalar, Scalar, VoidScalar};
use crate::static_type::{TypeSetup, leak_table, ready};

use super::{arithmetic, attributes, buffer, compare, construct, methods, text, void};

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

unsafe extern "C" fn dealloc(object: *mut PyObject) {
    // SAFETY: the object is dying and holds nothing but a value.
    unsafe {
        if let Some(free) = (*ffi::Py_TYPE(object)).tp_free {
            free(object.cast());
        }
    }
}

/// The operators of numbers.
fn number_slots(num: Option<TypeNum>) -> *mut ffi::PyNumberMethods {
    // SAFETY: all slots may be empty.
    let mut n: ffi::PyNumberMethods = unsafe { std::mem::zeroed() };
    n.nb_add = Some(arithmetic::binary::<0>);
    n.nb_subtract = Some(arithmetic::binary::<1>);
    n.nb_multiply = Some(arithmetic::binary::<2>);
    n.nb_true_divide = Some(arithmetic::binary::<3>);
    n.nb_floor_divide = Some(arithmetic::binary::<4>);
    n.nb_remainder = Some(arithmetic::binary::<5>);
    n.nb_divmod = Some(arithmetic::binary::<6>);
    n.nb_power = Some(arithmetic::power);
    n.nb_lshift = Some(arithmetic::binary::<8>);
    n.nb_rshift = Some(arithmetic::binary::<9>);
    n.nb_and = Some(arithmetic::binary::<10>);
    n.nb_or = Some(arithmetic::binary::<11>);
    n.nb_xor = Some(arithmetic::binary::<12>);
    n.nb_negative = Some(arithmetic::unary::<0>);
    n.nb_positive = Some(arithmetic::unary::<1>);
    n.nb_absolute = Some(arithmetic::unary::<2>);
    n.nb_invert = Some(arithmetic::unary::<3>);
    n.nb_bool = Some(arithmetic::truth);
    n.nb_int = Some(arithmetic::int);
    n.nb_float = Some(arithmetic::float);
    if num.is_some_and(TypeNum::is_integer) {
        n.nb_index = Some(arithmetic::index);
    }
    leak_table(vec![n])
}

/// Indexing of scalars.
fn mapping_slots(num: Option<TypeNum>) -> *mut ffi::PyMappingMethods {
    // SAFETY: all slots may be empty.
    let mut m: ffi::PyMappingMethods = unsafe { std::mem::zeroed() };
    m.mp_subscript = Some(void::subscript);
    if num == Some(TypeNum::Void) {
        m.mp_ass_subscript = Some(void::assign);
        m.mp_length = Some(void::length);
    }
    leak_table(vec![m])
}

fn buffer_slots() -> *mut ffi::PyBufferProcs {
    leak_table(vec![ffi::PyBufferProcs {
        bf_getbuffer: Some(buffer::get),
        bf_releasebuffer: Some(buffer::release),
    }])
}

/// Fills the slots of a concrete class.
///
/// # Safety
///
/// `ty` is static memory of the class of `num` that is not ready yet.
unsafe fn fill(ty: *mut PyTypeObject, num: TypeNum) {
    // SAFETY: promised by the caller; tables live for ever.
    unsafe {
        (*ty).tp_new = Some(construct::new);
        let parameters = match num {
            TypeNum::Bool => "value=False, /",
            TypeNum::Object => "value=None, /",
            TypeNum::Bytes | TypeNum::Str => "value=\"\", /, *args, **kwargs",
            TypeNum::Void => "length_or_data, /, dtype=None",
            TypeNum::Datetime => "value=None, /, *args",
            TypeNum::Timedelta => "value=0, /, *args",
            _ if num.is_complex() => "real=0, imag=0, /",
            _ => "value=0, /",
        };
        let name = match num {
            TypeNum::Bytes => "bytes_",
            TypeNum::Str => "str_",
            TypeNum::Object => "object_",
            _ => num.facts().name,
        };
        // Python reads the signature from the head of the document.
        (*ty).tp_doc = crate::static_type::leak_name(&format!(
            "{name}({parameters})\n--\n\nThe scalar type of items of dtype `{name}`."
        ));
        (*ty).tp_repr = Some(repr);
        (*ty).tp_str = Some(str);
        if matches!(num, TypeNum::Bytes | TypeNum::Str) {
            if num == TypeNum::Str {
                (*ty).tp_as_buffer = buffer_slots();
            }
            return;
        }
        (*ty).tp_dealloc = Some(if num == TypeNum::Void {
            void::dealloc
        } else {
            dealloc
        });
        (*ty).tp_alloc = Some(ffi::PyType_GenericAlloc);
        (*ty).tp_free = Some(ffi::PyObject_Free);
        (*ty).tp_hash = Some(compare::hash);
        (*ty).tp_richcompare = Some(compare::compare);
        (*ty).tp_as_number = number_slots(Some(num));
        (*ty).tp_as_mapping = mapping_slots(Some(num));
        (*ty).tp_as_buffer = buffer_slots();
        if num == TypeNum::Void {
            let mut s: ffi::PySequenceMethods = std::mem::zeroed();
            s.sq_length = Some(void::length);
            s.sq_item = Some(void::item_at);
            (*ty).tp_as_sequence = leak_table(vec![s]);
        }
        if num == TypeNum::Object {
            (*ty).tp_as_buffer = std::ptr::null_mut();
        }
        if num.is_integer() {
            (*ty).tp_getset = attribute::table(attributes::INTEGER);
        }
    }
}

unsafe extern "C" fn abstract_new(
    class: *mut PyTypeObject,
    _: *mut PyObject,
    _: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: called by Python with the interpreter held and a live class.
    unsafe {
        gate::enter_object(|py| {
            let class = Bound::<PyAny>::from_borrowed_ptr(py, class.cast());
            let name = class
                .cast::<pyo3::types::PyType>()?
                .fully_qualified_name()?;
            Err(pyo3::exceptions::PyTypeError::new_err(format!(
                "cannot create '{name}' instances"
            )))
        })
    }
}

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
            let ty = class.class().get();
            (*ty).tp_new = Some(abstract_new);
            if class == A::Generic {
                (*ty).tp_repr = Some(repr);
                (*ty).tp_str = Some(str);
                (*ty).tp_dealloc = Some(dealloc);
                (*ty).tp_hash = Some(compare::hash);
                (*ty).tp_richcompare = Some(compare::compare);
                (*ty).tp_as_number = number_slots(None);
                (*ty).tp_as_mapping = mapping_slots(None);
                (*ty).tp_getset = attribute::table(attributes::GENERIC);
                (*ty).tp_methods = methods::table();
            }
            ready(py, ty, &setup)?;
            match class {
                A::Generic => add_methods(py, ty, "generic", methods::GENERIC)?,
                A::Integer => add_methods(py, ty, "integer", methods::INTEGER)?,
                A::Floating => add_methods(py, ty, "floating", methods::FLOATING)?,
                _ => {}
            }
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
                    (ffi::PyBytes_Type.tp_basicsize as usize + 7) & !7,
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
            fill(ty, num);
            if num == TypeNum::Bytes {
                (*ty).tp_itemsize = ffi::PyBytes_Type.tp_itemsize;
            }
            ready(py, ty, &setup)?;
        }
    }
    Ok(())
}
