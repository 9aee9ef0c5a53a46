//! `a[key]` and `a[key] = value`.

use std::ffi::c_int;

use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::dims::{Dims, MAXDIMS};
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::index::{mask, pick};
use numpy_rs_core::layout::{self, Order};
use numpy_rs_core::view::View;
use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt, PyList, PySlice, PyString};

use crate::array::{self, ArrayRef};
use crate::call::weak::Room;
use crate::classes::NDARRAY;
use crate::convert::index::{self, Fancy, Selection};
use crate::convert::{array_like, scalar, warning};
use crate::descr;
use crate::error::OrRaise;
use crate::gate;

pub(super) unsafe extern "C" fn get(object: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            let array = ArrayRef::from_owned(py, ffi::Py_NewRef(object))?;
            let key = Bound::<PyAny>::from_borrowed_ptr(py, key);
            subscript(&array, &key)
        })
    }
}

pub(super) unsafe extern "C" fn set(
    object: *mut PyObject,
    key: *mut PyObject,
    value: *mut PyObject,
) -> c_int {
    // SAFETY: called by Python on an instance; a null value asks for deletion.
    unsafe {
        gate::enter(|py| {
            if value.is_null() {
                return Err(PyValueError::new_err("cannot delete array elements"));
            }
            let array = ArrayRef::from_owned(py, ffi::Py_NewRef(object))?;
            let key = Bound::<PyAny>::from_borrowed_ptr(py, key);
            let value = Bound::<PyAny>::from_borrowed_ptr(py, value);
            assign(&array, &key, &value)?;
            Ok(0)
        })
    }
}

/// The bits of an index that are all set where an iteration looks for Ctrl-C.
pub(super) const LOOK: isize = 0x3ff;

pub(super) unsafe extern "C" fn item(object: *mut PyObject, i: isize) -> *mut PyObject {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter_object(|py| {
            // `list` and others walk through all items without a look of their own.
            if i & LOOK == LOOK {
                py.check_signals()?;
            }
            let array = ArrayRef::from_owned(py, ffi::Py_NewRef(object))?;
            row(&array, i)
        })
    }
}

/// The element or sub-array at one integer.
pub(super) fn row<'py>(array: &ArrayRef<'py>, i: isize) -> PyResult<Bound<'py, PyAny>> {
    let ([n, rest_shape @ ..], [stride, rest_strides @ ..]) = (array.shape(), array.strides())
    else {
        return Err(PyIndexError::new_err(
            "too many indices for array: array is 0-dimensional, but 1 were indexed",
        ));
    };
    if i < -n || i >= *n {
        return Err(PyIndexError::new_err(format!(
            "index {i} is out of bounds for axis 0 with size {n}"
        )));
    }
    let at = if i < 0 { i + n } else { i } * stride;
    if rest_shape.is_empty() {
        return element(array, at);
    }
    Ok(array::relayout(array, at, rest_shape, rest_strides)?.into_any())
}

/// The part of an array that a slice of its first axis chooses.
fn rows<'py>(array: &ArrayRef<'py>, slice: &Bound<'py, PySlice>) -> PyResult<Bound<'py, PyAny>> {
    let r = index::resolve_slice(slice, array.shape()[0])?;
    let stride = array.strides()[0];
    let offset = if r.len > 0 { r.start * stride } else { 0 };
    if array.ndim() == 1 {
        return Ok(
            array::relayout(array, offset, &[r.len], &[stride.wrapping_mul(r.step)])?.into_any(),
        );
    }
    let (mut shape, mut strides) = (
        Dims::from_slice(array.shape()),
        Dims::from_slice(array.strides()),
    );
    shape[0] = r.len;
    strides[0] = strides[0].wrapping_mul(r.step);
    Ok(array::relayout(array, offset, &shape, &strides)?.into_any())
}

/// `a[i]` for exact arrays of one axis, few native indices `i`, and items that are plain bytes; `None` where the long
/// way must be taken.
fn picked<'py>(
    array: &ArrayRef<'py>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    if !NDARRAY.is_exact(key) || array.ndim() != 1 || !array.is_exact() {
        return Ok(None);
    }
    let Some(indices) = ArrayRef::from_object(key) else {
        return Ok(None);
    };
    let dtype = indices.dtype()?;
    let plain = indices.ndim() == 1
        && dtype.num() == mask::index_dtype().num()
        && dtype.is_native()
        && indices.flags() & crate::layout::flags::ALIGNED != 0
        && indices.size() <= pick::MOST
        && TypeNum::from_c(array.type_num()).is_some_and(TypeNum::is_number);
    if !plain {
        return Ok(None);
    }
    let lane = |a: &ArrayRef<'_>| pick::Lane {
        ptr: a.data(),
        stride: a.strides()[0],
        len: a.shape()[0],
    };
    let out = array::new_array(
        array.py(),
        NDARRAY.get(),
        array.descr(),
        indices.shape(),
        None,
        array::Memory::Uninit,
    )?;
    // SAFETY: lanes of live arrays; the output is fresh and has one item for each index.
    let inside = unsafe { pick::pick(lane(array), lane(&indices), array.itemsize(), out.data()) };
    Ok(inside.then(|| out.into_any()))
}

