//! Owned arrays: a counted buffer and a layout over it.

use std::sync::Arc;

use crate::buffer::Buffer;
use crate::dims::Dims;
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::layout::{self, Order};
use crate::view::{View, ViewMut};

/// An n-dimensional array with a dtype known at run time. Clones share the elements.
#[derive(Clone, Debug)]
pub struct Array {
    owner: Arc<Owner>,
    offset_bytes: isize,
    dtype: DType,
    shape: Dims,
    strides: Dims,
}

/// The memory, and what its items are in case they hold references.
#[derive(Debug)]
struct Owner {
    buffer: Option<Buffer>,
    items: DType,
}

impl Owner {
    fn ptr(&self) -> *mut u8 {
        self.buffer
            .as_ref()
            .map_or(std::ptr::null_mut(), Buffer::as_ptr)
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        if let Some(buffer) = &self.buffer
            && self.items.has_objects()
            && self.items.itemsize() > 0
        {
            let n = buffer.len() / self.items.itemsize();
            // SAFETY: the buffer holds `n` items of `items`, zeroed or set since; each reference is dropped once.
            unsafe { crate::references::release_items(&self.items, buffer.as_ptr(), n) };
        }
    }
}

impl Array {
    /// An array whose numbers are not initialised (references are null) in C or F order.
    pub fn empty(dtype: DType, shape: &[isize], order: Order) -> Result<Self> {
        let zeroed = dtype.has_objects();
        Self::allocate(dtype, shape, order, zeroed)
    }

    /// An array of zeros (of nulls, read as `None`, for objects: the door stores the int 0).
    pub fn zeros(dtype: DType, shape: &[isize], order: Order) -> Result<Self> {
        Self::allocate(dtype, shape, order, true)
    }

    fn allocate(dtype: DType, shape: &[isize], order: Order, zeroed: bool) -> Result<Self> {
        let n_bytes = layout::checked_nbytes(shape, dtype.itemsize())?;
        let buffer = if zeroed {
            Buffer::zeroed(n_bytes)
        } else {
            Buffer::uninit(n_bytes)
        };
        let buffer = buffer
            .map_err(|_| Error::Memory(Box::new((Dims::from_slice(shape), dtype.clone()))))?;
        let strides = match order {
            Order::F => layout::f_strides(shape, dtype.itemsize()),
            _ => layout::c_strides(shape, dtype.itemsize()),
        };
        Ok(Self {
            owner: Arc::new(Owner {
                buffer: Some(buffer),
                items: dtype.clone(),
            }),
            offset_bytes: 0,
            dtype,
            shape: Dims::from_slice(shape),
            strides,
        })
    }

    /// The dtype of the elements.
    pub fn dtype(&self) -> &DType {
        &self.dtype
    }

    /// The shape in elements.
    pub fn shape(&self) -> &[isize] {
        &self.shape
    }

    /// The strides in bytes.
    pub fn strides(&self) -> &[isize] {
        &self.strides
    }

    /// The number of axes.
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// The number of elements.
    pub fn size(&self) -> usize {
        self.shape.iter().product::<isize>() as usize
    }

    /// The elements, to read.
    pub fn view(&self) -> View<'_> {
        let ptr = self.owner.ptr().wrapping_offset(self.offset_bytes);
        // SAFETY: the layout was checked against the buffer when the array was made.
        unsafe { View::from_raw(ptr, self.dtype.clone(), &self.shape, &self.strides) }
    }

    /// The elements, to write; fails with [`Error::ReadOnly`] while another array shares them.
    pub fn view_mut(&mut self) -> Result<ViewMut<'_>> {
        let ptr = self.owner.ptr().wrapping_offset(self.offset_bytes);
        if Arc::get_mut(&mut self.owner).is_none() {
            return Err(Error::ReadOnly {
                what: "array shared with another array",
            });
        }
        // SAFETY: as for `view`, and the buffer has no other owner.
        Ok(unsafe { ViewMut::from_raw(ptr, self.dtype.clone(), &self.shape, &self.strides) })
    }

    /// An array over the same memory with another layout.
    ///
    /// # Safety
    ///
    /// Every element that the result reaches is one that this array reaches, or lies inside its buffer and is valid
    /// for `dtype`.
    #[must_use]
    pub unsafe fn relayout(
        &self,
        offset_bytes: isize,
        dtype: DType,
        shape: Dims,
        strides: Dims,
    ) -> Self {
        Self {
            owner: Arc::clone(&self.owner),
            offset_bytes: self.offset_bytes + offset_bytes,
            dtype,
            shape,
            strides,
        }
    }

    /// The buffer itself when this array alone owns it and covers it from its first byte; else the array again.
    pub fn into_buffer(mut self) -> std::result::Result<(Buffer, DType, Dims, Dims), Self> {
        let whole = self.offset_bytes == 0 && {
            let n_bytes =
                layout::checked_nbytes(&self.shape, self.dtype.itemsize()).unwrap_or(usize::MAX);
            self.owner
                .buffer
                .as_ref()
                .is_some_and(|b| b.len() == n_bytes)
        };
        if whole
            && let Some(owner) = Arc::get_mut(&mut self.owner)
            && let Some(buffer) = owner.buffer.take()
        {
            return Ok((buffer, self.dtype, self.shape, self.strides));
        }
        Err(self)
    }
}
