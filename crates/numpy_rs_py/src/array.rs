//! ndarray objects: making them, and seeing them as core views. The C struct is the only state.

use numpy_rs_core::array::Array;
use numpy_rs_core::buffer::memory;
use numpy_rs_core::dims::{Dims, MAXDIMS};
use numpy_rs_core::dtype::DType;
use numpy_rs_core::error::Error;
use numpy_rs_core::layout::{self, Order};
use numpy_rs_core::view::{View, ViewMut};
use pyo3::exceptions::{PyDeprecationWarning, PyTypeError, PyValueError};
use pyo3::ffi::{self, PyObject, PyTypeObject};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::classes::NDARRAY;
use crate::descr;
use crate::error::OrRaise;
use crate::extents;
use crate::layout::{PyArrayObject, flags};

/// An instance of `ndarray` or of a subclass.
#[derive(Clone, Debug)]
pub struct ArrayRef<'py>(Bound<'py, PyAny>);

impl<'py> ArrayRef<'py> {
    /// The object as an array, if it is one.
    #[inline]
    pub fn from_object(object: &Bound<'py, PyAny>) -> Option<Self> {
        NDARRAY.is_instance(object).then(|| Self(object.clone()))
    }

    /// Takes a new reference from C.
    ///
    /// # Safety
    ///
    /// `ptr` is an owned reference to an array, or null with an exception set.
    pub unsafe fn from_owned(py: Python<'py>, ptr: *mut PyObject) -> PyResult<Self> {
        // SAFETY: promised by the caller.
        unsafe { Bound::from_owned_ptr_or_err(py, ptr).map(Self) }
    }

