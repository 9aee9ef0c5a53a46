//! Operators: each is a ufunc, unless the other operand wants to answer itself.

use std::ffi::{CStr, c_int};

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::ufunc::table::Ufunc;
use numpy_rs_ufuncs as ufuncs;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyComplex, PyFloat, PyInt};

use super::subscript::element_at;
use crate::array::ArrayRef;
use crate::call;
use crate::classes::{NDARRAY, num_of_scalar_class};
use crate::error::OrRaise;
use crate::gate;
use crate::stack;

/// Whether an operator leaves the answer to the other operand (NEP 13).
fn defers(this: &Bound<'_, PyAny>, other: &Bound<'_, PyAny>, in_place: bool) -> PyResult<bool> {
    let ty = other.get_type_ptr();
    if ty == this.get_type_ptr()
        || ty == NDARRAY.get()
        || num_of_scalar_class(ty).is_some()
        || other.is_exact_instance_of::<PyInt>()
        || other.is_exact_instance_of::<PyFloat>()
        || other.is_exact_instance_of::<PyBool>()
        || other.is_exact_instance_of::<PyComplex>()
        || other.is_none()
    {
        return Ok(false);
    }
    let py = other.py();
    let class = other.get_type();
    if let Some(method) = class.getattr_opt(pyo3::intern!(py, "__array_ufunc__"))? {
        return Ok(method.is_none());
    }
    if in_place {
        return Ok(false);
    }
    if class.is_subclass(&this.get_type())? {
        return Ok(false);
    }
    let priority = |o: &Bound<'_, PyAny>, default: f64| -> PyResult<f64> {
        Ok(o.getattr_opt(pyo3::intern!(py, "__array_priority__"))?
            .and_then(|p| p.extract().ok())
            .unwrap_or(default))
    };
    Ok(priority(this, 0.0)? < priority(other, -1_000_000.0)?)
}

