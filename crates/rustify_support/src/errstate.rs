//! What becomes of NumPy's floating-point conditions while a region runs.
//!
//! A call of NumPy inside a region runs with `errstate` set to raise what NumPy would tell of. The region then gives up,
//! and the Python version warns, or does whatever the program asked for. What the program wants to be ignored is ignored.
//! A program that is to be told of underflow stays in Python: nothing here looks for that.

use std::cell::Cell;
use std::ffi::{CStr, c_int};

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res, give_up};
use super::held;
use super::numpy::{Api, api, known_api};
use super::obj::Obj;
use super::warned;

unsafe extern "C" {
    fn PyContextVar_Get(
        var: *mut PyObject,
        default: *mut PyObject,
        value: *mut *mut PyObject,
    ) -> c_int;
    fn PyContextVar_Set(var: *mut PyObject, value: *mut PyObject) -> *mut PyObject;
    fn PyContextVar_Reset(var: *mut PyObject, token: *mut PyObject) -> c_int;
}

/// Conditions: a set of bits.
pub type Conditions = usize;

/// A division of a number by zero.
pub const DIVIDE: Conditions = 1;
/// A result that is too large.
pub const OVER: Conditions = 2;
/// A result that is no number.
pub const INVALID: Conditions = 4;

const NAMES: [&CStr; 3] = [c"divide", c"over", c"invalid"];

struct States {
    /// For each set of conditions the state that ignores them, and raises the others; kept for ever.
    raising: [Cell<*mut PyObject>; 8],
    /// States of the program's, with what they ignore: one that is kept for ever, and the last other one.
    seen: [Cell<(*mut PyObject, Conditions)>; 2],
}

// SAFETY: the interpreter is held at each access.
unsafe impl Sync for States {}

static STATES: States = States {
    raising: [const { Cell::new(std::ptr::null_mut()) }; 8],
    seen: [const { Cell::new((std::ptr::null_mut(), 0)) }; 2],
};

thread_local! {
    /// What gives `errstate` back once the region ends.
    static TOKEN: Cell<*mut PyObject> = const { Cell::new(std::ptr::null_mut()) };
}

/// The state that raises all but what is ignored, by NumPy's own function.
fn raising(api: Api, ignored: Conditions) -> Res<*mut PyObject> {
    let known = STATES.raising[ignored].get();
    if known.is_null() {
        make(api, ignored)
    } else {
        Ok(known)
    }
}

#[cold]
fn make(api: Api, ignored: Conditions) -> Res<*mut PyObject> {
    let make = api.member(c"_make_extobj")?;
    // SAFETY: a function of NumPy with texts by name.
    let made = unsafe {
        let none = Obj::owned(ffi::PyTuple_New(0))?;
        let options = Obj::owned(ffi::PyDict_New())?;
        let under = [(c"under", true)];
        let others = (0..3).map(|bit| (NAMES[bit], ignored >> bit & 1 == 1));
        for (name, is_ignored) in under.into_iter().chain(others) {
            let way = if is_ignored { c"ignore" } else { c"raise" };
            let way = Obj::owned(ffi::PyUnicode_FromString(way.as_ptr()))?;
            if ffi::PyDict_SetItemString(options.ptr(), name.as_ptr(), way.ptr()) < 0 {
                return Err(Exc::fetch());
            }
        }
        Obj::owned(ffi::PyObject_Call(make.ptr(), none.ptr(), options.ptr()))?.into_ptr()
    };
    STATES.raising[ignored].set(made);
    Ok(made)
}

/// What is ignored now; gives up where the program is to be told of underflow.
fn ignored(api: Api) -> Res<Conditions> {
    // SAFETY: NumPy's variable; the reference is given back.
    let now = unsafe {
        let mut now = std::ptr::null_mut();
        if PyContextVar_Get(api.errors, std::ptr::null_mut(), &raw mut now) < 0 || now.is_null() {
            ffi::PyErr_Clear();
            return give_up();
        }
        ffi::Py_DECREF(now);
        now
    };
    if let Some((_, ignored)) = STATES.seen.iter().map(Cell::get).find(|s| s.0 == now) {
        return Ok(ignored);
    }
    match STATES.raising.iter().position(|s| s.get() == now) {
        Some(ignored) => Ok(ignored),
        None => look_at(api, now),
    }
}

