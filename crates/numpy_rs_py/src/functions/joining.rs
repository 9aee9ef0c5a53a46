//! Joining arrays: `concatenate`, `stack` and their kin.

use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{ByteOrder, DType};
use numpy_rs_core::layout;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use crate::array::{self, ArrayRef, Memory};
use crate::classes::NDARRAY;
use crate::convert::target::Target;
use crate::convert::{self, array_like};
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::signature::Args;
use crate::{descr, layout::flags};

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "concatenate(arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind')",
        relevant: &["arrays*", "out"],
        doc: "Joins arrays along an existing axis; `axis=None` joins their elements in C order.",
        run: |a| {
            let parts = sequence(&a.required(0))?;
            let axis = match a.get(1) {
                None => Some(0),
                Some(v) if v.is_none() => None,
                Some(v) => Some(v.extract::<isize>()?),
            };
            join(a.py(), &parts, axis, &JoinOptions::from_args(a, 2)?)
        },
    },
    FunctionDef {
        module: "",
        signature: "stack(arrays, axis=0, out=None, *, dtype=None, casting='same_kind')",
        relevant: &["arrays*", "out"],
        doc: "Joins arrays of one shape along a fresh axis.",
        run: stack,
    },
    FunctionDef {
        module: "",
        signature: "vstack(tup, *, dtype=None, casting='same_kind')",
        relevant: &["tup*"],
        doc: "Joins arrays along the first axis; arrays of shape `(n,)` count as rows `(1, n)`.",
        run: |a| {
            let parts = each_at_least(a, 2)?;
            join(a.py(), &parts, Some(0), &JoinOptions::without_out(a, 1)?)
        },
    },
    FunctionDef {
        module: "",
        signature: "hstack(tup, *, dtype=None, casting='same_kind')",
        relevant: &["tup*"],
        doc: "Joins arrays along the second axis, or the first where they have only one.",
        run: |a| {
            let parts = each_at_least(a, 1)?;
            let one = parts
                .first()
                .and_then(ArrayRef::from_object)
                .is_some_and(|p| p.ndim() == 1);
            join(
                a.py(),
                &parts,
                Some(isize::from(!one)),
                &JoinOptions::without_out(a, 1)?,
            )
        },
    },
    FunctionDef {
        module: "",
        signature: "atleast_1d(*arys)",
        relevant: &["arys*"],
        doc: "The input as an array of at least one dimension.",
        run: |a| at_least(a, 1),
    },
    FunctionDef {
        module: "",
        signature: "atleast_2d(*arys)",
        relevant: &["arys*"],
        doc: "The input as an array of at least two dimensions; new axes stand in front.",
        run: |a| at_least(a, 2),
    },
    FunctionDef {
        module: "",
        signature: "atleast_3d(*arys)",
        relevant: &["arys*"],
        doc: "The input as an array of at least three dimensions: `(n,)` becomes `(1, n, 1)`, `(m, n)` `(m, n, 1)`.",
        run: |a| at_least(a, 3),
    },
];

/// Keyword arguments that all joining functions share.
struct JoinOptions<'py> {
    out: Option<Bound<'py, PyAny>>,
    dtype: Option<Bound<'py, PyAny>>,
    casting: Casting,
}

impl<'py> JoinOptions<'py> {
    /// `out`, `dtype` and `casting` from position `at` on.
    fn from_args(a: &Args<'py>, at: usize) -> PyResult<Self> {
        let mut options = Self::without_out(a, at + 1)?;
        options.out = a.some(at);
        Ok(options)
    }

    fn without_out(a: &Args<'py>, at: usize) -> PyResult<Self> {
        let dtype = a
            .some(at)
            .map(|d| convert::dtype::from_object(&d))
            .transpose()?;
        let casting = match a.some(at + 1) {
            Some(c) => Casting::from_name(&c.extract::<String>()?).or_raise()?,
            None => Casting::SameKind,
        };
        Ok(Self {
            out: None,
            dtype,
            casting,
        })
    }
}

