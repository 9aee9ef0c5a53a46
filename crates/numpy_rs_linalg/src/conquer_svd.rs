//! Singular values and vectors of larger upper bidiagonal matrices by divide and conquer (Gu and Eisenstat 1995).
//!
//! A row in the middle is taken out; it couples what is above it and what is below it. Where a matrix is cut, what is left
//! out as nothing, and the vectors themselves are as in LAPACK's `bdsdc`, and with them the signs.

use faer::{MatMut, MatRef};

use crate::bidiagonal_qr::{self, Sides};
use crate::conquer::{LEAF, Reach, STRIP, TWO, rising};
use crate::error::Result;
use crate::products::product;
use crate::rank_one;
use crate::room;
use crate::rotation::{Columns, Rotation};
use crate::secular::Secular;
use crate::sweeping::UNIT;
use crate::team;

/// Items of the room that [`solve`] needs for `n` rows.
pub(crate) fn room(n: usize) -> usize {
    if n > LEAF { room_of(n) } else { 0 }
}

/// The same for rows that may be a half of others.
fn room_of(n: usize) -> usize {
    4 * n * n + 6 * n + 4
}

/// Both sides' vectors, column by column.
struct Vectors<'a> {
    u: &'a mut [f64],
    v: &'a mut [f64],
    stride: usize,
}

/// Turns the diagonal `d` into the singular values, and `u` and `v`, square, column by column and zero before, into the
/// vectors; `e` above the diagonal is used up. Answers the order in which the values fall, `None` where they do not
/// converge.
pub(crate) fn solve(
    d: &mut [f64],
    e: &mut [f64],
    u: &mut [f64],
    v: &mut [f64],
    room: &mut [f64],
) -> Result<Option<Vec<usize>>> {
    let n = d.len();
    let size = e
        .iter()
        .chain(&*d)
        .fold(0.0f64, |most, x| most.max(x.abs()));
    if size == 0.0 {
        for side in [u, v] {
            side.iter_mut().step_by(n + 1).for_each(|one| *one = 1.0);
        }
        return room::list(0..n, n).map(Some);
    }
    let nothing = 0.9 * UNIT;
    for x in &mut *d {
        *x /= size;
        if x.abs() < nothing {
            *x = nothing.copysign(*x);
        }
    }
    e.iter_mut().for_each(|x| *x /= size);
    let mut start = 0;
    for i in 0..n - 1 {
        let cut = e[i].abs() < nothing;
        if !cut && i + 2 < n {
            continue;
        }
        let end = if cut { i + 1 } else { n };
        let vectors = Vectors {
            u: &mut u[start * n + start..],
            v: &mut v[start * n + start..],
            stride: n,
        };
        let rows = end - start;
        let mut levels = 0;
        while rows > LEAF && (LEAF + 1) << levels <= rows {
            levels += 1;
        }
        if divided(
            &mut d[start..end],
            &mut e[start..end - 1],
            vectors,
            false,
            levels,
            room,
        )?
        .is_none()
        {
            return Ok(None);
        }
        if cut && i + 2 == n {
            u[n * n - 1] = 1f64.copysign(d[n - 1]);
            v[n * n - 1] = 1.0;
            d[n - 1] = d[n - 1].abs();
        }
        start = end;
    }
    d.iter_mut().for_each(|x| *x *= size);
    let mut order = room::list(0..n, n)?;
    order.sort_by(|&i, &j| d[j].total_cmp(&d[i]));
    Ok(Some(order))
}

