//! What a law is to those who fill arrays with any of them.

use crate::generator::Generator;

/// A generator with the spare normal number that `RandomState` keeps.
#[derive(Clone, Debug)]
pub struct Stream {
    /// The generator of bits.
    pub bits: Generator,
    /// The spare normal number.
    pub spare: Option<f64>,
}

/// What a parameter or a number drawn is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A double.
    F64,
    /// A 64-bit integer.
    I64,
    /// A float; the low half of a word.
    F32,
}

/// A law: its parameters, and how numbers are drawn. Words hold the bits of numbers.
#[derive(Debug)]
pub struct Law {
    /// The name; laws of `RandomState` begin with `legacy_`.
    pub name: &'static str,
    /// The parameters.
    pub takes: &'static [Kind],
    /// What is drawn.
    pub gives: Kind,
    /// Draws one.
    pub draw: fn(&mut Stream, &[u64; 3]) -> u64,
    /// Draws many.
    pub fill: Fill,
}

/// Draws many numbers with the same parameters.
#[derive(Clone, Copy, Debug)]
pub enum Fill {
    /// Numbers of 64 bits.
    Wide(fn(&mut Stream, &[u64; 3], &mut [u64])),
    /// Numbers of 32 bits.
    Narrow(fn(&mut Stream, &[u64; 3], &mut [u32])),
    /// Numbers of 64 bits, each a function of one other number.
    Images {
        /// Draws those others.
        draw: fn(&mut Stream, &[u64; 3], &mut [u64]),
        /// Puts the image in the place of each. Needs no generator, so threads may share the work.
        image: fn(&[u64; 3], &mut [u64]),
    },
}
