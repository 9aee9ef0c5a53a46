//! Comparisons, truth and classes of values whose type is only known at run time.

use std::ffi::c_int;

use pyo3_ffi as ffi;

use super::any_arithmetic::operand;
use super::any_arrays::stands_beside;
use super::errstate;
use super::exc::{Exc, Res, give_up};
use super::numpy;
use super::obj::Obj;
use super::plain::{has_nan, is_class, is_container, is_none, is_ordinary_class, is_scalar, plain};
use super::value::{Value, compact_int};

fn compare(a: &Obj, b: &Obj, operator: c_int) -> Res<bool> {
    // SAFETY: exactly `int`s where they are read.
    let small = |o: &Obj| unsafe {
        (o.class() == &raw mut ffi::PyLong_Type)
            .then(|| compact_int(o.ptr()))
            .flatten()
    };
    if let (Some(a), Some(b)) = (small(a), small(b)) {
        return Ok(match operator {
            ffi::Py_EQ => a == b,
            ffi::Py_NE => a != b,
            ffi::Py_LT => a < b,
            ffi::Py_LE => a <= b,
            ffi::Py_GT => a > b,
            _ => a >= b,
        });
    }
    // SAFETY: exactly `float`s where they are read.
    let float = |o: &Obj| unsafe {
        (o.class() == &raw mut ffi::PyFloat_Type).then(|| ffi::PyFloat_AS_DOUBLE(o.ptr()))
    };
    if let (Some(a), Some(b)) = (float(a), float(b)) {
        return Ok(match operator {
            ffi::Py_EQ => a == b,
            ffi::Py_NE => a != b,
            ffi::Py_LT => a < b,
            ffi::Py_LE => a <= b,
            ffi::Py_GT => a > b,
            _ => a >= b,
        });
    }
    // As a condition, what NumPy answers counts by its truth.
    if numpy::is_operand(a) || numpy::is_operand(b) {
        return truth(&numpys(a, b, operator)?);
    }
    if is_dtype_beside(a, b) || is_dtype_beside(b, a) {
        errstate::watch()?;
        // SAFETY: a dtype and what names one: NumPy's code runs alone.
        let answer =
            unsafe { numpy::answer(ffi::PyObject_RichCompare(a.ptr(), b.ptr(), operator))? };
        return bool::from_obj(&answer);
    }
    compare_plain(a, b, operator)
}

/// Whether an object is a dtype, and another one may name one.
fn is_dtype_beside(dtype: &Obj, other: &Obj) -> bool {
    numpy::is_dtype(dtype) && (is_scalar(other) || numpy::is_description(other))
}

fn compare_plain(a: &Obj, b: &Obj, operator: c_int) -> Res<bool> {
    if is_ordinary_class(a)
        && is_ordinary_class(b)
        && (operator == ffi::Py_EQ || operator == ffi::Py_NE)
    {
        return Ok((a.ptr() == b.ptr()) == (operator == ffi::Py_EQ));
    }
    let (one, other) = (plain(a)?, plain(b)?);
    if is_container(one) && is_container(other) && has_nan(one) {
        return give_up();
    }
    // SAFETY: plain objects, whose comparison runs no Python code.
    let answer =
        unsafe { Obj::owned(ffi::PyObject_RichCompare(one.ptr(), other.ptr(), operator))? };
    bool::from_obj(&answer)
}

/// A comparison with an array or a scalar of NumPy.
#[inline(never)]
fn numpys(a: &Obj, b: &Obj, operator: c_int) -> Res<Obj> {
    if !stands_beside(a) || !stands_beside(b) {
        return give_up();
    }
    errstate::arm()?;
    // SAFETY: NumPy's own objects, and numbers or plain sequences.
    unsafe { numpy::answer(ffi::PyObject_RichCompare(a.ptr(), b.ptr(), operator)) }
}

/// What a comparison answers, which is NumPy's where one of the sides is.
pub fn compared(a: &Obj, b: &Obj, operator: c_int) -> Res<Obj> {
    if numpy::is_operand(a) || numpy::is_operand(b) {
        return numpys(a, b, operator);
    }
    compare(a, b, operator)?.into_obj()
}

/// A comparison whose answer is Python's.
pub fn strict(a: &Obj, b: &Obj, operator: c_int) -> Res<bool> {
    if numpy::is_operand(a) || numpy::is_operand(b) {
        return give_up();
    }
    compare(a, b, operator)
}

/// `a == b`.
pub fn eq(a: &Obj, b: &Obj) -> Res<bool> {
    compare(a, b, ffi::Py_EQ)
}
/// `a != b`.
pub fn ne(a: &Obj, b: &Obj) -> Res<bool> {
    compare(a, b, ffi::Py_NE)
}
/// `a < b`.
pub fn lt(a: &Obj, b: &Obj) -> Res<bool> {
    compare(a, b, ffi::Py_LT)
}
/// `a <= b`.
pub fn le(a: &Obj, b: &Obj) -> Res<bool> {
    compare(a, b, ffi::Py_LE)
}
/// `a > b`.
pub fn gt(a: &Obj, b: &Obj) -> Res<bool> {
    compare(a, b, ffi::Py_GT)
}
/// `a >= b`.
pub fn ge(a: &Obj, b: &Obj) -> Res<bool> {
    compare(a, b, ffi::Py_GE)
}

