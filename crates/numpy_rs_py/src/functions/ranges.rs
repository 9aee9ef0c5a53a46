//! The values of `arange`: NumPy computes the first two in the result's dtype and continues by their difference.

use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::interrupt::Rounds;
use numpy_rs_core::layout::Order;
use pyo3::exceptions::{PyNotImplementedError, PyTypeError, PyValueError, PyZeroDivisionError};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt};

use crate::array::{self, ArrayRef};
use crate::convert::array_like;
use crate::descr;
use crate::error::OrRaise;

/// The number of values, by Python's own arithmetic: `ceil((stop - start) / step)`.
fn length(
    start: &Bound<'_, PyAny>,
    stop: &Bound<'_, PyAny>,
    step: &Bound<'_, PyAny>,
) -> PyResult<isize> {
    let span = stop.sub(start)?;
    let exact = |o: &Bound<'_, PyAny>| o.is_instance_of::<PyInt>();
    if exact(&span) && exact(step) {
        if !step.is_truthy()? {
            return Err(PyZeroDivisionError::new_err("division by zero"));
        }
        // -(-span // step) rounds up.
        let n = span.neg()?.floor_div(step)?.neg()?;
        return n
            .extract::<isize>()
            .map_err(|_| PyValueError::new_err("Maximum allowed size exceeded"))
            .map(|n| n.max(0));
    }
    let quotient = span.div(step)?;
    let x: f64 = match quotient.extract() {
        Ok(x) => x,
        Err(_) => quotient.getattr("real")?.extract()?,
    };
    if x.is_nan() {
        return Err(PyValueError::new_err("arange: cannot compute length"));
    }
    let n = x.ceil();
    if n >= isize::MAX as f64 {
        return Err(PyValueError::new_err("Maximum allowed size exceeded"));
    }
    Ok((n as isize).max(0))
}

/// `arange(start, stop, step, dtype)`.
pub(super) fn arange<'py>(
    start: &Bound<'py, PyAny>,
    stop: &Bound<'py, PyAny>,
    step: &Bound<'py, PyAny>,
    wanted: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = start.py();
    if start.is_exact_instance_of::<PyInt>()
        && stop.is_exact_instance_of::<PyInt>()
        && step.is_exact_instance_of::<PyInt>()
        && wanted.is_none()
        && let (Ok(first), Ok(_), Ok(by)) = (
            start.extract::<i64>(),
            stop.extract::<i64>(),
            step.extract::<i64>(),
        )
    {
        let n = length(start, stop, step)?;
        let default = DType::new(if cfg!(windows) {
            TypeNum::LongLong
        } else {
            TypeNum::Long
        });
        let out = array::empty(py, &default, &[n], Order::C)?;
        fill_integers(&out, first, by)?;
        return Ok(out.into_any());
    }
    let dtype = match wanted {
        Some(d) => d,
        None => common(py, &[start, stop, step])?,
    };
    let core = descr::to_dtype(&dtype)?;
    match core.num() {
        TypeNum::Bool | TypeNum::Object | TypeNum::Datetime | TypeNum::Timedelta => {}
        num if num.is_number() => {}
        _ => {
            return Err(PyTypeError::new_err(format!(
                "arange() not supported for inputs with DType {}.",
                core.class_repr()
            )));
        }
    }
    let n = length(start, stop, step)?;
    if matches!(core.num(), TypeNum::Datetime | TypeNum::Timedelta) {
        return Err(PyNotImplementedError::new_err(
            "arange of dates is not supported yet",
        ));
    }
    if core.num() == TypeNum::Bool && n > 2 {
        return Err(PyTypeError::new_err(
            "arange() is only supported for booleans when the result has at most length 2.",
        ));
    }
    let native = core
        .clone()
        .with_byte_order(numpy_rs_core::dtype::ByteOrder::Native);
    let out = array::empty(py, &native, &[n], Order::C)?;
    for (i, value) in [start.clone(), start.add(step)?]
        .iter()
        .enumerate()
        .take(n as usize)
    {
        let item =
            array_like::as_array_of_core(value, &native).or_else(|_| array_like::plain(value))?;
        let mut target = out.view_mut_unchecked()?;
        // SAFETY: element `i` is inside the output.
        let mut slot = unsafe {
            target.relayout(
                i as isize * native.itemsize() as isize,
                Dims::new(),
                Dims::new(),
            )
        };
        copy::assign(&mut slot, &item.view()?, Casting::Unsafe).or_raise()?;
    }
    if n > 2 {
        continue_by_difference(&out, &native)?;
    }
    if core.is_native() {
        return Ok(out.into_any());
    }
    out.as_any().call_method1("astype", (dtype,))
}

