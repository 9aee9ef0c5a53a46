//! Items of two arrays compared as bytes or as characters, where no ufunc has a loop for their dtype.

use std::cmp::Ordering;

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::interrupt::Rounds;
use numpy_rs_core::layout;
use numpy_rs_core::view::View;
use pyo3::prelude::*;

use super::subscript;
use crate::array::{self, Memory};
use crate::classes::NDARRAY;
use crate::descr;
use crate::error::OrRaise;

/// Asks `holds` of the bytes of each pair of items, broadcast against each other: a boolean array, or a scalar for
/// no axes.
pub(super) fn compare<'py>(
    py: Python<'py>,
    a: &View<'_>,
    b: &View<'_>,
    shape: &[isize],
    holds: impl Fn(&[u8], &[u8]) -> bool,
) -> PyResult<Bound<'py, PyAny>> {
    let strides_a = layout::broadcast_strides(a.shape(), a.strides(), shape).or_raise()?;
    let strides_b = layout::broadcast_strides(b.shape(), b.strides(), shape).or_raise()?;
    let made = array::new_array(
        py,
        NDARRAY.get(),
        descr::singleton(py, TypeNum::Bool),
        shape,
        None,
        Memory::Zeroed,
    )?;
    let (width_a, width_b) = (a.dtype().itemsize(), b.dtype().itemsize());
    let watch = Rounds::new(1 << 12);
    let mut at = Dims::from_elem(0, shape.len());
    for k in 0..made.size() {
        watch.check().or_raise()?;
        let offset = |s: &[isize]| -> isize { at.iter().zip(s).map(|(i, s)| i * s).sum() };
        // SAFETY: both items lie inside their arrays and are read as bytes; the answer has one place each.
        unsafe {
            let x = std::slice::from_raw_parts(a.ptr().offset(offset(&strides_a)), width_a);
            let y = std::slice::from_raw_parts(b.ptr().offset(offset(&strides_b)), width_b);
            *made.data().add(k) = u8::from(holds(x, y));
        }
        for axis in (0..shape.len()).rev() {
            at[axis] += 1;
            if at[axis] < shape[axis] {
                break;
            }
            at[axis] = 0;
        }
    }
    if shape.is_empty() {
        return subscript::element_at(&made, made.data());
    }
    Ok(made.into_any())
}

/// The order of two texts of characters of `N` bytes; a text that ends counts as followed by zeros.
pub(super) fn text_order<const N: usize>(l: &[u8], r: &[u8]) -> Ordering {
    let at = |t: &[u8], i: usize| -> u32 {
        match t.get(i * N..(i + 1) * N) {
            None => 0,
            Some([byte]) => u32::from(*byte),
            Some(c) => {
                let mut all = [0; 4];
                all.copy_from_slice(c);
                u32::from_ne_bytes(all)
            }
        }
    };
    (0..l.len().max(r.len()) / N)
        .map(|i| at(l, i).cmp(&at(r, i)))
        .find(|o| o.is_ne())
        .unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_at_the_end_do_not_count() {
        assert_eq!(text_order::<1>(b"ab", b"ab\0\0"), Ordering::Equal);
        assert_eq!(text_order::<1>(b"ab\0", b"abc"), Ordering::Less);
        assert_eq!(text_order::<1>(b"\xff", b"a"), Ordering::Greater);
        let wide =
            |t: &str| -> Vec<u8> { t.chars().flat_map(|c| u32::from(c).to_ne_bytes()).collect() };
        assert_eq!(text_order::<4>(&wide("é"), &wide("z")), Ordering::Greater);
        assert_eq!(text_order::<4>(&wide(""), &wide("")), Ordering::Equal);
    }
}
