//! `repeat`, and the layouts of diagonals.

use super::take::{self, Mode};
use crate::array::Array;
use crate::dims::{Dims, ShapeText};
use crate::error::{Error, Result};
use crate::interrupt::Rounds;
use crate::layout::{self, Order};
use crate::view::{View, ViewMut};

/// The counts of a repetition: C-contiguous native `intp`, one for all or one for each.
fn listed<'a>(counts: &'a View<'_>) -> &'a [isize] {
    if counts.size() == 0 {
        return &[];
    }
    // SAFETY: contiguous aligned `intp`, as the contract of `repeat` says.
    unsafe { std::slice::from_raw_parts(counts.ptr().cast(), counts.size()) }
}

/// The shape of [`repeat`]'s result; checks the counts.
pub fn repeated_shape(shape: &[isize], counts: &View<'_>, axis: usize) -> Result<Dims> {
    let (n, list) = (shape[axis], listed(counts));
    let one = counts.ndim() == 0 || list.len() == 1;
    if counts.ndim() > 1 {
        return Err(Error::Value {
            what: "object too deep for desired array",
        });
    }
    if !one && list.len() as isize != n {
        return Err(Error::value(format!(
            "operands could not be broadcast together with shape {} {}",
            ShapeText(&[n], ","),
            ShapeText(counts.shape(), ",")
        )));
    }
    let mut total: isize = 0;
    if one {
        if list[0] < 0 {
            return Err(Error::NegativeDimension);
        }
        total = n.checked_mul(list[0]).ok_or(Error::TooBig)?;
    } else {
        for &c in list {
            if c < 0 {
                return Err(Error::Value {
                    what: "repeats may not contain negative values.",
                });
            }
            total = total.checked_add(c).ok_or(Error::TooBig)?;
        }
    }
    let mut shape = Dims::from_slice(shape);
    shape[axis] = total;
    Ok(shape)
}

/// Each element along an axis so often as `counts` (C-contiguous native `intp`, one for all or one for each) says.
pub fn repeat(src: &View<'_>, counts: &View<'_>, axis: usize) -> Result<Array> {
    let shape = repeated_shape(src.shape(), counts, axis)?;
    let mut out = Array::empty(src.dtype().clone(), &shape, Order::C)?;
    repeat_into(src, counts, axis, &mut out.view_mut()?)?;
    Ok(out)
}

/// [`repeat`] into an array of [`repeated_shape`]. The result is made first, so that an impossible size is found before
/// the list of places is made.
pub fn repeat_into(
    src: &View<'_>,
    counts: &View<'_>,
    axis: usize,
    out: &mut ViewMut<'_>,
) -> Result<()> {
    let (n, list) = (src.shape()[axis], listed(counts));
    if n == 0 {
        return Ok(());
    }
    let mut places = Array::empty(super::mask::index_dtype(), &[out.shape()[axis]], Order::C)?;
    let at = places.view_mut()?.ptr_mut().cast::<isize>();
    let mut k = 0usize;
    // Places written between two rounds at most, rounds between two looks for Ctrl-C.
    const ROW: usize = 1 << 12;
    let watch = Rounds::new(1 << 10);
    for i in 0..n {
        let mut left = list[if list.len() == 1 { 0 } else { i as usize }] as usize;
        while left > 0 {
            watch.check()?;
            let now = left.min(ROW);
            // SAFETY: the counts sum up to the length of `places`.
            unsafe { (0..now).for_each(|j| at.add(k + j).write(i)) };
            (k, left) = (k + now, left - now);
        }
    }
    take::take_into(src, &places.view(), axis, Mode::Raise, out)
}

/// The diagonal of two axes: byte offset, shape and strides; the diagonal is the last axis.
pub fn diagonal_layout(
    shape: &[isize],
    strides: &[isize],
    offset: isize,
    axis1: isize,
    axis2: isize,
) -> Result<(isize, Dims, Dims)> {
    if shape.len() < 2 {
        return Err(Error::Value {
            what: "diag requires an array of at least two dimensions",
        });
    }
    let (a, b) = (
        layout::normalize_axis(axis1, shape.len())?,
        layout::normalize_axis(axis2, shape.len())?,
    );
    if a == b {
        return Err(Error::Value {
            what: "axis1 and axis2 cannot be the same",
        });
    }
    let (rows, columns) = (shape[a], shape[b]);
    let (len, first) = if offset >= 0 {
        (
            (columns.saturating_sub(offset)).min(rows),
            offset.min(columns) * strides[b],
        )
    } else {
        (
            (rows.saturating_add(offset)).min(columns),
            offset.saturating_neg().min(rows) * strides[a],
        )
    };
    let len = len.max(0);
    let rest = |d: &[isize]| -> Dims {
        d.iter()
            .enumerate()
            .filter(|(i, _)| *i != a && *i != b)
            .map(|(_, &x)| x)
            .collect()
    };
    let (mut out_shape, mut out_strides) = (rest(shape), rest(strides));
    out_shape.push(len);
    out_strides.push(strides[a] + strides[b]);
    Ok((if len == 0 { 0 } else { first }, out_shape, out_strides))
}
