//! Choosing items by masks and indices: items are opaque words of their size in bytes.

pub mod word;
pub mod compress;
pub mod choose;
pub mod gather;
