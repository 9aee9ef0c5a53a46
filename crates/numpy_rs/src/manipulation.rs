//! Other looks at the same elements: slices, shapes, axes; and joining arrays.

use numpy_rs_core::array as core_array;
use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::error::{Error, Result};
use numpy_rs_core::index::slice;
use numpy_rs_core::layout::{self, Order};
use numpy_rs_core::reshape;

use crate::array::Array;

/// One entry of an index.
#[derive(Clone, Copy, Debug)]
pub enum At {
    /// One position; the axis goes away. Negative counts from the end.
    Index(isize),
    /// Python's `start:stop:step`.
    Slice(Option<isize>, Option<isize>, isize),
    /// A new axis of length one.
    NewAxis,
}

impl At {
    /// The whole axis, `:`.
    pub const ALL: Self = Self::Slice(None, None, 1);

    /// `start:stop`.
    pub const fn range(start: isize, stop: isize) -> Self {
        Self::Slice(Some(start), Some(stop), 1)
    }
}

impl Array {
    /// The elements that a basic index picks, shared with this array. Axes without an entry stay whole.
    pub fn at(&self, index: &[At]) -> Result<Self> {
        let mut shape = Dims::new();
        let mut strides = Dims::new();
        let mut offset = 0;
        let mut axis = 0;
        for entry in index {
            if matches!(entry, At::NewAxis) {
                shape.push(1);
                strides.push(0);
                continue;
            }
            if axis >= self.ndim() {
                return Err(Error::Value {
                    what: "too many indices for array",
                });
            }
            let (n, s) = (self.shape()[axis], self.strides()[axis]);
            match *entry {
                At::Index(i) => {
                    let position = if i < 0 { i + n } else { i };
                    if position < 0 || position >= n {
                        return Err(Error::IndexBounds {
                            index: i,
                            axis: Some(axis),
                            len: n,
                        });
                    }
                    offset += position * s;
                }
                At::Slice(_, _, 0) => {
                    return Err(Error::Value {
                        what: "slice step cannot be zero",
                    });
                }
                At::Slice(start, stop, step) => {
                    let found = slice::resolve(start, stop, step, n);
                    offset += if found.len > 0 { found.start * s } else { 0 };
                    shape.push(found.len);
                    strides.push(found.step * s);
                }
                At::NewAxis => {}
            }
            axis += 1;
        }
        shape.extend_from_slice(&self.shape()[axis..]);
        strides.extend_from_slice(&self.strides()[axis..]);
        Ok(self.look(offset, shape, strides))
    }

    /// The same elements in another shape; one length may be -1. Shares memory where strides allow it.
    pub fn reshape(&self, shape: &[isize]) -> Result<Self> {
        let shape = reshape::resolve_shape(self.size() as isize, shape)?;
        let itemsize = self.dtype().itemsize();
        if let Some(strides) =
            reshape::strides_without_copy(self.shape(), self.strides(), itemsize, &shape, Order::C)
        {
            return Ok(self.look(0, shape, strides));
        }
        let strides = layout::c_strides(&shape, itemsize);
        Ok(self.to_contiguous()?.look(0, shape, strides))
    }

    /// The axes in reverse order, sharing memory.
    pub fn t(&self) -> Self {
        let shape = self.shape().iter().rev().copied().collect();
        let strides = self.strides().iter().rev().copied().collect();
        self.look(0, shape, strides)
    }

    /// The elements repeated along axes of length one, sharing memory.
    pub fn broadcast_to(&self, shape: &[isize]) -> Result<Self> {
        let strides = layout::broadcast_strides(self.shape(), self.strides(), shape)?;
        layout::checked_nbytes(shape, self.dtype().itemsize())?;
        Ok(self.look(0, Dims::from_slice(shape), strides))
    }

    fn look(&self, offset_bytes: isize, shape: Dims, strides: Dims) -> Self {
        let dtype = self.dtype().clone();
        // SAFETY: callers reach only elements of this array.
        unsafe { self.as_core().relayout(offset_bytes, dtype, shape, strides) }.into()
    }
}

/// Arrays joined along an axis, in their common dtype.
pub fn concatenate(arrays: &[&Array], axis: isize) -> Result<Array> {
    let first = arrays.first().ok_or(Error::Value {
        what: "need at least one array to concatenate",
    })?;
    let axis = layout::normalize_axis(axis, first.ndim())?;
    let mut dtype = first.dtype().clone();
    let mut shape = Dims::from_slice(first.shape());
    shape[axis] = 0;
    for array in arrays {
        let fits = array.ndim() == shape.len()
            && (0..shape.len()).all(|i| i == axis || array.shape()[i] == shape[i]);
        if !fits {
            return Err(Error::Value {
                what: "all the input array dimensions except for the concatenation axis must match exactly",
            });
        }
        dtype = cast::promote(&dtype, array.dtype())?;
        shape[axis] += array.shape()[axis];
    }
    let mut result = core_array::Array::empty(dtype, &shape, Order::C)?;
    let strides = Dims::from_slice(result.strides());
    let mut view = result.view_mut()?;
    let mut done = 0;
    for array in arrays {
        let part = Dims::from_slice(array.shape());
        let length = part[axis];
        // SAFETY: the part lies between `done` and `done + length` on the axis, inside the result.
        let mut place = unsafe { view.relayout(done * strides[axis], part, strides.clone()) };
        copy::assign(&mut place, &array.view(), Casting::SameKind)?;
        done += length;
    }
    Ok(result.into())
}
