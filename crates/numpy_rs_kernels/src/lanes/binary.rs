//! Loops of two inputs and one output, with their fold and scan forms.

use numpy_rs_elements::fp_events::FpEvents;

use super::{Input, Loop, Scratch, block_len, greater, store};
use crate::abi::{LoopContext, LoopError, LoopFn, LoopStatus};
use crate::events::{Never, Rule2, classify2};
use crate::fold::{Fold, Folds};
use crate::fold_rows::kernel;
use crate::isa::{Isa, best, per_isa};

/// A contiguous loop; tells whether an element is suspicious by the rule of the row.
type Block2<A, B, O> = unsafe fn(a: *const A, b: *const B, o: *mut O, n: usize) -> bool;

/// Finds the events of a block.
type Classify2<A, B, O> = unsafe fn(*const A, *const B, *const O, usize) -> FpEvents;

/// Looks at the inputs of a block for values that the function refuses.
pub type Guard<A, B> = unsafe fn(*const A, *const B, usize) -> Option<LoopError>;

struct Table2<A, B, O> {
    block: Block2<A, B, O>,
    classify: Option<Classify2<A, B, O>>,
    underflows: bool,
    guard: Option<Guard<A, B>>,
    folds: Option<Folds<O>>,
}

#[inline(always)]
unsafe fn block<A: Copy, B: Copy, O: Copy, K: Fn(A, B) -> O + Copy, R: Rule2<A, B, O>>(
    a: *const A,
    b: *const B,
    o: *mut O,
    n: usize,
) -> bool {
    let k = kernel::<K>();
    let mut any = false;
    for i in 0..n {
        // SAFETY: the caller promises `n` items on each.
        unsafe {
            let (x, y) = (*a.add(i), *b.add(i));
            let z = k(x, y);
            if R::WATCHES {
                any |= R::suspicious(x, y, z);
            }
            o.add(i).write(z);
        }
    }
    any
}

per_isa!(fn pick_block<A: Copy, B: Copy, O: Copy, K, R>(a: *const A, b: *const B, o: *mut O,
    n: usize) -> bool = block where K: Fn(A, B) -> O + Copy, R: Rule2<A, B, O>);

/// A row without guard or folds.
fn table<A: Copy, B: Copy, O: Copy, R: Rule2<A, B, O>>(block: Block2<A, B, O>) -> Table2<A, B, O> {
    Table2 {
        block,
        classify: R::WATCHES.then_some(classify2::<A, B, O, R> as Classify2<A, B, O>),
        underflows: R::UNDERFLOWS,
        guard: None,
        folds: None,
    }
}

/// A loop compiled for every instruction set, with a way to fold.
pub fn folding<T: Copy + 'static, K, R, F>(_: K, _: R, _: F) -> Loop<(T, T, T)>
where
    K: Fn(T, T) -> T + Copy + 'static,
    R: Rule2<T, T, T>,
    F: Fold<T, K>,
{
    let isa = best();
    row(Table2 {
        folds: F::folds(isa),
        ..table::<T, T, T, R>(pick_block::<T, T, T, K, R>(isa))
    })
}

/// A loop compiled once, with a way to fold.
pub fn plain_folding<T: Copy + 'static, K, R, F>(_: K, _: R, _: F) -> Loop<(T, T, T)>
where
    K: Fn(T, T) -> T + Copy + 'static,
    R: Rule2<T, T, T>,
    F: Fold<T, K>,
{
    row(Table2 {
        folds: F::folds(Isa::Baseline),
        ..table::<T, T, T, R>(block::<T, T, T, K, R>)
    })
}

/// A loop compiled for every instruction set.
pub fn wide<A: Copy + 'static, B: Copy + 'static, O: Copy + 'static, K, R>(
    _: K,
    _: R,
) -> Loop<(A, B, O)>
where
    K: Fn(A, B) -> O + Copy + 'static,
    R: Rule2<A, B, O>,
{
    row(table::<A, B, O, R>(pick_block::<A, B, O, K, R>(best())))
}

