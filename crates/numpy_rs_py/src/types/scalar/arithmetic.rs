//! Operators of scalars: straight for numbers of one type, through the ufuncs' loops for mixed ones, and through
//! the ufuncs themselves for anything else.

use std::ffi::c_int;

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::fp_errors::Watch;
use numpy_rs_core::ufunc::table::Ufunc;
use numpy_rs_elements::fp_events::FpEvents;
use pyo3::exceptions::PyTypeError;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyTuple};

use crate::classes::scalar_class;
use crate::convert::item::{self, Item, number_object, number_ptr};
use crate::convert::store::{cast_quietly, scalar_item, scalar_num};
use crate::errstate;
use crate::gate;

use super::operand::{Operand, as_type, common, row_for, run, should_defer};

use TypeNum as T;

/// The operators of two operands, by position.
pub(super) const OPERATORS: [(&str, &str); 13] = [
    ("add", "scalar add"),
    ("subtract", "scalar subtract"),
    ("multiply", "scalar multiply"),
    ("true_divide", "scalar divide"),
    ("floor_divide", "scalar floor_divide"),
    ("remainder", "scalar remainder"),
    ("divmod", "scalar divmod"),
    ("power", "scalar power"),
    ("left_shift", "scalar left_shift"),
    ("right_shift", "scalar right_shift"),
    ("bitwise_and", "scalar bitwise_and"),
    ("bitwise_or", "scalar bitwise_or"),
    ("bitwise_xor", "scalar bitwise_xor"),
];

const ADD: usize = 0;
const SUB: usize = 1;
const MUL: usize = 2;
const DIV: usize = 3;

fn ufunc_of(name: &str) -> PyResult<&'static Ufunc> {
    let name = if name == "true_divide" {
        "divide"
    } else {
        name
    };
    numpy_rs_ufuncs::get(name)
        .or_else(|| numpy_rs_ufuncs::get("true_divide"))
        .ok_or_else(|| {
            pyo3::exceptions::PyNotImplementedError::new_err(format!(
                "ufunc '{name}' is not available"
            ))
        })
}

/// A float64 scalar, Python float or small Python int as a double.
#[inline]
unsafe fn quick_double(p: *mut PyObject) -> Option<f64> {
    // SAFETY: the type decides what is read.
    unsafe {
        let ty = ffi::Py_TYPE(p);
        if ty == scalar_class(T::Double).get() {
            Some(p.cast::<crate::layout::Scalar<f64>>().read().obval)
        } else if ty == &raw mut ffi::PyFloat_Type {
            Some(ffi::PyFloat_AS_DOUBLE(p))
        } else if ty == &raw mut ffi::PyLong_Type {
            let mut overflow = 0;
            let v = ffi::PyLong_AsLongLongAndOverflow(p, &raw mut overflow);
            (overflow == 0).then_some(v as f64)
        } else {
            None
        }
    }
}

/// An int64 scalar or a Python int that fits one.
#[inline]
unsafe fn quick_long(p: *mut PyObject) -> Option<i64> {
    // SAFETY: the type decides what is read.
    unsafe {
        let ty = ffi::Py_TYPE(p);
        if ty == scalar_class(T::Long).get() {
            Some(p.cast::<crate::layout::Scalar<i64>>().read().obval)
        } else if ty == &raw mut ffi::PyLong_Type {
            let mut overflow = 0;
            let v = ffi::PyLong_AsLongLongAndOverflow(p, &raw mut overflow);
            (overflow == 0).then_some(v)
        } else {
            None
        }
    }
}

/// The result where nothing can go wrong: plain numbers of float64 and int64.
#[inline]
unsafe fn quick<const OP: usize>(a: *mut PyObject, b: *mut PyObject) -> Option<*mut PyObject> {
    // SAFETY: the types decide what is read.
    unsafe {
        let double = scalar_class(T::Double).get();
        let (ta, tb) = (ffi::Py_TYPE(a), ffi::Py_TYPE(b));
        if ta == double || tb == double {
            let (x, y) = (quick_double(a)?, quick_double(b)?);
            let r = match OP {
                ADD => x + y,
                SUB => x - y,
                MUL => x * y,
                _ => x / y,
            };
            // Sums that are zero are exact; other zeros, infinities and NaN may be events.
            if r.is_normal() || (r == 0.0 && OP <= SUB) {
                return Some(number_ptr(T::Double, r));
            }
            return None;
        }
        let long = scalar_class(T::Long).get();
        if OP <= MUL && (ta == long || tb == long) && size_of::<std::ffi::c_long>() == 8 {
            let (x, y) = (quick_long(a)?, quick_long(b)?);
            let r = match OP {
                ADD => x.checked_add(y),
                SUB => x.checked_sub(y),
                _ => x.checked_mul(y),
            };
            return r.map(|r| number_ptr(T::Long, r));
        }
        None
    }
}