    /// The object.
    #[inline]
    pub fn as_any(&self) -> &Bound<'py, PyAny> {
        &self.0
    }

    /// The object.
    #[inline]
    pub fn into_any(self) -> Bound<'py, PyAny> {
        self.0
    }

    /// The interpreter token.
    #[inline]
    pub fn py(&self) -> Python<'py> {
        self.0.py()
    }

    /// The C struct.
    #[inline]
    pub fn raw(&self) -> *mut PyArrayObject {
        self.0.as_ptr().cast()
    }

    #[inline]
    fn fields(&self) -> &PyArrayObject {
        // SAFETY: the object is an array and alive as long as `self`.
        unsafe { &*self.raw() }
    }

    /// Whether the object is exactly an ndarray, not of a subclass.
    #[inline]
    pub fn is_exact(&self) -> bool {
        NDARRAY.is_exact(&self.0)
    }

    /// The number of axes.
    #[inline]
    pub fn ndim(&self) -> usize {
        self.fields().nd as usize
    }

    /// The shape in elements.
    #[inline]
    pub fn shape(&self) -> &[isize] {
        let f = self.fields();
        if f.nd == 0 {
            return &[];
        }
        // SAFETY: `dimensions` holds `nd` numbers.
        unsafe { std::slice::from_raw_parts(f.dimensions, f.nd as usize) }
    }

    /// The strides in bytes.
    #[inline]
    pub fn strides(&self) -> &[isize] {
        let f = self.fields();
        if f.nd == 0 {
            return &[];
        }
        // SAFETY: `strides` holds `nd` numbers.
        unsafe { std::slice::from_raw_parts(f.strides, f.nd as usize) }
    }

    /// The number of elements.
    #[inline]
    pub fn size(&self) -> usize {
        self.shape().iter().product::<isize>() as usize
    }

    /// Address of the first element.
    #[inline]
    pub fn data(&self) -> *mut u8 {
        self.fields().data
    }

    /// The flags `NPY_ARRAY_*`.
    #[inline]
    pub fn flags(&self) -> i32 {
        self.fields().flags
    }

    /// The type number in C.
    #[inline]
    pub fn type_num(&self) -> i32 {
        // SAFETY: an array always has a dtype.
        unsafe { (*self.fields().descr).type_num }
    }

    /// The size of an item in bytes.
    #[inline]
    pub fn itemsize(&self) -> usize {
        // SAFETY: an array always has a dtype.
        unsafe { (*self.fields().descr).elsize as usize }
    }

    /// The `dtype` object.
    #[inline]
    pub fn descr(&self) -> Bound<'py, PyAny> {
        // SAFETY: an array always has a dtype.
        unsafe { Bound::from_borrowed_ptr(self.py(), self.fields().descr.cast()) }
    }

    /// The core dtype.
    #[inline]
    pub fn dtype(&self) -> PyResult<DType> {
        // SAFETY: an array always has a dtype.
        unsafe { descr::dtype_of(self.py(), self.fields().descr) }
    }

    /// The object that owns the memory, if another one does.
    pub fn base(&self) -> Option<Bound<'py, PyAny>> {
        // SAFETY: `base` is a live object or null.
        unsafe { Bound::from_borrowed_ptr_or_opt(self.py(), self.fields().base) }
    }

    /// The elements, to read.
    #[inline]
    pub fn view(&self) -> PyResult<View<'_>> {
        let dtype = self.dtype()?;
        // SAFETY: an array's fields describe readable memory; the view borrows `self`, which keeps it alive.
        Ok(unsafe { View::from_raw(self.data(), dtype, self.shape(), self.strides()) })
    }

    /// The elements, to write; a read-only array answers NumPy's `ValueError` (`what` is read-only).
    #[inline]
    pub fn view_mut(&self, what: &'static str) -> PyResult<ViewMut<'_>> {
        self.require_writeable(what)?;
        self.view_mut_unchecked()
    }

    /// Fails with NumPy's `ValueError` (`what` is read-only) unless elements may be written; warns once of those that
    /// `broadcast_arrays` lets share memory.
    #[inline]
    pub fn require_writeable(&self, what: &str) -> PyResult<()> {
        if self.flags() & (flags::WRITEABLE | flags::WARN_ON_WRITE) == flags::WRITEABLE {
            return Ok(());
        }
        if self.flags() & flags::WRITEABLE == 0 {
            return Err(PyValueError::new_err(format!("{what} is read-only")));
        }
        self.warn_on_write()
    }

    #[cold]
    fn warn_on_write(&self) -> PyResult<()> {
        let py = self.py();
        PyErr::warn(
            py,
            &py.get_type::<PyDeprecationWarning>(),
            c"Numpy has detected that you (may be) writing to an array with\noverlapping memory from \
              np.broadcast_arrays. If this is intentional\nset the WRITEABLE flag True or make a copy immediately \
              before writing.",
            1,
        )?;
        let mut next = Some(self.clone());
        while let Some(array) = next {
            // SAFETY: the interpreter is held, and nobody else reads flags meanwhile.
            unsafe { (*array.raw()).flags &= !flags::WARN_ON_WRITE };
            next = array.base().and_then(|b| Self::from_object(&b));
        }
        Ok(())
    }

    /// The elements, to write, for arrays that were just made or checked.
    #[inline]
    pub fn view_mut_unchecked(&self) -> PyResult<ViewMut<'_>> {
        let dtype = self.dtype()?;
        // SAFETY: as for `view`; other views of the same memory are allowed to exist.
        Ok(unsafe { ViewMut::from_raw(self.data(), dtype, self.shape(), self.strides()) })
    }

    /// Sets contiguity and alignment flags from the fields.
    pub fn update_flags(&self) {
        // SAFETY: the interpreter is held, and nobody else reads flags meanwhile.
        unsafe { update_flags(self.raw()) }
    }
}

/// Sets `C_CONTIGUOUS`, `F_CONTIGUOUS` and `ALIGNED` from the fields.
///
/// # Safety
///
/// `array` is a live array.
pub unsafe fn update_flags(array: *mut PyArrayObject) {
    // SAFETY: promised by the caller.
    unsafe {
        let a = &mut *array;
        let n = a.nd as usize;
        let (shape, strides): (&[isize], &[isize]) = if n == 0 {
            (&[], &[])
        } else {
            (
                std::slice::from_raw_parts(a.dimensions, n),
                std::slice::from_raw_parts(a.strides, n),
            )
        };
        let itemsize = (*a.descr).elsize as usize;
        let mut set = 0;
        if layout::is_c_contiguous(shape, strides, itemsize) {
            set |= flags::C_CONTIGUOUS;
        }
        if layout::is_f_contiguous(shape, strides, itemsize) {
            set |= flags::F_CONTIGUOUS;
        }
        let alignment = (*a.descr).alignment;
        let mut bits = a.data as usize;
        for (&d, &s) in shape.iter().zip(strides) {
            if d > 1 {
                bits |= s as usize;
            }
        }
        if alignment <= 1 || bits.is_multiple_of(alignment as usize) || shape.contains(&0) {
            set |= flags::ALIGNED;
        }
        a.flags = a.flags & !(flags::C_CONTIGUOUS | flags::F_CONTIGUOUS | flags::ALIGNED) | set;
    }
}

