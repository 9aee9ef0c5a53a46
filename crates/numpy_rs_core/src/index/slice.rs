//! Slices resolved against a length, by Python's rules.

/// A resolved slice: `len` elements from `start` on, `step` apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The first index.
    pub start: isize,
    /// From one index to the next; never 0.
    pub step: isize,
    /// How many.
    pub len: isize,
}

/// Resolves `start:stop:step` (absent parts are `None`) against an axis of `n` elements; `step` is not 0.
pub fn resolve(start: Option<isize>, stop: Option<isize>, step: isize, n: isize) -> Resolved {
    let clip = |i: isize, low: isize, high: isize| {
        let i = if i < 0 { i.saturating_add(n) } else { i };
        i.clamp(low, high)
    };
    let (start, stop) = if step > 0 {
        (
            start.map_or(0, |i| clip(i, 0, n)),
            stop.map_or(n, |i| clip(i, 0, n)),
        )
    } else {
        (
            start.map_or(n - 1, |i| clip(i, -1, n - 1)),
            stop.map_or(-1, |i| clip(i, -1, n - 1)),
        )
    };
    let len = if step > 0 && start < stop {
        (stop - start - 1) / step + 1
    } else if step < 0 && stop < start {
        (start - stop - 1) / step.unsigned_abs() as isize + 1
    } else {
        0
    };
    Resolved { start, step, len }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negative_steps_run_from_the_end() {
        assert_eq!(
            resolve(None, None, -1, 5),
            Resolved {
                start: 4,
                step: -1,
                len: 5
            }
        );
        assert_eq!(
            resolve(Some(-1), Some(0), -2, 5),
            Resolved {
                start: 4,
                step: -2,
                len: 2
            }
        );
        assert_eq!(resolve(Some(10), Some(20), 1, 5).len, 0);
        assert_eq!(
            resolve(Some(isize::MIN), Some(isize::MAX), 1, 5),
            Resolved {
                start: 0,
                step: 1,
                len: 5
            }
        );
    }
}
