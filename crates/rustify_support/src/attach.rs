//! The extension module: it puts translated functions behind the program's own function objects.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use pyo3_ffi::{self as ffi, PyObject};

use super::capture::{self, Capture};
use super::exc::{Exc, IN_PYTHON, Res};
use super::journal;
use super::obj::Obj;
use super::value::Value;

/// How a parameter takes its argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// By position only.
    PositionalOnly,
    /// By position or by name.
    Ordinary,
    /// By name only.
    KeywordOnly,
    /// All further positions, as a tuple.
    Variadic,
    /// All further names, as a dict.
    Keywords,
}

/// The arguments of a call, one for each parameter.
pub type Arguments<'a> = &'a [*mut PyObject];

/// A translated function with one set of types.
pub type Entry = fn(Arguments<'_>) -> Res<Obj>;

/// A translated function.
pub struct Function {
    /// Its qualified name in the file.
    pub qualname: &'static str,
    /// The line of its `def`.
    pub line: i64,
    /// Its parameters.
    pub params: &'static [(&'static str, Kind)],
    /// Its translations, tried in order.
    pub entries: &'static [Entry],
    /// The names it relies on, itself and what it calls.
    pub captures: &'static [&'static Capture],
    /// What Python calls.
    pub vectorcall: ffi::vectorcallfunc,
    /// What happened so far.
    pub state: State,
}

/// What happened to a function so far.
#[derive(Default)]
pub struct State {
    calls: Cell<u64>,
    completed: Cell<u64>,
    deopted: Cell<u64>,
    first: Cell<usize>,
    globals: Cell<*mut PyObject>,
    versions: Cell<(u64, u64)>,
    /// Where code is added to: what it calls, and the code without it.
    native: Cell<*mut PyObject>,
    code: Cell<*mut PyObject>,
}

impl State {
    /// Nothing so far.
    pub const fn new() -> Self {
        Self {
            calls: Cell::new(0),
            completed: Cell::new(0),
            deopted: Cell::new(0),
            first: Cell::new(0),
            globals: Cell::new(std::ptr::null_mut()),
            versions: Cell::new((0, 0)),
            native: Cell::new(std::ptr::null_mut()),
            code: Cell::new(std::ptr::null_mut()),
        }
    }
}

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Function {}

/// What a generated crate declares.
pub trait Table {
    /// The name of the extension module.
    const NAME: &'static std::ffi::CStr;
    /// The hash of the source.
    const SOURCE_HASH: &'static std::ffi::CStr;
    /// The version of rustify.
    const VERSION: &'static std::ffi::CStr;
    /// The functions.
    const FUNCTIONS: &'static [&'static Function];
}

/// What Python itself runs functions by. From 3.13 on it has no public name, so it is read from a new function.
static IN_PYTHON_BY: OnceLock<ffi::vectorcallfunc> = OnceLock::new();

/// Reads [`IN_PYTHON_BY`] with the help of any function.
unsafe fn learn(function: *mut ffi::PyFunctionObject, namespace: &Obj) -> Res<()> {
    if IN_PYTHON_BY.get().is_none() {
        // SAFETY: the code of a live function, and the dict of a module.
        unsafe {
            let new = Obj::owned(ffi::PyFunction_New((*function).func_code, namespace.ptr()))?;
            let by = (*new.ptr().cast::<ffi::PyFunctionObject>()).vectorcall;
            IN_PYTHON_BY.get_or_init(|| by.unwrap_or(unknown));
        }
    }
    Ok(())
}

unsafe extern "C" fn unknown(
    _: *mut PyObject,
    _: *const *mut PyObject,
    _: usize,
    _: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: sets an exception.
    unsafe {
        ffi::PyErr_SetString(
            ffi::PyExc_SystemError,
            c"a function without a way to run".as_ptr(),
        )
    };
    std::ptr::null_mut()
}

