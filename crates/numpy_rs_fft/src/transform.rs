//! A transform of all lanes of an array.

use numpy_rs_core::array::Array;
use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::error::{Error, Result};
use numpy_rs_core::layout::Order;
use numpy_rs_core::overlap::{self, Sharing};
use numpy_rs_core::parallel;
use numpy_rs_core::view::{View, ViewMut};

use crate::kind::{Kind, Scale};
use crate::lanes::Lanes;
use crate::precision::Precision;
use crate::work::Work;

/// Blocks of lanes of about this many items are spread over threads.
const BLOCK: usize = 1 << 15;

/// Transforms the lanes along `axis`, cut or filled with zeros to what a transform of length `n` takes, and multiplies
/// by `scale`. The calculation is in single precision for `float16`, `float32` and `complex64`, in long double for
/// that, else in double.
///
/// # Errors
///
/// [`Error::Axis`]; [`Error::Unsupported`] for long double where the platform has none of 80 bits; [`Error::Casting`]
/// and its like for what is no number; no memory.
///
/// # Panics
///
/// For `n` of 0: there is no transform of nothing.
///
/// # Examples
///
/// ```
/// use numpy_rs_core::{array::Array, dtype::{DType, TypeNum}, layout::Order};
/// use numpy_rs_fft::{Kind, Scale, transform};
///
/// let zeros = Array::zeros(DType::new(TypeNum::Double), &[3, 8], Order::C)?;
/// let spectrum = transform(&zeros.view(), Kind::RealForward, 8, 1, Scale::One)?;
/// assert_eq!(spectrum.shape(), [3, 5]);
/// # Ok::<(), numpy_rs_core::error::Error>(())
/// ```
pub fn transform(
    input: &View<'_>,
    kind: Kind,
    n: usize,
    axis: usize,
    scale: Scale,
) -> Result<Array> {
    let (dtype, shape) = result(input, kind, n, axis)?;
    let mut output = Array::empty(dtype, &shape, Order::C)?;
    run(input, &mut output.view_mut()?, kind, n, axis, scale)?;
    Ok(output)
}

/// Dtype and shape of what [`transform`] makes.
///
/// # Errors
///
/// [`Error::Axis`].
///
/// # Panics
///
/// For `n` of 0.
pub fn result(input: &View<'_>, kind: Kind, n: usize, axis: usize) -> Result<(DType, Dims)> {
    assert!(n > 0, "a transform of no items");
    if axis >= input.ndim() {
        return Err(Error::Axis {
            axis: axis as isize,
            ndim: input.ndim(),
        });
    }
    let mut shape = Dims::from_slice(input.shape());
    shape[axis] = if kind == Kind::RealForward {
        n / 2 + 1
    } else {
        n
    } as isize;
    let num = input.dtype().num();
    Ok((DType::new(types(num, kind).1), shape))
}

/// The types of input and output of a transform of items of a type.
fn types(num: TypeNum, kind: Kind) -> (TypeNum, TypeNum) {
    let (real, complex) = match num {
        TypeNum::Half | TypeNum::Float | TypeNum::CFloat => (f32::REAL, f32::COMPLEX),
        TypeNum::LongDouble | TypeNum::CLongDouble => (TypeNum::LongDouble, TypeNum::CLongDouble),
        _ => (f64::REAL, f64::COMPLEX),
    };
    match kind {
        Kind::RealForward => (real, complex),
        Kind::RealBackward => (complex, real),
        _ if num.kind() == b'c' || !num.is_number() => (complex, complex),
        _ => (real, complex),
    }
}

/// As [`transform`], into an array of the dtype and shape that [`result`] tells, aligned and in native order. It may be
/// the input itself; where it only shares memory with it, the input is copied first.
///
/// # Errors
///
/// As [`transform`].
///
/// # Panics
///
/// For another output than that.
pub fn run(
    input: &View<'_>,
    output: &mut ViewMut<'_>,
    kind: Kind,
    n: usize,
    axis: usize,
    scale: Scale,
) -> Result<()> {
    let (dtype, shape) = result(input, kind, n, axis)?;
    {
        let out = output.as_view();
        assert!(*out.dtype() == dtype && out.is_aligned() && *out.shape() == shape[..]);
    }
    let own = DType::new(types(input.dtype().num(), kind).0);
    let itself = input.ptr() == output.as_view().ptr()
        && input.strides() == output.as_view().strides()
        && input.shape() == output.as_view().shape();
    let ready = *input.dtype() == own
        && input.is_aligned()
        && (itself || overlap::share_memory(input, output.as_view(), Some(1)) == Sharing::No);
    let converted;
    let input = if ready {
        input
    } else {
        converted = copy::cast_to(input, &own, Order::K, Casting::Unsafe)?.0;
        &converted.view()
    };
    match dtype.num() {
        TypeNum::Float | TypeNum::CFloat => spread::<f32>(input, output, kind, n, axis, scale),
        TypeNum::LongDouble | TypeNum::CLongDouble => {
            crate::long_lanes::run(input, output, kind, n, axis, scale)
        }
        _ => spread::<f64>(input, output, kind, n, axis, scale),
    }
}

