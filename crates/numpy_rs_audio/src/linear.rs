//! Resampling along straight lines between samples.

use crate::blocks::{self, Work, per_isa};
use crate::error::{Error, Result};
use crate::sample::Sample;

#[inline(always)]
fn run_body<T: Sample, U: Sample>(x: &[T], step: f64, start: usize, to: &mut [U]) {
    let last = x.len() - 1;
    let end = x[last].widened();
    let mut inside = to.len();
    // Places only grow: those at or beyond the last sample are a run at the end of the block.
    while inside > 0 && (start + inside - 1) as f64 * step >= last as f64 {
        inside -= 1;
        to[inside] = U::rounded(end);
    }
    for (j, to) in to[..inside].iter_mut().enumerate() {
        let place = (start + j) as f64 * step;
        let at = place as usize;
        let (a, b) = (x[at].widened(), x[at + 1].widened());
        *to = U::rounded((b - a) * (place - at as f64) + a);
    }
}

per_isa!(fn run<T: Sample, U: Sample>(x: &[T], step: f64, start: usize, to: &mut [U]) = run_body);

/// Item `j` of `to` is the signal at place `j * step`, in samples from the first; the last sample goes on for ever.
/// Calculated in double precision, with the rounding of NumPy's `interp`.
///
/// # Errors
///
/// [`Error::Empty`] for no samples.
pub fn at_steps<T: Sample, U: Sample>(x: &[T], step: f64, to: &mut [U]) -> Result<()> {
    if x.is_empty() {
        return Err(Error::Empty);
    }
    blocks::fill(to, Work::Heavy, |start, part| {
        run(x, step, start, part);
        Ok(())
    })
}

/// A signal of another length whose first and last samples are those of `x`.
///
/// # Errors
///
/// [`Error::Empty`] for no samples.
pub fn to_length<T: Sample, U: Sample>(x: &[T], to: &mut [U]) -> Result<()> {
    let n = to.len();
    if n < 2 {
        return at_steps(x, 0.0, to);
    }
    let span = x.len().saturating_sub(1) as f64;
    at_steps(x, span / (n - 1) as f64, to)?;
    if let (Some(to), Some(x)) = (to.last_mut(), x.last()) {
        *to = U::rounded(x.widened());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_stay_where_they_are() {
        let x = [1.0, 3.0, 2.0];
        let mut y = [0.0; 5];
        to_length(&x, &mut y).unwrap();
        assert_eq!(y, [1.0, 2.0, 3.0, 2.5, 2.0]);
        let mut one = [9.0; 1];
        to_length(&x, &mut one).unwrap();
        assert_eq!(one, [1.0]);
        let mut many = [9.0; 3];
        to_length(&[4.0], &mut many).unwrap();
        assert_eq!(many, [4.0; 3]);
        assert!(to_length::<f64, f64>(&[], &mut many).is_err());
    }
}
