//! The flags of an array as an object: attributes, items by short names, and setting.

use std::ffi::{c_int, c_void};

use pyo3::exceptions::{PyAttributeError, PyFutureWarning, PyKeyError, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::array::ArrayRef;
use crate::classes::FLAGSOBJ;
use crate::gate;
use crate::layout::flags::*;
use crate::static_type::{TypeSetup, leak_name, leak_table, ready};

/// NumPy's `PyArrayFlagsObject`.
#[repr(C)]
struct FlagsObject {
    ob_base: PyObject,
    array: *mut PyObject,
    flags: c_int,
}

/// How a named flag follows from the bits.
enum Rule {
    /// All of these bits.
    All(c_int),
    /// F and not C.
    OnlyFortran,
    /// F or C.
    Either,
    /// F and behaved, but not C.
    FortranArray,
}

/// A flag: its attribute, its other names as an item, and its rule.
struct Flag {
    name: &'static str,
    keys: &'static [&'static str],
    rule: Rule,
}

const fn flag(name: &'static str, keys: &'static [&'static str], rule: Rule) -> Flag {
    Flag { name, keys, rule }
}

static FLAGS: &[Flag] = &[
    flag(
        "c_contiguous",
        &["C", "C_CONTIGUOUS"],
        Rule::All(C_CONTIGUOUS),
    ),
    flag(
        "f_contiguous",
        &["F", "F_CONTIGUOUS"],
        Rule::All(F_CONTIGUOUS),
    ),
    flag("contiguous", &["CONTIGUOUS"], Rule::All(C_CONTIGUOUS)),
    flag("fortran", &["FORTRAN"], Rule::All(F_CONTIGUOUS)),
    flag("owndata", &["O", "OWNDATA"], Rule::All(OWNDATA)),
    flag("writeable", &["W", "WRITEABLE"], Rule::All(WRITEABLE)),
    flag("aligned", &["A", "ALIGNED"], Rule::All(ALIGNED)),
    flag(
        "writebackifcopy",
        &["X", "WRITEBACKIFCOPY"],
        Rule::All(WRITEBACKIFCOPY),
    ),
    flag("behaved", &["B", "BEHAVED"], Rule::All(BEHAVED)),
    flag(
        "carray",
        &["CA", "CARRAY"],
        Rule::All(BEHAVED | C_CONTIGUOUS),
    ),
    flag("farray", &["FA", "FARRAY"], Rule::FortranArray),
    flag("fnc", &["FNC"], Rule::OnlyFortran),
    flag("forc", &["FORC"], Rule::Either),
];

fn holds(rule: &Rule, bits: c_int) -> bool {
    let has = |b: c_int| bits & b == b;
    match rule {
        Rule::All(b) => has(*b),
        Rule::OnlyFortran => has(F_CONTIGUOUS) && !has(C_CONTIGUOUS),
        Rule::Either => has(F_CONTIGUOUS) || has(C_CONTIGUOUS),
        Rule::FortranArray => has(BEHAVED | F_CONTIGUOUS) && !has(C_CONTIGUOUS),
    }
}

/// The flags object of an array.
pub(crate) fn of_array<'py>(array: &ArrayRef<'py>) -> PyResult<Bound<'py, PyAny>> {
    make(array.py(), Some(array))
}

fn make<'py>(py: Python<'py>, array: Option<&ArrayRef<'py>>) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a fresh instance, filled at once.
    unsafe {
        let object = Bound::from_owned_ptr_or_err(py, ffi::PyType_GenericAlloc(FLAGSOBJ.get(), 0))?;
        let f = &mut *object.as_ptr().cast::<FlagsObject>();
        match array {
            Some(a) => {
                f.array = a.as_any().clone().into_ptr();
                f.flags = a.flags();
            }
            None => f.flags = C_CONTIGUOUS | F_CONTIGUOUS | OWNDATA | ALIGNED | WRITEABLE,
        }
        Ok(object)
    }
}

