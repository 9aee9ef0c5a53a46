//! The order in which axes are walked, from the strides of all operands; it also gives new arrays their `K` layout.

use smallvec::SmallVec;

use crate::dims::Dims;

/// Axes of an array, innermost (fastest) first.
pub type AxisOrder = SmallVec<[u8; 8]>;

/// Orders axes so that the strides of the operands fall from outer to inner ones. `stride(op, axis)` is 0 where an
/// operand repeats or does not exist yet. Where operands disagree, and on ties, C order wins.
pub fn by_strides(ndim: usize, n_ops: usize, stride: impl Fn(usize, usize) -> isize) -> AxisOrder {
    let mut order: AxisOrder = (0..ndim as u8).rev().collect();
    for i in 1..ndim {
        let axis = order[i];
        let mut to = i;
        for j in (0..i).rev() {
            let inner = order[j] as usize;
            match compare(n_ops, |op| (stride(op, axis as usize), stride(op, inner))) {
                Relation::Unknown => {}
                Relation::Smaller => to = j,
                Relation::NotSmaller => break,
            }
        }
        if to < i {
            order[to..=i].rotate_right(1);
        }
    }
    order
}

/// How the strides of one axis relate to those of another.
enum Relation {
    /// No operand moves along both axes.
    Unknown,
    /// Smaller for the operands that can tell.
    Smaller,
    /// Not smaller for at least one.
    NotSmaller,
}

fn compare(n_ops: usize, strides: impl Fn(usize) -> (isize, isize)) -> Relation {
    let mut relation = Relation::Unknown;
    for op in 0..n_ops {
        let (this, other) = strides(op);
        if this == 0 || other == 0 {
            continue;
        }
        if other.unsigned_abs() <= this.unsigned_abs() {
            relation = Relation::NotSmaller;
        } else if matches!(relation, Relation::Unknown) {
            relation = Relation::Smaller;
        }
    }
    relation
}

/// Strides of a fresh array without gaps whose axes lie in this order.
pub fn packed_strides(order: &[u8], shape: &[isize], itemsize: usize) -> Dims {
    let mut strides: Dims = SmallVec::from_elem(0, shape.len());
    let mut step = itemsize as isize;
    for &axis in order {
        strides[axis as usize] = step;
        step = step.wrapping_mul(shape[axis as usize].max(1));
    }
    strides
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transposed_operand_is_walked_as_it_lies() {
        let strides = [[8isize, 24]];
        let order = by_strides(2, 1, |op, axis| strides[op][axis]);
        assert_eq!(order.as_slice(), [0, 1]);
        assert_eq!(packed_strides(&order, &[3, 4], 4).as_slice(), [4, 12]);
    }

    #[test]
    fn operands_that_disagree_fall_back_to_c_order() {
        let strides = [[8isize, 24], [32, 8]];
        let order = by_strides(2, 2, |op, axis| strides[op][axis]);
        assert_eq!(order.as_slice(), [1, 0]);
    }
}
