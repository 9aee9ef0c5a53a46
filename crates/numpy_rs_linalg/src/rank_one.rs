//! Vectors of a diagonal matrix and one of rank one: those that belong exactly to weights near the given ones, so that they
//! are orthogonal however close the roots lie (Gu and Eisenstat 1995).

use crate::error::Result;
use crate::lanes;
use crate::room;
use crate::secular::Secular;
use crate::team;

/// From so many roots on, threads share them.
const MANY: usize = 128;
/// Roots that a thread looks for at once.
const STRIP: usize = 48;

/// Roots that are looked for together: all of them where they are few.
pub(crate) fn strip_of(k: usize) -> usize {
    if k < MANY { k } else { STRIP }
}

/// The roots, rising, go to `values`, what the poles are above each of them to `distances`, column by column. Answers the
/// weights to which they belong exactly, with the signs of the given ones; `None` where a root is not found.
pub(crate) fn roots_and_weights(
    secular: &Secular<'_>,
    weights: &[f64],
    values: &mut [f64],
    distances: &mut [f64],
) -> Result<Option<Vec<f64>>> {
    let k = weights.len();
    let strip = strip_of(k);
    let pieces = distances
        .chunks_mut(strip * k)
        .zip(values.chunks_mut(strip))
        .enumerate();
    team::share(
        pieces.collect(),
        |(at, (distances, values)): (usize, (&mut [f64], &mut [f64]))| {
            roots(secular, at * strip, distances, values);
            Ok(())
        },
    )?;
    if values.iter().any(|v| v.is_nan()) {
        return Ok(None);
    }
    let mut exact = room::zeros::<f64>(k)?;
    let distances = &*distances;
    team::share(
        exact.chunks_mut(strip).enumerate().collect(),
        |(at, exact): (usize, &mut [f64])| {
            weights_of(secular, distances, at * strip, exact);
            Ok(())
        },
    )?;
    for (exact, weight) in exact.iter_mut().zip(weights) {
        *exact = exact.abs().sqrt().copysign(*weight);
    }
    Ok(Some(exact))
}

/// Turns distances, column by column, into the eigenvectors, their rows in the order `grouped`.
pub(crate) fn eigenvectors(exact: &[f64], grouped: &[usize], columns: &mut [f64]) -> Result<()> {
    let k = exact.len();
    team::share(
        columns.chunks_mut(strip_of(k) * k).collect(),
        |columns: &mut [f64]| {
            let mut vector = room::zeros::<f64>(k)?;
            eigenvectors_of(exact, grouped, &mut vector, columns);
            Ok(())
        },
    )
}

/// Turns distances, column by column, into the right singular vectors of the matrix whose first row is `exact` and whose
/// diagonal else is `poles`; its left ones go to `left`. Their rows are in the order `grouped`.
pub(crate) fn singular_vectors(
    poles: &[f64],
    exact: &[f64],
    grouped: &[usize],
    right: &mut [f64],
    left: &mut [f64],
) -> Result<()> {
    let k = exact.len();
    let strip = strip_of(k) * k;
    let pieces = right
        .chunks_mut(strip)
        .zip(left.chunks_mut(strip))
        .collect();
    team::share(pieces, |(right, left): (&mut [f64], &mut [f64])| {
        let mut vectors = room::zeros::<f64>(2 * k)?;
        singular_vectors_of(poles, exact, grouped, &mut vectors, right, left);
        Ok(())
    })
}

lanes::per_isa! {
    /// The roots from `first` on and their distances from the poles, column by column; NaN where none is found.
    fn roots(secular: &Secular<'_>, first: usize, distances: &mut [f64], values: &mut [f64]) = roots_body
}

#[inline(always)]
fn roots_body(secular: &Secular<'_>, first: usize, distances: &mut [f64], values: &mut [f64]) {
    let k = secular.poles.len();
    for (i, (distances, value)) in distances.chunks_exact_mut(k).zip(values).enumerate() {
        *value = secular.root(first + i, distances).unwrap_or(f64::NAN);
    }
}

lanes::per_isa! {
    /// `Π (dᵢ - λⱼ) / Π' (dᵢ - dⱼ)` for the places from `first` on, given `dᵢ - λⱼ` column by column.
    fn weights_of(secular: &Secular<'_>, distances: &[f64], first: usize, exact: &mut [f64]) = weights_body
}

#[inline(always)]
fn weights_body(secular: &Secular<'_>, distances: &[f64], first: usize, exact: &mut [f64]) {
    exact.fill(1.0);
    let (count, poles) = (exact.len(), secular.poles);
    let own = &poles[first..first + count];
    for (j, column) in distances.chunks_exact(poles.len()).enumerate() {
        let column = &column[first..first + count];
        let pole = poles[j];
        for i in 0..count {
            let apart = own[i] - pole;
            let apart = if secular.squared {
                apart * (own[i] + pole)
            } else {
                apart
            };
            let apart = if apart == 0.0 { 1.0 } else { apart };
            exact[i] *= column[i] / apart;
        }
    }
}

lanes::per_isa! {
    fn eigenvectors_of(exact: &[f64], grouped: &[usize], vector: &mut [f64], columns: &mut [f64]) = eigenvectors_body
}

#[inline(always)]
fn eigenvectors_body(exact: &[f64], grouped: &[usize], vector: &mut [f64], columns: &mut [f64]) {
    for column in columns.chunks_exact_mut(exact.len()) {
        for ((to, weight), distance) in vector.iter_mut().zip(exact).zip(&*column) {
            *to = weight / distance;
        }
        write(vector, grouped, column);
    }
}

lanes::per_isa! {
    fn singular_vectors_of(
        poles: &[f64], exact: &[f64], grouped: &[usize], vectors: &mut [f64], right: &mut [f64], left: &mut [f64],
    ) = singular_vectors_body
}

#[inline(always)]
fn singular_vectors_body(
    poles: &[f64],
    exact: &[f64],
    grouped: &[usize],
    vectors: &mut [f64],
    right: &mut [f64],
    left: &mut [f64],
) {
    let k = exact.len();
    let (v, u) = vectors.split_at_mut(k);
    for (right, left) in right.chunks_exact_mut(k).zip(left.chunks_exact_mut(k)) {
        for i in 0..k {
            v[i] = exact[i] / right[i];
            u[i] = poles[i] * v[i];
        }
        u[0] = -1.0;
        write(v, grouped, right);
        write(u, grouped, left);
    }
}

/// Writes a vector with norm 1, in the order `grouped`.
#[inline(always)]
fn write(vector: &[f64], grouped: &[usize], to: &mut [f64]) {
    let over = 1.0 / lanes::squares(vector).sqrt();
    for (to, &i) in to.iter_mut().zip(grouped) {
        *to = vector[i] * over;
    }
}
