//! Boolean masks: how many are true, where they are, and the elements they choose.

use crate::array::Array;
use crate::dims::Dims;
use crate::dtype::{DType, TypeNum};
use crate::error::Result;
use crate::interrupt::Rounds;
use crate::iter::nest::Nest;
use crate::layout::Order;
use crate::parallel::{self, SharedPtr};
use crate::view::{View, ViewMut};
use crate::{items, references};
use numpy_rs_kernels::isa;
use numpy_rs_kernels::selection::compress as kernel;

/// Elements per block of large work.
const BLOCK: usize = 1 << 16;

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
    let isa = isa::best();
    let mut total = 0usize;
    let walked: Result<(), std::convert::Infallible> =
        nest.walk(&[mask.ptr().cast_mut()], 0..nest.size(), |at, n| {
            // SAFETY: the nest stays inside the view, whose items are single bytes.
            unsafe {
                total += if step == 1 {
                    kernel::count_nonzero(std::slice::from_raw_parts(at[0], n as usize), isa)
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
    if mask.is_c_contiguous() && (mask.ndim() == 1 || count >= 1 << 10) {
        places_of_contiguous(mask, count as usize, &outs)?;
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

/// How many are true in each block of a contiguous mask, as the number before each block; the last is the total.
fn starts_of_blocks(mask: &[u8]) -> Result<Vec<usize>> {
    let n_blocks = mask.len().div_ceil(BLOCK);
    let counts: Vec<std::sync::atomic::AtomicUsize> = (0..=n_blocks).map(|_| 0.into()).collect();
    let isa = isa::best();
    let relaxed = std::sync::atomic::Ordering::Relaxed;
    parallel::for_each_block(n_blocks, &|i| {
        let block = &mask[i * BLOCK..((i + 1) * BLOCK).min(mask.len())];
        counts[i + 1].store(kernel::count_nonzero(block, isa), relaxed);
        Ok(())
    })?;
    let mut total = 0;
    Ok(counts
        .iter()
        .map(|c| {
            total += c.load(relaxed);
            total
        })
        .collect())
}

/// The indices of true elements of a C-contiguous mask: flat places first, split into axes where there are several.
fn places_of_contiguous(mask: &View<'_>, count: usize, outs: &[*mut isize]) -> Result<()> {
    let n = mask.size();
    // SAFETY: the mask is contiguous, its items are bytes.
    let bytes = unsafe { std::slice::from_raw_parts(mask.ptr(), n) };
    let Some((&last, outer)) = outs.split_last() else {
        return Ok(());
    };
    let starts = if n > 2 * BLOCK {
        starts_of_blocks(bytes)?
    } else {
        vec![0, count]
    };
    let size = n.div_ceil(starts.len() - 1);
    let step = if starts.len() == 2 { size } else { BLOCK };
    let target = SharedPtr::new(last.cast());
    let others: Vec<SharedPtr> = outer.iter().map(|p| SharedPtr::new(p.cast())).collect();
    let shape = mask.shape();
    parallel::for_each_block(starts.len() - 1, &|i| {
        let (first, room) = (i * step, starts[i + 1].min(count) - starts[i].min(count));
        let block = &bytes[first..(first + step).min(n)];
        let word = size_of::<isize>() as isize;
        let at = starts[i].min(count) as isize * word;
        // SAFETY: each block writes the places that were counted for it.
        unsafe {
            let to = target.at(at).cast::<isize>();
            kernel::places(block.as_ptr(), block.len(), first as isize, to, room);
            if others.is_empty() {
                return Ok(());
            }
            for k in 0..room {
                let mut flat = *to.add(k);
                for axis in (1..shape.len()).rev() {
                    let place = flat % shape[axis];
                    flat /= shape[axis];
                    if axis == others.len() {
                        *to.add(k) = place;
                    } else {
                        *others[axis].at(at).cast::<isize>().add(k) = place;
                    }
                }
                *others[0].at(at).cast::<isize>().add(k) = flat;
            }
        }
        Ok(())
    })
}

/// Copies the elements of `src` where `mask` (of the same shape) is true into `out` of shape `(count,)`, in C order.
pub fn compress(src: &View<'_>, mask: &View<'_>, out: &mut ViewMut<'_>) -> Result<()> {
    let size = src.dtype().itemsize();
    let nest = in_c_order(src.shape(), &[src.strides(), mask.strides()]);
    let (ss, ms) = (nest.strides(0)[0], nest.strides(0)[1]);
    let count = out.shape().first().copied().unwrap_or(0);
    let step = out.strides().first().copied().unwrap_or(0);
    let to = out.ptr_mut();
    let packed = (step == size as isize || count <= 1) && ss == size as isize && ms == 1;
    let run = kernel::compress_loop(size, isa::best()).filter(|_| packed);
    if let Some(run) = run
        && nest.ndim() == 1
        && nest.size() as usize > 2 * BLOCK
        && !src.dtype().has_objects()
    {
        // SAFETY: one contiguous lane.
        let bytes = unsafe { std::slice::from_raw_parts(mask.ptr(), nest.size() as usize) };
        let starts = starts_of_blocks(bytes)?;
        let (from, to) = (SharedPtr::new(src.ptr()), SharedPtr::new(to));
        return parallel::for_each_block(starts.len() - 1, &|i| {
            let first = i * BLOCK;
            let block = &bytes[first..(first + BLOCK).min(bytes.len())];
            let (begin, end) = (
                starts[i].min(count as usize),
                starts[i + 1].min(count as usize),
            );
            // SAFETY: each block writes the items that were counted for it.
            unsafe {
                run(
                    from.at((first * size) as isize),
                    block.as_ptr(),
                    block.len(),
                    to.at((begin * size) as isize),
                    end - begin,
                );
            }
            Ok(())
        });
    }
    let mut at = 0isize;
    nest.walk::<crate::error::Error>(
        &[src.ptr().cast_mut(), mask.ptr().cast_mut()],
        0..nest.size(),
        |p, n| {
            // SAFETY: the nest stays inside source and mask; at most `count` items are written.
            unsafe {
                let (s, m) = (p[0].cast_const(), p[1].cast_const());
                if let Some(run) = run {
                    let room = (count - at) as usize;
                    at += run(s, m, n as usize, to.offset(at * size as isize), room) as isize;
                    return Ok(());
                }
                for k in 0..n {
                    if *m.offset(k * ms) != 0 && at < count {
                        items::copy(s.offset(k * ss), 0, to.offset(at * step), 0, 1, size, 0);
                        at += 1;
                    }
                }
            }
            Ok(())
        },
    )?;
    if src.dtype().has_objects() {
        for k in 0..at {
            // SAFETY: the first `at` items were copied and are not counted yet.
            unsafe { references::retain_items(src.dtype(), to.offset(k * step), 1) };
        }
    }
    Ok(())
}

/// Stores `values` (shape `(count,)` or one repeated value of stride 0, same dtype) where `mask` is true, in C order.
pub fn expand(dst: &mut ViewMut<'_>, mask: &View<'_>, values: &View<'_>) -> Result<()> {
    let dtype = dst.dtype().clone();
    let size = dtype.itemsize();
    let step = values.strides().first().copied().unwrap_or(0);
    let nest = in_c_order(dst.shape(), &[dst.strides(), mask.strides()]);
    let (ds, ms) = (nest.strides(0)[0], nest.strides(0)[1]);
    let from = values.ptr();
    let mut at = 0isize;
    let counted = dtype.has_objects();
    let base = dst.ptr_mut();
    // Short rows of a large array are looked at as rarely as parts of a long one.
    let watch = Rounds::new((BLOCK as isize / nest.len(0).clamp(1, BLOCK as isize)) as u32);
    nest.walk(&[base, mask.ptr().cast_mut()], 0..nest.size(), |p, n| {
        // SAFETY: the nest stays inside destination and mask; values hold one item for each true element.
        unsafe {
            for k in 0..n {
                if k % BLOCK as isize == 0 {
                    watch.check()?;
                }
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
    })
}
