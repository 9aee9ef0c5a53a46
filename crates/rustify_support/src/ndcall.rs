//! Calls of NumPy's functions and methods on whole arrays, with arguments that cannot run code of the program.

use std::cell::Cell;
use std::ffi::CStr;

use pyo3_ffi as ffi;

use super::any;
use super::any_arrays::{argument, has_items, is_complex, keep as keep_contents};
pub use super::any_arrays::{get_item, in_place};
use super::array::{Array, Part};
use super::errstate::{self, arm};
use super::exc::{Res, give_up};
use super::numpy::{self, Fields, answer, api, is_array, is_description, is_operand};
use super::obj::Obj;
use super::scalar::Element;
use super::value::Value;

/// A call of a function of NumPy; `names` holds the names of the last arguments.
pub fn call(function: &Obj, arguments: &[Obj], names: Option<&Obj>) -> Res<Obj> {
    own(function)?;
    arm()?;
    call_as_is(function, arguments, names)
}

/// A call of a function that computes with no floats, and so warns of none.
pub fn call_quiet(function: &Obj, arguments: &[Obj], names: Option<&Obj>) -> Res<Obj> {
    own(function)?;
    errstate::watch()?;
    call_as_is(function, arguments, names)
}

fn call_as_is(function: &Obj, arguments: &[Obj], names: Option<&Obj>) -> Res<Obj> {
    let mut all = [std::ptr::null_mut(); 12];
    if arguments.len() > all.len() {
        return give_up();
    }
    for (slot, one) in all.iter_mut().zip(arguments) {
        *slot = argument(one)?;
    }
    // SAFETY: a tuple.
    let named = names.map_or(0, |n| unsafe { ffi::PyTuple_GET_SIZE(n.ptr()) as usize });
    // SAFETY: a function of NumPy with live arguments.
    unsafe {
        answer(ffi::PyObject_Vectorcall(
            function.ptr(),
            all.as_ptr(),
            arguments.len() - named,
            names.map_or(std::ptr::null_mut(), Obj::ptr),
        ))
    }
}

/// A call of a method of an array; its first argument is the array.
pub fn method(name: &Obj, arguments: &[Obj], names: Option<&Obj>) -> Res<Obj> {
    arm()?;
    method_quiet(name, arguments, names)
}

/// A call of a method that computes with no floats, and so warns of none.
pub fn method_quiet(name: &Obj, arguments: &[Obj], names: Option<&Obj>) -> Res<Obj> {
    errstate::watch()?;
    let mut all = [std::ptr::null_mut(); 12];
    if arguments.len() > all.len() || !is_operand(&arguments[0]) {
        return give_up();
    }
    for (slot, one) in all.iter_mut().zip(arguments) {
        *slot = argument(one)?;
    }
    // SAFETY: a tuple.
    let named = names.map_or(0, |n| unsafe { ffi::PyTuple_GET_SIZE(n.ptr()) as usize });
    // SAFETY: a method of NumPy's own classes with live arguments.
    unsafe {
        answer(ffi::PyObject_VectorcallMethod(
            name.ptr(),
            all.as_ptr(),
            arguments.len() - named,
            names.map_or(std::ptr::null_mut(), Obj::ptr),
        ))
    }
}

/// How a function or a method is called.
type Way = fn(&Obj, &[Obj], Option<&Obj>) -> Res<Obj>;

/// A call whose result goes to its last argument, the contents of which are kept.
pub fn into(way: Way, callee: &Obj, arguments: &[Obj], names: Option<&Obj>) -> Res<()> {
    let made = way(callee, arguments, names)?;
    match arguments.last() {
        Some(out) if out.ptr() == made.ptr() => Ok(()),
        _ => give_up(),
    }
}

/// Keeps the contents of an array that is going to change; gives up on anything else.
pub fn keep(array: &Obj) -> Res<()> {
    if !is_array(api()?, array) {
        return give_up();
    }
    keep_contents(array)
}