fn not_implemented(py: Python<'_>) -> Bound<'_, PyAny> {
    py.NotImplemented().into_bound(py)
}

/// The slot of a number type at an offset, to see whether an operand's type has this very operator.
type BinarySlot = unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject;

/// `a op b` with an array on at least one side.
unsafe fn binary(
    ufunc: &'static Ufunc,
    a: *mut PyObject,
    b: *mut PyObject,
    slot: impl Fn(&ffi::PyNumberMethods) -> Option<BinarySlot>,
) -> *mut PyObject {
    // SAFETY: Python passes live objects with the interpreter held.
    unsafe {
        gate::enter_object(|py| {
            let (x, y) = (
                Bound::<PyAny>::from_borrowed_ptr(py, a),
                Bound::<PyAny>::from_borrowed_ptr(py, b),
            );
            if NDARRAY.is_exact(&x) && NDARRAY.is_exact(&y) {
                return call::binary(ufunc, &x, &y);
            }
            let own = slot(&*(*NDARRAY.get()).tp_as_number);
            let methods = (*y.get_type_ptr()).tp_as_number;
            let other = if methods.is_null() {
                None
            } else {
                slot(&*methods)
            };
            let differs = own.map(|f| f as usize) != other.map(|f| f as usize);
            if NDARRAY.is_instance(&x) && differs && defers(&x, &y, false)? {
                return Ok(not_implemented(py));
            }
            call::binary(ufunc, &x, &y)
        })
    }
}

/// `a op= b` with the array `a` as output.
unsafe fn in_place(ufunc: &'static Ufunc, a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python passes live objects with the interpreter held.
    unsafe {
        gate::enter_object(|py| {
            let (x, y) = (
                Bound::<PyAny>::from_borrowed_ptr(py, a),
                Bound::<PyAny>::from_borrowed_ptr(py, b),
            );
            if defers(&x, &y, true)? {
                return Ok(not_implemented(py));
            }
            call::call(ufunc, &[x.clone(), y], Some(&x))
        })
    }
}

macro_rules! binary_slots {
    ($($name:ident, $in_place:ident: $slot:ident = $ufunc:path;)*) => {$(
        unsafe extern "C" fn $name(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
            // SAFETY: as for every number slot.
            unsafe { binary(&$ufunc, a, b, |m| m.$slot) }
        }
        unsafe extern "C" fn $in_place(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
            // SAFETY: as for every number slot.
            unsafe { in_place(&$ufunc, a, b) }
        }
    )*};
}

binary_slots! {
    add, iadd: nb_add = ufuncs::arithmetic::add;
    subtract, isubtract: nb_subtract = ufuncs::arithmetic::subtract;
    multiply, imultiply: nb_multiply = ufuncs::arithmetic::multiply;
    true_divide, itrue_divide: nb_true_divide = ufuncs::arithmetic::divide;
    floor_divide, ifloor_divide: nb_floor_divide = ufuncs::arithmetic::floor_divide;
    remainder, iremainder: nb_remainder = ufuncs::arithmetic::remainder;
    lshift, ilshift: nb_lshift = ufuncs::logic::left_shift;
    rshift, irshift: nb_rshift = ufuncs::logic::right_shift;
    and, iand: nb_and = ufuncs::logic::bitwise_and;
    or, ior: nb_or = ufuncs::logic::bitwise_or;
    xor, ixor: nb_xor = ufuncs::logic::bitwise_xor;
    matmul, imatmul_unchecked: nb_matrix_multiply = ufuncs::products::matmul;
}

unsafe extern "C" fn imatmul(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: as for every number slot.
    unsafe {
        let vector = (*a.cast::<crate::layout::PyArrayObject>()).nd == 1;
        if vector {
            return gate::enter_object(|py| {
                let x = Bound::<PyAny>::from_borrowed_ptr(py, a);
                let y = Bound::<PyAny>::from_borrowed_ptr(py, b);
                let product = call::binary(&ufuncs::products::matmul, &x, &y)?;
                if ArrayRef::from_object(&product).is_none_or(|p| p.ndim() != 1) {
                    return Err(PyValueError::new_err(
                        "inplace matrix multiplication requires the first operand to have at least one and the second \
                         at least two dimensions.",
                    ));
                }
                x.set_item(py.Ellipsis(), product)?;
                Ok(x)
            });
        }
        imatmul_unchecked(a, b)
    }
}

unsafe extern "C" fn divmod(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: as for every number slot.
    unsafe { binary(&ufuncs::arithmetic::divmod, a, b, |m| m.nb_divmod) }
}

/// The ufunc that a power of a float or complex array by this exponent is, where there is a faster one.
fn fast_power(base: &ArrayRef<'_>, exponent: &Bound<'_, PyAny>) -> Option<&'static Ufunc> {
    let num = TypeNum::from_c(base.type_num())?;
    let e: f64 =
        if exponent.is_exact_instance_of::<PyFloat>() || exponent.is_exact_instance_of::<PyInt>() {
            exponent.extract().ok()?
        } else {
            return None;
        };
    let inexact = num.is_float() || num.is_complex();
    let whole = exponent.is_exact_instance_of::<PyInt>();
    match e {
        2.0 if inexact || num.is_integer() && whole => Some(&ufuncs::elementary::square),
        1.0 if inexact => Some(&ufuncs::elementary::positive),
        -1.0 if inexact => Some(&ufuncs::elementary::reciprocal),
        0.5 if inexact => Some(&ufuncs::elementary::sqrt),
        _ => None,
    }
}

unsafe extern "C" fn power(
    a: *mut PyObject,
    b: *mut PyObject,
    modulo: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: as for every number slot.
    unsafe {
        if modulo != ffi::Py_None() {
            return ffi::Py_NewRef(ffi::Py_NotImplemented());
        }
        gate::enter_object(|py| {
            let (x, y) = (
                Bound::<PyAny>::from_borrowed_ptr(py, a),
                Bound::<PyAny>::from_borrowed_ptr(py, b),
            );
            if let Some(base) = ArrayRef::from_object(&x) {
                if defers(&x, &y, false)? {
                    return Ok(not_implemented(py));
                }
                if let Some(fast) = fast_power(&base, &y) {
                    return call::unary(fast, &x);
                }
            }
            call::binary(&ufuncs::exponential::power, &x, &y)
        })
    }
}

