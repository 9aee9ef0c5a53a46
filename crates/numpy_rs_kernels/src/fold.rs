//! Folding a lane into one item: in order, with several accumulators, or pairwise as NumPy sums floats.

#[cfg(all(target_arch = "x86_64", not(windows)))]
use numpy_rs_elements::LongDouble;
use numpy_rs_elements::fp_events::FpEvents;
use numpy_rs_elements::real::Real;
use numpy_rs_elements::{Complex, f16};

use crate::events::{Inexact, check_fold};
use crate::fold_rows::{FoldRows, kernel, rows_of};
use crate::isa::{Isa, per_isa};

/// Finds the events of a fold from its start, its result and the lane.
pub type CheckFold<T> = unsafe fn(T, T, *const u8, isize, usize) -> FpEvents;

/// The loops of one function that take a lane into an accumulator.
#[derive(Clone, Copy)]
pub struct Folds<T> {
    /// `acc = f(acc, x[k])` over `n` items at a byte stride.
    pub fold: unsafe fn(acc: *mut T, x: *const u8, stride_bytes: isize, n: usize),
    /// `out[k] = acc = f(acc, x[k])` over `n` items, in order.
    pub scan: unsafe fn(acc: T, x: *const u8, sx: isize, out: *mut u8, so: isize, n: usize),
    /// Whether `fold` takes one item after the other, as `scan` does.
    pub in_order: bool,
    /// Finds the events of a fold, if it can have any.
    pub check: Option<CheckFold<T>>,
    /// Folds rows into a row.
    pub rows: FoldRows,
}

/// A way to fold with kernel `K` over items `T`.
pub trait Fold<T, K>: Copy + 'static {
    /// The loops for an instruction set; `None` where elements are folded one call at a time.
    fn folds(isa: Isa) -> Option<Folds<T>>;
}

/// Not folded often: every step goes through the block.
#[derive(Clone, Copy)]
pub struct Rare;

impl<T, K> Fold<T, K> for Rare {
    fn folds(_: Isa) -> Option<Folds<T>> {
        None
    }
}

/// In order; the compiler vectorises it where the kernel is associative (integers).
#[derive(Clone, Copy)]
pub struct InOrder;

/// In order, for floats whose result can overflow (`multiply`).
#[derive(Clone, Copy)]
pub struct InOrderWatched;

/// With several accumulators: for kernels that may be reordered freely but that the compiler cannot
/// (float `maximum`).
#[derive(Clone, Copy)]
pub struct Reordered;

/// Pairwise, with NumPy's blocks: sums of floats.
#[derive(Clone, Copy)]
pub struct Pairwise;

#[inline(always)]
unsafe fn in_order<T: Copy, K: Fn(T, T) -> T + Copy>(
    acc: *mut T,
    x: *const u8,
    stride_bytes: isize,
    n: usize,
) {
    let k = kernel::<K>();
    // SAFETY: the caller promises `n` items at `x`, and `acc`.
    unsafe {
        let mut r = *acc;
        if stride_bytes == size_of::<T>() as isize {
            let x = x.cast::<T>();
            for i in 0..n {
                r = k(r, *x.add(i));
            }
        } else {
            for i in 0..n as isize {
                r = k(r, x.offset(i * stride_bytes).cast::<T>().read());
            }
        }
        *acc = r;
    }
}

#[inline(always)]
unsafe fn scan_in_order<T: Copy, K: Fn(T, T) -> T + Copy>(
    mut acc: T,
    x: *const u8,
    sx: isize,
    out: *mut u8,
    so: isize,
    n: usize,
) {
    let k = kernel::<K>();
    for i in 0..n as isize {
        // SAFETY: the caller promises `n` items on both lanes.
        unsafe {
            acc = k(acc, x.offset(i * sx).cast::<T>().read());
            out.offset(i * so).cast::<T>().write(acc);
        }
    }
}

