//! How the output of a product is cut into tiles for threads and caches.

use super::kernel::Kernel;

/// A grid of tiles: rows and columns of items in each, the last of a row or a column may be shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) rows: usize,
    pub(super) columns: usize,
    across: usize,
    down: usize,
    /// Whether only tiles on and below the diagonal count, as many in each row as its number says.
    triangle: bool,
}

/// The fewest multiplications of reals for which a thread is worth asking: a few microseconds.
const ALONE: usize = 1 << 18;

/// The longest row of a tile: a block of the left matrix is copied once for so much of the right one.
const ROW_BYTES: usize = 8192;

/// The most multiplications of reals in a tile, as far as its columns decide: about ten milliseconds.
const LONGEST: usize = 1 << 29;
/// Columns that a tile may have in any case.
const SHORTEST: usize = 64;

impl Grid {
    fn new(m: usize, n: usize, rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            across: n.div_ceil(columns),
            down: m.div_ceil(rows),
            triangle: false,
        }
    }

    /// Squares on and below the diagonal of a square of `m` rows.
    pub(super) fn triangle(m: usize) -> Self {
        // Whole panels of every type; small enough that the diagonal, of which half is too much, is a small part.
        let side = (m / 10).clamp(96, 288).next_multiple_of(48);
        Self {
            triangle: true,
            ..Self::new(m, m, side, side)
        }
    }

    pub(super) fn count(&self) -> usize {
        if self.triangle {
            self.down * (self.down + 1) / 2
        } else {
            self.across * self.down
        }
    }

    /// The first row and the first column of a tile. The longest rows of a triangle come first.
    pub(super) fn place(&self, at: usize) -> (usize, usize) {
        let (mut row, mut column) = (at / self.across, at % self.across);
        if self.triangle {
            (row, column) = (self.down - 1, at);
            while column > row {
                column -= row + 1;
                row -= 1;
            }
        }
        (row * self.rows, column * self.columns)
    }

    /// Tiles that fit the caches, and so many that the threads end at about the same time; and how many threads, of those
    /// there are, to use.
    pub(super) fn of(
        kernel: &Kernel,
        (m, k, n): (usize, usize, usize),
        threads: usize,
    ) -> (Self, usize) {
        let most_rows = kernel.rows(Kernel::terms(k)).min(m);
        let longest = LONGEST / (kernel.per * kernel.per) / most_rows.saturating_mul(k);
        let most_columns = (ROW_BYTES / kernel.item()).min(longest.max(SHORTEST));
        let even = |len: usize, parts: usize, unit: usize| {
            len.div_ceil(parts).next_multiple_of(unit).min(len)
        };
        let vector = (kernel.lanes / kernel.per).max(1);
        let (down, across) = (m.div_ceil(most_rows), n.div_ceil(most_columns));
        let whole = Self::new(m, n, even(m, down, kernel.strip), even(n, across, vector));
        let work = m
            .saturating_mul(k)
            .saturating_mul(n)
            .saturating_mul(kernel.per * kernel.per);
        let threads = threads.min(work / ALONE);
        if threads <= 1 {
            return (whole, 1);
        }
        let mut best = (f64::INFINITY, whole);
        for shares in [1, 2, 3, 4, 6, 8, 16] {
            let parts = threads * shares;
            for rows in 1..=parts {
                if !parts.is_multiple_of(rows) {
                    continue;
                }
                let grid = Self::new(
                    m,
                    n,
                    even(m, rows.max(down), kernel.strip),
                    even(n, (parts / rows).max(across), vector),
                );
                let cost = grid.cost(kernel, k, threads);
                if cost < best.0 {
                    best = (cost, grid);
                }
            }
        }
        (best.1, threads)
    }

    /// About the time until the last thread is done, in cycles.
    fn cost(&self, kernel: &Kernel, k: usize, threads: usize) -> f64 {
        let vectors = (self.columns * kernel.per).div_ceil(kernel.lanes);
        let strips = self.rows.div_ceil(kernel.strip);
        let per_vector = (kernel.strip * kernel.per) as f64 / 2.0;
        let panels = vectors.div_ceil(kernel.most) as f64;
        let k = k as f64;
        let one = strips as f64 * (vectors as f64 * k * per_vector + panels * 30.0)
            + 5.0 * vectors as f64 * k
            + 0.8 * (self.rows * kernel.per) as f64 * k
            + 300.0;
        // A thread that comes late leaves a part of a tile to wait for.
        one * (self.count().div_ceil(threads) as f64 + 0.1)
    }
}
