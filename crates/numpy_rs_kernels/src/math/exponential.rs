//! `exp` and what is made of it: x = k ln 2 + r, a polynomial for exp(r), and multiplications by powers of two.

/// 1.5 * 2^52: adding it rounds to an integer, which stands in the low bits of the sum.
const ROUND: f64 = 6755399441055744.0;
/// The same for `f32`: 1.5 * 2^23.
const ROUND_F32: f32 = 12582912.0;

/// 2^k for an integer `k` given as a float, with |k| < 1023.
#[inline(always)]
fn power_of_two(k: f64) -> f64 {
    f64::from_bits(
        (k + ROUND)
            .to_bits()
            .wrapping_shl(52)
            .wrapping_add(1.0f64.to_bits()),
    )
}

/// 2^k for an integer `k` given as a float, with |k| < 127.
#[inline(always)]
fn power_of_two_f32(k: f32) -> f32 {
    f32::from_bits(
        (k + ROUND_F32)
            .to_bits()
            .wrapping_shl(23)
            .wrapping_add(1.0f32.to_bits()),
    )
}

/// `y * 2^k` for |k| up to twice the range of exponents, rounded as a subnormal where it is one.
#[inline(always)]
fn scale(y: f64, k: f64) -> f64 {
    let half = (k * 0.5 + ROUND) - ROUND;
    y * power_of_two(half) * power_of_two(k - half)
}

#[inline(always)]
fn scale_f32(y: f32, k: f32) -> f32 {
    let half = (k * 0.5 + ROUND_F32) - ROUND_F32;
    y * power_of_two_f32(half) * power_of_two_f32(k - half)
}

/// exp(r) - 1 - r for |r| <= ln 2 / 2, by the Taylor series to r^13 (the rest is below 5e-18).
#[inline(always)]
fn exp_tail(r: f64) -> f64 {
    let r2 = r * r;
    let r4 = r2 * r2;
    let a = r.mul_add(1.0 / 6.0, 0.5);
    let b = r.mul_add(1.0 / 120.0, 1.0 / 24.0);
    let c = r.mul_add(1.0 / 5040.0, 1.0 / 720.0);
    let d = r.mul_add(1.0 / 362880.0, 1.0 / 40320.0);
    let e = r.mul_add(1.0 / 39916800.0, 1.0 / 3628800.0);
    let f = r.mul_add(1.0 / 6227020800.0, 1.0 / 479001600.0);
    let low = r2.mul_add(b, a);
    let middle = r2.mul_add(d, c);
    let high = r2.mul_add(f, e);
    let q = r4.mul_add(r4.mul_add(high, middle), low);
    r2 * q
}

#[inline(always)]
fn exp_near_zero(r: f64) -> f64 {
    1.0 + (r + exp_tail(r))
}

/// exp(r) for |r| <= ln 2 / 2, by the Taylor series to r^7.
#[inline(always)]
fn exp_near_zero_f32(r: f32) -> f32 {
    let r2 = r * r;
    let a = r.mul_add(1.0 / 6.0, 0.5);
    let b = r.mul_add(1.0 / 120.0, 1.0 / 24.0);
    let c = r.mul_add(1.0 / 5040.0, 1.0 / 720.0);
    let q = r2.mul_add(r2.mul_add(c, b), a);
    1.0 + r2.mul_add(q, r)
}

const LN_2_HIGH: f64 = f64::from_bits(0x3fe62e42fefa39ef);
const LN_2_LOW: f64 = 2.3190468138462996e-17;

/// `e**x`; infinity above 709.78, zero below -745.13, NaN for NaN.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    // Beyond these bounds the result is already infinite or zero; NaN passes both tests.
    let x = if x > 710.0 { 710.0 } else { x };
    let x = if x < -746.0 { -746.0 } else { x };
    let k = x.mul_add(std::f64::consts::LOG2_E, ROUND) - ROUND;
    let r = k.mul_add(-LN_2_LOW, k.mul_add(-LN_2_HIGH, x));
    scale(exp_near_zero(r), k)
}

/// `e**x`; infinity above 88.72, zero below -103.97, NaN for NaN.
#[inline(always)]
pub fn exp_f32(x: f32) -> f32 {
    const LN_2_HIGH: f32 = std::f32::consts::LN_2;
    const LN_2_LOW: f32 = (std::f64::consts::LN_2 - std::f32::consts::LN_2 as f64) as f32;
    let x = if x > 89.0 { 89.0 } else { x };
    let x = if x < -104.5 { -104.5 } else { x };
    let k = x.mul_add(std::f32::consts::LOG2_E, ROUND_F32) - ROUND_F32;
    let r = k.mul_add(-LN_2_LOW, k.mul_add(-LN_2_HIGH, x));
    scale_f32(exp_near_zero_f32(r), k)
}

