//! Eigenvalues and eigenvectors of symmetric and Hermitian matrices (LAPACK's `heevd`).

use faer::c64;
use numpy_rs_core::array::Array;
use numpy_rs_core::view::View;

use crate::conquer;
use crate::error::{Error, Result};
use crate::precision::Precision;
use crate::ql;
use crate::reflections::Reflections;
use crate::room;
use crate::rotation::{Columns, Rotation};
use crate::scalar::Scalar;
use crate::spread;
use crate::stack::{Results, Stack};
use crate::tridiagonal;

/// Which triangle of a matrix is read; the other one is taken to be its conjugate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Triangle {
    /// The lower one.
    Lower,
    /// The upper one.
    Upper,
}

/// Eigenvalues, rising, `(…, n)`, and eigenvectors as columns, `(…, n, n)`, of matrices `(…, n, n)`.
///
/// # Errors
///
/// [`Error::NoConvergence`], [`Error::NotSquare`], [`Error::NoMatrix`]. NaN and infinity are no error: all answers for
/// such a matrix are NaN.
pub fn eigh(a: &View<'_>, triangle: Triangle) -> Result<(Array, Array)> {
    let precision = Precision::of(name("eigh_lo", "eigh_up", triangle), &[a])?;
    if precision.complex {
        eigh_in::<c64>(a, triangle, true, precision)
    } else {
        eigh_in::<f64>(a, triangle, true, precision)
    }
}

/// The eigenvalues of [`eigh`] alone.
///
/// # Errors
///
/// As [`eigh`].
pub fn eigvalsh(a: &View<'_>, triangle: Triangle) -> Result<Array> {
    let precision = Precision::of(name("eigvalsh_lo", "eigvalsh_up", triangle), &[a])?;
    let (values, _) = if precision.complex {
        eigh_in::<c64>(a, triangle, false, precision)?
    } else {
        eigh_in::<f64>(a, triangle, false, precision)?
    };
    Ok(values)
}

fn name(lower: &'static str, upper: &'static str, triangle: Triangle) -> &'static str {
    match triangle {
        Triangle::Lower => lower,
        Triangle::Upper => upper,
    }
}

fn eigh_in<T: Scalar>(
    a: &View<'_>,
    triangle: Triangle,
    with_vectors: bool,
    precision: Precision,
) -> Result<(Array, Array)> {
    let a = Stack::<T>::read_square(a)?;
    let n = a.rows;
    let n_u = if with_vectors { n } else { 0 };
    let mut values = Results::<f64>::new(&a.batch, &[n])?;
    let mut vectors = Results::<T>::new(&a.batch, &[n, n_u])?;
    let to = (values.writer(), vectors.writer());
    let make = || Work::<T>::new(n, with_vectors);
    let count = if n > 0 { a.count() } else { 0 };
    let cost = 200 + n * n * n;
    spread::each(count, cost, to, make, |work, k, (to_values, to_vectors)| {
        if !work.read(a.matrix(k), triangle) {
            to_values.fill(f64::NAN);
            to_vectors.fill(T::from_real(f64::NAN));
            return Ok(());
        }
        work.run(with_vectors)?;
        work.write(to_values, to_vectors);
        Ok(())
    })?;
    Ok((
        values.finish(&precision.real_result())?,
        vectors.finish(&precision.result())?,
    ))
}

/// One matrix after another, in room that is used again.
struct Work<T> {
    n: usize,
    /// The matrix, column by column, then the reflections that make it tridiagonal.
    a: Vec<T>,
    /// Whether the first row of `a` is the last one of the matrix.
    reversed: bool,
    /// What the matrix was divided by.
    size: f64,
    /// The diagonal, then the eigenvalues.
    d: Vec<f64>,
    /// What is beside the diagonal.
    e: Vec<f64>,
    tau: Vec<T>,
    /// Room to reduce the matrix in.
    panels: Vec<T>,
    /// The vectors of the tridiagonal matrix, column by column.
    z: Vec<f64>,
    /// Room to find them in.
    parts: Vec<f64>,
    run: Vec<Rotation>,
    /// The vectors, column by column.
    u: Vec<T>,
    /// The order in which the eigenvalues rise.
    order: Vec<usize>,
}

