//! The one place where layout meets a kernel: lanes of any stride become short contiguous blocks.
//!
//! A row is a table of *blocks* (contiguous loops over a scalar kernel, compiled per instruction set) and one
//! driver per element types. Contiguous lanes go to the block whole; other lanes are staged through scratch of
//! a few KiB, a block at a time, which keeps every layout vectorised and bit-equal to the contiguous one, and
//! leaves inputs intact while events are looked for.

pub mod unary;
pub mod binary;
pub mod ternary;
pub mod pairs;

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use crate::abi::LoopFn;
use crate::fold_rows::FoldRows;

/// A loop with the types of its operands, so that a declaration cannot name the wrong ones.
pub struct Loop<Types> {
    /// The driver.
    pub run: LoopFn,
    /// What the driver reads as `LoopContext::aux`.
    pub aux: *const u8,
    /// Folds rows into a row; only for functions of two inputs of one type that is the output's too.
    pub fold_rows: Option<FoldRows>,
    types: PhantomData<fn(Types)>,
}

impl<Types> Loop<Types> {
    /// A driver with its table; tables live as long as the process, as rows do.
    pub fn new<Table>(run: LoopFn, table: Table) -> Self {
        Self {
            run,
            aux: std::ptr::from_ref::<Table>(Box::leak(Box::new(table))).cast(),
            fold_rows: None,
            types: PhantomData,
        }
    }

    /// A driver that needs no table.
    pub fn bare(run: LoopFn) -> Self {
        Self {
            run,
            aux: std::ptr::null(),
            fold_rows: None,
            types: PhantomData,
        }
    }
}

/// Bytes of one scratch buffer.
const SCRATCH_BYTES: usize = 4096;

/// Uninitialised scratch on the stack.
#[repr(align(64))]
struct Scratch(MaybeUninit<[u8; SCRATCH_BYTES]>);

impl Scratch {
    #[inline(always)]
    fn new() -> Self {
        Self(MaybeUninit::uninit())
    }

    #[inline(always)]
    fn pointer<T>(&mut self) -> *mut T {
        self.0.as_mut_ptr().cast()
    }
}

/// How many items of at most `itemsize` bytes a block of scratch holds.
const fn block_len(itemsize: usize) -> usize {
    SCRATCH_BYTES / itemsize
}

const fn greater(a: usize, b: usize) -> usize {
    if a > b { a } else { b }
}

/// An input lane, presented block by block as contiguous items.
struct Input<T> {
    base: *const u8,
    stride_bytes: isize,
    scratch: *mut T,
}

impl<T: Copy> Input<T> {
    /// # Safety
    ///
    /// The lane is valid for reads of `n > 0` items, `scratch` for `block` items.
    #[inline(always)]
    unsafe fn new(
        base: *const u8,
        stride_bytes: isize,
        scratch: *mut T,
        n: usize,
        block: usize,
    ) -> Self {
        if stride_bytes == 0 {
            // SAFETY: the caller promises both.
            unsafe {
                let value = base.cast::<T>().read();
                for i in 0..n.min(block) {
                    scratch.add(i).write(value);
                }
            }
        }
        Self {
            base,
            stride_bytes,
            scratch,
        }
    }

    /// Items `from .. from + len` in a row.
    ///
    /// # Safety
    ///
    /// They lie within the lane, and `len` within a block.
    #[inline(always)]
    unsafe fn items(&self, from: usize, len: usize) -> *const T {
        // SAFETY: the caller promises both.
        unsafe {
            if self.stride_bytes == size_of::<T>() as isize {
                return self.base.cast::<T>().add(from);
            }
            if self.stride_bytes != 0 {
                let mut p = self.base.offset(from as isize * self.stride_bytes);
                for i in 0..len {
                    self.scratch.add(i).write(p.cast::<T>().read());
                    p = p.wrapping_offset(self.stride_bytes);
                }
            }
            self.scratch
        }
    }
}

/// Stores `len` contiguous items into a lane.
///
/// # Safety
///
/// The lane is valid for writes of `len` items, and `items` for reads.
#[inline(always)]
unsafe fn store<T: Copy>(items: *const T, out: *mut u8, stride_bytes: isize, len: usize) {
    // SAFETY: the caller promises both.
    unsafe {
        if stride_bytes == size_of::<T>() as isize {
            std::ptr::copy_nonoverlapping(items, out.cast(), len);
        } else {
            for i in 0..len {
                out.offset(i as isize * stride_bytes)
                    .cast::<T>()
                    .write(*items.add(i));
            }
        }
    }
}
