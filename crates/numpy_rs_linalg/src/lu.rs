//! Systems, inverses and determinants by LU factors with row exchanges (LAPACK's `gesv` and `getrf`).

use dyn_stack::{MemStack, StackReq};
use faer::linalg::lu::partial_pivoting::{factor, solve as faer_solve};
use faer::perm::PermRef;
use faer::{MatMut, MatRef, Par, Spec, c64};
use numpy_rs_core::array::Array;
use numpy_rs_core::view::View;

use crate::error::{Error, Result};
use crate::precision::Precision;
use crate::room;
use crate::scalar::Scalar;
use crate::small;
use crate::spread;
use crate::stack::{Pairs, Results, Stack, transpose};
use crate::triangular::solve_lu;

/// The signature of systems with matrices as right sides.
const MATRICES: &str = "(m,m),(m,n)->(m,n)";

/// Up to this many rows a matrix is factored here.
const SMALL: usize = 12;

/// Up to this many rows [`small`] does it all.
const FIXED: usize = 4;

/// Factors of one matrix after another, in room that is used again.
struct Factors<T> {
    n: usize,
    /// Both factors, column by column.
    lu: Vec<T>,
    /// Row `i` of the factored matrix is row `rows[i]` of the given one.
    rows: Vec<usize>,
    inverse: Vec<usize>,
    /// Whether the number of exchanges is odd.
    odd: bool,
    work: dyn_stack::MemBuffer,
}

impl<T: Scalar> Factors<T> {
    fn new(n: usize, n_rhs: usize) -> Result<Self> {
        let mut rows = Vec::new();
        rows.try_reserve_exact(2 * n)
            .map_err(|_| numpy_rs_core::error::Error::ScratchMemory)?;
        rows.resize(n, 0);
        let needed = if n <= SMALL {
            StackReq::EMPTY
        } else {
            StackReq::any_of(&[
                factor::lu_in_place_scratch::<usize, T>(n, n, Par::Seq, Spec::default()),
                faer_solve::solve_in_place_scratch::<usize, T>(n, n_rhs, Par::Seq),
            ])
        };
        Ok(Self {
            n,
            lu: room::zeros(n * n)?,
            inverse: rows.clone(),
            rows,
            odd: false,
            work: room::workspace(needed)?,
        })
    }

    /// Takes matrix `k` of a stack.
    fn read(&mut self, a: &Stack<T>, k: usize) {
        a.by_columns(k, &mut self.lu);
    }

    /// Factors a matrix that stands in `self.lu`.
    fn factor(&mut self) {
        let n = self.n;
        if n <= SMALL {
            return self.factor_small();
        }
        let (info, _) = factor::lu_in_place(
            MatMut::from_column_major_slice_mut(&mut self.lu, n, n),
            &mut self.rows,
            &mut self.inverse,
            Par::Seq,
            MemStack::new(&mut self.work),
            Spec::default(),
        );
        self.odd = info.transposition_count % 2 == 1;
    }

    fn factor_small(&mut self) {
        let (n, a) = (self.n, &mut self.lu);
        self.odd = false;
        for (i, row) in self.rows.iter_mut().enumerate() {
            *row = i;
        }
        for k in 0..n {
            let mut pivot = k;
            let mut largest = a[k * n + k].taxicab();
            for i in k + 1..n {
                let size = a[k * n + i].taxicab();
                if size > largest {
                    (pivot, largest) = (i, size);
                }
            }
            if a[k * n + pivot].taxicab() == 0.0 {
                continue;
            }
            if pivot != k {
                for j in 0..n {
                    a.swap(j * n + k, j * n + pivot);
                }
                self.rows.swap(k, pivot);
                self.odd = !self.odd;
            }
            let reciprocal = T::ONE.over(a[k * n + k]);
            for i in k + 1..n {
                a[k * n + i] = a[k * n + i].times(reciprocal);
            }
            for j in k + 1..n {
                let v = a[j * n + k].negated();
                for i in k + 1..n {
                    a[j * n + i] = a[j * n + i].plus(a[k * n + i], v);
                }
            }
        }
    }

    fn diagonal(&self) -> impl Iterator<Item = T> {
        self.lu.iter().step_by(self.n + 1).copied()
    }

    fn is_singular(&self) -> bool {
        self.diagonal().any(|d| d.taxicab() == 0.0)
    }

