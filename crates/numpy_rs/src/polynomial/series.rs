//! Sums, products, quotients, derivatives, integrals and values of series.

use numpy_rs_linalg::{Error, Result};

use super::family::Family;
use crate::array::Array;

/// Without zeros at the end; one coefficient stays.
pub(super) fn trimmed(mut c: Vec<f64>) -> Vec<f64> {
    while c.len() > 1 && c.last() == Some(&0.0) {
        c.pop();
    }
    if c.is_empty() {
        c.push(0.0);
    }
    c
}

fn joined(a: &[f64], b: &[f64], join: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let at = |c: &[f64], i: usize| c.get(i).copied().unwrap_or(0.0);
    trimmed(
        (0..a.len().max(b.len()))
            .map(|i| join(at(a, i), at(b, i)))
            .collect(),
    )
}

impl Family {
    /// `a + b`
    pub fn add(self, a: &[f64], b: &[f64]) -> Vec<f64> {
        joined(a, b, |x, y| x + y)
    }

    /// `a - b`
    pub fn sub(self, a: &[f64], b: &[f64]) -> Vec<f64> {
        joined(a, b, |x, y| x - y)
    }

    /// `x` times a series.
    pub fn mulx(self, c: &[f64]) -> Vec<f64> {
        let mut product = vec![0.0; c.len() + 1];
        for (n, &v) in c.iter().enumerate() {
            let step = self.step(n);
            product[n + 1] += v * step.up;
            product[n] += v * step.same;
            if n > 0 {
                product[n - 1] += v * step.down;
            }
        }
        trimmed(product)
    }

    /// `a b`
    pub fn mul(self, a: &[f64], b: &[f64]) -> Vec<f64> {
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        let mut sum = vec![0.0];
        // The polynomials of the family times the longer series, two degrees at a time.
        let (mut before, mut now) = (vec![0.0], trimmed(long.to_vec()));
        for (n, &v) in short.iter().enumerate() {
            sum = joined(&sum, &now, |s, p| s + v * p);
            if n + 1 == short.len() {
                break;
            }
            let step = self.step(n);
            let rest = joined(&now, &before, |p, q| step.same * p + step.down * q);
            let next = joined(&self.mulx(&now), &rest, |x, r| (x - r) / step.up);
            before = std::mem::replace(&mut now, next);
        }
        trimmed(sum)
    }

