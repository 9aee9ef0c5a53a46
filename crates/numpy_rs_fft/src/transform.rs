//! A transform of all lanes of an array.

use numpy_rs_core::array::Array;
use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::error::{Error, Result};
use numpy_rs_core::layout::Order;
use numpy_rs_core::parallel;
use numpy_rs_core::view::View;
use rustfft::FftDirection;

use crate::lanes::Lanes;
use crate::precision::{Point, Precision};

/// Which transform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Complex lanes of `n` items to complex ones, with `exp(-2πi jk/n)`.
    Forward,
    /// The same with `exp(+2πi jk/n)`.
    Backward,
    /// Real lanes of `n` items to the first `n / 2 + 1` of their transform.
    RealForward,
    /// `n / 2 + 1` items of a Hermitian transform to real lanes of `n` items; imaginary parts of items that have to be
    /// real are not looked at.
    RealBackward,
}

/// Blocks of lanes of about this many items are spread over threads.
const BLOCK: usize = 1 << 15;

/// Transforms the lanes along `axis`, cut or filled with zeros to what a transform of length `n` takes, and multiplies
/// by `factor`. The calculation is in single precision for `float16`, `float32` and `complex64`, else in double.
///
/// # Errors
///
/// [`Error::Axis`]; [`Error::Unsupported`] for long double; [`Error::Casting`] and its like for what is no number; no
/// memory.
///
/// # Panics
///
/// For `n` of 0: there is no transform of nothing.
///
/// # Examples
///
/// ```
/// use numpy_rs_core::{array::Array, dtype::{DType, TypeNum}, layout::Order};
/// use numpy_rs_fft::{Kind, transform};
///
/// let zeros = Array::zeros(DType::new(TypeNum::Double), &[3, 8], Order::C)?;
/// let spectrum = transform(&zeros.view(), Kind::RealForward, 8, 1, 1.0)?;
/// assert_eq!(spectrum.shape(), [3, 5]);
/// # Ok::<(), numpy_rs_core::error::Error>(())
/// ```
pub fn transform(
    input: &View<'_>,
    kind: Kind,
    n: usize,
    axis: usize,
    factor: f64,
) -> Result<Array> {
    assert!(n > 0, "a transform of no items");
    if axis >= input.ndim() {
        return Err(Error::Axis {
            axis: axis as isize,
            ndim: input.ndim(),
        });
    }
    match input.dtype().num() {
        TypeNum::Half | TypeNum::Float | TypeNum::CFloat => {
            run::<f32>(input, kind, n, axis, factor)
        }
        TypeNum::LongDouble | TypeNum::CLongDouble => Err(Error::Unsupported(
            "Fourier transforms in long double are not supported".into(),
        )),
        _ => run::<f64>(input, kind, n, axis, factor),
    }
}

fn run<T: Precision>(
    input: &View<'_>,
    kind: Kind,
    n: usize,
    axis: usize,
    factor: f64,
) -> Result<Array> {
    let num = input.dtype().num();
    let is_complex = num.kind() == b'c' || !num.is_number();
    let (from, to) = match kind {
        Kind::RealForward => (T::REAL, T::COMPLEX),
        Kind::RealBackward => (T::COMPLEX, T::REAL),
        _ if is_complex => (T::COMPLEX, T::COMPLEX),
        _ => (T::REAL, T::COMPLEX),
    };
    let converted;
    let own = DType::new(from);
    let input = if *input.dtype() == own && input.is_aligned() {
        input
    } else {
        converted = copy::cast_to(input, &own, Order::K, Casting::Unsafe)?.0;
        &converted.view()
    };
    let mut shape = Dims::from_slice(input.shape());
    shape[axis] = if kind == Kind::RealForward {
        n / 2 + 1
    } else {
        n
    } as isize;
    let mut output = Array::empty(DType::new(to), &shape, Order::C)?;
    {
        let mut out = output.view_mut()?;
        let strides = Dims::from_slice(out.as_view().strides());
        let work = Work {
            kind,
            n,
            factor: T::rounded(factor),
            scaled: factor != 1.0,
            input: Lanes::new(input.ptr().cast_mut(), input.shape(), input.strides(), axis),
            output: Lanes::new(out.ptr_mut(), &shape, &strides, axis),
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
        })?;
    }
    Ok(output)
}

/// A transform in progress: lanes of the input to the lanes of the output with the same numbers.
struct Work<T> {
    kind: Kind,
    n: usize,
    factor: T,
    scaled: bool,
    input: Lanes,
    output: Lanes,
}

type Numbers = std::ops::Range<usize>;
type Plans<T> = crate::precision::Plans<T>;