fn python() -> ffi::vectorcallfunc {
    IN_PYTHON_BY.get().copied().unwrap_or(unknown)
}

/// After so many calls that gave up, and hardly any that did not, a function stays in Python.
const PATIENCE: u64 = 64;

/// The most parameters that a translated function may have.
pub const MOST_PARAMETERS: usize = 32;

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
    let state = &function.state;
    // SAFETY: Python passes valid vectorcall arguments with the interpreter held.
    unsafe {
        let tired = state.deopted.get() > PATIENCE && state.completed.get() < state.deopted.get();
        if tired || IN_PYTHON.get() > 0 || super::tracing::active() {
            return python()(callable, args, nargsf, kwnames);
        }
        state.calls.set(state.calls.get() + 1);
        let ran = catch_unwind(AssertUnwindSafe(|| {
            run(function, callable, args, nargsf, kwnames)
        }));
        super::numpy::disarm();
        match ran.unwrap_or(Err(Exc::GIVE_UP)) {
            Ok(result) => {
                journal::commit();
                state.completed.set(state.completed.get() + 1);
                result.into_ptr()
            }
            Err(error) => {
                journal::roll_back();
                if error.is_interrupt() {
                    return std::ptr::null_mut();
                }
                state.deopted.set(state.deopted.get() + 1);
                IN_PYTHON.set(IN_PYTHON.get() + 1);
                let result = python()(callable, args, nargsf, kwnames);
                IN_PYTHON.set(IN_PYTHON.get() - 1);
                result
            }
        }
    }
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
        // A copy of the module has names of its own.
        if (*callable.cast::<ffi::PyFunctionObject>()).func_globals != function.state.globals.get()
        {
            return Err(Exc::GIVE_UP);
        }
        let builtins = (*callable.cast::<ffi::PyFunctionObject>()).func_builtins;
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
    for (i, entry) in function.entries.iter().enumerate().skip(first) {
        answer = entry(arguments);
        if answer != Err(Exc::GIVE_UP) {
            if i > first && function.state.completed.get() < PATIENCE {
                // The same wider type will be needed soon again.
                function.state.first.set(i);
            }
            return answer;
        }
        journal::roll_back();
        if super::recursion::was_too_deep() {
            return answer;
        }
    }
    if first > 0 {
        function.state.first.set(0);
    }
    answer
}

impl PartialEq for Obj {
    fn eq(&self, other: &Self) -> bool {
        self.ptr() == other.ptr()
    }
}

