//! Arrays and scalars of NumPy among values whose type is only known at run time: NumPy's own operations, with the old
//! contents kept.

use pyo3_ffi::{self as ffi, PyObject};

use super::errstate::{arm, watch};
use super::exc::{Res, give_up};
use super::journal;
use super::numpy::{Fields, WRITEABLE, answer, api, is_array, is_description, is_operand, tells};
use super::obj::Obj;
use super::plain::{immutable, is_plain, is_scalar};

/// How deep tuples and lists of arguments are looked into.
const DEEPEST: usize = 16;

/// Gives up unless an argument is of NumPy, or plain, or a tuple or list of such.
#[inline]
pub(super) fn argument(object: &Obj) -> Res<*mut PyObject> {
    if !is_scalar(object) && !is_operand(object) {
        larger_argument(object, DEEPEST)?;
    }
    Ok(object.ptr())
}

fn larger_argument(object: &Obj, depth: usize) -> Res<()> {
    let class = object.class();
    let check = |item: &Obj| {
        if is_scalar(item) || is_operand(item) {
            Ok(())
        } else if depth == 0 {
            give_up()
        } else {
            larger_argument(item, depth - 1)
        }
    };
    // SAFETY: exactly a tuple or a list, which nothing changes meanwhile.
    unsafe {
        if class == &raw mut ffi::PyTuple_Type {
            for i in 0..ffi::PyTuple_GET_SIZE(object.ptr()) {
                check(&Obj::borrowed(ffi::PyTuple_GET_ITEM(object.ptr(), i)))?;
            }
            return Ok(());
        }
        if class == &raw mut ffi::PyList_Type {
            for i in 0..ffi::PyList_GET_SIZE(object.ptr()) {
                check(&Obj::borrowed(ffi::PyList_GET_ITEM(object.ptr(), i)))?;
            }
            return Ok(());
        }
    }
    if is_plain(object) || is_description(object) || class == &raw mut ffi::PyEllipsis_Type {
        Ok(())
    } else {
        give_up()
    }
}

/// Whether a value is complex, or holds what is.
pub(super) fn is_complex(value: &Obj) -> bool {
    if value.class() == &raw mut ffi::PyComplex_Type {
        return true;
    }
    let Ok(api) = api() else {
        return true;
    };
    if value.class() == api.ndarray() {
        // SAFETY: the fields of a live array.
        return unsafe {
            let f = &*value.ptr().cast::<Fields>();
            (14..=16).contains(&(*f.descr).type_num)
        };
    }
    value.class() == api.scalar_class(14) || value.class() == api.scalar_class(15)
}

/// Gives up if there are no items in an array, or in one of the lists that would be made one.
pub(super) fn has_items(value: &Obj) -> Res<()> {
    let class = value.class();
    // SAFETY: exactly of the types that are read.
    unsafe {
        if class == api()?.ndarray() {
            let f = &*value.ptr().cast::<Fields>();
            for axis in 0..f.nd as usize {
                if *f.dimensions.add(axis) == 0 {
                    return give_up();
                }
            }
        } else if class == &raw mut ffi::PyList_Type {
            let n = ffi::PyList_GET_SIZE(value.ptr());
            if n == 0 {
                return give_up();
            }
            for i in 0..n {
                has_items(&Obj::borrowed(ffi::PyList_GET_ITEM(value.ptr(), i)))?;
            }
        } else if class == &raw mut ffi::PyTuple_Type {
            let n = ffi::PyTuple_GET_SIZE(value.ptr());
            if n == 0 {
                return give_up();
            }
            for i in 0..n {
                has_items(&Obj::borrowed(ffi::PyTuple_GET_ITEM(value.ptr(), i)))?;
            }
        } else if !is_scalar(value) && !is_operand(value) {
            return give_up();
        }
    }
    Ok(())
}

/// Whether a value stands beside an array or a scalar of NumPy without warnings: a number, or a sequence of plain values.
pub(super) fn stands_beside(value: &Obj) -> bool {
    let class = value.class();
    class == &raw mut ffi::PyLong_Type
        || class == &raw mut ffi::PyFloat_Type
        || class == &raw mut ffi::PyBool_Type
        || class == &raw mut ffi::PyComplex_Type
        || is_operand(value)
        || (class == &raw mut ffi::PyList_Type || class == &raw mut ffi::PyTuple_Type)
            && is_plain(value)
}

