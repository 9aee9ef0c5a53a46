//! Loops of one input and one output.

use numpy_rs_elements::fp_events::FpEvents;

use super::{Input, Loop, Scratch, block_len, greater, store};
use crate::abi::{LoopContext, LoopFn, LoopStatus};
use crate::events::{Rule1, classify1};
use crate::fold_rows::kernel;
use crate::isa::{Isa, best, per_isa};

/// A contiguous loop; tells whether an element is suspicious by the rule of the row.
type Block1<A, O> = unsafe fn(a: *const A, o: *mut O, n: usize) -> bool;

/// Finds the events of a block.
type Classify1<A, O> = unsafe fn(*const A, *const O, usize) -> FpEvents;

struct Table1<A, O> {
    block: Block1<A, O>,
    classify: Option<Classify1<A, O>>,
    underflows: bool,
}

/// The items of an approximation are taken this many at a time where it has to look at them first.
const GLANCE: usize = 256;

#[inline(always)]
unsafe fn block<A: Copy, O: Copy, K: Fn(A) -> O + Copy, R: Rule1<A, O>>(
    a: *const A,
    o: *mut O,
    n: usize,
) -> bool {
    let k = kernel::<K>();
    let mut any = false;
    for i in 0..n {
        // SAFETY: the caller promises `n` items on both.
        unsafe {
            let x = *a.add(i);
            let y = k(x);
            if R::WATCHES {
                any |= R::suspicious(x, y);
            }
            o.add(i).write(y);
        }
    }
    any
}

#[inline(always)]
unsafe fn any_of<A: Copy, L: Fn(A) -> bool + Copy>(a: *const A, n: usize) -> bool {
    let holds = kernel::<L>();
    let mut any = false;
    for i in 0..n {
        // SAFETY: the caller promises `n` items.
        any |= holds(unsafe { *a.add(i) });
    }
    any
}

/// Runs `K` over chunks in which `L` holds nowhere, and `G` over the others.
#[inline(always)]
unsafe fn block_of_two<A: Copy, K, G, L, R>(a: *const A, o: *mut A, n: usize) -> bool
where
    K: Fn(A) -> A + Copy,
    G: Fn(A) -> A + Copy,
    L: Fn(A) -> bool + Copy,
    R: Rule1<A, A>,
{
    let mut any = false;
    let mut from = 0;
    while from < n {
        let len = GLANCE.min(n - from);
        // SAFETY: indices stay below `n`, which the caller promises on both.
        unsafe {
            let (a, o) = (a.add(from), o.add(from));
            any |= if any_of::<A, L>(a, len) {
                block::<A, A, G, R>(a, o, len)
            } else {
                block::<A, A, K, R>(a, o, len)
            };
        }
        from += len;
    }
    any
}

/// Runs `K`, but `S` for items for which `L` holds.
#[inline(always)]
unsafe fn block_within<A: Copy, K, S, L, R>(a: *const A, o: *mut A, n: usize) -> bool
where
    K: Fn(A) -> A + Copy,
    S: Fn(A) -> A + Copy,
    L: Fn(A) -> bool + Copy,
    R: Rule1<A, A>,
{
    let (near, far, is_far) = (kernel::<K>(), kernel::<S>(), kernel::<L>());
    let mut any = false;
    let mut from = 0;
    while from < n {
        let len = GLANCE.min(n - from);
        // SAFETY: indices stay below `n`, which the caller promises on both.
        unsafe {
            let (a, o) = (a.add(from), o.add(from));
            if any_of::<A, L>(a, len) {
                for i in 0..len {
                    let x = *a.add(i);
                    let y = if is_far(x) { far(x) } else { near(x) };
                    any |= R::suspicious(x, y);
                    o.add(i).write(y);
                }
            } else {
                any |= block::<A, A, K, R>(a, o, len);
            }
        }
        from += len;
    }
    any
}

per_isa!(fn pick_block<A: Copy, O: Copy, K, R>(a: *const A, o: *mut O, n: usize) -> bool
    = block where K: Fn(A) -> O + Copy, R: Rule1<A, O>);
per_isa!(fn pick_block_of_two<A: Copy, K, G, L, R>(a: *const A,
    o: *mut A, n: usize) -> bool = block_of_two
    where K: Fn(A) -> A + Copy, G: Fn(A) -> A + Copy, L: Fn(A) -> bool + Copy, R: Rule1<A, A>);
per_isa!(fn pick_block_within<A: Copy, K, S, L, R>(a: *const A,
    o: *mut A, n: usize) -> bool = block_within
    where K: Fn(A) -> A + Copy, S: Fn(A) -> A + Copy, L: Fn(A) -> bool + Copy, R: Rule1<A, A>);

/// A loop compiled for every instruction set.
pub fn wide<A: Copy + 'static, O: Copy + 'static, K, R>(_: K, _: R) -> Loop<(A, O)>
where
    K: Fn(A) -> O + Copy + 'static,
    R: Rule1<A, O>,
{
    row::<A, O, R>(pick_block::<A, O, K, R>(best()))
}

/// A loop compiled once, for functions where vectors do not pay.
pub fn plain<A: Copy + 'static, O: Copy + 'static, K, R>(_: K, _: R) -> Loop<(A, O)>
where
    K: Fn(A) -> O + Copy + 'static,
    R: Rule1<A, O>,
{
    row::<A, O, R>(block::<A, O, K, R>)
}

