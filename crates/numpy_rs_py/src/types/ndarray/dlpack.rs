//! DLPack: giving array memory to other libraries and taking theirs, versions 0 and 1.

use std::ffi::{CStr, c_void};

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::layout::{self, Order};
use pyo3::exceptions::{PyBufferError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::methods::convert::copy_of;
use super::methods::this;
use crate::array::{self, ArrayRef, Memory};
use crate::classes::NDARRAY;
use crate::convert::array_like;
use crate::descr;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::flags;
use crate::signature::Args;

const PLAIN: &CStr = c"dltensor";
const PLAIN_USED: &CStr = c"used_dltensor";
const VERSIONED: &CStr = c"dltensor_versioned";
const VERSIONED_USED: &CStr = c"used_dltensor_versioned";
const INTERNAL: &CStr = c"numpy_dltensor";

/// `kDLCPU`.
const CPU: i32 = 1;
const READ_ONLY: u64 = 1;
const IS_COPIED: u64 = 2;

/// `DLTensor`.
#[repr(C)]
struct Tensor {
    data: *mut c_void,
    device_type: i32,
    device_id: i32,
    ndim: i32,
    code: u8,
    bits: u8,
    lanes: u16,
    shape: *mut i64,
    strides: *mut i64,
    byte_offset: u64,
}

/// `DLManagedTensor`.
#[repr(C)]
struct Managed {
    tensor: Tensor,
    context: *mut c_void,
    deleter: Option<unsafe extern "C" fn(*mut Managed)>,
}

/// `DLManagedTensorVersioned`.
#[repr(C)]
struct ManagedVersioned {
    major: u32,
    minor: u32,
    context: *mut c_void,
    deleter: Option<unsafe extern "C" fn(*mut ManagedVersioned)>,
    flags: u64,
    tensor: Tensor,
}

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[FunctionDef {
    module: "",
    signature: "from_dlpack(x, /, *, device=None, copy=None)",
    relevant: &[],
    doc: "An array over the memory of an object with the DLPack protocol.",
    run: from_dlpack,
}];

/// The methods of arrays.
pub(crate) static METHODS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "__dlpack__(self, /, *, stream=None, max_version=None, dl_device=None, copy=None)",
        relevant: &[],
        doc: "A capsule with the array's memory.",
        run: export,
    },
    FunctionDef {
        module: "",
        signature: "__dlpack_device__(self, /)",
        relevant: &[],
        doc: "The device that holds the memory: type and number.",
        run: |a| Ok(PyTuple::new(a.py(), [CPU, 0])?.into_any()),
    },
];

/// DLPack's code and bits of a dtype.
fn type_of(dtype: &DType) -> PyResult<(u8, u8)> {
    if !dtype.is_native() {
        return Err(PyBufferError::new_err(
            "DLPack only supports native byte order.",
        ));
    }
    let num = dtype.num();
    let bits = (8 * dtype.itemsize()) as u8;
    let code = match dtype.kind() {
        b'b' => 6,
        b'i' => 0,
        b'u' => 1,
        b'f' | b'c'
            if matches!(num, TypeNum::LongDouble | TypeNum::CLongDouble)
                && dtype.itemsize() != 8
                && dtype.num() != TypeNum::CDouble =>
        {
            return Err(PyBufferError::new_err(
                "DLPack only supports IEEE floating point types without padding (longdouble typically is not IEEE).",
            ));
        }
        b'f' => 2,
        b'c' => 5,
        _ => {
            return Err(PyBufferError::new_err(
                "DLPack only supports signed/unsigned integers, float and complex dtypes (or dtypes registered by \
                 third-party packages).",
            ));
        }
    };
    Ok((code, bits))
}

