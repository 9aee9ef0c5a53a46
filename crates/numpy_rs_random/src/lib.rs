//! Random streams that equal NumPy's bit for bit: generators of bits, and the numbers drawn from them.
//!
//! Modules are listed bottom-up: each may import only those above it.

pub mod mt19937;
pub mod seed_sequence;
pub mod pcg64;
pub mod legacy;
