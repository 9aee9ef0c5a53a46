//! Decompositions and solvers: `numpy.linalg` where it is not put together from others.

use numpy_rs_core::array::Array;
use numpy_rs_core::view::View;
use numpy_rs_linalg::{self as linalg, Error, QrMode, Triangle, Vectors};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::array::{self, ArrayRef};
use crate::convert::array_like;
use crate::error;
use crate::function::FunctionDef;
use crate::signature::Args;

const fn page(
    signature: &'static str,
    relevant: &'static [&'static str],
    doc: &'static str,
    run: for<'py> fn(&Args<'py>) -> PyResult<Bound<'py, PyAny>>,
) -> FunctionDef {
    FunctionDef {
        module: "linalg",
        signature,
        relevant,
        doc,
        run,
    }
}

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    page(
        "solve(a, b)",
        &["a", "b"],
        "The x of `a @ x = b`: `(…, n, n)` and `(…, n, k)` give `(…, n, k)`; a `b` of one axis is one vector.",
        |a| {
            let (x, y) = (Operand::read(a, 0)?, Operand::read(a, 1)?);
            let answer = linalg::solve(&x.view()?, &y.view()?);
            // NumPy asks the right side how results are to be wrapped.
            y.wrap(raise(a.py(), answer)?)
        },
    ),
    page(
        "inv(a)",
        &["a"],
        "The inverses of square matrices `(…, n, n)`.",
        |a| unary(a, linalg::inv),
    ),
    page(
        "det(a)",
        &["a"],
        "The determinants of square matrices: `(…, n, n)` gives `(…)`.",
        |a| {
            let x = Operand::read(a, 0)?;
            let answer = linalg::det(&x.view()?);
            scalar(array::from_core(a.py(), raise(a.py(), answer)?)?)
        },
    ),
    page(
        "slogdet(a)",
        &["a"],
        "Sign and logarithm of the absolute determinants of square matrices.",
        |a| {
            let x = Operand::read(a, 0)?;
            let (sign, log) = raise(a.py(), linalg::slogdet(&x.view()?))?;
            named(
                a.py(),
                "SlogdetResult",
                (
                    scalar(array::from_core(a.py(), sign)?)?,
                    scalar(array::from_core(a.py(), log)?)?,
                ),
            )
        },
    ),
    page(
        "cholesky(a, /, *, upper=False)",
        &["a"],
        "The factors `L` with `a = L @ L.H`, or `U` with `a = U.H @ U`; only that triangle of `a` is read.",
        |a| {
            let upper = a.flag(1, false)?;
            unary(a, |v| linalg::cholesky(v, upper))
        },
    ),
    page(
        "eig(a)",
        &["a"],
        "Eigenvalues, and eigenvectors as columns, of square matrices.",
        |a| {
            let x = Operand::read(a, 0)?;
            let (values, vectors) = raise(a.py(), linalg::eig(&x.view()?))?;
            named(
                a.py(),
                "EigResult",
                (plain(a.py(), Ok(values))?, x.wrap(vectors)?),
            )
        },
    ),
    page(
        "eigvals(a)",
        &["a"],
        "The eigenvalues of square matrices.",
        |a| {
            let x = Operand::read(a, 0)?;
            let answer = linalg::eigvals(&x.view()?);
            plain(a.py(), answer)
        },
    ),
    page(
        "eigh(a, UPLO='L')",
        &["a"],
        "Eigenvalues, rising, and eigenvectors as columns, of Hermitian matrices given by one triangle.",
        |a| {
            let triangle = triangle(a)?;
            let x = Operand::read(a, 0)?;
            let (values, vectors) = raise(a.py(), linalg::eigh(&x.view()?, triangle))?;
            named(
                a.py(),
                "EighResult",
                (plain(a.py(), Ok(values))?, x.wrap(vectors)?),
            )
        },
    ),
    page(
        "eigvalsh(a, UPLO='L')",
        &["a"],
        "The eigenvalues, rising, of Hermitian matrices given by one triangle.",
        |a| {
            let triangle = triangle(a)?;
            let x = Operand::read(a, 0)?;
            let answer = linalg::eigvalsh(&x.view()?, triangle);
            plain(a.py(), answer)
        },
    ),
    page(
        "_qr(a, mode)",
        &[],
        "The factors for a mode in NumPy's words, as plain arrays.",
        |a| {
            let mode = match a.required(1).extract::<String>()?.as_str() {
                "complete" => QrMode::Complete,
                "r" => QrMode::R,
                "raw" => QrMode::Raw,
                _ => QrMode::Reduced,
            };
            let x = Operand::read(a, 0)?;
            let (first, second) = raise(a.py(), linalg::qr(&x.view()?, mode))?;
            let second = array::from_core(a.py(), second)?.into_any();
            match first {
                None => Ok(second),
                Some(first) => {
                    let first = array::from_core(a.py(), first)?.into_any();
                    Ok(PyTuple::new(a.py(), [first, second])?.into_any())
                }
            }
        },
    ),
    page(
        "_svd(a, full_matrices, compute_uv)",
        &[],
        "Singular values, with vectors as a tuple `(u, s, vh)`, as plain arrays.",
        |a| {
            let x = Operand::read(a, 0)?;
            let vectors = if a.flag(1, true)? {
                Vectors::Full
            } else {
                Vectors::Thin
            };
            if !a.flag(2, true)? {
                return plain(a.py(), linalg::svdvals(&x.view()?));
            }
            let svd = raise(a.py(), linalg::svd(&x.view()?, vectors))?;
            let parts = [svd.u, svd.s, svd.vh].map(|p| array::from_core(a.py(), p));
            let parts = parts.into_iter().collect::<PyResult<Vec<_>>>()?;
            Ok(PyTuple::new(a.py(), parts.iter().map(ArrayRef::as_any))?.into_any())
        },
    ),
    page(
        "_lstsq(a, b, rcond)",
        &[],
        "`(x, residuals, rank, s)` of a least squares problem, as plain arrays.",
        |a| {
            let (x, y) = (Operand::read(a, 0)?, Operand::read(a, 1)?);
            let rcond = a.required(2).extract::<f64>()?;
            let found = raise(a.py(), linalg::lstsq(&x.view()?, &y.view()?, rcond))?;
            (
                array::from_core(a.py(), found.x)?.into_any(),
                array::from_core(a.py(), found.residuals)?.into_any(),
                found.rank,
                array::from_core(a.py(), found.s)?.into_any(),
            )
                .into_pyobject(a.py())
                .map(Bound::into_any)
        },
    ),
];

