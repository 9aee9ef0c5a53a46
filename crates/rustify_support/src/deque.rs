//! `collections.deque`.

use std::collections::VecDeque;
use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject};

use super::any;
use super::exc::{Exc, Res, give_up};
use super::field::{Container, Field};
use super::int::Int;
use super::journal;
use super::list::List;
use super::made::Store;
use super::obj::Obj;
use super::plain::has_nan;
use super::queue::{Queue, python_deque, read};
use super::small_changes;
use super::value::{Key, Value, unfit};

/// A `deque` of `T`.
#[derive(Clone, Debug)]
pub struct Deque<T>(Store<Queue<T>>);

impl<T: Value> Container for Deque<T> {
    fn object(&self) -> Res<Obj> {
        self.to_obj()
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

impl<T: Value> Value for Deque<T> {
    const IS_CLOSED: bool = T::IS_CLOSED;
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        // SAFETY: a live object; a class has a name in UTF-8, and heap types of the program have none with a dot.
        unsafe {
            let class = ffi::Py_TYPE(object);
            let is_deque = CStr::from_ptr((*class).tp_name) == c"collections.deque";
            if !is_deque {
                return unfit();
            }
            Ok(Self(Store::Python(Obj::borrowed(object))))
        }
    }
    fn into_obj(self) -> Res<Obj> {
        self.0.into_python()
    }
    fn into_field(self) -> Res<Field> {
        if Self::IS_CLOSED && self.0.is_native() {
            return Ok(Field::of(self));
        }
        self.into_obj().map(Field::Object)
    }
    fn from_field(field: &Field) -> Res<Self> {
        match field.container::<Self>() {
            Some(deque) => Ok(deque.clone()),
            None => Self::from_obj(&field.object()?),
        }
    }
}

macro_rules! name {
    ($text:literal) => {{
        static KEPT: super::value::Constant = super::value::Constant::new();
        KEPT.get(|| any::name($text))?
    }};
}

impl<T: Value> Deque<T> {
    /// `deque(items, maxlen)`.
    pub fn new(class: &Obj, items: &Obj, most: &Obj) -> Res<Self> {
        any::plain(most)?;
        Ok(Self(match Queue::new(class, items, most) {
            Some(queue) => Store::native(queue),
            None => Store::Python(python_deque(class, items, most)?),
        }))
    }

    /// The number of items.
    #[inline]
    pub fn length(&self) -> isize {
        // SAFETY: a live deque.
        let python = |deque: &Obj| unsafe { ffi::PySequence_Size(deque.ptr()) };
        self.0.look(|queue| queue.items.len() as isize, python)
    }

    /// Changes the items if they are in Rust.
    #[inline]
    fn native<R>(&self, right: bool, work: impl FnOnce(&mut VecDeque<T>) -> R) -> Option<R> {
        self.0.with(|queue| queue.change(right, work))
    }

    /// A method of Python's deque.
    fn call(deque: &Obj, name: &Obj, arguments: &[&Obj]) -> Res<Obj> {
        let mut all = [deque.ptr(); 3];
        for (slot, argument) in all[1..].iter_mut().zip(arguments) {
            *slot = argument.ptr();
        }
        // SAFETY: live objects; these methods run none of the program's code.
        unsafe {
            Obj::owned(ffi::PyObject_VectorcallMethod(
                name.ptr(),
                all.as_ptr(),
                1 + arguments.len(),
                std::ptr::null_mut(),
            ))
        }
    }

    /// `self.append(item)`.
    pub fn append(&self, item: T) -> Res<()> {
        if self.0.is_native() {
            self.native(true, |items| items.push_back(item));
            return Ok(());
        }
        self.0.python(|deque| {
            small_changes::deque_grows(deque, true)?;
            Self::call(deque, name!(c"append"), &[&item.into_obj()?]).map(drop)
        })
    }

    /// `self.appendleft(item)`.
    pub fn appendleft(&self, item: T) -> Res<()> {
        if self.0.is_native() {
            self.native(false, |items| items.push_front(item));
            return Ok(());
        }
        self.0.python(|deque| {
            small_changes::deque_grows(deque, false)?;
            Self::call(deque, name!(c"appendleft"), &[&item.into_obj()?]).map(drop)
        })
    }

