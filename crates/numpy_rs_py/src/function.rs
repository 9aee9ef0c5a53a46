//! Compiled functions as Python objects, and the `__array_function__` protocol (NEP 18) around them.
//!
//! One static type serves all: functions declared in Rust by a [`FunctionDef`], and Python functions wrapped by
//! `array_function_dispatch` in the package.

use std::ffi::c_void;
use std::sync::OnceLock;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple, PyType};

use crate::beside;
use crate::classes::{ARRAY_FUNCTION_DISPATCHER, BUILTIN_FUNCTION, NDARRAY, num_of_scalar_class};
use crate::gate;
use crate::signature::{Args, Signature};
use crate::static_type::{StaticType, TypeSetup, leak_table, ready};

/// A function of the door, declared once.
pub struct FunctionDef {
    /// The module it shows, below the package: `""` for the package itself, `"linalg"`…
    pub module: &'static str,
    /// Name and parameters.
    pub signature: &'static str,
    /// The parameters whose types may override the function, by name: `a`, `arrays*` (its items), `like!` (NEP 35).
    /// Empty for functions that cannot be overridden.
    pub relevant: &'static [&'static str],
    /// The docstring.
    pub doc: &'static str,
    /// The implementation.
    pub run: for<'py> fn(&Args<'py>) -> PyResult<Bound<'py, PyAny>>,
}

/// The definition of a function of the package itself.
pub(crate) const fn page(
    signature: &'static str,
    relevant: &'static [&'static str],
    doc: &'static str,
    run: for<'py> fn(&Args<'py>) -> PyResult<Bound<'py, PyAny>>,
) -> FunctionDef {
    FunctionDef {
        module: "",
        signature,
        relevant,
        doc,
        run,
    }
}

/// The parsed form of a definition.
struct Prepared {
    def: &'static FunctionDef,
    signature: Signature,
    relevant: Vec<(usize, Relevance)>,
}

impl Prepared {
    /// Whether NumPy has it as a builtin, which is no method where a class holds it: those whose arguments cannot
    /// override it.
    fn is_builtin(&self) -> bool {
        !self.def.signature.contains("(self")
            && self.relevant.iter().all(|(_, r)| *r == Relevance::Like)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Relevance {
    Itself,
    Items,
    Like,
}

unsafe extern "C" {
    fn PyMethod_New(function: *mut PyObject, instance: *mut PyObject) -> *mut PyObject;
}

/// The object: a vectorcall, what it calls, and its attributes.
#[repr(C)]
struct FunctionObject {
    ob_base: PyObject,
    vectorcall: Option<ffi::vectorcallfunc>,
    dict: *mut PyObject,
    weakrefs: *mut PyObject,
    /// For Rust functions.
    prepared: *const Prepared,
    /// For Python functions: the function that gives the relevant arguments (or null), and the implementation.
    dispatcher: *mut PyObject,
    implementation: *mut PyObject,
}

/// Makes the Python object of a definition; it lives as long as the process.
pub(crate) fn make<'py>(py: Python<'py>, def: &'static FunctionDef) -> PyResult<Bound<'py, PyAny>> {
    let signature = Signature::parse(def.signature);
    let mut relevant = Vec::new();
    for name in def.relevant {
        let (bare, kind) = match name.as_bytes().last() {
            Some(b'*') => (&name[..name.len() - 1], Relevance::Items),
            Some(b'!') => (&name[..name.len() - 1], Relevance::Like),
            _ => (*name, Relevance::Itself),
        };
        let at = signature.position(bare).ok_or_else(|| {
            PyTypeError::new_err(format!(
                "{}: relevant parameter {bare} does not exist",
                signature.name
            ))
        })?;
        relevant.push((at, kind));
    }
    let prepared: &'static Prepared = Box::leak(Box::new(Prepared {
        def,
        signature,
        relevant,
    }));
    let class = if prepared.is_builtin() {
        &BUILTIN_FUNCTION
    } else {
        &ARRAY_FUNCTION_DISPATCHER
    };
    let object = allocate(py, class)?;
    // SAFETY: the object was just made.
    unsafe { (*object.as_ptr().cast::<FunctionObject>()).prepared = prepared };
    let dict = dict_of(&object)?;
    let name = prepared.signature.name;
    dict.set_item("__name__", name)?;
    dict.set_item("__qualname__", name)?;
    let module = match def.module {
        "" => crate::package::name().to_owned(),
        m => format!("{}.{m}", crate::package::name()),
    };
    dict.set_item("__module__", module)?;
    dict.set_item("__doc__", def.doc)?;
    dict.set_item("__text_signature__", prepared.signature.text)?;
    Ok(object)
}

