//! Arrays from objects: `array`, `asarray` and their relatives.

use numpy_rs_core::dims::MAXDIMS;
use numpy_rs_core::layout::Order;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::convert::array_like::{self, CopyMode, Request};
use crate::convert::dtype::from_option;
use crate::convert::keyword;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The definitions of this page.
pub(crate) static TABLE: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, ndmax=0, like=None)",
        relevant: &["like!"],
        doc: "Make an array from an array, a scalar, nested sequences, or anything with an array protocol.",
        run: array,
    },
    FunctionDef {
        module: "",
        signature: "asarray(a, dtype=None, order=None, *, device=None, copy=None, like=None)",
        relevant: &["like!"],
        doc: "Return the input as an array, without a copy where it is one already.",
        run: asarray,
    },
    FunctionDef {
        module: "",
        signature: "asanyarray(a, dtype=None, order=None, *, device=None, copy=None, like=None)",
        relevant: &["like!"],
        doc: "Return the input as an array; instances of subclasses of ndarray pass as they are.",
        run: asanyarray,
    },
    FunctionDef {
        module: "",
        signature: "ascontiguousarray(a, dtype=None, *, like=None)",
        relevant: &["like!"],
        doc: "Return the input as an array in C order without gaps, of at least one dimension.",
        run: ascontiguousarray,
    },
    FunctionDef {
        module: "",
        signature: "asfortranarray(a, dtype=None, *, like=None)",
        relevant: &["like!"],
        doc: "Return the input as an array in Fortran order without gaps, of at least one dimension.",
        run: asfortranarray,
    },
    FunctionDef {
        module: "",
        signature: "copy(a, order='K', subok=False)",
        relevant: &["a"],
        doc: "Return a copy of the input as an array.",
        run: copy,
    },
];

/// What `copy=` asks for.
pub(crate) fn copy_mode(
    object: Option<&Bound<'_, PyAny>>,
    default: CopyMode,
) -> PyResult<CopyMode> {
    let Some(object) = object else {
        return Ok(default);
    };
    if object.is_none() {
        return Ok(CopyMode::IfNeeded);
    }
    if object.is_instance_of::<PyString>() {
        return Err(PyValueError::new_err(
            "strings are not allowed for 'copy' keyword. Use True/False/None instead.",
        ));
    }
    if object.get_type().name()? == "_CopyMode" {
        return Ok(match object.getattr("value")?.extract::<i64>()? {
            2 => CopyMode::IfNeeded,
            0 => CopyMode::Never,
            _ => CopyMode::Always,
        });
    }
    Ok(if object.is_truthy()? {
        CopyMode::Always
    } else {
        CopyMode::Never
    })
}

fn order(object: Option<Bound<'_, PyAny>>) -> PyResult<Order> {
    match object {
        Some(o) => Ok(match keyword::order(&o, Order::K)? {
            Order::A => Order::K,
            other => other,
        }),
        None => Ok(Order::K),
    }
}

fn finish<'py>(object: &Bound<'py, PyAny>, request: &Request<'py>) -> PyResult<Bound<'py, PyAny>> {
    array_like::make(object, request).map(crate::array::ArrayRef::into_any)
}

fn array<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let ndmin = match args.get(5) {
        Some(n) => n.extract::<isize>()?,
        None => 0,
    };
    let ndmax = match args.get(6) {
        Some(n) => n.extract::<isize>()?,
        None => 0,
    };
    if ndmax < 0 || ndmax > MAXDIMS as isize {
        return Err(PyValueError::new_err(format!(
            "ndmax must be in the range [0, NPY_MAXDIMS ({MAXDIMS})] "
        )));
    }
    let ndmax = if ndmax == 0 { MAXDIMS } else { ndmax as usize };
    if ndmin > ndmax as isize {
        return Err(PyValueError::new_err(format!(
            "ndmin must be <= ndmax ({ndmax})"
        )));
    }
    let request = Request {
        descr: from_option(args.get(1).as_ref())?,
        copy: copy_mode(args.get(2).as_ref(), CopyMode::Always)?,
        order: order(args.get(3))?,
        subok: args.flag(4, false)?,
        ndmin: ndmin.max(0) as usize,
        ndmax,
    };
    finish(&args.required(0), &request)
}

fn check_device(object: Option<Bound<'_, PyAny>>) -> PyResult<()> {
    match object.filter(|o| !o.is_none()) {
        None => Ok(()),
        Some(d) if d.extract::<String>().is_ok_and(|s| s == "cpu") => Ok(()),
        Some(d) => Err(PyValueError::new_err(format!(
            "Device not understood. Only \"cpu\" is allowed, but received: {}",
            d.str()?
        ))),
    }
}

fn as_any<'py>(args: &Args<'py>, subok: bool) -> PyResult<Bound<'py, PyAny>> {
    let object = args.required(0);
    if !args.given(1) && !args.given(2) && !args.given(4) {
        check_device(args.get(3))?;
        let request = Request {
            subok,
            ..Request::default()
        };
        return finish(&object, &request);
    }
    check_device(args.get(3))?;
    let request = Request {
        descr: from_option(args.get(1).as_ref())?,
        copy: copy_mode(args.get(4).as_ref(), CopyMode::IfNeeded)?,
        order: order(args.get(2))?,
        subok,
        ..Request::default()
    };
    finish(&object, &request)
}

fn asarray<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    as_any(args, false)
}

fn asanyarray<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    as_any(args, true)
}

fn contiguous<'py>(args: &Args<'py>, order: Order) -> PyResult<Bound<'py, PyAny>> {
    let request = Request {
        descr: from_option(args.get(1).as_ref())?,
        order,
        subok: false,
        ndmin: 1,
        ..Request::default()
    };
    finish(&args.required(0), &request)
}

fn ascontiguousarray<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    contiguous(args, Order::C)
}

fn asfortranarray<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    contiguous(args, Order::F)
}

fn copy<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let request = Request {
        copy: CopyMode::Always,
        order: order(args.get(1))?,
        subok: args.flag(2, false)?,
        ..Request::default()
    };
    finish(&args.required(0), &request)
}
