//! Sorting by digits: numbers become unsigned keys of the same order, with or without the place they came from.
//!
//! A part is spread over 256 buckets by the highest byte in which its keys differ, and each bucket again, until few
//! items or few bytes are left. Nothing here compares more than a handful of items, and every step keeps the order of
//! equal keys.

use std::cmp::Ordering;

use numpy_rs_elements::f16;

use super::key::{Key, Tick};
use crate::isa::{best, per_isa};

/// Buckets of one step.
pub const BUCKETS: usize = 256;
/// Parts that are sorted by comparisons.
const FEW: usize = 40;
/// Buckets of one step inside a part at most: their ends fit the fastest memory.
const MOST_BUCKETS: usize = 2048;

/// Numbers that have keys.
pub trait Digits: Key {
    /// A key that nothing but this number has, in the order of numbers; items that sort last have none.
    fn to_key(self) -> u64;
    /// The number of a key.
    fn from_key(key: u64) -> Self;
    /// A key that is the same for numbers that compare equal; the greatest for those that sort last.
    #[inline(always)]
    fn to_rank(self) -> u64 {
        self.to_key()
    }
    /// Whether [`Digits::to_key`] tells this number from another that compares equal.
    #[inline(always)]
    fn is_negative_zero(self) -> bool {
        false
    }
}

macro_rules! integers {
    ($($t:ident $unsigned:ident $flip:expr;)*) => {$(
        impl Digits for $t {
            #[inline(always)]
            fn to_key(self) -> u64 { u64::from(self as $unsigned ^ $flip) }
            #[inline(always)]
            fn from_key(key: u64) -> Self { (key as $unsigned ^ $flip) as $t }
        }
    )*};
}
integers! {
    i16 u16 1 << 15; u16 u16 0; i32 u32 1 << 31; u32 u32 0; i64 u64 1 << 63; u64 u64 0;
}

impl Digits for Tick {
    #[inline(always)]
    fn to_key(self) -> u64 {
        // Not-a-time is the least number; taken one down it is the greatest.
        (self.0 as u64).wrapping_sub(1) ^ (1 << 63)
    }
    #[inline(always)]
    fn from_key(key: u64) -> Self {
        Self((key ^ (1 << 63)).wrapping_add(1) as i64)
    }
}

macro_rules! floats {
    ($($t:ty, $unsigned:ident, $top:literal;)*) => {$(
        impl Digits for $t {
            #[inline(always)]
            fn to_key(self) -> u64 {
                let bits = self.to_bits();
                // All bits of a negative number are turned, the sign of a positive one.
                let turn = ((bits >> $top).wrapping_neg()) | (1 << $top);
                u64::from(bits ^ turn)
            }
            #[inline(always)]
            fn from_key(key: u64) -> Self {
                let key = key as $unsigned;
                let turn = (((key >> $top) ^ 1).wrapping_neg()) | (1 << $top);
                <$t>::from_bits(key ^ turn)
            }
            #[inline(always)]
            fn to_rank(self) -> u64 {
                if self.is_last() {
                    u64::from($unsigned::MAX)
                } else if self.is_negative_zero() {
                    1 << $top
                } else {
                    self.to_key()
                }
            }
            #[inline(always)]
            fn is_negative_zero(self) -> bool { self.to_bits() == 1 << $top }
        }
    )*};
}
floats! { f16, u16, 15; f32, u32, 31; f64, u64, 63; }

/// What is moved: a key, and perhaps a place.
pub trait Record: Copy + 'static {
    /// What the digits are taken from.
    fn key(self) -> u64;
    /// The whole order: the key, then the place.
    fn order(&self, other: &Self) -> Ordering;
}

macro_rules! keys {
    ($($t:ident)*) => {$(
        impl Record for $t {
            #[inline(always)]
            fn key(self) -> u64 { u64::from(self) }
            #[inline(always)]
            fn order(&self, other: &Self) -> Ordering { self.cmp(other) }
        }
    )*};
}
keys!(u16 u32 u64);

/// A key of 32 bits above a place of 32 bits.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Packed(u64);