/// Gives each parameter its argument or its default.
unsafe fn bind(
    function: &'static Function,
    callable: *mut PyObject,
    args: *const *mut PyObject,
    n: usize,
    kwnames: *mut PyObject,
    bound: &mut [*mut PyObject; MOST_PARAMETERS],
    made: &mut [Option<Obj>; 2],
) -> Res<()> {
    // SAFETY: passed on from Python; each object lives through the call.
    unsafe {
        let params = function.params;
        let by_position = |k: Kind| matches!(k, Kind::PositionalOnly | Kind::Ordinary);
        let positions = params.iter().take_while(|(_, k)| by_position(*k)).count();
        for (i, slot) in bound.iter_mut().enumerate().take(n.min(positions)) {
            *slot = *args.add(i);
        }
        let variadic = params.iter().position(|(_, k)| *k == Kind::Variadic);
        let keywords = params.iter().position(|(_, k)| *k == Kind::Keywords);
        if let Some(at) = variadic {
            let rest = n.saturating_sub(positions);
            let tuple = Obj::owned(ffi::PyTuple_New(rest as isize))?;
            for i in 0..rest {
                let item = Obj::borrowed(*args.add(positions + i));
                ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, item.into_ptr());
            }
            bound[at] = tuple.ptr();
            made[0] = Some(tuple);
        } else if n > positions {
            return Err(Exc::GIVE_UP);
        }
        if let Some(at) = keywords {
            let dict = Obj::owned(ffi::PyDict_New())?;
            bound[at] = dict.ptr();
            made[1] = Some(dict);
        }
        let n_names = if kwnames.is_null() {
            0
        } else {
            ffi::PyTuple_GET_SIZE(kwnames)
        };
        for k in 0..n_names {
            let (name, value) = (ffi::PyTuple_GET_ITEM(kwnames, k), *args.add(n + k as usize));
            let named = params.iter().position(|(text, kind)| {
                matches!(kind, Kind::Ordinary | Kind::KeywordOnly) && is_text(name, text)
            });
            match (named, keywords) {
                (Some(at), _) if bound[at].is_null() => bound[at] = value,
                (None, Some(at)) => {
                    if ffi::PyDict_SetItem(bound[at], name, value) < 0 {
                        return Err(Exc::fetch());
                    }
                }
                _ => return Err(Exc::GIVE_UP),
            }
        }
        let defaults = ffi::PyFunction_GetDefaults(callable);
        let n_defaults = if defaults.is_null() {
            0
        } else {
            ffi::PyTuple_GET_SIZE(defaults) as usize
        };
        for (i, (text, kind)) in params.iter().enumerate() {
            if !bound[i].is_null() {
                continue;
            }
            if *kind == Kind::KeywordOnly {
                let all = ffi::PyFunction_GetKwDefaults(callable);
                if !all.is_null() {
                    let key =
                        ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as isize);
                    let key = Obj::owned(key)?;
                    bound[i] = ffi::PyDict_GetItemWithError(all, key.ptr());
                }
            } else if i < positions && i + n_defaults >= positions {
                bound[i] = ffi::PyTuple_GET_ITEM(defaults, (i + n_defaults - positions) as isize);
            }
            if bound[i].is_null() {
                return Err(Exc::GIVE_UP);
            }
        }
        Ok(())
    }
}

unsafe fn is_text(object: *mut PyObject, text: &str) -> bool {
    // SAFETY: a name of a keyword argument is a `str`.
    unsafe {
        let mut n = 0;
        let utf8 = ffi::PyUnicode_AsUTF8AndSize(object, &raw mut n);
        if utf8.is_null() {
            ffi::PyErr_Clear();
            return false;
        }
        std::slice::from_raw_parts(utf8.cast::<u8>(), n as usize) == text.as_bytes()
    }
}

/// The version of a dict, where the interpreter keeps one.
#[inline]
unsafe fn version(dict: *mut PyObject) -> u64 {
    #[cfg(not(Py_3_14))]
    {
        // SAFETY: a dict: head, number of items, version.
        unsafe { dict.cast::<u64>().add(3).read() }
    }
    #[cfg(Py_3_14)]
    {
        let _ = dict;
        0
    }
}

