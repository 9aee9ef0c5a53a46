//! Matrices as `q b pᴴ` with a real upper bidiagonal `b` (Golub and Kahan 1965; LAPACK's `gebrd`).
//!
//! Larger matrices are reduced in panels: the rest is only read for a panel, and brought up to date by one product after it
//! (Dongarra, Sorensen and Hammarling 1989).

use faer::{MatMut, MatRef};

use crate::error::Result;
use crate::householder::{apply, reflect};
use crate::lanes;
use crate::products::subtract;
use crate::scalar::Scalar;
use crate::team;

/// Columns of a panel.
const PANEL: usize = 32;
/// Columns of the rest that a thread brings up to date at once.
const STRIP: usize = 64;

/// A matrix that is being made bidiagonal: at least as many rows as columns, column by column.
#[derive(Debug)]
pub(crate) struct Reduction<'a, T> {
    pub(crate) rows: usize,
    /// The matrix; then, in column `j` from row `j` on, the reflections whose product is `q`.
    pub(crate) a: &'a mut [T],
    pub(crate) tau_q: &'a mut [T],
    /// A square for the reflections whose product is `p`: that of column `j` from row `j + 1` on.
    pub(crate) right: &'a mut [T],
    pub(crate) tau_p: &'a mut [T],
    /// The diagonal.
    pub(crate) d: &'a mut [f64],
    /// What is above the diagonal; one item less counts.
    pub(crate) e: &'a mut [f64],
    /// As much as [`room`] says.
    pub(crate) room: &'a mut [T],
}

/// Items of the room that a reduction needs.
pub(crate) fn room(rows: usize, cols: usize) -> usize {
    if cols > PANEL {
        2 * PANEL * (rows + cols) + PANEL
    } else {
        rows
    }
}

/// Makes the matrix bidiagonal.
pub(crate) fn reduce<T: Scalar>(mut given: Reduction<'_, T>) -> Result<()> {
    let cols = given.d.len();
    if cols <= PANEL {
        reduce_whole(given);
        return Ok(());
    }
    for start in (0..cols).step_by(PANEL) {
        let width = PANEL.min(cols - start);
        panel(&mut given, start, width);
        bring_up_to_date(&mut given, start, width)?;
    }
    Ok(())
}

