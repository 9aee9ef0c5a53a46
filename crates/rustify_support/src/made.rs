//! Containers that translated code makes: in Rust for as long as no object of them is needed.
//!
//! The first operation that needs an object makes one, and from then on the object holds the items for all handles, so
//! that the container has one identity and one state at any time. The caller's own containers are Python's from the
//! start.

use std::cell::RefCell;
use std::rc::Rc;

use super::exc::Res;
use super::obj::Obj;

/// The items of a container in Rust.
pub trait Native: Default {
    /// A new object that holds them.
    fn into_python(self) -> Res<Obj>;
}

/// A reference to a container of either kind.
#[derive(Debug)]
pub enum Store<N> {
    /// Python's.
    Python(Obj),
    /// One that translated code has made.
    Made(Rc<RefCell<Place<N>>>),
}

/// Where the items of a container are that translated code has made.
#[derive(Debug)]
pub enum Place<N> {
    /// In Rust.
    Rust(N),
    /// In an object.
    Python(Obj),
}

impl<N> Clone for Store<N> {
    #[inline]
    fn clone(&self) -> Self {
        match self {
            Self::Python(object) => Self::Python(object.clone()),
            Self::Made(place) => Self::Made(place.clone()),
        }
    }
}

impl<N: Native> Store<N> {
    /// A container in Rust.
    pub fn native(items: N) -> Self {
        Self::Made(Rc::new(RefCell::new(Place::Rust(items))))
    }

    /// Whether the items are in Rust.
    #[inline]
    pub fn is_native(&self) -> bool {
        self.with(|_| ()).is_some()
    }

    /// Works on the items if they are in Rust. `work` must not touch the container otherwise.
    #[inline]
    pub fn with<R>(&self, work: impl FnOnce(&mut N) -> R) -> Option<R> {
        match self {
            Self::Python(_) => None,
            Self::Made(place) => match &mut *place.borrow_mut() {
                Place::Rust(items) => Some(work(items)),
                Place::Python(_) => None,
            },
        }
    }

    /// Looks at the items where they are.
    #[inline]
    pub fn look<R>(&self, native: impl FnOnce(&N) -> R, python: impl FnOnce(&Obj) -> R) -> R {
        match self {
            Self::Python(object) => python(object),
            Self::Made(place) => match &*place.borrow() {
                Place::Rust(items) => native(items),
                Place::Python(object) => python(object),
            },
        }
    }

    /// Works on Python's container, which is made now if the items are in Rust.
    #[inline]
    pub fn python<R>(&self, work: impl FnOnce(&Obj) -> Res<R>) -> Res<R> {
        match self {
            Self::Python(object) => work(object),
            Self::Made(place) => work(&Self::object(place)?),
        }
    }

    /// Python's container, which is made now if the items are in Rust.
    pub fn into_python(self) -> Res<Obj> {
        match self {
            Self::Python(object) => Ok(object),
            Self::Made(place) => Self::object(&place),
        }
    }

    fn object(place: &RefCell<Place<N>>) -> Res<Obj> {
        let items = match &mut *place.borrow_mut() {
            Place::Python(object) => return Ok(object.clone()),
            Place::Rust(items) => std::mem::take(items),
        };
        let object = items.into_python()?;
        *place.borrow_mut() = Place::Python(object.clone());
        Ok(object)
    }
}