/// The slot of an operator.
pub(super) unsafe extern "C" fn binary<const OP: usize>(
    a: *mut PyObject,
    b: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held and live objects.
    unsafe {
        if OP <= DIV
            && let Some(result) = quick::<OP>(a, b)
        {
            return result;
        }
        gate::enter_object(|py| {
            operate(
                OP,
                &Bound::from_borrowed_ptr(py, a),
                &Bound::from_borrowed_ptr(py, b),
            )
        })
    }
}

/// `a ** b`; a modulus is not supported.
pub(super) unsafe extern "C" fn power(
    a: *mut PyObject,
    b: *mut PyObject,
    modulus: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held and live objects.
    unsafe {
        if modulus != ffi::Py_None() {
            let r = ffi::Py_NotImplemented();
            ffi::Py_INCREF(r);
            return r;
        }
        gate::enter_object(|py| {
            operate(
                7,
                &Bound::from_borrowed_ptr(py, a),
                &Bound::from_borrowed_ptr(py, b),
            )
        })
    }
}

fn watch_underflow(py: Python<'_>) -> PyResult<bool> {
    Ok(matches!(errstate::watch(py)?, Watch::Underflow))
}

/// Sums, differences and products of integers, which say when they overflow.
fn integer(op: usize, num: TypeNum, x: &Item, y: &Item) -> (Item, FpEvents) {
    macro_rules! of {
        ($t:ty) => {{
            // SAFETY: items of the type.
            let (a, b) = unsafe { (x.get::<$t>(), y.get::<$t>()) };
            let (r, over) = match op {
                ADD => a.overflowing_add(b),
                SUB => a.overflowing_sub(b),
                _ => a.overflowing_mul(b),
            };
            (
                Item::of(r),
                if over {
                    FpEvents::OVERFLOW
                } else {
                    FpEvents::NONE
                },
            )
        }};
    }
    match num {
        T::Byte => of!(i8),
        T::UByte => of!(u8),
        T::Short => of!(i16),
        T::UShort => of!(u16),
        T::Int => of!(i32),
        T::UInt => of!(u32),
        T::Long => of!(std::ffi::c_long),
        T::ULong => of!(std::ffi::c_ulong),
        T::LongLong => of!(i64),
        _ => of!(u64),
    }
}

/// An operator on any operands, one of which is a scalar of ours.
fn operate<'py>(
    op: usize,
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let ((x, may_defer_a), (y, may_defer_b)) = (Operand::of(a), Operand::of(b));
    let forward = scalar_num(a).is_some();
    let may_defer = if forward { may_defer_b } else { may_defer_a };
    if forward && may_defer && should_defer(a, b)? {
        return Ok(py.NotImplemented().into_bound(py));
    }
    let (name, place) = OPERATORS[op];
    let ufunc = ufunc_of(name)?;
    let Some(num) = common(&x, &y) else {
        if op == MUL
            && let Some(result) = repeat_sequence(a, b)?
        {
            return Ok(result);
        }
        if refuses_objects(&x, b)? || refuses_objects(&y, a)? {
            return Ok(py.NotImplemented().into_bound(py));
        }
        return through_ufunc(ufunc, a, b);
    };
    // NumPy: two types that meet in a third one go the way of arrays.
    let meets = |o: &Operand| !matches!(o, Operand::Known(own, _) if *own != num);
    let place = if meets(&x) || meets(&y) {
        place
    } else {
        ufunc.name
    };
    // A quotient of integers is a float whatever their size, so a Python int need not fit the other's type.
    let num = if op == DIV && (num == T::Bool || num.is_integer()) {
        T::Double
    } else {
        num
    };
    let bool_difference = op == SUB && num == T::Bool;
    let Some(row) = row_for(ufunc, num).filter(|_| !bool_difference) else {
        return crate::call::binary(ufunc, a, b);
    };
    let of = row.types[0];
    let mut inputs = [as_type(&x, a, num)?, as_type(&y, b, num)?];
    if of != num {
        for item in &mut inputs {
            *item = cast_quietly(num, of, item)?.0;
        }
    }
    if of.is_integer() && op <= MUL {
        let (result, events) = integer(op, of, &inputs[0], &inputs[1]);
        errstate::report(py, events, place)?;
        return number_object(py, of, &result);
    }
    let n_out = ufunc.nout;
    let (outputs, events) = run(row, &mut inputs, n_out, watch_underflow(py)?)?;
    if !events.is_empty() {
        errstate::report(py, events, place)?;
    }
    let first = number_object(py, row.types[2], &outputs[0])?;
    if n_out == 1 {
        return Ok(first);
    }
    let second = number_object(py, row.types[3], &outputs[1])?;
    Ok(PyTuple::new(py, [first, second])?.into_any())
}

