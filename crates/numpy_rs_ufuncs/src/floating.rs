//! Facts about floating numbers: kinds, signs, neighbours.

use numpy_rs_kernels::events::{Never, Ordered, OverflowOnly};
use numpy_rs_kernels::lanes::binary;
use numpy_rs_kernels::lanes::unary::{plain, wide};
use numpy_rs_kernels::{booleans, complexes, halves, reals, ticks};

use crate::codes::*;
use crate::declare::ufuncs;

ufuncs! {
    /// Whether each element is NaN, or NaT; false for integers.
    isnan(x) -> 1 {
        identity: None, reorderable: false, resolver: Unary;
        (Bool) -> Bool = plain(booleans::never, Never);
        for T in ints: (T) -> Bool = plain(booleans::never, Never);
        (Half) -> Bool = plain(reals::isnan, Never);
        for T in [Float Double]: (T) -> Bool = wide(reals::isnan, Never);
        (LongDouble) -> Bool = plain(reals::isnan, Never);
        for T in complexes: (T) -> Bool = plain(complexes::isnan, Never);
        for T in [Timedelta Datetime]: (T) -> Bool = wide(ticks::isnat, Never);
    }

    /// Whether each element is an infinity.
    isinf(x) -> 1 {
        identity: None, reorderable: false, resolver: Unary;
        (Bool) -> Bool = plain(booleans::never, Never);
        for T in ints: (T) -> Bool = plain(booleans::never, Never);
        (Half) -> Bool = plain(reals::isinf, Never);
        for T in [Float Double]: (T) -> Bool = wide(reals::isinf, Never);
        (LongDouble) -> Bool = plain(reals::isinf, Never);
        for T in complexes: (T) -> Bool = plain(complexes::isinf, Never);
        for T in [Timedelta Datetime]: (T) -> Bool = plain(booleans::never, Never);
    }

    /// Whether each element is a number or a time: no infinity, no NaN, no NaT.
    isfinite(x) -> 1 {
        identity: None, reorderable: false, resolver: Unary;
        (Bool) -> Bool = plain(booleans::always, Never);
        for T in ints: (T) -> Bool = plain(booleans::always, Never);
        (Half) -> Bool = plain(reals::isfinite, Never);
        for T in [Float Double]: (T) -> Bool = wide(reals::isfinite, Never);
        (LongDouble) -> Bool = plain(reals::isfinite, Never);
        for T in complexes: (T) -> Bool = plain(complexes::isfinite, Never);
        for T in [Timedelta Datetime]: (T) -> Bool = wide(ticks::isfinite, Never);
    }

    /// Whether each element is NaT, of dates and spans only.
    isnat(x) -> 1 {
        identity: None, reorderable: false, resolver: Unary;
        for T in [Datetime Timedelta]: (T) -> Bool = wide(ticks::isnat, Never);
    }

    /// Whether the sign bit is set, element by element; true for -0.0.
    signbit(x) -> 1 {
        identity: None, reorderable: false, resolver: Unary;
        (Half) -> Bool = plain(reals::signbit, Never);
        for T in [Float Double]: (T) -> Bool = wide(reals::signbit, Never);
        (LongDouble) -> Bool = plain(reals::signbit, Never);
    }

    /// The magnitude of `x1` with the sign of `x2`, element by element.
    copysign(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half, Half) -> Half = binary::plain(reals::copysign, Never);
        for T in [Float Double]: (T, T) -> T = binary::wide(reals::copysign, Never);
        (LongDouble, LongDouble) -> LongDouble = binary::plain(reals::copysign, Never);
    }

    /// The next floating number after `x1` toward `x2`, element by element.
    nextafter(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in floats: (T, T) -> T = binary::plain(reals::nextafter, OverflowOnly);
    }

    /// The distance from `x` to the next floating number away from zero, element by element.
    spacing(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Half) -> Half = plain(halves::spacing, Ordered);
        for T in [Float Double LongDouble]: (T) -> T = plain(reals::spacing, OverflowOnly);
    }

    /// The step function: 0 below zero, `x2` at zero, 1 above, element by element.
    heaviside(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in floats: (T, T) -> T = binary::plain(reals::heaviside, Never);
    }
}
