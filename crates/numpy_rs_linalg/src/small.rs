//! Systems, inverses and Cholesky factors of matrices of up to four rows, compiled for each number of rows.
//!
//! Rows lie together, as in the operands. Nothing branches on the values but what is an error.

use crate::scalar::Scalar;

type Square<T, const N: usize> = [[T; N]; N];

fn read<T: Scalar, const N: usize>(a: &[T]) -> Square<T, N> {
    let mut rows = [[T::ZERO; N]; N];
    for (row, from) in rows.iter_mut().zip(a.chunks_exact(N)) {
        row.copy_from_slice(from);
    }
    rows
}

/// Both factors in place, and which row of the given matrix each is; `None` where a pivot is zero.
#[inline(always)]
fn factor<T: Scalar, const N: usize>(a: &mut Square<T, N>) -> Option<[usize; N]> {
    let mut rows: [usize; N] = std::array::from_fn(|i| i);
    for k in 0..N {
        let (mut pivot, mut largest) = (k, a[k][k].taxicab());
        for i in k + 1..N {
            let size = a[i][k].taxicab();
            let larger = size > largest;
            pivot = if larger { i } else { pivot };
            largest = if larger { size } else { largest };
        }
        if largest == 0.0 {
            return None;
        }
        // Also where nothing moves: an exchange costs less than a branch that is guessed wrong.
        a.swap(k, pivot);
        rows.swap(k, pivot);
        let above = a[k];
        for row in &mut a[k + 1..] {
            let factor = row[k].over(above[k]);
            row[k] = factor;
            for j in k + 1..N {
                row[j] = row[j].plus(factor.negated(), above[j]);
            }
        }
    }
    Some(rows)
}

/// Solves for rows of right sides that stand in `x` in the order of the factored rows.
#[inline(always)]
fn substitute<T: Scalar, const N: usize>(lu: &Square<T, N>, x: &mut [T], width: usize) {
    for i in 1..N {
        let (done, rest) = x.split_at_mut(i * width);
        let row = &mut rest[..width];
        for (j, known) in done.chunks_exact(width).enumerate() {
            for (v, &w) in row.iter_mut().zip(known) {
                *v = v.plus(lu[i][j].negated(), w);
            }
        }
    }
    for i in (0..N).rev() {
        let (front, known) = x.split_at_mut((i + 1) * width);
        let row = &mut front[i * width..];
        for (j, known) in known.chunks_exact(width).enumerate() {
            for (v, &w) in row.iter_mut().zip(known) {
                *v = v.plus(lu[i][i + 1 + j].negated(), w);
            }
        }
        for v in row {
            *v = v.over(lu[i][i]);
        }
    }
}

fn solve_of<T: Scalar, const N: usize>(a: &[T], b: &[T], x: &mut [T]) -> bool {
    let mut lu = read::<T, N>(a);
    let Some(rows) = factor(&mut lu) else {
        return false;
    };
    let width = b.len() / N;
    if width == 0 {
        return true;
    }
    for (to, row) in x.chunks_exact_mut(width).zip(rows) {
        to.copy_from_slice(&b[row * width..(row + 1) * width]);
    }
    if width == 1 {
        substitute(&lu, &mut x[..N], 1);
    } else {
        substitute(&lu, x, width);
    }
    true
}

fn inverse_of<T: Scalar, const N: usize>(a: &[T], x: &mut [T]) -> bool {
    let mut lu = read::<T, N>(a);
    let Some(rows) = factor(&mut lu) else {
        return false;
    };
    x.fill(T::ZERO);
    for (to, row) in x.chunks_exact_mut(N).zip(rows) {
        to[row] = T::ONE;
    }
    substitute(&lu, x, N);
    true
}

fn cholesky_of<T: Scalar, const N: usize>(a: &[T], upper: bool, to: &mut [T]) -> bool {
    let a = read::<T, N>(a);
    let mut l = [[T::ZERO; N]; N];
    for j in 0..N {
        for i in j..N {
            let mut v = if upper { a[j][i].conjugate() } else { a[i][j] };
            for k in 0..j {
                v = v.plus(l[i][k].negated(), l[j][k].conjugate());
            }
            if i > j {
                l[i][j] = v.divided(l[j][j].re());
                continue;
            }
            let d = v.re();
            if d.is_nan() || d <= 0.0 {
                return false;
            }
            l[j][j] = T::from_real(d.sqrt());
        }
    }
    for (i, row) in to.chunks_exact_mut(N).enumerate() {
        for (j, v) in row.iter_mut().enumerate() {
            *v = if upper { l[j][i].conjugate() } else { l[i][j] };
        }
    }
    true
}

macro_rules! by_rows {
    ($n:expr, $function:ident :: <T> $arguments:tt) => {
        match $n {
            1 => Some($function::<T, 1> $arguments),
            2 => Some($function::<T, 2> $arguments),
            3 => Some($function::<T, 3> $arguments),
            4 => Some($function::<T, 4> $arguments),
            _ => None,
        }
    };
}

/// Solves `a x = b` for `n` rows; false where a pivot is zero, `None` for other numbers of rows.
pub(crate) fn solve<T: Scalar>(n: usize, a: &[T], b: &[T], x: &mut [T]) -> Option<bool> {
    by_rows!(n, solve_of::<T>(a, b, x))
}

/// The inverse for `n` rows; as [`solve`].
pub(crate) fn inverse<T: Scalar>(n: usize, a: &[T], x: &mut [T]) -> Option<bool> {
    by_rows!(n, inverse_of::<T>(a, x))
}

/// The Cholesky factor for `n` rows, its other triangle zero; false where there is none.
pub(crate) fn cholesky<T: Scalar>(n: usize, a: &[T], upper: bool, to: &mut [T]) -> Option<bool> {
    by_rows!(n, cholesky_of::<T>(a, upper, to))
}