/// Solves rows that are not divided; with `extra`, there is a column more than rows.
fn leaf(
    d: &mut [f64],
    e: &mut [f64],
    vectors: Vectors<'_>,
    extra: bool,
) -> Result<Option<Vec<usize>>> {
    let Vectors { u, v, stride } = vectors;
    let n = d.len();
    let columns = n + usize::from(extra);
    for i in 0..n {
        u[i * stride + i] = 1.0;
    }
    for i in 0..columns {
        v[i * stride + i] = 1.0;
    }
    let (mut run_u, mut run_v) = (Vec::with_capacity(LEAF), Vec::with_capacity(LEAF));
    let mut sides = Sides {
        u: Columns {
            items: u,
            stride,
            rows: n,
        },
        v: Columns {
            items: v,
            stride,
            rows: columns,
        },
        run_u: &mut run_u,
        run_v: &mut run_v,
    };
    if extra {
        // From the right to a lower bidiagonal square, from the left to an upper one.
        turn(d, e, &mut sides.v);
        let (last, beyond) = (d[n - 1], e[n - 1]);
        let (by, r) = Rotation::new(last, beyond);
        d[n - 1] = r;
        sides.v.rotate(n - 1, n, by);
        turn(d, e, &mut sides.u);
    }
    if !bidiagonal_qr::solve(d, &mut e[..n - 1], &mut sides) {
        return Ok(None);
    }
    room::list((0..n).rev(), n).map(Some)
}

/// Moves what is on one side of the diagonal to the other.
fn turn(d: &mut [f64], e: &mut [f64], side: &mut Columns<'_>) {
    for i in 0..d.len() - 1 {
        let (by, r) = Rotation::new(d[i], e[i]);
        d[i] = r;
        e[i] = by.s * d[i + 1];
        d[i + 1] *= by.c;
        side.rotate(i, i + 1, by);
    }
}

/// Takes a row out, solves both halves and merges them; answers the order in which the values rise.
fn divided(
    d: &mut [f64],
    e: &mut [f64],
    vectors: Vectors<'_>,
    extra: bool,
    levels: usize,
    room: &mut [f64],
) -> Result<Option<Vec<usize>>> {
    if levels == 0 {
        return leaf(d, e, vectors, extra);
    }
    let Vectors { u, v, stride } = vectors;
    let n = d.len();
    let middle = n / 2;
    let coupling = (d[middle], e[middle]);
    let below = middle + 1;
    let mut orders = [None, None];
    {
        let (d_first, d_second) = d.split_at_mut(below);
        let (e_first, e_second) = e.split_at_mut(below);
        let (u_first, u_second) = u.split_at_mut(below * stride);
        let (v_first, v_second) = v.split_at_mut(below * stride);
        let (room_first, room_second) = room.split_at_mut(room_of(middle));
        let first = Vectors {
            u: u_first,
            v: v_first,
            stride,
        };
        let second = Vectors {
            u: &mut u_second[below..],
            v: &mut v_second[below..],
            stride,
        };
        let [order_first, order_second] = &mut orders;
        let halves = vec![
            (
                &mut d_first[..middle],
                &mut e_first[..middle],
                first,
                true,
                room_first,
                order_first,
            ),
            (d_second, e_second, second, extra, room_second, order_second),
        ];
        type Half<'a> = (
            &'a mut [f64],
            &'a mut [f64],
            Vectors<'a>,
            bool,
            &'a mut [f64],
            &'a mut Option<Vec<usize>>,
        );
        let solve = |(d, e, vectors, extra, room, order): Half<'_>| {
            *order = divided(d, e, vectors, extra, levels - 1, room)?;
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
    let second = room::list(second.into_iter().map(|i| i + below), n)?;
    // Scaled so that neither squares nor products leave the range.
    let (alpha, beta) = coupling;
    d[middle] = 0.0;
    let size = d
        .iter()
        .fold(alpha.abs().max(beta.abs()), |most, x| most.max(x.abs()));
    d.iter_mut().for_each(|x| *x /= size);
    let vectors = Vectors { u, v, stride };
    let order = merge(
        d,
        vectors,
        (&first, &second),
        (alpha / size, beta / size),
        extra,
        room,
    )?;
    d.iter_mut().for_each(|x| *x *= size);
    Ok(order)
}

