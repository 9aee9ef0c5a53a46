//! Series in six families of polynomials: `numpy.polynomial` for coefficients in double precision.
//!
//! A series is a slice of coefficients, the one of degree 0 first.
//!
//! ```
//! use numpy_rs::polynomial::Family::{Chebyshev, Power};
//!
//! # fn main() -> numpy_rs::polynomial::Result<()> {
//! // (1 + 2 x)(3 - x), and where it is zero.
//! let product = Power.mul(&[1.0, 2.0], &[3.0, -1.0]);
//! assert_eq!(product, [3.0, 5.0, -2.0]);
//! let roots = Power.roots(&product)?;
//! assert!((roots[0].re + 0.5).abs() < 1e-15 && (roots[1].re - 3.0).abs() < 1e-14);
//! // T1 T2 = (T1 + T3) / 2
//! assert_eq!(Chebyshev.mul(&[0.0, 1.0], &[0.0, 0.0, 1.0]), [0.0, 0.5, 0.0, 0.5]);
//! # Ok(())
//! # }
//! ```
//!
//! Modules are listed bottom-up: each may import only those above it.

mod family;
mod series;
mod roots;
mod fit;

pub use family::Family;
pub use numpy_rs_linalg::{Error, Result};