/// What a state of the program's ignores.
#[cold]
fn look_at(api: Api, state: *mut PyObject) -> Res<Conditions> {
    let get = api.member(c"_get_extobj_dict")?;
    // SAFETY: a function of NumPy without arguments, which answers a dict of texts for the state of now.
    unsafe {
        let now = Obj::owned(ffi::PyObject_CallNoArgs(get.ptr()))?;
        let is_ignored = |name: &CStr| {
            let way = ffi::PyDict_GetItemString(now.ptr(), name.as_ptr());
            if way.is_null() || ffi::PyUnicode_Check(way) == 0 {
                return give_up();
            }
            let order = ffi::PyUnicode_CompareWithASCIIString(way, c"ignore".as_ptr());
            Ok(order == 0)
        };
        if !is_ignored(c"under")? {
            return give_up();
        }
        let mut ignored = 0;
        for (bit, name) in NAMES.into_iter().enumerate() {
            ignored |= usize::from(is_ignored(name)?) << bit;
        }
        // What the program gave to be called could run code as it goes.
        let called = ffi::PyDict_GetItemString(now.ptr(), c"call".as_ptr());
        if called == ffi::Py_None() {
            // A live object, which is kept so that its address stays its own.
            let kept = Obj::borrowed(state).into_ptr();
            let at = usize::from(!STATES.seen[0].get().0.is_null());
            let (last, _) = STATES.seen[at].replace((kept, ignored));
            if !last.is_null() {
                ffi::Py_DECREF(last);
            }
        }
        Ok(ignored)
    }
}

/// Gives up if the program is to be told of underflow.
#[inline]
pub fn quiet(api: Api) -> Res<()> {
    // Nobody has changed it since this region began to watch.
    if warned::watches() {
        return Ok(());
    }
    ignored(api).map(drop)
}

/// Before NumPy's code runs that seldom warns, and computes with no floats.
#[inline]
pub fn watch() -> Res<()> {
    if warned::watches() {
        return Ok(());
    }
    quiet(api()?)?;
    warned::watch()
}

/// Before NumPy's code runs on an array: it raises what it would warn of only where it computes with floats.
#[inline]
pub fn watch_or_arm(computes_with_floats: bool) -> Res<Api> {
    if computes_with_floats {
        return arm();
    }
    watch()?;
    api()
}

/// Lets NumPy raise what it would warn of, until the region ends.
#[inline]
pub fn arm() -> Res<Api> {
    let api = api()?;
    if !TOKEN.get().is_null() {
        return Ok(api);
    }
    let ignored = ignored(api)?;
    warned::watch()?;
    TOKEN.set(set(api, raising(api, ignored)?)?.into_ptr());
    Ok(api)
}

/// Another state; what it was before comes with what is answered.
fn set(api: Api, state: *mut PyObject) -> Res<Obj> {
    // SAFETY: NumPy's variable and a state that NumPy made.
    unsafe { Obj::owned(PyContextVar_Set(api.errors, state)) }
}

/// Gives `errstate` back.
#[inline]
pub fn disarm() {
    let token = TOKEN.replace(std::ptr::null_mut());
    if !token.is_null() {
        restore(token);
    }
}

#[cold]
#[inline(never)]
fn restore(token: *mut PyObject) {
    let Some(api) = known_api() else { return };
    // SAFETY: the token of the same thread's first change; a pending exception is kept.
    unsafe {
        let mut pending = Pending(
            std::ptr::null_mut(),
            std::ptr::null_mut(),
            std::ptr::null_mut(),
        );
        #[allow(deprecated)]
        ffi::PyErr_Fetch(&raw mut pending.0, &raw mut pending.1, &raw mut pending.2);
        if PyContextVar_Reset(api.errors, token) < 0 {
            ffi::PyErr_Clear();
        }
        ffi::Py_DECREF(token);
        pending.put_back();
    }
}

/// An exception that waits while other calls are made.
struct Pending(*mut PyObject, *mut PyObject, *mut PyObject);

impl Pending {
    /// Sets it again.
    unsafe fn put_back(self) {
        // SAFETY: the three parts come from `PyErr_Fetch`.
        #[allow(deprecated)]
        unsafe {
            ffi::PyErr_Restore(self.0, self.1, self.2);
        }
    }
}

/// `with numpy.errstate(…)` begins, which ignores some conditions and does not ignore others. The answer is for its end.
pub fn enter(ignores: Conditions, notices: Conditions) -> Res<Obj> {
    let api = arm()?;
    let before = ignored(api)?;
    set(api, raising(api, before & !notices | ignores)?)?;
    // SAFETY: a state that is kept for ever.
    Ok(unsafe { Obj::borrowed(raising(api, before)?) })
}

/// It ends.
pub fn leave(before: &Obj) {
    // Code of the program that ran meanwhile had its own state, and has it still.
    if TOKEN.get().is_null() {
        return;
    }
    if let Some(api) = known_api() {
        // There is room for what is set: it was there before.
        drop(set(api, before.ptr()));
    }
}

thread_local! {
    /// What is ignored while the interpreter is let go, with the number of that time.
    static MEANWHILE: Cell<(u32, Conditions)> = const { Cell::new((0, 0)) };
}

/// Gives up unless all of these conditions are ignored.
#[cold]
pub(super) fn bear(raised: Conditions) -> Res<()> {
    let known = known_api().map_or_else(give_up, Ok)?;
    let (time, then) = MEANWHILE.get();
    let now = if held::is_out() && time == held::times_out() {
        then
    } else {
        let now = held::with(|| ignored(known))?;
        if held::is_out() {
            MEANWHILE.set((held::times_out(), now));
        }
        now
    };
    if raised & !now == 0 {
        Ok(())
    } else {
        give_up()
    }
}
