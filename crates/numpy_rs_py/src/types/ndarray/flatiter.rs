//! `flatiter`: an array as one sequence of elements in C order, with NumPy's iterator struct behind it.

use std::ffi::{c_int, c_void};

use numpy_rs_core::array::Array;
use numpy_rs_core::cast::Casting;
use numpy_rs_core::index::mask;
use numpy_rs_core::layout::Order;
use numpy_rs_core::{copy, items, references};
use pyo3::exceptions::{PyAttributeError, PyIndexError, PyRuntimeError, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::array::{self, ArrayRef, Memory};
use crate::classes::{FLATITER, NDARRAY};
use crate::convert::index::{self, Indices, Part};
use crate::convert::{array_like, events, scalar};
use crate::error::OrRaise;
use crate::gate;
use crate::layout::{PyArrayIterObject, flags};
use crate::static_type::{TypeSetup, leak_table, ready};
use crate::types::ndarray::subscript::LOOK;

/// The largest number of axes that NumPy's iterator struct has room for.
const MAX_AXES: usize = 32;

/// Fills an iterator struct for an array, from its beginning.
///
/// # Safety
///
/// `it` is a zeroed instance of a flat iterator.
pub(crate) unsafe fn fill(
    it: *mut PyArrayIterObject,
    array: &ArrayRef<'_>,
    shape: &[isize],
    strides: &[isize],
) {
    // SAFETY: at most 32 axes, checked by the callers.
    unsafe {
        let it = &mut *it;
        let n = shape.len();
        it.nd_m1 = n as c_int - 1;
        it.size = shape.iter().product();
        it.contiguous =
            i8::from(array.flags() & flags::C_CONTIGUOUS != 0 && shape == array.shape());
        let mut factor = 1isize;
        for i in (0..n).rev() {
            it.dims_m1[i] = shape[i] - 1;
            it.strides[i] = strides[i];
            it.backstrides[i] = strides[i] * (shape[i] - 1);
            it.factors[i] = factor;
            it.bounds[i] = [0, shape[i] - 1];
            it.limits[i] = [0, shape[i] - 1];
            it.limits_sizes[i] = shape[i];
            factor = factor.wrapping_mul(shape[i].max(1));
        }
        it.ao = array.as_any().clone().into_ptr().cast();
        it.dataptr = array.data();
    }
}

/// A flat iterator over an array.
pub(crate) fn of_array<'py>(array: &ArrayRef<'py>) -> PyResult<Bound<'py, PyAny>> {
    if array.ndim() > MAX_AXES {
        return Err(PyRuntimeError::new_err(format!(
            "this function only supports up to 32 dimensions but the array has {}.",
            array.ndim()
        )));
    }
    // SAFETY: a fresh instance, filled at once.
    unsafe {
        let object =
            Bound::from_owned_ptr_or_err(array.py(), ffi::PyType_GenericAlloc(FLATITER.get(), 0))?;
        fill(
            object.as_ptr().cast(),
            array,
            array.shape(),
            array.strides(),
        );
        Ok(object)
    }
}

/// Moves an iterator struct to the next element.
#[inline]
pub(crate) unsafe fn advance(it: &mut PyArrayIterObject) {
    it.index += 1;
    for i in (0..=it.nd_m1).rev() {
        let i = i as usize;
        if it.coordinates[i] < it.dims_m1[i] {
            it.coordinates[i] += 1;
            it.dataptr = it.dataptr.wrapping_offset(it.strides[i]);
            return;
        }
        it.coordinates[i] = 0;
        it.dataptr = it.dataptr.wrapping_offset(-it.backstrides[i]);
    }
}

/// Moves an iterator struct back to the first element.
pub(crate) unsafe fn restart(it: &mut PyArrayIterObject) {
    it.index = 0;
    it.coordinates = [0; MAX_AXES];
    // SAFETY: the array is alive as long as its iterator.
    it.dataptr = unsafe { (*it.ao).data };
}

