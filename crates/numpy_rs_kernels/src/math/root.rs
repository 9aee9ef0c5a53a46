//! The length of a vector, and the cube root: a guess from the exponent, a polynomial step to 23 bits, and one step of Newton's method.

use numpy_rs_elements::Complex;

/// The cube root; keeps the sign.
#[inline(always)]
pub fn cbrt(x: f64) -> f64 {
    let a = x.abs();
    let small = a < f64::MIN_POSITIVE;
    let scaled = if small { a * 18014398509481984.0 } else { a };
    // A third of the upper half of the bits; 1/3 in 32 bits of fraction.
    let third = ((scaled.to_bits() >> 32) * 0x5555_5556) >> 32;
    let guess = f64::from_bits((third + 715094163) << 32);
    let r = (guess * guess) * (guess / scaled);
    let low = r.mul_add(
        r.mul_add(1.621429720105354466140, -1.88497979543377169875),
        1.87595182427177009643,
    );
    let high = r.mul_add(0.145996192886612446982, -0.758397934778766047437);
    let t = guess * ((r * r) * r).mul_add(high, low);
    // To 23 bits, so that its square is exact.
    let t = f64::from_bits(t.to_bits().wrapping_add(0x8000_0000) & 0xffff_ffff_c000_0000);
    let q = scaled / (t * t);
    let y = t + t * ((q - t) / (t + t + q));
    let y = if small { y * (1.0 / 262144.0) } else { y };
    let y = if (a > 0.0) & (a < f64::INFINITY) {
        y
    } else {
        a
    };
    y.copysign(x)
}

/// The same for `f32`, computed in `f64` and rounded once.
#[inline(always)]
pub fn cbrt_f32(x: f32) -> f32 {
    cbrt(x as f64) as f32
}

/// `sqrt(x^2 + y^2)`: infinite if one part is, scaled where the squares would overflow or vanish.
#[inline(always)]
pub fn length(x: f64, y: f64) -> f64 {
    const UP: f64 = f64::from_bits((1023 + 600) << 52);
    const DOWN: f64 = f64::from_bits((1023 - 600) << 52);
    let (a, b) = (x.abs(), y.abs());
    let (most, least) = if a < b { (b, a) } else { (a, b) };
    let (is_huge, is_tiny) = (most > 1e150, most < 1e-140);
    let scale = if is_huge { DOWN } else { 1.0 };
    let scale = if is_tiny { UP } else { scale };
    let back = if is_huge { UP } else { 1.0 };
    let back = if is_tiny { DOWN } else { back };
    let (m, n) = (most * scale, least * scale);
    let root = m.mul_add(m, n * n).sqrt() * back;
    if (a == f64::INFINITY) | (b == f64::INFINITY) {
        f64::INFINITY
    } else {
        root
    }
}

/// The magnitude of a complex number.
#[inline(always)]
pub fn magnitude(z: Complex<f64>) -> f64 {
    length(z.re, z.im)
}

/// The magnitude of a complex number.
#[inline(always)]
pub fn magnitude_f32(z: Complex<f32>) -> f32 {
    let (x, y) = (z.re as f64, z.im as f64);
    let root = x.mul_add(x, y * y).sqrt() as f32;
    if z.re.is_infinite() | z.im.is_infinite() {
        f32::INFINITY
    } else {
        root
    }
}
