//! Operands of scalar operators: what stands on each side, the common type, and one element through a ufunc's loop.

use numpy_rs_core::cast;
use numpy_rs_core::cast::promotion::promote_numbers;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::ufunc::table::{Resolver, Row, Ufunc};
use numpy_rs_elements::fp_events::FpEvents;
use numpy_rs_kernels::abi::{LoopContext, LoopError};
use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;

use crate::beside;
use crate::classes::{AbstractScalar, NDARRAY};
use crate::convert::dtype_text::INTP;
use crate::convert::item::Item;
use crate::convert::store::{cast_quietly, number_of, scalar_item, scalar_num};

use TypeNum as T;

/// What an operand is.
pub(super) enum Operand {
    /// A number scalar of ours, or a Python bool.
    Known(TypeNum, Item),
    /// A Python int.
    Int,
    /// A Python float.
    Float,
    /// A Python complex.
    Complex,
    /// Anything else.
    Other,
}

impl Operand {
    /// Reads an operand; the second value tells that its class may want the operation for itself.
    #[inline]
    pub(super) fn of(object: &Bound<'_, PyAny>) -> (Self, bool) {
        // SAFETY: checks of the type of a live object; the item is read from an instance of its class.
        unsafe {
            let p = object.as_ptr();
            let ty = ffi::Py_TYPE(p);
            if let Some(num) = crate::classes::num_of_scalar_class(ty) {
                if num.is_number() {
                    return (Self::Known(num, scalar_item(p, num)), false);
                }
                return (Self::Other, true);
            }
            if ty == &raw mut ffi::PyFloat_Type {
                (Self::Float, false)
            } else if ty == &raw mut ffi::PyLong_Type {
                (Self::Int, false)
            } else if ty == &raw mut ffi::PyBool_Type {
                (
                    Self::Known(T::Bool, Item::of(u8::from(p == ffi::Py_True()))),
                    false,
                )
            } else if ty == &raw mut ffi::PyComplex_Type {
                (Self::Complex, false)
            } else if let Some(num) = scalar_num(object) {
                if num.is_number() {
                    (Self::Known(num, scalar_item(p, num)), true)
                } else {
                    (Self::Other, true)
                }
            } else if beside::is_array_or_scalar(object) {
                (Self::Other, true)
            } else if ffi::PyFloat_Check(p) != 0 {
                // Only Python's own classes are weak; subclasses count as what they hold.
                (
                    Self::Known(T::Double, Item::of(ffi::PyFloat_AsDouble(p))),
                    true,
                )
            } else if ffi::PyLong_Check(p) != 0 {
                let mut overflow = 0;
                let value = ffi::PyLong_AsLongLongAndOverflow(p, &raw mut overflow);
                if overflow == 0 {
                    (Self::Known(INTP, Item::of(value)), true)
                } else {
                    (Self::Other, true)
                }
            } else if ffi::PyComplex_Check(p) != 0 {
                let c = ffi::PyComplex_AsCComplex(p);
                (Self::Known(T::CDouble, Item::of([c.real, c.imag])), true)
            } else {
                (Self::Other, true)
            }
        }
    }
}

/// The common type of two operands (NEP 50); `None` where one of them is no number.
pub(super) fn common(a: &Operand, b: &Operand) -> Option<TypeNum> {
    let weak = |num: TypeNum, other: &Operand| match other {
        Operand::Int if num == T::Bool => INTP,
        Operand::Float if num == T::Bool || num.is_integer() => T::Double,
        Operand::Complex => match num {
            T::Half | T::Float => T::CFloat,
            T::LongDouble => T::CLongDouble,
            _ if num.is_complex() => num,
            _ => T::CDouble,
        },
        _ => num,
    };
    match (a, b) {
        (Operand::Other, _) | (_, Operand::Other) => None,
        // NumPy: of two integer types of one size and kind the second operand's is chosen.
        (Operand::Known(x, _), Operand::Known(y, _))
            if x.is_integer()
                && x.kind() == y.kind()
                && x.facts().itemsize == y.facts().itemsize =>
        {
            Some(*y)
        }
        (Operand::Known(x, _), Operand::Known(y, _)) => Some(promote_numbers(*x, *y)),
        (Operand::Known(x, _), other) | (other, Operand::Known(x, _)) => Some(weak(*x, other)),
        _ => None,
    }
}

