//! Passes over the typed tree, one a file.

mod unbound;
mod recursion;
mod shading;

pub(crate) use recursion::mark_recursion;
pub(crate) use shading::mark_shading;
pub(crate) use unbound::mark_unbound;
