//! `sort`, `argsort`, `partition`, `argpartition` along an axis.

use numpy_rs_kernels::sort::merge;

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
use crate::layout::{self, Order};
use crate::parallel::{self, SharedPtr};
use crate::references;
use crate::view::{View, ViewMut};

/// Items per block of large work.
const BLOCK: usize = 1 << 14;

/// Which algorithm the caller named; all are stable where that can be seen in places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The fastest.
    #[default]
    Quick,
    /// Without extra memory in NumPy.
    Heap,
    /// Equal items keep their order.
    Stable,
}

impl Kind {
    /// From NumPy's names, of which the first letter counts.
    pub fn from_name(name: &str) -> Result<Self> {
        match name.bytes().next().map(|b| b.to_ascii_lowercase()) {
            Some(b'q') => Ok(Self::Quick),
            Some(b'h') => Ok(Self::Heap),
            Some(b'm' | b's') => Ok(Self::Stable),
            _ => Err(Error::value(format!(
                "sort kind must be one of 'quick', 'heap', or 'stable' (got '{name}')"
            ))),
        }
    }
}

/// Places for a partition: inside `0..n`, rising, each once.
fn places_of(kth: &[isize], n: usize) -> Result<Vec<usize>> {
    let mut places = Vec::with_capacity(kth.len());
    for &k in kth {
        let at = if k < 0 { k + n as isize } else { k };
        // NumPy takes the first place of nothing.
        if at < 0 || at >= (n as isize).max(1) {
            return Err(Error::value(format!("kth(={at}) out of bounds ({n})")));
        }
        places.push(at as usize);
    }
    places.sort_unstable();
    places.dedup();
    Ok(places)
}

/// Sorts along an axis.
pub fn sort_in_place(a: &mut ViewMut<'_>, axis: isize, kind: Kind) -> Result<()> {
    arrange(
        a,
        axis,
        Task::Sort {
            stable: kind == Kind::Stable,
        },
    )
}

/// Sorts partly: the items at `kth` along the axis are where sorting would put them.
pub fn partition(a: &mut ViewMut<'_>, kth: &[isize], axis: isize) -> Result<()> {
    let n = a.shape()[layout::normalize_axis(axis, a.ndim())?] as usize;
    arrange(a, axis, Task::Partition(&places_of(kth, n)?))
}

/// The places of the items in sorted order, an array of `intp` of the same shape.
pub fn argsort(a: &View<'_>, axis: isize, kind: Kind) -> Result<Array> {
    arrange_places(
        a,
        axis,
        Task::Sort {
            stable: kind == Kind::Stable,
        },
    )
}

/// As [`partition`], as places.
pub fn argpartition(a: &View<'_>, kth: &[isize], axis: isize) -> Result<Array> {
    let n = a.shape()[layout::normalize_axis(axis, a.ndim())?] as usize;
    arrange_places(a, axis, Task::Partition(&places_of(kth, n)?))
}

/// Comparisons between two looks for Ctrl-C.
pub(super) const LOOK: u32 = 1 << 10;

/// Lanes of at least this many items are shared by several threads, one after the other.
const LONG: usize = 1 << 20;

/// Runs `f` over lanes, several threads sharing them where they hold much; scratch is made for each block.
fn over_lanes(
    lanes: &Lanes,
    alone: bool,
    scratch: usize,
    f: &(dyn Fn(usize, *mut u8) -> Result<()> + Sync),
) -> Result<()> {
    let per_block = (BLOCK / lanes.len.max(1)).max(1);
    let block = |i: usize| -> Result<()> {
        let room = Buffer::uninit(scratch)?;
        for lane in i * per_block..((i + 1) * per_block).min(lanes.count) {
            f(lane, room.as_ptr())?;
        }
        Ok(())
    };
    let n_blocks = lanes.count.div_ceil(per_block);
    if alone || n_blocks <= 1 || lanes.len >= LONG {
        parallel::in_order(n_blocks, &mut |i| block(i))
    } else {
        parallel::for_each_block(n_blocks, &block)
    }
}

