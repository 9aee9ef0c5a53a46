//! Eigenvalues and vectors of larger symmetric tridiagonal matrices by divide and conquer (Cuppen 1981), stable by the
//! weights of Gu and Eisenstat (1995): vectors are orthogonal as they come.
//!
//! Where a matrix is cut, what is left out as nothing, and the vectors `zᵢ / (dᵢ - λ)` themselves are as in LAPACK's
//! `stedc`, and with them the signs.

use faer::{MatMut, MatRef};

use crate::error::Result;
use crate::products::product;
use crate::ql;
use crate::rank_one;
use crate::room;
use crate::rotation::{Columns, Rotation};
use crate::secular::Secular;
use crate::sweeping::UNIT;
use crate::team;

/// Matrices of so many rows are not divided.
pub(crate) const LEAF: usize = 25;
/// From so many rows on, both halves are solved at the same time.
pub(crate) const TWO: usize = 128;
/// Columns that a thread works on at once.
pub(crate) const STRIP: usize = 96;

/// Items of the room that [`solve`] needs for `n` rows.
pub(crate) fn room(n: usize) -> usize {
    if n > LEAF { 2 * n * n } else { 0 }
}

/// Turns the diagonal `d` into the eigenvalues and `z`, column by column and zero before, into the vectors; `e` beside the
/// diagonal is used up. Answers the order in which the eigenvalues rise, `None` where they do not converge.
pub(crate) fn solve(
    d: &mut [f64],
    e: &mut [f64],
    z: &mut [f64],
    room: &mut [f64],
) -> Result<Option<Vec<usize>>> {
    let n = d.len();
    let mut start = 0;
    while start < n {
        let mut end = start + 1;
        while end < n {
            let nothing = UNIT * d[end - 1].abs().sqrt() * d[end].abs().sqrt();
            if e[end - 1].abs() <= nothing {
                break;
            }
            end += 1;
        }
        let (d, e) = (&mut d[start..end], &mut e[start..end.max(1) - 1]);
        if !block(d, e, &mut z[start * n + start..], n, room)? {
            return Ok(None);
        }
        start = end;
    }
    let mut order = room::list(0..n, n)?;
    order.sort_by(|&i, &j| d[i].total_cmp(&d[j]));
    Ok(Some(order))
}

/// Solves a matrix that nothing divides; false where that fails.
fn block(
    d: &mut [f64],
    e: &mut [f64],
    z: &mut [f64],
    stride: usize,
    room: &mut [f64],
) -> Result<bool> {
    if d.len() <= LEAF {
        return Ok(leaf(d, e, z, stride));
    }
    let size = e
        .iter()
        .chain(&*d)
        .fold(0.0f64, |most, x| most.max(x.abs()));
    d.iter_mut().for_each(|x| *x /= size);
    e.iter_mut().for_each(|x| *x /= size);
    let halvings = {
        // All parts are halved until the largest is small enough.
        let (mut rows, mut times) = (d.len(), 0);
        while rows > LEAF {
            rows = rows.div_ceil(2);
            times += 1;
        }
        times
    };
    let found = divided(d, e, z, stride, room, halvings)?;
    d.iter_mut().for_each(|x| *x *= size);
    Ok(found.is_some())
}

fn leaf(d: &mut [f64], e: &mut [f64], z: &mut [f64], stride: usize) -> bool {
    let rows = d.len();
    for i in 0..rows {
        z[i * stride + i] = 1.0;
    }
    let mut run = Vec::with_capacity(LEAF);
    let mut columns = Columns {
        items: z,
        stride,
        rows,
    };
    ql::solve(d, e, &mut columns, &mut run)
}

