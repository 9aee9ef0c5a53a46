//! Approximations without branches, written so that a loop over them becomes vector code.
//!
//! They rely on fused multiply-add, so rows use them only where an instruction set has it; elsewhere the
//! platform's libm serves. Each is within 1 unit in the last place, and agrees with libm on special values.

pub mod exponential;
pub mod logarithm;
pub mod circular;
pub mod inverse;
pub mod root;
