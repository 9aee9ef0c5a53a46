//! Whether what a function relies on still means what it meant.

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res};
use super::function::Function;
use super::guards::Guards;
use super::obj::Obj;

/// Gives up unless every name that the function relies on means what it meant.
#[inline]
pub(super) fn check_captures(function: &'static Function, builtins: *mut PyObject) -> Res<()> {
    // SAFETY: read and written with the interpreter held, and not written while it is read.
    let guards = unsafe { (*function.state.guards.as_ptr()).as_ref() };
    if guards.is_some_and(|(of, guards)| *of == builtins && guards.hold()) {
        return Ok(());
    }
    look_up(function, builtins)
}

#[cold]
#[inline(never)]
fn look_up(function: &'static Function, builtins: *mut PyObject) -> Res<()> {
    let globals = function.state.globals.get();
    // SAFETY: the namespace and `builtins` live as long as the function.
    unsafe {
        let namespace = Obj::borrowed(globals);
        // Names are looked up in the builtins of the frame that runs.
        if builtins != ffi::PyEval_GetBuiltins() {
            return Err(Exc::GIVE_UP);
        }
        if !function.captures.iter().all(|c| c.holds(&namespace)) {
            return Err(Exc::GIVE_UP);
        }
        let mut guards = Guards::default();
        guards.dict(globals);
        if !builtins.is_null() {
            guards.dict(builtins);
        }
        for capture in function.captures {
            capture.guard(&mut guards);
        }
        function.state.guards.set(Some((builtins, guards)));
    }
    Ok(())
}

/// Gives up unless every further name that the function's spares rely on means what it meant.
pub(super) fn check_spare_captures(function: &'static Function) -> Res<()> {
    // SAFETY: the namespace lives as long as the function.
    let namespace = unsafe { Obj::borrowed(function.state.globals.get()) };
    if function.spare_captures.iter().all(|c| c.holds(&namespace)) {
        Ok(())
    } else {
        Err(Exc::GIVE_UP)
    }
}
