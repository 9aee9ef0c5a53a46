//! The six comparisons.

use numpy_rs_elements::object::CompareOp;
use numpy_rs_kernels::events::{ComplexOrder, Never};
use numpy_rs_kernels::lanes::binary::{plain, wide};
use numpy_rs_kernels::{booleans, complexes, integers, objects, reals, ticks};

use crate::codes::*;
use crate::declare::ufuncs;

/// Each comparison has the same rows over another kernel of the same name.
macro_rules! comparisons {
    ($($(#[doc = $doc:literal])+ $name:ident $across:ident $back:ident $op:ident $order:ident;)*) => {
        ufuncs! {$(
            $(#[doc = $doc])+
            $name(x1, x2) -> 1 {
                identity: None, reorderable: false, resolver: Comparison;
                (Bool, Bool) -> Bool = wide(booleans::$name, Never);
                for T in ints: (T, T) -> Bool = wide(integers::$name, Never);
                (LongLong, ULongLong) -> Bool = plain(integers::$across, Never);
                (ULongLong, LongLong) -> Bool = plain(integers::$back, Never);
                (Half, Half) -> Bool = plain(reals::$name, Never);
                for T in [Float Double]: (T, T) -> Bool = wide(reals::$name, Never);
                (LongDouble, LongDouble) -> Bool = plain(reals::$name, Never);
                for T in complexes: (T, T) -> Bool = plain(complexes::$name, $order);
                (Datetime, Datetime) -> Bool = wide(ticks::$name, Never);
                (Timedelta, Timedelta) -> Bool = wide(ticks::$name, Never);
                (Object, Object) -> Bool = objects::test(CompareOp::$op);
                (Object, Object) -> Object = objects::compare(CompareOp::$op);
            }
        )*
        }
    };
}

comparisons! {
    /// Whether the inputs are equal, element by element; NaN and NaT equal nothing.
    equal equal_signed_unsigned equal_unsigned_signed Equal Never;
    /// Whether the inputs differ, element by element; NaN and NaT differ from everything.
    not_equal not_equal_signed_unsigned not_equal_unsigned_signed NotEqual Never;
    /// Whether `x1 < x2`, element by element.
    less less_signed_unsigned less_unsigned_signed Less ComplexOrder;
    /// Whether `x1 <= x2`, element by element.
    less_equal less_equal_signed_unsigned less_equal_unsigned_signed LessEqual ComplexOrder;
    /// Whether `x1 > x2`, element by element.
    greater greater_signed_unsigned greater_unsigned_signed Greater ComplexOrder;
    /// Whether `x1 >= x2`, element by element.
    greater_equal greater_equal_signed_unsigned greater_equal_unsigned_signed GreaterEqual ComplexOrder;
}