/// Puts functions whose first parameter is `self` into the dict of a static type, where they work as methods.
///
/// # Safety
///
/// `ty` is a ready static type; the interpreter is held.
pub(crate) unsafe fn add_methods(
    py: Python<'_>,
    ty: *mut ffi::PyTypeObject,
    class: &str,
    methods: &'static [FunctionDef],
) -> PyResult<()> {
    for def in methods {
        let object = make(py, def)?;
        let name: String = object.getattr("__name__")?.extract()?;
        let dict = dict_of(&object)?;
        dict.set_item("__qualname__", format!("{class}.{name}"))?;
        dict.del_item("__module__")?;
        let name = PyString::new(py, &name);
        // SAFETY: a ready static type has a dict; the type is told of the change below.
        if unsafe { ffi::PyDict_SetItem((*ty).tp_dict, name.as_ptr(), object.as_ptr()) } < 0 {
            return Err(PyErr::fetch(py));
        }
    }
    // SAFETY: promised by the caller.
    unsafe { ffi::PyType_Modified(ty) };
    Ok(())
}

fn allocate<'py>(py: Python<'py>, class: &StaticType) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the type is ready; a zeroed instance with its vectorcall set is valid.
    unsafe {
        let raw = ffi::PyType_GenericAlloc(class.get(), 0);
        let object = Bound::from_owned_ptr_or_err(py, raw)?;
        let f = &mut *raw.cast::<FunctionObject>();
        f.vectorcall = Some(call);
        f.dict = PyDict::new(py).into_ptr();
        Ok(object)
    }
}

fn dict_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
    // SAFETY: every instance has a dict.
    let dict = unsafe {
        Bound::from_borrowed_ptr(
            object.py(),
            (*object.as_ptr().cast::<FunctionObject>()).dict,
        )
    };
    Ok(dict.cast_into()?)
}

unsafe extern "C" fn call(
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: Python calls with the interpreter held and valid vectorcall arguments.
    unsafe {
        gate::enter_object(|py| {
            let f = &*callable.cast::<FunctionObject>();
            let n = ffi::PyVectorcall_NARGS(nargsf) as usize;
            if f.prepared.is_null() {
                return call_python(py, callable, args, n, kwnames);
            }
            let prepared = &*f.prepared;
            let bound = prepared.signature.bind(py, args, n, kwnames)?;
            if !prepared.relevant.is_empty()
                && let Some(overrides) = collect_overrides(&bound, &prepared.relevant)?
            {
                let positional = tuple_of(py, args, n)?;
                let keywords = keywords_of(py, args, n, kwnames)?;
                return call_overrides(
                    py,
                    callable,
                    &overrides,
                    &positional,
                    &keywords,
                    prepared.signature.name,
                );
            }
            (prepared.def.run)(&bound)
        })
    }
}

/// A type that overrides, with the argument it came from.
struct Override<'py> {
    argument: Bound<'py, PyAny>,
    method: Bound<'py, PyAny>,
}

