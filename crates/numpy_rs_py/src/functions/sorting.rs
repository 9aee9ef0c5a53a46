//! Sorting and searching: `sort`, `argsort`, `partition`, `argpartition`, `lexsort`, `searchsorted`.

use numpy_rs_core::sort::lexical;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::method_call::{call_method, given};
use crate::array::{self, ArrayRef};
use crate::convert::array_like;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "sort(a, axis=-1, kind=None, order=None, *, stable=None)",
        relevant: &["a"],
        doc: "A sorted copy of an array.",
        run: |a| {
            let kwargs = given(
                a.py(),
                &[
                    ("kind", a.some(2)),
                    ("order", a.some(3)),
                    ("stable", a.some(4)),
                ],
            )?;
            sorted_copy(a, "sort", &PyTuple::empty(a.py()), kwargs)
        },
    },
    FunctionDef {
        module: "",
        signature: "argsort(a, axis=-1, kind=None, order=None, *, stable=None)",
        relevant: &["a"],
        doc: "The indices that would sort an array.",
        run: |a| {
            let kwargs = given(
                a.py(),
                &[
                    ("axis", a.get(1)),
                    ("kind", a.some(2)),
                    ("order", a.some(3)),
                    ("stable", a.some(4)),
                ],
            )?;
            call_method(
                &a.required(0),
                "argsort",
                &PyTuple::empty(a.py()),
                Some(&kwargs),
            )
        },
    },
    FunctionDef {
        module: "",
        signature: "partition(a, kth, axis=-1, kind='introselect', order=None)",
        relevant: &["a"],
        doc: "A copy with the `kth` items where sorting would put them, smaller ones in front, others behind.",
        run: |a| {
            let py = a.py();
            let object = a.required(0);
            let (array, axis) = flat_or_axis(&object, a.get(2))?;
            let copy = array.as_any().call_method1("copy", ("K",))?;
            let kwargs = given(
                py,
                &[
                    ("axis", Some(axis)),
                    ("kind", a.some(3)),
                    ("order", a.some(4)),
                ],
            )?;
            copy.call_method("partition", (a.required(1),), Some(&kwargs))?;
            Ok(copy)
        },
    },
    FunctionDef {
        module: "",
        signature: "argpartition(a, kth, axis=-1, kind='introselect', order=None)",
        relevant: &["a"],
        doc: "The indices that would partition an array.",
        run: |a| {
            let kwargs = given(
                a.py(),
                &[
                    ("axis", a.get(2)),
                    ("kind", a.some(3)),
                    ("order", a.some(4)),
                ],
            )?;
            let args = PyTuple::new(a.py(), [a.required(1)])?;
            call_method(&a.required(0), "argpartition", &args, Some(&kwargs))
        },
    },
    FunctionDef {
        module: "",
        signature: "searchsorted(a, v, side='left', sorter=None)",
        relevant: &["a", "v", "sorter"],
        doc: "Where values would have to be inserted to keep an array sorted.",
        run: |a| {
            let kwargs = given(a.py(), &[("side", a.get(2)), ("sorter", a.some(3))])?;
            let args = PyTuple::new(a.py(), [a.required(1)])?;
            call_method(&a.required(0), "searchsorted", &args, Some(&kwargs))
        },
    },
    FunctionDef {
        module: "",
        signature: "lexsort(keys, axis=-1)",
        relevant: &["keys*"],
        doc: "The indices that sort by several keys, the last key first in rank.",
        run: lexsort,
    },
];

/// The array and its axis; without an axis, the flattened array and its last one.
fn flat_or_axis<'py>(
    object: &Bound<'py, PyAny>,
    axis: Option<Bound<'py, PyAny>>,
) -> PyResult<(ArrayRef<'py>, Bound<'py, PyAny>)> {
    let py = object.py();
    let array = array_like::as_array(object)?;
    let last = (-1isize).into_pyobject(py)?.into_any();
    match axis {
        Some(axis) if axis.is_none() => Ok((
            array_like::as_array(&array.as_any().call_method0("flatten")?)?,
            last,
        )),
        Some(axis) => Ok((array, axis)),
        None => Ok((array, last)),
    }
}

/// A copy, sorted by its own method.
fn sorted_copy<'py>(
    a: &Args<'py>,
    name: &str,
    args: &Bound<'py, PyTuple>,
    kwargs: Bound<'py, pyo3::types::PyDict>,
) -> PyResult<Bound<'py, PyAny>> {
    let (array, axis) = flat_or_axis(&a.required(0), a.get(1))?;
    let copy = array.as_any().call_method1("copy", ("K",))?;
    kwargs.set_item("axis", axis)?;
    copy.call_method(name, args.clone(), Some(&kwargs))?;
    Ok(copy)
}

fn lexsort<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let keys = a.required(0);
    let axis: isize = a.get(1).map_or(Ok(-1), |o| o.extract())?;
    let n = keys
        .len()
        .map_err(|_| PyTypeError::new_err("need sequence of keys with len > 0 in lexsort"))?;
    let mut arrays = Vec::with_capacity(n.min(64));
    for i in 0..n {
        arrays.push(array_like::plain(&keys.get_item(i)?)?);
    }
    let views = arrays
        .iter()
        .map(ArrayRef::view)
        .collect::<PyResult<Vec<_>>>()?;
    let found = lexical::lexsort(&views, axis).or_raise()?;
    crate::call::wrap::scalar_or_array(array::from_core(a.py(), found)?)
}
