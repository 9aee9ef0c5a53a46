//! Python functions with recorded types in, the text of a Rust crate out.
//!
//! The way of a function: its syntax ([`source`], [`program`]) is lowered to a typed tree ([`ir`]) again and again
//! until the types of all variables are known ([`lower`], [`types`]); passes look for variables without a value and
//! for recursion ([`passes`]); the tree is written as Rust ([`emit`]).
//!
//! Modules are listed bottom-up: each may import only those above it.

mod lambdas;
pub mod source;
mod surroundings;
pub mod dtype;
pub mod types;
pub mod ir;
mod walk;
mod unbound;
mod names;
mod scopes;
mod function_uses;
mod code_changes;
mod yields;
mod classes;
mod program;
mod class_bodies;
mod nesting;
mod tables;
mod local_imports;
mod array_guess;
mod lower;
mod signatures;
mod recorded_globals;
mod passes;
mod emit;
mod spares;
mod compile;

pub use compile::compile;

use rustify_types::Reason;

/// Every function that a file defines, methods as `C.m` and nested ones as `f.<locals>.g`, with the line of its `def`.
pub fn functions(source: &str) -> Result<Vec<(String, u32)>, Reason> {
    Ok(source::Source::parse(source)?.functions())
}

/// The text that decides what the functions of a file find when they are called: all that runs while it is imported.
pub fn surroundings(source: &str) -> Result<String, Reason> {
    Ok(surroundings::of(&source::Source::parse(source)?))
}
