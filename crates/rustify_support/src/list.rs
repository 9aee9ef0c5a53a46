//! `list`: of Python's, whose items are checked as they are read, or made by translated code, with its items in Rust.

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res, index_error};
use super::field::{Container, Field};
use super::int::Int;
use super::journal;
use super::list_store::Store;
use super::obj::Obj;
use super::shade::Shades;
use super::value::{Value, guard, is_exactly, unfit};
use super::view::View;

/// A `list` whose items are `T`.
#[derive(Clone, Debug)]
#[repr(transparent)]
pub struct List<T>(pub(super) Store<T>);

impl<T: Value> Value for List<T> {
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyList_Type);
        // SAFETY: promised by the caller.
        Ok(Self(unsafe { Store::borrowed(object) }))
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        self.0.into_python()
    }
    fn made_by(class: *mut ffi::PyTypeObject) -> Res<Option<Self>> {
        if class == &raw mut ffi::PyList_Type {
            return Self::new().map(Some);
        }
        Ok(None)
    }
    #[inline]
    fn into_field(self) -> Res<Field> {
        if T::IS_CLOSED && self.0.is_native() {
            return Ok(Field::of(self));
        }
        self.into_obj().map(Field::Object)
    }
    #[inline]
    fn from_field(field: &Field) -> Res<Self> {
        match field.container::<Self>() {
            Some(list) => Ok(list.clone()),
            None => Self::from_obj(&field.object()?),
        }
    }
    const IS_CLOSED: bool = T::IS_CLOSED;
    const HOLDS_LISTS: bool = true;
    fn is_apart<const OURS: bool>(&self) -> bool {
        self.0.is_apart::<OURS>()
    }
    unsafe fn instead_of(&self, old: *mut PyObject) -> Res<Obj> {
        if self.0.shades(old) {
            // SAFETY: promised by the caller. What has changed in it is stored on its own account.
            return Ok(unsafe { Obj::borrowed(old) });
        }
        self.to_obj()
    }
    unsafe fn shaded(object: *mut PyObject, shades: &Shades) -> Res<Self> {
        guard!(object, ffi::PyList_Type);
        if let Some(store) = shades.find::<Store<T>>(object)? {
            return Ok(Self(store));
        }
        // SAFETY: exactly a list.
        let store = unsafe { Store::shade(object, shades)? };
        shades.add(object, store.clone());
        Ok(Self(store))
    }
    fn sliced(
        &self,
        start: Option<isize>,
        stop: Option<isize>,
        step: Option<isize>,
    ) -> Option<Res<Self>> {
        Some(self.slice(start, stop, step))
    }
}