    /// `self.pop()`.
    pub fn pop(&self) -> Res<T> {
        if let Some(Some(item)) = self.native(true, VecDeque::pop_back) {
            return Ok(item);
        }
        self.0.python(|deque| {
            small_changes::deque_shrinks(deque, true)?;
            T::from_obj(&Self::call(deque, name!(c"pop"), &[])?)
        })
    }

    /// `self.popleft()`.
    pub fn popleft(&self) -> Res<T> {
        if let Some(Some(item)) = self.native(true, VecDeque::pop_front) {
            return Ok(item);
        }
        self.0.python(|deque| {
            small_changes::deque_shrinks(deque, false)?;
            T::from_obj(&Self::call(deque, name!(c"popleft"), &[])?)
        })
    }

    /// `self.extend(items)`, of a list.
    pub fn extend(&self, items: &Obj) -> Res<()> {
        if self.0.is_native()
            && let Some(more) = read(items)
        {
            self.native(true, |items| items.extend(more));
            return Ok(());
        }
        self.changed(name!(c"extend"), &[items])
    }

    /// `self.extendleft(items)`, of a list.
    pub fn extendleft(&self, items: &Obj) -> Res<()> {
        if self.0.is_native()
            && let Some(more) = read(items)
        {
            self.native(false, |items| {
                more.into_iter().for_each(|item| items.push_front(item));
            });
            return Ok(());
        }
        self.changed(name!(c"extendleft"), &[items])
    }

    /// `self.clear()`.
    pub fn clear(&self) -> Res<()> {
        match self.native(true, std::mem::take) {
            Some(_) => Ok(()),
            None => self.changed(name!(c"clear"), &[]),
        }
    }

    /// `self.reverse()`.
    pub fn reverse(&self) -> Res<()> {
        let in_place = |items: &mut VecDeque<T>| items.make_contiguous().reverse();
        match self.native(true, in_place) {
            Some(()) => Ok(()),
            None => self.changed(name!(c"reverse"), &[]),
        }
    }

    /// `self.rotate(n)`.
    pub fn rotate<I: Int>(&self, n: I) -> Res<()> {
        let steps = whole(n)?;
        let turned = |items: &mut VecDeque<T>| {
            if !items.is_empty() {
                items.rotate_right(steps.rem_euclid(items.len() as isize) as usize);
            }
        };
        if self.native(true, turned).is_some() {
            return Ok(());
        }
        // SAFETY: makes an int.
        let n = unsafe { Obj::owned(ffi::PyLong_FromSsize_t(steps))? };
        self.changed(name!(c"rotate"), &[&n])
    }

    fn changed(&self, name: &Obj, arguments: &[&Obj]) -> Res<()> {
        self.0.python(|deque| {
            journal::deque(deque)?;
            Self::call(deque, name, arguments).map(drop)
        })
    }

    /// A method that changes the deque, with plain arguments; items are compared only where they are plain.
    pub fn change(&self, name: &Obj, arguments: &[Obj]) -> Res<()> {
        self.0.python(journal::deque)?;
        self.ask(name, arguments).map(drop)
    }

    /// A method with plain arguments.
    pub fn ask(&self, name: &Obj, arguments: &[Obj]) -> Res<Obj> {
        if !arguments.is_empty() {
            let mut items = self.0.python(python_items)?;
            while let Some(item) = items.next()? {
                any::plain(&item)?;
            }
        }
        let mut all = Vec::new();
        for argument in arguments {
            let argument = any::plain(argument)?;
            if has_nan(argument) {
                return give_up();
            }
            all.push(argument);
        }
        self.0.python(|deque| Self::call(deque, name, &all))
    }

    /// The items as a list.
    pub fn listed(&self) -> Res<List<T>> {
        let (list, mut items) = (List::new()?, self.iter()?);
        while let Some(item) = items.next()? {
            list.append(item)?;
        }
        Ok(list)
    }

