//! Items of arrays in loops whose indices were looked at before they started.

use std::marker::PhantomData;

use super::array::{Lanes, outside};
use super::exc::Res;
use super::int::Int;
use super::scalar::Element;

/// Numbers up to here can be added up a few times without overflow.
const NEAR: i64 = 1 << 40;

/// Whether numbers are so small that the bounds made of them cannot overflow.
#[inline]
pub fn near<I: Int, const K: usize>(numbers: [I; K]) -> bool {
    let most = NEAR as isize;
    numbers.iter().all(|n| (-most..=most).contains(&n.index()))
}

/// An array's items, those of the last axis side by side.
#[derive(Clone, Copy, Debug)]
pub struct Dense<T, const N: usize> {
    data: *mut u8,
    shape: [isize; N],
    strides: [isize; N],
    element: PhantomData<T>,
}

impl<T: Element, const N: usize> Lanes<T, N> {
    /// Whether the items of the last axis lie side by side.
    #[inline]
    pub fn is_dense(self) -> bool {
        self.shape()[N - 1] <= 1 || self.strides()[N - 1] == size_of::<T>() as isize
    }

    /// The items of an array that is dense.
    #[inline]
    pub fn dense(self) -> Dense<T, N> {
        Dense {
            data: self.data(),
            shape: self.shape(),
            strides: self.strides(),
            element: PhantomData,
        }
    }

    /// Whether all indices from `low` to `high` lie inside an axis.
    #[inline]
    pub fn holds<I: Int>(self, axis: usize, low: I, high: I) -> bool {
        low.index() >= 0 && high.index() < self.shape()[axis]
    }
}

impl<T: Element, const N: usize> Dense<T, N> {
    /// A place whose indices all lie inside.
    #[inline(always)]
    fn inside<I: Int>(self, indices: [I; N]) -> *mut T {
        let mut at = self.data;
        for (axis, i) in indices.into_iter().enumerate() {
            let i = i.index();
            debug_assert!((0..self.shape[axis]).contains(&i));
            // SAFETY: the loop was entered only because all indices that it computes lie inside the array.
            at = unsafe {
                if axis + 1 == N {
                    at.cast::<T>().offset(i).cast()
                } else {
                    at.offset(i * self.strides[axis])
                }
            };
        }
        at.cast()
    }

    /// A place of which only the indices of the axes in `SURE` are known to lie inside.
    #[inline(always)]
    fn place<const SURE: u32, I: Int>(self, indices: [I; N]) -> Res<*mut T> {
        let mut at = self.data;
        for (axis, i) in indices.into_iter().enumerate() {
            let (given, n) = (i.index(), self.shape[axis]);
            let mut i = given;
            if SURE >> axis & 1 == 0 {
                if i < 0 {
                    i = i.wrapping_add(n);
                }
                if i as usize >= n as usize {
                    return Err(outside(given));
                }
            }
            at = if axis + 1 == N {
                at.cast::<T>().wrapping_offset(i).cast()
            } else {
                at.wrapping_offset(i * self.strides[axis])
            };
        }
        Ok(at.cast())
    }

    /// `self[i, j…]` of indices inside.
    #[inline(always)]
    pub fn item<I: Int>(self, indices: [I; N]) -> T::Scalar {
        // SAFETY: an aligned item inside the array, which lives through the loop.
        unsafe { self.inside(indices).read() }.scalar()
    }

    /// `self[i, j…] = item` of indices inside.
    #[inline(always)]
    pub fn put<I: Int>(self, indices: [I; N], item: T) {
        // SAFETY: an aligned item inside a writable array, whose contents are kept.
        unsafe { self.inside(indices).write(item) };
    }

    /// `self[i, j…]`.
    #[inline(always)]
    pub fn item_of<const SURE: u32, I: Int>(self, indices: [I; N]) -> Res<T::Scalar> {
        let at = self.place::<SURE, I>(indices)?;
        // SAFETY: as in `item`.
        Ok(unsafe { at.read() }.scalar())
    }

    /// `self[i, j…] = item`.
    #[inline(always)]
    pub fn put_at<const SURE: u32, I: Int>(self, indices: [I; N], item: T) -> Res<()> {
        let at = self.place::<SURE, I>(indices)?;
        // SAFETY: as in `put`.
        unsafe { at.write(item) };
        Ok(())
    }
}
