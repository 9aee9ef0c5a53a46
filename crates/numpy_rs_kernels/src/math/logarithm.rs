//! `log`: x = 2^k m with m between sqrt(1/2) and sqrt(2), and a series in s = (m - 1) / (m + 1).

/// The bits of sqrt(1/2), where mantissas are split.
const SQRT_HALF: u64 = 0x3fe6a09e667f3bcd;
/// The same for `f32`.
const SQRT_HALF_F32: u32 = 0x3f3504f3;

/// ln 2 with 21 trailing zero bits, so that its product with an exponent is exact; and the rest.
const LN_2_HIGH: f64 = f64::from_bits(0x3fe62e42fee00000);
const LN_2_LOW: f64 = 1.9082149292705877e-10;

/// Exponent and mantissa minus one of a positive normal number.
#[inline(always)]
fn split(x: f64) -> (f64, f64) {
    // Adding 1024 exponents keeps the difference positive, so that a logical shift serves.
    let biased = x.to_bits().wrapping_sub(SQRT_HALF).wrapping_add(1024 << 52);
    let exponent = biased >> 52;
    // An integer below 2^52 under the exponent of 2^52 reads as 2^52 + integer.
    let k = f64::from_bits(exponent | 0x4330000000000000) - (4503599627370496.0 + 1024.0);
    let mantissa = (biased & 0x000fffffffffffff).wrapping_add(SQRT_HALF);
    (k, f64::from_bits(mantissa) - 1.0)
}

#[inline(always)]
fn split_f32(x: f32) -> (f32, f32) {
    let biased = x
        .to_bits()
        .wrapping_sub(SQRT_HALF_F32)
        .wrapping_add(128 << 23);
    let k = (biased >> 23) as i32 as f32 - 128.0;
    let mantissa = (biased & 0x007fffff).wrapping_add(SQRT_HALF_F32);
    (k, f32::from_bits(mantissa) - 1.0)
}

/// log(1 + f) - f + f²/2 for 1 + f in [sqrt(1/2), sqrt(2)), as `s * (f²/2 + R(s²))`.
#[inline(always)]
fn tail(f: f64, half_square: f64) -> f64 {
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w.mul_add(
        w.mul_add(1.531383769920937332e-01, 2.222219843214978396e-01),
        3.999999999940941908e-01,
    );
    let odd = w.mul_add(
        w.mul_add(
            w.mul_add(1.479819860511658591e-01, 1.818357216161805012e-01),
            2.857142874366239149e-01,
        ),
        6.666666666666735130e-01,
    );
    let r = w.mul_add(even, z * odd);
    s * (half_square + r)
}

#[inline(always)]
fn tail_f32(f: f32, half_square: f32) -> f32 {
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w.mul_add(0.24279078841, 0.40000972152);
    let odd = w.mul_add(0.28498786688, 0.66666662693);
    let r = w.mul_add(even, z * odd);
    s * (half_square + r)
}

/// Puts the special values in: NaN below zero, -inf at zero, inf at inf, NaN at NaN.
#[inline(always)]
fn special(x: f64, y: f64) -> f64 {
    let y = if x < f64::INFINITY { y } else { x };
    let y = if x < 0.0 { f64::NAN } else { y };
    if x == 0.0 { f64::NEG_INFINITY } else { y }
}

#[inline(always)]
fn special_f32(x: f32, y: f32) -> f32 {
    let y = if x < f32::INFINITY { y } else { x };
    let y = if x < 0.0 { f32::NAN } else { y };
    if x == 0.0 { f32::NEG_INFINITY } else { y }
}

/// Whether [`log_of_normal`] does not serve: zero, subnormal, negative, infinite or NaN.
#[inline(always)]
pub fn is_unusual(x: f64) -> bool {
    x.to_bits().wrapping_sub(f64::MIN_POSITIVE.to_bits())
        >= f64::INFINITY.to_bits() - f64::MIN_POSITIVE.to_bits()
}

/// Whether [`log_of_normal_f32`] does not serve.
#[inline(always)]
pub fn is_unusual_f32(x: f32) -> bool {
    x.to_bits().wrapping_sub(f32::MIN_POSITIVE.to_bits())
        >= f32::INFINITY.to_bits() - f32::MIN_POSITIVE.to_bits()
}

#[inline(always)]
fn assemble(k: f64, f: f64) -> f64 {
    let half_square = 0.5 * f * f;
    let rest = k.mul_add(LN_2_LOW, tail(f, half_square));
    k.mul_add(LN_2_HIGH, f - (half_square - rest))
}

#[inline(always)]
fn assemble_f32(k: f32, f: f32) -> f32 {
    const HIGH: f32 = 6.9313812256e-01;
    const LOW: f32 = 9.0580006145e-06;
    let half_square = 0.5 * f * f;
    let rest = k.mul_add(LOW, tail_f32(f, half_square));
    k.mul_add(HIGH, f - (half_square - rest))
}

/// The natural logarithm of a positive normal number.
#[inline(always)]
pub fn log_of_normal(x: f64) -> f64 {
    let (k, f) = split(x);
    assemble(k, f)
}

/// The natural logarithm of a positive normal number.
#[inline(always)]
pub fn log_of_normal_f32(x: f32) -> f32 {
    let (k, f) = split_f32(x);
    assemble_f32(k, f)
}

/// The natural logarithm.
#[inline(always)]
pub fn log(x: f64) -> f64 {
    let small = x < f64::MIN_POSITIVE;
    let (k, f) = split(if small { x * 18014398509481984.0 } else { x });
    special(x, assemble(if small { k - 54.0 } else { k }, f))
}

/// The natural logarithm.
#[inline(always)]
pub fn log_f32(x: f32) -> f32 {
    let small = x < f32::MIN_POSITIVE;
    let (k, f) = split_f32(if small { x * 33554432.0 } else { x });
    special_f32(x, assemble_f32(if small { k - 25.0 } else { k }, f))
}
