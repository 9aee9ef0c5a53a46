//! Loops of one input and one output.

use numpy_rs_elements::fp_events::FpEvents;

use super::{Input, Loop, Scratch, block_len, greater, store};
use crate::abi::{LoopContext, LoopFn, LoopStatus};
use crate::events::{Rule1, check1};
use crate::fold::{KernelOf2, kernel};
use crate::isa::{Isa, best, per_isa};

/// A contiguous loop.
pub type Block1<A, O> = unsafe fn(a: *const A, o: *mut O, n: usize);

type Check1<A, O> = unsafe fn(*const A, *const O, usize, bool) -> FpEvents;

struct Table1<A, O> {
    block: Block1<A, O>,
    check: Option<Check1<A, O>>,
}

#[inline(always)]
unsafe fn block<A: Copy, O: Copy, K: Fn(A) -> O + Copy>(a: *const A, o: *mut O, n: usize) {
    let k = kernel::<K>();
    for i in 0..n {
        // SAFETY: the caller promises `n` items on both.
        unsafe { o.add(i).write(k(*a.add(i))) }
    }
}

per_isa!(fn pick_block<A: Copy, O: Copy, K: KernelOf2>(a: *const A, o: *mut O, n: usize) = block
    where K: Fn(A) -> O);

fn check_of<A: Copy, O: Copy, R: Rule1<A, O>>() -> Option<Check1<A, O>> {
    if R::WATCHES {
        Some(check1::<A, O, R>)
    } else {
        None
    }
}

/// A loop compiled for every instruction set.
pub fn wide<A: Copy + 'static, O: Copy + 'static, K, R>(_: K, _: R) -> Loop<(A, O)>
where
    K: Fn(A) -> O + Copy + 'static,
    R: Rule1<A, O>,
{
    blocks(pick_block::<A, O, K>(best()), check_of::<A, O, R>())
}

/// A loop compiled once, for functions where vectors do not pay.
pub fn plain<A: Copy + 'static, O: Copy + 'static, K, R>(_: K, _: R) -> Loop<(A, O)>
where
    K: Fn(A) -> O + Copy + 'static,
    R: Rule1<A, O>,
{
    blocks(block::<A, O, K>, check_of::<A, O, R>())
}

#[inline(always)]
unsafe fn block_within<
    A: Copy,
    K: Fn(A) -> A + Copy,
    S: Fn(A) -> A + Copy,
    L: Fn(A) -> bool + Copy,
>(
    a: *const A,
    o: *mut A,
    n: usize,
) {
    const CHUNK: usize = 256;
    let (near, far, is_far) = (kernel::<K>(), kernel::<S>(), kernel::<L>());
    let mut from = 0;
    while from < n {
        let len = CHUNK.min(n - from);
        // SAFETY: indices stay below `n`, which the caller promises on both.
        unsafe {
            let (a, o) = (a.add(from), o.add(from));
            let mut any = false;
            for i in 0..len {
                any |= is_far(*a.add(i));
            }
            if any {
                for i in 0..len {
                    let x = *a.add(i);
                    o.add(i).write(if is_far(x) { far(x) } else { near(x) });
                }
            } else {
                for i in 0..len {
                    o.add(i).write(near(*a.add(i)));
                }
            }
        }
        from += len;
    }
}

per_isa!(fn pick_block_within<A: Copy, K: KernelOf2, S: KernelOf2, L: KernelOf2>(a: *const A, o: *mut A, n: usize)
    = block_within where K: Fn(A) -> A, S: Fn(A) -> A, L: Fn(A) -> bool);

/// A loop over an approximation that needs fused multiply-adds; `libm` serves CPUs without them.
pub fn approximate<A: Copy + 'static, K, S, R>(_: K, _libm: S, _: R) -> Loop<(A, A)>
where
    K: Fn(A) -> A + Copy + 'static,
    S: Fn(A) -> A + Copy + 'static,
    R: Rule1<A, A>,
{
    let isa = best();
    let run = if isa == Isa::Baseline {
        block::<A, A, S>
    } else {
        pick_block::<A, A, K>(isa)
    };
    blocks(run, check_of::<A, A, R>())
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
    let run = if isa == Isa::Baseline {
        block::<A, A, S>
    } else {
        pick_block_within::<A, K, S, L>(isa)
    };
    blocks(run, check_of::<A, A, R>())
}

/// A loop over a block written by hand, with a rule for its events.
pub fn custom<A: Copy + 'static, O: Copy + 'static, R: Rule1<A, O>>(
    block: Block1<A, O>,
    _: R,
) -> Loop<(A, O)> {
    blocks(block, check_of::<A, O, R>())
}

fn blocks<A: Copy, O: Copy>(block: Block1<A, O>, check: Option<Check1<A, O>>) -> Loop<(A, O)> {
    const { assert!(size_of::<A>() <= 64 && size_of::<O>() <= 64) };
    Loop::new(drive::<A, O> as LoopFn, Table1 { block, check })
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
    let one = n == 1;
    let contiguous = (one || strides[0] == size_of::<A>() as isize)
        && (one || strides[1] == size_of::<O>() as isize);
    if contiguous && (args[0] != args[1] || n < 16) && !(ctx.watch && table.check.is_some()) {
        // SAFETY: both lanes are contiguous.
        unsafe { (table.block)(args[0].cast(), args[1].cast(), n) };
        return LoopStatus::OK;
    }
    // SAFETY: the contract of the loop is that of the staged one.
    unsafe { staged(table, ctx, args, n, strides) }
}

#[inline(never)]
unsafe fn staged<A: Copy, O: Copy>(
    table: &Table1<A, O>,
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    n: usize,
    strides: &[isize],
) -> LoopStatus {
    let block = const { block_len(greater(size_of::<A>(), size_of::<O>())) };
    let (mut sa, mut so) = (Scratch::new(), Scratch::new());
    let check = table.check.filter(|_| ctx.watch);
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
            (table.block)(x, o, len);
            if let Some(check) = check {
                events |= check(x, o, len, ctx.watch_underflow);
            }
            if !direct {
                store(o, out, strides[1], len);
            }
            from += len;
        }
    }
    LoopStatus::with_events(events)
}