/// Where the data of a new array comes from.
pub enum Memory<'py> {
    /// Fresh memory; numbers are not initialised, references are null.
    Uninit,
    /// Fresh memory of zero bytes.
    Zeroed,
    /// Memory inside what `base` keeps alive, from `data` on; writeable or not.
    Borrowed {
        /// The first element.
        data: *mut u8,
        /// Keeps the memory alive; collapsed to its owner if it is an exact view.
        base: Option<Bound<'py, PyAny>>,
        /// Whether elements may be written.
        writeable: bool,
    },
    /// Memory from the core allocator that the array now owns.
    Owned(*mut u8),
}

/// Makes an array of class `class` (ndarray or a subclass). The one constructor behind all others.
///
/// `descr` may be a subarray dtype: its shape is appended. `strides` of `None` means C order. Does not call
/// `__array_finalize__` (see [`finalize`]).
pub fn new_array<'py>(
    py: Python<'py>,
    class: *mut PyTypeObject,
    descr: Bound<'py, PyAny>,
    shape: &[isize],
    strides: Option<&[isize]>,
    memory: Memory<'py>,
) -> PyResult<ArrayRef<'py>> {
    let d = descr::fields(&descr);
    if !d.subarray.is_null() {
        let dtype = descr::to_dtype(&descr)?;
        let (inner, inner_shape) = dtype
            .subarray_parts()
            .ok_or_else(|| PyTypeError::new_err("malformed subarray dtype"))?;
        let mut full = Dims::from_slice(shape);
        full.extend_from_slice(inner_shape);
        let full_strides = strides.map(|s| {
            let mut all = Dims::from_slice(s);
            all.extend_from_slice(&layout::c_strides(inner_shape, inner.itemsize()));
            all
        });
        let inner = descr::from_dtype(py, inner)?;
        return new_array(py, class, inner, &full, full_strides.as_deref(), memory);
    }
    if shape.len() > MAXDIMS {
        return Err(Error::TooManyDimensions { ndim: shape.len() }).or_raise();
    }
    let itemsize = d.elsize as usize;
    let n_bytes = layout::checked_nbytes(shape, itemsize).or_raise()?;
    // SAFETY: the instance is filled before anyone sees it; on failure its deallocator meets only null fields.
    unsafe {
        let alloc = (*class).tp_alloc.unwrap_or(ffi::PyType_GenericAlloc);
        let object = Bound::from_owned_ptr_or_err(py, alloc(class, 0))?;
        let a = &mut *object.as_ptr().cast::<PyArrayObject>();
        let n = shape.len();
        if n > 0 {
            let block = extents::allocate(py, n);
            if block.is_null() {
                return Err(Error::ScratchMemory).or_raise();
            }
            a.nd = n as i32;
            a.dimensions = block;
            a.strides = block.add(n);
            std::ptr::copy_nonoverlapping(shape.as_ptr(), a.dimensions, n);
            if let Some(s) = strides {
                std::ptr::copy_nonoverlapping(s.as_ptr(), a.strides, n);
            } else {
                let mut step = itemsize as isize;
                for i in (0..n).rev() {
                    *a.strides.add(i) = step;
                    step = step.wrapping_mul(shape[i].max(1));
                }
            }
            // NumPy: a new array without elements has strides of zero.
            if n_bytes == 0 && !matches!(memory, Memory::Borrowed { .. }) {
                std::slice::from_raw_parts_mut(a.strides, n).fill(0);
            }
        }
        a.flags = flags::WRITEABLE;
        let has_objects = d.flags & crate::layout::descr_flags::ITEM_HASOBJECT != 0;
        a.descr = descr.clone().into_ptr().cast();
        match memory {
            Memory::Uninit | Memory::Zeroed => {
                let zeroed = has_objects || matches!(memory, Memory::Zeroed);
                let data = if zeroed {
                    memory::allocate_zeroed(n_bytes)
                } else {
                    memory::allocate(n_bytes)
                };
                if data.is_null() {
                    let dtype = descr::to_dtype(&descr)?;
                    return Err(Error::Memory(Box::new((Dims::from_slice(shape), dtype))))
                        .or_raise();
                }
                a.data = data;
                own(py, a);
            }
            Memory::Owned(data) => {
                a.data = data;
                own(py, a);
            }
            Memory::Borrowed {
                data,
                base,
                writeable,
            } => {
                a.data = data;
                if !writeable {
                    a.flags &= !flags::WRITEABLE;
                }
                if let Some(base) = base {
                    a.base = collapse_base(base, class).into_ptr();
                }
            }
        }
        update_flags(a);
        Ok(ArrayRef(object))
    }
}

