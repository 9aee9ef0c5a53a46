//! A nest of loops over several operands: axes ordered and merged so that the innermost lane is as long as can be.

use std::ops::Range;

use smallvec::SmallVec;

use super::order;
use crate::dims::Dims;

/// Pointers of the operands at one place of the walk.
pub type Pointers = SmallVec<[*mut u8; 6]>;

/// Loops over a common shape. Axis 0 is the innermost.
#[derive(Clone, Debug)]
pub struct Nest {
    n_ops: usize,
    shape: Dims,
    /// Strides in bytes, those of one axis together.
    strides: SmallVec<[isize; 18]>,
    size: isize,
}

impl Nest {
    /// A nest over `shape` (outermost axis first); `stride(op, axis)` in bytes, 0 where an operand repeats.
    pub fn new(shape: &[isize], n_ops: usize, stride: impl Fn(usize, usize) -> isize) -> Self {
        let order = order::by_strides(shape.len(), n_ops, |op, axis| {
            if shape[axis] == 1 {
                0
            } else {
                stride(op, axis)
            }
        });
        Self::in_order(shape, n_ops, &order, stride)
    }

    /// As [`Nest::new`] with the axes in a given order, innermost first.
    pub fn in_order(
        shape: &[isize],
        n_ops: usize,
        order: &[u8],
        stride: impl Fn(usize, usize) -> isize,
    ) -> Self {
        let mut nest = Self {
            n_ops,
            shape: Dims::new(),
            strides: SmallVec::new(),
            size: 1,
        };
        for &axis in order {
            let axis = axis as usize;
            let d = shape[axis];
            nest.size *= d;
            if d == 1 {
                continue;
            }
            if let Some(&inner) = nest.shape.last() {
                let at = nest.strides.len() - n_ops;
                let merges = (0..n_ops).all(|op| nest.strides[at + op] * inner == stride(op, axis));
                if merges {
                    let last = nest.shape.len() - 1;
                    nest.shape[last] *= d;
                    continue;
                }
            }
            nest.shape.push(d);
            nest.strides.extend((0..n_ops).map(|op| stride(op, axis)));
        }
        if nest.shape.is_empty() {
            nest.shape.push(1);
            nest.strides.resize(n_ops, 0);
        }
        nest
    }

    /// A single lane.
    pub fn lane(n: isize, strides: &[isize]) -> Self {
        Self {
            n_ops: strides.len(),
            shape: Dims::from_slice(&[n]),
            strides: SmallVec::from_slice(strides),
            size: n,
        }
    }

    /// Exchanges the two innermost axes where lanes would be so short that beginning them is most of the work. Only for
    /// walks whose order nobody sees.
    #[must_use]
    pub fn with_longer_lanes(mut self) -> Self {
        /// What a lane costs to begin, in items; with strides, so many lanes share the cost of a line of memory.
        const SHORT: isize = 8;
        /// Items that stay in the caches while the lanes beside each other go by.
        const NEAR: isize = 1 << 17;
        if self.shape.len() < 2 {
            return self;
        }
        let (inner, outer) = (self.shape[0], self.shape[1]);
        let short = if self.size <= NEAR { SHORT } else { SHORT / 2 };
        if inner <= short && outer >= 4 * inner && outer >= 2 * SHORT {
            self.shape.swap(0, 1);
            for op in 0..self.n_ops {
                self.strides.swap(op, self.n_ops + op);
            }
        }
        self
    }

    /// The part of the nest with `n` places along an axis; pointers start at the first of them.
    #[must_use]
    pub fn with_len(&self, axis: usize, n: isize) -> Self {
        let mut part = self.clone();
        part.shape[axis] = n;
        part.size = part.shape.iter().product();
        part
    }

    /// The nest of the `n_inner` innermost axes, and that of the others.
    #[must_use]
    pub fn split(&self, n_inner: usize) -> (Self, Self) {
        let part = |axes: Range<usize>| {
            let mut part = Self {
                n_ops: self.n_ops,
                shape: Dims::from_slice(&self.shape[axes.clone()]),
                strides: SmallVec::from_slice(
                    &self.strides[axes.start * self.n_ops..axes.end * self.n_ops],
                ),
                size: self.shape[axes].iter().product(),
            };
            if part.shape.is_empty() {
                part.shape.push(1);
                part.strides.resize(self.n_ops, 0);
            }
            part
        };
        (part(0..n_inner), part(n_inner..self.shape.len()))
    }

    /// The number of elements.
    #[inline]
    pub fn size(&self) -> isize {
        self.size
    }