unsafe extern "C" fn ipower(a: *mut PyObject, b: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: as for every number slot.
    unsafe {
        gate::enter_object(|py| {
            let (x, y) = (
                Bound::<PyAny>::from_borrowed_ptr(py, a),
                Bound::<PyAny>::from_borrowed_ptr(py, b),
            );
            if defers(&x, &y, true)? {
                return Ok(not_implemented(py));
            }
            if let Some(base) = ArrayRef::from_object(&x)
                && let Some(fast) = fast_power(&base, &y)
            {
                return call::call(fast, std::slice::from_ref(&x), Some(&x));
            }
            call::call(&ufuncs::exponential::power, &[x.clone(), y], Some(&x))
        })
    }
}

macro_rules! unary_slots {
    ($($name:ident = $ufunc:path;)*) => {$(
        unsafe extern "C" fn $name(a: *mut PyObject) -> *mut PyObject {
            // SAFETY: as for every number slot.
            unsafe { gate::enter_object(|py| call::unary(&$ufunc, &Bound::from_borrowed_ptr(py, a))) }
        }
    )*};
}

unary_slots! {
    negative = ufuncs::elementary::negative;
    positive = ufuncs::elementary::positive;
    absolute = ufuncs::elementary::absolute;
    invert = ufuncs::logic::invert;
}

/// The one element of an array as a Python object, for conversions to numbers.
fn single<'py>(a: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let array =
        ArrayRef::from_object(a).ok_or_else(|| PyTypeError::new_err("an array is needed"))?;
    if array.ndim() > 0 {
        return Err(PyTypeError::new_err(
            "only 0-dimensional arrays can be converted to Python scalars",
        ));
    }
    element_at(&array, array.data())
}

/// Converts through the element's own slot; the element may be an array again, even the same.
unsafe fn to_number(
    a: *mut PyObject,
    convert: unsafe extern "C" fn(*mut PyObject) -> *mut PyObject,
    place: &CStr,
) -> *mut PyObject {
    // SAFETY: as for every number slot; what is entered is left again.
    unsafe {
        gate::enter_object(|py| {
            let value = single(&Bound::from_borrowed_ptr(py, a))?;
            stack::check("in the conversion of an array to a number")?;
            if ffi::Py_EnterRecursiveCall(place.as_ptr()) != 0 {
                return Err(PyErr::fetch(py));
            }
            let made = convert(value.as_ptr());
            ffi::Py_LeaveRecursiveCall();
            Bound::from_owned_ptr_or_err(py, made)
        })
    }
}

unsafe extern "C" fn int(a: *mut PyObject) -> *mut PyObject {
    // SAFETY: as for every number slot.
    unsafe { to_number(a, ffi::PyNumber_Long, c" in ndarray.__int__") }
}

unsafe extern "C" fn float(a: *mut PyObject) -> *mut PyObject {
    // SAFETY: as for every number slot.
    unsafe { to_number(a, ffi::PyNumber_Float, c" in ndarray.__float__") }
}

unsafe extern "C" fn index(a: *mut PyObject) -> *mut PyObject {
    // SAFETY: as for every number slot.
    unsafe {
        gate::enter_object(|py| {
            let x = Bound::<PyAny>::from_borrowed_ptr(py, a);
            let array = ArrayRef::from_object(&x);
            let whole = array.as_ref().is_some_and(|a| {
                a.ndim() == 0 && TypeNum::from_c(a.type_num()).is_some_and(TypeNum::is_integer)
            });
            if !whole {
                return Err(PyTypeError::new_err(
                    "only integer scalar arrays can be converted to a scalar index",
                ));
            }
            Bound::from_owned_ptr_or_err(py, ffi::PyNumber_Index(single(&x)?.as_ptr()))
        })
    }
}

