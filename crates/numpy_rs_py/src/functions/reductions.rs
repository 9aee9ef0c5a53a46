//! Reductions by one ufunc: `sum`, `prod`, `max`, `min`, `any`, `all`, and the running `cumsum` and `cumprod`.
//!
//! As NumPy's, the functions call the method of objects that are no arrays, where they have one.

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::ufunc::table::Ufunc;
use numpy_rs_ufuncs::{arithmetic, extrema, logic};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::array::{self, ArrayRef};
use crate::call::gufunc::axis_of;
use crate::call::reduction::{self, AlongAxis, Written};
use crate::call::registry::Callee;
use crate::call::{arguments, is_no_value, overrides};
use crate::classes::NDARRAY;
use crate::convert::array_like;
use crate::convert::target::Target;
use crate::descr;
use crate::error::OrRaise;
use crate::function::{FunctionDef, page};
use crate::signature::Args;

/// An argument unless it is `<no value>`.
pub(crate) fn given<'py>(a: &Args<'py>, at: usize) -> Option<Bound<'py, PyAny>> {
    a.get(at).filter(|v| !is_no_value(v))
}

/// Python's `None`, said explicitly.
fn none(py: Python<'_>) -> Bound<'_, PyAny> {
    py.None().into_bound(py)
}

/// `axis=` of a function, whose default is all axes.
pub(crate) fn axis_or_all<'py>(a: &Args<'py>, at: usize) -> Option<Bound<'py, PyAny>> {
    Some(a.get(at).unwrap_or_else(|| none(a.py())))
}

/// Whether an object's own method is asked first: anything but exact arrays and what certainly has none.
pub(crate) fn asks_method(object: &Bound<'_, PyAny>) -> bool {
    !NDARRAY.is_exact(object) && !overrides::is_plain(object)
}

/// A reducing function by its ufunc: the object's method first, else `ufunc.reduce`.
fn fold_function<'py>(
    a: &Args<'py>,
    ufunc: &'static Ufunc,
    method: &str,
    written: Written<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let object = a.required(0);
    if asks_method(&object)
        && let Some(own) = object.getattr_opt(method)?
    {
        let kwargs = PyDict::new(py);
        kwargs.set_item("axis", written.axis.as_ref())?;
        if let Some(dtype) = written.dtype.as_ref().filter(|d| !d.is_none()) {
            kwargs.set_item("dtype", dtype)?;
        }
        kwargs.set_item("out", written.out.as_ref())?;
        for (name, value) in [
            ("keepdims", &written.keepdims),
            ("initial", &written.initial),
            ("where", &written.mask),
        ] {
            if let Some(value) = value {
                kwargs.set_item(name, value)?;
            }
        }
        return own.call((), Some(&kwargs));
    }
    reduction::reduce_written(&Callee::of(py, ufunc), &object, &written)
}

/// `sum`-like parameters: `(a, axis, dtype, out, keepdims, initial, where)`.
fn with_dtype<'py>(
    a: &Args<'py>,
    ufunc: &'static Ufunc,
    method: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let written = Written {
        axis: axis_or_all(a, 1),
        dtype: a.get(2),
        out: a.get(3),
        keepdims: given(a, 4),
        initial: given(a, 5),
        mask: given(a, 6),
    };
    fold_function(a, ufunc, method, written)
}

/// `max`-like parameters: `(a, axis, out, keepdims, initial, where)`.
fn without_dtype<'py>(
    a: &Args<'py>,
    ufunc: &'static Ufunc,
    method: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let written = Written {
        axis: axis_or_all(a, 1),
        dtype: None,
        out: a.get(2),
        keepdims: given(a, 3),
        initial: given(a, 4),
        mask: given(a, 5),
    };
    fold_function(a, ufunc, method, written)
}

