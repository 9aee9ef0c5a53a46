//! Shapes, strides and indices as inline integer arrays.

use std::fmt;

use smallvec::SmallVec;

/// The largest number of dimensions, NumPy's `NPY_MAXDIMS`.
pub const MAXDIMS: usize = 64;

/// A shape in elements or strides in bytes; inline for the ranks that occur.
pub type Dims = SmallVec<[isize; 6]>;

/// Writes a shape as Python writes a tuple: `()`, `(3,)`, `(2,3)`.
pub struct ShapeText<'a>(pub &'a [isize], pub &'static str);

impl fmt::Display for ShapeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        for (i, d) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(self.1)?;
            }
            write!(f, "{d}")?;
        }
        f.write_str(if self.0.len() == 1 { ",)" } else { ")" })
    }
}
