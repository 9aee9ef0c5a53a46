//! The kernels that sort a machine type, found from a dtype.

use numpy_rs_elements::{Bool, Complex, LongDouble, f16};
use numpy_rs_kernels::conversion::Machine;
use numpy_rs_kernels::isa;
use numpy_rs_kernels::sort::extreme::place_of_extreme;
use numpy_rs_kernels::sort::key::{Key, Tick};
use numpy_rs_kernels::sort::lane::{self, Placed};
use numpy_rs_kernels::sort::merge;
use numpy_rs_kernels::sort::radix::{self, Steps};
use numpy_rs_kernels::sort::search::{self, Side};

use crate::cast::convert::machine;
use crate::dtype::DType;

/// What to do to a lane.
#[derive(Clone, Copy, Debug)]
pub enum Task<'a> {
    /// Sort it.
    Sort {
        /// Whether equal items keep their order.
        stable: bool,
    },
    /// Put the items at these rising places where sorting would.
    Partition(&'a [usize]),
}

/// The kernels of a machine type that is sorted by digits.
#[derive(Clone, Copy, Debug)]
pub struct Digits {
    /// The steps that sort items.
    pub items: fn() -> Steps,
    /// The steps that sort the places of so many items.
    pub places: fn(usize) -> Steps,
    /// Moves the items that sort last behind the others, and gives how many the others are.
    pub split_last: unsafe fn(items: *mut u8, n: usize) -> usize,
}

/// What merges parts of two sorted runs: `(left, n_left, right, n_right, from, n, out)` writes items `from..from + n`.
pub type MergeFn =
    unsafe fn(*const u8, usize, *const u8, usize, from: usize, n: usize, out: *mut u8);

