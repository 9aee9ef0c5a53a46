//! Floating-point events of conversions and scalar operations, answered as NumPy's default policy does.

use numpy_rs_elements::fp_events::FpEvents;
use pyo3::exceptions::PyRuntimeWarning;
use pyo3::prelude::*;

/// Warns of the events of an operation such as `cast` or `scalar add`.
#[inline]
pub(crate) fn report(py: Python<'_>, events: FpEvents, operation: &str) -> PyResult<()> {
    if events.is_empty() {
        return Ok(());
    }
    warn(py, events, operation)
}

#[cold]
fn warn(py: Python<'_>, events: FpEvents, operation: &str) -> PyResult<()> {
    for (event, word) in [
        (FpEvents::DIVIDE, "divide by zero"),
        (FpEvents::OVERFLOW, "overflow"),
        (FpEvents::INVALID, "invalid value"),
    ] {
        if events.contains(event) {
            let text = std::ffi::CString::new(format!("{word} encountered in {operation}"))?;
            PyErr::warn(py, &py.get_type::<PyRuntimeWarning>(), &text, 1)?;
        }
    }
    Ok(())
}