/// The array of an iterator.
unsafe fn array_of(py: Python<'_>, object: *mut PyObject) -> PyResult<ArrayRef<'_>> {
    // SAFETY: every iterator holds its array.
    unsafe {
        ArrayRef::from_owned(
            py,
            ffi::Py_NewRef((*object.cast::<PyArrayIterObject>()).ao.cast()),
        )
    }
}

/// The address of an element by its number in C order.
#[inline]
fn address(array: &ArrayRef<'_>, at: isize) -> *mut u8 {
    if array.flags() & flags::C_CONTIGUOUS != 0 {
        return array.data().wrapping_offset(at * array.itemsize() as isize);
    }
    let (mut rest, mut offset) = (at, 0);
    for (&d, &s) in array.shape().iter().zip(array.strides()).rev() {
        offset += rest % d * s;
        rest /= d;
    }
    array.data().wrapping_offset(offset)
}

/// What an index chooses of a flat sequence.
enum Chosen<'py> {
    One(isize),
    Run {
        start: isize,
        step: isize,
        len: isize,
    },
    List(Indices<'py>),
}

fn invalid() -> PyErr {
    PyIndexError::new_err(
        "only integers, slices (`:`), ellipsis (`...`) and integer or boolean arrays are valid indices",
    )
}

/// Reads an index; objects that are no arrays are looked at more narrowly than by arrays.
fn choose<'py>(key: &Bound<'py, PyAny>, n: isize) -> PyResult<Chosen<'py>> {
    let py = key.py();
    let all = Chosen::Run {
        start: 0,
        step: 1,
        len: n,
    };
    let key = match key.cast::<PyTuple>() {
        Ok(t) if t.is_empty() => return Ok(all),
        Ok(t) if t.len() == 1 => t.get_item(0)?,
        Ok(t) => {
            return Err(PyIndexError::new_err(format!(
                "too many indices for flat iterator: flat iterator is 1-dimensional, but {} were indexed",
                t.len()
            )));
        }
        Err(_) => key.clone(),
    };
    let is_array = ArrayRef::from_object(&key).is_some();
    let part = match index::part(&key) {
        Ok(p) => p,
        Err(e) if e.is_instance_of::<PyIndexError>(py) && !is_array => forced(&key)?,
        Err(e) => return Err(e),
    };
    Ok(match part {
        Part::Integer(i) => {
            if i < -n || i >= n {
                return Err(PyIndexError::new_err(format!(
                    "index {i} is out of bounds for size {n}"
                )));
            }
            Chosen::One(if i < 0 { i + n } else { i })
        }
        Part::Ellipsis => all,
        Part::NewAxis => return Err(invalid()),
        Part::Slice(s) => {
            let r = index::resolve_slice(&s, n)?;
            Chosen::Run {
                start: r.start,
                step: r.step,
                len: r.len,
            }
        }
        Part::Truth(t) => {
            if !is_array && !key.is_instance_of::<pyo3::types::PyBool>() {
                return Err(boolean_refused());
            }
            crate::convert::warning::deprecated(
                py,
                "Indexing flat iterators with a 0-dimensional boolean index is deprecated and may be removed in a future \
                 version. (Deprecated NumPy 2.4)",
            )?;
            if t && n > 0 {
                Chosen::One(0)
            } else {
                Chosen::Run {
                    start: 0,
                    step: 1,
                    len: 0,
                }
            }
        }
        Part::Mask(_) if !is_array => return Err(boolean_refused()),
        Part::Mask(m) => {
            if m.ndim() != 1 {
                return Err(PyIndexError::new_err(format!(
                    "too many indices for flat iterator: flat iterator is 1-dimensional, but {} were indexed",
                    m.ndim()
                )));
            }
            if m.shape()[0] != n {
                return Err(PyIndexError::new_err(format!(
                    "boolean index did not match indexed flat iterator along axis 0; size of axis is {n} but size of \
                     corresponding boolean axis is {}",
                    m.shape()[0]
                )));
            }
            match mask::nonzero(&m.view()?).or_raise()?.pop() {
                Some(found) => Chosen::List(Indices::Core(found)),
                None => all,
            }
        }
        Part::Indices(a) => {
            let whole = index::as_intp(a)?;
            check(&whole, n)?;
            Chosen::List(whole)
        }
    })
}

fn boolean_refused() -> PyErr {
    PyIndexError::new_err(
        "boolean indices for iterators are not supported because of previous behavior that was confusing (valid boolean \
         indices are expected to work in the future)",
    )
}

/// Numbers that are no integers still count as such, with a warning.
fn forced<'py>(key: &Bound<'py, PyAny>) -> PyResult<Part<'py>> {
    let py = key.py();
    let given = array_like::plain(key)?;
    if !matches!(descr_kind(&given), b'f' | b'c') {
        return Err(invalid());
    }
    crate::convert::warning::deprecated(
        py,
        "Invalid non-array indices for iterator objects are deprecated and will be removed in a future version. (Deprecated \
         NumPy 2.4)",
    )?;
    let (cast, _) = copy::cast_to(
        &given.view()?,
        &mask::index_dtype(),
        Order::C,
        Casting::Unsafe,
    )
    .or_raise()?;
    if cast.ndim() == 0 {
        // SAFETY: a 0-d array of `intp` holds one.
        return Ok(Part::Integer(unsafe { *cast.view().ptr().cast::<isize>() }));
    }
    Ok(Part::Indices(array::from_core(py, cast)?))
}

