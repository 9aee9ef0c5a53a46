//! What a rule is, the empty rule, and how a block is classified by one.

#[cfg(all(target_arch = "x86_64", not(windows)))]
use numpy_rs_elements::LongDouble;
use numpy_rs_elements::fp_events::FpEvents;
use numpy_rs_elements::real::Real;
use numpy_rs_elements::{Complex, f16};

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
