//! Arithmetic on values whose type is only known at run time: the interpreter's own, or NumPy's.

use pyo3_ffi::{self as ffi, PyObject};

use super::any_arrays::stands_beside;
use super::errstate;
use super::exc::{Res, give_up};
use super::numpy;
use super::obj::Obj;
use super::plain::{is_container, is_scalar, plain};
use super::value::compact_int;

/// Gives up unless arithmetic with an object runs only the interpreter's own code.
#[inline]
pub(super) fn operand(object: &Obj) -> Res<*mut PyObject> {
    if is_scalar(object) || is_container(object) {
        Ok(object.ptr())
    } else {
        numpys(object)
    }
}

/// Arithmetic of NumPy's arrays and scalars is NumPy's own.
#[cold]
fn numpys(object: &Obj) -> Res<*mut PyObject> {
    if !numpy::is_operand(object) {
        return give_up();
    }
    errstate::arm()?;
    Ok(object.ptr())
}

/// Two operands; a container beside an array or a scalar of NumPy is looked into.
#[inline]
fn operands(a: &Obj, b: &Obj) -> Res<(*mut PyObject, *mut PyObject)> {
    let both = (operand(a)?, operand(b)?);
    if is_container(a) && numpy::is_operand(b) && !stands_beside(a)
        || is_container(b) && numpy::is_operand(a) && !stands_beside(b)
    {
        return give_up();
    }
    Ok(both)
}

/// Arithmetic on two small `int`s, or on `float`s and small `int`s.
#[inline]
fn numbers(
    a: &Obj,
    b: &Obj,
    ints: impl Fn(i64, i64) -> Option<i64>,
    floats: impl Fn(f64, f64) -> f64,
) -> Option<Res<Obj>> {
    // SAFETY: exactly of the types that are read; results are new objects.
    unsafe {
        let int = |o: &Obj| {
            let is_int = o.class() == &raw mut ffi::PyLong_Type;
            is_int.then(|| compact_int(o.ptr())).flatten()
        };
        let float = |o: &Obj| {
            let is_float = o.class() == &raw mut ffi::PyFloat_Type;
            if is_float {
                return Some(ffi::PyFloat_AS_DOUBLE(o.ptr()));
            }
            int(o).map(|n| n as f64)
        };
        if let (Some(a), Some(b)) = (int(a), int(b)) {
            let n = ints(a, b)?;
            return Some(Obj::owned(ffi::PyLong_FromLongLong(n)));
        }
        let x = floats(float(a)?, float(b)?);
        Some(Obj::owned(ffi::PyFloat_FromDouble(x)))
    }
}

/// `a + b`.
#[inline]
pub fn add(a: &Obj, b: &Obj) -> Res<Obj> {
    numbers(a, b, i64::checked_add, |a, b| a + b).unwrap_or_else(|| object_add(a, b))
}

/// `a - b`.
#[inline]
pub fn sub(a: &Obj, b: &Obj) -> Res<Obj> {
    numbers(a, b, i64::checked_sub, |a, b| a - b).unwrap_or_else(|| object_sub(a, b))
}

/// `a * b`.
#[inline]
pub fn mul(a: &Obj, b: &Obj) -> Res<Obj> {
    numbers(a, b, i64::checked_mul, |a, b| a * b).unwrap_or_else(|| object_mul(a, b))
}

macro_rules! binary {
    ($($name:ident $function:ident $sign:literal,)*) => {$(
        #[doc = concat!("`a ", $sign, " b`.")]
        #[inline(never)]
        pub fn $name(a: &Obj, b: &Obj) -> Res<Obj> {
            // SAFETY: live objects of builtin types.
            unsafe {
                let (a, b) = operands(a, b)?;
                numpy::answer(ffi::$function(a, b))
            }
        }
    )*};
}

binary! {
    object_add PyNumber_Add "+",
    object_sub PyNumber_Subtract "-",
    object_mul PyNumber_Multiply "*",
    true_div PyNumber_TrueDivide "/",
    floor_div PyNumber_FloorDivide "//",
    shl PyNumber_Lshift "<<",
    shr PyNumber_Rshift ">>",
    bit_and PyNumber_And "&",
    bit_or PyNumber_Or "|",
    bit_xor PyNumber_Xor "^",
    div_mod PyNumber_Divmod "divmod",
    mat_mul PyNumber_MatrixMultiply "@",
}

/// `a % b`; of texts the formatting, whose arguments must be plain.
pub fn floor_mod(a: &Obj, b: &Obj) -> Res<Obj> {
    // SAFETY: live objects of builtin types, or NumPy's.
    unsafe {
        if numpy::is_operand(a) || numpy::is_operand(b) {
            let (a, b) = operands(a, b)?;
            return numpy::answer(ffi::PyNumber_Remainder(a, b));
        }
        Obj::owned(ffi::PyNumber_Remainder(plain(a)?.ptr(), plain(b)?.ptr()))
    }
}

/// `a ** b`.
pub fn power(a: &Obj, b: &Obj) -> Res<Obj> {
    // SAFETY: live objects of builtin types.
    unsafe {
        let (a, b) = operands(a, b)?;
        numpy::answer(ffi::PyNumber_Power(a, b, ffi::Py_None()))
    }
}

/// `-a`.
pub fn neg(a: &Obj) -> Res<Obj> {
    // SAFETY: a live object of builtin type.
    unsafe { numpy::answer(ffi::PyNumber_Negative(operand(a)?)) }
}

/// `+a`.
pub fn pos(a: &Obj) -> Res<Obj> {
    // SAFETY: a live object of builtin type.
    unsafe { numpy::answer(ffi::PyNumber_Positive(operand(a)?)) }
}

/// `~a`, except of `bool`, which warns in newer versions.
pub fn invert(a: &Obj) -> Res<Obj> {
    // SAFETY: a live object of builtin type.
    unsafe {
        if a.class() == &raw mut ffi::PyBool_Type {
            return give_up();
        }
        numpy::answer(ffi::PyNumber_Invert(operand(a)?))
    }
}

/// `abs(a)`.
pub fn abs(a: &Obj) -> Res<Obj> {
    // SAFETY: a live object of builtin type.
    unsafe { numpy::answer(ffi::PyNumber_Absolute(operand(a)?)) }
}
