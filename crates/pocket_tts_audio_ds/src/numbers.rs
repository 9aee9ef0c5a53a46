//! The functions of `numpy_rs.py`: vectors and matrices of `float`, matrices row by row.

use crate::memory::{buffer, items, number, take_back};

/// Makes a function of one vector that gives one as long.
macro_rules! elementwise {
    ($(#[doc = $doc:literal] $name:ident($($more:ident),*) = |$x:ident| $value:expr;)*) => {$(
        #[doc = $doc]
        ///
        /// # Safety
        ///
        /// `samples` leads to `count` items.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(samples: *const f32, count: usize $(, $more: f32)*) -> *mut f32 {
            // SAFETY: promised by the caller.
            let Some(x) = (unsafe { items(samples, count) }) else {
                return std::ptr::null_mut();
            };
            buffer(count, |to| {
                to.iter_mut().zip(x).for_each(|(to, &$x)| *to = $value);
                Some(())
            })
        }
    )*};
}

elementwise! {
    /// Natural logarithms.
    log_vec() = |x| x.ln();
    /// Numbers between two bounds; NaN stays.
    clip_vec(low, high) = |x| if x < low { low } else if x > high { high } else { x };
    /// Powers with one exponent.
    power_vec(exponent) = |x| x.powf(exponent);
}

/// `start + i * step` for each whole `i` below `(stop - start) / step`.
#[unsafe(no_mangle)]
pub extern "C" fn arange(start: f32, stop: f32, step: f32) -> *mut f32 {
    let count = ((f64::from(stop) - f64::from(start)) / f64::from(step)).ceil();
    if count.is_nan() || count >= isize::MAX as f64 / 4.0 {
        return std::ptr::null_mut();
    }
    buffer(count.max(0.0) as usize, |to| {
        for (i, to) in to.iter_mut().enumerate() {
            *to = (f64::from(start) + i as f64 * f64::from(step)) as f32;
        }
        Some(())
    })
}

/// `count` numbers from `start` to `stop`, both included.
#[unsafe(no_mangle)]
pub extern "C" fn linspace(start: f32, stop: f32, count: usize) -> *mut f32 {
    let (first, last) = (f64::from(start), f64::from(stop));
    buffer(count, |to| {
        let step = (last - first) / (count.max(2) - 1) as f64;
        for (i, to) in to.iter_mut().enumerate() {
            *to = (first + i as f64 * step) as f32;
        }
        if let (true, Some(to)) = (count > 1, to.last_mut()) {
            *to = stop;
        }
        Some(())
    })
}

/// `count` zeros.
#[unsafe(no_mangle)]
pub extern "C" fn zeros_vec(count: usize) -> *mut f32 {
    buffer(count, |_| Some(()))
}

/// `count` ones.
#[unsafe(no_mangle)]
pub extern "C" fn ones_vec(count: usize) -> *mut f32 {
    buffer(count, |to| {
        to.fill(1.0);
        Some(())
    })
}

/// The unit matrix `(n, n)`.
#[unsafe(no_mangle)]
pub extern "C" fn eye(n: usize) -> *mut f32 {
    let Some(count) = n.checked_mul(n) else {
        return std::ptr::null_mut();
    };
    buffer(count, |to| {
        to.iter_mut().step_by(n + 1).for_each(|to| *to = 1.0);
        Some(())
    })
}

fn mean(x: &[f32]) -> Option<f64> {
    (!x.is_empty()).then(|| x.iter().map(|&v| f64::from(v)).sum::<f64>() / x.len() as f64)
}

fn variance(x: &[f32]) -> Option<f64> {
    let mean = mean(x)?;
    let squares = x
        .iter()
        .map(|&v| (f64::from(v) - mean) * (f64::from(v) - mean));
    Some(squares.sum::<f64>() / x.len() as f64)
}

/// Makes a function of one vector that gives a number; NaN for no items.
macro_rules! statistic {
    ($(#[doc = $doc:literal] $name:ident = $work:expr;)*) => {$(
        #[doc = $doc]
        ///
        /// # Safety
        ///
        /// `samples` leads to `count` items.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(samples: *const f32, count: usize) -> f32 {
            // SAFETY: promised by the caller.
            let x: Option<&[f32]> = unsafe { items(samples, count) };
            number(|| $work(x?))
        }
    )*};
}

statistic! {
    /// The least item; NaN if one is.
    compute_min = |x: &[f32]| x.iter().copied().reduce(|a, b| if b < a || b.is_nan() { b } else { a });
    /// The variance, divided by the number of items.
    compute_var = |x| variance(x).map(|v| v as f32);
    /// The standard deviation, the root of the variance.
    compute_std = |x| variance(x).map(|v| v.sqrt() as f32);
}

/// The sum of products of two vectors, added in double precision; NaN for different lengths.
///
/// # Safety
///
/// `a` leads to `a_count` items, `b` to `b_count`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dot_vec(
    a: *const f32,
    a_count: usize,
    b: *const f32,
    b_count: usize,
) -> f32 {
    // SAFETY: promised by the caller.
    let a = unsafe { items(a, a_count) };
    // SAFETY: as above.
    let b = unsafe { items(b, b_count) };
    number(|| {
        let (a, b) = (a?, b?);
        let products = a.iter().zip(b).map(|(&x, &y)| f64::from(x) * f64::from(y));
        (a.len() == b.len()).then(|| products.sum::<f64>() as f32)
    })
}

