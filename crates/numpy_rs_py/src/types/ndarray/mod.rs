//! The `ndarray` class: how arrays are made, indexed, computed with, described and saved.

pub(crate) mod create;
pub(crate) mod subscript;
pub(crate) mod flatiter;
pub(crate) mod attributes;
mod buffer;
mod item_pairs;
mod comparison;
mod operators;
pub(crate) mod methods;
pub(crate) mod dlpack;
mod class;

pub(crate) use class::{add_methods, initialise};
