//! Lookups in tables whose keys may be objects of the program: one whose hash is the same would be asked whether it is
//! equal, and that may run code of the program. Such a lookup gives up before it begins.

use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject, PySetObject};

use super::exc::{Exc, Res, give_up};
use super::obj::Obj;

/// So many bits of the hash come in at each further place.
pub(super) const SHIFT: u32 = 5;

/// So many entries of a set are looked at beside each other.
pub(super) const NEIGHBOURS: usize = 9;

/// How deep keys are looked into.
const DEEPEST: u32 = 8;

/// Whether asking a key for equality with a plain one runs none of the program's code.
///
/// # Safety
///
/// A live object.
pub(super) unsafe fn is_harmless(key: *mut PyObject) -> bool {
    // SAFETY: promised by the caller.
    unsafe { is_harmless_down(key, DEEPEST) }
}

unsafe fn is_harmless_down(key: *mut PyObject, depth: u32) -> bool {
    // SAFETY: a live object has a type; items of exact tuples and sets are alive.
    unsafe {
        let class = ffi::Py_TYPE(key);
        if class == &raw mut ffi::PyLong_Type
            || class == &raw mut ffi::PyUnicode_Type
            || class == &raw mut ffi::PyFloat_Type
            || class == &raw mut ffi::PyBytes_Type
            || class == &raw mut ffi::PyBool_Type
            || class == &raw mut ffi::PyComplex_Type
            || class == &raw mut ffi::PyRange_Type
            || class == &raw mut ffi::PyType_Type
        {
            return true;
        }
        if class == &raw mut ffi::PyTuple_Type {
            return depth > 0
                && (0..ffi::PyTuple_GET_SIZE(key))
                    .all(|i| is_harmless_down(ffi::PyTuple_GET_ITEM(key, i), depth - 1));
        }
        if class == &raw mut ffi::PyFrozenSet_Type {
            let object = key.cast::<PySetObject>();
            return depth > 0
                && (0..=(*object).mask).all(|at| {
                    let item = (*(*object).table.offset(at)).key;
                    item.is_null() || is_harmless_down(item, depth - 1)
                });
        }
        let compares_as = |other: *mut ffi::PyTypeObject| {
            (*class).tp_richcompare.map(|f| f as usize)
                == (*other).tp_richcompare.map(|f| f as usize)
        };
        // Members of enumerations of numbers, and named tuples.
        if compares_as(&raw mut ffi::PyLong_Type) {
            return true;
        }
        if compares_as(&raw mut ffi::PyTuple_Type)
            && ffi::PyType_IsSubtype(class, &raw mut ffi::PyTuple_Type) != 0
        {
            return depth > 0
                && (0..ffi::PyTuple_GET_SIZE(key))
                    .all(|i| is_harmless_down(ffi::PyTuple_GET_ITEM(key, i), depth - 1));
        }
        let by_identity = (*class).tp_richcompare.map(|f| f as usize)
            == ffi::PyBaseObject_Type.tp_richcompare.map(|f| f as usize);
        let is_static = (*class).tp_flags & ffi::Py_TPFLAGS_HEAPTYPE == 0;
        let name = CStr::from_ptr((*class).tp_name).to_bytes();
        by_identity || is_static && name.starts_with(b"numpy.") && name != b"numpy.void"
    }
}

/// A table of a dict.
pub(super) struct Keys {
    indices: *const u8,
    /// How many bytes an index has.
    width: usize,
    pub(super) mask: usize,
}

/// An entry of a table of any keys.
#[repr(C)]
pub(super) struct Entry {
    pub(super) hash: isize,
    pub(super) key: *mut PyObject,
    pub(super) value: *mut PyObject,
}

impl Keys {
    /// The table of an exact dict, unless all of its keys are texts.
    #[inline]
    pub(super) unsafe fn of(dict: *mut PyObject) -> Option<Self> {
        // SAFETY: a dict: head, number of items, version, table. The table: its size behind the count of references, and
        // its indices behind the head.
        unsafe {
            let keys = dict.cast::<*const u8>().add(4).read();
            #[cfg(Py_3_11)]
            {
                let [size, bytes, kind] = keys.add(8).cast::<[u8; 3]>().read();
                (kind == 0).then(|| Self {
                    indices: keys.add(32),
                    width: 1 << (bytes - size),
                    mask: (1 << size) - 1,
                })
            }
            #[cfg(not(Py_3_11))]
            {
                let size = keys.cast::<usize>().add(1).read();
                Some(Self {
                    indices: keys.add(40),
                    width: match size {
                        0..=0xFF => 1,
                        0x100..=0xFFFF => 2,
                        0x1_0000..=0xFFFF_FFFF => 4,
                        _ => 8,
                    },
                    mask: size - 1,
                })
            }
        }
    }

