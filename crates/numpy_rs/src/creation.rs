//! New arrays: `zeros`, `ones`, `full`, `arange`, `linspace`, `eye`.

use numpy_rs_core::array as core_array;
use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::dtype::DType;
use numpy_rs_core::error::{Error, Result};
use numpy_rs_core::layout::Order;

use crate::array::Array;
use crate::element::Element;

/// An array whose elements are not initialised.
pub fn empty(shape: &[isize], dtype: &DType) -> Result<Array> {
    core_array::Array::empty(dtype.clone(), shape, Order::C).map(Array::from)
}

/// An array of zeros.
pub fn zeros(shape: &[isize], dtype: &DType) -> Result<Array> {
    core_array::Array::zeros(dtype.clone(), shape, Order::C).map(Array::from)
}

/// An array of ones.
pub fn ones(shape: &[isize], dtype: &DType) -> Result<Array> {
    let mut array = empty(shape, dtype)?;
    let one = Array::scalar(1_i8)?;
    copy::assign(&mut array.view_mut()?, &one.view(), Casting::Unsafe)?;
    Ok(array)
}

/// An array in which each element is `value`.
pub fn full<T: Element>(shape: &[isize], value: T) -> Result<Array> {
    let mut array = empty(shape, &DType::new(T::NUM))?;
    let value = Array::scalar(value)?;
    copy::assign(&mut array.view_mut()?, &value.view(), Casting::No)?;
    Ok(array)
}

/// The numbers `start`, `start + step`, … before `stop`, as float64.
pub fn arange(start: f64, stop: f64, step: f64) -> Result<Array> {
    let n = ((stop - start) / step).ceil();
    if n.is_nan() || n >= isize::MAX as f64 {
        return Err(Error::Value {
            what: "Maximum allowed size exceeded",
        });
    }
    fill(n.max(0.0) as isize, |i| start + i * step)
}

/// `n` numbers from `start` to `stop`, both included, at equal distances.
pub fn linspace(start: f64, stop: f64, n: isize) -> Result<Array> {
    let step = (stop - start) / (n - 1).max(1) as f64;
    let last = (n - 1) as f64;
    fill(n, |i| {
        if i == last && i > 0.0 {
            stop
        } else {
            start + i * step
        }
    })
}

fn fill(n: isize, value: impl Fn(f64) -> f64) -> Result<Array> {
    let mut array = empty(&[n], &DType::new(f64::NUM))?;
    let mut typed = array.typed_mut::<f64>()?;
    for (i, x) in typed.as_slice_mut().into_iter().flatten().enumerate() {
        *x = value(i as f64);
    }
    Ok(array)
}

/// A square array of zeros with ones on its diagonal.
pub fn eye(n: isize, dtype: &DType) -> Result<Array> {
    let mut array = zeros(&[n, n], dtype)?;
    let one = Array::scalar(1_i8)?;
    let strides = [array.strides().iter().sum::<isize>()];
    let mut view = array.view_mut()?;
    // SAFETY: the diagonal's elements are elements of the array.
    let mut diagonal =
        unsafe { view.relayout(0, [n].as_slice().into(), strides.as_slice().into()) };
    copy::assign(&mut diagonal, &one.view(), Casting::Unsafe)?;
    Ok(array)
}
