//! The cube root: a guess from the exponent, a polynomial step to 23 bits, and one step of Newton's method.

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
