//! Type numbers as types, so that a row's signature is checked against its loop; and the classes that rows range over.

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_elements::{Complex, f16, object};

/// A type number with the element that its items are.
pub trait Code {
    /// What a loop reads and writes.
    type Element: Copy + 'static;
    /// NumPy's number.
    const NUM: TypeNum;
}

macro_rules! codes {
    ($($name:ident = $element:ty;)*) => {$(
        #[doc = concat!("`TypeNum::", stringify!($name), "` as a type.")]
        pub struct $name;
        impl Code for $name {
            type Element = $element;
            const NUM: TypeNum = TypeNum::$name;
        }
    )*};
}

codes! {
    Bool = numpy_rs_elements::Bool;
    Byte = i8;
    UByte = u8;
    Short = i16;
    UShort = u16;
    Int = i32;
    UInt = u32;
    Long = std::ffi::c_long;
    ULong = std::ffi::c_ulong;
    LongLong = i64;
    ULongLong = u64;
    Half = f16;
    Float = f32;
    Double = f64;
    LongDouble = numpy_rs_elements::LongDouble;
    CFloat = Complex<f32>;
    CDouble = Complex<f64>;
    CLongDouble = Complex<numpy_rs_elements::LongDouble>;
    Object = object::Object;
    Datetime = i64;
    Timedelta = i64;
}

/// The operands of a row: inputs, then outputs.
pub trait Signature {
    /// Their elements.
    type Elements;
    /// Their type numbers.
    const TYPES: &'static [TypeNum];
}

macro_rules! signatures {
    ($(($($t:ident),+);)*) => {$(
        impl<$($t: Code),+> Signature for ($($t,)+) {
            type Elements = ($($t::Element,)+);
            const TYPES: &'static [TypeNum] = &[$($t::NUM),+];
        }
    )*};
}

signatures! {
    (A, B);
    (A, B, C);
    (A, B, C, D);
}
