//! Methods that sort, search and multiply: `sort`, `argsort`, `partition`, `searchsorted`, `dot`, `trace`, `conj`.

use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::copy;
use numpy_rs_core::layout::Order;
use numpy_rs_core::sort::arrange::{self, Kind};
use numpy_rs_core::sort::search;
use numpy_rs_ufuncs as ufuncs;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use super::pick::{along, intp};
use super::shape::{axis_error, diagonal, integer};
use super::{method, none, this};
use crate::array::{self, ArrayRef};
use crate::call;
use crate::convert::{self, array_like};
use crate::descr;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::signature::Args;
use crate::types::ndarray::subscript;

pub(super) static METHODS: &[FunctionDef] = &[
    method(
        "sort(self, /, axis=-1, kind=None, order=None, *, stable=None)",
        "Sorts in place.",
        |a| {
            let array = this(a)?;
            let kind = kind_of(a.some(2), a.some(4))?;
            let axis = a.get(1).map_or(Ok(-1), |v| integer(&v))?;
            check_axis(&array, axis)?;
            array.require_writeable("sort array")?;
            with_order(&array, a.some(3), |array| {
                arrange::sort_in_place(&mut array.view_mut_unchecked()?, axis, kind).or_raise()
            })?;
            none(a)
        },
    ),
    method(
        "argsort(self, /, axis=-1, kind=None, order=None, *, stable=None)",
        "The indices that would sort the array.",
        |a| {
            let array = this(a)?;
            let kind = kind_of(a.some(2), a.some(4))?;
            let (array, axis) = axis_or_flat(&array, a.get(1), -1)?;
            let places = with_order(&array, a.some(3), |array| {
                arrange::argsort(&array.view()?, axis, kind).or_raise()
            })?;
            like(&array, array::from_core(a.py(), places)?)
        },
    ),
    method(
        "partition(self, kth, /, axis=-1, kind='introselect', order=None)",
        "Sorts partly in place: what stands at `kth` is where sorting would put it.",
        |a| {
            let array = this(a)?;
            select_kind(a.some(3))?;
            let axis = a.get(2).map_or(Ok(-1), |v| integer(&v))?;
            check_axis(&array, axis)?;
            array.require_writeable("partition array")?;
            let kth = places(&a.required(1))?;
            with_order(&array, a.some(4), |array| {
                arrange::partition(&mut array.view_mut_unchecked()?, &kth, axis).or_raise()
            })?;
            none(a)
        },
    ),
    method(
        "argpartition(self, kth, /, axis=-1, kind='introselect', order=None)",
        "The indices that would partition the array.",
        |a| {
            let array = this(a)?;
            select_kind(a.some(3))?;
            let (array, axis) = axis_or_flat(&array, a.get(2), -1)?;
            let kth = places(&a.required(1))?;
            let found = with_order(&array, a.some(4), |array| {
                arrange::argpartition(&array.view()?, &kth, axis).or_raise()
            })?;
            like(&array, array::from_core(a.py(), found)?)
        },
    ),
    method(
        "searchsorted(self, v, /, side='left', sorter=None)",
        "Where values belong in the sorted array.",
        searchsorted,
    ),
    method(
        "dot(self, other, /, out=None)",
        "The product with another array.",
        |a| {
            let array = this(a)?;
            let dot = crate::package::import(a.py(), "")?.getattr("dot")?;
            match a.some(2) {
                Some(out) => dot.call1((array.as_any(), a.required(1), out)),
                None => dot.call1((array.as_any(), a.required(1))),
            }
        },
    ),
    method(
        "trace(self, /, offset=0, axis1=0, axis2=1, dtype=None, out=None)",
        "The sum of the diagonal.",
        |a| {
            let array = this(a)?;
            let at = |i: usize, default: isize| a.get(i).map_or(Ok(default), |v| integer(&v));
            let view = diagonal(&array, at(1, 0)?, at(2, 0)?, at(3, 1)?)?;
            let none = a.py().None().into_bound(a.py());
            let (dtype, out) = (
                a.get(4).unwrap_or_else(|| none.clone()),
                a.get(5).unwrap_or(none),
            );
            view.as_any().call_method1("sum", (-1, dtype, out))
        },
    ),
    method("conj(self, /)", "The complex conjugate.", conjugate),
    method("conjugate(self, /)", "The complex conjugate.", conjugate),
];

