//! Formats of samples, gains, fades and ends, on arrays.

use numpy_rs_core::array::Array;
use numpy_rs_core::copy;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::error::Error as CoreError;
use numpy_rs_core::layout::Order;
use numpy_rs_core::view::View;

use super::precision::in_precision;
use crate::error::Result;
use crate::fade::{self, Curve};
use crate::int16::{self, Rounding, Scale};
use crate::lanes::{Item, Sound, array_of, fresh, items_mut};
use crate::level;
use crate::pause::{self, Pause};
use crate::sample::{Sample, filled};

/// 16-bit samples as fractions of full scale.
///
/// # Errors
///
/// For arrays of other types; no memory.
pub fn int16_to_float32(view: &View<'_>, scale: Scale) -> Result<Array> {
    if view.dtype().num() != TypeNum::Short {
        return Err(CoreError::type_error(format!(
            "an array of int16 is wanted, not of {}",
            view.dtype()
        ))
        .into());
    }
    elementwise::<i16, f32>(view, |from, to| match scale {
        Scale::PowerOfTwo => int16::to_single(from, to),
        Scale::Symmetric => int16::to_fractions(from, to, scale),
    })
}

/// Fractions of full scale as 16-bit samples: clipped, NaN to 0.
///
/// # Errors
///
/// For arrays that are not of floats; no memory.
pub fn float32_to_int16(view: &View<'_>, scale: Scale, rounding: Rounding) -> Result<Array> {
    match view.dtype().num() {
        TypeNum::Half | TypeNum::Float => elementwise::<f32, i16>(view, |from, to| {
            int16::from_single(from, to, scale, rounding)
        }),
        num if num.kind() == b'f' => elementwise::<f64, i16>(view, |from, to| {
            int16::from_double(from, to, scale, rounding)
        }),
        _ => Err(CoreError::type_error(format!(
            "an array of floats is wanted, not of {}",
            view.dtype()
        ))
        .into()),
    }
}

/// Fractions of the little-endian 16-bit samples in bytes.
///
/// # Errors
///
/// For an odd number of bytes; no memory.
pub fn frombuffer_int16(bytes: &[u8]) -> Result<Array> {
    int16::check_even(bytes.len())?;
    let mut made = fresh::<f32>(&[(bytes.len() / 2) as isize])?;
    int16::from_bytes(bytes, items_mut::<f32>(&mut made)?)?;
    Ok(made)
}

/// The same shape with each item worked on, in C order.
fn elementwise<T: Item, U: Item>(
    view: &View<'_>,
    work: impl FnOnce(&[T], &mut [U]) -> Result<()>,
) -> Result<Array> {
    if view.ndim() == 0 {
        // SAFETY: the one item, as an array of one axis.
        let one = unsafe { view.relayout(0, [1].as_slice().into(), [0].as_slice().into()) };
        let made = elementwise(&one, work)?;
        // SAFETY: the one item again.
        let scalar = unsafe {
            made.relayout(
                0,
                made.dtype().clone(),
                [].as_slice().into(),
                [].as_slice().into(),
            )
        };
        return Ok(copy::to_array(&scalar.view(), Order::C)?);
    }
    Sound::new::<T>(view, -1)?.map_all(work)
}

/// Each sample times a factor. Whole numbers become fractions of full scale first.
///
/// # Errors
///
/// For what is no sound; no memory.
pub fn apply_gain(view: &View<'_>, factor: f64) -> Result<Array> {
    in_precision!(
        view,
        TypeNum::Half | TypeNum::Float | TypeNum::Short | TypeNum::UByte,
        |T| {
            Sound::fractions::<T>(view, -1)?
                .map_all::<T, T>(|from, to| level::gain(from, to, T::rounded(factor)))
        }
    )
}

/// Each sample divided by `divisor` and multiplied by two factors, each step rounded; floats only.
///
/// # Errors
///
/// For what is no sound; no memory.
pub fn divide_and_scale(view: &View<'_>, divisor: f64, first: f64, second: f64) -> Result<Array> {
    in_precision!(view, TypeNum::Float, |T| {
        elementwise::<T, T>(view, |from, to| {
            level::divide_and_scale(
                from,
                to,
                T::rounded(divisor),
                T::rounded(first),
                T::rounded(second),
            )
        })
    })
}

/// Fades the lanes along `axis` in and out over some samples; longer fades take the whole lane.
///
/// # Errors
///
/// For what is no sound; no memory.
pub fn apply_fade(
    view: &View<'_>,
    n_in: usize,
    n_out: usize,
    curve: Curve,
    axis: isize,
) -> Result<Array> {
    in_precision!(
        view,
        TypeNum::Half | TypeNum::Float | TypeNum::Short | TypeNum::UByte,
        |T| {
            let sound = Sound::fractions::<T>(view, axis)?;
            sound.map::<T, T>(sound.len, |from, to| {
                to.copy_from_slice(from);
                fade::fade(to, n_in, n_out, curve);
                Ok(())
            })
        }
    )
}

/// Sound that ends on a pause; all lanes along `axis` end at the same time.
///
/// # Errors
///
/// As [`pause::find`]; for what is no sound.
pub fn end_on_pause(
    view: &View<'_>,
    sample_rate_hz: f64,
    pause: Pause,
    axis: isize,
) -> Result<Array> {
    in_precision!(
        view,
        TypeNum::Half | TypeNum::Float | TypeNum::Short | TypeNum::UByte,
        |T| {
            let sound = Sound::fractions::<T>(view, axis)?;
            let lanes: Vec<&[T]> = sound.lanes::<T>().collect();
            match pause::find(&lanes, sample_rate_hz, pause)? {
                None => sound.map_all::<T, T>(|from, to| {
                    to.copy_from_slice(from);
                    Ok(())
                }),
                Some(ending) => sound.map::<T, T>(ending.end + ending.pause, |from, to| {
                    pause::write(from, to, ending);
                    Ok(())
                }),
            }
        }
    )
}

/// The mean of the channels: time alone remains.
///
/// # Errors
///
/// For what is no sound; no memory.
pub fn to_mono(view: &View<'_>, axis: isize) -> Result<Array> {
    if view.ndim() < 2 {
        return Ok(copy::to_array(view, Order::C)?);
    }
    in_precision!(
        view,
        TypeNum::Half | TypeNum::Float | TypeNum::Short | TypeNum::UByte,
        |T| {
            let sound = Sound::fractions::<T>(view, axis)?;
            let mut sums = filled(sound.len, T::rounded(0.0))?;
            let mut n = 0.0;
            for lane in sound.lanes::<T>() {
                n += 1.0;
                for (sum, v) in sums.iter_mut().zip(lane) {
                    *sum += *v;
                }
            }
            for sum in &mut sums {
                *sum /= T::rounded(n);
            }
            array_of(&[sound.len as isize], &sums)
        }
    )
}
