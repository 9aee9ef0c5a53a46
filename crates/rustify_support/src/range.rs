//! `range`.

use super::exc::{Exc, Res, give_up, value_error};
use super::int::Int;

/// The numbers of a `range`, to walk over.
#[derive(Clone, Debug)]
pub struct Range<I> {
    next: I,
    step: I,
    left: u64,
}

/// `range(start, stop, step)`.
#[inline]
pub fn range<I: Int>(start: I, stop: I, step: I) -> Res<Range<I>> {
    let (a, b, s) = (start.wide(), stop.wide(), step.wide());
    if s == 0 {
        return Err(value_error().saying(c"range() arg 3 must not be zero"));
    }
    let left = if s > 0 && a < b {
        (b - 1).checked_sub(a).map(|d| d / s + 1)
    } else if s < 0 && a > b {
        a.checked_sub(b + 1)
            .and_then(|d| s.checked_neg().map(|s| d / s + 1))
    } else {
        Some(0)
    };
    let left = left
        .and_then(|n| u64::try_from(n).ok())
        .ok_or(Exc::GIVE_UP)?;
    Ok(Range {
        next: start,
        step,
        left,
    })
}

/// `range(start, stop)`, which cannot fail for machine integers.
#[inline]
pub fn upto<I: Int>(start: I, stop: I) -> Range<I> {
    let left = if start >= stop {
        0
    } else if I::BITS <= 64 {
        stop.wide().wrapping_sub(start.wide()) as u64
    } else {
        // Nobody gets to the end of more.
        let n = stop.wide().saturating_sub(start.wide());
        u64::try_from(n.min(1 << 63)).unwrap_or(1 << 63)
    };
    Range {
        next: start,
        step: I::ONE,
        left,
    }
}

/// The numbers from `start` on, which gives up where so many that memory holds them might not fit.
#[inline]
pub fn count_from<I: Int>(start: I) -> Res<Range<I>> {
    let far = start.wide().checked_add(1 << 62).ok_or(Exc::GIVE_UP)?;
    I::narrow(far)?;
    Ok(Range {
        next: start,
        step: I::ONE,
        left: u64::MAX,
    })
}

impl<I: Int> Range<I> {
    /// `len(self)`.
    #[inline]
    pub fn length(&self) -> isize {
        self.left as isize
    }

    /// Gives up where a list of all numbers would not fit into memory: Python finds out before it makes one.
    pub fn to_be_kept(&self) -> Res<()> {
        if self.left > 1 << 28 {
            return give_up();
        }
        Ok(())
    }

    /// `reversed(self)`.
    pub fn reversed(self) -> Res<Self> {
        if self.left == 0 {
            return Ok(self);
        }
        let last = I::narrow(self.next.wide() + self.step.wide() * i128::from(self.left - 1))?;
        Ok(Self {
            next: last,
            step: I::narrow(-self.step.wide())?,
            left: self.left,
        })
    }

    /// `n in self`.
    pub fn contains(&self, n: I) -> bool {
        let offset = n.wide() - self.next.wide();
        offset % self.step.wide() == 0
            && (0..i128::from(self.left)).contains(&(offset / self.step.wide()))
    }
}

impl<I: Int> Iterator for Range<I> {
    type Item = I;

    #[inline]
    fn next(&mut self) -> Option<I> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let now = self.next;
        // Behind the last number the sum may not fit; it is not used then.
        self.next = now.checked_add(self.step).unwrap_or(now);
        Some(now)
    }
}
