//! Scalar functions and one-dimensional strided loops: pointers, counts and byte strides;
//! no shapes, no dtypes, no errors with words.
//!
//! Modules are listed bottom-up: each may import only those above it.

pub mod abi;
pub mod isa;
pub mod events;
pub mod fold_rows;
pub mod fold;
pub mod lanes;
pub mod math;
pub mod booleans;
pub mod integers;
pub mod division;
pub mod reals;
pub mod halves;
pub mod complexes;
pub mod complex_math;
pub mod ticks;
pub mod objects;
pub mod products;
pub mod selection;
pub mod sort;
pub mod conversion;
