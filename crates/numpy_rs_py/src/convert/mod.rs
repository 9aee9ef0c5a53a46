//! What Python objects mean as arguments: dtypes, arrays, axes, shapes, keywords, indices; and items as scalars.

pub(crate) mod warning;
pub(crate) mod shape;
pub(crate) mod keyword;
pub(crate) mod dtype_fields;
pub(crate) mod dtype_text;
pub(crate) mod foreign;
pub(crate) mod ctypes_dtype;
pub(crate) mod dtype;
pub(crate) mod events;
pub(crate) mod ticks;
pub(crate) mod item;
pub(crate) mod store;
pub(crate) mod scalar;
pub(crate) mod buffer_format;
pub(crate) mod protocols;
pub(crate) mod target;
pub(crate) mod discover;
pub(crate) mod array_like;
pub(crate) mod index;
pub(crate) mod object_hooks;
