//! `take` and `put`: items at the places of one index array, with three ways to treat places outside.

use numpy_rs_kernels::selection::gather as kernel;

use super::fancy::first_outside;
use super::mask::index_dtype;
use crate::array::Array;
use crate::cast::{self, Casting};
use crate::copy;
use crate::dims::Dims;
use crate::error::{CastingError, Error, Result};
use crate::layout::{self, Order};
use crate::parallel::{self, SharedPtr};
use crate::view::{View, ViewMut};
use crate::{items, references};

/// Indices per block of large work.
const BLOCK: usize = 1 << 15;

/// What becomes of an index outside the axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// It is an error; negative indices count from the end.
    #[default]
    Raise,
    /// It is taken modulo the length.
    Wrap,
    /// It becomes the nearest end.
    Clip,
}

/// A C-contiguous array of `intp` from an index array of any dtype that casts safely (`rule` otherwise).
pub fn as_indices(view: &View<'_>, rule: Casting) -> Result<Array> {
    let intp = index_dtype();
    if !cast::can_cast(view.dtype(), &intp, rule) {
        return Err(Error::Casting(Box::new(CastingError {
            ufunc: None,
            operand: None,
            input: true,
            from: view.dtype().clone(),
            to: intp,
            casting: Casting::Safe.name(),
        })));
    }
    copy::cast_to(view, &intp, Order::C, Casting::Unsafe).map(|(array, _)| array)
}

/// The indices of a C-contiguous `intp` view.
fn as_slice<'a>(view: &View<'a>) -> &'a [isize] {
    debug_assert!(
        view.is_c_contiguous()
            && view.is_aligned()
            && view.dtype().itemsize() == size_of::<isize>()
    );
    if view.size() == 0 {
        return &[];
    }
    // SAFETY: checked by whoever made the view: contiguous, aligned items of pointer size.
    unsafe { std::slice::from_raw_parts(view.ptr().cast(), view.size()) }
}

/// Whether a view can be read as a slice of indices.
pub fn is_index_slice(view: &View<'_>) -> bool {
    view.dtype().num() == index_dtype().num()
        && view.dtype().is_native()
        && view.is_c_contiguous()
        && view.is_aligned()
}

/// An index moved inside an axis of `len` elements by `mode`; `Raise` leaves it (negative ones count from the end).
#[inline]
fn fixed(i: isize, len: isize, mode: Mode) -> isize {
    match mode {
        Mode::Raise => i,
        Mode::Wrap => i.rem_euclid(len),
        Mode::Clip => i.clamp(0, len - 1),
    }
}

/// The shape of `take`: the indexed axis is replaced by the shape of the indices.
pub fn take_shape(shape: &[isize], indices: &[isize], axis: usize) -> Dims {
    let mut out = Dims::from_slice(&shape[..axis]);
    out.extend_from_slice(indices);
    out.extend_from_slice(&shape[axis + 1..]);
    out
}

/// `src.take(indices, axis)` as a new array; without an axis from the flattened elements.
pub fn take(src: &View<'_>, indices: &View<'_>, axis: Option<isize>, mode: Mode) -> Result<Array> {
    let flat;
    let (src, axis) = match axis {
        Some(axis) => (
            src.clone(),
            layout::normalize_axis(axis, src.ndim().max(1))?,
        ),
        None if src.ndim() == 1 => (src.clone(), 0),
        None => {
            flat = flattened(src)?;
            (flat.view(), 0)
        }
    };
    let src = if src.ndim() == 0 {
        // SAFETY: an element seen as an array of one.
        unsafe { src.relayout(0, Dims::from_slice(&[1]), Dims::from_slice(&[0])) }
    } else {
        src
    };
    let shape = take_shape(src.shape(), indices.shape(), axis);
    let mut out = Array::empty(src.dtype().clone(), &shape, Order::C)?;
    take_into(&src, indices, axis, mode, &mut out.view_mut()?)?;
    Ok(out)
}

/// All elements in C order as one axis: a copy unless they lie so already.
fn flattened(src: &View<'_>) -> Result<Array> {
    let whole = copy::to_array(src, Order::C)?;
    let n = whole.size() as isize;
    let size = whole.dtype().itemsize() as isize;
    // SAFETY: the same elements along one axis.
    Ok(unsafe {
        whole.relayout(
            0,
            src.dtype().clone(),
            Dims::from_slice(&[n]),
            Dims::from_slice(&[size]),
        )
    })
}

