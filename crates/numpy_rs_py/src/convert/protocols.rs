//! Arrays from what offers itself as one: buffers, `__array_struct__`, `__array_interface__`, `__array__`.

use numpy_rs_core::dims::Dims;
use numpy_rs_core::layout;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString, PyTuple, PyType};

use crate::array::{self, ArrayRef, Memory};
use crate::beside;
use crate::classes::NDARRAY;
use crate::convert::{buffer_format, dtype, foreign};
use crate::descr;
use crate::error::OrRaise;

/// The array that an object offers, as a view of its memory where the protocol allows it.
pub(crate) fn array_of<'py>(
    object: &Bound<'py, PyAny>,
    wanted: Option<&Bound<'py, PyAny>>,
    never_copy: bool,
) -> PyResult<Option<ArrayRef<'py>>> {
    if is_basic(object) {
        return Ok(None);
    }
    if beside::is_array_or_scalar(object) {
        return from_foreign(object).map(Some);
    }
    if let Some(found) = from_buffer(object)? {
        return Ok(Some(found));
    }
    if let Some(found) = from_struct(object)? {
        return Ok(Some(found));
    }
    if let Some(found) = from_interface(object)? {
        return Ok(Some(found));
    }
    from_method(object, wanted, never_copy)
}

/// Types of Python that offer none of the protocols, or whose buffers are no arrays.
fn is_basic(object: &Bound<'_, PyAny>) -> bool {
    let ty = object.get_type_ptr();
    ty == &raw mut ffi::PyList_Type
        || ty == &raw mut ffi::PyTuple_Type
        || ty == &raw mut ffi::PyDict_Type
        || ty == &raw mut ffi::PyUnicode_Type
        || ty == &raw mut ffi::PyBytes_Type
        || ty == &raw mut ffi::PySet_Type
        || ty == &raw mut ffi::PyRange_Type
        || ty == &raw mut ffi::PyFloat_Type
        || ty == &raw mut ffi::PyLong_Type
        || ty == &raw mut ffi::PyBool_Type
        || ty == &raw mut ffi::PyComplex_Type
        || object.is_none()
        || object.is_instance_of::<PyString>()
        || object.is_instance_of::<PyBytes>()
}

/// An array or scalar of the real NumPy beside ours: its memory under our dtype.
pub(crate) fn from_foreign<'py>(object: &Bound<'py, PyAny>) -> PyResult<ArrayRef<'py>> {
    let py = object.py();
    let ours = foreign::dtype_of(object, dtype::from_any)?;
    let interface = object.getattr("__array_interface__")?;
    let shape: Vec<isize> = interface.get_item("shape")?.extract()?;
    let strides = interface.get_item("strides")?;
    let strides: Option<Vec<isize>> = if strides.is_none() {
        None
    } else {
        Some(strides.extract()?)
    };
    let (address, read_only): (usize, bool) = interface.get_item("data")?.extract()?;
    // A scalar's interface belongs to an array that it holds only through the dict.
    let is_scalar = beside::is_numpy_class(&object.get_type(), "generic");
    let owner = if is_scalar {
        PyTuple::new(py, [object.clone(), interface.clone()])?.into_any()
    } else {
        object.clone()
    };
    let made = array::new_array(
        py,
        NDARRAY.get(),
        ours,
        &shape,
        strides.as_deref(),
        Memory::Borrowed {
            data: address as *mut u8,
            base: Some(owner),
            writeable: !read_only,
        },
    )?;
    if is_scalar {
        let core = made.dtype()?;
        let copy = array::empty(py, &core, &shape, layout::Order::C)?;
        numpy_rs_core::copy::assign(
            &mut copy.view_mut_unchecked()?,
            &made.view()?,
            numpy_rs_core::cast::Casting::Unsafe,
        )
        .or_raise()?;
        return Ok(copy);
    }
    Ok(made)
}

/// An array over a buffer; `None` where the object has none or NumPy has no dtype for its format.
pub(crate) fn from_buffer<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<ArrayRef<'py>>> {
    let py = object.py();
    // SAFETY: live objects; the memoryview is kept alive by the array, and its buffer by it.
    unsafe {
        if ffi::PyObject_CheckBuffer(object.as_ptr()) == 0 {
            return Ok(None);
        }
        let view = ffi::PyMemoryView_FromObject(object.as_ptr());
        let Ok(view) = Bound::from_owned_ptr_or_err(py, view) else {
            return Ok(None);
        };
        from_memoryview(&view).map(Some)
    }
}

