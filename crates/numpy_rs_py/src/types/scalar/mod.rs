//! The scalar types: the hierarchy, construction, operators, text, attributes and methods.

mod text;
mod operand;
mod arithmetic;
mod compare;
mod construct;
mod buffer;
mod pickle;
mod void;
mod attributes;
mod methods;
mod class;

pub(crate) use class::initialise;
pub(crate) use methods::adopt_signatures;
pub(crate) use pickle::TABLE;
