//! Products by blocks against plain sums, for all types and instruction sets, and the same bits however they are cut.

use super::{Kernel, Scalar, Task, multiply};
use crate::abi::{Crew, LoopError};
use crate::isa::{Isa, best};

/// Says that it has many threads, and runs blocks from the last to the first.
struct Backwards(usize);

impl Crew for Backwards {
    fn threads(&self) -> usize {
        self.0
    }

    fn run(
        &self,
        _threads: usize,
        n_blocks: usize,
        block: &(dyn Fn(usize) -> Result<(), LoopError> + Sync),
    ) -> Result<(), LoopError> {
        (0..n_blocks).rev().try_for_each(block)
    }
}

trait Number: Copy + PartialEq + std::fmt::Debug {
    const SCALAR: Scalar;
    /// The real and the imaginary part.
    fn from_parts(parts: (f64, f64)) -> Self;
    fn parts(self) -> (f64, f64);
}

macro_rules! numbers {
    ($($t:ty, $scalar:ident, $x:ident => $make:expr, $get:expr;)*) => {$(
        impl Number for $t {
            const SCALAR: Scalar = Scalar::$scalar;
            fn from_parts($x: (f64, f64)) -> Self { $make }
            fn parts(self) -> (f64, f64) { let $x = self; $get }
        }
    )*};
}

numbers! {
    f64, F64, x => x.0, (x, 0.0);
    f32, F32, x => x.0 as f32, (f64::from(x), 0.0);
    [f64; 2], C64, x => [x.0, x.1], (x[0], x[1]);
    [f32; 2], C32, x => [x.0 as f32, x.1 as f32], (f64::from(x[0]), f64::from(x[1]));
}

/// Numbers between -0.5 and 0.5 without a pattern.
fn scattered<T: Number>(n: usize, seed: u64) -> Vec<T> {
    let mut state = seed;
    let mut next = || {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 40) as f64 / f64::from(1u32 << 24) - 0.5
    };
    (0..n).map(|_| T::from_parts((next(), next()))).collect()
}

/// The product of two matrices that lie by rows or by columns.
fn product<T: Number>(
    kernel: &Kernel,
    (a, b): (&[T], &[T]),
    sizes: (usize, usize, usize),
    layout: usize,
    crew: Option<&dyn Crew>,
) -> (Vec<T>, bool) {
    let (m, k, n) = sizes;
    let size = size_of::<T>() as isize;
    let steps = |rows: usize, columns: usize, bit: usize| {
        if layout & bit == 0 {
            (columns as isize * size, size)
        } else {
            (size, rows as isize * size)
        }
    };
    let (sa, sb, so) = (steps(m, k, 1), steps(k, n, 2), steps(m, n, 4));
    let mut o = vec![T::from_parts((f64::NAN, f64::NAN)); m * n];
    assert!(kernel.suits([sa.0, sa.1, sb.0, sb.1, so.0, so.1], sizes));
    let task = Task {
        a: (a.as_ptr().cast(), sa.0, sa.1),
        b: (b.as_ptr().cast(), sb.0, sb.1),
        o: (o.as_mut_ptr().cast(), so.0, so.1),
        sizes,
    };
    // SAFETY: the operands have these shapes and steps.
    let flawed = unsafe { multiply(kernel, &task, crew) }.expect("memory for the copies");
    let by_rows = (0..m * n).map(|at| {
        let (i, j) = ((at / n) as isize, (at % n) as isize);
        o[((i * so.0 + j * so.1) / size) as usize]
    });
    (by_rows.collect(), flawed)
}

/// Exchanges rows and columns, so that a matrix by columns holds the same as one by rows.
fn turned<T: Number>(x: &[T], rows: usize, columns: usize) -> Vec<T> {
    (0..rows * columns)
        .map(|at| x[at % rows * columns + at / rows])
        .collect()
}

fn check<T: Number>(eps: f64) {
    let sets = [Isa::Avx2, Isa::Avx512];
    for kernel in sets
        .into_iter()
        .filter(|&isa| isa <= best())
        .filter_map(|isa| Kernel::of(T::SCALAR, isa))
    {
        for (m, k, n) in [
            (2, 70, 2),
            (9, 5, 7),
            (8, 192, 48),
            (9, 193, 49),
            (70, 64, 65),
            (33, 400, 100),
            (150, 130, 201),
        ] {
            let (a, b) = (scattered::<T>(m * k, 1), scattered::<T>(k * n, 2));
            let (first, flawed) = product(&kernel, (&a, &b), (m, k, n), 0, None);
            assert!(!flawed);
            for i in 0..m {
                for j in 0..n {
                    let (mut re, mut im) = (0.0, 0.0);
                    for l in 0..k {
                        let (x, y) = (a[i * k + l].parts(), b[l * n + j].parts());
                        re += x.0 * y.0 - x.1 * y.1;
                        im += x.0 * y.1 + x.1 * y.0;
                    }
                    let got = first[i * n + j].parts();
                    let most = eps * k as f64;
                    assert!(
                        (got.0 - re).abs() < most && (got.1 - im).abs() < most,
                        "({m}, {k}, {n}) at {i}, {j}: {got:?}, not {re}, {im}"
                    );
                }
            }
            let (a_turned, b_turned) = (turned(&a, m, k), turned(&b, k, n));
            for layout in 0..8 {
                let operands = (
                    if layout & 1 == 0 { &a[..] } else { &a_turned },
                    if layout & 2 == 0 { &b[..] } else { &b_turned },
                );
                for threads in [1, 2, 7] {
                    let crew = Backwards(threads);
                    let other = product(&kernel, operands, (m, k, n), layout, Some(&crew));
                    assert_eq!(
                        first, other.0,
                        "({m}, {k}, {n}), {layout}, {threads} threads"
                    );
                }
            }
        }
    }
}

#[test]
fn reals_multiply() {
    check::<f64>(1e-16);
    check::<f32>(6e-8);
}

#[test]
fn complex_numbers_multiply() {
    check::<[f64; 2]>(2e-16);
    check::<[f32; 2]>(1.2e-7);
}

#[test]
fn a_matrix_times_itself_turned_is_as_any_product() {
    let (m, k) = (320, 50);
    for kernel in [Isa::Avx2, Isa::Avx512]
        .into_iter()
        .filter(|&isa| isa <= best())
        .filter_map(|isa| Kernel::of(Scalar::C64, isa))
    {
        let a = scattered::<[f64; 2]>(m * k, 3);
        let copy = a.clone();
        for layout in [2, 6] {
            let want = product(&kernel, (&a, &copy), (m, k, m), layout, None);
            assert_eq!(want, product(&kernel, (&a, &a), (m, k, m), layout, None));
            let crew = Backwards(3);
            assert_eq!(
                want,
                product(&kernel, (&a, &a), (m, k, m), layout, Some(&crew))
            );
        }
    }
}

#[test]
fn what_is_not_finite_is_told() {
    let Some(kernel) = Kernel::of(Scalar::F64, best()) else {
        return;
    };
    let (m, k, n) = (30, 300, 40);
    let (mut a, b) = (scattered::<f64>(m * k, 1), scattered::<f64>(k * n, 2));
    a[k * 29 + 5] = f64::INFINITY;
    let (o, flawed) = product(&kernel, (&a, &b), (m, k, n), 0, None);
    assert!(flawed);
    assert!(o[..n * 29].iter().all(|x| x.is_finite()));
    assert!(o[n * 29..].iter().all(|x| !x.is_finite()));
}
