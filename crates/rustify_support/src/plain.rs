//! Which objects can be worked on without running code of the program: those of builtin types.

use std::cell::Cell;
use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject};

use super::errstate;
use super::exc::{Res, give_up};
use super::members;
use super::numpy;
use super::obj::Obj;
use super::tuple::Tuple;
use super::value::{Key, Value};

/// How deep containers are looked into before a comparison.
const DEEPEST: u32 = 24;

/// Whether an object is a number, text, bytes or a singleton of builtin type.
#[inline]
pub fn is_scalar(object: &Obj) -> bool {
    let class = object.class();
    // SAFETY: addresses of static types, and of singletons.
    unsafe {
        class == &raw mut ffi::PyLong_Type
            || class == &raw mut ffi::PyFloat_Type
            || class == &raw mut ffi::PyUnicode_Type
            || class == &raw mut ffi::PyBool_Type
            || object.ptr() == ffi::Py_None()
            || class == &raw mut ffi::PyBytes_Type
            || class == &raw mut ffi::PyComplex_Type
    }
}

/// Whether an object is a builtin container, range or slice.
pub(super) fn is_container(object: &Obj) -> bool {
    let class = object.class();
    class == &raw mut ffi::PyList_Type
        || class == &raw mut ffi::PyTuple_Type
        || class == &raw mut ffi::PyDict_Type
        || class == &raw mut ffi::PySet_Type
        || class == &raw mut ffi::PyFrozenSet_Type
        || class == &raw mut ffi::PyRange_Type
        || class == &raw mut ffi::PySlice_Type
        || class == &raw mut ffi::PyByteArray_Type
}

/// Whether an object can be walked through without running code of the program.
pub fn is_sequence(object: &Obj) -> bool {
    let class = object.class();
    is_container(object) && class != &raw mut ffi::PySlice_Type
        || class == &raw mut ffi::PyUnicode_Type
        || class == &raw mut ffi::PyBytes_Type
}

/// Whether comparing, hashing and printing an object runs only the interpreter's own code.
pub fn is_plain(object: &Obj) -> bool {
    is_scalar(object) || is_container(object) && holds_plain(object, DEEPEST)
}

