//! What is asked for: which transform, and by what it is multiplied.

/// Which transform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Complex lanes of `n` items to complex ones, with `exp(-2πi jk/n)`.
    Forward,
    /// The same with `exp(+2πi jk/n)`.
    Backward,
    /// Real lanes of `n` items to the first `n / 2 + 1` of their transform.
    RealForward,
    /// `n / 2 + 1` items of a Hermitian transform to real lanes of `n` items; imaginary parts of items that have to be
    /// real are not looked at.
    RealBackward,
}

/// By what a transform of length `n` is multiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// 1
    One,
    /// `1 / n`
    Reciprocal,
    /// `1 / sqrt(n)`, which makes the transform unitary.
    Root,
}

impl Scale {
    /// The factor in double precision.
    pub(crate) fn factor(self, n: usize) -> f64 {
        match self {
            Self::One => 1.0,
            Self::Reciprocal => 1.0 / n as f64,
            Self::Root => 1.0 / (n as f64).sqrt(),
        }
    }
}
