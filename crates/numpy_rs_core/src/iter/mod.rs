//! Walking several arrays of one broadcast shape together.

pub mod nest;
pub mod order;
