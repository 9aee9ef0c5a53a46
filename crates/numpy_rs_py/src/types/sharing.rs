//! Whether arrays share memory.

use numpy_rs_core::overlap::{self, Sharing};
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::array::ArrayRef;
use crate::convert::array_like;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "shares_memory(a, b, /, max_work=-1)",
        relevant: &["a", "b"],
        doc: "Whether two arrays have an element in common, by exact search.",
        run: |a| answer(a, -1, true),
    },
    FunctionDef {
        module: "",
        signature: "may_share_memory(a, b, /, max_work=0)",
        relevant: &["a", "b"],
        doc: "Whether two arrays might have an element in common, by their bounds unless more work is allowed.",
        run: |a| answer(a, 0, false),
    },
];

fn answer<'py>(a: &Args<'py>, default: i64, raise: bool) -> PyResult<Bound<'py, PyAny>> {
    let operand = |i: usize| -> PyResult<ArrayRef<'py>> { array_like::plain(&a.required(i)) };
    let (x, y) = (operand(0)?, operand(1)?);
    let work = match a.some(2) {
        None => default,
        Some(w) => w.extract::<i64>().map_err(|e| {
            if e.is_instance_of::<PyOverflowError>(a.py())
                || e.is_instance_of::<PyTypeError>(a.py())
            {
                e
            } else {
                PyValueError::new_err("Invalid value for max_work")
            }
        })?,
    };
    if work < -2 {
        return Err(PyValueError::new_err("Invalid value for max_work"));
    }
    let (vx, vy) = (x.view()?, y.view()?);
    let found = match work {
        0 => {
            let meet = overlap::bounds_meet(&vx, &vy);
            return Ok(meet.into_pyobject(a.py())?.to_owned().into_any());
        }
        w if w < 0 => overlap::share_memory(&vx, &vy, None),
        w => overlap::share_memory(&vx, &vy, Some(w as u64)),
    };
    let shares = match found {
        Sharing::No => false,
        Sharing::Yes => true,
        Sharing::TooHard if raise => {
            let class = crate::package::import(a.py(), "exceptions")?.getattr("TooHardError")?;
            return Err(PyErr::from_value(class.call1(("Exceeded max_work",))?));
        }
        Sharing::TooHard => true,
    };
    Ok(shares.into_pyobject(a.py())?.to_owned().into_any())
}