/// The items of an approximation are looked at this many at a time.
const GLANCE: usize = 256;

/// Runs `K`, but `S` for items for which `L` holds.
#[inline(always)]
unsafe fn block_within<A: Copy, K, S, L, R>(a: *const A, b: *const A, o: *mut A, n: usize) -> bool
where
    K: Fn(A, A) -> A + Copy,
    S: Fn(A, A) -> A + Copy,
    L: Fn(A, A) -> bool + Copy,
    R: Rule2<A, A, A>,
{
    let (near, far, is_far) = (kernel::<K>(), kernel::<S>(), kernel::<L>());
    let mut any = false;
    let mut from = 0;
    while from < n {
        let len = GLANCE.min(n - from);
        // SAFETY: indices stay below `n`, which the caller promises on each.
        unsafe {
            let (a, b, o) = (a.add(from), b.add(from), o.add(from));
            let mut some_far = false;
            for i in 0..len {
                some_far |= is_far(*a.add(i), *b.add(i));
            }
            if some_far {
                for i in 0..len {
                    let (x, y) = (*a.add(i), *b.add(i));
                    let z = if is_far(x, y) { far(x, y) } else { near(x, y) };
                    any |= R::suspicious(x, y, z);
                    o.add(i).write(z);
                }
            } else {
                any |= block::<A, A, A, K, R>(a, b, o, len);
            }
        }
        from += len;
    }
    any
}

per_isa!(fn pick_block_within<A: Copy, K, S, L, R>(a: *const A,
    b: *const A, o: *mut A, n: usize) -> bool = block_within
    where K: Fn(A, A) -> A + Copy, S: Fn(A, A) -> A + Copy, L: Fn(A, A) -> bool + Copy, R: Rule2<A, A, A>);

/// A loop over an approximation that needs fused multiply-adds; `libm` serves CPUs without them.
pub fn approximate<A: Copy + 'static, K, S, R>(_: K, _libm: S, _: R) -> Loop<(A, A, A)>
where
    K: Fn(A, A) -> A + Copy + 'static,
    S: Fn(A, A) -> A + Copy + 'static,
    R: Rule2<A, A, A>,
{
    let isa = best();
    row(table::<A, A, A, R>(if isa == Isa::Baseline {
        block::<A, A, A, S, R>
    } else {
        pick_block::<A, A, A, K, R>(isa)
    }))
}

/// As [`approximate`], for an approximation that leaves the operands for which `is_far` holds to `libm`.
pub fn approximate_within<A: Copy + 'static, K, S, L, R>(
    _: K,
    _libm: S,
    _is_far: L,
    _: R,
) -> Loop<(A, A, A)>
where
    K: Fn(A, A) -> A + Copy + 'static,
    S: Fn(A, A) -> A + Copy + 'static,
    L: Fn(A, A) -> bool + Copy + 'static,
    R: Rule2<A, A, A>,
{
    let isa = best();
    row(table::<A, A, A, R>(if isa == Isa::Baseline {
        block::<A, A, A, S, R>
    } else {
        pick_block_within::<A, K, S, L, R>(isa)
    }))
}

/// A loop compiled once, for functions where vectors do not pay.
pub fn plain<A: Copy + 'static, B: Copy + 'static, O: Copy + 'static, K, R>(
    _: K,
    _: R,
) -> Loop<(A, B, O)>
where
    K: Fn(A, B) -> O + Copy + 'static,
    R: Rule2<A, B, O>,
{
    row(table::<A, B, O, R>(block::<A, B, O, K, R>))
}

/// A loop compiled once that refuses some inputs.
pub fn guarded<A: Copy + 'static, B: Copy + 'static, O: Copy + 'static, K>(
    _: K,
    guard: Guard<A, B>,
) -> Loop<(A, B, O)>
where
    K: Fn(A, B) -> O + Copy + 'static,
{
    row(Table2 {
        guard: Some(guard),
        ..table::<A, B, O, Never>(block::<A, B, O, K, Never>)
    })
}

