//! Comparison and hashing of scalars: numbers as Python's numbers of the same value.

use std::ffi::c_int;

use numpy_rs_core::dtype::TypeNum;
use pyo3::exceptions::PyTypeError;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::classes::scalar_class;
use crate::convert::array_like;
use crate::convert::item::{self, Item, bool_ptr};
use crate::convert::store::{cast_quietly, scalar_item, scalar_num};
use crate::gate;
use crate::layout::{DatetimeScalar, Scalar};

use super::operand::{Operand, as_type, common, row_for, run, should_defer};

use TypeNum as T;

const NAMES: [&str; 6] = [
    "less",
    "less_equal",
    "equal",
    "not_equal",
    "greater",
    "greater_equal",
];

fn decide<T: PartialOrd>(op: c_int, x: T, y: T) -> bool {
    match op {
        ffi::Py_LT => x < y,
        ffi::Py_LE => x <= y,
        ffi::Py_EQ => x == y,
        ffi::Py_NE => x != y,
        ffi::Py_GT => x > y,
        _ => x >= y,
    }
}

/// An integer scalar or bool as `i128`.
fn wide(num: TypeNum, item: &Item) -> i128 {
    // SAFETY: the item holds a number of the type.
    unsafe {
        match num {
            T::Byte => item.get::<i8>().into(),
            T::Bool | T::UByte => item.get::<u8>().into(),
            T::Short => item.get::<i16>().into(),
            T::UShort => item.get::<u16>().into(),
            T::Int => item.get::<i32>().into(),
            T::UInt => item.get::<u32>().into(),
            T::Long => i128::from(item.get::<std::ffi::c_long>()),
            T::ULong => i128::from(item.get::<std::ffi::c_ulong>()),
            T::LongLong => item.get::<i64>().into(),
            _ => item.get::<u64>().into(),
        }
    }
}

/// The slot.
pub(super) unsafe extern "C" fn compare(
    a: *mut PyObject,
    b: *mut PyObject,
    op: c_int,
) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held and live objects.
    unsafe {
        let double = scalar_class(T::Double).get();
        if ffi::Py_TYPE(a) == double {
            let x = a.cast::<Scalar<f64>>().read().obval;
            let ty = ffi::Py_TYPE(b);
            if ty == double {
                return bool_ptr(decide(op, x, b.cast::<Scalar<f64>>().read().obval));
            }
            if ty == &raw mut ffi::PyFloat_Type {
                return bool_ptr(decide(op, x, ffi::PyFloat_AS_DOUBLE(b)));
            }
        }
        gate::enter_object(|py| {
            compare_any(
                &Bound::from_borrowed_ptr(py, a),
                &Bound::from_borrowed_ptr(py, b),
                op,
            )
        })
    }
}

fn truth(py: Python<'_>, value: bool) -> Bound<'_, PyAny> {
    // SAFETY: the interpreter is held and the module initialised.
    unsafe { Bound::from_owned_ptr(py, bool_ptr(value)) }
}

fn compare_any<'py>(
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
    op: c_int,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let ((x, _), (y, may_defer)) = (Operand::of(a), Operand::of(b));
    let is_whole = |n: TypeNum| n == T::Bool || n.is_integer();
    if let (Operand::Known(m, i), Operand::Int) = (&x, &y)
        && is_whole(*m)
    {
        let mut overflow = 0;
        // SAFETY: the operand is an int.
        let small = unsafe { ffi::PyLong_AsLongLongAndOverflow(b.as_ptr(), &raw mut overflow) };
        let left = wide(*m, i);
        let right = match overflow {
            0 => i128::from(small),
            1 => match b.extract::<u64>() {
                Ok(v) => i128::from(v),
                Err(_) => i128::MAX,
            },
            _ => i128::MIN,
        };
        return Ok(truth(py, decide(op, left, right)));
    }
    if let (Operand::Known(m, i), Operand::Known(n, j)) = (&x, &y)
        && is_whole(*m)
        && is_whole(*n)
    {
        return Ok(truth(py, decide(op, wide(*m, i), wide(*n, j))));
    }
    if may_defer && should_defer(a, b)? {
        return Ok(py.NotImplemented().into_bound(py));
    }
    if let Some(num) = common(&x, &y)
        && let Some(ufunc) = numpy_rs_ufuncs::get(NAMES[op as usize])
        && let Some(row) = row_for(ufunc, num)
    {
        let mut inputs = [as_type(&x, a, num)?, as_type(&y, b, num)?];
        if row.types[0] != num {
            for item in &mut inputs {
                *item = cast_quietly(num, row.types[0], item)?.0;
            }
        }
        let (out, _) = run(row, &mut inputs, 1, false)?;
        return Ok(truth(py, out[0].0[0] != 0));
    }
    if b.is_none() && (op == ffi::Py_EQ || op == ffi::Py_NE) {
        let answer = op == ffi::Py_NE;
        return Ok(answer.into_pyobject(py)?.to_owned().into_any());
    }
    if super::arithmetic::refuses_objects(&x, b)? {
        return Ok(py.NotImplemented().into_bound(py));
    }
    let array = array_like::of_scalar(a)?;
    // SAFETY: live objects.
    unsafe {
        let raw = ffi::PyObject_RichCompare(array.as_any().as_ptr(), b.as_ptr(), op);
        Bound::from_owned_ptr_or_err(py, raw)
    }
}

/// The hash of the Python object with the same value.
pub(super) unsafe extern "C" fn hash(a: *mut PyObject) -> isize {
    // SAFETY: Python calls with the interpreter held and a live object.
    unsafe {
        gate::enter(|py| {
            let object = Bound::<PyAny>::from_borrowed_ptr(py, a);
            let Some(num) = scalar_num(&object) else {
                return Err(PyTypeError::new_err("unhashable scalar"));
            };
            match num {
                T::LongDouble => {
                    let (d, _) = cast_quietly(num, T::Double, &scalar_item(a, num))?;
                    item::number_to_python(py, T::Double, &d)?.hash()
                }
                T::CLongDouble => {
                    let (d, _) = cast_quietly(num, T::CDouble, &scalar_item(a, num))?;
                    item::number_to_python(py, T::CDouble, &d)?.hash()
                }
                T::Datetime | T::Timedelta => {
                    let v = (*a.cast::<DatetimeScalar>()).obval;
                    v.into_pyobject(py)?.hash()
                }
                T::Void => {
                    let v = &*a.cast::<crate::layout::VoidScalar>();
                    if v.flags & crate::layout::flags::WRITEABLE != 0 && !v.base.is_null() {
                        return Err(PyTypeError::new_err(
                            "unhashable type: 'writeable void-scalar'",
                        ));
                    }
                    let value = object.call_method0("item")?;
                    match value.cast::<PyTuple>() {
                        Ok(t) => t.hash(),
                        Err(_) => value.hash(),
                    }
                }
                _ if num.is_number() => {
                    item::number_to_python(py, num, &scalar_item(a, num))?.hash()
                }
                _ => object.call_method0("item")?.hash(),
            }
        })
    }
}
