//! `nested_iters`: iterators over groups of axes, the inner ones following the outer.

use numpy_rs_core::cast::Casting;
use numpy_rs_core::layout::Order;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::build::{self, Request};
use super::flags::{GlobalFlags, OperandFlags};
use super::object::move_child;
use super::state::{State, state, wrap};
use crate::classes::NDITER;
use crate::convert;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[FunctionDef {
    module: "",
    signature: "nested_iters(op, axes, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', \
                buffersize=0)",
    relevant: &[],
    doc: "Iterators over groups of axes: each restarts when the one before it moves.",
    run: nested_iters,
}];

fn nested_iters<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let mut objects = build::objects_of(&a.required(0))?;
    let groups: Vec<Vec<isize>> = a
        .required(1)
        .try_iter()?
        .map(|g| {
            g?.try_iter()?
                .map(|v| v?.extract())
                .collect::<PyResult<Vec<isize>>>()
        })
        .collect::<PyResult<_>>()?;
    if groups.len() < 2 {
        return Err(PyValueError::new_err(
            "axes must have at least 2 entries for nested iteration",
        ));
    }
    let mut seen = Vec::new();
    for &axis in groups.iter().flatten() {
        if axis < 0 {
            return Err(PyValueError::new_err("An axis is out of bounds"));
        }
        if seen.contains(&axis) {
            return Err(PyValueError::new_err("An axis is used more than once"));
        }
        seen.push(axis);
    }
    let flags = GlobalFlags::parse(a.some(2).as_ref())?;
    let missing: Vec<bool> = objects
        .iter()
        .map(pyo3::types::PyAnyMethods::is_none)
        .collect();
    let mut op_flags = OperandFlags::parse_all(a.some(3).as_ref(), &missing)?;
    let mut dtypes = build::dtypes_of(a.some(4), objects.len())?;
    let order = a
        .some(5)
        .map_or(Ok(Order::K), |o| convert::keyword::order(&o, Order::K))?;
    let casting = match a.some(6) {
        Some(c) => Casting::from_name(&c.extract::<String>()?).or_raise()?,
        None => Casting::Safe,
    };
    let buffersize: isize = a.some(7).map_or(Ok(0), |b| b.extract())?;
    let n = groups.len();
    let mut iterators: Vec<Bound<'py, PyAny>> = Vec::new();
    for (i, group) in groups.iter().enumerate() {
        let inner = i + 1 == n;
        // Only the innermost iterator casts and buffers; the others walk the arrays themselves.
        let level = if inner {
            GlobalFlags {
                common_dtype: false,
                ..flags
            }
        } else {
            GlobalFlags {
                external_loop: false,
                buffered: false,
                delay_bufalloc: false,
                common_dtype: flags.common_dtype && i == 0,
                ..flags
            }
        };
        let maps = objects.iter().map(|_| Some(group.clone())).collect();
        let widened = fit_axes(&objects, maps)?;
        let request = Request {
            objects: objects.clone(),
            flags: level,
            op_flags: op_flags.clone(),
            dtypes: if inner || i == 0 && !flags.buffered {
                dtypes.clone()
            } else {
                vec![None; objects.len()]
            },
            order,
            casting,
            op_axes: Some(widened),
            itershape: None,
        };
        let built = build::build(py, &request)?;
        let made = wrap(
            py,
            NDITER.get(),
            State::new(built, level, if inner { buffersize } else { 0 })?,
        )?;
        if i == 0 {
            // Copies and fresh arrays of the first level serve all others.
            objects = state(&made)?
                .operands
                .iter()
                .map(|o| o.array.bind(py).clone())
                .collect();
            if !flags.buffered {
                dtypes = vec![None; objects.len()];
            }
            for f in &mut op_flags {
                f.allocate = false;
            }
        }
        iterators.push(made);
    }
    for pair in iterators.windows(2) {
        state(&pair[0])?.child = Some(pair[1].clone().unbind());
    }
    move_child(&iterators[0])?;
    Ok(PyTuple::new(py, iterators)?.into_any())
}

/// Axes count from the front of the broadcast shape: an operand with fewer axes repeats along the first ones.
fn fit_axes(
    objects: &[Bound<'_, PyAny>],
    maps: Vec<Option<Vec<isize>>>,
) -> PyResult<Vec<Option<Vec<isize>>>> {
    let ndims = objects
        .iter()
        .map(|o| {
            if o.is_none() {
                Ok(None)
            } else {
                crate::convert::array_like::as_array(o).map(|a| Some(a.ndim()))
            }
        })
        .collect::<PyResult<Vec<_>>>()?;
    let most = ndims.iter().flatten().copied().max().unwrap_or(0) as isize;
    Ok(maps
        .into_iter()
        .zip(ndims)
        .map(|(map, ndim)| {
            let shift = ndim.map_or(0, |n| most - n as isize);
            map.map(|m| {
                m.into_iter()
                    .map(|axis| if axis < shift { -1 } else { axis - shift })
                    .collect()
            })
        })
        .collect())
}
