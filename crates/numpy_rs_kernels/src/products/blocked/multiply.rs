//! A product by blocks: tiles of the output, blocks of terms, panels of columns.

use super::cut::Grid;
use super::kernel::Kernel;
use super::packing;
use super::panel::Panel;
use super::scratch;
use crate::abi::{Crew, LoopError};
use std::sync::atomic::{AtomicBool, Ordering};

/// A matrix: base pointer, then byte strides along rows' index and columns' index.
type Matrix = (*const u8, isize, isize);

/// A product `o = a b` of `m` by `k` and `k` by `n` items.
#[derive(Clone, Copy)]
pub(crate) struct Task {
    pub(crate) a: Matrix,
    pub(crate) b: Matrix,
    pub(crate) o: (*mut u8, isize, isize),
    /// `m`, `k`, `n`.
    pub(crate) sizes: (usize, usize, usize),
}

// SAFETY: threads read the operands and write different tiles of the output.
unsafe impl Sync for Task {}

impl Task {
    /// Whether this is the product of a matrix with itself, its rows and columns exchanged: what is above the diagonal
    /// then is what is below.
    fn is_symmetric(&self) -> bool {
        let (m, _, n) = self.sizes;
        m == n && self.a == (self.b.0, self.b.2, self.b.1)
    }

    /// The same product with rows and columns exchanged.
    fn transposed(&self) -> Self {
        Self {
            a: (self.b.0, self.b.2, self.b.1),
            b: (self.a.0, self.a.2, self.a.1),
            o: (self.o.0, self.o.2, self.o.1),
            sizes: (self.sizes.2, self.sizes.1, self.sizes.0),
        }
    }
}

/// Left blocks with contiguous rows are read in place by so few panels.
const FEW_PANELS: usize = 4;
/// Panels with contiguous rows are read in place by so few strips of rows.
const FEW_STRIPS: usize = 4;

/// The fewest rows for which half of a symmetric product is copied from the other half.
const TWO_HALVES: usize = 192;
/// Products of so few multiplications are one tile, without a look for a better cut.
const SMALL: usize = 1 << 15;

/// Computes a product; tells whether an item came out that is not finite.
///
/// # Safety
///
/// The operands have these shapes, the output overlaps nothing, and [`Kernel::suits`].
pub(crate) unsafe fn multiply(
    kernel: &Kernel,
    task: &Task,
    crew: Option<&dyn Crew>,
) -> Result<bool, LoopError> {
    let turned;
    let task = if task.o.2 == kernel.item() as isize {
        task
    } else {
        turned = task.transposed();
        &turned
    };
    let (m, k, n) = task.sizes;
    if m.saturating_mul(n).saturating_mul(k) <= SMALL {
        let tile = Tile {
            kernel,
            task,
            from: (0, 0),
            rows: m,
            columns: n,
        };
        // SAFETY: all of the output.
        return unsafe { tile.compute() };
    }
    let threads = crew.map_or(1, Crew::threads);
    let symmetric = task.is_symmetric() && m >= TWO_HALVES;
    let (grid, threads) = if symmetric {
        (Grid::triangle(m), threads)
    } else {
        Grid::of(kernel, task.sizes, threads)
    };
    let flawed = AtomicBool::new(false);
    let one = |at: usize| {
        let (i, j) = grid.place(at);
        let tile = Tile {
            kernel,
            task,
            from: (i as isize, j as isize),
            rows: grid.rows.min(m - i),
            columns: grid.columns.min(n - j),
        };
        // SAFETY: a tile of the output; each is computed once, and so is its mirror image.
        unsafe {
            if tile.compute()? {
                flawed.store(true, Ordering::Relaxed);
            }
            if symmetric && i > j {
                tile.mirror();
            }
        }
        Ok(())
    };
    match crew {
        Some(crew) if grid.count() > 1 => crew.run(threads, grid.count(), &one)?,
        _ => (0..grid.count()).try_for_each(one)?,
    }
    Ok(flawed.into_inner())
}

/// A tile of the output.
struct Tile<'a> {
    kernel: &'a Kernel,
    task: &'a Task,
    from: (isize, isize),
    rows: usize,
    columns: usize,
}

/// A block of the left matrix as [`Panel`] wants it.
type Left = (*const u8, isize, isize, isize);

