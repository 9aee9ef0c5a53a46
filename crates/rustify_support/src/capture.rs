//! Names outside a function that its translation relies on: they must still mean what they meant.

use std::cell::Cell;
use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res};
use super::guards::Guards;
use super::obj::Obj;
use super::pins::Pin;
use super::plain::is_class;
use super::value::Value;

/// Where a name is found.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// In the module.
    Global(&'static CStr),
    /// In the module, or else in `builtins`.
    Builtin(&'static CStr),
    /// An attribute of a module that a global names.
    Attribute(&'static CStr, &'static CStr),
    /// A function of the file, which must be the one that is translated: `C.m` by its class, and the line it begins on,
    /// or zero; then its defaults, where constants stand for them in translations.
    Function(&'static str, i64, &'static CStr),
    /// A class of the file by its path, the lines of its text, or zero, and the comparison that
    /// `functools.total_ordering` makes others from, or nothing.
    Class(&'static str, i64, i64, &'static str),
    /// The compiled pattern of a text.
    Pattern(&'static str),
    /// A module that a function imports.
    Module(&'static CStr),
    /// An attribute of a module that a function imports.
    Imported(&'static CStr, &'static CStr),
    /// A lambda in a container that a global names, by where its body begins: the line, and the column in bytes.
    Lambda(&'static CStr, i64, i64),
}

/// A name and what it meant when the extension was attached.
pub struct Capture {
    place: Place,
    kept: Cell<*mut PyObject>,
    /// The dict of the module that an attribute belongs to.
    holder: Cell<*mut PyObject>,
    /// The class that a method belongs to.
    class: Cell<*mut ffi::PyTypeObject>,
    /// What the object was.
    pin: Cell<*const Pin>,
}

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Capture {}

impl Capture {
    /// A name that is not looked up yet.
    pub const fn new(place: Place) -> Self {
        Self {
            place,
            kept: Cell::new(std::ptr::null_mut()),
            holder: Cell::new(std::ptr::null_mut()),
            class: Cell::new(std::ptr::null_mut()),
            pin: Cell::new(std::ptr::null()),
        }
    }

    /// Lets guards look at all that may change what the name means, or what it is.
    pub(super) fn guard(&self, guards: &mut Guards) {
        let (holder, class) = (self.holder.get(), self.class.get());
        if !holder.is_null() {
            guards.dict(holder);
        }
        if !class.is_null() {
            guards.class(class);
        }
        if let Some(pin) = self.pin() {
            pin.guard(guards);
        }
    }

    fn pin(&self) -> Option<&Pin> {
        // SAFETY: what is kept lives as long as the extension.
        unsafe { self.pin.get().as_ref() }
    }

    /// A function has got other code that does the same.
    pub(super) fn recoded(&self, function: &Obj, before: &Obj, after: &Obj) {
        if let Some(pin) = self.pin() {
            pin.recoded(function, before, after);
        }
    }

    /// What the object is now; nothing where it is not what the file's text says.
    fn pinned(&self, namespace: &Obj, object: &Obj) -> Option<Pin> {
        let mut pin = Pin::of(object).ok()?;
        match self.place {
            Place::Function(_, line, defaults) if line != 0 => {
                let function = behind(object, line, 0)?;
                if !defaults.is_empty() && !super::written::defaults(&function, defaults).ok()? {
                    return None;
                }
                pin.and(&function).ok()?;
            }
            Place::Class(_, first, last, root) if first != 0 => {
                let is_same = pin.is_as_written(namespace, (first, last), root);
                return is_same.then_some(pin);
            }
            _ => {}
        }
        Some(pin)
    }

    /// The object.
    #[inline]
    pub fn object(&self) -> Res<Obj> {
        self.held().cloned()
    }

    /// The object, as long as the region lasts: between regions only, names are looked up anew.
    #[inline]
    pub fn held(&self) -> Res<&Obj> {
        if self.kept.get().is_null() {
            return Err(Exc::GIVE_UP);
        }
        // SAFETY: what is kept lives as long as the extension; a reference has the layout of a pointer.
        Ok(unsafe { &*self.kept.as_ptr().cast::<Obj>() })
    }

    /// The value.
    #[inline]
    pub fn get<T: Value>(&self) -> Res<T> {
        T::from_obj(&self.object()?)
    }

    /// The exception class.
    pub fn exception(&self) -> Res<Exc> {
        Ok(Exc::of_class(self.object()?.ptr()))
    }

    /// Looks the name up anew and keeps what it means; false if there is nothing.
    pub(super) fn renew(&self, namespace: &Obj) -> bool {
        let found = self.look_up(namespace);
        if let Place::Attribute(module, _) = self.place {
            let dict = module_dict(namespace, module);
            self.holder
                .set(dict.map_or(std::ptr::null_mut(), Obj::into_ptr));
        }
        if let Place::Imported(module, _) = self.place {
            let dict = imported(module).and_then(|m| dict_of(&m));
            self.holder
                .set(dict.map_or(std::ptr::null_mut(), Obj::into_ptr));
        }
        if let Place::Function(path, ..) | Place::Class(path, ..) = self.place
            && let Some((around, _)) = path.rsplit_once('.')
            && let Some(class) = at_path(namespace, around)
            // SAFETY: a live object.
            && unsafe { ffi::PyType_Check(class.ptr()) } != 0
        {
            self.class.set(class.into_ptr().cast());
        }
        let pin = found.as_ref().map(|f| self.pinned(namespace, f));
        let found = match pin {
            Some(None) => {
                // SAFETY: clears what looking may have raised.
                unsafe { ffi::PyErr_Clear() };
                None
            }
            Some(Some(pin)) => {
                // The former one stays: a running call may still use it.
                self.pin.set(Box::leak(Box::new(pin)));
                found
            }
            None => None,
        };
        // The former object is kept alive: a running call may still use it.
        self.kept
            .set(found.map_or(std::ptr::null_mut(), Obj::into_ptr));
        !self.kept.get().is_null()
    }

    /// Whether the name still means the same object, and that is what it was.
    pub(super) fn holds(&self, namespace: &Obj) -> bool {
        if let Place::Pattern(_) = self.place {
            // A text has one pattern for ever.
            return !self.kept.get().is_null();
        }
        self.look_up(namespace)
            .is_some_and(|o| o.ptr() == self.kept.get())
            && self.pin().is_none_or(Pin::holds)
    }

    fn look_up(&self, namespace: &Obj) -> Option<Obj> {
        match self.place {
            Place::Global(name) => item(namespace, name),
            Place::Builtin(name) => item(namespace, name).or_else(|| builtin(name)),
            Place::Attribute(module, name) => item(&module_dict(namespace, module)?, name),
            Place::Function(path, ..) => function(namespace, path),
            Place::Class(path, ..) => {
                // SAFETY: a live object.
                at_path(namespace, path).filter(|c| unsafe { ffi::PyType_Check(c.ptr()) } != 0)
            }
            Place::Pattern(text) => super::patterns::compile(text),
            Place::Module(name) => imported(name),
            Place::Imported(module, name) => item(&dict_of(&imported(module)?)?, name),
            Place::Lambda(table, line, column) => {
                super::lambdas::find(&item(namespace, table)?, line, column)
            }
        }
    }
}

/// The dict of a module that a global names, or of a module inside it: `np.linalg`.
fn module_dict(namespace: &Obj, path: &CStr) -> Option<Obj> {
    let mut dict = namespace.clone();
    for name in path.to_bytes().split(|&b| b == b'.') {
        if name == b"fft" {
            import_transforms(&dict);
        }
        let module = item(&dict, &std::ffi::CString::new(name).ok()?)?;
        // SAFETY: the exact type is checked, so that no Python code runs.
        unsafe {
            if module.class() != &raw mut ffi::PyModule_Type {
                return None;
            }
            dict = Obj::borrowed(ffi::PyModule_GetDict(module.ptr()));
        }
    }
    Some(dict)
}

/// NumPy imports this module of its own when a program first asks for it, which nobody sees.
fn import_transforms(of: &Obj) {
    let is_numpy = item(of, c"__name__").is_some_and(|name| {
        // SAFETY: a live object; only a text is compared.
        unsafe {
            ffi::PyUnicode_Check(name.ptr()) != 0
                && ffi::PyUnicode_CompareWithASCIIString(name.ptr(), c"numpy".as_ptr()) == 0
        }
    });
    if !is_numpy || item(of, c"fft").is_some() {
        return;
    }
    // SAFETY: the interpreter is held; the module is left to the interpreter, and so is that it is missing.
    unsafe {
        if Obj::owned(ffi::PyImport_ImportModule(c"numpy.fft".as_ptr())).is_err() {
            ffi::PyErr_Clear();
        }
    }
}

/// A module that is imported already; the small ones are imported, which nobody sees.
fn imported(name: &CStr) -> Option<Obj> {
    // SAFETY: the dict of modules lives as long as the interpreter.
    unsafe {
        let all = ffi::PyImport_GetModuleDict();
        if all.is_null() || ffi::PyDict_Check(all) == 0 {
            return None;
        }
        if let Some(module) = item(&Obj::borrowed(all), name) {
            return Some(module);
        }
        if name.to_bytes().starts_with(b"numpy") {
            return None;
        }
        let module = Obj::owned(ffi::PyImport_ImportModule(name.as_ptr())).ok();
        if module.is_none() {
            ffi::PyErr_Clear();
        }
        module
    }
}

/// The dict of a module.
fn dict_of(module: &Obj) -> Option<Obj> {
    // SAFETY: the exact type is checked.
    unsafe {
        if module.class() != &raw mut ffi::PyModule_Type {
            return None;
        }
        Some(Obj::borrowed(ffi::PyModule_GetDict(module.ptr())))
    }
}

/// `import name` in a function: goes on if it gives the module that is known under the name.
pub fn import(module: &Obj, name: &Obj) -> Res<()> {
    // SAFETY: a dict with text keys, and a text.
    unsafe {
        let all = ffi::PyImport_GetModuleDict();
        if all.is_null() || ffi::PyDict_CheckExact(all) == 0 {
            return Err(Exc::GIVE_UP);
        }
        if ffi::PyDict_GetItem(all, name.ptr()) == module.ptr() {
            return Ok(());
        }
    }
    Err(Exc::GIVE_UP)
}

/// A name of a dict.
fn item(dict: &Obj, name: &CStr) -> Option<Obj> {
    // SAFETY: a dict with text keys.
    unsafe {
        let found = ffi::PyDict_GetItemString(dict.ptr(), name.as_ptr());
        if found.is_null() {
            None
        } else {
            Some(Obj::borrowed(found))
        }
    }
}

fn builtin(name: &CStr) -> Option<Obj> {
    // SAFETY: the dict of `builtins`, which lives for ever.
    unsafe {
        let dict = ffi::PyEval_GetBuiltins();
        if dict.is_null() {
            None
        } else {
            item(&Obj::borrowed(dict), name)
        }
    }
}

/// What stands behind `functools.lru_cache`.
unsafe fn uncached(found: Obj) -> Option<Obj> {
    // SAFETY: a live object; a class has a name in UTF-8.
    unsafe {
        let class_name = CStr::from_ptr((*found.class()).tp_name);
        if class_name != c"functools._lru_cache_wrapper" {
            return Some(found);
        }
        let behind = ffi::PyObject_GetAttrString(found.ptr(), c"__wrapped__".as_ptr());
        Obj::owned(behind).ok()
    }
}

/// So many decorators are looked behind.
const MOST_DECORATORS: usize = 4;

/// The function that begins on a line, behind what decorators have made of it: it is in one of their cells.
pub(super) fn behind(object: &Obj, line: i64, depth: usize) -> Option<Obj> {
    // SAFETY: exactly a function object, whose code and cells are the interpreter's own.
    unsafe {
        if depth > MOST_DECORATORS || object.class() != &raw mut ffi::PyFunction_Type {
            return None;
        }
        let code = ffi::PyFunction_GetCode(object.ptr());
        let first = ffi::PyObject_GetAttrString(code, c"co_firstlineno".as_ptr());
        if Obj::owned(first).and_then(|l| i64::from_obj(&l)) == Ok(line) {
            return Some(object.clone());
        }
        let cells = ffi::PyFunction_GetClosure(object.ptr());
        if cells.is_null() {
            return None;
        }
        for i in 0..ffi::PyTuple_GET_SIZE(cells) {
            let held = ffi::PyCell_Get(ffi::PyTuple_GET_ITEM(cells, i));
            if held.is_null() {
                ffi::PyErr_Clear();
            } else if let Ok(held) = Obj::owned(held)
                && let Some(held) = uncached(held)
                && let Some(found) = behind(&held, line, depth + 1)
            {
                return Some(found);
            }
        }
        None
    }
}

/// What stands at a path of names: in the module, and then in classes.
fn at_path(namespace: &Obj, path: &str) -> Option<Obj> {
    let mut parts = path.split('.');
    let first = std::ffi::CString::new(parts.next()?).ok()?;
    let mut found = item(namespace, &first)?;
    let mut class = path.split('.').next()?;
    for part in parts {
        // Private names of a class carry the name of the class.
        let is_private = part.starts_with("__") && !part.ends_with("__");
        let name = match (is_private, class.trim_start_matches('_')) {
            (true, class) if !class.is_empty() => format!("_{class}{part}"),
            _ => part.to_owned(),
        };
        class = part;
        let name = std::ffi::CString::new(name).ok()?;
        // SAFETY: only exact classes are looked into, by their own dict.
        unsafe {
            if !is_class(&found) {
                return None;
            }
            let dict = Obj::owned(ffi::PyObject_GetAttrString(
                found.ptr(),
                c"__dict__".as_ptr(),
            ))
            .ok()?;
            let item = ffi::PyMapping_GetItemString(dict.ptr(), name.as_ptr());
            found = Obj::owned(item).ok()?;
        }
    }
    Some(found)
}

/// A function of the file by its qualified name: the plain function behind static and class methods.
pub(super) fn function(namespace: &Obj, path: &str) -> Option<Obj> {
    // `C.x=` is what sets the property `x`.
    let (path, setter) = match path.strip_suffix('=') {
        Some(path) => (path, true),
        None => (path, false),
    };
    let mut found = at_path(namespace, path)?;
    // SAFETY: the attribute of a builtin wrapper.
    unsafe {
        let class = found.class();
        if class == &raw mut ffi::PyStaticMethod_Type || class == &raw mut ffi::PyClassMethod_Type {
            found = Obj::owned(ffi::PyObject_GetAttrString(
                found.ptr(),
                c"__func__".as_ptr(),
            ))
            .ok()?;
        }
        if found.class() == &raw mut ffi::PyProperty_Type {
            let part = if setter { c"fset" } else { c"fget" };
            found = Obj::owned(ffi::PyObject_GetAttrString(found.ptr(), part.as_ptr())).ok()?;
        }
        found = uncached(found)?;
        (found.class() == &raw mut ffi::PyFunction_Type).then_some(found)
    }
}
