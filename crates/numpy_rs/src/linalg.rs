//! Linear algebra: decompositions and solvers over stacks of matrices.
//!
//! The last two axes of an operand are matrices, all axes before them a stack. The calculation is done in `float64`
//! or `complex128`, and the result is rounded to single precision where all operands are in single precision.

use numpy_rs_linalg as linalg;
pub use numpy_rs_linalg::{Error, QrMode, Result, Triangle, Vectors};

use crate::array::Array;

/// `a = u s vh`
#[derive(Debug)]
pub struct Svd {
    /// Left vectors as columns.
    pub u: Array,
    /// Singular values, falling.
    pub s: Array,
    /// Right vectors as conjugated rows.
    pub vh: Array,
}

/// What [`lstsq`] finds.
#[derive(Debug)]
pub struct LeastSquares {
    /// The shortest of the best solutions.
    pub x: Array,
    /// Sums of squares of what remains; empty where the rank is below the number of columns.
    pub residuals: Array,
    /// How many singular values count.
    pub rank: usize,
    /// The singular values, falling.
    pub s: Array,
}

/// The `x` of `a x = b`: shapes `(…, n, n)` and `(…, n, k)` give `(…, n, k)`; a `b` of one axis is one vector.
///
/// # Errors
///
/// [`Error::Singular`] where a pivot of any matrix is exactly zero; shapes that do not go together.
///
/// # Examples
///
/// ```
/// use numpy_rs::{Array, linalg};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let a = Array::from_shape(&[2, 2], &[3.0, 1.0, 1.0, 2.0])?;
/// let b = Array::from_slice(&[9.0, 8.0])?;
/// assert_eq!(linalg::solve(&a, &b)?.to_vec::<f64>()?, [2.0, 3.0]);
/// # Ok(())
/// # }
/// ```
pub fn solve(a: &Array, b: &Array) -> Result<Array> {
    linalg::solve(&a.view(), &b.view()).map(Array::from)
}

/// The inverses of square matrices.
///
/// # Errors
///
/// [`Error::Singular`], [`Error::NotSquare`], [`Error::NoMatrix`].
///
/// # Examples
///
/// ```
/// use numpy_rs::{Array, linalg};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let a = Array::from_shape(&[2, 2], &[2.0, 0.0, 0.0, 4.0])?;
/// assert_eq!(linalg::inv(&a)?.to_vec::<f64>()?, [0.5, 0.0, 0.0, 0.25]);
/// let singular = Array::from_shape(&[2, 2], &[1.0, 2.0, 2.0, 4.0])?;
/// assert!(matches!(linalg::inv(&singular), Err(linalg::Error::Singular)));
/// # Ok(())
/// # }
/// ```
pub fn inv(a: &Array) -> Result<Array> {
    linalg::inv(&a.view()).map(Array::from)
}

/// The determinants of square matrices: `(…, n, n)` gives `(…)`; 1 for an empty matrix.
///
/// # Errors
///
/// [`Error::NotSquare`], [`Error::NoMatrix`].
///
/// # Examples
///
/// ```
/// use numpy_rs::{Array, linalg};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let a = Array::from_shape(&[2, 2], &[1.0, 2.0, 3.0, 4.0])?;
/// assert!((linalg::det(&a)?.item::<f64>()? + 2.0).abs() < 1e-14);
/// # Ok(())
/// # }
/// ```
pub fn det(a: &Array) -> Result<Array> {
    linalg::det(&a.view()).map(Array::from)
}

/// Sign and logarithm of the absolute determinant, which neither overflow nor vanish; 0 and `-inf` for a singular
/// matrix.
///
/// # Errors
///
/// [`Error::NotSquare`], [`Error::NoMatrix`].
pub fn slogdet(a: &Array) -> Result<(Array, Array)> {
    let (sign, log) = linalg::slogdet(&a.view())?;
    Ok((sign.into(), log.into()))
}

/// The factor `l` with `a = l lᴴ`, or `u` with `a = uᴴ u`; only that triangle of `a` is read.
///
/// # Errors
///
/// [`Error::NotPositiveDefinite`], [`Error::NotSquare`], [`Error::NoMatrix`].
///
/// # Examples
///
/// ```
/// use numpy_rs::{Array, linalg};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let a = Array::from_shape(&[2, 2], &[4.0, 2.0, 2.0, 2.0])?;
/// assert_eq!(linalg::cholesky(&a, false)?.to_vec::<f64>()?, [2.0, 0.0, 1.0, 1.0]);
/// # Ok(())
/// # }
/// ```
pub fn cholesky(a: &Array, upper: bool) -> Result<Array> {
    linalg::cholesky(&a.view(), upper).map(Array::from)
}