/// Whether a value of this type certainly has no `__array_function__`.
#[inline]
fn is_plain(value: &Bound<'_, PyAny>) -> bool {
    let ty = value.get_type_ptr();
    {
        ty == NDARRAY.get()
            || value.is_none()
            || ty == &raw mut ffi::PyList_Type
            || ty == &raw mut ffi::PyTuple_Type
            || ty == &raw mut ffi::PyFloat_Type
            || ty == &raw mut ffi::PyLong_Type
            || ty == &raw mut ffi::PyBool_Type
            || ty == &raw mut ffi::PyComplex_Type
            || ty == &raw mut ffi::PyUnicode_Type
            || ty == &raw mut ffi::PyBytes_Type
            || ty == &raw mut ffi::PySlice_Type
    }
}

fn collect_overrides<'py>(
    args: &Args<'py>,
    relevant: &[(usize, Relevance)],
) -> PyResult<Option<Vec<Override<'py>>>> {
    let mut found: Vec<Override<'py>> = Vec::new();
    for &(at, kind) in relevant {
        let Some(value) = args.get(at) else { continue };
        match kind {
            Relevance::Itself => {
                add_override(&mut found, &value)?;
            }
            Relevance::Like => {
                if value.is_none() {
                    continue;
                }
                let method = lookup(&value)?.ok_or_else(|| {
                    PyTypeError::new_err(
                        "The `like` argument must be an array-like that implements the `__array_function__` protocol.",
                    )
                })?;
                if NDARRAY.is_exact(&value) {
                    continue;
                }
                found.push(Override {
                    argument: value,
                    method,
                });
            }
            Relevance::Items => {
                if NDARRAY.is_exact(&value) {
                    continue;
                }
                if let Ok(list) = value.cast::<PyList>() {
                    for item in list.iter() {
                        add_override(&mut found, &item)?;
                    }
                } else if let Ok(tuple) = value.cast::<PyTuple>() {
                    for item in tuple.iter() {
                        add_override(&mut found, &item)?;
                    }
                } else {
                    add_override(&mut found, &value)?;
                }
            }
        }
    }
    // ndarray subclasses without a method of their own do what the function does anyway.
    let any_foreign = found.iter().any(|o| !is_default_method(&o.method));
    Ok(if found.is_empty() || !any_foreign {
        None
    } else {
        Some(found)
    })
}

/// Adds the type of `value` in the order of NEP 18: subclasses before their bases, else left to right.
/// Answers whether the value is an array of the real NumPy instead, which is an argument like ours.
fn add_override<'py>(found: &mut Vec<Override<'py>>, value: &Bound<'py, PyAny>) -> PyResult<bool> {
    if is_plain(value) || num_of_scalar_class(value.get_type_ptr()).is_some() {
        return Ok(false);
    }

    let ty = value.get_type();
    if found.iter().any(|o| o.argument.get_type().is(&ty)) {
        return Ok(false);
    }
    let Some(method) = lookup(value)? else {
        return Ok(false);
    };
    if !is_default_method(&method) && beside::is_plain(value, "__array_function__")? {
        return Ok(beside::is_array(value));
    }
    let at = found
        .iter()
        .position(|o| ty.is_subclass(&o.argument.get_type()).unwrap_or(false));
    let new = Override {
        argument: value.clone(),
        method,
    };
    match at {
        Some(i) => found.insert(i, new),
        None => found.push(new),
    }
    Ok(false)
}

/// `type(value).__array_function__`, if there is one.
fn lookup<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    value
        .get_type()
        .getattr_opt(pyo3::intern!(value.py(), "__array_function__"))
}

/// Whether a method is ndarray's own.
fn is_default_method(method: &Bound<'_, PyAny>) -> bool {
    static DEFAULT: OnceLock<Option<Py<PyAny>>> = OnceLock::new();
    let py = method.py();
    DEFAULT
        .get_or_init(|| {
            let ndarray = NDARRAY.bound(py);
            ndarray
                .getattr("__array_function__")
                .ok()
                .map(Bound::unbind)
        })
        .as_ref()
        .is_some_and(|d| method.is(d.bind(py)))
}

