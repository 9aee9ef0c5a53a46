//! Integer-array indexing: from index arrays and slices to a plan, and the moving of elements by it.

use crate::dims::{Dims, ShapeText};
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::layout;
use crate::parallel::{self, SharedPtr};
use crate::view::{View, ViewMut};
use crate::{items, references};
use numpy_rs_kernels::isa;
use numpy_rs_kernels::selection::gather as kernel;

/// Elements per block of large work.
const BLOCK: usize = 1 << 16;

/// One integer array and the axis it walks.
#[derive(Clone, Debug)]
pub struct IndexArray<'a> {
    /// The indices: native, aligned `intp`.
    pub indices: View<'a>,
    /// The axis of the indexed array, for messages.
    pub axis: usize,
    /// The length of the axis; `None` for an index that chooses no element (a boolean scalar).
    pub len: Option<isize>,
    /// The stride of the axis in bytes.
    pub stride: isize,
}

/// How elements are found: by index arrays over some axes, by layout over the others.
#[derive(Clone, Debug)]
pub struct FancyPlan<'a> {
    arrays: Vec<IndexArray<'a>>,
    /// The broadcast shape of the index arrays.
    shape: Dims,
    /// Strides of each index array over that shape.
    strides: Vec<Dims>,
    /// The axes that no index array walks.
    sub_shape: Dims,
    sub_strides: Dims,
    /// Where the axes of `shape` stand among those of the result.
    position: usize,
}

