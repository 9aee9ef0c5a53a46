//! The program's own NumPy: its C interface, and its calls.

use std::cell::Cell;
use std::ffi::{CStr, c_int, c_void};

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res, give_up};
use super::obj::Obj;

/// The most axes of an array.
pub const MOST_AXES: usize = 64;

/// The start of an array object.
#[repr(C)]
pub struct Fields {
    head: PyObject,
    /// The first item.
    pub data: *mut u8,
    /// The number of axes.
    pub nd: i32,
    /// Extents.
    pub dimensions: *mut isize,
    /// Steps in bytes.
    pub strides: *mut isize,
    /// What owns the memory, if it is another object.
    pub base: *mut PyObject,
    /// The dtype.
    pub descr: *mut Descr,
    /// Bits.
    pub flags: i32,
}

/// The start of a dtype object.
#[repr(C)]
pub struct Descr {
    head: PyObject,
    scalar: *mut ffi::PyTypeObject,
    /// The kind letter.
    pub kind: u8,
    code: u8,
    /// `=`, `|`, `<` or `>`.
    pub byteorder: u8,
    unused: u8,
    /// The number of the type.
    pub type_num: i32,
}

/// The flag of aligned items.
pub const ALIGNED: i32 = 0x0100;
/// The flag of arrays that can be written to.
pub const WRITEABLE: i32 = 0x0400;

/// What is known of the program's NumPy; objects are kept for ever.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    table: *const *mut c_void,
    umath: *mut PyObject,
    /// The class of ufuncs.
    pub ufunc: *mut ffi::PyTypeObject,
    /// The variable that holds what `errstate` says.
    pub(super) errors: *mut PyObject,
}

struct Known(Cell<Option<Api>>);

// SAFETY: the interpreter is held at each access.
unsafe impl Sync for Known {}

/// The interface, once it was looked up.
static API: Known = Known(Cell::new(None));

/// The interface of the NumPy that the program has imported; without one the region gives up.
#[inline]
pub fn api() -> Res<Api> {
    match API.0.get() {
        Some(api) => Ok(api),
        None => look_up(),
    }
}

#[cold]
fn look_up() -> Res<Api> {
    // SAFETY: dicts of plain modules are read; the capsule is NumPy's own.
    unsafe {
        let modules = ffi::PyImport_GetModuleDict();
        let module = ffi::PyDict_GetItemString(modules, c"numpy._core._multiarray_umath".as_ptr());
        if module.is_null() || ffi::PyModule_Check(module) == 0 {
            return give_up();
        }
        let umath = ffi::PyModule_GetDict(module);
        let capsule = ffi::PyDict_GetItemString(umath, c"_ARRAY_API".as_ptr());
        let errors = ffi::PyDict_GetItemString(umath, c"_extobj_contextvar".as_ptr());
        let make = ffi::PyDict_GetItemString(umath, c"_make_extobj".as_ptr());
        if capsule.is_null()
            || ffi::PyCapsule_CheckExact(capsule) == 0
            || errors.is_null()
            || make.is_null()
        {
            return give_up();
        }
        let table = ffi::PyCapsule_GetPointer(capsule, std::ptr::null()).cast::<*mut c_void>();
        if table.is_null() {
            ffi::PyErr_Clear();
            return give_up();
        }
        let version: extern "C" fn() -> u32 = std::mem::transmute(*table);
        if version() != 0x0200_0000 {
            return give_up();
        }
        let ufuncs = ffi::PyDict_GetItemString(umath, c"_UFUNC_API".as_ptr());
        if ufuncs.is_null() || ffi::PyCapsule_CheckExact(ufuncs) == 0 {
            return give_up();
        }
        let ufuncs = ffi::PyCapsule_GetPointer(ufuncs, std::ptr::null()).cast::<*mut c_void>();
        if ufuncs.is_null() {
            ffi::PyErr_Clear();
            return give_up();
        }
        let api = Api {
            table,
            umath: Obj::borrowed(umath).into_ptr(),
            ufunc: (*ufuncs).cast(),
            errors: Obj::borrowed(errors).into_ptr(),
        };
        API.0.set(Some(api));
        Ok(api)
    }
}

