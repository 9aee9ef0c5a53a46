//! Borrowed arrays with a run-time dtype: what every operation takes. A view knows no owner and no Python.

use std::marker::PhantomData;

use crate::dims::Dims;
use crate::dtype::DType;
use crate::layout;

/// Elements to read: a pointer, a dtype, a shape in elements and strides in bytes.
#[derive(Clone, Debug)]
pub struct View<'a> {
    ptr: *mut u8,
    dtype: DType,
    shape: Dims,
    strides: Dims,
    life: PhantomData<&'a u8>,
}

impl<'a> View<'a> {
    /// A view of foreign memory.
    ///
    /// # Safety
    ///
    /// For `'a`, every element that `shape` and `strides` reach from `ptr` is readable memory of the dtype's item
    /// size, and `shape.len() == strides.len()`. No alignment is asked for.
    #[inline]
    pub unsafe fn from_raw(
        ptr: *const u8,
        dtype: DType,
        shape: &[isize],
        strides: &[isize],
    ) -> Self {
        debug_assert_eq!(shape.len(), strides.len());
        Self {
            ptr: ptr.cast_mut(),
            dtype,
            shape: Dims::from_slice(shape),
            strides: Dims::from_slice(strides),
            life: PhantomData,
        }
    }

    /// Address of the first element.
    #[inline]
    pub fn ptr(&self) -> *const u8 {
        self.ptr
    }

    /// The dtype of the elements.
    #[inline]
    pub fn dtype(&self) -> &DType {
        &self.dtype
    }

    /// The shape in elements.
    #[inline]
    pub fn shape(&self) -> &[isize] {
        &self.shape
    }

    /// The strides in bytes.
    #[inline]
    pub fn strides(&self) -> &[isize] {
        &self.strides
    }

    /// The number of axes.
    #[inline]
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// The number of elements.
    #[inline]
    pub fn size(&self) -> usize {
        self.shape.iter().product::<isize>() as usize
    }

    /// Whether every element is aligned for its type.
    pub fn is_aligned(&self) -> bool {
        is_aligned(self.ptr, &self.dtype, &self.shape, &self.strides)
    }

    /// Whether the elements lie in C order without gaps.
    pub fn is_c_contiguous(&self) -> bool {
        layout::is_c_contiguous(&self.shape, &self.strides, self.dtype.itemsize())
    }

    /// Whether the elements lie in F order without gaps.
    pub fn is_f_contiguous(&self) -> bool {
        layout::is_f_contiguous(&self.shape, &self.strides, self.dtype.itemsize())
    }

    /// The same elements with another shape and strides, starting `offset_bytes` later.
    ///
    /// # Safety
    ///
    /// Every element that the result reaches is one that this view reaches.
    pub unsafe fn relayout(&self, offset_bytes: isize, shape: Dims, strides: Dims) -> View<'a> {
        View {
            ptr: self.ptr.wrapping_offset(offset_bytes),
            dtype: self.dtype.clone(),
            shape,
            strides,
            life: PhantomData,
        }
    }
}

/// Elements to write (and read). Other views may reach the same memory, as in NumPy; operations solve overlap.
#[derive(Debug)]
pub struct ViewMut<'a>(View<'a>);

impl<'a> ViewMut<'a> {
    /// A writable view of foreign memory.
    ///
    /// # Safety
    ///
    /// As for [`View::from_raw`], and the memory is writable.
    #[inline]
    pub unsafe fn from_raw(ptr: *mut u8, dtype: DType, shape: &[isize], strides: &[isize]) -> Self {
        // SAFETY: promised by the caller.
        Self(unsafe { View::from_raw(ptr, dtype, shape, strides) })
    }

    /// The elements, to read.
    #[inline]
    pub fn as_view(&self) -> &View<'a> {
        &self.0
    }

    /// Address of the first element.
    #[inline]
    pub fn ptr_mut(&mut self) -> *mut u8 {
        self.0.ptr
    }

    /// A second writable view of the same elements for a shorter time.
    pub fn reborrow(&mut self) -> ViewMut<'_> {
        ViewMut(self.0.clone())
    }

    /// As [`View::relayout`].
    ///
    /// # Safety
    ///
    /// As for [`View::relayout`].
    pub unsafe fn relayout(
        &mut self,
        offset_bytes: isize,
        shape: Dims,
        strides: Dims,
    ) -> ViewMut<'_> {
        // SAFETY: promised by the caller.
        ViewMut(unsafe { self.0.relayout(offset_bytes, shape, strides) })
    }
}

impl<'a> std::ops::Deref for ViewMut<'a> {
    type Target = View<'a>;
    #[inline]
    fn deref(&self) -> &View<'a> {
        &self.0
    }
}

/// Whether every element from `ptr` on is aligned for its type.
pub fn is_aligned(ptr: *const u8, dtype: &DType, shape: &[isize], strides: &[isize]) -> bool {
    let alignment = dtype.alignment();
    if alignment <= 1 {
        return true;
    }
    let mut bits = ptr as usize;
    for (&d, &s) in shape.iter().zip(strides) {
        match d {
            0 => return true,
            1 => {}
            _ => bits |= s as usize,
        }
    }
    bits.is_multiple_of(alignment)
}
