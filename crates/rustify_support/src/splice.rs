//! Python 3.11 runs functions without looking at what is attached to them. There the code of a function gets a
//! beginning that calls Rust: it returns what Rust answers, or goes on as before. The object of the function, its
//! signature, its lines and its tracebacks stay what they are.

use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res};
use super::obj::Obj;

/// Adds the beginning to a function's code. Rust answers itself where Python has to go on.
const SPLICE: &CStr = cr#"
from opcode import opmap, _inline_cache_entries

def number(value):
    parts = [value & 63]
    while value := value >> 6:
        parts.insert(0, 64 | value & 63)
    return parts

def numbers(table):
    value = None
    for byte in table:
        value = byte & 63 if value is None else value << 6 | byte & 63
        if not byte & 64:
            yield value
            value = None

def splice(function, native, names):
    code = function.__code__
    if any(c is native for c in code.co_consts):
        return True
    old, at = code.co_code, 0
    while old[at] != opmap["RESUME"]:
        at += 2
        if at >= len(old):
            return False
    at += 2
    # Lines: what is added has none.
    lines, i, covered = code.co_linetable, 0, 0
    while covered < at // 2:
        covered += (lines[i] & 7) + 1
        i += 1
        while i < len(lines) and not lines[i] & 128:
            i += 1
    if covered != at // 2:
        return False
    new = bytearray()

    def put(name, argument=0):
        if argument > 255:
            new.extend((opmap["EXTENDED_ARG"], argument >> 8))
        new.extend((opmap[name], argument & 255))
        new.extend(bytes(2 * _inline_cache_entries[opmap[name]]))

    kept = len(code.co_consts)
    put("PUSH_NULL")
    put("LOAD_CONST", kept)
    for name in names:
        slot = code.co_varnames.index(name)
        put("LOAD_DEREF" if name in code.co_cellvars else "LOAD_FAST", slot)
    put("PRECALL", len(names))
    put("CALL", len(names))
    put("COPY", 1)
    put("LOAD_CONST", kept)
    put("IS_OP")
    put("POP_JUMP_FORWARD_IF_TRUE", 1)
    put("RETURN_VALUE")
    put("POP_TOP")
    more = len(new) // 2
    none = bytearray()
    left = more
    while left:
        units = min(left, 8)
        none.append(128 | 15 << 3 | units - 1)
        left -= units
    # Exceptions: all that is guarded stands behind.
    guarded, found = bytearray(), list(numbers(code.co_exceptiontable))
    for k in range(0, len(found), 4):
        start, length, target, depth = found[k : k + 4]
        entry = [*number(start + more), *number(length), *number(target + more), *number(depth)]
        entry[0] |= 128
        guarded.extend(entry)
    function.__code__ = code.replace(
        co_code=old[:at] + bytes(new) + old[at:],
        co_consts=(*code.co_consts, native),
        co_linetable=lines[:i] + bytes(none) + lines[i:],
        co_exceptiontable=bytes(guarded),
        co_stacksize=max(code.co_stacksize, len(names) + 3),
    )
    return True
"#;

/// The Python function [`SPLICE`] defines.
fn splicer() -> Res<Obj> {
    // SAFETY: the interpreter is held; dicts and texts of this module.
    unsafe {
        let names = Obj::owned(ffi::PyDict_New())?;
        let builtins = ffi::PyEval_GetBuiltins();
        if ffi::PyDict_SetItemString(names.ptr(), c"__builtins__".as_ptr(), builtins) < 0 {
            return Err(Exc::fetch());
        }
        Obj::owned(ffi::PyRun_String(
            SPLICE.as_ptr(),
            ffi::Py_file_input,
            names.ptr(),
            names.ptr(),
        ))?;
        let found = ffi::PyDict_GetItemString(names.ptr(), c"splice".as_ptr());
        if found.is_null() {
            return Err(Exc::GIVE_UP);
        }
        Ok(Obj::borrowed(found))
    }
}

/// Lets a function ask `native` first, with the parameters of these names; whether its code allows that.
pub fn splice(function: &Obj, native: &Obj, names: &[&str]) -> Res<bool> {
    let splicer = splicer()?;
    // SAFETY: live objects; the tuple is filled before it is used.
    unsafe {
        let tuple = Obj::owned(ffi::PyTuple_New(names.len() as isize))?;
        for (i, name) in names.iter().enumerate() {
            let name = ffi::PyUnicode_FromStringAndSize(name.as_ptr().cast(), name.len() as isize);
            ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, Obj::owned(name)?.into_ptr());
        }
        let done = Obj::owned(ffi::PyObject_CallFunctionObjArgs(
            splicer.ptr(),
            function.ptr(),
            native.ptr(),
            tuple.ptr(),
            std::ptr::null_mut::<PyObject>(),
        ))?;
        Ok(done.ptr() == ffi::Py_True())
    }
}
