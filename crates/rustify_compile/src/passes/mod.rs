//! Passes over the typed tree, one a file.

mod unbound;
mod recursion;

pub(crate) use recursion::mark_recursion;
pub(crate) use unbound::mark_unbound;
