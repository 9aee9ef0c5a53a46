//! Python functions with recorded types in, the text of a Rust crate out.
//!
//! Modules are listed bottom-up: each may import only those above it.

pub mod source;

use rustify_types::Reason;

/// Every function that a file defines, methods as `C.m` and nested ones as `f.<locals>.g`, with the line of its `def`.
pub fn functions(source: &str) -> Result<Vec<(String, u32)>, Reason> {
    Ok(source::Source::parse(source)?.functions())
}
