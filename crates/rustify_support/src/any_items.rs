//! The items of values whose type is only known at run time.

use pyo3_ffi as ffi;

use super::among;
use super::any_arithmetic::operand;
use super::any_arrays;
use super::any_compare::eq;
use super::errstate;
use super::exc::{Exc, Res, give_up};
use super::int::Int;
use super::numpy;
use super::obj::Obj;
use super::plain::{
    has_nan, is_container, is_scalar, is_searched, is_sought, plain, plain_or_number,
};
use super::probe;
use super::tuple::check_count;
use super::value::{Value, compact_int};

/// `len(a)`.
pub fn len(a: &Obj) -> Res<isize> {
    // SAFETY: a live object of builtin type.
    match unsafe { ffi::PyObject_Size(operand(a)?) } {
        -1 => Err(Exc::fetch()),
        n => Ok(n),
    }
}

/// The pairs that a new dict takes over: of a dict its entries, of anything else its items.
pub fn pairs(a: &Obj) -> Res<Obj> {
    // SAFETY: a live object; exactly a dict is listed.
    unsafe {
        if a.class() == &raw mut ffi::PyDict_Type {
            return Obj::owned(ffi::PyDict_Items(a.ptr()));
        }
        if ffi::PyDict_Check(a.ptr()) != 0 {
            return give_up();
        }
    }
    Ok(a.clone())
}

/// What a list appends the items of in `list += a`: numbers, arrays and instances have an addition that comes before.
pub fn no_summand(a: &Obj) -> Res<Obj> {
    // SAFETY: a live class; what it knows of numbers lives as long.
    let adds = unsafe {
        let number = (*a.class()).tp_as_number;
        !number.is_null() && (*number).nb_add.is_some()
    };
    if adds { give_up() } else { Ok(a.clone()) }
}

/// What a counter counts the items of: of a dict it would take the counts.
pub fn no_counts(a: &Obj) -> Res<Obj> {
    if a.class() == &raw mut ffi::PyDict_Type {
        return give_up();
    }
    Ok(a.clone())
}

/// Whether an object is a sequence in patterns, with so many items, or more if there is a star.
pub fn is_sequence_of(object: &Obj, n: isize, has_star: bool) -> Res<bool> {
    let class = object.class();
    if class == &raw mut ffi::PyList_Type || class == &raw mut ffi::PyTuple_Type {
        let have = len(object)?;
        return Ok(if has_star { have >= n } else { have == n });
    }
    if is_scalar(object) || is_container(object) && class != &raw mut ffi::PyRange_Type {
        return Ok(false);
    }
    give_up()
}

/// A number where only a whole one will do: `True` counts as 1.
pub fn index<I: Int + Value>(a: &Obj) -> Res<I> {
    if a.class() == &raw mut ffi::PyBool_Type {
        return I::narrow(i128::from(bool::from_obj(a)?));
    }
    I::from_obj(a)
}

/// `a[key]`.
pub fn get_item(a: &Obj, key: &Obj) -> Res<Obj> {
    if let Some(item) = item_at(a, key) {
        return Ok(item);
    }
    if !is_scalar(a) && !is_container(a) {
        if numpy::is_operand(a) {
            return any_arrays::get_item(a, key);
        }
        return super::patterns::group(a, key);
    }
    let key = if a.class() == &raw mut ffi::PyDict_Type {
        probe::table(a, plain(key)?)?;
        if has_nan(key) {
            return give_up();
        }
        key
    } else {
        plain_or_number(key)?
    };
    // SAFETY: live objects of builtin types; a key is hashed and compared.
    unsafe { Obj::owned(ffi::PyObject_GetItem(operand(a)?, key.ptr())) }
}

/// `a.__getitem__(key)`.
pub fn item_by_method(a: &Obj, key: &Obj) -> Res<Obj> {
    let class = a.class();
    let has_items = [
        &raw mut ffi::PyList_Type,
        &raw mut ffi::PyTuple_Type,
        &raw mut ffi::PyDict_Type,
        &raw mut ffi::PyUnicode_Type,
        &raw mut ffi::PyBytes_Type,
    ]
    .contains(&class);
    if !has_items && (is_scalar(a) || is_container(a)) {
        return give_up();
    }
    get_item(a, key)
}

