//! The items of a deque in Rust.

use std::collections::VecDeque;

use pyo3_ffi as ffi;

use super::exc::{Res, give_up};
use super::journal;
use super::made::Native;
use super::obj::Obj;
use super::value::Value;

/// The most items that a deque without `maxlen` holds.
const UNLIMITED: usize = isize::MAX as usize;

/// The items of a deque in Rust.
#[derive(Debug)]
pub struct Queue<T> {
    class: Option<Obj>,
    most: usize,
    /// How often the items have changed.
    pub changes: usize,
    /// The items.
    pub items: VecDeque<T>,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            class: None,
            most: UNLIMITED,
            changes: 0,
            items: VecDeque::new(),
        }
    }
}

/// `class(items, most)`, of the interpreter.
pub fn python_deque(class: &Obj, items: &Obj, most: &Obj) -> Res<Obj> {
    let arguments = [items.ptr(), most.ptr()];
    // SAFETY: the class of `collections`, called with a list and a plain object.
    let made = unsafe {
        Obj::owned(ffi::PyObject_Vectorcall(
            class.ptr(),
            arguments.as_ptr(),
            2,
            std::ptr::null_mut(),
        ))?
    };
    journal::born(&made);
    Ok(made)
}

/// The most items that `maxlen` allows; nothing where Python has to look at it.
fn limit(most: &Obj) -> Option<usize> {
    // SAFETY: live objects; exactly an int.
    unsafe {
        if most.ptr() == ffi::Py_None() {
            return Some(UNLIMITED);
        }
        if most.class() != &raw mut ffi::PyLong_Type {
            return None;
        }
        let n = ffi::PyLong_AsSsize_t(most.ptr());
        if n < 0 {
            ffi::PyErr_Clear();
            return None;
        }
        Some(n as usize).filter(|&n| n < UNLIMITED)
    }
}

/// The items of a list, if all are of one type.
pub fn read<T: Value>(items: &Obj) -> Option<Vec<T>> {
    // SAFETY: looked at; the list is not changed meanwhile.
    unsafe {
        if items.class() != &raw mut ffi::PyList_Type {
            return None;
        }
        (0..ffi::PyList_GET_SIZE(items.ptr()))
            .map(|i| T::from_ptr(ffi::PyList_GET_ITEM(items.ptr(), i)).ok())
            .collect()
    }
}

impl<T: Value> Queue<T> {
    /// `class(items, most)`, of a list whose items are all of this type.
    pub fn new(class: &Obj, items: &Obj, most: &Obj) -> Option<Self> {
        let most = limit(most)?;
        let mut items = VecDeque::from(read(items)?);
        items.drain(..items.len().saturating_sub(most));
        Some(Self {
            class: Some(class.clone()),
            most,
            changes: 0,
            items,
        })
    }

    /// Work that changes how many items there are or their order; those beyond `maxlen` go at the other end.
    #[inline]
    pub fn change<R>(&mut self, right: bool, work: impl FnOnce(&mut VecDeque<T>) -> R) -> R {
        self.changes = self.changes.wrapping_add(1);
        let result = work(&mut self.items);
        while self.items.len() > self.most {
            drop(if right {
                self.items.pop_front()
            } else {
                self.items.pop_back()
            });
        }
        result
    }
}

impl<T: Value> Native for Queue<T> {
    fn into_python(self) -> Res<Obj> {
        let Some(class) = self.class else {
            return give_up();
        };
        // SAFETY: a new list, all of whose places are filled before it is seen; `None` lives for ever.
        let (list, most) = unsafe {
            let list = Obj::owned(ffi::PyList_New(self.items.len() as isize))?;
            for (i, item) in self.items.into_iter().enumerate() {
                ffi::PyList_SET_ITEM(list.ptr(), i as isize, item.into_obj()?.into_ptr());
            }
            let most = match self.most {
                UNLIMITED => Obj::borrowed(ffi::Py_None()),
                most => Obj::owned(ffi::PyLong_FromSsize_t(most as isize))?,
            };
            (list, most)
        };
        python_deque(&class, &list, &most)
    }
}
