//! NaN that a call only hands on: containers find it by its identity, which a number in Rust has lost.
//!
//! A call may hand on such a NaN if one came in as an object and one is to become an object. It gives up then, unless
//! the function is known to make objects of numbers that it has computed only.

use std::cell::Cell;

use super::exc::{Res, give_up};

thread_local! {
    static NOW: Now = const { Now { hands_on: Cell::new(false), came_in: Cell::new(false) } };
}

/// The call that runs.
struct Now {
    /// Whether it may make objects of numbers as they came in.
    hands_on: Cell<bool>,
    /// Whether a NaN came in.
    came_in: Cell<bool>,
}

/// A call begins.
#[inline]
pub(super) fn begin(hands_on: bool) {
    NOW.with(|now| {
        now.hands_on.set(hands_on);
        now.came_in.set(false);
    });
}

/// A number that was an object.
#[inline]
#[allow(clippy::eq_op, reason = "NaN alone differs from itself")]
pub(super) fn taken<T: PartialEq + Copy>(value: T) -> T {
    if value != value {
        came_in();
    }
    value
}

/// A number that is to become an object.
#[inline]
#[allow(clippy::eq_op, reason = "NaN alone differs from itself")]
pub(super) fn given<T: PartialEq + Copy>(value: T) -> Res<T> {
    if value != value {
        is_new()?;
    }
    Ok(value)
}

#[cold]
#[inline(never)]
fn came_in() {
    NOW.with(|now| now.came_in.set(true));
}

#[cold]
#[inline(never)]
fn is_new() -> Res<()> {
    if NOW.with(|now| now.hands_on.get() && now.came_in.get()) {
        return give_up();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nan_is_handed_on_only_if_one_came_in() {
        begin(true);
        assert!(given(f64::NAN).is_ok());
        assert_eq!(taken(1.0), 1.0);
        assert!(given(f64::NAN).is_ok());
        assert!(taken(f64::NAN).is_nan());
        assert!(given(f64::NAN).is_err());
        assert_eq!(given(2.0), Ok(2.0));
        begin(false);
        assert!(taken(f64::NAN).is_nan());
        assert!(given(f64::NAN).is_ok());
    }
}
