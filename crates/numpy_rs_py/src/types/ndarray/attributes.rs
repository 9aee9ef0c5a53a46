//! The attributes of arrays.

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::layout::{self, Order};
use numpy_rs_core::reshape;
use pyo3::exceptions::{PyAttributeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::array::{self, ArrayRef, Memory};
use crate::attribute::Attribute;
use crate::classes::NDARRAY;
use crate::convert;
use crate::descr;
use crate::error::OrRaise;
use crate::extents;
use crate::layout::flags;

fn array_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<ArrayRef<'py>> {
    ArrayRef::from_object(object).ok_or_else(|| PyTypeError::new_err("an array is needed"))
}

pub(super) static ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "shape",
        doc: "The length of each axis.",
        get: |o| Ok(array::shape_tuple(o.py(), array_of(o)?.shape())?.into_any()),
        set: Some(set_shape),
    },
    Attribute {
        name: "strides",
        doc: "The step in bytes along each axis.",
        get: |o| Ok(array::shape_tuple(o.py(), array_of(o)?.strides())?.into_any()),
        set: Some(set_strides),
    },
    Attribute {
        name: "dtype",
        doc: "The type of the elements.",
        get: |o| Ok(array_of(o)?.descr()),
        set: Some(set_dtype),
    },
    Attribute::readonly("ndim", "The number of axes.", |o| {
        Ok(array_of(o)?.ndim().into_pyobject(o.py())?.into_any())
    }),
    Attribute::readonly("size", "The number of elements.", |o| {
        Ok(array_of(o)?.size().into_pyobject(o.py())?.into_any())
    }),
    Attribute::readonly("itemsize", "The size of an element in bytes.", |o| {
        Ok(array_of(o)?.itemsize().into_pyobject(o.py())?.into_any())
    }),
    Attribute::readonly("nbytes", "The size of all elements in bytes.", |o| {
        let a = array_of(o)?;
        Ok((a.size() * a.itemsize()).into_pyobject(o.py())?.into_any())
    }),
    Attribute::readonly(
        "base",
        "The object that owns the memory, if another one does.",
        |o| {
            Ok(array_of(o)?
                .base()
                .unwrap_or_else(|| o.py().None().into_bound(o.py())))
        },
    ),
    Attribute {
        name: "data",
        doc: "A memoryview of the elements.",
        // SAFETY: the object is alive; null comes with an exception.
        get: |o| unsafe {
            Bound::from_owned_ptr_or_err(o.py(), ffi::PyMemoryView_FromObject(o.as_ptr()))
        },
        set: None,
    },
    Attribute::readonly("T", "A view with its axes reversed.", |o| {
        let a = array_of(o)?;
        let shape: Dims = a.shape().iter().rev().copied().collect();
        let strides: Dims = a.strides().iter().rev().copied().collect();
        Ok(array::relayout(&a, 0, &shape, &strides)?.into_any())
    }),
    Attribute::readonly("mT", "A view with its last two axes exchanged.", |o| {
        let a = array_of(o)?;
        let n = a.ndim();
        if n < 2 {
            return Err(PyValueError::new_err(
                "matrix transpose with ndim < 2 is undefined",
            ));
        }
        let (mut shape, mut strides) = (Dims::from_slice(a.shape()), Dims::from_slice(a.strides()));
        shape.swap(n - 1, n - 2);
        strides.swap(n - 1, n - 2);
        Ok(array::relayout(&a, 0, &shape, &strides)?.into_any())
    }),
    Attribute {
        name: "real",
        doc: "The real parts.",
        get: |o| part(o, 0),
        set: Some(|o, v| set_part(o, v, 0)),
    },
    Attribute {
        name: "imag",
        doc: "The imaginary parts.",
        get: |o| part(o, 1),
        set: Some(|o, v| set_part(o, v, 1)),
    },
    Attribute {
        name: "flat",
        doc: "An iterator over the elements in C order.",
        get: |o| crate::types::ndarray::flatiter::of_array(&array_of(o)?),
        set: Some(|o, v| {
            let value =
                v.ok_or_else(|| PyAttributeError::new_err("Cannot delete array flat iterator"))?;
            crate::types::ndarray::flatiter::of_array(&array_of(o)?)?
                .set_item(o.py().Ellipsis(), value)
        }),
    },
    Attribute {
        name: "flags",
        doc: "How the elements lie in memory and what may be done with them.",
        get: |o| crate::types::flagsobj::of_array(&array_of(o)?),
        set: None,
    },
    Attribute::readonly("ctypes", "The address and layout for ctypes.", |o| {
        let module = crate::package::import(o.py(), "_core._internal")?;
        module
            .getattr("_ctypes")?
            .call1((o, array_of(o)?.data() as usize))
    }),
    Attribute::readonly("device", "The device that holds the elements.", |o| {
        Ok("cpu".into_pyobject(o.py())?.into_any())
    }),
    Attribute::readonly(
        "__array_interface__",
        "The array interface, version 3.",
        interface,
    ),
    Attribute::readonly(
        "__array_struct__",
        "The array interface as a C struct.",
        struct_interface,
    ),
    Attribute::readonly("__array_priority__", "", |o| {
        Ok(0.0f64.into_pyobject(o.py())?.into_any())
    }),
];

