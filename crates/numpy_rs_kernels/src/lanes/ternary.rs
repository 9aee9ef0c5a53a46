//! Loops of three inputs and one output (`clip`).

use super::{Input, Loop, Scratch, block_len, store};
use crate::abi::{LoopContext, LoopFn, LoopStatus};
use crate::fold_rows::kernel;
use crate::isa::{best, per_isa};

/// A contiguous loop.
pub type Block3<T> = unsafe fn(a: *const T, b: *const T, c: *const T, o: *mut T, n: usize);

struct Table3<T> {
    block: Block3<T>,
}

#[inline(always)]
unsafe fn block<T: Copy, K: Fn(T, T, T) -> T + Copy>(
    a: *const T,
    b: *const T,
    c: *const T,
    o: *mut T,
    n: usize,
) {
    let k = kernel::<K>();
    for i in 0..n {
        // SAFETY: the caller promises `n` items on each.
        unsafe { o.add(i).write(k(*a.add(i), *b.add(i), *c.add(i))) }
    }
}

per_isa!(fn pick_block<T: Copy, K>(a: *const T, b: *const T, c: *const T, o: *mut T, n: usize)
    = block where K: Fn(T, T, T) -> T + Copy);

/// A loop compiled for every instruction set.
pub fn wide<T: Copy + 'static, K>(_: K) -> Loop<(T, T, T, T)>
where
    K: Fn(T, T, T) -> T + Copy + 'static,
{
    Loop::new(
        drive::<T> as LoopFn,
        Table3 {
            block: pick_block::<T, K>(best()),
        },
    )
}

/// A loop compiled once.
pub fn plain<T: Copy + 'static, K>(_: K) -> Loop<(T, T, T, T)>
where
    K: Fn(T, T, T) -> T + Copy + 'static,
{
    Loop::new(
        drive::<T> as LoopFn,
        Table3 {
            block: block::<T, K>,
        },
    )
}

unsafe fn drive<T: Copy>(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: a row of this driver carries this table.
    let table = unsafe { &*ctx.aux.cast::<Table3<T>>() };
    if dims[0] <= 0 {
        return LoopStatus::OK;
    }
    let n = dims[0] as usize;
    let size = size_of::<T>() as isize;
    let aliased = args[..3].contains(&args[3]);
    // SAFETY: blocks lie within the lanes, and within scratch.
    unsafe {
        if n == 1 || (strides[..4].iter().all(|&s| s == size) && !aliased) {
            (table.block)(
                args[0].cast(),
                args[1].cast(),
                args[2].cast(),
                args[3].cast(),
                n,
            );
            return LoopStatus::OK;
        }
        let block = const { block_len(size_of::<T>()) };
        let (mut sa, mut sb, mut sc, mut so) = (
            Scratch::new(),
            Scratch::new(),
            Scratch::new(),
            Scratch::new(),
        );
        let a = Input::new(args[0], strides[0], sa.pointer::<T>(), n, block);
        let b = Input::new(args[1], strides[1], sb.pointer::<T>(), n, block);
        let c = Input::new(args[2], strides[2], sc.pointer::<T>(), n, block);
        let direct = strides[3] == size && !aliased;
        let mut from = 0;
        while from < n {
            let len = block.min(n - from);
            let out = args[3].offset(from as isize * strides[3]);
            let o = if direct {
                out.cast::<T>()
            } else {
                so.pointer::<T>()
            };
            (table.block)(
                a.items(from, len),
                b.items(from, len),
                c.items(from, len),
                o,
                len,
            );
            if !direct {
                store(o, out, strides[3], len);
            }
            from += len;
        }
    }
    LoopStatus::OK
}