/// Cuts, solves both halves and merges them; answers the order in which the eigenvalues rise.
fn divided(
    d: &mut [f64],
    e: &mut [f64],
    z: &mut [f64],
    stride: usize,
    room: &mut [f64],
    halvings: usize,
) -> Result<Option<Vec<usize>>> {
    let n = d.len();
    if halvings == 0 {
        return Ok(if leaf(d, e, z, stride) {
            Some(room::list(0..n, n)?)
        } else {
            None
        });
    }
    let cut = n / 2;
    let coupling = e[cut - 1];
    d[cut - 1] -= coupling.abs();
    d[cut] -= coupling.abs();
    let mut orders = [None, None];
    {
        let (d_first, d_second) = d.split_at_mut(cut);
        let (e_first, e_second) = e.split_at_mut(cut);
        let (z_first, z_second) = z.split_at_mut(cut * stride);
        let (room_first, room_second) = room.split_at_mut(2 * cut * cut);
        let [first, second] = &mut orders;
        let halves = vec![
            (d_first, &mut e_first[..cut - 1], z_first, room_first, first),
            (
                d_second,
                e_second,
                &mut z_second[cut..],
                room_second,
                second,
            ),
        ];
        let solve = |(d, e, z, room, order): (
            &mut [f64],
            &mut [f64],
            &mut [f64],
            &mut [f64],
            &mut Option<_>,
        )| {
            *order = divided(d, e, z, stride, room, halvings - 1)?;
            Ok(())
        };
        if n < TWO {
            halves.into_iter().try_for_each(solve)?;
        } else {
            team::share(halves, solve)?;
        }
    }
    let [Some(first), Some(second)] = orders else {
        return Ok(None);
    };
    let order = room::list(
        first.into_iter().chain(second.into_iter().map(|i| i + cut)),
        n,
    )?;
    merge(d, z, stride, order, coupling, cut, room)
}

/// What rows of a column are not zero.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    First,
    Both,
    Second,
}

/// Two solved halves as one: `order` has the columns of each in the order in which its eigenvalues rise.
fn merge(
    d: &mut [f64],
    z: &mut [f64],
    stride: usize,
    order: Vec<usize>,
    coupling: f64,
    cut: usize,
    room: &mut [f64],
) -> Result<Option<Vec<usize>>> {
    let n = d.len();
    let mut weights = room::zeros::<f64>(n)?;
    for (j, weight) in weights.iter_mut().enumerate() {
        let row = if j < cut { cut - 1 } else { cut };
        let sign = if j >= cut && coupling < 0.0 {
            -1.0
        } else {
            1.0
        };
        *weight = sign * z[j * stride + row] * std::f64::consts::FRAC_1_SQRT_2;
    }
    let rho = 2.0 * coupling.abs();
    let order = rising(&order[..cut], &order[cut..], d)?;
    let most = |x: &[f64]| x.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    let nothing = 8.0 * UNIT * most(d).max(most(&weights));
    if rho * most(&weights) <= nothing {
        return Ok(Some(order));
    }
    let reach = |j| if j < cut { Reach::First } else { Reach::Second };
    let mut reach = room::list((0..n).map(reach), n)?;
    let mut columns = Columns {
        items: &mut *z,
        stride,
        rows: n,
    };
    let (kept, done) = deflate(
        d,
        &mut weights,
        &mut columns,
        &order,
        rho,
        nothing,
        &mut reach,
    )?;
    let k = kept.len();
    // What is kept, in the order of what rows it reaches, so that products leave out zeros.
    let mut grouped = room::list([], k)?;
    for wanted in [Reach::First, Reach::Both, Reach::Second] {
        grouped.extend((0..k).filter(|&i| reach[kept[i]] == wanted));
    }
    let count = |wanted| kept.iter().filter(|&&j| reach[j] == wanted).count();
    let (first, both) = (count(Reach::First), count(Reach::Both));
    let (upper, lower) = (first + both, k - first);
    let (vectors, room) = room.split_at_mut(k * k);
    let (tops, room) = room.split_at_mut(cut * upper);
    let (bottoms, rest) = room.split_at_mut((n - cut) * lower);
    for (to, &i) in tops.chunks_exact_mut(cut).zip(&grouped[..upper]) {
        to.copy_from_slice(&z[kept[i] * stride..][..cut]);
    }
    for (to, &i) in bottoms.chunks_exact_mut(n - cut).zip(&grouped[first..]) {
        to.copy_from_slice(&z[kept[i] * stride + cut..][..n - cut]);
    }
    let values = room::list(done.iter().map(|&j| d[j]), n - k)?;
    for (to, &j) in rest.chunks_exact_mut(n).zip(&done) {
        to.copy_from_slice(&z[j * stride..][..n]);
    }
    for (i, from) in rest.chunks_exact(n).take(done.len()).enumerate() {
        z[(k + i) * stride..][..n].copy_from_slice(from);
    }
    let poles = room::list(kept.iter().map(|&j| d[j]), k)?;
    let kept_weights = room::list(kept.iter().map(|&j| weights[j]), k)?;
    d[k..].copy_from_slice(&values);
    if k == 1 {
        d[0] = poles[0] + rho * kept_weights[0] * kept_weights[0];
        vectors[0] = 1.0;
    } else {
        let squares = room::list(kept_weights.iter().map(|w| w * w), k)?;
        let secular = Secular {
            poles: &poles,
            squared: false,
            squares: &squares,
            inverse: 1.0 / rho,
        };
        let found = rank_one::roots_and_weights(&secular, &kept_weights, &mut d[..k], vectors)?;
        let Some(exact) = found else {
            return Ok(None);
        };
        rank_one::eigenvectors(&exact, &grouped, vectors)?;
    }
    let tops = MatRef::from_column_major_slice(&*tops, cut, upper);
    let bottoms = MatRef::from_column_major_slice(&*bottoms, n - cut, lower);
    let length = (k - 1) * stride + n;
    let pieces = z[..length]
        .chunks_mut(STRIP * stride)
        .zip(vectors.chunks(STRIP * k))
        .collect();
    team::share(pieces, |(to, by): (&mut [f64], &[f64])| {
        let cols = by.len() / k;
        let by = MatRef::from_column_major_slice(by, k, cols);
        let to = MatMut::from_column_major_slice_with_stride_mut(to, n, cols, stride);
        let (to_top, to_bottom) = to.split_at_row_mut(cut);
        product(to_top, tops, by.subrows(0, upper));
        product(to_bottom, bottoms, by.subrows(first, lower));
        Ok(())
    })?;
    let front = room::list(0..k, k)?;
    let back = room::list((k..n).rev(), n - k)?;
    rising(&front, &back, d).map(Some)
}