    /// The entry at a place: none if the place is empty, null if the entry was deleted.
    #[inline]
    pub(super) unsafe fn at(&self, place: usize) -> Option<*const Entry> {
        // SAFETY: the place is within the table; the entries lie behind the indices.
        unsafe {
            let index = self.indices.add(place * self.width);
            let index = match self.width {
                1 => index.cast::<i8>().read() as isize,
                2 => index.cast::<i16>().read() as isize,
                4 => index.cast::<i32>().read() as isize,
                _ => index.cast::<i64>().read() as isize,
            };
            let entries = self.indices.add((self.mask + 1) * self.width);
            match index {
                -1 => None,
                0.. => Some(entries.cast::<Entry>().offset(index)),
                _ => Some(std::ptr::null()),
            }
        }
    }

    /// Gives up if a key of the program may be asked when one with this hash is looked up.
    unsafe fn look(&self, key: *mut PyObject, hash: isize) -> Res<()> {
        let (mut place, mut rest) = (hash as usize & self.mask, hash as usize);
        // SAFETY: the same places that the interpreter looks at, one of which is empty.
        unsafe {
            while let Some(entry) = self.at(place) {
                if !entry.is_null() && (*entry).hash == hash {
                    asked((*entry).key, key)?;
                }
                rest >>= SHIFT;
                place = (place * 5 + rest + 1) & self.mask;
            }
        }
        Ok(())
    }
}

/// Gives up if a key of a table is of the program, and not the very object that is looked up.
#[inline]
unsafe fn asked(known: *mut PyObject, key: *mut PyObject) -> Res<()> {
    // SAFETY: a live object, or null in tables whose keys lie elsewhere.
    if known == key || known.is_null() || unsafe { is_harmless(known) } {
        Ok(())
    } else {
        give_up()
    }
}

/// The hash of a plain key.
#[inline]
unsafe fn hash(key: *mut PyObject) -> Res<isize> {
    // SAFETY: promised by the caller.
    match unsafe { ffi::PyObject_Hash(key) } {
        -1 => Err(Exc::fetch()),
        hash => Ok(hash),
    }
}

/// Before a plain key is looked up in an exact dict.
///
/// # Safety
///
/// Both are alive, and the first is exactly a dict or of a class that derives from it.
#[inline]
pub unsafe fn dict(dict: *mut PyObject, key: *mut PyObject) -> Res<()> {
    // SAFETY: promised by the caller.
    unsafe {
        match Keys::of(dict) {
            None => Ok(()),
            Some(keys) => keys.look(key, hash(key)?),
        }
    }
}

/// Before all keys of a dict go into another one.
pub fn merged(into: &Obj, from: &Obj) -> Res<()> {
    let (mut at, mut key, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
    // SAFETY: dicts, which nothing changes meanwhile.
    unsafe {
        while ffi::PyDict_Next(from.ptr(), &raw mut at, &raw mut key, &raw mut value) != 0 {
            if !is_harmless(key) {
                return give_up();
            }
            dict(into.ptr(), key)?;
        }
    }
    Ok(())
}

/// Before a dict is copied so that its entries can be put back.
pub fn kept(dict: &Obj) -> Res<()> {
    // SAFETY: a dict, which nothing changes meanwhile.
    unsafe {
        if Keys::of(dict.ptr()).is_none() {
            return Ok(());
        }
        let (mut at, mut key, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
        while ffi::PyDict_Next(dict.ptr(), &raw mut at, &raw mut key, &raw mut value) != 0 {
            if !is_harmless(key) {
                return give_up();
            }
        }
    }
    Ok(())
}

/// Before a plain key is looked up in an exact set or frozen set.
///
/// # Safety
///
/// Both are alive, and the first is exactly a set or a frozen set.
pub unsafe fn set(set: *mut PyObject, key: *mut PyObject) -> Res<()> {
    // SAFETY: the same entries that the interpreter looks at, one of which is empty.
    unsafe {
        let hash = hash(key)?;
        let object = set.cast::<PySetObject>();
        let (table, mask) = ((*object).table, (*object).mask as usize);
        let (mut place, mut rest) = (hash as usize & mask, hash as usize);
        loop {
            let beside = if place + NEIGHBOURS <= mask {
                NEIGHBOURS
            } else {
                0
            };
            for at in place..=place + beside {
                let entry = table.add(at);
                if (*entry).key.is_null() {
                    return Ok(());
                }
                if (*entry).hash == hash {
                    asked((*entry).key, key)?;
                }
            }
            rest >>= SHIFT;
            place = (place * 5 + 1 + rest) & mask;
        }
    }
}

/// Before a plain key is looked up in a table of the interpreter; other objects have none.
pub fn table(object: &Obj, key: &Obj) -> Res<()> {
    let class = object.class();
    // SAFETY: live objects; exactly of the classes.
    unsafe {
        if class == &raw mut ffi::PyDict_Type {
            dict(object.ptr(), key.ptr())
        } else if class == &raw mut ffi::PySet_Type || class == &raw mut ffi::PyFrozenSet_Type {
            set(object.ptr(), key.ptr())
        } else {
            Ok(())
        }
    }
}