/// `any`-like parameters: `(a, axis, out, keepdims, *, where)`.
fn truth<'py>(
    a: &Args<'py>,
    ufunc: &'static Ufunc,
    method: &str,
    as_method: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let mut written = Written {
        axis: axis_or_all(a, 1),
        dtype: None,
        out: a.get(2),
        keepdims: given(a, 3),
        initial: None,
        mask: given(a, 4),
    };
    let object = a.required(0);
    if as_method || !asks_method(&object) || object.getattr_opt(method)?.is_none() {
        written.dtype = Some(descr::singleton(py, TypeNum::Bool));
        return reduction::reduce_written(&Callee::of(py, ufunc), &object, &written);
    }
    fold_function(a, ufunc, method, written)
}

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    page(
        "sum(a, axis=None, dtype=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        &["a", "out"],
        "The sum of items over axes; over all of them by default.",
        |a| with_dtype(a, &arithmetic::add, "sum"),
    ),
    page(
        "prod(a, axis=None, dtype=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        &["a", "out"],
        "The product of items over axes; over all of them by default.",
        |a| with_dtype(a, &arithmetic::multiply, "prod"),
    ),
    page(
        "max(a, axis=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        &["a", "out"],
        "The largest item over axes; NaN where one is among the items.",
        |a| without_dtype(a, &extrema::maximum, "max"),
    ),
    page(
        "amax(a, axis=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        &["a", "out"],
        "Another name of `max`.",
        |a| without_dtype(a, &extrema::maximum, "max"),
    ),
    page(
        "min(a, axis=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        &["a", "out"],
        "The smallest item over axes; NaN where one is among the items.",
        |a| without_dtype(a, &extrema::minimum, "min"),
    ),
    page(
        "amin(a, axis=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        &["a", "out"],
        "Another name of `min`.",
        |a| without_dtype(a, &extrema::minimum, "min"),
    ),
    page(
        "any(a, axis=None, out=None, keepdims=<no value>, *, where=<no value>)",
        &["a", "where", "out"],
        "Whether any item over axes is true.",
        |a| truth(a, &logic::logical_or, "any", false),
    ),
    page(
        "all(a, axis=None, out=None, keepdims=<no value>, *, where=<no value>)",
        &["a", "where", "out"],
        "Whether all items over axes are true.",
        |a| truth(a, &logic::logical_and, "all", false),
    ),
    page(
        "cumsum(a, axis=None, dtype=None, out=None)",
        &["a", "out"],
        "Running sums along an axis, or over all items in C order.",
        |a| running_function(a, &arithmetic::add, "cumsum"),
    ),
    page(
        "cumprod(a, axis=None, dtype=None, out=None)",
        &["a", "out"],
        "Running products along an axis, or over all items in C order.",
        |a| running_function(a, &arithmetic::multiply, "cumprod"),
    ),
    page(
        "cumulative_sum(x, /, *, axis=None, dtype=None, out=None, include_initial=False)",
        &["x", "out"],
        "Running sums along an axis; with `include_initial` a zero stands in front.",
        |a| cumulative(a, &arithmetic::add),
    ),
    page(
        "cumulative_prod(x, /, *, axis=None, dtype=None, out=None, include_initial=False)",
        &["x", "out"],
        "Running products along an axis; with `include_initial` a one stands in front.",
        |a| cumulative(a, &arithmetic::multiply),
    ),
];

