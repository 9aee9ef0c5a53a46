//! Advanced indexing on views: integer arrays and boolean masks. Slices and integers only change layouts.

pub mod slice;
pub mod mask;
pub mod fancy;
