//! Instances of the program's own classes: attributes in their dict or slots.

use pyo3_ffi as ffi;

use super::any;
use super::attributes;
use super::exc::{Exc, Res, give_up};
use super::journal;
use super::members;
use super::obj::Obj;
use super::value::Value;

unsafe extern "C" {
    static mut PyMethod_Type: ffi::PyTypeObject;
    static mut PyStaticMethod_Type: ffi::PyTypeObject;
    static mut PyClassMethod_Type: ffi::PyTypeObject;
    fn PyMethod_Function(method: *mut ffi::PyObject) -> *mut ffi::PyObject;
    fn _PyType_Lookup(
        class: *mut ffi::PyTypeObject,
        name: *mut ffi::PyObject,
    ) -> *mut ffi::PyObject;
    #[cfg(not(Py_3_13))]
    fn _PyObject_LookupAttr(
        object: *mut ffi::PyObject,
        name: *mut ffi::PyObject,
        value: *mut *mut ffi::PyObject,
    ) -> std::ffi::c_int;
    #[cfg(not(Py_3_14))]
    fn _PyObject_GetMethod(
        object: *mut ffi::PyObject,
        name: *mut ffi::PyObject,
        method: *mut *mut ffi::PyObject,
    ) -> std::ffi::c_int;
}

/// The flag of classes with abstract methods.
const IS_ABSTRACT: std::ffi::c_ulong = 1 << 20;

/// Gives up unless an object is exactly of a class.
#[inline]
pub fn check(object: &Obj, class: &Obj) -> Res<()> {
    if object.class().cast() == class.ptr() {
        Ok(())
    } else {
        give_up()
    }
}

/// An object that is exactly of a class.
#[inline]
pub fn checked(object: Obj, class: &Obj) -> Res<Obj> {
    check(&object, class)?;
    Ok(object)
}

/// A value on the right of an operator; one of a class that derives from the left side's may have to answer first.
#[inline]
pub fn no_heir(value: Obj, class: &Obj) -> Res<Obj> {
    let own = value.class();
    // SAFETY: live classes.
    let derives = unsafe { ffi::PyType_IsSubtype(own, class.ptr().cast()) != 0 };
    if derives && own.cast() != class.ptr() {
        return give_up();
    }
    Ok(value)
}

/// An object that is exactly of a class, and whose method of that name is the class's own: an attribute of the instance
/// would come first.
pub fn with_method(object: Obj, class: &Obj, name: &Obj, function: &Obj) -> Res<Obj> {
    check(&object, class)?;
    // SAFETY: live objects; the class has no hooks, so that nothing but the method cache and the instance's own dict
    // is looked into.
    unsafe {
        #[cfg(not(Py_3_14))]
        let found = {
            let mut found = std::ptr::null_mut();
            _PyObject_GetMethod(object.ptr(), name.ptr(), &raw mut found);
            found
        };
        #[cfg(Py_3_14)]
        let found = ffi::PyObject_GenericGetAttr(object.ptr(), name.ptr());
        let found = Obj::owned(found)?;
        let target = if found.class() == &raw mut PyMethod_Type {
            PyMethod_Function(found.ptr())
        } else {
            found.ptr()
        };
        if target != function.ptr() {
            return give_up();
        }
    }
    Ok(object)
}

/// An object that is exactly of a class, and whose attribute of that name is another class.
pub fn with_class(object: Obj, class: &Obj, name: &Obj, inner: &Obj) -> Res<Obj> {
    with_method(object, class, name, inner)
}