/// The product of matrices `(a_rows, a_columns)` and `(b_rows, b_columns)`; NULL where they do not fit each other.
///
/// # Safety
///
/// Both pointers lead to matrices of these sizes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn matmul_2d(
    a: *const f32,
    a_rows: usize,
    a_columns: usize,
    b: *const f32,
    b_rows: usize,
    b_columns: usize,
) -> *mut f32 {
    let sizes = (
        a_rows.checked_mul(a_columns),
        b_rows.checked_mul(b_columns),
        a_rows.checked_mul(b_columns),
    );
    let ((Some(n_a), Some(n_b), Some(n)), true) = (sizes, a_columns == b_rows) else {
        return std::ptr::null_mut();
    };
    // SAFETY: promised by the caller.
    let Some(a) = (unsafe { items(a, n_a) }) else {
        return std::ptr::null_mut();
    };
    // SAFETY: as above.
    let Some(b) = (unsafe { items(b, n_b) }) else {
        return std::ptr::null_mut();
    };
    buffer(n, |to| {
        if n == 0 || a_columns == 0 {
            return Some(());
        }
        for (row, to) in a
            .chunks_exact(a_columns)
            .zip(to.chunks_exact_mut(b_columns))
        {
            for (&x, other) in row.iter().zip(b.chunks_exact(b_columns)) {
                to.iter_mut().zip(other).for_each(|(to, y)| *to += x * y);
            }
        }
        Some(())
    })
}

/// The items again, for a shape `(rows, columns)`; NULL where that has another number of items.
///
/// # Safety
///
/// `data` leads to `count` items, `shape` to two numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reshape_vec(
    data: *const f32,
    count: usize,
    shape: *const usize,
) -> *mut f32 {
    // SAFETY: promised by the caller.
    let Some(x) = (unsafe { items(data, count) }) else {
        return std::ptr::null_mut();
    };
    // SAFETY: as above.
    let Some([rows, columns]) = (unsafe { items(shape, 2) }) else {
        return std::ptr::null_mut();
    };
    if rows.checked_mul(*columns) != Some(count) {
        return std::ptr::null_mut();
    }
    buffer(count, |to| {
        to.copy_from_slice(x);
        Some(())
    })
}

/// A matrix `(rows, columns)` as `(columns, rows)`.
///
/// # Safety
///
/// `data` leads to a matrix of that size.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn transpose_2d(data: *const f32, rows: usize, columns: usize) -> *mut f32 {
    let Some(count) = rows.checked_mul(columns) else {
        return std::ptr::null_mut();
    };
    // SAFETY: promised by the caller.
    let Some(x) = (unsafe { items(data, count) }) else {
        return std::ptr::null_mut();
    };
    buffer(count, |to| {
        for (i, v) in x.iter().enumerate() {
            to[i % columns * rows + i / columns] = *v;
        }
        Some(())
    })
}

/// The items of `count` vectors one after another.
///
/// # Safety
///
/// `vectors` leads to `count` pointers, `counts` to as many lengths, and each pointer to as many items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn concatenate(
    vectors: *const *const f32,
    counts: *const usize,
    count: usize,
) -> *mut f32 {
    // SAFETY: promised by the caller.
    let Some(vectors) = (unsafe { items(vectors, count) }) else {
        return std::ptr::null_mut();
    };
    // SAFETY: as above.
    let Some(counts) = (unsafe { items(counts, count) }) else {
        return std::ptr::null_mut();
    };
    let Some(total) = counts.iter().try_fold(0usize, |sum, n| sum.checked_add(*n)) else {
        return std::ptr::null_mut();
    };
    buffer(total, |to| {
        let mut rest = to;
        for (&vector, &n) in vectors.iter().zip(counts) {
            // SAFETY: as above.
            let x = unsafe { items(vector, n) }?;
            let (part, further) = rest.split_at_mut(n);
            part.copy_from_slice(x);
            rest = further;
        }
        Some(())
    })
}

/// The lines between the points `(xp[i], fp[i])` at each `x`; `xp` rises. NULL for no points.
///
/// # Safety
///
/// `x` leads to `x_count` items, `xp` and `fp` to `count` each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interp(
    x: *const f32,
    x_count: usize,
    xp: *const f32,
    fp: *const f32,
    count: usize,
) -> *mut f32 {
    // SAFETY: promised by the caller.
    let parts = unsafe { (items(x, x_count), items(xp, count), items(fp, count)) };
    let (Some(x), Some(xp @ [first, ..]), Some(fp)) = parts else {
        return std::ptr::null_mut();
    };
    buffer(x_count, |to| {
        for (to, &x) in to.iter_mut().zip(x) {
            let after = xp.partition_point(|p| *p <= x);
            *to = if x.is_nan() {
                x
            } else if x < *first || after == 0 {
                fp[0]
            } else if after == count {
                fp[count - 1]
            } else {
                let (x0, x1) = (f64::from(xp[after - 1]), f64::from(xp[after]));
                let (y0, y1) = (f64::from(fp[after - 1]), f64::from(fp[after]));
                ((y1 - y0) / (x1 - x0) * (f64::from(x) - x0) + y0) as f32
            };
        }
        Some(())
    })
}

/// Takes back a buffer that a function of this library returned; null is nothing.
///
/// # Safety
///
/// `data` came from this library and was not taken back before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn free_float_buffer(data: *mut f32, _count: usize) {
    // SAFETY: promised by the caller.
    unsafe { take_back(data.cast()) }
}
