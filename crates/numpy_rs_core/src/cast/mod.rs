//! Casts: which are allowed, what dtypes promote to, and the loops that convert.

pub mod rule;
pub mod number;
pub mod convert;

pub use convert::{CastLoop, cast_loop};
pub use number::{can_cast, promote};
pub use rule::Casting;
