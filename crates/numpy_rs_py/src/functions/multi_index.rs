//! Flat indices and tuples of indices: `ravel_multi_index` and `unravel_index`.

use numpy_rs_core::cast::Casting;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::index::mask::index_dtype;
use numpy_rs_core::layout::{self, Order};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::array::{self, ArrayRef};
use crate::convert::keyword::{self, ClipMode};
use crate::convert::{self, array_like};
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "ravel_multi_index(multi_index, dims, mode='raise', order='C')",
        relevant: &["multi_index*"],
        doc: "The flat index of a tuple of indices into an array of shape `dims`.",
        run: ravel_multi_index,
    },
    FunctionDef {
        module: "",
        signature: "unravel_index(indices, shape, order='C')",
        relevant: &["indices"],
        doc: "The tuple of indices that a flat index into an array of a shape stands for.",
        run: unravel_index,
    },
];

/// Indices as contiguous `intp`, with their shape.
fn indices<'py>(object: &Bound<'py, PyAny>) -> PyResult<ArrayRef<'py>> {
    let given = array_like::plain(object)?;
    let dtype = given.dtype()?;
    let empty = given.size() == 0;
    if !empty && !numpy_rs_core::cast::can_cast(&dtype, &index_dtype(), Casting::SameKind) {
        return Err(PyTypeError::new_err("only int indices permitted"));
    }
    let (held, _) =
        numpy_rs_core::copy::cast_to(&given.view()?, &index_dtype(), Order::C, Casting::Unsafe)
            .or_raise()?;
    array::from_core(object.py(), held)
}

fn fortran(a: &Args<'_>, at: usize) -> PyResult<bool> {
    match a
        .get(at)
        .map_or(Ok(Order::C), |o| keyword::order(&o, Order::C))?
    {
        Order::C => Ok(false),
        Order::F => Ok(true),
        _ => Err(PyValueError::new_err("only 'C' or 'F' order is permitted")),
    }
}

/// A 0-d result becomes a scalar.
fn result(array: ArrayRef<'_>) -> PyResult<Bound<'_, PyAny>> {
    if array.ndim() > 0 {
        return Ok(array.into_any());
    }
    // SAFETY: a 0-d array holds one element.
    unsafe { convert::scalar::to_object(array.py(), array.data(), &array.descr()) }
}

fn ravel_multi_index<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let dims = convert::shape::from_object(&a.required(1))?;
    if layout::checked_size(&dims).is_err() {
        return Err(PyValueError::new_err(
            "invalid dims: array size defined by dims is larger than the maximum possible size.",
        ));
    }
    let modes: Vec<ClipMode> = match a.some(2) {
        Some(m) if m.is_instance_of::<PyTuple>() => m
            .try_iter()?
            .map(|one| keyword::clip_mode(Some(&one?)))
            .collect::<PyResult<_>>()?,
        other => vec![keyword::clip_mode(other.as_ref())?; dims.len()],
    };
    let order = fortran(a, 3)?;
    let given: Vec<Bound<'py, PyAny>> = a.required(0).try_iter()?.collect::<PyResult<_>>()?;
    if given.len() != dims.len() || modes.len() != dims.len() {
        return Err(PyValueError::new_err(format!(
            "parameter multi_index must be a sequence of length {}",
            dims.len()
        )));
    }
    let arrays = given.iter().map(indices).collect::<PyResult<Vec<_>>>()?;
    let shapes: Vec<&[isize]> = arrays.iter().map(ArrayRef::shape).collect();
    let shape = layout::broadcast_shapes(&shapes).or_raise()?;
    let strides = arrays
        .iter()
        .map(|x| layout::broadcast_strides(x.shape(), x.strides(), &shape).or_raise())
        .collect::<PyResult<Vec<_>>>()?;
    let steps = if order {
        layout::f_strides(&dims, 1)
    } else {
        layout::c_strides(&dims, 1)
    };
    let out = array::empty(py, &index_dtype(), &shape, Order::C)?;
    let mut at = Dims::from_elem(0, shape.len());
    for k in 0..out.size() {
        let mut flat = 0isize;
        for (axis, array) in arrays.iter().enumerate() {
            let offset: isize = at.iter().zip(&strides[axis]).map(|(i, s)| i * s).sum();
            // SAFETY: the offset lies inside the contiguous array of `intp`.
            let i = unsafe { *array.data().offset(offset).cast::<isize>() };
            let n = dims[axis];
            let i = match modes[axis] {
                ClipMode::Raise if !(0..n).contains(&i) => {
                    return Err(PyValueError::new_err("invalid entry in coordinates array"));
                }
                ClipMode::Raise => i,
                ClipMode::Wrap if n > 0 => i.rem_euclid(n),
                ClipMode::Wrap => 0,
                ClipMode::Clip => i.clamp(0, (n - 1).max(0)),
            };
            flat += i * steps[axis];
        }
        // SAFETY: `k` is below the size of the fresh array.
        unsafe { *out.data().cast::<isize>().add(k) = flat };
        for axis in (0..shape.len()).rev() {
            at[axis] += 1;
            if at[axis] < shape[axis] {
                break;
            }
            at[axis] = 0;
        }
    }
    result(out)
}

fn unravel_index<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let dims = convert::shape::from_object(&a.required(1))?;
    let size = layout::checked_size(&dims).map_err(|_| {
        PyValueError::new_err("dimensions are too large; arrays and shapes with a total size greater than 'intp' are not supported.")
    })?;
    let order = fortran(a, 2)?;
    let flat = indices(&a.required(0))?;
    let outs = dims
        .iter()
        .map(|_| array::empty(py, &index_dtype(), flat.shape(), Order::C))
        .collect::<PyResult<Vec<_>>>()?;
    for k in 0..flat.size() {
        // SAFETY: `k` is below the size of the contiguous array of `intp`.
        let i = unsafe { *flat.data().cast::<isize>().add(k) };
        if !(0..size).contains(&i) {
            return Err(PyValueError::new_err(format!(
                "index {i} is out of bounds for array with size {size}"
            )));
        }
        let mut rest = i;
        let mut split = |axis: usize| {
            // SAFETY: as above, for the fresh arrays.
            unsafe { *outs[axis].data().cast::<isize>().add(k) = rest % dims[axis] };
            rest /= dims[axis];
        };
        if order {
            (0..dims.len()).for_each(&mut split);
        } else {
            (0..dims.len()).rev().for_each(&mut split);
        }
    }
    Ok(PyTuple::new(
        py,
        outs.into_iter().map(result).collect::<PyResult<Vec<_>>>()?,
    )?
    .into_any())
}
