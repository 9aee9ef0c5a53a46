//! Dtypes, layouts, arrays, casts, indexing and the ufunc engine; knows no Python and no device.
//!
//! Modules are listed bottom-up: each may import only those above it.

pub mod dims;
pub mod dtype;
pub mod error;
pub mod layout;
pub mod reshape;
pub mod subscripts;
pub mod format;
pub mod object;
pub mod references;
mod kept_blocks;
pub mod global_blocks;
pub mod buffer;
pub mod view;
pub mod array;
pub mod items;
pub mod cast;
pub mod fp_errors;
pub mod interrupt;
pub mod parallel;
pub mod overlap;
pub mod iter;
pub mod copy;
pub mod index;
pub mod sort;
pub mod ufunc;
