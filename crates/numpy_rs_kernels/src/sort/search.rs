//! Where numbers belong in a sorted lane.

use super::key::Key;

/// Which end of a run of equal numbers is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Before the first that is not smaller.
    #[default]
    Left,
    /// Before the first that is greater.
    Right,
}

/// The first place among `n` where `goes_right` fails; it holds for all places before it.
pub fn first_place(n: usize, mut goes_right: impl FnMut(usize) -> bool) -> usize {
    let (mut low, mut len) = (0usize, n);
    while len > 0 {
        let half = len / 2;
        let right = goes_right(low + half);
        low = if right { low + half + 1 } else { low };
        len = if right { len - half - 1 } else { half };
    }
    low
}

/// The place of `key` among `n` items that `item` reads.
#[inline(always)]
pub fn place<T: Key>(n: usize, item: impl Fn(usize) -> T, key: T, side: Side) -> usize {
    match side {
        Side::Left => first_place(n, |i| item(i).before(key)),
        Side::Right => first_place(n, |i| !key.before(item(i))),
    }
}

/// Keys that are searched side by side, so that their waits for memory overlap.
const TOGETHER: usize = 16;

/// Searches every one of `keys`: `n_keys` places are written. Compiled for the plain instruction set only:
/// for integers larger ones were slower, relative to floats.
///
/// # Safety
///
/// `n` sorted items, `n_keys` keys, and room for a place for each key.
pub unsafe fn places<T: Key>(
    sorted: *const T,
    n: usize,
    keys: *const T,
    n_keys: usize,
    side: Side,
    out: *mut isize,
) {
    // SAFETY: promised by the caller.
    let (sorted, keys) = unsafe {
        (
            std::slice::from_raw_parts(sorted, n),
            std::slice::from_raw_parts(keys, n_keys),
        )
    };
    let goes_right = |item: T, key: T| match side {
        Side::Left => item.before(key),
        Side::Right => !key.before(item),
    };
    for (c, group) in keys.chunks(TOGETHER).enumerate() {
        let mut low = [0usize; TOGETHER];
        if group.len() == TOGETHER && n > 0 {
            let mut len = n;
            while len > 1 {
                let half = len / 2;
                for (low, &key) in low.iter_mut().zip(group) {
                    // SAFETY: `low + half` is at most `n - 1`, since `low + len` is at most `n`.
                    let item = unsafe { *sorted.get_unchecked(*low + half - 1) };
                    // A product: a branch here would often be mispredicted.
                    *low += half * usize::from(goes_right(item, key));
                }
                len -= half;
            }
            for (low, &key) in low.iter_mut().zip(group) {
                *low += usize::from(goes_right(sorted[*low], key));
            }
        } else {
            for (low, &key) in low.iter_mut().zip(group) {
                *low = place(n, |i| sorted[i], key, side);
            }
        }
        for (k, low) in low[..group.len()].iter().enumerate() {
            // SAFETY: one place for each key.
            unsafe { *out.add(c * TOGETHER + k) = *low as isize };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places_of(sorted: &[f64], keys: &[f64], side: Side) -> Vec<isize> {
        let mut out = vec![-1; keys.len()];
        // SAFETY: two slices and a place for each key.
        unsafe {
            places::<f64>(
                sorted.as_ptr(),
                sorted.len(),
                keys.as_ptr(),
                keys.len(),
                side,
                out.as_mut_ptr(),
            );
        }
        out
    }

    #[test]
    fn both_sides_of_equal_numbers() {
        let sorted = [1.0, 2.0, 2.0, 5.0, f64::NAN];
        let keys = [0.0, 2.0, 3.0, 9.0, f64::NAN, 1.0];
        assert_eq!(places_of(&sorted, &keys, Side::Left), [0, 1, 3, 4, 4, 0]);
        assert_eq!(places_of(&sorted, &keys, Side::Right), [0, 3, 3, 4, 5, 1]);
    }

    #[test]
    fn keys_side_by_side_go_where_one_goes() {
        for n in [0usize, 1, 2, 3, 7, 8, 100, 1000] {
            let sorted: Vec<f64> = (0..n).map(|i| (i / 3) as f64).collect();
            let keys: Vec<f64> = (0..100)
                .map(|i| f64::from(i * 37 % 101) / 2.0 - 1.0)
                .collect();
            for side in [Side::Left, Side::Right] {
                let one = |&key: &f64| place(n, |i| sorted[i], key, side) as isize;
                let expected: Vec<isize> = keys.iter().map(one).collect();
                assert_eq!(places_of(&sorted, &keys, side), expected);
            }
        }
    }
}
