//! Changing shape and order of axes: `reshape`, `transpose`, `moveaxis`, `roll`, `broadcast_to` and their kin.

use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::layout::{self, Order};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::method_call::{call_method, given};
use crate::array::{self, ArrayRef, Memory};
use crate::classes::NDARRAY;
use crate::convert::{array_like, shape};
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::flags;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "reshape(a, /, shape, order='C', *, copy=None)",
        relevant: &["a"],
        doc: "The elements of an array in another shape of the same size; a view where possible.",
        run: |a| {
            let kwargs = given(a.py(), &[("order", a.get(2)), ("copy", a.some(3))])?;
            call_method(
                &a.required(0),
                "reshape",
                &PyTuple::new(a.py(), [a.required(1)])?,
                Some(&kwargs),
            )
        },
    },
    FunctionDef {
        module: "",
        signature: "ravel(a, order='C')",
        relevant: &["a"],
        doc: "The elements of an array along one axis; a view where possible.",
        run: |a| {
            let object = a.required(0);
            let kwargs = given(a.py(), &[("order", a.get(1))])?;
            let is_matrix = object.get_type().name()? == "matrix";
            let array = if is_matrix {
                array_like::plain(&object)?
            } else {
                array_like::as_array(&object)?
            };
            array.as_any().call_method("ravel", (), Some(&kwargs))
        },
    },
    FunctionDef {
        module: "",
        signature: "transpose(a, axes=None)",
        relevant: &["a"],
        doc: "A view with its axes reversed, or in the order given.",
        run: transpose,
    },
    FunctionDef {
        module: "",
        signature: "permute_dims(a, axes=None)",
        relevant: &["a"],
        doc: "A view with its axes reversed, or in the order given.",
        run: transpose,
    },
    FunctionDef {
        module: "",
        signature: "matrix_transpose(x, /)",
        relevant: &["x"],
        doc: "A view with the last two axes exchanged.",
        run: |a| {
            let array = array_like::as_array(&a.required(0))?;
            let n = array.ndim();
            if n < 2 {
                return Err(PyValueError::new_err(format!(
                    "Input array must be at least 2-dimensional, but it is {n}"
                )));
            }
            array.as_any().call_method1("swapaxes", (-1, -2))
        },
    },
    FunctionDef {
        module: "",
        signature: "swapaxes(a, axis1, axis2)",
        relevant: &["a"],
        doc: "A view with two axes exchanged.",
        run: |a| {
            call_method(
                &a.required(0),
                "swapaxes",
                &PyTuple::new(a.py(), [a.required(1), a.required(2)])?,
                None,
            )
        },
    },
    FunctionDef {
        module: "",
        signature: "squeeze(a, axis=None)",
        relevant: &["a"],
        doc: "A view without axes of length one.",
        run: |a| {
            let kwargs = given(a.py(), &[("axis", a.some(1))])?;
            call_method(
                &a.required(0),
                "squeeze",
                &PyTuple::empty(a.py()),
                Some(&kwargs),
            )
        },
    },
    FunctionDef {
        module: "",
        signature: "expand_dims(a, axis)",
        relevant: &["a"],
        doc: "A view with new axes of length one at the positions given.",
        run: expand_dims,
    },
    FunctionDef {
        module: "",
        signature: "moveaxis(a, source, destination)",
        relevant: &["a"],
        doc: "A view with some axes moved to new positions; the others keep their order.",
        run: moveaxis,
    },
    FunctionDef {
        module: "",
        signature: "rollaxis(a, axis, start=0)",
        relevant: &["a"],
        doc: "A view with one axis moved back until it lies in front of `start`.",
        run: rollaxis,
    },
    FunctionDef {
        module: "",
        signature: "roll(a, shift, axis=None)",
        relevant: &["a"],
        doc: "The elements shifted along axes; those that fall off an end come in at the other.",
        run: roll,
    },
    FunctionDef {
        module: "",
        signature: "broadcast_to(array, shape, subok=False)",
        relevant: &["array"],
        doc: "A read-only view of an array in a larger shape, repeated where it has length one.",
        run: broadcast_to,
    },
    FunctionDef {
        module: "",
        signature: "repeat(a, repeats, axis=None)",
        relevant: &["a"],
        doc: "Each element after the other, repeated.",
        run: |a| {
            let kwargs = given(a.py(), &[("axis", a.some(2))])?;
            call_method(
                &a.required(0),
                "repeat",
                &PyTuple::new(a.py(), [a.required(1)])?,
                Some(&kwargs),
            )
        },
    },
    FunctionDef {
        module: "",
        signature: "resize(a, new_shape)",
        relevant: &["a"],
        doc: "A new array of another shape, filled with repeated copies of the elements.",
        run: resize,
    },
    FunctionDef {
        module: "",
        signature: "take(a, indices, axis=None, out=None, mode='raise')",
        relevant: &["a", "out"],
        doc: "Elements at indices along an axis.",
        run: |a| {
            let kwargs = given(
                a.py(),
                &[("axis", a.some(2)), ("out", a.some(3)), ("mode", a.get(4))],
            )?;
            call_method(
                &a.required(0),
                "take",
                &PyTuple::new(a.py(), [a.required(1)])?,
                Some(&kwargs),
            )
        },
    },
    FunctionDef {
        module: "",
        signature: "put(a, ind, v, mode='raise')",
        relevant: &["a", "ind", "v"],
        doc: "Replaces elements at indices into the flattened array.",
        run: |a| {
            let object = a.required(0);
            if ArrayRef::from_object(&object).is_none() && object.getattr_opt("put")?.is_none() {
                return Err(PyTypeError::new_err(format!(
                    "argument 1 must be numpy.ndarray, not {}",
                    object.get_type().name()?
                )));
            }
            let kwargs = given(a.py(), &[("mode", a.get(3))])?;
            object.call_method("put", (a.required(1), a.required(2)), Some(&kwargs))
        },
    },
    FunctionDef {
        module: "",
        signature: "diagonal(a, offset=0, axis1=0, axis2=1)",
        relevant: &["a"],
        doc: "A read-only view of the diagonals of two axes.",
        run: |a| {
            let object = a.required(0);
            let matrix = object.get_type().name()? == "matrix";
            let array = if matrix {
                array_like::plain(&object)?
            } else {
                array_like::as_array(&object)?
            };
            let kwargs = given(
                a.py(),
                &[
                    ("offset", a.get(1)),
                    ("axis1", a.get(2)),
                    ("axis2", a.get(3)),
                ],
            )?;
            array.as_any().call_method("diagonal", (), Some(&kwargs))
        },
    },
];