    /// Quotient and remainder of `a / b`.
    ///
    /// # Errors
    ///
    /// [`Error::Core`] with a value error where `b` is zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use numpy_rs::polynomial::Family;
    ///
    /// # fn main() -> numpy_rs::polynomial::Result<()> {
    /// for family in Family::ALL {
    ///     let (a, b) = ([1.0, 2.0, 3.0, 4.0], [5.0, 6.0]);
    ///     let (quotient, remainder) = family.div(&a, &b)?;
    ///     let again = family.add(&family.mul(&quotient, &b), &remainder);
    ///     assert!(again.iter().zip(a).all(|(x, y)| (x - y).abs() < 1e-12));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn div(self, a: &[f64], b: &[f64]) -> Result<(Vec<f64>, Vec<f64>)> {
        let b = trimmed(b.to_vec());
        if b == [0.0] {
            return Err(Error::Core(numpy_rs_core::error::Error::Value {
                what: "division by the zero polynomial",
            }));
        }
        let mut rest = trimmed(a.to_vec());
        if rest.len() < b.len() {
            return Ok((vec![0.0], rest));
        }
        let mut quotient = vec![0.0; rest.len() - b.len() + 1];
        for i in (0..quotient.len()).rev() {
            let mut one = vec![0.0; i + 1];
            one[i] = 1.0;
            let shifted = self.mul(&one, &b);
            let top = b.len() + i - 1;
            let factor = rest.get(top).copied().unwrap_or(0.0) / shifted[top];
            quotient[i] = factor;
            rest.truncate(top);
            for (r, s) in rest.iter_mut().zip(&shifted) {
                *r -= factor * s;
            }
        }
        Ok((quotient, trimmed(rest)))
    }

    /// The derivative.
    pub fn der(self, c: &[f64]) -> Vec<f64> {
        let mut c = trimmed(c.to_vec());
        let n = c.len() - 1;
        if n == 0 {
            return vec![0.0];
        }
        let mut d = vec![0.0; n];
        for j in (1..=n).rev() {
            let k = j as f64;
            match self {
                Self::Power | Self::HermiteE => d[j - 1] = k * c[j],
                Self::Hermite => d[j - 1] = 2.0 * k * c[j],
                Self::Chebyshev if j > 2 => {
                    d[j - 1] = 2.0 * k * c[j];
                    c[j - 2] += k * c[j] / (k - 2.0);
                }
                Self::Chebyshev => d[j - 1] = k * k * c[j],
                Self::Legendre => {
                    d[j - 1] = (2.0 * k - 1.0) * c[j];
                    if j > 2 {
                        c[j - 2] += c[j];
                    }
                }
                Self::Laguerre => {
                    d[j - 1] = -c[j];
                    if j > 1 {
                        c[j - 1] += c[j];
                    }
                }
            }
        }
        d
    }

    /// The integral that is zero at zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use numpy_rs::polynomial::Family;
    ///
    /// assert_eq!(Family::Power.int(&[1.0, 2.0, 3.0]), [0.0, 1.0, 1.0, 1.0]);
    /// for family in Family::ALL {
    ///     let c = [1.0, -2.0, 0.5, 3.0];
    ///     assert!(family.der(&family.int(&c)).iter().zip(c).all(|(x, y)| (x - y).abs() < 1e-14));
    /// }
    /// ```
    pub fn int(self, c: &[f64]) -> Vec<f64> {
        if c.iter().all(|&v| v == 0.0) {
            return vec![0.0];
        }
        let mut sum = vec![0.0; c.len() + 1];
        for (j, &v) in c.iter().enumerate() {
            let k = j as f64;
            match (self, j) {
                (Self::Power | Self::HermiteE, _) => sum[j + 1] += v / (k + 1.0),
                (Self::Hermite, _) => sum[j + 1] += v / (2.0 * (k + 1.0)),
                (Self::Chebyshev | Self::Legendre, 0) => sum[1] += v,
                (Self::Chebyshev, 1) => sum[2] += v / 4.0,
                (Self::Chebyshev, _) => {
                    sum[j + 1] += v / (2.0 * (k + 1.0));
                    sum[j - 1] -= v / (2.0 * (k - 1.0));
                }
                (Self::Legendre, _) => {
                    sum[j + 1] += v / (2.0 * k + 1.0);
                    sum[j - 1] -= v / (2.0 * k + 1.0);
                }
                (Self::Laguerre, _) => {
                    sum[j] += v;
                    sum[j + 1] -= v;
                }
            }
        }
        sum[0] -= self.at(0.0, &sum);
        sum
    }

    /// The value at one point, by Clenshaw's recurrence.
    pub fn at(self, x: f64, c: &[f64]) -> f64 {
        let (mut now, mut next) = (0.0, 0.0);
        for (n, &v) in c.iter().enumerate().rev() {
            let step = self.step(n);
            let before = v + (x - step.same) / step.up * now
                - self.step(n + 1).down / self.step(n + 1).up * next;
            next = now;
            now = before;
        }
        now
    }

    /// The values at all points of an array, as float64.
    ///
    /// # Errors
    ///
    /// No memory; points that are no real numbers.
    ///
    /// # Examples
    ///
    /// ```
    /// use numpy_rs::{Array, polynomial::Family};
    ///
    /// # fn main() -> numpy_rs::Result<()> {
    /// let x = Array::from_slice(&[0.0, 0.5, 1.0])?;
    /// assert_eq!(Family::Power.val(&x, &[1.0, 0.0, 4.0])?.to_vec::<f64>()?, [1.0, 2.0, 5.0]);
    /// assert_eq!(Family::Chebyshev.val(&x, &[0.0, 0.0, 1.0])?.to_vec::<f64>()?, [-1.0, -0.5, 1.0]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn val(self, x: &Array, c: &[f64]) -> crate::Result<Array> {
        let mut points = doubles(x)?;
        let mut view = points.typed_mut::<f64>()?;
        if let Some(items) = view.as_slice_mut() {
            for item in items {
                *item = self.at(*item, c);
            }
        }
        Ok(points)
    }

    /// The series that is zero at the given points and whose highest power has the factor 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use numpy_rs::polynomial::Family;
    ///
    /// assert_eq!(Family::Power.from_roots(&[1.0, 2.0]), [2.0, -3.0, 1.0]);
    /// ```
    pub fn from_roots(self, roots: &[f64]) -> Vec<f64> {
        let mut roots = roots.to_vec();
        roots.sort_by(f64::total_cmp);
        let step = self.step(0);
        let mut parts: Vec<Vec<f64>> = roots.iter().map(|r| vec![step.same - r, step.up]).collect();
        // Products of neighbours, so that factors stay of one size.
        while parts.len() > 1 {
            let odd = if parts.len() % 2 == 1 {
                parts.pop()
            } else {
                None
            };
            let half = parts.len() / 2;
            let mut next: Vec<Vec<f64>> = (0..half)
                .map(|i| self.mul(&parts[i], &parts[i + half]))
                .collect();
            if let (Some(odd), Some(first)) = (odd, next.first_mut()) {
                *first = self.mul(first, &odd);
            } else if next.is_empty() {
                break;
            }
            parts = next;
        }
        parts.pop().unwrap_or_else(|| vec![1.0])
    }
}

/// A contiguous copy in double precision.
pub(super) fn doubles(x: &Array) -> crate::Result<Array> {
    let double = numpy_rs_core::dtype::DType::new(numpy_rs_core::dtype::TypeNum::Double);
    x.astype(&double, numpy_rs_core::cast::Casting::SameKind)?
        .to_contiguous()
}