fn row<A: Copy, B: Copy, O: Copy>(table: Table2<A, B, O>) -> Loop<(A, B, O)> {
    const { assert!(size_of::<A>() <= 64 && size_of::<B>() <= 64 && size_of::<O>() <= 64) };
    let fold_rows = table.folds.map(|folds| folds.rows);
    let mut made = Loop::new(drive::<A, B, O> as LoopFn, table);
    made.fold_rows = fold_rows;
    made
}

unsafe fn drive<A: Copy, B: Copy, O: Copy>(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: a row of this driver carries this table.
    let table = unsafe { &*ctx.aux.cast::<Table2<A, B, O>>() };
    let n = dims[0];
    if n <= 0 {
        return LoopStatus::OK;
    }
    let n = n as usize;
    let (a, b, o) = (args[0], args[1], args[2]);
    let (sa, sb, so) = (strides[0], strides[1], strides[2]);
    let classify = table.classify.filter(|_| ctx.watch);
    let contiguous = sa == size_of::<A>() as isize
        && sb == size_of::<B>() as isize
        && so == size_of::<O>() as isize
        && o != a.wrapping_offset(sa);
    // In place the inputs are gone when events are looked for, and vectors of different widths collide.
    let apart = o != a && o != b;
    if (n == 1 || contiguous) && table.guard.is_none() && (apart || (n < 16 && classify.is_none()))
    {
        let (a, b, o) = (a.cast::<A>(), b.cast::<B>(), o.cast::<O>());
        // SAFETY: all lanes are contiguous.
        unsafe {
            let any = (table.block)(a, b, o, n);
            if let Some(classify) = classify
                && (any || (ctx.watch_underflow && table.underflows))
            {
                return LoopStatus::with_events(classify(a, b, o, n));
            }
        }
        return LoopStatus::OK;
    }
    // SAFETY: the contract of this loop is that of the next.
    unsafe {
        if n > 1 && sa == so && o == a.wrapping_offset(sa) {
            return sequential(table, classify, ctx, args, n, strides);
        }
        staged(table, classify, ctx, args, n, strides)
    }
}

/// The fold and scan forms, where each step reads what the last one wrote.
#[inline(never)]
unsafe fn sequential<A: Copy, B: Copy, O: Copy>(
    table: &Table2<A, B, O>,
    classify: Option<Classify2<A, B, O>>,
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    n: usize,
    strides: &[isize],
) -> LoopStatus {
    let (a, b, o) = (args[0], args[1], args[2]);
    let (sa, sb, so) = (strides[0], strides[1], strides[2]);
    // SAFETY: items lie within the lanes; `folds` is set only where the three types are one.
    unsafe {
        if let Some(folds) = table.folds {
            if so == 0 {
                let before = o.cast::<O>().read();
                (folds.fold)(o.cast::<O>(), b, sb, n);
                if let Some(check) = folds.check.filter(|_| ctx.watch) {
                    let after = o.cast::<O>().read();
                    if folds.in_order
                        && let Some(events) = retrace(table, classify, before, after, b, sb, n)
                    {
                        return LoopStatus::with_events(events);
                    }
                    return LoopStatus::with_events(check(before, after, b, sb, n));
                }
                return LoopStatus::OK;
            }
            let before = a.cast::<O>().read();
            (folds.scan)(before, b, sb, o, so, n);
            if let Some(check) = folds.check.filter(|_| ctx.watch) {
                let last = o.offset((n as isize - 1) * so).cast::<O>().read();
                let events = retrace(table, classify, before, last, b, sb, n);
                return LoopStatus::with_events(
                    events.unwrap_or_else(|| check(before, last, b, sb, n)),
                );
            }
            return LoopStatus::OK;
        }
        let mut events = FpEvents::NONE;
        for k in 0..n as isize {
            let (x, y) = (a.offset(k * sa).cast::<A>(), b.offset(k * sb).cast::<B>());
            if let Some(error) = table.guard.and_then(|guard| guard(x, y, 1)) {
                return LoopStatus {
                    events,
                    error: Some(error),
                };
            }
            let mut out = std::mem::MaybeUninit::<O>::uninit();
            let any = (table.block)(x, y, out.as_mut_ptr(), 1);
            if let Some(classify) = classify
                && (any || (ctx.watch_underflow && table.underflows))
            {
                events |= classify(x, y, out.as_ptr(), 1);
            }
            o.offset(k * so).cast::<O>().write(out.assume_init());
        }
        LoopStatus::with_events(events)
    }
}