fn transpose<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let axes = a.get(1).unwrap_or_else(|| a.py().None().into_bound(a.py()));
    call_method(
        &a.required(0),
        "transpose",
        &PyTuple::new(a.py(), [axes])?,
        None,
    )
}

/// Axes from an integer or a sequence of them, counted from the front, none twice.
fn axes_of(object: &Bound<'_, PyAny>, ndim: usize, what: Option<&str>) -> PyResult<Vec<usize>> {
    let given: Vec<isize> = match object.extract::<isize>() {
        Ok(one) => vec![one],
        Err(_) => object
            .try_iter()?
            .map(|v| v?.extract())
            .collect::<PyResult<_>>()?,
    };
    let mut axes = Vec::with_capacity(given.len());
    for axis in given {
        let at = layout::normalize_axis(axis, ndim)
            .or_raise()
            .map_err(|e| match what {
                Some(what) => prefixed(object.py(), e, what, axis, ndim),
                None => e,
            })?;
        if axes.contains(&at) {
            return Err(PyValueError::new_err(match what {
                Some(what) => format!("repeated axis in `{what}` argument"),
                None => "repeated axis".to_owned(),
            }));
        }
        axes.push(at);
    }
    Ok(axes)
}

/// An `AxisError` that names the argument.
fn prefixed(py: Python<'_>, error: PyErr, what: &str, axis: isize, ndim: usize) -> PyErr {
    let made = crate::package::import(py, "exceptions")
        .and_then(|m| m.getattr("AxisError"))
        .and_then(|class| class.call1((axis, ndim, what)));
    made.map_or(error, PyErr::from_value)
}

