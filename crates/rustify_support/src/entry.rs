//! From a call in Python into Rust, and back to Python where Rust gives up.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3_ffi::{self as ffi, PyObject};

use super::binding::bind;
use super::exc::{Exc, IN_PYTHON, Res};
use super::function::{Arguments, Function, Kind, MOST_PARAMETERS, PATIENCE, Table};
use super::journal;
use super::obj::Obj;
use super::passing_on::in_python;
use super::versions::check_captures;

/// The vectorcall of one function.
///
/// # Safety
///
/// Python calls it as the vectorcall of the function's own object.
pub unsafe extern "C" fn call<T: Table, const N: usize>(
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    let function = T::FUNCTIONS[N];
    // SAFETY: Python passes valid vectorcall arguments with the interpreter held.
    unsafe {
        if !is_ready(function) {
            return in_python::<T>(callable, args, nargsf, kwnames);
        }
        attempt(function, || run(function, callable, args, nargsf, kwnames)).unwrap_or_else(|| {
            IN_PYTHON.set(IN_PYTHON.get() + 1);
            let result = in_python::<T>(callable, args, nargsf, kwnames);
            IN_PYTHON.set(IN_PYTHON.get() - 1);
            result
        })
    }
}

/// Whether a call is to try Rust: Python has the calls of functions that mostly give up, those inside of one that gave
/// up, and those that somebody traces.
#[inline]
fn is_ready(function: &Function) -> bool {
    let state = &function.state;
    let tired = state.deopted.get() > PATIENCE && state.completed.get() < state.deopted.get();
    !(tired || IN_PYTHON.get() > 0 || super::tracing::active())
}

/// Runs a translation. What Python gets: null after an interrupt, `None` where it has to go on itself, with all writes
/// undone.
#[inline]
fn attempt(function: &'static Function, run: impl FnOnce() -> Res<Obj>) -> Option<*mut PyObject> {
    let state = &function.state;
    super::turns::runs(function);
    super::handed_on::begin(function.hands_on);
    state.calls.set(state.calls.get() + 1);
    let ran = catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| panicked());
    super::errstate::disarm();
    let ran = if super::warned::has_warned() {
        ran.and(Err(Exc::GIVE_UP))
    } else {
        ran
    };
    super::warned::end();
    match ran {
        Ok(result) => {
            journal::commit();
            state.completed.set(state.completed.get() + 1);
            Some(result.into_ptr())
        }
        Err(error) => {
            journal::roll_back();
            if error.is_interrupt() {
                return Some(std::ptr::null_mut());
            }
            state.deopted.set(state.deopted.get() + 1);
            None
        }
    }
}

/// After a panic the Python version runs; the interpreter may have been let go.
#[cold]
fn panicked() -> Res<Obj> {
    super::held::take_back();
    Err(Exc::GIVE_UP)
}

