//! `sin` and `cos`: x = n pi/2 + r, polynomials for both on |r| <= pi/4, and a choice by the quadrant.
//!
//! The reduction subtracts pi/2 in three parts with fused multiply-adds. The first subtraction is exact, so r
//! is good to the last place even next to a multiple of pi/2; beyond [`LIMIT`] the libm of the platform serves.

/// Arguments of at most this magnitude are reduced here.
pub const LIMIT: f64 = 1.0e9;
/// The same for `f32`.
pub const LIMIT_F32: f32 = 1.0e5;

const ROUND: f64 = 6755399441055744.0;
const ROUND_F32: f32 = 12582912.0;

/// Quadrant in the low bits, and the reduced argument in two parts.
#[inline(always)]
fn reduce(x: f64) -> (u64, f64, f64) {
    const PART_1: f64 = std::f64::consts::FRAC_PI_2;
    const PART_2: f64 = 6.123233995736766e-17;
    const PART_3: f64 = -1.4973849048591833e-33;
    let rounded = x.mul_add(std::f64::consts::FRAC_2_PI, ROUND);
    let n = rounded - ROUND;
    let exact = n.mul_add(-PART_1, x);
    // The difference of `exact` and n * PART_2 to twice the precision: what each rounding loses goes to `low`.
    let product = n * PART_2;
    let product_rest = n.mul_add(PART_2, -product);
    let r = exact - product;
    let back = r - exact;
    let difference_rest = (exact - (r - back)) - (product + back);
    let low = difference_rest - n.mul_add(PART_3, product_rest);
    (rounded.to_bits(), r, low)
}

#[inline(always)]
fn reduce_f32(x: f32) -> (u32, f32) {
    const PART_1: f32 = std::f32::consts::FRAC_PI_2;
    const PART_2: f32 = -4.371139e-8;
    const PART_3: f32 = -1.7151245e-15;
    let rounded = x.mul_add(std::f32::consts::FRAC_2_PI, ROUND_F32);
    let n = rounded - ROUND_F32;
    let r = n.mul_add(-PART_3, n.mul_add(-PART_2, n.mul_add(-PART_1, x)));
    (rounded.to_bits(), r)
}

/// sin(r + low) for |r| <= pi/4.
#[inline(always)]
fn sine(r: f64, low: f64) -> f64 {
    let z = r * r;
    let w = z * z;
    let a = z.mul_add(8.33333333332248946124e-03, -1.66666666666666324348e-01);
    let b = z.mul_add(2.75573137070700676789e-06, -1.98412698298579493134e-04);
    let c = z.mul_add(1.58969099521155010221e-10, -2.50507602534068634195e-08);
    let p = w.mul_add(w.mul_add(c, b), a);
    let cube = z * r;
    // d sin = cos r * low, where 1 - z/2 is enough of the cosine.
    let correction = z.mul_add(-0.5 * low, low);
    r + cube.mul_add(p, correction)
}

/// cos(r + low) for |r| <= pi/4.
#[inline(always)]
fn cosine(r: f64, low: f64) -> f64 {
    let z = r * r;
    let w = z * z;
    let a = z.mul_add(-1.38888888888741095749e-03, 4.16666666666666019037e-02);
    let b = z.mul_add(-2.75573143513906633035e-07, 2.48015872894767294178e-05);
    let c = z.mul_add(-1.13596475577881948265e-11, 2.08757232129817482790e-09);
    let p = w.mul_add(w.mul_add(c, b), a);
    let half = 0.5 * z;
    let whole = 1.0 - half;
    // What the subtraction rounded away, the series, and d cos = -sin r * low.
    whole + (((1.0 - whole) - half) + w.mul_add(p, -r * low))
}

#[inline(always)]
fn sine_f32(r: f32) -> f32 {
    let z = r * r;
    let p = z.mul_add(
        z.mul_add(
            z.mul_add(2.7183114939898219064e-6, -1.98393348360966317347e-4),
            8.3333293858894631756e-3,
        ),
        -1.66666666416265235595e-1,
    );
    (z * r).mul_add(p, r)
}

#[inline(always)]
fn cosine_f32(r: f32) -> f32 {
    let z = r * r;
    let p = z.mul_add(
        z.mul_add(2.4390448796277409065e-5, -1.38867637746099294692e-3),
        4.16666233237390631894e-2,
    );
    (z * z).mul_add(p, z.mul_add(-0.5, 1.0))
}

/// The sine, for |x| up to [`LIMIT`]; NaN for infinities and NaN.
#[inline(always)]
pub fn sin(x: f64) -> f64 {
    let (n, r, low) = reduce(x);
    let y = if n & 1 == 0 {
        sine(r, low)
    } else {
        cosine(r, low)
    };
    // sin(-0.0) is -0.0: the reduction keeps the sign of a zero except through the addition of `low`.
    let y = if x == 0.0 { x } else { y };
    f64::from_bits(y.to_bits() ^ ((n & 2) << 62))
}

/// The cosine, for |x| up to [`LIMIT`]; NaN for infinities and NaN.
#[inline(always)]
pub fn cos(x: f64) -> f64 {
    let (n, r, low) = reduce(x);
    let y = if n & 1 == 0 {
        cosine(r, low)
    } else {
        sine(r, low)
    };
    f64::from_bits(y.to_bits() ^ ((n.wrapping_add(1) & 2) << 62))
}

/// The sine, for |x| up to [`LIMIT_F32`]; NaN for infinities and NaN.
#[inline(always)]
pub fn sin_f32(x: f32) -> f32 {
    let (n, r) = reduce_f32(x);
    let y = if n & 1 == 0 {
        sine_f32(r)
    } else {
        cosine_f32(r)
    };
    let y = if x == 0.0 { x } else { y };
    f32::from_bits(y.to_bits() ^ ((n & 2) << 30))
}

/// The cosine, for |x| up to [`LIMIT_F32`]; NaN for infinities and NaN.
#[inline(always)]
pub fn cos_f32(x: f32) -> f32 {
    let (n, r) = reduce_f32(x);
    let y = if n & 1 == 0 {
        cosine_f32(r)
    } else {
        sine_f32(r)
    };
    f32::from_bits(y.to_bits() ^ ((n.wrapping_add(1) & 2) << 30))
}

/// Whether the reduction here does not serve.
#[inline(always)]
pub fn is_large(x: f64) -> bool {
    x.abs() > LIMIT
}

/// Whether the reduction here does not serve.
#[inline(always)]
pub fn is_large_f32(x: f32) -> bool {
    x.abs() > LIMIT_F32
}

/// The tangent, for |x| up to [`LIMIT`]; NaN for infinities and NaN.
#[inline(always)]
pub fn tan(x: f64) -> f64 {
    let (n, r, low) = reduce(x);
    let (s, c) = (sine(r, low), cosine(r, low));
    let is_even = n & 1 == 0;
    let y = if is_even { s } else { -c } / if is_even { c } else { s };
    if x == 0.0 { x } else { y }
}

/// The tangent, computed in `f64`.
#[inline(always)]
pub fn tan_f32(x: f32) -> f32 {
    tan(x as f64) as f32
}
