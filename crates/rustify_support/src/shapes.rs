//! All of a class that decides how its instances behave.

use std::cell::Cell;
use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject};

use super::guards::{Guards, version_of};
use super::obj::Obj;

/// The flag of classes that nobody can change.
const IS_FIXED: std::ffi::c_ulong = 1 << 8;

/// Names in a class that say nothing of how its instances behave, or that the interpreter adds by itself.
const SILENT: [&CStr; 13] = [
    c"__doc__",
    c"__module__",
    c"__qualname__",
    c"__annotations__",
    c"__annotate__",
    c"__annotate_func__",
    c"__annotations_cache__",
    c"__conditional_annotations__",
    c"__firstlineno__",
    c"__static_attributes__",
    c"__type_params__",
    c"__abstractmethods__",
    c"__parameters__",
];

/// Data that decides how the instances of a class behave.
const DATA: [&CStr; 2] = [c"__match_args__", c"__dataclass_fields__"];

pub(super) unsafe fn tuple(items: *mut PyObject) -> Vec<Obj> {
    if items.is_null() {
        return Vec::new();
    }
    // SAFETY: promised by the caller: a tuple.
    unsafe {
        (0..ffi::PyTuple_GET_SIZE(items))
            .map(|i| Obj::borrowed(ffi::PyTuple_GET_ITEM(items, i)))
            .collect()
    }
}

