//! What functions and classes were when the extension was attached: their code and defaults, and all that decides how
//! the instances of a class behave. Whoever changes that later finds Python running.

use std::cell::Cell;
use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::Res;
use super::guards::Guards;
use super::obj::Obj;
use super::shapes::{Shape, are_entries, can_change, entries, has_generated, text, tuple};
use super::value::Value;

/// What dataclasses and named tuples get written for them, and translations do in their place.
const GENERATED: [&CStr; 13] = [
    c"__init__",
    c"__new__",
    c"__eq__",
    c"__lt__",
    c"__le__",
    c"__gt__",
    c"__ge__",
    c"__repr__",
    c"__hash__",
    c"__setattr__",
    c"__delattr__",
    c"_replace",
    c"_make",
];

/// How a function runs.
struct Run {
    function: Obj,
    code: Cell<*mut PyObject>,
    takes_defaults: bool,
    takes_keywords: bool,
    defaults: Vec<Obj>,
    keywords: Vec<(Obj, Obj)>,
}

impl Run {
    fn of(function: &Obj) -> Res<Self> {
        let f = function.ptr().cast::<ffi::PyFunctionObject>();
        // SAFETY: exactly a function object; what is kept is kept alive.
        unsafe {
            let code = Obj::borrowed((*f).func_code);
            let count = |name: &CStr| {
                Obj::owned(ffi::PyObject_GetAttrString(code.ptr(), name.as_ptr()))
                    .and_then(|n| i64::from_obj(&n))
            };
            let takes_keywords = count(c"co_kwonlyargcount")? > 0;
            Ok(Self {
                function: function.clone(),
                takes_defaults: count(c"co_argcount")? > 0,
                takes_keywords,
                defaults: tuple((*f).func_defaults),
                keywords: if takes_keywords {
                    entries((*f).func_kwdefaults, |_, _| true)
                } else {
                    Vec::new()
                },
                code: Cell::new(code.into_ptr()),
            })
        }
    }

    fn holds(&self) -> bool {
        let f = self.function.ptr().cast::<ffi::PyFunctionObject>();
        // SAFETY: exactly a function object.
        unsafe {
            (*f).func_code == self.code.get()
                && (!self.takes_defaults || tuple((*f).func_defaults) == self.defaults)
                && (!self.takes_keywords
                    || are_entries((*f).func_kwdefaults, &self.keywords, |_, _| true))
        }
    }

    fn guard(&self, guards: &mut Guards) {
        let f = self.function.ptr().cast::<ffi::PyFunctionObject>();
        // SAFETY: exactly a function object, which is kept alive.
        unsafe {
            guards.word(&raw const (*f).func_code);
            if self.takes_defaults {
                guards.word(&raw const (*f).func_defaults);
            }
            if self.takes_keywords {
                guards.word(&raw const (*f).func_kwdefaults);
                let dict = (*f).func_kwdefaults;
                if !dict.is_null() {
                    // It may be replaced, and freed then: the reference that is kept here is never given back.
                    let dict = Obj::borrowed(dict).into_ptr();
                    guards.dict(dict);
                }
            }
        }
    }
}

/// What an object was.
#[derive(Default)]
pub struct Pin {
    runs: Vec<Run>,
    shape: Option<Shape>,
}

impl Pin {
    /// What a function or a class is now; other objects do not change, or are looked at where they are used.
    pub fn of(object: &Obj) -> Res<Self> {
        let mut pin = Self::default();
        // SAFETY: a live object.
        unsafe {
            if object.class() == &raw mut ffi::PyFunction_Type {
                pin.runs.push(Run::of(object)?);
            } else if ffi::PyType_Check(object.ptr()) != 0 && can_change(object.ptr().cast()) {
                let shape = Shape::of(object);
                for (_, names) in &shape.bases {
                    let writes = has_generated(names);
                    for (name, value) in names.iter().filter(|_| writes) {
                        let is_generated =
                            GENERATED.iter().any(|g| g.to_bytes() == text(name.ptr()));
                        if is_generated && let Some(function) = plain(value) {
                            pin.runs.push(Run::of(&function)?);
                        }
                    }
                }
                pin.shape = Some(shape);
            }
        }
        Ok(pin)
    }

