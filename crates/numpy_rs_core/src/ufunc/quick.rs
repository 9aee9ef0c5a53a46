//! The shortest way through the engine: a row that served these types before, run on one lane.
//!
//! A caller that has plain, aligned, native operands of one layout asks for the row, makes the result, and runs. What
//! does not fit here takes the way of plans, which also files the rows that this way finds.

use smallvec::SmallVec;

use super::lane::finish;
use super::options::Weak;
use super::resolve;
use super::table::{Row, Ufunc};
use crate::dtype::TypeNum;
use crate::error::Result;
use crate::fp_errors::{FpEvents, Watch};
use numpy_rs_kernels::abi::LoopContext;

/// The most elements of one run: more want blocks, threads, and looks for Ctrl-C.
pub const MOST: usize = 1 << 15;

/// The row for inputs of these types in native order, if it is known and takes them without conversion. Weak inputs
/// must be stored as the row's type.
#[inline]
pub fn row(ufunc: &'static Ufunc, inputs: &[(TypeNum, Weak)]) -> Option<&'static Row> {
    let row = ufunc.table().known(resolve::file_of(inputs)?)?;
    let fits = inputs
        .iter()
        .zip(row.types)
        .all(|(&(num, weak), &t)| weak != Weak::No || num == t);
    fits.then_some(row)
}

/// Runs a row of plain numbers on one lane.
///
/// # Safety
///
/// As for [`numpy_rs_kernels::abi::LoopFn`].
#[inline]
pub unsafe fn run(
    row: &Row,
    args: &[*mut u8],
    n: isize,
    strides: &[isize],
    watch: Watch,
) -> Result<FpEvents> {
    // SAFETY: promised by the caller.
    unsafe { run_core(row, args, &[n], strides, watch) }
}

/// Runs a row of plain numbers on one lane of operands with core dimensions, which follow the length in `dims` and
/// whose strides follow those of the lane.
///
/// # Safety
///
/// As for [`numpy_rs_kernels::abi::LoopFn`].
#[inline]
pub unsafe fn run_core(
    row: &Row,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
    watch: Watch,
) -> Result<FpEvents> {
    let itemsizes: SmallVec<[usize; 4]> = row.types.iter().map(|t| t.facts().itemsize).collect();
    let context = LoopContext {
        itemsizes: &itemsizes,
        watch: watch.any(),
        watch_underflow: watch.underflow(),
        objects: None,
        aux: row.aux,
        crew: None,
    };
    // SAFETY: promised by the caller.
    finish(unsafe { (row.run)(&context, args, dims, strides) })
}
