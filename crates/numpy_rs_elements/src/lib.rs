//! The element types of arrays: what one item is, and nothing about arrays.

pub mod boolean;
pub mod fp_events;
pub mod integer;
#[cfg(all(target_arch = "x86_64", not(windows)))]
pub mod longdouble;
pub mod object;
pub mod real;

pub use boolean::Bool;
pub use half::f16;
pub use num_complex::Complex;

/// C's `long double` as arrays hold it: the 80-bit format on x86-64 outside Windows, `f64` elsewhere.
#[cfg(all(target_arch = "x86_64", not(windows)))]
pub type LongDouble = longdouble::LongDouble;
/// C's `long double` as arrays hold it: the 80-bit format on x86-64 outside Windows, `f64` elsewhere.
#[cfg(not(all(target_arch = "x86_64", not(windows))))]
pub type LongDouble = f64;
