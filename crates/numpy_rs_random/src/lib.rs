//! Random streams that equal NumPy's bit for bit: generators of bits, and the laws of numbers drawn from them.
//!
//! Modules are listed bottom-up: each may import only those above it.

mod whole;
pub mod bits;
pub mod seed_sequence;
pub mod mt19937;
pub mod mt19937_jump;
pub mod pcg64;
pub mod philox;
pub mod sfc64;
pub mod generator;
mod ziggurat_tables;
pub mod ziggurat;
pub mod bounded;
mod log_gamma;
pub mod source;
pub mod law;
mod fills;
mod images;
pub mod continuous;
pub mod poisson;
pub mod gamma;
pub mod dirichlet;
pub mod negative_binomial;
pub mod binomial;
pub mod multinomial;
pub mod discrete;
pub mod hypergeometric;
pub mod laws;
