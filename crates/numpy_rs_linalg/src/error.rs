//! What can go wrong in linear algebra, as data; the words are in `Display` alone.

use std::fmt;

use numpy_rs_core::dtype::DType;

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong. Those that linear algebra itself cannot do are NumPy's `LinAlgError`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// An operand has fewer than two dimensions.
    NoMatrix { ndim: usize },
    /// Matrices that must be square are not.
    NotSquare,
    /// The sides of a system do not have as many rows.
    Incompatible,
    /// A pivot is exactly zero.
    Singular,
    /// A matrix has no Cholesky factor.
    NotPositiveDefinite,
    /// An iteration met NaN or infinity, or did not end; the whole message.
    NoConvergence { what: &'static str },
    /// NaN or infinity where none is allowed.
    NotFinite,
    /// There is no calculation in this precision; the name of the dtype.
    Dtype(Box<str>),
    /// An operand does not hold numbers; the name of the loop, the operand if there are several, the dtype.
    NotNumbers {
        function: &'static str,
        operand: Option<usize>,
        dtype: DType,
    },
    /// An operand is one number where a matrix or vector is needed.
    NoDimensions { signature: &'static str },
    /// Something below linear algebra.
    Core(numpy_rs_core::error::Error),
}

impl From<numpy_rs_core::error::Error> for Error {
    fn from(error: numpy_rs_core::error::Error) -> Self {
        Self::Core(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMatrix { ndim } => write!(
                f,
                "{ndim}-dimensional array given. Array must be at least two-dimensional"
            ),
            Self::NotSquare => f.write_str("Last 2 dimensions of the array must be square"),
            Self::Incompatible => f.write_str("Incompatible dimensions"),
            Self::Singular => f.write_str("Singular matrix"),
            Self::NotPositiveDefinite => f.write_str("Matrix is not positive definite"),
            Self::NoConvergence { what } => f.write_str(what),
            Self::NotFinite => f.write_str("Array must not contain infs or NaNs"),
            Self::Dtype(name) => write!(f, "array type {name} is unsupported in linalg"),
            Self::NotNumbers {
                function,
                operand,
                dtype,
            } => {
                write!(f, "Cannot cast ufunc '{function}' input ")?;
                if let Some(i) = operand {
                    write!(f, "{i} ")?;
                }
                let from = dtype.repr();
                write!(
                    f,
                    "from {from} to dtype('float64') with casting rule 'same_kind'"
                )
            }
            Self::NoDimensions { signature } => write!(
                f,
                "solve: Input operand 1 does not have enough dimensions (has 0, gufunc core with signature {signature} requires 2)"
            ),
            Self::Core(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}