fn descr_kind(array: &ArrayRef<'_>) -> u8 {
    crate::descr::fields(&array.descr()).kind as u8
}

/// The indices as a contiguous core array or as they are; gives shape and a reader.
fn each_index(list: &Indices<'_>, mut f: impl FnMut(isize) -> PyResult<()>) -> PyResult<()> {
    let view = match list {
        Indices::Python(a) => a.view()?,
        Indices::Core(a) => a.view(),
    };
    let held: Array;
    let view = if view.is_c_contiguous() {
        view
    } else {
        held = copy::to_array(&view, Order::C).or_raise()?;
        held.view()
    };
    for k in 0..view.size() {
        // SAFETY: contiguous indices of type `intp`.
        f(unsafe { view.ptr().cast::<isize>().add(k).read_unaligned() })?;
    }
    Ok(())
}

fn check(list: &Indices<'_>, n: isize) -> PyResult<()> {
    each_index(list, |i| {
        if i < -n || i >= n {
            return Err(PyIndexError::new_err(format!(
                "index {i} is out of bounds for size {n}"
            )));
        }
        Ok(())
    })
}

/// Calls `f` with the number of each chosen element.
fn each(chosen: &Chosen<'_>, n: isize, mut f: impl FnMut(isize) -> PyResult<()>) -> PyResult<()> {
    match chosen {
        Chosen::One(i) => f(*i),
        Chosen::Run { start, step, len } => (0..*len).try_for_each(|k| f(start + k * step)),
        Chosen::List(list) => each_index(list, |i| f(if i < 0 { i + n } else { i })),
    }
}

/// Copies chosen elements into a new array.
fn gather<'py>(array: &ArrayRef<'py>, chosen: &Chosen<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = array.py();
    let one_dim;
    let shape: &[isize] = match chosen {
        Chosen::One(i) => return super::subscript::element_at(array, address(array, *i)),
        Chosen::Run { len, .. } => {
            one_dim = [*len];
            &one_dim
        }
        Chosen::List(Indices::Python(a)) => a.shape(),
        Chosen::List(Indices::Core(a)) => a.shape(),
    };
    let class = array.as_any().get_type_ptr();
    let out = array::new_array(py, class, array.descr(), shape, None, Memory::Uninit)?;
    let dtype = array.dtype()?;
    let (size, counted) = (dtype.itemsize(), dtype.has_objects());
    let mut to = out.data();
    each(chosen, array.size() as isize, |i| {
        // SAFETY: `i` is a number of an element; `out` has one place for each chosen element.
        unsafe {
            std::ptr::copy_nonoverlapping(address(array, i), to, size);
            if counted {
                references::retain_items(&dtype, to, 1);
            }
            to = to.add(size);
        }
        Ok(())
    })?;
    array::finalize(&out, Some(array.as_any()))?;
    Ok(out.into_any())
}

/// Stores values into chosen elements, from the beginning again when they run out.
pub(crate) fn scatter_flat<'py>(
    array: &ArrayRef<'py>,
    list: Indices<'py>,
    value: &Bound<'py, PyAny>,
) -> PyResult<()> {
    scatter(array, &Chosen::List(list), value)
}