/// Merges two solved halves and the row between them, which has `alpha` in the last column of the first and `beta` in the
/// first column of the second.
fn merge(
    d: &mut [f64],
    vectors: Vectors<'_>,
    (first, second): (&[usize], &[usize]),
    (alpha, beta): (f64, f64),
    extra: bool,
    room: &mut [f64],
) -> Result<Option<Vec<usize>>> {
    let Vectors { u, v, stride } = vectors;
    let n = d.len();
    let columns = n + usize::from(extra);
    let middle = first.len();
    let below = middle + 1;
    let mut weights = room::zeros::<f64>(columns)?;
    for (j, weight) in weights.iter_mut().enumerate() {
        *weight = if j <= middle {
            alpha * v[j * stride + middle]
        } else {
            beta * v[j * stride + below]
        };
    }
    let order = rising(first, second, d)?;
    let largest = order.last().map_or(0.0, |&j| d[j].abs());
    let nothing = 64.0 * UNIT * largest.max(alpha.abs()).max(beta.abs());
    let (mut kept, mut done) = (room::list([], n)?, room::list([], n)?);
    let reach = |j| {
        if j < middle {
            Reach::First
        } else {
            Reach::Second
        }
    };
    let mut reach = room::list((0..n).map(reach), n)?;
    // The row between the halves comes first, with a value of zero.
    kept.push(middle);
    let mut held: Option<usize> = None;
    for &j in &order {
        if weights[j].abs() <= nothing {
            done.push(j);
            continue;
        }
        let Some(i) = held.replace(j) else {
            continue;
        };
        if (d[j] - d[i]).abs() > nothing {
            kept.push(i);
            continue;
        }
        let (by, length) = Rotation::away(weights[i], weights[j]);
        (weights[j], weights[i]) = (length, 0.0);
        Columns {
            items: &mut *u,
            stride,
            rows: n,
        }
        .rotate(i, j, by);
        Columns {
            items: &mut *v,
            stride,
            rows: columns,
        }
        .rotate(i, j, by);
        if reach[i] != reach[j] {
            reach[j] = Reach::Both;
        }
        done.push(i);
    }
    kept.extend(held);
    done.reverse();
    let k = kept.len();
    let mut poles = room::list(kept.iter().map(|&j| d[j]), k)?;
    let mut values = room::list(done.iter().map(|&j| d[j]), n - k)?;
    poles[0] = 0.0;
    if let Some(least) = poles.get_mut(1).or(values.first_mut()) {
        *least = least.max(nothing / 2.0);
    }
    // The middle column, and where there is one more than rows, what of it goes into the last.
    let own = weights[middle];
    let (mut head, mut tail) = (own, Rotation { c: 1.0, s: 0.0 });
    if extra {
        head = own.hypot(weights[n]);
        if head > nothing {
            tail = Rotation {
                c: own / head,
                s: weights[n] / head,
            };
        }
    }
    if head.abs() <= nothing {
        head = nothing;
    }
    let kept_weights = room::list(
        std::iter::once(head).chain(kept[1..].iter().map(|&j| weights[j])),
        k,
    )?;
    // By what rows they reach; the middle column of the right side reaches all.
    let mut grouped = room::list([], k)?;
    let of = |wanted: Reach| {
        let (kept, reach) = (&kept, &reach);
        (1..k).filter(move |&i| reach[kept[i]] == wanted)
    };
    grouped.extend(of(Reach::First));
    let before = grouped.len();
    grouped.push(0);
    grouped.extend(of(Reach::Both));
    let upper = grouped.len();
    grouped.extend(of(Reach::Second));
    let lower = k - before;

    let (right, room) = room.split_at_mut(k * k);
    let (left, room) = room.split_at_mut(k * k);
    let (u_top, room) = room.split_at_mut(middle * upper);
    let (u_bottom, room) = room.split_at_mut((n - below) * lower);
    let (v_top, room) = room.split_at_mut(below * upper);
    let (v_bottom, room) = room.split_at_mut((columns - below) * lower);
    let (u_done, room) = room.split_at_mut(n * (n - k));
    let v_done = &mut room[..columns * (n - k)];
    let part = |items: &[f64], j: usize, from: usize, to: &mut [f64]| {
        to.copy_from_slice(&items[j * stride + from..][..to.len()]);
    };
    for (g, &i) in grouped.iter().enumerate() {
        let j = kept[i];
        if g < upper {
            let (u_top, v_top) = (
                &mut u_top[g * middle..][..middle],
                &mut v_top[g * below..][..below],
            );
            if i == 0 {
                u_top.fill(0.0);
                for (row, to) in v_top.iter_mut().enumerate() {
                    *to = tail.c * v[j * stride + row];
                }
            } else {
                part(u, j, 0, u_top);
                part(v, j, 0, v_top);
            }
        }
        if g >= before {
            let g = g - before;
            let (rows_u, rows_v) = (n - below, columns - below);
            let (u_bottom, v_bottom) = (
                &mut u_bottom[g * rows_u..][..rows_u],
                &mut v_bottom[g * rows_v..][..rows_v],
            );
            if i == 0 {
                u_bottom.fill(0.0);
                for (row, to) in v_bottom.iter_mut().enumerate() {
                    *to = if extra {
                        tail.s * v[n * stride + below + row]
                    } else {
                        0.0
                    };
                }
            } else {
                part(u, j, below, u_bottom);
                part(v, j, below, v_bottom);
            }
        }
    }
    if extra {
        for row in 0..below {
            v[n * stride + row] = -tail.s * v[middle * stride + row];
        }
        for row in below..columns {
            v[n * stride + row] *= tail.c;
        }
    }
    for (i, &j) in done.iter().enumerate() {
        part(u, j, 0, &mut u_done[i * n..][..n]);
        part(v, j, 0, &mut v_done[i * columns..][..columns]);
    }
    for i in 0..n - k {
        u[(k + i) * stride..][..n].copy_from_slice(&u_done[i * n..][..n]);
        v[(k + i) * stride..][..columns].copy_from_slice(&v_done[i * columns..][..columns]);
    }
    d[k..].copy_from_slice(&values);
    if k == 1 {
        d[0] = head.abs();
        right[0] = 1.0;
        left[0] = if head > 0.0 { 1.0 } else { -1.0 };
    } else {
        let squares = room::list(kept_weights.iter().map(|w| w * w), k)?;
        let secular = Secular {
            poles: &poles,
            squared: true,
            squares: &squares,
            inverse: 1.0,
        };
        let found = rank_one::roots_and_weights(&secular, &kept_weights, &mut d[..k], right)?;
        let Some(exact) = found else {
            return Ok(None);
        };
        rank_one::singular_vectors(&poles, &exact, &grouped, right, left)?;
    }
    let matrix = |items, rows, columns| MatRef::from_column_major_slice(items, rows, columns);
    let halves = |rows_top, top, rows_bottom, bottom| {
        (
            matrix(top, rows_top, upper),
            matrix(bottom, rows_bottom, lower),
        )
    };
    let of_u = halves(middle, &*u_top, n - below, &*u_bottom);
    let of_v = halves(below, &*v_top, columns - below, &*v_bottom);
    let length = |rows: usize| (k - 1) * stride + rows;
    let pieces_u = u[..length(n)]
        .chunks_mut(STRIP * stride)
        .zip(left.chunks(STRIP * k))
        .map(|p| (p, true));
    let pieces_v = v[..length(columns)]
        .chunks_mut(STRIP * stride)
        .zip(right.chunks(STRIP * k))
        .map(|p| (p, false));
    team::share(
        pieces_u.chain(pieces_v).collect(),
        |((to, by), is_left): ((&mut [f64], &[f64]), bool)| {
            let count = by.len() / k;
            let by = MatRef::from_column_major_slice(by, k, count);
            let rows = if is_left { n } else { columns };
            let to = MatMut::from_column_major_slice_with_stride_mut(to, rows, count, stride);
            let (tops, bottoms) = if is_left { of_u } else { of_v };
            let (mut top, bottom) = to.split_at_row_mut(below);
            if is_left {
                for j in 0..count {
                    top[(middle, j)] = by[(before, j)];
                }
                top = top.subrows_mut(0, middle);
            }
            product(top, tops, by.subrows(0, upper));
            product(bottom, bottoms, by.subrows(before, lower));
            Ok(())
        },
    )?;
    let front = room::list(0..k, k)?;
    let back = room::list((k..n).rev(), n - k)?;
    rising(&front, &back, d).map(Some)
}