fn call_overrides<'py>(
    py: Python<'py>,
    callable: *mut PyObject,
    overrides: &[Override<'py>],
    positional: &Bound<'py, PyTuple>,
    keywords: &Bound<'py, PyDict>,
    name: &str,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the callable is alive during its call.
    let public: Bound<'py, PyAny> = unsafe { Bound::from_borrowed_ptr(py, callable) };
    let types = PyTuple::new(py, overrides.iter().map(|o| o.argument.get_type()))?;
    for o in overrides {
        let result = if is_default_method(&o.method) {
            default_array_function(&public, &types, positional, keywords)?
        } else {
            o.method
                .call1((&o.argument, &public, &types, positional, keywords))?
        };
        if !result.is(py.NotImplemented().bind(py)) {
            return Ok(result);
        }
    }
    let module = crate::package::name();
    let list = overrides
        .iter()
        .map(|o| o.argument.get_type())
        .collect::<Vec<Bound<'_, PyType>>>();
    let list = PyList::new(py, list)?.repr()?;
    Err(PyTypeError::new_err(format!(
        "no implementation found for '{module}.{name}' on types that implement __array_function__: {list}"
    )))
}

/// What `ndarray.__array_function__` does: the implementation, unless a type is neither ours nor derived from ours, nor an
/// array class of the real NumPy.
pub(crate) fn default_array_function<'py>(
    function: &Bound<'py, PyAny>,
    types: &Bound<'py, PyAny>,
    args: &Bound<'py, PyAny>,
    kwargs: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = function.py();
    for ty in types.try_iter()? {
        let ty = ty?;
        if let Some(method) = ty.getattr_opt(pyo3::intern!(py, "__array_function__"))?
            && !is_default_method(&method)
        {
            // SAFETY: `ty` came from a sequence of types; the check is on live objects.
            let ours = unsafe {
                ffi::PyType_Check(ty.as_ptr()) != 0
                    && ffi::PyType_IsSubtype(ty.as_ptr().cast(), NDARRAY.get()) != 0
            };
            let theirs = || -> PyResult<bool> {
                let Ok(ty) = ty.cast::<PyType>() else {
                    return Ok(false);
                };
                beside::is_plain_class(ty, "__array_function__")
            };
            if !ours && !theirs()? {
                return Ok(py.NotImplemented().into_bound(py));
            }
        }
    }
    let implementation = function.getattr(pyo3::intern!(py, "_implementation"))?;
    let args: &Bound<'py, PyTuple> = args.cast()?;
    let kwargs: &Bound<'py, PyDict> = kwargs.cast()?;
    implementation.call(args, Some(kwargs))
}

unsafe fn call_python(
    py: Python<'_>,
    callable: *mut PyObject,
    args: *const *mut PyObject,
    n: usize,
    kwnames: *mut PyObject,
) -> PyResult<Bound<'_, PyAny>> {
    // SAFETY: vectorcall arguments are valid, and the object's fields are live.
    unsafe {
        let f = &*callable.cast::<FunctionObject>();
        let mut found = Vec::new();
        if f.dispatcher.is_null() {
            // Relevant is the argument `like`, which is not passed on.
            if n == 0 {
                return Err(PyTypeError::new_err(
                    "`like` argument dispatching, but no arguments",
                ));
            }
            let like = Bound::<PyAny>::from_borrowed_ptr(py, *args);
            let keywords = keywords_of(py, args, n, kwnames)?;
            let rest = tuple_of(py, args.add(1), n - 1)?;
            let method = lookup(&like)?.ok_or_else(|| {
                PyTypeError::new_err(
                    "The `like` argument must be an array-like that implements the `__array_function__` protocol.",
                )
            })?;
            if !is_default_method(&method) {
                let o = Override {
                    argument: like,
                    method,
                };
                return call_overrides(
                    py,
                    callable,
                    &[o],
                    &rest,
                    &keywords,
                    &name_of(py, callable)?,
                );
            }
            let implementation = Bound::<PyAny>::from_borrowed_ptr(py, f.implementation);
            return implementation.call(rest, Some(&keywords));
        }
        let relevant = ffi::PyObject_Vectorcall(f.dispatcher, args, n, kwnames);
        let relevant =
            Bound::from_owned_ptr_or_err(py, relevant).map_err(|e| rename_error(py, e, f))?;
        let mut beside_ours = false;
        let relevant = relevant.try_iter().map_err(|e| {
            if e.is_instance_of::<PyTypeError>(py) {
                PyTypeError::new_err("dispatcher for __array_function__ did not return an iterable")
            } else {
                e
            }
        })?;
        for value in relevant {
            beside_ours |= add_override(&mut found, &value?)?;
        }
        if found.iter().any(|o| !is_default_method(&o.method)) {
            let positional = tuple_of(py, args, n)?;
            let keywords = keywords_of(py, args, n, kwnames)?;
            return call_overrides(
                py,
                callable,
                &found,
                &positional,
                &keywords,
                &name_of(py, callable)?,
            );
        }
        if beside_ours {
            let implementation = Bound::<PyAny>::from_borrowed_ptr(py, f.implementation);
            let positional = tuple_of(py, args, n)?;
            let keywords = keywords_of(py, args, n, kwnames)?;
            return call_with_views(&implementation, &positional, &keywords);
        }
        Bound::from_owned_ptr_or_err(
            py,
            ffi::PyObject_Vectorcall(f.implementation, args, n, kwnames),
        )
    }
}

