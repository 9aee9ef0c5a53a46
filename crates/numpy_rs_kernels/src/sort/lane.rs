//! One contiguous lane of numbers: sorted, partly sorted, or its places in order.

use std::cmp::Ordering;

use super::key::Key;
use super::merge;

/// A number and the place it came from.
#[derive(Clone, Copy, Debug)]
pub struct Placed<T> {
    /// The number.
    pub key: T,
    /// The place.
    pub at: isize,
}

#[inline(always)]
fn order<T: Key>(a: T, b: T) -> Ordering {
    if a.before(b) {
        Ordering::Less
    } else if b.before(a) {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

#[inline(always)]
fn order_plain<T: Key>(a: T, b: T) -> Ordering {
    if a.before_plain(b) {
        Ordering::Less
    } else if b.before_plain(a) {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

#[inline(always)]
fn order_placed<T: Key>(a: &Placed<T>, b: &Placed<T>) -> Ordering {
    if a.key.before(b.key) {
        Ordering::Less
    } else if b.key.before(a.key) {
        Ordering::Greater
    } else {
        a.at.cmp(&b.at)
    }
}

/// Moves the items that sort last behind the others, and gives how many the others are.
pub fn split_last<T: Key>(items: &mut [T]) -> usize {
    let (mut i, mut end) = (0, items.len());
    while i < end {
        if items[i].is_last() {
            end -= 1;
            items.swap(i, end);
        } else {
            i += 1;
        }
    }
    end
}

/// Sorts a lane; equal numbers may change places.
pub fn sort<T: Key>(items: &mut [T]) {
    if size_of::<T>() <= 1 && items.len() > 64 {
        return count_sort(items);
    }
    let n = split_last(items);
    items[..n].sort_unstable_by(|a, b| order_plain(*a, *b));
}

/// Sorts bytes by counting each value.
fn count_sort<T: Key>(items: &mut [T]) {
    // SAFETY: items of one byte are read as bytes and written back permuted.
    let bytes =
        unsafe { std::slice::from_raw_parts_mut(items.as_mut_ptr().cast::<u8>(), items.len()) };
    let mut counts = [0usize; 256];
    for &b in bytes.iter() {
        counts[usize::from(b)] += 1;
    }
    let mut values: [u8; 256] = std::array::from_fn(|i| i as u8);
    // SAFETY: every byte is a value of a type of one byte.
    let key = |b: u8| unsafe { std::mem::transmute_copy::<u8, T>(&b) };
    values.sort_unstable_by(|a, b| order(key(*a), key(*b)));
    let mut at = 0;
    for v in values {
        let n = counts[usize::from(v)];
        bytes[at..at + n].fill(v);
        at += n;
    }
}

/// Sorts a lane stably; `scratch` has as many items.
pub fn sort_stable<T: Key>(items: &mut [T], scratch: &mut [T]) {
    if T::EXACT {
        sort(items);
    } else {
        merge::sort(items, scratch, &mut |a: T, b: T| a.before(b));
    }
}

/// Puts the numbers at `places` (rising) where sorting would put them, smaller ones before and greater ones behind.
pub fn partition<T: Key>(items: &mut [T], places: &[usize]) {
    let mut start = 0;
    for &p in places {
        if p < start || p >= items.len() {
            continue;
        }
        items[start..].select_nth_unstable_by(p - start, |a, b| order(*a, *b));
        start = p + 1;
    }
}

/// Sorts numbers with their places, stably.
pub fn sort_placed<T: Key>(items: &mut [Placed<T>]) {
    if items.len() <= 16 || !items.is_sorted_by(|a, b| !b.key.before(a.key)) {
        items.sort_unstable_by(order_placed);
    }
}

/// As [`partition`], for numbers with their places.
pub fn partition_placed<T: Key>(items: &mut [Placed<T>], places: &[usize]) {
    let mut start = 0;
    for &p in places {
        if p < start || p >= items.len() {
            continue;
        }
        items[start..].select_nth_unstable_by(p - start, order_placed);
        start = p + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sort::key::Tick;
    use numpy_rs_elements::{Complex, f16};

    #[test]
    fn what_is_no_number_comes_last() {
        let mut x = [2.0, f64::NAN, -1.0, f64::INFINITY, f64::NAN, 0.5];
        sort(&mut x);
        assert_eq!(x[..4], [-1.0, 0.5, 2.0, f64::INFINITY]);
        assert!(x[4].is_nan() && x[5].is_nan());
        let mut t = [Tick(3), Tick(i64::MIN), Tick(-5), Tick(i64::MAX)];
        sort(&mut t);
        assert_eq!(t.map(|t| t.0), [-5, 3, i64::MAX, i64::MIN]);
        let nan = f64::NAN;
        let mut z = [
            (nan, 0.0),
            (1.0, nan),
            (1.0, 2.0),
            (1.0, -2.0),
            (0.0, 9.0),
            (nan, nan),
        ]
        .map(|(r, i)| Complex::new(r, i));
        sort(&mut z);
        assert_eq!(
            z[..3],
            [(0.0, 9.0), (1.0, -2.0), (1.0, 2.0)].map(|(r, i)| Complex::new(r, i))
        );
        assert!(z[3].re == 1.0 && z[4].re.is_nan() && !z[4].im.is_nan() && z[5].im.is_nan());
    }

    #[test]
    fn every_length_sorts_as_std_does() {
        for n in [0usize, 1, 2, 10, 63, 64, 65, 1000] {
            let mut a: Vec<i8> = (0..n).map(|i| (i * 7919 % 251) as i8).collect();
            let mut b = a.clone();
            sort(&mut a);
            b.sort_unstable();
            assert_eq!(a, b);
            let mut h: Vec<f16> = (0..n)
                .map(|i| f16::from_f32((i * 31 % 17) as f32 - 8.0))
                .collect();
            let mut scratch = h.clone();
            sort_stable(&mut h, &mut scratch);
            assert!(h.is_sorted());
        }
    }

    #[test]
    fn partition_puts_each_place_right() {
        let mut a: Vec<i32> = (0..100).map(|i| i * 7919 % 101).collect();
        let mut sorted = a.clone();
        sorted.sort_unstable();
        let places = [3, 50, 99];
        partition(&mut a, &places);
        for p in places {
            assert_eq!(a[p], sorted[p]);
            assert!(a[..p].iter().all(|x| *x <= a[p]) && a[p..].iter().all(|x| *x >= a[p]));
        }
    }
}