/// The dtype of DLPack's code and bits.
fn dtype_of(code: u8, bits: u8, lanes: u16) -> PyResult<DType> {
    let name = match (code, bits) {
        (6, 8) => "bool",
        (0, 8) => "int8",
        (0, 16) => "int16",
        (0, 32) => "int32",
        (0, 64) => "int64",
        (1, 8) => "uint8",
        (1, 16) => "uint16",
        (1, 32) => "uint32",
        (1, 64) => "uint64",
        (2, 16) => "float16",
        (2, 32) => "float32",
        (2, 64) => "float64",
        (5, 64) => "complex64",
        (5, 128) => "complex128",
        _ => return Err(PyBufferError::new_err("Unsupported dtype in DLTensor.")),
    };
    if lanes != 1 {
        return Err(PyBufferError::new_err(
            "Unsupported lanes in DLTensor dtype.",
        ));
    }
    TypeNum::all()
        .find(|n| n.facts().name == name)
        .map(DType::new)
        .ok_or_else(|| PyBufferError::new_err("Unsupported dtype in DLTensor."))
}

unsafe extern "C" fn delete_plain(managed: *mut Managed) {
    // SAFETY: the consumer gives back what `export` made, once.
    unsafe {
        let boxed = Box::from_raw(managed);
        release(boxed.context, boxed.tensor.shape, boxed.tensor.ndim);
    }
}

unsafe extern "C" fn delete_versioned(managed: *mut ManagedVersioned) {
    // SAFETY: as for `delete_plain`.
    unsafe {
        let boxed = Box::from_raw(managed);
        release(boxed.context, boxed.tensor.shape, boxed.tensor.ndim);
    }
}

/// Drops the array behind an export; consumers may call from any thread, or when Python is gone.
unsafe fn release(context: *mut c_void, shape: *mut i64, ndim: i32) {
    // SAFETY: promised by the callers; the block was a boxed slice of twice `ndim` numbers.
    unsafe {
        drop(Box::from_raw(std::ptr::slice_from_raw_parts_mut(
            shape,
            2 * ndim as usize,
        )));
        if ffi::Py_IsInitialized() == 0 {
            return;
        }
        let state = ffi::PyGILState_Ensure();
        ffi::Py_XDECREF(context.cast());
        ffi::PyGILState_Release(state);
    }
}

unsafe extern "C" fn free_plain_capsule(capsule: *mut PyObject) {
    // SAFETY: a capsule whose content was not taken still owns it.
    unsafe {
        if ffi::PyCapsule_IsValid(capsule, PLAIN.as_ptr()) == 0 {
            return;
        }
        let managed = ffi::PyCapsule_GetPointer(capsule, PLAIN.as_ptr()).cast::<Managed>();
        if let Some(delete) = (*managed).deleter {
            delete(managed);
        }
    }
}

unsafe extern "C" fn free_versioned_capsule(capsule: *mut PyObject) {
    // SAFETY: as for `free_plain_capsule`.
    unsafe {
        if ffi::PyCapsule_IsValid(capsule, VERSIONED.as_ptr()) == 0 {
            return;
        }
        let managed =
            ffi::PyCapsule_GetPointer(capsule, VERSIONED.as_ptr()).cast::<ManagedVersioned>();
        if let Some(delete) = (*managed).deleter {
            delete(managed);
        }
    }
}