/// Marks data as owned, with the default memory handler.
fn own(py: Python<'_>, a: &mut PyArrayObject) {
    a.flags |= flags::OWNDATA;
    a.mem_handler = crate::memory_handler::default_handler(py);
}

/// The owner behind a chain of exact views, as NumPy collapses it; views of other classes stay in the chain.
fn collapse_base(base: Bound<'_, PyAny>, class: *mut PyTypeObject) -> Bound<'_, PyAny> {
    if !NDARRAY.is_instance(&base) {
        return base;
    }
    let mut current = base.as_ptr();
    loop {
        // SAFETY: `base` keeps the whole chain alive: arrays, as the new array's class is one of arrays.
        let array = unsafe { &*current.cast::<PyArrayObject>() };
        if array.flags & flags::OWNDATA != 0 || array.base.is_null() {
            break;
        }
        // Only a base of the same class as the new array may be skipped to, so that subclasses keep theirs.
        // SAFETY: a base is a live object.
        if unsafe { ffi::Py_TYPE(array.base) } != class {
            break;
        }
        current = array.base;
    }
    if current == base.as_ptr() {
        return base;
    }
    // SAFETY: the chain lives as long as `base`.
    unsafe { Bound::from_borrowed_ptr(base.py(), current) }
}

/// A new exact ndarray with uninitialised elements, in C or F order.
pub fn empty<'py>(
    py: Python<'py>,
    dtype: &DType,
    shape: &[isize],
    order: Order,
) -> PyResult<ArrayRef<'py>> {
    let descr = descr::from_dtype(py, dtype)?;
    match order {
        Order::F => {
            let strides = layout::f_strides(shape, dtype.itemsize());
            new_array(
                py,
                NDARRAY.get(),
                descr,
                shape,
                Some(&strides),
                Memory::Uninit,
            )
        }
        _ => new_array(py, NDARRAY.get(), descr, shape, None, Memory::Uninit),
    }
}

/// A new exact ndarray with given strides (a permutation of contiguous ones), uninitialised.
pub fn empty_strided<'py>(
    py: Python<'py>,
    dtype: &DType,
    shape: &[isize],
    strides: &[isize],
) -> PyResult<ArrayRef<'py>> {
    let descr = descr::from_dtype(py, dtype)?;
    new_array(
        py,
        NDARRAY.get(),
        descr,
        shape,
        Some(strides),
        Memory::Uninit,
    )
}

/// A core array as an ndarray; the memory moves, nothing is copied.
pub fn from_core(py: Python<'_>, array: Array) -> PyResult<ArrayRef<'_>> {
    match array.into_buffer() {
        Ok((buffer, dtype, shape, strides)) => {
            let descr = descr::from_dtype(py, &dtype)?;
            let (data, n_bytes) = buffer.into_raw();
            let made = new_array(
                py,
                NDARRAY.get(),
                descr,
                &shape,
                Some(&strides),
                Memory::Owned(data),
            );
            if made.is_err() {
                // SAFETY: the array was not made, so nobody else owns the memory.
                unsafe { memory::release(data, n_bytes) };
            }
            made
        }
        Err(shared) => Err(Error::Unsupported(
            format!(
                "an array that shares memory (shape {:?}) cannot be given to Python",
                shared.shape()
            )
            .into(),
        ))
        .or_raise(),
    }
}

/// A view of `base` with another layout and the class of `class`; calls `__array_finalize__` for subclasses.
pub fn view_of<'py>(
    base: &ArrayRef<'py>,
    class: *mut PyTypeObject,
    descr: Bound<'py, PyAny>,
    offset_bytes: isize,
    shape: &[isize],
    strides: &[isize],
) -> PyResult<ArrayRef<'py>> {
    view_for(
        base,
        base.as_any(),
        class,
        descr,
        offset_bytes,
        shape,
        strides,
    )
}