/// A call of a method of a ufunc.
pub fn of_ufunc(function: &Obj, name: &Obj, arguments: &[Obj], names: Option<&Obj>) -> Res<Obj> {
    if function.class() != api()?.ufunc {
        return give_up();
    }
    // SAFETY: a tuple.
    let named = names.map_or(0, |n| unsafe { ffi::PyTuple_GET_SIZE(n.ptr()) as usize });
    let mut all = vec![function.ptr()];
    for one in arguments {
        all.push(argument(one)?);
    }
    arm()?;
    // SAFETY: a method of NumPy's own class with live arguments.
    unsafe {
        answer(ffi::PyObject_VectorcallMethod(
            name.ptr(),
            all.as_ptr(),
            all.len() - named,
            names.map_or(std::ptr::null_mut(), Obj::ptr),
        ))
    }
}

/// A scalar of one of NumPy's classes from a number.
pub fn number(class: &Obj, value: &Obj) -> Res<Obj> {
    if !is_description(class) {
        return give_up();
    }
    arm()?;
    // SAFETY: a class of NumPy's scalars with a number.
    unsafe { answer(ffi::PyObject_CallOneArg(class.ptr(), argument(value)?)) }
}

/// Gives up unless an object is NumPy's class of the scalars of a dtype.
#[inline]
pub fn class<T: Element>(object: &Obj) -> Res<()> {
    if object.ptr() == api()?.scalar_class(T::TYPE_NUM).cast() {
        Ok(())
    } else {
        give_up()
    }
}

/// A tuple of names, for keywords.
pub fn names(all: &[&'static CStr]) -> Res<Obj> {
    // SAFETY: makes a tuple of new texts.
    unsafe {
        let tuple = Obj::owned(ffi::PyTuple_New(all.len() as isize))?;
        for (i, text) in all.iter().enumerate() {
            ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, any::name(text)?.into_ptr());
        }
        Ok(tuple)
    }
}

/// Gives up if an array has no items: NumPy warns of means of nothing.
pub fn filled(array: Obj) -> Res<Obj> {
    has_items(&array)?;
    Ok(array)
}

/// Functions that were looked at, with the address of a name or nothing. Two stand where their addresses lead.
struct Seen([Cell<(usize, usize)>; 256]);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Seen {}

impl Seen {
    const fn new() -> Self {
        Self([const { Cell::new((0, 0)) }; 256])
    }

    #[inline]
    fn place((function, name): (usize, usize)) -> usize {
        let mixed = ((function ^ name.rotate_left(20)) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 56) as usize
    }

    #[inline]
    fn has(&self, key: (usize, usize)) -> bool {
        let at = Self::place(key);
        self.0[at].get() == key || self.0[at ^ 1].get() == key
    }

    #[cold]
    fn add(&self, function: &Obj, key: (usize, usize)) {
        let at = Self::place(key);
        let pushed = self.0[at].replace(key);
        self.0[at ^ 1].set(pushed);
        // Kept for ever, so that no other object takes its address.
        std::mem::forget(function.clone());
    }
}