/// Whether an item of a list or tuple, a key or value of a dict, or an item of a set is so; an object of another class has
/// none. `None` where the items of a set cannot be listed.
fn any_item(object: &Obj, is: impl Fn(&Obj) -> bool) -> Option<bool> {
    let class = object.class();
    // SAFETY: each access follows the check of the exact type; nothing changes the container meanwhile.
    unsafe {
        let is_item = |item: *mut PyObject| is(&Obj::borrowed(item));
        if class == &raw mut ffi::PyList_Type {
            Some(
                (0..ffi::PyList_GET_SIZE(object.ptr()))
                    .any(|i| is_item(ffi::PyList_GET_ITEM(object.ptr(), i))),
            )
        } else if class == &raw mut ffi::PyTuple_Type {
            Some(
                (0..ffi::PyTuple_GET_SIZE(object.ptr()))
                    .any(|i| is_item(ffi::PyTuple_GET_ITEM(object.ptr(), i))),
            )
        } else if class == &raw mut ffi::PyDict_Type {
            let (mut at, mut key, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
            while ffi::PyDict_Next(object.ptr(), &raw mut at, &raw mut key, &raw mut value) != 0 {
                if is_item(key) || is_item(value) {
                    return Some(true);
                }
            }
            Some(false)
        } else if class == &raw mut ffi::PySet_Type || class == &raw mut ffi::PyFrozenSet_Type {
            any_item(&Obj::owned(ffi::PySequence_List(object.ptr())).ok()?, is)
        } else {
            Some(false)
        }
    }
}

/// Whether all items of a container are plain, at most `depth` levels down.
fn holds_plain(object: &Obj, depth: u32) -> bool {
    let fits = |item: &Obj| is_scalar(item) || is_container(item) && holds_plain(item, depth - 1);
    depth > 0 && any_item(object, |item| !fits(item)) == Some(false)
}

/// Whether an object is a tuple of plain items whose class leaves comparisons to `tuple`, as named tuples do.
fn compares_as_tuple(object: &Obj) -> bool {
    let tuple = &raw mut ffi::PyTuple_Type;
    // SAFETY: a live object and its class; items of a tuple.
    unsafe {
        let class = object.class();
        ffi::PyType_IsSubtype(class, tuple) != 0
            && (*class).tp_richcompare.map(|f| f as usize)
                == (*tuple).tp_richcompare.map(|f| f as usize)
            && (0..ffi::PyTuple_GET_SIZE(object.ptr()))
                .all(|i| is_plain(&Obj::borrowed(ffi::PyTuple_GET_ITEM(object.ptr(), i))))
    }
}

/// Whether an object is a tuple of plain items whose class leaves comparisons and its hash to `tuple`.
fn hashes_as_tuple(object: &Obj) -> bool {
    let hash = |class: *mut ffi::PyTypeObject| {
        // SAFETY: a live class.
        unsafe { (*class).tp_hash.map(|f| f as usize) }
    };
    compares_as_tuple(object) && hash(object.class()) == hash(&raw mut ffi::PyTuple_Type)
}

/// Whether an object may be sought among others by the interpreter's own code.
pub(super) fn is_sought(object: &Obj) -> bool {
    is_plain(object) || hashes_as_tuple(object) || members::is_key(object)
}

/// Whether the items of a list or tuple are compared by the interpreter's own code.
pub(super) fn is_searched(object: &Obj) -> bool {
    if is_plain(object) {
        return true;
    }
    let class = object.class();
    let fits = |item: *mut PyObject| {
        // SAFETY: an item of a live container.
        let item = unsafe { Obj::borrowed(item) };
        is_plain(&item) || compares_as_tuple(&item) || members::compares(&item)
    };
    // SAFETY: each access follows the check of the exact type; nothing changes the container meanwhile.
    unsafe {
        if class == &raw mut ffi::PyList_Type {
            (0..ffi::PyList_GET_SIZE(object.ptr()))
                .all(|i| fits(ffi::PyList_GET_ITEM(object.ptr(), i)))
        } else if class == &raw mut ffi::PyTuple_Type {
            (0..ffi::PyTuple_GET_SIZE(object.ptr()))
                .all(|i| fits(ffi::PyTuple_GET_ITEM(object.ptr(), i)))
        } else {
            false
        }
    }
}

/// Gives up unless sorting a list runs only the interpreter's own code.
pub(super) fn sortable(list: &Obj) -> Res<()> {
    if is_plain(list) {
        return Ok(());
    }
    // SAFETY: exactly a list, which nothing changes meanwhile.
    let is_sortable = unsafe {
        (0..ffi::PyList_GET_SIZE(list.ptr())).all(|i| {
            let item = Obj::borrowed(ffi::PyList_GET_ITEM(list.ptr(), i));
            is_plain(&item) || compares_as_tuple(&item)
        })
    };
    if is_sortable { Ok(()) } else { give_up() }
}

/// Whether an object is NaN, or a plain container that holds one: it is found by its identity, which a value that was a
/// number in Rust has lost.
pub(super) fn has_nan(object: &Obj) -> bool {
    let class = object.class();
    // SAFETY: each access follows the check of the exact type.
    unsafe {
        if class == &raw mut ffi::PyFloat_Type {
            ffi::PyFloat_AS_DOUBLE(object.ptr()).is_nan()
        } else if class == &raw mut ffi::PyComplex_Type {
            let c = ffi::PyComplex_AsCComplex(object.ptr());
            c.real.is_nan() || c.imag.is_nan()
        } else {
            any_item(object, has_nan) == Some(true)
        }
    }
}

/// Gives up unless an object is plain.
#[inline]
pub fn plain(object: &Obj) -> Res<&Obj> {
    if is_plain(object) {
        Ok(object)
    } else {
        give_up()
    }
}

/// Gives up unless an object is plain, or a number of NumPy, which then warns of nothing.
#[inline]
pub fn plain_or_number(object: &Obj) -> Res<&Obj> {
    if is_plain(object) {
        return Ok(object);
    }
    // A complex number warns where a function takes its real part.
    if numpy::is_scalar(object) && !numpy::is_complex_number(object) {
        errstate::arm()?;
        return Ok(object);
    }
    give_up()
}

impl Key for Obj {
    /// Scalars but NaN, and tuples of them.
    fn check_key(&self) -> Res<()> {
        if self.class() == &raw mut ffi::PyFloat_Type {
            return f64::from_obj(self)?.check_key();
        }
        if self.class() == &raw mut ffi::PyTuple_Type {
            return Tuple::<Self>::from_obj(self)?.check_key();
        }
        if is_scalar(self) || members::is_key(self) {
            return Ok(());
        }
        if hashes_as_tuple(self) {
            // SAFETY: items of a live tuple.
            return (0..unsafe { ffi::PyTuple_GET_SIZE(self.ptr()) }).try_for_each(|i| {
                // SAFETY: as above.
                unsafe { Self::borrowed(ffi::PyTuple_GET_ITEM(self.ptr(), i)) }.check_key()
            });
        }
        give_up()
    }
}

/// Gives up unless an operator in place makes a new object of this one.
#[inline]
pub fn immutable(object: Obj) -> Res<Obj> {
    if is_scalar(&object)
        || object.class() == &raw mut ffi::PyTuple_Type
        || numpy::is_scalar(&object)
    {
        Ok(object)
    } else {
        give_up()
    }
}

/// Whether an object is a class whose own class is `type`.
pub(super) fn is_ordinary_class(a: &Obj) -> bool {
    a.class() == &raw mut ffi::PyType_Type
}

/// Classes of classes in the library, once they have been looked up: they are kept for ever.
struct Kinds([Cell<*mut ffi::PyTypeObject>; 2]);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Kinds {}

static KINDS: Kinds = Kinds([const { Cell::new(std::ptr::null_mut()) }; 2]);

/// Whether a class is `abc.ABCMeta` or `enum.EnumMeta` itself.
unsafe fn is_library_kind(kind: *mut ffi::PyTypeObject) -> bool {
    let names = [(c"abc", c"ABCMeta"), (c"enum", c"EnumMeta")];
    // SAFETY: a class has a name in UTF-8. Modules that no class comes from are not imported.
    let called = unsafe { CStr::from_ptr((*kind).tp_name) };
    if !matches!(called.to_bytes(), b"ABCMeta" | b"EnumMeta" | b"EnumType") {
        return false;
    }
    KINDS.0.iter().zip(names).any(|(known, (module, name))| {
        if known.get().is_null() {
            // SAFETY: the modules are the interpreter's own.
            let found = unsafe {
                Obj::owned(ffi::PyImport_ImportModule(module.as_ptr()))
                    .and_then(|m| Obj::owned(ffi::PyObject_GetAttrString(m.ptr(), name.as_ptr())))
            };
            match found {
                Ok(class) => known.set(class.into_ptr().cast()),
                Err(_) => return false,
            }
        }
        known.get() == kind
    })
}

/// Whether an object is a class whose own dict is read without any hook: an ordinary one, or one of `abc` or `enum`.
pub(super) unsafe fn is_class(object: &Obj) -> bool {
    // SAFETY: a live object; a class has a name in UTF-8.
    unsafe {
        let kind = object.class();
        kind == &raw mut ffi::PyType_Type
            || ffi::PyType_Check(object.ptr()) != 0 && is_library_kind(kind)
    }
}

/// Whether an object is `None`.
#[inline]
pub fn is_none(a: &Obj) -> bool {
    // SAFETY: `None` lives for ever.
    a.ptr() == unsafe { ffi::Py_None() }
}
