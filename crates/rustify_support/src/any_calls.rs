//! Calls of the interpreter's own functions and methods, on values whose type is only known at run time.

use std::ffi::CStr;

use pyo3_ffi as ffi;

use super::any_arrays::{self, Care};
use super::any_items::remember;
use super::descr;
use super::exc::{Res, give_up};
use super::numpy;
use super::obj::Obj;
use super::patterns;
use super::plain::{has_nan, is_container, plain, plain_or_number};
use super::warned;

/// An interned text, for names of methods.
pub fn name(text: &'static CStr) -> Res<Obj> {
    // SAFETY: a text that ends with a zero byte.
    unsafe { Obj::owned(ffi::PyUnicode_InternFromString(text.as_ptr())) }
}

/// The default of a parameter of a function, so many from the last that may be given by position.
pub fn function_default(function: &Obj, from_end: usize) -> Res<Obj> {
    if function.class() != &raw mut ffi::PyFunction_Type {
        return give_up();
    }
    // SAFETY: exactly a function; its defaults are a tuple or null.
    unsafe {
        let all = ffi::PyFunction_GetDefaults(function.ptr());
        if all.is_null() || ffi::PyTuple_Check(all) == 0 {
            return give_up();
        }
        let at = ffi::PyTuple_GET_SIZE(all) - from_end as isize;
        if at < 0 {
            return give_up();
        }
        Ok(Obj::borrowed(ffi::PyTuple_GET_ITEM(all, at)))
    }
}

/// Whether a method of a list puts its arguments there and looks for none.
#[cold]
fn adds(method: &Obj) -> bool {
    // SAFETY: the name of a method is a text.
    let is = |name: &CStr| unsafe {
        ffi::PyUnicode_CompareWithASCIIString(method.ptr(), name.as_ptr()) == 0
    };
    is(c"append") || is(c"insert") || is(c"extend")
}

/// Calls a method of a builtin type.
pub fn call_method(receiver: &Obj, method: &Obj, arguments: &[Obj]) -> Res<Obj> {
    let mut all = [std::ptr::null_mut(); 8];
    if arguments.len() >= all.len() {
        return give_up();
    }
    all[0] = receiver.ptr();
    for (slot, argument) in all[1..].iter_mut().zip(arguments) {
        *slot = plain(argument)?.ptr();
        if has_nan(argument) && is_container(receiver) && !adds(method) {
            return give_up();
        }
    }
    // SAFETY: live objects of builtin types; the receiver comes first.
    unsafe { descr::call(method.ptr(), &all[..=arguments.len()]) }
}

/// Calls a method of a plain value with keywords.
pub fn call_method_by_name(
    receiver: &Obj,
    method: &Obj,
    arguments: &[Obj],
    names: &[Obj],
) -> Res<Obj> {
    call_type_method(plain(receiver)?, method, arguments, names)
}

/// Calls a method of a builtin type itself, or of a plain value.
pub fn call_type_method(
    receiver: &Obj,
    method: &Obj,
    arguments: &[Obj],
    names: &[Obj],
) -> Res<Obj> {
    let mut all = [std::ptr::null_mut(); 8];
    if arguments.len() >= all.len() {
        return give_up();
    }
    all[0] = receiver.ptr();
    for (slot, argument) in all[1..].iter_mut().zip(arguments) {
        *slot = plain(argument)?.ptr();
    }
    // SAFETY: live objects of builtin types; the last arguments have the names.
    unsafe {
        let tuple = tuple_of(names)?;
        Obj::owned(ffi::PyObject_VectorcallMethod(
            method.ptr(),
            all.as_ptr(),
            1 + arguments.len() - names.len(),
            tuple.ptr(),
        ))
    }
}

/// Calls a function of the interpreter with keywords.
pub fn call_by_name(function: &Obj, arguments: &[Obj], names: &[Obj]) -> Res<Obj> {
    warned::watch()?;
    let mut all = [std::ptr::null_mut(); 8];
    if arguments.len() > all.len() {
        return give_up();
    }
    for (slot, argument) in all.iter_mut().zip(arguments) {
        *slot = plain(argument)?.ptr();
    }
    // SAFETY: live objects of builtin types; the last arguments have the names.
    unsafe {
        let tuple = tuple_of(names)?;
        Obj::owned(ffi::PyObject_Vectorcall(
            function.ptr(),
            all.as_ptr(),
            arguments.len() - names.len(),
            tuple.ptr(),
        ))
    }
}

/// Calls a method of a value that must be of a builtin type and that the method does not change.
pub fn call_builtin_method(receiver: &Obj, method: &Obj, arguments: &[Obj]) -> Res<Obj> {
    match plain(receiver) {
        Ok(receiver) => call_method(receiver, method, arguments),
        Err(_) => patterns::call(receiver, method, arguments),
    }
}

/// Calls a method that changes neither its receiver, if that is an array, nor its arguments.
pub fn array_method(
    receiver: &Obj,
    method: &Obj,
    arguments: &[Obj],
    names: &[Obj],
    care: Care,
) -> Res<Obj> {
    let named = if names.is_empty() {
        None
    } else {
        Some(tuple_of(names)?)
    };
    match any_arrays::method(receiver, method, arguments, named.as_ref(), care)? {
        Some(answer) => Ok(answer),
        None if names.is_empty() => call_builtin_method(receiver, method, arguments),
        None => call_method_by_name(receiver, method, arguments, names),
    }
}

/// A tuple of names, for keywords.
fn tuple_of(names: &[Obj]) -> Res<Obj> {
    // SAFETY: makes a tuple of live objects.
    unsafe {
        let tuple = Obj::owned(ffi::PyTuple_New(names.len() as isize))?;
        for (i, name) in names.iter().enumerate() {
            ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, name.clone().into_ptr());
        }
        Ok(tuple)
    }
}

/// Calls a method that changes a list or a dict; it is kept as it was.
pub fn change(receiver: &Obj, method: &Obj, arguments: &[Obj]) -> Res<Obj> {
    if !is_container(receiver) {
        return give_up();
    }
    remember(receiver)?;
    call_method(plain(receiver)?, method, arguments)
}

/// Calls a function of the interpreter or of its C modules, which the program has not replaced.
pub fn call(function: &Obj, arguments: &[Obj]) -> Res<Obj> {
    warned::watch()?;
    let mut all = [std::ptr::null_mut(); 8];
    if arguments.len() > all.len() {
        return give_up();
    }
    for (slot, argument) in all.iter_mut().zip(arguments) {
        *slot = plain_or_number(argument)?.ptr();
    }
    // SAFETY: live objects of builtin types, or numbers of NumPy.
    unsafe {
        numpy::answer(ffi::PyObject_Vectorcall(
            function.ptr(),
            all.as_ptr(),
            arguments.len(),
            std::ptr::null_mut(),
        ))
    }
}