impl<'a> FancyPlan<'a> {
    /// Plans an indexing; checks that the arrays broadcast, and with [`FancyPlan::check`] that indices are in range.
    ///
    /// `sub_shape` and `sub_strides` are the axes left to slices; `position` counts those of them in front of the
    /// index arrays' axes in the result.
    pub fn new(
        arrays: Vec<IndexArray<'a>>,
        sub_shape: Dims,
        sub_strides: Dims,
        position: usize,
    ) -> Result<Self> {
        let shapes: Vec<&[isize]> = arrays.iter().map(|a| a.indices.shape()).collect();
        let shape = layout::broadcast_shapes(&shapes).map_err(|_| {
            let list = shapes.iter().fold(String::new(), |list, s| list + &ShapeText(s, ",").to_string() + " ");
            Error::Index(
                format!("shape mismatch: indexing arrays could not be broadcast together with shapes {list}").into(),
            )
        })?;
        layout::checked_size(&shape).map_err(|_| Error::value("iterator is too large"))?;
        let strides = arrays
            .iter()
            .map(|a| layout::broadcast_strides(a.indices.shape(), a.indices.strides(), &shape))
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            arrays,
            shape,
            strides,
            sub_shape,
            sub_strides,
            position,
        })
    }

    /// Checks that every index is in range, unless broadcasting left none. Elements may be moved after this only.
    pub fn check(&self) -> Result<()> {
        if self.shape.contains(&0) {
            return Ok(());
        }
        self.arrays.iter().try_for_each(check_bounds)
    }

    /// The shape of the result.
    pub fn result_shape(&self) -> Dims {
        let mut shape = Dims::from_slice(&self.sub_shape[..self.position]);
        shape.extend_from_slice(&self.shape);
        shape.extend_from_slice(&self.sub_shape[self.position..]);
        shape
    }

    /// Splits the strides of an array of the result's shape into those of the index axes and those of the rest.
    fn split(&self, strides: &[isize]) -> (Dims, Dims) {
        let end = self.position + self.shape.len();
        let mut rest = Dims::from_slice(&strides[..self.position]);
        rest.extend_from_slice(&strides[end..]);
        (Dims::from_slice(&strides[self.position..end]), rest)
    }

    /// Copies the chosen elements of the array at `base` into `out`, which has the result's shape and the same dtype.
    ///
    /// # Safety
    ///
    /// `base` is the address from which the axes of the plan were laid out; the indices were checked.
    pub unsafe fn gather(&self, base: *const u8, out: &mut ViewMut<'_>) -> Result<()> {
        let dtype = out.dtype().clone();
        let (index_strides, rest) = self.split(out.strides());
        let to = out.ptr_mut();
        if let ([one], [step], true) = (
            self.arrays.as_slice(),
            &index_strides[..],
            self.sub_shape.iter().product::<isize>() == 1 && !dtype.has_objects(),
        ) && let (Some(len), Some(run)) = (one.len, kernel::gather_loop(dtype.itemsize()))
            && self.strides[0][0] == size_of::<isize>() as isize
        {
            // SAFETY: the index array is one contiguous lane.
            let indices = unsafe {
                std::slice::from_raw_parts(
                    one.indices.ptr().cast::<isize>(),
                    self.shape[0] as usize,
                )
            };
            let (base, to, step, stride) =
                (SharedPtr::new(base), SharedPtr::new(to), *step, one.stride);
            return parallel::for_each_block(indices.len().div_ceil(BLOCK), &|i| {
                let block = &indices[i * BLOCK..((i + 1) * BLOCK).min(indices.len())];
                // SAFETY: indices were checked; blocks write parts of their own.
                unsafe {
                    run(
                        base.at(0),
                        stride,
                        len,
                        block.as_ptr(),
                        block.len(),
                        to.at((i * BLOCK) as isize * step),
                        step,
                    );
                }
                Ok(())
            });
        }
        // SAFETY: promised by the caller; indices were checked.
        unsafe { self.each(base.cast_mut(), to, &index_strides, &rest, &dtype, false) };
        Ok(())
    }

    /// Copies `values` (of the result's shape, strides of 0 allowed, same dtype) into the chosen elements.
    ///
    /// # Safety
    ///
    /// As for [`FancyPlan::gather`], and the elements may be written.
    pub unsafe fn scatter(&self, base: *mut u8, values: &View<'_>, strides: &[isize]) {
        let dtype = values.dtype().clone();
        let (index_strides, rest) = self.split(strides);
        // SAFETY: promised by the caller; indices were checked.
        unsafe {
            self.each(
                base,
                values.ptr().cast_mut(),
                &index_strides,
                &rest,
                &dtype,
                true,
            );
        };
    }

    /// Moves items between the array at `base` and the other side. `inward`: from the other side into the array.
    unsafe fn each(
        &self,
        base: *mut u8,
        other: *mut u8,
        index_strides: &[isize],
        rest_strides: &[isize],
        dtype: &DType,
        inward: bool,
    ) {
        let total: isize = self.shape.iter().product();
        let sub: isize = self.sub_shape.iter().product();
        if total == 0 || sub == 0 {
            return;
        }
        let size = dtype.itemsize();
        let counted = dtype.has_objects();
        if let ([one], [step], true) = (
            self.arrays.as_slice(),
            index_strides,
            sub == 1 && !counted && self.shape.len() == 1,
        ) {
            let (ptr, by) = (one.indices.ptr(), self.strides[0][0]);
            let len = one.len.unwrap_or(1);
            // SAFETY: indices were checked against the axis.
            unsafe {
                match size {
                    1 => lane::<u8>(base, one.stride, len, ptr, by, total, other, *step, inward),
                    2 => lane::<u16>(base, one.stride, len, ptr, by, total, other, *step, inward),
                    4 => lane::<u32>(base, one.stride, len, ptr, by, total, other, *step, inward),
                    8 => lane::<u64>(base, one.stride, len, ptr, by, total, other, *step, inward),
                    16 => lane::<u128>(base, one.stride, len, ptr, by, total, other, *step, inward),
                    _ => self.general(base, other, index_strides, rest_strides, dtype, inward),
                }
            }
            return;
        }
        // SAFETY: promised by the caller.
        unsafe { self.general(base, other, index_strides, rest_strides, dtype, inward) };
    }

    unsafe fn general(
        &self,
        base: *mut u8,
        other: *mut u8,
        index_strides: &[isize],
        rest_strides: &[isize],
        dtype: &DType,
        inward: bool,
    ) {
        let total: isize = self.shape.iter().product();
        let size = dtype.itemsize();
        let counted = dtype.has_objects();
        let mut index = Dims::from_elem(0, self.shape.len());
        // A block of the remaining axes that is one run on both sides moves at once.
        let sub: isize = self.sub_shape.iter().product();
        let run = layout::is_c_contiguous(&self.sub_shape, &self.sub_strides, size)
            && layout::is_c_contiguous(&self.sub_shape, rest_strides, size);
        for _ in 0..total {
            let (mut here, mut there) = (base, other);
            for (a, strides) in self.arrays.iter().zip(&self.strides) {
                let Some(len) = a.len else { continue };
                let offset: isize = index.iter().zip(strides).map(|(i, s)| i * s).sum();
                // SAFETY: the offset lies inside the index array, whose items are aligned `intp`.
                let i = unsafe { *a.indices.ptr().offset(offset).cast::<isize>() };
                here = here.wrapping_offset(a.stride * if i < 0 { i + len } else { i });
            }
            there =
                there.wrapping_offset(index.iter().zip(index_strides).map(|(i, s)| i * s).sum());
            // SAFETY: both sides reach every element of the block.
            unsafe {
                if run {
                    let (d, s) = if inward { (here, there) } else { (there, here) };
                    move_run(
                        d,
                        size as isize,
                        s,
                        size as isize,
                        sub,
                        dtype,
                        counted,
                        size,
                    );
                } else {
                    self.block(here, there, rest_strides, dtype, counted, inward);
                }
            }
            for axis in (0..self.shape.len()).rev() {
                index[axis] += 1;
                if index[axis] < self.shape[axis] {
                    break;
                }
                index[axis] = 0;
            }
        }
    }

    /// Moves one block of the remaining axes, lane by lane.
    unsafe fn block(
        &self,
        here: *mut u8,
        there: *mut u8,
        rest: &[isize],
        dtype: &DType,
        counted: bool,
        inward: bool,
    ) {
        let size = dtype.itemsize();
        let Some((&n, outer)) = self.sub_shape.split_last() else {
            let (d, s) = if inward { (here, there) } else { (there, here) };
            // SAFETY: one item on both sides.
            unsafe { move_run(d, 0, s, 0, 1, dtype, counted, size) };
            return;
        };
        let last = outer.len();
        let mut index = Dims::from_elem(0, last);
        for _ in 0..outer.iter().product::<isize>() {
            let h = here.wrapping_offset(
                index
                    .iter()
                    .zip(&self.sub_strides)
                    .map(|(i, s)| i * s)
                    .sum(),
            );
            let t = there.wrapping_offset(index.iter().zip(rest).map(|(i, s)| i * s).sum());
            let (hs, ts) = (self.sub_strides[last], rest[last]);
            let (d, ds, s, ss) = if inward {
                (h, hs, t, ts)
            } else {
                (t, ts, h, hs)
            };
            // SAFETY: the lane lies inside both sides.
            unsafe { move_run(d, ds, s, ss, n, dtype, counted, size) };
            for axis in (0..last).rev() {
                index[axis] += 1;
                if index[axis] < outer[axis] {
                    break;
                }
                index[axis] = 0;
            }
        }
    }
}