/// The kernels of one machine type. Lanes are aligned, native and contiguous.
#[derive(Clone, Copy, Debug)]
pub struct Typed {
    /// Bytes of one item.
    pub size: usize,
    /// Bytes of one item with its place.
    pub placed_size: usize,
    /// Whether the first comes before the second.
    pub before: unsafe fn(*const u8, *const u8) -> bool,
    /// Works on `n` items in place; `scratch` has room for as many if the task is a stable sort.
    pub in_place: unsafe fn(items: *mut u8, n: usize, task: Task<'_>, scratch: *mut u8),
    /// Writes the places of `n` items in order; `scratch` has room for them with their places.
    pub places:
        unsafe fn(items: *const u8, n: usize, task: Task<'_>, scratch: *mut u8, out: *mut isize),
    /// Reorders `places` stably by the items they name; scratch as for `places`.
    pub refine: unsafe fn(items: *const u8, n: usize, places: *mut isize, scratch: *mut u8),
    /// The place of the largest or smallest of `n` items, at least one.
    pub extreme: unsafe fn(items: *const u8, n: usize, largest: bool) -> usize,
    /// Searches `n_keys` keys among `n` sorted items.
    pub search: unsafe fn(
        items: *const u8,
        n: usize,
        keys: *const u8,
        n_keys: usize,
        side: Side,
        out: *mut isize,
    ),
    /// Merges runs of items.
    pub merge: MergeFn,
    /// Merges runs of items with their places.
    pub merge_placed: MergeFn,
    /// Makes items with their places of `n` items, of which the first has the place `first`, and sorts them.
    pub place: unsafe fn(items: *const u8, first: usize, n: usize, placed: *mut u8),
    /// The places of `n` items with their places.
    pub unplace: unsafe fn(placed: *const u8, n: usize, out: *mut isize),
    /// The kernels that sort by digits, where there are any.
    pub digits: Option<Digits>,
}

/// The kernels of a dtype of numbers or ticks.
pub fn typed(dtype: &DType) -> Option<Typed> {
    if matches!(dtype.kind(), b'M' | b'm') {
        return Some(by_digits::<Tick>());
    }
    Some(match machine(dtype.num())? {
        Machine::Bool => of::<Bool>(),
        Machine::I8 => of::<i8>(),
        Machine::U8 => of::<u8>(),
        Machine::I16 => by_digits::<i16>(),
        Machine::U16 => by_digits::<u16>(),
        Machine::I32 => by_digits::<i32>(),
        Machine::U32 => by_digits::<u32>(),
        Machine::I64 => by_digits::<i64>(),
        Machine::U64 => by_digits::<u64>(),
        Machine::F16 => by_digits::<f16>(),
        Machine::F32 => by_digits::<f32>(),
        Machine::F64 => by_digits::<f64>(),
        Machine::LongDouble => of::<LongDouble>(),
        Machine::C64 => of::<Complex<f32>>(),
        Machine::C128 => of::<Complex<f64>>(),
        Machine::CLongDouble => of::<Complex<LongDouble>>(),
    })
}

fn of<T: Key>() -> Typed {
    Typed {
        size: size_of::<T>(),
        placed_size: size_of::<Placed<T>>(),
        before: before::<T>,
        in_place: in_place::<T>,
        places: places::<T>,
        refine: refine::<T>,
        extreme: extreme::<T>,
        search: search_lane::<T>,
        merge: merge_runs::<T>,
        merge_placed: merge_placed_runs::<T>,
        place: place::<T>,
        unplace: unplace::<T>,
        digits: None,
    }
}

unsafe fn merge_runs<T: Key>(
    left: *const u8,
    n_left: usize,
    right: *const u8,
    n_right: usize,
    from: usize,
    n: usize,
    out: *mut u8,
) {
    // SAFETY: runs and room as the table says; every item of the part is written before it is seen.
    unsafe {
        merge::merge_part(
            std::slice::from_raw_parts(left.cast::<T>(), n_left),
            std::slice::from_raw_parts(right.cast::<T>(), n_right),
            from,
            std::slice::from_raw_parts_mut(out.cast::<T>(), n),
            |a, b| a.before(*b),
        );
    }
}

unsafe fn merge_placed_runs<T: Key>(
    left: *const u8,
    n_left: usize,
    right: *const u8,
    n_right: usize,
    from: usize,
    n: usize,
    out: *mut u8,
) {
    // SAFETY: as above. The left run has the lower places, so that a stable merge keeps them in order.
    unsafe {
        merge::merge_part(
            std::slice::from_raw_parts(left.cast::<Placed<T>>(), n_left),
            std::slice::from_raw_parts(right.cast::<Placed<T>>(), n_right),
            from,
            std::slice::from_raw_parts_mut(out.cast::<Placed<T>>(), n),
            |a, b| a.key.before(b.key),
        );
    }
}

unsafe fn place<T: Key>(items: *const u8, first: usize, n: usize, placed: *mut u8) {
    // SAFETY: lanes as the table says.
    unsafe {
        let (items, placed) = (items.cast::<T>(), placed.cast::<Placed<T>>());
        for i in 0..n {
            placed.add(i).write(Placed {
                key: items.add(i).read(),
                at: (first + i) as isize,
            });
        }
        lane::sort_placed(std::slice::from_raw_parts_mut(placed, n));
    }
}

unsafe fn unplace<T: Key>(placed: *const u8, n: usize, out: *mut isize) {
    // SAFETY: lanes as the table says.
    unsafe {
        for i in 0..n {
            out.add(i)
                .write(placed.cast::<Placed<T>>().add(i).read().at);
        }
    }
}

fn by_digits<T: radix::Digits>() -> Typed {
    Typed {
        digits: Some(Digits {
            items: Steps::of_items::<T>,
            places: Steps::of_places::<T>,
            split_last: split_last::<T>,
        }),
        ..of::<T>()
    }
}

unsafe fn split_last<T: Key>(items: *mut u8, n: usize) -> usize {
    // SAFETY: a lane as the table says.
    lane::split_last(unsafe { std::slice::from_raw_parts_mut(items.cast::<T>(), n) })
}

unsafe fn before<T: Key>(a: *const u8, b: *const u8) -> bool {
    // SAFETY: aligned native items, as the table says.
    unsafe { a.cast::<T>().read().before(b.cast::<T>().read()) }
}

unsafe fn in_place<T: Key>(items: *mut u8, n: usize, task: Task<'_>, scratch: *mut u8) {
    // SAFETY: lanes as the table says; scratch is filled before it is seen as items.
    unsafe {
        let lane = std::slice::from_raw_parts_mut(items.cast::<T>(), n);
        match task {
            Task::Sort { stable: true } if !T::EXACT => {
                std::ptr::copy_nonoverlapping(items.cast::<T>(), scratch.cast::<T>(), n);
                lane::sort_stable(lane, std::slice::from_raw_parts_mut(scratch.cast::<T>(), n));
            }
            Task::Sort { .. } => lane::sort(lane),
            Task::Partition(at) => lane::partition(lane, at),
        }
    }
}

unsafe fn places<T: Key>(
    items: *const u8,
    n: usize,
    task: Task<'_>,
    scratch: *mut u8,
    out: *mut isize,
) {
    // SAFETY: as above.
    unsafe {
        let (items, placed) = (items.cast::<T>(), scratch.cast::<Placed<T>>());
        for i in 0..n {
            placed.add(i).write(Placed {
                key: items.add(i).read(),
                at: i as isize,
            });
        }
        let all = std::slice::from_raw_parts_mut(placed, n);
        match task {
            Task::Sort { .. } => lane::sort_placed(all),
            Task::Partition(at) => lane::partition_placed(all, at),
        }
        for (i, p) in all.iter().enumerate() {
            out.add(i).write(p.at);
        }
    }
}

unsafe fn refine<T: Key>(items: *const u8, n: usize, places: *mut isize, scratch: *mut u8) {
    // SAFETY: as above; the places are those of items. `at` is the rank so far, so that ties keep it.
    unsafe {
        let (items, placed) = (items.cast::<T>(), scratch.cast::<Placed<T>>());
        for k in 0..n {
            placed.add(k).write(Placed {
                key: items.offset(*places.add(k)).read(),
                at: k as isize,
            });
        }
        let all = std::slice::from_raw_parts_mut(placed, n);
        lane::sort_placed(all);
        for p in all.iter_mut() {
            p.at = *places.offset(p.at);
        }
        for (k, p) in all.iter().enumerate() {
            places.add(k).write(p.at);
        }
    }
}

unsafe fn extreme<T: Key>(items: *const u8, n: usize, largest: bool) -> usize {
    // SAFETY: lanes as the table says.
    unsafe { place_of_extreme::<T>(isa::best())(items.cast(), n, largest) }
}

unsafe fn search_lane<T: Key>(
    items: *const u8,
    n: usize,
    keys: *const u8,
    n_keys: usize,
    side: Side,
    out: *mut isize,
) {
    // SAFETY: as above; `out` has room for a place for each key.
    unsafe { search::places::<T>(items.cast(), n, keys.cast(), n_keys, side, out) }
}
