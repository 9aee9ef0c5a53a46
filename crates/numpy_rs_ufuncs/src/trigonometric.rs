//! Circular and hyperbolic functions, their inverses, and angles.

use numpy_rs_kernels::events::{Arithmetic, Growth, Never, Pole};
use numpy_rs_kernels::lanes::binary;
use numpy_rs_kernels::lanes::unary::{approximate, approximate_within, plain, wide};
use numpy_rs_kernels::math::{circular, exponential, inverse};
use numpy_rs_kernels::{complex_math, halves, objects, reals};

use crate::codes::*;
use crate::declare::ufuncs;

/// Most functions here have the same rows over kernels of the same name.
macro_rules! functions {
    ($($(#[doc = $doc:literal])+ $name:ident $rule:ident $half:expr, $float:expr, $double:expr;)* rest: $($rest:tt)*) => {
        ufuncs! {
            $(
                $(#[doc = $doc])+
                $name(x) -> 1 {
                    identity: None, reorderable: false, resolver: Default;
                    (Half) -> Half = $half;
                    (Float) -> Float = $float;
                    (Double) -> Double = $double;
                    (Half) -> Half = $half;
                    (Float) -> Float = $float;
                    (Double) -> Double = $double;
                    (LongDouble) -> LongDouble = plain(reals::$name, $rule);
                    for T in complexes: (T) -> T = plain(complex_math::$name, $rule);
                    (Object) -> Object = objects::method(stringify!($name));
                }
            )*
            $($rest)*
        }
    };
}

functions! {
    /// The tangent of an angle in radians, element by element.
    tan Arithmetic
        approximate(halves::of_one(circular::tan_f32), halves::of_one(reals::tan), Arithmetic),
        approximate_within(circular::tan_f32, reals::tan, circular::is_large_f32, Arithmetic),
        approximate_within(circular::tan, reals::tan, circular::is_large, Arithmetic);
    /// The angle in [-pi/2, pi/2] whose sine is `x`, element by element; NaN outside [-1, 1] for real numbers.
    arcsin Arithmetic
        approximate(halves::of_one(inverse::arcsin_f32), halves::of_one(reals::arcsin), Arithmetic),
        approximate(inverse::arcsin_f32, reals::arcsin, Arithmetic),
        approximate(inverse::arcsin, reals::arcsin, Arithmetic);
    /// The angle in [0, pi] whose cosine is `x`, element by element; NaN outside [-1, 1] for real numbers.
    arccos Arithmetic
        approximate(halves::of_one(inverse::arccos_f32), halves::of_one(reals::arccos), Arithmetic),
        approximate(inverse::arccos_f32, reals::arccos, Arithmetic),
        approximate(inverse::arccos, reals::arccos, Arithmetic);
    /// The angle in [-pi/2, pi/2] whose tangent is `x`, element by element.
    arctan Arithmetic
        approximate(halves::of_one(inverse::arctan_f32), halves::of_one(reals::arctan), Arithmetic),
        approximate(inverse::arctan_f32, reals::arctan, Arithmetic),
        approximate(inverse::arctan, reals::arctan, Arithmetic);
    /// The hyperbolic sine, element by element.
    sinh Arithmetic
        approximate(halves::of_one(exponential::sinh_f32), halves::of_one(reals::sinh), Arithmetic),
        approximate(exponential::sinh_f32, reals::sinh, Arithmetic),
        approximate(exponential::sinh, reals::sinh, Arithmetic);
    /// The hyperbolic cosine, element by element.
    cosh Arithmetic
        approximate(halves::of_one(exponential::cosh_f32), halves::of_one(reals::cosh), Arithmetic),
        approximate(exponential::cosh_f32, reals::cosh, Arithmetic),
        approximate(exponential::cosh, reals::cosh, Arithmetic);
    /// The hyperbolic tangent, element by element.
    tanh Arithmetic
        approximate(halves::of_one(exponential::tanh_f32), halves::of_one(reals::tanh), Arithmetic),
        approximate(exponential::tanh_f32, reals::tanh, Arithmetic),
        approximate(exponential::tanh, reals::tanh, Arithmetic);
    /// The inverse of `sinh`, element by element.
    arcsinh Arithmetic
        plain(reals::arcsinh, Arithmetic),
        plain(reals::arcsinh, Arithmetic),
        plain(reals::arcsinh, Arithmetic);
    /// The inverse of `cosh`, element by element; NaN below 1 for real numbers.
    arccosh Arithmetic
        plain(reals::arccosh, Arithmetic),
        plain(reals::arccosh, Arithmetic),
        plain(reals::arccosh, Arithmetic);
    /// The inverse of `tanh`, element by element: infinite at ±1, NaN beyond for real numbers.
    arctanh Pole
        plain(reals::arctanh, Pole),
        plain(reals::arctanh, Pole),
        plain(reals::arctanh, Pole);
    rest:

    /// The sine of an angle in radians, element by element.
    sin(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = approximate(halves::of_one(circular::sin_f32), halves::of_one(reals::sin), Arithmetic);
        (Float) -> Float = approximate_within(circular::sin_f32, reals::sin, circular::is_large_f32, Arithmetic);
        (Double) -> Double = approximate_within(circular::sin, reals::sin, circular::is_large, Arithmetic);
        (LongDouble) -> LongDouble = plain(reals::sin, Arithmetic);
        for T in complexes: (T) -> T = plain(complex_math::sin, Arithmetic);
        (Object) -> Object = objects::method("sin");
    }

    /// The cosine of an angle in radians, element by element.
    cos(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = approximate(halves::of_one(circular::cos_f32), halves::of_one(reals::cos), Arithmetic);
        (Float) -> Float = approximate_within(circular::cos_f32, reals::cos, circular::is_large_f32, Arithmetic);
        (Double) -> Double = approximate_within(circular::cos, reals::cos, circular::is_large, Arithmetic);
        (LongDouble) -> LongDouble = plain(reals::cos, Arithmetic);
        for T in complexes: (T) -> T = plain(complex_math::cos, Arithmetic);
        (Object) -> Object = objects::method("cos");
    }

    /// The angle in [-pi, pi] of the point `(x2, x1)`, element by element; signed zeros choose the side.
    arctan2(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half, Half) -> Half = binary::approximate(halves::of_two(inverse::arctan2_f32), halves::of_two(reals::arctan2), Never);
        (Float, Float) -> Float = binary::approximate(inverse::arctan2_f32, reals::arctan2, Never);
        (Double, Double) -> Double = binary::approximate(inverse::arctan2, reals::arctan2, Never);
        (LongDouble, LongDouble) -> LongDouble = binary::plain(reals::arctan2, Never);
        (Object, Object) -> Object = objects::method_of_two("arctan2");
    }

    /// `sqrt(x1**2 + x2**2)` without needless overflow, element by element.
    hypot(x1, x2) -> 1 {
        identity: Zero, reorderable: true, resolver: Default;
        for T in floats: (T, T) -> T = binary::plain(reals::hypot, Growth);
        (Object, Object) -> Object = objects::method_of_two("hypot");
    }

    /// Radians as degrees, element by element.
    degrees(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = wide(halves::of_one(reals::degrees), Arithmetic);
        for T in [Float Double]: (T) -> T = wide(reals::degrees, Arithmetic);
        (LongDouble) -> LongDouble = plain(reals::degrees, Arithmetic);
        (Object) -> Object = objects::method("degrees");
    }

    /// Radians as degrees, element by element; the same function as `degrees`.
    rad2deg(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = wide(halves::of_one(reals::degrees), Arithmetic);
        for T in [Float Double]: (T) -> T = wide(reals::degrees, Arithmetic);
        (LongDouble) -> LongDouble = plain(reals::degrees, Arithmetic);
        (Object) -> Object = objects::method("rad2deg");
    }

    /// Degrees as radians, element by element.
    radians(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = wide(halves::of_one(reals::radians), Arithmetic);
        for T in [Float Double]: (T) -> T = wide(reals::radians, Arithmetic);
        (LongDouble) -> LongDouble = plain(reals::radians, Arithmetic);
        (Object) -> Object = objects::method("radians");
    }

    /// Degrees as radians, element by element; the same function as `radians`.
    deg2rad(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = wide(halves::of_one(reals::radians), Arithmetic);
        for T in [Float Double]: (T) -> T = wide(reals::radians, Arithmetic);
        (LongDouble) -> LongDouble = plain(reals::radians, Arithmetic);
        (Object) -> Object = objects::method("deg2rad");
    }
}