/// Calls an implementation with views of ours in place of arrays of the real NumPy; what was given as `out` comes back
/// as it was given.
#[cold]
fn call_with_views<'py>(
    implementation: &Bound<'py, PyAny>,
    positional: &Bound<'py, PyTuple>,
    keywords: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = implementation.py();
    let convert = crate::package::import(py, "")?.getattr("asarray")?;
    let seen = |value: Bound<'py, PyAny>| {
        if beside::is_array(&value) {
            convert.call1((value,))
        } else {
            Ok(value)
        }
    };
    let own = positional
        .iter()
        .map(seen)
        .collect::<PyResult<Vec<Bound<'py, PyAny>>>>()?;
    let named = PyDict::new(py);
    for (key, value) in keywords.iter() {
        named.set_item(key, seen(value)?)?;
    }
    let code = implementation.getattr("__code__")?;
    let (names, n_named) = (
        code.getattr("co_varnames")?,
        code.getattr("co_argcount")?.extract()?,
    );
    let mut out = keywords.get_item("out")?.zip(named.get_item("out")?);
    for (i, value) in own.iter().enumerate().take(n_named) {
        if names
            .get_item(i)
            .is_ok_and(|n| n.eq("out").unwrap_or(false))
        {
            out = Some((positional.get_item(i)?, value.clone()));
        }
    }
    let result = implementation.call(PyTuple::new(py, own)?, Some(&named))?;
    Ok(match out {
        Some((given, view)) if result.is(&view) => given,
        _ => result,
    })
}

/// A TypeError for wrong arguments names the dispatcher; users know the public function.
unsafe fn rename_error(py: Python<'_>, error: PyErr, f: &FunctionObject) -> PyErr {
    if !error.is_instance_of::<PyTypeError>(py) {
        return error;
    }
    // SAFETY: the fields are live objects.
    let names = unsafe {
        let d = Bound::<PyAny>::from_borrowed_ptr(py, f.dispatcher).getattr("__name__");
        let i = Bound::<PyAny>::from_borrowed_ptr(py, f.implementation).getattr("__name__");
        d.and_then(|d| Ok((d.extract::<String>()?, i?.extract::<String>()?)))
    };
    let Ok((dispatcher, public)) = names else {
        return error;
    };
    let text = error.value(py).to_string();
    match text.strip_prefix(&dispatcher) {
        Some(rest) => PyTypeError::new_err(format!("{public}{rest}")),
        None => error,
    }
}