fn arrange(a: &mut ViewMut<'_>, axis: isize, task: Task<'_>) -> Result<()> {
    let lanes = Lanes::new(a.shape(), axis)?;
    if lanes.len <= 1 || lanes.count == 0 {
        return Ok(());
    }
    let dtype = a.dtype().clone();
    let strides = Dims::from_slice(a.strides());
    let stride = lanes.stride(&strides);
    let n = lanes.len;
    let base = SharedPtr::new(a.ptr_mut());
    if let Some(t) = typed::typed(&dtype) {
        let room = n.checked_mul(t.size).ok_or(Error::TooBig)?;
        let ready = lanes::is_ready(base.at(0), stride, &dtype)
            && strides
                .iter()
                .all(|s| (*s as usize).is_multiple_of(dtype.alignment()));
        let stable = matches!(task, Task::Sort { stable: true });
        let need = room * (usize::from(!ready) + usize::from(stable));
        return over_lanes(&lanes, false, need, &|lane, scratch| {
            let at = base.at(lanes.offset(lane, &strides));
            // SAFETY: lanes lie inside the view, one block has each; scratch holds the lane and as much again.
            unsafe {
                let lane = if ready { at } else { scratch };
                if !ready {
                    lanes::load_long(at, stride, lane, n, &dtype)?;
                }
                match t.digits.filter(|_| n >= digits::FROM) {
                    Some(digits) => digits::arrange_items(&digits, lane, n, task)?,
                    None if n >= runs::FROM && matches!(task, Task::Sort { .. }) => {
                        runs::sort_items(&t, lane, n, stable)?;
                    }
                    None => {
                        let spare = scratch.wrapping_add(if ready { 0 } else { room });
                        (t.in_place)(lane, n, task, spare);
                    }
                }
                if !ready {
                    lanes::store_long(lane, at, stride, n, &dtype)?;
                }
            }
            Ok(())
        });
    }
    let size = dtype.itemsize();
    if size == 0 {
        return Ok(());
    }
    let order = ItemOrder::new(&dtype)?;
    let counted = dtype.has_objects();
    let held = Lane {
        dtype: &dtype,
        n,
        order: &order,
    };
    let need = held.scratch_size()?;
    over_lanes(
        &lanes,
        order.has_objects() || counted,
        need,
        &|lane, scratch| {
            let at = base.at(lanes.offset(lane, &strides));
            // SAFETY: the lane lies inside the view; scratch has the size that was asked for.
            unsafe {
                held.load(at, stride, scratch);
                let mut sorted = held.sort(scratch);
                if sorted.is_ok() && !counted {
                    sorted = held.store(scratch, at, stride);
                } else if sorted.is_ok() {
                    let places = held.places(scratch);
                    for k in 0..n {
                        let from = scratch.add(*places.add(k) as usize * size);
                        let slot = at.offset(k as isize * stride);
                        references::retain_items(&dtype, from, 1);
                        references::release_items(&dtype, slot, 1);
                        std::ptr::copy_nonoverlapping(from, slot, size);
                    }
                }
                held.drop_items(scratch);
                sorted
            }
        },
    )
}

/// A lane of items that only a comparison orders: a copy of it, its places, and room for the merge sort.
struct Lane<'a> {
    dtype: &'a DType,
    n: usize,
    order: &'a ItemOrder,
}

impl Lane<'_> {
    fn items_size(&self) -> usize {
        (self.n * self.dtype.itemsize()).next_multiple_of(16)
    }

    fn scratch_size(&self) -> Result<usize> {
        let item = self.dtype.itemsize() + 2 * size_of::<isize>();
        let all = self
            .n
            .checked_mul(item)
            .and_then(|x| x.checked_add(64))
            .ok_or(Error::TooBig)?;
        Ok(all)
    }

    unsafe fn places(&self, scratch: *mut u8) -> *mut isize {
        // SAFETY: the places follow the items.
        unsafe { scratch.add(self.items_size()).cast() }
    }

    /// Copies the lane as it is stored; objects are held, since comparing them may change the array.
    unsafe fn load(&self, src: *const u8, stride: isize, scratch: *mut u8) {
        let size = self.dtype.itemsize();
        // SAFETY: promised by the caller.
        unsafe {
            crate::items::copy(
                src,
                stride,
                scratch,
                size as isize,
                self.n as isize,
                size,
                0,
            );
            if self.dtype.has_objects() {
                references::retain_items(self.dtype, scratch, self.n);
            }
        }
    }

    /// Puts the loaded items into the lane in the order of their places; nothing is put there if that is interrupted.
    unsafe fn store(&self, scratch: *mut u8, dst: *mut u8, stride: isize) -> Result<()> {
        let size = self.dtype.itemsize();
        let room = lanes::scratch(self.n, size)?;
        let watch = (!parallel::is_inside()).then(|| Rounds::new(LOOK));
        // SAFETY: places of the loaded items, room for as many, and the lane that they came from.
        unsafe {
            let places = self.places(scratch);
            for k in 0..self.n {
                if let Some(watch) = &watch {
                    watch.check()?;
                }
                let from = scratch.add(*places.add(k) as usize * size);
                std::ptr::copy_nonoverlapping(from, room.as_ptr().add(k * size), size);
            }
            let step = size as isize;
            crate::items::copy(room.as_ptr(), step, dst, stride, self.n as isize, size, 0);
        }
        Ok(())
    }

    unsafe fn drop_items(&self, scratch: *mut u8) {
        if self.dtype.has_objects() {
            // SAFETY: the references taken in `load`.
            unsafe { references::release_items(self.dtype, scratch, self.n) };
        }
    }

    /// Sorts the places of the loaded items; the first error of a comparison ends the work.
    unsafe fn sort(&self, scratch: *mut u8) -> Result<()> {
        let (n, size) = (self.n, self.dtype.itemsize());
        let watch = (!parallel::is_inside()).then(|| Rounds::new(LOOK));
        // SAFETY: both runs of places fit the scratch and are filled before they are seen as slices.
        unsafe {
            let places = self.places(scratch);
            for k in 0..2 * n {
                places.add(k).write((k % n) as isize);
            }
            let (places, spare) = (
                std::slice::from_raw_parts_mut(places, n),
                std::slice::from_raw_parts_mut(places.add(n), n),
            );
            merge::try_sort(places, spare, &mut |a: isize, b: isize| {
                if let Some(watch) = &watch {
                    watch.check()?;
                }
                let at = |i: isize| scratch.cast_const().add(i as usize * size);
                self.order.before(at(a), at(b))
            })
        }
    }
}