/// Two rising runs of places in `d` as one; of equals that of the first goes first.
pub(crate) fn rising(first: &[usize], second: &[usize], d: &[f64]) -> Result<Vec<usize>> {
    let mut all = room::list([], d.len())?;
    let (mut i, mut j) = (0, 0);
    while i < first.len() && j < second.len() {
        if d[first[i]] <= d[second[j]] {
            all.push(first[i]);
            i += 1;
        } else {
            all.push(second[j]);
            j += 1;
        }
    }
    all.extend_from_slice(&first[i..]);
    all.extend_from_slice(&second[j..]);
    Ok(all)
}

/// Finds what need not be merged: columns without weight, and one of two whose eigenvalues are as good as alike, after
/// a rotation that leaves it no weight. Answers the columns that are kept, their eigenvalues rising, and the others,
/// falling.
fn deflate(
    d: &mut [f64],
    weights: &mut [f64],
    columns: &mut Columns<'_>,
    order: &[usize],
    rho: f64,
    nothing: f64,
    reach: &mut [Reach],
) -> Result<(Vec<usize>, Vec<usize>)> {
    let mut kept = room::list([], order.len())?;
    // From the lowest up, as far as they come.
    let mut done: Vec<usize> = room::list([], order.len())?;
    let mut held: Option<usize> = None;
    for &j in order {
        if rho * weights[j].abs() <= nothing {
            done.push(j);
            continue;
        }
        let Some(i) = held.replace(j) else {
            continue;
        };
        let (by, length) = Rotation::away(weights[i], weights[j]);
        let apart = d[j] - d[i];
        if (apart * by.c * by.s).abs() > nothing {
            kept.push(i);
            continue;
        }
        (weights[j], weights[i]) = (length, 0.0);
        if reach[i] != reach[j] {
            reach[j] = Reach::Both;
        }
        columns.rotate(i, j, by);
        let (low, high) = (d[i], d[j]);
        let (c, s) = (by.c * by.c, by.s * by.s);
        (d[i], d[j]) = (low * c + high * s, low * s + high * c);
        let mut place = done.len();
        while place > 0 && d[done[place - 1]] > d[i] {
            place -= 1;
        }
        done.insert(place, i);
    }
    kept.extend(held);
    done.reverse();
    Ok((kept, done))
}