/// `n` zeros.
fn room<T: Copy>(n: usize, zero: T) -> Result<Vec<T>> {
    let mut room = Vec::new();
    room.try_reserve_exact(n)
        .map_err(|_| Error::ScratchMemory)?;
    room.resize(n, zero);
    Ok(room)
}

impl<T: Precision> Work<T> {
    fn complex(&self, plans: &mut Plans<T>, lanes: Numbers) -> Result<()> {
        let zero = Point::new(T::zero(), T::zero());
        let direction = if self.kind == Kind::Forward {
            FftDirection::Forward
        } else {
            FftDirection::Inverse
        };
        let mut lane = room(self.n, zero)?;
        let plan = plans.complex.plan_fft(self.n, direction);
        let mut scratch = room(plan.get_inplace_scratch_len(), zero)?;
        for k in lanes {
            // SAFETY: lanes of complex numbers; each is written by one thread.
            unsafe { self.input.read(k, &mut lane, zero) };
            plan.process_with_scratch(&mut lane, &mut scratch);
            self.scale(&mut lane);
            // SAFETY: as above.
            unsafe { self.output.write(k, &lane) };
        }
        Ok(())
    }

    fn real_forward(&self, plans: &mut Plans<T>, lanes: Numbers) -> Result<()> {
        let zero = Point::new(T::zero(), T::zero());
        let mut lane = room(self.n, T::zero())?;
        let half = self.n / 2 + 1;
        let mut spectrum = room(self.output.len, zero)?;
        let plan = plans.real.plan_fft_forward(self.n);
        let mut scratch = room(plan.get_scratch_len(), zero)?;
        for k in lanes {
            // SAFETY: lanes of real numbers; each output lane is written by one thread.
            unsafe { self.input.read(k, &mut lane, T::zero()) };
            plan.process_with_scratch(&mut lane, &mut spectrum[..half], &mut scratch)
                .expect("rooms of the lengths that the plan has");
            self.scale(&mut spectrum[..half]);
            if self.kind == Kind::Backward {
                for v in &mut spectrum[..half] {
                    // A difference, so that zero keeps its sign.
                    v.im = T::zero() - v.im;
                }
            }
            // The rest of a whole transform of real numbers mirrors its first half.
            for i in half..spectrum.len() {
                spectrum[i] = spectrum[self.n - i].conj();
            }
            // SAFETY: as above.
            unsafe { self.output.write(k, &spectrum) };
        }
        Ok(())
    }

    fn real_backward(&self, plans: &mut Plans<T>, lanes: Numbers) -> Result<()> {
        let zero = Point::new(T::zero(), T::zero());
        let mut spectrum = room(self.n / 2 + 1, zero)?;
        let mut lane = room(self.n, T::zero())?;
        let plan = plans.real.plan_fft_inverse(self.n);
        let mut scratch = room(plan.get_scratch_len(), zero)?;
        for k in lanes {
            // SAFETY: lanes of complex numbers; each output lane is written by one thread.
            unsafe { self.input.read(k, &mut spectrum, zero) };
            spectrum[0].im = T::zero();
            if self.n.is_multiple_of(2) {
                spectrum[self.n / 2].im = T::zero();
            }
            plan.process_with_scratch(&mut spectrum, &mut lane, &mut scratch)
                .expect("rooms of the lengths that the plan has");
            if self.scaled {
                for v in &mut lane {
                    *v = *v * self.factor;
                }
            }
            // SAFETY: as above.
            unsafe { self.output.write(k, &lane) };
        }
        Ok(())
    }

    fn scale(&self, lane: &mut [Point<T>]) {
        if self.scaled {
            for v in lane {
                *v = Point::new(v.re * self.factor, v.im * self.factor);
            }
        }
    }
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
            let got = items(&transform(&a.view(), Kind::Forward, n, 0, 0.5).unwrap());
            for k in 0..n {
                let (mut re, mut im) = (0.0, 0.0);
                for j in 0..n {
                    let turn = -2.0 * std::f64::consts::PI * ((j * k) % n) as f64 / n as f64;
                    let (sin, cos) = turn.sin_cos();
                    re += x[2 * j] * cos - x[2 * j + 1] * sin;
                    im += x[2 * j] * sin + x[2 * j + 1] * cos;
                }
                assert!((got[2 * k] - 0.5 * re).abs() < 1e-12, "{n}");
                assert!((got[2 * k + 1] - 0.5 * im).abs() < 1e-12, "{n}");
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
            let there = transform(&a.view(), Kind::RealForward, n, 0, 1.0).unwrap();
            let back = transform(&there.view(), Kind::RealBackward, n, 0, 1.0 / n as f64).unwrap();
            for (x, y) in items(&a).iter().zip(items(&back)) {
                assert!((x - y).abs() < 1e-14);
            }
        }
    }
}
