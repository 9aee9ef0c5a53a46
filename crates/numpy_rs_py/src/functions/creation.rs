//! New arrays: `empty`, `zeros`, `ones`, `full`, the `_like` forms, `arange`, `linspace`, `identity`.

use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::layout::{self, Order};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::array::{self, ArrayRef, Memory};
use crate::classes::NDARRAY;
use crate::convert::{self, array_like};
use crate::descr;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::{PyArrayObject, descr_flags};
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "empty(shape, dtype=None, order='C', *, device=None, like=None)",
        relevant: &["like!"],
        doc: "A new array whose elements are not initialised.",
        run: |a| make(a, &Memory::Uninit),
    },
    FunctionDef {
        module: "",
        signature: "zeros(shape, dtype=None, order='C', *, device=None, like=None)",
        relevant: &["like!"],
        doc: "A new array filled with zeros.",
        run: |a| {
            let made = make(a, &Memory::Zeroed)?;
            fill_object_zeros(&made)?;
            Ok(made)
        },
    },
    FunctionDef {
        module: "",
        signature: "ones(shape, dtype=None, order='C', *, device=None, like=None)",
        relevant: &["like!"],
        doc: "A new array filled with ones.",
        run: |a| {
            let made = make(a, &Memory::Uninit)?;
            fill(
                &made,
                &1i32.into_pyobject(a.py())?.into_any(),
                Casting::Unsafe,
            )?;
            Ok(made)
        },
    },
    FunctionDef {
        module: "",
        signature: "full(shape, fill_value, dtype=None, order='C', *, device=None, like=None)",
        relevant: &["like!"],
        doc: "A new array filled with one value; without `dtype`, that of the value.",
        run: full,
    },
    FunctionDef {
        module: "",
        signature: "empty_like(prototype, /, dtype=None, order='K', subok=True, shape=None, *, device=None)",
        relevant: &["prototype"],
        doc: "A new array with the shape and dtype of another, not initialised.",
        run: |a| make_like(a, &Memory::Uninit),
    },
    FunctionDef {
        module: "",
        signature: "zeros_like(a, dtype=None, order='K', subok=True, shape=None, *, device=None)",
        relevant: &["a"],
        doc: "A new array of zeros with the shape and dtype of another.",
        run: |a| {
            let made = make_like(a, &Memory::Zeroed)?;
            fill_object_zeros(&made)?;
            Ok(made)
        },
    },
    FunctionDef {
        module: "",
        signature: "ones_like(a, dtype=None, order='K', subok=True, shape=None, *, device=None)",
        relevant: &["a"],
        doc: "A new array of ones with the shape and dtype of another.",
        run: |a| {
            let made = make_like(a, &Memory::Uninit)?;
            fill(
                &made,
                &1i32.into_pyobject(a.py())?.into_any(),
                Casting::Unsafe,
            )?;
            Ok(made)
        },
    },
    FunctionDef {
        module: "",
        signature: "full_like(a, fill_value, dtype=None, order='K', subok=True, shape=None, *, device=None)",
        relevant: &["a"],
        doc: "A new array filled with one value, with the shape and dtype of another.",
        run: full_like,
    },
    FunctionDef {
        module: "",
        signature: "identity(n, dtype=None, *, like=None)",
        relevant: &["like!"],
        doc: "The square identity matrix `(n, n)`.",
        run: identity,
    },
    FunctionDef {
        module: "",
        signature: "arange(start_or_stop=None, /, stop=None, step=1, dtype=None, *, start=None, device=None, like=None)",
        relevant: &["like!"],
        doc: "Evenly spaced values from `start` (0) up to but without `stop`.",
        run: arange,
    },
];

/// The dtype of an argument; `float64` where absent.
fn dtype_or_float<'py>(a: &Args<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
    a.some(at).map_or_else(
        || Ok(descr::singleton(a.py(), TypeNum::Double)),
        |d| convert::dtype::from_object(&d),
    )
}