/// One element as a scalar.
#[inline]
fn element<'py>(array: &ArrayRef<'py>, offset_bytes: isize) -> PyResult<Bound<'py, PyAny>> {
    element_at(array, array.data().wrapping_offset(offset_bytes))
}

/// The element of an array at an address as a scalar; structured elements become views into the array.
#[inline]
pub(crate) fn element_at<'py>(
    array: &ArrayRef<'py>,
    ptr: *const u8,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: callers pass the address of an element.
    unsafe { scalar::to_object_of(array.py(), ptr, &array.descr(), Some(array.as_any())) }
}

pub(super) fn subscript<'py>(
    array: &ArrayRef<'py>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    if key.is_exact_instance_of::<PyInt>()
        && let Ok(i) = key.extract::<isize>()
    {
        return row(array, i);
    }
    if let Ok(slice) = key.cast::<PySlice>()
        && array.ndim() > 0
    {
        return rows(array, slice);
    }
    if let Some(picked) = picked(array, key)? {
        return Ok(picked);
    }
    if let Some(view) = fields(array, key)? {
        return Ok(view.into_any());
    }
    match index::select(index::parse(key)?, array)? {
        Selection::Element(offset) => element(array, offset),
        Selection::View(l) => {
            Ok(array::relayout(array, l.offset_bytes, &l.shape, &l.strides)?.into_any())
        }
        Selection::Fancy(f) => take(array, &f),
    }
}

/// A view of one field or of several, if the key is a name or a list of names.
fn fields<'py>(array: &ArrayRef<'py>, key: &Bound<'py, PyAny>) -> PyResult<Option<ArrayRef<'py>>> {
    let dtype = array.descr();
    let is_name = key.is_instance_of::<PyString>();
    let is_names = !is_name
        && key.is_instance_of::<PyList>()
        && key.len()? > 0
        && key
            .try_iter()?
            .all(|k| k.is_ok_and(|k| k.is_instance_of::<PyString>()));
    if !is_name && !is_names {
        return Ok(None);
    }
    if descr::fields(&dtype).names.is_null() {
        return Err(PyIndexError::new_err(
            "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are \
             valid indices",
        ));
    }
    let class = array.as_any().get_type_ptr();
    if is_name {
        let all = dtype.getattr("fields")?;
        let Ok(found) = all.get_item(key) else {
            return Err(PyValueError::new_err(format!(
                "no field of name {}",
                key.str()?
            )));
        };
        let inner = found.get_item(0)?;
        let offset: isize = found.get_item(1)?.extract()?;
        return array::view_of(array, class, inner, offset, array.shape(), array.strides())
            .map(Some);
    }
    let some = dtype.get_item(key)?;
    array::view_of(array, class, some, 0, array.shape(), array.strides()).map(Some)
}

/// The elements that index arrays choose, as a new array of the same class.
fn take<'py>(array: &ArrayRef<'py>, f: &Fancy<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = array.py();
    let result = if let Some(m) = &f.whole_mask {
        let m = m.view()?;
        let count = mask::count_true(&m) as isize;
        let out = array::new_array(
            py,
            NDARRAY.get(),
            array.descr(),
            &[count],
            None,
            array::Memory::Uninit,
        )?;
        mask::compress(&array.view()?, &m, &mut out.view_mut_unchecked()?).or_raise()?;
        out
    } else {
        let plan = f.plan()?;
        let shape = plan.result_shape();
        let strides = f.result_strides(&plan, array.itemsize());
        let memory = array::Memory::Uninit;
        let out = array::new_array(
            py,
            NDARRAY.get(),
            array.descr(),
            &shape,
            Some(&strides),
            memory,
        )?;
        // After the memory: an impossible size is told at once, before so many indices are looked at.
        plan.check().or_raise()?;
        // SAFETY: the plan was made for this array's layout.
        unsafe {
            plan.gather(
                array.data().wrapping_offset(f.offset_bytes),
                &mut out.view_mut_unchecked()?,
            )
        }
        .or_raise()?;
        out
    };
    Ok(array::in_class_of(result, array)?.into_any())
}

