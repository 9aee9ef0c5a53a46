//! Where an iteration stands, and how it moves.

use smallvec::SmallVec;

use super::axes::{Axis, Steps};

/// The position: coordinates innermost first, and the address of each operand's current item.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    pub(super) axes: Vec<Axis>,
    /// Addresses of the first item of each operand; the last is the flat index, counted as a number.
    pub(super) first: Steps,
    /// Addresses at the present position.
    pub(super) now: Steps,
    coordinates: SmallVec<[isize; 6]>,
    pub(super) index: isize,
    pub(super) start: isize,
    pub(super) end: isize,
}

impl Walk {
    /// A walk over `axes` that stands at its first position.
    pub(super) fn new(axes: Vec<Axis>, first: Steps) -> Self {
        let end = axes.iter().map(|a| a.len).product();
        let coordinates = SmallVec::from_elem(0, axes.len());
        Self {
            axes,
            now: first.clone(),
            first,
            coordinates,
            index: 0,
            start: 0,
            end,
        }
    }

    /// The number of positions in all.
    pub(super) fn size(&self) -> isize {
        self.axes.iter().map(|a| a.len).product()
    }

    /// Stands at the position with this number.
    pub(super) fn go_to(&mut self, index: isize) {
        self.index = index;
        self.now.clone_from(&self.first);
        let mut rest = index;
        for (axis, c) in self.axes.iter().zip(&mut self.coordinates) {
            *c = if axis.len > 0 { rest % axis.len } else { 0 };
            rest = if axis.len > 0 { rest / axis.len } else { 0 };
            for (now, step) in self.now.iter_mut().zip(&axis.steps) {
                *now += *c * step;
            }
        }
    }

    /// Moves `n` positions on, which must stay inside the innermost axis or leave it exactly at its end.
    pub(super) fn advance(&mut self, n: isize) {
        self.index += n;
        let Some(inner) = self.axes.first() else {
            return;
        };
        self.coordinates[0] += n;
        for (now, step) in self.now.iter_mut().zip(&inner.steps) {
            *now += n * step;
        }
        let mut i = 0;
        while self.coordinates[i] >= self.axes[i].len && i + 1 < self.axes.len() {
            let back = self.coordinates[i];
            self.coordinates[i] = 0;
            self.coordinates[i + 1] += 1;
            for ((now, inner), outer) in self
                .now
                .iter_mut()
                .zip(&self.axes[i].steps)
                .zip(&self.axes[i + 1].steps)
            {
                *now += outer - back * inner;
            }
            i += 1;
        }
    }

    /// Positions left in the innermost axis.
    pub(super) fn left_in_inner(&self) -> isize {
        self.axes.first().map_or(1, |a| a.len - self.coordinates[0])
    }

    /// The coordinate along an axis of the broadcast shape.
    pub(super) fn coordinate(&self, original: usize) -> isize {
        self.axes
            .iter()
            .zip(&self.coordinates)
            .find(|(a, _)| a.original == original)
            .map_or(0, |(a, &c)| if a.flipped { a.len - 1 - c } else { c })
    }

    /// The number of the position with these coordinates along the axes of the broadcast shape.
    pub(super) fn index_of(&self, multi: &[isize]) -> isize {
        let (mut index, mut factor) = (0, 1);
        for axis in &self.axes {
            let c = multi.get(axis.original).copied().unwrap_or(0);
            index += factor * if axis.flipped { axis.len - 1 - c } else { c };
            factor *= axis.len;
        }
        index
    }
}
