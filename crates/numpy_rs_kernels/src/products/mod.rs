//! Products of vectors and matrices, of any strides: what `matmul` and its family run for each pair of items.
//!
//! Products of matrices of floats are computed by blocks where the processor has AVX2, else the large ones by the crate
//! `gemm`; the rest are loops over dot products and row updates.

#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
pub mod blocked;
pub mod item;
pub mod dense;
pub mod gufuncs;
pub mod sliding;