/// The items of a sequence argument, each as it is.
fn sequence<'py>(object: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if let Ok(list) = object.cast::<PyList>() {
        return Ok(list.iter().collect());
    }
    if let Ok(tuple) = object.cast::<PyTuple>() {
        return Ok(tuple.iter().collect());
    }
    let py = object.py();
    if object.hasattr(pyo3::intern!(py, "__getitem__"))?
        && object.hasattr(pyo3::intern!(py, "__len__"))?
    {
        let n = object.len()?;
        return (0..n).map(|i| object.get_item(i)).collect();
    }
    Err(PyTypeError::new_err(
        "The first input argument needs to be a sequence",
    ))
}

/// The arrays of a sequence argument for `stack`-like functions, which refuse generators.
fn arrays_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if !object.hasattr(pyo3::intern!(object.py(), "__getitem__"))? {
        return Err(PyTypeError::new_err(
            "arrays to stack must be passed as a \"sequence\" type such as list or tuple.",
        ));
    }
    sequence(object)
}

/// Whether a part is a Python number that adapts to the other dtypes (NEP 50).
fn is_weak(object: &Bound<'_, PyAny>) -> bool {
    use pyo3::types::{PyBool, PyComplex, PyFloat, PyInt};
    !object.is_instance_of::<PyBool>()
        && (object.is_exact_instance_of::<PyInt>()
            || object.is_exact_instance_of::<PyFloat>()
            || object.is_exact_instance_of::<PyComplex>())
}

/// Joins `parts` along `axis`, or flattened.
fn join<'py>(
    py: Python<'py>,
    parts: &[Bound<'py, PyAny>],
    axis: Option<isize>,
    options: &JoinOptions<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    if parts.is_empty() {
        return Err(PyValueError::new_err(
            "need at least one array to concatenate",
        ));
    }
    if options.out.is_some() && options.dtype.is_some() {
        return Err(PyTypeError::new_err(
            "concatenate() only takes `out` or `dtype` as an argument, but both were provided.",
        ));
    }
    let arrays = parts
        .iter()
        .map(|p| array_like::plain(p))
        .collect::<PyResult<Vec<_>>>()?;
    let (shape, at) = match axis {
        Some(axis) => joined_shape(&arrays, axis)?,
        None => (
            Dims::from_slice(&[arrays.iter().map(|a| a.size() as isize).sum()]),
            0,
        ),
    };
    let out = if let Some(out) = &options.out {
        given_out(out, &shape)?
    } else {
        let descr = match &options.dtype {
            Some(d) => flexible_size(py, d, &arrays)?,
            None => common_descr(py, parts, &arrays)?,
        };
        fresh(py, &arrays, descr, &shape, axis.is_some())?
    };
    let mut begin = 0;
    let mut target = out.view_mut("assignment destination")?;
    let strides = Dims::from_slice(out.strides());
    for a in &arrays {
        let source = a.view()?;
        let (mut block, len) = (
            shape.clone(),
            if axis.is_some() {
                a.shape()[at]
            } else {
                a.size() as isize
            },
        );
        block[at] = len;
        // SAFETY: the blocks lie one after another inside the output.
        let mut part = unsafe { target.relayout(begin * strides[at], block, strides.clone()) };
        if axis.is_some() {
            copy::assign(&mut part, &source, options.casting).or_raise()?;
        } else {
            // Elements in C order: the part takes the shape of the source.
            let inner = layout::c_strides(a.shape(), 1)
                .iter()
                .map(|s| s * strides[0])
                .collect();
            // SAFETY: the same elements of the output, seen in the shape of the source.
            let mut seen = unsafe { part.relayout(0, Dims::from_slice(a.shape()), inner) };
            copy::assign(&mut seen, &source, options.casting).or_raise()?;
        }
        begin += len;
    }
    match &options.out {
        Some(out) => Ok(out.clone()),
        None => Ok(out.into_any()),
    }
}

fn given_out<'py>(out: &Bound<'py, PyAny>, shape: &[isize]) -> PyResult<ArrayRef<'py>> {
    let out = Target::required(out, "'out' must be an array")?;
    if out.ndim() != shape.len() {
        return Err(PyValueError::new_err(
            "Output array has wrong dimensionality",
        ));
    }
    if out.shape() != shape {
        return Err(PyValueError::new_err("Output array is the wrong shape"));
    }
    Ok(out.array().clone())
}

