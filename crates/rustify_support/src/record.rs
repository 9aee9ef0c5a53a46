//! Instances that the region itself makes: their attributes stay in Rust until something asks for the object.
//!
//! Only the translated functions of the region can refer to such an instance, so that nobody misses the object. Once it
//! is made it holds the attributes, as for an instance that comes from Python.

use std::cell::{Cell, OnceCell, UnsafeCell};
use std::mem::MaybeUninit;
use std::rc::Rc;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res, give_up};
use super::field::Field;
use super::instance;
use super::obj::Obj;
use super::value::Value;

/// The most attributes of an instance in Rust; the compiler knows this number too.
pub const MOST_FIELDS: usize = 12;

/// An instance in Rust.
pub struct Native {
    class: *mut PyObject,
    fields: [UnsafeCell<Field>; MOST_FIELDS],
    /// So many fields are assigned: their numbers and names in the order in which they came to be, which is the order of
    /// the instance's dict. What lies behind is not initialised.
    assigned: Cell<u8>,
    order: [Cell<MaybeUninit<(u8, *mut PyObject)>>; MOST_FIELDS],
    object: OnceCell<Obj>,
}

impl Native {
    fn field(&self, at: usize) -> &Field {
        // SAFETY: fields are replaced by `set` alone, which no reference outlives: what is read is copied at once.
        unsafe { &*self.fields[at].get() }
    }

    #[inline]
    fn is_in_rust(&self, class: &Obj) -> bool {
        self.class == class.ptr() && self.object.get().is_none()
    }

    fn set(&self, at: usize, name: &Obj, value: Field) {
        // SAFETY: no reference to a field lives on.
        let old = unsafe { std::mem::replace(&mut *self.fields[at].get(), value) };
        if matches!(old, Field::Absent) {
            let n = self.assigned.get();
            self.order[usize::from(n)].set(MaybeUninit::new((at as u8, name.ptr())));
            self.assigned.set(n + 1);
        }
    }

    /// The assigned fields with their names.
    fn assigned(&self) -> impl Iterator<Item = (usize, *mut PyObject)> {
        self.order[..usize::from(self.assigned.get())]
            .iter()
            .map(|entry| {
                // SAFETY: so many entries are initialised.
                let (at, name) = unsafe { entry.get().assume_init() };
                (usize::from(at), name)
            })
    }

    /// The object, made when it is first asked for.
    fn object(&self) -> Res<Obj> {
        if let Some(object) = self.object.get() {
            return Ok(object.clone());
        }
        // SAFETY: the class lives as long as the region.
        let class = unsafe { Obj::borrowed(self.class) };
        let object = instance::new(&class)?;
        for (at, name) in self.assigned() {
            let value = self.field(at).object()?;
            // SAFETY: a new instance of a class without hooks, and a name that lives for ever.
            if unsafe { ffi::PyObject_GenericSetAttr(object.ptr(), name, value.ptr()) } < 0 {
                return Err(Exc::fetch());
            }
        }
        for (at, _) in self.assigned() {
            // SAFETY: no reference to a field lives on.
            unsafe { *self.fields[at].get() = Field::Absent };
        }
        // Nothing above runs code that could have made the object meanwhile.
        let _ = self.object.set(object.clone());
        Ok(object)
    }
}

/// An instance of a class of the program.
#[derive(Clone)]
pub enum Record {
    /// Python's.
    Object(Obj),
    /// One that the region has made.
    Native(Rc<Native>),
}

impl Value for Record {
    #[inline]
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        // SAFETY: promised by the caller; the class is looked at where the instance is used.
        Ok(Self::Object(unsafe { Obj::borrowed(object) }))
    }
    #[inline]
    fn into_obj(self) -> Res<Obj> {
        match self {
            Self::Object(object) => Ok(object),
            Self::Native(native) => native.object(),
        }
    }
}

/// A new instance without attributes.
#[inline]
pub fn new(class: &Obj) -> Res<Record> {
    instance::check_concrete(class)?;
    Ok(Record::Native(Rc::new(Native {
        class: class.ptr(),
        fields: [const { UnsafeCell::new(Field::Absent) }; MOST_FIELDS],
        assigned: Cell::new(0),
        order: [const { Cell::new(MaybeUninit::uninit()) }; MOST_FIELDS],
        object: OnceCell::new(),
    })))
}

/// Gives up unless a value is exactly of a class.
#[inline]
pub fn check(record: &Record, class: &Obj) -> Res<()> {
    match record {
        Record::Object(object) => instance::check(object, class),
        Record::Native(native) if native.class == class.ptr() => Ok(()),
        Record::Native(_) => give_up(),
    }
}

/// A value that is exactly of a class.
#[inline]
pub fn checked(record: Record, class: &Obj) -> Res<Record> {
    check(&record, class)?;
    Ok(record)
}

/// A value that is exactly of a class, and whose method of that name is the class's own.
#[inline]
pub fn with_method(record: Record, class: &Obj, name: &Obj, function: &Obj) -> Res<Record> {
    match &record {
        Record::Native(native) if native.is_in_rust(class) => {
            // No field has the name of a method.
            if instance::stands_for(class, name, function) {
                Ok(record)
            } else {
                give_up()
            }
        }
        _ => {
            let object = record.to_obj()?;
            instance::with_method(object, class, name, function)?;
            Ok(record)
        }
    }
}

/// A value that is exactly of a class, and whose attribute of that name is another class.
#[inline]
pub fn with_class(record: Record, class: &Obj, name: &Obj, inner: &Obj) -> Res<Record> {
    with_method(record, class, name, inner)
}

/// `object.name`, where the field of that name has the number `at`.
#[inline]
pub fn get<T: Value>(record: &Record, class: &Obj, name: &Obj, at: usize) -> Res<T> {
    match record {
        Record::Native(native) if native.is_in_rust(class) => match native.field(at) {
            Field::Absent => instance::of_class(class, name),
            field => T::from_field(field),
        },
        Record::Object(object) => {
            instance::check(object, class)?;
            instance::get(object, name)
        }
        Record::Native(_) => {
            let object = record.to_obj()?;
            instance::check(&object, class)?;
            instance::get(&object, name)
        }
    }
}

/// `object.name`, of a name that no instance has of its own as far as the file shows.
pub fn get_other<T: Value>(record: &Record, class: &Obj, name: &Obj) -> Res<T> {
    let object = record.to_obj()?;
    instance::check(&object, class)?;
    instance::get(&object, name)
}

/// `object.name = value`, where the field of that name has the number `at`.
#[inline]
pub fn set<T: Value>(record: &Record, class: &Obj, name: &Obj, at: usize, value: T) -> Res<()> {
    match record {
        Record::Native(native) if native.is_in_rust(class) => {
            native.set(at, name, value.into_field()?);
            Ok(())
        }
        _ => set_other(record, class, name, value),
    }
}

/// `object.name = value`, of a name that no instance has of its own as far as the file shows.
pub fn set_other<T: Value>(record: &Record, class: &Obj, name: &Obj, value: T) -> Res<()> {
    let object = record.to_obj()?;
    instance::check(&object, class)?;
    instance::set(&object, name, value)
}