/// An operand as a number of a type.
pub(super) fn as_type(
    operand: &Operand,
    object: &Bound<'_, PyAny>,
    num: TypeNum,
) -> PyResult<Item> {
    match operand {
        Operand::Known(from, item) if *from == num => Ok(*item),
        Operand::Known(from, item) => Ok(cast_quietly(*from, num, item)?.0),
        _ => number_of(object, num),
    }
}

/// The row that serves operands of one type.
pub(super) fn row_for(ufunc: &'static Ufunc, num: TypeNum) -> Option<&'static Row> {
    let num = if ufunc.resolver == Resolver::TrueDivide && (num == T::Bool || num.is_integer()) {
        T::Double
    } else {
        num
    };
    let uniform = |row: &&Row| row.types[..ufunc.nin].iter().all(|&t| t == row.types[0]);
    let from = DType::new(num);
    ufunc
        .rows()
        .iter()
        .filter(uniform)
        .find(|row| row.types[0] == num)
        .or_else(|| {
            ufunc.rows().iter().filter(uniform).find(|row| {
                row.types[0].is_number()
                    && cast::can_cast(&from, &DType::new(row.types[0]), cast::Casting::Safe)
            })
        })
}

/// Runs a loop on one element.
pub(super) fn run(
    row: &Row,
    inputs: &mut [Item],
    n_out: usize,
    watch_underflow: bool,
) -> PyResult<([Item; 2], FpEvents)> {
    let mut outputs = [Item::ZERO; 2];
    let mut args = [std::ptr::null_mut(); 4];
    let mut itemsizes = [0usize; 4];
    let n_in = inputs.len();
    for (i, item) in inputs.iter_mut().enumerate() {
        args[i] = item.0.as_mut_ptr();
    }
    for (i, item) in outputs.iter_mut().enumerate().take(n_out) {
        args[n_in + i] = item.0.as_mut_ptr();
    }
    let n = n_in + n_out;
    let mut strides = [0isize; 4];
    for i in 0..n {
        itemsizes[i] = row.types[i].facts().itemsize;
        strides[i] = itemsizes[i] as isize;
    }
    let context = LoopContext {
        itemsizes: &itemsizes[..n],
        watch: true,
        watch_underflow,
        objects: None,
        aux: row.aux,
        crew: None,
    };
    // SAFETY: each argument is an aligned item with room for any number; outputs overlap nothing.
    let status = unsafe { (row.run)(&context, &args[..n], &[1], &strides[..n]) };
    match status.error {
        None => Ok((outputs, status.events)),
        Some(LoopError::NegativeIntegerPower) => Err(PyValueError::new_err(
            "Integers to negative integer powers are not allowed.",
        )),
        Some(_) => Err(PyValueError::new_err("the operation failed")),
    }
}

/// Whether an operator of ours leaves the operation to the other operand.
pub(super) fn should_defer(own: &Bound<'_, PyAny>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = own.py();
    if NDARRAY.is_exact(other) || other.is_none() {
        return Ok(false);
    }
    // SAFETY: live objects; only builtin types without protocols are skipped.
    let builtin = unsafe {
        let ty = ffi::Py_TYPE(other.as_ptr());
        ty == &raw mut ffi::PyList_Type
            || ty == &raw mut ffi::PyTuple_Type
            || ty == &raw mut ffi::PyUnicode_Type
            || ty == &raw mut ffi::PyBytes_Type
            || ty == &raw mut ffi::PyDict_Type
    };
    if builtin {
        return Ok(false);
    }
    let class = other.get_type();
    if let Some(method) = class.getattr_opt(pyo3::intern!(py, "__array_ufunc__"))? {
        return Ok(method.is_none());
    }
    // SAFETY: live types.
    if unsafe { ffi::PyType_IsSubtype(other.get_type_ptr(), own.get_type_ptr()) } != 0 {
        return Ok(false);
    }
    const SCALAR_PRIORITY: f64 = -1_000_000.0;
    let priority = match class.getattr_opt(pyo3::intern!(py, "__array_priority__"))? {
        Some(_) => other
            .getattr(pyo3::intern!(py, "__array_priority__"))?
            .extract()
            .unwrap_or(SCALAR_PRIORITY),
        None => SCALAR_PRIORITY,
    };
    let own_priority = if AbstractScalar::Generic.class().is_instance(own) {
        SCALAR_PRIORITY
    } else {
        0.0
    };
    Ok(own_priority < priority)
}
