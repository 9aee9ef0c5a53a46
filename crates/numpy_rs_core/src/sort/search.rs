//! `searchsorted`: where values belong in a sorted array.

pub use numpy_rs_kernels::sort::search::Side;
use numpy_rs_kernels::sort::search::first_place;

use super::order::ItemOrder;
use super::typed;
use crate::array::Array;
use crate::cast::Casting;
use crate::copy;
use crate::dtype::{ByteOrder, DType};
use crate::error::{Error, Result};
use crate::index::mask::index_dtype;
use crate::index::take::{self, Mode};
use crate::layout::Order;
use crate::parallel::{self, SharedPtr};
use crate::view::View;

/// Keys per block of large work.
const BLOCK: usize = 1 << 13;

/// The side of NumPy's words, of which the first letter counts.
pub fn side_from_name(name: &str) -> Result<Side> {
    match name.bytes().next() {
        Some(b'l' | b'L') => Ok(Side::Left),
        Some(b'r' | b'R') => Ok(Side::Right),
        _ => Err(Error::value(format!(
            "search side must be 'left' or 'right' (got '{name}')"
        ))),
    }
}

/// For each of `keys` the place in `sorted` (1-d) in front of which it belongs; both are converted to `dtype`.
/// `sorter` (`intp`, 1-d) gives the places that sort `sorted`.
pub fn searchsorted(
    sorted: &View<'_>,
    keys: &View<'_>,
    dtype: &DType,
    side: Side,
    sorter: Option<&View<'_>>,
) -> Result<Array> {
    if sorted.ndim() != 1 {
        return Err(Error::Value {
            what: "object too deep for desired array",
        });
    }
    let dtype = dtype.clone().with_byte_order(ByteOrder::Native);
    let ready = |v: &View<'_>| {
        v.dtype().num() == dtype.num()
            && v.dtype().is_equivalent(&dtype)
            && v.is_c_contiguous()
            && v.is_aligned()
    };
    let (held_sorted, held_keys, arranged);
    let mut items = sorted.clone();
    if let Some(sorter) = sorter {
        if sorter.ndim() != 1 {
            return Err(Error::Value {
                what: "object too deep for desired array",
            });
        }
        if sorter.size() != sorted.size() {
            return Err(Error::Value {
                what: "sorter.size must equal a.size",
            });
        }
        let outside = Error::Value {
            what: "Sorter index out of range.",
        };
        let indices = take::as_indices(sorter, Casting::SameKind)?;
        // SAFETY: contiguous native indices.
        let list = unsafe {
            std::slice::from_raw_parts(indices.view().ptr().cast::<isize>(), indices.size())
        };
        if list.iter().any(|&i| i < 0 || i >= sorted.size() as isize) {
            return Err(outside);
        }
        arranged = take::take(sorted, &indices.view(), Some(0), Mode::Raise)?;
        items = arranged.view();
    }
    if !ready(&items) {
        held_sorted = copy::cast_to(&items, &dtype, Order::C, Casting::Unsafe)?.0;
        items = held_sorted.view();
    }
    let mut wanted = keys.clone();
    if !ready(keys) {
        held_keys = copy::cast_to(keys, &dtype, Order::C, Casting::Unsafe)?.0;
        wanted = held_keys.view();
    }
    let mut out = Array::empty(index_dtype(), keys.shape(), Order::C)?;
    let (n, n_keys, size) = (items.size(), wanted.size(), dtype.itemsize());
    let to = SharedPtr::new(out.view_mut()?.ptr_mut());
    let (from, by) = (SharedPtr::new(items.ptr()), SharedPtr::new(wanted.ptr()));
    if let Some(t) = typed::typed(&dtype) {
        let word = size_of::<isize>();
        parallel::for_each_block(n_keys.div_ceil(BLOCK), &|i| {
            let first = i * BLOCK;
            let len = BLOCK.min(n_keys - first);
            // SAFETY: contiguous lanes of the dtype; each block writes its own places.
            unsafe {
                let out = to.at((first * word) as isize).cast::<isize>();
                (t.search)(
                    from.at(0),
                    n,
                    by.at((first * size) as isize),
                    len,
                    side,
                    out,
                );
            }
            Ok(())
        })?;
        return Ok(out);
    }
    let order = ItemOrder::new(&dtype)?;
    for k in 0..n_keys {
        let mut failed = None;
        let key = by.at((k * size) as isize);
        let place = first_place(n, |i| {
            if failed.is_some() {
                return false;
            }
            let item = from.at((i * size) as isize);
            // SAFETY: both are items of the dtype.
            let answer = unsafe {
                match side {
                    Side::Left => order.before(item, key),
                    Side::Right => order.before(key, item).map(|b| !b),
                }
            };
            answer.unwrap_or_else(|e| {
                failed = Some(e);
                false
            })
        });
        if let Some(e) = failed {
            return Err(e);
        }
        // SAFETY: one place for each key.
        unsafe { to.at(0).cast::<isize>().add(k).write(place as isize) };
    }
    Ok(out)
}
