//! The rules of floating functions, by the ways in which they fail.

use numpy_rs_elements::fp_events::FpEvents;
use numpy_rs_elements::{Bool, Complex};

use super::rule::{Inexact, Rule1, Rule2};

/// INVALID for a NaN from nowhere, `inf` for an infinity from nowhere; both arguments are (NaN, infinity).
#[inline(always)]
fn unless_given(inputs: (bool, bool), outputs: (bool, bool), inf: FpEvents) -> FpEvents {
    // A complex result can be both.
    let invalid = if outputs.0 && !inputs.0 {
        FpEvents::INVALID
    } else {
        FpEvents::NONE
    };
    if outputs.1 && !inputs.1 {
        invalid | inf
    } else {
        invalid
    }
}

/// NaN out of numbers is invalid, infinity out of finite numbers is overflow; results are never too small.
#[derive(Clone, Copy)]
pub struct Arithmetic;

impl<A: Inexact, O: Inexact> Rule1<A, O> for Arithmetic {
    #[inline(always)]
    fn suspicious(_: A, o: O) -> bool {
        o.is_special()
    }
    #[inline(always)]
    fn events(a: A, o: O) -> FpEvents {
        unless_given(
            (a.has_nan(), a.has_infinity()),
            (o.has_nan(), o.has_infinity()),
            FpEvents::OVERFLOW,
        )
    }
}

impl<A: Inexact, B: Inexact, O: Inexact> Rule2<A, B, O> for Arithmetic {
    #[inline(always)]
    fn suspicious(_: A, _: B, o: O) -> bool {
        o.is_special()
    }
    #[inline(always)]
    fn events(a: A, b: B, o: O) -> FpEvents {
        unless_given(
            (
                a.has_nan() || b.has_nan(),
                a.has_infinity() || b.has_infinity(),
            ),
            (o.has_nan(), o.has_infinity()),
            FpEvents::OVERFLOW,
        )
    }
}

/// The order of complex numbers: invalid where real parts, or imaginary parts that decide, are NaN.
#[derive(Clone, Copy)]
pub struct ComplexOrder;

impl<T: Inexact> Rule2<Complex<T>, Complex<T>, Bool> for ComplexOrder {
    #[inline(always)]
    fn suspicious(a: Complex<T>, b: Complex<T>, _: Bool) -> bool {
        a.has_nan() | b.has_nan()
    }
    #[inline(always)]
    fn events(a: Complex<T>, b: Complex<T>, _: Bool) -> FpEvents {
        let ties = a.re.approximate() == b.re.approximate();
        if a.re.has_nan() || b.re.has_nan() || (ties && (a.im.has_nan() || b.im.has_nan())) {
            FpEvents::INVALID
        } else {
            FpEvents::NONE
        }
    }
}

/// As [`Arithmetic`], for functions that also lose small results (`exp`, `square`, `hypot`).
#[derive(Clone, Copy)]
pub struct Growth;

impl<A: Inexact, O: Inexact> Rule1<A, O> for Growth {
    const UNDERFLOWS: bool = true;
    #[inline(always)]
    fn suspicious(_: A, o: O) -> bool {
        o.is_special()
    }
    #[inline(always)]
    fn events(a: A, o: O) -> FpEvents {
        let small = if o.is_tiny() && !a.is_zero() && !a.is_special() {
            FpEvents::UNDERFLOW
        } else {
            FpEvents::NONE
        };
        small | <Arithmetic as Rule1<A, O>>::events(a, o)
    }
}

impl<A: Inexact, B: Inexact, O: Inexact> Rule2<A, B, O> for Growth {
    const UNDERFLOWS: bool = true;
    #[inline(always)]
    fn suspicious(_: A, _: B, o: O) -> bool {
        o.is_special()
    }
    #[inline(always)]
    fn events(a: A, b: B, o: O) -> FpEvents {
        let exact = a.is_zero() || b.is_zero() || a.is_special() || b.is_special();
        let small = if o.is_tiny() && !exact {
            FpEvents::UNDERFLOW
        } else {
            FpEvents::NONE
        };
        small | <Arithmetic as Rule2<A, B, O>>::events(a, b, o)
    }
}

/// The rule of a product: [`Arithmetic`], and underflow where a tiny result was rounded.
#[derive(Clone, Copy)]
pub struct Product;

