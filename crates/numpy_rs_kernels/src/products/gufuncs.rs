//! The rows of `matmul`, `vecdot`, `matvec` and `vecmat`: an outer loop over pairs of operands.

use numpy_rs_elements::fp_events::FpEvents;
use numpy_rs_elements::object::{BinaryOp, Object, ObjectOps};

use super::blocked::{Kernel, Task, multiply};
use super::dense::{Matrix, multiply_by_gemm, pick_dot, pick_matrix_matrix, pick_matrix_vector};
use super::item::Item;
use crate::abi::{LoopContext, LoopError, LoopFn, LoopStatus};
use crate::isa::best;
use crate::lanes::Loop;

type Dot = unsafe fn(*const u8, isize, *const u8, isize, *mut u8, usize);
type MatrixVector = unsafe fn(Matrix, (*const u8, isize), (*mut u8, isize), usize, usize, bool);
type MatrixMatrix = unsafe fn(Matrix, Matrix, (*mut u8, isize, isize), usize, usize, usize);

struct Table {
    dot: Dot,
    matrix_vector: MatrixVector,
    matrix_matrix: MatrixMatrix,
    blocked: Option<Kernel>,
}

impl Table {
    fn of<T: Item>() -> Self {
        let isa = best();
        Self {
            dot: pick_dot::<T>(isa),
            matrix_vector: pick_matrix_vector::<T>(isa),
            matrix_matrix: pick_matrix_matrix::<T>(isa),
            blocked: T::DENSE.and_then(|scalar| Kernel::of(scalar, isa)),
        }
    }
}

/// `(n?,k),(k,m?)->(n?,m?)`
pub fn matmul<T: Item>() -> Loop<(T, T, T)> {
    Loop::new(run_matmul::<T> as LoopFn, Table::of::<T>())
}

/// `(n),(n)->()`, the first operand conjugated.
pub fn vecdot<T: Item>() -> Loop<(T, T, T)> {
    Loop::new(run_vecdot::<T> as LoopFn, Table::of::<T>())
}

/// `(m,n),(n)->(m)`
pub fn matvec<T: Item>() -> Loop<(T, T, T)> {
    Loop::new(run_matvec::<T> as LoopFn, Table::of::<T>())
}

/// `(n),(n,m)->(m)`, the vector conjugated.
pub fn vecmat<T: Item>() -> Loop<(T, T, T)> {
    Loop::new(run_vecmat::<T> as LoopFn, Table::of::<T>())
}

/// An operand of a step as a matrix of `(rows, columns)`, for looking at its items.
type Block = (*const u8, isize, isize, usize, usize);

/// The events of a product, found in what went in and what came out.
unsafe fn events<T: Item>(ctx: &LoopContext<'_>, a: Block, b: Block, o: Block) -> FpEvents {
    if !ctx.watch || !T::INEXACT {
        return FpEvents::NONE;
    }
    let specials = |m: Block| {
        let mut found = (false, false);
        for i in 0..m.3 as isize {
            for j in 0..m.4 as isize {
                // SAFETY: the caller promises matrices of these shapes.
                let (nan, inf) =
                    unsafe { m.0.offset(i * m.1 + j * m.2).cast::<T>().read() }.specials();
                found = (found.0 | nan, found.1 | inf);
            }
        }
        found
    };
    let out = specials(o);
    if out == (false, false) {
        return FpEvents::NONE;
    }
    let (a, b) = (specials(a), specials(b));
    let mut events = FpEvents::NONE;
    if out.0 && !a.0 && !b.0 {
        events |= FpEvents::INVALID;
    }
    if out.1 && !a.1 && !b.1 {
        events |= FpEvents::OVERFLOW;
    }
    events
}

