//! Kernels of float16 made from kernels of float32: computed there, rounded once.

use numpy_rs_elements::f16;

/// The value in float32, without branches so that it vectorises.
#[inline(always)]
pub fn widen(x: f16) -> f32 {
    let bits = u32::from(x.to_bits());
    let magnitude = (bits & 0x7fff) << 13;
    // The product moves the exponent's bias by 112, and normalises subnormals.
    let scaled = (f32::from_bits(magnitude) * f32::from_bits(0x7780_0000)).to_bits();
    let special = if bits & 0x7c00 == 0x7c00 {
        0x7f80_0000 | magnitude
    } else {
        scaled
    };
    f32::from_bits(special | ((bits & 0x8000) << 16))
}

/// The nearest float16, ties to even, without branches so that it vectorises.
#[inline(always)]
pub fn narrow(x: f32) -> f16 {
    let bits = x.to_bits();
    let magnitude = bits & 0x7fff_ffff;
    // Rounds by adding just below half a unit, and one more where the last kept bit is odd.
    let normal = magnitude
        .wrapping_sub(112 << 23)
        .wrapping_add(0x0fff + ((magnitude >> 13) & 1))
        >> 13;
    // Below the least normal number, adding 1/2 lets the addition itself round.
    let subnormal = (f32::from_bits(magnitude) + 0.5)
        .to_bits()
        .wrapping_sub(0.5f32.to_bits());
    let finite = if magnitude < 0x3880_0000 {
        subnormal
    } else {
        normal
    };
    let nan = 0x7e00 | ((magnitude >> 13) & 0x03ff);
    let special = if magnitude > 0x7f80_0000 { nan } else { 0x7c00 };
    let out = if magnitude >= 0x4780_0000 {
        special
    } else {
        finite
    };
    f16::from_bits((out | ((bits >> 16) & 0x8000)) as u16)
}

/// A function of one number.
pub fn of_one<K: Fn(f32) -> f32 + Copy>(k: K) -> impl Fn(f16) -> f16 + Copy {
    move |a| narrow(k(widen(a)))
}

/// A function of two numbers.
pub fn of_two<K: Fn(f32, f32) -> f32 + Copy>(k: K) -> impl Fn(f16, f16) -> f16 + Copy {
    move |a, b| narrow(k(widen(a), widen(b)))
}

/// A function of two numbers with two results.
pub fn pair_of_two<K: Fn(f32, f32) -> (f32, f32) + Copy>(
    k: K,
) -> impl Fn(f16, f16) -> (f16, f16) + Copy {
    move |a, b| {
        let (o, p) = k(widen(a), widen(b));
        (narrow(o), narrow(p))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_are_those_of_ieee() {
        for bits in 0..=u16::MAX {
            let x = f16::from_bits(bits);
            assert!(widen(x).to_bits() == x.to_f32().to_bits() || x.is_nan());
            assert!(narrow(widen(x)).to_bits() == bits || x.is_nan() && narrow(widen(x)).is_nan());
        }
        let mut bits = 0u32;
        for _ in 0..2_000_000 {
            bits = bits.wrapping_add(2_654_435_769);
            let x = f32::from_bits(bits);
            let (ours, theirs) = (narrow(x), f16::from_f32(x));
            assert!(
                ours.to_bits() == theirs.to_bits() || ours.is_nan() && theirs.is_nan(),
                "{x:?}"
            );
        }
    }
}
