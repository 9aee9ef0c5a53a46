//! Least squares by singular values (LAPACK's `gelsd`).

use faer::c64;
use faer::linalg::svd::ComputeSvdVectors;
use numpy_rs_core::array::Array;
use numpy_rs_core::view::View;

use crate::error::{Error, Result};
use crate::precision::Precision;
use crate::scalar::Scalar;
use crate::stack::{Results, Stack};
use crate::svd::SvdWork;

/// What [`lstsq`] finds for matrices of `m` rows and `n` columns and right sides of `k` columns.
#[derive(Debug)]
pub struct LeastSquares {
    /// The shortest of the best solutions, `(n, k)`, or `(n,)`.
    pub x: Array,
    /// Sums of squares of what remains, `(k,)`; empty where the rank is below `n` or `m <= n`.
    pub residuals: Array,
    /// How many singular values count.
    pub rank: usize,
    /// The singular values, falling.
    pub s: Array,
}

/// The `x` that makes the norm of `b - a x` least, for `a` of `(m, n)` and `b` of `(m,)` or `(m, k)`. Singular values
/// up to `rcond` times the largest count as zero; an `rcond` that is not between 0 and 1 stands for the precision of the
/// calculation, as in LAPACK's `gelsd`, and NaN counts all of them.
///
/// # Errors
///
/// [`Error::NoConvergence`], also for NaN and infinity; [`Error::Incompatible`] for different numbers of rows.
pub fn lstsq(a: &View<'_>, b: &View<'_>, rcond: f64) -> Result<LeastSquares> {
    let precision = Precision::of("lstsq", &[a, b])?;
    if precision.complex {
        lstsq_in::<c64>(a, b, rcond, precision)
    } else {
        lstsq_in::<f64>(a, b, rcond, precision)
    }
}

fn lstsq_in<T: Scalar>(
    a: &View<'_>,
    b: &View<'_>,
    rcond: f64,
    precision: Precision,
) -> Result<LeastSquares> {
    let a = Stack::<T>::read(a)?;
    let vector = b.ndim() == 1;
    let b = if vector {
        Stack::<T>::read_vector(b)?
    } else {
        Stack::<T>::read(b)?
    };
    let (m, n, k) = (a.rows, a.cols, b.cols);
    if b.rows != m {
        return Err(Error::Incompatible);
    }
    if !a.is_finite() || !b.is_finite() {
        return Err(Error::NoConvergence {
            what: "SVD did not converge in Linear Least Squares",
        });
    }
    let least = m.min(n);
    let mut work = SvdWork::<T>::new(m, n, least, least, ComputeSvdVectors::Thin)?;
    work.run(a.matrix(0), ComputeSvdVectors::Thin)
        .map_err(|e| match e {
            Error::NoConvergence { .. } => Error::NoConvergence {
                what: "SVD did not converge in Linear Least Squares",
            },
            other => other,
        })?;
    let rcond = if rcond <= 0.0 || rcond >= 1.0 {
        f64::EPSILON / 2.0
    } else {
        rcond
    };
    let limit = work.s.first().map_or(0.0, |s| rcond * s.re());
    let is_nothing = |s: &T| s.re() <= limit;
    let rank = work.s.iter().take_while(|s| !is_nothing(s)).count();
    let (right, matrix) = (b.matrix(0), a.matrix(0));
    let core: &[usize] = if vector { &[n] } else { &[n, k] };
    let mut x = Results::<T>::new(&[], core)?;
    let solution = x.of(0);
    for j in 0..k {
        for t in 0..rank {
            let mut dot = T::ZERO;
            for i in 0..m {
                dot = dot.plus(work.u[t * m + i].conjugate(), right[i * k + j]);
            }
            let weight = dot.divided(work.s[t].re());
            for i in 0..n {
                solution[i * k + j] = solution[i * k + j].plus(work.v[t * n + i], weight);
            }
        }
    }
    let with_residuals = rank == n && m > n;
    let mut residuals = Results::<f64>::new(&[], &[if with_residuals { k } else { 0 }])?;
    if with_residuals {
        for (j, sum) in residuals.of(0).iter_mut().enumerate() {
            for i in 0..m {
                let mut rest = right[i * k + j];
                for t in 0..n {
                    rest = rest.plus(matrix[i * n + t].negated(), solution[t * k + j]);
                }
                *sum += rest.re() * rest.re() + rest.im() * rest.im();
            }
        }
    }
    let mut values = Results::<f64>::new(&[], &[least])?;
    for (to, from) in values.of(0).iter_mut().zip(&work.s) {
        *to = from.re();
    }
    Ok(LeastSquares {
        x: x.finish(&precision.result())?,
        residuals: residuals.finish(&precision.real_result())?,
        rank,
        s: values.finish(&precision.real_result())?,
    })
}