impl Record for Packed {
    #[inline(always)]
    fn key(self) -> u64 {
        self.0 >> 32
    }
    #[inline(always)]
    fn order(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

/// A key and a place.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Pair(u64, u64);

impl Record for Pair {
    #[inline(always)]
    fn key(self) -> u64 {
        self.0
    }
    #[inline(always)]
    fn order(&self, other: &Self) -> Ordering {
        // One wide comparison does not branch.
        let whole = |p: &Self| u128::from(p.0) << 64 | u128::from(p.1);
        whole(self).cmp(&whole(other))
    }
}

/// What [`Steps::load`] found: an item that sorts last.
pub const LAST: u8 = 1;
/// What [`Steps::load`] found: a negative zero.
pub const NEGATIVE_ZERO: u8 = 2;

/// The steps of a sort of one type, over untyped memory.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    /// Bytes of one record.
    pub record: usize,
    /// Makes records of `n` items, of which the first has the place `first`; in place where both have one size.
    /// Answers what it met, where that matters.
    pub load: unsafe fn(items: *const u8, first: usize, n: usize, records: *mut u8) -> u8,
    /// Makes items, or places, of `n` records; in place where both have one size.
    pub store: unsafe fn(records: *const u8, n: usize, out: *mut u8),
    /// The least and the greatest key of `n` records, at least one.
    pub span: unsafe fn(records: *const u8, n: usize) -> (u64, u64),
    /// Counts the records in each of the buckets `(key - base) >> shift`.
    pub count: unsafe fn(records: *const u8, n: usize, base: u64, shift: u32, counts: *mut usize),
    /// Moves records to where their buckets go on; `ends` moves along.
    pub spread: unsafe fn(
        records: *const u8,
        n: usize,
        base: u64,
        shift: u32,
        ends: *mut usize,
        to: *mut u8,
    ),
    /// Sorts `n` records that are in `a`, or in `b` if `in_b`; they end in `a`, and `b` has room for as many.
    /// At most 2^32 records.
    pub sort: unsafe fn(a: *mut u8, b: *mut u8, n: usize, in_b: bool),
}

impl Steps {
    fn of<R: Record>(
        load: unsafe fn(*const u8, usize, usize, *mut u8) -> u8,
        store: unsafe fn(*const u8, usize, *mut u8),
    ) -> Self {
        let isa = best();
        Self {
            record: size_of::<R>(),
            load,
            store,
            span: pick_span::<R>(isa),
            count: pick_count::<R>(isa),
            spread: pick_spread::<R>(isa),
            sort: pick_sort::<R>(isa),
        }
    }

    /// Sorts items themselves. Records are as large as items; loading answers whether there are items that sort last,
    /// which have no records, and negative zeros.
    pub fn of_items<T: Digits>() -> Self {
        let isa = best();
        match size_of::<T>() {
            2 => Self::of::<u16>(pick_load::<T, u16>(isa), pick_store::<T, u16>(isa)),
            4 => Self::of::<u32>(pick_load::<T, u32>(isa), pick_store::<T, u32>(isa)),
            _ => Self::of::<u64>(pick_load::<T, u64>(isa), pick_store::<T, u64>(isa)),
        }
    }

