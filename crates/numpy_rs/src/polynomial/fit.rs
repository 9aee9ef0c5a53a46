//! Series that fit points best, by least squares.

use numpy_rs_linalg::{Result, lstsq};

use super::family::Family;
use super::series::doubles;
use crate::array::Array;

impl Family {
    /// The values of the polynomials up to `degree` at points, a row for each point.
    ///
    /// # Errors
    ///
    /// No memory; points that are no real numbers.
    pub fn vander(self, x: &Array, degree: usize) -> Result<Array> {
        let points = doubles(x)?.to_vec::<f64>()?;
        let width = degree + 1;
        let mut values = vec![0.0; points.len() * width];
        for (row, &x) in values.chunks_exact_mut(width).zip(&points) {
            row[0] = 1.0;
            for n in 0..degree {
                let step = self.step(n);
                let before = if n > 0 { row[n - 1] } else { 0.0 };
                row[n + 1] = ((x - step.same) * row[n] - step.down * before) / step.up;
            }
        }
        Ok(Array::from_shape(
            &[points.len() as isize, width as isize],
            &values,
        )?)
    }

    /// The series of a degree that comes nearest to `y` at the points `x` in the sum of squares.
    ///
    /// # Errors
    ///
    /// [`Error::Incompatible`](numpy_rs_linalg::Error::Incompatible) for vectors of different lengths;
    /// [`Error::NoConvergence`](numpy_rs_linalg::Error::NoConvergence) for numbers that are not finite; no memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use numpy_rs::{Array, linspace, polynomial::Family};
    ///
    /// # fn main() -> numpy_rs::polynomial::Result<()> {
    /// let x = linspace(-1.0, 1.0, 21)?;
    /// for family in Family::ALL {
    ///     let y = family.val(&x, &[1.0, -2.0, 0.5])?;
    ///     let found = family.fit(&x, &y, 2)?;
    ///     assert!(found.iter().zip([1.0, -2.0, 0.5]).all(|(c, d)| (c - d).abs() < 1e-12));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn fit(self, x: &Array, y: &Array, degree: usize) -> Result<Vec<f64>> {
        let mut matrix = self.vander(x, degree)?;
        let width = degree + 1;
        let rows = matrix.shape()[0] as f64;
        let mut norms = vec![0.0; width];
        {
            let mut view = matrix.typed_mut::<f64>()?;
            // Columns of one size, so that the limit of what counts as zero is fair to all of them.
            if let Some(items) = view.as_slice_mut() {
                for row in items.chunks_exact(width) {
                    for (norm, v) in norms.iter_mut().zip(row) {
                        *norm += v * v;
                    }
                }
                for norm in &mut norms {
                    *norm = if *norm == 0.0 { 1.0 } else { norm.sqrt() };
                }
                for row in items.chunks_exact_mut(width) {
                    for (v, norm) in row.iter_mut().zip(&norms) {
                        *v /= norm;
                    }
                }
            }
        }
        let y = doubles(y)?;
        let found = lstsq(&matrix.view(), &y.view(), rows * f64::EPSILON)?;
        let mut c = Array::from(found.x).to_vec::<f64>()?;
        for (c, norm) in c.iter_mut().zip(&norms) {
            *c /= norm;
        }
        Ok(c)
    }
}