/// The methods of arrays on this page.
pub(crate) static METHODS: &[FunctionDef] = &[
    page(
        "sum(self, axis=None, dtype=None, out=None, keepdims=False, initial=<no value>, where=True)",
        &[],
        "The sum of items over axes.",
        |a| method_with_dtype(a, &arithmetic::add),
    ),
    page(
        "prod(self, axis=None, dtype=None, out=None, keepdims=False, initial=<no value>, where=True)",
        &[],
        "The product of items over axes.",
        |a| method_with_dtype(a, &arithmetic::multiply),
    ),
    page(
        "max(self, axis=None, out=None, keepdims=False, initial=<no value>, where=True)",
        &[],
        "The largest item over axes.",
        |a| method_without_dtype(a, &extrema::maximum),
    ),
    page(
        "min(self, axis=None, out=None, keepdims=False, initial=<no value>, where=True)",
        &[],
        "The smallest item over axes.",
        |a| method_without_dtype(a, &extrema::minimum),
    ),
    page(
        "any(self, axis=None, out=None, keepdims=False, *, where=True)",
        &[],
        "Whether any item over axes is true.",
        |a| truth(a, &logic::logical_or, "any", true),
    ),
    page(
        "all(self, axis=None, out=None, keepdims=False, *, where=True)",
        &[],
        "Whether all items over axes are true.",
        |a| truth(a, &logic::logical_and, "all", true),
    ),
    page(
        "cumsum(self, axis=None, dtype=None, out=None)",
        &[],
        "Running sums along an axis, or over all items in C order.",
        |a| running(a, &arithmetic::add),
    ),
    page(
        "cumprod(self, axis=None, dtype=None, out=None)",
        &[],
        "Running products along an axis, or over all items in C order.",
        |a| running(a, &arithmetic::multiply),
    ),
];

fn method_with_dtype<'py>(a: &Args<'py>, ufunc: &'static Ufunc) -> PyResult<Bound<'py, PyAny>> {
    let written = Written {
        axis: axis_or_all(a, 1),
        dtype: a.get(2),
        out: a.get(3),
        keepdims: a.get(4),
        initial: a.get(5),
        mask: a.get(6),
    };
    reduction::reduce_written(&Callee::of(a.py(), ufunc), &a.required(0), &written)
}

fn method_without_dtype<'py>(a: &Args<'py>, ufunc: &'static Ufunc) -> PyResult<Bound<'py, PyAny>> {
    let written = Written {
        axis: axis_or_all(a, 1),
        dtype: None,
        out: a.get(2),
        keepdims: a.get(3),
        initial: a.get(4),
        mask: a.get(5),
    };
    reduction::reduce_written(&Callee::of(a.py(), ufunc), &a.required(0), &written)
}

/// `cumsum(a, axis, dtype, out)`: the object's method where it is no array.
fn running_function<'py>(
    a: &Args<'py>,
    ufunc: &'static Ufunc,
    method: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let object = a.required(0);
    if asks_method(&object)
        && let Some(own) = object.getattr_opt(method)?.filter(|m| !m.is_none())
    {
        let kwargs = PyDict::new(py);
        for (at, name) in [(1, "axis"), (2, "dtype"), (3, "out")] {
            kwargs.set_item(name, a.get(at).unwrap_or_else(|| none(py)))?;
        }
        match own.call((), Some(&kwargs)) {
            Err(e)
                if e.is_instance_of::<PyTypeError>(py)
                    && ArrayRef::from_object(&object).is_none() => {}
            answer => return answer,
        }
    }
    running(a, ufunc)
}

/// Running folds of an array, flattened where no axis is given.
fn running<'py>(a: &Args<'py>, ufunc: &'static Ufunc) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = array_like::as_array(&a.required(0))?;
    let axis = a.some(1).map(|v| axis_of(&v)).transpose()?;
    let (array, axis) = match axis {
        Some(axis) if array.ndim() == 0 => {
            // One item counts as an array of one.
            if axis != 0 && axis != -1 {
                numpy_rs_core::layout::normalize_axis(axis, 0).or_raise()?;
            }
            (flat(&array)?, 0)
        }
        Some(axis) => (array, axis),
        None => (flat(&array)?, 0),
    };
    let out = match a.some(3) {
        None => None,
        Some(out) => Some(Target::required(
            &out,
            "return arrays must be of ArrayType",
        )?),
    };
    let request = AlongAxis {
        axis,
        dtype: a.some(2).map(|d| arguments::dtype(&d)).transpose()?,
        out,
        scalars: true,
    };
    reduction::accumulate(&Callee::of(py, ufunc), array.as_any(), &array, &request)
}

