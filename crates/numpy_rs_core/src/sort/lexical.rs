//! `lexsort`: places sorted by several keys, the last key first in rank.

use numpy_rs_kernels::sort::merge;

use super::arrange::{LOOK, Sizes};
use super::digits;
use super::lanes::{self, Lanes};
use super::order::ItemOrder;
use super::runs;
use super::typed::{self, Task, Typed};
use crate::array::Array;
use crate::buffer::Buffer;
use crate::dims::Dims;
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::index::mask::index_dtype;
use crate::interrupt::Rounds;
use crate::layout::Order;
use crate::parallel::{self, SharedPtr};
use crate::references;
use crate::view::View;

/// Items per block of large work.
const BLOCK: usize = 1 << 16;

/// The places that sort all keys together along an axis: `intp` of the shape of the keys.
pub fn lexsort(keys: &[View<'_>], axis: isize) -> Result<Array> {
    let Some(first) = keys.first() else {
        return Err(Error::Type {
            what: "need sequence of keys with len > 0 in lexsort",
        });
    };
    if keys.iter().any(|k| k.shape() != first.shape()) {
        return Err(Error::Value {
            what: "all keys need to be the same shape",
        });
    }
    let mut out = Array::zeros(index_dtype(), first.shape(), Order::C)?;
    if first.ndim() == 0 {
        return Ok(out);
    }
    let lanes = Lanes::new(first.shape(), axis)?;
    let n = lanes.len;
    let strides = Dims::from_slice(out.strides());
    let target = out.view_mut()?.ptr_mut();
    if n == 0 || lanes.count == 0 {
        return Ok(out);
    }
    let word = size_of::<isize>();
    let room = Buffer::zeroed(n.checked_mul(2 * word).ok_or(Error::TooBig)?)?;
    // SAFETY: zeroed memory for two runs of places.
    let (places, spare) = unsafe {
        let at = room.as_ptr().cast::<isize>();
        (
            std::slice::from_raw_parts_mut(at, n),
            std::slice::from_raw_parts_mut(at.add(n), n),
        )
    };
    let watch = Rounds::new(if n < 64 { 64 } else { 1 });
    for lane in 0..lanes.count {
        for (k, p) in places.iter_mut().enumerate() {
            *p = k as isize;
        }
        watch.check()?;
        for key in keys {
            refine(key, &lanes, lane, places, spare)?;
        }
        // SAFETY: the lane lies inside the result.
        unsafe {
            let to = target.wrapping_offset(lanes.offset(lane, &strides));
            crate::items::copy(
                places.as_ptr().cast(),
                word as isize,
                to,
                lanes.stride(&strides),
                n as isize,
                word,
                0,
            );
        }
    }
    Ok(out)
}

/// Reorders places stably by one key.
fn refine(
    key: &View<'_>,
    lanes: &Lanes,
    lane: usize,
    places: &mut [isize],
    spare: &mut [isize],
) -> Result<()> {
    let (dtype, n) = (key.dtype(), lanes.len);
    let at = key.ptr().wrapping_offset(lanes.offset(lane, key.strides()));
    let stride = lanes.stride(key.strides());
    if let Some(t) = typed::typed(dtype) {
        if n >= runs::FROM {
            // SAFETY: the lane lies inside the key, the places are those of its items.
            return unsafe { refine_long(&t, dtype, at, stride, places, spare) };
        }
        let sizes = Sizes::new(&t, n)?;
        let scratch = Buffer::uninit(sizes.total())?;
        // SAFETY: scratch has room for the pairs and then the lane.
        unsafe {
            let items = scratch.as_ptr().add(sizes.pairs);
            lanes::load(at, stride, items, n, dtype);
            (t.refine)(items, n, places.as_mut_ptr(), scratch.as_ptr());
        }
        return Ok(());
    }
    let order = ItemOrder::new(dtype)?;
    let size = dtype.itemsize();
    let held = lanes::scratch(n, size)?;
    let watch = Rounds::new(LOOK);
    // SAFETY: the lane lies inside the key; its objects are held while they are compared.
    unsafe {
        crate::items::copy(
            at,
            stride,
            held.as_ptr(),
            size as isize,
            n as isize,
            size,
            0,
        );
        references::retain_items(
            dtype,
            held.as_ptr(),
            if dtype.has_objects() { n } else { 0 },
        );
        let sorted = merge::try_sort(places, spare, &mut |a: isize, b: isize| {
            watch.check()?;
            let item = |i: isize| held.as_ptr().cast_const().add(i as usize * size);
            order.before(item(a), item(b))
        });
        references::release_items(
            dtype,
            held.as_ptr(),
            if dtype.has_objects() { n } else { 0 },
        );
        sorted
    }
}

/// As [`refine`], for a long lane of numbers: all steps come in blocks, between which Ctrl-C is noticed.
unsafe fn refine_long(
    t: &Typed,
    dtype: &DType,
    at: *const u8,
    stride: isize,
    places: &mut [isize],
    spare: &mut [isize],
) -> Result<()> {
    let (n, size, word) = (places.len(), t.size, size_of::<isize>());
    let (held, picked) = (lanes::scratch(n, size)?, lanes::scratch(n, size)?);
    let order = lanes::scratch(n, word)?;
    let [items, ranked, order] = [&held, &picked, &order].map(|b| SharedPtr::new(b.as_ptr()));
    let [places, spare] = [places, spare].map(|p| SharedPtr::new(p.as_ptr().cast()));
    let word_at = |p: SharedPtr, i: usize| p.at((i * word) as isize).cast::<isize>();
    let over = |f: &(dyn Fn(usize) + Sync)| {
        parallel::for_each_block(n.div_ceil(BLOCK), &|b| {
            (b * BLOCK..n.min((b + 1) * BLOCK)).for_each(f);
            Ok(())
        })
    };
    // SAFETY: the lane lies inside the key and places name its items; every block writes its own part of what is read
    // later. The ranks so far follow each other, so that a stable sort keeps ties in them.
    unsafe {
        lanes::load_long(at, stride, items.at(0), n, dtype)?;
        over(&|k| {
            let from = items.at(*word_at(places, k) * size as isize);
            std::ptr::copy_nonoverlapping(from, ranked.at((k * size) as isize), size);
        })?;
        let by_rank = word_at(order, 0);
        match &t.digits {
            Some(digits) => {
                let task = Task::Sort { stable: true };
                digits::arrange_places(digits, ranked.at(0), n, task, by_rank)?;
            }
            None => runs::sort_places(t, ranked.at(0), n, by_rank)?,
        }
        over(&|k| *word_at(spare, k) = *word_at(places, *word_at(order, k) as usize))?;
        over(&|k| *word_at(places, k) = *word_at(spare, k))
    }
}