#[inline(always)]
unsafe fn reordered<T: Copy, K: Fn(T, T) -> T + Copy>(
    acc: *mut T,
    x: *const u8,
    stride_bytes: isize,
    n: usize,
) {
    // Four vectors of 64 bytes of float64, two of float32: enough to hide the latency of a comparison.
    const LANES: usize = 32;
    let k = kernel::<K>();
    // SAFETY: the caller promises `n` items at `x`, and `acc`.
    unsafe {
        if stride_bytes != size_of::<T>() as isize || n < 2 * LANES {
            return in_order::<T, K>(acc, x, stride_bytes, n);
        }
        let p = x.cast::<T>();
        let mut r: [T; LANES] = p.cast::<[T; LANES]>().read_unaligned();
        let whole = n - n % LANES;
        let mut i = LANES;
        while i < whole {
            let v = p.add(i).cast::<[T; LANES]>().read_unaligned();
            for j in 0..LANES {
                r[j] = k(r[j], v[j]);
            }
            i += LANES;
        }
        let mut total = *acc;
        for v in r {
            total = k(total, v);
        }
        for i in whole..n {
            total = k(total, *p.add(i));
        }
        *acc = total;
    }
}

per_isa!(fn pick_in_order<T: Copy, K>(acc: *mut T, x: *const u8, stride_bytes: isize, n: usize)
    = in_order where K: Fn(T, T) -> T + Copy);
per_isa!(fn pick_reordered<T: Copy, K>(acc: *mut T, x: *const u8, stride_bytes: isize, n: usize)
    = reordered where K: Fn(T, T) -> T + Copy);
per_isa!(fn pick_pairwise<T: Sum>(acc: *mut T, x: *const u8, stride_bytes: isize, n: usize) = add_pairwise);

impl<T: Copy + 'static, K: Fn(T, T) -> T + Copy + 'static> Fold<T, K> for InOrder {
    fn folds(isa: Isa) -> Option<Folds<T>> {
        Some(Folds {
            rows: rows_of::<T, K>(isa),
            fold: pick_in_order::<T, K>(isa),
            scan: scan_in_order::<T, K>,
            in_order: true,
            check: None,
        })
    }
}

impl<T: Inexact, K: Fn(T, T) -> T + Copy + 'static> Fold<T, K> for InOrderWatched {
    fn folds(isa: Isa) -> Option<Folds<T>> {
        Some(Folds {
            rows: rows_of::<T, K>(isa),
            fold: in_order::<T, K>,
            scan: scan_in_order::<T, K>,
            in_order: true,
            check: Some(check_fold::<T>),
        })
    }
}

impl<T: Copy + 'static, K: Fn(T, T) -> T + Copy + 'static> Fold<T, K> for Reordered {
    fn folds(isa: Isa) -> Option<Folds<T>> {
        Some(Folds {
            rows: rows_of::<T, K>(isa),
            fold: pick_reordered::<T, K>(isa),
            scan: scan_in_order::<T, K>,
            in_order: false,
            check: None,
        })
    }
}

impl<T: Sum + Inexact, K: Fn(T, T) -> T + Copy + 'static> Fold<T, K> for Pairwise {
    fn folds(isa: Isa) -> Option<Folds<T>> {
        Some(Folds {
            rows: rows_of::<T, K>(isa),
            fold: pick_pairwise::<T>(isa),
            scan: scan_in_order::<T, K>,
            in_order: false,
            check: Some(check_fold::<T>),
        })
    }
}

/// Leaves of the pairwise sum hold at most this many numbers.
const LEAF: usize = 128;

/// Types that sums are made of pairwise.
pub trait Sum: Copy + 'static {
    /// What partial sums are kept in.
    type Partial: Copy;
    /// The pairwise sum of `n` items at a byte stride, `-0.0` where `n` is 0.
    ///
    /// # Safety
    ///
    /// The lane is valid for reads of `n` items.
    unsafe fn pairwise(x: *const u8, stride_bytes: isize, n: usize) -> Self::Partial;
    /// The accumulator plus a partial sum, rounded once.
    fn plus(self, partial: Self::Partial) -> Self;
}

#[inline(always)]
unsafe fn add_pairwise<T: Sum>(acc: *mut T, x: *const u8, stride_bytes: isize, n: usize) {
    // SAFETY: the caller promises `n` items at `x`, and `acc`.
    unsafe { *acc = (*acc).plus(T::pairwise(x, stride_bytes, n)) }
}