/// The item of a list or tuple at an index that it has.
#[inline]
fn item_at(a: &Obj, key: &Obj) -> Option<Obj> {
    // SAFETY: exactly of the types that are read; the item is at a place that was checked.
    unsafe {
        if key.class() != &raw mut ffi::PyLong_Type {
            return None;
        }
        let at = compact_int(key.ptr())? as isize;
        let is_list = a.class() == &raw mut ffi::PyList_Type;
        if !is_list && a.class() != &raw mut ffi::PyTuple_Type {
            return None;
        }
        let n = ffi::Py_SIZE(a.ptr());
        let at = if at < 0 { at + n } else { at };
        if at < 0 || at >= n {
            return None;
        }
        Some(Obj::borrowed(if is_list {
            ffi::PyList_GET_ITEM(a.ptr(), at)
        } else {
            ffi::PyTuple_GET_ITEM(a.ptr(), at)
        }))
    }
}

/// `a[key] = value`, with the old contents kept.
pub fn set_item(a: &Obj, key: &Obj, value: &Obj) -> Res<()> {
    if a.class() == &raw mut ffi::PyDict_Type {
        probe::table(a, plain(key)?)?;
        if has_nan(key) {
            return give_up();
        }
        super::small_changes::entry(a, plain(key)?)?;
    } else if any_arrays::set_item(a, key, value)? {
        return Ok(());
    } else {
        remember(a)?;
    }
    let key = if a.class() == &raw mut ffi::PyList_Type {
        plain_or_number(key)?
    } else {
        plain(key)?
    };
    // SAFETY: live objects of builtin types.
    match unsafe { ffi::PyObject_SetItem(a.ptr(), key.ptr(), value.ptr()) } {
        0 => Ok(()),
        _ => Err(Exc::fetch()),
    }
}

/// `del a[key]`, with the old contents kept.
pub fn del_item(a: &Obj, key: &Obj) -> Res<()> {
    probe::table(a, plain(key)?)?;
    if has_nan(key) {
        return give_up();
    }
    remember(a)?;
    // SAFETY: live objects of builtin types.
    match unsafe { ffi::PyObject_DelItem(a.ptr(), plain(key)?.ptr()) } {
        0 => Ok(()),
        _ => Err(Exc::fetch()),
    }
}

/// Keeps the contents of a list or dict that is going to change.
pub fn remember(a: &Obj) -> Res<()> {
    if a.class() == &raw mut ffi::PyList_Type {
        super::journal::list(a)
    } else if a.class() == &raw mut ffi::PyDict_Type {
        super::journal::dict(a)
    } else if a.class() == &raw mut ffi::PySet_Type {
        super::journal::set(a)
    } else if is_scalar(a) || a.class() == &raw mut ffi::PyTuple_Type {
        Ok(())
    } else {
        give_up()
    }
}

/// `item in a`.
pub fn contains(a: &Obj, item: &Obj) -> Res<bool> {
    if numpy::is_operand(a) && (is_scalar(item) || numpy::is_scalar(item)) {
        errstate::arm()?;
        // SAFETY: an array of numbers and a number.
        return match unsafe { ffi::PySequence_Contains(a.ptr(), item.ptr()) } {
            -1 => numpy::answer_status(),
            answer => Ok(answer == 1),
        };
    }
    let class = a.class();
    if numpy::is_dtype(item) && class == &raw mut ffi::PyTuple_Type {
        // SAFETY: exactly a tuple, item by item.
        return unsafe {
            for i in 0..ffi::PyTuple_GET_SIZE(a.ptr()) {
                if eq(item, &Obj::borrowed(ffi::PyTuple_GET_ITEM(a.ptr(), i)))? {
                    return Ok(true);
                }
            }
            Ok(false)
        };
    }
    if let Some(found) = among::in_python(a, item) {
        return Ok(found);
    }
    // Only equal hashes are compared; otherwise all items are.
    let is_table = class == &raw mut ffi::PyDict_Type
        || class == &raw mut ffi::PySet_Type
        || class == &raw mut ffi::PyFrozenSet_Type;
    if !is_table && !is_searched(a) || !is_sought(item) {
        return give_up();
    }
    probe::table(a, item)?;
    if has_nan(item) {
        return give_up();
    }
    // SAFETY: objects that are compared and hashed by the interpreter's own code.
    match unsafe { ffi::PySequence_Contains(a.ptr(), item.ptr()) } {
        -1 => Err(Exc::fetch()),
        answer => Ok(answer == 1),
    }
}