    /// Sorts places of up to `n` items; storing writes `isize`.
    pub fn of_places<T: Digits>(n: usize) -> Self {
        if size_of::<T>() <= 4 && u32::try_from(n).is_ok() {
            Self::of::<Packed>(load_packed::<T>, store_packed)
        } else {
            Self::of::<Pair>(load_pairs::<T>, store_pairs)
        }
    }
}

/// Records that are nothing but a key.
trait Bare: Record {
    fn of(key: u64) -> Self;
}

impl Bare for u16 {
    #[inline(always)]
    fn of(key: u64) -> Self {
        key as Self
    }
}
impl Bare for u32 {
    #[inline(always)]
    fn of(key: u64) -> Self {
        key as Self
    }
}
impl Bare for u64 {
    #[inline(always)]
    fn of(key: u64) -> Self {
        key
    }
}

#[inline(always)]
unsafe fn load<T: Digits, R: Bare>(
    items: *const u8,
    _first: usize,
    n: usize,
    records: *mut u8,
) -> u8 {
    let (items, records) = (items.cast::<T>(), records.cast::<R>());
    let (mut last, mut zero) = (false, false);
    for i in 0..n {
        // SAFETY: `n` items and as many records; each is read before its place is written.
        unsafe {
            let item = *items.add(i);
            last |= item.is_last();
            zero |= item.is_negative_zero();
            *records.add(i) = R::of(item.to_key());
        }
    }
    (u8::from(last) * LAST) | (u8::from(zero) * NEGATIVE_ZERO)
}

#[inline(always)]
unsafe fn store<T: Digits, R: Bare>(records: *const u8, n: usize, out: *mut u8) {
    let (records, out) = (records.cast::<R>(), out.cast::<T>());
    for i in 0..n {
        // SAFETY: as above.
        unsafe { *out.add(i) = T::from_key((*records.add(i)).key()) };
    }
}

unsafe fn load_packed<T: Digits>(items: *const u8, first: usize, n: usize, records: *mut u8) -> u8 {
    let (items, records) = (items.cast::<T>(), records.cast::<Packed>());
    for i in 0..n {
        // SAFETY: as above.
        unsafe { *records.add(i) = Packed((*items.add(i)).to_rank() << 32 | (first + i) as u64) };
    }
    0
}

unsafe fn store_packed(records: *const u8, n: usize, out: *mut u8) {
    let (records, out) = (records.cast::<Packed>(), out.cast::<isize>());
    for i in 0..n {
        // SAFETY: as above.
        unsafe { *out.add(i) = ((*records.add(i)).0 & 0xffff_ffff) as isize };
    }
}

unsafe fn load_pairs<T: Digits>(items: *const u8, first: usize, n: usize, records: *mut u8) -> u8 {
    let (items, records) = (items.cast::<T>(), records.cast::<Pair>());
    for i in 0..n {
        // SAFETY: as above.
        unsafe { *records.add(i) = Pair((*items.add(i)).to_rank(), (first + i) as u64) };
    }
    0
}

unsafe fn store_pairs(records: *const u8, n: usize, out: *mut u8) {
    let (records, out) = (records.cast::<Pair>(), out.cast::<isize>());
    for i in 0..n {
        // SAFETY: as above.
        unsafe { *out.add(i) = (*records.add(i)).1 as isize };
    }
}

#[inline(always)]
unsafe fn span<R: Record>(records: *const u8, n: usize) -> (u64, u64) {
    // SAFETY: promised by the caller.
    let records = unsafe { std::slice::from_raw_parts(records.cast::<R>(), n) };
    let (mut least, mut most) = (u64::MAX, 0);
    for r in records {
        least = least.min(r.key());
        most = most.max(r.key());
    }
    (least, most)
}

#[inline(always)]
fn bucket<R: Record>(r: R, base: u64, shift: u32) -> usize {
    // The shift keeps the bucket below 256; the mask lets the compiler know.
    ((r.key().wrapping_sub(base) >> shift) & 255) as usize
}

#[inline(always)]
unsafe fn count<R: Record>(
    records: *const u8,
    n: usize,
    base: u64,
    shift: u32,
    counts: *mut usize,
) {
    // Two tables: equal neighbours do not wait for each other.
    let mut tables = [[0usize; BUCKETS]; 2];
    // SAFETY: promised by the caller: `n` records, 256 counts.
    unsafe {
        let records = std::slice::from_raw_parts(records.cast::<R>(), n);
        for two in records.chunks(2) {
            for (table, &r) in tables.iter_mut().zip(two) {
                table[bucket(r, base, shift)] += 1;
            }
        }
        for (i, (a, b)) in tables[0].iter().zip(&tables[1]).enumerate() {
            *counts.add(i) = a + b;
        }
    }
}

#[inline(always)]
unsafe fn spread<R: Record>(
    records: *const u8,
    n: usize,
    base: u64,
    shift: u32,
    ends: *mut usize,
    to: *mut u8,
) {
    // SAFETY: promised by the caller: the ends lie inside the target, and go on for as many as were counted.
    unsafe {
        let (records, to) = (records.cast::<R>(), to.cast::<R>());
        for i in 0..n {
            let r = *records.add(i);
            let end = ends.add(bucket(r, base, shift));
            *to.add(*end) = r;
            *end += 1;
        }
    }
}

/// Sums counts up to starts.
#[inline(always)]
fn starts(counts: &[usize; BUCKETS]) -> [usize; BUCKETS] {
    let mut at = 0;
    counts.map(|n| {
        at += n;
        at - n
    })
}

/// How many bytes of digits keys with this difference have left.
#[inline(always)]
fn bytes_of(difference: u64) -> u32 {
    (64 - difference.leading_zeros()).div_ceil(8)
}

/// Sorts a part by all its digits, the lowest first; answers whether the records ended in `dst`.
#[inline(always)]
unsafe fn by_low_digits<R: Record>(
    src: *mut R,
    dst: *mut R,
    n: usize,
    base: u64,
    bytes: u32,
) -> bool {
    let mut counts = [[0usize; BUCKETS]; 8];
    let (mut from, mut to, mut moved) = (src, dst, false);
    // SAFETY: promised by the caller: `n` records, and room for as many.
    unsafe {
        for i in 0..n {
            let key = (*src.add(i)).key() - base;
            for (d, table) in counts[..bytes as usize].iter_mut().enumerate() {
                table[(key >> (8 * d) & 255) as usize] += 1;
            }
        }
        for (d, table) in counts[..bytes as usize].iter().enumerate() {
            let shift = 8 * d as u32;
            if table[bucket(*from, base, shift)] == n {
                continue;
            }
            let mut ends = starts(table);
            for i in 0..n {
                let r = *from.add(i);
                let end = &mut ends[bucket(r, base, shift)];
                *to.add(*end) = r;
                *end += 1;
            }
            std::mem::swap(&mut from, &mut to);
            moved = !moved;
        }
    }
    moved
}

#[inline(always)]
unsafe fn sort<R: Record>(a: *mut u8, b: *mut u8, n: usize, in_b: bool) {
    let (a, b) = (a.cast::<R>(), b.cast::<R>());
    // Every step leaves some bits less of difference: a few levels of at most 2048 parts wait here.
    let mut parts: Vec<(usize, usize, bool)> = Vec::with_capacity(2 * BUCKETS);
    parts.push((0, n, in_b));
    while let Some((at, n, in_b)) = parts.pop() {
        // SAFETY: parts lie inside the `n` records that the caller promises on both sides.
        unsafe {
            let (home, away) = (a.add(at), b.add(at));
            let (src, dst) = if in_b { (away, home) } else { (home, away) };
            let settle = |in_b: bool| {
                if in_b {
                    std::ptr::copy_nonoverlapping(away, home, n);
                }
            };
            if n <= FEW {
                settle(in_b);
                let few = std::slice::from_raw_parts_mut(home, n);
                few.sort_unstable_by(R::order);
                continue;
            }
            let (least, most) = span::<R>(src.cast_const().cast(), n);
            if least == most {
                settle(in_b);
                continue;
            }
            let bytes = bytes_of(most - least);
            // Low digits take a step each; high ones about two, and then comparisons.
            let levels = if n > FEW * MOST_BUCKETS { 2 } else { 1 };
            if (bytes <= levels + 3 && n >= 4 * BUCKETS) || bytes == 1 {
                let moved = by_low_digits(src, dst, n, least, bytes);
                settle(in_b != moved);
                continue;
            }
            // So many buckets that each gets a handful.
            let width = (n / 12).ilog2().clamp(2, MOST_BUCKETS.ilog2());
            let shift = (64 - (most - least).leading_zeros()).saturating_sub(width);
            let mut ends = [0u32; MOST_BUCKETS];
            let ends = &mut ends[..1 << width];
            let digit = |r: R| (((r.key() - least) >> shift) as usize) & ((1 << width) - 1);
            for i in 0..n {
                ends[digit(*src.add(i))] += 1;
            }
            let mut start = 0;
            for end in ends.iter_mut() {
                let n = std::mem::replace(end, start);
                start += n;
            }
            for i in 0..n {
                let r = *src.add(i);
                let end = &mut ends[digit(r)];
                *dst.add(*end as usize) = r;
                *end += 1;
            }
            let mut from = 0;
            for &end in ends.iter() {
                let end = end as usize;
                if end > from {
                    parts.push((at + from, end - from, !in_b));
                    from = end;
                }
            }
        }
    }
}

per_isa!(fn pick_load<T: Digits, R: Bare>(items: *const u8, first: usize, n: usize, records: *mut u8) -> u8 = load);
per_isa!(fn pick_store<T: Digits, R: Bare>(records: *const u8, n: usize, out: *mut u8) = store);
per_isa!(fn pick_span<R: Record>(records: *const u8, n: usize) -> (u64, u64) = span);
per_isa!(fn pick_count<R: Record>(records: *const u8, n: usize, base: u64, shift: u32, counts: *mut usize) = count);
per_isa!(fn pick_spread<R: Record>(records: *const u8, n: usize, base: u64, shift: u32, ends: *mut usize,
    to: *mut u8) = spread);
per_isa!(fn pick_sort<R: Record>(a: *mut u8, b: *mut u8, n: usize, in_b: bool) = sort);

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<T: Digits>(mut items: Vec<T>) -> Vec<T> {
        let mut room = items.clone();
        let steps = Steps::of_items::<T>();
        let (a, b, n) = (
            items.as_mut_ptr().cast::<u8>(),
            room.as_mut_ptr().cast::<u8>(),
            items.len(),
        );
        // SAFETY: two runs of `n` items, which are as large as records.
        unsafe {
            (steps.load)(a, 0, n, a);
            (steps.sort)(a, b, n, false);
            (steps.store)(a, n, a);
        }
        items
    }

