//! The rules of complex products and quotients: the events of the real operations that they are made of.

use numpy_rs_elements::Complex;
use numpy_rs_elements::fp_events::FpEvents;
use numpy_rs_elements::real::Real;

use super::floats::{Inverse, Quotient};
use super::rule::{Inexact, Rule1, Rule2};

/// Real operations that gather their events.
struct Steps(FpEvents);

impl Steps {
    fn met<T: Real>(&mut self, a: T, b: T, o: T, over: FpEvents) -> T {
        if o.is_nan() && !a.is_nan() && !b.is_nan() {
            self.0 |= FpEvents::INVALID;
        }
        if o.is_infinite() && a.is_finite() && b.is_finite() {
            self.0 |= over;
        }
        o
    }

    fn times<T: Real>(&mut self, a: T, b: T) -> T {
        self.met(a, b, a * b, FpEvents::OVERFLOW)
    }

    fn plus<T: Real>(&mut self, a: T, b: T) -> T {
        self.met(a, b, a + b, FpEvents::OVERFLOW)
    }

    fn minus<T: Real>(&mut self, a: T, b: T) -> T {
        self.met(a, b, a - b, FpEvents::OVERFLOW)
    }

    fn over<T: Real>(&mut self, a: T, b: T) -> T {
        let event = if b == T::ZERO {
            FpEvents::DIVIDE
        } else {
            FpEvents::OVERFLOW
        };
        self.met(a, b, a / b, event)
    }
}

/// The rule of a product of complex numbers.
#[derive(Clone, Copy)]
pub struct ComplexProduct;

impl<T: Real + Inexact> Rule2<Complex<T>, Complex<T>, Complex<T>> for ComplexProduct {
    #[inline(always)]
    fn suspicious(_: Complex<T>, _: Complex<T>, o: Complex<T>) -> bool {
        o.is_special()
    }
    fn events(a: Complex<T>, b: Complex<T>, o: Complex<T>) -> FpEvents {
        if !o.is_special() {
            return FpEvents::NONE;
        }
        let mut steps = Steps(FpEvents::NONE);
        let (p, q) = (steps.times(a.re, b.re), steps.times(a.im, b.im));
        steps.minus(p, q);
        let (p, q) = (steps.times(a.re, b.im), steps.times(a.im, b.re));
        steps.plus(p, q);
        steps.0
    }
}

/// The rule of a quotient of complex numbers by Smith's method, which compares the parts of the divisor.
#[derive(Clone, Copy)]
pub struct ComplexQuotient;

impl<T: Real + Inexact> Rule2<Complex<T>, Complex<T>, Complex<T>> for ComplexQuotient {
    const UNDERFLOWS: bool = true;
    #[inline(always)]
    fn suspicious(_: Complex<T>, b: Complex<T>, o: Complex<T>) -> bool {
        o.is_special() || b.is_special()
    }
    fn events(a: Complex<T>, b: Complex<T>, o: Complex<T>) -> FpEvents {
        let small =
            FpEvents(<Quotient as Rule2<_, _, _>>::events(a, b, o).0 & FpEvents::UNDERFLOW.0);
        if !o.is_special() && !b.is_special() {
            return small;
        }
        let mut steps = Steps(small);
        if b.has_nan() {
            steps.0 |= FpEvents::INVALID;
        }
        let (re, im) = (Real::abs(b.re), Real::abs(b.im));
        if re >= im {
            if re == T::ZERO && im == T::ZERO {
                steps.over(a.re, re);
                steps.over(a.im, re);
                return steps.0;
            }
            let ratio = steps.over(b.im, b.re);
            let whole = steps.times(b.im, ratio);
            let whole = steps.plus(b.re, whole);
            let scale = steps.over(T::ONE, whole);
            let (p, q) = (steps.times(a.im, ratio), steps.times(a.re, ratio));
            let (p, q) = (steps.plus(a.re, p), steps.minus(a.im, q));
            steps.times(p, scale);
            steps.times(q, scale);
        } else {
            let ratio = steps.over(b.re, b.im);
            let whole = steps.times(b.re, ratio);
            let whole = steps.plus(b.im, whole);
            let scale = steps.over(T::ONE, whole);
            let (p, q) = (steps.times(a.re, ratio), steps.times(a.im, ratio));
            let (p, q) = (steps.plus(p, a.im), steps.minus(q, a.re));
            steps.times(p, scale);
            steps.times(q, scale);
        }
        steps.0
    }
}

/// The rule of `1 / z`, which compares the parts of `z`.
#[derive(Clone, Copy)]
pub struct ComplexInverse;

impl<T: Real + Inexact> Rule1<Complex<T>, Complex<T>> for ComplexInverse {
    #[inline(always)]
    fn suspicious(a: Complex<T>, o: Complex<T>) -> bool {
        o.is_special() || a.is_special()
    }
    fn events(a: Complex<T>, o: Complex<T>) -> FpEvents {
        let invalid = if a.has_nan() {
            FpEvents::INVALID
        } else {
            FpEvents::NONE
        };
        invalid | <Inverse as Rule1<_, _>>::events(a, o)
    }
}