fn deleted<'py>(value: Option<Bound<'py, PyAny>>, what: &str) -> PyResult<Bound<'py, PyAny>> {
    value.ok_or_else(|| PyAttributeError::new_err(format!("Cannot delete array {what}")))
}

/// Replaces shape and strides in place.
pub(super) fn set_layout(array: &ArrayRef<'_>, shape: &[isize], strides: &[isize]) -> PyResult<()> {
    let (py, n) = (array.py(), shape.len());
    let block = extents::allocate(py, n);
    if block.is_null() && n > 0 {
        return Err(pyo3::exceptions::PyMemoryError::new_err(()));
    }
    // SAFETY: the block has `2 n` words; the array owns the one it had, for as many axes as it had.
    unsafe {
        let raw = &mut *array.raw();
        let (old, old_n) = (raw.dimensions, raw.nd as usize);
        raw.nd = n as i32;
        raw.dimensions = block;
        raw.strides = block.wrapping_add(n);
        if n == 0 {
            raw.strides = std::ptr::null_mut();
        } else {
            std::ptr::copy_nonoverlapping(shape.as_ptr(), raw.dimensions, n);
            std::ptr::copy_nonoverlapping(strides.as_ptr(), raw.strides, n);
        }
        extents::release(py, old, old_n);
    }
    array.update_flags();
    Ok(())
}

fn set_shape(object: &Bound<'_, PyAny>, value: Option<Bound<'_, PyAny>>) -> PyResult<()> {
    let value = deleted(value, "shape")?;
    crate::convert::warning::deprecated(
        object.py(),
        "Setting the shape on a NumPy array has been deprecated in NumPy 2.5.\nAs an alternative, you can create a new \
         view using np.reshape (with copy=False if needed).",
    )?;
    reshape_in_place(&array_of(object)?, &value)
}

/// Reads the same elements in another shape, in place.
pub(super) fn reshape_in_place(a: &ArrayRef<'_>, value: &Bound<'_, PyAny>) -> PyResult<()> {
    let wanted = convert::shape::from_object(value)?;
    let shape = reshape::resolve_shape(a.size() as isize, &wanted).or_raise()?;
    let strides = reshape::strides_without_copy(a.shape(), a.strides(), a.itemsize(), &shape, Order::C)
        .ok_or_else(|| {
            PyAttributeError::new_err(
                "Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.",
            )
        })?;
    set_layout(a, &shape, &strides)
}

fn set_strides(object: &Bound<'_, PyAny>, value: Option<Bound<'_, PyAny>>) -> PyResult<()> {
    let value = deleted(value, "strides")?;
    crate::convert::warning::deprecated(
        object.py(),
        "Setting the strides on a NumPy array has been deprecated in NumPy 2.4.\nAs an alternative, you can create a new \
         view using np.lib.stride_tricks.as_strided.",
    )?;
    let a = array_of(object)?;
    let strides = convert::shape::integers(&value, "strides do not fit an address")?;
    if strides.len() != a.ndim() {
        return Err(PyValueError::new_err(format!(
            "strides must be same length as shape ({})",
            a.ndim()
        )));
    }
    // The owner at the end of the chain of bases bounds what may be reached.
    let mut owner = a.clone();
    while let Some(base) = owner.base().as_ref().and_then(ArrayRef::from_object) {
        owner = base;
    }
    let extent = |x: &ArrayRef<'_>, s: &[isize]| {
        layout::byte_extent(x.shape(), s, x.itemsize()).unwrap_or((0, 0))
    };
    let (low, high) = extent(&owner, owner.strides());
    let (new_low, new_high) = extent(&a, &strides);
    let offset = a.data() as isize - owner.data() as isize;
    if offset + new_low < low || offset + new_high > high {
        return Err(PyValueError::new_err(
            "strides is not compatible with available memory",
        ));
    }
    let shape = Dims::from_slice(a.shape());
    set_layout(&a, &shape, &strides)
}

fn set_dtype(object: &Bound<'_, PyAny>, value: Option<Bound<'_, PyAny>>) -> PyResult<()> {
    let value = value.ok_or_else(|| PyAttributeError::new_err("Cannot delete array dtype"))?;
    let a = array_of(object)?;
    let new = convert::dtype::from_object(&value)?;
    crate::convert::warning::deprecated(
        object.py(),
        "Setting the dtype on a NumPy array has been deprecated in NumPy 2.5.\nInstead of changing the dtype on an array \
         x, create a new array with x.view(new_dtype)",
    )?;
    retype(&a, new)
}

