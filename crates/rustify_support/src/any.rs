//! Values whose type is only known at run time: the interpreter's own operations, on objects of builtin types.

use std::ffi::{CStr, c_int};

use pyo3_ffi::{self as ffi, PyObject};

use super::descr;
use super::exc::{Exc, Res, give_up};
use super::numpy;
use super::obj::Obj;
use super::tuple::Tuple;
use super::value::{Key, Value};

/// How deep containers are looked into before a comparison.
const DEEPEST: u32 = 24;

/// Whether an object is a number, text, bytes or a singleton of builtin type.
#[inline]
pub fn is_scalar(object: &Obj) -> bool {
    let class = object.class();
    // SAFETY: addresses of static types, and of singletons.
    unsafe {
        class == &raw mut ffi::PyLong_Type
            || class == &raw mut ffi::PyFloat_Type
            || class == &raw mut ffi::PyUnicode_Type
            || class == &raw mut ffi::PyBool_Type
            || object.ptr() == ffi::Py_None()
            || class == &raw mut ffi::PyBytes_Type
            || class == &raw mut ffi::PyComplex_Type
    }
}

/// Whether an object is a builtin container, range or slice.
fn is_container(object: &Obj) -> bool {
    let class = object.class();
    class == &raw mut ffi::PyList_Type
        || class == &raw mut ffi::PyTuple_Type
        || class == &raw mut ffi::PyDict_Type
        || class == &raw mut ffi::PySet_Type
        || class == &raw mut ffi::PyFrozenSet_Type
        || class == &raw mut ffi::PyRange_Type
        || class == &raw mut ffi::PySlice_Type
        || class == &raw mut ffi::PyByteArray_Type
}

/// Whether an object can be walked through without running code of the program.
pub fn is_sequence(object: &Obj) -> bool {
    let class = object.class();
    is_container(object) && class != &raw mut ffi::PySlice_Type
        || class == &raw mut ffi::PyUnicode_Type
        || class == &raw mut ffi::PyBytes_Type
}

/// Whether an object is a sequence in patterns, with so many items, or more if there is a star.
pub fn is_sequence_of(object: &Obj, n: isize, has_star: bool) -> Res<bool> {
    let class = object.class();
    if class == &raw mut ffi::PyList_Type || class == &raw mut ffi::PyTuple_Type {
        let have = len(object)?;
        return Ok(if has_star { have >= n } else { have == n });
    }
    if is_scalar(object) || is_container(object) && class != &raw mut ffi::PyRange_Type {
        return Ok(false);
    }
    give_up()
}

/// Whether comparing, hashing and printing an object runs only the interpreter's own code.
pub fn is_plain(object: &Obj) -> bool {
    is_scalar(object) || is_container(object) && holds_plain(object, DEEPEST)
}