    /// `self[i]`.
    pub fn get<I: Int>(&self, i: I) -> Res<T> {
        let at = whole(i)?;
        if let Some(Some(item)) = self
            .0
            .with(|queue| queue.items.get(place(at, queue.items.len())?).cloned())
        {
            return Ok(item);
        }
        self.0.python(|deque| {
            // SAFETY: a live deque.
            let item = unsafe { Obj::owned(ffi::PySequence_GetItem(deque.ptr(), at))? };
            T::from_obj(&item)
        })
    }

    /// `self[i] = item`.
    pub fn set<I: Int>(&self, i: I, item: T) -> Res<()> {
        let at = whole(i)?;
        let mut item = Some(item);
        let old = self.0.with(|queue| {
            let at = place(at, queue.items.len())?;
            let slot = queue.items.get_mut(at)?;
            Some(std::mem::replace(slot, item.take()?))
        });
        let (Some(item), Some(None) | None) = (item, old) else {
            return Ok(());
        };
        self.0.python(|deque| {
            journal::deque(deque)?;
            let item = item.into_obj()?;
            // SAFETY: a live deque.
            if unsafe { ffi::PySequence_SetItem(deque.ptr(), at, item.ptr()) } == 0 {
                Ok(())
            } else {
                Err(Exc::fetch())
            }
        })
    }

    /// The items.
    pub fn iter(&self) -> Res<DequeItems<T>> {
        if let Some(changes) = self.0.with(|queue| queue.changes) {
            return Ok(DequeItems::Rust {
                changes,
                deque: self.0.clone(),
                at: 0,
            });
        }
        self.0.python(python_items).map(DequeItems::Python)
    }
}

impl<T: Key + PartialEq> Deque<T> {
    /// `item in self`, for items that compare as their values do.
    pub fn contains(&self, item: &T) -> Res<bool> {
        item.check_key()?;
        if let Some(found) = self.0.with(|queue| queue.items.contains(item)) {
            return Ok(found);
        }
        let mut items = self.iter()?;
        while let Some(other) = items.next()? {
            if other == *item {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// `self.count(item)`.
    pub fn count<I: Int>(&self, item: &T) -> Res<I> {
        item.check_key()?;
        let (mut items, mut n) = (self.iter()?, 0);
        while let Some(other) = items.next()? {
            n += isize::from(other == *item);
        }
        Ok(I::of(n))
    }
}

/// An index of Python's size; a larger one gives up.
#[inline]
fn whole<I: Int>(i: I) -> Res<isize> {
    match i.index() {
        isize::MIN | isize::MAX => give_up(),
        i => Ok(i),
    }
}

/// The place of an item counted from either end.
#[inline]
fn place(at: isize, length: usize) -> Option<usize> {
    let at = if at < 0 {
        at.checked_add(length as isize)?
    } else {
        at
    };
    usize::try_from(at).ok()
}

fn python_items(deque: &Obj) -> Res<any::Iter> {
    // SAFETY: a live deque.
    let iter = unsafe { Obj::owned(ffi::PyObject_GetIter(deque.ptr()))? };
    Ok(any::Iter::over(iter))
}

/// The items of a deque.
#[derive(Debug)]
pub enum DequeItems<T> {
    /// Of Python's.
    Python(any::Iter),
    /// Of one in Rust.
    Rust {
        /// The deque.
        deque: Store<Queue<T>>,
        /// How often it had changed before.
        changes: usize,
        /// Its next item.
        at: usize,
    },
}

impl<T: Value> DequeItems<T> {
    /// The next item.
    pub fn next(&mut self) -> Res<Option<T>> {
        match self {
            Self::Python(items) => match items.next()? {
                Some(item) => T::from_obj(&item).map(Some),
                None => Ok(None),
            },
            Self::Rust { deque, changes, at } => {
                let next = |queue: &mut Queue<T>| {
                    (queue.changes == *changes).then(|| queue.items.get(*at).cloned())
                };
                match deque.with(next) {
                    Some(Some(item)) => {
                        *at += 1;
                        Ok(item)
                    }
                    // Python's iterator would raise, or the object has the items now.
                    _ => give_up(),
                }
            }
        }
    }
}
