//! Where the largest or smallest item of each lane is: `argmax` and `argmin`.

use super::lanes::{self, Lanes};
use super::order::ItemOrder;
use super::typed;
use crate::array::Array;
use crate::buffer::Buffer;
use crate::dims::Dims;
use crate::error::{Error, Result};
use crate::index::mask::index_dtype;
use crate::interrupt::Patience;
use crate::layout::Order;
use crate::view::View;

/// Positions along `axis`, an array of `intp` without that axis. The first of equal items counts; NaN and
/// not-a-time count as extreme.
pub fn arg_extreme(a: &View<'_>, axis: usize, largest: bool) -> Result<Array> {
    let lanes = Lanes::new(a.shape(), axis as isize)?;
    let mut shape = Dims::from_slice(a.shape());
    shape.remove(axis);
    if lanes.len == 0 {
        return Err(Error::value(format!(
            "attempt to get {} of an empty sequence",
            if largest { "argmax" } else { "argmin" }
        )));
    }
    let mut out = Array::empty(index_dtype(), &shape, Order::C)?;
    if lanes.count == 0 {
        return Ok(out);
    }
    let to = out.view_mut()?.ptr_mut().cast::<isize>();
    let (dtype, n) = (a.dtype(), lanes.len);
    let stride = lanes.stride(a.strides());
    let patience = Patience::new();
    if let Some(t) = typed::typed(dtype) {
        let mut held = None;
        for lane in 0..lanes.count {
            let from = a.ptr().wrapping_offset(lanes.offset(lane, a.strides()));
            // SAFETY: the lane lies inside the view; where it is not as kernels want it, a copy is.
            unsafe {
                let place = if lanes::is_ready(from, stride, dtype) {
                    (t.extreme)(from, n, largest)
                } else {
                    if held.is_none() {
                        held = Some(lanes::scratch(n, t.size)?);
                    }
                    let copy = held.as_ref().map_or(std::ptr::null_mut(), Buffer::as_ptr);
                    lanes::load(from, stride, copy, n, dtype);
                    (t.extreme)(copy, n, largest)
                };
                to.add(lane).write(place as isize);
            }
            patience.check()?;
        }
        return Ok(out);
    }
    let order = ItemOrder::new(dtype)?;
    for lane in 0..lanes.count {
        let from = a.ptr().wrapping_offset(lanes.offset(lane, a.strides()));
        let mut best = 0isize;
        for i in 1..n as isize {
            // SAFETY: both items lie in the lane.
            let better = unsafe {
                let (x, y) = (from.offset(i * stride), from.offset(best * stride));
                if largest {
                    order.before(y, x)?
                } else {
                    order.before(x, y)?
                }
            };
            if better {
                best = i;
            }
        }
        // SAFETY: one place for each lane.
        unsafe { to.add(lane).write(best) };
        patience.check()?;
    }
    Ok(out)
}
