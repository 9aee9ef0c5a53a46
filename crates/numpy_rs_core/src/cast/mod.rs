//! Casts: which are allowed, what dtypes promote to, and the loops that convert.

pub mod rule;
pub mod units;
pub mod level;
pub mod promotion;
pub mod text;
pub mod convert;

pub use convert::{CastLoop, cast_loop};
pub use level::can_cast;
pub use promotion::{promote, promote_all};
pub use rule::Casting;