fn scatter<'py>(
    array: &ArrayRef<'py>,
    chosen: &Chosen<'py>,
    value: &Bound<'py, PyAny>,
) -> PyResult<()> {
    array.require_writeable("underlying array")?;
    let py = array.py();
    if let Chosen::One(i) = chosen {
        let single = ArrayRef::from_object(value).is_none_or(|v| v.ndim() == 0)
            || array.type_num() == numpy_rs_core::dtype::TypeNum::Object as i32;
        let sequence = value.is_instance_of::<pyo3::types::PyList>()
            || value.is_instance_of::<PyTuple>()
                && crate::descr::fields(&array.descr()).names.is_null();
        if !single || sequence && array.type_num() != numpy_rs_core::dtype::TypeNum::Object as i32 {
            return Err(PyValueError::new_err("Error setting single item of array."));
        }
        // SAFETY: `i` is a number of an element.
        return unsafe { scalar::store(&array.descr(), value, address(array, *i)) };
    }
    let dtype = array.dtype()?;
    let values = match ArrayRef::from_object(value) {
        Some(v) => v,
        None => array_like::as_array_of(value, Some(&array.descr()))?,
    };
    let (held, found) =
        copy::cast_to(&values.view()?, &dtype, Order::C, Casting::Unsafe).or_raise()?;
    events::report(py, found, "cast")?;
    let m = held.size();
    if m == 0 {
        return Ok(());
    }
    let from = held.view();
    let (size, counted) = (dtype.itemsize(), dtype.has_objects());
    let mut k = 0;
    each(chosen, array.size() as isize, |i| {
        // SAFETY: `i` is a number of an element; `k` stays below the number of values.
        unsafe {
            let slot = address(array, i);
            if counted {
                references::release_items(&dtype, slot, 1);
            }
            items::copy(from.ptr().add(k * size), 0, slot, 0, 1, size, 0);
            if counted {
                references::retain_items(&dtype, slot, 1);
            }
        }
        k = if k + 1 == m { 0 } else { k + 1 };
        Ok(())
    })
}

unsafe extern "C" fn get_item(object: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let array = array_of(py, object)?;
            let chosen = choose(&Bound::from_borrowed_ptr(py, key), array.size() as isize)?;
            gather(&array, &chosen)
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
            let Some(value) = Bound::<PyAny>::from_borrowed_ptr_or_opt(py, value) else {
                return Err(pyo3::exceptions::PyTypeError::new_err(
                    "Cannot delete iterator elements",
                ));
            };
            let array = array_of(py, object)?;
            if ffi::PyTuple_Check(key) != 0 && ffi::PyTuple_GET_SIZE(key) == 0 {
                return Err(PyIndexError::new_err(
                    "Assigning to a flat iterator with a 0-D index is not supported",
                ));
            }
            let mut chosen = choose(&Bound::from_borrowed_ptr(py, key), array.size() as isize)?;
            if let Chosen::List(list) = &mut chosen {
                index::detach(list, &array.view()?)?;
            }
            scatter(&array, &chosen, &value)?;
            Ok(0)
        })
    }
}

unsafe extern "C" fn length(object: *mut PyObject) -> isize {
    // SAFETY: called by Python on an instance.
    unsafe { (*object.cast::<PyArrayIterObject>()).size }
}

unsafe extern "C" fn next(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance; null without an exception ends the iteration.
    unsafe {
        let it = &mut *object.cast::<PyArrayIterObject>();
        if it.index >= it.size {
            return std::ptr::null_mut();
        }
        gate::enter_object(|py| {
            if it.index & LOOK == LOOK {
                py.check_signals()?;
            }
            let array = array_of(py, object)?;
            let value = super::subscript::element_at(&array, it.dataptr)?;
            advance(it);
            Ok(value)
        })
    }
}

unsafe extern "C" fn iter_self(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: a new reference to a live object.
    unsafe { ffi::Py_NewRef(object) }
}

unsafe extern "C" fn get_base(object: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: every iterator holds its array.
    unsafe { ffi::Py_NewRef((*object.cast::<PyArrayIterObject>()).ao.cast()) }
}

unsafe extern "C" fn get_index(object: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe { ffi::PyLong_FromSsize_t((*object.cast::<PyArrayIterObject>()).index) }
}

unsafe extern "C" fn get_coords(object: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let it = &*object.cast::<PyArrayIterObject>();
            let array = array_of(py, object)?;
            let n = array.ndim();
            let mut coordinates = [0isize; MAX_AXES];
            let mut rest = it.index;
            for i in (0..n).rev() {
                let d = array.shape()[i].max(1);
                // Behind the last element the first coordinate counts on.
                coordinates[i] = if i == 0 { rest } else { rest % d };
                rest /= d;
            }
            Ok(PyTuple::new(py, &coordinates[..n])?.into_any())
        })
    }
}

unsafe extern "C" fn copy_method(object: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let array = array_of(py, object)?;
            gather(
                &array,
                &Chosen::Run {
                    start: 0,
                    step: 1,
                    len: array.size() as isize,
                },
            )
        })
    }
}

/// A flat view where the elements are contiguous, else a copy.
fn flat<'py>(array: &ArrayRef<'py>) -> PyResult<ArrayRef<'py>> {
    let n = array.size() as isize;
    if array.flags() & flags::C_CONTIGUOUS != 0 {
        let strides = [array.itemsize() as isize];
        return array::view_of(array, NDARRAY.get(), array.descr(), 0, &[n], &strides);
    }
    let made = gather(
        array,
        &Chosen::Run {
            start: 0,
            step: 1,
            len: n,
        },
    )?;
    array_like::plain(&made)
}