/// The items in C order along one axis, without a copy where possible.
pub(crate) fn flat<'py>(array: &ArrayRef<'py>) -> PyResult<ArrayRef<'py>> {
    let n = array.size() as isize;
    let strides = numpy_rs_core::reshape::strides_without_copy(
        array.shape(),
        array.strides(),
        array.itemsize(),
        &[n],
        numpy_rs_core::layout::Order::C,
    );
    if let Some(strides) = strides {
        return array::relayout(array, 0, &[n], &strides);
    }
    let copy = numpy_rs_core::copy::to_array(&array.view()?, numpy_rs_core::layout::Order::C)
        .or_raise()?;
    let whole = array::from_core(array.py(), copy)?;
    let step = Dims::from_slice(&[whole.itemsize() as isize]);
    let line = array::relayout(&whole, 0, &[n], &step)?;
    if array.is_exact() {
        return Ok(line);
    }
    let made = array::view_of(
        &line,
        array.as_any().get_type_ptr(),
        array.descr(),
        0,
        &[n],
        &step,
    )?;
    Ok(made)
}

/// `cumulative_sum` and `cumulative_prod` of the array API standard.
fn cumulative<'py>(a: &Args<'py>, ufunc: &'static Ufunc) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let mut array = array_like::as_array(&a.required(0))?;
    if array.ndim() == 0 {
        array = flat(&array)?;
    }
    let axis = match a.some(1) {
        Some(axis) => axis_of(&axis)?,
        None if array.ndim() >= 2 => {
            return Err(PyValueError::new_err(
                "For arrays which have more than one dimension ``axis`` argument is required.",
            ));
        }
        None => 0,
    };
    let at = numpy_rs_core::layout::normalize_axis(axis, array.ndim()).or_raise()?;
    let out = match a.some(3) {
        None => None,
        Some(out) => Some(Target::required(
            &out,
            "return arrays must be of ArrayType",
        )?),
    };
    let dtype = a.some(2).map(|d| arguments::dtype(&d)).transpose()?;
    let callee = Callee::of(py, ufunc);
    let initial = a.flag(4, false)?;
    if !initial {
        let request = AlongAxis {
            axis,
            dtype,
            out,
            scalars: true,
        };
        return reduction::accumulate(&callee, array.as_any(), &array, &request);
    }
    // Computed into an array that is longer by one, behind the identity.
    let whole = if let Some(out) = &out {
        out.array().clone()
    } else {
        let spec = numpy_rs_core::ufunc::Spec::of(&array.view()?);
        let plan = numpy_rs_core::ufunc::plan_accumulate(ufunc, &spec, None, dtype.as_ref(), axis)
            .or_raise()?;
        let mut shape = Dims::from_slice(array.shape());
        shape[at] += 1;
        array::empty(
            py,
            &plan.output().dtype,
            &shape,
            numpy_rs_core::layout::Order::C,
        )?
    };
    let item = |start: isize, stop: Option<isize>| -> PyResult<Bound<'py, PyAny>> {
        let all = pyo3::types::PySlice::full(py).into_any();
        let cut = match stop {
            Some(stop) => pyo3::types::PySlice::new(py, start, stop, 1).into_any(),
            None => pyo3::types::PySlice::new(py, start, isize::MAX, 1).into_any(),
        };
        let parts: Vec<Bound<'py, PyAny>> = (0..array.ndim())
            .map(|i| if i == at { cut.clone() } else { all.clone() })
            .collect();
        Ok(PyTuple::new(py, parts)?.into_any())
    };
    let rest = whole.as_any().get_item(item(1, None)?)?;
    let rest = Target::required(&rest, "not an array")?;
    let request = AlongAxis {
        axis,
        dtype,
        out: Some(rest),
        scalars: true,
    };
    reduction::accumulate(&callee, array.as_any(), &array, &request)?;
    let identity = i64::from(ufunc.name == "multiply");
    whole.as_any().set_item(item(0, Some(1))?, identity)?;
    Ok(match out {
        Some(out) => out.into_any(),
        None => whole.into_any(),
    })
}