    /// The number of axes that are left, at least one.
    #[inline]
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// The length of the innermost axis.
    #[inline]
    pub fn lane_len(&self) -> isize {
        self.shape[0]
    }

    /// The strides of the operands along an axis, 0 the innermost.
    #[inline]
    pub fn strides(&self, axis: usize) -> &[isize] {
        &self.strides[axis * self.n_ops..(axis + 1) * self.n_ops]
    }

    /// The length of an axis, 0 the innermost.
    #[inline]
    pub fn len(&self, axis: usize) -> isize {
        self.shape[axis]
    }

    /// Whether there is nothing to walk.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.size == 0
    }

    /// Calls `f(pointers, count)` for every piece of a lane among the elements `range`, counted in walking order.
    /// The first error ends the walk.
    pub fn walk<E>(
        &self,
        base: &[*mut u8],
        range: Range<isize>,
        mut f: impl FnMut(&mut [*mut u8], isize) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut left = range.end - range.start;
        if left <= 0 {
            return Ok(());
        }
        let (mut at, mut scratch) = (Pointers::from_slice(base), Pointers::from_slice(base));
        let (at, scratch) = (&mut at[..], &mut scratch[..]);
        let mut index: Dims = SmallVec::from_elem(0, self.shape.len());
        let (index, shape) = (&mut index[..], &self.shape[..]);
        let mut rest = range.start;
        if rest > 0 {
            for axis in 0..shape.len() {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
                self.step(at, axis, index[axis]);
            }
        }
        // A lane that was begun before.
        let count = (shape[0] - index[0]).min(left);
        scratch.copy_from_slice(at);
        f(scratch, count)?;
        left -= count;
        if index[0] != 0 {
            self.step(at, 0, -index[0]);
        }
        let steps = self.strides(1.min(shape.len() - 1));
        while left > 0 {
            // Carry into the outer axes; mostly the first one.
            for axis in 1..shape.len() {
                index[axis] += 1;
                if index[axis] < shape[axis] {
                    self.step(at, axis, 1);
                    break;
                }
                self.step(at, axis, 1 - shape[axis]);
                index[axis] = 0;
            }
            // Whole lanes along the next axis.
            let lanes = (shape[1] - index[1]).min((left + shape[0] - 1) / shape[0]);
            for i in 0..lanes {
                if i > 0 {
                    for (p, &s) in at.iter_mut().zip(steps) {
                        *p = p.wrapping_offset(s);
                    }
                }
                let count = shape[0].min(left);
                scratch.copy_from_slice(at);
                f(scratch, count)?;
                left -= count;
            }
            index[1] += lanes - 1;
        }
        Ok(())
    }

    #[inline]
    fn step(&self, at: &mut [*mut u8], axis: usize, n: isize) {
        for (p, &s) in at.iter_mut().zip(self.strides(axis)) {
            *p = p.wrapping_offset(n * s);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(nest: &Nest, range: Range<isize>) -> Vec<isize> {
        let mut out = Vec::new();
        let walked: Result<(), ()> = nest.walk(&[std::ptr::null_mut()], range, |p, n| {
            out.extend((0..n).map(|k| p[0] as isize + k * nest.strides(0)[0]));
            Ok(())
        });
        walked.expect("nothing fails");
        out
    }

    #[test]
    fn contiguous_axes_merge() {
        let strides = [48isize, 16, 4];
        let nest = Nest::new(&[2, 3, 4], 1, |_, axis| strides[axis]);
        assert_eq!((nest.ndim(), nest.lane_len()), (1, 24));
    }

    #[test]
    fn short_lanes_give_way_to_long_ones() {
        let nest = |rows: isize, columns: isize| {
            Nest::new(&[rows, columns], 2, |op, axis| {
                [[8 * columns, 8], [0, 8]][op][axis]
            })
            .with_longer_lanes()
        };
        let long = nest(50, 2);
        assert_eq!((long.lane_len(), long.strides(0)), (50, &[16, 0][..]));
        assert_eq!((long.len(1), long.strides(1)), (2, &[8, 8][..]));
        assert_eq!(nest(50, 20).lane_len(), 20);
        assert_eq!(nest(3, 2).lane_len(), 2);
    }

    #[test]
    fn pieces_cover_every_element_once() {
        let strides = [100isize, 20, 4];
        let nest = Nest::new(&[2, 3, 4], 1, |_, axis| strides[axis]);
        let whole = places(&nest, 0..24);
        assert_eq!(whole.len(), 24);
        for cut in 0..24 {
            let mut parts = places(&nest, 0..cut);
            parts.extend(places(&nest, cut..24));
            assert_eq!(parts, whole);
        }
    }
}
