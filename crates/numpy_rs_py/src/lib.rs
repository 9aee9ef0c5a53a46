//! The Python door: Python objects become views and options, results and errors become Python objects.
//!
//! Modules are listed bottom-up: each may import only those above it.

pub mod layout;
mod fault;
mod signals;
mod gate;
mod stack;
pub mod static_type;
mod package;
mod extents;
pub mod classes;
mod memory_handler;
pub mod descr;
pub mod error;
pub mod array;
mod beside;
pub mod signature;
pub mod function;
mod attribute;
mod errstate;
mod convert;
mod call;
mod functions;
mod types;
mod capi;
pub mod module;

pub use numpy_rs_core::global_blocks::GlobalBlocks;
