//! Truth and bits: `logical_and`, `bitwise_and`, shifts.

use numpy_rs_elements::object::{BinaryOp, UnaryOp};
use numpy_rs_kernels::events::Never;
use numpy_rs_kernels::fold::InOrder;
use numpy_rs_kernels::lanes::binary::{folding, plain, wide};
use numpy_rs_kernels::lanes::unary;
use numpy_rs_kernels::{booleans, complexes, integers, objects, reals};

use crate::codes::*;
use crate::declare::ufuncs;

ufuncs! {
    /// Whether both inputs are true, element by element; numbers are true when not zero, NaN included.
    logical_and(x1, x2) -> 1 {
        identity: True, reorderable: true, resolver: Logical;
        (Bool, Bool) -> Bool = folding(booleans::and, Never, InOrder);
        for T in ints: (T, T) -> Bool = wide(integers::logical_and, Never);
        (Half, Half) -> Bool = plain(reals::logical_and, Never);
        for T in [Float Double]: (T, T) -> Bool = wide(reals::logical_and, Never);
        (LongDouble, LongDouble) -> Bool = plain(reals::logical_and, Never);
        for T in complexes: (T, T) -> Bool = plain(complexes::logical_and, Never);
        (Object, Object) -> Object = objects::binary(BinaryOp::LogicalAnd);
    }

    /// Whether at least one input is true, element by element.
    logical_or(x1, x2) -> 1 {
        identity: False, reorderable: true, resolver: Logical;
        (Bool, Bool) -> Bool = folding(booleans::or, Never, InOrder);
        for T in ints: (T, T) -> Bool = wide(integers::logical_or, Never);
        (Half, Half) -> Bool = plain(reals::logical_or, Never);
        for T in [Float Double]: (T, T) -> Bool = wide(reals::logical_or, Never);
        (LongDouble, LongDouble) -> Bool = plain(reals::logical_or, Never);
        for T in complexes: (T, T) -> Bool = plain(complexes::logical_or, Never);
        (Object, Object) -> Object = objects::binary(BinaryOp::LogicalOr);
    }

    /// Whether just one input is true, element by element.
    logical_xor(x1, x2) -> 1 {
        identity: False, reorderable: true, resolver: Logical;
        (Bool, Bool) -> Bool = folding(booleans::xor, Never, InOrder);
        for T in ints: (T, T) -> Bool = wide(integers::logical_xor, Never);
        (Half, Half) -> Bool = plain(reals::logical_xor, Never);
        for T in [Float Double]: (T, T) -> Bool = wide(reals::logical_xor, Never);
        (LongDouble, LongDouble) -> Bool = plain(reals::logical_xor, Never);
        for T in complexes: (T, T) -> Bool = plain(complexes::logical_xor, Never);
        (Object, Object) -> Object = objects::method_of_two("logical_xor");
    }

    /// Whether the input is false, element by element.
    logical_not(x) -> 1 {
        identity: None, reorderable: false, resolver: Logical;
        (Bool) -> Bool = unary::wide(booleans::not, Never);
        for T in ints: (T) -> Bool = unary::wide(integers::logical_not, Never);
        (Half) -> Bool = unary::plain(reals::logical_not, Never);
        for T in [Float Double]: (T) -> Bool = unary::wide(reals::logical_not, Never);
        (LongDouble) -> Bool = unary::plain(reals::logical_not, Never);
        for T in complexes: (T) -> Bool = unary::plain(complexes::logical_not, Never);
        (Object) -> Object = objects::unary(UnaryOp::LogicalNot);
    }

    /// The bits set in both inputs, element by element.
    bitwise_and(x1, x2) -> 1 {
        identity: MinusOne, reorderable: true, resolver: Default;
        (Bool, Bool) -> Bool = folding(booleans::and, Never, InOrder);
        for T in ints: (T, T) -> T = folding(integers::bitwise_and, Never, InOrder);
        (Object, Object) -> Object = objects::binary(BinaryOp::BitwiseAnd);
    }

    /// The bits set in at least one input, element by element.
    bitwise_or(x1, x2) -> 1 {
        identity: Zero, reorderable: true, resolver: Default;
        (Bool, Bool) -> Bool = folding(booleans::or, Never, InOrder);
        for T in ints: (T, T) -> T = folding(integers::bitwise_or, Never, InOrder);
        (Object, Object) -> Object = objects::binary(BinaryOp::BitwiseOr);
    }

    /// The bits set in just one input, element by element.
    bitwise_xor(x1, x2) -> 1 {
        identity: Zero, reorderable: true, resolver: Default;
        (Bool, Bool) -> Bool = folding(booleans::xor, Never, InOrder);
        for T in ints: (T, T) -> T = folding(integers::bitwise_xor, Never, InOrder);
        (Object, Object) -> Object = objects::binary(BinaryOp::BitwiseXor);
    }

    /// Every bit flipped, element by element; "not" for bool.
    invert(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        (Bool) -> Bool = unary::wide(booleans::not, Never);
        for T in ints: (T) -> T = unary::wide(integers::invert, Never);
        (Object) -> Object = objects::unary(UnaryOp::Invert);
    }

    /// `x1` shifted left by `x2` bits, element by element; 0 where `x2` is negative or not below the width.
    left_shift(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T, T) -> T = wide(integers::left_shift, Never);
        (Object, Object) -> Object = objects::binary(BinaryOp::LeftShift);
    }

    /// `x1` shifted right by `x2` bits, element by element, keeping the sign.
    right_shift(x1, x2) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T, T) -> T = wide(integers::right_shift, Never);
        (Object, Object) -> Object = objects::binary(BinaryOp::RightShift);
    }

    /// The number of one bits in the magnitude, element by element.
    bitwise_count(x) -> 1 {
        identity: None, reorderable: false, resolver: Default;
        for T in ints: (T) -> UByte = unary::wide(integers::bitwise_count, Never);
        (Object) -> Object = objects::method("bit_count");
    }
}
