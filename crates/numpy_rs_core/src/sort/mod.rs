//! Sorting, partial sorting and searching of arrays of any dtype.

pub mod typed;
pub mod order;
pub mod digits;
pub mod runs;
pub mod lanes;
pub mod arrange;
pub mod lexical;
pub mod search;
pub mod extreme;
