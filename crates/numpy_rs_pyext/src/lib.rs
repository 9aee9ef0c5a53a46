//! The extension module `numpy_rs._native`; everything it holds is in `numpy_rs_py`.

use pyo3::prelude::*;

/// The module body.
#[pymodule(gil_used = true)]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    numpy_rs_py::module::initialise(module)
}
