//! Rules that find floating-point events in inputs and outputs, one rule per way of failing.
//!
//! A rule first answers a cheap question of each element ([`Rule2::suspicious`]), which is fused into the loop
//! and vectorises; only a block with a suspicious element is classified element by element.

use numpy_rs_elements::fp_events::FpEvents;
use numpy_rs_elements::integer::Integer;
use numpy_rs_elements::real::Real;
use numpy_rs_elements::{Complex, LongDouble, f16};

/// What rules ask of a floating number, real or complex.
pub trait Inexact: Copy + 'static {
    /// Whether any part is NaN.
    fn has_nan(self) -> bool;
    /// Whether any part is infinite.
    fn has_infinity(self) -> bool;
    /// Whether any part is NaN or infinite.
    fn is_special(self) -> bool;
    /// Whether it is zero.
    fn is_zero(self) -> bool;
    /// Whether it is below the least normal number in magnitude.
    fn is_tiny(self) -> bool;
    /// The value, or its real part, as `f64`.
    fn approximate(self) -> f64;
}

macro_rules! inexact {
    ($($t:ty)*) => {$(
        impl Inexact for $t {
            #[inline(always)]
            fn has_nan(self) -> bool { Real::is_nan(self) }
            #[inline(always)]
            fn has_infinity(self) -> bool { Real::is_infinite(self) }
            #[inline(always)]
            fn is_special(self) -> bool { !Real::is_finite(self) }
            #[inline(always)]
            fn is_zero(self) -> bool { self == <$t as Real>::ZERO }
            #[inline(always)]
            fn is_tiny(self) -> bool { Real::abs(self) < <$t as Real>::MIN_POSITIVE }
            #[inline(always)]
            fn approximate(self) -> f64 { Real::to_f64(self) }
        }
    )*};
}

inexact!(f16 f32 f64);
#[cfg(all(target_arch = "x86_64", not(windows)))]
inexact!(LongDouble);

impl<T: Inexact> Inexact for Complex<T> {
    #[inline(always)]
    fn has_nan(self) -> bool {
        self.re.has_nan() | self.im.has_nan()
    }
    #[inline(always)]
    fn has_infinity(self) -> bool {
        self.re.has_infinity() | self.im.has_infinity()
    }
    #[inline(always)]
    fn is_special(self) -> bool {
        self.re.is_special() | self.im.is_special()
    }
    #[inline(always)]
    fn is_zero(self) -> bool {
        self.re.is_zero() & self.im.is_zero()
    }
    #[inline(always)]
    fn is_tiny(self) -> bool {
        self.re.is_tiny() & self.im.is_tiny()
    }
    #[inline(always)]
    fn approximate(self) -> f64 {
        self.re.approximate()
    }
}

/// How events of a function of one operand show.
pub trait Rule1<A, O>: Copy + 'static {
    /// Whether there is anything to find.
    const WATCHES: bool = true;
    /// Whether results can be too small.
    const UNDERFLOWS: bool = false;
    /// Whether an element may carry an event other than underflow.
    fn suspicious(a: A, o: O) -> bool;
    /// The events of an element.
    fn events(a: A, o: O) -> FpEvents;
}

/// How events of a function of two operands show.
pub trait Rule2<A, B, O>: Copy + 'static {
    /// Whether there is anything to find.
    const WATCHES: bool = true;
    /// Whether results can be too small.
    const UNDERFLOWS: bool = false;
    /// Whether an element may carry an event other than underflow.
    fn suspicious(a: A, b: B, o: O) -> bool;
    /// The events of an element.
    fn events(a: A, b: B, o: O) -> FpEvents;
}

/// No events: exact functions, comparisons, integers that wrap.
#[derive(Clone, Copy)]
pub struct Never;

impl<A, O> Rule1<A, O> for Never {
    const WATCHES: bool = false;
    fn suspicious(_: A, _: O) -> bool {
        false
    }
    fn events(_: A, _: O) -> FpEvents {
        FpEvents::NONE
    }
}

