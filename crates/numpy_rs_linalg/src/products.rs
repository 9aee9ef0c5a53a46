//! Products of matrices on this thread, as the pieces of larger work need them.

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};

use crate::scalar::Scalar;

/// `to = a b`.
pub(crate) fn product(to: MatMut<'_, f64>, a: MatRef<'_, f64>, b: MatRef<'_, f64>) {
    matmul(to, Accum::Replace, a, b, 1.0, Par::Seq);
}

/// `to = to - left rightᴴ`.
pub(crate) fn subtract<T: Scalar>(to: MatMut<'_, T>, left: MatRef<'_, T>, right: MatRef<'_, T>) {
    matmul(
        to,
        Accum::Add,
        left,
        right.adjoint(),
        T::ONE.negated(),
        Par::Seq,
    );
}
