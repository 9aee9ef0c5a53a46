//! `einsum`: views where nothing is summed, else pairs of operands contracted by matrix products.

use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::DType;
use numpy_rs_core::layout::Order;
use numpy_rs_core::subscripts::{self, Label, Subscripts};
use numpy_rs_ufuncs as ufuncs;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::array::{self, ArrayRef};
use crate::call;
use crate::convert::target::Target;
use crate::convert::{self, array_like};
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::flags;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[FunctionDef {
    module: "",
    signature: "c_einsum(*operands, out=None, dtype=None, order='K', casting='safe')",
    relevant: &[],
    doc: "Sums products of the operands' elements over labelled axes (Einstein's convention), operands in order.",
    run: c_einsum,
}];

/// An operand with the label of each axis.
#[derive(Clone)]
struct Labelled<'py> {
    array: ArrayRef<'py>,
    labels: Vec<Label>,
}

fn c_einsum<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let given = a.required(0);
    let given: &Bound<'py, PyTuple> = given.cast()?;
    if given.is_empty() {
        return Err(PyValueError::new_err(
            "must specify the einstein sum subscripts string and at least one operand, or at least one operand and its \
             corresponding subscripts list",
        ));
    }
    let first = given.get_item(0)?;
    let (text, objects) = if let Ok(text) = first.cast::<PyString>() {
        let objects: Vec<Bound<'py, PyAny>> = given.iter().skip(1).collect();
        if objects.is_empty() {
            return Err(PyValueError::new_err(
                "must specify the einstein sum subscripts string and at least one operand, or at least one operand and \
                 its corresponding subscripts list",
            ));
        }
        (text.to_str()?.to_owned(), objects)
    } else {
        from_lists(given)?
    };
    let arrays = objects
        .iter()
        .map(array_like::plain)
        .collect::<PyResult<Vec<_>>>()?;
    let ndims: Vec<usize> = arrays.iter().map(ArrayRef::ndim).collect();
    let parsed = subscripts::parse(&text, &ndims).or_raise()?;
    let casting = convert::keyword::casting(a.get(4).as_ref(), Casting::Safe)?;
    let order = a
        .some(3)
        .map_or(Ok(Order::K), |o| convert::keyword::order(&o, Order::K))?;
    let out = match a.some(1) {
        Some(out) => Some(Target::required(
            &out,
            "keyword parameter out must be an array for einsum",
        )?),
        None => None,
    };
    if let Some(out) = &out
        && out.flags() & flags::WRITEABLE == 0
    {
        return Err(PyValueError::new_err(
            "operand array with iterator write flag set is read-only",
        ));
    }
    let wanted = a
        .some(2)
        .map(|d| convert::dtype::core_from_object(&d))
        .transpose()?;
    let free = wanted.is_none();
    let dtype = match wanted {
        Some(d) => d,
        None => common_dtype(&arrays)?,
    };
    let alone = out.is_none()
        && parsed.inputs.len() == 1
        && parsed.inputs[0].iter().all(|l| parsed.output.contains(l));
    let operands: Vec<Labelled<'py>> = arrays
        .into_iter()
        .zip(parsed.inputs.clone())
        .enumerate()
        .map(|(i, (array, labels))| diagonals(array, labels, (!alone).then_some(i)))
        .collect::<PyResult<_>>()?;
    check_lengths(&operands)?;
    if let ([one], None) = (operands.as_slice(), &out)
        && one.labels.iter().all(|l| parsed.output.contains(l))
        && (free || one.array.dtype()? == dtype)
        && order == Order::K
    {
        return Ok(permuted(one, &parsed.output)?.into_any());
    }
    let operands = operands
        .into_iter()
        .enumerate()
        .map(|(i, o)| converted(py, i, o, &dtype, casting))
        .collect::<PyResult<Vec<_>>>()?;
    let result = contract_all(operands, &parsed)?;
    finish(result, &parsed.output, &dtype, order, casting, out)
}

