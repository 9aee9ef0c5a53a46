//! Roots of series: eigenvalues of the matrix by which `x` multiplies.

use numpy_rs_elements::Complex;
use numpy_rs_linalg::{Result, eigvals};

use super::family::Family;
use super::series::trimmed;
use crate::array::Array;

impl Family {
    /// The points where a series is zero, sorted by real part, then by imaginary part.
    ///
    /// # Errors
    ///
    /// [`Error::NotFinite`](numpy_rs_linalg::Error::NotFinite) for coefficients that are not; no memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use numpy_rs::polynomial::Family;
    ///
    /// # fn main() -> numpy_rs::polynomial::Result<()> {
    /// for family in Family::ALL {
    ///     let series = family.from_roots(&[-1.0, 0.25, 2.0]);
    ///     let found = family.roots(&series)?;
    ///     assert!(found.iter().zip([-1.0, 0.25, 2.0]).all(|(z, r)| (z.re - r).abs() < 1e-12 && z.im == 0.0));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn roots(self, c: &[f64]) -> Result<Vec<Complex<f64>>> {
        let c = trimmed(c.to_vec());
        let n = c.len() - 1;
        if n == 0 {
            return Ok(Vec::new());
        }
        // A similarity that makes the part that the family gives symmetric where it can be.
        let mut scales = vec![1.0; n];
        for j in 1..n {
            let ratio = self.step(j).down / self.step(j - 1).up;
            scales[j] = scales[j - 1] * if ratio > 0.0 { ratio.sqrt() } else { 1.0 };
        }
        let mut matrix = vec![0.0; n * n];
        for j in 0..n {
            let step = self.step(j);
            matrix[j * n + j] += step.same;
            if j > 0 {
                matrix[(j - 1) * n + j] += step.down * scales[j - 1] / scales[j];
            }
            if j + 1 < n {
                matrix[(j + 1) * n + j] += step.up * scales[j + 1] / scales[j];
            } else {
                for i in 0..n {
                    matrix[i * n + j] -= step.up * (c[i] / c[n]) * scales[i] / scales[j];
                }
            }
        }
        let matrix = Array::from_shape(&[n as isize, n as isize], &matrix)?;
        let found = Array::from(eigvals(&matrix.view())?);
        let mut roots = found.to_vec::<Complex<f64>>()?;
        roots.sort_by(|a, b| a.re.total_cmp(&b.re).then(a.im.total_cmp(&b.im)));
        Ok(roots)
    }
}
