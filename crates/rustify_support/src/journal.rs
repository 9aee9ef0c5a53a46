//! What a native region has changed, so that it can be undone: contents of containers as they were at the first write.
//!
//! While the region runs no Python code can run, so that nobody sees a state that is taken back later.

use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use pyo3_ffi as ffi;

use super::exc::{Exc, Res};
use super::obj::Obj;
use super::probe;
use super::set_state::SetState;

/// One thing to put back.
pub(super) enum Undo {
    /// The items of a list, as another list.
    List(Obj, Obj),
    /// How long a list was before items were added at its end.
    Length(Obj, isize),
    /// What was the last item of a list.
    Last(Obj, Obj),
    /// The items of a dict, as another dict.
    Dict(Obj, Obj),
    /// The bytes of an array's element range, kept alive by the array.
    Bytes(
        #[expect(dead_code, reason = "keeps the memory alive")] Obj,
        *mut u8,
        Vec<u8>,
    ),
    /// An attribute of an instance: its name and its value, if it had one.
    Attribute(Obj, Obj, Option<Obj>),
    /// An entry of a dict: its key and its value, if it had one.
    Entry(Obj, Obj, Option<Obj>),
    /// A set's table.
    Set(SetState),
    /// The items of a deque, as a list.
    Deque(Obj, Obj),
    /// An item that was added at an end of a deque: whether at the right one.
    DequeAdded(Obj, bool),
    /// An item that was taken from an end of a deque: whether from the right one.
    DequeTaken(Obj, Obj, bool),
    /// The bytes of a `bytearray`, as another one.
    ByteArray(Obj, Obj),
    /// An attribute of a class: its name and its value.
    ClassAttribute(Obj, Obj, Obj),
}

/// Spreads addresses: they are no one's to choose.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.write_usize(usize::from(*b)));
    }
    fn write_usize(&mut self, n: usize) {
        self.0 = (self.0 ^ n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 32;
    }
}

type Addresses = HashSet<usize, BuildHasherDefault<Spread>>;

#[derive(Default)]
struct Journal {
    undo: Vec<Undo>,
    touched: Addresses,
    last: usize,
    /// How many small changes were kept one by one, without a copy of what they change.
    taken: u32,
    /// Instances and sets that the region itself has made: nobody sees them if it is undone.
    born: Addresses,
}

thread_local! {
    static JOURNAL: RefCell<Journal> = RefCell::default();
}

/// Runs `remember` unless the object at `address` has been changed before in this region.
#[inline]
fn at_first_write(address: usize, remember: impl FnOnce() -> Res<Undo>) -> Res<()> {
    JOURNAL.with_borrow_mut(|j| {
        if j.last == address {
            return Ok(());
        }
        if j.touched.insert(address) {
            j.undo.push(remember()?);
        }
        j.last = address;
        Ok(())
    })
}

/// Before a list changes. A list that nobody else refers to needs no memory.
#[inline]
pub fn list(list: &Obj) -> Res<()> {
    if list.is_unshared() {
        return Ok(());
    }
    at_first_write(list.ptr() as usize, || {
        // SAFETY: an exact list; a slice of the whole is a new list.
        let copy = unsafe {
            Obj::owned(ffi::PyList_GetSlice(
                list.ptr(),
                0,
                ffi::PyList_GET_SIZE(list.ptr()),
            ))?
        };
        Ok(Undo::List(list.clone(), copy))
    })
}

/// So many small changes are kept one by one; then what changes is copied.
const MOST_TAKEN: u32 = 64;

/// Remembers one small change of an object; false if all that the object holds is to be remembered instead.
pub(super) fn small_change(
    address: usize,
    remember: impl FnOnce() -> Res<Option<Undo>>,
) -> Res<bool> {
    let known = JOURNAL.with_borrow(|j| {
        let is_kept = j.touched.contains(&address);
        (is_kept || j.taken >= MOST_TAKEN).then_some(is_kept)
    });
    if let Some(known) = known {
        return Ok(known);
    }
    let Some(undo) = remember()? else {
        return Ok(false);
    };
    JOURNAL.with_borrow_mut(|j| {
        j.taken += 1;
        j.undo.push(undo);
    });
    Ok(true)
}

/// What tells an address whose list has only become longer from one whose list is kept as a whole.
const LONGER: usize = 1;

/// Before an item is added at the end of a list.
#[inline]
pub fn list_grows(list: &Obj) -> Res<()> {
    if list.is_unshared() {
        return Ok(());
    }
    let address = list.ptr() as usize;
    JOURNAL.with_borrow_mut(|j| {
        if j.last != address && !j.touched.contains(&address) && j.touched.insert(address | LONGER)
        {
            // SAFETY: an exact list.
            let n = unsafe { ffi::PyList_GET_SIZE(list.ptr()) };
            j.undo.push(Undo::Length(list.clone(), n));
        }
    });
    Ok(())
}