fn assign<'py>(
    array: &ArrayRef<'py>,
    key: &Bound<'py, PyAny>,
    value: &Bound<'py, PyAny>,
) -> PyResult<()> {
    array.require_writeable("assignment destination")?;
    if key.is_exact_instance_of::<PyInt>()
        && let ([n], [stride]) = (array.shape(), array.strides())
        && ArrayRef::from_object(value).is_none()
        && let Ok(i) = key.extract::<isize>()
    {
        if i < -n || i >= *n {
            return Err(PyIndexError::new_err(format!(
                "index {i} is out of bounds for axis 0 with size {n}"
            )));
        }
        let at = if i < 0 { i + n } else { i } * stride;
        // SAFETY: the index was checked.
        return unsafe { scalar::store(&array.descr(), value, array.data().wrapping_offset(at)) };
    }
    if let Some(view) = fields(array, key)? {
        return store(&view, value);
    }
    match index::select(index::parse(key)?, array)? {
        // SAFETY: the offset was checked against the array's shape.
        Selection::Element(offset) => unsafe {
            let part = array.data().wrapping_offset(offset);
            match ArrayRef::from_object(value) {
                Some(v)
                    if v.size() == 1
                        && v.ndim() > 0
                        && array.type_num() == TypeNum::Bool as i32 =>
                {
                    let truth = v.as_any().is_truthy()?;
                    let truth = pyo3::types::PyBool::new(v.py(), truth).to_owned();
                    scalar::store(&array.descr(), truth.as_any(), part)
                }
                Some(v)
                    if v.ndim() > 0
                        && TypeNum::from_c(array.type_num())
                            .is_some_and(|t| t.is_complex() || t == TypeNum::LongDouble) =>
                {
                    Err(PyTypeError::new_err(
                        "only 0-dimensional arrays can be converted to Python scalars",
                    ))
                }
                Some(v)
                    if v.ndim() > 0
                        && array.type_num() != TypeNum::Object as i32
                        && array.type_num() != TypeNum::Void as i32 =>
                {
                    Err(PyValueError::new_err(
                        "setting an array element with a sequence.",
                    ))
                }
                // An object array takes an array without dimensions as it is, as any other object; a subclass tells
                // itself what its value is.
                Some(v)
                    if v.ndim() == 0
                        && v.is_exact()
                        && array.type_num() != TypeNum::Void as i32
                        && array.type_num() != TypeNum::Object as i32 =>
                {
                    let part =
                        array::view_of(array, NDARRAY.get(), array.descr(), offset, &[], &[])?;
                    store(&part, value)
                }
                _ => scalar::store(&array.descr(), value, part),
            }
        },
        Selection::View(l) => {
            let part = array::view_of(
                array,
                NDARRAY.get(),
                array.descr(),
                l.offset_bytes,
                &l.shape,
                &l.strides,
            )?;
            store(&part, value)
        }
        Selection::Fancy(mut f) => {
            f.detach(array)?;
            put(array, &f, value)
        }
    }
}

/// The value of an assignment as an array that converts to `array`'s dtype; sequences nest at most `ndmax` deep.
fn value_array<'py>(
    array: &ArrayRef<'py>,
    value: &Bound<'py, PyAny>,
    ndmax: usize,
) -> PyResult<ArrayRef<'py>> {
    if let Some(value) = ArrayRef::from_object(value) {
        Ok(value)
    } else {
        let request = array_like::Request {
            descr: Some(array.descr()),
            ndmax,
            ..Default::default()
        };
        array_like::make(value, &request)
    }
}

/// Copies a value into a whole array, with broadcasting.
pub(crate) fn store<'py>(array: &ArrayRef<'py>, value: &Bound<'py, PyAny>) -> PyResult<()> {
    if array.ndim() == 0 && ArrayRef::from_object(value).is_none() {
        array.require_writeable("assignment destination")?;
        // SAFETY: a 0-d array has one element.
        return unsafe { scalar::store(&array.descr(), value, array.data()) };
    }
    let mut target = array.view_mut("assignment destination")?;
    let is_number = TypeNum::from_c(array.type_num()).is_some_and(TypeNum::is_number);
    if is_number
        && (value.is_exact_instance_of::<PyFloat>() || value.is_exact_instance_of::<PyInt>())
    {
        let mut room = Room::ZERO;
        // SAFETY: the room holds one item of any number.
        let one = unsafe {
            scalar::store(&array.descr(), value, room.0.as_mut_ptr())?;
            room.view(array.dtype()?)
        };
        copy::assign(&mut target, &one, Casting::Unsafe).or_raise()?;
        return Ok(());
    }
    let values = value_array(array, value, array.ndim())?;
    let source = values.view()?;
    copy::check_fits(&source, target.as_view()).or_raise()?;
    warning::imaginary_dropped(array.py(), source.dtype().num(), target.dtype().num())?;
    let found = copy::assign(&mut target, &source, Casting::Unsafe).or_raise()?;
    crate::convert::events::report(array.py(), found, "cast")
}