/// The memory that a memoryview shows.
fn from_memoryview<'py>(view: &Bound<'py, PyAny>) -> PyResult<ArrayRef<'py>> {
    let py = view.py();
    let format: String = view.getattr("format")?.extract()?;
    let itemsize: usize = view.getattr("itemsize")?.extract()?;
    let shape: Option<Vec<isize>> = view.getattr("shape")?.extract()?;
    let strides: Option<Vec<isize>> = view.getattr("strides")?.extract()?;
    let read_only: bool = view.getattr("readonly")?.extract()?;
    let n_bytes: usize = view.getattr("nbytes")?.extract()?;
    let (ours, read_itemsize) = if let Some(d) = simple_format(py, &format)? {
        let n = descr::fields(&d).elsize as usize;
        (d, n)
    } else {
        let d = buffer_format::parse(py, &format, dtype::from_any)?;
        let n = descr::fields(&d).elsize as usize;
        (d, n)
    };
    if read_itemsize != itemsize {
        // Code that exports a wrong size is met with a warning, and with bytes of the true size.
        return Err(PyValueError::new_err(format!(
            "cannot include dtype '{format}' in a buffer: its item size of {itemsize} bytes is not {read_itemsize}"
        )));
    }
    let shape = shape.unwrap_or_else(|| vec![(n_bytes / itemsize.max(1)) as isize]);
    // SAFETY: PyBUF_FULL_RO keeps the memory of the memoryview's owner; the pointer stays valid while it lives.
    let data = unsafe {
        let mut buffer: ffi::Py_buffer = std::mem::zeroed();
        if ffi::PyObject_GetBuffer(view.as_ptr(), &raw mut buffer, ffi::PyBUF_FULL_RO) < 0 {
            return Err(PyErr::fetch(py));
        }
        let data = buffer.buf.cast::<u8>();
        ffi::PyBuffer_Release(&raw mut buffer);
        data
    };
    array::new_array(
        py,
        NDARRAY.get(),
        ours,
        &shape,
        strides.as_deref(),
        Memory::Borrowed {
            data,
            base: Some(view.clone()),
            writeable: !read_only,
        },
    )
}

/// Formats of one letter without byte order.
fn simple_format<'py>(py: Python<'py>, format: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    if format.len() == 1 && "?bBhHiIlLqQefdgO".contains(format) {
        return dtype::from_any(PyString::new(py, format).as_any(), false).map(Some);
    }
    Ok(None)
}

/// `PyArrayInterface`, what `__array_struct__` points to.
#[repr(C)]
struct ArrayInterface {
    two: i32,
    nd: i32,
    typekind: std::ffi::c_char,
    itemsize: i32,
    flags: i32,
    shape: *mut isize,
    strides: *mut isize,
    data: *mut u8,
    descr: *mut PyObject,
}

fn from_struct<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<ArrayRef<'py>>> {
    let py = object.py();
    let Some(capsule) = object.getattr_opt("__array_struct__")? else {
        return Ok(None);
    };
    // SAFETY: a capsule of this protocol points to the struct; it lives as long as the capsule.
    unsafe {
        if ffi::PyCapsule_CheckExact(capsule.as_ptr()) == 0 {
            if object.is_instance_of::<PyType>() && capsule.hasattr("__get__")? {
                return Ok(None);
            }
            return Err(PyValueError::new_err("invalid __array_struct__"));
        }
        let name = ffi::PyCapsule_GetName(capsule.as_ptr());
        let p = ffi::PyCapsule_GetPointer(capsule.as_ptr(), name).cast::<ArrayInterface>();
        if p.is_null() {
            return Err(PyErr::fetch(py));
        }
        let i = &*p;
        if i.two != 2 {
            return Err(PyValueError::new_err("invalid __array_struct__"));
        }
        let kind = i.typekind as u8 as char;
        let order = if i.flags & 0x200 == 0 {
            if cfg!(target_endian = "little") {
                '>'
            } else {
                '<'
            }
        } else {
            '='
        };
        let size = if kind == 'U' {
            i.itemsize / 4
        } else {
            i.itemsize
        };
        let ours = if i.flags & 0x800 != 0 && !i.descr.is_null() {
            dtype::from_any(&Bound::from_borrowed_ptr(py, i.descr), false)?
        } else {
            let text = format!("{order}{kind}{size}");
            dtype::from_any(PyString::new(py, &text).as_any(), false)?
        };
        let n = i.nd as usize;
        let (shape, strides) = if n == 0 {
            (Dims::new(), Dims::new())
        } else {
            let shape = Dims::from_slice(std::slice::from_raw_parts(i.shape, n));
            let strides = if i.strides.is_null() {
                layout::c_strides(&shape, i.itemsize as usize)
            } else {
                Dims::from_slice(std::slice::from_raw_parts(i.strides, n))
            };
            (shape, strides)
        };
        refuse_null(i.data, &shape)?;
        let owner = PyTuple::new(py, [object.clone(), capsule.clone()])?.into_any();
        array::new_array(
            py,
            NDARRAY.get(),
            ours,
            &shape,
            Some(&strides),
            Memory::Borrowed {
                data: i.data,
                base: Some(owner),
                writeable: i.flags & 0x400 != 0,
            },
        )
        .map(Some)
    }
}

