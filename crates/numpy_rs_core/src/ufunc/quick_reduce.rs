//! The shortest way of a reduction: dense numbers, one axis or all of them, few enough to need no blocks.

use super::options::Weak;
use super::quick;
use super::start;
use super::table::{Row, Ufunc};
use crate::dtype::{DType, TypeNum};
use crate::error::Result;
use crate::fp_errors::{FpEvents, Watch};

/// A dense operand seen as `outer` blocks of `len` rows of `inner` items; the middle goes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dense {
    /// Blocks.
    pub outer: isize,
    /// Rows that are folded into one.
    pub len: isize,
    /// Items of a row.
    pub inner: isize,
}

impl Dense {
    /// A C-contiguous shape folded along one axis, or along all.
    pub fn new(shape: &[isize], axis: Option<usize>) -> Self {
        let (from, to) = axis.map_or((0, shape.len()), |a| (a, a + 1));
        Self {
            outer: shape[..from].iter().product(),
            len: shape[from..to].iter().product(),
            inner: shape[to..].iter().product(),
        }
    }
}

/// The row that folds numbers of this type into numbers of the same type; `None` where the long way must be taken.
#[inline]
pub fn row(ufunc: &'static Ufunc, num: TypeNum) -> Option<&'static Row> {
    use TypeNum as T;
    let adds = matches!(ufunc.name, "add" | "multiply");
    let picks = matches!(ufunc.name, "maximum" | "minimum");
    let fits = match num {
        T::Float | T::Double | T::Long | T::ULong => adds || picks,
        T::Int | T::UInt | T::Short | T::UShort | T::Byte | T::UByte => picks,
        _ => false,
    };
    if !fits {
        return None;
    }
    let row = quick::row(ufunc, &[(num, Weak::No), (num, Weak::No)])?;
    row.types.iter().all(|&t| t == num).then_some(row)
}

/// Folds `x` into `out`, which holds `outer * inner` items. `None` where something happened that the long way must
/// look at.
///
/// # Safety
///
/// Both are aligned dense blocks of the row's type in native order, apart from each other, with no dimension of 0 and
/// at most [`quick::MOST`] items.
pub unsafe fn run(
    ufunc: &Ufunc,
    row: &Row,
    dense: Dense,
    x: *mut u8,
    out: *mut u8,
    watch: Watch,
) -> Result<Option<FpEvents>> {
    let dtype = DType::new(row.types[0]);
    let size = dtype.itemsize() as isize;
    // A sum or product that ends finite was finite on the way.
    let checked = watch == Watch::Usual && dtype.num().is_float();
    let inside = if checked { Watch::Nothing } else { watch };
    let mut events = FpEvents::NONE;
    let (n_out, block) = (dense.outer * dense.inner, dense.len * dense.inner * size);
    let identity = start::identity_item(ufunc, &dtype);
    let first = isize::from(identity.is_none());
    // SAFETY: all places lie inside the two blocks.
    unsafe {
        for o in 0..dense.outer {
            let acc = out.offset(o * dense.inner * size);
            let from = x.offset(o * block);
            match &identity {
                None => std::ptr::copy_nonoverlapping(from, acc, (dense.inner * size) as usize),
                Some(item) => {
                    for k in 0..dense.inner {
                        let place = acc.offset(k * size);
                        std::ptr::copy_nonoverlapping(item.0.as_ptr(), place, size as usize);
                    }
                }
            }
            if dense.inner == 1 {
                let rest = from.offset(first * size);
                let strides = [0, size, 0];
                if dense.len > first {
                    let n = dense.len - first;
                    events |= quick::run(row, &[acc, rest, acc], n, &strides, inside)?;
                }
                continue;
            }
            if let Some(fold_rows) = row.fold_rows
                && (!inside.any() || dtype.num().is_integer())
            {
                let rows = from.offset(first * dense.inner * size);
                let (n_rows, n) = ((dense.len - first) as usize, dense.inner as usize);
                fold_rows(acc, rows, dense.inner * size, n_rows, n);
                continue;
            }
            for k in first..dense.len {
                let next = from.offset(k * dense.inner * size);
                let strides = [size; 3];
                events |= quick::run(row, &[acc, next, acc], dense.inner, &strides, inside)?;
            }
        }
        let finite = !checked
            || match dtype.num() {
                TypeNum::Float => (0..n_out).all(|k| (*out.cast::<f32>().offset(k)).is_finite()),
                _ => (0..n_out).all(|k| (*out.cast::<f64>().offset(k)).is_finite()),
            };
        Ok(finite.then_some(events))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_splits_a_shape() {
        let all = Dense {
            outer: 1,
            len: 24,
            inner: 1,
        };
        assert_eq!(Dense::new(&[2, 3, 4], None), all);
        let middle = Dense {
            outer: 2,
            len: 3,
            inner: 4,
        };
        assert_eq!(Dense::new(&[2, 3, 4], Some(1)), middle);
    }
}