/// The dtype, shape and strides under which memory is read as items of another dtype: the last axis changes where sizes
/// differ.
pub(super) fn retyped<'py>(
    a: &ArrayRef<'py>,
    mut new: Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyAny>, Dims, Dims)> {
    let py = a.py();
    let old = a.dtype()?;
    let mut dtype = descr::to_dtype(&new)?;
    if dtype.num().is_flexible() && dtype.itemsize() == 0 && dtype.detail().is_none() {
        dtype = dtype.with_itemsize(old.itemsize());
        new = descr::from_dtype(py, &dtype)?;
    }
    if old.has_objects() != dtype.has_objects() || old.has_objects() && !old.is_equivalent(&dtype) {
        return Err(PyTypeError::new_err(
            "Cannot change data-type for array of references.",
        ));
    }
    let (mut shape, mut strides) = (Dims::from_slice(a.shape()), Dims::from_slice(a.strides()));
    let (from, to) = (old.itemsize(), dtype.itemsize());
    if from != to {
        let Some(last) = shape.len().checked_sub(1) else {
            return Err(PyValueError::new_err(
                "Changing the dtype of a 0d array is only supported if the itemsize is unchanged",
            ));
        };
        if shape[last] != 1 && strides[last] != from as isize && a.size() > 1 {
            return Err(PyValueError::new_err(
                "To change to a dtype of a different size, the last axis must be contiguous",
            ));
        }
        if to < from {
            if to == 0 || from % to != 0 {
                return Err(PyValueError::new_err(
                    "When changing to a smaller dtype, its size must be a divisor of the size of original dtype",
                ));
            }
            shape[last] *= (from / to) as isize;
        } else {
            let bytes = shape[last] * from as isize;
            if bytes % to as isize != 0 {
                return Err(PyValueError::new_err(
                    "When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last \
                     axis of the array.",
                ));
            }
            shape[last] = bytes / to as isize;
        }
        strides[last] = to as isize;
    }
    if let Some((inner, inner_shape)) = dtype.subarray_parts() {
        shape.extend_from_slice(inner_shape);
        strides.extend_from_slice(&layout::c_strides(inner_shape, inner.itemsize()));
        new = descr::from_dtype(py, inner)?;
    }
    Ok((new, shape, strides))
}

/// Reads the same memory as items of another dtype.
pub(super) fn retype<'py>(a: &ArrayRef<'py>, new: Bound<'py, PyAny>) -> PyResult<()> {
    let (new, shape, strides) = retyped(a, new)?;
    // SAFETY: the array is alive; it takes the new reference and drops the old one last.
    unsafe {
        let raw = &mut *a.raw();
        let old = std::mem::replace(&mut raw.descr, new.into_ptr().cast());
        ffi::Py_DECREF(old.cast());
    }
    set_layout(a, &shape, &strides)
}

/// The real type of the parts of a complex dtype.
fn part_dtype(dtype: &DType) -> Option<DType> {
    let num = match dtype.num() {
        TypeNum::CFloat => TypeNum::Float,
        TypeNum::CDouble => TypeNum::Double,
        TypeNum::CLongDouble => TypeNum::LongDouble,
        _ => return None,
    };
    Some(DType::new(num).with_byte_order(dtype.byte_order()))
}

/// Real (0) or imaginary (1) parts: a view for complex arrays.
fn part<'py>(object: &Bound<'py, PyAny>, which: isize) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let a = array_of(object)?;
    let dtype = a.dtype()?;
    if let Some(real) = part_dtype(&dtype) {
        let offset = which * real.itemsize() as isize;
        let inner = descr::from_dtype(py, &real)?;
        let class = object.get_type_ptr();
        return Ok(array::view_of(&a, class, inner, offset, a.shape(), a.strides())?.into_any());
    }
    if dtype.num() == TypeNum::Object {
        let name = if which == 0 { "real" } else { "imag" };
        let out = array::empty_strided(
            py,
            &dtype,
            a.shape(),
            &layout::c_strides(a.shape(), dtype.itemsize()),
        )?;
        let (from, to) = (object.getattr("flat")?, out.as_any().getattr("flat")?);
        for (i, item) in from.try_iter()?.enumerate() {
            let item = item?;
            let value = item.getattr_opt(name)?.map_or_else(
                || {
                    if which == 0 {
                        Ok(item.clone())
                    } else {
                        Ok(0i32.into_pyobject(py)?.into_any())
                    }
                },
                PyResult::Ok,
            )?;
            to.set_item(i, value)?;
        }
        return Ok(out.into_any());
    }
    if which == 0 {
        return Ok(object.clone());
    }
    let zeros = array::new_array(
        py,
        NDARRAY.get(),
        a.descr(),
        a.shape(),
        None,
        Memory::Zeroed,
    )?;
    // SAFETY: a fresh array that nobody else sees.
    unsafe { (*zeros.raw()).flags &= !flags::WRITEABLE };
    let class = object.get_type_ptr();
    Ok(array::view_of(&zeros, class, a.descr(), 0, zeros.shape(), zeros.strides())?.into_any())
}

