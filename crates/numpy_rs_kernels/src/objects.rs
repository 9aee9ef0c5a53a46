//! Loops over objects: every step asks the owner of objects, and stops at its first error.

use numpy_rs_elements::Bool;
use numpy_rs_elements::object::{BinaryOp, CompareOp, Object, ObjectOps, UnaryOp};

use crate::abi::{LoopContext, LoopError, LoopFn, LoopStatus};
use crate::lanes::Loop;

/// An operand for the time of one step: null items are read as `None`.
struct Operand<'a> {
    object: Object,
    owned: bool,
    ops: &'a ObjectOps,
}

impl<'a> Operand<'a> {
    /// # Safety
    ///
    /// `item` is valid for a read, on the thread that holds the interpreter.
    unsafe fn read(item: *const u8, ops: &'a ObjectOps) -> Self {
        // SAFETY: the caller promises both.
        unsafe {
            let object = item.cast::<Object>().read();
            if object.is_null() {
                return Self {
                    object: (ops.none)(),
                    owned: true,
                    ops,
                };
            }
            Self {
                object,
                owned: false,
                ops,
            }
        }
    }
}

impl Drop for Operand<'_> {
    fn drop(&mut self) {
        if self.owned {
            // SAFETY: the reference to `None` taken in `read`.
            unsafe { (self.ops.decref)(self.object) }
        }
    }
}

/// Stores a new reference into an item, dropping the one it held; false if there is none to store.
///
/// # Safety
///
/// `item` is valid for reads and writes, on the thread that holds the interpreter.
unsafe fn store(item: *mut u8, object: Object, ops: &ObjectOps) -> bool {
    if object.is_null() {
        return false;
    }
    // SAFETY: the caller promises both; the old reference is dropped last because that may run any code.
    unsafe {
        let old = item.cast::<Object>().replace(object);
        (ops.decref)(old);
    }
    true
}

/// Runs `step(ops, aux, k)` for each element until one fails.
///
/// # Safety
///
/// `ctx.objects` is set, as the contract of object rows says.
#[inline(always)]
unsafe fn each<Aux>(
    ctx: &LoopContext<'_>,
    n: isize,
    step: impl Fn(&ObjectOps, &Aux, isize) -> bool,
) -> LoopStatus {
    let Some(ops) = ctx.objects else {
        return LoopStatus::failed(LoopError::Object);
    };
    // SAFETY: the row carries a table of this type.
    let aux = unsafe { &*ctx.aux.cast::<Aux>() };
    for k in 0..n {
        if !step(ops, aux, k) {
            return LoopStatus::failed(LoopError::Object);
        }
    }
    LoopStatus::OK
}

unsafe fn run_unary(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: the contract of the loop.
    unsafe {
        each::<UnaryOp>(ctx, dims[0], |ops, op, k| {
            let a = Operand::read(args[0].offset(k * strides[0]), ops);
            store(
                args[1].offset(k * strides[1]),
                (ops.unary)(*op, a.object),
                ops,
            )
        })
    }
}

unsafe fn run_not(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: the contract of the loop.
    unsafe {
        each::<()>(ctx, dims[0], |ops, (), k| {
            let a = Operand::read(args[0].offset(k * strides[0]), ops);
            let truth = (ops.truth)(a.object);
            args[1].offset(k * strides[1]).write(u8::from(truth == 0));
            truth >= 0
        })
    }
}

unsafe fn run_binary(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: the contract of the loop.
    unsafe {
        each::<BinaryOp>(ctx, dims[0], |ops, op, k| {
            let a = Operand::read(args[0].offset(k * strides[0]), ops);
            let b = Operand::read(args[1].offset(k * strides[1]), ops);
            let result = (ops.binary)(*op, a.object, b.object);
            store(args[2].offset(k * strides[2]), result, ops)
        })
    }
}

unsafe fn run_compare(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: the contract of the loop.
    unsafe {
        each::<CompareOp>(ctx, dims[0], |ops, op, k| {
            let a = Operand::read(args[0].offset(k * strides[0]), ops);
            let b = Operand::read(args[1].offset(k * strides[1]), ops);
            let result = (ops.compare)(*op, a.object, b.object);
            store(args[2].offset(k * strides[2]), result, ops)
        })
    }
}

