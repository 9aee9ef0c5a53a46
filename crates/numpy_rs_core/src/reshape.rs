//! Changing the shape of an array: unknown dimensions, and strides that need no copy.

use crate::dims::Dims;
use crate::error::{Error, Result};
use crate::layout::{self, Order};

/// Fills in the one dimension given as a negative number, and checks the size.
pub fn resolve_shape(size: isize, wanted: &[isize]) -> Result<Dims> {
    let fail = || Error::Reshape {
        size,
        shape: Dims::from_slice(wanted),
    };
    let mut unknown = None;
    let mut known: isize = 1;
    for (i, &d) in wanted.iter().enumerate() {
        if d < 0 {
            if unknown.replace(i).is_some() {
                return Err(Error::Value {
                    what: "can only specify one unknown dimension",
                });
            }
        } else {
            known = known.checked_mul(d).ok_or_else(fail)?;
        }
    }
    let mut shape = Dims::from_slice(wanted);
    match unknown {
        Some(i) => {
            if known == 0 || size % known != 0 {
                return Err(fail());
            }
            shape[i] = size / known;
        }
        None if known != size => return Err(fail()),
        None => {}
    }
    Ok(shape)
}

/// Strides with which the same memory is read in a new shape of the same size, or `None` where a copy is needed.
///
/// Axes are matched in runs of equal size, from the first axis on: inside a run the old axes must be contiguous to
/// each other in the order in which elements are read.
pub fn strides_without_copy(
    shape: &[isize],
    strides: &[isize],
    itemsize: usize,
    new_shape: &[isize],
    order: Order,
) -> Option<Dims> {
    let fortran = order == Order::F;
    if shape.contains(&0) {
        return Some(if fortran {
            layout::f_strides(new_shape, itemsize)
        } else {
            layout::c_strides(new_shape, itemsize)
        });
    }
    let (old, steps): (Dims, Dims) = shape
        .iter()
        .zip(strides)
        .filter(|(d, _)| **d != 1)
        .map(|(d, s)| (*d, *s))
        .unzip();
    let mut new_strides = Dims::from_elem(0, new_shape.len());
    let (mut o, mut n) = (0, 0);
    while o < old.len() && n < new_shape.len() {
        let (mut o_end, mut n_end) = (o + 1, n + 1);
        let (mut have, mut want) = (old[o], new_shape[n]);
        while have != want {
            if want < have {
                want *= *new_shape.get(n_end)?;
                n_end += 1;
            } else {
                have *= *old.get(o_end)?;
                o_end += 1;
            }
        }
        for k in o..o_end - 1 {
            let contiguous = if fortran {
                steps[k + 1] == old[k] * steps[k]
            } else {
                steps[k] == old[k + 1] * steps[k + 1]
            };
            if !contiguous {
                return None;
            }
        }
        if fortran {
            new_strides[n] = steps[o];
            for k in n + 1..n_end {
                new_strides[k] = new_strides[k - 1] * new_shape[k - 1];
            }
        } else {
            new_strides[n_end - 1] = steps[o_end - 1];
            for k in (n..n_end - 1).rev() {
                new_strides[k] = new_strides[k + 1] * new_shape[k + 1];
            }
        }
        (o, n) = (o_end, n_end);
    }
    // Axes of length 1 at the end continue the last stride.
    let last = match (n, fortran) {
        (0, _) => itemsize as isize,
        (_, true) => new_strides[n - 1] * new_shape[n - 1],
        (_, false) => new_strides[n - 1],
    };
    for s in &mut new_strides[n..] {
        *s = last;
    }
    Some(new_strides)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_dimension_is_computed() {
        assert_eq!(
            resolve_shape(12, &[3, -1]).expect("divides").as_slice(),
            [3, 4]
        );
        assert!(resolve_shape(12, &[5, -1]).is_err());
        assert!(resolve_shape(12, &[-1, -1]).is_err());
        assert!(resolve_shape(0, &[0, -1]).is_err());
    }

    #[test]
    fn contiguous_runs_need_no_copy() {
        let c = strides_without_copy(&[2, 3, 4], &[96, 32, 8], 8, &[6, 4], Order::C);
        assert_eq!(c.expect("contiguous").as_slice(), [32, 8]);
        assert!(strides_without_copy(&[3, 2], &[8, 24], 8, &[6], Order::C).is_none());
        let f = strides_without_copy(&[3, 2], &[8, 24], 8, &[6], Order::F);
        assert_eq!(f.expect("contiguous in Fortran order").as_slice(), [8]);
        let every_other = strides_without_copy(&[4, 3], &[48, 16], 8, &[2, 2, 3], Order::C);
        assert_eq!(every_other.expect("one run").as_slice(), [96, 48, 16]);
    }
}
