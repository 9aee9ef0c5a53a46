//! The element types of arrays: what one item is, and nothing about arrays.

pub mod fp_events;
pub mod object;
