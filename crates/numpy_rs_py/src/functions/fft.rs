//! One transform along one axis: what all functions of `numpy.fft` are made of.

use numpy_rs_core::array::Array;
use numpy_rs_core::overlap;
use numpy_rs_fft::{Kind, Scale, transform};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::array::{self, ArrayRef};
use crate::convert::array_like;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::flags;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[FunctionDef {
    module: "fft",
    signature: "_transform(a, kind, n, axis, scale, out=None)",
    relevant: &[],
    doc: "The transform of length `n` along an axis, kind `c` complex, `b` complex backward, `r` real \
          forward, `h` Hermitian to real; divided by `n` for scale 1, by its square root for 2. `out` itself is \
          answered where it could be written.",
    run,
}];

fn run<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let input = array_like::plain(&a.required(0))?;
    if !input.dtype()?.num().is_number() {
        return Err(PyTypeError::new_err(
            "ufunc 'fft' not supported for the input types, and the inputs could not be safely coerced to any supported \
             types according to the casting rule ''same_kind''",
        ));
    }
    let kind = match a.required(1).extract::<String>()?.as_str() {
        "c" => Kind::Forward,
        "b" => Kind::Backward,
        "r" => Kind::RealForward,
        _ => Kind::RealBackward,
    };
    let n = a.required(2).extract::<usize>()?;
    let axis = a.required(3).extract::<usize>()?;
    let scale = match a.required(4).extract::<u8>()? {
        0 => Scale::One,
        1 => Scale::Reciprocal,
        _ => Scale::Root,
    };
    if n == 0 {
        return Err(PyValueError::new_err(
            "Invalid number of FFT data points (0) specified.",
        ));
    }
    if let Some(given) = a.some(5)
        && let Some(out) = ArrayRef::from_object(&given)
    {
        let (dtype, shape) = numpy_rs_fft::result(&input.view()?, kind, n, axis).or_raise()?;
        let writable = out.flags() & (flags::WRITEABLE | flags::WARN_ON_WRITE) == flags::WRITEABLE;
        let fits = writable
            && out.dtype()? == dtype
            && out.flags() & flags::ALIGNED != 0
            && *out.shape() == shape[..]
            && !overlap::may_overlap_itself(out.shape(), out.strides(), dtype.itemsize());
        if fits {
            let mut to = out.view_mut_unchecked()?;
            numpy_rs_fft::run(&input.view()?, &mut to, kind, n, axis, scale).or_raise()?;
            return Ok(given);
        }
    }
    let made: Array = transform(&input.view()?, kind, n, axis, scale).or_raise()?;
    Ok(array::from_core(a.py(), made)?.into_any())
}