/// The recursion over leaves without recursing: numbers `n` from `x` split at `n / 2` rounded down to 8.
///
/// The depth is at most 64 because every step halves `n`.
#[inline(always)]
unsafe fn pairwise_real<F: Real>(
    x: *const u8,
    stride_bytes: isize,
    n: usize,
    load: impl Fn(*const u8) -> F + Copy,
) -> F {
    if n <= LEAF {
        // SAFETY: the caller promises `n` items.
        return unsafe { leaf_real(x, stride_bytes, n, load) };
    }
    // A pending right half, or a finished left half waiting for its right one.
    #[derive(Clone, Copy)]
    enum Task<F> {
        Sum(*const u8, usize),
        Add(F),
    }
    let mut stack = [Task::<F>::Sum(x, 0); 66];
    let mut depth = 0;
    let (mut p, mut len) = (x, n);
    loop {
        while len > LEAF {
            let left = len / 2 - (len / 2) % 8;
            // SAFETY: the right half starts within the lane.
            let right = unsafe { p.offset(left as isize * stride_bytes) };
            stack[depth] = Task::Sum(right, len - left);
            depth += 1;
            len = left;
        }
        // SAFETY: `p` and `len` lie within the lane.
        let mut sum = unsafe { leaf_real(p, stride_bytes, len, load) };
        loop {
            if depth == 0 {
                return sum;
            }
            depth -= 1;
            match stack[depth] {
                Task::Add(left) => sum = left + sum,
                Task::Sum(right, right_len) => {
                    stack[depth] = Task::Add(sum);
                    depth += 1;
                    (p, len) = (right, right_len);
                    break;
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn leaf_real<F: Real>(
    x: *const u8,
    stride_bytes: isize,
    n: usize,
    load: impl Fn(*const u8) -> F,
) -> F {
    // SAFETY (closure): indices stay below `n`.
    let at = |i: usize| load(x.wrapping_offset(i as isize * stride_bytes));
    if n < 8 {
        let mut sum = -F::ZERO;
        for i in 0..n {
            sum = sum + at(i);
        }
        return sum;
    }
    let mut r: [F; 8] = std::array::from_fn(at);
    let whole = n - n % 8;
    let mut i = 8;
    if stride_bytes == size_of::<F>() as isize {
        while i < whole {
            // The same additions; spelled with a constant step so that they become vector additions.
            for (j, r) in r.iter_mut().enumerate() {
                *r = *r + load(x.wrapping_add((i + j) * size_of::<F>()));
            }
            i += 8;
        }
    } else {
        while i < whole {
            for (j, r) in r.iter_mut().enumerate() {
                *r = *r + at(i + j);
            }
            i += 8;
        }
    }
    let mut sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for i in whole..n {
        sum = sum + at(i);
    }
    sum
}

/// The same for complex numbers, where `n` counts pairs; NumPy's leaves hold 64 of them.
unsafe fn pairwise_complex<F: Real>(x: *const u8, stride_bytes: isize, n: usize) -> Complex<F> {
    let at = |i: usize| {
        // SAFETY: indices stay below `n`, which the caller promises.
        unsafe {
            x.offset(i as isize * stride_bytes)
                .cast::<Complex<F>>()
                .read()
        }
    };
    let plus = |a: Complex<F>, b: Complex<F>| Complex::new(a.re + b.re, a.im + b.im);
    if n < 4 {
        let mut sum = Complex::new(-F::ZERO, -F::ZERO);
        for i in 0..n {
            sum = plus(sum, at(i));
        }
        return sum;
    }
    if n <= LEAF / 2 {
        let mut r: [Complex<F>; 4] = std::array::from_fn(at);
        let whole = n - n % 4;
        let mut i = 4;
        while i < whole {
            for (j, r) in r.iter_mut().enumerate() {
                *r = plus(*r, at(i + j));
            }
            i += 4;
        }
        let mut sum = plus(plus(r[0], r[1]), plus(r[2], r[3]));
        for i in whole..n {
            sum = plus(sum, at(i));
        }
        return sum;
    }
    // NumPy halves the count of floats (2n) and rounds that down to 8.
    let left = (n - n % 8) / 2;
    // SAFETY: both halves lie within the lane; the depth is at most 64 because every step halves `n`.
    unsafe {
        plus(
            pairwise_complex(x, stride_bytes, left),
            pairwise_complex(
                x.offset(left as isize * stride_bytes),
                stride_bytes,
                n - left,
            ),
        )
    }
}

macro_rules! sums {
    ($($t:ty)*) => {$(
        impl Sum for $t {
            type Partial = Self;
            #[inline(always)]
            unsafe fn pairwise(x: *const u8, stride_bytes: isize, n: usize) -> Self {
                // SAFETY: the caller promises `n` items; they are read where the recursion asks.
                unsafe { pairwise_real(x, stride_bytes, n, |p| p.cast::<$t>().read()) }
            }
            #[inline(always)]
            fn plus(self, partial: Self) -> Self { self + partial }
        }
    )*};
}

sums!(f32 f64);
#[cfg(all(target_arch = "x86_64", not(windows)))]
sums!(LongDouble);

impl Sum for f16 {
    type Partial = f32;
    unsafe fn pairwise(x: *const u8, stride_bytes: isize, n: usize) -> f32 {
        // SAFETY: the caller promises `n` items; they are read where the recursion asks.
        unsafe { pairwise_real(x, stride_bytes, n, |p| p.cast::<f16>().read().to_f32()) }
    }
    fn plus(self, partial: f32) -> Self {
        f16::from_f32(self.to_f32() + partial)
    }
}

impl<F: Real> Sum for Complex<F> {
    type Partial = Self;
    #[inline(always)]
    unsafe fn pairwise(x: *const u8, stride_bytes: isize, n: usize) -> Self {
        // SAFETY: the caller promises `n` items.
        unsafe { pairwise_complex(x, stride_bytes, n) }
    }
    #[inline(always)]
    fn plus(self, partial: Self) -> Self {
        Complex::new(self.re + partial.re, self.im + partial.im)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NumPy's recursion, word by word.
    fn reference(x: &[f64]) -> f64 {
        if x.len() < 8 {
            return x.iter().fold(-0.0, |sum, v| sum + v);
        }
        if x.len() <= LEAF {
            let mut r: [f64; 8] = std::array::from_fn(|i| x[i]);
            let whole = x.len() - x.len() % 8;
            for i in (8..whole).step_by(8) {
                for j in 0..8 {
                    r[j] += x[i + j];
                }
            }
            let sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
            return x[whole..].iter().fold(sum, |sum, v| sum + v);
        }
        let half = x.len() / 2;
        let (left, right) = x.split_at(half - half % 8);
        reference(left) + reference(right)
    }

    #[test]
    fn sums_have_the_bits_of_the_recursion() {
        let x: Vec<f64> = (0..70_000)
            .map(|i| 1.0 / f64::from(i + 1) - 0.001)
            .collect();
        for n in [
            0, 1, 7, 8, 9, 127, 128, 129, 255, 256, 257, 1000, 1023, 4097, 65_537,
        ] {
            for isa in [Isa::Baseline, crate::isa::best()] {
                let mut acc = 0.5;
                // SAFETY: the lane holds more than `n` items.
                unsafe { pick_pairwise::<f64>(isa)(&raw mut acc, x.as_ptr().cast(), 8, n) };
                assert_eq!(
                    acc.to_bits(),
                    (0.5 + reference(&x[..n])).to_bits(),
                    "{n} items"
                );
            }
            let spread: Vec<f64> = x[..n].iter().flat_map(|v| [*v, f64::NAN]).collect();
            let mut acc = 0.5;
            // SAFETY: the lane holds `n` items, 16 bytes apart.
            unsafe {
                pick_pairwise::<f64>(crate::isa::best())(
                    &raw mut acc,
                    spread.as_ptr().cast(),
                    16,
                    n,
                );
            };
            assert_eq!(
                acc.to_bits(),
                (0.5 + reference(&x[..n])).to_bits(),
                "{n} items apart"
            );
        }
    }

    #[test]
    fn negative_zeros_sum_to_negative_zero() {
        let x = [-0.0f64; 20];
        let mut acc = -0.0f64;
        // SAFETY: the lane holds 20 items.
        unsafe { pick_pairwise::<f64>(Isa::Baseline)(&raw mut acc, x.as_ptr().cast(), 8, 20) };
        assert!(acc == 0.0 && acc.is_sign_negative());
    }
}
