//! Discrete Fourier transforms along an axis, in single, double and long double precision.
//!
//! The transforms themselves are `rustfft`'s and `realfft`'s, those in long double our own; what is done here is the walk
//! over the lanes of arrays, cutting and filling them, scaling, and spreading them over the pool of threads. Plans and
//! rooms are kept by each thread.
//!
//! Modules are listed bottom-up: each may import only those above it.

pub mod kind;
pub mod precision;
mod lanes;
mod work;
#[cfg(all(target_arch = "x86_64", not(windows)))]
mod long;
mod long_lanes;
pub mod transform;

pub use kind::{Kind, Scale};
pub use transform::{result, run, transform};
