//! Cholesky factors (LAPACK's `potrf`).

use dyn_stack::MemStack;
use faer::linalg::cholesky::llt::factor::{
    LltRegularization, cholesky_in_place, cholesky_in_place_scratch,
};
use faer::{MatMut, Par, Spec, c64};
use numpy_rs_core::array::Array;
use numpy_rs_core::view::View;

use crate::error::{Error, Result};
use crate::precision::Precision;
use crate::room;
use crate::scalar::Scalar;
use crate::small;
use crate::spread;
use crate::stack::{Results, Stack};

/// Up to this many rows a matrix is factored here.
const SMALL: usize = 16;

/// The factors `l` with `a = l lᴴ`, or `u` with `a = uᴴ u`: `(…, n, n)` gives `(…, n, n)`. Only the triangle that the
/// factor fills is read; the other one of the factor is zero.
///
/// # Errors
///
/// [`Error::NotPositiveDefinite`], also for NaN on the diagonal of the factor; [`Error::NotSquare`],
/// [`Error::NoMatrix`].
pub fn cholesky(a: &View<'_>, upper: bool) -> Result<Array> {
    let precision = Precision::of(if upper { "cholesky_up" } else { "cholesky_lo" }, &[a])?;
    if precision.complex {
        cholesky_in::<c64>(a, upper, precision)
    } else {
        cholesky_in::<f64>(a, upper, precision)
    }
}

fn cholesky_in<T: Scalar>(a: &View<'_>, upper: bool, precision: Precision) -> Result<Array> {
    let a = Stack::<T>::read_square(a)?;
    let n = a.rows;
    let mut results = Results::<T>::new(&a.batch, &[n, n])?;
    let to = results.writer();
    let make = || {
        let needed = cholesky_in_place_scratch::<T>(n, Par::Seq, Spec::default());
        Ok((room::zeros::<T>(n * n)?, room::workspace(needed)?))
    };
    spread::each(
        a.count(),
        20 + n * n * n / 16,
        to,
        make,
        |(l, work), k, result| {
            let given = a.matrix(k);
            if let Some(found) = small::cholesky(n, given, upper, result) {
                return if found {
                    Ok(())
                } else {
                    Err(Error::NotPositiveDefinite)
                };
            }
            // The lower triangle, column by column: `lᴴ` is the factor of the conjugated upper one.
            for j in 0..n {
                for i in j..n {
                    l[j * n + i] = if upper {
                        given[j * n + i].conjugate()
                    } else {
                        given[i * n + j]
                    };
                }
            }
            let found = if n <= SMALL {
                factor_small(l, n)
            } else {
                cholesky_in_place(
                    MatMut::from_column_major_slice_mut(l, n, n),
                    LltRegularization::default(),
                    Par::Seq,
                    MemStack::new(work),
                    Spec::default(),
                )
                .is_ok()
            };
            if !found || l.iter().step_by(n + 1).any(|d| d.re().is_nan()) {
                return Err(Error::NotPositiveDefinite);
            }
            for d in l.iter_mut().step_by(n + 1) {
                *d = T::from_real(d.re());
            }
            for j in 0..n {
                for i in j..n {
                    if upper {
                        result[j * n + i] = l[j * n + i].conjugate();
                    } else {
                        result[i * n + j] = l[j * n + i];
                    }
                }
            }
            Ok(())
        },
    )?;
    results.finish(&precision.result())
}

/// Factors the lower triangle in place; tells whether there is a factor.
fn factor_small<T: Scalar>(l: &mut [T], n: usize) -> bool {
    for j in 0..n {
        let mut d = l[j * n + j].re();
        for k in 0..j {
            let v = l[k * n + j];
            d -= v.re() * v.re() + v.im() * v.im();
        }
        if d.is_nan() || d <= 0.0 {
            return false;
        }
        let d = d.sqrt();
        l[j * n + j] = T::from_real(d);
        for k in 0..j {
            let v = l[k * n + j].conjugate().negated();
            for i in j + 1..n {
                l[j * n + i] = l[j * n + i].plus(l[k * n + i], v);
            }
        }
        for i in j + 1..n {
            l[j * n + i] = l[j * n + i].divided(d);
        }
    }
    true
}