/// The dtype that the three arguments share.
fn common<'py>(py: Python<'py>, values: &[&Bound<'py, PyAny>]) -> PyResult<Bound<'py, PyAny>> {
    let all_python = values
        .iter()
        .all(|v| v.is_exact_instance_of::<PyInt>() || v.is_exact_instance_of::<PyFloat>());
    if all_python && values.iter().any(|v| v.is_exact_instance_of::<PyFloat>()) {
        return Ok(descr::singleton(py, TypeNum::Double));
    }
    let result_type = crate::package::import(py, "")?.getattr("result_type")?;
    let arrays = values
        .iter()
        .map(|v| Ok(array_like::plain(v)?.descr()))
        .collect::<PyResult<Vec<_>>>()?;
    result_type.call1(pyo3::types::PyTuple::new(py, arrays)?)
}

fn fill_integers(out: &ArrayRef<'_>, first: i64, by: i64) -> PyResult<()> {
    let n = out.size();
    // SAFETY: the output holds `n` fresh contiguous 64-bit integers.
    let values = unsafe { std::slice::from_raw_parts_mut(out.data().cast::<i64>(), n) };
    in_pieces(values, 0, |i, v| {
        *v = first.wrapping_add((i as i64).wrapping_mul(by));
    })
}

/// Fills all but the first `skip` items, given with their places; looks for Ctrl-C between pieces.
fn in_pieces<T>(items: &mut [T], skip: usize, mut f: impl FnMut(usize, &mut T)) -> PyResult<()> {
    const PIECE: usize = 1 << 16;
    let watch = Rounds::new(1);
    for (k, piece) in items.chunks_mut(PIECE).enumerate() {
        let first = if k == 0 { skip } else { 0 };
        for (i, item) in piece.iter_mut().enumerate().skip(first) {
            f(k * PIECE + i, item);
        }
        watch.check().or_raise()?;
    }
    Ok(())
}

/// Fills elements 2 and on from the first two.
fn continue_by_difference(out: &ArrayRef<'_>, dtype: &DType) -> PyResult<()> {
    let n = out.size();
    macro_rules! fill {
        ($t:ty, $first:ident, $delta:ident, $i:ident => $value:expr, $diff:expr) => {{
            // SAFETY: the output holds `n` contiguous items of this type, the first two initialised.
            let items = unsafe { std::slice::from_raw_parts_mut(out.data().cast::<$t>(), n) };
            let ($first, second) = (items[0], items[1]);
            let $delta = { let difference: fn($t, $t) -> _ = $diff; difference(second, $first) };
            in_pieces(items, 2, |$i, slot| *slot = $value)?;
        }};
    }
    macro_rules! integers {
        ($t:ty) => {
            fill!($t, first, delta, i => first.wrapping_add((i as $t).wrapping_mul(delta)), |b, a| b.wrapping_sub(a))
        };
    }
    match (dtype.num(), dtype.itemsize(), dtype.num().is_unsigned()) {
        (TypeNum::Float, ..) => {
            fill!(f32, first, delta, i => first + i as f32 * delta, |b, a| b - a);
        }
        (TypeNum::Double, ..) => {
            fill!(f64, first, delta, i => first + i as f64 * delta, |b, a| b - a);
        }
        (TypeNum::Half, ..) => {
            let read = |bits: u16| half_to_f32(bits);
            fill!(u16, first, delta, i => f32_to_half(read(first) + i as f32 * delta), |b, a| half_to_f32(b) - half_to_f32(a));
        }
        (TypeNum::CFloat, ..) => fill!([f32; 2], first, delta, i => {
            [first[0] + i as f32 * delta[0], first[1] + i as f32 * delta[1]]
        }, |b, a| [b[0] - a[0], b[1] - a[1]]),
        (TypeNum::CDouble, ..) => fill!([f64; 2], first, delta, i => {
            [first[0] + i as f64 * delta[0], first[1] + i as f64 * delta[1]]
        }, |b, a| [b[0] - a[0], b[1] - a[1]]),
        (num, 1, false) if num.is_integer() => integers!(i8),
        (num, 1, true) if num.is_integer() => integers!(u8),
        (num, 2, false) if num.is_integer() => integers!(i16),
        (num, 2, true) if num.is_integer() => integers!(u16),
        (num, 4, false) if num.is_integer() => integers!(i32),
        (num, 4, true) if num.is_integer() => integers!(u32),
        (num, 8, false) if num.is_integer() => integers!(i64),
        (num, 8, true) if num.is_integer() => integers!(u64),
        _ => return by_python(out),
    }
    Ok(())
}

/// Objects and extended precision: each value by the array's own arithmetic.
fn by_python(out: &ArrayRef<'_>) -> PyResult<()> {
    let array = out.as_any();
    let first = array.get_item(0)?;
    let delta = array.get_item(1)?.sub(&first)?;
    for i in 2..out.size() {
        array.set_item(i, first.add(delta.mul(i)?)?)?;
    }
    Ok(())
}

fn half_to_f32(bits: u16) -> f32 {
    numpy_rs_elements::f16::from_bits(bits).to_f32()
}

fn f32_to_half(x: f32) -> u16 {
    numpy_rs_elements::f16::from_f32(x).to_bits()
}