    fn places<T: Digits>(items: &[T]) -> Vec<isize> {
        let n = items.len();
        let steps = Steps::of_places::<T>(n);
        let (mut a, mut b) = (vec![0u64; 2 * n], vec![0u64; 2 * n]);
        let mut out = vec![0isize; n];
        // SAFETY: room for `n` records of 16 bytes.
        unsafe {
            let (a, b) = (a.as_mut_ptr().cast::<u8>(), b.as_mut_ptr().cast::<u8>());
            (steps.load)(items.as_ptr().cast(), 0, n, a);
            (steps.sort)(a, b, n, false);
            (steps.store)(a, n, out.as_mut_ptr().cast());
        }
        out
    }

    fn check<T: Digits + PartialEq + std::fmt::Debug>(make: impl Fn(u64) -> T) {
        let mut state = 7u64;
        for n in [1usize, 2, 48, 49, 300, 5000, 70_000] {
            let items: Vec<T> = (0..n)
                .map(|_| {
                    state = state
                        .wrapping_mul(6364136223846793005)
                        .wrapping_add(1442695040888963407);
                    make(state ^ state >> 29)
                })
                .collect();
            let mut expected: Vec<usize> = (0..n).collect();
            expected.sort_by(|&i, &j| {
                let (x, y) = (items[i], items[j]);
                y.before(x).cmp(&x.before(y))
            });
            let expected_items: Vec<T> = expected.iter().map(|&i| items[i]).collect();
            assert_eq!(sorted(items.clone()), expected_items);
            let expected: Vec<isize> = expected.iter().map(|&i| i as isize).collect();
            assert_eq!(places(&items), expected);
        }
    }