/// Before the last item of a list is taken.
pub fn list_shrinks(list: &Obj, last: &Obj) -> Res<()> {
    if list.is_unshared() {
        return Ok(());
    }
    let address = list.ptr() as usize;
    let is_kept = JOURNAL.with_borrow_mut(|j| {
        if j.touched.contains(&address) {
            return true;
        }
        if j.taken >= MOST_TAKEN {
            return false;
        }
        j.taken += 1;
        // What is added from now on goes on top of a shorter list.
        j.touched.remove(&(address | LONGER));
        j.undo.push(Undo::Last(list.clone(), last.clone()));
        true
    });
    if is_kept { Ok(()) } else { self::list(list) }
}

/// Before a dict changes.
#[inline]
pub fn dict(dict: &Obj) -> Res<()> {
    if dict.is_unshared() || is_born(dict) {
        return Ok(());
    }
    at_first_write(dict.ptr() as usize, || {
        probe::kept(dict)?;
        // SAFETY: an exact dict.
        let copy = unsafe { Obj::owned(ffi::PyDict_Copy(dict.ptr()))? };
        Ok(Undo::Dict(dict.clone(), copy))
    })
}

/// Before a set changes.
#[inline]
pub fn set(set: &Obj) -> Res<()> {
    if set.is_unshared() || is_born(set) {
        return Ok(());
    }
    at_first_write(set.ptr() as usize, || Ok(Undo::Set(SetState::of(set)?)))
}

/// Before bytes of an array change.
///
/// # Safety
///
/// `start` points to `n` readable and writable bytes that `owner` keeps alive.
pub unsafe fn bytes(owner: &Obj, start: *mut u8, n: usize) -> Res<()> {
    at_first_write(start as usize ^ n.rotate_left(48), || {
        let mut copy = Vec::new();
        copy.try_reserve_exact(n).map_err(|_| Exc::GIVE_UP)?;
        // SAFETY: promised by the caller.
        copy.extend_from_slice(unsafe { std::slice::from_raw_parts(start, n) });
        Ok(Undo::Bytes(owner.clone(), start, copy))
    })
}

/// The region has made an instance or a set.
#[inline]
pub fn born(object: &Obj) {
    JOURNAL.with_borrow_mut(|j| {
        j.born.insert(object.ptr() as usize);
    });
}

/// Whether the region itself has made an object.
#[inline]
pub(super) fn is_born(object: &Obj) -> bool {
    let address = object.ptr() as usize;
    JOURNAL.with_borrow(|j| !j.born.is_empty() && j.born.contains(&address))
}

/// Before an entry of a dict changes.
pub fn entry(dict: &Obj, key: &Obj, old: Option<Obj>) {
    let undo = Undo::Entry(dict.clone(), key.clone(), old);
    JOURNAL.with_borrow_mut(|j| j.undo.push(undo));
}

/// Before a `bytearray` changes.
#[inline]
pub fn bytearray(bytes: &Obj) -> Res<()> {
    if bytes.is_unshared() || is_born(bytes) {
        return Ok(());
    }
    at_first_write(bytes.ptr() as usize, || {
        // SAFETY: exactly a `bytearray`.
        let copy = unsafe { Obj::owned(ffi::PyByteArray_FromObject(bytes.ptr()))? };
        Ok(Undo::ByteArray(bytes.clone(), copy))
    })
}

/// Before a deque changes.
pub fn deque(deque: &Obj) -> Res<()> {
    if deque.is_unshared() || is_born(deque) {
        return Ok(());
    }
    at_first_write(deque.ptr() as usize, || {
        // SAFETY: a live deque.
        let copy = unsafe { Obj::owned(ffi::PySequence_List(deque.ptr()))? };
        Ok(Undo::Deque(deque.clone(), copy))
    })
}

/// Before an attribute of an instance changes; `old` gives its own value, if it has one.
#[inline]
pub fn attribute(instance: &Obj, name: &Obj, old: impl FnOnce() -> Res<Option<Obj>>) -> Res<()> {
    if instance.is_unshared() {
        return Ok(());
    }
    if is_born(instance) {
        return Ok(());
    }
    let address = instance.ptr() as usize;
    let place = address.wrapping_add((name.ptr() as usize).rotate_left(20));
    at_first_write(place, || {
        Ok(Undo::Attribute(instance.clone(), name.clone(), old()?))
    })
}

/// Before an attribute of a class changes.
pub fn class_attribute(class: &Obj, name: &Obj, old: &Obj) {
    let undo = Undo::ClassAttribute(class.clone(), name.clone(), old.clone());
    JOURNAL.with_borrow_mut(|j| j.undo.push(undo));
}

/// Whether nothing would have to be put back.
pub fn is_empty() -> bool {
    JOURNAL.with_borrow(|j| j.undo.is_empty())
}

