//! Rules that find floating-point events in inputs and outputs, one rule per way of failing.
//!
//! A rule first answers a cheap question of each element ([`Rule2::suspicious`]), which is fused into the loop
//! and vectorises; only a block with a suspicious element is classified element by element.

mod rule;
mod floats;
mod complexes;
mod integers;
mod spans;

pub use complexes::*;
pub use floats::*;
pub use integers::*;
pub use rule::*;
pub use spans::*;
