//! Casts: which are allowed, what dtypes promote to, and the loops that convert.

pub mod rule;

pub use rule::Casting;
