//! Where an instance keeps an attribute: in a slot, or among the values that CPython 3.12 keeps without a dict.
//!
//! A place is looked up once for each class and name, and holds as long as the class does not change.

use std::cell::Cell;

use pyo3_ffi::{self as ffi, PyObject};

unsafe extern "C" {
    static mut PyMemberDescr_Type: ffi::PyTypeObject;
    fn _PyType_Lookup(class: *mut ffi::PyTypeObject, name: *mut PyObject) -> *mut PyObject;
}

/// A class's flag: its version says whether it has changed.
const VERSION_IS_VALID: std::ffi::c_ulong = 1 << 19;
/// A class's flag: the interpreter keeps the dict of instances in front of them.
#[cfg(all(Py_3_12, not(Py_3_13)))]
const KEEPS_DICT: std::ffi::c_ulong = 1 << 4;
/// The kind of a table of names that instances share.
#[cfg(all(Py_3_12, not(Py_3_13)))]
const SHARED: u8 = 2;
/// The most names that are looked through.
#[cfg(all(Py_3_12, not(Py_3_13)))]
const MOST_NAMES: isize = 64;

/// How to get to an attribute.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Only by asking the interpreter.
    Ask,
    /// So many bytes behind the instance.
    Slot(isize),
    /// The value of that number.
    #[cfg(all(Py_3_12, not(Py_3_13)))]
    Value(usize),
    /// The class holds it, and instances have no value of that name as long as they share so many names.
    #[cfg(all(Py_3_12, not(Py_3_13)))]
    Class(*mut PyObject, isize),
}

#[derive(Clone, Copy)]
struct Known {
    class: usize,
    name: usize,
    version: u32,
    way: Way,
}

const SIZE: usize = 128;

struct Memory([Cell<Known>; SIZE]);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Memory {}

static MEMORY: Memory = Memory(
    [const {
        Cell::new(Known {
            class: 0,
            name: 0,
            version: 0,
            way: Way::Ask,
        })
    }; SIZE],
);

/// The description of a slot: head, class, name, qualified name, member.
#[repr(C)]
struct Descriptor {
    head: PyObject,
    class: *mut ffi::PyTypeObject,
    name: *mut PyObject,
    qualname: *mut PyObject,
    member: *mut ffi::PyMemberDef,
}

/// What a slot that holds any object says of itself.
const ANY_OBJECT: std::ffi::c_int = 16;

/// The names that instances of a class share: references, sizes and kind, version, free room, number of names, then an
/// index.
#[cfg(all(Py_3_12, not(Py_3_13)))]
#[inline]
unsafe fn shared(class: *mut ffi::PyTypeObject) -> *mut u8 {
    // SAFETY: a live class made by Python code.
    unsafe {
        (*class.cast::<ffi::PyHeapTypeObject>())
            .ht_cached_keys
            .cast()
    }
}

#[cfg(all(Py_3_12, not(Py_3_13)))]
#[inline]
unsafe fn number(table: *mut u8) -> isize {
    // SAFETY: a table of names.
    unsafe { table.add(24).cast::<isize>().read() }
}

/// The values of an instance without a dict, or null.
#[cfg(all(Py_3_12, not(Py_3_13)))]
#[inline]
unsafe fn values(object: *mut PyObject) -> *mut *mut PyObject {
    // SAFETY: a live instance of a class that keeps dicts in front: the word three in front of it is its dict, or its
    // values less one.
    let word = unsafe { object.cast::<usize>().sub(3).read() };
    if word & 1 == 0 {
        std::ptr::null_mut()
    } else {
        (word + 1) as *mut *mut PyObject
    }
}

