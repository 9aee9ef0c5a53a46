//! Exponentials, logarithms and powers.

use numpy_rs_elements::object::BinaryOp;
use numpy_rs_kernels::events::{Arithmetic, Growth, Ordered, Pole, Power};
use numpy_rs_kernels::lanes::binary;
use numpy_rs_kernels::lanes::unary::{approximate, approximate_usual, plain};
use numpy_rs_kernels::math::{exponential, logarithm};
use numpy_rs_kernels::{complex_math, halves, integers, objects, reals};

use crate::codes::*;
use crate::declare::ufuncs;

ufuncs! {
    /// `e ** x`, element by element.
    exp(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = approximate(halves::of_one(exponential::exp_f32), halves::of_one(reals::exp), Growth);
        (Float) -> Float = approximate(exponential::exp_f32, reals::exp, Growth);
        (Double) -> Double = approximate(exponential::exp, reals::exp, Growth);
        (Float) -> Float = approximate(exponential::exp_f32, reals::exp, Growth);
        (Double) -> Double = approximate(exponential::exp, reals::exp, Growth);
        (LongDouble) -> LongDouble = plain(reals::exp, Growth);
        for T in complexes: (T) -> T = plain(complex_math::exp, Arithmetic);
        (Object) -> Object = objects::method("exp");
    }

    /// `2 ** x`, element by element.
    exp2(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = approximate(halves::of_one(exponential::exp2_f32), halves::of_one(reals::exp2), Growth);
        (Float) -> Float = approximate(exponential::exp2_f32, reals::exp2, Growth);
        (Double) -> Double = approximate(exponential::exp2, reals::exp2, Growth);
        (Half) -> Half = approximate(halves::of_one(exponential::exp2_f32), halves::of_one(reals::exp2), Growth);
        (Float) -> Float = approximate(exponential::exp2_f32, reals::exp2, Growth);
        (Double) -> Double = approximate(exponential::exp2, reals::exp2, Growth);
        (LongDouble) -> LongDouble = plain(reals::exp2, Growth);
        for T in complexes: (T) -> T = plain(complex_math::exp2, Arithmetic);
        (Object) -> Object = objects::method("exp2");
    }

    /// `exp(x) - 1`, element by element, exact for small `x`.
    expm1(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = approximate(halves::of_one(exponential::expm1_f32), halves::of_one(reals::expm1), Arithmetic);
        (Float) -> Float = approximate(exponential::expm1_f32, reals::expm1, Arithmetic);
        (Double) -> Double = approximate(exponential::expm1, reals::expm1, Arithmetic);
        (Half) -> Half = approximate(halves::of_one(exponential::expm1_f32), halves::of_one(reals::expm1), Arithmetic);
        (Float) -> Float = approximate(exponential::expm1_f32, reals::expm1, Arithmetic);
        (Double) -> Double = approximate(exponential::expm1, reals::expm1, Arithmetic);
        (LongDouble) -> LongDouble = plain(reals::expm1, Arithmetic);
        for T in complexes: (T) -> T = plain(complex_math::expm1, Arithmetic);
        (Object) -> Object = objects::method("expm1");
    }

    /// The natural logarithm, element by element: `-inf` at 0, NaN below for real numbers.
    ///
    /// Complex numbers have an imaginary part in (-pi, pi].
    log(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = approximate(halves::of_one(logarithm::log_f32), halves::of_one(reals::log), Pole);
        (Float) -> Float = approximate_usual(logarithm::log_of_normal_f32, logarithm::log_f32, logarithm::is_unusual_f32, reals::log, Pole);
        (Double) -> Double = approximate_usual(logarithm::log_of_normal, logarithm::log, logarithm::is_unusual, reals::log, Pole);
        (Float) -> Float = approximate_usual(logarithm::log_of_normal_f32, logarithm::log_f32, logarithm::is_unusual_f32, reals::log, Pole);
        (Double) -> Double = approximate_usual(logarithm::log_of_normal, logarithm::log, logarithm::is_unusual, reals::log, Pole);
        (LongDouble) -> LongDouble = plain(reals::log, Pole);
        for T in complexes: (T) -> T = plain(complex_math::log, Pole);
        (Object) -> Object = objects::method("log");
    }

    /// The logarithm to base 2, element by element.
    log2(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = approximate(halves::of_one(logarithm::log2_f32), halves::of_one(reals::log2), Pole);
        (Float) -> Float = approximate_usual(logarithm::log2_of_normal_f32, logarithm::log2_f32, logarithm::is_unusual_f32, reals::log2, Pole);
        (Double) -> Double = approximate_usual(logarithm::log2_of_normal, logarithm::log2, logarithm::is_unusual, reals::log2, Pole);
        (Half) -> Half = approximate(halves::of_one(logarithm::log2_f32), halves::of_one(reals::log2), Pole);
        (Float) -> Float = approximate_usual(logarithm::log2_of_normal_f32, logarithm::log2_f32, logarithm::is_unusual_f32, reals::log2, Pole);
        (Double) -> Double = approximate_usual(logarithm::log2_of_normal, logarithm::log2, logarithm::is_unusual, reals::log2, Pole);
        (LongDouble) -> LongDouble = plain(reals::log2, Pole);
        for T in complexes: (T) -> T = plain(complex_math::log2, Pole);
        (Object) -> Object = objects::method("log2");
    }

    /// The logarithm to base 10, element by element.
    log10(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = approximate(halves::of_one(logarithm::log10_f32), halves::of_one(reals::log10), Pole);
        (Float) -> Float = approximate_usual(logarithm::log10_of_normal_f32, logarithm::log10_f32, logarithm::is_unusual_f32, reals::log10, Pole);
        (Double) -> Double = approximate_usual(logarithm::log10_of_normal, logarithm::log10, logarithm::is_unusual, reals::log10, Pole);
        (Half) -> Half = approximate(halves::of_one(logarithm::log10_f32), halves::of_one(reals::log10), Pole);
        (Float) -> Float = approximate_usual(logarithm::log10_of_normal_f32, logarithm::log10_f32, logarithm::is_unusual_f32, reals::log10, Pole);
        (Double) -> Double = approximate_usual(logarithm::log10_of_normal, logarithm::log10, logarithm::is_unusual, reals::log10, Pole);
        (LongDouble) -> LongDouble = plain(reals::log10, Pole);
        for T in complexes: (T) -> T = plain(complex_math::log10, Pole);
        (Object) -> Object = objects::method("log10");
    }

    /// `log(1 + x)`, element by element, exact for small `x`.
    log1p(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = approximate(halves::of_one(logarithm::log1p_f32), halves::of_one(reals::log1p), Pole);
        (Float) -> Float = approximate_usual(logarithm::log1p_of_normal_f32, logarithm::log1p_f32, logarithm::is_unusual_after_one_f32, reals::log1p, Pole);
        (Double) -> Double = approximate_usual(logarithm::log1p_of_normal, logarithm::log1p, logarithm::is_unusual_after_one, reals::log1p, Pole);
        (Half) -> Half = approximate(halves::of_one(logarithm::log1p_f32), halves::of_one(reals::log1p), Pole);
        (Float) -> Float = approximate_usual(logarithm::log1p_of_normal_f32, logarithm::log1p_f32, logarithm::is_unusual_after_one_f32, reals::log1p, Pole);
        (Double) -> Double = approximate_usual(logarithm::log1p_of_normal, logarithm::log1p, logarithm::is_unusual_after_one, reals::log1p, Pole);
        (LongDouble) -> LongDouble = plain(reals::log1p, Pole);
        for T in complexes: (T) -> T = plain(complex_math::log1p, Pole);
        (Object) -> Object = objects::method("log1p");
    }

    /// `log(exp(x1) + exp(x2))`, element by element, without overflow.
    logaddexp(x1, x2) -> 1 {
        identity: NegInf, reorderable: true, resolver: Default;
        (Half, Half) -> Half = binary::plain(halves::of_two(reals::logaddexp), Ordered);
        for T in [Float Double LongDouble]: (T, T) -> T = binary::plain(reals::logaddexp, Ordered);
    }

    /// `log2(2**x1 + 2**x2)`, element by element, without overflow.
    logaddexp2(x1, x2) -> 1 {
        identity: NegInf, reorderable: true, resolver: Default;
        (Half, Half) -> Half = binary::plain(halves::of_two(reals::logaddexp2), Ordered);
        for T in [Float Double LongDouble]: (T, T) -> T = binary::plain(reals::logaddexp2, Ordered);
    }

    /// `x1 ** x2`, element by element.
    ///
    /// Integers wrap around and refuse negative exponents; a negative float to a fraction is NaN.
    power(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T, T) -> T = binary::guarded(integers::power, integers::refuse_negative_powers);
        (Half, Half) -> Half = binary::plain(reals::power, Power);
        (Float, Float) -> Float = binary::approximate_within(logarithm::power_f32, reals::power, logarithm::power_is_far_f32, Power);
        (Double, Double) -> Double = binary::approximate_within(logarithm::power, reals::power, logarithm::power_is_far, Power);
        (Half, Half) -> Half = binary::plain(reals::power, Power);
        (Float, Float) -> Float = binary::approximate_within(logarithm::power_f32, reals::power, logarithm::power_is_far_f32, Power);
        (Double, Double) -> Double = binary::approximate_within(logarithm::power, reals::power, logarithm::power_is_far, Power);
        (LongDouble, LongDouble) -> LongDouble = binary::plain(reals::power, Power);
        for T in complexes: (T, T) -> T = binary::plain(complex_math::power, Power);
        (Object, Object) -> Object = objects::binary(BinaryOp::Power);
    }

    /// `x1 ** x2` in float64 at least, element by element; integers may have negative exponents here.
    float_power(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Double, Double) -> Double = binary::approximate_within(logarithm::power, reals::power, logarithm::power_is_far, Power);
        (LongDouble, LongDouble) -> LongDouble = binary::plain(reals::power, Power);
        for T in [CDouble CLongDouble]: (T, T) -> T = binary::plain(complex_math::power, Power);
    }
}
