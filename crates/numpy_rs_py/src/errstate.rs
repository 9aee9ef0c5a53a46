//! What happens on floating-point events: the modes of `errstate`, kept in a context variable as NumPy keeps them.
//!
//! Core finds events in data and returns them; [`report`] applies the mode in force. While nobody ever made a state,
//! asking for it costs one relaxed load.

use std::ffi::{CStr, CString};
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use numpy_rs_core::fp_errors::{FpEvents, Watch};
use pyo3::exceptions::{
    PyFloatingPointError, PyNameError, PyRuntimeWarning, PyTypeError, PyValueError,
};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::function::FunctionDef;
use crate::signature::Args;

/// What to do on one kind of event; the order is that of [`MODES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Ignore,
    Warn,
    Raise,
    Call,
    Print,
    Log,
}

const MODES: [(&str, Mode); 6] = [
    ("ignore", Mode::Ignore),
    ("warn", Mode::Warn),
    ("raise", Mode::Raise),
    ("call", Mode::Call),
    ("print", Mode::Print),
    ("log", Mode::Log),
];

/// Kinds of events in the order in which they are reported: event, keyword, words.
const KINDS: [(FpEvents, &str, &str); 4] = [
    (FpEvents::DIVIDE, "divide", "divide by zero"),
    (FpEvents::OVERFLOW, "over", "overflow"),
    (FpEvents::UNDERFLOW, "under", "underflow"),
    (FpEvents::INVALID, "invalid", "invalid value"),
];

/// Elements in a buffer of `nditer`, by default.
const DEFAULT_BUFSIZE: isize = 8192;

/// The state that a context holds.
struct State {
    modes: [Mode; 4],
    bufsize: isize,
    call: Option<Py<PyAny>>,
}

impl State {
    const DEFAULT: Self = Self {
        modes: [Mode::Warn, Mode::Warn, Mode::Ignore, Mode::Warn],
        bufsize: DEFAULT_BUFSIZE,
        call: None,
    };

    fn watch(&self) -> Watch {
        if self.modes[2] != Mode::Ignore {
            Watch::Underflow
        } else if self.modes.iter().all(|&m| m == Mode::Ignore) {
            Watch::Nothing
        } else {
            Watch::Usual
        }
    }
}

/// Name of the context variable and of the capsules in it.
const NAME: &CStr = c"numpy.ufunc.extobj";

/// The context variable; null until the module initialises.
static VARIABLE: AtomicPtr<PyObject> = AtomicPtr::new(std::ptr::null_mut());
/// Whether a state other than the default one was ever made.
static EVER_MADE: AtomicBool = AtomicBool::new(false);

unsafe extern "C" fn free_state(capsule: *mut PyObject) {
    // SAFETY: capsules of this name hold a boxed state.
    unsafe {
        let state = ffi::PyCapsule_GetPointer(capsule, NAME.as_ptr()).cast::<State>();
        if !state.is_null() {
            drop(Box::from_raw(state));
        }
    }
}

fn capsule(py: Python<'_>, state: State) -> PyResult<Bound<'_, PyAny>> {
    let raw = Box::into_raw(Box::new(state));
    // SAFETY: the capsule owns the box from here on.
    unsafe {
        Bound::from_owned_ptr_or_err(
            py,
            ffi::PyCapsule_New(raw.cast(), NAME.as_ptr(), Some(free_state)),
        )
    }
}

/// Makes the context variable; called once when the module initialises.
pub(crate) fn initialise(py: Python<'_>, contents: &Bound<'_, PyDict>) -> PyResult<()> {
    let default = capsule(py, State::DEFAULT)?;
    // SAFETY: the name is a C string and the default an object.
    let variable = unsafe {
        Bound::from_owned_ptr_or_err(py, ffi::PyContextVar_New(NAME.as_ptr(), default.as_ptr()))?
    };
    contents.set_item("_extobj_contextvar", &variable)?;
    VARIABLE.store(variable.into_ptr(), Ordering::Relaxed);
    Ok(())
}

/// Runs `f` with the state in force.
#[inline]
fn with_state<R>(py: Python<'_>, f: impl FnOnce(&State) -> PyResult<R>) -> PyResult<R> {
    if !EVER_MADE.load(Ordering::Relaxed) {
        return f(&State::DEFAULT);
    }
    with_current(py, f)
}

#[cold]
fn with_current<R>(py: Python<'_>, f: impl FnOnce(&State) -> PyResult<R>) -> PyResult<R> {
    // SAFETY: the variable lives for ever; the capsule is held while its state is used.
    unsafe {
        let mut value: *mut PyObject = std::ptr::null_mut();
        let variable = VARIABLE.load(Ordering::Relaxed);
        if ffi::PyContextVar_Get(variable, std::ptr::null_mut(), &raw mut value) < 0 {
            return Err(PyErr::fetch(py));
        }
        let held: Bound<'_, PyAny> = Bound::from_owned_ptr_or_err(py, value)?;
        let state = ffi::PyCapsule_GetPointer(held.as_ptr(), NAME.as_ptr()).cast::<State>();
        if state.is_null() {
            return Err(PyErr::fetch(py));
        }
        f(&*state)
    }
}

/// Which events the state in force asks for.
#[inline]
pub(crate) fn watch(py: Python<'_>) -> PyResult<Watch> {
    with_state(py, |s| Ok(s.watch()))
}

/// Does what the state in force says about events met in `place`: nothing, a warning, an exception, a call.
#[inline]
pub(crate) fn report(py: Python<'_>, events: FpEvents, place: &str) -> PyResult<()> {
    if events.is_empty() {
        return Ok(());
    }
    let (events, of_casts) = events.split();
    if !of_casts.is_empty() {
        report_events(py, of_casts, "cast")?;
    }
    report_events(py, events, place)
}

#[cold]
fn report_events(py: Python<'_>, events: FpEvents, place: &str) -> PyResult<()> {
    with_state(py, |state| {
        for (i, &(event, _, words)) in KINDS.iter().enumerate() {
            if events.contains(event) {
                react(py, state, state.modes[i], events, words, place)?;
            }
        }
        Ok(())
    })
}

fn react(
    py: Python<'_>,
    state: &State,
    mode: Mode,
    events: FpEvents,
    words: &str,
    place: &str,
) -> PyResult<()> {
    let text = format!("{words} encountered in {place}");
    match mode {
        Mode::Ignore => Ok(()),
        Mode::Warn => {
            let text = CString::new(text)?;
            PyErr::warn(py, &py.get_type::<PyRuntimeWarning>(), &text, 1)
        }
        Mode::Raise => Err(PyFloatingPointError::new_err(text)),
        Mode::Call => match &state.call {
            Some(call) => call
                .clone_ref(py)
                .bind(py)
                .call1((words, events.0))
                .map(drop),
            None => Err(PyNameError::new_err(format!(
                "python callback specified for {words} (in  {place}) but no function found."
            ))),
        },
        Mode::Print => {
            use std::io::Write;
            // Nobody is told where stderr is closed.
            let _ = writeln!(std::io::stderr(), "Warning: {text}");
            Ok(())
        }
        Mode::Log => match &state.call {
            Some(log) => {
                let line = format!("Warning: {text}\n");
                log.clone_ref(py)
                    .bind(py)
                    .call_method1("write", (line,))
                    .map(drop)
            }
            None => Err(PyNameError::new_err(format!(
                "log specified for {words} (in {place}) but no object with write method found."
            ))),
        },
    }
}

/// The definitions of this page.
pub(crate) static TABLE: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "_make_extobj(*, all=None, divide=None, over=None, under=None, invalid=None, call=<no value>, bufsize=None)",
        relevant: &[],
        doc: "The state of floating-point error handling in force, with these changes, for the context variable.",
        run: make_state,
    },
    FunctionDef {
        module: "",
        signature: "_get_extobj_dict()",
        relevant: &[],
        doc: "The state of floating-point error handling in force, as a dict.",
        run: state_dict,
    },
];

