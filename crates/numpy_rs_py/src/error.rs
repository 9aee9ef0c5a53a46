//! From core errors to Python exceptions: the one place that knows both.

use numpy_rs_core::error::{Error, ErrorKind};
use pyo3::exceptions::*;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// A core error on its way to Python; `?` makes one from [`Error`].
pub struct DoorError(pub PyErr);

impl From<Error> for DoorError {
    fn from(error: Error) -> Self {
        Self(to_py(&error))
    }
}

impl From<DoorError> for PyErr {
    fn from(error: DoorError) -> Self {
        error.0
    }
}

/// Turns core results into Python results: `.or_raise()?`.
pub trait OrRaise<T> {
    /// The value, or the exception for the error.
    fn or_raise(self) -> PyResult<T>;
}

impl<T> OrRaise<T> for Result<T, Error> {
    #[inline]
    fn or_raise(self) -> PyResult<T> {
        self.map_err(|e| to_py(&e))
    }
}

/// The exception for a core error, with NumPy's class and words.
#[cold]
pub fn to_py(error: &Error) -> PyErr {
    // SAFETY: errors are converted only inside entries from Python.
    let py = unsafe { Python::assume_attached() };
    let text = error.to_string();
    match error.kind() {
        ErrorKind::Value => PyValueError::new_err(text),
        ErrorKind::Type => PyTypeError::new_err(text),
        ErrorKind::Index => PyIndexError::new_err(text),
        ErrorKind::Overflow => PyOverflowError::new_err(text),
        ErrorKind::Unsupported => PyNotImplementedError::new_err(text),
        ErrorKind::Object => PyErr::fetch(py),
        // The look at the signals left the exception of their handler behind.
        ErrorKind::Interrupted => {
            PyErr::take(py).unwrap_or_else(|| PyKeyboardInterrupt::new_err(()))
        }
        ErrorKind::Axis => match error {
            Error::Axis { axis, ndim } => package_error(py, "exceptions", "AxisError", |_| {
                (*axis, *ndim).into_pyobject(py)
            })
            .unwrap_or_else(|e| e),
            _ => PyValueError::new_err(text),
        },
        ErrorKind::Promotion => package_error(py, "exceptions", "DTypePromotionError", |_| {
            PyTuple::new(py, [text])
        })
        .unwrap_or_else(|e| e),
        ErrorKind::Memory => match error {
            Error::Memory(what) => {
                package_error(py, "_core._exceptions", "_ArrayMemoryError", |_| {
                    let shape = PyTuple::new(py, what.0.iter())?;
                    let descr = crate::descr::from_dtype(py, &what.1)?;
                    PyTuple::new(py, [shape.into_any(), descr])
                })
                .unwrap_or_else(|e| e)
            }
            _ => PyMemoryError::new_err(()),
        },
        ErrorKind::NoLoop | ErrorKind::Casting => ufunc_error(py, error).unwrap_or_else(|e| e),
    }
}

/// The `UFuncTypeError` family, with the ufunc object and dtypes as attributes.
fn ufunc_error(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    let descr = |d: &numpy_rs_core::dtype::DType| crate::descr::from_dtype(py, d);
    match error {
        Error::NoLoop { ufunc, dtypes, .. } => {
            let ufunc = crate::package::import(py, "")?.getattr(*ufunc)?;
            let dtypes = dtypes.iter().map(descr).collect::<PyResult<Vec<_>>>()?;
            let dtypes = PyTuple::new(py, dtypes)?;
            package_error(py, "_core._exceptions", "_UFuncNoLoopError", |_| {
                PyTuple::new(py, [ufunc, dtypes.into_any()])
            })
        }
        Error::Casting(e) => {
            let Some(name) = e.ufunc else {
                return Ok(PyTypeError::new_err(error.to_string()));
            };
            let ufunc = crate::package::import(py, "")?.getattr(name)?;
            let (from, to) = (descr(&e.from)?, descr(&e.to)?);
            let class = if e.input {
                "_UFuncInputCastingError"
            } else {
                "_UFuncOutputCastingError"
            };
            let operand = e.operand.unwrap_or(0).into_pyobject(py)?.into_any();
            let casting = e.casting.into_pyobject(py)?.into_any();
            package_error(py, "_core._exceptions", class, |_| {
                PyTuple::new(py, [ufunc, casting, from, to, operand])
            })
        }
        _ => Ok(PyTypeError::new_err(error.to_string())),
    }
}

/// An instance of an exception class that the Python package defines.
pub(crate) fn package_error<'py>(
    py: Python<'py>,
    module: &str,
    class: &str,
    args: impl FnOnce(Python<'py>) -> PyResult<Bound<'py, PyTuple>>,
) -> PyResult<PyErr> {
    let class = crate::package::import(py, module)?.getattr(class)?;
    Ok(PyErr::from_value(class.call1(args(py)?)?))
}
