//! The programs that the work needs: found and tried before it starts.

pub mod python;
pub mod rust;
pub mod maturin;

pub use python::Python;
pub use rust::Rust;
