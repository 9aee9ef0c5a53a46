//! The work itself: the stages in order, from a file to a drop-in with a report.

pub mod options;
pub mod claim;
pub mod decide;
pub mod memory;
pub mod reached;
pub mod proven;
pub mod timing;
pub mod prepare;
pub mod attempt;
pub mod translate;
pub mod work;

pub use options::Options;
pub use work::accelerate;