/// A view with its axes in another order.
fn permuted<'py>(array: &ArrayRef<'py>, order: &[usize]) -> PyResult<Bound<'py, PyAny>> {
    let shape: Dims = order.iter().map(|&i| array.shape()[i]).collect();
    let strides: Dims = order.iter().map(|&i| array.strides()[i]).collect();
    Ok(array::relayout(array, 0, &shape, &strides)?.into_any())
}

fn expand_dims<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let object = a.required(0);
    let matrix = object.get_type().name()? == "matrix";
    let array = if matrix {
        array_like::plain(&object)?
    } else {
        array_like::as_array(&object)?
    };
    let axis = a.required(1);
    let n_new = if axis.extract::<isize>().is_ok() {
        1
    } else {
        axis.len()?
    };
    let ndim = array.ndim() + n_new;
    let new = axes_of(&axis, ndim, None)?;
    let (mut shape, mut strides) = (Dims::new(), Dims::new());
    let mut old = array.shape().iter().zip(array.strides());
    for i in 0..ndim {
        if let Some((&d, &s)) = if new.contains(&i) { None } else { old.next() } {
            shape.push(d);
            strides.push(s);
        } else {
            shape.push(1);
            strides.push(0);
        }
    }
    Ok(array::relayout(&array, 0, &shape, &strides)?.into_any())
}

fn moveaxis<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let object = a.required(0);
    let foreign = ArrayRef::from_object(&object).is_none() && object.hasattr("transpose")?;
    let ndim = if foreign {
        object.getattr("ndim")?.extract()?
    } else {
        array_like::plain(&object)?.ndim()
    };
    let source = axes_of(&a.required(1), ndim, Some("source"))?;
    let destination = axes_of(&a.required(2), ndim, Some("destination"))?;
    if source.len() != destination.len() {
        return Err(PyValueError::new_err(
            "`source` and `destination` arguments must have the same number of elements",
        ));
    }
    let mut order: Vec<usize> = (0..ndim).filter(|i| !source.contains(i)).collect();
    let mut pairs: Vec<(usize, usize)> = destination.into_iter().zip(source).collect();
    pairs.sort_unstable();
    for (to, from) in pairs {
        order.insert(to, from);
    }
    if foreign {
        return object.call_method1("transpose", (order,));
    }
    let array = match ArrayRef::from_object(&object) {
        Some(array) => array,
        None => array_like::plain(&object)?,
    };
    permuted(&array, &order)
}

fn rollaxis<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let object = a.required(0);
    let array = array_like::as_array(&object)?;
    let n = array.ndim();
    let axis = layout::normalize_axis(a.required(1).extract()?, n).or_raise()?;
    let given: isize = a.get(2).map_or(Ok(0), |v| v.extract())?;
    let start = if given < 0 { given + n as isize } else { given };
    if !(0..=n as isize).contains(&start) {
        let e = PyValueError::new_err("'start' arg requires an axis in range");
        let message = format!(
            "'start' arg requires {} <= start < {}, but {given} was passed in",
            -(n as isize),
            n + 1
        );
        let made = crate::package::import(a.py(), "exceptions")
            .and_then(|m| m.getattr("AxisError"))
            .and_then(|class| class.call1((message,)));
        return Err(made.map_or(e, PyErr::from_value));
    }
    let mut start = start as usize;
    if axis < start {
        start -= 1;
    }
    if axis == start {
        return array.as_any().get_item(a.py().Ellipsis());
    }
    let mut order: Vec<usize> = (0..n).filter(|&i| i != axis).collect();
    order.insert(start, axis);
    permuted(&array, &order)
}

