//! Products of vectors and matrices, of any strides: what `matmul` and its family run for each pair of items.
//!
//! Large products of floats go to the crate `gemm`; the rest are loops over dot products and row updates.

pub mod item;
pub mod dense;
pub mod gufuncs;
pub mod sliding;
