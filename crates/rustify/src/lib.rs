//! `rustify`: from a slow Python program to a proven Rust extension in one command.
//!
//! Modules are listed bottom-up: each may import only those above it. `accelerate::work` has the stages in order.

/// The version of rustify.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

pub mod failure;
pub mod names;
pub mod folder;
pub mod interrupt;
pub mod program;
pub mod console;
pub mod input;
pub mod toolchain;
pub mod cache;
pub mod select;
pub mod build;
pub mod dropin;
pub mod report;
pub mod stages;
pub mod real;
pub mod accelerate;
pub mod command;