/// Whether what a class holds under the name of a method is that function, plain or as a static or class method.
pub fn stands_for(class: &Obj, name: &Obj, function: &Obj) -> bool {
    // SAFETY: a live class without hooks; static and class methods are the interpreter's own, which run no Python code
    // when they are asked for their function.
    unsafe {
        let found = _PyType_Lookup(class.ptr().cast(), name.ptr());
        if found.is_null() || found == function.ptr() {
            return !found.is_null();
        }
        let kind = ffi::Py_TYPE(found);
        if kind != &raw mut PyStaticMethod_Type && kind != &raw mut PyClassMethod_Type {
            return false;
        }
        let Some(get) = (*kind).tp_descr_get else {
            return false;
        };
        let Ok(bound) = Obj::owned(get(found, std::ptr::null_mut(), class.ptr())) else {
            ffi::PyErr_Clear();
            return false;
        };
        if bound.class() == &raw mut PyMethod_Type {
            PyMethod_Function(bound.ptr()) == function.ptr()
        } else {
            bound.ptr() == function.ptr()
        }
    }
}

/// `object.name`, of a class without descriptors or hooks for it.
#[inline]
pub fn get<T: Value>(object: &Obj, name: &Obj) -> Res<T> {
    // SAFETY: live objects; the instance keeps the value alive until it is read.
    unsafe {
        let value = attributes::value(object.ptr(), name.ptr());
        if !value.is_null() {
            return T::from_ptr(value);
        }
    }
    // SAFETY: live objects; the class has been looked at when the extension was attached.
    let value = unsafe { Obj::owned(ffi::PyObject_GenericGetAttr(object.ptr(), name.ptr()))? };
    T::from_obj(&value)
}

/// The value of an attribute of the instance itself, not of its class.
fn own_attribute(object: &Obj, name: &Obj) -> Res<Option<Obj>> {
    // SAFETY: live objects.
    unsafe {
        let place = attributes::place(object.ptr(), name.ptr());
        if !place.is_null() {
            let old = *place;
            return Ok((!old.is_null()).then(|| Obj::borrowed(old)));
        }
    }
    // SAFETY: live objects of a class without hooks; an error means that there is none yet.
    unsafe {
        let mut old = std::ptr::null_mut();
        #[cfg(Py_3_13)]
        let found = ffi::PyObject_GetOptionalAttr(object.ptr(), name.ptr(), &raw mut old);
        #[cfg(not(Py_3_13))]
        let found = _PyObject_LookupAttr(object.ptr(), name.ptr(), &raw mut old);
        if found <= 0 {
            ffi::PyErr_Clear();
            return Ok(None);
        }
        let old = Obj::owned(old)?;
        let of_class = _PyType_Lookup(object.class(), name.ptr());
        if of_class != old.ptr() {
            return Ok(Some(old));
        }
        let names = Obj::owned(ffi::PyObject_GenericGetDict(
            object.ptr(),
            std::ptr::null_mut(),
        ))?;
        let own = ffi::PyDict_GetItemWithError(names.ptr(), name.ptr());
        Ok((!own.is_null()).then_some(old))
    }
}

/// `object.name = value`.
#[inline]
pub fn set<T: Value>(object: &Obj, name: &Obj, value: T) -> Res<()> {
    let value = value.into_obj()?;
    journal::attribute(object, name, || own_attribute(object, name))?;
    // SAFETY: live objects; the old value is dropped last.
    unsafe {
        let place = attributes::place(object.ptr(), name.ptr());
        if !place.is_null() && !(*place).is_null() {
            let mut value = value;
            value.swap(&mut *place);
            return Ok(());
        }
    }
    // SAFETY: live objects.
    if unsafe { ffi::PyObject_GenericSetAttr(object.ptr(), name.ptr(), value.ptr()) } == 0 {
        Ok(())
    } else {
        Err(Exc::fetch())
    }
}

/// Gives up if a class has abstract methods.
#[inline]
pub fn check_concrete(class: &Obj) -> Res<()> {
    // SAFETY: a live class.
    if unsafe { (*class.ptr().cast::<ffi::PyTypeObject>()).tp_flags } & IS_ABSTRACT == 0 {
        Ok(())
    } else {
        give_up()
    }
}