/// The shape of the joined array, and its axis counted from the front.
fn joined_shape(arrays: &[ArrayRef<'_>], axis: isize) -> PyResult<(Dims, usize)> {
    let first = &arrays[0];
    if first.ndim() == 0 {
        return Err(PyValueError::new_err(
            "zero-dimensional arrays cannot be concatenated",
        ));
    }
    let at = layout::normalize_axis(axis, first.ndim()).or_raise()?;
    let mut shape = Dims::from_slice(first.shape());
    for (i, a) in arrays.iter().enumerate().skip(1) {
        if a.ndim() != shape.len() {
            return Err(PyValueError::new_err(format!(
                "all the input arrays must have same number of dimensions, but the array at index 0 has {} \
                 dimension(s) and the array at index {i} has {} dimension(s)",
                shape.len(),
                a.ndim()
            )));
        }
        for (d, (&have, &want)) in a.shape().iter().zip(first.shape()).enumerate() {
            if d == at {
                continue;
            }
            if have != want {
                return Err(PyValueError::new_err(format!(
                    "all the input array dimensions except for the concatenation axis must match exactly, but along \
                     dimension {d}, the array at index 0 has size {want} and the array at index {i} has size {have}"
                )));
            }
        }
        shape[at] = shape[at]
            .checked_add(a.shape()[at])
            .ok_or(numpy_rs_core::error::Error::TooBig)
            .or_raise()?;
    }
    Ok((shape, at))
}

/// The common dtype of the parts, with Python numbers as weak scalars.
fn common_descr<'py>(
    py: Python<'py>,
    parts: &[Bound<'py, PyAny>],
    arrays: &[ArrayRef<'py>],
) -> PyResult<Bound<'py, PyAny>> {
    let strong: Vec<&ArrayRef<'py>> = parts
        .iter()
        .zip(arrays)
        .filter(|(p, _)| !is_weak(p))
        .map(|(_, a)| a)
        .collect();
    if strong.len() == arrays.len() || strong.is_empty() {
        let first = &arrays[0];
        let own = first.dtype()?;
        if own.is_native() && arrays.iter().all(|a| a.descr().is(first.descr())) {
            return Ok(first.descr());
        }
        let dtypes = arrays
            .iter()
            .map(ArrayRef::dtype)
            .collect::<PyResult<Vec<_>>>()?;
        let common = cast::promote_all(&dtypes).or_raise()?;
        return descr::from_dtype(py, &common.with_byte_order(ByteOrder::Native));
    }
    let result_type = crate::package::import(py, "")?.getattr("result_type")?;
    let args = parts.iter().zip(arrays).map(|(p, a)| {
        if is_weak(p) {
            p.clone()
        } else {
            a.as_any().clone()
        }
    });
    result_type.call1(PyTuple::new(py, args.collect::<Vec<_>>())?)
}

/// A requested dtype without a size gets that of the parts.
fn flexible_size<'py>(
    py: Python<'py>,
    wanted: &Bound<'py, PyAny>,
    arrays: &[ArrayRef<'py>],
) -> PyResult<Bound<'py, PyAny>> {
    let dtype = descr::to_dtype(wanted)?;
    if !dtype.num().is_flexible() || dtype.itemsize() != 0 || dtype.detail().is_some() {
        return Ok(wanted.clone());
    }
    let mut common: Option<DType> = None;
    for a in arrays {
        let sized = cast::promote(&dtype, &a.dtype()?).or_raise()?;
        common = Some(match common {
            None => sized,
            Some(c) => cast::promote(&c, &sized).or_raise()?,
        });
    }
    descr::from_dtype(py, &common.unwrap_or(dtype))
}

