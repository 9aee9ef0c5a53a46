//! Places on a diagonal that is gone through either way, beside which the couplings of neighbours lie.

/// The relative error of a rounding.
pub(crate) const UNIT: f64 = f64::EPSILON / 2.0;

/// The place one step further.
#[inline(always)]
pub(crate) fn next(at: usize, step: isize) -> usize {
    at.wrapping_add_signed(step)
}

/// The coupling of a place with the one `step` further.
#[inline(always)]
pub(crate) fn coupling(at: usize, step: isize) -> usize {
    if step > 0 { at } else { at - 1 }
}
