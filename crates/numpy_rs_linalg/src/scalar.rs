//! The two types that calculations are done in.

use faer::c64;
use faer::traits::ComplexField;
use numpy_rs_core::dtype::{DType, TypeNum};

/// `f64` or a complex number of two.
pub trait Scalar: ComplexField<Real = f64> + Copy + Send + Sync + 'static {
    /// The type number of arrays of it.
    const NUM: TypeNum;
    /// Whether there are imaginary parts.
    const COMPLEX: bool;
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// A real number.
    fn from_real(re: f64) -> Self;
    /// The real part.
    fn re(self) -> f64;
    /// The imaginary part.
    fn im(self) -> f64;
    /// 1 or -1; for complex numbers the number divided by its absolute value.
    fn sign(self) -> Self;
    /// The conjugate.
    fn conjugate(self) -> Self;
    /// The absolute value, without overflow in between.
    fn modulus(self) -> f64;
    /// `|re| + |im|`, by which LAPACK chooses pivots.
    fn taxicab(self) -> f64;
    /// `self + a * b`
    fn plus(self, a: Self, b: Self) -> Self;
    /// `self * a`
    fn times(self, a: Self) -> Self;
    /// `self / a`
    fn over(self, a: Self) -> Self;
    /// `-self`
    fn negated(self) -> Self;
    /// `self * a` for a real `a`
    fn scaled(self, a: f64) -> Self;
    /// `self / a` for a real `a`
    fn divided(self, a: f64) -> Self;

    /// The dtype of arrays of it.
    fn dtype() -> DType {
        DType::new(Self::NUM)
    }
    /// Whether all parts are finite.
    fn finite(self) -> bool {
        self.re().is_finite() && self.im().is_finite()
    }
}

impl Scalar for f64 {
    const NUM: TypeNum = TypeNum::Double;
    const COMPLEX: bool = false;
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;
    fn from_real(re: f64) -> Self {
        re
    }
    fn re(self) -> f64 {
        self
    }
    fn im(self) -> f64 {
        0.0
    }
    fn sign(self) -> Self {
        if self < 0.0 { -1.0 } else { 1.0 }
    }
    fn conjugate(self) -> Self {
        self
    }
    fn modulus(self) -> f64 {
        f64::abs(self)
    }
    fn taxicab(self) -> f64 {
        f64::abs(self)
    }
    fn plus(self, a: Self, b: Self) -> Self {
        self + a * b
    }
    fn times(self, a: Self) -> Self {
        self * a
    }
    fn over(self, a: Self) -> Self {
        self / a
    }
    fn negated(self) -> Self {
        -self
    }
    fn scaled(self, a: f64) -> Self {
        self * a
    }
    fn divided(self, a: f64) -> Self {
        self / a
    }
}

impl Scalar for c64 {
    const NUM: TypeNum = TypeNum::CDouble;
    const COMPLEX: bool = true;
    const ZERO: Self = Self::new(0.0, 0.0);
    const ONE: Self = Self::new(1.0, 0.0);
    fn from_real(re: f64) -> Self {
        Self::new(re, 0.0)
    }
    fn re(self) -> f64 {
        self.re
    }
    fn im(self) -> f64 {
        self.im
    }
    fn sign(self) -> Self {
        self.divided(self.modulus())
    }
    fn conjugate(self) -> Self {
        Self::new(self.re, -self.im)
    }
    fn modulus(self) -> f64 {
        self.re.hypot(self.im)
    }
    fn taxicab(self) -> f64 {
        self.re.abs() + self.im.abs()
    }
    fn plus(self, a: Self, b: Self) -> Self {
        self + a * b
    }
    fn times(self, a: Self) -> Self {
        self * a
    }
    fn over(self, a: Self) -> Self {
        // Smith's division: no overflow in between.
        if a.re.abs() >= a.im.abs() {
            let r = a.im / a.re;
            let d = a.re + a.im * r;
            Self::new((self.re + self.im * r) / d, (self.im - self.re * r) / d)
        } else {
            let r = a.re / a.im;
            let d = a.re * r + a.im;
            Self::new((self.re * r + self.im) / d, (self.im * r - self.re) / d)
        }
    }
    fn negated(self) -> Self {
        -self
    }
    fn scaled(self, a: f64) -> Self {
        Self::new(self.re * a, self.im * a)
    }
    fn divided(self, a: f64) -> Self {
        Self::new(self.re / a, self.im / a)
    }
}
