//! Kernels of float16 made from kernels of float32: computed there, rounded once.

use numpy_rs_elements::f16;

/// A function of one number.
pub fn of_one<K: Fn(f32) -> f32 + Copy>(k: K) -> impl Fn(f16) -> f16 + Copy {
    move |a| f16::from_f32(k(a.to_f32()))
}

/// A function of two numbers.
pub fn of_two<K: Fn(f32, f32) -> f32 + Copy>(k: K) -> impl Fn(f16, f16) -> f16 + Copy {
    move |a, b| f16::from_f32(k(a.to_f32(), b.to_f32()))
}

/// A function of two numbers with two results.
pub fn pair_of_two<K: Fn(f32, f32) -> (f32, f32) + Copy>(
    k: K,
) -> impl Fn(f16, f16) -> (f16, f16) + Copy {
    move |a, b| {
        let (o, p) = k(a.to_f32(), b.to_f32());
        (f16::from_f32(o), f16::from_f32(p))
    }
}

/// The distance to the next number above, always positive.
///
/// NumPy: other types measure away from zero, with the sign of the number.
pub fn spacing(a: f16) -> f16 {
    if a.is_infinite() {
        return f16::NAN;
    }
    f16::from_f32(numpy_rs_elements::real::Real::nextafter(a, f16::INFINITY).to_f32() - a.to_f32())
}