/// The versions of the modules whose attributes a function relies on, put together.
#[inline]
unsafe fn modules(function: &'static Function) -> u64 {
    let mut sum = 0u64;
    for capture in function.captures {
        let dict = capture.holder();
        if !dict.is_null() {
            // SAFETY: the dict of a module, kept alive by the capture. Versions only grow, and so does their sum.
            sum = sum.wrapping_add(unsafe { version(dict) });
        }
        // A class that changes gets another version, or none.
        let class = capture.class_version();
        sum = sum.wrapping_add(class.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    }
    sum
}

/// Gives up unless every name that the function relies on means what it meant.
#[inline]
fn check_captures(function: &'static Function, builtins: *mut PyObject) -> Res<()> {
    let state = &function.state;
    // SAFETY: the namespace and `builtins` live as long as the function.
    unsafe {
        let globals = state.globals.get();
        let now = (
            version(globals),
            if builtins.is_null() {
                0
            } else {
                version(builtins)
            }
            .wrapping_add(modules(function)),
        );
        if cfg!(not(Py_3_14)) && now == state.versions.get() {
            return Ok(());
        }
        let namespace = Obj::borrowed(globals);
        // Names are looked up in the builtins of the frame that runs.
        if builtins != ffi::PyEval_GetBuiltins() {
            return Err(Exc::GIVE_UP);
        }
        if !function.captures.iter().all(|c| c.holds(&namespace)) {
            return Err(Exc::GIVE_UP);
        }
        state.versions.set(now);
        Ok(())
    }
}

fn attach_one<T: Table>(namespace: &Obj, at: usize) -> &'static str {
    let function = T::FUNCTIONS[at];
    let Some(object) = capture::function(namespace, function.qualname) else {
        return "the name does not hold a plain function";
    };
    // SAFETY: exactly a function object; its fields are live.
    unsafe {
        let f = object.ptr().cast::<ffi::PyFunctionObject>();
        if learn(f, namespace).is_err() {
            ffi::PyErr_Clear();
            return "the interpreter does not say how it runs functions";
        }
        let line = Obj::owned(ffi::PyObject_GetAttrString(
            (*f).func_code,
            c"co_firstlineno".as_ptr(),
        ));
        if line.and_then(|l| i64::from_obj(&l)) != Ok(function.line) {
            return "the name holds another function";
        }
        if !function
            .captures
            .iter()
            .all(|c| c.holds(namespace) || c.renew(namespace))
        {
            return "a name that it relies on is missing";
        }
        function
            .state
            .globals
            .set(Obj::borrowed(namespace.ptr()).into_ptr());
        super::namespace::belongs_to(namespace);
        function.state.versions.set((u64::MAX, 0));
        if cfg!(all(Py_3_11, not(Py_3_12))) {
            return splice_one::<T>(&object, at);
        }
        set_vectorcall(f, Some(function.vectorcall));
    }
    "rust"
}

/// The way into Rust from the beginning that [`splice`] adds to a function's code: it answers itself where Python has
/// to go on.
unsafe extern "C" fn spliced<T: Table>(
    this: *mut PyObject,
    args: *mut *mut PyObject,
    n: isize,
) -> *mut PyObject {
    // SAFETY: Python passes the number that the object was made with, and valid arguments, one for each parameter.
    unsafe {
        let function = T::FUNCTIONS[ffi::PyLong_AsSize_t(this)];
        let state = &function.state;
        let native = function.state.native.get();
        let tired = state.deopted.get() > PATIENCE && state.completed.get() < state.deopted.get();
        let fits = n as usize == function.params.len();
        if tired || !fits || IN_PYTHON.get() > 0 || super::tracing::active() {
            return Obj::borrowed(native).into_ptr();
        }
        state.calls.set(state.calls.get() + 1);
        let ran = catch_unwind(AssertUnwindSafe(|| {
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
        }));
        super::numpy::disarm();
        match ran.unwrap_or(Err(Exc::GIVE_UP)) {
            Ok(result) => {
                journal::commit();
                state.completed.set(state.completed.get() + 1);
                result.into_ptr()
            }
            Err(error) => {
                journal::roll_back();
                if error.is_interrupt() {
                    return std::ptr::null_mut();
                }
                state.deopted.set(state.deopted.get() + 1);
                Obj::borrowed(native).into_ptr()
            }
        }
    }
}

