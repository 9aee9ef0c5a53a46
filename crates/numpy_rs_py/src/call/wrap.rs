//! Results in the class that the inputs ask for: `__array_wrap__`, subclasses, scalars for results without axes.

use std::sync::OnceLock;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use smallvec::SmallVec;

use super::overrides::is_plain;
use super::registry::Callee;
use crate::array::{self, ArrayRef, Memory};
use crate::beside;
use crate::classes::{AbstractScalar, NDARRAY};
use crate::convert::item;

/// Priority of scalars and of objects that state none.
const SCALAR_PRIORITY: f64 = -1_000_000.0;

/// Who wraps the results: an input with the highest `__array_priority__`.
pub(crate) struct Wrapper<'py> {
    owner: Bound<'py, PyAny>,
    method: Bound<'py, PyAny>,
}

/// `type(x).__array_wrap__` of ndarray itself, which is done here without a call.
fn is_default(method: &Bound<'_, PyAny>) -> bool {
    static DEFAULT: OnceLock<Option<Py<PyAny>>> = OnceLock::new();
    let py = method.py();
    DEFAULT
        .get_or_init(|| {
            NDARRAY
                .bound(py)
                .getattr(pyo3::intern!(py, "__array_wrap__"))
                .ok()
                .map(Bound::unbind)
        })
        .as_ref()
        .is_some_and(|d| method.is(d.bind(py)))
}

fn priority(value: &Bound<'_, PyAny>) -> PyResult<f64> {
    match value.getattr_opt(pyo3::intern!(value.py(), "__array_priority__"))? {
        Some(p) => Ok(p.extract().unwrap_or(SCALAR_PRIORITY)),
        None => Ok(SCALAR_PRIORITY),
    }
}

fn method_of<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    value
        .get_type()
        .getattr_opt(pyo3::intern!(value.py(), "__array_wrap__"))
        .map(|m| m.filter(|m| !m.is_none()))
}

impl<'py> Wrapper<'py> {
    /// The wrapper for results of these inputs; `None` where exact ndarrays are right.
    pub(crate) fn find(inputs: &[Bound<'py, PyAny>]) -> PyResult<Option<Self>> {
        if inputs.iter().all(is_plain) {
            return Ok(None);
        }
        let mut best: Option<(f64, Option<Self>)> = None;
        for x in inputs {
            let exact = NDARRAY.is_exact(x);
            if exact || is_plain(x) || AbstractScalar::Generic.class().is_instance(x) {
                let own = if exact { 0.0 } else { SCALAR_PRIORITY };
                if best.as_ref().is_none_or(|(p, _)| own > *p) {
                    best = Some((own, None));
                }
                continue;
            }
            if beside::is_array_or_scalar(x) {
                continue;
            }
            let Some(method) = method_of(x)? else {
                continue;
            };
            let own = priority(x)?;
            if best.as_ref().is_none_or(|(p, w)| {
                own > *p || (w.is_none() && *p == SCALAR_PRIORITY && own == *p)
            }) {
                best = Some((
                    own,
                    Some(Self {
                        owner: x.clone(),
                        method,
                    }),
                ));
            }
        }
        Ok(best.and_then(|(_, w)| w))
    }

    /// The wrapper that a given output is for itself; `None` for exact ndarrays and for arrays of the real NumPy, which
    /// go back as they came.
    pub(crate) fn of_output(out: &Bound<'py, PyAny>) -> PyResult<Option<Self>> {
        if NDARRAY.is_exact(out) || beside::is_array(out) {
            return Ok(None);
        }
        Ok(method_of(out)?.map(|method| Self {
            owner: out.clone(),
            method,
        }))
    }

    /// Wraps one result.
    pub(crate) fn apply(
        &self,
        result: &ArrayRef<'py>,
        context: Option<&Bound<'py, PyTuple>>,
        as_scalar: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = result.py();
        if is_default(&self.method) {
            let class = self.owner.get_type_ptr();
            if result.as_any().get_type_ptr() == class {
                return Ok(result.as_any().clone());
            }
            let memory = Memory::Borrowed {
                data: result.data(),
                base: Some(result.as_any().clone()),
                writeable: true,
            };
            let made = array::new_array(
                py,
                class,
                result.descr(),
                result.shape(),
                Some(result.strides()),
                memory,
            )?;
            array::finalize(&made, Some(&self.owner))?;
            return Ok(made.into_any());
        }
        // SAFETY: binding a function found on the type to its instance.
        let bound = unsafe {
            let get = (*self.method.get_type_ptr()).tp_descr_get;
            match get {
                Some(get) => Bound::from_owned_ptr_or_err(
                    py,
                    get(
                        self.method.as_ptr(),
                        self.owner.as_ptr(),
                        self.owner.get_type_ptr().cast(),
                    ),
                )?,
                None => self.method.clone(),
            }
        };
        let none = py.None().into_bound(py);
        let context = context.map_or(none, |c| c.clone().into_any());
        match bound.call1((result.as_any(), &context, as_scalar)) {
            Err(e)
                if e.is_instance_of::<pyo3::exceptions::PyTypeError>(py) && takes_less(&e, py) =>
            {
                deprecated_signature(py)?;
                match bound.call1((result.as_any(), &context)) {
                    Err(e) if takes_less(&e, py) => bound.call1((result.as_any(),)),
                    answer => answer,
                }
            }
            answer => answer,
        }
    }
}

/// Whether a `TypeError` was about the number of arguments: the signature of older versions of the protocol.
fn takes_less(e: &PyErr, py: Python<'_>) -> bool {
    if e.traceback(py).is_some() {
        return false;
    }
    let text = e.value(py).to_string();
    text.contains("positional argument")
        || text.contains("return_scalar")
        || text.contains("context")
}

fn deprecated_signature(py: Python<'_>) -> PyResult<()> {
    PyErr::warn(
        py,
        &py.get_type::<pyo3::exceptions::PyDeprecationWarning>(),
        c"__array_wrap__ must accept context and return_scalar arguments (positionally) in the future. (Deprecated NumPy 2.0)",
        1,
    )
}

/// The second argument of `__array_wrap__`: the ufunc, all operands, and which output this is.
pub(crate) fn context<'py>(
    callee: &Callee<'py>,
    operands: &[Bound<'py, PyAny>],
    output: usize,
) -> PyResult<Bound<'py, PyTuple>> {
    let py = callee.py;
    let operands = PyTuple::new(py, operands)?;
    let parts: SmallVec<[Bound<'py, PyAny>; 3]> = SmallVec::from_iter([
        callee.object()?,
        operands.into_any(),
        output.into_pyobject(py)?.into_any(),
    ]);
    PyTuple::new(py, parts)
}

/// An array without axes as a scalar, any other array as it is.
pub(crate) fn scalar_or_array(array: ArrayRef<'_>) -> PyResult<Bound<'_, PyAny>> {
    if array.ndim() > 0 || !array.is_exact() {
        return Ok(array.into_any());
    }
    // SAFETY: the array holds one item of its dtype.
    unsafe { item::to_object(array.py(), array.data(), &array.descr()) }
}

/// A reference stored as an item, given to the caller.
///
/// # Safety
///
/// The pointer is an owned reference or null, which reads as `None`.
pub(crate) unsafe fn owned_reference(
    py: Python<'_>,
    object: *mut ffi::PyObject,
) -> Bound<'_, PyAny> {
    // SAFETY: promised by the caller.
    unsafe { Bound::from_owned_ptr_or_opt(py, object) }.unwrap_or_else(|| py.None().into_bound(py))
}