fn mode_of(value: &Bound<'_, PyAny>) -> PyResult<Mode> {
    let Ok(text) = value.cast::<PyString>() else {
        return Err(PyTypeError::new_err(format!(
            "invalid error mode {}, must be a string or None",
            value.repr()?
        )));
    };
    let text = text.to_str()?;
    MODES
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, mode)| *mode)
        .ok_or_else(|| PyValueError::new_err(format!("invalid error mode '{text}'")))
}

fn make_state<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = args.py();
    let mut new = with_state(py, |s| {
        Ok(State {
            modes: s.modes,
            bufsize: s.bufsize,
            call: s.call.as_ref().map(|c| c.clone_ref(py)),
        })
    })?;
    if let Some(all) = args.some(0) {
        new.modes = [mode_of(&all)?; 4];
    }
    for i in 0..4 {
        if let Some(mode) = args.some(1 + i) {
            new.modes[i] = mode_of(&mode)?;
        }
    }
    if let Some(call) = args.get(5) {
        new.call = checked_call(&call)?;
    }
    if let Some(size) = args.some(6) {
        // SAFETY: a live object; a failure sets the exception.
        let size = unsafe { ffi::PyNumber_AsSsize_t(size.as_ptr(), ffi::PyExc_OverflowError) };
        if let Some(e) = PyErr::take(py) {
            return Err(e);
        }
        let fault = if size > 10_000_000 {
            "too big"
        } else if size < 5 {
            "too small"
        } else if size % 16 != 0 {
            "not a multiple of 16"
        } else {
            ""
        };
        if !fault.is_empty() {
            return Err(PyValueError::new_err(format!(
                "Buffer size, {size}, is {fault}"
            )));
        }
        new.bufsize = size;
    }
    EVER_MADE.store(true, Ordering::Relaxed);
    capsule(py, new)
}

/// A callback: callable, or with a callable `write`; `None` for none.
fn checked_call(call: &Bound<'_, PyAny>) -> PyResult<Option<Py<PyAny>>> {
    if call.is_none() {
        return Ok(None);
    }
    let writes = || -> PyResult<bool> {
        let write = call.getattr_opt(pyo3::intern!(call.py(), "write"))?;
        Ok(write.is_some_and(|w| w.is_callable()))
    };
    if !call.is_callable() && !writes()? {
        return Err(PyTypeError::new_err(
            "python object must be callable or have a callable write method",
        ));
    }
    Ok(Some(call.clone().unbind()))
}

fn state_dict<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = args.py();
    with_state(py, |s| {
        let dict = PyDict::new(py);
        for (i, (_, key, _)) in KINDS.iter().enumerate() {
            let name = MODES
                .iter()
                .find(|(_, m)| *m == s.modes[i])
                .map_or("ignore", |(n, _)| n);
            dict.set_item(key, name)?;
        }
        dict.set_item("call", s.call.as_ref().map(|c| c.clone_ref(py)))?;
        dict.set_item("bufsize", s.bufsize)?;
        Ok(dict.into_any())
    })
}