unsafe fn run_test(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: the contract of the loop.
    unsafe {
        each::<CompareOp>(ctx, dims[0], |ops, op, k| {
            let a = Operand::read(args[0].offset(k * strides[0]), ops);
            let b = Operand::read(args[1].offset(k * strides[1]), ops);
            let result = (ops.compare)(*op, a.object, b.object);
            if result.is_null() {
                return false;
            }
            let truth = (ops.truth)(result);
            (ops.decref)(result);
            args[2].offset(k * strides[2]).write(u8::from(truth > 0));
            truth >= 0
        })
    }
}

unsafe fn run_method1(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: the contract of the loop.
    unsafe {
        each::<&'static str>(ctx, dims[0], |ops, name, k| {
            let a = Operand::read(args[0].offset(k * strides[0]), ops);
            let result = (ops.call_method)(name, &[a.object]);
            store(args[1].offset(k * strides[1]), result, ops)
        })
    }
}

unsafe fn run_method2(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: the contract of the loop.
    unsafe {
        each::<&'static str>(ctx, dims[0], |ops, name, k| {
            let a = Operand::read(args[0].offset(k * strides[0]), ops);
            let b = Operand::read(args[1].offset(k * strides[1]), ops);
            let result = (ops.call_method)(name, &[a.object, b.object]);
            store(args[2].offset(k * strides[2]), result, ops)
        })
    }
}

unsafe fn run_clip(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: the contract of the loop.
    unsafe {
        each::<()>(ctx, dims[0], |ops, (), k| {
            let x = Operand::read(args[0].offset(k * strides[0]), ops);
            let low = Operand::read(args[1].offset(k * strides[1]), ops);
            let high = Operand::read(args[2].offset(k * strides[2]), ops);
            let raised = (ops.binary)(BinaryOp::Maximum, x.object, low.object);
            if raised.is_null() {
                return false;
            }
            let result = (ops.binary)(BinaryOp::Minimum, raised, high.object);
            (ops.decref)(raised);
            store(args[3].offset(k * strides[3]), result, ops)
        })
    }
}

unsafe fn run_constant(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus {
    // SAFETY: the contract of the loop.
    unsafe {
        each::<i64>(ctx, dims[0], |ops, value, k| {
            store(args[1].offset(k * strides[1]), (ops.from_i64)(*value), ops)
        })
    }
}

/// A row of an operator of one operand.
pub fn unary(op: UnaryOp) -> Loop<(Object, Object)> {
    Loop::new(run_unary as LoopFn, op)
}

/// `not x` as a bool item.
pub fn not() -> Loop<(Object, Bool)> {
    Loop::new(run_not as LoopFn, ())
}

/// A row of an operator of two operands.
pub fn binary(op: BinaryOp) -> Loop<(Object, Object, Object)> {
    Loop::new(run_binary as LoopFn, op)
}

/// A comparison whose result is kept as an object.
pub fn compare(op: CompareOp) -> Loop<(Object, Object, Object)> {
    Loop::new(run_compare as LoopFn, op)
}

/// A comparison whose result is tested for truth.
pub fn test(op: CompareOp) -> Loop<(Object, Object, Bool)> {
    Loop::new(run_test as LoopFn, op)
}

/// A row that calls the method `name` of the operand.
pub fn method(name: &'static str) -> Loop<(Object, Object)> {
    Loop::new(run_method1 as LoopFn, name)
}

/// A row that calls the method `name` of the first operand with the second.
pub fn method_of_two(name: &'static str) -> Loop<(Object, Object, Object)> {
    Loop::new(run_method2 as LoopFn, name)
}

/// `min(max(x, low), high)`
pub fn clip() -> Loop<(Object, Object, Object, Object)> {
    Loop::new(run_clip as LoopFn, ())
}

/// The integer `value` in every item.
pub fn constant(value: i64) -> Loop<(Object, Object)> {
    Loop::new(run_constant as LoopFn, value)
}
