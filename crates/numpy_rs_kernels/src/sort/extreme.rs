//! The place of the least or greatest number of a lane.

use super::key::Key;
use crate::isa::per_isa;

/// Items that are looked at together.
const BLOCK: usize = 1024;

/// The first place of the greatest (`greatest`) or least item, or of the first that is no number; `n` is not 0.
#[inline(always)]
unsafe fn body<T: Key>(items: *const T, n: usize, greatest: bool) -> usize {
    // SAFETY: promised by the caller: `n` items.
    let items = unsafe { std::slice::from_raw_parts(items, n) };
    let better = |a: T, b: T| {
        if greatest {
            b.before_plain(a)
        } else {
            a.before_plain(b)
        }
    };
    let (mut best, mut at) = (items[0], 0);
    if best.is_missing() {
        return 0;
    }
    for (i, block) in items.chunks(BLOCK).enumerate() {
        // First whether the block has anything better, in lanes that vectorise; then where.
        let mut any = [false; 16];
        let rows = block.chunks_exact(16);
        for &x in rows.remainder() {
            any[0] |= x.is_missing() | better(x, best);
        }
        for row in rows {
            for (a, &x) in any.iter_mut().zip(row) {
                *a |= x.is_missing() | better(x, best);
            }
        }
        if !any.iter().any(|&a| a) {
            continue;
        }
        for (k, &x) in block.iter().enumerate() {
            if x.is_missing() {
                return i * BLOCK + k;
            }
            if better(x, best) {
                (best, at) = (x, i * BLOCK + k);
            }
        }
    }
    at
}

per_isa!(
    /// The loop of a type: `(items, n, greatest)`, `n` not 0.
    pub fn place_of_extreme<T: Key>(items: *const T, n: usize, greatest: bool) -> usize = body);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::isa;

    #[test]
    fn the_first_of_equals_and_of_missing() {
        let of = |x: &[f64], greatest| {
            // SAFETY: a slice that is not empty.
            unsafe { place_of_extreme::<f64>(isa::best())(x.as_ptr(), x.len(), greatest) }
        };
        let mut x: Vec<f64> = (0..5000).map(|i| f64::from(i * 7919 % 4001)).collect();
        let greatest = x.iter().position(|&v| v == 4000.0);
        assert_eq!(Some(of(&x, true)), greatest);
        assert_eq!(of(&x, false), 0);
        x[3000] = f64::NAN;
        x[4000] = f64::NAN;
        assert_eq!((of(&x, true), of(&x, false)), (3000, 3000));
    }
}