unsafe fn run_matmul<T: Item>(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: a row of this driver carries this table.
    let table = unsafe { &*ctx.aux.cast::<Table>() };
    let (m, k, n) = (dims[1] as usize, dims[2] as usize, dims[3] as usize);
    let &[a_m, a_k, b_k, b_n, o_m, o_n] = &strides[3..9] else {
        return LoopStatus::failed(LoopError::OutOfRange);
    };
    let blocked = table
        .blocked
        .as_ref()
        .filter(|kernel| m > 1 && n > 1 && kernel.suits([a_m, a_k, b_k, b_n, o_m, o_n], (m, k, n)));
    let mut found = FpEvents::NONE;
    for i in 0..dims[0] {
        // SAFETY: the contract of the loop; core dimensions are those of the operands.
        unsafe {
            let a = args[0].offset(i * strides[0]).cast_const();
            let b = args[1].offset(i * strides[1]).cast_const();
            let o = args[2].offset(i * strides[2]);
            if let Some(kernel) = blocked {
                let task = Task {
                    a: (a, a_m, a_k),
                    b: (b, b_k, b_n),
                    o: (o, o_m, o_n),
                    sizes: (m, k, n),
                };
                match multiply(kernel, &task, ctx.crew) {
                    Err(error) => return LoopStatus::failed(error),
                    // All items are finite.
                    Ok(false) => continue,
                    Ok(true) => {}
                }
            } else if n == 1 {
                (table.matrix_vector)((a, a_m, a_k), (b, b_k), (o, o_m), m, k, false);
            } else if m == 1 {
                (table.matrix_vector)((b, b_n, b_k), (a, a_k), (o, o_n), n, k, false);
            } else {
                let (a, b, o) = ((a, a_m, a_k), (b, b_k, b_n), (o, o_m, o_n));
                match multiply_by_gemm::<T>(a, b, o, (m, k, n), ctx.crew) {
                    Err(error) => return LoopStatus::failed(error),
                    Ok(true) => {}
                    Ok(false) => (table.matrix_matrix)(a, b, o, m, k, n),
                }
            }
            found |= events::<T>(
                ctx,
                (a, a_m, a_k, m, k),
                (b, b_k, b_n, k, n),
                (o, o_m, o_n, m, n),
            );
        }
    }
    LoopStatus::with_events(found)
}

unsafe fn run_vecdot<T: Item>(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: a row of this driver carries this table.
    let table = unsafe { &*ctx.aux.cast::<Table>() };
    let (n, sa, sb) = (dims[1] as usize, strides[3], strides[4]);
    let mut found = FpEvents::NONE;
    for i in 0..dims[0] {
        // SAFETY: the contract of the loop.
        unsafe {
            let a = args[0].offset(i * strides[0]).cast_const();
            let b = args[1].offset(i * strides[1]).cast_const();
            let o = args[2].offset(i * strides[2]);
            (table.dot)(a, sa, b, sb, o, n);
            found |= events::<T>(ctx, (a, 0, sa, 1, n), (b, 0, sb, 1, n), (o, 0, 0, 1, 1));
        }
    }
    LoopStatus::with_events(found)
}

unsafe fn run_matvec<T: Item>(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: a row of this driver carries this table.
    let table = unsafe { &*ctx.aux.cast::<Table>() };
    let (m, n) = (dims[1] as usize, dims[2] as usize);
    let (a_m, a_n, x_n, o_m) = (strides[3], strides[4], strides[5], strides[6]);
    let mut found = FpEvents::NONE;
    for i in 0..dims[0] {
        // SAFETY: the contract of the loop.
        unsafe {
            let a = args[0].offset(i * strides[0]).cast_const();
            let x = args[1].offset(i * strides[1]).cast_const();
            let o = args[2].offset(i * strides[2]);
            (table.matrix_vector)((a, a_m, a_n), (x, x_n), (o, o_m), m, n, false);
            found |= events::<T>(
                ctx,
                (a, a_m, a_n, m, n),
                (x, 0, x_n, 1, n),
                (o, 0, o_m, 1, m),
            );
        }
    }
    LoopStatus::with_events(found)
}

unsafe fn run_vecmat<T: Item>(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: a row of this driver carries this table.
    let table = unsafe { &*ctx.aux.cast::<Table>() };
    let (n, m) = (dims[1] as usize, dims[2] as usize);
    let (x_n, a_n, a_m, o_m) = (strides[3], strides[4], strides[5], strides[6]);
    let mut found = FpEvents::NONE;
    for i in 0..dims[0] {
        // SAFETY: the contract of the loop.
        unsafe {
            let x = args[0].offset(i * strides[0]).cast_const();
            let a = args[1].offset(i * strides[1]).cast_const();
            let o = args[2].offset(i * strides[2]);
            (table.matrix_vector)((a, a_m, a_n), (x, x_n), (o, o_m), m, n, true);
            found |= events::<T>(
                ctx,
                (x, 0, x_n, 1, n),
                (a, a_m, a_n, m, n),
                (o, 0, o_m, 1, m),
            );
        }
    }
    LoopStatus::with_events(found)
}

