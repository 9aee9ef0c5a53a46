//! `lexsort`: places sorted by several keys, the last key first in rank.

use numpy_rs_kernels::sort::merge;

use super::arrange::Sizes;
use super::lanes::{self, Lanes};
use super::order::ItemOrder;
use super::typed;
use crate::array::Array;
use crate::buffer::Buffer;
use crate::dims::Dims;
use crate::error::{Error, Result};
use crate::index::mask::index_dtype;
use crate::layout::Order;
use crate::references;
use crate::view::View;

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
    for lane in 0..lanes.count {
        for (k, p) in places.iter_mut().enumerate() {
            *p = k as isize;
        }
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
    let mut failed = None;
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
        merge::sort(places, spare, &mut |a: isize, b: isize| {
            let item = |i: isize| held.as_ptr().cast_const().add(i as usize * size);
            failed.is_none()
                && order.before(item(a), item(b)).unwrap_or_else(|e| {
                    failed = Some(e);
                    false
                })
        });
        references::release_items(
            dtype,
            held.as_ptr(),
            if dtype.has_objects() { n } else { 0 },
        );
    }
    failed.map_or(Ok(()), Err)
}