unsafe extern "C" fn array_method(
    object: *mut PyObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: called by Python on an instance with a tuple and a dict or null.
    unsafe {
        gate::enter_object(|py| {
            let made = flat(&array_of(py, object)?)?.into_any();
            let args = Bound::<PyAny>::from_borrowed_ptr(py, args);
            let dtype = args.get_item(0).ok().or_else(|| {
                Bound::<PyAny>::from_borrowed_ptr_or_opt(py, kwargs)
                    .and_then(|k| k.get_item("dtype").ok())
            });
            match dtype.filter(|d| !d.is_none()) {
                Some(d) => Ok(array_like::as_array_of(
                    &made,
                    Some(&crate::convert::dtype::from_object(&d)?),
                )?
                .into_any()),
                None => Ok(made),
            }
        })
    }
}

unsafe extern "C" fn compare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: called by Python on an instance and any object.
    unsafe {
        gate::enter_object(|py| {
            let x = flat(&array_of(py, a)?)?.into_any();
            Bound::from_owned_ptr_or_err(py, ffi::PyObject_RichCompare(x.as_ptr(), b, op))
        })
    }
}

unsafe extern "C" fn set_readonly(_: *mut PyObject, _: *mut PyObject, _: *mut c_void) -> c_int {
    // SAFETY: called by Python with the interpreter held.
    unsafe { gate::enter(|_| Err(PyAttributeError::new_err("attribute is not writable"))) }
}

unsafe extern "C" fn dealloc(object: *mut PyObject) {
    // SAFETY: the object is dying; it holds one reference.
    unsafe {
        ffi::Py_CLEAR((&raw mut (*object.cast::<PyArrayIterObject>()).ao).cast());
        ffi::PyObject_Free(object.cast());
    }
}

/// Makes the class ready.
pub(crate) fn initialise(py: Python<'_>) -> PyResult<()> {
    let ty = FLATITER.get();
    let attribute = |name: &'static std::ffi::CStr, get: ffi::getter| ffi::PyGetSetDef {
        name: name.as_ptr(),
        get: Some(get),
        set: Some(set_readonly),
        doc: std::ptr::null(),
        closure: std::ptr::null_mut(),
    };
    // SAFETY: initialisation runs once under the interpreter lock; slots fit the struct.
    unsafe {
        let mut mapping: ffi::PyMappingMethods = std::mem::zeroed();
        mapping.mp_length = Some(length);
        mapping.mp_subscript = Some(get_item);
        mapping.mp_ass_subscript = Some(set_item);
        (*ty).tp_as_mapping = leak_table(vec![mapping]);
        (*ty).tp_dealloc = Some(dealloc);
        (*ty).tp_iter = Some(iter_self);
        (*ty).tp_iternext = Some(next);
        (*ty).tp_richcompare = Some(compare);
        (*ty).tp_hash = Some(ffi::PyObject_HashNotImplemented);
        (*ty).tp_getset = leak_table(vec![
            attribute(c"base", get_base),
            attribute(c"index", get_index),
            attribute(c"coords", get_coords),
            std::mem::zeroed(),
        ]);
        (*ty).tp_methods = leak_table(vec![
            ffi::PyMethodDef {
                ml_name: c"copy".as_ptr(),
                ml_meth: ffi::PyMethodDefPointer {
                    PyCFunction: copy_method,
                },
                ml_flags: ffi::METH_NOARGS,
                ml_doc: c"copy($self, /)\n--\n\nA copy of the elements along one axis.".as_ptr(),
            },
            ffi::PyMethodDef {
                ml_name: c"__array__".as_ptr(),
                ml_meth: ffi::PyMethodDefPointer {
                    PyCFunctionWithKeywords: array_method,
                },
                ml_flags: ffi::METH_VARARGS | ffi::METH_KEYWORDS,
                ml_doc: c"__array__($self, dtype=None, /, *, copy=None)\n--\n\nThe elements as an array.".as_ptr(),
            },
            std::mem::zeroed(),
        ]);
        let setup = TypeSetup {
            name: "numpy_rs.flatiter",
            basicsize: size_of::<PyArrayIterObject>(),
            flags: 0,
            base: std::ptr::null_mut(),
            bases: &[],
            metatype: std::ptr::null_mut(),
        };
        ready(py, ty, &setup)
    }
}