impl Tile<'_> {
    /// Computes the tile; tells whether an item came out that is not finite.
    unsafe fn compute(&self) -> Result<bool, LoopError> {
        let (kernel, task) = (self.kernel, self.task);
        let item = kernel.item() as isize;
        let (_, all, _) = task.sizes;
        let terms = Kernel::terms(all);
        let reals = self.columns * kernel.per;
        let vectors = reals.div_ceil(kernel.lanes);
        let panels = vectors.div_ceil(kernel.most);
        let left_in_place = task.a.2 == item && panels <= FEW_PANELS;
        let right_in_place = task.b.2 == item && self.rows <= FEW_STRIPS * kernel.strip;
        // One line of the cache more than the terms, so that rows do not meet in the same lines.
        let row = (terms * kernel.item()).next_multiple_of(scratch::ALIGN) + scratch::ALIGN;
        let left_len = if left_in_place {
            0
        } else {
            row * self.rows.next_multiple_of(kernel.strip)
        };
        let right_len = if right_in_place {
            0
        } else {
            terms * kernel.most * kernel.lanes * kernel.real
        };
        let run = |place: *mut u8| {
            // SAFETY: the caller promises the tile; the scratch has room for both copies.
            unsafe {
                let mut flawed = false;
                let mut from = 0;
                while from < all {
                    let k = terms.min(all - from);
                    let a = task
                        .a
                        .0
                        .offset(self.from.0 * task.a.1 + from as isize * task.a.2);
                    let b = task
                        .b
                        .0
                        .offset(from as isize * task.b.1 + self.from.1 * task.b.2);
                    let o = task.o.0.offset(self.from.0 * task.o.1 + self.from.1 * item);
                    let a = if left_in_place {
                        (a, task.a.1, task.a.1 * kernel.strip as isize, item)
                    } else {
                        let copy = place.wrapping_add(right_len);
                        self.copy_left((a, task.a.1, task.a.2), (copy, row), k)
                    };
                    let mut done = 0;
                    for panel in 0..panels {
                        // Panels of nearly the same width: narrow ones wait for their sums.
                        let wide = (vectors - done).div_ceil(panels - panel);
                        let first = (done * kernel.lanes / kernel.per) as isize;
                        let width = (wide * kernel.lanes).min(reals - done * kernel.lanes);
                        let last = width - (wide - 1) * kernel.lanes;
                        let b = b.offset(first * task.b.2);
                        let b = if right_in_place {
                            (b, task.b.1)
                        } else {
                            self.copy_right((b, task.b.1, task.b.2), place, (k, wide, last))
                        };
                        let infinite = (kernel.panels[wide - 1])(&Panel {
                            k,
                            a,
                            m: self.rows,
                            b,
                            last,
                            whole: !right_in_place || last == kernel.lanes,
                            o: (o.offset(first * item), task.o.1),
                            add: from > 0,
                        });
                        flawed |= infinite && from + k == all;
                        done += wide;
                    }
                    from += k;
                }
                flawed
            }
        };
        scratch::with(left_len + right_len, run).ok_or(LoopError::Memory)
    }

    /// Copies the tile to where its rows are columns.
    unsafe fn mirror(&self) {
        let (o, down, across) = self.task.o;
        let (i, j) = self.from;
        // SAFETY: the caller promises that both lie in the output and do not overlap.
        unsafe {
            packing::items(
                (o.offset(i * down + j * across), across, down),
                (o.offset(j * down + i * across), down),
                (self.columns, self.rows),
                self.kernel.item(),
            );
        }
    }

    /// Copies a block of `k` terms of the left matrix: contiguous rows as they are, others strip by strip with the items
    /// of a column together.
    unsafe fn copy_left(&self, a: Matrix, (to, row): (*mut u8, usize), k: usize) -> Left {
        let (item, strip) = (self.kernel.item(), self.kernel.strip);
        let per_strip = (row * strip) as isize;
        // SAFETY: the caller promises the block, and room for its rows in whole strips.
        unsafe {
            if a.2 == item as isize {
                for r in 0..self.rows {
                    let from = a.0.offset(r as isize * a.1);
                    std::ptr::copy_nonoverlapping(from, to.add(r * row), k * item);
                }
                return (to, row as isize, per_strip, item as isize);
            }
            let step = (strip * item) as isize;
            for r in (0..self.rows).step_by(strip) {
                let from = (a.0.offset(r as isize * a.1), a.2, a.1);
                let high = strip.min(self.rows - r);
                packing::items(from, (to.add(r * row), step), (k, high), item);
            }
            (to, item as isize, per_strip, step)
        }
    }

    /// Copies a panel of `k` terms and `wide` vectors, the last of `last` reals with zeros behind them.
    unsafe fn copy_right(
        &self,
        b: Matrix,
        to: *mut u8,
        (k, wide, last): (usize, usize, usize),
    ) -> (*const u8, isize) {
        let kernel = self.kernel;
        let step = wide * kernel.lanes * kernel.real;
        // SAFETY: the caller promises the panel, and room for whole vectors.
        unsafe {
            if b.2 == kernel.item() as isize {
                (kernel.packs[wide - 1])(b.0, b.1, to, k, last);
            } else {
                if last < kernel.lanes {
                    std::ptr::write_bytes(to, 0, k * step);
                }
                let columns = ((wide - 1) * kernel.lanes + last) / kernel.per;
                packing::items(b, (to, step as isize), (k, columns), kernel.item());
            }
        }
        (to, step as isize)
    }
}