unsafe fn name_of(py: Python<'_>, callable: *mut PyObject) -> PyResult<String> {
    // SAFETY: the callable is alive.
    let object = unsafe { Bound::<PyAny>::from_borrowed_ptr(py, callable) };
    object.getattr("__name__")?.extract()
}

unsafe fn tuple_of(
    py: Python<'_>,
    args: *const *mut PyObject,
    n: usize,
) -> PyResult<Bound<'_, PyTuple>> {
    // SAFETY: `args` holds `n` live objects.
    let items = (0..n).map(|i| unsafe { Bound::<PyAny>::from_borrowed_ptr(py, *args.add(i)) });
    PyTuple::new(py, items.collect::<Vec<_>>())
}

unsafe fn keywords_of(
    py: Python<'_>,
    args: *const *mut PyObject,
    n: usize,
    kwnames: *mut PyObject,
) -> PyResult<Bound<'_, PyDict>> {
    let dict = PyDict::new(py);
    if !kwnames.is_null() {
        // SAFETY: one value per name follows the positional ones.
        unsafe {
            for k in 0..ffi::PyTuple_GET_SIZE(kwnames) {
                let key = Bound::<PyAny>::from_borrowed_ptr(py, ffi::PyTuple_GET_ITEM(kwnames, k));
                let value = Bound::<PyAny>::from_borrowed_ptr(py, *args.add(n + k as usize));
                dict.set_item(key, value)?;
            }
        }
    }
    Ok(dict)
}

unsafe extern "C" fn new(
    _: *mut ffi::PyTypeObject,
    args: *mut PyObject,
    _: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: `tp_new` receives a tuple, with the interpreter held.
    unsafe {
        gate::enter_object(|py| {
            let args = Bound::<PyAny>::from_borrowed_ptr(py, args);
            let (dispatcher, implementation): (Bound<'_, PyAny>, Bound<'_, PyAny>) =
                args.extract()?;
            let object = allocate(py, &ARRAY_FUNCTION_DISPATCHER)?;
            let f = &mut *object.as_ptr().cast::<FunctionObject>();
            if !dispatcher.is_none() {
                f.dispatcher = dispatcher.into_ptr();
            }
            f.implementation = implementation.into_ptr();
            Ok(object)
        })
    }
}

unsafe extern "C" fn dealloc(object: *mut PyObject) {
    // SAFETY: the object is dying; each field is dropped once.
    unsafe {
        let f = &mut *object.cast::<FunctionObject>();
        if !f.weakrefs.is_null() {
            ffi::PyObject_ClearWeakRefs(object);
        }
        ffi::Py_CLEAR(&raw mut f.dict);
        ffi::Py_CLEAR(&raw mut f.dispatcher);
        ffi::Py_CLEAR(&raw mut f.implementation);
        ffi::PyObject_Free(object.cast());
    }
}

unsafe extern "C" fn repr(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let name = name_of(py, object).unwrap_or_else(|_| "?".into());
            Ok(PyString::new(py, &format!("<function {name} at {object:p}>")).into_any())
        })
    }
}

unsafe extern "C" fn descr_get(
    object: *mut PyObject,
    instance: *mut PyObject,
    _: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: called by Python on an instance; binding a method keeps both alive.
    unsafe {
        if instance.is_null() {
            ffi::Py_INCREF(object);
            return object;
        }
        PyMethod_New(object, instance)
    }
}

unsafe extern "C" fn not_bound(
    object: *mut PyObject,
    _: *mut PyObject,
    _: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: called by Python with a live object.
    unsafe { ffi::Py_INCREF(object) };
    object
}