/// The array and its bits as they are now; the bits alone for an object without array.
unsafe fn parts(py: Python<'_>, object: *mut PyObject) -> (Option<ArrayRef<'_>>, c_int) {
    // SAFETY: `object` is an instance; its array, if any, is alive.
    unsafe {
        let f = &*object.cast::<FlagsObject>();
        let array = Bound::<PyAny>::from_borrowed_ptr_or_opt(py, f.array)
            .and_then(|a| ArrayRef::from_object(&a));
        let bits = array.as_ref().map_or(f.flags, ArrayRef::flags);
        (array, bits)
    }
}

fn truth(py: Python<'_>, value: bool) -> PyResult<Bound<'_, PyAny>> {
    Ok(value.into_pyobject(py)?.to_owned().into_any())
}

/// Whether a flag is set; warns those who ask whether a result of `broadcast_arrays` may be written.
fn state<'py>(py: Python<'py>, flag: &Flag, bits: c_int) -> PyResult<Bound<'py, PyAny>> {
    if flag.name == "writeable" && bits & WARN_ON_WRITE != 0 && bits & WRITEABLE != 0 {
        PyErr::warn(
            py,
            &py.get_type::<PyFutureWarning>(),
            c"future versions will not create a writeable array from broadcast_array. Set the writable flag explicitly \
              to avoid this warning.",
            1,
        )?;
    }
    truth(py, holds(&flag.rule, bits))
}

unsafe extern "C" fn get_flag(object: *mut PyObject, closure: *mut c_void) -> *mut PyObject {
    // SAFETY: the closure is an entry of the table.
    unsafe {
        gate::enter_object(|py| {
            let flag = &*closure.cast::<Flag>();
            state(py, flag, parts(py, object).1)
        })
    }
}

unsafe extern "C" fn set_flag(
    object: *mut PyObject,
    value: *mut PyObject,
    closure: *mut c_void,
) -> c_int {
    // SAFETY: the closure is an entry of the table; a null value asks for deletion.
    unsafe {
        gate::enter(|py| {
            let flag = &*closure.cast::<Flag>();
            let Some(value) = Bound::<PyAny>::from_borrowed_ptr_or_opt(py, value) else {
                return Err(PyAttributeError::new_err(format!(
                    "Cannot delete flags {} attribute",
                    flag.name
                )));
            };
            set_by_name(py, object, flag.name, &value)?;
            Ok(0)
        })
    }
}

unsafe fn set_by_name(
    py: Python<'_>,
    object: *mut PyObject,
    name: &str,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    // SAFETY: promised by the caller.
    let (array, _) = unsafe { parts(py, object) };
    let Some(array) = array else {
        return Err(PyValueError::new_err("Cannot set flags on array scalars."));
    };
    let truth = value.is_truthy()?;
    match name {
        "writeable" => set_flags(&array, Some(truth), None, None),
        "aligned" => set_flags(&array, None, Some(truth), None),
        "writebackifcopy" => set_flags(&array, None, None, Some(truth)),
        _ => Err(PyAttributeError::new_err(format!(
            "attribute '{name}' of 'numpy.flagsobj' objects is not writable"
        ))),
    }
}

/// `setflags`: each flag that is given is set or cleared, where the memory allows it.
pub(crate) fn set_flags(
    array: &ArrayRef<'_>,
    write: Option<bool>,
    align: Option<bool>,
    write_back: Option<bool>,
) -> PyResult<()> {
    let mut bits = array.flags();
    match align {
        Some(false) => bits &= !ALIGNED,
        Some(true) => {
            if !array.view()?.is_aligned() {
                return Err(PyValueError::new_err(
                    "cannot set aligned flag of mis-aligned array to True",
                ));
            }
            bits |= ALIGNED;
        }
        None => {}
    }
    match write_back {
        Some(true) => {
            return Err(PyValueError::new_err(
                "cannot set WRITEBACKIFCOPY flag to True",
            ));
        }
        Some(false) => bits &= !WRITEBACKIFCOPY,
        None => {}
    }
    match write {
        Some(true) => {
            if bits & WRITEABLE == 0 && !may_be_writeable(array)? {
                return Err(PyValueError::new_err(
                    "cannot set WRITEABLE flag to True of this array",
                ));
            }
            bits |= WRITEABLE;
            bits &= !WARN_ON_WRITE;
        }
        Some(false) => bits &= !(WRITEABLE | WARN_ON_WRITE),
        None => {}
    }
    // SAFETY: the array is alive and the interpreter held.
    unsafe { (*array.raw()).flags = bits };
    Ok(())
}

