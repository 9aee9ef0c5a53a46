//! Numbers as decimal text: shortest round-trip digits, fixed precision, and NumPy's positional and scientific forms.

pub mod decimal;
pub mod value;
pub mod scale;
mod digits;
pub mod float;
pub mod general;