    /// Solves for columns: `given` holds the right sides, the answers come into `x`.
    fn solve(&mut self, given: &[T], x: &mut [T]) {
        let n = self.n;
        if n <= SMALL {
            for (from, to) in given.chunks_exact(n).zip(x.chunks_exact_mut(n)) {
                for (to, &row) in to.iter_mut().zip(&self.rows) {
                    *to = from[row];
                }
            }
            return solve_lu(&self.lu, n, x);
        }
        x.copy_from_slice(given);
        let n_rhs = x.len() / n;
        let lu = MatRef::from_column_major_slice(&self.lu, n, n);
        // The slices were filled by the factoring, which leaves a permutation and its inverse in them.
        let rows = PermRef::new_checked(&self.rows, &self.inverse, n);
        faer_solve::solve_in_place(
            lu,
            lu,
            rows,
            MatMut::from_column_major_slice_mut(x, n, n_rhs),
            Par::Seq,
            MemStack::new(&mut self.work),
        );
    }
}

/// The solution `x` of `a x = b`. Shapes `(…, n, n)` and `(…, n, k)` give `(…, n, k)`; a `b` of shape `(n,)` is one
/// vector and gives `(…, n)`.
///
/// # Errors
///
/// [`Error::Singular`] where a pivot is exactly zero in any matrix; shapes that do not go together.
pub fn solve(a: &View<'_>, b: &View<'_>) -> Result<Array> {
    let name = if b.ndim() == 1 { "solve1" } else { "solve" };
    let precision = Precision::of(name, &[a, b])?;
    if b.ndim() == 0 {
        return Err(Error::NoDimensions {
            signature: MATRICES,
        });
    }
    if precision.complex {
        solve_in::<c64>(a, b, precision)
    } else {
        solve_in::<f64>(a, b, precision)
    }
}

fn solve_in<T: Scalar>(a: &View<'_>, b: &View<'_>, precision: Precision) -> Result<Array> {
    let a = Stack::<T>::read_square(a)?;
    let vector = b.ndim() == 1;
    let b = if vector {
        Stack::<T>::read_vector(b)?
    } else {
        Stack::<T>::read(b)?
    };
    let n = a.rows;
    if b.rows != n {
        return Err(core_dimensions(vector, b.rows, n));
    }
    let pairs = Pairs::new(&a.batch, &b.batch)?;
    let core: &[usize] = if vector { &[n] } else { &[n, b.cols] };
    let mut results = Results::<T>::new(&pairs.batch, core)?;
    if n == 0 {
        return results.finish(&precision.result());
    }
    let to = results.writer();
    let make = || {
        let size = if n <= FIXED { 0 } else { n * b.cols };
        Ok(Solving {
            factors: Factors::<T>::new(if n <= FIXED { 0 } else { n }, b.cols)?,
            factored: None,
            given: room::zeros(size)?,
            x: room::zeros(size)?,
        })
    };
    let cost = work(n) + n * n * b.cols;
    spread::each(pairs.count(), cost, to, make, |room, k, to| {
        let (i, j) = pairs.get(k);
        if let Some(solved) = small::solve(n, a.matrix(i), b.matrix(j), to) {
            return if solved { Ok(()) } else { Err(Error::Singular) };
        }
        if room.factored != Some(i) {
            room.factors.read(&a, i);
            room.factors.factor();
            if room.factors.is_singular() {
                return Err(Error::Singular);
            }
            room.factored = Some(i);
        }
        b.by_columns(j, &mut room.given);
        room.factors.solve(&room.given, &mut room.x);
        transpose(&room.x, b.cols, n, to);
        Ok(())
    })?;
    results.finish(&precision.result())
}

/// The room of a thread that solves systems.
struct Solving<T> {
    factors: Factors<T>,
    /// The matrix whose factors are at hand.
    factored: Option<usize>,
    given: Vec<T>,
    x: Vec<T>,
}

/// About how many nanoseconds factors of `n` rows take.
fn work(n: usize) -> usize {
    20 + n * n * n / 8
}

/// What NumPy says of a core dimension that two operands do not share.
fn core_dimensions(vector: bool, b: usize, a: usize) -> Error {
    let (name, signature) = if vector {
        ("solve1", "(m,m),(m)->(m)")
    } else {
        ("solve", MATRICES)
    };
    Error::Core(numpy_rs_core::error::Error::value(format!(
        "{name}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature {signature} (size {b} is different \
         from {a})"
    )))
}