/// Whether all items of a container are plain, at most `depth` levels down.
fn holds_plain(object: &Obj, depth: u32) -> bool {
    if depth == 0 {
        return false;
    }
    let fits = |item: *mut PyObject| {
        // SAFETY: items of a live container.
        let item = unsafe { Obj::borrowed(item) };
        is_scalar(&item) || is_container(&item) && holds_plain(&item, depth - 1)
    };
    let class = object.class();
    // SAFETY: each access follows the check of the exact type; nothing changes the container meanwhile.
    unsafe {
        if class == &raw mut ffi::PyList_Type {
            (0..ffi::PyList_GET_SIZE(object.ptr()))
                .all(|i| fits(ffi::PyList_GET_ITEM(object.ptr(), i)))
        } else if class == &raw mut ffi::PyTuple_Type {
            (0..ffi::PyTuple_GET_SIZE(object.ptr()))
                .all(|i| fits(ffi::PyTuple_GET_ITEM(object.ptr(), i)))
        } else if class == &raw mut ffi::PyDict_Type {
            let (mut at, mut key, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
            while ffi::PyDict_Next(object.ptr(), &raw mut at, &raw mut key, &raw mut value) != 0 {
                if !fits(key) || !fits(value) {
                    return false;
                }
            }
            true
        } else if class == &raw mut ffi::PySet_Type || class == &raw mut ffi::PyFrozenSet_Type {
            let Ok(items) = Obj::owned(ffi::PySequence_List(object.ptr())) else {
                return false;
            };
            holds_plain(&items, depth)
        } else {
            true
        }
    }
}

/// Gives up unless an object is plain.
#[inline]
pub fn plain(object: &Obj) -> Res<&Obj> {
    if is_plain(object) {
        Ok(object)
    } else {
        give_up()
    }
}

impl Key for Obj {
    /// Scalars but NaN, and tuples of them.
    fn check_key(&self) -> Res<()> {
        if self.class() == &raw mut ffi::PyFloat_Type {
            return f64::from_obj(self)?.check_key();
        }
        if self.class() == &raw mut ffi::PyTuple_Type {
            return Tuple::<Self>::from_obj(self)?.check_key();
        }
        if is_scalar(self) { Ok(()) } else { give_up() }
    }
}

/// Gives up unless an operator in place makes a new object of this one.
#[inline]
pub fn immutable(object: Obj) -> Res<Obj> {
    if is_scalar(&object)
        || object.class() == &raw mut ffi::PyTuple_Type
        || numpy::is_scalar(&object)
    {
        Ok(object)
    } else {
        give_up()
    }
}

/// Gives up unless arithmetic with an object runs only the interpreter's own code.
#[inline]
fn operand(object: &Obj) -> Res<*mut PyObject> {
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

fn compare(a: &Obj, b: &Obj, operator: c_int) -> Res<bool> {
    if is_ordinary_class(a)
        && is_ordinary_class(b)
        && (operator == ffi::Py_EQ || operator == ffi::Py_NE)
    {
        return Ok((a.ptr() == b.ptr()) == (operator == ffi::Py_EQ));
    }
    // SAFETY: plain objects, whose comparison runs no Python code.
    let answer = unsafe {
        Obj::owned(ffi::PyObject_RichCompare(
            plain(a)?.ptr(),
            plain(b)?.ptr(),
            operator,
        ))?
    };
    bool::from_obj(&answer)
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

/// Whether an object is a class whose own class is `type`.
fn is_ordinary_class(a: &Obj) -> bool {
    a.class() == &raw mut ffi::PyType_Type
}

/// `type(a)`.
pub fn type_of(a: &Obj) -> Obj {
    // SAFETY: the class of a live object.
    unsafe { Obj::borrowed(a.class().cast()) }
}

/// `type(a).__name__`.
pub fn type_name(a: &Obj) -> Res<Obj> {
    let class = type_of(a);
    if !is_ordinary_class(&class) {
        return give_up();
    }
    // SAFETY: `type` keeps the names of its instances.
    unsafe {
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
        Ok(ffi::PyType_IsSubtype(a.class(), class.ptr().cast()) != 0)
    }
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

/// Whether an object is `None`.
#[inline]
pub fn is_none(a: &Obj) -> bool {
    // SAFETY: `None` lives for ever.
    a.ptr() == unsafe { ffi::Py_None() }
}

/// `bool(a)`.
pub fn truth(a: &Obj) -> Res<bool> {
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

/// `len(a)`.
pub fn len(a: &Obj) -> Res<isize> {
    // SAFETY: a live object of builtin type.
    match unsafe { ffi::PyObject_Size(operand(a)?) } {
        -1 => Err(Exc::fetch()),
        n => Ok(n),
    }
}

/// `a[key]`.
pub fn get_item(a: &Obj, key: &Obj) -> Res<Obj> {
    // SAFETY: live objects of builtin types; a key is hashed and compared.
    unsafe { Obj::owned(ffi::PyObject_GetItem(operand(a)?, plain(key)?.ptr())) }
}

/// `a[key] = value`, with the old contents kept.
pub fn set_item(a: &Obj, key: &Obj, value: &Obj) -> Res<()> {
    remember(a)?;
    // SAFETY: live objects of builtin types.
    match unsafe { ffi::PyObject_SetItem(a.ptr(), plain(key)?.ptr(), value.ptr()) } {
        0 => Ok(()),
        _ => Err(Exc::fetch()),
    }
}

/// `del a[key]`, with the old contents kept.
pub fn del_item(a: &Obj, key: &Obj) -> Res<()> {
    remember(a)?;
    // SAFETY: live objects of builtin types.
    match unsafe { ffi::PyObject_DelItem(a.ptr(), plain(key)?.ptr()) } {
        0 => Ok(()),
        _ => Err(Exc::fetch()),
    }
}

/// Keeps the contents of a list or dict that is going to change.
pub fn remember(a: &Obj) -> Res<()> {
    if a.class() == &raw mut ffi::PyList_Type {
        super::journal::list(a)
    } else if a.class() == &raw mut ffi::PyDict_Type {
        super::journal::dict(a)
    } else if a.class() == &raw mut ffi::PySet_Type {
        super::journal::set(a)
    } else if is_scalar(a) || a.class() == &raw mut ffi::PyTuple_Type {
        Ok(())
    } else {
        give_up()
    }
}

/// Gives up unless an object is plain, or a number of NumPy, which then warns of nothing.
#[inline]
pub fn plain_or_number(object: &Obj) -> Res<&Obj> {
    if is_plain(object) {
        return Ok(object);
    }
    if numpy::is_scalar(object) {
        numpy::arm()?;
        return Ok(object);
    }
    give_up()
}

/// `item in a`.
pub fn contains(a: &Obj, item: &Obj) -> Res<bool> {
    if numpy::is_operand(a) && (is_scalar(item) || numpy::is_scalar(item)) {
        numpy::arm()?;
        // SAFETY: an array of numbers and a number.
        return match unsafe { ffi::PySequence_Contains(a.ptr(), item.ptr()) } {
            -1 => numpy::answer_status(),
            answer => Ok(answer == 1),
        };
    }
    // SAFETY: plain objects.
    match unsafe { ffi::PySequence_Contains(plain(a)?.ptr(), plain(item)?.ptr()) } {
        -1 => Err(Exc::fetch()),
        answer => Ok(answer == 1),
    }
}

/// An interned text, for names of methods.
pub fn name(text: &'static CStr) -> Res<Obj> {
    // SAFETY: a text that ends with a zero byte.
    unsafe { Obj::owned(ffi::PyUnicode_InternFromString(text.as_ptr())) }
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
        let tuple = Obj::owned(ffi::PyTuple_New(names.len() as isize))?;
        for (i, name) in names.iter().enumerate() {
            ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, name.clone().into_ptr());
        }
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
    let mut all = [std::ptr::null_mut(); 8];
    if arguments.len() > all.len() {
        return give_up();
    }
    for (slot, argument) in all.iter_mut().zip(arguments) {
        *slot = plain(argument)?.ptr();
    }
    // SAFETY: live objects of builtin types; the last arguments have the names.
    unsafe {
        let tuple = Obj::owned(ffi::PyTuple_New(names.len() as isize))?;
        for (i, name) in names.iter().enumerate() {
            ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, name.clone().into_ptr());
        }
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
    call_method(plain(receiver)?, method, arguments)
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

/// An iterator over a plain container, text or range.
pub fn iter(a: &Obj) -> Res<Iter> {
    // SAFETY: live objects of builtin types.
    unsafe { Obj::owned(ffi::PyObject_GetIter(operand(a)?)).map(Iter) }
}

/// An iterator of the interpreter.
#[derive(Debug)]
pub struct Iter(Obj);

impl Iter {
    /// Over an iterator of the interpreter that runs none of the program's code.
    pub fn over(iterator: Obj) -> Self {
        Self(iterator)
    }

    /// The next item, if there is one.
    pub fn next(&mut self) -> Res<Option<Obj>> {
        // SAFETY: an iterator of a builtin type.
        unsafe {
            let item = ffi::PyIter_Next(self.0.ptr());
            if !item.is_null() {
                return Obj::owned(item).map(Some);
            }
            if ffi::PyErr_Occurred().is_null() {
                Ok(None)
            } else {
                Err(Exc::fetch())
            }
        }
    }
}

/// `slice(start, stop, step)`.
pub fn slice(start: &Obj, stop: &Obj, step: &Obj) -> Res<Obj> {
    // SAFETY: live objects.
    unsafe { Obj::owned(ffi::PySlice_New(start.ptr(), stop.ptr(), step.ptr())) }
}

/// `hash(a)`.
pub fn hash(a: &Obj) -> Res<isize> {
    // SAFETY: a plain object.
    match unsafe { ffi::PyObject_Hash(plain(a)?.ptr()) } {
        -1 => Err(Exc::fetch()),
        h => Ok(h),
    }
}

/// Whether `a` is exactly of a builtin type, for `type(a) is T`; `isinstance` of plain objects by [`is_instance`].
pub fn is_instance(a: &Obj, class: &Obj) -> Res<bool> {
    // SAFETY: live objects; builtin types have no hooks.
    match unsafe { ffi::PyObject_IsInstance(a.ptr(), class.ptr()) } {
        -1 => Err(Exc::fetch()),
        answer => Ok(answer == 1),
    }
}
