//! Eigenvalues and eigenvectors of symmetric and Hermitian matrices (LAPACK's `heevd`).

use dyn_stack::MemStack;
use faer::linalg::evd::{self, ComputeEigenvectors};
use faer::linalg::matmul::matmul;
use faer::reborrow::{Reborrow, ReborrowMut};
use faer::{Accum, MatMut, MatRef, Par, Spec, c64};
use numpy_rs_core::array::Array;
use numpy_rs_core::view::View;

use crate::error::{Error, Result};
use crate::precision::Precision;
use crate::room;
use crate::scalar::Scalar;
use crate::spread;
use crate::stack::{Results, Stack, transpose};

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

/// Matrices of so many rows have vectors that are straight to the last digits as they come.
const FEW: usize = 32;

/// Nearly orthonormal columns as orthonormal ones, by one step of Newton and Schulz: `u (3 - u^H u) / 2`. The step squares
/// what is missing (Higham, Functions of Matrices, 8.3), so that nothing but rounding is left of it.
fn straighten<T: Scalar>(u: &[T], gram: &mut [T], to: &mut [T], n: usize) {
    let u = MatRef::from_column_major_slice(u, n, n);
    let half = T::from_real(-0.5);
    let mut product = MatMut::from_column_major_slice_mut(gram, n, n);
    matmul(
        product.rb_mut(),
        Accum::Replace,
        u.adjoint(),
        u,
        half,
        Par::Seq,
    );
    for i in 0..n {
        product[(i, i)] = product[(i, i)].plus(T::ONE, T::from_real(1.5));
    }
    let to = MatMut::from_column_major_slice_mut(to, n, n);
    matmul(to, Accum::Replace, u, product.rb(), T::ONE, Par::Seq);
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
    let asked = if with_vectors {
        ComputeEigenvectors::Yes
    } else {
        ComputeEigenvectors::No
    };
    let to = (values.writer(), vectors.writer());
    let make = || {
        let needed = evd::self_adjoint_evd_scratch::<T>(n, asked, Par::Seq, Spec::default());
        let lower = room::zeros::<T>(n * n)?;
        let (s, u) = (room::zeros::<T>(n)?, room::zeros::<T>(n * n_u)?);
        let gram = room::zeros::<T>(if n > FEW { n_u * n_u } else { 0 })?;
        Ok((lower, s, u, gram, room::workspace(needed)?))
    };
    let failed = || Error::NoConvergence {
        what: "Eigenvalues did not converge",
    };
    let count = if n > 0 { a.count() } else { 0 };
    spread::each(
        count,
        200 + n * n * n,
        to,
        make,
        |(lower, s, u, gram, work), k, (to_values, to_vectors)| {
            let given = a.matrix(k);
            let mut finite = true;
            for j in 0..n {
                for i in j..n {
                    let v = match triangle {
                        Triangle::Lower => given[i * n + j],
                        Triangle::Upper => given[j * n + i].conjugate(),
                    };
                    finite &= v.finite();
                    lower[j * n + i] = v;
                    lower[i * n + j] = v.conjugate();
                }
                // The imaginary part of the diagonal is not looked at.
                lower[j * n + j] = T::from_real(lower[j * n + j].re());
            }
            if !finite {
                to_values.fill(f64::NAN);
                to_vectors.fill(T::from_real(f64::NAN));
                return Ok(());
            }
            evd::self_adjoint_evd(
                MatRef::from_column_major_slice(lower, n, n),
                faer::diag::DiagMut::from_slice_mut(s),
                with_vectors.then_some(MatMut::from_column_major_slice_mut(u, n, n_u)),
                Par::Seq,
                MemStack::new(work),
                Spec::default(),
            )
            .map_err(|_| failed())?;
            for (to, from) in to_values.iter_mut().zip(s) {
                *to = from.re();
            }
            if with_vectors && n > FEW {
                straighten(u, gram, lower, n);
                transpose(lower, n, n, to_vectors);
            } else if with_vectors {
                transpose(u, n, n, to_vectors);
            }
            Ok(())
        },
    )?;
    Ok((
        values.finish(&precision.real_result())?,
        vectors.finish(&precision.result())?,
    ))
}