/// `2**x`; infinity from 1024, zero below -1075, NaN for NaN.
#[inline(always)]
pub fn exp2(x: f64) -> f64 {
    let x = if x > 1025.0 { 1025.0 } else { x };
    let x = if x < -1080.0 { -1080.0 } else { x };
    let k = (x + ROUND) - ROUND;
    let f = x - k;
    let r = f * std::f64::consts::LN_2;
    // The rounding of r, and what float64 loses of ln 2.
    let rest = f.mul_add(std::f64::consts::LN_2, -r) + f * 2.3190468138462996e-17;
    let y = exp_near_zero(r);
    scale(y.mul_add(rest, y), k)
}

/// `2**x`; infinity from 128, zero below -150, NaN for NaN.
#[inline(always)]
pub fn exp2_f32(x: f32) -> f32 {
    let x = if x > 129.0 { 129.0 } else { x };
    let x = if x < -151.0 { -151.0 } else { x };
    let k = (x + ROUND_F32) - ROUND_F32;
    scale_f32(exp_near_zero_f32((x - k) * std::f32::consts::LN_2), k)
}

/// ln 2 in two parts, the first with enough trailing zeros that its product with an exponent is exact.
const LN_2_SHORT: f64 = f64::from_bits(0x3fe62e42fee00000);
const LN_2_REST: f64 = 1.9082149292705877e-10;

/// `x + low` less k ln 2, in two parts; the first subtraction is exact.
#[inline(always)]
fn reduce(x: f64, low: f64) -> (f64, f64, f64) {
    let k = x.mul_add(std::f64::consts::LOG2_E, ROUND) - ROUND;
    let exact = k.mul_add(-LN_2_SHORT, x);
    let product = k * LN_2_REST;
    let r = exact - product;
    let r_low = ((exact - r) - product) + low;
    // `low` may reach into the bits of r.
    let sum = r + r_low;
    (k, sum, (r - sum) + r_low)
}

/// exp(high + low) for a result that is neither infinite nor subnormal, where `low` is far below `high`.
#[inline(always)]
pub(super) fn exp_of_sum(high: f64, low: f64) -> f64 {
    let (k, r, r_low) = reduce(high, low);
    let sum = 1.0 + r;
    let sum_low = (1.0 - sum) + r;
    let derivative = r.mul_add(r_low, r_low);
    (sum + (sum_low + (derivative + exp_tail(r)))) * power_of_two(k)
}

/// `e**x - 1`, good to the last place near zero.
#[inline(always)]
pub fn expm1(x: f64) -> f64 {
    let bounded = if x > 710.0 { 710.0 } else { x };
    let bounded = if bounded < -40.0 { -40.0 } else { bounded };
    let (k, r, r_low) = reduce(bounded, 0.0);
    // Half the power of two, because the whole one overflows before the result does.
    let half = power_of_two(k - 1.0);
    let (base, lead) = (half - 0.5, half * r);
    // Their sum to twice the precision, whichever is the greater.
    let sum = base + lead;
    let share = sum - base;
    let lost = (base - (sum - share)) + (lead - share);
    let y = 2.0 * (sum + half.mul_add(r.mul_add(r_low, r_low) + exp_tail(r), lost));
    if x == 0.0 { x } else { y }
}

/// The hyperbolic tangent.
#[inline(always)]
pub fn tanh(x: f64) -> f64 {
    let t = expm1(2.0 * x.abs());
    let y = if x.abs() > 22.0 { 1.0 } else { t / (t + 2.0) };
    y.copysign(x)
}

/// exp(a) / 2 for 0 <= a, finite a little longer than exp(a).
#[inline(always)]
fn half_exp(a: f64) -> f64 {
    let a = if a > 711.0 { 711.0 } else { a };
    let (k, r, r_low) = reduce(a, 0.0);
    let rest = r.mul_add(r_low, r_low) + exp_tail(r);
    let eighth = power_of_two(k - 3.0);
    4.0 * eighth.mul_add(r + rest, eighth)
}

/// The hyperbolic sine.
#[inline(always)]
pub fn sinh(x: f64) -> f64 {
    let a = x.abs();
    let half = half_exp(a);
    let far = half - 0.25 / half;
    // The Taylor series to x^17, where the exponentials would cancel.
    let z = a * a;
    let w = z * z;
    let p = z.mul_add(1.0 / 120.0, 1.0 / 6.0);
    let q = z.mul_add(1.0 / 362880.0, 1.0 / 5040.0);
    let s = z.mul_add(1.0 / 6227020800.0, 1.0 / 39916800.0);
    let t = z.mul_add(1.0 / 355687428096000.0, 1.0 / 1307674368000.0);
    let series = w.mul_add(w.mul_add(w.mul_add(t, s), q), p);
    let near = (z * a).mul_add(series, a);
    let y = if a > 1.0 { far } else { near };
    y.copysign(x)
}

/// The hyperbolic cosine.
#[inline(always)]
pub fn cosh(x: f64) -> f64 {
    let half = half_exp(x.abs());
    half + 0.25 / half
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
    expm1_f32 = expm1;
    tanh_f32 = tanh;
    sinh_f32 = sinh;
    cosh_f32 = cosh;
}
