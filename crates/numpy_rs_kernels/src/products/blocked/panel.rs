//! The innermost loops: all rows of a block times a panel of columns, a few rows at a time with the sums in registers.

use super::vector::Vector;

/// A panel of columns and the rows that meet it. Steps are in bytes.
#[derive(Clone, Copy)]
pub(super) struct Panel {
    /// The number of terms.
    pub(super) k: usize,
    /// The left matrix: its first item, the steps from row to row, from strip to strip of rows, and along `k`.
    pub(super) a: (*const u8, isize, isize, isize),
    /// The number of its rows.
    pub(super) m: usize,
    /// The right matrix: its first item and the step along `k`; columns are contiguous.
    pub(super) b: (*const u8, isize),
    /// How many reals the last vector of a row of the panel holds.
    pub(super) last: usize,
    /// Whether all its lanes can be read, zeros behind the last column.
    pub(super) whole: bool,
    /// The output: its first item and the step from row to row; columns are contiguous.
    pub(super) o: (*mut u8, isize),
    /// Whether sums are added to what the output holds.
    pub(super) add: bool,
}

/// Runs a panel; tells whether an item came out that is not finite.
pub(super) type PanelFn = unsafe fn(&Panel) -> bool;

/// `rows` rows of items, at most `R` real ones, from `a` and `o` on, times `C` vectors of columns. Tells whether an item came
/// out that is not finite. In the loop over the terms nothing but sums, columns and one item may take registers.
#[inline(always)]
unsafe fn tile<
    V: Vector,
    const R: usize,
    const C: usize,
    const COMPLEX: bool,
    const WHOLE: bool,
>(
    p: &Panel,
    (a, o): (*const u8, *mut u8),
    rows: usize,
) -> bool {
    // SAFETY: the caller promises these rows, `k` terms, and a panel of `C` vectors, the last as long as its mask.
    unsafe {
        let per = if COMPLEX { 2 } else { 1 };
        let size = size_of::<V::Real>() as isize;
        // Rows that are not there repeat the last one and are not stored.
        let mut row = [a; R];
        for (r, row) in row.iter_mut().enumerate() {
            let at = (r / per).min(rows - 1) as isize;
            *row = a.offset(at * p.a.1 + (r % per) as isize * size);
        }
        // What is read and written at the end is on its way until then.
        for i in 0..(R / per).min(rows) {
            let to = o.wrapping_offset(i as isize * p.o.1).cast::<V::Real>();
            for c in 0..C {
                V::prefetch(to.wrapping_add(c * V::LANES));
            }
        }
        let mut sums = [[V::zero(); C]; R];
        let (mut b, mut at) = (p.b.0, 0isize);
        for _ in 0..p.k {
            let from = b.cast::<V::Real>();
            let mut columns = [V::zero(); C];
            for c in 0..C - 1 {
                columns[c] = V::load(from.add(c * V::LANES));
            }
            let at_last = from.add((C - 1) * V::LANES);
            columns[C - 1] = if WHOLE {
                V::load(at_last)
            } else {
                V::load_part(at_last, V::mask(p.last))
            };
            for r in 0..R {
                let x = V::splat(row[r].offset(at).cast());
                for c in 0..C {
                    sums[r][c] = x.times_plus(columns[c], sums[r][c]);
                }
            }
            b = b.offset(p.b.1);
            at += p.a.3;
        }
        let mask = V::mask(p.last);
        let mut flaw = V::zero();
        for i in 0..R / per {
            if i >= rows {
                break;
            }
            let to = o.offset(i as isize * p.o.1).cast::<V::Real>();
            for c in 0..C {
                let mut sum = if COMPLEX {
                    sums[i * 2][c].join(sums[i * 2 + 1][c])
                } else {
                    sums[i][c]
                };
                let to = to.add(c * V::LANES);
                if c < C - 1 {
                    if p.add {
                        sum = sum.plus(V::load(to));
                    }
                    sum.store(to);
                } else {
                    if p.add {
                        sum = sum.plus(V::load_part(to, mask));
                    }
                    sum.store_part(to, mask);
                }
                // Zero for a finite number, else NaN.
                flaw = flaw.plus(sum.minus(sum));
            }
        }
        flaw.has_nan()
    }
}

/// All rows of a panel: strips of `R` real rows, and a last one of `H` where those are enough.
#[inline(always)]
unsafe fn strips<
    V: Vector,
    const R: usize,
    const H: usize,
    const C: usize,
    const COMPLEX: bool,
    const WHOLE: bool,
>(
    p: &Panel,
) -> bool {
    let per = if COMPLEX { 2 } else { 1 };
    // SAFETY: the caller promises `m` rows in strips of `R / per`.
    unsafe {
        let mut flawed = false;
        let (mut a, mut o, mut left) = (p.a.0, p.o.0, p.m);
        while left * per > H {
            let rows = left.min(R / per);
            flawed |= tile::<V, R, C, COMPLEX, WHOLE>(p, (a, o), rows);
            a = a.wrapping_offset(p.a.2);
            o = o.wrapping_offset((R / per) as isize * p.o.1);
            left -= rows;
        }
        if left > 0 {
            flawed |= tile::<V, H, C, COMPLEX, WHOLE>(p, (a, o), left);
        }
        flawed
    }
}

/// A whole panel, compiled twice where reading a part of a vector costs more than reading all of it.
#[inline(always)]
pub(super) unsafe fn run<
    V: Vector,
    const R: usize,
    const H: usize,
    const C: usize,
    const COMPLEX: bool,
>(
    p: &Panel,
) -> bool {
    // SAFETY: as promised by the caller.
    unsafe {
        if V::PARTS_COST && p.whole {
            strips::<V, R, H, C, COMPLEX, true>(p)
        } else {
            strips::<V, R, H, C, COMPLEX, false>(p)
        }
    }
}
