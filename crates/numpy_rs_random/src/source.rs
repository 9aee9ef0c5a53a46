//! Where the laws take their uniform, normal and exponential numbers from: the way of `Generator` or of `RandomState`.
//!
//! Most laws are the same for both once these are given; a law whose stream differs asks [`Source::LEGACY`].

use crate::bits::Bits;
use crate::ziggurat;

/// Uniform, normal and exponential numbers.
pub trait Source {
    /// Whether the stream is that of `RandomState`, which never changes.
    const LEGACY: bool;

    /// The generator of bits.
    type Bits: Bits;

    /// The generator of bits.
    fn bits(&mut self) -> &mut Self::Bits;

    /// Uniform in [0, 1).
    #[inline(always)]
    fn uniform(&mut self) -> f64 {
        self.bits().next_f64()
    }

    /// Standard normal.
    fn normal(&mut self) -> f64;

    /// Standard exponential.
    fn exponential(&mut self) -> f64;
}

/// A law whose constants were found.
pub trait Prepared: Sized {
    /// The law made ready for so many numbers.
    fn for_many(self, draws: usize) -> Self {
        let _ = draws;
        self
    }
}

/// The way of `Generator`: ziggurats.
#[derive(Debug)]
pub struct Modern<'a, B>(pub &'a mut B);

impl<B: Bits> Source for Modern<'_, B> {
    const LEGACY: bool = false;
    type Bits = B;

    #[inline(always)]
    fn bits(&mut self) -> &mut B {
        self.0
    }

    #[inline(always)]
    fn normal(&mut self) -> f64 {
        ziggurat::normal(self.0)
    }

    #[inline(always)]
    fn exponential(&mut self) -> f64 {
        ziggurat::exponential(self.0)
    }
}

/// The way of `RandomState`: normal numbers by the polar method, which leaves a spare one, and exponential by inversion.
#[derive(Debug)]
pub struct Legacy<'a, B>(pub &'a mut B, pub &'a mut Option<f64>);

/// Two normal numbers by the polar method.
#[inline(always)]
pub(crate) fn polar<B: Bits>(bits: &mut B) -> [f64; 2] {
    loop {
        let x = 2.0 * bits.next_f64() - 1.0;
        let y = 2.0 * bits.next_f64() - 1.0;
        let r = x * x + y * y;
        if r < 1.0 && r != 0.0 {
            let f = (-2.0 * r.ln() / r).sqrt();
            return [f * y, f * x];
        }
    }
}

impl<B: Bits> Source for Legacy<'_, B> {
    const LEGACY: bool = true;
    type Bits = B;

    #[inline(always)]
    fn bits(&mut self) -> &mut B {
        self.0
    }

    #[inline(always)]
    fn normal(&mut self) -> f64 {
        if let Some(spare) = self.1.take() {
            return spare;
        }
        let [first, second] = polar(self.0);
        *self.1 = Some(second);
        first
    }

    #[inline(always)]
    fn exponential(&mut self) -> f64 {
        -(1.0 - self.0.next_f64()).ln()
    }
}
