//! Private hooks of the test suite: failing memory, panics at entries and in blocks, the number of threads.
//!
//! None of them can do harm beyond the process that calls them: they make the next operations fail.

use numpy_rs_core::buffer::memory;
use numpy_rs_core::parallel;
use pyo3::prelude::*;

use crate::fault;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The definitions of this page.
pub(crate) static TABLE: &[FunctionDef] = &[
    hook(
        "_fail_allocation_after(n, /)",
        "Let `n` allocations succeed and fail all later ones; negative: none fails.",
        fail_allocation_after,
    ),
    hook(
        "_panic_after(n, /)",
        "Let `n` entries pass and panic in the next; negative: none panics.",
        panic_after,
    ),
    hook(
        "_panic_in_block_after(n, /)",
        "Let `n` blocks of parallel work pass and panic in the next; negative: none panics.",
        panic_in_block_after,
    ),
    hook(
        "_set_num_threads(n, /)",
        "Use `n` threads from now on; 0: what the environment says.",
        set_num_threads,
    ),
    hook(
        "_num_threads()",
        "The number of threads that large work uses.",
        num_threads,
    ),
];

type Run = for<'py> fn(&Args<'py>) -> PyResult<Bound<'py, PyAny>>;

const fn hook(signature: &'static str, doc: &'static str, run: Run) -> FunctionDef {
    FunctionDef {
        module: "",
        signature,
        relevant: &[],
        doc,
        run,
    }
}

fn none<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    Ok(args.py().None().into_bound(args.py()))
}

fn fail_allocation_after<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    memory::fail_after(args.required(0).extract()?);
    none(args)
}

fn panic_after<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    fault::panic_after(args.required(0).extract()?);
    none(args)
}

fn panic_in_block_after<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    parallel::panic_in_block_after(args.required(0).extract()?);
    none(args)
}

fn set_num_threads<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    parallel::set_num_threads(args.required(0).extract()?);
    none(args)
}

fn num_threads<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    Ok(parallel::num_threads().into_pyobject(args.py())?.into_any())
}
