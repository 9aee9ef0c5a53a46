//! NumPy's semantics for Rust programs: dtypes chosen at run time, broadcasting, ufuncs; no Python needed.
//!
//! ```
//! use numpy_rs::{Array, sum};
//!
//! # fn main() -> numpy_rs::Result<()> {
//! let a = Array::from_slice(&[1.0, 2.0, 3.0])?;
//! let b = (&a * 2.0)?;
//! assert_eq!(b.to_vec::<f64>()?, [2.0, 4.0, 6.0]);
//! assert_eq!(sum(&b, ())?.item::<f64>()?, 12.0);
//! # Ok(())
//! # }
//! ```
//!
//! Modules are listed bottom-up: each may import only those above it.

pub mod element;
pub mod array;
pub mod typed;
pub mod creation;
pub mod manipulation;
pub mod ufuncs;
mod operators;
pub mod reductions;
pub mod linalg;
pub mod fft;
pub mod audio;
pub mod random;
pub mod polynomial;

pub use array::Array;
pub use creation::{arange, empty, eye, full, linspace, ones, zeros};
pub use element::Element;
pub use manipulation::{At, concatenate};
pub use numpy_rs_core::cast::Casting;
pub use numpy_rs_core::dtype::{DType, TypeNum};
pub use numpy_rs_core::error::{Error, ErrorKind, Result};
pub use numpy_rs_core::layout::Order;
pub use numpy_rs_core::ufunc::UfuncOptions;
pub use numpy_rs_core::view::{View, ViewMut};
pub use numpy_rs_elements::{Bool, Complex, f16};
pub use reductions::{Reduce, all, any, cumsum, max, mean, min, prod, sum};
pub use typed::{TypedView, TypedViewMut};
