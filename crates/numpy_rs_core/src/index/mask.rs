//! Boolean masks: how many are true, where they are, and the elements they choose.

use crate::array::Array;
use crate::dims::Dims;
use crate::dtype::{DType, TypeNum};
use crate::error::Result;
use crate::iter::nest::Nest;
use crate::layout::Order;
use crate::view::{View, ViewMut};
use crate::{items, references};

/// The dtype of indices.
pub fn index_dtype() -> DType {
    DType::new(if crate::dtype::number::LONG == 8 {
        TypeNum::Long
    } else {
        TypeNum::LongLong
    })
}

/// A nest over `shape` in C order with the strides of several operands.
fn in_c_order(shape: &[isize], strides: &[&[isize]]) -> Nest {
    let order: Vec<u8> = (0..shape.len() as u8).rev().collect();
    Nest::in_order(shape, strides.len(), &order, |op, axis| strides[op][axis])
}

/// The number of true elements of a boolean view.
pub fn count_true(mask: &View<'_>) -> usize {
    let nest = Nest::new(mask.shape(), 1, |_, axis| mask.strides()[axis]);
    let step = nest.strides(0)[0];
    let mut total = 0usize;
    let walked: Result<(), std::convert::Infallible> =
        nest.walk(&[mask.ptr().cast_mut()], 0..nest.size(), |at, n| {
            // SAFETY: the nest stays inside the view, whose items are single bytes.
            unsafe {
                total += if step == 1 {
                    count_bytes(std::slice::from_raw_parts(at[0], n as usize))
                } else {
                    (0..n).filter(|&i| *at[0].offset(i * step) != 0).count()
                };
            }
            Ok(())
        });
    match walked {
        Ok(()) => total,
        Err(never) => match never {},
    }
}

fn count_bytes(bytes: &[u8]) -> usize {
    // Sums of at most 255 fit a byte, so that whole vectors are added at once.
    bytes
        .chunks(255 * 32)
        .map(|block| {
            block
                .chunks(255)
                .map(|c| usize::from(c.iter().map(|&b| u8::from(b != 0)).sum::<u8>()))
                .sum::<usize>()
        })
        .sum()
}

/// The indices of true elements, one array of shape `(count,)` for each axis (of a 0-d mask: none).
pub fn nonzero(mask: &View<'_>) -> Result<Vec<Array>> {
    let count = count_true(mask) as isize;
    let mut found = Vec::with_capacity(mask.ndim());
    for _ in 0..mask.ndim() {
        found.push(Array::empty(index_dtype(), &[count], Order::C)?);
    }
    let mut outs: Vec<*mut isize> = Vec::with_capacity(found.len());
    for array in &mut found {
        outs.push(array.view_mut()?.ptr_mut().cast());
    }
    if count == 0 || outs.is_empty() {
        return Ok(found);
    }
    let last = mask.ndim() - 1;
    let (n, step) = (mask.shape()[last], mask.strides()[last]);
    let outer: isize = mask.shape()[..last].iter().product();
    let mut index = Dims::from_elem(0, last);
    let mut at = 0usize;
    for _ in 0..outer {
        let offset: isize = index.iter().zip(mask.strides()).map(|(i, s)| i * s).sum();
        // SAFETY: the lane lies inside the mask; `at` stays below the number of true elements that was counted.
        unsafe {
            let lane = mask.ptr().offset(offset);
            for k in 0..n {
                if *lane.offset(k * step) != 0 && at < count as usize {
                    for (axis, out) in outs.iter().enumerate() {
                        *out.add(at) = if axis == last { k } else { index[axis] };
                    }
                    at += 1;
                }
            }
        }
        for axis in (0..last).rev() {
            index[axis] += 1;
            if index[axis] < mask.shape()[axis] {
                break;
            }
            index[axis] = 0;
        }
    }
    Ok(found)
}

