//! Plane rotations, and runs of them over neighbouring columns.

use crate::lanes::LANES;

/// The rotation that takes `(f, g)` to `(r, 0)`: `r = c f + s g`, `0 = c g - s f`. As LAPACK's `lartg` since 3.10, the
/// cosine is never negative, and `r` has the sign of `f`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rotation {
    pub(crate) c: f64,
    pub(crate) s: f64,
}

impl Rotation {
    /// The rotation of two columns that leaves the first of two weights nothing, and the second their length.
    pub(crate) fn away(first: f64, second: f64) -> (Self, f64) {
        let length = second.hypot(first);
        let by = Self {
            c: second / length,
            s: -first / length,
        };
        (by, length)
    }

    /// The rotation and `r`.
    #[inline(always)]
    pub(crate) fn new(f: f64, g: f64) -> (Self, f64) {
        if g == 0.0 {
            return (Self { c: 1.0, s: 0.0 }, f);
        }
        if f == 0.0 {
            let s = 1f64.copysign(g);
            return (Self { c: 0.0, s }, g.abs());
        }
        // Squares of what is in between neither overflow nor vanish.
        let (low, high) = (1e-150, 1e150);
        let (size, other) = (f.abs(), g.abs());
        let plain = size > low && size < high && other > low && other < high;
        let length = if plain {
            (f * f + g * g).sqrt()
        } else {
            f.hypot(g)
        };
        let r = length.copysign(f);
        (
            Self {
                c: size / length,
                s: g / r,
            },
            r,
        )
    }
}

/// Columns of `rows` items that stand `stride` apart.
#[derive(Debug)]
pub(crate) struct Columns<'a> {
    pub(crate) items: &'a mut [f64],
    pub(crate) stride: usize,
    pub(crate) rows: usize,
}

impl Columns<'_> {
    /// `x' = c x + s y`, `y' = c y - s x` for the columns `x` and `y`.
    #[inline(always)]
    pub(crate) fn rotate(&mut self, x: usize, y: usize, by: Rotation) {
        let (x, y) = (x * self.stride, y * self.stride);
        for i in 0..self.rows {
            let (a, b) = (self.items[x + i], self.items[y + i]);
            self.items[x + i] = by.c * a + by.s * b;
            self.items[y + i] = by.c * b - by.s * a;
        }
    }

    /// One rotation after another, each of the column where the last one stopped and its neighbour: the first turns
    /// `start` and the column `step` further.
    #[inline(always)]
    pub(crate) fn sweep(&mut self, start: usize, step: isize, rotations: &[Rotation]) {
        let mut row = 0;
        while row + LANES <= self.rows {
            self.sweep_rows::<LANES>(row, start, step, rotations);
            row += LANES;
        }
        while row + 2 <= self.rows {
            self.sweep_rows::<2>(row, start, step, rotations);
            row += 2;
        }
        if row < self.rows {
            self.sweep_rows::<1>(row, start, step, rotations);
        }
    }

    #[inline(always)]
    fn sweep_rows<const N: usize>(
        &mut self,
        row: usize,
        start: usize,
        step: isize,
        rotations: &[Rotation],
    ) {
        let stride = step * self.stride as isize;
        let mut at = start * self.stride + row;
        let mut held = [0.0; N];
        held.copy_from_slice(&self.items[at..at + N]);
        for by in rotations {
            let next = at.wrapping_add_signed(stride);
            let mut met = [0.0; N];
            met.copy_from_slice(&self.items[next..next + N]);
            let to = &mut self.items[at..at + N];
            for i in 0..N {
                to[i] = by.c * held[i] + by.s * met[i];
                held[i] = by.c * met[i] - by.s * held[i];
            }
            at = next;
        }
        self.items[at..at + N].copy_from_slice(&held);
    }

    /// Changes the sign of a column.
    pub(crate) fn negate(&mut self, column: usize) {
        let at = column * self.stride;
        for v in &mut self.items[at..at + self.rows] {
            *v = -*v;
        }
    }

    /// Exchanges two columns.
    pub(crate) fn swap(&mut self, x: usize, y: usize) {
        for i in 0..self.rows {
            self.items.swap(x * self.stride + i, y * self.stride + i);
        }
    }
}
