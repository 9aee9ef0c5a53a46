//! Bits in bytes: `packbits` and `unpackbits`.

use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::interrupt::Rounds;
use numpy_rs_core::layout::{self, Order};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::array::{self, ArrayRef};
use crate::convert::array_like;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "packbits(a, /, axis=None, bitorder='big')",
        relevant: &["a"],
        doc: "The truth of elements as bits, eight to a byte; the last byte is filled with zeros.",
        run: packbits,
    },
    FunctionDef {
        module: "",
        signature: "unpackbits(a, /, axis=None, count=None, bitorder='big')",
        relevant: &["a"],
        doc: "The bits of bytes as elements 0 and 1; `count` cuts or fills the axis.",
        run: unpackbits,
    },
];

/// Whether the first element is the lowest bit.
fn little(a: &Args<'_>, at: usize) -> PyResult<bool> {
    match a.some(at) {
        None => Ok(false),
        Some(o) => match o.extract::<String>()?.as_str() {
            "big" => Ok(false),
            "little" => Ok(true),
            _ => Err(PyValueError::new_err(
                "'order' must be either 'little' or 'big'",
            )),
        },
    }
}

/// The argument with the axis to work on last, contiguous, as bytes of truth or of bits; and that axis.
fn lanes<'py>(a: &Args<'py>, to: TypeNum) -> PyResult<(ArrayRef<'py>, usize)> {
    let py = a.py();
    let mut given = array_like::plain(&a.required(0))?;
    let axis = match a.some(1) {
        None => {
            given = array_like::plain(&given.as_any().call_method0("ravel")?)?;
            0
        }
        Some(axis) => {
            if given.ndim() == 0 {
                given = array_like::plain(&given.as_any().call_method1("reshape", (1,))?)?;
            }
            layout::normalize_axis(axis.extract()?, given.ndim()).or_raise()?
        }
    };
    let mut order: Vec<usize> = (0..given.ndim()).filter(|&i| i != axis).collect();
    order.push(axis);
    let shape: Dims = order.iter().map(|&i| given.shape()[i]).collect();
    let strides: Dims = order.iter().map(|&i| given.strides()[i]).collect();
    let moved = array::relayout(&given, 0, &shape, &strides)?;
    let (held, _) =
        copy::cast_to(&moved.view()?, &DType::new(to), Order::C, Casting::Unsafe).or_raise()?;
    Ok((array::from_core(py, held)?, axis))
}

/// Moves the last axis back to where it was.
fn restored<'py>(made: &ArrayRef<'py>, axis: usize) -> PyResult<Bound<'py, PyAny>> {
    let last = made.ndim() - 1;
    let mut order: Vec<usize> = (0..last).collect();
    order.insert(axis, last);
    let shape: Dims = order.iter().map(|&i| made.shape()[i]).collect();
    let strides: Dims = order.iter().map(|&i| made.strides()[i]).collect();
    let view = array::relayout(made, 0, &shape, &strides)?;
    let held = copy::to_array(&view.view()?, Order::C).or_raise()?;
    Ok(array::from_core(made.py(), held)?.into_any())
}

fn packbits<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let kind = array_like::plain(&a.required(0))?.dtype()?;
    if kind.num() != TypeNum::Bool && !kind.num().is_integer() {
        return Err(PyTypeError::new_err(
            "Expected an input array of integer or boolean data type",
        ));
    }
    let low_first = little(a, 2)?;
    let (source, axis) = lanes(a, TypeNum::Bool)?;
    let mut shape = Dims::from_slice(source.shape());
    let last = shape.len() - 1;
    let n = shape[last] as usize;
    shape[last] = n.div_ceil(8) as isize;
    let out = array::empty(a.py(), &DType::new(TypeNum::UByte), &shape, Order::C)?;
    // SAFETY: both arrays are contiguous, of one byte an item.
    let (bits, bytes) = unsafe {
        (
            std::slice::from_raw_parts(source.data(), source.size()),
            std::slice::from_raw_parts_mut(out.data(), out.size()),
        )
    };
    let watch = Rounds::new(1 << 16);
    if n > 0 {
        for (lane, to) in bits.chunks(n).zip(bytes.chunks_mut(n.div_ceil(8))) {
            for (eight, byte) in lane.chunks(8).zip(to) {
                watch.check().or_raise()?;
                *byte = eight.iter().enumerate().fold(0, |b, (i, &bit)| {
                    b | u8::from(bit != 0) << if low_first { i } else { 7 - i }
                });
            }
        }
    }
    restored(&out, axis)
}

fn unpackbits<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    if array_like::plain(&a.required(0))?.dtype()?.num() != TypeNum::UByte {
        return Err(PyTypeError::new_err(
            "Expected an input array of unsigned byte data type",
        ));
    }
    let low_first = little(a, 3)?;
    let (source, axis) = lanes(a, TypeNum::UByte)?;
    let mut shape = Dims::from_slice(source.shape());
    let last = shape.len() - 1;
    let n = shape[last];
    let wanted = match a.some(2) {
        None => n * 8,
        Some(c) => {
            let count: isize = c.extract()?;
            let count = if count < 0 { n * 8 + count } else { count };
            if count < 0 {
                return Err(PyValueError::new_err(format!(
                    "-count larger than number of elements {}",
                    n * 8
                )));
            }
            count
        }
    };
    shape[last] = wanted;
    let descr = crate::descr::singleton(a.py(), TypeNum::UByte);
    let class = crate::classes::NDARRAY.get();
    let out = array::new_array(a.py(), class, descr, &shape, None, array::Memory::Zeroed)?;
    // SAFETY: both arrays are contiguous, of one byte an item.
    let (bytes, bits) = unsafe {
        (
            std::slice::from_raw_parts(source.data(), source.size()),
            std::slice::from_raw_parts_mut(out.data(), out.size()),
        )
    };
    let watch = Rounds::new(1 << 16);
    if n > 0 && wanted > 0 {
        for (lane, to) in bytes
            .chunks(n as usize)
            .zip(bits.chunks_mut(wanted as usize))
        {
            for (byte, eight) in lane.iter().zip(to.chunks_mut(8)) {
                watch.check().or_raise()?;
                for (k, bit) in eight.iter_mut().enumerate() {
                    *bit = byte >> if low_first { k } else { 7 - k } & 1;
                }
            }
        }
    }
    restored(&out, axis)
}
