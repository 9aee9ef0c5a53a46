//! Choosing elements: `compress`, `choose`, `extract`, and stores where a mask is true.

use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::index::masked;
use numpy_rs_core::ufunc::Weak;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::dtypes::with_weak;
use super::method_call::{call_method, given};
use crate::array::ArrayRef;
use crate::convert::array_like::{self, classify};
use crate::convert::keyword;
use crate::convert::target::{Target, array_of};
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "compress(condition, a, axis=None, out=None)",
        relevant: &["condition", "a", "out"],
        doc: "Slices along an axis where a condition is true.",
        run: |a| {
            let kwargs = given(a.py(), &[("axis", a.some(2)), ("out", a.some(3))])?;
            let args = PyTuple::new(a.py(), [a.required(0)])?;
            call_method(&a.required(1), "compress", &args, Some(&kwargs))
        },
    },
    FunctionDef {
        module: "",
        signature: "choose(a, choices, out=None, mode='raise')",
        relevant: &["a", "choices*", "out"],
        doc: "Elements of arrays chosen by numbers.",
        run: |a| {
            let kwargs = given(a.py(), &[("out", a.some(2)), ("mode", a.get(3))])?;
            let args = PyTuple::new(a.py(), [a.required(1)])?;
            call_method(&a.required(0), "choose", &args, Some(&kwargs))
        },
    },
    FunctionDef {
        module: "",
        signature: "extract(condition, arr)",
        relevant: &["condition", "arr"],
        doc: "The elements where a condition is true, along one axis.",
        run: |a| {
            let condition = super::reductions::flat(&array_like::as_array(&a.required(0))?)?;
            let values = super::reductions::flat(&array_like::as_array(&a.required(1))?)?;
            let found = call_method(condition.as_any(), "nonzero", &PyTuple::empty(a.py()), None)?;
            values.as_any().call_method1("take", (found.get_item(0)?,))
        },
    },
    FunctionDef {
        module: "",
        signature: "place(arr, mask, vals)",
        relevant: &["arr", "mask", "vals"],
        doc: "Stores values one after another where a mask is true, repeating them.",
        run: |a| {
            let array = target(&a.required(0))?;
            let mask = array_like::plain(&a.required(1))?;
            let values = values_for(&array, &a.required(2))?;
            let mut view = array.view_mut("WRITEBACKIFCOPY base")?;
            masked::place(&mut view, &mask.view()?, &values.view()?).or_raise()?;
            Ok(a.py().None().into_bound(a.py()))
        },
    },
    FunctionDef {
        module: "",
        signature: "putmask(a, /, mask, values)",
        relevant: &["a", "mask", "values"],
        doc: "Stores values of the same place where a mask is true, repeating them.",
        run: |a| {
            let array =
                Target::required(&a.required(0), "putmask: first argument must be an array")?;
            let mask = array_like::plain(&a.required(1))?;
            let values = values_for(&array, &a.required(2))?;
            let mut view = array.view_mut("putmask: output array")?;
            masked::putmask(&mut view, &mask.view()?, &values.view()?).or_raise()?;
            Ok(a.py().None().into_bound(a.py()))
        },
    },
    FunctionDef {
        module: "",
        signature: "copyto(dst, src, casting='same_kind', where=True)",
        relevant: &["dst", "src", "where"],
        doc: "Copies values into an array, with broadcasting, where a mask is true.",
        run: copyto,
    },
];

/// The array that a function writes to, which must be one.
fn target<'py>(object: &Bound<'py, PyAny>) -> PyResult<Target<'py>> {
    match Target::of(object)? {
        Some(array) => Ok(array),
        None => Err(PyTypeError::new_err(format!(
            "place() argument 1 must be numpy.ndarray, not {}",
            object.get_type().name()?
        ))),
    }
}

/// Values on their way into an array.
fn values_for<'py>(array: &ArrayRef<'py>, object: &Bound<'py, PyAny>) -> PyResult<ArrayRef<'py>> {
    match array_of(object)? {
        Some(values) => Ok(values),
        None => array_like::as_array_of(object, Some(&array.descr())),
    }
}

fn copyto<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let dst = a.required(0);
    let Some(array) = Target::of(&dst)? else {
        return Err(PyTypeError::new_err(format!(
            "copyto() argument 1 must be a numpy.ndarray, not {}",
            dst.get_type().name()?
        )));
    };
    array.require_writeable("assignment destination")?;
    let src = a.required(1);
    let casting = keyword::casting(a.get(2).as_ref(), Casting::SameKind)?;
    let to = array.dtype()?;
    let values = match classify(&src) {
        Weak::No => array_like::plain(&src)?,
        weak if to.num().is_number() => {
            let fits = with_weak(Some(to.clone()), weak)?;
            array_like::as_array_of_core(&src, &fits)?
        }
        _ => array_like::plain(&src)?,
    };
    let source = values.view()?;
    let mut view = array.view_mut("assignment destination")?;
    let events = match a
        .get(3)
        .filter(|m| !m.is(pyo3::types::PyBool::new(py, true)))
    {
        None => numpy_rs_core::copy::assign(&mut view, &source, casting).or_raise()?,
        Some(mask) => {
            let truth = DType::new(TypeNum::Bool);
            let mask = match array_of(&mask)? {
                Some(mask) => mask,
                None => array_like::as_array_of_core(&mask, &truth)?,
            };
            let dtype = mask.dtype()?;
            if !cast::can_cast(&dtype, &truth, Casting::Safe) {
                return Err(PyTypeError::new_err(format!(
                    "Cannot cast array data from {} to dtype('bool') according to the rule 'safe'",
                    dtype.repr()
                )));
            }
            masked::assign_where(&mut view, &source, &mask.view()?, casting).or_raise()?
        }
    };
    crate::convert::events::report(py, events, "cast")?;
    Ok(py.None().into_bound(py))
}