/// A new array: of the subclass with the highest priority, in the memory order that the parts share.
fn fresh<'py>(
    py: Python<'py>,
    arrays: &[ArrayRef<'py>],
    descr: Bound<'py, PyAny>,
    shape: &[isize],
    keep_order: bool,
) -> PyResult<ArrayRef<'py>> {
    let mut class = NDARRAY.get();
    if arrays.iter().any(|a| !a.is_exact()) {
        let mut best = f64::NEG_INFINITY;
        for a in arrays {
            let priority = if a.is_exact() {
                0.0
            } else {
                a.as_any()
                    .getattr("__array_priority__")
                    .and_then(|p| p.extract())
                    .unwrap_or(0.0)
            };
            if priority > best {
                best = priority;
                class = a.as_any().get_type_ptr();
            }
        }
    }
    let is = |flag| arrays.iter().all(|a| a.flags() & flag != 0);
    let itemsize = descr::fields(&descr).elsize as usize;
    let strides = (keep_order && is(flags::F_CONTIGUOUS) && !is(flags::C_CONTIGUOUS))
        .then(|| layout::f_strides(shape, itemsize));
    let made = array::new_array(py, class, descr, shape, strides.as_deref(), Memory::Uninit)?;
    array::finalize(&made, None)?;
    Ok(made)
}

/// The parts of the first argument, each with at least `ndim` axes.
fn each_at_least<'py>(a: &Args<'py>, ndim: usize) -> PyResult<Vec<Bound<'py, PyAny>>> {
    arrays_of(&a.required(0))?
        .iter()
        .map(|p| with_axes(p, ndim))
        .collect()
}

/// An array with at least `ndim` axes.
fn with_axes<'py>(object: &Bound<'py, PyAny>, ndim: usize) -> PyResult<Bound<'py, PyAny>> {
    let array = array_like::as_array(object)?;
    let (shape, strides) = (array.shape(), array.strides());
    let step = array.itemsize() as isize;
    if array.ndim() >= ndim {
        return Ok(array.into_any());
    }
    let (shape, strides): (Dims, Dims) = match (ndim, shape) {
        (_, []) => (Dims::from_elem(1, ndim), Dims::from_elem(step, ndim)),
        (3, [n]) => (
            Dims::from_slice(&[1, *n, 1]),
            Dims::from_slice(&[step, strides[0], step]),
        ),
        (3, [m, n]) => (
            Dims::from_slice(&[*m, *n, 1]),
            Dims::from_slice(&[strides[0], strides[1], step]),
        ),
        (_, rest) => (
            std::iter::once(1).chain(rest.iter().copied()).collect(),
            std::iter::once(step)
                .chain(strides.iter().copied())
                .collect(),
        ),
    };
    Ok(array::relayout(&array, 0, &shape, &strides)?.into_any())
}

fn at_least<'py>(a: &Args<'py>, ndim: usize) -> PyResult<Bound<'py, PyAny>> {
    let given = a.required(0);
    let given: &Bound<'py, PyTuple> = given.cast()?;
    if given.len() == 1 {
        return with_axes(&given.get_item(0)?, ndim);
    }
    let all = given
        .iter()
        .map(|p| with_axes(&p, ndim))
        .collect::<PyResult<Vec<_>>>()?;
    Ok(PyTuple::new(a.py(), all)?.into_any())
}

fn stack<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let parts = arrays_of(&a.required(0))?;
    let arrays = parts
        .iter()
        .map(array_like::as_array)
        .collect::<PyResult<Vec<_>>>()?;
    let Some(first) = arrays.first() else {
        return Err(PyValueError::new_err("need at least one array to stack"));
    };
    if arrays.iter().any(|x| x.shape() != first.shape()) {
        return Err(PyValueError::new_err(
            "all input arrays must have the same shape",
        ));
    }
    let axis = a.get(1).map_or(Ok(0), |v| v.extract::<isize>())?;
    let at = layout::normalize_axis(axis, first.ndim() + 1).or_raise()?;
    let expanded = arrays
        .iter()
        .map(|x| {
            let (mut shape, mut strides) =
                (Dims::from_slice(x.shape()), Dims::from_slice(x.strides()));
            shape.insert(at, 1);
            strides.insert(at, x.itemsize() as isize);
            Ok(array::relayout(x, 0, &shape, &strides)?.into_any())
        })
        .collect::<PyResult<Vec<_>>>()?;
    join(
        py,
        &expanded,
        Some(at as isize),
        &JoinOptions::from_args(a, 2)?,
    )
}
