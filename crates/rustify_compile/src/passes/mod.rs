//! Passes over the typed tree, one a file.

mod spans;
mod recursion;
mod shading;
mod items;
mod hoist;
mod watch;
mod reals;
mod trips;
mod free;
mod handing_on;

pub(crate) use free::mark_free;
pub(crate) use handing_on::mark_handing_on;
pub(crate) use hoist::hoist_arrays;
pub(crate) use items::count_places;
pub(crate) use reals::find_reals;
pub(crate) use recursion::mark_recursion;
pub(crate) use shading::mark_shading;
pub(crate) use trips::prove_trips;
pub(crate) use watch::{catches, watch_loops};
