//! The processor's flags of floating point: what NumPy warns of by default.

use std::ffi::c_int;

use super::exc::{Res, give_up};

unsafe extern "C" {
    safe fn feclearexcept(which: c_int) -> c_int;
    safe fn fetestexcept(which: c_int) -> c_int;
}

/// Invalid, division by zero and overflow, which NumPy warns of by default.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
const WARNED: c_int = 0x01 | 0x04 | 0x08;
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
const WARNED: c_int = 0x01 | 0x02 | 0x04;

/// Gives up if floating-point arithmetic has raised what NumPy warns of.
#[inline]
pub fn check() -> Res<()> {
    if fetestexcept(WARNED) == 0 {
        Ok(())
    } else {
        trouble()
    }
}

#[cold]
fn trouble() -> Res<()> {
    feclearexcept(WARNED);
    give_up()
}

/// Forgets what comparisons have raised.
#[inline]
pub fn calm() {
    if fetestexcept(WARNED) != 0 {
        feclearexcept(WARNED);
    }
}
