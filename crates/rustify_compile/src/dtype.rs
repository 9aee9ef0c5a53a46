//! The dtypes that are translated, and how NumPy combines them (NEP 50).

/// What arrays hold, as far as it is translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `bool`.
    Bool8,
    /// `int8`.
    Int8,
    /// `int16`.
    Int16,
    /// `int32`.
    Int32,
    /// `int64`.
    Int64,
    /// `uint8`.
    UInt8,
    /// `uint16`.
    UInt16,
    /// `uint32`.
    UInt32,
    /// `uint64`.
    UInt64,
    /// `float32`.
    Float32,
    /// `float64`.
    Float64,
    /// `complex64`.
    Complex64,
    /// `complex128`.
    Complex128,
}

/// What a dtype is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Truth values.
    Bool,
    /// Whole numbers without sign.
    Unsigned,
    /// Whole numbers.
    Signed,
    /// Floating point.
    Float,
    /// Pairs of floats.
    Complex,
}

use Scalar::{
    Bool8, Complex64, Complex128, Float32, Float64, Int8, Int16, Int32, Int64, UInt8, UInt16,
    UInt32, UInt64,
};

impl Scalar {
    /// By the name that NumPy prints, or by one of its others.
    pub fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "bool" | "bool_" => Bool8,
            "int8" => Int8,
            "int16" => Int16,
            "int32" => Int32,
            "int64" | "int" | "int_" | "intp" => Int64,
            "uint8" => UInt8,
            "uint16" => UInt16,
            "uint32" => UInt32,
            "uint64" | "uintp" => UInt64,
            "float32" | "single" => Float32,
            "float64" | "float" | "double" => Float64,
            "complex64" => Complex64,
            "complex128" | "complex" => Complex128,
            _ => return None,
        })
    }

    /// The type of an item in memory.
    pub fn element(self) -> &'static str {
        match self {
            Bool8 => "Flag",
            Int8 => "i8",
            Int16 => "i16",
            Int32 => "i32",
            Int64 => "i64",
            UInt8 => "u8",
            UInt16 => "u16",
            UInt32 => "u32",
            UInt64 => "u64",
            Float32 => "f32",
            Float64 => "f64",
            Complex64 => "Complex8",
            Complex128 => "Complex",
        }
    }

    /// The type of the scalar in the support source.
    pub fn rust(self) -> &'static str {
        match self {
            Bool8 => "Bool8",
            Int8 => "Int8",
            Int16 => "Int16",
            Int32 => "Int32",
            Int64 => "Int64",
            UInt8 => "UInt8",
            UInt16 => "UInt16",
            UInt32 => "UInt32",
            UInt64 => "UInt64",
            Float32 => "Float32",
            Float64 => "Float64",
            Complex64 => "Complex64",
            Complex128 => "Complex128",
        }
    }

    /// The letter in the type tables of ufuncs.
    pub fn code(self) -> char {
        match self {
            Bool8 => '?',
            Int8 => 'b',
            Int16 => 'h',
            Int32 => 'i',
            Int64 => 'l',
            UInt8 => 'B',
            UInt16 => 'H',
            UInt32 => 'I',
            UInt64 => 'L',
            Float32 => 'f',
            Float64 => 'd',
            Complex64 => 'F',
            Complex128 => 'D',
        }
    }

    /// What it is for.
    pub fn kind(self) -> Kind {
        match self {
            Bool8 => Kind::Bool,
            UInt8 | UInt16 | UInt32 | UInt64 => Kind::Unsigned,
            Int8 | Int16 | Int32 | Int64 => Kind::Signed,
            Float32 | Float64 => Kind::Float,
            Complex64 | Complex128 => Kind::Complex,
        }
    }

    /// Whether it holds whole numbers.
    pub fn is_int(self) -> bool {
        matches!(self.kind(), Kind::Signed | Kind::Unsigned)
    }

    /// Whether it holds floats.
    pub fn is_float(self) -> bool {
        self.kind() == Kind::Float
    }

    /// Whether it holds complex numbers.
    pub fn is_complex(self) -> bool {
        self.kind() == Kind::Complex
    }

    /// Bytes of an item.
    pub fn width(self) -> usize {
        match self {
            Bool8 | Int8 | UInt8 => 1,
            Int16 | UInt16 => 2,
            Int32 | UInt32 | Float32 => 4,
            Int64 | UInt64 | Float64 | Complex64 => 8,
            Complex128 => 16,
        }
    }

    /// The parts of complex numbers, or the type itself.
    pub fn real(self) -> Self {
        match self {
            Complex64 => Float32,
            Complex128 => Float64,
            other => other,
        }
    }

    /// The dtype of both together.
    pub fn promote(self, other: Self) -> Self {
        let (a, b) = if self.kind() <= other.kind() {
            (self, other)
        } else {
            (other, self)
        };
        let wider = |a: Self, b: Self| if a.width() >= b.width() { a } else { b };
        match (a.kind(), b.kind()) {
            (Kind::Bool, _) => b,
            (x, y) if x == y => wider(a, b),
            (Kind::Unsigned, Kind::Signed) => {
                if b.width() > a.width() {
                    b
                } else {
                    match a {
                        UInt8 => Int16,
                        UInt16 => Int32,
                        UInt32 => Int64,
                        _ => Float64,
                    }
                }
            }
            (Kind::Unsigned | Kind::Signed, Kind::Float) => {
                if a.width() >= 4 {
                    Float64
                } else {
                    b
                }
            }
            (Kind::Unsigned | Kind::Signed, _) => {
                if a.width() >= 4 {
                    Complex128
                } else {
                    b
                }
            }
            _ => {
                if a.width() * 2 > b.width() {
                    Complex128
                } else {
                    b
                }
            }
        }
    }

    /// The dtype in which functions of floats compute; none where NumPy takes half precision.
    pub fn inexact(self) -> Option<Self> {
        Some(match self {
            Bool8 | Int8 | UInt8 => return None,
            Int16 | UInt16 => Float32,
            Int32 | UInt32 | Int64 | UInt64 => Float64,
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dtypes_combine_as_in_numpy() {
        assert_eq!(UInt8.promote(Int8), Int16);
        assert_eq!(Int64.promote(UInt64), Float64);
        assert_eq!(Int32.promote(Float32), Float64);
        assert_eq!(Int16.promote(Float32), Float32);
        assert_eq!(Float64.promote(Complex64), Complex128);
        assert_eq!(Float32.promote(Complex64), Complex64);
        assert_eq!(Bool8.promote(Int8), Int8);
    }
}
