//! Passes over the typed tree, one a file.

mod recursion;
mod shading;
mod hoist;
mod watch;

pub(crate) use hoist::hoist_arrays;
pub(crate) use recursion::mark_recursion;
pub(crate) use shading::mark_shading;
pub(crate) use watch::{catches, watch_loops};