fn spread<T: Precision>(
    input: &View<'_>,
    output: &mut ViewMut<'_>,
    kind: Kind,
    n: usize,
    axis: usize,
    scale: Scale,
) -> Result<()> {
    let is_complex = input.dtype().num() == T::COMPLEX;
    let work = Work {
        kind,
        n,
        factor: T::rounded(scale.factor(n)),
        input: Lanes::new(input.ptr().cast_mut(), input.shape(), input.strides(), axis),
        output: Lanes::new(
            output.ptr_mut(),
            output.as_view().shape(),
            output.as_view().strides(),
            axis,
        ),
    };
    let count = work.output.count();
    let per_block = (BLOCK / n).max(1);
    parallel::for_each_block(count.div_ceil(per_block), &|block| {
        let lanes = block * per_block..count.min((block + 1) * per_block);
        T::with_plans(|plans| match kind {
            Kind::Forward | Kind::Backward if is_complex => work.complex(plans, lanes),
            Kind::RealBackward => work.real_backward(plans, lanes),
            _ => work.real_forward(plans, lanes),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complex_lane(n: usize) -> Array {
        let mut a = Array::zeros(DType::new(TypeNum::CDouble), &[n as isize], Order::C).unwrap();
        let mut view = a.view_mut().unwrap();
        for i in 0..2 * n {
            // SAFETY: `n` contiguous pairs.
            unsafe { *view.ptr_mut().cast::<f64>().add(i) = (i as f64 * 0.7).sin() };
        }
        a
    }

    fn items(a: &Array) -> Vec<f64> {
        let n = a.size() * a.dtype().itemsize() / 8;
        // SAFETY: contiguous doubles.
        unsafe { std::slice::from_raw_parts(a.view().ptr().cast::<f64>(), n) }.to_vec()
    }

    #[test]
    fn transforms_are_the_sums_they_stand_for() {
        for n in [1usize, 2, 3, 8, 13, 30, 97] {
            let a = complex_lane(n);
            let x = items(&a);
            let got = items(&transform(&a.view(), Kind::Forward, n, 0, Scale::Reciprocal).unwrap());
            for k in 0..n {
                let (mut re, mut im) = (0.0, 0.0);
                for j in 0..n {
                    let turn = -2.0 * std::f64::consts::PI * ((j * k) % n) as f64 / n as f64;
                    let (sin, cos) = turn.sin_cos();
                    re += x[2 * j] * cos - x[2 * j + 1] * sin;
                    im += x[2 * j] * sin + x[2 * j + 1] * cos;
                }
                assert!((got[2 * k] - re / n as f64).abs() < 1e-12, "{n}");
                assert!((got[2 * k + 1] - im / n as f64).abs() < 1e-12, "{n}");
            }
        }
    }

    #[test]
    fn real_transforms_are_undone() {
        for n in [1usize, 2, 5, 16, 31] {
            let mut a = Array::zeros(DType::new(TypeNum::Double), &[n as isize], Order::C).unwrap();
            let mut view = a.view_mut().unwrap();
            for i in 0..n {
                // SAFETY: `n` contiguous doubles.
                unsafe { *view.ptr_mut().cast::<f64>().add(i) = (i as f64).cos() };
            }
            let there = transform(&a.view(), Kind::RealForward, n, 0, Scale::One).unwrap();
            let back =
                transform(&there.view(), Kind::RealBackward, n, 0, Scale::Reciprocal).unwrap();
            for (x, y) in items(&a).iter().zip(items(&back)) {
                assert!((x - y).abs() < 1e-14);
            }
        }
    }
}
