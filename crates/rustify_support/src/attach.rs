//! The extension module: it puts translated functions behind the program's own function objects.

use pyo3_ffi::{self as ffi, PyObject};

use super::capture;
pub use super::entry::call;
use super::entry::spliced;
use super::exc::{Exc, Res};
pub use super::function::{Arguments, Function, Kind, State, Table};
use super::obj::Obj;
use super::python_way::{learn, set_vectorcall};
use super::value::Value;

fn attach_one<T: Table>(namespace: &Obj, at: usize) -> &'static str {
    let function = T::FUNCTIONS[at];
    let Some(object) = capture::function(namespace, function.qualname) else {
        return "the name does not hold a plain function";
    };
    let object = capture::behind(&object, function.line, 0).unwrap_or(object);
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
        for capture in function.spare_captures {
            // One that is missing lets the spares give up.
            let _ = capture.holds(namespace) || capture.renew(namespace);
        }
        function
            .state
            .globals
            .set(Obj::borrowed(namespace.ptr()).into_ptr());
        super::namespace::belongs_to(namespace);
        function.state.guards.set(None);
        if cfg!(all(Py_3_11, not(Py_3_12))) {
            return splice_one::<T>(&object, at);
        }
        let code = Obj::borrowed((*f).func_code);
        function.state.stands_for.set(code.into_ptr());
        // It is kept for ever, as the objects of the captures are.
        function.state.object.set(object.clone().into_ptr());
        set_vectorcall(f, Some(function.vectorcall));
    }
    "rust"
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
                function.state.code.set(code.clone().into_ptr());
            }
            let done = super::splice::splice(object, &native, &names)?;
            let now = (*object.ptr().cast::<ffi::PyFunctionObject>()).func_code;
            let now = Obj::borrowed(now);
            for capture in T::FUNCTIONS.iter().flat_map(|f| f.captures) {
                capture.recoded(object, &code, &now);
            }
            Res::Ok(done)
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
                let object = capture::behind(&object, function.line, 0).unwrap_or(object);
                function.state.object.set(std::ptr::null_mut());
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

/// `spared()`: for each function the calls that a translation for other argument types completed.
unsafe extern "C" fn spared<T: Table>(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    let answer = (|| {
        // SAFETY: makes a dict.
        let report = unsafe { Obj::owned(ffi::PyDict_New())? };
        for function in T::FUNCTIONS {
            let count = function.state.spared.get() as i64;
            put(&report, function.qualname, count.into_obj()?)?;
        }
        Ok(report)
    })();
    finish(answer)
}

/// `without_spares(names)`: these functions, and no others, run for arguments of recorded types only.
unsafe extern "C" fn without_spares<T: Table>(
    _: *mut PyObject,
    names: *mut PyObject,
) -> *mut PyObject {
    let answer = (|| {
        for function in T::FUNCTIONS {
            // SAFETY: Python passes one live object.
            let found = unsafe { ffi::PySequence_Contains(names, text(function.qualname)?.ptr()) };
            if found < 0 {
                return Err(Exc::fetch());
            }
            function.state.without_spares.set(found == 1);
        }
        Ok(Obj::none())
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
        method(c"spared", spared::<T>, ffi::METH_NOARGS),
        method(c"without_spares", without_spares::<T>, ffi::METH_O),
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
