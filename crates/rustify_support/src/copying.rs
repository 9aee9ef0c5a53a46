//! `copy.copy` and `copy.deepcopy` of containers of the interpreter's own types.

use std::collections::HashMap;

use pyo3_ffi as ffi;

use super::exc::{Res, give_up};
use super::journal;
use super::list::{List, checked};
use super::obj::Obj;
use super::plain::is_scalar;
use super::value::Value;

/// So deep containers are copied here.
const DEEPEST: u32 = 100;

/// Whether a copy of an object is the object.
fn is_atomic(object: &Obj) -> bool {
    is_scalar(object) || object.class() == &raw mut ffi::PyRange_Type
}

/// `copy.copy(object)`.
pub fn shallow(object: &Obj) -> Res<Obj> {
    let class = object.class();
    if is_atomic(object)
        || class == &raw mut ffi::PyTuple_Type
        || class == &raw mut ffi::PyFrozenSet_Type
    {
        return Ok(object.clone());
    }
    let at = object.ptr();
    // SAFETY: each access follows the check of the exact type.
    let copy = unsafe {
        if class == &raw mut ffi::PyList_Type {
            Obj::owned(ffi::PyList_GetSlice(at, 0, ffi::PyList_GET_SIZE(at)))?
        } else if class == &raw mut ffi::PyDict_Type {
            Obj::owned(ffi::PyDict_Copy(at))?
        } else if class == &raw mut ffi::PySet_Type {
            Obj::owned(ffi::PySet_New(at))?
        } else if class == &raw mut ffi::PyByteArray_Type {
            Obj::owned(ffi::PyByteArray_FromObject(at))?
        } else {
            return give_up();
        }
    };
    journal::born(&copy);
    Ok(copy)
}

/// `copy.deepcopy(object)`.
pub fn deep(object: &Obj) -> Res<Obj> {
    copied(object, &mut HashMap::new(), 0)
}

/// Copies by the addresses of what they are copies of, which lives as long as the container around it all.
type Copies = HashMap<usize, Obj>;