/// Lets the code of a function begin with Rust.
fn splice_one<T: Table>(object: &Obj, at: usize) -> &'static str {
    let function = T::FUNCTIONS[at];
    let done = (|| {
        // SAFETY: the definition lives for ever, and so does the object that the state keeps.
        unsafe {
            if function.state.native.get().is_null() {
                let def = Box::new(ffi::PyMethodDef {
                    ml_name: c"rust".as_ptr(),
                    ml_meth: ffi::PyMethodDefPointer {
                        PyCFunctionFast: spliced::<T>,
                    },
                    ml_flags: ffi::METH_FASTCALL,
                    ml_doc: std::ptr::null(),
                });
                let number = Obj::owned(ffi::PyLong_FromSize_t(at))?;
                let native =
                    ffi::PyCFunction_NewEx(Box::leak(def), number.ptr(), std::ptr::null_mut());
                function.state.native.set(Obj::owned(native)?.into_ptr());
            }
            let native = Obj::borrowed(function.state.native.get());
            let names: Vec<&str> = function.params.iter().map(|(name, _)| *name).collect();
            let code = ffi::PyObject_GetAttrString(object.ptr(), c"__code__".as_ptr());
            let code = Obj::owned(code)?;
            if function.state.code.get().is_null() {
                function.state.code.set(code.into_ptr());
            }
            super::splice::splice(object, &native, &names)
        }
    })();
    match done {
        Ok(true) => "rust",
        Ok(false) => "its code has a form that is not known",
        Err(_) => {
            // SAFETY: clears what the helper may have raised.
            unsafe { ffi::PyErr_Clear() };
            "its code cannot be added to"
        }
    }
}

/// Lets a function object run native code, or its own again.
unsafe fn set_vectorcall(
    function: *mut ffi::PyFunctionObject,
    vectorcall: Option<ffi::vectorcallfunc>,
) {
    let vectorcall = vectorcall.unwrap_or_else(python);
    // SAFETY: exactly a function object.
    unsafe {
        #[cfg(Py_3_12)]
        {
            unsafe extern "C" {
                fn PyFunction_SetVectorcall(
                    function: *mut PyObject,
                    vectorcall: ffi::vectorcallfunc,
                );
            }
            PyFunction_SetVectorcall(function.cast(), vectorcall);
        }
        #[cfg(not(Py_3_12))]
        {
            (*function).vectorcall = Some(vectorcall);
        }
    }
}

/// `attach(namespace, names=None)`: what became of each function; those outside `names` are left alone.
unsafe extern "C" fn attach<T: Table>(_: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python passes the tuple of arguments.
    unsafe {
        let answer = (|| {
            let count = ffi::PyTuple_Size(args);
            if !(1..=2).contains(&count) || ffi::PyDict_Check(ffi::PyTuple_GetItem(args, 0)) == 0 {
                return Err(Exc::GIVE_UP);
            }
            let namespace = Obj::borrowed(ffi::PyTuple_GetItem(args, 0));
            let names = (count == 2).then(|| ffi::PyTuple_GetItem(args, 1));
            super::tracing::calibrate();
            let report = Obj::owned(ffi::PyDict_New())?;
            let off = std::env::var_os("RUSTIFY_DISABLE").is_some_and(|v| v == "1");
            for (i, function) in T::FUNCTIONS.iter().enumerate() {
                let chosen = match names {
                    None => 1,
                    Some(names) => ffi::PySequence_Contains(names, text(function.qualname)?.ptr()),
                };
                if chosen < 0 {
                    return Err(Exc::fetch());
                }
                let said = if off {
                    "switched off by RUSTIFY_DISABLE"
                } else if chosen == 0 {
                    "not chosen"
                } else {
                    attach_one::<T>(&namespace, i)
                };
                put(&report, function.qualname, text(said)?)?;
            }
            Ok(report)
        })();
        finish(answer)
    }
}

/// `detach(namespace)`.
unsafe extern "C" fn detach<T: Table>(_: *mut PyObject, namespace: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python passes one live object.
    unsafe {
        let namespace = Obj::borrowed(namespace);
        for function in T::FUNCTIONS {
            if ffi::PyDict_Check(namespace.ptr()) != 0
                && let Some(object) = capture::function(&namespace, function.qualname)
            {
                let code = function.state.code.get();
                if code.is_null() {
                    set_vectorcall(object.ptr().cast(), None);
                } else if ffi::PyObject_SetAttrString(object.ptr(), c"__code__".as_ptr(), code) < 0
                {
                    ffi::PyErr_Clear();
                }
            }
        }
        finish(Ok(Obj::none()))
    }
}

