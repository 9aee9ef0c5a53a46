//! The operations of object dtype, given to core once: Python's operators, methods and reference counts.

use std::ffi::c_int;

use numpy_rs_core::dtype::DType;
use numpy_rs_core::object::{ObjectHooks, register};
use numpy_rs_elements::object::{BinaryOp, CompareOp, Object, ObjectOps, UnaryOp};
use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::classes::NDARRAY;
use crate::convert::item::core_to_python;
use crate::convert::store::store_core;
use crate::stack;

/// Gives the hooks to core.
pub(crate) fn initialise() {
    register(ObjectHooks {
        ops: ObjectOps {
            incref,
            decref,
            none,
            unary,
            binary,
            compare,
            truth,
            call_method,
            from_bool,
            from_i64,
            from_f64,
        },
        item_to_object,
        object_to_item,
    });
}

/// Null reads as None.
unsafe fn live(object: Object) -> *mut PyObject {
    if object.is_null() {
        // SAFETY: None lives for ever.
        unsafe { ffi::Py_None() }
    } else {
        object.cast()
    }
}

unsafe fn incref(object: Object) {
    // SAFETY: core calls hooks with the interpreter held, on live objects or null.
    unsafe { ffi::Py_XINCREF(object.cast()) }
}

unsafe fn decref(object: Object) {
    // SAFETY: as above.
    unsafe { ffi::Py_XDECREF(object.cast()) }
}

unsafe fn none() -> Object {
    // SAFETY: as above.
    unsafe {
        let none = ffi::Py_None();
        ffi::Py_INCREF(none);
        none.cast()
    }
}

/// Whether an operation must not go deeper: an operand is an array again, and the stack is nearly used up. Then an
/// exception is set.
unsafe fn is_too_deep(operands: &[*mut PyObject]) -> bool {
    // SAFETY: core calls hooks with the interpreter held, on live objects.
    unsafe {
        let py = Python::assume_attached();
        let is_array = |p: &*mut PyObject| {
            let object = Bound::<PyAny>::from_borrowed_ptr(py, *p);
            NDARRAY.is_instance(&object)
        };
        if !operands.iter().any(is_array) {
            return false;
        }
        match stack::check("in an operation on objects") {
            Ok(()) => false,
            Err(error) => {
                error.restore(py);
                true
            }
        }
    }
}

unsafe fn unary(op: UnaryOp, x: Object) -> Object {
    // SAFETY: core calls hooks with the interpreter held, on live objects or null.
    unsafe {
        let p = live(x);
        if is_too_deep(&[p]) {
            return std::ptr::null_mut();
        }
        let result = match op {
            UnaryOp::Negative => ffi::PyNumber_Negative(p),
            UnaryOp::Positive => ffi::PyNumber_Positive(p),
            UnaryOp::Absolute => ffi::PyNumber_Absolute(p),
            UnaryOp::Invert => ffi::PyNumber_Invert(p),
            UnaryOp::LogicalNot => match ffi::PyObject_Not(p) {
                -1 => std::ptr::null_mut(),
                v => ffi::PyBool_FromLong(v.into()),
            },
            UnaryOp::Reciprocal => {
                let one = ffi::PyLong_FromLong(1);
                let result = ffi::PyNumber_TrueDivide(one, p);
                ffi::Py_XDECREF(one);
                result
            }
            UnaryOp::Square => ffi::PyNumber_Multiply(p, p),
            UnaryOp::Sign => sign(p),
            UnaryOp::Floor => math("floor", &[p]),
            UnaryOp::Ceil => math("ceil", &[p]),
            UnaryOp::Trunc => math("trunc", &[p]),
        };
        result.cast()
    }
}

/// -1, 0 or 1 by comparison with 0.
unsafe fn sign(p: *mut PyObject) -> *mut PyObject {
    // SAFETY: promised by the caller.
    unsafe {
        let zero = ffi::PyLong_FromLong(0);
        let mut value = 0;
        let mut found = false;
        for (op, result) in [(ffi::Py_LT, -1), (ffi::Py_GT, 1), (ffi::Py_EQ, 0)] {
            match ffi::PyObject_RichCompareBool(p, zero, op) {
                -1 => {
                    ffi::Py_DECREF(zero);
                    return std::ptr::null_mut();
                }
                0 => {}
                _ => {
                    value = result;
                    found = true;
                    break;
                }
            }
        }
        ffi::Py_DECREF(zero);
        if found {
            return ffi::PyLong_FromLong(value);
        }
        PyTypeError::new_err("unorderable types for comparison").restore(Python::assume_attached());
        std::ptr::null_mut()
    }
}

/// A function of the module `math` on live objects.
unsafe fn math(name: &str, operands: &[*mut PyObject]) -> *mut PyObject {
    // SAFETY: core calls hooks with the interpreter held.
    unsafe {
        let py = Python::assume_attached();
        let result = (|| {
            let operands = operands
                .iter()
                .map(|&p| Bound::<PyAny>::from_borrowed_ptr(py, p));
            let args = PyTuple::new(py, operands.collect::<Vec<_>>())?;
            py.import("math")?.getattr(name)?.call1(args)
        })();
        give(py, result)
    }
}

fn give(py: Python<'_>, result: PyResult<Bound<'_, PyAny>>) -> *mut PyObject {
    match result {
        Ok(object) => object.into_ptr(),
        Err(error) => {
            error.restore(py);
            std::ptr::null_mut()
        }
    }
}

