//! Products of arrays: `dot`, `inner`, `outer`, `tensordot`, `vdot`, `cross`.

use numpy_rs_core::dims::{Dims, ShapeText};
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::layout;
use numpy_rs_ufuncs as ufuncs;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::method_call::given;
use crate::array::{self, ArrayRef};
use crate::call;
use crate::convert::array_like;
use crate::convert::target::Target;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::flags;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "dot(a, b, out=None)",
        relevant: &["a", "b", "out"],
        doc: "The product of two arrays: of vectors their inner product, of matrices the matrix product, in general a sum \
              over the last axis of `a` and the second-to-last of `b`.",
        run: |a| {
            let result = dot(
                &array_like::as_array(&a.required(0))?,
                &array_like::as_array(&a.required(1))?,
            )?;
            into_out(result, a.some(2))
        },
    },
    FunctionDef {
        module: "",
        signature: "inner(a, b, /)",
        relevant: &["a", "b"],
        doc: "Sums of products over the last axes of both arrays.",
        run: |a| {
            inner(
                &array_like::as_array(&a.required(0))?,
                &array_like::as_array(&a.required(1))?,
            )
        },
    },
    FunctionDef {
        module: "",
        signature: "vdot(a, b, /)",
        relevant: &["a", "b"],
        doc: "The inner product of two flattened arrays, the first one conjugated.",
        run: vdot,
    },
    FunctionDef {
        module: "",
        signature: "outer(a, b, out=None)",
        relevant: &["a", "b", "out"],
        doc: "Every product of an element of `a` and one of `b`: `(m,)` and `(n,)` give `(m, n)`.",
        run: outer,
    },
    FunctionDef {
        module: "",
        signature: "tensordot(a, b, axes=2)",
        relevant: &["a", "b"],
        doc: "Sums of products over pairs of axes; `axes=n` pairs the last n of `a` with the first n of `b`.",
        run: tensordot,
    },
    FunctionDef {
        module: "",
        signature: "cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None)",
        relevant: &["a", "b"],
        doc: "The cross product of vectors with three components.",
        run: cross,
    },
    FunctionDef {
        module: "",
        signature: "_sliding_products(a, v, starts)",
        relevant: &[],
        doc: "The inner products of `v` with the stretches of `a` that begin at `starts`, as far as `a` goes.",
        run: |a| {
            let operands = [a.required(0), a.required(1), a.required(2)];
            call::call(&ufuncs::sliding::correlate, &operands, None)
        },
    },
];

/// A matrix product of two objects, whose events count as those of `dot`.
fn matmul<'py>(a: &Bound<'py, PyAny>, b: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    call::binary_for("dot", &ufuncs::products::matmul, a, b)
}

/// The shape as it stands in messages about alignment.
fn misaligned(a: &ArrayRef<'_>, b: &ArrayRef<'_>, dim_a: usize, dim_b: usize) -> PyErr {
    PyValueError::new_err(format!(
        "shapes {} and {} not aligned: {} (dim {dim_a}) != {} (dim {dim_b})",
        ShapeText(a.shape(), ","),
        ShapeText(b.shape(), ","),
        a.shape()[dim_a],
        b.shape()[dim_b]
    ))
}

fn reshaped<'py>(array: &Bound<'py, PyAny>, shape: &[isize]) -> PyResult<Bound<'py, PyAny>> {
    array.call_method1("reshape", (PyTuple::new(array.py(), shape)?,))
}

/// The matrix product in its general form.
fn dot<'py>(a: &ArrayRef<'py>, b: &ArrayRef<'py>) -> PyResult<Bound<'py, PyAny>> {
    let (x, y) = (a.as_any(), b.as_any());
    match (a.ndim(), b.ndim()) {
        (0, _) | (_, 0) => call::binary_for("dot", &ufuncs::arithmetic::multiply, x, y),
        (m, n) => {
            let (last, at) = (m - 1, if n == 1 { 0 } else { n - 2 });
            let k = a.shape()[last];
            if k != b.shape()[at] {
                return Err(misaligned(a, b, last, at));
            }
            if m <= 2 && n <= 2 {
                return matmul(x, y);
            }
            let rows: isize = a.shape()[..last].iter().product();
            let left = reshaped(x, &[rows, k])?;
            let right = if n == 1 {
                y.clone()
            } else {
                let columns = b.size() as isize / k.max(1);
                let order: Vec<usize> = std::iter::once(at)
                    .chain((0..n).filter(|&i| i != at))
                    .collect();
                let moved = y.call_method1("transpose", (PyTuple::new(a.py(), order)?,))?;
                let columns = if k == 0 {
                    b.shape()
                        .iter()
                        .enumerate()
                        .filter(|(i, _)| *i != at)
                        .map(|(_, d)| *d)
                        .product()
                } else {
                    columns
                };
                reshaped(&moved, &[k, columns])?
            };
            let product = matmul(&left, &right)?;
            let mut shape = Dims::from_slice(&a.shape()[..last]);
            shape.extend(
                b.shape()
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| *i != at)
                    .map(|(_, d)| *d),
            );
            reshaped(&product, &shape)
        }
    }
}