fn export<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = this(a)?;
    if a.some(1).is_some() {
        return Err(PyValueError::new_err("NumPy only supports stream=None."));
    }
    let versioned = match a.some(2) {
        None => false,
        Some(v) => match v.cast::<PyTuple>() {
            Ok(t) if t.len() == 2 => t.get_item(0)?.extract::<i64>()? >= 1,
            _ => {
                return Err(PyTypeError::new_err(
                    "max_version must be None or a tuple with two elements.",
                ));
            }
        },
    };
    if let Some(device) = a.some(3) {
        let (kind, number): (i32, i32) = device
            .extract()
            .map_err(|_| PyTypeError::new_err("dl_device must be a tuple of two integers"))?;
        if kind != CPU || number != 0 {
            return Err(PyBufferError::new_err("unsupported device requested"));
        }
    }
    let copy = match a.some(4) {
        None => None,
        Some(c) => Some(c.is_truthy()?),
    };
    let (code, bits) = type_of(&array.dtype()?)?;
    let (array, copied) = if copy == Some(true) {
        (array_like::as_array(&copy_of(&array, Order::K)?)?, true)
    } else {
        (array, false)
    };
    let read_only = array.flags() & flags::WRITEABLE == 0;
    if read_only && !versioned {
        return Err(PyBufferError::new_err(
            "Cannot export readonly array since signalling readonly is unsupported by DLPack (supported by newer DLPack \
             version).",
        ));
    }
    let itemsize = array.itemsize() as isize;
    if array.size() > 1
        && array
            .shape()
            .iter()
            .zip(array.strides())
            .any(|(&d, &s)| d != 1 && s % itemsize != 0)
    {
        return Err(PyBufferError::new_err(
            "DLPack only supports strides which are a multiple of itemsize.",
        ));
    }
    let n = array.ndim();
    let mut block: Vec<i64> = array.shape().iter().map(|&d| d as i64).collect();
    // Strides of axes that are never walked are those of a contiguous array.
    let c = layout::c_strides(array.shape(), array.itemsize());
    let contiguous = array.flags() & flags::C_CONTIGUOUS != 0;
    let strides: &[isize] = if contiguous { &c } else { array.strides() };
    block.extend(strides.iter().map(|&s| (s / itemsize) as i64));
    let numbers = Box::into_raw(block.into_boxed_slice()).cast::<i64>();
    let tensor = Tensor {
        data: array.data().cast(),
        device_type: CPU,
        device_id: 0,
        ndim: n as i32,
        code,
        bits,
        lanes: 1,
        shape: numbers,
        strides: numbers.wrapping_add(n),
        byte_offset: 0,
    };
    let context = array.into_any().into_ptr().cast();
    // SAFETY: the capsule owns the structure, which owns the numbers and the array.
    unsafe {
        let (pointer, name, free): (*mut c_void, &CStr, unsafe extern "C" fn(*mut PyObject)) =
            if versioned {
                let managed = Box::new(ManagedVersioned {
                    major: 1,
                    minor: 0,
                    context,
                    deleter: Some(delete_versioned),
                    flags: if read_only { READ_ONLY } else { 0 }
                        | if copied { IS_COPIED } else { 0 },
                    tensor,
                });
                (
                    Box::into_raw(managed).cast(),
                    VERSIONED,
                    free_versioned_capsule,
                )
            } else {
                let managed = Box::new(Managed {
                    tensor,
                    context,
                    deleter: Some(delete_plain),
                });
                (Box::into_raw(managed).cast(), PLAIN, free_plain_capsule)
            };
        Bound::from_owned_ptr_or_err(py, ffi::PyCapsule_New(pointer, name.as_ptr(), Some(free)))
    }
}

unsafe extern "C" fn free_taken_plain(capsule: *mut PyObject) {
    // SAFETY: our own capsule around memory of another library.
    unsafe {
        let managed = ffi::PyCapsule_GetPointer(capsule, INTERNAL.as_ptr()).cast::<Managed>();
        if !managed.is_null()
            && let Some(delete) = (*managed).deleter
        {
            delete(managed);
        }
    }
}

unsafe extern "C" fn free_taken_versioned(capsule: *mut PyObject) {
    // SAFETY: our own capsule around memory of another library.
    unsafe {
        let managed =
            ffi::PyCapsule_GetPointer(capsule, INTERNAL.as_ptr()).cast::<ManagedVersioned>();
        if !managed.is_null()
            && let Some(delete) = (*managed).deleter
        {
            delete(managed);
        }
    }
}

fn from_dlpack<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let object = a.required(0);
    let kwargs = PyDict::new(py);
    kwargs.set_item("dl_device", py.None())?;
    if let Some(device) = a.some(1) {
        let text: Option<String> = device.extract().ok();
        if text.as_deref() != Some("cpu") {
            return Err(match text {
                Some(t) => PyValueError::new_err(format!(
                    "Device not understood. Only \"cpu\" is allowed, but received: {t}"
                )),
                None => PyTypeError::new_err(format!(
                    "Device not understood. Only \"cpu\" is allowed, but received: {}",
                    device.str()?
                )),
            });
        }
        kwargs.set_item("dl_device", (CPU, 0))?;
    }
    kwargs.set_item("copy", a.get(2).unwrap_or_else(|| py.None().into_bound(py)))?;
    kwargs.set_item("max_version", (1, 0))?;
    let method = object.getattr("__dlpack__")?;
    let capsule = match method.call((), Some(&kwargs)) {
        Ok(c) => c,
        // Older exporters know no keywords.
        Err(e)
            if e.is_instance_of::<PyTypeError>(py)
                && a.some(1).is_none()
                && a.some(2).is_none() =>
        {
            method.call0()?
        }
        Err(e) => return Err(e),
    };
    take(&capsule)
}