/// A longdouble becomes an object that is a longdouble again, so that object loops would call this operator for ever.
pub(super) fn refuses_objects(own: &Operand, other: &Bound<'_, PyAny>) -> PyResult<bool> {
    if !matches!(own, Operand::Known(T::LongDouble | T::CLongDouble, _)) {
        return Ok(false);
    }
    let array = crate::convert::array_like::as_array(other)?;
    Ok(array.type_num() == T::Object as i32)
}

/// The ufunc itself, with a guard of the native stack: objects may come back to the operator that called it.
fn through_ufunc<'py>(
    ufunc: &'static Ufunc,
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the interpreter is held; what is entered is left.
    unsafe {
        if ffi::Py_EnterRecursiveCall(c" in an operator of a scalar".as_ptr()) != 0 {
            return Err(PyErr::fetch(a.py()));
        }
        let result = crate::call::binary(ufunc, a, b);
        ffi::Py_LeaveRecursiveCall();
        result
    }
}

/// `scalar * list`: repetition where the other operand knows no multiplication.
fn repeat_sequence<'py>(
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    for (sequence, count) in [(a, b), (b, a)] {
        if scalar_num(sequence).is_some() {
            continue;
        }
        // SAFETY: slots of a live type.
        let repeats = unsafe {
            let ty = ffi::Py_TYPE(sequence.as_ptr());
            let s = (*ty).tp_as_sequence;
            let n = (*ty).tp_as_number;
            !s.is_null() && (*s).sq_repeat.is_some() && (n.is_null() || (*n).nb_multiply.is_none())
        };
        if repeats {
            // SAFETY: live objects.
            unsafe {
                let n = ffi::PyNumber_AsSsize_t(count.as_ptr(), std::ptr::null_mut());
                if n == -1 && PyErr::occurred(a.py()) {
                    drop(PyErr::fetch(a.py()));
                    return Err(PyTypeError::new_err(format!(
                        "can't multiply sequence by non-int of type '{}'",
                        count.get_type().fully_qualified_name()?
                    )));
                }
                let raw = ffi::PySequence_Repeat(sequence.as_ptr(), n);
                return Bound::from_owned_ptr_or_err(a.py(), raw).map(Some);
            }
        }
    }
    Ok(None)
}

/// Operators of one operand.
const UNARY: [(&str, &str); 4] = [
    ("negative", "scalar negative"),
    ("positive", "scalar positive"),
    ("absolute", "scalar absolute"),
    ("invert", "scalar invert"),
];

/// The slot of an operator of one operand.
pub(super) unsafe extern "C" fn unary<const OP: usize>(a: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held and a live object.
    unsafe {
        gate::enter_object(|py| {
            let a = Bound::<PyAny>::from_borrowed_ptr(py, a);
            let (name, place) = UNARY[OP];
            let ufunc = ufunc_of(name)?;
            let Some(num) = scalar_num(&a).filter(|n| n.is_number()) else {
                return crate::call::unary(ufunc, &a);
            };
            let Some(row) = ufunc.rows().iter().find(|r| r.types[0] == num) else {
                return crate::call::unary(ufunc, &a);
            };
            let item = scalar_item(a.as_ptr(), num);
            if num.is_integer() && (OP == 0 || OP == 2) {
                let zero = Item::ZERO;
                let negative = num.kind() == b'i' && is_negative(num, &item);
                if OP == 2 && !negative {
                    return number_object(py, num, &item);
                }
                let (result, events) = integer(SUB, num, &zero, &item);
                errstate::report(py, events, place)?;
                return number_object(py, num, &result);
            }
            let (out, events) = run(row, &mut [item], 1, false)?;
            errstate::report(py, events, place)?;
            number_object(py, row.types[1], &out[0])
        })
    }
}

fn is_negative(num: TypeNum, item: &Item) -> bool {
    item.0[num.facts().itemsize - 1] & 0x80 != 0 && cfg!(target_endian = "little")
}

/// `bool(scalar)`.
pub(super) unsafe extern "C" fn truth(a: *mut PyObject) -> c_int {
    // SAFETY: Python calls with the interpreter held and a live object.
    unsafe {
        gate::enter(|py| {
            let object = Bound::<PyAny>::from_borrowed_ptr(py, a);
            if let Some(num) = scalar_num(&object).filter(|n| n.is_number()) {
                let item = scalar_item(a, num);
                let (out, _) = cast_quietly(num, T::Bool, &item)?;
                return Ok(c_int::from(out.0[0] != 0));
            }
            // Ticks are true when not zero, NaT too; an array of them would ask this function again.
            if let Some(num @ (T::Datetime | T::Timedelta)) = scalar_num(&object) {
                let item = scalar_item(a, num);
                return Ok(c_int::from(item.0[..8] != [0; 8]));
            }
            let array = crate::convert::array_like::of_scalar(&object)?;
            Ok(c_int::from(array.as_any().is_truthy()?))
        })
    }
}

