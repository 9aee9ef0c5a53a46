//! Signs, roundings, squares: functions of one number that need no approximation, and their kin.

use numpy_rs_elements::object::{BinaryOp, UnaryOp};
use numpy_rs_kernels::events::{
    Arithmetic, ComplexInverse, Growth, IntegerInverse, Inverse, Never, Scaling,
};
use numpy_rs_kernels::lanes::unary::{approximate, plain, wide};
use numpy_rs_kernels::lanes::{binary, pairs};
use numpy_rs_kernels::math::root;
use numpy_rs_kernels::{
    booleans, complex_math, complexes, halves, integers, objects, reals, ticks,
};

use crate::codes::*;
use crate::declare::ufuncs;

/// The roundings have the same rows over kernels of the same name.
macro_rules! roundings {
    ($($(#[doc = $doc:literal])+ $name:ident $op:ident;)* rest: $($rest:tt)*) => {
        ufuncs! {
            $(
                $(#[doc = $doc])+
                $name(x) -> 1 {
                    identity: None, reorderable: false, resolver: Default;
                    (Bool) -> Bool = plain(booleans::same, Never);
                    for T in ints: (T) -> T = wide(integers::same, Never);
                    (Half) -> Half = wide(halves::of_one(reals::$name), Never);
                    for T in [Float Double Float Double]: (T) -> T = wide(reals::$name, Never);
                    (LongDouble) -> LongDouble = plain(reals::$name, Never);
                    (Object) -> Object = objects::unary(UnaryOp::$op);
                }
            )*
            $($rest)*
        }
    };
}

roundings! {
    /// The greatest whole number not above `x`, element by element.
    floor Floor;
    /// The least whole number not below `x`, element by element.
    ceil Ceil;
    /// `x` without its fraction: the nearest whole number toward zero, element by element.
    trunc Trunc;
    rest:

    /// The nearest whole number, ties to even, element by element; complex numbers part by part.
    rint(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = wide(halves::of_one(reals::rint), Never);
        for T in [Float Double Float Double]: (T) -> T = wide(reals::rint, Never);
        (LongDouble) -> LongDouble = plain(reals::rint, Never);
        for T in complexes: (T) -> T = plain(complexes::rint, Never);
        (Object) -> Object = objects::method("rint");
    }

    /// `-x`, element by element; unsigned integers wrap, and bool has none (`logical_not` is meant there).
    negative(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T) -> T = wide(integers::negative, Never);
        (Half) -> Half = plain(reals::negative, Never);
        for T in [Float Double]: (T) -> T = wide(reals::negative, Never);
        (LongDouble) -> LongDouble = plain(reals::negative, Never);
        (Timedelta) -> Timedelta = wide(ticks::negative, Never);
        for T in complexes: (T) -> T = plain(complexes::negative, Never);
        (Object) -> Object = objects::unary(UnaryOp::Negative);
    }

    /// `+x`: a copy of the numbers.
    positive(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T) -> T = wide(integers::same, Never);
        (Half) -> Half = plain(reals::same, Never);
        for T in [Float Double]: (T) -> T = wide(reals::same, Never);
        (LongDouble) -> LongDouble = plain(reals::same, Never);
        (Timedelta) -> Timedelta = wide(integers::same, Never);
        for T in complexes: (T) -> T = plain(complexes::same, Never);
        (Object) -> Object = objects::unary(UnaryOp::Positive);
    }

    /// The magnitude, element by element; real for complex numbers. The least integer of a type stays negative.
    absolute(x) -> 1 {
        identity: None, reorderable: false, resolver: Unary;
        (Bool) -> Bool = plain(booleans::same, Never);
        for T in ints: (T) -> T = wide(integers::absolute, Never);
        (Half) -> Half = plain(reals::absolute, Never);
        for T in [Float Double]: (T) -> T = wide(reals::absolute, Never);
        (LongDouble) -> LongDouble = plain(reals::absolute, Never);
        (Timedelta) -> Timedelta = wide(ticks::absolute, Never);
        (CFloat) -> Float = approximate(root::magnitude_f32, complexes::absolute, Arithmetic);
        (CDouble) -> Double = approximate(root::magnitude, complexes::absolute, Arithmetic);
        (CLongDouble) -> LongDouble = plain(complexes::absolute, Arithmetic);
        (Object) -> Object = objects::unary(UnaryOp::Absolute);
    }

    /// The magnitude of real numbers as a float, element by element; `absolute` keeps integers and takes complex.
    fabs(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = plain(reals::absolute, Never);
        for T in [Float Double]: (T) -> T = wide(reals::absolute, Never);
        (LongDouble) -> LongDouble = plain(reals::absolute, Never);
        (Object) -> Object = objects::method("fabs");
    }

    /// -1, 0 or 1, element by element; for complex numbers `x / |x|`. NaN stays NaN.
    sign(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T) -> T = wide(integers::sign, Never);
        (Half) -> Half = plain(reals::sign, Never);
        for T in [Float Double]: (T) -> T = wide(reals::sign, Never);
        (LongDouble) -> LongDouble = plain(reals::sign, Never);
        (Timedelta) -> Double = plain(ticks::sign, Never);
        for T in complexes: (T) -> T = plain(complexes::sign, Never);
        (Object) -> Object = objects::unary(UnaryOp::Sign);
    }

    /// The complex conjugate, element by element; real numbers are copied.
    conjugate(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T) -> T = wide(integers::same, Never);
        (Half) -> Half = plain(reals::same, Never);
        for T in [Float Double]: (T) -> T = wide(reals::same, Never);
        (LongDouble) -> LongDouble = plain(reals::same, Never);
        for T in complexes: (T) -> T = plain(complexes::conjugate, Never);
        (Object) -> Object = objects::method("conjugate");
    }

    /// `x * x`, element by element.
    square(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T) -> T = wide(integers::square, Never);
        (Half) -> Half = wide(halves::of_one(reals::square), Growth);
        for T in [Float Double]: (T) -> T = wide(reals::square, Growth);
        (LongDouble) -> LongDouble = plain(reals::square, Growth);
        for T in [CFloat CDouble]: (T) -> T = wide(complexes::square, Arithmetic);
        (CLongDouble) -> CLongDouble = plain(complexes::square, Arithmetic);
        (Object) -> Object = objects::unary(UnaryOp::Square);
    }

    /// `1 / x`, element by element; integers round toward zero, so that only 1 and -1 give anything.
    reciprocal(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T) -> T = plain(integers::reciprocal, IntegerInverse);
        (Half) -> Half = wide(halves::of_one(reals::reciprocal), Inverse);
        for T in [Float Double]: (T) -> T = wide(reals::reciprocal, Inverse);
        (LongDouble) -> LongDouble = plain(reals::reciprocal, Inverse);
        for T in complexes: (T) -> T = plain(complexes::reciprocal, ComplexInverse);
        (Object) -> Object = objects::unary(UnaryOp::Reciprocal);
    }

    /// The square root, element by element; NaN below zero for real numbers.
    ///
    /// Complex numbers have the root with a real part not below zero.
    sqrt(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = wide(halves::of_one(reals::sqrt), Arithmetic);
        for T in [Float Double Float Double]: (T) -> T = wide(reals::sqrt, Arithmetic);
        (LongDouble) -> LongDouble = plain(reals::sqrt, Arithmetic);
        for T in complexes: (T) -> T = plain(complex_math::sqrt, Arithmetic);
        (Object) -> Object = objects::method("sqrt");
    }

    /// The cube root, element by element; negative numbers have a negative one.
    cbrt(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = approximate(halves::of_one(root::cbrt_f32), halves::of_one(reals::cbrt), Never);
        (Float) -> Float = approximate(root::cbrt_f32, reals::cbrt, Never);
        (Double) -> Double = approximate(root::cbrt, reals::cbrt, Never);
        (Half) -> Half = approximate(halves::of_one(root::cbrt_f32), halves::of_one(reals::cbrt), Never);
        (Float) -> Float = approximate(root::cbrt_f32, reals::cbrt, Never);
        (Double) -> Double = approximate(root::cbrt, reals::cbrt, Never);
        (LongDouble) -> LongDouble = plain(reals::cbrt, Never);
        (Object) -> Object = objects::method("cbrt");
    }

    /// Fraction and integer part, element by element; both have the sign of `x`.
    modf(x) -> 2 {
        identity: None, reorderable: false, resolver: Default;
        for T in floats: (T) -> (T, T) = pairs::of_one(reals::modf);
    }

    /// Mantissa in ±[0.5, 1) and exponent of 2, element by element: `x == mantissa * 2**exponent`.
    frexp(x) -> 2 {
        identity: None, reorderable: false, resolver: Default;
        for T in floats: (T) -> (T, Int) = pairs::of_one(reals::frexp);
    }

    /// `x1 * 2**x2`, element by element; the inverse of `frexp`.
    ldexp(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half, Int) -> Half = binary::plain(reals::ldexp, Scaling);
        (Float, Int) -> Float = binary::plain(reals::ldexp, Scaling);
        (Half, Long) -> Half = binary::plain(reals::ldexp_long, Scaling);
        (Float, Long) -> Float = binary::plain(reals::ldexp_long, Scaling);
        (Double, Int) -> Double = binary::plain(reals::ldexp, Scaling);
        (Double, Long) -> Double = binary::plain(reals::ldexp_long, Scaling);
        (LongDouble, Int) -> LongDouble = binary::plain(reals::ldexp, Scaling);
        (LongDouble, Long) -> LongDouble = binary::plain(reals::ldexp_long, Scaling);
    }

    /// The greatest common divisor of the magnitudes, element by element; 0 where both are 0.
    gcd(x1, x2) -> 1 {
        identity: Zero, reorderable: true, resolver: Default;
        for T in ints: (T, T) -> T = binary::plain(integers::gcd, Never);
        (Object, Object) -> Object = objects::binary(BinaryOp::Gcd);
    }

    /// The least common multiple of the magnitudes, element by element; wraps around.
    lcm(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T, T) -> T = binary::plain(integers::lcm, Never);
        (Object, Object) -> Object = objects::binary(BinaryOp::Lcm);
    }

    /// 1 for every element: how ones of a dtype are made.
    _ones_like(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Bool) -> Bool = plain(booleans::always, Never);
        for T in ints: (T) -> T = plain(integers::one, Never);
        for T in floats: (T) -> T = plain(reals::one, Never);
        for T in complexes: (T) -> T = plain(complexes::one, Never);
        (Timedelta) -> Timedelta = plain(ticks::one, Never);
        (Datetime) -> Datetime = plain(ticks::one, Never);
        (Object) -> Object = objects::constant(1);
    }
}
