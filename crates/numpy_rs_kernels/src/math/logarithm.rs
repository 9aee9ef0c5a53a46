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

/// The logarithm to a base: `k * (step.0 + step.1) + log(1 + f) * (scale.0 + scale.1)`.
#[inline(always)]
fn to_base((k, f): (f64, f64), step: (f64, f64), scale: (f64, f64)) -> f64 {
    let half_square = 0.5 * f * f;
    let high = f - half_square;
    let low = ((f - high) - half_square) + tail(f, half_square);
    let product = high * scale.0;
    let product_low = high.mul_add(scale.0, -product) + high.mul_add(scale.1, low * scale.0);
    // `step.0` has enough trailing zeros for this product to be exact.
    let whole = k * step.0;
    let sum = whole + product;
    let sum_low = (whole - sum) + product;
    sum + (sum_low + k.mul_add(step.1, product_low))
}

/// Exponent and mantissa minus one of a positive number, normal or not.
#[inline(always)]
fn split_any(x: f64) -> (f64, f64) {
    let small = x < f64::MIN_POSITIVE;
    let (k, f) = split(if small { x * 18014398509481984.0 } else { x });
    (if small { k - 54.0 } else { k }, f)
}

const STEP_2: (f64, f64) = (1.0, 0.0);
const SCALE_2: (f64, f64) = (std::f64::consts::LOG2_E, 2.0355273740931033e-17);
const STEP_10: (f64, f64) = (3.01029995663611771306e-01, 3.69423907715893078616e-13);
const SCALE_10: (f64, f64) = (std::f64::consts::LOG10_E, 1.098319650216765e-17);

/// The logarithm to base 2; exact for powers of two.
#[inline(always)]
pub fn log2(x: f64) -> f64 {
    special(x, to_base(split_any(x), STEP_2, SCALE_2))
}

/// The logarithm to base 2 of a positive normal number.
#[inline(always)]
pub fn log2_of_normal(x: f64) -> f64 {
    to_base(split(x), STEP_2, SCALE_2)
}

/// The logarithm to base 10.
#[inline(always)]
pub fn log10(x: f64) -> f64 {
    special(x, to_base(split_any(x), STEP_10, SCALE_10))
}

/// The logarithm to base 10 of a positive normal number.
#[inline(always)]
pub fn log10_of_normal(x: f64) -> f64 {
    to_base(split(x), STEP_10, SCALE_10)
}

/// Whether [`log1p_of_normal`] does not serve: `1 + x` is zero, negative, infinite or NaN.
#[inline(always)]
pub fn is_unusual_after_one(x: f64) -> bool {
    is_unusual(1.0 + x)
}

/// `log(1 + x)` where `1 + x` is positive and finite, good to the last places near zero.
#[inline(always)]
pub fn log1p_of_normal(x: f64) -> f64 {
    let u = 1.0 + x;
    // What the sum lost, divided by u, is the derivative's share.
    let lost = if x.abs() < 1.0 {
        x - (u - 1.0)
    } else {
        1.0 - (u - x)
    };
    let (k, f) = split(u);
    let y = assemble(k, f) + lost / u;
    if x == 0.0 { x } else { y }
}

/// `log(1 + x)`, good to the last places near zero.
#[inline(always)]
pub fn log1p(x: f64) -> f64 {
    special(1.0 + x, log1p_of_normal(x))
}

