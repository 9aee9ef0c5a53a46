//! Loops over columns: written so that several lanes go at once, and compiled for the instructions of the CPU at hand.

use std::ops::Range;

use crate::scalar::Scalar;

/// Sums that run abreast: each waits for itself alone.
pub(crate) const LANES: usize = 8;
/// Columns that are worked on together, so that the vector that meets them is read once.
pub(crate) const ABREAST: usize = 4;

/// Makes a function that runs `body`, which is `#[inline(always)]` with all that it calls, with the best instructions of
/// this CPU.
macro_rules! per_isa {
    ($(#[$meta:meta])* $vis:vis fn $name:ident $(<$g:ident : $b:path>)? ($($arg:ident : $t:ty),* $(,)?) $(-> $ret:ty)?
        = $body:expr) => {
        $(#[$meta])*
        #[allow(clippy::too_many_arguments)]
        $vis fn $name $(<$g: $b>)? ($($arg: $t),*) $(-> $ret)? {
            #[cfg(target_arch = "x86_64")]
            {
                #[allow(clippy::too_many_arguments)]
                #[target_feature(enable = "avx2,fma,bmi1,bmi2")]
                fn avx2 $(<$g: $b>)? ($($arg: $t),*) $(-> $ret)? {
                    $body($($arg),*)
                }
                #[allow(clippy::too_many_arguments)]
                #[target_feature(enable = "avx2,fma,bmi1,bmi2,avx512f,avx512bw,avx512cd,avx512dq,avx512vl")]
                fn avx512 $(<$g: $b>)? ($($arg: $t),*) $(-> $ret)? {
                    $body($($arg),*)
                }
                match numpy_rs_kernels::isa::best() {
                    // SAFETY: `best` names instruction sets that this CPU has.
                    numpy_rs_kernels::isa::Isa::Avx512 => return unsafe { avx512($($arg),*) },
                    // SAFETY: as above.
                    numpy_rs_kernels::isa::Isa::Avx2 => return unsafe { avx2($($arg),*) },
                    numpy_rs_kernels::isa::Isa::Baseline => {}
                }
            }
            $body($($arg),*)
        }
    };
}
pub(crate) use per_isa;

#[inline(always)]
pub(crate) fn total<T: Scalar>(sums: [T; LANES]) -> T {
    let mut half = [T::ZERO; LANES / 2];
    for i in 0..LANES / 2 {
        half[i] = sums[i].plus(sums[i + LANES / 2], T::ONE);
    }
    half[0]
        .plus(half[2], T::ONE)
        .plus(half[1].plus(half[3], T::ONE), T::ONE)
}

/// `xᴴ y`
#[inline(always)]
pub(crate) fn dot<T: Scalar>(x: &[T], y: &[T]) -> T {
    let mut sums = [T::ZERO; LANES];
    let (xs, ys) = (x.chunks_exact(LANES), y.chunks_exact(LANES));
    for (i, (&x, &y)) in xs.remainder().iter().zip(ys.remainder()).enumerate() {
        sums[i] = x.conjugate().times(y);
    }
    for (x, y) in xs.zip(ys) {
        for i in 0..LANES {
            sums[i] = sums[i].plus(x[i].conjugate(), y[i]);
        }
    }
    total(sums)
}

/// The sum of the squares of absolute values.
#[inline(always)]
pub(crate) fn squares<T: Scalar>(x: &[T]) -> f64 {
    let square = |v: T| v.re() * v.re() + v.im() * v.im();
    let mut sums = [0.0; LANES];
    let parts = x.chunks_exact(LANES);
    for (sum, &v) in sums.iter_mut().zip(parts.remainder()) {
        *sum = square(v);
    }
    for part in parts {
        for i in 0..LANES {
            sums[i] += square(part[i]);
        }
    }
    total(sums)
}

/// `to[k] = columnᴴ x` for each column of height `height`, of which the part from `first` on meets `x`.
#[inline(always)]
pub(crate) fn dots<T: Scalar>(columns: &[T], height: usize, first: usize, x: &[T], to: &mut [T]) {
    for (to, column) in to.iter_mut().zip(columns.chunks_exact(height)) {
        *to = dot(&column[first..first + x.len()], x);
    }
}

/// `y -= column * factor` for each column of height `height`, of which the part from `first` on meets `y`.
#[inline(always)]
pub(crate) fn subtract_columns<T: Scalar>(
    y: &mut [T],
    columns: &[T],
    height: usize,
    first: usize,
    factors: &[T],
) {
    let m = y.len();
    let mut k = 0;
    while k + ABREAST <= factors.len() {
        let column = |i: usize| &columns[(k + i) * height + first..][..m];
        let (a, b, c, d) = (column(0), column(1), column(2), column(3));
        let by: [T; ABREAST] = std::array::from_fn(|i| factors[k + i].negated());
        for i in 0..m {
            let left = y[i].plus(a[i], by[0]).plus(b[i], by[1]);
            y[i] = left.plus(c[i], by[2]).plus(d[i], by[3]);
        }
        k += ABREAST;
    }
    for (column, factor) in columns.chunks_exact(height).zip(factors).skip(k) {
        let by = factor.negated();
        for (y, &x) in y.iter_mut().zip(&column[first..first + m]) {
            *y = y.plus(x, by);
        }
    }
}

/// `to = a x` for the Hermitian matrix whose lower triangle stands in the last rows and columns of `a`, which has `n`; of
/// that triangle only the columns named, which begin and end at multiples of [`ABREAST`] or at the end of all.
#[inline(always)]
pub(crate) fn hermitian_product<T: Scalar>(
    a: &[T],
    n: usize,
    columns: Range<usize>,
    x: &[T],
    to: &mut [T],
) {
    let m = x.len();
    let first = n - m;
    to.fill(T::ZERO);
    let mut j = columns.start;
    while j < columns.end {
        let width = ABREAST.min(m - j);
        let column = |k: usize| &a[(first + j + k) * n + first..][..m];
        for k in 0..width {
            let c = column(k);
            to[j + k] = to[j + k].plus(x[j + k], T::from_real(c[j + k].re()));
            for i in j + k + 1..j + width {
                to[i] = to[i].plus(c[i], x[j + k]);
                to[j + k] = to[j + k].plus(c[i].conjugate(), x[i]);
            }
        }
        let below = j + width;
        if width < ABREAST || below == m {
            break;
        }
        let columns: [&[T]; ABREAST] = std::array::from_fn(|k| &column(k)[below..]);
        let by: [T; ABREAST] = std::array::from_fn(|k| x[j + k]);
        let sums = both_sides(columns, by, &x[below..], &mut to[below..]);
        for k in 0..ABREAST {
            to[j + k] = to[j + k].plus(sums[k], T::ONE);
        }
        j = below;
    }
}

/// Adds the columns times `by` to `to`, and answers their products with `x`: each is read once for both.
#[inline(always)]
fn both_sides<T: Scalar>(
    columns: [&[T]; ABREAST],
    by: [T; ABREAST],
    x: &[T],
    to: &mut [T],
) -> [T; ABREAST] {
    let m = x.len();
    let [a, b, c, d] = columns.map(|column| &column[..m]);
    let to = &mut to[..m];
    let mut sums = [[T::ZERO; LANES]; ABREAST];
    let mut i = 0;
    while i + LANES <= m {
        let part = i..i + LANES;
        let (a, b, c, d) = (
            &a[part.clone()],
            &b[part.clone()],
            &c[part.clone()],
            &d[part.clone()],
        );
        let (x, to) = (&x[part.clone()], &mut to[part]);
        for l in 0..LANES {
            to[l] = to[l]
                .plus(a[l], by[0])
                .plus(b[l], by[1])
                .plus(c[l], by[2])
                .plus(d[l], by[3]);
        }
        for l in 0..LANES {
            sums[0][l] = sums[0][l].plus(a[l].conjugate(), x[l]);
            sums[1][l] = sums[1][l].plus(b[l].conjugate(), x[l]);
            sums[2][l] = sums[2][l].plus(c[l].conjugate(), x[l]);
            sums[3][l] = sums[3][l].plus(d[l].conjugate(), x[l]);
        }
        i += LANES;
    }
    let mut found = sums.map(total);
    while i < m {
        to[i] = to[i]
            .plus(a[i], by[0])
            .plus(b[i], by[1])
            .plus(c[i], by[2])
            .plus(d[i], by[3]);
        for (sum, column) in found.iter_mut().zip([a, b, c, d]) {
            *sum = sum.plus(column[i].conjugate(), x[i]);
        }
        i += 1;
    }
    found
}
