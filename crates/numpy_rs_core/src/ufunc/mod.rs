//! The ufunc engine: options, resolution, plans and their execution.

pub mod table;