fn roll<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = array_like::as_array(&a.required(0))?;
    let Some(axis) = a.some(2) else {
        let flat = array.as_any().call_method0("ravel")?;
        let flat = array_like::as_array(&flat)?;
        let total = shift_sum(&a.required(1))?;
        let rolled = rolled(&flat, &[(0, total)])?;
        return rolled.call_method1("reshape", (array::shape_tuple(py, array.shape())?,));
    };
    let list = |v: &Bound<'py, PyAny>| -> PyResult<Vec<isize>> {
        match v.extract::<isize>() {
            Ok(one) => Ok(vec![one]),
            Err(_) => v.try_iter()?.map(|x| x?.extract()).collect(),
        }
    };
    let axes = list(&axis)?
        .into_iter()
        .map(|i| layout::normalize_axis(i, array.ndim()).or_raise())
        .collect::<PyResult<Vec<_>>>()?;
    let shifts = list(&a.required(1))?;
    let n = match (axes.len(), shifts.len()) {
        (x, y) if x == y => x,
        (1, y) => y,
        (x, 1) => x,
        _ => {
            return Err(PyValueError::new_err(
                "'shift' and 'axis' should be scalars or 1D sequences",
            ));
        }
    };
    let at = |list: &[isize], i: usize| list[if list.len() == 1 { 0 } else { i }];
    let mut total: Vec<(usize, isize)> = Vec::new();
    for i in 0..n {
        let axis = axes[if axes.len() == 1 { 0 } else { i }];
        match total.iter_mut().find(|(x, _)| *x == axis) {
            Some((_, s)) => *s = s.wrapping_add(at(&shifts, i)),
            None => total.push((axis, at(&shifts, i))),
        }
    }
    rolled(&array, &total)
}

/// The shift of a flattened roll: a number, or the sum of several.
fn shift_sum(shift: &Bound<'_, PyAny>) -> PyResult<isize> {
    match shift.extract::<isize>() {
        Ok(one) => Ok(one),
        Err(_) => shift.try_iter()?.map(|v| v?.extract::<isize>()).sum(),
    }
}

/// A copy with each listed axis shifted.
fn rolled<'py>(array: &ArrayRef<'py>, shifts: &[(usize, isize)]) -> PyResult<Bound<'py, PyAny>> {
    let py = array.py();
    let result = crate::package::import(py, "")?
        .getattr("empty_like")?
        .call1((array.as_any(),))?;
    let out = array_like::as_array(&result)?;
    if array.size() == 0 {
        return Ok(result);
    }
    let source = array.view()?;
    let mut target = out.view_mut_unchecked()?;
    // Every shifted axis has two runs: source begin, target begin, length.
    let mut blocks: Vec<(isize, isize, Dims)> = vec![(0, 0, Dims::from_slice(array.shape()))];
    for &(axis, shift) in shifts {
        let n = array.shape()[axis];
        let by = shift.rem_euclid(n);
        let (ss, ts) = (array.strides()[axis], out.strides()[axis]);
        blocks = blocks
            .into_iter()
            .flat_map(|(s, t, shape)| {
                let (mut first, mut second) = (shape.clone(), shape);
                first[axis] = n - by;
                second[axis] = by;
                [(s, t + by * ts, first), (s + (n - by) * ss, t, second)]
            })
            .collect();
    }
    for (from, to, shape) in blocks {
        // SAFETY: each block lies inside its array.
        unsafe {
            let part = source.relayout(from, shape.clone(), Dims::from_slice(array.strides()));
            let mut place = target.relayout(to, shape, Dims::from_slice(out.strides()));
            numpy_rs_core::copy::assign(&mut place, &part, numpy_rs_core::cast::Casting::No)
                .or_raise()?;
        }
    }
    Ok(result)
}

