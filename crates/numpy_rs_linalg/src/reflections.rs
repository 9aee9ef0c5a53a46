//! Products of many reflections, applied in blocks: `H₀ H₁ … = 1 - V T Vᴴ` (Schreiber and Van Loan 1989).

use faer::{MatMut, MatRef};

use crate::error::Result;
use crate::householder;
use crate::lanes;
use crate::products::{adjoint_product, product, subtract_product};
use crate::room;
use crate::scalar::Scalar;
use crate::team;

/// Reflections of a block.
const BLOCK: usize = 32;
/// Columns of what reflections are applied to that a thread takes at once.
const STRIP: usize = 64;
/// Up to so many rows, reflections are applied one by one.
const FEW: usize = 40;

/// A product of reflections `H₀ H₁ …` of vectors that stand in the columns of a matrix: that of column `j` has its 1 in
/// row `j + offset`.
#[derive(Debug)]
pub(crate) struct Reflections<'a, T> {
    columns: &'a [T],
    rows: usize,
    offset: usize,
    tau: &'a [T],
    /// The `T` of each block; none where reflections are applied one by one.
    factors: Vec<T>,
}

impl<'a, T: Scalar> Reflections<'a, T> {
    /// Makes ready what stands in the columns: for blocks, what is not part of the vectors is overwritten.
    pub(crate) fn new(
        columns: &'a mut [T],
        rows: usize,
        offset: usize,
        tau: &'a [T],
    ) -> Result<Self> {
        let count = tau.len();
        if rows <= FEW {
            let factors = Vec::new();
            return Ok(Self {
                columns,
                rows,
                offset,
                tau,
                factors,
            });
        }
        for (j, column) in columns.chunks_exact_mut(rows).take(count).enumerate() {
            column[j + offset] = T::ONE;
            column[j / BLOCK * BLOCK + offset..j + offset].fill(T::ZERO);
        }
        let columns = &*columns;
        let mut factors = room::zeros::<T>(count.div_ceil(BLOCK) * BLOCK * BLOCK)?;
        let mut gram = room::zeros::<T>(BLOCK * BLOCK)?;
        for (k, factor) in factors.chunks_exact_mut(BLOCK * BLOCK).enumerate() {
            let first = k * BLOCK;
            let width = BLOCK.min(count - first);
            let v = block(columns, rows, first + offset, first, width);
            let mut products =
                MatMut::from_column_major_slice_mut(&mut gram[..width * width], width, width);
            adjoint_product(products.as_mut(), v, v);
            for j in 0..width {
                let tau = tau[first + j];
                for i in 0..j {
                    let mut sum = T::ZERO;
                    for l in i..j {
                        sum = sum.plus(factor[l * width + i], gram[j * width + l]);
                    }
                    factor[j * width + i] = tau.times(sum).negated();
                }
                factor[j * width + j] = tau;
            }
        }
        Ok(Self {
            columns,
            rows,
            offset,
            tau,
            factors,
        })
    }

    /// Multiplies the columns of `to`, which has as many rows, by the product from the left.
    pub(crate) fn apply(&self, to: &mut [T]) -> Result<()> {
        let rows = self.rows;
        if rows == 0 {
            return Ok(());
        }
        if self.factors.is_empty() {
            one_by_one(self.columns, self.rows, self.offset, self.tau, to);
            return Ok(());
        }
        team::share(to.chunks_mut(STRIP * rows).collect(), |strip| {
            self.in_blocks(strip)
        })
    }

    /// As [`Reflections::apply`] for the upper left square of `size` of columns that have `rows` rows.
    pub(crate) fn apply_inside(&self, to: &mut [T], rows: usize, size: usize) -> Result<()> {
        if rows == self.rows {
            return self.apply(to);
        }
        let mut square = room::zeros::<T>(size * size)?;
        for (square, column) in square.chunks_exact_mut(size).zip(to.chunks_exact(rows)) {
            square.copy_from_slice(&column[..size]);
        }
        self.apply(&mut square)?;
        for (square, column) in square.chunks_exact(size).zip(to.chunks_exact_mut(rows)) {
            column[..size].copy_from_slice(square);
        }
        Ok(())
    }

    fn in_blocks(&self, to: &mut [T]) -> Result<()> {
        let rows = self.rows;
        let cols = to.len() / rows;
        let mut met = room::zeros::<T>(2 * BLOCK * cols)?;
        let (met, turned) = met.split_at_mut(BLOCK * cols);
        let mut to = MatMut::from_column_major_slice_mut(to, rows, cols);
        for (k, factor) in self.factors.chunks_exact(BLOCK * BLOCK).enumerate().rev() {
            let first = k * BLOCK;
            let width = BLOCK.min(self.tau.len() - first);
            let top = first + self.offset;
            let v = block(self.columns, rows, top, first, width);
            let factor = MatRef::from_column_major_slice(&factor[..width * width], width, width);
            let mut met =
                MatMut::from_column_major_slice_mut(&mut met[..width * cols], width, cols);
            let mut turned =
                MatMut::from_column_major_slice_mut(&mut turned[..width * cols], width, cols);
            let mut low = to.as_mut().subrows_mut(top, rows - top);
            adjoint_product(met.as_mut(), v, low.as_ref());
            product(turned.as_mut(), factor, met.as_ref());
            subtract_product(low.as_mut(), v, turned.as_ref());
        }
        Ok(())
    }
}

lanes::per_isa! {
    fn one_by_one<T: Scalar>(columns: &[T], rows: usize, offset: usize, tau: &[T], to: &mut [T]) = one_by_one_body
}

#[inline(always)]
fn one_by_one_body<T: Scalar>(columns: &[T], rows: usize, offset: usize, tau: &[T], to: &mut [T]) {
    for (j, &tau) in tau.iter().enumerate().rev() {
        if tau == T::ZERO {
            continue;
        }
        let first = j + offset;
        let v = &columns[j * rows + first..(j + 1) * rows];
        for column in to.chunks_exact_mut(rows) {
            householder::apply(v, tau, &mut column[first..]);
        }
    }
}

/// `width` vectors from column `first` on, from row `top` on.
fn block<T: Scalar>(
    columns: &[T],
    rows: usize,
    top: usize,
    first: usize,
    width: usize,
) -> MatRef<'_, T> {
    let all = &columns[first * rows..(first + width) * rows];
    MatRef::from_column_major_slice(all, rows, width).subrows(top, rows - top)
}
