//! Arrays as text: `array2string`, `array_repr`, `array_str`, and the formatters of single floats.

mod options;
mod numbers;
mod element;
mod lines;
mod entry;

pub(crate) use entry::{DEFS, repr_of_array, str_of_array};
