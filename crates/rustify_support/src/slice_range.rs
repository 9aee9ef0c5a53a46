//! The places that a slice names in a sequence of known length.

use super::exc::{Res, value_error};

/// The places of a slice: `count` of them from `start` on, `step` apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// The first place.
    pub start: isize,
    /// The way from one to the next.
    pub step: isize,
    /// How many there are.
    pub count: usize,
}

impl Places {
    /// The places of `[start:stop:step]` among `n` items.
    #[inline]
    pub fn of(
        n: usize,
        start: Option<isize>,
        stop: Option<isize>,
        step: Option<isize>,
    ) -> Res<Self> {
        let n = n as isize;
        // As Python's own slices do, so that a step can be negated.
        let step = step.unwrap_or(1).max(-isize::MAX);
        if step == 0 {
            return Err(value_error());
        }
        let (low, high) = if step > 0 { (0, n) } else { (-1, n - 1) };
        let clip = |end: Option<isize>, default: isize| match end {
            None => default,
            Some(i) if i < 0 => i.saturating_add(n).max(low),
            Some(i) => i.min(high),
        };
        let (start, stop) = if step > 0 {
            (clip(start, low), clip(stop, high))
        } else {
            (clip(start, high), clip(stop, low))
        };
        let count = if step > 0 && start < stop {
            (stop - start - 1) / step + 1
        } else if step < 0 && stop < start {
            (start - stop - 1) / -step + 1
        } else {
            0
        };
        Ok(Self {
            start,
            step,
            count: count as usize,
        })
    }

    /// One place after the other.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..self.count as isize).map(move |i| (self.start + i * self.step) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(n: usize, start: Option<isize>, stop: Option<isize>, step: isize) -> Vec<usize> {
        Places::of(n, start, stop, Some(step))
            .unwrap()
            .iter()
            .collect()
    }

    #[test]
    fn slices_name_the_places_that_python_names() {
        assert_eq!(picked(5, None, None, 1), [0, 1, 2, 3, 4]);
        assert_eq!(picked(5, Some(-2), None, 1), [3, 4]);
        assert_eq!(picked(5, Some(3), None, -1), [3, 2, 1, 0]);
        assert_eq!(picked(5, Some(99), Some(-99), -2), [4, 2, 0]);
        assert_eq!(picked(5, Some(4), Some(1), 1), [0; 0]);
        assert_eq!(picked(0, None, None, -1), [0; 0]);
        assert_eq!(picked(3, None, None, isize::MIN), [2]);
        assert_eq!(
            picked(3, Some(isize::MIN), Some(isize::MAX), isize::MAX),
            [0]
        );
    }
}
