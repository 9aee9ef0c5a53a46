//! The functions that keep the greater or the lesser.

use numpy_rs_elements::object::BinaryOp;
use numpy_rs_kernels::events::Never;
use numpy_rs_kernels::fold::{InOrder, Reordered};
use numpy_rs_kernels::lanes::binary::{folding, plain, plain_folding};
use numpy_rs_kernels::lanes::ternary;
use numpy_rs_kernels::{booleans, complexes, integers, objects, reals, ticks};

use crate::codes::*;
use crate::declare::ufuncs;

ufuncs! {
    /// The greater of the inputs, element by element; NaN where either is.
    ///
    /// Complex numbers are ordered by real part, then by imaginary part. `fmax` passes over NaN.
    maximum(x1, x2) -> 1 {
        identity: None, reorderable: true, resolver: Default;
        (Bool, Bool) -> Bool = folding(booleans::or, Never, InOrder);
        for T in ints: (T, T) -> T = folding(integers::maximum, Never, InOrder);
        (Half, Half) -> Half = plain(reals::maximum, Never);
        for T in [Float Double]: (T, T) -> T = folding(reals::maximum, Never, Reordered);
        (LongDouble, LongDouble) -> LongDouble = plain(reals::maximum, Never);
        for T in complexes: (T, T) -> T = plain(complexes::maximum, Never);
        for T in [Timedelta Datetime]: (T, T) -> T = folding(ticks::maximum, Never, InOrder);
        (Object, Object) -> Object = objects::binary(BinaryOp::Maximum);
    }

    /// The lesser of the inputs, element by element; NaN where either is.
    ///
    /// Complex numbers are ordered by real part, then by imaginary part. `fmin` passes over NaN.
    minimum(x1, x2) -> 1 {
        identity: None, reorderable: true, resolver: Default;
        (Bool, Bool) -> Bool = folding(booleans::and, Never, InOrder);
        for T in ints: (T, T) -> T = folding(integers::minimum, Never, InOrder);
        (Half, Half) -> Half = plain(reals::minimum, Never);
        for T in [Float Double]: (T, T) -> T = folding(reals::minimum, Never, Reordered);
        (LongDouble, LongDouble) -> LongDouble = plain(reals::minimum, Never);
        for T in complexes: (T, T) -> T = plain(complexes::minimum, Never);
        for T in [Timedelta Datetime]: (T, T) -> T = folding(ticks::minimum, Never, InOrder);
        (Object, Object) -> Object = objects::binary(BinaryOp::Minimum);
    }

    /// The greater of the inputs, element by element; NaN only where both are.
    fmax(x1, x2) -> 1 {
        identity: None, reorderable: true, resolver: Default;
        (Bool, Bool) -> Bool = folding(booleans::or, Never, InOrder);
        for T in ints: (T, T) -> T = folding(integers::maximum, Never, InOrder);
        (Half, Half) -> Half = plain(reals::fmax, Never);
        for T in [Float Double]: (T, T) -> T = folding(reals::fmax, Never, Reordered);
        (LongDouble, LongDouble) -> LongDouble = plain(reals::fmax, Never);
        for T in complexes: (T, T) -> T = plain(complexes::fmax, Never);
        for T in [Timedelta Datetime]: (T, T) -> T = plain_folding(ticks::fmax, Never, InOrder);
        (Object, Object) -> Object = objects::binary(BinaryOp::Maximum);
    }

    /// The lesser of the inputs, element by element; NaN only where both are.
    fmin(x1, x2) -> 1 {
        identity: None, reorderable: true, resolver: Default;
        (Bool, Bool) -> Bool = folding(booleans::and, Never, InOrder);
        for T in ints: (T, T) -> T = folding(integers::minimum, Never, InOrder);
        (Half, Half) -> Half = plain(reals::fmin, Never);
        for T in [Float Double]: (T, T) -> T = folding(reals::fmin, Never, Reordered);
        (LongDouble, LongDouble) -> LongDouble = plain(reals::fmin, Never);
        for T in complexes: (T, T) -> T = plain(complexes::fmin, Never);
        for T in [Timedelta Datetime]: (T, T) -> T = plain_folding(ticks::fmin, Never, InOrder);
        (Object, Object) -> Object = objects::binary(BinaryOp::Minimum);
    }

    /// `x` held between `min` and `max`, element by element: `minimum(maximum(x, min), max)`.
    ///
    /// The upper bound wins where the bounds cross; NaN anywhere gives NaN.
    clip(x, min, max) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Bool, Bool, Bool) -> Bool = ternary::plain(booleans::clip);
        for T in ints: (T, T, T) -> T = ternary::wide(integers::clip);
        (Half, Half, Half) -> Half = ternary::plain(reals::clip);
        for T in [Float Double]: (T, T, T) -> T = ternary::wide(reals::clip);
        (LongDouble, LongDouble, LongDouble) -> LongDouble = ternary::plain(reals::clip);
        for T in complexes: (T, T, T) -> T = ternary::plain(complexes::clip);
        for T in [Timedelta Datetime]: (T, T, T) -> T = ternary::plain(ticks::clip);
        (Object, Object, Object) -> Object = objects::clip();
    }
}