unsafe extern "C" fn truth(a: *mut PyObject) -> c_int {
    // SAFETY: as for every number slot.
    unsafe {
        gate::enter(|py| {
            let x = Bound::<PyAny>::from_borrowed_ptr(py, a);
            let Some(array) = ArrayRef::from_object(&x) else {
                return Ok(0);
            };
            match array.size() {
                0 => Err(PyValueError::new_err(
                    "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not \
                     empty.",
                )),
                1 if array.type_num() == TypeNum::Object as i32 => {
                    let value = element_at(&array, array.data())?;
                    // The element may be the array itself.
                    stack::check("while converting array element to bool")?;
                    if ffi::Py_EnterRecursiveCall(
                        c" while converting array element to bool".as_ptr(),
                    ) != 0
                    {
                        return Err(PyErr::fetch(py));
                    }
                    let answer = value.is_truthy();
                    ffi::Py_LeaveRecursiveCall();
                    Ok(c_int::from(answer?))
                }
                1 => {
                    let truth = numpy_rs_core::index::truth::truth(&array.view()?).or_raise()?;
                    // SAFETY: the truth of one element is one byte.
                    Ok(c_int::from(*truth.view().ptr() != 0))
                }
                _ => Err(PyValueError::new_err(
                    "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
                )),
            }
        })
    }
}

/// The number slots of arrays.
pub(super) fn number_methods() -> ffi::PyNumberMethods {
    ffi::PyNumberMethods {
        nb_add: Some(add),
        nb_subtract: Some(subtract),
        nb_multiply: Some(multiply),
        nb_remainder: Some(remainder),
        nb_divmod: Some(divmod),
        nb_power: Some(power),
        nb_negative: Some(negative),
        nb_positive: Some(positive),
        nb_absolute: Some(absolute),
        nb_bool: Some(truth),
        nb_invert: Some(invert),
        nb_lshift: Some(lshift),
        nb_rshift: Some(rshift),
        nb_and: Some(and),
        nb_xor: Some(xor),
        nb_or: Some(or),
        nb_int: Some(int),
        nb_reserved: std::ptr::null_mut(),
        nb_float: Some(float),
        nb_inplace_add: Some(iadd),
        nb_inplace_subtract: Some(isubtract),
        nb_inplace_multiply: Some(imultiply),
        nb_inplace_remainder: Some(iremainder),
        nb_inplace_power: Some(ipower),
        nb_inplace_lshift: Some(ilshift),
        nb_inplace_rshift: Some(irshift),
        nb_inplace_and: Some(iand),
        nb_inplace_xor: Some(ixor),
        nb_inplace_or: Some(ior),
        nb_floor_divide: Some(floor_divide),
        nb_true_divide: Some(true_divide),
        nb_inplace_floor_divide: Some(ifloor_divide),
        nb_inplace_true_divide: Some(itrue_divide),
        nb_index: Some(index),
        nb_matrix_multiply: Some(matmul),
        nb_inplace_matrix_multiply: Some(imatmul),
    }
}

/// Comparisons.
pub(super) unsafe extern "C" fn compare(
    a: *mut PyObject,
    b: *mut PyObject,
    op: c_int,
) -> *mut PyObject {
    // SAFETY: Python passes live objects with the interpreter held.
    unsafe {
        gate::enter_object(|py| {
            let (x, y) = (
                Bound::<PyAny>::from_borrowed_ptr(py, a),
                Bound::<PyAny>::from_borrowed_ptr(py, b),
            );
            let both = NDARRAY.is_exact(&x) && NDARRAY.is_exact(&y);
            if !both && defers(&x, &y, false)? {
                return Ok(not_implemented(py));
            }
            let ufunc: &'static Ufunc = match op {
                ffi::Py_LT => &ufuncs::comparison::less,
                ffi::Py_LE => &ufuncs::comparison::less_equal,
                ffi::Py_EQ => &ufuncs::comparison::equal,
                ffi::Py_NE => &ufuncs::comparison::not_equal,
                ffi::Py_GT => &ufuncs::comparison::greater,
                _ => &ufuncs::comparison::greater_equal,
            };
            super::comparison::compare(ufunc, &x, &y, op)
        })
    }
}