/// The algorithm asked for by name or by its properties, not by both.
fn kind_of(kind: Option<Bound<'_, PyAny>>, stable: Option<Bound<'_, PyAny>>) -> PyResult<Kind> {
    match (kind, stable) {
        (Some(_), Some(_)) => Err(PyValueError::new_err(
            "`kind` and keyword parameters can't be provided at the same time. Use only one of them.",
        )),
        (Some(kind), None) => {
            let text: String = kind.extract().map_err(|_| {
                PyTypeError::new_err(format!(
                    "sort kind must be str, not {}",
                    kind.get_type()
                        .name()
                        .map_or_else(|_| "?".into(), |n| n.to_string())
                ))
            })?;
            Kind::from_name(&text).or_raise()
        }
        (None, Some(stable)) if stable.is_truthy()? => Ok(Kind::Stable),
        _ => Ok(Kind::Quick),
    }
}

fn select_kind(kind: Option<Bound<'_, PyAny>>) -> PyResult<()> {
    match kind.map(|k| k.extract::<String>()).transpose()? {
        Some(text) if !text.starts_with(['i', 'I']) => Err(PyValueError::new_err(format!(
            "select kind must be 'introselect' (got '{text}')"
        ))),
        _ => Ok(()),
    }
}

fn check_axis(array: &ArrayRef<'_>, axis: isize) -> PyResult<()> {
    let n = array.ndim() as isize;
    if axis < -n || axis >= n {
        return Err(axis_error(array.py(), axis, array.ndim(), None));
    }
    Ok(())
}

/// The axis; `None` asks for the flattened array.
fn axis_or_flat<'py>(
    array: &ArrayRef<'py>,
    axis: Option<Bound<'py, PyAny>>,
    default: isize,
) -> PyResult<(ArrayRef<'py>, isize)> {
    match axis {
        Some(a) if a.is_none() => along(array, None).map(|(a, i)| (a, i as isize)),
        Some(a) => along(array, Some(a)).map(|(a, i)| (a, i as isize)),
        None if array.ndim() == 0 => along(array, None).map(|(a, i)| (a, i as isize)),
        None => Ok((array.clone(), default)),
    }
}

/// Runs `f` on the array, or on a view whose fields are compared in the order of the names given.
fn with_order<'py, T>(
    array: &ArrayRef<'py>,
    order: Option<Bound<'py, PyAny>>,
    f: impl FnOnce(&ArrayRef<'py>) -> PyResult<T>,
) -> PyResult<T> {
    let Some(order) = order else { return f(array) };
    let dtype = array.descr();
    if descr::fields(&dtype).names.is_null() {
        return Err(PyValueError::new_err(
            "Cannot specify order when the array has no fields.",
        ));
    }
    let names = crate::package::import(array.py(), "_core._internal")?
        .getattr("_newnames")?
        .call1((&dtype, order))?;
    // The same fields at the same places, listed in another order.
    let core = array.dtype()?;
    let Some(fields) = core.fields() else {
        return f(array);
    };
    let mut sorted = Vec::with_capacity(fields.len());
    for name in names.try_iter()? {
        let name: String = name?.extract()?;
        sorted.extend(fields.iter().find(|f| *f.name == *name).cloned());
    }
    let detail = numpy_rs_core::dtype::StructDetail {
        fields: sorted,
        aligned: false,
        alignment: 1,
    };
    let new = numpy_rs_core::dtype::DType::structured(detail, core.itemsize());
    let new = descr::from_dtype(array.py(), &new)?;
    let view = array::view_of(
        array,
        crate::classes::NDARRAY.get(),
        new,
        0,
        array.shape(),
        array.strides(),
    )?;
    f(&view)
}

