//! Which digits of a number are generated: shortest or exact ones, between a least and a greatest number of them.
//!
//! The result is that of NumPy's Dragon4, zeros at the end included, which decide where padding and points go.

use super::decimal::{Decimal, Magnitude, shortest, to_fraction_digits, to_significant_digits};
use super::scale::Span;

/// How many digits are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Digits of the exact value; else those that tell the number apart.
    pub(super) exact: bool,
    /// Whether digits are counted from the decimal point; else from the first one.
    pub(super) fraction: bool,
    pub(super) most: Option<usize>,
    pub(super) least: Option<usize>,
}

/// Digits `d1 d2 d3…` with value `0.d1d2d3… * 10^point`; at least one.
#[derive(Clone, Debug)]
pub(super) struct Digits {
    pub(super) digits: Vec<u8>,
    pub(super) point: i32,
}

impl From<Decimal> for Digits {
    fn from(d: Decimal) -> Self {
        Self {
            digits: d.digits,
            point: d.point,
        }
    }
}

/// The power of ten of the first digit of the exact value.
fn leading(magnitude: Magnitude, short: &Decimal) -> i64 {
    let power = i64::from(short.point) - 1;
    if short.digits != [1] {
        return power;
    }
    // A power of ten may stand for a number a little below it.
    i64::from(to_significant_digits(magnitude, 40).point) - 1
}

/// The number rounded so that the last digit has the power of ten `last`; zeros that belong to it are kept where it was
/// rounded down.
fn rounded(magnitude: Magnitude, first: i64, last: i64, pad_exact: bool) -> Digits {
    let n = (first - last + 1).max(0) as usize;
    let cut = to_fraction_digits(magnitude, -last);
    if cut.digits.is_empty() {
        // All of the number lies behind the last digit.
        return Digits {
            digits: vec![0],
            point: last as i32 + 1,
        };
    }
    if cut.digits.len() >= n {
        return cut.into();
    }
    let more = to_fraction_digits(magnitude, 40 - last);
    let pad = match cut.compare(&more) {
        std::cmp::Ordering::Less => true,
        std::cmp::Ordering::Equal => pad_exact,
        // Nines that were carried are gone.
        std::cmp::Ordering::Greater => false,
    };
    let mut made = Digits::from(cut);
    if pad {
        made.digits.resize(n, 0);
    }
    made
}

/// The digits of a magnitude within limits.
pub(super) fn generate(magnitude: Magnitude, limits: &Limits) -> Digits {
    if Span::of(magnitude).is_none() {
        return Digits {
            digits: vec![0],
            point: 1,
        };
    }
    let short = shortest(magnitude);
    if !limits.exact && limits.most.is_none() && limits.least.is_none() {
        return short.into();
    }
    let mut first = leading(magnitude, &short);
    let last_of = |count: usize, first: i64| {
        let count = i64::try_from(count).unwrap_or(i64::MAX / 2);
        if limits.fraction {
            -count
        } else {
            first + 1 - count
        }
    };
    let most = limits.most.map(|n| last_of(n, first));
    if let Some(last) = most {
        first = first.max(last);
    }
    if limits.exact {
        return match most {
            Some(last) => rounded(magnitude, first, last, false),
            None => to_significant_digits(magnitude, i64::MAX).into(),
        };
    }
    let natural = (i64::from(short.point) - short.digits.len() as i64).min(first);
    let mut last = natural;
    if let Some(n) = limits.least {
        last = last.min(last_of(n, first));
    }
    if let Some(most) = most {
        last = last.max(most);
    }
    if last == natural {
        return short.into();
    }
    rounded(magnitude, first, last, true)
}