/// Whether `a * b`, which is tiny, was stored rounded; `o` is the stored result.
#[inline(always)]
fn product_was_rounded(a: f64, b: f64, o: f64) -> bool {
    let scale = 2f64.powi(600);
    if o == 0.0 {
        return true;
    }
    let (a, b) = if a.abs() < b.abs() {
        (a * scale, b)
    } else {
        (a, b * scale)
    };
    a.mul_add(b, -(o * scale)) != 0.0
}

/// Whether `a / b`, which is tiny, was stored rounded; `o` is the stored result.
#[inline(always)]
fn quotient_was_rounded(a: f64, b: f64, o: f64) -> bool {
    let scale = 2f64.powi(600);
    (o * scale).mul_add(b, -(a * scale)) != 0.0
}

impl<A: Inexact, B: Inexact, O: Inexact> Rule2<A, B, O> for Product {
    const UNDERFLOWS: bool = true;
    #[inline(always)]
    fn suspicious(_: A, _: B, o: O) -> bool {
        o.is_special()
    }
    fn events(a: A, b: B, o: O) -> FpEvents {
        let small = if o.is_tiny()
            && !(a.is_zero() || b.is_zero() || a.is_special() || b.is_special())
            && product_was_rounded(a.approximate(), b.approximate(), o.approximate())
        {
            FpEvents::UNDERFLOW
        } else {
            FpEvents::NONE
        };
        small | <Arithmetic as Rule2<A, B, O>>::events(a, b, o)
    }
}

/// The rule of a quotient: a finite number over zero is a division by zero.
#[derive(Clone, Copy)]
pub struct Quotient;

impl<A: Inexact, B: Inexact, O: Inexact> Rule2<A, B, O> for Quotient {
    const UNDERFLOWS: bool = true;
    #[inline(always)]
    fn suspicious(_: A, _: B, o: O) -> bool {
        o.is_special()
    }
    fn events(a: A, b: B, o: O) -> FpEvents {
        let inf = if b.is_zero() {
            FpEvents::DIVIDE
        } else {
            FpEvents::OVERFLOW
        };
        let small = if o.is_tiny()
            && !(a.is_zero() || a.is_special() || b.is_special() || b.is_zero())
            && quotient_was_rounded(a.approximate(), b.approximate(), o.approximate())
        {
            FpEvents::UNDERFLOW
        } else {
            FpEvents::NONE
        };
        small
            | unless_given(
                (a.has_nan() || b.has_nan(), a.has_infinity()),
                (o.has_nan(), o.has_infinity()),
                inf,
            )
    }
}

/// As [`Quotient`], for a quotient rounded to a whole number, where small results are exact.
#[derive(Clone, Copy)]
pub struct FloorQuotient;

impl<A: Inexact, B: Inexact, O: Inexact> Rule2<A, B, O> for FloorQuotient {
    #[inline(always)]
    fn suspicious(_: A, _: B, o: O) -> bool {
        o.is_special()
    }
    fn events(a: A, b: B, o: O) -> FpEvents {
        let inf = if b.is_zero() {
            FpEvents::DIVIDE
        } else {
            // NumPy: the infinite quotient is then subtracted from itself.
            FpEvents::OVERFLOW | FpEvents::INVALID
        };
        unless_given(
            (a.has_nan() || b.has_nan(), a.has_infinity()),
            (o.has_nan(), o.has_infinity()),
            inf,
        )
    }
}

/// NaN is invalid wherever it comes from, for functions that compare it (`logaddexp`).
#[derive(Clone, Copy)]
pub struct Ordered;

impl<A: Inexact, O: Inexact> Rule1<A, O> for Ordered {
    #[inline(always)]
    fn suspicious(_: A, o: O) -> bool {
        o.is_special()
    }
    #[inline(always)]
    fn events(a: A, o: O) -> FpEvents {
        unless_given(
            (false, a.has_infinity()),
            (o.has_nan(), o.has_infinity()),
            FpEvents::OVERFLOW,
        )
    }
}

impl<A: Inexact, B: Inexact, O: Inexact> Rule2<A, B, O> for Ordered {
    #[inline(always)]
    fn suspicious(_: A, _: B, o: O) -> bool {
        o.is_special()
    }
    fn events(a: A, b: B, o: O) -> FpEvents {
        unless_given(
            (false, a.has_infinity() || b.has_infinity()),
            (o.has_nan(), o.has_infinity()),
            FpEvents::OVERFLOW,
        )
    }
}

/// Infinity out of a finite operand is an overflow, and nothing else is told (`spacing`, `nextafter`).
#[derive(Clone, Copy)]
pub struct OverflowOnly;