unsafe extern "C" fn get_implementation(object: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let f = &*object.cast::<FunctionObject>();
            if f.prepared.is_null() {
                return Ok(Bound::from_borrowed_ptr(py, f.implementation));
            }
            // The same function without parameters to look at.
            let prepared = &*f.prepared;
            let bare = Prepared {
                def: prepared.def,
                signature: Signature::parse(prepared.def.signature),
                relevant: Vec::new(),
            };
            let made = allocate(py, &ARRAY_FUNCTION_DISPATCHER)?;
            (*made.as_ptr().cast::<FunctionObject>()).prepared = Box::leak(Box::new(bare));
            dict_of(&made)?.update(dict_of(&Bound::from_borrowed_ptr(py, object))?.as_mapping())?;
            dict_of(&Bound::from_borrowed_ptr(py, object))?.set_item("_implementation", &made)?;
            Ok(made)
        })
    }
}

unsafe extern "C" fn reduce(object: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let object = Bound::<PyAny>::from_borrowed_ptr(py, object);
            object.getattr("__qualname__")
        })
    }
}

/// Makes the type ready.
pub(crate) fn initialise(py: Python<'_>) -> PyResult<()> {
    let ty = ARRAY_FUNCTION_DISPATCHER.get();
    // SAFETY: initialisation runs once under the interpreter lock; slots fit `FunctionObject`.
    unsafe {
        (*ty).tp_new = Some(new);
        (*ty).tp_dealloc = Some(dealloc);
        (*ty).tp_repr = Some(repr);
        (*ty).tp_call = Some(ffi::PyVectorcall_Call);
        (*ty).tp_descr_get = Some(descr_get);
        (*ty).tp_getattro = Some(ffi::PyObject_GenericGetAttr);
        (*ty).tp_setattro = Some(ffi::PyObject_GenericSetAttr);
        (*ty).tp_vectorcall_offset = std::mem::offset_of!(FunctionObject, vectorcall) as isize;
        (*ty).tp_dictoffset = std::mem::offset_of!(FunctionObject, dict) as isize;
        (*ty).tp_weaklistoffset = std::mem::offset_of!(FunctionObject, weakrefs) as isize;
        let end = std::mem::zeroed::<ffi::PyGetSetDef>();
        (*ty).tp_getset = leak_table(vec![
            ffi::PyGetSetDef {
                name: c"_implementation".as_ptr(),
                get: Some(get_implementation),
                set: None,
                doc: c"The function without dispatch.".as_ptr(),
                closure: std::ptr::null_mut(),
            },
            ffi::PyGetSetDef {
                name: c"__dict__".as_ptr(),
                get: Some(ffi::PyObject_GenericGetDict),
                set: Some(ffi::PyObject_GenericSetDict),
                doc: std::ptr::null(),
                closure: std::ptr::null_mut(),
            },
            end,
        ]);
        (*ty).tp_methods = leak_table(vec![
            ffi::PyMethodDef {
                ml_name: c"__reduce__".as_ptr(),
                ml_meth: ffi::PyMethodDefPointer {
                    PyCFunction: reduce,
                },
                ml_flags: ffi::METH_NOARGS,
                ml_doc: std::ptr::null(),
            },
            std::mem::zeroed(),
        ]);
        let setup = TypeSetup {
            name: "numpy_rs._ArrayFunctionDispatcher",
            basicsize: size_of::<FunctionObject>(),
            flags: ffi::Py_TPFLAGS_HAVE_VECTORCALL | ffi::Py_TPFLAGS_METHOD_DESCRIPTOR,
            base: std::ptr::null_mut(),
            bases: &[],
            metatype: std::ptr::null_mut(),
        };
        ready(py, ty, &setup)?;
        // NumPy's builtins are no methods where a class holds them.
        let builtin = BUILTIN_FUNCTION.get();
        (*builtin).tp_descr_get = Some(not_bound);
        (*builtin).tp_vectorcall_offset = (*ty).tp_vectorcall_offset;
        (*builtin).tp_dictoffset = (*ty).tp_dictoffset;
        (*builtin).tp_weaklistoffset = (*ty).tp_weaklistoffset;
        let setup = TypeSetup {
            name: "numpy_rs.builtin_function_or_method",
            flags: ffi::Py_TPFLAGS_HAVE_VECTORCALL,
            base: ty,
            ..setup
        };
        ready(py, builtin, &setup)
    }
}