/// `type(a)`.
pub fn type_of(a: &Obj) -> Obj {
    // SAFETY: the class of a live object.
    unsafe { Obj::borrowed(a.class().cast()) }
}

/// `type(a).__name__`.
pub fn type_name(a: &Obj) -> Res<Obj> {
    let class = type_of(a);
    // SAFETY: `type` keeps the names of its instances.
    unsafe {
        if !is_class(&class) {
            return give_up();
        }
        Obj::owned(ffi::PyObject_GetAttrString(
            class.ptr(),
            c"__name__".as_ptr(),
        ))
    }
}

/// Whether `a` is of a class of the program, or of one that derives from it.
pub fn is_of(a: &Obj, class: &Obj) -> Res<bool> {
    // SAFETY: live objects.
    unsafe {
        if ffi::PyType_Check(class.ptr()) == 0 {
            return give_up();
        }
        // Classes with another metaclass may count others as derived from them.
        match ffi::PyType_IsSubtype(a.class(), class.ptr().cast()) != 0 {
            true => Ok(true),
            false if class.class() == &raw mut ffi::PyType_Type => Ok(false),
            false => match std::ffi::CStr::from_ptr((*class.class()).tp_name).to_bytes() {
                b"EnumType" | b"EnumMeta" => Ok(false),
                b"ABCMeta" | b"abc.ABCMeta" => is_instance(a, class),
                _ => give_up(),
            },
        }
    }
}

/// The real or imaginary part of a number.
pub fn number_part(a: &Obj, name: &Obj) -> Res<Obj> {
    if !is_scalar(a) && !numpy::is_operand(a) {
        return give_up();
    }
    // SAFETY: an attribute of a number of the interpreter, or of NumPy's own classes.
    unsafe { Obj::owned(ffi::PyObject_GetAttr(a.ptr(), name.ptr())) }
}

/// What a method of an operator has answered, unless that is `NotImplemented`: Python goes on asking then.
pub fn answered(a: Obj) -> Res<Obj> {
    // SAFETY: the address of a singleton.
    if a.ptr() == unsafe { ffi::Py_NotImplemented() } {
        return give_up();
    }
    Ok(a)
}

/// `a is b`, for values whose identity Python keeps: `None`, `True`, `False`, containers, instances.
pub fn is(a: &Obj, b: &Obj) -> Res<bool> {
    let kept = |o: &Obj| {
        // SAFETY: addresses of static types and singletons.
        unsafe {
            !is_scalar(o) || o.ptr() == ffi::Py_None() || o.class() == &raw mut ffi::PyBool_Type
        }
    };
    if kept(a) || kept(b) {
        Ok(a.ptr() == b.ptr())
    } else {
        give_up()
    }
}

/// `bool(a)`.
pub fn truth(a: &Obj) -> Res<bool> {
    if a.class() == &raw mut ffi::PyLong_Type {
        // SAFETY: exactly an `int`; a large one is not zero.
        return Ok(unsafe { compact_int(a.ptr()) } != Some(0));
    }
    // SAFETY: a live object has a type; one without these methods is always true.
    unsafe {
        let class = a.class();
        let (number, mapping, sequence) = (
            (*class).tp_as_number,
            (*class).tp_as_mapping,
            (*class).tp_as_sequence,
        );
        if !is_none(a)
            && (number.is_null() || (*number).nb_bool.is_none())
            && (mapping.is_null() || (*mapping).mp_length.is_none())
            && (sequence.is_null() || (*sequence).sq_length.is_none())
        {
            return Ok(true);
        }
    }
    // SAFETY: a live object of builtin type.
    match unsafe { ffi::PyObject_IsTrue(operand(a)?) } {
        -1 => Err(Exc::fetch()),
        answer => Ok(answer == 1),
    }
}

/// `hash(a)`.
pub fn hash(a: &Obj) -> Res<isize> {
    // SAFETY: a plain object.
    match unsafe { ffi::PyObject_Hash(plain(a)?.ptr()) } {
        -1 => Err(Exc::fetch()),
        h => Ok(h),
    }
}

/// What is hashed: NaN has the hash of its own object, which a value that was a number in Rust has lost.
pub fn without_nan(a: &Obj) -> Res<Obj> {
    if has_nan(a) { give_up() } else { Ok(a.clone()) }
}

/// Whether `a` is exactly of a builtin type, for `type(a) is T`; `isinstance` of plain objects by [`is_instance`].
pub fn is_instance(a: &Obj, class: &Obj) -> Res<bool> {
    // SAFETY: live objects; builtin types have no hooks.
    match unsafe { ffi::PyObject_IsInstance(a.ptr(), class.ptr()) } {
        -1 => Err(Exc::fetch()),
        answer => Ok(answer == 1),
    }
}