/// The interface, if it was looked up.
#[inline]
pub(super) fn known_api() -> Option<Api> {
    API.0.get()
}

/// The number of an array's dtype; none where the object is no array.
#[inline]
pub fn type_num(api: Api, object: &Obj) -> Option<i32> {
    // SAFETY: the fields of a live array.
    is_array(api, object).then(|| unsafe { (*(*object.ptr().cast::<Fields>()).descr).type_num })
}

/// Whether the elements of a dtype are truth values or whole numbers.
#[inline]
pub fn is_whole(type_num: i32) -> bool {
    (0..=10).contains(&type_num)
}

impl Api {
    /// A slot of the C interface.
    #[inline]
    pub(super) fn slot(self, at: usize) -> *mut c_void {
        // SAFETY: the table has more than 300 slots.
        unsafe { *self.table.add(at) }
    }

    /// `ndarray`.
    #[inline]
    pub fn ndarray(self) -> *mut ffi::PyTypeObject {
        self.slot(2).cast()
    }

    /// The class of scalars of a type number.
    #[inline]
    pub fn scalar_class(self, type_num: i32) -> *mut ffi::PyTypeObject {
        // In the order of type numbers: bool, byte, ubyte, short, … complex of two doubles.
        const SLOTS: [usize; 16] = [
            8, 20, 25, 21, 26, 22, 27, 23, 28, 24, 29, 30, 31, 32, 33, 34,
        ];
        self.slot(SLOTS[type_num as usize]).cast()
    }

    /// Whether a class is one of NumPy's numbers.
    #[inline]
    fn is_number(self, class: *mut ffi::PyTypeObject) -> bool {
        [
            31, 23, 8, 30, 22, 20, 21, 24, 25, 26, 27, 28, 29, 32, 33, 34, 35, 217,
        ]
        .iter()
        .any(|&at| self.slot(at).cast() == class)
    }

    /// `False` or `True` of NumPy.
    #[inline]
    pub fn truth(self, value: bool) -> Obj {
        // SAFETY: the two singletons lie side by side, 24 bytes each.
        unsafe {
            let pair = self.slot(9).cast::<u8>();
            Obj::borrowed(pair.add(if value { 24 } else { 0 }).cast())
        }
    }

    /// The dtype of a type number.
    pub fn descr(self, type_num: i32) -> Res<Obj> {
        // SAFETY: `PyArray_DescrFromType`.
        unsafe {
            let from: extern "C" fn(c_int) -> *mut PyObject = std::mem::transmute(self.slot(45));
            Obj::owned(from(type_num))
        }
    }

    /// A new array of zeros.
    pub fn zeros(self, type_num: i32, shape: &[isize]) -> Res<Obj> {
        type Zeros =
            unsafe extern "C" fn(c_int, *const isize, *mut PyObject, c_int) -> *mut PyObject;
        // SAFETY: `PyArray_Zeros`, which takes the dtype.
        unsafe {
            let zeros: Zeros = std::mem::transmute(self.slot(183));
            let descr = self.descr(type_num)?.into_ptr();
            answer(zeros(shape.len() as c_int, shape.as_ptr(), descr, 0))
        }
    }

