//! Compiled regular expressions and their matches, whose methods run only the interpreter's own code.

use std::cell::Cell;
use std::ffi::CStr;

use pyo3_ffi as ffi;

use super::exc::{Res, give_up};
use super::obj::Obj;
use super::plain::is_scalar;

/// The flag of types that nobody can change.
const IS_IMMUTABLE: std::ffi::c_ulong = 1 << 8;

/// Methods of patterns that take texts and numbers.
const OF_PATTERNS: [&CStr; 5] = [c"match", c"fullmatch", c"search", c"findall", c"split"];

/// Methods of patterns whose first argument stands for what is found.
const REPLACING: [&CStr; 2] = [c"sub", c"subn"];

/// Methods of matches.
const OF_MATCHES: [&CStr; 6] = [c"group", c"groups", c"start", c"end", c"span", c"groupdict"];

/// Whether an object is of the interpreter's type of that name.
fn is_of(object: &Obj, name: &CStr) -> bool {
    // SAFETY: the type of a live object. What the program defines has no dot in its name, and can be changed.
    unsafe {
        let class = object.class();
        (*class).tp_flags & IS_IMMUTABLE != 0 && CStr::from_ptr((*class).tp_name) == name
    }
}

/// Whether a name is one of some.
fn is_one_of(name: &Obj, all: &[&CStr]) -> bool {
    // SAFETY: the name of a method is a text.
    all.iter()
        .any(|n| unsafe { ffi::PyUnicode_CompareWithASCIIString(name.ptr(), n.as_ptr()) } == 0)
}

/// Whether a replacement stands for itself.
fn is_literal(object: &Obj) -> bool {
    // SAFETY: an exact text or bytes.
    unsafe {
        if object.class() == &raw mut ffi::PyUnicode_Type {
            let n = ffi::PyUnicode_GetLength(object.ptr());
            return ffi::PyUnicode_FindChar(object.ptr(), u32::from(b'\\'), 0, n, 1) == -1;
        }
        false
    }
}

/// Methods that were found to be harmless, by type and name.
const REMEMBERED: usize = 16;

struct Harmless(Cell<[(usize, usize); REMEMBERED]>);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Harmless {}

static HARMLESS: Harmless = Harmless(Cell::new([(0, 0); REMEMBERED]));

/// A method of a pattern or of a match. The names of methods live for ever.
pub fn call(receiver: &Obj, method: &Obj, arguments: &[Obj]) -> Res<Obj> {
    if !arguments.iter().all(is_scalar) {
        return give_up();
    }
    let this = (receiver.class() as usize, method.ptr() as usize);
    let at = (this.0 >> 5 ^ this.1 >> 4) % REMEMBERED;
    let mut known = HARMLESS.0.get();
    if known[at] == this {
        return run(receiver, method, arguments);
    }
    let is_known = if is_of(receiver, c"re.Pattern") {
        is_one_of(method, &OF_PATTERNS)
            || is_one_of(method, &REPLACING) && arguments.first().is_some_and(is_literal)
    } else {
        is_of(receiver, c"re.Match") && is_one_of(method, &OF_MATCHES)
    };
    if !is_known {
        return give_up();
    }
    if !is_one_of(method, &REPLACING) {
        known[at] = this;
        HARMLESS.0.set(known);
    }
    run(receiver, method, arguments)
}

/// `pattern.finditer(text)`.
pub fn find_iter(pattern: &Obj, arguments: &[Obj]) -> Res<Obj> {
    if !arguments.iter().all(is_scalar) || !is_of(pattern, c"re.Pattern") {
        return give_up();
    }
    // SAFETY: a text that ends with a zero byte.
    let name = unsafe { Obj::owned(ffi::PyUnicode_InternFromString(c"finditer".as_ptr()))? };
    run(pattern, &name, arguments)
}

/// `match[group]`.
pub fn group(found: &Obj, key: &Obj) -> Res<Obj> {
    if !is_scalar(key) || !is_of(found, c"re.Match") {
        return give_up();
    }
    // SAFETY: live objects.
    unsafe { Obj::owned(ffi::PyObject_GetItem(found.ptr(), key.ptr())) }
}

fn run(receiver: &Obj, method: &Obj, arguments: &[Obj]) -> Res<Obj> {
    let mut all = [std::ptr::null_mut(); 6];
    if arguments.len() >= all.len() {
        return give_up();
    }
    all[0] = receiver.ptr();
    for (slot, argument) in all[1..].iter_mut().zip(arguments) {
        *slot = argument.ptr();
    }
    // SAFETY: live objects; the receiver comes first.
    unsafe {
        Obj::owned(ffi::PyObject_VectorcallMethod(
            method.ptr(),
            all.as_ptr(),
            1 + arguments.len(),
            std::ptr::null_mut(),
        ))
    }
}

/// A pattern from its text.
pub(super) fn compile(text: &str) -> Option<Obj> {
    // SAFETY: the interpreter's own modules; nothing of a region runs while names are looked up.
    unsafe {
        let mut module = ffi::PyImport_ImportModule(c"re._compiler".as_ptr());
        if module.is_null() {
            ffi::PyErr_Clear();
            module = ffi::PyImport_ImportModule(c"sre_compile".as_ptr());
        }
        let module = Obj::owned(module).ok()?;
        let compile = ffi::PyObject_GetAttrString(module.ptr(), c"compile".as_ptr());
        let compile = Obj::owned(compile).ok()?;
        let text = ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as isize);
        let text = Obj::owned(text).ok()?;
        let made = ffi::PyObject_CallFunctionObjArgs(
            compile.ptr(),
            text.ptr(),
            std::ptr::null_mut::<ffi::PyObject>(),
        );
        Obj::owned(made).ok()
    }
}
