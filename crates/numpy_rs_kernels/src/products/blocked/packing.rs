//! Copies of parts of the operands, laid out as the innermost loops read them.

use super::vector::Vector;

/// Copies `k` rows of a panel of `C` vectors, the last of `last` reals, one behind the other; steps are in bytes.
pub(super) type PackFn = unsafe fn(*const u8, isize, *mut u8, usize, usize);

#[inline(always)]
pub(super) unsafe fn rows_of<V: Vector, const C: usize>(
    from: *const u8,
    step: isize,
    to: *mut u8,
    k: usize,
    last: usize,
) {
    // SAFETY: the caller promises the rows of `from`, and room for `k` rows of `C` whole vectors.
    unsafe {
        let mask = V::mask(last);
        let (mut from, mut to) = (from, to.cast::<V::Real>());
        for _ in 0..k {
            let row = from.cast::<V::Real>();
            for c in 0..C - 1 {
                V::load(row.add(c * V::LANES)).store(to.add(c * V::LANES));
            }
            let at = (C - 1) * V::LANES;
            V::load_part(row.add(at), mask).store(to.add(at));
            from = from.wrapping_offset(step);
            to = to.add(C * V::LANES);
        }
    }
}

/// Copies `rows` by `columns` items of `size` bytes: columns are contiguous in `to`, its rows `to_step` bytes apart.
pub(super) unsafe fn items(
    from: (*const u8, isize, isize),
    to: (*mut u8, isize),
    (rows, columns): (usize, usize),
    size: usize,
) {
    // SAFETY: the caller promises items of these sizes on both sides.
    unsafe {
        match size {
            4 => items_of::<u32>(from, to, (rows, columns)),
            8 => items_of::<u64>(from, to, (rows, columns)),
            _ => items_of::<[u64; 2]>(from, to, (rows, columns)),
        }
    }
}

/// Rows and columns of a square that is copied at once, so that both sides stay in the cache.
const SQUARE: usize = 8;

#[inline(always)]
unsafe fn items_of<T: Copy>(
    (from, row, column): (*const u8, isize, isize),
    (to, to_row): (*mut u8, isize),
    (rows, columns): (usize, usize),
) {
    // SAFETY: promised by the caller of `items`.
    unsafe {
        let mut i = 0;
        while i < rows {
            let height = (rows - i).min(SQUARE);
            let mut j = 0;
            while j < columns {
                let width = (columns - j).min(SQUARE);
                let from = from.offset(i as isize * row + j as isize * column);
                let to = to
                    .offset(i as isize * to_row)
                    .cast::<T>()
                    .add(j)
                    .cast::<u8>();
                if (height, width) == (SQUARE, SQUARE) {
                    square::<T>((from, row, column), (to, to_row), SQUARE, SQUARE);
                } else {
                    square::<T>((from, row, column), (to, to_row), height, width);
                }
                j += width;
            }
            i += height;
        }
    }
}

#[inline(always)]
unsafe fn square<T: Copy>(
    (from, row, column): (*const u8, isize, isize),
    (to, to_row): (*mut u8, isize),
    rows: usize,
    columns: usize,
) {
    // SAFETY: promised by the caller of `items`.
    unsafe {
        for i in 0..rows as isize {
            let to = to.offset(i * to_row).cast::<T>();
            for j in 0..columns {
                let item = from.offset(i * row + j as isize * column).cast::<T>();
                to.add(j).write(item.read());
            }
        }
    }
}