unsafe fn find(class: *mut ffi::PyTypeObject, name: *mut PyObject) -> Way {
    // SAFETY: a live class and a name; what is read has the layout of the interpreter's version.
    unsafe {
        let found = _PyType_Lookup(class, name);
        if !found.is_null() && ffi::Py_TYPE(found) == &raw mut PyMemberDescr_Type {
            let member = (*found.cast::<Descriptor>()).member;
            let plain = (*member).type_code == ANY_OBJECT && (*member).flags == 0;
            return if plain {
                Way::Slot((*member).offset)
            } else {
                Way::Ask
            };
        }
        #[cfg(all(Py_3_12, not(Py_3_13)))]
        {
            let is_data = !found.is_null() && (*ffi::Py_TYPE(found)).tp_descr_set.is_some();
            let flags = (*class).tp_flags;
            if is_data || flags & KEEPS_DICT == 0 || flags & ffi::Py_TPFLAGS_HEAPTYPE == 0 {
                return Way::Ask;
            }
            let table = shared(class);
            if table.is_null() || table.add(10).read() != SHARED {
                return Way::Ask;
            }
            let n = number(table);
            let names = table
                .add(32 + (1 << table.add(9).read()))
                .cast::<*mut PyObject>();
            for i in 0..n.min(MOST_NAMES) as usize {
                // Each name stands beside the place of a value.
                if names.add(2 * i).read() == name {
                    return Way::Value(i);
                }
            }
            let is_plain = !found.is_null() && (*ffi::Py_TYPE(found)).tp_descr_get.is_none();
            if is_plain && n <= MOST_NAMES {
                return Way::Class(found, n);
            }
        }
        Way::Ask
    }
}

/// How to get to an attribute of an instance, and where that is remembered.
///
/// # Safety
///
/// A live instance of a class without hooks, and an interned name that lives for ever.
#[inline]
unsafe fn way(object: *mut PyObject, name: *mut PyObject) -> (Way, &'static Cell<Known>) {
    // SAFETY: promised by the caller; ways are those of the class as it is now.
    unsafe {
        let class = ffi::Py_TYPE(object);
        let at = &MEMORY.0[(class as usize >> 5 ^ name as usize >> 4) % SIZE];
        let known = at.get();
        let is_known = known.class == class as usize
            && known.name == name as usize
            && known.version == (*class).tp_version_tag;
        if is_known && (*class).tp_flags & VERSION_IS_VALID != 0 {
            return (known.way, at);
        }
        let way = find(class, name);
        if way == Way::Ask || (*class).tp_flags & VERSION_IS_VALID == 0 {
            return (Way::Ask, at);
        }
        at.set(Known {
            class: class as usize,
            name: name as usize,
            version: (*class).tp_version_tag,
            way,
        });
        (way, at)
    }
}

/// Where an instance keeps an attribute; null where only the interpreter knows. The place may be empty.
///
/// # Safety
///
/// A live instance of a class without hooks, and an interned name that lives for ever.
#[inline]
pub unsafe fn place(object: *mut PyObject, name: *mut PyObject) -> *mut *mut PyObject {
    // SAFETY: promised by the caller.
    unsafe {
        match way(object, name).0 {
            Way::Slot(offset) => object.byte_offset(offset).cast(),
            #[cfg(all(Py_3_12, not(Py_3_13)))]
            Way::Value(i) => {
                let values = values(object);
                if values.is_null() {
                    values
                } else {
                    values.add(i)
                }
            }
            _ => std::ptr::null_mut(),
        }
    }
}

/// The value of an attribute: of the instance, or of its class where that is sure; null where only the interpreter knows.
///
/// # Safety
///
/// A live instance of a class without hooks, and an interned name that lives for ever.
#[inline]
pub unsafe fn value(object: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: promised by the caller.
    unsafe {
        let found = way(object, name);
        match found.0 {
            Way::Ask => std::ptr::null_mut(),
            Way::Slot(offset) => object.byte_offset(offset).cast::<*mut PyObject>().read(),
            #[cfg(all(Py_3_12, not(Py_3_13)))]
            Way::Value(i) => {
                let values = values(object);
                if values.is_null() {
                    std::ptr::null_mut()
                } else {
                    values.add(i).read()
                }
            }
            #[cfg(all(Py_3_12, not(Py_3_13)))]
            Way::Class(held, names) => {
                if number(shared(ffi::Py_TYPE(object))) != names {
                    // Other instances have got new names: the next time tells whether this is one of them.
                    let known = found.1.get();
                    found.1.set(Known { class: 0, ..known });
                    return std::ptr::null_mut();
                }
                if values(object).is_null() {
                    std::ptr::null_mut()
                } else {
                    held
                }
            }
        }
    }
}