fn broadcast_to<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let object = a.required(0);
    let keep = a.flag(2, false)?;
    let array = if keep {
        array_like::as_array(&object)?
    } else {
        array_like::plain(&object)?
    };
    let shape = shape::from_object(&a.required(1))?;
    if shape.is_empty() && array.ndim() > 0 {
        return Err(PyValueError::new_err(
            "cannot broadcast a non-scalar to a scalar array",
        ));
    }
    if shape.iter().any(|&d| d < 0) {
        return Err(PyValueError::new_err(
            "all elements of broadcast shape must be non-negative",
        ));
    }
    if array.ndim() > shape.len() {
        return Err(PyValueError::new_err(
            "input operand has more dimensions than allowed by the axis remapping",
        ));
    }
    let strides = layout::broadcast_strides(array.shape(), array.strides(), &shape).map_err(|_| {
        PyValueError::new_err(format!(
            "operands could not be broadcast together with remapped shapes [original->remapped]: {}  and requested \
             shape {}",
            numpy_rs_core::dims::ShapeText(array.shape(), ","),
            numpy_rs_core::dims::ShapeText(&shape, ",")
        ))
    })?;
    layout::checked_nbytes(&shape, array.itemsize())
        .map_err(|_| PyValueError::new_err("iterator is too large"))?;
    let class = if keep {
        array.as_any().get_type_ptr()
    } else {
        NDARRAY.get()
    };
    let memory = Memory::Borrowed {
        data: array.data(),
        base: Some(array.as_any().clone()),
        writeable: false,
    };
    let made = array::new_array(py, class, array.descr(), &shape, Some(&strides), memory)?;
    array::finalize(&made, Some(array.as_any()))?;
    // SAFETY: the array was just made; nobody else sees it yet.
    unsafe { (*made.raw()).flags &= !flags::WRITEABLE };
    Ok(made.into_any())
}

fn resize<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let wanted = a.required(1);
    let shape: Vec<isize> = match wanted.extract::<isize>() {
        Ok(one) => vec![one],
        Err(_) => wanted
            .try_iter()?
            .map(|v| v?.extract())
            .collect::<PyResult<_>>()?,
    };
    if shape.iter().any(|&d| d < 0) {
        return Err(PyValueError::new_err(
            "all elements of `new_shape` must be non-negative",
        ));
    }
    let size = layout::checked_size(&shape).or_raise()?;
    let flat = call_method(&a.required(0), "ravel", &PyTuple::empty(py), None)?;
    let flat = array_like::as_array(&flat)?;
    let package = crate::package::import(py, "")?;
    if size == 0 || flat.size() == 0 {
        let kwargs = PyDict::new(py);
        kwargs.set_item("shape", PyTuple::new(py, &shape)?)?;
        return package
            .getattr("zeros_like")?
            .call((flat.as_any(),), Some(&kwargs));
    }
    let dtype = flat.dtype()?;
    let dtype = cast::promote(&dtype, &dtype).or_raise()?;
    let out = array::empty(py, &dtype, &shape, Order::C)?;
    fill_again_and_again(&out, &flat)?;
    Ok(out.into_any())
}

/// Fills a dense array with the items of another, over and over: what is there already is doubled.
fn fill_again_and_again(out: &ArrayRef<'_>, items: &ArrayRef<'_>) -> PyResult<()> {
    let dense = |n: isize| {
        (
            Dims::from_slice(&[n]),
            Dims::from_slice(&[out.itemsize() as isize]),
        )
    };
    let (size, n) = (out.size() as isize, items.size() as isize);
    let (mut whole, source) = (out.view_mut_unchecked()?, items.view()?);
    let strides = Dims::from_slice(source.strides());
    let mut done = n.min(size);
    let (shape, steps) = dense(done);
    // SAFETY: the first items of both, which are lanes.
    unsafe {
        let from = source.relayout(0, shape.clone(), strides);
        copy::assign(&mut whole.relayout(0, shape, steps), &from, Casting::Unsafe).or_raise()?;
    }
    while done < size {
        let some = done.min(size - done);
        let (shape, steps) = dense(some);
        // SAFETY: the items so far, and as many or fewer places behind them.
        unsafe {
            let from = whole.as_view().relayout(0, shape.clone(), steps.clone());
            let mut to = whole.relayout(done * steps[0], shape, steps);
            copy::assign(&mut to, &from, Casting::Unsafe).or_raise()?;
        }
        done += some;
    }
    Ok(())
}