/// Copies a lane of items, counting references where there are any.
#[expect(
    clippy::too_many_arguments,
    reason = "two lanes and what the items are"
)]
unsafe fn move_run(
    d: *mut u8,
    ds: isize,
    s: *const u8,
    ss: isize,
    n: isize,
    dtype: &DType,
    counted: bool,
    size: usize,
) {
    // SAFETY: promised by the callers above.
    unsafe {
        if !counted {
            items::copy(s, ss, d, ds, n, size, 0);
            return;
        }
        for i in 0..n {
            let slot = d.offset(i * ds);
            references::release_items(dtype, slot, 1);
            std::ptr::copy_nonoverlapping(s.offset(i * ss), slot, size);
            references::retain_items(dtype, slot, 1);
        }
    }
}

/// One index array over single items.
#[expect(
    clippy::too_many_arguments,
    reason = "an indexed lane, its indices, and the other lane"
)]
unsafe fn lane<W: Copy>(
    base: *mut u8,
    stride: isize,
    len: isize,
    indices: *const u8,
    by: isize,
    n: isize,
    other: *mut u8,
    step: isize,
    inward: bool,
) {
    // SAFETY: promised by the caller: indices are in range, the other lane has `n` items.
    unsafe {
        for k in 0..n {
            let i = *indices.offset(k * by).cast::<isize>();
            let i = if i < 0 { i + len } else { i };
            let here = base.offset(i * stride).cast::<W>();
            let there = other.offset(k * step).cast::<W>();
            if inward {
                here.write_unaligned(there.read_unaligned());
            } else {
                there.write_unaligned(here.read_unaligned());
            }
        }
    }
}

fn check_bounds(a: &IndexArray<'_>) -> Result<()> {
    let Some(len) = a.len else { return Ok(()) };
    let view = &a.indices;
    let nest = crate::iter::nest::Nest::new(view.shape(), 1, |_, axis| view.strides()[axis]);
    let step = nest.strides(0)[0];
    nest.walk(&[view.ptr().cast_mut()], 0..nest.size(), |at, n| {
        // SAFETY: the nest stays inside the index array, whose items are aligned `intp`.
        unsafe {
            let bad = if step == size_of::<isize>() as isize {
                let all = std::slice::from_raw_parts(at[0].cast::<isize>(), n as usize);
                first_outside(all, len)?
            } else {
                (0..n)
                    .map(|k| *at[0].offset(k * step).cast::<isize>())
                    .find(|&i| i < -len || i >= len)
            };
            match bad {
                Some(index) => Err(Error::IndexBounds {
                    index,
                    axis: Some(a.axis),
                    len,
                }),
                None => Ok(()),
            }
        }
    })
}

/// The first index of the lowest block that is outside `-len..len`.
pub fn first_outside(indices: &[isize], len: isize) -> Result<Option<isize>> {
    let isa = isa::best();
    if indices.len() <= 2 * BLOCK {
        return Ok(kernel::first_outside(indices, len, isa));
    }
    let found = std::sync::atomic::AtomicBool::new(false);
    let relaxed = std::sync::atomic::Ordering::Relaxed;
    parallel::for_each_block(indices.len().div_ceil(BLOCK), &|i| {
        let block = &indices[i * BLOCK..((i + 1) * BLOCK).min(indices.len())];
        if kernel::first_outside(block, len, isa).is_some() {
            found.store(true, relaxed);
        }
        Ok(())
    })?;
    Ok(if found.load(relaxed) {
        kernel::first_outside(indices, len, isa)
    } else {
        None
    })
}
