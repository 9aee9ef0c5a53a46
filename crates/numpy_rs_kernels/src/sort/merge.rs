//! A stable merge sort that bears any comparison, even one that contradicts itself.

use std::convert::Infallible;

/// Length of the runs that are sorted by insertion.
const RUN: usize = 16;

/// Sorts `items` stably by `before`; `scratch` has room for as many, its contents do not matter.
pub fn sort<T: Copy>(items: &mut [T], scratch: &mut [T], before: &mut impl FnMut(T, T) -> bool) {
    let Ok(()) = try_sort(items, scratch, &mut |a, b| {
        Ok::<_, Infallible>(before(a, b))
    });
}

/// As [`sort`], by a comparison that can fail: its first error ends the work, and items may then be missing or doubled.
pub fn try_sort<T: Copy, E>(
    items: &mut [T],
    scratch: &mut [T],
    before: &mut impl FnMut(T, T) -> Result<bool, E>,
) -> Result<(), E> {
    let n = items.len();
    debug_assert!(scratch.len() >= n);
    for run in items.chunks_mut(RUN) {
        for i in 1..run.len() {
            let item = run[i];
            let mut j = i;
            while j > 0 && before(item, run[j - 1])? {
                run[j] = run[j - 1];
                j -= 1;
            }
            run[j] = item;
        }
    }
    let scratch = &mut scratch[..n];
    let mut width = RUN;
    let mut in_items = true;
    while width < n {
        let (from, to): (&[T], &mut [T]) = if in_items {
            (&*items, &mut *scratch)
        } else {
            (&*scratch, &mut *items)
        };
        let mut start = 0;
        while start < n {
            let middle = (start + width).min(n);
            let end = (start + 2 * width).min(n);
            merge(
                &from[start..middle],
                &from[middle..end],
                &mut to[start..end],
                before,
            )?;
            start = end;
        }
        in_items = !in_items;
        width *= 2;
    }
    if !in_items {
        items.copy_from_slice(scratch);
    }
    Ok(())
}

/// Merges two sorted runs; on ties the left one goes first.
fn merge<T: Copy, E>(
    left: &[T],
    right: &[T],
    out: &mut [T],
    before: &mut impl FnMut(T, T) -> Result<bool, E>,
) -> Result<(), E> {
    if right.is_empty() || left.is_empty() || !before(right[0], left[left.len() - 1])? {
        out[..left.len()].copy_from_slice(left);
        out[left.len()..].copy_from_slice(right);
        return Ok(());
    }
    let (mut i, mut j) = (0, 0);
    for slot in out.iter_mut() {
        let from_right = i == left.len() || (j < right.len() && before(right[j], left[i])?);
        *slot = if from_right { right[j] } else { left[i] };
        j += usize::from(from_right);
        i += usize::from(!from_right);
    }
    Ok(())
}

/// Writes the items `from..from + out.len()` of the stable merge of two sorted runs.
pub fn merge_part<T: Copy>(
    left: &[T],
    right: &[T],
    from: usize,
    out: &mut [T],
    before: impl Fn(&T, &T) -> bool,
) {
    // How many of the first `n` merged items are from the left: there, the next one of the left comes after all that
    // were taken from the right.
    let taken = |n: usize| {
        let (mut low, mut high) = (n.saturating_sub(right.len()), n.min(left.len()));
        while low < high {
            let middle = low.midpoint(high);
            if before(&right[n - middle - 1], &left[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    };
    let (mut i, i_end) = (taken(from), taken(from + out.len()));
    let (mut j, j_end) = (from - i, from + out.len() - i_end);
    for slot in out {
        let from_right = i == i_end || (j < j_end && before(&right[j], &left[i]));
        *slot = if from_right { right[j] } else { left[i] };
        j += usize::from(from_right);
        i += usize::from(!from_right);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept_among_equals() {
        for n in [0usize, 1, 2, 15, 16, 17, 33, 100, 1000, 1025] {
            let mut items: Vec<(usize, usize)> = (0..n).map(|i| (i * 7919 % 10, i)).collect();
            let mut scratch = items.clone();
            sort(&mut items, &mut scratch, &mut |a, b| a.0 < b.0);
            assert!(items.is_sorted());
        }
    }

    #[test]
    fn contradictions_end() {
        let mut items: Vec<usize> = (0..500).collect();
        let mut scratch = items.clone();
        let mut calls = 0;
        sort(&mut items, &mut scratch, &mut |_, _| {
            calls += 1;
            calls % 3 == 0
        });
        items.sort_unstable();
        assert!(items.into_iter().eq(0..500));
    }

    #[test]
    fn parts_make_the_whole() {
        let run = |n: usize, of: usize| -> Vec<(usize, usize)> {
            let mut run: Vec<_> = (0..n).map(|i| (i * 7919 % 23, of * 1000 + i)).collect();
            run.sort_unstable();
            run
        };
        for (n, m) in [(0, 5), (5, 0), (1, 1), (40, 7), (33, 100)] {
            let (left, right) = (run(n, 0), run(m, 1));
            let mut whole = vec![(0, 0); n + m];
            for (c, part) in whole.chunks_mut(9).enumerate() {
                merge_part(&left, &right, 9 * c, part, |a, b| a.0 < b.0);
            }
            let mut expected = [left, right].concat();
            expected.sort_by_key(|x| x.0);
            assert_eq!(whole, expected);
        }
    }
}
