//! Loops with two outputs (`modf`, `frexp`, `divmod`): element by element, with events found on the way.

use numpy_rs_elements::fp_events::FpEvents;

use super::Loop;
use crate::abi::{LoopContext, LoopFn, LoopStatus};
use crate::events::Rule2;
use crate::fold_rows::kernel;

/// A loop of one input and two outputs, without events.
pub fn of_one<A: Copy + 'static, O: Copy + 'static, P: Copy + 'static, K>(_: K) -> Loop<(A, O, P)>
where
    K: Fn(A) -> (O, P) + Copy + 'static,
{
    Loop::bare(one::<A, O, P, K> as LoopFn)
}

/// A loop of two inputs and two outputs; one rule for each output.
pub fn of_two<A, B, O, P, K, R, S>(_: K, _: R, _: S) -> Loop<(A, B, O, P)>
where
    A: Copy + 'static,
    B: Copy + 'static,
    O: Copy + 'static,
    P: Copy + 'static,
    K: Fn(A, B) -> (O, P) + Copy + 'static,
    R: Rule2<A, B, O>,
    S: Rule2<A, B, P>,
{
    Loop::bare(two::<A, B, O, P, K, R, S> as LoopFn)
}

unsafe fn one<A: Copy, O: Copy, P: Copy, K: Fn(A) -> (O, P) + Copy>(
    _: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    let k = kernel::<K>();
    for i in 0..dims[0] {
        // SAFETY: the contract of the loop.
        unsafe {
            let (o, p) = k(args[0].offset(i * strides[0]).cast::<A>().read());
            args[1].offset(i * strides[1]).cast::<O>().write(o);
            args[2].offset(i * strides[2]).cast::<P>().write(p);
        }
    }
    LoopStatus::OK
}

unsafe fn two<A: Copy, B: Copy, O: Copy, P: Copy, K, R, S>(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus
where
    K: Fn(A, B) -> (O, P) + Copy,
    R: Rule2<A, B, O>,
    S: Rule2<A, B, P>,
{
    let k = kernel::<K>();
    let mut events = FpEvents::NONE;
    for i in 0..dims[0] {
        // SAFETY: the contract of the loop; both inputs are read before an output is written.
        unsafe {
            let a = args[0].offset(i * strides[0]).cast::<A>().read();
            let b = args[1].offset(i * strides[1]).cast::<B>().read();
            let (o, p) = k(a, b);
            if ctx.watch {
                events |= R::events(a, b, o) | S::events(a, b, p);
            }
            args[2].offset(i * strides[2]).cast::<O>().write(o);
            args[3].offset(i * strides[3]).cast::<P>().write(p);
        }
    }
    LoopStatus::with_events(events)
}