/// Gives up unless an object is NumPy's own function of that name.
#[inline]
pub fn known(function: &Obj, name: &CStr) -> Res<()> {
    static SEEN: Seen = Seen::new();
    let key = (function.ptr() as usize, name.as_ptr() as usize);
    if SEEN.has(key) {
        return Ok(());
    }
    api()?;
    let module = match name.to_bytes() {
        b"where" | b"dot" | b"inner" | b"concatenate" | b"bincount" | b"empty_like" => {
            c"numpy._core.multiarray"
        }
        b"stack" | b"vstack" | b"hstack" => c"numpy._core.shape_base",
        b"column_stack" => c"numpy.lib._shape_base_impl",
        b"clip" | b"sum" | b"prod" | b"min" | b"max" | b"amin" | b"amax" | b"any" | b"all"
        | b"mean" | b"std" | b"var" | b"argmin" | b"argmax" | b"cumsum" | b"cumprod"
        | b"nonzero" => c"numpy._core.fromnumeric",
        b"ones" | b"full" | b"zeros_like" | b"ones_like" | b"full_like" | b"flatnonzero"
        | b"roll" => c"numpy._core.numeric",
        b"unique" => c"numpy.lib._arraysetops_impl",
        b"median" | b"percentile" | b"quantile" | b"diff" | b"append" => {
            c"numpy.lib._function_base_impl"
        }
        b"norm" => c"numpy.linalg._linalg",
        b"errstate" => c"numpy._core._ufunc_config",
        b"finfo" | b"iinfo" => c"numpy._core.getlimits",
        b"r_" | b"c_" | b"s_" | b"index_exp" | b"mgrid" | b"ogrid" => {
            c"numpy.lib._index_tricks_impl"
        }
        _ => c"numpy._core._multiarray_umath",
    };
    // SAFETY: dicts of plain modules are read.
    unsafe {
        let all = ffi::PyImport_GetModuleDict();
        let module = ffi::PyDict_GetItemString(all, module.as_ptr());
        if module.is_null() || ffi::PyModule_Check(module) == 0 {
            return give_up();
        }
        let own = ffi::PyDict_GetItemString(ffi::PyModule_GetDict(module), name.as_ptr());
        if own != function.ptr() {
            return give_up();
        }
    }
    SEEN.add(function, key);
    Ok(())
}

/// Gives up unless an object is a function of NumPy: of its C code, or of its own modules.
#[inline]
pub fn own(function: &Obj) -> Res<()> {
    static SEEN: Seen = Seen::new();
    let key = (function.ptr() as usize, 0);
    if SEEN.has(key) {
        return Ok(());
    }
    let api = api()?;
    let class = function.class();
    let is = |name: &CStr| api.member(name).is_ok_and(|c| c.ptr() == class.cast());
    // SAFETY: attributes of functions of C and of Python, which are plain texts.
    let ours = unsafe {
        if is(c"_ArrayFunctionDispatcher") || class == api.ufunc {
            true
        } else if class == &raw mut ffi::PyCFunction_Type {
            let module = Obj::owned(ffi::PyObject_GetAttrString(
                function.ptr(),
                c"__module__".as_ptr(),
            ))?;
            starts(&module)
        } else if class == &raw mut ffi::PyFunction_Type {
            let globals = ffi::PyFunction_GetGlobals(function.ptr());
            let name = ffi::PyDict_GetItemString(globals, c"__name__".as_ptr());
            !name.is_null() && starts(&Obj::borrowed(name))
        } else {
            false
        }
    };
    if !ours {
        return give_up();
    }
    SEEN.add(function, key);
    Ok(())
}

/// Whether the name of a module is NumPy's.
fn starts(name: &Obj) -> bool {
    // SAFETY: checked to be a text.
    unsafe {
        if name.class() != &raw mut ffi::PyUnicode_Type {
            return false;
        }
        let mut n = 0;
        let text = ffi::PyUnicode_AsUTF8AndSize(name.ptr(), &raw mut n);
        if text.is_null() {
            ffi::PyErr_Clear();
            return false;
        }
        let text = std::slice::from_raw_parts(text.cast::<u8>(), n as usize);
        text == b"numpy" || text.starts_with(b"numpy.")
    }
}

/// Gives up if an axis of an array has no more items than degrees of freedom are taken away.
pub fn degrees(array: Obj, taken: &Obj) -> Res<Obj> {
    let taken = i64::from_obj(taken)? as isize;
    if array.class() != api()?.ndarray() {
        return give_up();
    }
    // SAFETY: the fields of a live array.
    unsafe {
        let f = &*array.ptr().cast::<Fields>();
        for axis in 0..f.nd as usize {
            if *f.dimensions.add(axis) <= taken {
                return give_up();
            }
        }
    }
    Ok(array)
}