/// Whether the memory behind an array may be written: it is its own, or some owner on the way is writeable.
fn may_be_writeable(array: &ArrayRef<'_>) -> PyResult<bool> {
    let Some(mut base) = array.base() else {
        return Ok(true);
    };
    if array.flags() & OWNDATA != 0 {
        return Ok(true);
    }
    while let Some(owner) = ArrayRef::from_object(&base) {
        if owner.flags() & WRITEABLE != 0 {
            return Ok(true);
        }
        if owner.flags() & OWNDATA != 0 {
            return Ok(false);
        }
        match owner.base() {
            Some(next) => base = next,
            None => return Ok(false),
        }
    }
    // SAFETY: the buffer is released at once.
    unsafe {
        let mut view: ffi::Py_buffer = std::mem::zeroed();
        if ffi::PyObject_GetBuffer(base.as_ptr(), &raw mut view, ffi::PyBUF_WRITABLE) < 0 {
            drop(PyErr::take(array.py()));
            return Ok(false);
        }
        ffi::PyBuffer_Release(&raw mut view);
    }
    Ok(true)
}

unsafe extern "C" fn get_num(object: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe { gate::enter_object(|py| Ok(parts(py, object).1.into_pyobject(py)?.into_any())) }
}

unsafe extern "C" fn get_warn(object: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe { gate::enter_object(|py| truth(py, parts(py, object).1 & WARN_ON_WRITE != 0)) }
}

unsafe extern "C" fn set_warn(
    object: *mut PyObject,
    value: *mut PyObject,
    _: *mut c_void,
) -> c_int {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter(|py| {
            let value = Bound::<PyAny>::from_borrowed_ptr_or_opt(py, value);
            let (array, bits) = parts(py, object);
            if !value.map_or(Ok(false), |v| v.is_truthy())? {
                return Err(PyValueError::new_err(
                    "cannot clear '_warn_on_write', set writeable True to clear this private flag",
                ));
            }
            if let Some(array) = array {
                (*array.raw()).flags = bits | WARN_ON_WRITE;
            }
            Ok(0)
        })
    }
}

/// The flag that a key names.
fn by_key(key: &Bound<'_, PyAny>) -> PyResult<&'static Flag> {
    let unknown = || PyKeyError::new_err("Unknown flag");
    let text = match key.extract::<String>() {
        Ok(t) => t,
        Err(_) => key
            .extract::<Vec<u8>>()
            .ok()
            .and_then(|b| String::from_utf8(b).ok())
            .ok_or_else(unknown)?,
    };
    FLAGS
        .iter()
        .find(|f| f.keys.contains(&text.as_str()))
        .ok_or_else(unknown)
}

unsafe extern "C" fn get_item(object: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let flag = by_key(&Bound::from_borrowed_ptr(py, key))?;
            state(py, flag, parts(py, object).1)
        })
    }
}

unsafe extern "C" fn set_item(
    object: *mut PyObject,
    key: *mut PyObject,
    value: *mut PyObject,
) -> c_int {
    // SAFETY: called by Python on an instance; a null value asks for deletion.
    unsafe {
        gate::enter(|py| {
            let flag = by_key(&Bound::from_borrowed_ptr(py, key))?;
            let settable = matches!(flag.name, "writeable" | "aligned" | "writebackifcopy");
            let Some(value) =
                Bound::<PyAny>::from_borrowed_ptr_or_opt(py, value).filter(|_| settable)
            else {
                return Err(PyKeyError::new_err("Unknown flag"));
            };
            set_by_name(py, object, flag.name, &value)?;
            Ok(0)
        })
    }
}