fn arrange_places(a: &View<'_>, axis: isize, task: Task<'_>) -> Result<Array> {
    let lanes = Lanes::new(a.shape(), axis)?;
    let whole = Array::empty(index_dtype(), a.shape(), Order::C)?;
    let strides = layout::strides_like(
        Order::K,
        a.shape(),
        a.strides(),
        size_of::<isize>(),
        a.dtype().itemsize(),
    );
    // SAFETY: a permutation of contiguous strides reaches the same bytes.
    let mut out = unsafe { whole.relayout(0, index_dtype(), Dims::from_slice(a.shape()), strides) };
    drop(whole);
    if lanes.count == 0 || lanes.len == 0 {
        return Ok(out);
    }
    let out_strides = Dims::from_slice(out.strides());
    let target = SharedPtr::new(out.view_mut()?.ptr_mut());
    let (dtype, n) = (a.dtype(), lanes.len);
    let stride = lanes.stride(a.strides());
    let out_step = lanes.stride(&out_strides);
    let word = size_of::<isize>();
    let a_strides = Dims::from_slice(a.strides());
    let base = SharedPtr::new(a.ptr());
    // SAFETY: each lane of the result is written by one block, from places that follow each other.
    let write = |lane: usize, places: *const isize| unsafe {
        let to = target.at(lanes.offset(lane, &out_strides));
        crate::items::copy(
            places.cast(),
            word as isize,
            to,
            out_step,
            n as isize,
            word,
            0,
        );
    };
    if let Some(t) = typed::typed(dtype) {
        let sizes = Sizes::new(&t, n)?;
        let ready = lanes::is_ready(base.at(0), stride, dtype)
            && a_strides
                .iter()
                .all(|s| (*s as usize).is_multiple_of(dtype.alignment()));
        over_lanes(&lanes, false, sizes.total(), &|lane, scratch| {
            let at = base.at(lanes.offset(lane, &a_strides));
            // SAFETY: scratch has room for the pairs, the lane and its places, in this order.
            unsafe {
                let (items, places) = (
                    scratch.add(sizes.pairs),
                    scratch.add(sizes.pairs + sizes.items).cast::<isize>(),
                );
                let from = if ready { at } else { items };
                if !ready {
                    lanes::load_long(at, stride, from, n, dtype)?;
                }
                match t.digits.filter(|_| n >= digits::FROM) {
                    Some(digits) => {
                        let to = target.at(lanes.offset(lane, &out_strides));
                        let direct = out_step == word as isize;
                        let places = if direct { to.cast() } else { places };
                        digits::arrange_places(&digits, from, n, task, places)?;
                        if !direct {
                            write(lane, places);
                        }
                    }
                    None if n >= runs::FROM && matches!(task, Task::Sort { .. }) => {
                        runs::sort_places(&t, from, n, places)?;
                        write(lane, places);
                    }
                    None => {
                        (t.places)(from, n, task, scratch, places);
                        write(lane, places);
                    }
                }
            }
            Ok(())
        })?;
        return Ok(out);
    }
    let order = ItemOrder::new(dtype)?;
    let held = Lane {
        dtype,
        n,
        order: &order,
    };
    over_lanes(
        &lanes,
        order.has_objects() || dtype.has_objects(),
        held.scratch_size()?,
        &|lane, scratch| {
            let at = base.at(lanes.offset(lane, &a_strides));
            // SAFETY: the lane lies inside the view; scratch has the size that was asked for.
            unsafe {
                held.load(at, stride, scratch);
                let sorted = held.sort(scratch);
                if sorted.is_ok() {
                    write(lane, held.places(scratch));
                }
                held.drop_items(scratch);
                sorted
            }
        },
    )?;
    Ok(out)
}

/// Bytes of scratch for the places of numbers.
pub(super) struct Sizes {
    pub(super) pairs: usize,
    pub(super) items: usize,
    pub(super) places: usize,
}

impl Sizes {
    pub(super) fn new(t: &Typed, n: usize) -> Result<Self> {
        let one = t.placed_size + t.size + size_of::<isize>();
        n.checked_mul(one)
            .and_then(|x| x.checked_add(64))
            .ok_or(Error::TooBig)?;
        Ok(Self {
            pairs: (n * t.placed_size).next_multiple_of(16),
            items: (n * t.size).next_multiple_of(16),
            places: n * size_of::<isize>(),
        })
    }

    pub(super) fn total(&self) -> usize {
        self.pairs + self.items + self.places
    }
}