fn from_interface<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<ArrayRef<'py>>> {
    let py = object.py();
    let Some(interface) = object.getattr_opt("__array_interface__")? else {
        return Ok(None);
    };
    if object.is_instance_of::<PyType>() && interface.hasattr("__get__")? {
        return Ok(None);
    }
    let Ok(dict) = interface.cast::<PyDict>() else {
        return Err(PyValueError::new_err(
            "Invalid __array_interface__ value, must be a dict",
        ));
    };
    let Some(typestr) = dict.get_item("typestr")? else {
        return Err(PyValueError::new_err("Missing __array_interface__ typestr"));
    };
    if !typestr.is_instance_of::<PyString>() && !typestr.is_instance_of::<PyBytes>() {
        return Err(PyTypeError::new_err(
            "__array_interface__ typestr must be a string",
        ));
    }
    let mut ours = dtype::from_any(&typestr, false)?;
    // An unstructured typestr may stand beside a full description.
    if descr::fields(&ours).type_num == numpy_rs_core::dtype::TypeNum::Void as i32
        && let Some(full) = dict.get_item("descr")?
    {
        let trivial = full
            .extract::<Vec<(String, String)>>()
            .is_ok_and(|l| l.len() == 1 && l[0].0.is_empty());
        if !trivial && full.is_truthy().unwrap_or(false) {
            let made = dtype::from_any(&full, false)?;
            if descr::fields(&made).elsize == descr::fields(&ours).elsize {
                ours = made;
            }
        }
    }
    let Some(shape) = dict.get_item("shape")? else {
        return Err(PyValueError::new_err("Missing __array_interface__ shape"));
    };
    if !shape.is_instance_of::<PyTuple>() {
        return Err(PyTypeError::new_err("shape must be a tuple"));
    }
    let shape: Vec<isize> = shape.extract()?;
    let strides: Option<Vec<isize>> = match dict.get_item("strides")? {
        Some(s) if !s.is_none() => {
            if !s.is_instance_of::<PyTuple>() {
                return Err(PyTypeError::new_err("strides must be a tuple"));
            }
            let s: Vec<isize> = s.extract()?;
            if s.len() != shape.len() {
                return Err(PyValueError::new_err(
                    "mismatch in length of strides and shape",
                ));
            }
            Some(s)
        }
        _ => None,
    };
    let offset: isize = match dict.get_item("offset")? {
        Some(o) if !o.is_none() => o.extract()?,
        _ => 0,
    };
    let data = dict.get_item("data")?.filter(|d| !d.is_none());
    let (pointer, writeable, owner): (*mut u8, bool, Bound<'py, PyAny>) = match data {
        Some(pair) if pair.is_instance_of::<PyTuple>() => {
            if pair.len()? != 2 {
                return Err(PyTypeError::new_err(
                    "__array_interface__ data must be a 2-tuple with (data pointer integer, read-only flag)",
                ));
            }
            let address: usize = pair.get_item(0)?.extract()?;
            let read_only = pair.get_item(1)?.is_truthy()?;
            (address as *mut u8, !read_only, object.clone())
        }
        other => {
            // Memory comes from a buffer: of `data`, or of the object itself.
            let source = other.unwrap_or_else(|| object.clone());
            // SAFETY: live objects; the memoryview keeps the buffer alive.
            unsafe {
                let view = ffi::PyMemoryView_FromObject(source.as_ptr());
                let view = Bound::from_owned_ptr_or_err(py, view)?;
                let mut buffer: ffi::Py_buffer = std::mem::zeroed();
                if ffi::PyObject_GetBuffer(view.as_ptr(), &raw mut buffer, ffi::PyBUF_SIMPLE) < 0 {
                    return Err(PyErr::fetch(py));
                }
                let pointer = buffer.buf.cast::<u8>().wrapping_offset(offset);
                let (writeable, len) = (buffer.readonly == 0, buffer.len);
                ffi::PyBuffer_Release(&raw mut buffer);
                let size = descr::fields(&ours).elsize;
                let (low, high) = reach(&shape, strides.as_deref(), size);
                if low + (offset as i128) < 0 || high + (offset as i128) > len as i128 {
                    return Err(PyValueError::new_err(format!(
                        "__array_interface__ describes bytes {} to {} of a buffer of {len} bytes",
                        low + offset as i128,
                        high + offset as i128
                    )));
                }
                (pointer, writeable, view)
            }
        }
    };
    refuse_null(pointer, &shape)?;
    array::new_array(
        py,
        NDARRAY.get(),
        ours,
        &shape,
        strides.as_deref(),
        Memory::Borrowed {
            data: pointer,
            base: Some(owner),
            writeable,
        },
    )
    .map(Some)
}