/// The interleaved form: operand, list of integers, operand, list, … and an output list.
fn from_lists<'py>(given: &Bound<'py, PyTuple>) -> PyResult<(String, Vec<Bound<'py, PyAny>>)> {
    let n = given.len();
    let (mut text, mut objects) = (String::new(), Vec::new());
    let write = |text: &mut String, list: &Bound<'py, PyAny>| -> PyResult<()> {
        for label in list.try_iter().map_err(|_| {
            PyTypeError::new_err("subscripts for each operand must be a list or tuple")
        })? {
            let label = label?;
            if label.is_instance_of::<pyo3::types::PyEllipsis>() {
                text.push_str("...");
                continue;
            }
            let k: u32 = label.extract().map_err(|_| {
                PyTypeError::new_err("each subscript must be either an integer or an ellipsis")
            })?;
            let letter = match k {
                0..26 => char::from_u32(u32::from(b'A') + k),
                26..52 => char::from_u32(u32::from(b'a') + k - 26),
                _ => None,
            };
            text.push(letter.ok_or_else(|| {
                PyValueError::new_err("subscript is not within the valid range [0, 52)")
            })?);
        }
        Ok(())
    };
    for i in (0..n - n % 2).step_by(2) {
        if i > 0 {
            text.push(',');
        }
        objects.push(given.get_item(i)?);
        write(&mut text, &given.get_item(i + 1)?)?;
    }
    if n % 2 == 1 {
        if n == 1 {
            return Err(PyValueError::new_err(
                "must provide at least an operand and a subscripts list to einsum",
            ));
        }
        text.push_str("->");
        write(&mut text, &given.get_item(n - 1)?)?;
    }
    Ok((text, objects))
}

fn common_dtype(arrays: &[ArrayRef<'_>]) -> PyResult<DType> {
    let mut common = arrays[0].dtype()?;
    if common.num().is_number() {
        common = common.with_byte_order(numpy_rs_core::dtype::ByteOrder::Native);
    }
    for a in &arrays[1..] {
        common = cast::promote(&common, &a.dtype()?).or_raise()?;
    }
    Ok(common)
}

/// Takes the diagonal of axes that carry the same label. The operand has a number unless it is all that the answer is
/// made of.
fn diagonals(
    array: ArrayRef<'_>,
    labels: Vec<Label>,
    number: Option<usize>,
) -> PyResult<Labelled<'_>> {
    let (mut kept, mut shape, mut strides) = (Vec::new(), Dims::new(), Dims::new());
    for (i, label) in labels.iter().enumerate() {
        let (len, stride) = (array.shape()[i], array.strides()[i]);
        match kept.iter().position(|k| k == label) {
            None => {
                kept.push(*label);
                shape.push(len);
                strides.push(stride);
            }
            Some(at) => {
                let seen: isize = shape[at];
                if seen != len {
                    let Label::Letter(c) = label else { continue };
                    let operand =
                        number.map_or("single operand".into(), |i| format!("operand {i}"));
                    return Err(PyValueError::new_err(format!(
                        "dimensions in {operand} for collapsing index '{c}' don't match ({seen} != {len})"
                    )));
                }
                strides[at] += stride;
            }
        }
    }
    if kept.len() == labels.len() {
        return Ok(Labelled { array, labels });
    }
    let view = array::relayout(&array, 0, &shape, &strides)?;
    Ok(Labelled {
        array: view,
        labels: kept,
    })
}

/// Axes with one label have one length, or length 1.
fn check_lengths(operands: &[Labelled<'_>]) -> PyResult<()> {
    let mut known: Vec<(Label, isize)> = Vec::new();
    for o in operands {
        for (label, &len) in o.labels.iter().zip(o.array.shape()) {
            match known.iter_mut().find(|(l, _)| l == label) {
                None => known.push((*label, len)),
                Some((_, seen)) if *seen == len || len == 1 => {}
                Some((_, seen)) if *seen == 1 => *seen = len,
                Some(_) => {
                    let shapes: String = operands
                        .iter()
                        .map(|o| {
                            format!("{} ", numpy_rs_core::dims::ShapeText(o.array.shape(), ","))
                        })
                        .collect();
                    return Err(PyValueError::new_err(format!(
                        "operands could not be broadcast together with remapped shapes [original->remapped]: {shapes}"
                    )));
                }
            }
        }
    }
    Ok(())
}

/// The operand in the dtype of the calculation.
fn converted<'py>(
    py: Python<'py>,
    position: usize,
    operand: Labelled<'py>,
    dtype: &DType,
    casting: Casting,
) -> PyResult<Labelled<'py>> {
    let from = operand.array.dtype()?;
    if from == *dtype {
        return Ok(operand);
    }
    if !cast::can_cast(&from, dtype, casting) {
        return Err(PyTypeError::new_err(format!(
            "Iterator operand {position} dtype could not be cast from {} to {} according to the rule '{}'",
            from.repr(),
            dtype.repr(),
            casting.name()
        )));
    }
    let (cast, _) =
        copy::cast_to(&operand.array.view()?, dtype, Order::K, Casting::Unsafe).or_raise()?;
    Ok(Labelled {
        array: array::from_core(py, cast)?,
        labels: operand.labels,
    })
}