/// The only device there is.
fn check_device(device: Option<Bound<'_, PyAny>>) -> PyResult<()> {
    match device {
        Some(d) if d.extract::<String>().ok().as_deref() != Some("cpu") => {
            Err(PyValueError::new_err(format!(
                "Device not understood. Only \"cpu\" is allowed, but received: {}",
                d.str()?
            )))
        }
        _ => Ok(()),
    }
}

fn order_of(a: &Args<'_>, at: usize, default: Order) -> PyResult<Order> {
    a.get(at)
        .map_or(Ok(default), |o| convert::keyword::order(&o, default))
}

/// A fresh copy of a memory kind, which may not be shared between calls.
fn same<'py>(memory: &Memory<'_>) -> Memory<'py> {
    if matches!(memory, Memory::Zeroed) {
        Memory::Zeroed
    } else {
        Memory::Uninit
    }
}

/// `shape, dtype, order, device` at positions 0 to 3.
fn make<'py>(a: &Args<'py>, memory: &Memory<'_>) -> PyResult<Bound<'py, PyAny>> {
    check_device(a.some(3))?;
    let shape = convert::shape::from_object(&a.required(0))?;
    let descr = dtype_or_float(a, 1)?;
    let order = order_of(a, 2, Order::C)?;
    build(a.py(), descr, &shape, order, same(memory))
}

fn build<'py>(
    py: Python<'py>,
    descr: Bound<'py, PyAny>,
    shape: &[isize],
    order: Order,
    memory: Memory<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let descr = sized(py, descr)?;
    let itemsize = descr::fields(&descr).elsize as usize;
    let strides =
        (order == Order::F && shape.len() > 1).then(|| layout::f_strides(shape, itemsize));
    Ok(array::new_array(py, NDARRAY.get(), descr, shape, strides.as_deref(), memory)?.into_any())
}

/// `S` and `U` without a size make items of one character, as in NumPy.
fn sized<'py>(py: Python<'py>, descr: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let d = descr::fields(&descr);
    if d.elsize != 0 || d.type_num != TypeNum::Bytes as i32 && d.type_num != TypeNum::Str as i32 {
        return Ok(descr);
    }
    let dtype = descr::to_dtype(&descr)?;
    let size = if dtype.num() == TypeNum::Str { 4 } else { 1 };
    descr::from_dtype(py, &dtype.with_itemsize(size))
}

/// `prototype, dtype, order, subok, shape, device` at positions 0 to 5, skipping one for `full_like`.
fn make_like<'py>(a: &Args<'py>, memory: &Memory<'_>) -> PyResult<Bound<'py, PyAny>> {
    like(a, 1, same(memory))
}

fn like<'py>(a: &Args<'py>, at: usize, memory: Memory<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    check_device(a.some(at + 4))?;
    let model = array_like::as_array(&a.required(0))?;
    let descr = match a.some(at) {
        Some(d) => sized(py, convert::dtype::from_object(&d)?)?,
        None => model.descr(),
    };
    let order = order_of(a, at + 1, Order::K)?;
    let class = if a.flag(at + 2, true)? {
        model.as_any().get_type_ptr()
    } else {
        NDARRAY.get()
    };
    let shape = match a.some(at + 3) {
        Some(s) => convert::shape::from_object(&s)?,
        None => Dims::from_slice(model.shape()),
    };
    let itemsize = descr::fields(&descr).elsize as usize;
    let strides = if shape.len() == model.ndim() {
        layout::strides_like(order, &shape, model.strides(), itemsize, model.itemsize())
    } else {
        match order {
            Order::F => layout::f_strides(&shape, itemsize),
            _ => layout::c_strides(&shape, itemsize),
        }
    };
    let made = array::new_array(py, class, descr, &shape, Some(&strides), memory)?;
    array::finalize(&made, Some(model.as_any()))?;
    Ok(made.into_any())
}