/// Sorts the arguments and runs the translations until one fits.
unsafe fn run(
    function: &'static Function,
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> Res<Obj> {
    // SAFETY: passed on from Python.
    unsafe {
        let object = callable.cast::<ffi::PyFunctionObject>();
        // A copy of the module has names of its own, and somebody may have given the function other code.
        if (*object).func_globals != function.state.globals.get()
            || (*object).func_code != function.state.stands_for.get()
        {
            return Err(Exc::GIVE_UP);
        }
        let builtins = (*object).func_builtins;
        check_captures(function, builtins)?;
        let n = ffi::PyVectorcall_NARGS(nargsf) as usize;
        let plain = n == function.params.len()
            && kwnames.is_null()
            && function
                .params
                .last()
                .is_none_or(|(_, k)| matches!(k, Kind::Ordinary | Kind::PositionalOnly));
        if plain {
            let arguments: &[*mut PyObject] = if n == 0 {
                &[]
            } else {
                std::slice::from_raw_parts(args, n)
            };
            return try_entries(function, arguments);
        }
        let mut bound = [std::ptr::null_mut(); MOST_PARAMETERS];
        let mut made = [None, None];
        bind(function, callable, args, n, kwnames, &mut bound, &mut made)?;
        try_entries(function, &bound[..function.params.len()])
    }
}

#[inline]
fn try_entries(function: &'static Function, arguments: Arguments<'_>) -> Res<Obj> {
    let first = function.state.first.get();
    let mut answer = Err(Exc::GIVE_UP);
    // Those before the one that fitted last may be for arguments of another kind: they come last.
    for i in (first..function.entries.len()).chain(0..first) {
        answer = function.entries[i](arguments);
        if answer != Err(Exc::GIVE_UP) {
            if i > first && function.state.completed.get() < PATIENCE {
                // The same wider type will be needed soon again.
                function.state.first.set(i);
            }
            return answer;
        }
        journal::roll_back();
        if super::recursion::was_too_deep() || super::warned::has_warned() {
            return answer;
        }
    }
    if first > 0 {
        function.state.first.set(0);
    }
    if function.spares.is_empty() || function.state.without_spares.get() {
        return answer;
    }
    try_spares(function, arguments)
}

/// Runs the translations for arguments of other types. They take almost any: they never come before the others.
#[cold]
#[inline(never)]
fn try_spares(function: &'static Function, arguments: Arguments<'_>) -> Res<Obj> {
    let state = &function.state;
    super::turns::runs_spare();
    super::handed_on::begin(true);
    super::versions::check_spare_captures(function)?;
    for entry in function.spares {
        let answer = entry(arguments);
        if answer != Err(Exc::GIVE_UP) {
            state
                .spared
                .set(state.spared.get() + u64::from(answer.is_ok()));
            return answer;
        }
        journal::roll_back();
        if super::warned::has_warned() {
            break;
        }
    }
    Err(Exc::GIVE_UP)
}

/// The way into Rust from the beginning that [`splice`] adds to a function's code: it answers itself where Python has
/// to go on.
pub(super) unsafe extern "C" fn spliced<T: Table>(
    this: *mut PyObject,
    args: *mut *mut PyObject,
    n: isize,
) -> *mut PyObject {
    // SAFETY: Python passes the number that the object was made with, and valid arguments, one for each parameter.
    unsafe {
        let function = T::FUNCTIONS[ffi::PyLong_AsSize_t(this)];
        let state = &function.state;
        let native = state.native.get();
        if n as usize != function.params.len() || !is_ready(function) {
            return Obj::borrowed(native).into_ptr();
        }
        let run = || {
            if ffi::PyEval_GetGlobals() != state.globals.get() {
                return Err(Exc::GIVE_UP);
            }
            check_captures(function, ffi::PyEval_GetBuiltins())?;
            let arguments: &[*mut PyObject] = if n == 0 {
                &[]
            } else {
                std::slice::from_raw_parts(args, n as usize)
            };
            try_entries(function, arguments)
        };
        attempt(function, run).unwrap_or_else(|| Obj::borrowed(native).into_ptr())
    }
}

#[cfg(test)]
mod tests {
    use super::super::function::State;
    use super::super::{held, turns};
    use super::*;

    unsafe extern "C" fn unused(
        _: *mut PyObject,
        _: *const *mut PyObject,
        _: usize,
        _: *mut PyObject,
    ) -> *mut PyObject {
        std::ptr::null_mut()
    }

    static FUNCTION: Function = Function {
        qualname: "f",
        line: 1,
        params: &[],
        entries: &[],
        captures: &[],
        spares: &[],
        spare_captures: &[],
        is_free: true,
        hands_on: true,
        vectorcall: unused,
        state: State::new(),
    };

    fn holds() -> bool {
        // SAFETY: asks for the state of this thread only.
        !held::is_out() && unsafe { ffi::PyGILState_Check() } == 1
    }

    #[test]
    fn the_interpreter_is_held_again_after_a_panic() {
        // SAFETY: the only test that runs the interpreter, once.
        unsafe { ffi::Py_InitializeEx(0) };
        // A free function lets it go and has no loop that takes it back.
        let went = attempt(&FUNCTION, || {
            held::let_go();
            assert!(held::is_out());
            panic!("in a free function")
        });
        assert!(went.is_none() && holds());
        // A free loop takes it back where it is left by an error or a panic.
        let error = attempt(&FUNCTION, || {
            let _free = turns::Free::that_let_go();
            assert!(held::is_out());
            Err(Exc::GIVE_UP)
        });
        assert!(error.is_none() && holds());
        let unwound = catch_unwind(|| {
            let _free = turns::Free::that_let_go();
            panic!("in a free loop")
        });
        assert!(unwound.is_err() && holds());
        assert_eq!(FUNCTION.state.deopted.get(), 2);
    }
}