impl<A: Inexact, O: Inexact> Rule1<A, O> for OverflowOnly {
    #[inline(always)]
    fn suspicious(_: A, o: O) -> bool {
        o.has_infinity()
    }
    #[inline(always)]
    fn events(a: A, o: O) -> FpEvents {
        if o.has_infinity() && !a.is_special() {
            FpEvents::OVERFLOW
        } else {
            FpEvents::NONE
        }
    }
}

impl<A: Inexact, B, O: Inexact> Rule2<A, B, O> for OverflowOnly {
    #[inline(always)]
    fn suspicious(_: A, _: B, o: O) -> bool {
        o.has_infinity()
    }
    #[inline(always)]
    fn events(a: A, _: B, o: O) -> FpEvents {
        <Self as Rule1<A, O>>::events(a, o)
    }
}

/// Infinity out of a finite operand is a pole (`log(0)`, `arctanh(1)`).
#[derive(Clone, Copy)]
pub struct Pole;

impl<A: Inexact, O: Inexact> Rule1<A, O> for Pole {
    #[inline(always)]
    fn suspicious(_: A, o: O) -> bool {
        o.is_special()
    }
    #[inline(always)]
    fn events(a: A, o: O) -> FpEvents {
        unless_given(
            (a.has_nan(), a.has_infinity()),
            (o.has_nan(), o.has_infinity()),
            FpEvents::DIVIDE,
        )
    }
}

/// The rule of `1 / x`: infinity out of zero is a division by zero, out of a subnormal an overflow.
#[derive(Clone, Copy)]
pub struct Inverse;

impl<A: Inexact, O: Inexact> Rule1<A, O> for Inverse {
    #[inline(always)]
    fn suspicious(_: A, o: O) -> bool {
        o.is_special()
    }
    #[inline(always)]
    fn events(a: A, o: O) -> FpEvents {
        let inf = if a.is_zero() {
            FpEvents::DIVIDE
        } else {
            FpEvents::OVERFLOW
        };
        unless_given(
            (a.has_nan(), a.has_infinity()),
            (o.has_nan(), o.has_infinity()),
            inf,
        )
    }
}

/// The rule of powers: infinity out of a zero base is a division by zero, else an overflow.
#[derive(Clone, Copy)]
pub struct Power;

impl<A: Inexact, B: Inexact, O: Inexact> Rule2<A, B, O> for Power {
    const UNDERFLOWS: bool = true;
    #[inline(always)]
    fn suspicious(_: A, _: B, o: O) -> bool {
        o.is_special()
    }
    fn events(a: A, b: B, o: O) -> FpEvents {
        let inf = if a.is_zero() {
            FpEvents::DIVIDE
        } else {
            FpEvents::OVERFLOW
        };
        let small = if o.is_tiny() && !a.is_zero() && !a.is_special() && !b.is_special() {
            FpEvents::UNDERFLOW
        } else {
            FpEvents::NONE
        };
        small
            | unless_given(
                (
                    a.has_nan() || b.has_nan(),
                    a.has_infinity() || b.has_infinity(),
                ),
                (o.has_nan(), o.has_infinity()),
                inf,
            )
    }
}

/// As [`Growth`] on the first operand, whatever the second is (`ldexp`).
#[derive(Clone, Copy)]
pub struct Scaling;

impl<A: Inexact, B, O: Inexact> Rule2<A, B, O> for Scaling {
    const UNDERFLOWS: bool = true;
    #[inline(always)]
    fn suspicious(_: A, _: B, o: O) -> bool {
        o.is_special()
    }
    #[inline(always)]
    fn events(a: A, _: B, o: O) -> FpEvents {
        <Growth as Rule1<A, O>>::events(a, o)
    }
}

/// The events of a fold that took `before` to `after` over `n` elements of a lane.
///
/// # Safety
///
/// The lane is valid for reads of `n` elements.
pub unsafe fn check_fold<T: Inexact>(
    before: T,
    after: T,
    x: *const u8,
    stride_bytes: isize,
    n: usize,
) -> FpEvents {
    if !after.is_special() {
        return FpEvents::NONE;
    }
    let (mut nan, mut inf) = (before.has_nan(), before.has_infinity());
    for i in 0..n as isize {
        // SAFETY: element `i` lies within the lane.
        let v = unsafe { x.offset(i * stride_bytes).cast::<T>().read() };
        nan |= v.has_nan();
        inf |= v.has_infinity();
    }
    unless_given(
        (nan, inf),
        (after.has_nan(), after.has_infinity()),
        FpEvents::OVERFLOW,
    )
}