/// Where the core strides of an object product are: steps of the sum, and of the output's two axes.
struct ObjectProduct {
    /// How the operation reads `dims` and `strides`.
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Matmul,
    Vecdot,
    Matvec,
    Vecmat,
}

fn object_product(kind: Kind) -> Loop<(Object, Object, Object)> {
    Loop::new(run_objects as LoopFn, ObjectProduct { kind })
}

/// `matmul` of objects.
pub fn matmul_objects() -> Loop<(Object, Object, Object)> {
    object_product(Kind::Matmul)
}

/// `vecdot` of objects; calls `conjugate` on items of the first operand.
pub fn vecdot_objects() -> Loop<(Object, Object, Object)> {
    object_product(Kind::Vecdot)
}

/// `matvec` of objects.
pub fn matvec_objects() -> Loop<(Object, Object, Object)> {
    object_product(Kind::Matvec)
}

/// `vecmat` of objects; calls `conjugate` on items of the vector.
pub fn vecmat_objects() -> Loop<(Object, Object, Object)> {
    object_product(Kind::Vecmat)
}

/// The sum of products of two lanes of objects, from the left; 0 if there are none, null on an error.
unsafe fn dot_objects(
    ops: &ObjectOps,
    conjugate: bool,
    a: (*const u8, isize),
    b: (*const u8, isize),
    n: isize,
) -> Object {
    // SAFETY: the caller promises `n` items on both, and the thread that holds the interpreter.
    unsafe {
        let none = (ops.none)();
        let item = |p: (*const u8, isize), k: isize| {
            let object = p.0.offset(k * p.1).cast::<Object>().read();
            if object.is_null() { none } else { object }
        };
        let mut sum: Object = std::ptr::null_mut();
        for k in 0..n {
            let (mut x, y) = (item(a, k), item(b, k));
            if conjugate {
                x = (ops.call_method)("conjugate", &[x]);
                if x.is_null() {
                    (ops.decref)(sum);
                    sum = x;
                    break;
                }
            }
            let product = (ops.binary)(BinaryOp::Multiply, x, y);
            if conjugate {
                (ops.decref)(x);
            }
            if product.is_null() || k == 0 {
                (ops.decref)(sum);
                sum = product;
            } else {
                let next = (ops.binary)(BinaryOp::Add, sum, product);
                (ops.decref)(sum);
                (ops.decref)(product);
                sum = next;
            }
            if sum.is_null() {
                break;
            }
        }
        (ops.decref)(none);
        if n == 0 { (ops.from_i64)(0) } else { sum }
    }
}

