//! What a call asks besides its operands, and its results as the caller gets them.

use numpy_rs_core::dtype::DType;
use numpy_rs_core::ufunc::{Operand, UfuncOptions};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use smallvec::SmallVec;

use super::arguments::{self, Keywords, Outs};
use super::registry::Callee;
use super::wrap::{self, Wrapper};
use crate::array::ArrayRef;
use crate::convert::target::Target;
use crate::convert::warning;

/// What a call asks besides its operands.
pub(crate) struct Request<'py> {
    pub(crate) outs: Outs<'py>,
    pub(crate) mask: Option<ArrayRef<'py>>,
    pub(crate) options: UfuncOptions,
    pub(crate) subok: bool,
    /// Results without axes become scalars.
    pub(crate) scalars: bool,
}

impl Default for Request<'_> {
    fn default() -> Self {
        Self {
            outs: Outs::none(),
            mask: None,
            options: UfuncOptions::default(),
            subok: true,
            scalars: true,
        }
    }
}

/// The request that keywords make.
pub(crate) fn request<'py>(
    callee: &Callee<'py>,
    keywords: &Keywords<'py>,
    outs: Outs<'py>,
) -> PyResult<Request<'py>> {
    let options = arguments::options(callee.ufunc, keywords)?;
    let subok = arguments::subok(keywords.subok.as_ref())?;
    let mask = arguments::mask(keywords.mask.as_ref())?;
    if mask.is_some() && !outs.written {
        arguments::warn_uninitialised(callee.py)?;
    }
    Ok(Request {
        scalars: !outs.keep_arrays,
        outs,
        mask,
        options,
        subok,
    })
}

/// Results as the caller gets them.
pub(crate) fn finish<'py>(
    callee: &Callee<'py>,
    objects: &[Bound<'py, PyAny>],
    request: &Request<'py>,
    wrapper: Option<&Wrapper<'py>>,
    results: SmallVec<[ArrayRef<'py>; 2]>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callee.py;
    let one = |i: usize, result: ArrayRef<'py>| -> PyResult<Bound<'py, PyAny>> {
        let given = request.outs.each.get(i).and_then(Option::as_ref);
        let own = match given {
            Some(out) if request.subok => Wrapper::of_output(out)?,
            _ => None,
        };
        let chosen = if given.is_some() {
            own.as_ref()
        } else {
            wrapper
        };
        if let Some(chosen) = chosen {
            let mut operands: SmallVec<[Bound<'py, PyAny>; 4]> = objects.iter().cloned().collect();
            operands.extend(request.outs.each.iter().flatten().cloned());
            let context = wrap::context(callee, &operands, i)?;
            let as_scalar = given.is_none() && request.scalars && result.ndim() == 0;
            return chosen.apply(&result, Some(&context), as_scalar);
        }
        if let Some(given) = given {
            return Ok(given.clone());
        }
        if !request.scalars {
            return Ok(result.into_any());
        }
        wrap::scalar_or_array(result)
    };
    let mut results = results.into_iter().enumerate();
    if callee.ufunc.nout == 1
        && let Some((i, result)) = results.next()
    {
        return one(i, result);
    }
    let all = results
        .map(|(i, r)| one(i, r))
        .collect::<PyResult<SmallVec<[Bound<'py, PyAny>; 2]>>>()?;
    Ok(PyTuple::new(py, all)?.into_any())
}

/// Outputs must be writeable before anything is computed.
pub(crate) fn check_writeable(given: &[Option<Target<'_>>]) -> PyResult<()> {
    for out in given.iter().flatten() {
        out.require_writeable("output array")?;
    }
    Ok(())
}

/// Says which operands of a call lose their imaginary parts on the way to and from the loop's dtypes. Outputs are read
/// too where a mask may leave elements alone.
pub(crate) fn warn_of_imaginary(
    py: Python<'_>,
    used: &[DType],
    inputs: &[Operand],
    given: &[Option<Target<'_>>],
    masked: bool,
) -> PyResult<()> {
    for (x, to) in inputs.iter().zip(used) {
        warning::imaginary_dropped(py, x.spec.dtype.num(), to.num())?;
    }
    for (out, own) in given.iter().zip(&used[inputs.len()..]) {
        let Some(out) = out else { continue };
        let num = out.dtype()?.num();
        warning::imaginary_dropped(py, own.num(), num)?;
        if masked {
            warning::imaginary_dropped(py, num, own.num())?;
        }
    }
    Ok(())
}
