//! Systems with triangular matrices, small ones.

use crate::scalar::Scalar;

/// Solves `L U x = b` in place for columns of `b` (`n` rows each), where `lu` holds both factors column by column and
/// `L` has ones on its diagonal.
pub(crate) fn solve_lu<T: Scalar>(lu: &[T], n: usize, b: &mut [T]) {
    for x in b.chunks_exact_mut(n) {
        for j in 0..n {
            let v = x[j];
            for i in j + 1..n {
                x[i] = x[i].plus(lu[j * n + i].negated(), v);
            }
        }
        for j in (0..n).rev() {
            x[j] = x[j].over(lu[j * n + j]);
            let v = x[j];
            for i in 0..j {
                x[i] = x[i].plus(lu[j * n + i].negated(), v);
            }
        }
    }
}
