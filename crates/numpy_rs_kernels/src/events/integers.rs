//! The rules of integer division.

use numpy_rs_elements::fp_events::FpEvents;
use numpy_rs_elements::integer::Integer;

use super::rule::{Rule1, Rule2};

/// Integer division: by zero, and `MIN / -1`.
#[derive(Clone, Copy)]
pub struct IntegerQuotient;

impl<T: Integer> Rule2<T, T, T> for IntegerQuotient {
    #[inline(always)]
    fn suspicious(a: T, b: T, _: T) -> bool {
        b == T::ZERO || (T::SIGNED && a == T::MIN && b == T::ZERO.minus(T::ONE))
    }
    #[inline(always)]
    fn events(a: T, b: T, o: T) -> FpEvents {
        if b == T::ZERO {
            FpEvents::DIVIDE
        } else if Self::suspicious(a, b, o) {
            FpEvents::OVERFLOW
        } else {
            FpEvents::NONE
        }
    }
}

/// Integer remainder: by zero only.
#[derive(Clone, Copy)]
pub struct IntegerRest;

impl<T: Integer> Rule2<T, T, T> for IntegerRest {
    #[inline(always)]
    fn suspicious(_: T, b: T, _: T) -> bool {
        b == T::ZERO
    }
    #[inline(always)]
    fn events(_: T, b: T, _: T) -> FpEvents {
        if b == T::ZERO {
            FpEvents::DIVIDE
        } else {
            FpEvents::NONE
        }
    }
}

/// Integer `1 / x`: zero has none.
#[derive(Clone, Copy)]
pub struct IntegerInverse;

impl<T: Integer> Rule1<T, T> for IntegerInverse {
    #[inline(always)]
    fn suspicious(a: T, _: T) -> bool {
        a == T::ZERO
    }
    #[inline(always)]
    fn events(a: T, _: T) -> FpEvents {
        if a == T::ZERO {
            // NumPy: the infinity does not fit an integer either.
            FpEvents::DIVIDE | FpEvents::INVALID
        } else {
            FpEvents::NONE
        }
    }
}