/// A loop over an approximation that needs fused multiply-adds; `libm` serves CPUs without them.
pub fn approximate<A: Copy + 'static, O: Copy + 'static, K, S, R>(
    _: K,
    _libm: S,
    _: R,
) -> Loop<(A, O)>
where
    K: Fn(A) -> O + Copy + 'static,
    S: Fn(A) -> O + Copy + 'static,
    R: Rule1<A, O>,
{
    let isa = best();
    row::<A, O, R>(if isa == Isa::Baseline {
        block::<A, O, S, R>
    } else {
        pick_block::<A, O, K, R>(isa)
    })
}

/// As [`approximate`], with a shorter form `usual` for chunks in which `is_unusual` holds nowhere.
///
/// Both forms give the same bits where both serve.
pub fn approximate_usual<A: Copy + 'static, K, G, L, S, R>(
    _usual: K,
    _general: G,
    _is_unusual: L,
    _libm: S,
    _: R,
) -> Loop<(A, A)>
where
    K: Fn(A) -> A + Copy + 'static,
    G: Fn(A) -> A + Copy + 'static,
    L: Fn(A) -> bool + Copy + 'static,
    S: Fn(A) -> A + Copy + 'static,
    R: Rule1<A, A>,
{
    let isa = best();
    row::<A, A, R>(if isa == Isa::Baseline {
        block::<A, A, S, R>
    } else {
        pick_block_of_two::<A, K, G, L, R>(isa)
    })
}

/// As [`approximate`], for an approximation that leaves the operands for which `is_far` holds to `libm`.
pub fn approximate_within<A: Copy + 'static, K, S, L, R>(
    _: K,
    _libm: S,
    _is_far: L,
    _: R,
) -> Loop<(A, A)>
where
    K: Fn(A) -> A + Copy + 'static,
    S: Fn(A) -> A + Copy + 'static,
    L: Fn(A) -> bool + Copy + 'static,
    R: Rule1<A, A>,
{
    let isa = best();
    row::<A, A, R>(if isa == Isa::Baseline {
        block::<A, A, S, R>
    } else {
        pick_block_within::<A, K, S, L, R>(isa)
    })
}

fn row<A: Copy, O: Copy, R: Rule1<A, O>>(block: Block1<A, O>) -> Loop<(A, O)> {
    const { assert!(size_of::<A>() <= 64 && size_of::<O>() <= 64) };
    let table = Table1 {
        block,
        classify: R::WATCHES.then_some(classify1::<A, O, R> as Classify1<A, O>),
        underflows: R::UNDERFLOWS,
    };
    Loop::new(drive::<A, O> as LoopFn, table)
}

unsafe fn drive<A: Copy, O: Copy>(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: a row of this driver carries this table.
    let table = unsafe { &*ctx.aux.cast::<Table1<A, O>>() };
    let n = dims[0];
    if n <= 0 {
        return LoopStatus::OK;
    }
    let n = n as usize;
    let classify = table.classify.filter(|_| ctx.watch);
    let contiguous =
        n == 1 || (strides[0] == size_of::<A>() as isize && strides[1] == size_of::<O>() as isize);
    // In place the inputs are gone when events are looked for, and vectors of different widths collide.
    if contiguous && (args[0] != args[1] || (n < 16 && classify.is_none())) {
        let (a, o) = (args[0].cast::<A>(), args[1].cast::<O>());
        // SAFETY: both lanes are contiguous.
        unsafe {
            let any = (table.block)(a, o, n);
            if let Some(classify) = classify
                && (any || (ctx.watch_underflow && table.underflows))
            {
                return LoopStatus::with_events(classify(a, o, n));
            }
        }
        return LoopStatus::OK;
    }
    // SAFETY: the contract of the loop is that of the staged one.
    unsafe { staged(table, classify, ctx, args, n, strides) }
}

#[inline(never)]
unsafe fn staged<A: Copy, O: Copy>(
    table: &Table1<A, O>,
    classify: Option<Classify1<A, O>>,
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    n: usize,
    strides: &[isize],
) -> LoopStatus {
    let block = const { block_len(greater(size_of::<A>(), size_of::<O>())) };
    let (mut sa, mut so) = (Scratch::new(), Scratch::new());
    let direct = strides[1] == size_of::<O>() as isize && args[0] != args[1];
    let mut events = FpEvents::NONE;
    // SAFETY: blocks lie within the lanes, and within scratch.
    unsafe {
        let a = Input::new(args[0], strides[0], sa.pointer::<A>(), n, block);
        let mut from = 0;
        while from < n {
            let len = block.min(n - from);
            let out = args[1].offset(from as isize * strides[1]);
            let (x, o) = (
                a.items(from, len),
                if direct {
                    out.cast::<O>()
                } else {
                    so.pointer::<O>()
                },
            );
            let any = (table.block)(x, o, len);
            if let Some(classify) = classify
                && (any || (ctx.watch_underflow && table.underflows))
            {
                events |= classify(x, o, len);
            }
            if !direct {
                store(o, out, strides[1], len);
            }
            from += len;
        }
    }
    LoopStatus::with_events(events)
}