impl<A, B, O> Rule2<A, B, O> for Never {
    const WATCHES: bool = false;
    fn suspicious(_: A, _: B, _: O) -> bool {
        false
    }
    fn events(_: A, _: B, _: O) -> FpEvents {
        FpEvents::NONE
    }
}

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
            FpEvents::OVERFLOW
        };
        unless_given(
            (a.has_nan() || b.has_nan(), a.has_infinity()),
            (o.has_nan(), o.has_infinity()),
            inf,
        )
    }
}

/// NaN is invalid wherever it comes from, for functions that order their operands (`logaddexp`).
#[derive(Clone, Copy)]
pub struct Ordered;

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

/// Division of spans: by zero, and for whole quotients also of or by NaT.
#[derive(Clone, Copy)]
pub struct SpanRatio;

impl Rule2<i64, i64, f64> for SpanRatio {
    fn suspicious(_: i64, b: i64, _: f64) -> bool {
        b == 0
    }
    fn events(a: i64, b: i64, _: f64) -> FpEvents {
        match (a, b) {
            (i64::MIN, _) => FpEvents::NONE,
            (0, 0) => FpEvents::INVALID,
            (_, 0) => FpEvents::DIVIDE,
            _ => FpEvents::NONE,
        }
    }
}

impl Rule2<i64, i64, i64> for SpanRatio {
    fn suspicious(a: i64, b: i64, _: i64) -> bool {
        b == 0 || a == i64::MIN || b == i64::MIN
    }
    fn events(a: i64, b: i64, _: i64) -> FpEvents {
        if a == i64::MIN || b == i64::MIN {
            FpEvents::INVALID
        } else if b == 0 {
            FpEvents::DIVIDE
        } else {
            FpEvents::NONE
        }
    }
}

/// What is left of a span after division by zero is NaT, and a division by zero.
#[derive(Clone, Copy)]
pub struct SpanRest;

impl Rule2<i64, i64, i64> for SpanRest {
    fn suspicious(_: i64, b: i64, _: i64) -> bool {
        b == 0
    }
    fn events(a: i64, b: i64, _: i64) -> FpEvents {
        if b == 0 && a != i64::MIN {
            FpEvents::DIVIDE
        } else {
            FpEvents::NONE
        }
    }
}

/// A span over a float zero.
#[derive(Clone, Copy)]
pub struct SpanOverFloat;

impl Rule2<i64, f64, i64> for SpanOverFloat {
    fn suspicious(_: i64, b: f64, _: i64) -> bool {
        b == 0.0
    }
    fn events(a: i64, b: f64, _: i64) -> FpEvents {
        if b != 0.0 || a == i64::MIN {
            FpEvents::NONE
        } else if a == 0 {
            FpEvents::INVALID
        } else {
            FpEvents::DIVIDE
        }
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
        match (a == T::ZERO, T::SIGNED) {
            // NumPy: the infinity does not fit a signed integer either.
            (true, true) => FpEvents::DIVIDE | FpEvents::INVALID,
            (true, false) => FpEvents::DIVIDE,
            _ => FpEvents::NONE,
        }
    }
}

/// The events of `n` contiguous elements.
///
/// # Safety
///
/// All pointers are valid for reads of `n` elements.
#[cold]
#[inline(never)]
pub unsafe fn classify1<A: Copy, O: Copy, R: Rule1<A, O>>(
    a: *const A,
    o: *const O,
    n: usize,
) -> FpEvents {
    let mut events = FpEvents::NONE;
    for i in 0..n {
        // SAFETY: `i` is below `n`.
        events |= unsafe { R::events(*a.add(i), *o.add(i)) };
    }
    events
}

/// The events of `n` contiguous elements.
///
/// # Safety
///
/// All pointers are valid for reads of `n` elements.
#[cold]
#[inline(never)]
pub unsafe fn classify2<A: Copy, B: Copy, O: Copy, R: Rule2<A, B, O>>(
    a: *const A,
    b: *const B,
    o: *const O,
    n: usize,
) -> FpEvents {
    let mut events = FpEvents::NONE;
    for i in 0..n {
        // SAFETY: `i` is below `n`.
        events |= unsafe { R::events(*a.add(i), *b.add(i), *o.add(i)) };
    }
    events
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