    /// A new array; with `data` one that looks at memory of `owner`.
    ///
    /// # Safety
    ///
    /// `strides` fit `shape`, and `data` and all items belong to `owner`.
    pub unsafe fn array(
        self,
        descr: Obj,
        shape: &[isize],
        strides: Option<&[isize]>,
        memory: Option<(*mut u8, c_int, &Obj)>,
    ) -> Res<Obj> {
        type New = unsafe extern "C" fn(
            *mut ffi::PyTypeObject,
            *mut PyObject,
            c_int,
            *const isize,
            *const isize,
            *mut u8,
            c_int,
            *mut PyObject,
        ) -> *mut PyObject;
        type SetBase = unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> c_int;
        // SAFETY: `PyArray_NewFromDescr`, which takes the dtype, and `PyArray_SetBaseObject`, which takes the owner.
        unsafe {
            let new: New = std::mem::transmute(self.slot(94));
            let made = Obj::owned(new(
                self.ndarray(),
                descr.into_ptr(),
                shape.len() as c_int,
                shape.as_ptr(),
                strides.map_or(std::ptr::null(), <[isize]>::as_ptr),
                memory.map_or(std::ptr::null_mut(), |m| m.0),
                memory.map_or(0, |m| m.1),
                std::ptr::null_mut(),
            ))?;
            if let Some((_, _, owner)) = memory {
                let set: SetBase = std::mem::transmute(self.slot(282));
                if set(made.ptr(), owner.clone().into_ptr()) < 0 {
                    return Err(Exc::fetch());
                }
            }
            Ok(made)
        }
    }

    /// An object of NumPy's C module.
    pub fn member(self, name: &CStr) -> Res<Obj> {
        // SAFETY: the dict of a module.
        unsafe {
            let found = ffi::PyDict_GetItemString(self.umath, name.as_ptr());
            if found.is_null() {
                return give_up();
            }
            Ok(Obj::borrowed(found))
        }
    }
}

/// Whether an object is an array of numbers, exactly of the class `ndarray`.
#[inline]
pub fn is_array(api: Api, object: &Obj) -> bool {
    // SAFETY: the fields of a live array.
    object.class() == api.ndarray()
        && matches!(
            unsafe { (*(*object.ptr().cast::<Fields>()).descr).kind },
            b'b' | b'i' | b'u' | b'f' | b'c'
        )
}

/// Whether an object is surely none of NumPy's, without asking whether there is a NumPy.
#[inline]
fn is_pythons(object: &Obj) -> bool {
    const FLAGS: std::ffi::c_ulong = ffi::Py_TPFLAGS_LONG_SUBCLASS
        | ffi::Py_TPFLAGS_LIST_SUBCLASS
        | ffi::Py_TPFLAGS_TUPLE_SUBCLASS
        | ffi::Py_TPFLAGS_BYTES_SUBCLASS
        | ffi::Py_TPFLAGS_UNICODE_SUBCLASS
        | ffi::Py_TPFLAGS_DICT_SUBCLASS;
    let class = object.class();
    // SAFETY: a live type, and statics of the interpreter. Arrays and numbers of NumPy derive from none of these.
    unsafe {
        (*class).tp_flags & FLAGS != 0
            || class == &raw mut ffi::PyFloat_Type
            || class == &raw mut ffi::PySet_Type
            || class == &raw mut ffi::PyFrozenSet_Type
    }
}

/// Whether operations on an object run NumPy's code alone, and no code of the program.
#[inline]
pub fn is_operand(object: &Obj) -> bool {
    if is_pythons(object) {
        return false;
    }
    let Ok(api) = api() else { return false };
    is_array(api, object) || api.is_number(object.class())
}

/// What a call into NumPy answered: errors of floating point give up, and Ctrl-C goes up.
///
/// # Safety
///
/// `made` is an owned reference, or null with an exception set.
pub unsafe fn answer(made: *mut PyObject) -> Res<Obj> {
    // SAFETY: promised by the caller.
    unsafe {
        if !made.is_null() {
            return Obj::owned(made);
        }
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_FloatingPointError) != 0
            || ffi::PyErr_ExceptionMatches(ffi::PyExc_Warning) != 0
        {
            ffi::PyErr_Clear();
            return give_up();
        }
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_KeyboardInterrupt) != 0 {
            return Err(Exc::interrupt());
        }
        Err(Exc::fetch())
    }
}

