//! Walking several arrays of one broadcast shape together.

pub mod order;
pub mod nest;