/// The inverses of square matrices: `(…, n, n)` gives `(…, n, n)`.
///
/// # Errors
///
/// [`Error::Singular`], [`Error::NotSquare`], [`Error::NoMatrix`].
pub fn inv(a: &View<'_>) -> Result<Array> {
    let precision = Precision::of("inv", &[a])?;
    if precision.complex {
        inv_in::<c64>(a, precision)
    } else {
        inv_in::<f64>(a, precision)
    }
}

fn inv_in<T: Scalar>(a: &View<'_>, precision: Precision) -> Result<Array> {
    let a = Stack::<T>::read_square(a)?;
    let n = a.rows;
    let mut results = Results::<T>::new(&a.batch, &[n, n])?;
    if n == 0 {
        return results.finish(&precision.result());
    }
    let to = results.writer();
    let make = || {
        let rows = if n <= FIXED { 0 } else { n };
        let (mut identity, x) = (room::zeros(rows * rows)?, room::zeros(rows * rows)?);
        for one in identity.iter_mut().step_by(n + 1) {
            *one = T::ONE;
        }
        Ok((Factors::<T>::new(rows, rows)?, identity, x))
    };
    spread::each(
        a.count(),
        3 * work(n),
        to,
        make,
        |(factors, identity, x), k, to| {
            if let Some(solved) = small::inverse(n, a.matrix(k), to) {
                return if solved { Ok(()) } else { Err(Error::Singular) };
            }
            factors.read(&a, k);
            factors.factor();
            if factors.is_singular() {
                return Err(Error::Singular);
            }
            factors.solve(identity, x);
            transpose(x, n, n, to);
            Ok(())
        },
    )?;
    results.finish(&precision.result())
}

/// Sign and logarithm of the absolute determinant of square matrices: `(…, n, n)` gives two arrays `(…)`. A singular
/// matrix has sign 0 and logarithm `-inf`, an empty one sign 1 and logarithm 0.
///
/// # Errors
///
/// [`Error::NotSquare`], [`Error::NoMatrix`].
pub fn slogdet(a: &View<'_>) -> Result<(Array, Array)> {
    let precision = Precision::of("slogdet", &[a])?;
    let (real, own) = (precision.real_result(), precision.result());
    if precision.complex {
        let (sign, logdet) = slogdet_in::<c64>(a)?;
        Ok((sign.finish(&own)?, logdet.finish(&real)?))
    } else {
        let (sign, logdet) = slogdet_in::<f64>(a)?;
        Ok((sign.finish(&own)?, logdet.finish(&real)?))
    }
}

fn slogdet_in<T: Scalar>(a: &View<'_>) -> Result<(Results<T>, Results<f64>)> {
    let a = Stack::<T>::read_square(a)?;
    let mut signs = Results::<T>::new(&a.batch, &[])?;
    let mut logs = Results::<f64>::new(&a.batch, &[])?;
    let to = (signs.writer(), logs.writer());
    let make = || Factors::<T>::new(a.rows, 0);
    spread::each(
        a.count(),
        work(a.rows),
        to,
        make,
        |factors, k, (to_sign, to_log)| {
            factors.read(&a, k);
            factors.factor();
            let (mut sign, mut log) = (T::ONE, 0.0);
            if factors.odd {
                sign = sign.negated();
            }
            if factors.is_singular() {
                (sign, log) = (T::ZERO, f64::NEG_INFINITY);
            } else {
                for d in factors.diagonal() {
                    sign = sign.times(d.sign());
                    log += d.modulus().ln();
                }
            }
            to_sign[0] = sign;
            to_log[0] = log;
            Ok(())
        },
    )?;
    Ok((signs, logs))
}

/// The determinants of square matrices: `(…, n, n)` gives `(…)`; 1 for an empty matrix.
///
/// # Errors
///
/// [`Error::NotSquare`], [`Error::NoMatrix`].
pub fn det(a: &View<'_>) -> Result<Array> {
    let precision = Precision::of("det", &[a])?;
    fn combine<T: Scalar>(a: &View<'_>, precision: Precision) -> Result<Array> {
        let (mut signs, mut logs) = slogdet_in::<T>(a)?;
        let n: isize = a.shape()[..a.ndim() - 2].iter().product();
        for k in 0..n as usize {
            let (sign, log) = (&mut signs.of(k)[0], logs.of(k)[0]);
            *sign = sign.scaled(log.exp());
        }
        signs.finish(&precision.result())
    }
    if precision.complex {
        combine::<c64>(a, precision)
    } else {
        combine::<f64>(a, precision)
    }
}