/// A fresh result as an instance of the class of the array that it was made from; `__array_finalize__` is called once,
/// with that array.
pub fn in_class_of<'py>(made: ArrayRef<'py>, parent: &ArrayRef<'py>) -> PyResult<ArrayRef<'py>> {
    if parent.is_exact() {
        return Ok(made);
    }
    let class = parent.as_any().get_type_ptr();
    view_for(
        &made,
        parent.as_any(),
        class,
        made.descr(),
        0,
        made.shape(),
        made.strides(),
    )
}

/// A view of `base` whose `__array_finalize__` gets `parent`.
fn view_for<'py>(
    base: &ArrayRef<'py>,
    parent: &Bound<'py, PyAny>,
    class: *mut PyTypeObject,
    descr: Bound<'py, PyAny>,
    offset_bytes: isize,
    shape: &[isize],
    strides: &[isize],
) -> PyResult<ArrayRef<'py>> {
    let writeable = base.flags() & flags::WRITEABLE != 0;
    let memory = Memory::Borrowed {
        data: base.data().wrapping_offset(offset_bytes),
        base: Some(base.as_any().clone()),
        writeable,
    };
    let made = new_array(base.py(), class, descr, shape, Some(strides), memory)?;
    if base.flags() & flags::WARN_ON_WRITE != 0 {
        // SAFETY: the array was just made.
        unsafe { (*made.raw()).flags |= flags::WARN_ON_WRITE };
    }
    finalize(&made, Some(parent))?;
    Ok(made)
}

/// A view with the same class and dtype but another layout.
pub fn relayout<'py>(
    base: &ArrayRef<'py>,
    offset_bytes: isize,
    shape: &[isize],
    strides: &[isize],
) -> PyResult<ArrayRef<'py>> {
    view_of(
        base,
        base.as_any().get_type_ptr(),
        base.descr(),
        offset_bytes,
        shape,
        strides,
    )
}

/// Calls `__array_finalize__` on an instance of a subclass that defines it.
pub fn finalize<'py>(array: &ArrayRef<'py>, parent: Option<&Bound<'py, PyAny>>) -> PyResult<()> {
    if array.is_exact() {
        return Ok(());
    }
    let py = array.py();
    let method = array
        .as_any()
        .getattr(pyo3::intern!(py, "__array_finalize__"))?;
    if method.is_none() {
        return Ok(());
    }
    // ndarray's own does nothing: skip the call.
    // SAFETY: PyCFunction_Check on a live object.
    if unsafe { ffi::PyCFunction_Check(method.as_ptr()) } != 0 {
        return Ok(());
    }
    method.call1((parent.map_or_else(|| py.None().into_bound(py), Clone::clone),))?;
    Ok(())
}

/// Frees what an array holds; called by its deallocator after weak references are cleared.
///
/// # Safety
///
/// `object` is a dying array.
pub(crate) unsafe fn clear(py: Python<'_>, object: *mut PyObject) {
    // SAFETY: promised by the caller; each field is dropped once.
    unsafe {
        let a = &mut *object.cast::<PyArrayObject>();
        if a.flags & flags::OWNDATA != 0 && !a.data.is_null() && !a.descr.is_null() {
            let n_bytes = release_references(py, a);
            crate::memory_handler::free(a.mem_handler, a.data, n_bytes);
            a.data = std::ptr::null_mut();
        }
        ffi::Py_CLEAR(&raw mut a.mem_handler);
        ffi::Py_CLEAR(&raw mut a.base);
        extents::release(py, a.dimensions, a.nd as usize);
        a.dimensions = std::ptr::null_mut();
        ffi::Py_XDECREF(a.descr.cast());
        a.descr = std::ptr::null_mut();
    }
}

/// Drops references in the owned elements; gives their size in bytes.
unsafe fn release_references(py: Python<'_>, a: &PyArrayObject) -> usize {
    // SAFETY: the array owns its elements.
    unsafe {
        let d = &*a.descr;
        let shape: &[isize] = if a.nd == 0 {
            &[]
        } else {
            std::slice::from_raw_parts(a.dimensions, a.nd as usize)
        };
        let n: isize = shape.iter().product();
        if d.flags & crate::layout::descr_flags::ITEM_HASOBJECT != 0
            && let Ok(dtype) = descr::dtype_of(py, a.descr)
        {
            numpy_rs_core::references::release_items(&dtype, a.data, n as usize);
        }
        n as usize * d.elsize as usize
    }
}

/// A shape as a Python tuple.
pub fn shape_tuple<'py>(py: Python<'py>, shape: &[isize]) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, shape.iter())
}
