//! NumPy's C structs, field for field: the only truth about every object of the door.
//!
//! Compiled packages read and write these fields directly, so offsets are tested against NumPy's headers.

use std::ffi::{c_char, c_int, c_void};

use numpy_rs_core::dtype::DType;
use pyo3::ffi::{PyHeapTypeObject, PyObject, PyTypeObject};

/// Flags of arrays, NumPy's `NPY_ARRAY_*`.
pub mod flags {
    use std::ffi::c_int;
    /// Elements in C order without gaps.
    pub const C_CONTIGUOUS: c_int = 0x0001;
    /// Elements in Fortran order without gaps.
    pub const F_CONTIGUOUS: c_int = 0x0002;
    /// The array frees its data.
    pub const OWNDATA: c_int = 0x0004;
    /// Every element is aligned for its type.
    pub const ALIGNED: c_int = 0x0100;
    /// Elements may be written.
    pub const WRITEABLE: c_int = 0x0400;
    /// Writing warns (results of `broadcast_arrays`).
    pub const WARN_ON_WRITE: c_int = 1 << 31;
    /// Changes are copied back into `base` on resolution.
    pub const WRITEBACKIFCOPY: c_int = 0x2000;
    /// Aligned and writeable.
    pub const BEHAVED: c_int = ALIGNED | WRITEABLE;
}

/// Flags of dtypes, NumPy's `NPY_ITEM_*` and kin.
pub mod descr_flags {
    /// Items hold references.
    pub const ITEM_REFCOUNT: u64 = 0x01;
    /// Items hold references somewhere.
    pub const ITEM_HASOBJECT: u64 = 0x01;
    /// Items are lists when pickled.
    pub const LIST_PICKLE: u64 = 0x02;
    /// Items are pointers.
    pub const ITEM_IS_POINTER: u64 = 0x04;
    /// Memory must be initialised.
    pub const NEEDS_INIT: u64 = 0x08;
    /// Operations need the interpreter.
    pub const NEEDS_PYAPI: u64 = 0x10;
    /// Items are read through `getitem`.
    pub const USE_GETITEM: u64 = 0x20;
    /// Items are written through `setitem`.
    pub const USE_SETITEM: u64 = 0x40;
    /// A struct with `align=True`.
    pub const ALIGNED_STRUCT: u64 = 0x80;
    /// What object dtype has.
    pub const OBJECT: u64 =
        LIST_PICKLE | USE_GETITEM | ITEM_IS_POINTER | ITEM_REFCOUNT | NEEDS_INIT | NEEDS_PYAPI;
    /// What a struct takes over from its fields.
    pub const FROM_FIELDS: u64 = NEEDS_INIT | LIST_PICKLE | ITEM_REFCOUNT | NEEDS_PYAPI;
}

/// `PyArrayObject_fields`.
#[repr(C)]
pub struct PyArrayObject {
    pub ob_base: PyObject,
    pub data: *mut u8,
    pub nd: c_int,
    pub dimensions: *mut isize,
    pub strides: *mut isize,
    pub base: *mut PyObject,
    pub descr: *mut ArrayDescr,
    pub flags: c_int,
    pub weakreflist: *mut PyObject,
    pub buffer_info: *mut c_void,
    pub mem_handler: *mut PyObject,
}

/// `_PyArray_LegacyDescr`, with one field of ours behind NumPy's last.
#[repr(C)]
pub struct ArrayDescr {
    pub ob_base: PyObject,
    pub typeobj: *mut PyTypeObject,
    pub kind: c_char,
    pub type_char: c_char,
    pub byteorder: c_char,
    pub former_flags: c_char,
    pub type_num: c_int,
    pub flags: u64,
    pub elsize: isize,
    pub alignment: isize,
    pub metadata: *mut PyObject,
    pub hash: isize,
    pub reserved_null: [*mut c_void; 2],
    pub subarray: *mut SubarrayDescr,
    pub fields: *mut PyObject,
    pub names: *mut PyObject,
    pub c_metadata: *mut DatetimeAuxData,
    /// The core dtype derived from the fields above, for dtypes with parameters; null until asked for.
    pub cache: *mut DType,
}

/// `PyArray_ArrayDescr`.
#[repr(C)]
pub struct SubarrayDescr {
    pub base: *mut ArrayDescr,
    pub shape: *mut PyObject,
}

