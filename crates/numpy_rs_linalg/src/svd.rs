//! Singular values and vectors (LAPACK's `gesdd`).

use dyn_stack::MemStack;
use faer::diag::DiagMut;
use faer::linalg::svd::{self as faer_svd, ComputeSvdVectors};
use faer::{MatMut, MatRef, Par, Spec, c64};
use numpy_rs_core::array::Array;
use numpy_rs_core::view::View;

use crate::conquer::LEAF;
use crate::error::{Error, Result};
use crate::lapack_svd::LapackSvd;
use crate::precision::Precision;
use crate::room;
use crate::scalar::Scalar;
use crate::spread;
use crate::stack::{Results, Stack, transpose};

/// Which vectors to find, for matrices of `m` rows, `n` columns and `k` the smaller of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vectors {
    /// `u` of `(m, m)`, `vh` of `(n, n)`.
    Full,
    /// `u` of `(m, k)`, `vh` of `(k, n)`.
    Thin,
}

/// `a = u s vh`
#[derive(Debug)]
pub struct Svd {
    /// Left vectors as columns.
    pub u: Array,
    /// Singular values, falling.
    pub s: Array,
    /// Right vectors as conjugated rows.
    pub vh: Array,
}

/// The decomposition `a = u s vh` of matrices `(…, m, n)`.
///
/// # Errors
///
/// [`Error::NoConvergence`], also for NaN and infinity; [`Error::NoMatrix`].
pub fn svd(a: &View<'_>, vectors: Vectors) -> Result<Svd> {
    let precision = Precision::of("svd", &[a])?;
    let (u, s, vh) = if precision.complex {
        svd_in::<c64>(a, Some(vectors), precision)?
    } else {
        svd_in::<f64>(a, Some(vectors), precision)?
    };
    Ok(Svd { u, s, vh })
}

/// The singular values of matrices, falling: `(…, m, n)` gives `(…, min(m, n))`.
///
/// # Errors
///
/// As [`svd`].
pub fn svdvals(a: &View<'_>) -> Result<Array> {
    let precision = Precision::of("svd", &[a])?;
    let (_, s, _) = if precision.complex {
        svd_in::<c64>(a, None, precision)?
    } else {
        svd_in::<f64>(a, None, precision)?
    };
    Ok(s)
}

fn svd_in<T: Scalar>(
    a: &View<'_>,
    vectors: Option<Vectors>,
    precision: Precision,
) -> Result<(Array, Array, Array)> {
    let a = Stack::<T>::read(a)?;
    let (m, n) = (a.rows, a.cols);
    let k = m.min(n);
    let (n_u, n_v, asked) = match vectors {
        None => (0, 0, ComputeSvdVectors::No),
        Some(Vectors::Thin) => (k, k, ComputeSvdVectors::Thin),
        Some(Vectors::Full) => (m, n, ComputeSvdVectors::Full),
    };
    let mut us = Results::<T>::new(&a.batch, &[m, n_u])?;
    let mut values = Results::<f64>::new(&a.batch, &[k])?;
    let mut vhs = Results::<T>::new(&a.batch, &[n_v, n])?;
    if !a.is_finite() {
        return Err(Error::NoConvergence {
            what: "SVD did not converge",
        });
    }
    let to = ((us.writer(), values.writer()), vhs.writer());
    let make = || SvdWork::<T>::new(m, n, n_u, n_v, asked);
    let cost = 500 + 4 * m * n * k;
    spread::each(a.count(), cost, to, make, |worker, i, ((u, s), vh)| {
        worker.run(a.matrix(i), asked)?;
        for (to, from) in s.iter_mut().zip(&worker.s) {
            *to = from.re();
        }
        if vectors.is_some() {
            transpose(&worker.u, n_u, m, u);
            for (to, from) in vh.iter_mut().zip(&worker.v) {
                *to = from.conjugate();
            }
        }
        Ok(())
    })?;
    let own = precision.result();
    Ok((
        us.finish(&own)?,
        values.finish(&precision.real_result())?,
        vhs.finish(&own)?,
    ))
}

/// One decomposition after another, in room that is used again.
pub(crate) struct SvdWork<T> {
    m: usize,
    n: usize,
    n_u: usize,
    n_v: usize,
    /// Left vectors, column by column.
    pub(crate) u: Vec<T>,
    /// Singular values.
    pub(crate) s: Vec<T>,
    /// Right vectors, column by column.
    pub(crate) v: Vec<T>,
    method: Method<T>,
}

/// How a matrix is decomposed.
enum Method<T> {
    /// By the steps of LAPACK, whose signs vectors have.
    Steps(Box<LapackSvd<T>>),
    /// By faer, in this room: values of larger matrices.
    Faer(dyn_stack::MemBuffer),
}

impl<T: Scalar> SvdWork<T> {
    pub(crate) fn new(
        m: usize,
        n: usize,
        n_u: usize,
        n_v: usize,
        asked: ComputeSvdVectors,
    ) -> Result<Self> {
        Ok(Self {
            m,
            n,
            n_u,
            n_v,
            u: room::zeros(m * n_u)?,
            s: room::zeros(m.min(n))?,
            v: room::zeros(n * n_v)?,
            method: if m.min(n) <= LEAF || asked != ComputeSvdVectors::No {
                Method::Steps(Box::new(LapackSvd::new(m, n)?))
            } else {
                Method::Faer(room::workspace(faer_svd::svd_scratch::<T>(
                    m,
                    n,
                    asked,
                    asked,
                    Par::Seq,
                    Spec::default(),
                ))?)
            },
        })
    }

    /// Decomposes a matrix that is given row by row.
    pub(crate) fn run(&mut self, a: &[T], asked: ComputeSvdVectors) -> Result<()> {
        let (m, n) = (self.m, self.n);
        let failed = Error::NoConvergence {
            what: "SVD did not converge",
        };
        if m == 0 || n == 0 {
            for (vectors, size) in [(&mut self.u, m), (&mut self.v, n)] {
                vectors.fill(T::ZERO);
                vectors
                    .iter_mut()
                    .step_by(size + 1)
                    .for_each(|d| *d = T::ONE);
            }
            return Ok(());
        }
        let room = match &mut self.method {
            Method::Steps(steps) => {
                let found = steps.run(a, &mut self.s, &mut self.u, &mut self.v)?;
                return if found { Ok(()) } else { Err(failed) };
            }
            Method::Faer(room) => room,
        };
        // faer counts on zeros where it has no vectors to write yet.
        self.u.fill(T::ZERO);
        self.v.fill(T::ZERO);
        let with = asked != ComputeSvdVectors::No;
        let u = MatMut::from_column_major_slice_mut(&mut self.u, m, self.n_u);
        let v = MatMut::from_column_major_slice_mut(&mut self.v, n, self.n_v);
        faer_svd::svd(
            MatRef::from_row_major_slice(a, m, n),
            DiagMut::from_slice_mut(&mut self.s),
            with.then_some(u),
            with.then_some(v),
            Par::Seq,
            MemStack::new(room),
            Spec::default(),
        )
        .map_err(|_| failed)
    }
}
