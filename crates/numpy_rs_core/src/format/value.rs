//! A floating-point number of any format on its way to text.

use super::decimal::{Binary, Magnitude};

/// A floating-point number on its way to text.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// Not a number.
    Nan,
    /// An infinity.
    Infinite {
        /// Whether it is the negative one.
        negative: bool,
    },
    /// A finite number.
    Finite {
        /// The sign bit.
        negative: bool,
        /// The rest.
        magnitude: Magnitude,
    },
}

impl From<f64> for Value {
    fn from(x: f64) -> Self {
        if x.is_nan() {
            Self::Nan
        } else if x.is_infinite() {
            Self::Infinite { negative: x < 0.0 }
        } else {
            Self::Finite {
                negative: x.is_sign_negative(),
                magnitude: Magnitude::F64(x.abs()),
            }
        }
    }
}

impl From<f32> for Value {
    fn from(x: f32) -> Self {
        if x.is_finite() {
            Self::Finite {
                negative: x.is_sign_negative(),
                magnitude: Magnitude::F32(x.abs()),
            }
        } else {
            f64::from(x).into()
        }
    }
}

impl Value {
    /// A half-precision number from its bits.
    pub fn from_f16_bits(bits: u16) -> Self {
        let (negative, biased, fraction) = (
            bits >> 15 == 1,
            i32::from(bits >> 10 & 31),
            u64::from(bits & 1023),
        );
        match biased {
            31 if fraction == 0 => Self::Infinite { negative },
            31 => Self::Nan,
            0 => Self::finite(negative, fraction, -24, false, 11),
            _ => Self::finite(
                negative,
                fraction | 1024,
                biased - 25,
                fraction == 0 && biased > 1,
                11,
            ),
        }
    }

    /// An x87 80-bit number from its sixteen stored bytes (the last six are padding).
    pub fn from_x87_bytes(bytes: [u8; 16]) -> Self {
        let mantissa = u64::from_le_bytes([
            bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
        ]);
        let top = u16::from_le_bytes([bytes[8], bytes[9]]);
        let (negative, biased) = (top >> 15 == 1, i32::from(top & 0x7fff));
        match biased {
            0x7fff if mantissa << 1 == 0 => Self::Infinite { negative },
            0x7fff => Self::Nan,
            0 => Self::finite(negative, mantissa, -16445, false, 64),
            _ => Self::finite(
                negative,
                mantissa,
                biased - 16446,
                mantissa << 1 == 0 && biased > 1,
                64,
            ),
        }
    }

    fn finite(
        negative: bool,
        mantissa: u64,
        exponent: i32,
        at_boundary: bool,
        precision: u32,
    ) -> Self {
        Self::Finite {
            negative,
            magnitude: Magnitude::Binary(Binary {
                mantissa,
                exponent,
                precision,
                at_boundary,
            }),
        }
    }
}
