//! From the typed tree to the text of a crate.

mod naming;
mod moves;
mod tight;
mod writer;
mod expression;
mod views;
mod freshness;
mod owned;
mod turns;
mod abreast;
mod fused;
mod polls;
mod exceptions;
mod finally;
mod loops;
mod statement;
mod function;
mod tables;
mod manifest;

pub(crate) use manifest::crate_files;
pub(crate) use tables::Specs;
