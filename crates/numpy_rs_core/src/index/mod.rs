//! Advanced indexing on views: integer arrays and boolean masks. Slices and integers only change layouts.

pub mod slice;
pub mod mask;
pub mod fancy;
pub mod pick;
pub mod truth;
pub mod take;
pub mod masked;
pub mod choose;
pub mod repeat;
