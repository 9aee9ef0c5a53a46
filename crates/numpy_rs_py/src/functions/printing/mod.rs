//! Arrays as text: `array2string`, `array_repr`, `array_str`, and the formatters of single floats.

mod options;
mod guard;
mod numbers;
mod floats;
mod lines;
mod column;
mod element;
mod dragon;
mod dtype_words;
mod void;
mod entry;

pub(crate) use entry::{DEFS, repr_of_array, str_of_array};
pub(crate) use options::legacy_mode;
pub(crate) use void::struct_text;
