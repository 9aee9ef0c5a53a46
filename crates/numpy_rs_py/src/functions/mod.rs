//! The functions of the door: one file per page of NumPy's reference, each with its table of definitions.

mod faults;

use crate::function::FunctionDef;

/// Every table of functions.
pub(crate) static ALL: &[&[FunctionDef]] = &[faults::TABLE];