/// The entries of a dict that count.
pub(super) unsafe fn entries(
    dict: *mut PyObject,
    counts: impl Fn(*mut PyObject, *mut PyObject) -> bool,
) -> Vec<(Obj, Obj)> {
    let mut all = Vec::new();
    if dict.is_null() {
        return all;
    }
    let (mut at, mut name, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
    // SAFETY: promised by the caller: a dict, which nothing here changes.
    unsafe {
        while ffi::PyDict_Next(dict, &raw mut at, &raw mut name, &raw mut value) != 0 {
            if counts(name, value) {
                all.push((Obj::borrowed(name), Obj::borrowed(value)));
            }
        }
    }
    all
}

/// Whether the entries of a dict that count are these, in any order.
pub(super) unsafe fn are_entries(
    dict: *mut PyObject,
    wanted: &[(Obj, Obj)],
    counts: impl Fn(*mut PyObject, *mut PyObject) -> bool,
) -> bool {
    if dict.is_null() {
        return wanted.is_empty();
    }
    let (mut at, mut name, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
    let mut left = wanted.len();
    // SAFETY: promised by the caller: a dict with texts for keys, whose lookup runs no Python code.
    unsafe {
        while ffi::PyDict_Next(dict, &raw mut at, &raw mut name, &raw mut value) != 0 {
            if counts(name, value) {
                let Some(fewer) = left.checked_sub(1) else {
                    return false;
                };
                left = fewer;
            }
        }
        left == 0
            && wanted.iter().all(|(name, value)| {
                let found = ffi::PyDict_GetItemWithError(dict, name.ptr());
                found == value.ptr()
            })
    }
}

/// A text of the interpreter, as long as it lives.
pub(super) unsafe fn text<'t>(object: *mut PyObject) -> &'t [u8] {
    // SAFETY: promised by the caller: a live object.
    unsafe {
        if ffi::PyUnicode_Check(object) == 0 {
            return b"";
        }
        let mut n = 0;
        let utf8 = ffi::PyUnicode_AsUTF8AndSize(object, &raw mut n);
        if utf8.is_null() {
            ffi::PyErr_Clear();
            return b"";
        }
        std::slice::from_raw_parts(utf8.cast(), n as usize)
    }
}

/// Whether an entry of a class decides how its instances behave.
fn counts(name: *mut PyObject, value: *mut PyObject) -> bool {
    // SAFETY: live objects of the dict of a class.
    unsafe {
        let class = ffi::Py_TYPE(value);
        let name = text(name);
        let is_special = name.len() > 4 && name.starts_with(b"__") && name.ends_with(b"__");
        if is_special && SILENT.iter().any(|s| s.to_bytes() == name) {
            return false;
        }
        // Special methods need be no functions; data under such names is what the interpreter and `copyreg` leave there.
        let is_method = value == ffi::Py_None() || (*class).tp_call.is_some();
        is_special && (is_method || DATA.iter().any(|d| d.to_bytes() == name))
            || (*class).tp_descr_get.is_some()
            || (*class).tp_descr_set.is_some()
    }
}

/// Whether a class is a dataclass, a named tuple or an enumeration, whose functions are not all written in its text.
pub(super) fn has_generated(names: &[(Obj, Obj)]) -> bool {
    names.iter().any(|(name, _)| {
        // SAFETY: live objects.
        let name = unsafe { text(name.ptr()) };
        matches!(
            name,
            b"__dataclass_fields__" | b"_make" | b"_generate_next_value_"
        )
    })
}

/// A class that can change, with its bases.
pub(super) struct Shape {
    class: Obj,
    kind: *mut ffi::PyTypeObject,
    name: *mut PyObject,
    qualname: *mut PyObject,
    /// How instances are made, and how their attributes are found: this can outlive a method that is taken away again.
    slots: [usize; 5],
    pub(super) bases: Vec<(Obj, Vec<(Obj, Obj)>)>,
    /// The class of the class, if it can change too.
    above: Option<Box<Shape>>,
    /// The version at which it was last looked at.
    seen: Cell<u32>,
}

/// What the interpreter calls to make instances, and for their attributes.
fn slots(class: &Obj) -> [usize; 5] {
    // SAFETY: a live class.
    let class = unsafe { &*class.ptr().cast::<ffi::PyTypeObject>() };
    [
        class.tp_new.map_or(0, |f| f as usize),
        class.tp_init.map_or(0, |f| f as usize),
        class.tp_getattro.map_or(0, |f| f as usize),
        class.tp_setattro.map_or(0, |f| f as usize),
        class.tp_dealloc.map_or(0, |f| f as usize),
    ]
}

pub(super) unsafe fn can_change(class: *mut ffi::PyTypeObject) -> bool {
    // SAFETY: promised by the caller: a live class.
    let flags = unsafe { (*class).tp_flags };
    flags & ffi::Py_TPFLAGS_HEAPTYPE != 0 && flags & IS_FIXED == 0
}

impl Shape {
    pub(super) fn of(class: &Obj) -> Self {
        // SAFETY: a live class made by Python code; its order of bases is a tuple.
        unsafe {
            let heap = class.ptr().cast::<ffi::PyHeapTypeObject>();
            let kind = class.class();
            let above = can_change(kind).then(|| {
                // Its own class is `type`, or one more like it.
                Box::new(Self::of(&Obj::borrowed(kind.cast())))
            });
            let bases = Self::changing(class);
            Self {
                class: class.clone(),
                kind,
                name: Obj::borrowed((*heap).ht_name).into_ptr(),
                qualname: Obj::borrowed((*heap).ht_qualname).into_ptr(),
                slots: slots(class),
                bases: bases
                    .into_iter()
                    .map(|b| {
                        let dict = (*b.ptr().cast::<ffi::PyTypeObject>()).tp_dict;
                        (b, entries(dict, counts))
                    })
                    .collect(),
                above,
                seen: Cell::new(0),
            }
        }
    }

    /// The class and those that it derives from, as far as they can change.
    unsafe fn changing(class: &Obj) -> Vec<Obj> {
        // SAFETY: promised by the caller: a live class.
        unsafe {
            let order = (*class.ptr().cast::<ffi::PyTypeObject>()).tp_mro;
            tuple(order)
                .into_iter()
                .filter(|b| can_change(b.ptr().cast()))
                .collect()
        }
    }

    pub(super) fn holds(&self) -> bool {
        // SAFETY: a live class that was made by Python code.
        unsafe {
            let heap = self.class.ptr().cast::<ffi::PyHeapTypeObject>();
            if self.class.class() != self.kind
                || (*heap).ht_name != self.name
                || (*heap).ht_qualname != self.qualname
                || !self.above.as_ref().is_none_or(|a| a.holds())
            {
                return false;
            }
            let version = version_of(self.class.ptr().cast());
            if version != 0 && version == self.seen.get() {
                return true;
            }
            let bases = Self::changing(&self.class);
            let same = slots(&self.class) == self.slots
                && bases.len() == self.bases.len()
                && bases.iter().zip(&self.bases).all(|(now, (then, wanted))| {
                    let dict = (*now.ptr().cast::<ffi::PyTypeObject>()).tp_dict;
                    now == then && are_entries(dict, wanted, counts)
                });
            if same {
                self.seen.set(version);
            }
            same
        }
    }

    pub(super) fn guard(&self, guards: &mut Guards) {
        // SAFETY: a live class that was made by Python code, which is kept alive.
        unsafe {
            let heap = self.class.ptr().cast::<ffi::PyHeapTypeObject>();
            guards.word(&raw const (*self.class.ptr()).ob_type);
            guards.word(&raw const (*heap).ht_name);
            guards.word(&raw const (*heap).ht_qualname);
        }
        guards.class(self.class.ptr().cast());
        if let Some(above) = &self.above {
            above.guard(guards);
        }
    }
}
