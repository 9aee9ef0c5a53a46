//! Eigenvalues and eigenvectors of general matrices (LAPACK's `geev`).

use dyn_stack::{MemBuffer, MemStack};
use faer::diag::DiagMut;
use faer::linalg::evd::{self, ComputeEigenvectors};
use faer::{MatMut, MatRef, Par, Spec, c64};
use numpy_rs_core::array::Array;
use numpy_rs_core::interrupt::Patience;
use numpy_rs_core::view::View;

use crate::error::{Error, Result};
use crate::householder::norm;
use crate::precision::Precision;
use crate::room;
use crate::scalar::Scalar;
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
    let mut u = room::zeros::<c64>(n * n_u)?;
    let mut work = workspace::<c64>(n, with_vectors)?;
    let patience = Patience::new();
    for k in 0..if n > 0 { a.count() } else { 0 } {
        patience.check()?;
        evd::evd_cplx(
            MatRef::from_row_major_slice(a.matrix(k), n, n),
            DiagMut::from_slice_mut(values.of(k)),
            None,
            with_vectors.then_some(MatMut::from_column_major_slice_mut(&mut u, n, n_u)),
            Par::Seq,
            MemStack::new(&mut work),
            Spec::default(),
        )
        .map_err(failed)?;
        if with_vectors {
            u.chunks_exact_mut(n).for_each(normalize);
            transpose(&u, n, n, vectors.of(k));
        }
    }
    Ok((values, vectors))
}

fn real_eig(a: &Stack<f64>, with_vectors: bool) -> Result<Found> {
    let n = a.rows;
    let n_u = if with_vectors { n } else { 0 };
    let mut values = Results::<c64>::new(&a.batch, &[n])?;
    let mut vectors = Results::<c64>::new(&a.batch, &[n, n_u])?;
    let (mut re, mut im) = (room::zeros::<f64>(n)?, room::zeros::<f64>(n)?);
    let mut u = room::zeros::<f64>(n * n_u)?;
    let mut columns = room::zeros::<c64>(n * n_u)?;
    let mut work = workspace::<f64>(n, with_vectors)?;
    let patience = Patience::new();
    for k in 0..if n > 0 { a.count() } else { 0 } {
        patience.check()?;
        evd::evd_real(
            MatRef::from_row_major_slice(a.matrix(k), n, n),
            DiagMut::from_slice_mut(&mut re),
            DiagMut::from_slice_mut(&mut im),
            None,
            with_vectors.then_some(MatMut::from_column_major_slice_mut(&mut u, n, n_u)),
            Par::Seq,
            MemStack::new(&mut work),
            Spec::default(),
        )
        .map_err(failed)?;
        for (to, (re, im)) in values.of(k).iter_mut().zip(re.iter().zip(&im)) {
            *to = c64::new(*re, *im);
        }
        if with_vectors {
            to_complex(&u, &im, n, &mut columns);
            columns.chunks_exact_mut(n).for_each(normalize);
            transpose(&columns, n, n, vectors.of(k));
        }
    }
    Ok((values, vectors))
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