unsafe fn binary(op: BinaryOp, x1: Object, x2: Object) -> Object {
    // SAFETY: core calls hooks with the interpreter held, on live objects or null.
    unsafe {
        let (a, b) = (live(x1), live(x2));
        if is_too_deep(&[a, b]) {
            return std::ptr::null_mut();
        }
        let result = match op {
            BinaryOp::Add => ffi::PyNumber_Add(a, b),
            BinaryOp::Subtract => ffi::PyNumber_Subtract(a, b),
            BinaryOp::Multiply => ffi::PyNumber_Multiply(a, b),
            BinaryOp::TrueDivide => ffi::PyNumber_TrueDivide(a, b),
            BinaryOp::FloorDivide => ffi::PyNumber_FloorDivide(a, b),
            BinaryOp::Remainder => ffi::PyNumber_Remainder(a, b),
            BinaryOp::Divmod => ffi::PyNumber_Divmod(a, b),
            BinaryOp::Power => ffi::PyNumber_Power(a, b, ffi::Py_None()),
            BinaryOp::LeftShift => ffi::PyNumber_Lshift(a, b),
            BinaryOp::RightShift => ffi::PyNumber_Rshift(a, b),
            BinaryOp::BitwiseAnd => ffi::PyNumber_And(a, b),
            BinaryOp::BitwiseOr => ffi::PyNumber_Or(a, b),
            BinaryOp::BitwiseXor => ffi::PyNumber_Xor(a, b),
            BinaryOp::LogicalAnd => choose(ffi::PyObject_IsTrue(a), b, a),
            BinaryOp::LogicalOr => choose(ffi::PyObject_IsTrue(a), a, b),
            BinaryOp::Maximum => choose(ffi::PyObject_RichCompareBool(a, b, ffi::Py_GE), a, b),
            BinaryOp::Minimum => choose(ffi::PyObject_RichCompareBool(a, b, ffi::Py_LE), a, b),
            BinaryOp::Gcd => math("gcd", &[a, b]),
            BinaryOp::Lcm => math("lcm", &[a, b]),
        };
        result.cast()
    }
}

/// The first object where the condition is 1, the second where it is 0; null where it failed.
unsafe fn choose(condition: c_int, yes: *mut PyObject, no: *mut PyObject) -> *mut PyObject {
    let chosen = match condition {
        -1 => return std::ptr::null_mut(),
        0 => no,
        _ => yes,
    };
    // SAFETY: both are live.
    unsafe { ffi::Py_INCREF(chosen) };
    chosen
}

unsafe fn compare(op: CompareOp, x1: Object, x2: Object) -> Object {
    // SAFETY: core calls hooks with the interpreter held, on live objects or null.
    unsafe {
        let (a, b) = (live(x1), live(x2));
        if is_too_deep(&[a, b]) {
            return std::ptr::null_mut();
        }
        ffi::PyObject_RichCompare(a, b, op as c_int).cast()
    }
}

unsafe fn truth(x: Object) -> i32 {
    // SAFETY: as above.
    unsafe {
        let p = live(x);
        if is_too_deep(&[p]) {
            return -1;
        }
        ffi::PyObject_IsTrue(p)
    }
}

unsafe fn call_method(name: &str, operands: &[Object]) -> Object {
    // SAFETY: core calls hooks with the interpreter held, on live objects or null.
    unsafe {
        let py = Python::assume_attached();
        let result = (|| {
            let objects: Vec<Bound<'_, PyAny>> = operands
                .iter()
                .map(|&p| Bound::from_borrowed_ptr(py, live(p)))
                .collect();
            let Some(first) = objects.first() else {
                return Err(PyTypeError::new_err("a method needs an operand"));
            };
            let method = first
                .getattr(name)
                .ok()
                .filter(pyo3::types::PyAnyMethods::is_callable)
                .ok_or_else(|| {
                    drop(PyErr::take(py));
                    let ty = first.get_type();
                    let error = PyTypeError::new_err(format!(
                        "loop of ufunc does not support argument 0 of type {} which has no callable {name} method",
                        ty.name().map_or_else(|_| "?".into(), |n| n.to_string()),
                    ));
                    error.set_cause(
                        py,
                        Some(PyAttributeError::new_err(format!(
                            "'{}' object has no attribute '{name}'",
                            ty.name().map_or_else(|_| "?".into(), |n| n.to_string()),
                        ))),
                    );
                    error
                })?;
            method.call1(PyTuple::new(py, &objects[1..])?)
        })();
        give(py, result).cast()
    }
}

unsafe fn from_bool(value: bool) -> Object {
    // SAFETY: core calls hooks with the interpreter held.
    unsafe { ffi::PyBool_FromLong(value.into()).cast() }
}

unsafe fn from_i64(value: i64) -> Object {
    // SAFETY: as above.
    unsafe { ffi::PyLong_FromLongLong(value).cast() }
}

unsafe fn from_f64(value: f64) -> Object {
    // SAFETY: as above.
    unsafe { ffi::PyFloat_FromDouble(value).cast() }
}

unsafe fn item_to_object(dtype: &DType, ptr: *const u8) -> Object {
    // SAFETY: core calls hooks with the interpreter held, on an item of the dtype.
    unsafe {
        let py = Python::assume_attached();
        give(py, core_to_python(py, ptr, dtype)).cast()
    }
}

unsafe fn object_to_item(dtype: &DType, object: Object, ptr: *mut u8) -> bool {
    // SAFETY: core calls hooks with the interpreter held, on an item of the dtype.
    unsafe {
        let py = Python::assume_attached();
        let object = Bound::<PyAny>::from_borrowed_ptr(py, live(object));
        match store_core(dtype, &object, ptr) {
            Ok(()) => true,
            Err(error) => {
                error.restore(py);
                false
            }
        }
    }
}
