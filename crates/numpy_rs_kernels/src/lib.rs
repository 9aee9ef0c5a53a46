//! Scalar functions and one-dimensional strided loops: pointers, counts and byte strides;
//! no shapes, no dtypes, no errors with words.
//!
//! Modules are listed bottom-up: each may import only those above it.

pub mod abi;