/// Copies values into the elements that index arrays choose.
fn put<'py>(array: &ArrayRef<'py>, f: &Fancy<'py>, value: &Bound<'py, PyAny>) -> PyResult<()> {
    let py = array.py();
    let values = value_array(array, value, MAXDIMS)?;
    let dtype = array.dtype()?;
    let source = values.view()?;
    let plan = match &f.whole_mask {
        Some(m) => {
            if !check_masked(m, &source)? {
                return Ok(());
            }
            None
        }
        None => {
            let plan = f.plan()?;
            broadcast_values(&source, &plan.result_shape())?;
            Some(plan)
        }
    };
    warning::imaginary_dropped(py, source.dtype().num(), dtype.num())?;
    // Converted first, and out of the way of the elements that are written.
    let overlaps = numpy_rs_core::overlap::bounds_meet(&source, &array.view()?);
    let same = source.dtype().is_equivalent(&dtype) && source.dtype().num() == dtype.num();
    let held;
    let source: View<'_> = if same && !overlaps {
        source
    } else {
        let native = dtype.clone();
        let (cast, found) =
            copy::cast_to(&source, &native, Order::C, Casting::Unsafe).or_raise()?;
        crate::convert::events::report(py, found, "cast")?;
        held = cast;
        held.view()
    };
    if let Some(m) = &f.whole_mask {
        return put_mask(array, m, &source);
    }
    let Some(plan) = plan else { return Ok(()) };
    plan.check().or_raise()?;
    let strides = broadcast_values(&source, &plan.result_shape())?;
    // SAFETY: the plan was made for this array's layout, which is writeable.
    unsafe {
        plan.scatter(
            array.data().wrapping_offset(f.offset_bytes),
            &source,
            &strides,
        );
    };
    Ok(())
}

/// Strides with which values are read in the shape of the chosen elements; leading axes of length 1 are dropped.
fn broadcast_values(source: &View<'_>, shape: &[isize]) -> PyResult<Dims> {
    let extra = source.ndim().saturating_sub(shape.len());
    let drop = source
        .shape()
        .iter()
        .take(extra)
        .take_while(|&&d| d == 1)
        .count();
    layout::broadcast_strides(&source.shape()[drop..], &source.strides()[drop..], shape)
        .map_err(|_| index::value_mismatch(source.shape(), shape))
}

/// Whether a mask chooses anything; checks that the values are as many.
fn check_masked(m: &ArrayRef<'_>, source: &View<'_>) -> PyResult<bool> {
    let count = mask::count_true(&m.view()?) as isize;
    let one = source.size() == 1;
    if source.ndim() > 1 {
        return Err(PyTypeError::new_err(format!(
            "NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has {} dimensions",
            source.ndim()
        )));
    }
    if source.ndim() == 1 && source.shape()[0] != count && !one {
        return Err(PyValueError::new_err(format!(
            "NumPy boolean array indexing assignment cannot assign {} input values to the {count} output values where the \
             mask is true",
            source.size()
        )));
    }
    Ok(count > 0)
}

/// Stores values, which were checked, where a mask is true.
fn put_mask(array: &ArrayRef<'_>, m: &ArrayRef<'_>, source: &View<'_>) -> PyResult<()> {
    let m = m.view()?;
    let count = mask::count_true(&m) as isize;
    let one = source.size() == 1;
    let stride = if one {
        0
    } else {
        source.strides().last().copied().unwrap_or(0)
    };
    // SAFETY: one item for each true element of the mask, or one for all.
    let line =
        unsafe { source.relayout(0, Dims::from_slice(&[count]), Dims::from_slice(&[stride])) };
    mask::expand(&mut array.view_mut("assignment destination")?, &m, &line).or_raise()?;
    Ok(())
}

/// `a in b`: whether any element equals.
pub(super) unsafe extern "C" fn contains(object: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter(|py| {
            let array = Bound::<PyAny>::from_borrowed_ptr(py, object);
            let value = Bound::<PyAny>::from_borrowed_ptr(py, value);
            let equal = array.rich_compare(&value, pyo3::basic::CompareOp::Eq)?;
            let any = match ArrayRef::from_object(&equal) {
                Some(_) => equal.call_method0(pyo3::intern!(py, "any"))?,
                None => equal,
            };
            Ok(c_int::from(any.is_truthy()?))
        })
    }
}

pub(super) unsafe extern "C" fn length(object: *mut PyObject) -> isize {
    // SAFETY: called by Python on an instance.
    unsafe {
        gate::enter(|py| {
            let array = ArrayRef::from_owned(py, ffi::Py_NewRef(object))?;
            array
                .shape()
                .first()
                .copied()
                .ok_or_else(|| PyTypeError::new_err("len() of unsized object"))
        })
    }
}