/// A view with its axes in the order of `labels`, of length 1 where the operand lacks one.
fn permuted<'py>(operand: &Labelled<'py>, labels: &[Label]) -> PyResult<ArrayRef<'py>> {
    let (mut shape, mut strides) = (Dims::new(), Dims::new());
    for label in labels {
        if let Some(i) = operand.labels.iter().position(|l| l == label) {
            shape.push(operand.array.shape()[i]);
            strides.push(operand.array.strides()[i]);
        } else {
            shape.push(1);
            strides.push(0);
        }
    }
    array::relayout(&operand.array, 0, &shape, &strides)
}

/// Sums an operand over the labels that nobody else needs.
fn sum_out<'py>(operand: Labelled<'py>, needed: &[Label]) -> PyResult<Labelled<'py>> {
    let axes: Vec<usize> = (0..operand.labels.len())
        .filter(|&i| !needed.contains(&operand.labels[i]))
        .collect();
    if axes.is_empty() {
        return Ok(operand);
    }
    let py = operand.array.py();
    let kwargs = PyDict::new(py);
    kwargs.set_item("axis", PyTuple::new(py, &axes)?)?;
    kwargs.set_item("dtype", operand.array.descr())?;
    let boolean = operand.array.dtype()?.num() == numpy_rs_core::dtype::TypeNum::Bool;
    let name = if boolean { "logical_or" } else { "add" };
    let ufunc = crate::package::import(py, "")?.getattr(name)?;
    let summed = ufunc
        .getattr("reduce")?
        .call((operand.array.as_any(),), Some(&kwargs))?;
    let labels = operand
        .labels
        .iter()
        .copied()
        .filter(|l| needed.contains(l))
        .collect();
    Ok(Labelled {
        array: array_like::plain(&summed)?,
        labels,
    })
}

/// Contracts operands from left to right.
fn contract_all<'py>(operands: Vec<Labelled<'py>>, parsed: &Subscripts) -> PyResult<Labelled<'py>> {
    let mut rest = operands.into_iter();
    let Some(first) = rest.next() else {
        return Err(PyValueError::new_err(
            "no operands provided to einstein sum function",
        ));
    };
    let rest: Vec<Labelled<'py>> = rest.collect();
    let needed_after = |i: usize| -> Vec<Label> {
        let mut all = parsed.output.clone();
        for o in &rest[i..] {
            all.extend(&o.labels);
        }
        all
    };
    let mut current = sum_out(first, &needed_after(0))?;
    for (i, next) in rest.iter().enumerate() {
        let mut needed = needed_after(i + 1);
        let mut for_next = needed.clone();
        for_next.extend(&current.labels);
        let next = sum_out(next.clone(), &for_next)?;
        needed.dedup();
        current = contract(&current, &next, &needed)?;
    }
    Ok(current)
}

fn length(x: &Labelled<'_>, label: Label) -> Option<isize> {
    x.labels
        .iter()
        .position(|&l| l == label)
        .map(|i| x.array.shape()[i])
}

