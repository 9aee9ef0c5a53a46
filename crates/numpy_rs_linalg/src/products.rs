//! Products of matrices on this thread, as the pieces of larger work need them: the only callers of `faer`'s product, whose
//! assembly leaves the upper parts of vector registers in use.

use faer::linalg::matmul::matmul;
use faer::traits::Conjugate;
use faer::{Accum, MatMut, MatRef, Par};
use numpy_rs_kernels::isa;

use crate::scalar::Scalar;

/// `to = a b`.
pub(crate) fn product<T: Scalar>(to: MatMut<'_, T>, a: MatRef<'_, T>, b: MatRef<'_, T>) {
    multiply(to, Accum::Replace, a, b, T::ONE);
}

/// `to = aᴴ b`.
pub(crate) fn adjoint_product<T: Scalar>(to: MatMut<'_, T>, a: MatRef<'_, T>, b: MatRef<'_, T>) {
    multiply(to, Accum::Replace, a.adjoint(), b, T::ONE);
}

/// `to = to - a b`.
pub(crate) fn subtract_product<T: Scalar>(to: MatMut<'_, T>, a: MatRef<'_, T>, b: MatRef<'_, T>) {
    multiply(to, Accum::Add, a, b, T::ONE.negated());
}

/// `to = to - left rightᴴ`.
pub(crate) fn subtract<T: Scalar>(to: MatMut<'_, T>, left: MatRef<'_, T>, right: MatRef<'_, T>) {
    multiply(to, Accum::Add, left, right.adjoint(), T::ONE.negated());
}

fn multiply<T: Scalar, A: Conjugate<Canonical = T>, B: Conjugate<Canonical = T>>(
    to: MatMut<'_, T>,
    how: Accum,
    a: MatRef<'_, A>,
    b: MatRef<'_, B>,
    by: T,
) {
    matmul(to, how, a, b, by, Par::Seq);
    isa::clear_upper_lanes();
}
