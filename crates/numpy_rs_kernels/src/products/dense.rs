//! Dot products, matrix times vector, matrix times matrix, over byte strides.

use super::item::Item;
use crate::abi::{Crew, LoopError};
use crate::isa::per_isa;

/// A matrix: base pointer, then byte strides along rows' index and columns' index.
pub type Matrix = (*const u8, isize, isize);

/// Products with at least this many multiplications go to `gemm`.
const GEMM_FROM: usize = 16384;

#[inline(always)]
unsafe fn at<T: Copy>(p: *const u8, offset_bytes: isize) -> T {
    // SAFETY: the caller keeps the offset inside the operand.
    unsafe { p.offset(offset_bytes).cast::<T>().read() }
}

/// The sum of `conj?(a[i]) * b[i]`.
#[inline(always)]
unsafe fn dot_of<T: Item, const CONJUGATE: bool>(
    a: *const u8,
    sa: isize,
    b: *const u8,
    sb: isize,
    n: usize,
) -> T::Partial {
    const LANES: usize = 16;
    let size = size_of::<T>() as isize;
    let first = |x: T| if CONJUGATE { x.conjugate() } else { x };
    // SAFETY: indices stay below `n`, which the caller promises on both lanes.
    unsafe {
        let mut sum = T::ZERO;
        let mut i = 0;
        if sa == size && sb == size && n >= LANES {
            let (x, y) = (a.cast::<T>(), b.cast::<T>());
            let mut r = [T::ZERO; LANES];
            while i + LANES <= n {
                for (j, r) in r.iter_mut().enumerate() {
                    *r = T::add_product(*r, first(*x.add(i + j)), *y.add(i + j));
                }
                i += LANES;
            }
            for r in r {
                sum = T::join(sum, r);
            }
        }
        while i < n {
            let k = i as isize;
            sum = T::add_product(sum, first(at::<T>(a, k * sa)), at::<T>(b, k * sb));
            i += 1;
        }
        sum
    }
}

#[inline(always)]
unsafe fn dot<T: Item>(a: *const u8, sa: isize, b: *const u8, sb: isize, o: *mut u8, n: usize) {
    // SAFETY: the contract of `dot_of`, and `o` takes one item.
    unsafe {
        o.cast::<T>()
            .write(T::finish(dot_of::<T, true>(a, sa, b, sb, n)));
    }
}

/// `o[i] = sum(a[i, j] * x[j])`, or with `x` conjugated.
#[inline(always)]
unsafe fn matrix_vector<T: Item>(
    a: Matrix,
    x: (*const u8, isize),
    o: (*mut u8, isize),
    m: usize,
    n: usize,
    conjugate: bool,
) {
    // SAFETY: the caller promises `m` by `n` items, `n` items and `m` items.
    unsafe {
        let size = size_of::<T>() as isize;
        let by_columns = a.1 == size
            && a.2 != size
            && o.1 == size
            && m >= 8
            && size_of::<T::Partial>() == size_of::<T>();
        if by_columns {
            // Partial sums live in the output, which holds items of the same type here.
            let out = o.0.cast::<T::Partial>();
            for i in 0..m {
                out.add(i).write(T::ZERO);
            }
            for j in 0..n as isize {
                let mut v = at::<T>(x.0, j * x.1);
                if conjugate {
                    v = v.conjugate();
                }
                let column = a.0.offset(j * a.2).cast::<T>();
                for i in 0..m {
                    out.add(i)
                        .write(T::add_product(*out.add(i), *column.add(i), v));
                }
            }
            return;
        }
        for i in 0..m as isize {
            let row = a.0.offset(i * a.1);
            let sum = if conjugate {
                dot_of::<T, true>(x.0, x.1, row, a.2, n)
            } else {
                dot_of::<T, false>(x.0, x.1, row, a.2, n)
            };
            o.0.offset(i * o.1).cast::<T>().write(T::finish(sum));
        }
    }
}

