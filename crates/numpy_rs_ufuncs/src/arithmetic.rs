//! `add` and its family: sums, products, quotients, remainders.

use numpy_rs_elements::object::BinaryOp;
use numpy_rs_kernels::events::{
    Arithmetic, ComplexProduct, ComplexQuotient, FloorQuotient, IntegerQuotient, IntegerRest,
    Never, Product, Quotient, SpanOverFloat, SpanRatio, SpanRest,
};
use numpy_rs_kernels::fold::{InOrder, InOrderWatched, Pairwise};
use numpy_rs_kernels::lanes::binary::{approximate_within, folding, plain, plain_folding, wide};
use numpy_rs_kernels::lanes::pairs::of_two;
use numpy_rs_kernels::{booleans, complexes, division, halves, integers, objects, reals, ticks};

use crate::codes::*;
use crate::declare::ufuncs;

ufuncs! {
    /// The sum of the inputs, element by element.
    ///
    /// Integers wrap around; for bool it is "or". Dates take spans, strings are not served here.
    add(x1, x2) -> 1 {
        identity: Zero, reorderable: true, resolver: Default;
        (Bool, Bool) -> Bool = folding(booleans::or, Never, InOrder);
        for T in ints: (T, T) -> T = folding(integers::add, Never, InOrder);
        (Half, Half) -> Half = folding(halves::of_two(reals::add), Arithmetic, Pairwise);
        for T in [Float Double]: (T, T) -> T = folding(reals::add, Arithmetic, Pairwise);
        (LongDouble, LongDouble) -> LongDouble = plain_folding(reals::add, Arithmetic, Pairwise);
        for T in [CFloat CDouble]: (T, T) -> T = folding(complexes::add, Arithmetic, Pairwise);
        (CLongDouble, CLongDouble) -> CLongDouble = plain_folding(complexes::add, Arithmetic, Pairwise);
        (Datetime, Timedelta) -> Datetime = plain(ticks::add, Never);
        (Timedelta, Timedelta) -> Timedelta = folding(ticks::add, Never, InOrder);
        (Timedelta, Datetime) -> Datetime = plain(ticks::add, Never);
        (Object, Object) -> Object = objects::binary(BinaryOp::Add);
    }

    /// The first input minus the second, element by element.
    ///
    /// Integers wrap around. Bool has no difference: `logical_xor` or `bitwise_xor` is meant there.
    subtract(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T, T) -> T = folding(integers::subtract, Never, InOrder);
        (Half, Half) -> Half = wide(halves::of_two(reals::subtract), Arithmetic);
        for T in [Float Double]: (T, T) -> T = folding(reals::subtract, Arithmetic, InOrderWatched);
        (LongDouble, LongDouble) -> LongDouble = plain(reals::subtract, Arithmetic);
        for T in [CFloat CDouble]: (T, T) -> T = wide(complexes::subtract, Arithmetic);
        (CLongDouble, CLongDouble) -> CLongDouble = plain(complexes::subtract, Arithmetic);
        (Datetime, Timedelta) -> Datetime = plain(ticks::subtract, Never);
        (Timedelta, Timedelta) -> Timedelta = wide(ticks::subtract, Never);
        (Datetime, Datetime) -> Timedelta = plain(ticks::subtract, Never);
        (Object, Object) -> Object = objects::binary(BinaryOp::Subtract);
    }

    /// The product of the inputs, element by element.
    ///
    /// Integers wrap around; for bool it is "and".
    multiply(x1, x2) -> 1 {
        identity: One, reorderable: true, resolver: Default;
        (Bool, Bool) -> Bool = folding(booleans::and, Never, InOrder);
        for T in ints: (T, T) -> T = folding(integers::multiply, Never, InOrder);
        (Half, Half) -> Half = folding(halves::of_two(reals::multiply), Product, InOrderWatched);
        for T in [Float Double]: (T, T) -> T = folding(reals::multiply, Product, InOrderWatched);
        (LongDouble, LongDouble) -> LongDouble = plain_folding(reals::multiply, Product, InOrderWatched);
        for T in [CFloat CDouble]: (T, T) -> T = folding(complexes::multiply, ComplexProduct, InOrderWatched);
        (CLongDouble, CLongDouble) -> CLongDouble = plain_folding(complexes::multiply, ComplexProduct, InOrderWatched);
        (Timedelta, LongLong) -> Timedelta = plain(ticks::multiply_integer, Never);
        (LongLong, Timedelta) -> Timedelta = plain(ticks::integer_multiply, Never);
        (Timedelta, Double) -> Timedelta = plain(ticks::multiply_float, Never);
        (Double, Timedelta) -> Timedelta = plain(ticks::float_multiply, Never);
        (Object, Object) -> Object = objects::binary(BinaryOp::Multiply);
    }

    /// The first input divided by the second, element by element; integers and bool divide as float64.
    ///
    /// A number over zero is an infinity, zero over zero is NaN.
    divide(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: TrueDivide;
        (Half, Half) -> Half = wide(halves::of_two(reals::divide), Quotient);
        for T in [Float Double]: (T, T) -> T = wide(reals::divide, Quotient);
        (LongDouble, LongDouble) -> LongDouble = plain(reals::divide, Quotient);
        for T in complexes: (T, T) -> T = plain(complexes::divide, ComplexQuotient);
        (Timedelta, LongLong) -> Timedelta = plain(ticks::divide_integer, SpanRest);
        (Timedelta, Double) -> Timedelta = plain(ticks::divide_float, SpanOverFloat);
        (Timedelta, Timedelta) -> Double = plain(ticks::divide, SpanRatio);
        (Object, Object) -> Object = objects::binary(BinaryOp::TrueDivide);
    }

    /// The greatest whole number not above `x1 / x2`, element by element.
    ///
    /// `x1 == floor_divide(x1, x2) * x2 + remainder(x1, x2)` up to rounding. Integers divided by zero give 0.
    floor_divide(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T, T) -> T = approximate_within(division::floor_divide, integers::floor_divide, division::is_far, IntegerQuotient);
        (Half, Half) -> Half = plain(halves::of_two(reals::floor_divide), FloorQuotient);
        for T in [Float Double LongDouble]: (T, T) -> T = plain(reals::floor_divide, FloorQuotient);
        (Timedelta, LongLong) -> Timedelta = plain(ticks::divide_integer, SpanRest);
        (Timedelta, Double) -> Timedelta = plain(ticks::divide_float, SpanOverFloat);
        (Timedelta, Timedelta) -> LongLong = plain(ticks::floor_divide, SpanRatio);
        (Object, Object) -> Object = objects::binary(BinaryOp::FloorDivide);
    }

    /// What is left of `x1` after whole multiples of `x2`, with the sign of `x2`, element by element.
    ///
    /// This is Python's `%`; `fmod` keeps the sign of `x1`. Integers divided by zero give 0, floats NaN.
    remainder(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T, T) -> T = approximate_within(division::remainder, integers::remainder, division::is_far, IntegerRest);
        (Half, Half) -> Half = plain(halves::of_two(reals::remainder), Arithmetic);
        for T in [Float Double LongDouble]: (T, T) -> T = plain(reals::remainder, Arithmetic);
        (Timedelta, Timedelta) -> Timedelta = plain(ticks::remainder, SpanRest);
        (Object, Object) -> Object = objects::binary(BinaryOp::Remainder);
    }

    /// Floor quotient and remainder at once: `(x1 // x2, x1 % x2)`, element by element.
    divmod(x1, x2) -> 2 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T, T) -> (T, T) = of_two(integers::divmod, IntegerQuotient, IntegerRest);
        (Half, Half) -> (Half, Half) = of_two(halves::pair_of_two(reals::divmod), FloorQuotient, Arithmetic);
        for T in [Float Double LongDouble]: (T, T) -> (T, T) = of_two(reals::divmod, FloorQuotient, Arithmetic);
        (Timedelta, Timedelta) -> (LongLong, Timedelta) = of_two(ticks::divmod, SpanRatio, SpanRest);
    }

    /// What is left of `x1` after whole multiples of `x2`, with the sign of `x1`, element by element.
    ///
    /// This is C's `fmod`; `remainder` keeps the sign of `x2`.
    fmod(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T, T) -> T = approximate_within(division::fmod, integers::fmod, division::is_far, IntegerRest);
        for T in floats: (T, T) -> T = plain(reals::fmod, Arithmetic);
        (Object, Object) -> Object = objects::method_of_two("fmod");
    }
}
