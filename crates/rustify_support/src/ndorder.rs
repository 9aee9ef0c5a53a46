//! Whether floats are added up and compared here in the order of the program's NumPy.

use super::array::Array;
use super::exc::Res;
use super::fused;
use super::ndfold::{Reduced, of_all, of_lines};
use super::ndreduce::{Kind, reduce};
use super::numpy;
use super::obj::Obj;
use super::scalar::Element;
use super::value::Value;

/// Floats of very different sizes, whose sums differ in another order; some are zeros of both signs.
fn sample<T: Reduced>(shape: [isize; 2], zeros: bool, seed: &mut u64) -> Res<Array<T, 2>> {
    let width = size_of::<T>();
    let (object, to) = fused::fresh(numpy::api()?, T::TYPE_NUM, &shape, true, width)?;
    for k in 0..(shape[0] * shape[1]) as usize {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let bits = *seed >> 20;
        let sign = (bits & 1) << (8 * width - 1);
        // SAFETY: an item of the new array. Exponents lie near that of one, so that nothing overflows.
        unsafe {
            if width == 8 {
                let exponent = 1015 + (bits >> 1) % 16;
                let item = (exponent << 52) | (seed.rotate_left(17) & ((1 << 52) - 1));
                let item = if zeros { 0 } else { item };
                to.cast::<u64>().add(k).write(sign | item);
            } else {
                let exponent = 119 + (bits >> 1) % 16;
                let item = (exponent << 23) | (seed.rotate_left(17) & ((1 << 23) - 1));
                let item = if zeros { 0 } else { item };
                to.cast::<u32>().add(k).write((sign | item) as u32);
            }
        }
    }
    Array::from_obj(&object)
}

/// The memory of a number.
fn bits<T>(value: &T) -> &[u8] {
    // SAFETY: a number without gaps.
    unsafe { std::slice::from_raw_parts((&raw const *value).cast(), size_of::<T>()) }
}

/// Looks at arrays of several shapes.
#[cold]
fn agrees<T: Reduced>() -> Res<bool> {
    let mut seed = 0x5EED;
    let shapes = [
        [1, 1],
        [1, 7],
        [9, 1],
        [1, 130],
        [300, 1],
        [2, 2],
        [5, 3],
        [3, 40],
        [200, 2],
        [20, 150],
    ];
    for (n, shape) in shapes
        .into_iter()
        .cycle()
        .take(2 * shapes.len())
        .enumerate()
    {
        let array = sample::<T>(shape, n >= shapes.len(), &mut seed)?;
        let object = array.to_obj()?;
        for kind in [Kind::Sum, Kind::Prod, Kind::Min, Kind::Max] {
            let Some(own) = of_all(kind, &array) else {
                return Ok(false);
            };
            let made = reduce(kind, &object, &Obj::none())?;
            let theirs = T::Sum::of_scalar(Value::from_obj(&made)?);
            if bits(&own?) != bits(&theirs) {
                return Ok(false);
            }
            for axis in 0..2 {
                if kind == Kind::Prod {
                    continue;
                }
                let count = shape[1 - axis] as usize;
                let mut own = vec![T::Sum::ZERO; count];
                let Some(done) = of_lines(kind, &array, axis, &mut own) else {
                    return Ok(false);
                };
                done?;
                let axis = (axis as i64).into_obj()?;
                let made: Array<T::Sum, 1> = Array::from_obj(&reduce(kind, &object, &axis)?)?;
                for (k, own) in own.iter().enumerate() {
                    let theirs = T::Sum::of_scalar(made.get([k as i64])?);
                    if bits(own) != bits(&theirs) {
                        return Ok(false);
                    }
                }
            }
        }
    }
    Ok(true)
}

/// Whether floats are added up here as NumPy adds them.
#[inline]
pub(super) fn is_numpys_order<T: Reduced>() -> bool {
    match T::order() {
        None => true,
        Some(order) => order.0.get().unwrap_or_else(|| {
            let is = agrees::<T>().unwrap_or(false);
            order.0.set(Some(is));
            is
        }),
    }
}