/// A new instance without attributes.
pub fn new(class: &Obj) -> Res<Obj> {
    check_concrete(class)?;
    // SAFETY: the class is a plain Python class whose `__new__` is `object`'s, which makes room for the values too: an
    // instance that was only allocated gets a dict of its own with its first attribute, and is slower ever after.
    unsafe {
        let new = ffi::PyBaseObject_Type.tp_new.ok_or(Exc::GIVE_UP)?;
        let arguments = Obj::owned(ffi::PyTuple_New(0))?;
        let instance = Obj::owned(new(
            class.ptr().cast(),
            arguments.ptr(),
            std::ptr::null_mut(),
        ))?;
        journal::born(&instance);
        Ok(instance)
    }
}

/// A new named tuple.
pub fn new_tuple(class: &Obj, items: &[Obj]) -> Res<Obj> {
    // SAFETY: live objects; `tuple.__new__` copies the items and runs no Python code.
    unsafe {
        let tuple = Obj::owned(ffi::PyTuple_New(items.len() as isize))?;
        for (i, item) in items.iter().enumerate() {
            ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, item.clone().into_ptr());
        }
        let arguments = Obj::owned(ffi::PyTuple_New(1))?;
        ffi::PyTuple_SET_ITEM(arguments.ptr(), 0, tuple.into_ptr());
        let new = ffi::PyTuple_Type.tp_new.ok_or(Exc::GIVE_UP)?;
        Obj::owned(new(
            class.ptr().cast(),
            arguments.ptr(),
            std::ptr::null_mut(),
        ))
    }
}

/// The member of an enumeration that has a value: the class's own table has it, or Python is asked.
pub fn member(class: &Obj, value: &Obj) -> Res<Obj> {
    if !any::is_scalar(value) {
        return give_up();
    }
    // SAFETY: live objects; the table is an exact dict, whose lookup of a scalar gives a borrowed reference.
    unsafe {
        let table = ffi::PyObject_GetAttrString(class.ptr(), c"_value2member_map_".as_ptr());
        let Ok(table) = Obj::owned(table) else {
            return give_up();
        };
        if table.class() != &raw mut ffi::PyDict_Type {
            return give_up();
        }
        let found = ffi::PyDict_GetItemWithError(table.ptr(), value.ptr());
        if found.is_null() {
            ffi::PyErr_Clear();
            // An enumeration without members is a class that makes enumerations.
            if ffi::PyDict_Size(table.ptr()) == 0 {
                return give_up();
            }
            return match members::no_member(class, value) {
                Some(error) => Err(Exc::of_object(error.ptr())),
                None => give_up(),
            };
        }
        let found = Obj::borrowed(found);
        if is_exactly(&found, class) {
            Ok(found)
        } else {
            give_up()
        }
    }
}

/// A table that an enumeration keeps of its members.
fn table(class: &Obj, name: &std::ffi::CStr, kind: *mut ffi::PyTypeObject) -> Res<Obj> {
    // SAFETY: a live class, whose own dict is asked.
    unsafe {
        let names = (*class.ptr().cast::<ffi::PyTypeObject>()).tp_dict;
        if names.is_null() {
            return give_up();
        }
        let found = ffi::PyDict_GetItemString(names, name.as_ptr());
        if found.is_null() || ffi::Py_TYPE(found) != kind {
            return give_up();
        }
        Ok(Obj::borrowed(found))
    }
}

/// The members of an enumeration, without other names of them, as a list.
pub fn members(class: &Obj) -> Res<Obj> {
    let names = table(class, c"_member_names_", &raw mut ffi::PyList_Type)?;
    let all = table(class, c"_member_map_", &raw mut ffi::PyDict_Type)?;
    // SAFETY: an exact list of texts, and an exact dict.
    unsafe {
        let n = ffi::PyList_GET_SIZE(names.ptr());
        let list = Obj::owned(ffi::PyList_New(n))?;
        for i in 0..n {
            let name = ffi::PyList_GET_ITEM(names.ptr(), i);
            let member = ffi::PyDict_GetItemWithError(all.ptr(), name);
            if member.is_null() {
                return give_up();
            }
            ffi::PyList_SET_ITEM(list.ptr(), i, Obj::borrowed(member).into_ptr());
        }
        Ok(list)
    }
}

