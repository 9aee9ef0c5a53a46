//! The lanes of an array along one axis: where each begins, and copies of it in native order.

use crate::buffer::Buffer;
use crate::dims::Dims;
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::items;
use crate::layout;
use crate::parallel::{self, SharedPtr};

use super::order::swap_unit;

/// The lanes of a shape along an axis, with the strides of several arrays of that shape.
#[derive(Debug)]
pub struct Lanes {
    /// The length of a lane.
    pub len: usize,
    /// How many lanes there are.
    pub count: usize,
    outer: Dims,
    axis: usize,
}

impl Lanes {
    /// The lanes along `axis` (from the end if negative).
    pub fn new(shape: &[isize], axis: isize) -> Result<Self> {
        let axis = layout::normalize_axis(axis, shape.len())?;
        let mut outer = Dims::from_slice(shape);
        let len = outer.remove(axis) as usize;
        Ok(Self {
            len,
            count: outer.iter().product::<isize>() as usize,
            outer,
            axis,
        })
    }

    /// The byte offset at which lane number `lane` of an array with these strides begins.
    pub fn offset(&self, mut lane: usize, strides: &[isize]) -> isize {
        let mut offset = 0;
        for i in (0..self.outer.len()).rev() {
            let axis = if i < self.axis { i } else { i + 1 };
            let d = self.outer[i] as usize;
            offset += (lane % d) as isize * strides[axis];
            lane /= d;
        }
        offset
    }

    /// The stride along the lanes.
    pub fn stride(&self, strides: &[isize]) -> isize {
        strides[self.axis]
    }
}

/// Scratch for `n` items of `size` bytes each.
pub fn scratch(n: usize, size: usize) -> Result<Buffer> {
    Buffer::uninit(n.checked_mul(size).ok_or(Error::TooBig)?)
}

/// Whether a lane can be worked on where it lies.
pub fn is_ready(ptr: *const u8, stride: isize, dtype: &DType) -> bool {
    dtype.is_native()
        && stride == dtype.itemsize() as isize
        && (ptr as usize).is_multiple_of(dtype.alignment().max(1))
}

/// Items per block of a long copy.
const BLOCK: usize = 1 << 16;

/// As [`load`], for lanes of any length: long ones by several threads.
///
/// # Safety
///
/// As for [`load`].
pub unsafe fn load_long(
    src: *const u8,
    stride: isize,
    dst: *mut u8,
    n: usize,
    dtype: &DType,
) -> Result<()> {
    let (from, to) = (SharedPtr::new(src), SharedPtr::new(dst));
    let size = dtype.itemsize();
    parallel::for_each_block(n.div_ceil(BLOCK), &|i| {
        let at = (i * BLOCK) as isize;
        let count = BLOCK.min(n - i * BLOCK);
        // SAFETY: parts of the lane.
        unsafe {
            load(
                from.at(at * stride),
                stride,
                to.at(at * size as isize),
                count,
                dtype,
            )
        };
        Ok(())
    })
}

/// As [`store`], for lanes of any length: long ones by several threads. Ctrl-C does not stop it, so that no item is
/// lost.
///
/// # Safety
///
/// As for [`store`].
pub unsafe fn store_long(
    src: *const u8,
    dst: *mut u8,
    stride: isize,
    n: usize,
    dtype: &DType,
) -> Result<()> {
    let (from, to) = (SharedPtr::new(src), SharedPtr::new(dst));
    let size = dtype.itemsize() as isize;
    parallel::to_the_end(n.div_ceil(BLOCK), &|i| {
        let at = (i * BLOCK) as isize;
        let count = BLOCK.min(n - i * BLOCK);
        // SAFETY: parts of the lane.
        unsafe { store(from.at(at * size), to.at(at * stride), stride, count, dtype) };
    })
}

/// Copies a lane into contiguous native items.
///
/// # Safety
///
/// `src` addresses `n` items `stride` apart, `dst` has room for them.
pub unsafe fn load(src: *const u8, stride: isize, dst: *mut u8, n: usize, dtype: &DType) {
    let size = dtype.itemsize();
    let swap = if dtype.is_native() || dtype.kind() == b'V' {
        0
    } else {
        swap_unit(dtype)
    };
    // SAFETY: promised by the caller.
    unsafe { items::copy(src, stride, dst, size as isize, n as isize, size, swap) }
}

/// Copies contiguous native items back into a lane.
///
/// # Safety
///
/// As for [`load`], the other way.
pub unsafe fn store(src: *const u8, dst: *mut u8, stride: isize, n: usize, dtype: &DType) {
    let size = dtype.itemsize();
    let swap = if dtype.is_native() || dtype.kind() == b'V' {
        0
    } else {
        swap_unit(dtype)
    };
    // SAFETY: promised by the caller.
    unsafe { items::copy(src, size as isize, dst, stride, n as isize, size, swap) }
}
