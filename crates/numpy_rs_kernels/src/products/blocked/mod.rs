//! Matrix products of floats and complex numbers by blocks that fit the caches, with vectors of AVX2 and AVX-512.
//!
//! Every item of a product is a sum along `k` in the same blocks and the same order, wherever its tile begins and
//! whoever computes it: the bits follow from the operands alone. A complex product is a real one: each item of the left
//! matrix counts as two rows, its real and its imaginary part, and each item of the right one as two columns; pairs of
//! rows are joined at the end.

mod vector;
mod panel;
mod packing;
mod kernel;
mod scratch;
mod cut;
mod multiply;

#[cfg(test)]
mod checks;

pub(crate) use kernel::Kernel;
pub use kernel::Scalar;
pub(crate) use multiply::{Task, multiply};