/// What `dot` asks of its output.
const CARRAY: i32 = flags::C_CONTIGUOUS | flags::ALIGNED | flags::WRITEABLE;

/// Stores a result into `out`, which must fit exactly.
fn into_out<'py>(
    result: Bound<'py, PyAny>,
    out: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let Some(out) = out else { return Ok(result) };
    let target = Target::required(&out, "'out' must be an array")?;
    let value = array_like::as_array(&result)?;
    let fits = target.shape() == value.shape()
        && target.descr().eq(value.descr())?
        && target.flags() & CARRAY == CARRAY;
    if !fits {
        return Err(PyValueError::new_err(
            "output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)",
        ));
    }
    target
        .as_any()
        .set_item(out.py().Ellipsis(), value.as_any())?;
    Ok(out)
}

fn inner<'py>(a: &ArrayRef<'py>, b: &ArrayRef<'py>) -> PyResult<Bound<'py, PyAny>> {
    if a.ndim() == 0 || b.ndim() == 0 {
        return call::binary_for("dot", &ufuncs::arithmetic::multiply, a.as_any(), b.as_any());
    }
    let (p, q) = (a.ndim() - 1, b.ndim() - 1);
    if a.shape()[p] != b.shape()[q] {
        return Err(misaligned(a, b, p, q));
    }
    if p == 0 && q == 0 {
        return matmul(a.as_any(), b.as_any());
    }
    // The last axis of `b` goes where `dot` sums: second from the end.
    let order: Vec<usize> = if q == 0 {
        vec![0]
    } else {
        (0..q - 1).chain([q, q - 1]).collect()
    };
    let moved = b
        .as_any()
        .call_method1("transpose", (PyTuple::new(a.py(), order)?,))?;
    dot(a, &array_like::as_array(&moved)?)
}

fn vdot<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let x = array_like::plain(&a.required(0))?
        .into_any()
        .call_method0("ravel")?;
    let y = array_like::plain(&a.required(1))?
        .into_any()
        .call_method0("ravel")?;
    let (p, q) = (x.len()?, y.len()?);
    if p != q {
        return Err(PyValueError::new_err("vectors have different lengths"));
    }
    let num = TypeNum::from_c(array_like::plain(&x)?.type_num());
    let x = match num {
        Some(n) if n.is_complex() || n == TypeNum::Object => {
            call::unary(&ufuncs::elementary::conjugate, &x)?
        }
        _ => x,
    };
    matmul(&x, &y)
}

fn outer<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let flat = |o: Bound<'py, PyAny>| -> PyResult<ArrayRef<'py>> {
        let flat = array_like::as_array(&o)?.into_any().call_method0("ravel")?;
        array_like::as_array(&flat)
    };
    let (x, y) = (flat(a.required(0))?, flat(a.required(1))?);
    let column = array::relayout(&x, 0, &[x.size() as isize, 1], &[x.strides()[0], 0])?;
    let row = array::relayout(&y, 0, &[1, y.size() as isize], &[0, y.strides()[0]])?;
    match a.some(2) {
        None => call::binary(&ufuncs::arithmetic::multiply, column.as_any(), row.as_any()),
        Some(out) => {
            let kwargs = given(py, &[("out", Some(out))])?;
            let multiply = crate::package::import(py, "")?.getattr("multiply")?;
            multiply.call((column.as_any(), row.as_any()), Some(&kwargs))
        }
    }
}

/// One axis or several.
fn axis_list(object: &Bound<'_, PyAny>) -> PyResult<Vec<isize>> {
    match object.extract::<isize>() {
        Ok(one) => Ok(vec![one]),
        Err(_) => object.try_iter()?.map(|v| v?.extract()).collect(),
    }
}

