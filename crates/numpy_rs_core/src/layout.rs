//! Shapes and strides: inline integer arrays, and the arithmetic on them that can overflow.

use smallvec::SmallVec;

use crate::dims::{Dims, MAXDIMS};
use crate::error::{Error, Result};

/// The number of elements of a shape; fails where it passes `isize`.
pub fn checked_size(shape: &[isize]) -> Result<isize> {
    let mut size: isize = 1;
    let mut empty = false;
    for &d in shape {
        if d < 0 {
            return Err(Error::NegativeDimension);
        }
        if d == 0 {
            // NumPy: a zero anywhere does not excuse an overflow elsewhere.
            empty = true;
            continue;
        }
        size = size.checked_mul(d).ok_or(Error::TooBig)?;
    }
    Ok(if empty { 0 } else { size })
}

/// The number of bytes of an array; the product without zero dimensions must fit, as in NumPy.
pub fn checked_nbytes(shape: &[isize], itemsize: usize) -> Result<usize> {
    if shape.len() > MAXDIMS {
        return Err(Error::TooManyDimensions { ndim: shape.len() });
    }
    let mut n = itemsize as isize;
    let mut empty = false;
    for &d in shape {
        if d < 0 {
            return Err(Error::NegativeDimension);
        }
        if d == 0 {
            empty = true;
            continue;
        }
        n = n.checked_mul(d).ok_or(Error::TooBig)?;
    }
    Ok(if empty { 0 } else { n as usize })
}

/// Memory order of a new array.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Last axis varies fastest.
    C,
    /// First axis varies fastest.
    F,
    /// F if the model is F-contiguous and not C-contiguous, else C.
    A,
    /// As near to the model's order as can be.
    #[default]
    K,
}

/// Strides of a fresh array in C order. Axes of length 0 count as 1, as in NumPy.
pub fn c_strides(shape: &[isize], itemsize: usize) -> Dims {
    let mut strides: Dims = SmallVec::from_elem(0, shape.len());
    let mut step = itemsize as isize;
    for (s, &d) in strides.iter_mut().zip(shape).rev() {
        *s = step;
        step = step.wrapping_mul(d.max(1));
    }
    strides
}

/// Strides of a fresh array in F order.
pub fn f_strides(shape: &[isize], itemsize: usize) -> Dims {
    let mut strides: Dims = SmallVec::from_elem(0, shape.len());
    let mut step = itemsize as isize;
    for (s, &d) in strides.iter_mut().zip(shape) {
        *s = step;
        step = step.wrapping_mul(d.max(1));
    }
    strides
}

/// Whether the elements lie in C order without gaps. Axes of length 1 do not count; empty arrays qualify.
#[inline]
pub fn is_c_contiguous(shape: &[isize], strides: &[isize], itemsize: usize) -> bool {
    let mut step = itemsize as isize;
    for (&d, &s) in shape.iter().zip(strides).rev() {
        if d == 0 {
            return true;
        }
        if d != 1 {
            if s != step {
                return shape.contains(&0);
            }
            step *= d;
        }
    }
    true
}

/// Whether the elements lie in F order without gaps.
#[inline]
pub fn is_f_contiguous(shape: &[isize], strides: &[isize], itemsize: usize) -> bool {
    let mut step = itemsize as isize;
    for (&d, &s) in shape.iter().zip(strides) {
        if d == 0 {
            return true;
        }
        if d != 1 {
            if s != step {
                return shape.contains(&0);
            }
            step *= d;
        }
    }
    true
}

/// Strides of a fresh array of `order` that follows a model of the same shape.
pub fn strides_like(
    order: Order,
    shape: &[isize],
    model: &[isize],
    itemsize: usize,
    model_itemsize: usize,
) -> Dims {
    match order {
        Order::C => c_strides(shape, itemsize),
        Order::F => f_strides(shape, itemsize),
        Order::A => {
            if is_f_contiguous(shape, model, model_itemsize)
                && !is_c_contiguous(shape, model, model_itemsize)
            {
                f_strides(shape, itemsize)
            } else {
                c_strides(shape, itemsize)
            }
        }
        Order::K => {
            if is_c_contiguous(shape, model, model_itemsize) {
                return c_strides(shape, itemsize);
            }
            // Axes by falling stride of the model; equal strides keep C order.
            let mut axes: SmallVec<[usize; 8]> = (0..shape.len()).collect();
            axes.sort_by_key(|&i| std::cmp::Reverse(model[i].unsigned_abs()));
            let mut strides: Dims = SmallVec::from_elem(0, shape.len());
            let mut step = itemsize as isize;
            for &i in axes.iter().rev() {
                strides[i] = step;
                step = step.wrapping_mul(shape[i].max(1));
            }
            strides
        }
    }
}

/// A valid axis from one that may count from the end.
#[inline]
pub fn normalize_axis(axis: isize, ndim: usize) -> Result<usize> {
    let n = ndim as isize;
    if axis < -n || axis >= n {
        return Err(Error::Axis { axis, ndim });
    }
    Ok(if axis < 0 {
        (axis + n) as usize
    } else {
        axis as usize
    })
}

/// The common shape of `shapes` under NumPy's broadcasting rule.
pub fn broadcast_shapes(shapes: &[&[isize]]) -> Result<Dims> {
    let ndim = shapes.iter().map(|s| s.len()).max().unwrap_or(0);
    let mut common: Dims = SmallVec::from_elem(1, ndim);
    for s in shapes {
        let lead = ndim - s.len();
        for (c, &d) in common[lead..].iter_mut().zip(*s) {
            if d != *c && d != 1 {
                if *c != 1 {
                    return Err(Error::Broadcast(
                        shapes.iter().map(|s| Dims::from_slice(s)).collect(),
                    ));
                }
                *c = d;
            }
        }
    }
    Ok(common)
}

/// The strides with which an array of `shape` is read as one of shape `to`: 0 where it repeats.
pub fn broadcast_strides(shape: &[isize], strides: &[isize], to: &[isize]) -> Result<Dims> {
    let fail = || Error::BroadcastInto {
        from: Dims::from_slice(shape),
        to: Dims::from_slice(to),
    };
    if shape.len() > to.len() {
        return Err(fail());
    }
    let lead = to.len() - shape.len();
    let mut out: Dims = SmallVec::from_elem(0, to.len());
    for (i, (&d, &s)) in shape.iter().zip(strides).enumerate() {
        if d == to[lead + i] {
            out[lead + i] = if d == 1 { 0 } else { s };
        } else if d != 1 {
            return Err(fail());
        }
    }
    Ok(out)
}

/// The lowest and one-past-highest byte offset that elements reach from the first one; `None` if empty.
pub fn byte_extent(shape: &[isize], strides: &[isize], itemsize: usize) -> Option<(isize, isize)> {
    let (mut low, mut high) = (0isize, itemsize as isize);
    for (&d, &s) in shape.iter().zip(strides) {
        if d == 0 {
            return None;
        }
        let reach = (d - 1) * s;
        if reach < 0 {
            low += reach;
        } else {
            high += reach;
        }
    }
    Some((low, high))
}
