//! Eigenvalues and eigenvectors of general matrices (LAPACK's `geev`).

use dyn_stack::{MemBuffer, MemStack};
use faer::diag::DiagMut;
use faer::linalg::evd::{self, ComputeEigenvectors};
use faer::{MatMut, MatRef, Par, Spec, c64};
use numpy_rs_core::array::Array;
use numpy_rs_core::view::View;

use crate::error::{Error, Result};
use crate::householder::norm;
use crate::precision::Precision;
use crate::room;
use crate::scalar::Scalar;
use crate::spread;
use crate::stack::{Results, Stack, transpose};

/// Eigenvalues `(…, n)` and eigenvectors as columns `(…, n, n)` of matrices `(…, n, n)`. Vectors have norm 1 and a real
/// largest part. Both are complex, also for real matrices.
///
/// # Errors
///
/// [`Error::NotFinite`], [`Error::NoConvergence`], [`Error::NotSquare`], [`Error::NoMatrix`].
pub fn eig(a: &View<'_>) -> Result<(Array, Array)> {
    eig_of(a, "eig", true)
}

/// The eigenvalues of [`eig`] alone.
///
/// # Errors
///
/// As [`eig`].
pub fn eigvals(a: &View<'_>) -> Result<Array> {
    eig_of(a, "eigvals", false).map(|(values, _)| values)
}

fn eig_of(a: &View<'_>, name: &'static str, with_vectors: bool) -> Result<(Array, Array)> {
    let precision = Precision::of(name, &[a])?;
    let (values, vectors) = if precision.complex {
        complex_eig(&read(a)?, with_vectors)?
    } else {
        real_eig(&read(a)?, with_vectors)?
    };
    let dtype = Precision {
        complex: true,
        ..precision
    }
    .result();
    Ok((values.finish(&dtype)?, vectors.finish(&dtype)?))
}

fn read<T: Scalar>(a: &View<'_>) -> Result<Stack<T>> {
    let a = Stack::<T>::read_square(a)?;
    if a.is_finite() {
        Ok(a)
    } else {
        Err(Error::NotFinite)
    }
}

fn failed<E>(_: E) -> Error {
    Error::NoConvergence {
        what: "Eigenvalues did not converge",
    }
}

fn workspace<T: Scalar>(n: usize, with_vectors: bool) -> Result<MemBuffer> {
    let asked = if with_vectors {
        ComputeEigenvectors::Yes
    } else {
        ComputeEigenvectors::No
    };
    room::workspace(evd::evd_scratch::<T>(
        n,
        ComputeEigenvectors::No,
        asked,
        Par::Seq,
        Spec::default(),
    ))
}

type Found = (Results<c64>, Results<c64>);

fn complex_eig(a: &Stack<c64>, with_vectors: bool) -> Result<Found> {
    let n = a.rows;
    let n_u = if with_vectors { n } else { 0 };
    let mut values = Results::<c64>::new(&a.batch, &[n])?;
    let mut vectors = Results::<c64>::new(&a.batch, &[n, n_u])?;
    let to = (values.writer(), vectors.writer());
    let make = || {
        let u = room::zeros::<c64>(n * n_u)?;
        Ok((u, workspace::<c64>(n, with_vectors)?))
    };
    let count = if n > 0 { a.count() } else { 0 };
    let cost = 2000 + 10 * n * n * n;
    spread::each(
        count,
        cost,
        to,
        make,
        |(u, work), k, (to_values, to_vectors)| {
            evd::evd_cplx(
                MatRef::from_row_major_slice(a.matrix(k), n, n),
                DiagMut::from_slice_mut(to_values),
                None,
                with_vectors.then_some(MatMut::from_column_major_slice_mut(u, n, n_u)),
                Par::Seq,
                MemStack::new(work),
                Spec::default(),
            )
            .map_err(failed)?;
            if with_vectors {
                u.chunks_exact_mut(n).for_each(normalize);
                transpose(u, n, n, to_vectors);
            }
            Ok(())
        },
    )?;
    Ok((values, vectors))
}

