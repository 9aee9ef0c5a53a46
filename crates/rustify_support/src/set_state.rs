//! A set as it was: its table entry by entry, so that putting it back gives its order back, too.

use pyo3_ffi::{self as ffi, PySetObject, setentry};

use super::exc::{Exc, Res};
use super::obj::Obj;
use super::probe::is_harmless;

/// Larger sets are not copied: the region gives up before it changes one.
const LARGEST: isize = 1 << 20;

/// What a set held, and where.
pub(super) struct SetState {
    set: Obj,
    entries: Vec<setentry>,
    fill: isize,
    used: isize,
    mask: isize,
    finger: isize,
    was_small: bool,
}

/// Whether an entry holds an item: removed ones leave a mark without a hash.
fn holds(entry: &setentry) -> bool {
    !entry.key.is_null() && entry.hash != -1
}

impl SetState {
    /// Keeps the state of an exact set of keys that run none of the program's code.
    pub(super) fn of(set: &Obj) -> Res<Self> {
        let object = set.ptr().cast::<PySetObject>();
        let mut entries = Vec::new();
        // SAFETY: exactly a set; its table has one entry more than the mask says, each with a live item or none.
        unsafe {
            let n = (*object).mask + 1;
            if n > LARGEST || entries.try_reserve_exact(n as usize).is_err() {
                return Err(Exc::GIVE_UP);
            }
            for at in 0..n {
                let entry = (*object).table.offset(at);
                let (key, hash) = ((*entry).key, (*entry).hash);
                let entry = setentry { key, hash };
                if holds(&entry) && !is_harmless(key) {
                    return Err(Exc::GIVE_UP);
                }
                entries.push(entry);
            }
            for entry in entries.iter().filter(|e| holds(e)) {
                ffi::Py_INCREF(entry.key);
            }
            Ok(Self {
                set: set.clone(),
                entries,
                fill: (*object).fill,
                used: (*object).used,
                mask: (*object).mask,
                finger: (*object).finger,
                was_small: std::ptr::eq(
                    (*object).table,
                    (&raw const (*object).smalltable).cast::<setentry>(),
                ),
            })
        }
    }

    /// Puts the state back; false if memory did not suffice.
    pub(super) fn put_back(mut self) -> bool {
        let object = self.set.ptr().cast::<PySetObject>();
        let mut left: Vec<setentry> = Vec::new();
        // SAFETY: the set is alive and no other code runs; its table is the small one inside, or memory of the
        // interpreter that becomes unused here. References move with the entries.
        unsafe {
            let small = (&raw mut (*object).smalltable).cast::<setentry>();
            let (old, n) = ((*object).table, (*object).mask + 1);
            if left.try_reserve_exact(n as usize).is_err() {
                return false;
            }
            for at in 0..n {
                let entry = &*old.offset(at);
                left.push(setentry {
                    key: entry.key,
                    hash: entry.hash,
                });
            }
            let table = if self.was_small {
                small
            } else {
                let size = self.entries.len() * size_of::<setentry>();
                let table = ffi::PyMem_Malloc(size).cast::<setentry>();
                if table.is_null() {
                    return false;
                }
                table
            };
            for (at, entry) in self.entries.drain(..).enumerate() {
                table.add(at).write(entry);
            }
            (*object).table = table;
            (*object).fill = self.fill;
            (*object).used = self.used;
            (*object).mask = self.mask;
            (*object).finger = self.finger;
            if !std::ptr::eq(old, small) {
                ffi::PyMem_Free(old.cast());
            }
            for entry in &left {
                if holds(entry) {
                    ffi::Py_DECREF(entry.key);
                }
            }
        }
        true
    }
}

impl Drop for SetState {
    fn drop(&mut self) {
        for entry in &self.entries {
            if holds(entry) {
                // SAFETY: a reference that this state holds.
                unsafe { ffi::Py_DECREF(entry.key) };
            }
        }
    }
}