/// The Python object of a scalar, longdoubles as floats.
fn python_number<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    match scalar_num(object).filter(|n| n.is_number()) {
        Some(num) => {
            // SAFETY: the object is an instance of the class.
            let item = unsafe { scalar_item(object.as_ptr(), num) };
            let (num, item) = match num {
                T::LongDouble => (T::Double, cast_quietly(num, T::Double, &item)?.0),
                T::CLongDouble => (T::CDouble, cast_quietly(num, T::CDouble, &item)?.0),
                _ => (num, item),
            };
            item::number_to_python(py, num, &item)
        }
        None => crate::convert::array_like::of_scalar(object)?
            .as_any()
            .call_method0("item"),
    }
}

/// The real part of what drops an imaginary one.
fn real_number<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let value = python_number(object)?;
    if value.is_instance_of::<pyo3::types::PyComplex>() {
        crate::convert::warning::imaginary(object.py())?;
        return value.getattr("real");
    }
    Ok(value)
}

/// `int(scalar)`.
pub(super) unsafe extern "C" fn int(a: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held and a live object.
    unsafe {
        gate::enter_object(|py| {
            let object = Bound::<PyAny>::from_borrowed_ptr(py, a);
            if let Some(num @ T::LongDouble) = scalar_num(&object) {
                return whole_longdouble(&object, num);
            }
            let value = real_number(&object)?;
            Bound::from_owned_ptr_or_err(py, ffi::PyNumber_Long(value.as_ptr()))
        })
    }
}

/// A longdouble may hold more digits of an integer than a double.
fn whole_longdouble<'py>(object: &Bound<'py, PyAny>, num: TypeNum) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the object is an instance of the class.
    let item = unsafe { scalar_item(object.as_ptr(), num) };
    let (double, _) = cast_quietly(num, T::Double, &item)?;
    // SAFETY: an item of the type.
    let approximate = unsafe { double.get::<f64>() };
    if approximate.is_finite() && approximate.abs() < 9.0e18 {
        let (whole, _) = cast_quietly(num, T::LongLong, &item)?;
        return item::number_to_python(object.py(), T::LongLong, &whole);
    }
    if !approximate.is_finite() {
        let value = PyFloat::new(object.py(), approximate);
        // SAFETY: a live float.
        return unsafe {
            Bound::from_owned_ptr_or_err(object.py(), ffi::PyNumber_Long(value.as_ptr()))
        };
    }
    // Mantissa and exponent of the 80-bit format give the integer exactly.
    let mut low = [0; 8];
    low.copy_from_slice(&item.0[..8]);
    let mantissa = u64::from_le_bytes(low);
    let top = u16::from_le_bytes([item.0[8], item.0[9]]);
    let shift = i32::from(top & 0x7fff) - 16446 + 63 - 63;
    let value = mantissa.into_pyobject(object.py())?.into_any();
    let value = if shift >= 0 {
        value.lshift(shift)?
    } else {
        value.rshift(-shift)?
    };
    if top >> 15 == 1 {
        value.neg()
    } else {
        Ok(value)
    }
}

/// `float(scalar)`.
pub(super) unsafe extern "C" fn float(a: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held and a live object.
    unsafe {
        if ffi::Py_TYPE(a) == scalar_class(T::Double).get() {
            return ffi::PyFloat_FromDouble(a.cast::<crate::layout::Scalar<f64>>().read().obval);
        }
        gate::enter_object(|py| {
            let value = real_number(&Bound::from_borrowed_ptr(py, a))?;
            Bound::from_owned_ptr_or_err(py, ffi::PyNumber_Float(value.as_ptr()))
        })
    }
}

/// `operator.index(scalar)` of integers.
pub(super) unsafe extern "C" fn index(a: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held and a live object.
    unsafe {
        gate::enter_object(|py| {
            let object = Bound::<PyAny>::from_borrowed_ptr(py, a);
            match scalar_num(&object).filter(|n| n.is_integer()) {
                Some(num) => item::number_to_python(py, num, &scalar_item(a, num)),
                None => Err(PyTypeError::new_err(format!(
                    "'{}' object cannot be interpreted as an integer",
                    object.get_type().fully_qualified_name()?
                ))),
            }
        })
    }
}