/// An array over the memory in a capsule.
fn take<'py>(capsule: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = capsule.py();
    let p = capsule.as_ptr();
    // SAFETY: names are checked before the content is read; a taken capsule is renamed, so that it does not free what
    // now belongs to ours.
    unsafe {
        let versioned = ffi::PyCapsule_IsValid(p, VERSIONED.as_ptr()) != 0;
        let (tensor, read_only): (*const Tensor, bool) = if versioned {
            let m = ffi::PyCapsule_GetPointer(p, VERSIONED.as_ptr()).cast::<ManagedVersioned>();
            if (*m).major > 1 {
                return Err(PyBufferError::new_err(
                    "from_dlpack(): the exported DLPack major version is too high to be imported by this version of NumPy.",
                ));
            }
            (&raw const (*m).tensor, (*m).flags & READ_ONLY != 0)
        } else {
            let m = ffi::PyCapsule_GetPointer(p, PLAIN.as_ptr()).cast::<Managed>();
            if m.is_null() {
                return Err(PyErr::fetch(py));
            }
            (&raw const (*m).tensor, false)
        };
        let t = &*tensor;
        if t.ndim > 64 || t.ndim < 0 {
            return Err(PyRuntimeError::new_err(
                "maxdims of DLPack tensor is higher than the supported maxdims.",
            ));
        }
        // CPU, pinned CUDA and ROCm host memory, and managed CUDA memory can be read here.
        if !matches!(t.device_type, 1 | 3 | 11 | 13) {
            return Err(PyRuntimeError::new_err("Unsupported device in DLTensor."));
        }
        let dtype = dtype_of(t.code, t.bits, t.lanes)?;
        let n = t.ndim as usize;
        let list = |ptr: *const i64| -> Dims { (0..n).map(|i| *ptr.add(i) as isize).collect() };
        let shape = list(t.shape);
        let itemsize = dtype.itemsize() as isize;
        let strides = if t.strides.is_null() {
            layout::c_strides(&shape, dtype.itemsize())
        } else {
            list(t.strides).into_iter().map(|s| s * itemsize).collect()
        };
        layout::checked_nbytes(&shape, dtype.itemsize()).or_raise()?;
        let data = t.data.cast::<u8>().wrapping_add(t.byte_offset as usize);
        let (pointer, used, free): (*mut c_void, &CStr, unsafe extern "C" fn(*mut PyObject)) =
            if versioned {
                (
                    ffi::PyCapsule_GetPointer(p, VERSIONED.as_ptr()),
                    VERSIONED_USED,
                    free_taken_versioned,
                )
            } else {
                (
                    ffi::PyCapsule_GetPointer(p, PLAIN.as_ptr()),
                    PLAIN_USED,
                    free_taken_plain,
                )
            };
        let owner = Bound::from_owned_ptr_or_err(
            py,
            ffi::PyCapsule_New(pointer, INTERNAL.as_ptr(), Some(free)),
        )?;
        if ffi::PyCapsule_SetName(p, used.as_ptr()) < 0 {
            // The old capsule still frees the content: ours must not.
            ffi::PyCapsule_SetDestructor(owner.as_ptr(), None);
            return Err(PyErr::fetch(py));
        }
        let memory = Memory::Borrowed {
            data,
            base: Some(owner),
            writeable: !read_only && versioned,
        };
        let descr = descr::from_dtype(py, &dtype)?;
        let made: ArrayRef<'py> =
            array::new_array(py, NDARRAY.get(), descr, &shape, Some(&strides), memory)?;
        Ok(made.into_any())
    }
}