/// An argument, and the array made of it.
struct Operand<'py> {
    given: Bound<'py, PyAny>,
    array: ArrayRef<'py>,
}

impl<'py> Operand<'py> {
    fn read(a: &Args<'py>, at: usize) -> PyResult<Self> {
        let given = a.required(at);
        Ok(Self {
            array: array_like::plain(&given)?,
            given,
        })
    }

    fn view(&self) -> PyResult<View<'_>> {
        self.array.view()
    }

    /// The result in the class that the argument asks for.
    fn wrap(&self, result: Array) -> PyResult<Bound<'py, PyAny>> {
        let py = self.given.py();
        let made = array::from_core(py, result)?.into_any();
        if ArrayRef::from_object(&self.given).is_some_and(|a| a.is_exact()) {
            return Ok(made);
        }
        match self
            .given
            .getattr_opt(pyo3::intern!(py, "__array_wrap__"))?
        {
            Some(wrap) => wrap.call1((made, py.None(), false)),
            None => Ok(made),
        }
    }
}

fn unary<'py>(
    a: &Args<'py>,
    run: impl Fn(&View<'_>) -> linalg::Result<Array>,
) -> PyResult<Bound<'py, PyAny>> {
    let x = Operand::read(a, 0)?;
    let answer = run(&x.view()?);
    x.wrap(raise(a.py(), answer)?)
}

fn plain(py: Python<'_>, answer: linalg::Result<Array>) -> PyResult<Bound<'_, PyAny>> {
    Ok(array::from_core(py, raise(py, answer)?)?.into_any())
}

/// A result without axes as a scalar.
fn scalar(array: ArrayRef<'_>) -> PyResult<Bound<'_, PyAny>> {
    if array.ndim() == 0 {
        return array.as_any().get_item(PyTuple::empty(array.py()));
    }
    Ok(array.into_any())
}

fn named<'py>(
    py: Python<'py>,
    class: &str,
    parts: impl pyo3::call::PyCallArgs<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    crate::package::import(py, "linalg._linalg")?
        .getattr(class)?
        .call1(parts)
}

fn triangle(a: &Args<'_>) -> PyResult<Triangle> {
    let given = match a.some(1) {
        None => return Ok(Triangle::Lower),
        Some(given) => given.call_method0("upper")?,
    };
    match given.extract::<String>().unwrap_or_default().as_str() {
        "L" => Ok(Triangle::Lower),
        "U" => Ok(Triangle::Upper),
        _ => Err(PyValueError::new_err("UPLO argument must be 'L' or 'U'")),
    }
}

/// The value, or the exception: `LinAlgError` for what linear algebra itself cannot do.
fn raise<T>(py: Python<'_>, answer: linalg::Result<T>) -> PyResult<T> {
    answer.map_err(|e| match e {
        Error::Core(e) => error::to_py(&e),
        Error::Dtype(_) | Error::NotNumbers { .. } => PyTypeError::new_err(e.to_string()),
        Error::NoDimensions { .. } => PyValueError::new_err(e.to_string()),
        e => error::package_error(py, "linalg", "LinAlgError", |py| {
            PyTuple::new(py, [e.to_string()])
        })
        .unwrap_or_else(|e| e),
    })
}