/// Zeros of object arrays are the int 0, not null.
fn fill_object_zeros(made: &Bound<'_, PyAny>) -> PyResult<()> {
    // SAFETY: a live array just made, which has a dtype.
    let flags = unsafe { (*(*made.as_ptr().cast::<PyArrayObject>()).descr).flags };
    if flags & descr_flags::ITEM_HASOBJECT != 0 {
        fill(
            made,
            &0i32.into_pyobject(made.py())?.into_any(),
            Casting::Unsafe,
        )?;
    }
    Ok(())
}

/// Stores one value everywhere.
fn fill<'py>(
    made: &Bound<'py, PyAny>,
    value: &Bound<'py, PyAny>,
    casting: Casting,
) -> PyResult<()> {
    let array =
        ArrayRef::from_object(made).ok_or_else(|| PyTypeError::new_err("an array is needed"))?;
    let dtype = array.dtype()?;
    let value = if ArrayRef::from_object(value).is_some() || dtype.num() == TypeNum::Void {
        array_like::plain(value)?
    } else {
        array_like::as_array_of_core(value, &dtype).or_else(|_| array_like::plain(value))?
    };
    let events =
        copy::assign(&mut array.view_mut_unchecked()?, &value.view()?, casting).or_raise()?;
    crate::convert::events::report(made.py(), events, "cast")
}

fn full<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    check_device(a.some(4))?;
    let shape = convert::shape::from_object(&a.required(0))?;
    let value = a.required(1);
    let descr = match a.some(2) {
        Some(d) => {
            let asked = convert::dtype::from_object(&d)?;
            let dtype = descr::to_dtype(&asked)?;
            // A flexible dtype without size takes that of the value.
            if dtype.num().is_flexible() && dtype.itemsize() == 0 {
                array_like::as_array_of_core(&value, &dtype)?.descr()
            } else {
                asked
            }
        }
        None => array_like::plain(&value)?.descr(),
    };
    let made = build(
        a.py(),
        descr,
        &shape,
        order_of(a, 3, Order::C)?,
        Memory::Uninit,
    )?;
    fill(&made, &value, Casting::Unsafe)?;
    Ok(made)
}

fn full_like<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let made = like(a, 2, Memory::Uninit)?;
    fill(&made, &a.required(1), Casting::Unsafe)?;
    Ok(made)
}

fn identity<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let n: isize = a.required(0).extract()?;
    let made = build(
        a.py(),
        dtype_or_float(a, 1)?,
        &[n, n],
        Order::C,
        Memory::Zeroed,
    )?;
    fill_object_zeros(&made)?;
    let array = array_like::as_array(&made)?;
    let step = array.strides()[0] + array.strides()[1];
    let diagonal = array::relayout(&array, 0, &[n], &[step])?;
    fill(
        diagonal.as_any(),
        &1i32.into_pyobject(a.py())?.into_any(),
        Casting::Unsafe,
    )?;
    Ok(made)
}

fn arange<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    check_device(a.some(5))?;
    let (first, second, keyword_start) = (a.some(0), a.some(1), a.some(4));
    let zero = || 0i32.into_pyobject(py).map(Bound::into_any);
    let (start, stop) = match (first, second, keyword_start) {
        (Some(_), _, Some(_)) => {
            return Err(PyTypeError::new_err(
                "arange() got multiple values for argument 'start'",
            ));
        }
        (Some(start), Some(stop), None) | (None, Some(stop), Some(start)) => (start, stop),
        (Some(stop), None, None) | (None, Some(stop), None) => (zero()?, stop),
        _ => {
            return Err(PyTypeError::new_err(
                "arange() requires stop to be specified.",
            ));
        }
    };
    let step = a
        .some(2)
        .map_or_else(|| 1i32.into_pyobject(py).map(Bound::into_any), Ok)?;
    let wanted = a
        .some(3)
        .map(|d| convert::dtype::from_object(&d))
        .transpose()?;
    super::ranges::arange(&start, &stop, &step, wanted)
}