    #[test]
    fn numbers_of_every_width() {
        check(|x| x as i64);
        check(|x| x >> (x & 63));
        check(|x| x as u32 % 1000);
        check(|x| x as i32);
        check(|x| x as i16);
        check(|x| x as u16 & 7);
        check(|x| (x as i64) as f64 / f64::powi(2.0, (x % 90) as i32));
        check(|x| (x as i32) as f32 + 0.5);
        check(|x| f16::from_f32((x % 2000) as f32 - 1000.5));
    }

    #[test]
    fn keys_come_back() {
        for x in [
            0.0f64,
            -0.0,
            1.5,
            -1.5,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MIN_POSITIVE,
        ] {
            assert_eq!(f64::from_key(x.to_key()).to_bits(), x.to_bits());
            assert_eq!(
                f32::from_key((x as f32).to_key()).to_bits(),
                (x as f32).to_bits()
            );
        }
        for x in [i64::MIN, -1, 0, 1, i64::MAX] {
            assert_eq!(Tick::from_key(Tick(x).to_key()).0, x);
            assert_eq!(i64::from_key(x.to_key()), x);
        }
        assert_eq!(Tick(i64::MIN).to_key(), u64::MAX);
    }

    #[test]
    fn zeros_and_what_is_no_number_keep_their_places() {
        let nan = f64::NAN;
        let items: Vec<f64> = (0..400)
            .map(|i| [0.0, nan, -0.0, -nan, 1.0][i % 5])
            .collect();
        let order = places(&items);
        let expected = (0..400).filter(|i| matches!(i % 5, 0 | 2));
        assert!(order[..160].iter().copied().eq(expected));
        assert!(order[240..].is_sorted());
    }
}
