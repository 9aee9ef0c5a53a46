//! Products of two arrays of one axis, by the function that NumPy itself takes for them.

use std::cell::Cell;
use std::ffi::c_void;
use std::mem::MaybeUninit;

use pyo3_ffi as ffi;

use super::any;
use super::array::Array;
use super::errstate;
use super::exc::{Res, give_up};
use super::flags::{calm, check};
use super::ndcall;
use super::numpy;
use super::scalar::Element;
use super::value::Value;

/// `PyArray_DotFunc`.
type DotFunction =
    unsafe extern "C" fn(*const u8, isize, *const u8, isize, *mut c_void, isize, *mut c_void);

/// Where it stands in `PyArray_ArrFuncs`: behind 21 casts and six functions.
const PLACE: usize = 21 + 6;

/// Functions by the numbers of types.
struct Functions([Cell<Option<DotFunction>>; 17]);

// SAFETY: the interpreter is held at each access.
unsafe impl Sync for Functions {}

static FUNCTIONS: Functions = Functions([const { Cell::new(None) }; 17]);

#[inline]
fn function_of(type_num: i32) -> Res<DotFunction> {
    match FUNCTIONS.0[type_num as usize].get() {
        Some(function) => Ok(function),
        None => look_up(type_num),
    }
}

#[cold]
fn look_up(type_num: i32) -> Res<DotFunction> {
    type Table = unsafe extern "C" fn(*const c_void) -> *const *const c_void;
    let api = numpy::api()?;
    let descr = api.descr(type_num)?;
    // SAFETY: `_PyDataType_GetArrFuncs`, whose table has that function there in all versions with this interface.
    unsafe {
        let of: Table = std::mem::transmute(api.slot(365));
        let table = of(descr.ptr().cast());
        if table.is_null() {
            ffi::PyErr_Clear();
            return give_up();
        }
        let function: Option<DotFunction> = std::mem::transmute(*table.add(PLACE));
        let Some(function) = function else {
            return give_up();
        };
        FUNCTIONS.0[type_num as usize].set(Some(function));
        Ok(function)
    }
}

/// The product where all ways of NumPy take its function with these very steps: it multiplies single items without it,
/// and copies some arrays before.
fn direct<T: Element>(a: &Array<T, 1>, b: &Array<T, 1>) -> Res<Option<T::Scalar>> {
    let ([n], [m]) = (a.shape(), b.shape());
    let ([step], [stride]) = (a.strides(), b.strides());
    let size = size_of::<T>() as isize;
    let usual = |s: isize| s > 0 && s % size == 0;
    if n != m || n < 2 || !usual(step) || !usual(stride) {
        return Ok(None);
    }
    errstate::quiet(numpy::api()?)?;
    let Ok(function) = function_of(T::TYPE_NUM) else {
        return Ok(None);
    };
    let mut made = MaybeUninit::<T>::uninit();
    calm();
    // SAFETY: as many items as both arrays have, and room for one.
    unsafe {
        function(
            a.data(),
            step,
            b.data(),
            stride,
            made.as_mut_ptr().cast(),
            n,
            std::ptr::null_mut(),
        );
    }
    check()?;
    // SAFETY: the function has written one item.
    Ok(Some(unsafe { made.assume_init() }.scalar()))
}

/// `a @ b`.
pub fn matmul<T: Element>(a: &Array<T, 1>, b: &Array<T, 1>) -> Res<T::Scalar> {
    if let Some(made) = direct(a, b)? {
        return Ok(made);
    }
    let made = any::mat_mul(&a.to_obj()?, &b.to_obj()?)?;
    T::Scalar::from_obj(&made)
}

/// `numpy.dot(a, b)` or `a.dot(b)`.
pub fn dot<T: Element>(a: &Array<T, 1>, b: &Array<T, 1>) -> Res<T::Scalar> {
    if let Some(made) = direct(a, b)? {
        return Ok(made);
    }
    let function = numpy::api()?.member(c"dot")?;
    let made = ndcall::call(&function, &[a.to_obj()?, b.to_obj()?], None)?;
    T::Scalar::from_obj(&made)
}