/// `array[key]`.
pub fn get_item(array: &Obj, key: &Obj) -> Res<Obj> {
    if !is_operand(array) {
        return give_up();
    }
    watch()?;
    // SAFETY: NumPy's own object with a key that is plain or NumPy's.
    unsafe { answer(ffi::PyObject_GetItem(array.ptr(), argument(key)?)) }
}

/// Bytes of an item by the number of its type, of those that are kept.
fn width(type_num: i32) -> Option<usize> {
    Some(match type_num {
        0..=2 => 1,
        3 | 4 => 2,
        5 | 6 | 11 => 4,
        7 | 8 => size_of::<std::ffi::c_long>(),
        9 | 10 | 12 | 14 => 8,
        15 => 16,
        _ => return None,
    })
}

/// Keeps the contents of an array that is going to change.
pub(super) fn keep(array: &Obj) -> Res<()> {
    // SAFETY: the fields of a live array, whose memory reaches from the lowest item to the end of the highest.
    unsafe {
        let f = &*array.ptr().cast::<Fields>();
        let Some(width) = width((*f.descr).type_num) else {
            return give_up();
        };
        if f.flags & WRITEABLE == 0 {
            return give_up();
        }
        if f.base.is_null() && array.is_unshared() {
            return Ok(());
        }
        let (mut low, mut high) = (f.data, f.data.wrapping_add(width));
        for axis in 0..f.nd as usize {
            let extent = *f.dimensions.add(axis);
            if extent == 0 {
                return Ok(());
            }
            let reach = (extent - 1) * *f.strides.add(axis);
            if reach < 0 {
                low = low.wrapping_offset(reach);
            } else {
                high = high.wrapping_offset(reach);
            }
        }
        journal::bytes(array, low, high as usize - low as usize)
    }
}

/// `array[key] = value`, with the old contents kept; false if it is no array.
pub(super) fn set_item(array: &Obj, key: &Obj, value: &Obj) -> Res<bool> {
    if !is_operand(array) {
        return Ok(false);
    }
    // What NumPy warns of on the way, it would warn of at another line.
    let is_number = is_scalar(value) || is_operand(value) && !is_single(value);
    if !is_array(api()?, array) || !is_number || is_complex(value) && !is_complex(array) {
        return give_up();
    }
    keep(array)?;
    arm()?;
    // SAFETY: NumPy's own array with a key and a value that are plain or NumPy's.
    unsafe {
        if ffi::PyObject_SetItem(array.ptr(), argument(key)?, value.ptr()) < 0 {
            answer(std::ptr::null_mut())?;
        }
    }
    Ok(true)
}

/// Whether an object is an array with axes and one item, which NumPy takes for a number with a warning.
fn is_single(value: &Obj) -> bool {
    let Ok(api) = api() else { return true };
    if value.class() != api.ndarray() {
        return false;
    }
    // SAFETY: the fields of a live array.
    unsafe {
        let f = &*value.ptr().cast::<Fields>();
        f.nd > 0 && (0..f.nd as usize).all(|axis| *f.dimensions.add(axis) == 1)
    }
}

/// Operators in place.
pub mod in_place {
    use pyo3_ffi as ffi;

    /// An operator in place of the interpreter.
    pub type Operator =
        unsafe extern "C" fn(*mut ffi::PyObject, *mut ffi::PyObject) -> *mut ffi::PyObject;

    macro_rules! operators {
        ($($name:ident $function:ident,)*) => {$(
            #[allow(non_upper_case_globals, reason = "named like the operators themselves")]
            #[doc = concat!("`", stringify!($function), "`.")]
            pub const $name: Operator = ffi::$function;
        )*};
    }
    operators! {
        add PyNumber_InPlaceAdd,
        sub PyNumber_InPlaceSubtract,
        mul PyNumber_InPlaceMultiply,
        true_div PyNumber_InPlaceTrueDivide,
        floor_div PyNumber_InPlaceFloorDivide,
        floor_mod PyNumber_InPlaceRemainder,
        shl PyNumber_InPlaceLshift,
        shr PyNumber_InPlaceRshift,
        bit_and PyNumber_InPlaceAnd,
        bit_or PyNumber_InPlaceOr,
        bit_xor PyNumber_InPlaceXor,
        mat_mul PyNumber_InPlaceMatrixMultiply,
    }

