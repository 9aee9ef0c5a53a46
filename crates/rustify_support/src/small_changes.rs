//! Changes of one entry or of one end, which are kept one by one: what a big dict or deque holds is not copied for them.

use pyo3_ffi as ffi;

use super::exc::{Exc, Res};
use super::journal::{self, Undo, is_born, small_change};
use super::obj::Obj;

/// What holds no more than this is copied.
const FEW: isize = 48;

/// Before `dict[key] = value`.
#[inline]
pub fn entry(dict: &Obj, key: &Obj) -> Res<()> {
    // SAFETY: an exact dict.
    if unsafe { ffi::PyDict_Size(dict.ptr()) } <= FEW || dict.is_unshared() || is_born(dict) {
        return journal::dict(dict);
    }
    let is_kept = small_change(dict.ptr() as usize, || {
        // SAFETY: an exact dict and a plain key; what is found is kept alive.
        unsafe {
            let old = ffi::PyDict_GetItemWithError(dict.ptr(), key.ptr());
            if old.is_null() && !ffi::PyErr_Occurred().is_null() {
                return Err(Exc::fetch());
            }
            let old = (!old.is_null()).then(|| Obj::borrowed(old));
            Ok(Some(Undo::Entry(dict.clone(), key.clone(), old)))
        }
    })?;
    if is_kept { Ok(()) } else { journal::dict(dict) }
}

/// Whether a deque is better copied.
fn is_short(deque: &Obj) -> bool {
    // SAFETY: a live deque.
    unsafe { ffi::PySequence_Size(deque.ptr()) <= FEW }
}

/// Before an item is added at an end of a deque.
pub fn deque_grows(deque: &Obj, right: bool) -> Res<()> {
    if is_short(deque) || deque.is_unshared() || is_born(deque) {
        return journal::deque(deque);
    }
    let is_kept = small_change(deque.ptr() as usize, || {
        // SAFETY: a live deque. One of limited length loses an item at its other end.
        let most = unsafe {
            let most = ffi::PyObject_GetAttrString(deque.ptr(), c"maxlen".as_ptr());
            Obj::owned(most)?
        };
        // SAFETY: a singleton.
        let is_open = most.ptr() == unsafe { ffi::Py_None() };
        Ok(is_open.then(|| Undo::DequeAdded(deque.clone(), right)))
    })?;
    if is_kept {
        Ok(())
    } else {
        journal::deque(deque)
    }
}

/// Before an item is taken from an end of a deque.
pub fn deque_shrinks(deque: &Obj, right: bool) -> Res<()> {
    if is_short(deque) || deque.is_unshared() || is_born(deque) {
        return journal::deque(deque);
    }
    let is_kept = small_change(deque.ptr() as usize, || {
        let at = if right { -1 } else { 0 };
        // SAFETY: a live deque.
        unsafe {
            let item = Obj::owned(ffi::PySequence_GetItem(deque.ptr(), at))?;
            Ok(Some(Undo::DequeTaken(deque.clone(), item, right)))
        }
    })?;
    if is_kept {
        Ok(())
    } else {
        journal::deque(deque)
    }
}