fn copied(object: &Obj, copies: &mut Copies, depth: u32) -> Res<Obj> {
    if is_atomic(object) {
        return Ok(object.clone());
    }
    if let Some(copy) = copies.get(&(object.ptr() as usize)) {
        return Ok(copy.clone());
    }
    if depth == DEEPEST {
        return give_up();
    }
    let (class, at) = (object.class(), object.ptr());
    // SAFETY: each access follows the check of the exact type; nothing changes the containers meanwhile.
    let copy = unsafe {
        if class == &raw mut ffi::PyList_Type {
            let list = Obj::owned(ffi::PyList_New(0))?;
            copies.insert(at as usize, list.clone());
            append_copies(object, &list, copies, depth)?;
            list
        } else if class == &raw mut ffi::PyDict_Type {
            let dict = Obj::owned(ffi::PyDict_New())?;
            copies.insert(at as usize, dict.clone());
            let (mut place, mut key, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
            while ffi::PyDict_Next(at, &raw mut place, &raw mut key, &raw mut value) != 0 {
                let key = copied(&Obj::borrowed(key), copies, depth + 1)?;
                let value = copied(&Obj::borrowed(value), copies, depth + 1)?;
                checked(ffi::PyDict_SetItem(dict.ptr(), key.ptr(), value.ptr()))?;
            }
            dict
        } else if class == &raw mut ffi::PyTuple_Type {
            return copied_tuple(object, copies, depth);
        } else if class == &raw mut ffi::PySet_Type || class == &raw mut ffi::PyFrozenSet_Type {
            let items = Obj::owned(ffi::PySequence_List(at))?;
            let list = Obj::owned(ffi::PyList_New(0))?;
            append_copies(&items, &list, copies, depth)?;
            let set = if class == &raw mut ffi::PySet_Type {
                Obj::owned(ffi::PySet_New(list.ptr()))?
            } else {
                Obj::owned(ffi::PyFrozenSet_New(list.ptr()))?
            };
            copies.insert(at as usize, set.clone());
            set
        } else {
            return give_up();
        }
    };
    journal::born(&copy);
    Ok(copy)
}

/// Appends copies of the items of a list to another one.
///
/// # Safety
///
/// Both are exactly lists.
unsafe fn append_copies(from: &Obj, to: &Obj, copies: &mut Copies, depth: u32) -> Res<()> {
    // SAFETY: promised by the caller; nothing changes the list meanwhile.
    unsafe {
        for i in 0..ffi::PyList_GET_SIZE(from.ptr()) {
            let item = Obj::borrowed(ffi::PyList_GET_ITEM(from.ptr(), i));
            let item = copied(&item, copies, depth + 1)?;
            checked(ffi::PyList_Append(to.ptr(), item.ptr()))?;
        }
    }
    Ok(())
}

/// A tuple whose items are their own copies is its own.
fn copied_tuple(tuple: &Obj, copies: &mut Copies, depth: u32) -> Res<Obj> {
    // SAFETY: exactly a tuple; the new one is filled before anybody sees it.
    unsafe {
        let n = ffi::PyTuple_GET_SIZE(tuple.ptr());
        let mut items = Vec::new();
        let mut is_same = true;
        for i in 0..n {
            let item = Obj::borrowed(ffi::PyTuple_GET_ITEM(tuple.ptr(), i));
            let copy = copied(&item, copies, depth + 1)?;
            is_same &= copy.ptr() == item.ptr();
            items.push(copy);
        }
        if let Some(copy) = copies.get(&(tuple.ptr() as usize)) {
            return Ok(copy.clone());
        }
        if is_same {
            return Ok(tuple.clone());
        }
        let copy = Obj::owned(ffi::PyTuple_New(n))?;
        for (i, item) in (0..).zip(items) {
            ffi::PyTuple_SET_ITEM(copy.ptr(), i, item.into_ptr());
        }
        copies.insert(tuple.ptr() as usize, copy.clone());
        Ok(copy)
    }
}

/// Whether a deep copy of an object is the object, as far as that is plain to see.
fn is_fixed(object: &Obj, depth: u32) -> bool {
    if object.class() != &raw mut ffi::PyTuple_Type {
        return is_atomic(object);
    }
    // SAFETY: exactly a tuple.
    depth < DEEPEST
        && unsafe {
            (0..ffi::PyTuple_GET_SIZE(object.ptr())).all(|i| {
                let item = Obj::borrowed(ffi::PyTuple_GET_ITEM(object.ptr(), i));
                is_fixed(&item, depth + 1)
            })
        }
}

/// `copy.deepcopy(list)` of immutable items; what a list of Python's holds is looked at.
pub fn row<T: Value>(list: &List<T>) -> Res<List<T>> {
    if !list.is_native() {
        let list = list.to_obj()?;
        // SAFETY: exactly a list.
        let all_fixed = unsafe {
            (0..ffi::PyList_GET_SIZE(list.ptr()))
                .all(|i| is_fixed(&Obj::borrowed(ffi::PyList_GET_ITEM(list.ptr(), i)), 0))
        };
        if !all_fixed {
            return give_up();
        }
    }
    list.copy()
}

/// `copy.deepcopy(rows)` of lists of immutable items: a row that is there twice is so in the copy.
pub fn rows<T: Value>(rows: &List<List<T>>) -> Res<List<List<T>>> {
    let mut copies: HashMap<usize, List<T>> = HashMap::new();
    let copy = List::new()?;
    let mut items = rows.iter();
    while let Some(one) = items.next()? {
        let at = one.identity();
        let new = match copies.get(&at) {
            Some(copy) => copy.clone(),
            None => {
                let new = row(&one)?;
                copies.insert(at, new.clone());
                new
            }
        };
        copy.append(new)?;
    }
    Ok(copy)
}
