//! Looking at conversions between dtypes: what `_get_castingimpl` shows of each pair.

use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::copy;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::array::ArrayRef;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::signature::Args;
use crate::{convert, descr};

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "_casting_level(from_, to)",
        relevant: &[],
        doc: "The least casting rule between two dtypes as a number, 64 more where values can be checked; None without one.",
        run: level,
    },
    FunctionDef {
        module: "",
        signature: "_convert_items(source, target)",
        relevant: &[],
        doc: "Converts the items of one array into those of another of the same shape.",
        run: |a| {
            let array = |i: usize| {
                ArrayRef::from_object(&a.required(i))
                    .ok_or_else(|| PyTypeError::new_err("an array is needed"))
            };
            let (source, target) = (array(0)?, array(1)?);
            let mut view = target.view_mut("the target")?;
            copy::assign(&mut view, &source.view()?, Casting::Unsafe).or_raise()?;
            Ok(a.py().None().into_bound(a.py()))
        },
    },
];

fn level<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let dtype = |i: usize| descr::to_dtype(&convert::dtype::from_object(&a.required(i))?);
    let (from, to) = (dtype(0)?, dtype(1)?);
    let Some(level) = cast::level::level(&from, &to) else {
        return Ok(py.None().into_bound(py));
    };
    let number: i32 = match level {
        Casting::No => 0,
        Casting::Equiv => 1,
        Casting::Safe => 2,
        Casting::SameKind => 3,
        Casting::Unsafe | Casting::SameValue => 4,
    };
    let checked = from.num().is_number() && to.num().is_number();
    Ok((number + if checked { 64 } else { 0 })
        .into_pyobject(py)?
        .into_any())
}
