//! The items and the rows of arrays one after the other, and all items at once.

use super::array::{Array, Part};
use super::exc::{Res, value_error};
use super::scalar::Element;

/// The items of an array in the order of C.
#[derive(Debug)]
pub struct Flat<T, const N: usize> {
    array: Array<T, N>,
    /// The place of the next item along each axis.
    place: [isize; N],
    at: *mut u8,
    left: isize,
}

impl<T: Element, const N: usize> Array<T, N> {
    /// `self.flat`.
    #[inline]
    pub fn flat(&self) -> Flat<T, N> {
        Flat {
            array: self.clone(),
            place: [0; N],
            at: self.data(),
            left: self.size(),
        }
    }

    /// The items or, of several axes, the parts along the first.
    #[inline]
    pub fn rows<const M: usize>(&self) -> Rows<T, N, M> {
        Rows(self.clone(), 0)
    }
}

impl<T: Element, const N: usize> Flat<T, N> {
    /// The next item.
    #[inline]
    pub fn next(&mut self) -> Res<Option<T::Scalar>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        // SAFETY: an aligned item inside the array.
        let item = unsafe { self.at.cast::<T>().read() };
        let (shape, strides) = (self.array.shape(), self.array.strides());
        for axis in (0..N).rev() {
            let (extent, step) = (shape[axis], strides[axis]);
            self.place[axis] += 1;
            self.at = self.at.wrapping_offset(step);
            if self.place[axis] < extent {
                break;
            }
            self.place[axis] = 0;
            self.at = self.at.wrapping_offset(-extent * step);
        }
        Ok(Some(item.scalar()))
    }
}

impl<T: Element> Array<T, 1> {
    /// `self[:] = items`; one item goes to all places.
    pub fn set_all<const K: usize>(&self, items: [T; K]) -> Res<()> {
        let ([n], [step]) = (self.shape(), self.strides());
        if K != 1 && n != K as isize {
            return Err(value_error());
        }
        self.written()?;
        for i in 0..n {
            let at = self.data().wrapping_offset(i * step);
            // SAFETY: an aligned item inside a writable array.
            unsafe {
                at.cast::<T>()
                    .write(items[if K == 1 { 0 } else { i as usize }])
            };
        }
        Ok(())
    }

    /// The items.
    #[inline]
    pub fn iter(&self) -> Elements<T> {
        Elements(self.clone(), 0)
    }
}

/// The items of an array of one axis.
#[derive(Debug)]
pub struct Elements<T>(Array<T, 1>, i64);

impl<T: Element> Elements<T> {
    /// The next item.
    #[inline]
    pub fn next(&mut self) -> Res<Option<T::Scalar>> {
        if self.1 >= self.0.first_extent() as i64 {
            return Ok(None);
        }
        self.1 += 1;
        self.0.get([self.1 - 1]).map(Some)
    }
}

/// The parts of an array along its first axis.
#[derive(Debug)]
pub struct Rows<T, const N: usize, const M: usize>(Array<T, N>, isize);

impl<T: Element, const N: usize, const M: usize> Rows<T, N, M> {
    /// The next part.
    #[inline]
    pub fn next(&mut self) -> Res<Option<Array<T, M>>> {
        if self.1 >= self.0.first_extent() {
            return Ok(None);
        }
        self.1 += 1;
        self.0.window(&[Part::At(self.1 - 1)])?.real().map(Some)
    }
}