fn set_part(
    object: &Bound<'_, PyAny>,
    value: Option<Bound<'_, PyAny>>,
    which: isize,
) -> PyResult<()> {
    let name = if which == 0 { "real" } else { "imag" };
    let value = value
        .ok_or_else(|| PyAttributeError::new_err(format!("Cannot delete array {name} part")))?;
    let dtype = array_of(object)?.dtype()?;
    if part_dtype(&dtype).is_none() && which == 1 {
        return Err(PyTypeError::new_err(
            "array does not have imaginary part to set",
        ));
    }
    let target = array_of(&part(object, which)?)?;
    super::subscript::store(&target, &value)
}

/// The address that the interfaces give: of the first element.
fn interface<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let a = array_of(object)?;
    let dict = PyDict::new(py);
    let writeable = a.flags() & flags::WRITEABLE != 0;
    dict.set_item("data", (a.data() as usize, !writeable))?;
    let contiguous = a.flags() & flags::C_CONTIGUOUS != 0;
    let none = py.None().into_bound(py);
    dict.set_item(
        "strides",
        if contiguous {
            none
        } else {
            array::shape_tuple(py, a.strides())?.into_any()
        },
    )?;
    let descr = a.descr();
    dict.set_item("descr", descr.getattr("descr")?)?;
    dict.set_item("typestr", descr.getattr("str")?)?;
    dict.set_item("shape", array::shape_tuple(py, a.shape())?)?;
    dict.set_item("version", 3)?;
    Ok(dict.into_any())
}

/// `PyArrayInterface`.
#[repr(C)]
struct ArrayInterface {
    two: i32,
    nd: i32,
    typekind: u8,
    itemsize: i32,
    flags: i32,
    shape: *mut isize,
    strides: *mut isize,
    data: *mut u8,
    descr: *mut ffi::PyObject,
}

unsafe extern "C" fn free_interface(capsule: *mut ffi::PyObject) {
    // SAFETY: the capsule holds what `struct_interface` made, and its context the array.
    unsafe {
        let pointer = ffi::PyCapsule_GetPointer(capsule, std::ptr::null()).cast::<ArrayInterface>();
        if !pointer.is_null() {
            let boxed = Box::from_raw(pointer);
            ffi::PyMem_RawFree(boxed.shape.cast());
            ffi::Py_XDECREF(boxed.descr);
        }
        ffi::Py_XDECREF(ffi::PyCapsule_GetContext(capsule).cast());
    }
}

fn struct_interface<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    const NOTSWAPPED: i32 = 0x0200;
    const HAS_DESCR: i32 = 0x0800;
    let py = object.py();
    let a = array_of(object)?;
    let dtype = a.dtype()?;
    let n = a.ndim();
    // SAFETY: the block holds `2 n` numbers; the capsule owns it, the array and the description.
    unsafe {
        let block = ffi::PyMem_RawMalloc((2 * n).max(1) * size_of::<isize>()).cast::<isize>();
        if block.is_null() {
            return Err(pyo3::exceptions::PyMemoryError::new_err(()));
        }
        std::ptr::copy_nonoverlapping(a.shape().as_ptr(), block, n);
        std::ptr::copy_nonoverlapping(a.strides().as_ptr(), block.add(n), n);
        let mut f = a.flags() & !(flags::OWNDATA | flags::WRITEBACKIFCOPY | flags::WARN_ON_WRITE);
        if dtype.is_native() {
            f |= NOTSWAPPED;
        }
        let has_fields = dtype.fields().is_some();
        let boxed = Box::new(ArrayInterface {
            two: 2,
            nd: n as i32,
            typekind: dtype.kind(),
            itemsize: dtype.itemsize() as i32,
            flags: if has_fields { f | HAS_DESCR } else { f },
            shape: block,
            strides: block.add(n),
            data: a.data(),
            descr: if has_fields {
                a.descr().getattr("descr")?.into_ptr()
            } else {
                std::ptr::null_mut()
            },
        });
        let capsule = ffi::PyCapsule_New(
            Box::into_raw(boxed).cast(),
            std::ptr::null(),
            Some(free_interface),
        );
        let capsule = Bound::from_owned_ptr_or_err(py, capsule)?;
        ffi::PyCapsule_SetContext(capsule.as_ptr(), object.clone().into_ptr().cast());
        Ok(capsule)
    }
}
