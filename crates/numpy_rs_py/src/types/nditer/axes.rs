//! The axes of an iteration: their best order, and which of them can be walked as one.

use numpy_rs_core::layout::Order;
use smallvec::SmallVec;

/// One step per operand in bytes, and one for the flat index at the end.
pub(super) type Steps = SmallVec<[isize; 6]>;

/// One axis; axes are kept innermost first.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    pub(super) len: isize,
    pub(super) steps: Steps,
    /// Which axis of the broadcast shape this is.
    pub(super) original: usize,
    /// Whether it is walked backwards.
    pub(super) flipped: bool,
}

/// Whether all operands are Fortran-contiguous in the given axes (C-ordered list of axes, outermost first).
fn all_fortran(axes: &[Axis], n_operands: usize, itemsizes: &[usize]) -> bool {
    (0..n_operands).all(|op| {
        let mut step = itemsizes[op] as isize;
        axes.iter().all(|a| {
            let fits = a.len == 1 || a.steps[op] == step;
            step *= a.len;
            fits
        })
    })
}

/// Orders axes given outermost first (as in the broadcast shape) into innermost first.
///
/// Returns whether the order was forced, so that no axis may be walked backwards.
pub(super) fn order(
    axes: &mut Vec<Axis>,
    order: Order,
    n_operands: usize,
    itemsizes: &[usize],
) -> bool {
    match order {
        Order::C => axes.reverse(),
        Order::F => {}
        Order::A => {
            if !all_fortran(axes, n_operands, itemsizes) {
                axes.reverse();
            }
        }
        Order::K => {
            axes.reverse();
            by_steps(axes, n_operands);
            return false;
        }
    }
    true
}

/// Insertion sort by the size of steps; operands that disagree leave C order alone.
fn by_steps(axes: &mut [Axis], n_operands: usize) {
    for i in 1..axes.len() {
        let mut to = i;
        for j in (0..i).rev() {
            let (mut swap, mut ambiguous) = (false, true);
            for op in 0..n_operands {
                let (inner, outer) = (axes[j].steps[op], axes[i].steps[op]);
                if inner != 0 && outer != 0 {
                    if outer.unsigned_abs() >= inner.unsigned_abs() {
                        swap = false;
                    } else if ambiguous {
                        swap = true;
                    }
                    ambiguous = false;
                }
            }
            if ambiguous {
                continue;
            }
            if swap {
                to = j;
            } else {
                break;
            }
        }
        if to != i {
            axes[to..=i].rotate_right(1);
        }
    }
}

/// Walks axes backwards on which no operand steps forward; gives the offset of each operand's first element.
pub(super) fn flip_negative(axes: &mut [Axis], n_operands: usize) -> Steps {
    let mut offsets: Steps = SmallVec::from_elem(0, n_operands + 1);
    for axis in axes {
        let operands = &axis.steps[..n_operands];
        let negative = operands.iter().any(|&s| s < 0) && operands.iter().all(|&s| s <= 0);
        if negative {
            for (offset, step) in offsets.iter_mut().zip(&mut axis.steps) {
                *offset += (axis.len - 1) * *step;
                *step = -*step;
            }
            axis.flipped = true;
        }
    }
    offsets
}

/// Merges neighbouring axes that are one run for every operand and for the index.
pub(super) fn coalesce(axes: &mut Vec<Axis>) {
    let mut merged: Vec<Axis> = Vec::with_capacity(axes.len());
    for axis in axes.drain(..) {
        if let Some(last) = merged.last_mut() {
            let one_run = last.steps.iter().zip(&axis.steps).all(|(&s, &t)| {
                last.len == 1 && s == 0 || axis.len == 1 && t == 0 || s * last.len == t
            });
            if one_run {
                if last.len == 1 {
                    last.steps.clone_from(&axis.steps);
                }
                last.len *= axis.len;
                continue;
            }
        }
        merged.push(axis);
    }
    *axes = merged;
}