/// An iterator over a plain container, text or range.
pub fn iter(a: &Obj) -> Res<Iter> {
    // SAFETY: a live object; its class says how it is iterated over.
    let is_named = unsafe {
        let own = ffi::PyTuple_Type.tp_iter;
        ffi::PyTuple_Check(a.ptr()) != 0
            && (*a.class()).tp_iter.map(|f| f as usize) == own.map(|f| f as usize)
    };
    let object = if is_named { a.ptr() } else { operand(a)? };
    // SAFETY: a live object of a builtin type, or a tuple of a class that does not iterate otherwise.
    unsafe { Obj::owned(ffi::PyObject_GetIter(object)).map(Iter) }
}

/// The items of a value that is unpacked into so many names, as a tuple of them.
pub fn unpacked<T: Value>(a: &Obj, names: isize) -> Res<T> {
    // SAFETY: each access follows the check of the exact type.
    let items = unsafe {
        if a.class() == &raw mut ffi::PyTuple_Type {
            check_count(ffi::PyTuple_GET_SIZE(a.ptr()), names)?;
            return T::from_obj(a);
        }
        if a.class() == &raw mut ffi::PyList_Type {
            check_count(ffi::PyList_GET_SIZE(a.ptr()), names)?;
            return T::from_obj(&Obj::owned(ffi::PyList_AsTuple(a.ptr()))?);
        }
        Obj::owned(ffi::PyList_New(0))?
    };
    let mut source = iter(a)?;
    let mut have = 0;
    while have <= names
        && let Some(item) = source.next()?
    {
        // SAFETY: exactly a list.
        if unsafe { ffi::PyList_Append(items.ptr(), item.ptr()) } != 0 {
            return Err(Exc::fetch());
        }
        have += 1;
    }
    check_count(have, names)?;
    unpacked(&items, names)
}

/// The items of `array.flat`.
pub fn flat(array: &Obj) -> Res<Iter> {
    any_arrays::flat(array).map(Iter)
}

/// `reversed(a)` of a plain container, text or range.
pub fn reversed(a: &Obj) -> Res<Iter> {
    // SAFETY: a live object of a builtin type, and a type of the interpreter.
    unsafe {
        let class = (&raw mut ffi::PyReversed_Type).cast();
        Obj::owned(ffi::PyObject_CallFunctionObjArgs(
            class,
            operand(a)?,
            std::ptr::null_mut::<ffi::PyObject>(),
        ))
        .map(Iter)
    }
}

/// An iterator of the interpreter.
#[derive(Debug)]
pub struct Iter(Obj);

impl Iter {
    /// Over an iterator of the interpreter that runs none of the program's code.
    pub fn over(iterator: Obj) -> Self {
        Self(iterator)
    }

    /// The next item, if there is one.
    pub fn next(&mut self) -> Res<Option<Obj>> {
        // SAFETY: an iterator of a builtin type.
        unsafe {
            let item = ffi::PyIter_Next(self.0.ptr());
            if !item.is_null() {
                return Obj::owned(item).map(Some);
            }
            if ffi::PyErr_Occurred().is_null() {
                Ok(None)
            } else {
                Err(Exc::fetch())
            }
        }
    }
}

/// `slice(start, stop, step)`.
pub fn slice(start: &Obj, stop: &Obj, step: &Obj) -> Res<Obj> {
    // SAFETY: live objects.
    unsafe { Obj::owned(ffi::PySlice_New(start.ptr(), stop.ptr(), step.ptr())) }
}