unsafe extern "C" fn repr(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let bits = parts(py, object).1;
            let word = |b: c_int| if bits & b != 0 { "True" } else { "False" };
            let warn = if bits & WRITEABLE != 0 && bits & WARN_ON_WRITE != 0 {
                "  (with WARN_ON_WRITE=True)"
            } else {
                ""
            };
            let text = format!(
                "  C_CONTIGUOUS : {}\n  F_CONTIGUOUS : {}\n  OWNDATA : {}\n  WRITEABLE : {}{warn}\n  ALIGNED : {}\n  \
                 WRITEBACKIFCOPY : {}\n",
                word(C_CONTIGUOUS),
                word(F_CONTIGUOUS),
                word(OWNDATA),
                word(WRITEABLE),
                word(ALIGNED),
                word(WRITEBACKIFCOPY)
            );
            Ok(PyString::new(py, &text).into_any())
        })
    }
}

unsafe extern "C" fn compare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: called by Python on an instance and any object.
    unsafe {
        gate::enter_object(|py| {
            if ffi::Py_TYPE(b) != FLAGSOBJ.get() || !matches!(op, ffi::Py_EQ | ffi::Py_NE) {
                return Ok(py.NotImplemented().into_bound(py));
            }
            let same = parts(py, a).1 == parts(py, b).1;
            truth(py, same == (op == ffi::Py_EQ))
        })
    }
}

unsafe extern "C" fn new(
    _: *mut ffi::PyTypeObject,
    args: *mut PyObject,
    _: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: `tp_new` receives a tuple.
    unsafe {
        gate::enter_object(|py| {
            let array = if ffi::PyTuple_GET_SIZE(args) > 0 {
                ArrayRef::from_object(&Bound::from_borrowed_ptr(
                    py,
                    ffi::PyTuple_GET_ITEM(args, 0),
                ))
            } else {
                None
            };
            make(py, array.as_ref())
        })
    }
}

unsafe extern "C" fn dealloc(object: *mut PyObject) {
    // SAFETY: the object is dying.
    unsafe {
        ffi::Py_CLEAR(&raw mut (*object.cast::<FlagsObject>()).array);
        ffi::PyObject_Free(object.cast());
    }
}

/// Makes the class ready.
pub(crate) fn initialise(py: Python<'_>) -> PyResult<()> {
    let ty = FLAGSOBJ.get();
    let mut attributes: Vec<ffi::PyGetSetDef> = FLAGS
        .iter()
        .map(|f| ffi::PyGetSetDef {
            name: leak_name(f.name),
            get: Some(get_flag),
            set: matches!(f.name, "writeable" | "aligned" | "writebackifcopy")
                .then_some(set_flag as ffi::setter),
            doc: std::ptr::null(),
            closure: std::ptr::from_ref(f).cast_mut().cast(),
        })
        .collect();
    let plain = |name: &'static std::ffi::CStr, get: ffi::getter, set: Option<ffi::setter>| {
        ffi::PyGetSetDef {
            name: name.as_ptr(),
            get: Some(get),
            set,
            doc: std::ptr::null(),
            closure: std::ptr::null_mut(),
        }
    };
    attributes.push(plain(c"num", get_num, None));
    attributes.push(plain(c"_warn_on_write", get_warn, Some(set_warn)));
    // SAFETY: initialisation runs once under the interpreter lock; slots fit `FlagsObject`.
    unsafe {
        attributes.push(std::mem::zeroed());
        let mut mapping: ffi::PyMappingMethods = std::mem::zeroed();
        mapping.mp_subscript = Some(get_item);
        mapping.mp_ass_subscript = Some(set_item);
        (*ty).tp_as_mapping = leak_table(vec![mapping]);
        (*ty).tp_new = Some(new);
        (*ty).tp_dealloc = Some(dealloc);
        (*ty).tp_repr = Some(repr);
        (*ty).tp_str = Some(repr);
        (*ty).tp_richcompare = Some(compare);
        (*ty).tp_hash = Some(ffi::PyObject_HashNotImplemented);
        (*ty).tp_getset = leak_table(attributes);
        let setup = TypeSetup {
            name: "numpy_rs._core.multiarray.flagsobj",
            basicsize: size_of::<FlagsObject>(),
            flags: 0,
            base: std::ptr::null_mut(),
            bases: &[],
            metatype: std::ptr::null_mut(),
        };
        ready(py, ty, &setup)
    }
}