/// As [`take`] along an axis into a C-contiguous `out` of [`take_shape`] and of the same dtype. With
/// [`Mode::Raise`], `out` is not written when an index is outside.
pub fn take_into(
    src: &View<'_>,
    indices: &View<'_>,
    axis: usize,
    mode: Mode,
    out: &mut ViewMut<'_>,
) -> Result<()> {
    let held;
    let list = if is_index_slice(indices) {
        as_slice(indices)
    } else {
        held = as_indices(indices, Casting::SameKind)?;
        // SAFETY: lives as long as `held`.
        unsafe { std::slice::from_raw_parts(held.view().ptr().cast::<isize>(), held.size()) }
    };
    let len = src.shape()[axis];
    if out.size() == 0 && (len != 0 || list.is_empty()) {
        if mode == Mode::Raise
            && let Some(index) = first_outside(list, len)?
        {
            return Err(Error::IndexBounds {
                index,
                axis: Some(axis),
                len,
            });
        }
        return Ok(());
    }
    if len == 0 {
        return Err(Error::Index(
            "cannot do a non-empty take from an empty axes.".into(),
        ));
    }
    if mode == Mode::Raise
        && let Some(index) = first_outside(list, len)?
    {
        return Err(Error::IndexBounds {
            index,
            axis: Some(axis),
            len,
        });
    }
    let size = src.dtype().itemsize();
    let (inner_shape, inner_strides) = (&src.shape()[axis + 1..], &src.strides()[axis + 1..]);
    if !layout::is_c_contiguous(inner_shape, inner_strides, size) {
        let copy = copy::to_array(src, Order::C)?;
        return take_into(&copy.view(), indices, axis, mode, out);
    }
    let chunk = size * inner_shape.iter().product::<isize>() as usize;
    let (outer_shape, outer_strides) = (&src.shape()[..axis], &src.strides()[..axis]);
    let stride = src.strides()[axis];
    let n = list.len();
    let to = SharedPtr::new(out.ptr_mut());
    let run = kernel::gather_loop(chunk);
    let counted = src.dtype().has_objects();
    let mut index = Dims::from_elem(0, axis);
    for row in 0..outer_shape.iter().product::<isize>() {
        let offset: isize = index.iter().zip(outer_strides).map(|(i, s)| i * s).sum();
        let base = SharedPtr::new(src.ptr().wrapping_offset(offset));
        let row_start = row * (n * chunk) as isize;
        let block = |i: usize| -> Result<()> {
            let part = &list[i * BLOCK..((i + 1) * BLOCK).min(n)];
            let mut at = row_start + (i * BLOCK * chunk) as isize;
            let mut held = [0isize; 256];
            let step = if mode == Mode::Raise {
                part.len()
            } else {
                held.len()
            };
            for few in part.chunks(step.max(1)) {
                let few = if mode == Mode::Raise {
                    few
                } else {
                    for (h, &k) in held.iter_mut().zip(few) {
                        *h = fixed(k, len, mode);
                    }
                    &held[..few.len()]
                };
                // SAFETY: every index is inside the axis; blocks write parts of their own.
                unsafe {
                    if let Some(run) = run {
                        run(
                            base.at(0),
                            stride,
                            len,
                            few.as_ptr(),
                            few.len(),
                            to.at(at),
                            chunk as isize,
                        );
                    } else {
                        for (k, &i) in few.iter().enumerate() {
                            let i = if i < 0 { i + len } else { i };
                            std::ptr::copy_nonoverlapping(
                                base.at(i * stride),
                                to.at(at + (k * chunk) as isize),
                                chunk,
                            );
                        }
                    }
                }
                at += (few.len() * chunk) as isize;
            }
            Ok(())
        };
        if counted {
            // SAFETY: the row of `out` holds references that are replaced by copies of others.
            unsafe {
                references::release_items(src.dtype(), to.at(row_start), n * chunk / size.max(1));
            };
        }
        let n_blocks = n.div_ceil(BLOCK);
        if counted || n * chunk < 1 << 19 {
            (0..n_blocks).try_for_each(block)?;
        } else {
            parallel::for_each_block(n_blocks, &block)?;
        }
        if counted {
            // SAFETY: the items were just copied.
            unsafe {
                references::retain_items(src.dtype(), to.at(row_start), n * chunk / size.max(1));
            };
        }
        advance(&mut index, outer_shape);
    }
    Ok(())
}

/// Steps an index through a shape in C order.
pub(super) fn advance(index: &mut [isize], shape: &[isize]) {
    for axis in (0..shape.len()).rev() {
        index[axis] += 1;
        if index[axis] < shape[axis] {
            return;
        }
        index[axis] = 0;
    }
}

/// Where the element of flat number `flat` (C order) lies.
pub(super) fn flat_offset(mut flat: isize, shape: &[isize], strides: &[isize]) -> isize {
    let mut offset = 0;
    for (&d, &s) in shape.iter().zip(strides).rev() {
        offset += flat % d * s;
        flat /= d;
    }
    offset
}

/// `dst.put(indices, values)`: values of any dtype, repeated as often as needed, at flat places.
pub fn put(dst: &mut ViewMut<'_>, indices: &View<'_>, values: &View<'_>, mode: Mode) -> Result<()> {
    let held = as_indices(indices, Casting::SameKind)?;
    let list = held.view();
    let list = as_slice(&list);
    let dtype = dst.dtype().clone();
    let (values, _) = copy::cast_to(values, &dtype, Order::C, Casting::Unsafe)?;
    let nv = values.size();
    if nv == 0 || list.is_empty() {
        return Ok(());
    }
    let len = dst.size() as isize;
    if len == 0 {
        return Err(Error::Index(
            "cannot replace elements of an empty array".into(),
        ));
    }
    if mode == Mode::Raise
        && let Some(index) = first_outside(list, len)?
    {
        return Err(Error::IndexBounds {
            index,
            axis: Some(0),
            len,
        });
    }
    let size = dtype.itemsize();
    let shape = Dims::from_slice(dst.shape());
    let strides = Dims::from_slice(dst.strides());
    let straight = dst.is_c_contiguous();
    let counted = dtype.has_objects();
    let (base, from) = (dst.ptr_mut(), values.view().ptr());
    for (k, &i) in list.iter().enumerate() {
        let i = fixed(i, len, mode);
        let i = if i < 0 { i + len } else { i };
        let offset = if straight {
            i * size as isize
        } else {
            flat_offset(i, &shape, &strides)
        };
        // SAFETY: the place is inside `dst`, the value inside `values`.
        unsafe {
            let slot = base.wrapping_offset(offset);
            if counted {
                references::release_items(&dtype, slot, 1);
            }
            items::copy(from.add(k % nv * size), 0, slot, 0, 1, size, 0);
            if counted {
                references::retain_items(&dtype, slot, 1);
            }
        }
    }
    Ok(())
}