unsafe fn run_objects(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    let Some(ops) = ctx.objects else {
        return LoopStatus::failed(LoopError::Object);
    };
    // SAFETY: a row of this driver carries this table.
    let kind = unsafe { &*ctx.aux.cast::<ObjectProduct>() }.kind;
    let c = &strides[3..];
    // Rows, columns and terms; then the steps of each operand along rows, columns and terms.
    let (m, n, k, a_step, b_step, o_step) = match kind {
        Kind::Matmul => (
            dims[1],
            dims[3],
            dims[2],
            (c[0], 0, c[1]),
            (0, c[3], c[2]),
            (c[4], c[5]),
        ),
        Kind::Vecdot => (1, 1, dims[1], (0, 0, c[0]), (0, 0, c[1]), (0, 0)),
        Kind::Matvec => (
            dims[1],
            1,
            dims[2],
            (c[0], 0, c[1]),
            (0, 0, c[2]),
            (c[3], 0),
        ),
        Kind::Vecmat => (
            1,
            dims[2],
            dims[1],
            (0, 0, c[0]),
            (0, c[2], c[1]),
            (0, c[3]),
        ),
    };
    let conjugate = matches!(kind, Kind::Vecdot | Kind::Vecmat);
    for step in 0..dims[0] {
        for i in 0..m {
            for j in 0..n {
                // SAFETY: the contract of the loop; core dimensions are those of the operands.
                unsafe {
                    let a = args[0].offset(step * strides[0] + i * a_step.0 + j * a_step.1);
                    let b = args[1].offset(step * strides[1] + i * b_step.0 + j * b_step.1);
                    let o = args[2].offset(step * strides[2] + i * o_step.0 + j * o_step.1);
                    let sum = dot_objects(ops, conjugate, (a, a_step.2), (b, b_step.2), k);
                    if sum.is_null() {
                        return LoopStatus::failed(LoopError::Object);
                    }
                    let old = o.cast::<Object>().replace(sum);
                    (ops.decref)(old);
                }
            }
        }
    }
    LoopStatus::OK
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(row: &Loop<(f64, f64, f64)>, args: [*mut u8; 3], dims: &[isize], core: &[isize]) {
        let ctx = LoopContext {
            itemsizes: &[8; 3],
            watch: true,
            watch_underflow: false,
            objects: None,
            aux: row.aux,
            crew: None,
        };
        let strides: Vec<isize> = [0, 0, 0].iter().chain(core).copied().collect();
        // SAFETY: callers pass operands of these shapes and strides.
        let status = unsafe { (row.run)(&ctx, &args, dims, &strides) };
        assert!(status.error.is_none() && status.events.is_empty());
    }

    /// Small whole numbers, so that every order of summation gives the same sums.
    fn numbers(n: usize) -> Vec<f64> {
        (0..n).map(|i| ((i * 7 + 3) % 11) as f64 - 5.0).collect()
    }

    #[test]
    fn matrices_multiply_in_any_layout_and_size() {
        for (m, k, n) in [
            (1, 1, 1),
            (2, 3, 4),
            (1, 9, 7),
            (7, 9, 1),
            (5, 0, 3),
            (33, 17, 40),
            (40, 40, 40),
        ] {
            for layout in 0..8 {
                let (a, b) = (numbers(m * k), numbers(k * n));
                let mut o = vec![f64::NAN; m * n];
                let steps = |rows: usize, columns: usize, by_columns: bool| {
                    if by_columns {
                        (8, 8 * rows as isize)
                    } else {
                        (8 * columns as isize, 8)
                    }
                };
                let (sa, sb) = (steps(m, k, layout & 1 == 1), steps(k, n, layout & 2 == 2));
                let so = steps(m, n, layout & 4 == 4);
                let args = [
                    a.as_ptr().cast_mut().cast(),
                    b.as_ptr().cast_mut().cast(),
                    o.as_mut_ptr().cast(),
                ];
                let dims = [1, m as isize, k as isize, n as isize];
                run(
                    &matmul::<f64>(),
                    args,
                    &dims,
                    &[sa.0, sa.1, sb.0, sb.1, so.0, so.1],
                );
                let at = |x: &[f64], s: (isize, isize), i: usize, j: usize| {
                    x[(i as isize * s.0 + j as isize * s.1) as usize / 8]
                };
                for i in 0..m {
                    for j in 0..n {
                        let want: f64 = (0..k).map(|l| at(&a, sa, i, l) * at(&b, sb, l, j)).sum();
                        assert_eq!(
                            at(&o, so, i, j),
                            want + 0.0,
                            "({m}, {k}, {n}) layout {layout} at {i}, {j}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn vectors_meet_matrices() {
        let (a, x) = (numbers(12), numbers(4));
        let mut o = [0.0; 3];
        let args = [
            a.as_ptr().cast_mut().cast(),
            x.as_ptr().cast_mut().cast(),
            o.as_mut_ptr().cast(),
        ];
        run(&matvec::<f64>(), args, &[1, 3, 4], &[32, 8, 8, 8]);
        let want: Vec<f64> = (0..3)
            .map(|i| (0..4).map(|j| a[i * 4 + j] * x[j]).sum())
            .collect();
        assert_eq!(o, *want);
        // The same as a vector times the transposed matrix.
        let args = [
            x.as_ptr().cast_mut().cast(),
            a.as_ptr().cast_mut().cast(),
            o.as_mut_ptr().cast(),
        ];
        run(&vecmat::<f64>(), args, &[1, 4, 3], &[8, 8, 32, 8]);
        assert_eq!(o, *want);
        let mut dot = 0.0f64;
        let args = [
            x.as_ptr().cast_mut().cast(),
            x.as_ptr().cast_mut().cast(),
            (&raw mut dot).cast(),
        ];
        run(&vecdot::<f64>(), args, &[1, 4], &[8, 8]);
        assert_eq!(dot, x.iter().map(|v| v * v).sum());
    }
}
