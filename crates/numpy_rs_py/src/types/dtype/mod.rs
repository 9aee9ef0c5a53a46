//! The `dtype` class: how it prints, its attributes and methods, its metaclass and the class of each type number.

mod text;
mod attributes;
mod pickle;
mod construct;
mod class;

pub(crate) use class::initialise;
pub(crate) use construct::generic_alias;
