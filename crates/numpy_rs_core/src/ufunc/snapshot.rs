//! Copies of operands that share memory with an output in a way that the walk would notice.

use crate::array::Array;
use crate::error::Result;
use crate::iter::nest::Nest;
use crate::layout::Order;
use crate::references;
use crate::view::{View, ViewMut};

/// A copy of a view in memory of its own, without gaps.
pub(super) fn snapshot(view: &View<'_>) -> Result<Array> {
    let mut copy = Array::empty(view.dtype().clone(), view.shape(), Order::C)?;
    {
        let mut to = copy.view_mut()?;
        // SAFETY: the copy is fresh, so its references are null and it shares nothing.
        unsafe { copy_items(view, &mut to) };
    }
    Ok(copy)
}

/// Copies items of one dtype and shape, taking references for the new place and dropping those it held.
///
/// # Safety
///
/// The views have equal dtypes and shapes, and do not share memory.
pub(super) unsafe fn copy_items(from: &View<'_>, to: &mut ViewMut<'_>) {
    let itemsize = from.dtype().itemsize();
    let counted = from.dtype().has_objects();
    let base = [from.ptr().cast_mut(), to.ptr_mut()];
    let strides = [from.strides(), to.strides()];
    let nest = Nest::new(from.shape(), 2, |op, axis| strides[op][axis]);
    let lane = [nest.strides(0)[0], nest.strides(0)[1]];
    let packed = !counted && lane == [itemsize as isize; 2];
    let copied: std::result::Result<(), ()> = nest.walk(&base, 0..nest.size(), |p, n| {
        // SAFETY: the walk stays inside both views, as the caller promised.
        unsafe {
            if packed {
                std::ptr::copy_nonoverlapping(p[0], p[1], n as usize * itemsize);
                return Ok(());
            }
            for k in 0..n {
                let (s, d) = (p[0].offset(k * lane[0]), p[1].offset(k * lane[1]));
                if counted {
                    references::retain_items(from.dtype(), s, 1);
                    references::release_items(from.dtype(), d, 1);
                }
                std::ptr::copy_nonoverlapping(s, d, itemsize);
            }
        }
        Ok(())
    });
    debug_assert!(copied.is_ok());
}
