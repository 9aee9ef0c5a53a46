//! Arithmetic on values whose type is only known at run time: the interpreter's own, or NumPy's.

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Res, give_up};
use super::numpy;
use super::obj::Obj;
use super::plain::{is_container, is_scalar, plain};

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
    numpy::arm()?;
    Ok(object.ptr())
}

/// Two operands; a container beside an array or a scalar of NumPy would be looked into.
#[inline]
fn operands(a: &Obj, b: &Obj) -> Res<(*mut PyObject, *mut PyObject)> {
    let both = (operand(a)?, operand(b)?);
    if is_container(a) && numpy::is_operand(b) || is_container(b) && numpy::is_operand(a) {
        return give_up();
    }
    Ok(both)
}

macro_rules! binary {
    ($($name:ident $function:ident $sign:literal,)*) => {$(
        #[doc = concat!("`a ", $sign, " b`.")]
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
    add PyNumber_Add "+",
    sub PyNumber_Subtract "-",
    mul PyNumber_Multiply "*",
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

/// `~a`, except of `bool`, which warns.
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