    /// A further function that is relied on.
    pub fn and(&mut self, function: &Obj) -> Res<()> {
        if !self.runs.iter().any(|r| r.function == *function) {
            self.runs.push(Run::of(function)?);
        }
        Ok(())
    }

    /// Whether the functions of a class are those that its text defines, between two lines, that are generated, or
    /// that `functools.total_ordering` made of the comparison `root`.
    pub fn is_as_written(&self, namespace: &Obj, (first, last): (i64, i64), root: &str) -> bool {
        let Some((_, names)) = self.shape.as_ref().and_then(|s| s.bases.first()) else {
            return false;
        };
        let is_generated = has_generated(names);
        names.iter().all(|(name, value)| {
            // SAFETY: live objects; a function has code.
            unsafe {
                parts(value).iter().all(|f| {
                    let function = f.ptr().cast::<ffi::PyFunctionObject>();
                    if (*function).func_globals != namespace.ptr() {
                        return is_generated || is_made_from(root, name, f);
                    }
                    let about = |name: &CStr| {
                        Obj::owned(ffi::PyObject_GetAttrString(
                            (*function).func_code,
                            name.as_ptr(),
                        ))
                    };
                    let line = about(c"co_firstlineno").and_then(|l| i64::from_obj(&l));
                    let written =
                        about(c"co_filename").is_ok_and(|name| text(name.ptr()) == b"<string>");
                    is_generated && written || line.is_ok_and(|line| (first..=last).contains(&line))
                })
            }
        })
    }

    /// Whether all is as it was.
    pub fn holds(&self) -> bool {
        self.runs.iter().all(Run::holds) && self.shape.as_ref().is_none_or(Shape::holds)
    }

    /// The words that tell.
    pub fn guard(&self, guards: &mut Guards) {
        for run in &self.runs {
            run.guard(guards);
        }
        if let Some(shape) = &self.shape {
            shape.guard(guards);
        }
    }

    /// A function has got other code that does the same.
    pub fn recoded(&self, function: &Obj, before: &Obj, after: &Obj) {
        for run in &self.runs {
            if run.function == *function && run.code.get() == before.ptr() {
                run.code.set(after.clone().into_ptr());
            }
        }
    }
}

/// The function that an entry of a class is, plain or as a static or class method.
fn plain(value: &Obj) -> Option<Obj> {
    // SAFETY: the attribute of a builtin wrapper.
    unsafe {
        let class = value.class();
        if class == &raw mut ffi::PyFunction_Type {
            return Some(value.clone());
        }
        if class == &raw mut ffi::PyStaticMethod_Type || class == &raw mut ffi::PyClassMethod_Type {
            let inner = ffi::PyObject_GetAttrString(value.ptr(), c"__func__".as_ptr());
            return Obj::owned(inner)
                .ok()
                .filter(|f| f.class() == &raw mut ffi::PyFunction_Type);
        }
        None
    }
}

/// Whether a function is the one that `functools.total_ordering` puts under a name where it starts from `root`.
fn is_made_from(root: &str, name: &Obj, function: &Obj) -> bool {
    if root.is_empty() {
        return false;
    }
    // SAFETY: a text; the module is the interpreter's own, whose attribute is compared by identity.
    unsafe {
        let name = String::from_utf8_lossy(text(name.ptr()));
        let made = format!(
            "_{}_from_{}",
            name.trim_matches('_'),
            root.trim_matches('_')
        );
        let Ok(made) = std::ffi::CString::new(made) else {
            return false;
        };
        let found = Obj::owned(ffi::PyImport_ImportModule(c"functools".as_ptr()))
            .and_then(|m| Obj::owned(ffi::PyObject_GetAttrString(m.ptr(), made.as_ptr())));
        if found.is_err() {
            ffi::PyErr_Clear();
        }
        found.is_ok_and(|f| f == *function)
    }
}

/// The functions that an entry of a class is made of.
fn parts(value: &Obj) -> Vec<Obj> {
    // SAFETY: the attributes of a builtin wrapper.
    unsafe {
        if value.class() == &raw mut ffi::PyProperty_Type {
            return [c"fget", c"fset", c"fdel"]
                .iter()
                .filter_map(|name| {
                    Obj::owned(ffi::PyObject_GetAttrString(value.ptr(), name.as_ptr())).ok()
                })
                .filter_map(|part| plain(&part))
                .collect();
        }
    }
    plain(value).into_iter().collect()
}