fn tensordot<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let (x, y) = (
        array_like::as_array(&a.required(0))?,
        array_like::as_array(&a.required(1))?,
    );
    let (p, q) = (x.ndim(), y.ndim());
    let axes = a
        .get(2)
        .map_or_else(|| 2i32.into_pyobject(py).map(Bound::into_any), Ok)?;
    let (left, right): (Vec<isize>, Vec<isize>) = match axes.extract::<isize>() {
        Ok(n) => ((-n..0).collect(), (0..n).collect()),
        Err(_) => (
            axis_list(&axes.get_item(0)?)?,
            axis_list(&axes.get_item(1)?)?,
        ),
    };
    let mismatch = || PyValueError::new_err("shape-mismatch for sum");
    if left.len() != right.len() {
        return Err(mismatch());
    }
    let normalize = |list: &[isize], n: usize| -> PyResult<Vec<usize>> {
        let mut all = Vec::new();
        for &axis in list {
            let at = layout::normalize_axis(axis, n)
                .map_err(|_| PyIndexError::new_err("tuple index out of range"))?;
            if all.contains(&at) {
                return Err(PyValueError::new_err(
                    "duplicate axes are not allowed in tensordot",
                ));
            }
            all.push(at);
        }
        Ok(all)
    };
    let (left, right) = (normalize(&left, p)?, normalize(&right, q)?);
    if left
        .iter()
        .zip(&right)
        .any(|(&i, &j)| x.shape()[i] != y.shape()[j])
    {
        return Err(mismatch());
    }
    let free =
        |n: usize, used: &[usize]| -> Vec<usize> { (0..n).filter(|i| !used.contains(i)).collect() };
    let (free_x, free_y) = (free(p, &left), free(q, &right));
    let size =
        |o: &ArrayRef<'py>, axes: &[usize]| axes.iter().map(|&i| o.shape()[i]).product::<isize>();
    let k = size(&x, &left);
    let order = |first: &[usize], second: &[usize]| {
        PyTuple::new(py, first.iter().chain(second).collect::<Vec<_>>())
    };
    let m = x
        .as_any()
        .call_method1("transpose", (order(&free_x, &left)?,))?;
    let n = y
        .as_any()
        .call_method1("transpose", (order(&right, &free_y)?,))?;
    let m = reshaped(&m, &[size(&x, &free_x), k])?;
    let n = reshaped(&n, &[k, size(&y, &free_y)])?;
    let product = dot(&array_like::as_array(&m)?, &array_like::as_array(&n)?)?;
    let shape: Vec<isize> = free_x
        .iter()
        .map(|&i| x.shape()[i])
        .chain(free_y.iter().map(|&j| y.shape()[j]))
        .collect();
    reshaped(&product, &shape)
}

fn cross<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let (x, y) = (
        array_like::plain(&a.required(0))?,
        array_like::plain(&a.required(1))?,
    );
    if x.ndim() < 1 || y.ndim() < 1 {
        return Err(PyValueError::new_err(
            "At least one array has zero dimension",
        ));
    }
    let axis = |i: usize| -> PyResult<isize> {
        match a.some(5) {
            Some(all) => all.extract(),
            None => a.get(i).map_or(Ok(-1), |v| v.extract()),
        }
    };
    let package = crate::package::import(py, "")?;
    let prefix = |error: PyErr, name: &str, axis: isize, n: usize| -> PyErr {
        let made = crate::package::import(py, "exceptions")
            .and_then(|m| m.getattr("AxisError"))
            .and_then(|class| class.call1((axis, n, name)));
        made.map_or(error, PyErr::from_value)
    };
    let to_end = |o: &ArrayRef<'py>, axis: isize, name: &str| -> PyResult<ArrayRef<'py>> {
        let at = layout::normalize_axis(axis, o.ndim())
            .or_raise()
            .map_err(|e| prefix(e, name, axis, o.ndim()))?;
        let mut order: Vec<usize> = (0..o.ndim()).filter(|&i| i != at).collect();
        order.push(at);
        let shape: Dims = order.iter().map(|&i| o.shape()[i]).collect();
        let strides: Dims = order.iter().map(|&i| o.strides()[i]).collect();
        array::relayout(o, 0, &shape, &strides)
    };
    let (x, y) = (
        to_end(&x, axis(2)?, "axisa")?,
        to_end(&y, axis(3)?, "axisb")?,
    );
    let (p, q) = (x.shape()[x.ndim() - 1], y.shape()[y.ndim() - 1]);
    if p != 3 || q != 3 {
        return Err(PyValueError::new_err(format!(
            "Both input arrays must be (arrays of) 3-dimensional vectors, but they are {p} and {q} dimensional instead."
        )));
    }
    let component = |o: &ArrayRef<'py>, i: isize| -> PyResult<Bound<'py, PyAny>> {
        let n = o.ndim() - 1;
        Ok(array::relayout(o, i * o.strides()[n], &o.shape()[..n], &o.strides()[..n])?.into_any())
    };
    let multiply = |i: isize, j: isize| {
        call::binary(
            &ufuncs::arithmetic::multiply,
            &component(&x, i)?,
            &component(&y, j)?,
        )
    };
    let mut parts = Vec::with_capacity(3);
    for (i, j) in [(1, 2), (2, 0), (0, 1)] {
        parts.push(call::binary(
            &ufuncs::arithmetic::subtract,
            &multiply(i, j)?,
            &multiply(j, i)?,
        )?);
    }
    let kwargs = PyDict::new(py);
    kwargs.set_item("axis", -1)?;
    let stacked = package
        .getattr("stack")?
        .call((PyTuple::new(py, parts)?,), Some(&kwargs))?;
    let axisc = axis(4)?;
    let n = array_like::plain(&stacked)?.ndim();
    layout::normalize_axis(axisc, n)
        .or_raise()
        .map_err(|e| prefix(e, "axisc", axisc, n))?;
    package.getattr("moveaxis")?.call1((stacked, -1, axisc))
}