/// The member of an enumeration that has a name.
pub fn member_named(class: &Obj, name: &Obj) -> Res<Obj> {
    if !any::is_scalar(name) {
        return give_up();
    }
    let all = table(class, c"_member_map_", &raw mut ffi::PyDict_Type)?;
    // SAFETY: an exact dict, and a number or text.
    unsafe {
        let member = ffi::PyDict_GetItemWithError(all.ptr(), name.ptr());
        if member.is_null() {
            return give_up();
        }
        Ok(Obj::borrowed(member))
    }
}

/// Gives up unless two classes are one.
pub fn same(a: &Obj, b: &Obj) -> Res<()> {
    if a.ptr() == b.ptr() {
        Ok(())
    } else {
        give_up()
    }
}

/// Whether an object is exactly of a class.
pub fn is_exactly(object: &Obj, class: &Obj) -> bool {
    object.class().cast() == class.ptr()
}

/// Whether an object is of a class or of one that derives from it.
pub fn is_of(object: &Obj, class: &Obj) -> bool {
    // SAFETY: two live classes.
    unsafe { ffi::PyType_IsSubtype(object.class(), class.ptr().cast()) != 0 }
}

/// `Class.name`: what the class or one that it derives from holds, which must be no descriptor.
pub fn of_class<T: Value>(class: &Obj, name: &Obj) -> Res<T> {
    // SAFETY: a live class; classes made by Python code keep their names in an ordinary dict.
    unsafe {
        let order = (*class.ptr().cast::<ffi::PyTypeObject>()).tp_mro;
        if order.is_null() {
            return give_up();
        }
        for i in 0..ffi::PyTuple_GET_SIZE(order) {
            let one = ffi::PyTuple_GET_ITEM(order, i).cast::<ffi::PyTypeObject>();
            let names = (*one).tp_dict;
            if names.is_null() {
                continue;
            }
            let found = ffi::PyDict_GetItemWithError(names, name.ptr());
            if !found.is_null() {
                if (*ffi::Py_TYPE(found)).tp_descr_get.is_some() {
                    return give_up();
                }
                return T::from_ptr(found);
            }
        }
    }
    give_up()
}

/// `Class.name = value`.
pub fn set_of_class<T: Value>(class: &Obj, name: &Obj, value: T) -> Res<()> {
    let value = value.into_obj()?;
    // SAFETY: a live class of the ordinary kind, whose own dict holds the name.
    unsafe {
        let names = (*class.ptr().cast::<ffi::PyTypeObject>()).tp_dict;
        if class.class() != &raw mut ffi::PyType_Type || names.is_null() {
            return give_up();
        }
        let old = ffi::PyDict_GetItemWithError(names, name.ptr());
        if old.is_null() {
            return give_up();
        }
        journal::class_attribute(class, name, &Obj::borrowed(old));
        if ffi::PyObject_SetAttr(class.ptr(), name.ptr(), value.ptr()) < 0 {
            return Err(Exc::fetch());
        }
    }
    Ok(())
}

fn tuples(a: &[Obj], b: &[Obj]) -> Res<(Obj, Obj)> {
    let tuple = |items: &[Obj]| {
        // SAFETY: a new tuple of live objects.
        unsafe {
            let tuple = Obj::owned(ffi::PyTuple_New(items.len() as isize))?;
            for (i, item) in items.iter().enumerate() {
                ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, item.clone().into_ptr());
            }
            Ok(tuple)
        }
    };
    Ok((tuple(a)?, tuple(b)?))
}

