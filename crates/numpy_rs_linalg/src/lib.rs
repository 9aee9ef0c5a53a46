//! Linear algebra over stacks of matrices, with NumPy's rules for dtypes, shapes and broadcasting.
//!
//! The last two axes of an operand are matrices, all axes before them a stack. Whatever the operands hold, the
//! calculation is done in `float64` or `complex128`, as NumPy does it, and the result is rounded to the precision of the
//! operands. Large matrices go to `faer`; small ones are worked on here, where its set-up would cost more than the work.
//!
//! Modules are listed bottom-up: each may import only those above it.

pub mod error;
pub mod precision;
pub mod scalar;
pub mod stack;
mod room;
mod spread;
mod team;
mod lanes;
mod small;
mod triangular;
pub mod lu;
pub mod cholesky;
mod householder;
pub mod qr;
mod sweeping;
mod products;
mod rotation;
mod reflections;
mod tridiagonal;
mod ql;
mod secular;
mod rank_one;
mod conquer;
mod bidiagonal;
mod bidiagonal_qr;
mod conquer_svd;
mod lapack_svd;
pub mod svd;
pub mod eigh;
pub mod eig;
pub mod least_squares;

pub use cholesky::cholesky;
pub use eig::{eig, eigvals};
pub use eigh::{Triangle, eigh, eigvalsh};
pub use error::{Error, Result};
pub use least_squares::{LeastSquares, lstsq};
pub use lu::{det, inv, slogdet, solve};
pub use qr::{QrMode, qr};
pub use svd::{Svd, Vectors, svd, svdvals};
