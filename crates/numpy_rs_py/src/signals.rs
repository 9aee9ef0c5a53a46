//! Ctrl-C during long work: core asks between blocks whether a signal handler wants to stop.

use numpy_rs_core::interrupt;
use pyo3::ffi;

/// Runs pending signal handlers; true if one raised, in which case its exception is set.
fn wants_to_stop() -> bool {
    // SAFETY: signals are looked at only where this thread holds the interpreter.
    unsafe { ffi::PyGILState_Check() != 0 && ffi::PyErr_CheckSignals() != 0 }
}

/// Registers the look at the signals; called when the module initialises.
pub(crate) fn initialise() {
    interrupt::set_poll(wants_to_stop);
}