/// `I` rows by `J` columns of a product from place `(i, j)` on; the sums stay in registers. Rows of `b` and `o` are
/// contiguous.
#[inline(always)]
unsafe fn tile<T: Item, const I: usize, const J: usize>(
    a: Matrix,
    b: Matrix,
    o: (*mut u8, isize, isize),
    (i, j): (usize, usize),
    k: usize,
) {
    // SAFETY: the caller promises that the tile lies in the output.
    unsafe {
        let rows = a.0.offset(i as isize * a.1);
        let columns = b.0.cast::<T>().add(j).cast::<u8>();
        let mut sums = [[T::ZERO; J]; I];
        for l in 0..k as isize {
            let row = columns.offset(l * b.1).cast::<T>();
            for (r, sums) in sums.iter_mut().enumerate() {
                let v = at::<T>(rows, r as isize * a.1 + l * a.2);
                for (c, sum) in sums.iter_mut().enumerate() {
                    *sum = T::add_product(*sum, v, *row.add(c));
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            let out = o.0.offset((i + r) as isize * o.1).cast::<T>().add(j);
            for (c, &sum) in sums.iter().enumerate() {
                out.add(c).write(T::finish(sum));
            }
        }
    }
}

/// A product by tiles of four rows, the widest of them `J` columns.
#[inline(always)]
unsafe fn by_tiles<T: Item, const J: usize>(
    a: Matrix,
    b: Matrix,
    o: (*mut u8, isize, isize),
    (m, k, n): (usize, usize, usize),
) {
    // SAFETY: tiles lie in the output, whose shape the caller promises.
    unsafe {
        let mut j = 0;
        while j < n {
            let width = if j + J <= n {
                J
            } else if j + 4 <= n {
                4
            } else {
                1
            };
            let mut i = 0;
            while i < m {
                let four = i + 4 <= m;
                match (four, width) {
                    (true, w) if w == J => tile::<T, 4, J>(a, b, o, (i, j), k),
                    (false, w) if w == J => tile::<T, 1, J>(a, b, o, (i, j), k),
                    (true, 4) => tile::<T, 4, 4>(a, b, o, (i, j), k),
                    (false, 4) => tile::<T, 1, 4>(a, b, o, (i, j), k),
                    (true, _) => tile::<T, 4, 1>(a, b, o, (i, j), k),
                    (false, _) => tile::<T, 1, 1>(a, b, o, (i, j), k),
                }
                i += if four { 4 } else { 1 };
            }
            j += width;
        }
    }
}

/// A product by whole rows of `b` and `o`, four rows of `b` at a time: for integers whose products the compiler does not
/// see through in tiles. Partial sums live in the output.
#[inline(always)]
unsafe fn by_rows<T: Item>(
    a: Matrix,
    b: Matrix,
    o: (*mut u8, isize, isize),
    (m, k, n): (usize, usize, usize),
) {
    // SAFETY: the caller promises matrices of these shapes, with contiguous rows where it matters, and sums of the
    // items' own type.
    unsafe {
        for i in 0..m as isize {
            let out = o.0.offset(i * o.1).cast::<T::Partial>();
            for j in 0..n {
                out.add(j).write(T::ZERO);
            }
            let (row, mut l) = (a.0.offset(i * a.1), 0);
            while l + 4 <= k as isize {
                let v: [T; 4] = std::array::from_fn(|d| at::<T>(row, (l + d as isize) * a.2));
                let r: [*const T; 4] =
                    std::array::from_fn(|d| b.0.offset((l + d as isize) * b.1).cast::<T>());
                for j in 0..n {
                    let mut sum = *out.add(j);
                    sum = T::add_product(sum, v[0], *r[0].add(j));
                    sum = T::add_product(sum, v[1], *r[1].add(j));
                    sum = T::add_product(sum, v[2], *r[2].add(j));
                    sum = T::add_product(sum, v[3], *r[3].add(j));
                    out.add(j).write(sum);
                }
                l += 4;
            }
            while l < k as isize {
                let v = at::<T>(row, l * a.2);
                let r = b.0.offset(l * b.1).cast::<T>();
                for j in 0..n {
                    out.add(j).write(T::add_product(*out.add(j), v, *r.add(j)));
                }
                l += 1;
            }
        }
    }
}

/// `o[i, j] = sum(a[i, k] * b[k, j])`, by tiles where rows of `b` and `o` are contiguous.
#[inline(always)]
unsafe fn matrix_matrix<T: Item>(
    a: Matrix,
    b: Matrix,
    o: (*mut u8, isize, isize),
    m: usize,
    k: usize,
    n: usize,
) {
    // SAFETY: the caller promises matrices of these shapes.
    unsafe {
        let size = size_of::<T>() as isize;
        if b.2 == size && o.2 == size {
            if !T::TILES {
                return by_rows::<T>(a, b, o, (m, k, n));
            }
            // Two of the widest registers of partial sums to a row.
            return match size_of::<T::Partial>() {
                1 | 2 => by_tiles::<T, 64>(a, b, o, (m, k, n)),
                4 => by_tiles::<T, 32>(a, b, o, (m, k, n)),
                8 => by_tiles::<T, 16>(a, b, o, (m, k, n)),
                _ => by_tiles::<T, 8>(a, b, o, (m, k, n)),
            };
        }
        for i in 0..m as isize {
            for j in 0..n as isize {
                let sum = dot_of::<T, false>(a.0.offset(i * a.1), a.2, b.0.offset(j * b.2), b.1, k);
                o.0.offset(i * o.1 + j * o.2)
                    .cast::<T>()
                    .write(T::finish(sum));
            }
        }
    }
}

per_isa!(
    /// The conjugated dot product of two lanes into one item.
    pub fn pick_dot<T: Item>(a: *const u8, sa: isize, b: *const u8, sb: isize, o: *mut u8, n: usize) = dot);
per_isa!(
    /// A matrix times a vector, the vector conjugated on demand.
    pub fn pick_matrix_vector<T: Item>(a: Matrix, x: (*const u8, isize), o: (*mut u8, isize), m: usize, n: usize,
        conjugate: bool) = matrix_vector);
per_isa!(
    /// A matrix times a matrix by plain loops.
    pub fn pick_matrix_matrix<T: Item>(a: Matrix, b: Matrix, o: (*mut u8, isize, isize), m: usize, k: usize,
        n: usize) = matrix_matrix);

/// Whether a product of these sizes and layouts is one for `gemm`.
fn suits_gemm<T: Item>(strides: [isize; 6], (m, k, n): (usize, usize, usize)) -> bool {
    T::DENSE.is_some()
        && m.saturating_mul(k).saturating_mul(n) >= GEMM_FROM
        && strides.iter().all(|s| s % size_of::<T>() as isize == 0)
}

/// Operands that threads share: all of them read two, and each writes its part of the third.
struct Operands(Matrix, Matrix, (*mut u8, isize, isize));

// SAFETY: as above.
unsafe impl Sync for Operands {}

/// `o = a b` by the crate `gemm` where that suits, in pieces that follow from the shape alone; false if it does not.
///
/// # Safety
///
/// The matrices have these shapes.
pub(crate) unsafe fn multiply_by_gemm<T: Item>(
    a: Matrix,
    b: Matrix,
    o: (*mut u8, isize, isize),
    (m, k, n): (usize, usize, usize),
    crew: Option<&dyn Crew>,
) -> Result<bool, LoopError> {
    /// The side of a piece, and the multiplications of the whole from which there are several.
    const SIDE: usize = 256;
    const SHARED: usize = 1 << 22;
    if !suits_gemm::<T>([a.1, a.2, b.1, b.2, o.1, o.2], (m, k, n)) {
        return Ok(false);
    }
    let size = size_of::<T>() as isize;
    let all = Operands(a, b, o);
    let one = |(i, j): (usize, usize), (m, n): (usize, usize)| {
        let Operands(a, b, o) = &all;
        let (i, j) = (i as isize, j as isize);
        // SAFETY: shapes and strides are the caller's; the output overlaps nothing.
        unsafe {
            gemm::gemm::<T>(
                m,
                n,
                k,
                o.0.offset(i * o.1 + j * o.2).cast(),
                o.2 / size,
                o.1 / size,
                false,
                a.0.offset(i * a.1).cast(),
                a.2 / size,
                a.1 / size,
                b.0.offset(j * b.2).cast(),
                b.2 / size,
                b.1 / size,
                T::ONE,
                T::ONE,
                false,
                false,
                false,
                gemm::Parallelism::None,
            );
        }
    };
    let across = n.div_ceil(SIDE);
    match crew {
        Some(crew) if m * n * k >= SHARED => {
            crew.run(crew.threads(), m.div_ceil(SIDE) * across, &|at| {
                let (i, j) = (at / across * SIDE, at % across * SIDE);
                one((i, j), (SIDE.min(m - i), SIDE.min(n - j)));
                Ok(())
            })?
        }
        _ => one((0, 0), (m, n)),
    }
    Ok(true)
}
