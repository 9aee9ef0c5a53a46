//! Rust's operators on arrays and numbers; each answers a `Result`, since shapes and dtypes are known at run time.

use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Not, Rem, Shl, Shr, Sub};

use numpy_rs_core::error::Result;

use crate::array::Array;
use crate::ufuncs::{Input, call_one, named};

macro_rules! operators {
    ($($trait:ident $method:ident = $ufunc:literal;)*) => {
        $(
            impl $trait<&Array> for &Array {
                type Output = Result<Array>;
                fn $method(self, other: &Array) -> Result<Array> {
                    call_one(named($ufunc), &[self.into(), other.into()])
                }
            }

            impl $trait<f64> for &Array {
                type Output = Result<Array>;
                fn $method(self, other: f64) -> Result<Array> {
                    call_one(named($ufunc), &[self.into(), Input::float(other)?])
                }
            }

            impl $trait<i64> for &Array {
                type Output = Result<Array>;
                fn $method(self, other: i64) -> Result<Array> {
                    call_one(named($ufunc), &[self.into(), Input::int(other)?])
                }
            }

            impl $trait<&Array> for f64 {
                type Output = Result<Array>;
                fn $method(self, other: &Array) -> Result<Array> {
                    call_one(named($ufunc), &[Input::float(self)?, other.into()])
                }
            }
        )*
    };
}

operators! {
    Add add = "add";
    Sub sub = "subtract";
    Mul mul = "multiply";
    Div div = "divide";
    Rem rem = "remainder";
    BitAnd bitand = "bitwise_and";
    BitOr bitor = "bitwise_or";
    BitXor bitxor = "bitwise_xor";
    Shl shl = "left_shift";
    Shr shr = "right_shift";
}

impl Neg for &Array {
    type Output = Result<Array>;
    fn neg(self) -> Result<Array> {
        call_one(named("negative"), &[self.into()])
    }
}

impl Not for &Array {
    type Output = Result<Array>;
    fn not(self) -> Result<Array> {
        call_one(named("invert"), &[self.into()])
    }
}