/// Fails for elements at the null address.
fn refuse_null(data: *const u8, shape: &[isize]) -> PyResult<()> {
    if data.is_null() && !shape.contains(&0) {
        return Err(PyValueError::new_err(
            "data is NULL but array contains data, in older versions of NumPy this may have used the scalar path.  To \
             get the scalar path you must leave the data field undefined.",
        ));
    }
    Ok(())
}

/// The first byte and the end of the bytes that a layout reaches, from its first element; nothing for empty shapes.
fn reach(shape: &[isize], strides: Option<&[isize]>, itemsize: isize) -> (i128, i128) {
    if shape.contains(&0) {
        return (0, 0);
    }
    let dense;
    let strides = match strides {
        Some(s) => s,
        None => {
            dense = layout::c_strides(shape, itemsize as usize);
            &dense[..]
        }
    };
    let (mut low, mut high) = (0, itemsize as i128);
    for (&d, &s) in shape.iter().zip(strides) {
        let step = (d as i128 - 1) * s as i128;
        if step < 0 {
            low += step;
        } else {
            high += step;
        }
    }
    (low, high)
}

/// The text of the error where a copy is needed and forbidden.
pub(crate) const NO_COPY: &str = "Unable to avoid copy while creating an array as requested.\nIf using `np.array(obj, copy=False)` replace it with `np.asarray(obj)` to allow a copy when needed (no behavior change in NumPy 1.x).\nFor more details, see https://numpy.org/devdocs/numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword.";

fn from_method<'py>(
    object: &Bound<'py, PyAny>,
    wanted: Option<&Bound<'py, PyAny>>,
    never_copy: bool,
) -> PyResult<Option<ArrayRef<'py>>> {
    let py = object.py();
    let Some(method) = object.getattr_opt("__array__")? else {
        return Ok(None);
    };
    if object.is_instance_of::<PyType>() && method.hasattr("__get__")? {
        return Ok(None);
    }
    let args = match wanted {
        Some(d) => PyTuple::new(py, [d])?,
        None => PyTuple::empty(py),
    };
    let result = if never_copy {
        let keywords = PyDict::new(py);
        keywords.set_item("copy", false)?;
        match method.call(&args, Some(&keywords)) {
            Ok(r) => r,
            Err(e) if refuses_copy(py, &e) => {
                return Err(PyValueError::new_err(NO_COPY));
            }
            Err(e) => return Err(e),
        }
    } else {
        method.call1(&args)?
    };
    match ArrayRef::from_object(&result) {
        Some(a) => Ok(Some(a)),
        None if beside::is_array_or_scalar(&result) => from_foreign(&result).map(Some),
        None => Err(PyValueError::new_err(
            "object __array__ method not producing an array",
        )),
    }
}

/// Whether a method failed because it does not know the keyword `copy`.
fn refuses_copy(py: Python<'_>, error: &PyErr) -> bool {
    error.is_instance_of::<PyTypeError>(py)
        && error.value(py).str().is_ok_and(|s| {
            s.to_string_lossy()
                .contains("got an unexpected keyword argument 'copy'")
        })
}
