//! Discrete Fourier transforms along an axis, in single and double precision.
//!
//! The transforms themselves are `rustfft`'s and `realfft`'s; what is done here is the walk over the lanes of arrays,
//! cutting and filling them, scaling, and spreading them over the pool of threads. Plans are kept by each thread.
//!
//! Modules are listed bottom-up: each may import only those above it.

pub mod precision;
mod lanes;
pub mod transform;

pub use transform::{Kind, transform};
