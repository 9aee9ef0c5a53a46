//! `arctan`, `arcsin`, `arccos`, `arctan2`: rational approximations after a reduction to small arguments.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

/// What float64 loses of pi / 2.
const HALF_PI_LOW: f64 = 6.123233995736766e-17;

/// arctan(t) / t - 1 for |t| <= tan(pi / 8), from z = t^2.
#[inline(always)]
fn arctan_rest(z: f64) -> f64 {
    let p = z.mul_add(
        z.mul_add(
            z.mul_add(
                z.mul_add(-8.750608600031904122785e-1, -1.615753718733365076637e1),
                -7.500855792314704667340e1,
            ),
            -1.228866684490136173410e2,
        ),
        -6.485021904942025371773e1,
    );
    let q = z.mul_add(
        z.mul_add(
            z.mul_add(
                z.mul_add(z + 2.485846490142306297962e1, 1.650270098316988542046e2),
                4.328810604912902668951e2,
            ),
            4.853903996359136964868e2,
        ),
        1.945506571482613964425e2,
    );
    z * p / q
}

/// The angle whose tangent is `x`.
#[inline(always)]
pub fn arctan(x: f64) -> f64 {
    let a = x.abs();
    let (is_large, is_middle) = (a > 2.414213562373095, a > 0.41421356237309503);
    let numerator = if is_large {
        -1.0
    } else if is_middle {
        a - 1.0
    } else {
        a
    };
    let denominator = if is_large {
        a
    } else if is_middle {
        a + 1.0
    } else {
        1.0
    };
    let base = if is_large {
        FRAC_PI_2
    } else if is_middle {
        FRAC_PI_4
    } else {
        0.0
    };
    let low = if is_large {
        HALF_PI_LOW
    } else if is_middle {
        0.5 * HALF_PI_LOW
    } else {
        0.0
    };
    let t = numerator / denominator;
    let y = base + (t + t.mul_add(arctan_rest(t * t), low));
    y.copysign(x)
}

/// The angle of the point `(x, y)`.
#[inline(always)]
pub fn arctan2(y: f64, x: f64) -> f64 {
    let (a, b) = (y.abs(), x.abs());
    let is_steep = a > b;
    let (least, most) = if is_steep { (b, a) } else { (a, b) };
    // So that the sum of two huge numbers does not overflow.
    let scale = if most > 1e300 { 0.25 } else { 1.0 };
    let (least, most) = (least * scale, most * scale);
    let is_middle = (least > 0.41421356237309503 * most) | (least == f64::INFINITY);
    let numerator = if is_middle { least - most } else { least };
    let denominator = if is_middle { least + most } else { most };
    let t = numerator / denominator;
    // 0/0 and inf/inf are directions all the same.
    let t = if (most == 0.0) | (least == f64::INFINITY) {
        0.0
    } else {
        t
    };
    let base = if is_middle { FRAC_PI_4 } else { 0.0 };
    let low = if is_middle { 0.5 * HALF_PI_LOW } else { 0.0 };
    let angle = base + (t + t.mul_add(arctan_rest(t * t), low));
    let angle = if is_steep {
        (FRAC_PI_2 - angle) + HALF_PI_LOW
    } else {
        angle
    };
    let angle = if x.is_sign_negative() {
        (PI - angle) + 2.0 * HALF_PI_LOW
    } else {
        angle
    };
    let angle = if x.is_nan() | y.is_nan() {
        f64::NAN
    } else {
        angle
    };
    angle.copysign(y)
}

/// arcsin(t) / t - 1 for |t| <= 1/2, from z = t^2.
#[inline(always)]
fn arcsin_rest(z: f64) -> f64 {
    let p = z.mul_add(
        z.mul_add(
            z.mul_add(
                z.mul_add(
                    z.mul_add(3.47933107596021167570e-05, 7.91534994289814532176e-04),
                    -4.00555345006794114027e-02,
                ),
                2.01212532134862925881e-01,
            ),
            -3.25565818622400915405e-01,
        ),
        1.66666666666666657415e-01,
    );
    let q = z.mul_add(
        z.mul_add(
            z.mul_add(
                z.mul_add(7.70381505559019352791e-02, -6.88283971605453293030e-01),
                2.02094576023350569471e+00,
            ),
            -2.40339491173441421878e+00,
        ),
        1.0,
    );
    z * p / q
}

/// For |x| > 1/2: arccos(|x|) / 2 as sqrt((1 - |x|) / 2) and the rest.
#[inline(always)]
fn half_arccos(a: f64) -> (f64, f64) {
    let z = (1.0 - a) * 0.5;
    let s = z.sqrt();
    // What the root lost; 0/0 at |x| = 1 is nothing.
    let lost = if s == 0.0 {
        0.0
    } else {
        (-s).mul_add(s, z) / (2.0 * s)
    };
    (s, s.mul_add(arcsin_rest(z), lost))
}

/// The angle whose sine is `x`; NaN beyond 1.
#[inline(always)]
pub fn arcsin(x: f64) -> f64 {
    let a = x.abs();
    let near = a.mul_add(arcsin_rest(a * a), a);
    let (s, rest) = half_arccos(a);
    // pi/2 - 2 (s + rest), where the difference of pi/4 and 2 s is exact if it matters.
    let far = FRAC_PI_4 - (2.0f64.mul_add(rest, -HALF_PI_LOW) - (FRAC_PI_4 - 2.0 * s));
    let y = if a > 0.5 { far } else { near };
    y.copysign(x)
}

/// The angle whose cosine is `x`; NaN beyond 1.
#[inline(always)]
pub fn arccos(x: f64) -> f64 {
    let a = x.abs();
    let near = FRAC_PI_2 - (x - x.mul_add(-arcsin_rest(a * a), HALF_PI_LOW));
    let (s, rest) = half_arccos(a);
    let twice = 2.0 * (s + rest);
    let far = if x < 0.0 {
        PI - (twice - 2.0 * HALF_PI_LOW)
    } else {
        twice
    };
    if a > 0.5 { far } else { near }
}

macro_rules! through_f64 {
    ($($name:ident = $wide:ident ( $($x:ident),* );)*) => {$(
        /// The same for `f32`, computed in `f64` and rounded once.
        #[inline(always)]
        pub fn $name($($x: f32),*) -> f32 {
            $wide($($x as f64),*) as f32
        }
    )*};
}

through_f64! {
    arctan_f32 = arctan(x);
    arcsin_f32 = arcsin(x);
    arccos_f32 = arccos(x);
    arctan2_f32 = arctan2(y, x);
}