/// `==` of two dataclasses: by tuples of their fields up to Python 3.12, field by field from then on.
pub fn fields_eq(a: &[Obj], b: &[Obj]) -> Res<bool> {
    if cfg!(Py_3_13) {
        for (a, b) in a.iter().zip(b) {
            if !any::eq(a, b)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    items_eq(a, b)
}

/// `==` of two named tuples.
pub fn items_eq(a: &[Obj], b: &[Obj]) -> Res<bool> {
    let (a, b) = tuples(a, b)?;
    any::eq(&a, &b)
}

/// `<` of two dataclasses.
pub fn fields_lt(a: &[Obj], b: &[Obj]) -> Res<bool> {
    let (a, b) = tuples(a, b)?;
    any::lt(&a, &b)
}

/// `<=` of two dataclasses.
pub fn fields_le(a: &[Obj], b: &[Obj]) -> Res<bool> {
    let (a, b) = tuples(a, b)?;
    any::le(&a, &b)
}

/// `>` of two dataclasses.
pub fn fields_gt(a: &[Obj], b: &[Obj]) -> Res<bool> {
    let (a, b) = tuples(a, b)?;
    any::gt(&a, &b)
}

/// `>=` of two dataclasses.
pub fn fields_ge(a: &[Obj], b: &[Obj]) -> Res<bool> {
    let (a, b) = tuples(a, b)?;
    any::ge(&a, &b)
}

/// `<` of two named tuples.
pub fn items_lt(a: &[Obj], b: &[Obj]) -> Res<bool> {
    let (a, b) = tuples(a, b)?;
    any::lt(&a, &b)
}

/// `<=` of two named tuples.
pub fn items_le(a: &[Obj], b: &[Obj]) -> Res<bool> {
    let (a, b) = tuples(a, b)?;
    any::le(&a, &b)
}

/// `>` of two named tuples.
pub fn items_gt(a: &[Obj], b: &[Obj]) -> Res<bool> {
    let (a, b) = tuples(a, b)?;
    any::gt(&a, &b)
}

/// `>=` of two named tuples.
pub fn items_ge(a: &[Obj], b: &[Obj]) -> Res<bool> {
    let (a, b) = tuples(a, b)?;
    any::ge(&a, &b)
}

/// What a function took from around it when it was made: one of so many cells, of a function defined on a line.
pub fn cell<T: Value>(function: &Obj, line: i64, n: isize, i: isize) -> Res<T> {
    // SAFETY: the exact types are checked before fields are read.
    unsafe {
        if function.class() != &raw mut ffi::PyFunction_Type {
            return give_up();
        }
        let code = ffi::PyFunction_GetCode(function.ptr());
        let cells = ffi::PyFunction_GetClosure(function.ptr());
        if !stands_on(code, line)? || cells.is_null() || ffi::PyTuple_GET_SIZE(cells) != n {
            return give_up();
        }
        let value = Obj::owned(ffi::PyCell_Get(ffi::PyTuple_GET_ITEM(cells, i)))?;
        T::from_obj(&value)
    }
}

/// So many code objects are remembered with the line they begin on.
const REMEMBERED: usize = 16;

struct Lines(std::cell::Cell<[(*mut ffi::PyObject, i64); REMEMBERED]>);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Lines {}

static LINES: Lines = Lines(std::cell::Cell::new(
    [(std::ptr::null_mut(), 0); REMEMBERED],
));

/// Whether a code object begins on a line. What is remembered is kept alive.
unsafe fn stands_on(code: *mut ffi::PyObject, line: i64) -> Res<bool> {
    let mut lines = LINES.0.get();
    let at = (code as usize >> 4) % REMEMBERED;
    if lines[at].0 != code {
        // SAFETY: a live code object.
        unsafe {
            let first = Obj::owned(ffi::PyObject_GetAttrString(
                code,
                c"co_firstlineno".as_ptr(),
            ))?;
            let first = i64::from_obj(&first)?;
            let kept = Obj::borrowed(code).into_ptr();
            ffi::Py_XDECREF(lines[at].0);
            lines[at] = (kept, first);
        }
        LINES.0.set(lines);
    }
    Ok(lines[at].1 == line)
}
