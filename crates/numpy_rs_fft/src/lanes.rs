//! Lanes of arrays: where they begin, reading and writing them.

use numpy_rs_core::dims::Dims;

/// The lanes of an operand along an axis, numbered in C order of the other axes.
#[derive(Clone, Debug)]
pub(crate) struct Lanes {
    ptr: *mut u8,
    shape: Dims,
    strides: Dims,
    /// Items of a lane.
    pub(crate) len: usize,
    /// Bytes from one item of a lane to the next.
    step: isize,
}

// SAFETY: a place and its layout; who makes it promises that threads work on lanes of their own.
unsafe impl Sync for Lanes {}

impl Lanes {
    /// The lanes along `axis` of an array that begins at `ptr`.
    pub(crate) fn new(ptr: *mut u8, shape: &[isize], strides: &[isize], axis: usize) -> Self {
        let (mut others, mut steps) = (Dims::from_slice(shape), Dims::from_slice(strides));
        let (len, step) = (others.remove(axis) as usize, steps.remove(axis));
        Self {
            ptr,
            shape: others,
            strides: steps,
            len,
            step,
        }
    }

    /// The number of lanes.
    pub(crate) fn count(&self) -> usize {
        self.shape.iter().product::<isize>() as usize
    }

    fn start(&self, lane: usize) -> *mut u8 {
        let (mut rest, mut at) = (lane as isize, 0);
        for (&n, &s) in self.shape.iter().zip(&self.strides).rev() {
            at += rest % n * s;
            rest /= n;
        }
        self.ptr.wrapping_offset(at)
    }

    /// Reads the first items of a lane into `to`, as many as both have; the rest of `to` becomes `zero`.
    ///
    /// # Safety
    ///
    /// The lanes are of aligned items `T` that are valid for reads.
    pub(crate) unsafe fn read<T: Copy>(&self, lane: usize, to: &mut [T], zero: T) {
        let n = self.len.min(to.len());
        let start = self.start(lane);
        for (i, to) in to[..n].iter_mut().enumerate() {
            // SAFETY: item `i` of the lane.
            *to = unsafe { start.offset(i as isize * self.step).cast::<T>().read() };
        }
        to[n..].fill(zero);
    }

    /// Writes a lane.
    ///
    /// # Safety
    ///
    /// The lanes are of aligned items `T` that are valid for writes, and nobody else is at this lane.
    pub(crate) unsafe fn write<T: Copy>(&self, lane: usize, from: &[T]) {
        debug_assert_eq!(from.len(), self.len);
        let start = self.start(lane);
        for (i, v) in from.iter().enumerate() {
            // SAFETY: item `i` of the lane.
            unsafe { start.offset(i as isize * self.step).cast::<T>().write(*v) };
        }
    }
}
