//! The work itself: the stages in order, from a file to a drop-in with a report.

pub mod options;
pub mod decide;
pub mod memory;
pub mod timing;
pub mod work;

pub use options::Options;
pub use work::accelerate;