/// The factors `q` and `r` with `a = q r`; see [`QrMode`].
///
/// # Errors
///
/// [`Error::NoMatrix`].
pub fn qr(a: &Array, mode: QrMode) -> Result<(Option<Array>, Array)> {
    let (first, second) = linalg::qr(&a.view(), mode)?;
    Ok((first.map(Array::from), second.into()))
}

/// The decomposition `a = u s vh`.
///
/// # Errors
///
/// [`Error::NoConvergence`], also for NaN and infinity; [`Error::NoMatrix`].
///
/// # Examples
///
/// ```
/// use numpy_rs::{Array, linalg};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let a = Array::from_shape(&[2, 2], &[3.0, 0.0, 0.0, -5.0])?;
/// let svd = linalg::svd(&a, linalg::Vectors::Thin)?;
/// let s = svd.s.to_vec::<f64>()?;
/// assert!((s[0] - 5.0).abs() < 1e-14 && (s[1] - 3.0).abs() < 1e-14);
/// # Ok(())
/// # }
/// ```
pub fn svd(a: &Array, vectors: Vectors) -> Result<Svd> {
    let found = linalg::svd(&a.view(), vectors)?;
    Ok(Svd {
        u: found.u.into(),
        s: found.s.into(),
        vh: found.vh.into(),
    })
}

/// The singular values, falling.
///
/// # Errors
///
/// As [`svd`].
pub fn svdvals(a: &Array) -> Result<Array> {
    linalg::svdvals(&a.view()).map(Array::from)
}

/// Eigenvalues and eigenvectors (as columns), complex, of square matrices.
///
/// # Errors
///
/// [`Error::NotFinite`], [`Error::NoConvergence`], [`Error::NotSquare`], [`Error::NoMatrix`].
pub fn eig(a: &Array) -> Result<(Array, Array)> {
    let (values, vectors) = linalg::eig(&a.view())?;
    Ok((values.into(), vectors.into()))
}

/// The eigenvalues of [`eig`] alone.
///
/// # Errors
///
/// As [`eig`].
pub fn eigvals(a: &Array) -> Result<Array> {
    linalg::eigvals(&a.view()).map(Array::from)
}

/// Eigenvalues, rising, and eigenvectors (as columns) of Hermitian matrices given by one triangle.
///
/// # Errors
///
/// [`Error::NoConvergence`], [`Error::NotSquare`], [`Error::NoMatrix`].
///
/// # Examples
///
/// ```
/// use numpy_rs::{Array, linalg};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let a = Array::from_shape(&[2, 2], &[2.0, 1.0, 1.0, 2.0])?;
/// let (values, _) = linalg::eigh(&a, linalg::Triangle::Lower)?;
/// let values = values.to_vec::<f64>()?;
/// assert!((values[0] - 1.0).abs() < 1e-15 && (values[1] - 3.0).abs() < 1e-15);
/// # Ok(())
/// # }
/// ```
pub fn eigh(a: &Array, triangle: Triangle) -> Result<(Array, Array)> {
    let (values, vectors) = linalg::eigh(&a.view(), triangle)?;
    Ok((values.into(), vectors.into()))
}

/// The eigenvalues of [`eigh`] alone.
///
/// # Errors
///
/// As [`eigh`].
pub fn eigvalsh(a: &Array, triangle: Triangle) -> Result<Array> {
    linalg::eigvalsh(&a.view(), triangle).map(Array::from)
}

/// The `x` that makes the norm of `b - a x` least. Singular values up to `rcond` times the largest count as zero; a
/// negative `rcond` stands for the precision of the calculation.
///
/// # Errors
///
/// [`Error::NoConvergence`], also for NaN and infinity; [`Error::Incompatible`] for different numbers of rows.
///
/// # Examples
///
/// ```
/// use numpy_rs::{Array, linalg};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // A line through (0, 1), (1, 3), (2, 5).
/// let a = Array::from_shape(&[3, 2], &[0.0, 1.0, 1.0, 1.0, 2.0, 1.0])?;
/// let b = Array::from_slice(&[1.0, 3.0, 5.0])?;
/// let x = linalg::lstsq(&a, &b, -1.0)?.x.to_vec::<f64>()?;
/// assert!((x[0] - 2.0).abs() < 1e-14 && (x[1] - 1.0).abs() < 1e-14);
/// # Ok(())
/// # }
/// ```
pub fn lstsq(a: &Array, b: &Array, rcond: f64) -> Result<LeastSquares> {
    let found = linalg::lstsq(&a.view(), &b.view(), rcond)?;
    Ok(LeastSquares {
        x: found.x.into(),
        residuals: found.residuals.into(),
        rank: found.rank,
        s: found.s.into(),
    })
}