/// The events of a fold step by step, where its result is suspicious; `None` where that cannot be told.
///
/// # Safety
///
/// The lane at `b` has `n` items, and all operands are of one type.
#[cold]
unsafe fn retrace<A: Copy, B: Copy, O: Copy>(
    table: &Table2<A, B, O>,
    classify: Option<Classify2<A, B, O>>,
    before: O,
    after: O,
    b: *const u8,
    sb: isize,
    n: usize,
) -> Option<FpEvents> {
    if size_of::<A>() != size_of::<O>() {
        return None;
    }
    let classify = classify?;
    let (mut acc, mut next) = (before, after);
    let mut events = FpEvents::NONE;
    // NaN and infinity stay what they are when taken twice, and neither is ever left again.
    let last = &raw const after;
    // SAFETY: one item on every lane, of the one type of all operands.
    if !unsafe { (table.block)(last.cast::<A>(), last.cast::<B>(), &raw mut next, 1) } {
        return Some(events);
    }
    for k in 0..n as isize {
        // SAFETY: item `k` lies within the lane; accumulators are items of the one type of all operands.
        unsafe {
            let x = (&raw const acc).cast::<A>();
            let y = b.offset(k * sb).cast::<B>();
            if (table.block)(x, y, &raw mut next, 1) {
                events |= classify(x, y, &raw const next, 1);
            }
        }
        acc = next;
    }
    Some(events)
}

#[inline(never)]
unsafe fn staged<A: Copy, B: Copy, O: Copy>(
    table: &Table2<A, B, O>,
    classify: Option<Classify2<A, B, O>>,
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    n: usize,
    strides: &[isize],
) -> LoopStatus {
    let block = const {
        block_len(greater(
            size_of::<A>(),
            greater(size_of::<B>(), size_of::<O>()),
        ))
    };
    let (mut sa, mut sb, mut so) = (Scratch::new(), Scratch::new(), Scratch::new());
    let direct = strides[2] == size_of::<O>() as isize && args[2] != args[0] && args[2] != args[1];
    let mut events = FpEvents::NONE;
    // SAFETY: blocks lie within the lanes, and within scratch.
    unsafe {
        let a = Input::new(args[0], strides[0], sa.pointer::<A>(), n, block);
        let b = Input::new(args[1], strides[1], sb.pointer::<B>(), n, block);
        let mut from = 0;
        while from < n {
            let len = block.min(n - from);
            let out = args[2].offset(from as isize * strides[2]);
            let (x, y) = (a.items(from, len), b.items(from, len));
            let o = if direct {
                out.cast::<O>()
            } else {
                so.pointer::<O>()
            };
            if let Some(error) = table.guard.and_then(|guard| guard(x, y, len)) {
                return LoopStatus {
                    events,
                    error: Some(error),
                };
            }
            let any = (table.block)(x, y, o, len);
            if let Some(classify) = classify
                && (any || (ctx.watch_underflow && table.underflows))
            {
                events |= classify(x, y, o, len);
            }
            if !direct {
                store(o, out, strides[2], len);
            }
            from += len;
        }
    }
    LoopStatus::with_events(events)
}
