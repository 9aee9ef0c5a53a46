//! Folding the rows of a matrix into one row: each column in order, several rows at a pass.

use crate::isa::{Isa, per_isa};

/// `acc[j] = f(acc[j], x[i][j])` for all rows `i` in order: `acc` and each row are dense, rows are `row_stride` bytes
/// apart. No events are looked for.
///
/// # Safety
///
/// `acc` holds `n` items, and each of the `n_rows` rows does, apart from `acc`; all are aligned.
pub type FoldRows =
    unsafe fn(acc: *mut u8, x: *const u8, row_stride: isize, n_rows: usize, n: usize);

/// The kernel behind a zero-sized function type.
#[inline(always)]
pub(crate) fn kernel<K: Copy>() -> K {
    const { assert!(size_of::<K>() == 0, "kernels carry no data") };
    // SAFETY: a value without bytes can be read from any aligned address; function items and closures without
    // captures have one value.
    unsafe { std::ptr::dangling::<K>().read() }
}

/// Columns of a pass: what is kept of the accumulators stays in the first cache.
const COLUMNS: usize = 1024;

#[inline(always)]
unsafe fn fold_rows<T: Copy, K: Fn(T, T) -> T + Copy>(
    acc: *mut u8,
    x: *const u8,
    row_stride: isize,
    n_rows: usize,
    n: usize,
) {
    let mut from = 0;
    while from < n {
        let len = COLUMNS.min(n - from);
        // SAFETY: a part of the columns of each row.
        unsafe {
            let acc = std::slice::from_raw_parts_mut(acc.cast::<T>().add(from), len);
            let row = |i: usize| {
                let row = x.offset(i as isize * row_stride).cast::<T>();
                std::slice::from_raw_parts(row.add(from), len)
            };
            let mut i = 0;
            while i + 4 <= n_rows {
                four::<T, K>(acc, row(i), row(i + 1), row(i + 2), row(i + 3));
                i += 4;
            }
            for i in i..n_rows {
                one::<T, K>(acc, row(i));
            }
        }
        from += len;
    }
}

#[inline(always)]
fn four<T: Copy, K: Fn(T, T) -> T + Copy>(acc: &mut [T], a: &[T], b: &[T], c: &[T], d: &[T]) {
    let k = kernel::<K>();
    let n = acc.len();
    let (a, b, c, d) = (&a[..n], &b[..n], &c[..n], &d[..n]);
    for j in 0..n {
        acc[j] = k(k(k(k(acc[j], a[j]), b[j]), c[j]), d[j]);
    }
}

#[inline(always)]
fn one<T: Copy, K: Fn(T, T) -> T + Copy>(acc: &mut [T], a: &[T]) {
    let k = kernel::<K>();
    for (r, &v) in acc.iter_mut().zip(a) {
        *r = k(*r, v);
    }
}

per_isa!(fn pick<T: Copy, K>(acc: *mut u8, x: *const u8, row_stride: isize, n_rows: usize, n: usize)
    = fold_rows where K: Fn(T, T) -> T + Copy);

/// The loop of a kernel for an instruction set.
pub(crate) fn rows_of<T: Copy + 'static, K: Fn(T, T) -> T + Copy + 'static>(isa: Isa) -> FoldRows {
    pick::<T, K>(isa)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_folded_in_order() {
        // Wider than a pass, with rows left over, and rows further apart than they are long.
        let (n_rows, n, apart) = (7, COLUMNS + 5, COLUMNS + 9);
        let x: Vec<f64> = (0..n_rows * apart).map(|i| 1.0 / (i + 1) as f64).collect();
        let mut acc = vec![0.25; n];
        let mut wanted = acc.clone();
        for i in 0..n_rows {
            for j in 0..n {
                wanted[j] -= x[i * apart + j];
            }
        }
        let minus = |a: f64, b: f64| a - b;
        fn run<K: Fn(f64, f64) -> f64 + Copy + 'static>(_: K) -> FoldRows {
            rows_of::<f64, K>(crate::isa::best())
        }
        // SAFETY: the vectors hold what is said of them.
        unsafe {
            run(minus)(
                acc.as_mut_ptr().cast(),
                x.as_ptr().cast(),
                (apart * 8) as isize,
                n_rows,
                n,
            );
        }
        assert_eq!(acc, wanted);
    }
}
