//! The extension module `numpy_rs._native`; everything it holds is in `numpy_rs_py`.

use numpy_rs_py::GlobalBlocks;
use pyo3::prelude::*;

#[global_allocator]
static BLOCKS: GlobalBlocks = GlobalBlocks;

/// The module body.
#[pymodule(gil_used = true)]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    numpy_rs_py::module::initialise(module)
}