/// `...`.
pub fn ellipsis() -> Obj {
    // SAFETY: `Ellipsis` lives for ever.
    unsafe { Obj::borrowed(ffi::Py_Ellipsis()) }
}

/// The slice object of a part of a subscript.
pub fn slice(part: Part) -> Res<Obj> {
    let Part::Slice(start, stop, step) = part else {
        return give_up();
    };
    let end = |i: Option<isize>| i.map_or_else(|| Ok(Obj::none()), |i| (i as i64).into_obj());
    any::slice(&end(start)?, &end(stop)?, &end(step)?)
}

/// A tuple as the key of a subscript.
pub fn key(parts: &[Obj]) -> Res<Obj> {
    // SAFETY: makes a tuple of live objects.
    unsafe {
        let tuple = Obj::owned(ffi::PyTuple_New(parts.len() as isize))?;
        for (i, part) in parts.iter().enumerate() {
            ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, part.clone().into_ptr());
        }
        Ok(tuple)
    }
}

impl<T: Element, const N: usize> Array<T, N> {
    /// `self[key] = value` by NumPy.
    pub fn assign(&self, key: &Obj, value: &Obj) -> Res<()> {
        self.written()?;
        errstate::watch_or_arm(!Self::takes_exactly(value)?)?;
        let object = self.to_obj()?;
        // What NumPy warns of on the way, it would warn of at another line.
        if !(14..=16).contains(&T::TYPE_NUM) && is_complex(value) {
            return give_up();
        }
        let (key, value) = (argument(key)?, argument(value)?);
        // SAFETY: NumPy's own array with a key and a value that are plain or NumPy's.
        unsafe {
            if ffi::PyObject_SetItem(object.ptr(), key, value) < 0 {
                answer(std::ptr::null_mut())?;
            }
        }
        Ok(())
    }

    /// Whether a value gets into the array without a computation: it is of the same dtype, or a number that fits or is an
    /// error.
    fn takes_exactly(value: &Obj) -> Res<bool> {
        let class = value.class();
        let is_double = T::TYPE_NUM == f64::TYPE_NUM;
        if class == &raw mut ffi::PyLong_Type || class == &raw mut ffi::PyBool_Type {
            return Ok(is_double || numpy::is_whole(T::TYPE_NUM));
        }
        let is_same = numpy::type_num(api()?, value) == Some(T::TYPE_NUM);
        Ok(is_same || is_double && class == &raw mut ffi::PyFloat_Type)
    }

    /// `self op= value` by NumPy.
    pub fn change(&self, operator: in_place::Operator, value: &Obj) -> Res<()> {
        self.written()?;
        arm()?;
        let object = self.to_obj()?;
        // SAFETY: NumPy's own array with a value that is plain or NumPy's.
        let made = unsafe { answer(operator(object.ptr(), argument(value)?))? };
        if made.ptr() == object.ptr() {
            Ok(())
        } else {
            give_up()
        }
    }

    /// A method of the array that changes it.
    pub fn change_by(&self, name: &Obj, arguments: &[Obj]) -> Res<()> {
        self.written()?;
        let mut all = vec![self.to_obj()?];
        all.extend(arguments.iter().cloned());
        method(name, &all, None).map(drop)
    }

    /// An attribute of the array that NumPy makes.
    pub fn attribute(&self, name: &Obj) -> Res<Obj> {
        let object = self.to_obj()?;
        errstate::watch()?;
        // SAFETY: an attribute of NumPy's own class.
        unsafe { answer(ffi::PyObject_GetAttr(object.ptr(), name.ptr())) }
    }
}

/// Gives up if the program is to be told of underflow.
#[inline]
pub fn usual() -> Res<()> {
    errstate::quiet(api()?)
}