/// Whether an object names a dtype or many: a class of NumPy's numbers, `int`, `float`, `bool` or `complex`.
pub fn is_description(object: &Obj) -> bool {
    let class: *mut ffi::PyTypeObject = object.ptr().cast();
    class == &raw mut ffi::PyFloat_Type
        || class == &raw mut ffi::PyLong_Type
        || class == &raw mut ffi::PyBool_Type
        || class == &raw mut ffi::PyComplex_Type
        || api().is_ok_and(|api| {
            // A class of scalars, or a dtype: the class of its class is that of all dtypes.
            // SAFETY: a live object has a class, which has one too; slot 3 is `numpy.dtype`.
            let (meta, of_dtypes) = unsafe {
                (
                    ffi::Py_TYPE(object.class().cast()),
                    ffi::Py_TYPE(api.slot(3).cast()),
                )
            };
            // The classes between those of numbers and that of all scalars.
            let is_abstract = (10..=17).any(|at| api.slot(at).cast() == class);
            api.is_number(class) || is_abstract || meta == of_dtypes
        })
}

/// Whether an object is a dtype.
pub fn is_dtype(object: &Obj) -> bool {
    !is_pythons(object)
        && is_description(object)
        // SAFETY: a live object.
        && unsafe { ffi::PyType_Check(object.ptr()) } == 0
}

/// Whether an object tells about an array or a dtype, so that its attributes are NumPy's.
pub(super) fn tells(object: &Obj) -> bool {
    if is_pythons(object) {
        return false;
    }
    let Ok(api) = api() else { return false };
    let class: *mut PyObject = object.class().cast();
    // SAFETY: dicts of plain modules are read.
    let is_limit = |name: &CStr| unsafe {
        let all = ffi::PyImport_GetModuleDict();
        let module = ffi::PyDict_GetItemString(all, c"numpy._core.getlimits".as_ptr());
        !module.is_null()
            && ffi::PyModule_Check(module) != 0
            && ffi::PyDict_GetItemString(ffi::PyModule_GetDict(module), name.as_ptr()) == class
    };
    is_dtype(object)
        || api
            .member(c"flagsobj")
            .is_ok_and(|flags| flags.ptr() == class)
        || is_limit(c"finfo")
        || is_limit(c"iinfo")
}

/// The name of a dtype of numbers in the machine's own order, which NumPy puts together in Python.
pub fn dtype_name(object: &Obj) -> Option<&'static [u8]> {
    if !is_dtype(object) {
        return None;
    }
    // SAFETY: exactly a dtype.
    let number = unsafe { (*object.ptr().cast::<Descr>()).type_num };
    let is_long = size_of::<std::ffi::c_long>() == 8;
    let name: &[u8] = match number {
        0 => b"bool",
        1 => b"int8",
        2 => b"uint8",
        3 => b"int16",
        4 => b"uint16",
        5 if is_long => b"int32",
        6 if is_long => b"uint32",
        7 if is_long => b"int64",
        8 if is_long => b"uint64",
        11 => b"float32",
        12 => b"float64",
        14 => b"complex64",
        15 => b"complex128",
        _ => return None,
    };
    // Others of the same number have another byte order, or something to tell.
    let usual = api().and_then(|api| api.descr(number)).ok()?;
    (usual.ptr() == object.ptr()).then_some(name)
}

/// Whether an object is a scalar of NumPy, or the number that it looks like to Python.
#[inline]
pub fn is_scalar(object: &Obj) -> bool {
    !is_pythons(object) && api().is_ok_and(|api| api.is_number(object.class()))
}

/// Whether a scalar of NumPy is a complex number.
pub fn is_complex_number(object: &Obj) -> bool {
    api().is_ok_and(|api| {
        let class = object.class();
        (14..=15).any(|n| api.scalar_class(n) == class)
            || api.slot(34).cast() == class
            || api.slot(35).cast() == class
    })
}

/// The error of a call that answers a number.
#[cold]
pub fn answer_status<T>() -> Res<T> {
    // SAFETY: null with an exception set.
    match unsafe { answer(std::ptr::null_mut()) } {
        Err(error) => Err(error),
        Ok(_) => give_up(),
    }
}