impl<T: Value> Container for List<T> {
    fn object(&self) -> Res<Obj> {
        self.to_obj()
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// Room for so many items.
pub(super) fn room<T>(n: usize) -> Res<Vec<T>> {
    let mut items = Vec::new();
    items.try_reserve_exact(n).map_err(|_| Exc::GIVE_UP)?;
    Ok(items)
}

/// The answer of C code that sets an exception when it fails.
#[inline]
pub(super) fn checked(status: std::ffi::c_int) -> Res<()> {
    if status == 0 {
        Ok(())
    } else {
        Err(Exc::fetch())
    }
}

impl<T: Value> List<T> {
    /// `[]`.
    #[inline]
    pub fn new() -> Res<Self> {
        Store::native(Vec::new()).map(Self)
    }

    /// `[items…]`.
    pub fn of<const N: usize>(items: [T; N]) -> Res<Self> {
        Self::with_items(items.into_iter().collect())
    }

    /// A new list of these items.
    pub fn with_items(items: Vec<T>) -> Res<Self> {
        Store::native(items).map(Self)
    }

    /// Whether the items are in Rust.
    #[inline]
    pub(super) fn is_native(&self) -> bool {
        self.0.is_native()
    }

    /// The items in Rust.
    ///
    /// # Safety
    ///
    /// The items are in Rust, and nothing changes them meanwhile.
    #[inline]
    pub(super) unsafe fn native_items(&self) -> &[T] {
        // SAFETY: promised by the caller.
        unsafe { self.0.items() }
    }

    /// Takes the items of a list of a function's own.
    #[inline]
    pub(super) fn take_all(&self) -> Res<Vec<T>> {
        if self.0.is_writable() {
            Ok(self.0.with(std::mem::take))
        } else {
            Err(Exc::GIVE_UP)
        }
    }

    /// Gives the items back.
    #[inline]
    pub(super) fn give_all(&self, items: Vec<T>) {
        let old = self.0.with(|place| std::mem::replace(place, items));
        drop(old);
    }

    /// Notes that items in Rust change.
    #[inline]
    pub(super) fn touch(&self) {
        self.0.touch();
    }

    /// Where the items lie; a list of a function's own that had become an object is brought back to Rust before.
    #[inline]
    pub fn view(&self) -> View<T> {
        self.0.settle();
        self.0.view()
    }

    /// The number of items.
    #[inline]
    pub fn length(&self) -> isize {
        self.0.length() as isize
    }

    /// The Python list, which translated code is about to change.
    #[inline]
    pub(super) fn changing(&self) -> Res<*mut PyObject> {
        let list = self.0.python();
        // SAFETY: a live list; the reference is not given away.
        let object = std::mem::ManuallyDrop::new(unsafe { Obj::borrowed_once(list) });
        journal::list(&object)?;
        Ok(list)
    }

    #[inline]
    pub(super) fn inside(i: isize, n: usize) -> Res<usize> {
        let at = if i < 0 { i.wrapping_add(n as isize) } else { i };
        if (at as usize) < n {
            Ok(at as usize)
        } else {
            Err(index_error().outside(i, c"list index out of range"))
        }
    }

    /// The item of a list of Python's at a place inside.
    #[inline]
    pub(super) fn read(&self, at: usize) -> Res<T> {
        // SAFETY: exactly a list, and the place is inside.
        unsafe { T::from_ptr(ffi::PyList_GET_ITEM(self.0.python(), at as isize)) }
    }

    /// The item at a place inside.
    #[inline]
    pub(super) fn at(&self, at: usize) -> Res<T> {
        if self.0.is_native() {
            // SAFETY: the items are in Rust, and the place is inside.
            Ok(unsafe { (*self.0.place(at)).clone() })
        } else {
            self.read(at)
        }
    }

    /// `self[i]`.
    #[inline]
    pub fn get<I: Int>(&self, i: I) -> Res<T> {
        let i = i.index();
        // No call on either way: it would keep numbers in memory that loops have in registers.
        if self.0.is_native() {
            let at = Self::inside(i, self.0.native_length())?;
            // SAFETY: the items are in Rust, and the place is inside.
            return Ok(unsafe { (*self.0.place(at)).clone() });
        }
        self.read(Self::inside(i, self.0.length())?)
    }

    /// `self[i] = item`.
    #[inline]
    pub fn set<I: Int>(&self, i: I, item: T) -> Res<()> {
        let i = i.index();
        if self.0.is_native() {
            let at = Self::inside(i, self.0.native_length())
                .map_err(|e| e.outside(i, c"list assignment index out of range"))?;
            self.0.touch();
            // SAFETY: the items are in Rust, and the place is inside; the old item is dropped last.
            let old = unsafe { std::mem::replace(&mut *self.0.place(at), item) };
            drop(old);
            return Ok(());
        }
        self.set_in_place(i, item)
    }

    /// `self[i] = item` of a list of Python's, which stays where it is.
    #[cold]
    #[inline(never)]
    pub fn set_in_place(&self, i: isize, item: T) -> Res<()> {
        let at = Self::inside(i, self.0.length())
            .map_err(|e| e.outside(i, c"list assignment index out of range"))?;
        let list = self.changing()?;
        let item = item.into_obj()?;
        // SAFETY: exactly a list, and the place is inside; the old item is dropped last.
        unsafe {
            let old = Obj::borrowed(ffi::PyList_GET_ITEM(list, at as isize));
            let failed = ffi::PyList_SetItem(list, at as isize, item.into_ptr());
            drop(old);
            checked(failed)
        }
    }

    /// `self.append(item)`.
    #[inline]
    pub fn append(&self, item: T) -> Res<()> {
        if self.0.has_room() {
            // SAFETY: there is room.
            unsafe { self.0.push(item) };
            return Ok(());
        }
        self.append_slowly(item)
    }

    // Takes the item along, so that no number lives across the call.
    #[cold]
    #[inline(never)]
    fn append_slowly(&self, item: T) -> Res<()> {
        if self.0.is_writable() {
            self.0.grow()?;
            // SAFETY: there is room now.
            unsafe { self.0.push(item) };
            return Ok(());
        }
        // The object of the item may be made from this very list.
        let item = item.into_obj()?;
        let list = self.0.python();
        // SAFETY: exactly a list; the reference is not given away.
        unsafe {
            let object = std::mem::ManuallyDrop::new(Obj::borrowed_once(list));
            journal::list_grows(&object)?;
            checked(ffi::PyList_Append(list, item.ptr()))
        }
    }

    /// All items, in Rust.
    pub(super) fn all(&self) -> Res<Vec<T>> {
        let mut items = room(self.0.length())?;
        self.copy_to(&mut items)?;
        Ok(items)
    }

    /// Adds all items to a vector.
    pub(super) fn copy_to(&self, items: &mut Vec<T>) -> Res<()> {
        if self.0.is_native() {
            // SAFETY: the items are in Rust, and cloning them changes no list.
            items.extend_from_slice(unsafe { self.0.items() });
        } else {
            for at in 0..self.0.length() {
                items.push(self.read(at)?);
            }
        }
        Ok(())
    }

    /// Whether both are one object.
    pub fn is(&self, other: &Self) -> bool {
        self.0.is(&other.0)
    }

    /// A number that no other list has as long as this one lives.
    pub(super) fn identity(&self) -> usize {
        self.0.identity()
    }
}