/// Copies the elements of `src` where `mask` (of the same shape) is true into `out` of shape `(count,)`, in C order.
pub fn compress(src: &View<'_>, mask: &View<'_>, out: &mut ViewMut<'_>) {
    let size = src.dtype().itemsize();
    let nest = in_c_order(src.shape(), &[src.strides(), mask.strides()]);
    let (ss, ms) = (nest.strides(0)[0], nest.strides(0)[1]);
    let count = out.shape().first().copied().unwrap_or(0);
    let step = out.strides().first().copied().unwrap_or(0);
    let to = out.ptr_mut();
    let mut at = 0isize;
    let _: Result<(), ()> = nest.walk(
        &[src.ptr().cast_mut(), mask.ptr().cast_mut()],
        0..nest.size(),
        |p, n| {
            // SAFETY: the nest stays inside source and mask; at most `count` items are written.
            unsafe {
                let (s, m) = (p[0].cast_const(), p[1].cast_const());
                at = match size {
                    1 if step == 1 => pick::<u8>(s, ss, m, ms, n, to, at, count),
                    2 if step == 2 => pick::<u16>(s, ss, m, ms, n, to, at, count),
                    4 if step == 4 => pick::<u32>(s, ss, m, ms, n, to, at, count),
                    8 if step == 8 => pick::<u64>(s, ss, m, ms, n, to, at, count),
                    16 if step == 16 => pick::<u128>(s, ss, m, ms, n, to, at, count),
                    _ => {
                        for k in 0..n {
                            if *m.offset(k * ms) != 0 && at < count {
                                items::copy(
                                    s.offset(k * ss),
                                    0,
                                    to.offset(at * step),
                                    0,
                                    1,
                                    size,
                                    0,
                                );
                                at += 1;
                            }
                        }
                        at
                    }
                };
            }
            Ok(())
        },
    );
    if src.dtype().has_objects() {
        for k in 0..at {
            // SAFETY: the first `at` items were copied and are not counted yet.
            unsafe { references::retain_items(src.dtype(), to.offset(k * step), 1) };
        }
    }
}

/// One lane without branches: every item is stored, and the place moves on only behind a chosen one.
///
/// # Safety
///
/// The lanes address `n` items; `to` has room for `count` items.
#[expect(
    clippy::too_many_arguments,
    reason = "two lanes, a target and its bounds"
)]
unsafe fn pick<W: Copy>(
    s: *const u8,
    ss: isize,
    m: *const u8,
    ms: isize,
    n: isize,
    to: *mut u8,
    mut at: isize,
    count: isize,
) -> isize {
    let to = to.cast::<W>();
    let mut k = 0;
    // SAFETY: promised by the caller; a store happens only while a place is left.
    unsafe {
        while k < n && at < count {
            *to.offset(at) = s.offset(k * ss).cast::<W>().read_unaligned();
            at += isize::from(*m.offset(k * ms) != 0);
            k += 1;
        }
    }
    at
}

/// Stores `values` (shape `(count,)` or one repeated value of stride 0, same dtype) where `mask` is true, in C order.
pub fn expand(dst: &mut ViewMut<'_>, mask: &View<'_>, values: &View<'_>) {
    let dtype = dst.dtype().clone();
    let size = dtype.itemsize();
    let step = values.strides().first().copied().unwrap_or(0);
    let nest = in_c_order(dst.shape(), &[dst.strides(), mask.strides()]);
    let (ds, ms) = (nest.strides(0)[0], nest.strides(0)[1]);
    let from = values.ptr();
    let mut at = 0isize;
    let counted = dtype.has_objects();
    let base = dst.ptr_mut();
    let _: Result<(), ()> = nest.walk(&[base, mask.ptr().cast_mut()], 0..nest.size(), |p, n| {
        // SAFETY: the nest stays inside destination and mask; values hold one item for each true element.
        unsafe {
            for k in 0..n {
                if *p[1].offset(k * ms) != 0 {
                    let slot = p[0].offset(k * ds);
                    if counted {
                        references::release_items(&dtype, slot, 1);
                    }
                    items::copy(from.offset(at * step), 0, slot, 0, 1, size, 0);
                    if counted {
                        references::retain_items(&dtype, slot, 1);
                    }
                    at += 1;
                }
            }
        }
        Ok(())
    });
}