/// `NpyAuxData`.
#[repr(C)]
pub struct AuxData {
    pub free: Option<unsafe extern "C" fn(*mut AuxData)>,
    pub clone: Option<unsafe extern "C" fn(*mut AuxData) -> *mut AuxData>,
    pub reserved: [*mut c_void; 2],
}

/// `PyArray_DatetimeDTypeMetaData`.
#[repr(C)]
pub struct DatetimeAuxData {
    pub base: AuxData,
    pub unit: c_int,
    pub count: c_int,
}

/// `PyArray_DTypeMeta`: a heap type object with fields behind it.
#[repr(C)]
pub struct DTypeMeta {
    pub heap_type: PyHeapTypeObject,
    pub singleton: *mut ArrayDescr,
    pub type_num: c_int,
    pub scalar_type: *mut PyTypeObject,
    pub flags: u64,
    pub dt_slots: *mut c_void,
    pub reserved: [*mut c_void; 3],
}

/// `PyUFuncObject`.
#[repr(C)]
pub struct PyUFuncObject {
    pub ob_base: PyObject,
    pub nin: c_int,
    pub nout: c_int,
    pub nargs: c_int,
    pub identity: c_int,
    pub functions: *mut *mut c_void,
    pub data: *mut *mut c_void,
    pub ntypes: c_int,
    pub ufunc_flags: c_int,
    pub name: *const c_char,
    pub types: *const c_char,
    pub doc: *const c_char,
    pub ptr: *mut c_void,
    pub obj: *mut PyObject,
    pub userloops: *mut PyObject,
    pub core_enabled: c_int,
    pub core_num_dim_ix: c_int,
    pub core_num_dims: *mut c_int,
    pub core_dim_ixs: *mut c_int,
    pub core_offsets: *mut c_int,
    pub core_signature: *mut c_char,
    pub type_resolver: *mut c_void,
    pub dict: *mut PyObject,
    pub vectorcall: Option<pyo3::ffi::vectorcallfunc>,
    pub reserved3: *mut c_void,
    pub op_flags: *mut u32,
    pub iter_flags: u32,
    pub core_dim_sizes: *mut isize,
    pub core_dim_flags: *mut u32,
    pub identity_value: *mut PyObject,
    /// NumPy's dispatch cache; ours points to the registry's `Ufunc`.
    pub dispatch_cache: *mut c_void,
    pub loops: *mut PyObject,
    pub process_core_dims_func: *mut c_void,
}

/// `PyArrayIterObject` (64 axes, one more slot where NumPy has it).
#[repr(C)]
pub struct PyArrayIterObject {
    pub ob_base: PyObject,
    pub nd_m1: c_int,
    pub index: isize,
    pub size: isize,
    pub coordinates: [isize; 32],
    pub dims_m1: [isize; 32],
    pub strides: [isize; 32],
    pub backstrides: [isize; 32],
    pub factors: [isize; 32],
    pub ao: *mut PyArrayObject,
    pub dataptr: *mut u8,
    pub contiguous: c_char,
    pub bounds: [[isize; 2]; 32],
    pub limits: [[isize; 2]; 32],
    pub limits_sizes: [isize; 32],
    pub translate: *mut c_void,
}

/// `PyArrayMultiIterObject` with room for 64 iterators behind the header's part.
#[repr(C)]
pub struct PyArrayMultiIterObject {
    pub ob_base: PyObject,
    pub numiter: c_int,
    pub size: isize,
    pub index: isize,
    pub nd: c_int,
    pub dimensions: [isize; 32],
    pub iters: [*mut PyArrayIterObject; 64],
}

/// A scalar object: the value follows the header.
#[repr(C)]
pub struct Scalar<T> {
    pub ob_base: PyObject,
    pub obval: T,
}

/// `PyDatetimeScalarObject`, also that of timedelta.
#[repr(C)]
pub struct DatetimeScalar {
    pub ob_base: PyObject,
    pub obval: i64,
    pub unit: c_int,
    pub count: c_int,
}

/// `PyVoidScalarObject`.
#[repr(C)]
pub struct VoidScalar {
    pub ob_base: pyo3::ffi::PyVarObject,
    pub obval: *mut u8,
    pub descr: *mut ArrayDescr,
    pub flags: c_int,
    pub base: *mut PyObject,
    pub buffer_info: *mut c_void,
}