/// Contracts two operands: labels shared and not needed are summed by a matrix product.
fn contract<'py>(
    x: &Labelled<'py>,
    y: &Labelled<'py>,
    needed: &[Label],
) -> PyResult<Labelled<'py>> {
    let py = x.array.py();
    let (mut batch, mut inner, mut left, mut right) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for &l in &x.labels {
        match (length(y, l), needed.contains(&l)) {
            (Some(_), true) => batch.push(l),
            (Some(_), false) => inner.push(l),
            (None, _) => left.push(l),
        }
    }
    right.extend(y.labels.iter().copied().filter(|l| !x.labels.contains(l)));
    let chain = |a: &[Label], b: &[Label], c: &[Label]| [a, b, c].concat();
    if inner.is_empty() {
        // Nothing is summed: an elementwise product with broadcasting.
        let labels = chain(&batch, &left, &right);
        let product = call::binary(
            &ufuncs::arithmetic::multiply,
            permuted(x, &labels)?.as_any(),
            permuted(y, &labels)?.as_any(),
        )?;
        return Ok(Labelled {
            array: array_like::plain(&product)?,
            labels,
        });
    }
    let common = |l: Label| length(x, l).unwrap_or(1).max(length(y, l).unwrap_or(1));
    let spread = |o: &Labelled<'py>, labels: &[Label]| -> PyResult<ArrayRef<'py>> {
        // Axes of length 1 repeat to the common length, so that all of a group can be merged.
        let view = permuted(o, labels)?;
        let shape: Dims = labels
            .iter()
            .map(|&l| if o.labels.contains(&l) { common(l) } else { 1 })
            .collect();
        let strides: Dims = view
            .shape()
            .iter()
            .zip(view.strides())
            .zip(&shape)
            .map(|((&d, &s), &n)| if d == 1 && n != 1 { 0 } else { s })
            .collect();
        array::relayout(&view, 0, &shape, &strides)
    };
    let size = |labels: &[Label]| labels.iter().map(|&l| common(l)).product::<isize>();
    let (b, m, k, n) = (size(&batch), size(&left), size(&inner), size(&right));
    let a = spread(x, &chain(&batch, &left, &inner))?
        .into_any()
        .call_method1("reshape", ((b, m, k),))?;
    let c = spread(y, &chain(&batch, &inner, &right))?
        .into_any()
        .call_method1("reshape", ((b, k, n),))?;
    let product = call::binary(&ufuncs::products::matmul, &a, &c)?;
    let labels = chain(&batch, &left, &right);
    let shape: Vec<isize> = labels.iter().map(|&l| common(l)).collect();
    let product = product.call_method1("reshape", (PyTuple::new(py, shape)?,))?;
    Ok(Labelled {
        array: array_like::plain(&product)?,
        labels,
    })
}

/// The result with its axes in order, as a fresh array or in `out`.
fn finish<'py>(
    result: Labelled<'py>,
    output: &[Label],
    dtype: &DType,
    order: Order,
    casting: Casting,
    out: Option<Target<'py>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = result.array.py();
    let result = sum_out(result, output)?;
    let view = permuted(&result, output)?;
    if let Some(out) = out {
        if out.shape() != view.shape() {
            return Err(PyValueError::new_err(format!(
                "einstein sum: the output has shape {}, the result {}",
                numpy_rs_core::dims::ShapeText(out.shape(), ","),
                numpy_rs_core::dims::ShapeText(view.shape(), ",")
            )));
        }
        let (from, to) = (view.dtype()?, out.dtype()?);
        if !cast::can_cast(&from, &to, casting) {
            return Err(PyTypeError::new_err(format!(
                "Iterator requested dtype could not be cast from {} to {}, the operand 0 dtype, according to the rule '{}'",
                from.repr(),
                to.repr(),
                casting.name()
            )));
        }
        copy::assign(
            &mut out.view_mut("output array")?,
            &view.view()?,
            Casting::Unsafe,
        )
        .or_raise()?;
        return Ok(out.into_any());
    }
    if view.ndim() == 0 {
        // SAFETY: a 0-d array holds one element.
        return unsafe { convert::scalar::to_object(py, view.data(), &view.descr()) };
    }
    let (fresh, _) = copy::cast_to(&view.view()?, dtype, order, Casting::Unsafe).or_raise()?;
    let made = array::from_core(py, fresh)?;
    Ok(made.into_any())
}
