//! Lanes of arrays: where they begin, and reading and writing several at once.

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

/// Lanes that are read or written together: where lanes lie across memory, neighbours share its lines.
pub(crate) const TOGETHER: usize = 8;

/// Where lanes begin.
pub(crate) type Starts = [*mut u8; TOGETHER];

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

    /// Whether these are the lanes of the same array.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.ptr == other.ptr
            && self.len == other.len
            && self.step == other.step
            && self.shape == other.shape
            && self.strides == other.strides
    }

    /// Whether the items of a lane lie together.
    pub(crate) fn lie_together<T>(&self) -> bool {
        self.len <= 1 || self.step == size_of::<T>() as isize
    }

    /// Whether each lane lies behind the one before, without a gap.
    pub(crate) fn are_one_block<T>(&self) -> bool {
        let mut next = (self.len * size_of::<T>()) as isize;
        for (&n, &s) in self.shape.iter().zip(&self.strides).rev() {
            if n > 1 && s != next {
                return false;
            }
            next *= n;
        }
        self.lie_together::<T>()
    }

    /// Where lane `k` begins.
    pub(crate) fn start(&self, lane: usize) -> *mut u8 {
        let (mut rest, mut at) = (lane as isize, 0);
        for (&n, &s) in self.shape.iter().zip(&self.strides).rev() {
            at += rest % n * s;
            rest /= n;
        }
        self.ptr.wrapping_offset(at)
    }

    /// Where `n` lanes from `first` on begin.
    pub(crate) fn starts(&self, first: usize, n: usize) -> Starts {
        let mut starts = [self.ptr; TOGETHER];
        for (k, start) in starts[..n].iter_mut().enumerate() {
            *start = self.start(first + k);
        }
        starts
    }

    /// Reads lanes into `to`, one every `pitch` items, each cut or filled with `zero` to `width` items.
    ///
    /// # Safety
    ///
    /// The lanes begin at `starts`, and are of aligned items `T` that are valid for reads.
    pub(crate) unsafe fn read<T: Copy>(
        &self,
        starts: &[*mut u8],
        to: &mut [T],
        (width, pitch): (usize, usize),
        zero: T,
    ) {
        let n = self.len.min(width);
        assert!(width <= pitch && to.len() + pitch >= starts.len() * pitch + width);
        if self.lie_together::<T>() {
            for (start, to) in starts.iter().zip(to.chunks_mut(pitch)) {
                // SAFETY: the first items of a lane, which lie together.
                to[..n]
                    .copy_from_slice(unsafe { std::slice::from_raw_parts(start.cast::<T>(), n) });
            }
        } else {
            for i in 0..n {
                let at = i as isize * self.step;
                for (k, start) in starts.iter().enumerate() {
                    // SAFETY: item `i` of a lane, and its place, which is inside as was asked above.
                    unsafe {
                        *to.get_unchecked_mut(k * pitch + i) = start.offset(at).cast::<T>().read()
                    };
                }
            }
        }
        if n < width {
            for to in to.chunks_mut(pitch).take(starts.len()) {
                to[n..width].fill(zero);
            }
        }
    }

    /// Writes lanes of which one stands every `pitch` items in `from`.
    ///
    /// # Safety
    ///
    /// As for [`Lanes::read`], for writes, and nobody else is at these lanes.
    pub(crate) unsafe fn write<T: Copy>(&self, starts: &[*mut u8], from: &[T], pitch: usize) {
        let n = self.len;
        assert!(n <= pitch && from.len() + pitch >= starts.len() * pitch + n);
        for i in 0..n {
            let at = i as isize * self.step;
            for (k, start) in starts.iter().enumerate() {
                // SAFETY: item `i` of a lane, and its value, which is inside as was asked above.
                unsafe {
                    start
                        .offset(at)
                        .cast::<T>()
                        .write(*from.get_unchecked(k * pitch + i))
                };
            }
        }
    }

    /// The items of lane `k`, which lie together.
    ///
    /// # Safety
    ///
    /// As for [`Lanes::write`], and [`Lanes::lie_together`] holds; for `n` lanes from it on, also that they are one
    /// block.
    pub(crate) unsafe fn items<'a, T>(&self, k: usize, n: usize) -> &'a mut [T] {
        // SAFETY: promised by the caller.
        unsafe { std::slice::from_raw_parts_mut(self.start(k).cast::<T>(), n * self.len) }
    }
}