lanes::per_isa! {
    /// Reduces `width` columns and rows. The room gets the vectors `v` of the columns' reflections and `x`, then `y` and
    /// the vectors `u` of the rows' ones: what is to be taken from the rest is `v yᴴ + x uᴴ`.
    fn panel<T: Scalar>(given: &mut Reduction<'_, T>, start: usize, width: usize) = panel_body
}

#[inline(always)]
fn panel_body<T: Scalar>(given: &mut Reduction<'_, T>, start: usize, width: usize) {
    let (rows, cols) = (given.rows, given.d.len());
    let (vs, room) = given.room.split_at_mut(width * rows);
    let (xs, room) = room.split_at_mut(width * rows);
    let (ys, room) = room.split_at_mut(width * cols);
    let (us, sums) = room.split_at_mut(width * cols);
    for c in 0..width {
        let i = start + c;
        let next = i + 1;
        let column = &mut given.a[i * rows + i..next * rows];
        for (left, right) in [(&*vs, &*ys), (&*xs, &*us)] {
            let factors = &mut sums[..c];
            for (k, factor) in factors.iter_mut().enumerate() {
                *factor = right[k * cols + i].conjugate();
            }
            lanes::subtract_columns(column, left, rows, i, factors);
        }
        let by = reflect(column);
        (given.tau_q[i], given.d[i]) = (by, column[0].re());
        let (v_before, v) = vs.split_at_mut(c * rows);
        let v = &mut v[i..rows];
        v.copy_from_slice(column);
        v[0] = T::ONE;
        if next == cols {
            return;
        }
        let (y_before, y) = ys.split_at_mut(c * cols);
        let y = &mut y[next..cols];
        lanes::dots(&given.a[next * rows..], rows, i, v, y);
        let factors = &mut sums[..c];
        lanes::dots(v_before, rows, i, v, factors);
        lanes::subtract_columns(y, y_before, cols, next, factors);
        lanes::dots(xs, rows, i, v, factors);
        lanes::subtract_columns(y, us, cols, next, factors);
        y.iter_mut().for_each(|y| *y = y.times(by));

        let row = &mut given.right[i * cols + next..next * cols];
        for (to, column) in row
            .iter_mut()
            .zip(given.a[next * rows..].chunks_exact(rows))
        {
            *to = column[i].conjugate();
        }
        let factors = &mut sums[..=c];
        for (k, factor) in factors.iter_mut().enumerate() {
            *factor = vs[k * rows + i].conjugate();
        }
        lanes::subtract_columns(row, ys, cols, next, factors);
        let factors = &mut sums[..c];
        for (k, factor) in factors.iter_mut().enumerate() {
            *factor = xs[k * rows + i].conjugate();
        }
        lanes::subtract_columns(row, us, cols, next, factors);
        let by = reflect(row);
        (given.tau_p[i], given.e[i]) = (by, row[0].re());
        row[0] = T::ONE;
        let (u_before, u) = us.split_at_mut(c * cols);
        let u = &mut u[next..cols];
        u.copy_from_slice(row);

        let (x_before, x) = xs.split_at_mut(c * rows);
        let x = &mut x[next..rows];
        x.fill(T::ZERO);
        lanes::subtract_columns(x, &given.a[next * rows..], rows, next, u);
        // What is subtracted from the product has the other sign here.
        let factors = &mut sums[..=c];
        lanes::dots(ys, cols, next, u, factors);
        factors.iter_mut().for_each(|f| *f = f.negated());
        lanes::subtract_columns(x, vs, rows, next, factors);
        let factors = &mut sums[..c];
        lanes::dots(u_before, cols, next, u, factors);
        factors.iter_mut().for_each(|f| *f = f.negated());
        lanes::subtract_columns(x, x_before, rows, next, factors);
        x.iter_mut().for_each(|x| *x = x.times(by).negated());
    }
}

/// Takes what a panel has found from the rest.
fn bring_up_to_date<T: Scalar>(
    given: &mut Reduction<'_, T>,
    start: usize,
    width: usize,
) -> Result<()> {
    let (rows, cols, first) = (given.rows, given.d.len(), start + width);
    let (left, right) = given.room.split_at(2 * width * rows);
    let left = MatRef::from_column_major_slice(left, rows, 2 * width);
    let right = MatRef::from_column_major_slice(&right[..2 * width * cols], cols, 2 * width);
    let strips = given.a[first * rows..cols * rows]
        .chunks_mut(STRIP * rows)
        .enumerate()
        .collect();
    team::share(strips, |(k, strip): (usize, &mut [T])| {
        let (top, count) = (first + k * STRIP, strip.len() / rows);
        let strip = MatMut::from_column_major_slice_mut(strip, rows, count);
        subtract(
            strip.subrows_mut(first, rows - first),
            left.subrows(first, rows - first),
            right.subrows(top, count),
        );
        Ok(())
    })
}

lanes::per_isa! {
    fn reduce_whole<T: Scalar>(given: Reduction<'_, T>) = reduce_body
}

#[inline(always)]
fn reduce_body<T: Scalar>(given: Reduction<'_, T>) {
    let Reduction {
        rows,
        a,
        tau_q,
        right,
        tau_p,
        d,
        e,
        room,
    } = given;
    let cols = d.len();
    for i in 0..cols {
        let (done, rest) = a.split_at_mut((i + 1) * rows);
        let v = &mut done[i * rows + i..];
        tau_q[i] = reflect(v);
        d[i] = v[0].re();
        if tau_q[i] != T::ZERO {
            for column in rest.chunks_exact_mut(rows) {
                apply(v, tau_q[i].conjugate(), &mut column[i..]);
            }
        }
        if i + 1 == cols {
            return;
        }
        let row = &mut right[i * cols + i + 1..(i + 1) * cols];
        for (to, column) in row.iter_mut().zip(rest.chunks_exact(rows)) {
            *to = column[i].conjugate();
        }
        let by = reflect(row);
        (tau_p[i], e[i]) = (by, row[0].re());
        row[0] = T::ONE;
        if by == T::ZERO {
            continue;
        }
        // What all rows below have along the reflection's vector.
        let along = &mut room[..rows - i - 1];
        along.fill(T::ZERO);
        for (column, &v) in rest.chunks_exact(rows).zip(&*row) {
            for (to, &x) in along.iter_mut().zip(&column[i + 1..]) {
                *to = to.plus(x, v);
            }
        }
        for (column, &v) in rest.chunks_exact_mut(rows).zip(&*row) {
            let by = by.times(v.conjugate()).negated();
            for (to, &x) in column[i + 1..].iter_mut().zip(&*along) {
                *to = to.plus(x, by);
            }
        }
    }
}
