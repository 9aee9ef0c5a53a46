//! Which functions call themselves, also over others: they watch how deep they are.

use crate::lower::unit::Unit;

/// Marks the functions on a circle of calls.
pub(crate) fn mark_recursion(unit: &mut Unit<'_>) {
    for start in 0..unit.specs.len() {
        let mut seen = vec![false; unit.specs.len()];
        let mut stack: Vec<usize> = unit.specs[start].calls.iter().copied().collect();
        while let Some(at) = stack.pop() {
            if at == start {
                unit.specs[start].tree.recursive = true;
                break;
            }
            if !std::mem::replace(&mut seen[at], true) {
                stack.extend(unit.specs[at].calls.iter().copied());
            }
        }
    }
}
