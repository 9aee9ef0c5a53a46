//! The processor's flags of floating point: what NumPy warns of by default.

use std::ffi::c_int;

use super::errstate::{self, DIVIDE, INVALID, OVER};
use super::exc::Res;

unsafe extern "C" {
    safe fn feclearexcept(which: c_int) -> c_int;
    safe fn fetestexcept(which: c_int) -> c_int;
}

/// Invalid, division by zero and overflow.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
const FLAGS: [c_int; 3] = [0x01, 0x04, 0x08];
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
const FLAGS: [c_int; 3] = [0x01, 0x02, 0x04];

/// What NumPy warns of by default.
const WARNED: c_int = FLAGS[0] | FLAGS[1] | FLAGS[2];

/// Gives up if floating-point arithmetic has raised what NumPy warns of, and the program does not ignore.
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
    let flags = fetestexcept(WARNED);
    feclearexcept(WARNED);
    let mut raised = 0;
    for (flag, condition) in FLAGS.into_iter().zip([INVALID, DIVIDE, OVER]) {
        if flags & flag != 0 {
            raised |= condition;
        }
    }
    errstate::bear(raised)
}

/// Forgets what comparisons have raised.
#[inline]
pub fn calm() {
    if fetestexcept(WARNED) != 0 {
        feclearexcept(WARNED);
    }
}