/// `stats()`: for each function its calls, those that Rust completed, and those that gave up.
unsafe extern "C" fn stats<T: Table>(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    let answer = (|| {
        // SAFETY: makes a dict.
        let report = unsafe { Obj::owned(ffi::PyDict_New())? };
        for function in T::FUNCTIONS {
            let s = &function.state;
            let counts = (
                s.calls.get() as i64,
                s.completed.get() as i64,
                s.deopted.get() as i64,
            );
            put(&report, function.qualname, counts.into_obj()?)?;
        }
        Ok(report)
    })();
    finish(answer)
}

fn text(said: &str) -> Res<Obj> {
    // SAFETY: the text is copied.
    unsafe {
        Obj::owned(ffi::PyUnicode_FromStringAndSize(
            said.as_ptr().cast(),
            said.len() as isize,
        ))
    }
}

fn put(dict: &Obj, key: &str, value: Obj) -> Res<()> {
    let key = text(key)?;
    // SAFETY: a dict and live objects.
    if unsafe { ffi::PyDict_SetItem(dict.ptr(), key.ptr(), value.ptr()) } == 0 {
        Ok(())
    } else {
        Err(Exc::fetch())
    }
}

fn finish(answer: Res<Obj>) -> *mut PyObject {
    answer.map_or_else(
        |_| {
            // SAFETY: sets an exception.
            unsafe {
                ffi::PyErr_SetString(
                    ffi::PyExc_TypeError,
                    c"a module's namespace is needed".as_ptr(),
                )
            };
            std::ptr::null_mut()
        },
        Obj::into_ptr,
    )
}

/// Makes the extension module.
pub fn init<T: Table>() -> *mut PyObject {
    let method =
        |name: &'static std::ffi::CStr, function: ffi::PyCFunction, flags| ffi::PyMethodDef {
            ml_name: name.as_ptr(),
            ml_meth: ffi::PyMethodDefPointer {
                PyCFunction: function,
            },
            ml_flags: flags,
            ml_doc: std::ptr::null(),
        };
    let methods = vec![
        method(c"attach", attach::<T>, ffi::METH_VARARGS),
        method(c"detach", detach::<T>, ffi::METH_O),
        method(c"stats", stats::<T>, ffi::METH_NOARGS),
        ffi::PyMethodDef::zeroed(),
    ];
    let def = Box::new(ffi::PyModuleDef {
        m_base: ffi::PyModuleDef_HEAD_INIT,
        m_name: T::NAME.as_ptr(),
        m_doc: c"Rust behind the functions of a Python module.".as_ptr(),
        m_size: -1,
        m_methods: methods.leak().as_mut_ptr(),
        m_slots: std::ptr::null_mut(),
        m_traverse: None,
        m_clear: None,
        m_free: None,
    });
    // SAFETY: the definition lives for ever.
    unsafe {
        let module = ffi::PyModule_Create(Box::leak(def));
        if !module.is_null() {
            let failed = ffi::PyModule_AddStringConstant(
                module,
                c"SOURCE_HASH".as_ptr(),
                T::SOURCE_HASH.as_ptr(),
            ) < 0
                || ffi::PyModule_AddStringConstant(
                    module,
                    c"RUSTIFY_VERSION".as_ptr(),
                    T::VERSION.as_ptr(),
                ) < 0;
            if failed {
                ffi::Py_DECREF(module);
                return std::ptr::null_mut();
            }
        }
        module
    }
}

/// Declares the extension module of a table: `module!(PyInit_name, Table)`.
macro_rules! module {
    ($init:ident, $table:ty) => {
        /// What Python calls when the extension is imported.
        #[unsafe(no_mangle)]
        #[allow(non_snake_case)]
        pub extern "C" fn $init() -> *mut pyo3_ffi::PyObject {
            $crate::support::attach::init::<$table>()
        }
    };
}
#[allow(unused_imports)]
pub(crate) use module;