    /// `a **= b`.
    unsafe extern "C" fn power_of(
        a: *mut ffi::PyObject,
        b: *mut ffi::PyObject,
    ) -> *mut ffi::PyObject {
        // SAFETY: passed on.
        unsafe { ffi::PyNumber_InPlacePower(a, b, ffi::Py_None()) }
    }
    #[allow(non_upper_case_globals, reason = "named like the operators themselves")]
    /// `PyNumber_InPlacePower`.
    pub const power: Operator = power_of;
}

/// `old op= value`: what cannot change itself is computed by `compute`, and the contents of arrays are kept.
pub fn changed(
    old: Obj,
    value: &Obj,
    operator: in_place::Operator,
    compute: fn(&Obj, &Obj) -> Res<Obj>,
) -> Res<Obj> {
    if !api().is_ok_and(|api| is_array(api, &old)) {
        return compute(&immutable(old)?, value);
    }
    if !stands_beside(value) {
        return give_up();
    }
    keep(&old)?;
    arm()?;
    // SAFETY: NumPy's own array with a value that is plain or NumPy's.
    unsafe { answer(operator(old.ptr(), value.ptr())) }
}

/// `array.name`, an attribute that NumPy reads or makes without changing the array; or one of what tells about it.
pub fn attribute(array: &Obj, name: &Obj) -> Res<Obj> {
    if !is_operand(array) && !tells(array) {
        return give_up();
    }
    watch()?;
    // SAFETY: an attribute of NumPy's own class.
    unsafe { answer(ffi::PyObject_GetAttr(array.ptr(), name.ptr())) }
}

/// `array.flat`, of an array of numbers.
pub(super) fn flat(array: &Obj) -> Res<Obj> {
    if !is_array(api()?, array) {
        return give_up();
    }
    // SAFETY: the fields of a live array; its iterator runs none of the program's code.
    unsafe {
        let f = &*array.ptr().cast::<Fields>();
        if width((*f.descr).type_num).is_none() {
            return give_up();
        }
        watch()?;
        answer(ffi::PyObject_GetAttrString(array.ptr(), c"flat".as_ptr()))
    }
}

/// What is to be looked at before a method of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// Nothing.
    None,
    /// It warns where there are no items.
    Items,
    /// It warns where the imaginary part is dropped.
    Complex,
}

/// A method of an array or of a scalar of NumPy that changes nothing; none if the receiver is of another kind.
pub(super) fn method(
    receiver: &Obj,
    name: &Obj,
    arguments: &[Obj],
    names: Option<&Obj>,
    care: Care,
) -> Res<Option<Obj>> {
    if !is_operand(receiver) {
        return Ok(None);
    }
    match care {
        Care::None => {}
        Care::Items => has_items(receiver)?,
        Care::Complex if is_complex(receiver) => return give_up(),
        Care::Complex => {}
    }
    let mut all = [std::ptr::null_mut(); 8];
    if arguments.len() >= all.len() {
        return give_up();
    }
    all[0] = receiver.ptr();
    for (slot, one) in all[1..].iter_mut().zip(arguments) {
        *slot = argument(one)?;
    }
    arm()?;
    // SAFETY: a tuple of names.
    let named = names.map_or(0, |n| unsafe { ffi::PyTuple_GET_SIZE(n.ptr()) as usize });
    // SAFETY: a method of NumPy's own classes with live arguments.
    unsafe {
        answer(ffi::PyObject_VectorcallMethod(
            name.ptr(),
            all.as_ptr(),
            1 + arguments.len() - named,
            names.map_or(std::ptr::null_mut(), Obj::ptr),
        ))
        .map(Some)
    }
}