fn real_eig(a: &Stack<f64>, with_vectors: bool) -> Result<Found> {
    let n = a.rows;
    let n_u = if with_vectors { n } else { 0 };
    let mut values = Results::<c64>::new(&a.batch, &[n])?;
    let mut vectors = Results::<c64>::new(&a.batch, &[n, n_u])?;
    let to = (values.writer(), vectors.writer());
    let make = || {
        let (re, im) = (room::zeros::<f64>(n)?, room::zeros::<f64>(n)?);
        let (u, columns) = (room::zeros::<f64>(n * n_u)?, room::zeros::<c64>(n * n_u)?);
        let scaled = room::zeros::<f64>(n * n)?;
        Ok((
            re,
            im,
            u,
            columns,
            scaled,
            workspace::<f64>(n, with_vectors)?,
        ))
    };
    let count = if n > 0 { a.count() } else { 0 };
    spread::each(
        count,
        2000 + 4 * n * n * n,
        to,
        make,
        |(re, im, u, columns, scaled, work), k, (to_values, to_vectors)| {
            let back = scale(a.matrix(k), scaled);
            evd::evd_real(
                MatRef::from_row_major_slice(scaled, n, n),
                DiagMut::from_slice_mut(re),
                DiagMut::from_slice_mut(im),
                None,
                with_vectors.then_some(MatMut::from_column_major_slice_mut(u, n, n_u)),
                Par::Seq,
                MemStack::new(work),
                Spec::default(),
            )
            .map_err(failed)?;
            for (to, (re, im)) in to_values.iter_mut().zip(re.iter().zip(im.iter())) {
                *to = c64::new(*re * back.0 * back.1, *im * back.0 * back.1);
            }
            if with_vectors {
                to_complex(u, im, n, columns);
                columns.chunks_exact_mut(n).for_each(normalize);
                transpose(columns, n, n, to_vectors);
            }
            Ok(())
        },
    )?;
    Ok((values, vectors))
}

/// Copies a matrix times a power of two that brings its largest entry near 2^200; answers the two
/// factors that undo it one after the other.
///
/// faer holds the determinants of 2 by 2 blocks, which grow with the square of the entries, against a bound that grows
/// with the entries. Where these are of order one, the vectors of small eigenvalues are lost by it.
fn scale(matrix: &[f64], to: &mut [f64]) -> (f64, f64) {
    let largest = matrix.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    if largest == 0.0 {
        to.copy_from_slice(matrix);
        return (1.0, 1.0);
    }
    // In two steps: the whole power can lie outside the range of doubles.
    let exponent = 200 - (largest.log2().floor() as i32).clamp(-1074, 1023);
    let half = exponent / 2;
    let (first, second) = (2f64.powi(half), 2f64.powi(exponent - half));
    for (to, x) in to.iter_mut().zip(matrix) {
        *to = x * first * second;
    }
    (2f64.powi(-half), 2f64.powi(half - exponent))
}

/// Complex columns from real ones: a pair of conjugate eigenvalues has the real and the imaginary part of the first
/// one's vector.
fn to_complex(u: &[f64], im: &[f64], n: usize, columns: &mut [c64]) {
    let mut j = 0;
    while j < n {
        let first = &u[j * n..(j + 1) * n];
        if im[j] == 0.0 {
            for (to, &x) in columns[j * n..].iter_mut().zip(first) {
                *to = c64::new(x, 0.0);
            }
            j += 1;
            continue;
        }
        let second = &u[(j + 1) * n..(j + 2) * n];
        for (i, (&x, &y)) in first.iter().zip(second).enumerate() {
            columns[j * n + i] = c64::new(x, y);
            columns[(j + 1) * n + i] = c64::new(x, -y);
        }
        j += 2;
    }
}

/// Gives a vector norm 1, and its largest part no imaginary one.
fn normalize(column: &mut [c64]) {
    let size = norm(column);
    if size == 0.0 {
        return;
    }
    for v in &mut *column {
        *v = v.divided(size);
    }
    if column.iter().all(|v| v.im == 0.0) {
        return;
    }
    let square = |v: &c64| v.re * v.re + v.im * v.im;
    let Some(largest) = (0..column.len()).reduce(|a, b| {
        if square(&column[b]) > square(&column[a]) {
            b
        } else {
            a
        }
    }) else {
        return;
    };
    let turn = column[largest]
        .conjugate()
        .divided(column[largest].modulus());
    for v in &mut *column {
        *v = v.times(turn);
    }
    column[largest].im = 0.0;
}
