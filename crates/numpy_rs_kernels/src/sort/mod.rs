//! Sorting, selecting and searching lanes of numbers, and a stable merge sort for anything.

pub mod key;
pub mod merge;
pub mod radix;
pub mod lane;
pub mod search;
pub mod extreme;
