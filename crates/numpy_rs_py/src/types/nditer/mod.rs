//! `nditer`: Python's handle on multi-operand iteration, with buffering, casting and reduction.
//!
//! `flags` reads what was asked, `build` makes the axes and operands, `walk` moves over them, `buffer` copies chunks in
//! and out, `object` is the Python class.

mod flags;
mod operand;
mod axes;
mod walk;
mod buffer;
mod build;
mod state;
mod object;
mod nested;

pub(crate) use nested::DEFS;
pub(crate) use object::initialise;