/// log(x) of a positive normal number to about 68 bits, as a sum of two numbers.
#[inline(always)]
pub(super) fn log_in_two_parts(x: f64) -> (f64, f64) {
    let (k, f) = split(x);
    // s = f / (2 + f) to twice the precision.
    let d = 2.0 + f;
    let d_low = f - (d - 2.0);
    let s = f / d;
    let s_low = ((-s).mul_add(d, f) - s * d_low) / d;
    // z = s^2, then the cube: (2/3) s z.
    let z = s * s;
    let z_low = s.mul_add(s, -z) + 2.0 * s * s_low;
    let cube = s * z;
    let cube_low = s.mul_add(z, -cube) + s.mul_add(z_low, s_low * z);
    const TWO_THIRDS: f64 = 2.0 / 3.0;
    const TWO_THIRDS_LOW: f64 = 3.700743415417188e-17;
    let third = cube * TWO_THIRDS;
    let third_low =
        cube.mul_add(TWO_THIRDS, -third) + cube.mul_add(TWO_THIRDS_LOW, cube_low * TWO_THIRDS);
    // The rest of 2 artanh(s): 2 s^5 / 5 + 2 s^7 / 7 + ...
    let w = z * z;
    let a = z.mul_add(2.0 / 7.0, 2.0 / 5.0);
    let b = z.mul_add(2.0 / 11.0, 2.0 / 9.0);
    let c = z.mul_add(2.0 / 15.0, 2.0 / 13.0);
    let e = z.mul_add(2.0 / 19.0, 2.0 / 17.0);
    let g = z.mul_add(z.mul_add(2.0 / 25.0, 2.0 / 23.0), 2.0 / 21.0);
    let series = w.mul_add(w.mul_add(w.mul_add(w.mul_add(g, e), c), b), a);
    let rest = cube * z * series;
    // k ln 2 + 2 s + third + rest, from the greatest down.
    let whole = k * LN_2_HIGH;
    let twice = 2.0 * s;
    let sum = whole + twice;
    let sum_low = if k == 0.0 { 0.0 } else { (whole - sum) + twice };
    let high = sum + third;
    let high_low = (sum - high) + third;
    let low = k.mul_add(
        LN_2_LOW,
        sum_low + high_low + (2.0 * s_low + third_low + rest),
    );
    let out = high + low;
    (out, (high - out) + low)
}

/// Whether `power` does not serve: an unusual base, or a result near the ends of the range.
#[inline(always)]
pub fn power_is_far(x: f64, y: f64) -> bool {
    // The upper half of the bits, read as a number below 2^52, is linear between powers of two.
    let upper = f64::from_bits((x.to_bits() >> 32) | 0x4330000000000000)
        - (4503599627370496.0 + 1072693248.0);
    let bound = upper.abs().mul_add(1.0 / 1048576.0, 1.0) * y.abs();
    is_unusual(x) | (bound >= 1000.0) | bound.is_nan()
}

/// `x**y` for a positive normal base and a result well inside the range.
#[inline(always)]
pub fn power(x: f64, y: f64) -> f64 {
    let (high, low) = log_in_two_parts(x);
    let product = y * high;
    let product_low = y.mul_add(high, -product) + y * low;
    let out = super::exponential::exp_of_sum(product, product_low);
    if y == 2.0 { x * x } else { out }
}

/// Whether [`power_f32`] does not serve.
#[inline(always)]
pub fn power_is_far_f32(x: f32, y: f32) -> bool {
    let distance = (x.to_bits() as i32).wrapping_sub(0x3f80_0000) as f32;
    let bound = distance.abs().mul_add(1.0 / 8388608.0, 1.0) * y.abs();
    is_unusual_f32(x) | (bound >= 125.0) | bound.is_nan()
}

/// `x**y` for a positive normal base and a result well inside the range, computed in `f64`.
#[inline(always)]
pub fn power_f32(x: f32, y: f32) -> f32 {
    super::exponential::exp_of_sum(y as f64 * log_of_normal(x as f64), 0.0) as f32
}

macro_rules! through_f64 {
    ($($name:ident = $wide:ident;)*) => {$(
        /// The same for `f32`, computed in `f64` and rounded once.
        #[inline(always)]
        pub fn $name(x: f32) -> f32 {
            $wide(x as f64) as f32
        }
    )*};
}

through_f64! {
    log2_f32 = log2;
    log2_of_normal_f32 = log2_of_normal;
    log10_f32 = log10;
    log10_of_normal_f32 = log10_of_normal;
    log1p_f32 = log1p;
    log1p_of_normal_f32 = log1p_of_normal;
}

/// Whether [`log1p_of_normal_f32`] does not serve.
#[inline(always)]
pub fn is_unusual_after_one_f32(x: f32) -> bool {
    is_unusual(1.0 + x as f64)
}