impl<T: Scalar> Work<T> {
    fn new(n: usize, with_vectors: bool) -> Result<Self> {
        let squared = if with_vectors { n * n } else { 0 };
        Ok(Self {
            n,
            a: room::zeros(n * n)?,
            reversed: false,
            size: 1.0,
            d: room::zeros(n)?,
            e: room::zeros(n)?,
            tau: room::zeros(n)?,
            panels: room::zeros(tridiagonal::room(n))?,
            z: room::zeros(squared)?,
            parts: room::zeros(if with_vectors { conquer::room(n) } else { 0 })?,
            run: room::list([], n)?,
            u: room::zeros(squared)?,
            order: room::list(0..n, n)?,
        })
    }

    /// Reads one triangle of a matrix; false where it is not finite. As in LAPACK an upper one is worked on from its last
    /// row to its first: as a lower one in reverse order.
    fn read(&mut self, given: &[T], triangle: Triangle) -> bool {
        let n = self.n;
        self.reversed = triangle == Triangle::Upper;
        let mut largest = 0.0f64;
        let mut finite = true;
        for j in 0..n {
            let column = &mut self.a[j * n..(j + 1) * n];
            for (i, to) in column.iter_mut().enumerate().skip(j) {
                let v = match triangle {
                    Triangle::Lower => given[i * n + j],
                    Triangle::Upper => given[(n - 1 - i) * n + n - 1 - j],
                };
                finite &= v.finite();
                largest = largest.max(v.re().abs()).max(v.im().abs());
                *to = v;
            }
            // The imaginary part of the diagonal is not looked at.
            column[j] = T::from_real(column[j].re());
        }
        // Squares of entries neither overflow nor vanish.
        self.size = if largest > 0.0 && !(1e-140..1e140).contains(&largest) {
            largest
        } else {
            1.0
        };
        if finite && self.size != 1.0 {
            for v in &mut self.a {
                *v = v.divided(self.size);
            }
        }
        finite
    }

    fn run(&mut self, with_vectors: bool) -> Result<()> {
        let n = self.n;
        let failed = Error::NoConvergence {
            what: "Eigenvalues did not converge",
        };
        tridiagonal::reduce(
            &mut self.a,
            &mut self.d,
            &mut self.e,
            &mut self.tau,
            &mut self.panels,
        )?;
        if self.reversed {
            self.d.reverse();
            self.e[..n - 1].reverse();
        }
        if n <= conquer::LEAF || !with_vectors {
            let rows = if with_vectors { n } else { 0 };
            self.z.fill(0.0);
            self.z.iter_mut().step_by(n + 1).for_each(|one| *one = 1.0);
            let mut columns = Columns {
                items: &mut self.z,
                stride: rows,
                rows,
            };
            if !ql::solve(&mut self.d, &mut self.e, &mut columns, &mut self.run) {
                return Err(failed);
            }
        } else {
            self.z.fill(0.0);
            let (d, e) = (&mut self.d, &mut self.e[..n - 1]);
            self.order = conquer::solve(d, e, &mut self.z, &mut self.parts)?.ok_or(failed)?;
        }
        if !with_vectors {
            return Ok(());
        }
        for (to, from) in self.u.chunks_exact_mut(n).zip(self.z.chunks_exact(n)) {
            if self.reversed {
                for (to, &x) in to.iter_mut().rev().zip(from) {
                    *to = T::from_real(x);
                }
            } else {
                for (to, &x) in to.iter_mut().zip(from) {
                    *to = T::from_real(x);
                }
            }
        }
        Reflections::new(&mut self.a, n, 1, &self.tau[..n - 1])?.apply(&mut self.u)
    }

    /// Writes the eigenvalues in rising order, and the vectors row by row.
    fn write(&self, values: &mut [f64], vectors: &mut [T]) {
        // Rows that stay in the first-level cache while the columns go by.
        const ROWS: usize = 16;
        let n = self.n;
        for (to, &from) in values.iter_mut().zip(&self.order) {
            *to = self.d[from] * self.size;
        }
        for (k, rows) in vectors.chunks_mut(ROWS * n).enumerate() {
            for (j, &from) in self.order.iter().enumerate() {
                let column = &self.u[from * n..(from + 1) * n];
                let first = k * ROWS;
                if self.reversed {
                    for (row, &v) in rows
                        .chunks_exact_mut(n)
                        .zip(column[..n - first].iter().rev())
                    {
                        row[j] = v;
                    }
                } else {
                    for (row, &v) in rows.chunks_exact_mut(n).zip(&column[first..]) {
                        row[j] = v;
                    }
                }
            }
        }
    }
}