/// Forgets everything: the region is done.
pub fn commit() {
    // What was kept is dropped after the journal is free again.
    let done = JOURNAL.with_borrow_mut(|j| {
        if !j.born.is_empty() {
            j.born.clear();
        }
        (!j.undo.is_empty()).then(|| {
            j.last = 0;
            j.taken = 0;
            j.touched.clear();
            std::mem::take(&mut j.undo)
        })
    });
    if let Some(mut done) = done {
        done.clear();
        // The next region may use the room again.
        JOURNAL.with_borrow_mut(|j| {
            if j.undo.capacity() == 0 && done.capacity() <= 64 {
                j.undo = done;
            }
        });
    }
}

/// Calls a method of the interpreter's own; true if it failed.
unsafe fn call(name: &std::ffi::CStr, arguments: &[*mut ffi::PyObject]) -> bool {
    // SAFETY: promised by the caller: live objects, the first of which has the method.
    unsafe {
        let name = ffi::PyUnicode_FromString(name.as_ptr());
        let done = ffi::PyObject_VectorcallMethod(
            name,
            arguments.as_ptr(),
            arguments.len(),
            std::ptr::null_mut(),
        );
        ffi::Py_XDECREF(name);
        let failed = done.is_null();
        ffi::Py_XDECREF(done);
        failed
    }
}

/// Puts everything back, the latest first. False if memory did not suffice.
pub fn roll_back() -> bool {
    let mut kept = JOURNAL.with_borrow_mut(|j| {
        j.last = 0;
        j.taken = 0;
        j.born.clear();
        j.touched.clear();
        std::mem::take(&mut j.undo)
    });
    let mut whole = true;
    while let Some(undo) = kept.pop() {
        let undo = match undo {
            Undo::Set(state) => {
                whole &= state.put_back();
                continue;
            }
            other => other,
        };
        // SAFETY: the objects have the types they were kept with.
        let status = unsafe {
            match &undo {
                Undo::List(list, items) => {
                    let n = ffi::PyList_GET_SIZE(list.ptr());
                    ffi::PyList_SetSlice(list.ptr(), 0, n, items.ptr())
                }
                Undo::Length(list, length) => {
                    let n = ffi::PyList_GET_SIZE(list.ptr());
                    ffi::PyList_SetSlice(list.ptr(), *length, n, std::ptr::null_mut())
                }
                Undo::Last(list, item) => ffi::PyList_Append(list.ptr(), item.ptr()),
                Undo::Dict(dict, items) => {
                    ffi::PyDict_Clear(dict.ptr());
                    ffi::PyDict_Update(dict.ptr(), items.ptr())
                }
                Undo::Bytes(_, start, bytes) => {
                    std::ptr::copy_nonoverlapping(bytes.as_ptr(), *start, bytes.len());
                    0
                }
                Undo::Attribute(instance, name, Some(old)) => {
                    ffi::PyObject_GenericSetAttr(instance.ptr(), name.ptr(), old.ptr())
                }
                Undo::Entry(dict, key, Some(old)) => {
                    ffi::PyDict_SetItem(dict.ptr(), key.ptr(), old.ptr())
                }
                Undo::Set(_) => 0,
                Undo::Entry(dict, key, None) => ffi::PyDict_DelItem(dict.ptr(), key.ptr()),
                Undo::ByteArray(bytes, old) => {
                    let n = ffi::PyByteArray_Size(old.ptr());
                    let status = ffi::PyByteArray_Resize(bytes.ptr(), n);
                    if status == 0 {
                        std::ptr::copy_nonoverlapping(
                            ffi::PyByteArray_AsString(old.ptr()),
                            ffi::PyByteArray_AsString(bytes.ptr()),
                            n as usize,
                        );
                    }
                    status
                }
                Undo::Deque(deque, items) => {
                    let failed = call(c"clear", &[deque.ptr()])
                        || call(c"extend", &[deque.ptr(), items.ptr()]);
                    -std::ffi::c_int::from(failed)
                }
                Undo::DequeAdded(deque, right) => {
                    let name = if *right { c"pop" } else { c"popleft" };
                    -std::ffi::c_int::from(call(name, &[deque.ptr()]))
                }
                Undo::DequeTaken(deque, item, right) => {
                    let name = if *right { c"append" } else { c"appendleft" };
                    -std::ffi::c_int::from(call(name, &[deque.ptr(), item.ptr()]))
                }
                Undo::ClassAttribute(class, name, old) => {
                    ffi::PyObject_SetAttr(class.ptr(), name.ptr(), old.ptr())
                }
                Undo::Attribute(instance, name, None) => {
                    ffi::PyObject_GenericSetAttr(instance.ptr(), name.ptr(), std::ptr::null_mut())
                }
            }
        };
        if status < 0 {
            // SAFETY: the interpreter is held.
            unsafe { ffi::PyErr_Clear() };
            whole = false;
        }
    }
    whole
}
