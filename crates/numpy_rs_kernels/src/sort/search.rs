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

/// Searches every one of `keys`; rising keys start from the place of the one before.
pub fn places<T: Key>(sorted: &[T], keys: &[T], side: Side, out: &mut [isize]) {
    let n = sorted.len();
    let (mut low, mut last): (usize, Option<T>) = (0, None);
    for (&key, out) in keys.iter().zip(out) {
        if last.is_none_or(|last| key.before(last)) {
            low = 0;
        }
        low += place(n - low, |i| sorted[low + i], key, side);
        last = Some(key);
        *out = low as isize;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_equal_numbers() {
        let sorted = [1.0, 2.0, 2.0, 5.0, f64::NAN];
        let keys = [0.0, 2.0, 3.0, 9.0, f64::NAN, 1.0];
        let mut out = [0isize; 6];
        places(&sorted, &keys, Side::Left, &mut out);
        assert_eq!(out, [0, 1, 3, 4, 4, 0]);
        places(&sorted, &keys, Side::Right, &mut out);
        assert_eq!(out, [0, 3, 3, 4, 5, 1]);
    }
}
