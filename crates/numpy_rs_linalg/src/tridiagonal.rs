//! Hermitian matrices as `q t qᴴ` with a real tridiagonal `t` (LAPACK's `hetrd` for the lower triangle).
//!
//! Columns are reduced in panels: the rest of the matrix is only read for a panel, and brought up to date by one product
//! after it (Dongarra, Sorensen and Hammarling 1989).

use std::ops::Range;

use faer::{MatMut, MatRef};

use crate::error::Result;
use crate::householder::reflect;
use crate::lanes;
use crate::products::subtract;
use crate::scalar::Scalar;
use crate::team;

/// Columns of a panel.
const PANEL: usize = 32;
/// Columns of the rest that a thread brings up to date at once.
const STRIP: usize = 64;

/// Items of the matrix's triangle that make a piece of its product with a vector; fewer take less time than to share them.
const PIECE: usize = 1 << 14;
/// Pieces of such a product at most.
const PIECES: usize = 8;

/// Items of the room that [`reduce`] needs for `n` rows.
pub(crate) fn room(n: usize) -> usize {
    let width = PANEL.min(n);
    (3 * width + PIECES - 1) * n + 2 * width
}

/// Reduces the matrix whose lower triangle stands in `a`, column by column. The diagonal goes to `d`, what is beside it
/// to `e`; the reflections whose product is `q` stay in `a`, that of column `j` from row `j + 1` on, without its 1.
pub(crate) fn reduce<T: Scalar>(
    a: &mut [T],
    d: &mut [f64],
    e: &mut [f64],
    tau: &mut [T],
    room: &mut [T],
) -> Result<()> {
    let n = d.len();
    let mut start = 0;
    while start < n {
        let width = PANEL.min(n - start);
        panel(a, d, e, tau, room, start, width)?;
        bring_up_to_date(a, room, n, start + width, width)?;
        start += width;
    }
    Ok(())
}

lanes::per_isa! {
    /// Reduces `width` columns; `room` has the vectors `v` of their reflections, the `w` that with them makes what is to
    /// be taken from the rest, `v wᴴ + w vᴴ`, and the `v` once more.
    fn panel<T: Scalar>(
        a: &mut [T], d: &mut [f64], e: &mut [f64], tau: &mut [T], room: &mut [T], start: usize, width: usize,
    ) -> Result<()> = panel_body
}

#[inline(always)]
fn panel_body<T: Scalar>(
    a: &mut [T],
    d: &mut [f64],
    e: &mut [f64],
    tau: &mut [T],
    room: &mut [T],
    start: usize,
    width: usize,
) -> Result<()> {
    let n = d.len();
    let (vectors, room) = room.split_at_mut(width * n);
    let (others, room) = room.split_at_mut(width * n);
    let (again, room) = room.split_at_mut(width * n);
    let (parts, sums) = room.split_at_mut((PIECES - 1) * n);
    for c in 0..width {
        let j = start + c;
        let column = &mut a[j * n..(j + 1) * n];
        let sums = &mut sums[..c];
        for (k, sum) in sums.iter_mut().enumerate() {
            *sum = others[k * n + j].conjugate();
        }
        lanes::subtract_columns(&mut column[j..], vectors, n, j, sums);
        for (k, sum) in sums.iter_mut().enumerate() {
            *sum = vectors[k * n + j].conjugate();
        }
        lanes::subtract_columns(&mut column[j..], others, n, j, sums);
        d[j] = column[j].re();
        let below = j + 1;
        if below == n {
            return Ok(());
        }
        let by = reflect(&mut column[below..]);
        (tau[j], e[j]) = (by, column[below].re());
        let (v_before, v) = vectors.split_at_mut(c * n);
        let (w_before, w) = others.split_at_mut(c * n);
        let (v, w) = (&mut v[below..n], &mut w[below..n]);
        v.copy_from_slice(&column[below..]);
        v[0] = T::ONE;
        again[c * n + below..(c + 1) * n].copy_from_slice(v);
        if by == T::ZERO {
            w.fill(T::ZERO);
            continue;
        }
        let m = n - below;
        match m * m / 2 / PIECE {
            0 | 1 => lanes::hermitian_product(a, n, 0..m, v, w),
            more => product(a, n, v, w, parts, more.min(PIECES))?,
        }
        lanes::dots(w_before, n, below, v, sums);
        lanes::subtract_columns(w, v_before, n, below, sums);
        lanes::dots(v_before, n, below, v, sums);
        lanes::subtract_columns(w, w_before, n, below, sums);
        let half = by.times(by.conjugate()).scaled(-0.5);
        let along = half.times(lanes::dot(w, v));
        for (w, &v) in w.iter_mut().zip(&*v) {
            *w = w.times(by).plus(v, along);
        }
    }
    Ok(())
}

/// `to = a x` as [`lanes::hermitian_product`], in `count` pieces of about as many items of the triangle each; `parts` has
/// room for what all but the first add.
fn product<T: Scalar>(
    a: &[T],
    n: usize,
    x: &[T],
    to: &mut [T],
    parts: &mut [T],
    count: usize,
) -> Result<()> {
    let m = x.len();
    // What is left of the triangle shrinks with the square of the columns left.
    let cut = |k: usize| {
        let left = (1.0 - k as f64 / count as f64).sqrt();
        let column = (m as f64 * (1.0 - left)) as usize;
        if k == count {
            m
        } else {
            column / lanes::ABREAST * lanes::ABREAST
        }
    };
    let pieces = std::iter::once(&mut *to)
        .chain(parts.chunks_exact_mut(m))
        .take(count)
        .enumerate()
        .collect();
    team::share(pieces, |(k, to): (usize, &mut [T])| {
        piece(a, n, cut(k)..cut(k + 1), x, to);
        Ok(())
    })?;
    for (k, part) in parts.chunks_exact(m).take(count - 1).enumerate() {
        let first = cut(k + 1);
        for (to, &part) in to[first..].iter_mut().zip(&part[first..]) {
            *to = to.plus(part, T::ONE);
        }
    }
    Ok(())
}

lanes::per_isa! {
    fn piece<T: Scalar>(a: &[T], n: usize, columns: Range<usize>, x: &[T], to: &mut [T]) = lanes::hermitian_product
}

/// Takes what a panel has found from the rest, of which only the lower triangle counts.
fn bring_up_to_date<T: Scalar>(
    a: &mut [T],
    room: &[T],
    n: usize,
    first: usize,
    width: usize,
) -> Result<()> {
    let all = MatRef::from_column_major_slice(&room[..3 * width * n], n, 3 * width);
    let (left, right) = (all.subcols(0, 2 * width), all.subcols(width, 2 * width));
    let strips = a[first * n..].chunks_mut(STRIP * n).enumerate().collect();
    team::share(strips, |(k, strip): (usize, &mut [T])| {
        let (top, cols) = (first + k * STRIP, strip.len() / n);
        let strip = MatMut::from_column_major_slice_mut(strip, n, cols);
        subtract(
            strip.subrows_mut(top, n - top),
            left.subrows(top, n - top),
            right.subrows(top, cols),
        );
        Ok(())
    })
}