/// A result of indices as an instance of the array's class.
fn like<'py>(array: &ArrayRef<'py>, made: ArrayRef<'py>) -> PyResult<Bound<'py, PyAny>> {
    Ok(array::in_class_of(made, array)?.into_any())
}

/// Places for a partition: one integer or several.
fn places(object: &Bound<'_, PyAny>) -> PyResult<Vec<isize>> {
    let given = array_like::plain(object)?;
    let num = numpy_rs_core::dtype::TypeNum::from_c(given.type_num());
    if num == Some(numpy_rs_core::dtype::TypeNum::Bool) {
        return Err(PyValueError::new_err(
            "Booleans unacceptable as partition index",
        ));
    }
    if given.size() > 0 && !num.is_some_and(numpy_rs_core::dtype::TypeNum::is_integer) {
        return Err(PyTypeError::new_err("Partition index must be integer"));
    }
    if given.ndim() > 1 {
        return Err(PyValueError::new_err("object too deep for desired array"));
    }
    let list = intp(given.as_any())?;
    let view = list.view();
    // SAFETY: contiguous indices; the list is as long as what the caller wrote.
    Ok((0..view.size())
        .map(|i| unsafe { *view.ptr().cast::<isize>().add(i) })
        .collect())
}

fn searchsorted<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = this(a)?;
    let side = match a.get(2) {
        None => search::Side::Left,
        Some(s) => {
            let text: String = s.extract().map_err(|_| {
                PyTypeError::new_err(format!(
                    "search side must be str, not {}",
                    s.get_type()
                        .name()
                        .map_or_else(|_| "?".into(), |n| n.to_string())
                ))
            })?;
            if !matches!(text.as_str(), "left" | "right") {
                convert::warning::deprecated(
                    py,
                    "inexact matches and case insensitive matches for search side are deprecated, please use one of 'left' \
                     or 'right' instead.",
                )?;
            }
            search::side_from_name(&text).or_raise()?
        }
    };
    let keys = array_like::plain(&a.required(1))?;
    let dtype = cast::promote(&array.dtype()?, &keys.dtype()?).or_raise()?;
    let sorter = match a.some(3) {
        None => None,
        Some(s) => {
            let s = array_like::plain(&s)?;
            let num = numpy_rs_core::dtype::TypeNum::from_c(s.type_num());
            if s.size() > 0 && !num.is_some_and(numpy_rs_core::dtype::TypeNum::is_integer) {
                return Err(PyTypeError::new_err("sorter must only contain integers"));
            }
            let cast = copy::cast_to(
                &s.view()?,
                &numpy_rs_core::index::mask::index_dtype(),
                Order::C,
                Casting::Unsafe,
            )
            .or_raise()?
            .0;
            if cast.size() != array.size() {
                return Err(PyValueError::new_err("sorter.size must equal a.size"));
            }
            Some(cast)
        }
    };
    let sorter = sorter.as_ref().map(numpy_rs_core::array::Array::view);
    let found = search::searchsorted(&array.view()?, &keys.view()?, &dtype, side, sorter.as_ref())
        .or_raise()?;
    let made = array::from_core(py, found)?;
    if made.ndim() == 0 {
        return subscript::element_at(&made, made.data());
    }
    Ok(made.into_any())
}

fn conjugate<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    let num = numpy_rs_core::dtype::TypeNum::from_c(array.type_num());
    match num {
        Some(n) if n.is_complex() || n == numpy_rs_core::dtype::TypeNum::Object => {
            call::unary(&ufuncs::elementary::conjugate, array.as_any())
        }
        Some(n) if n.is_number() => Ok(array.into_any()),
        _ => Err(PyTypeError::new_err("cannot conjugate non-numeric dtype")),
    }
}
