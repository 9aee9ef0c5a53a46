//! NumPy's type numbers: the identity of a dtype class, never its width.

/// A builtin type number with NumPy's C value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u16)]
#[expect(missing_docs, reason = "the names are those of NumPy's C enumeration")]
pub enum TypeNum {
    Bool = 0,
    Byte = 1,
    UByte = 2,
    Short = 3,
    UShort = 4,
    Int = 5,
    UInt = 6,
    Long = 7,
    ULong = 8,
    LongLong = 9,
    ULongLong = 10,
    Float = 11,
    Double = 12,
    LongDouble = 13,
    CFloat = 14,
    CDouble = 15,
    CLongDouble = 16,
    Object = 17,
    Bytes = 18,
    Str = 19,
    Void = 20,
    Datetime = 21,
    Timedelta = 22,
    Half = 23,
}

use TypeNum as T;

/// Facts of one builtin type: one row of the only table of them.
#[derive(Clone, Copy, Debug)]
pub struct TypeFacts {
    /// The type number.
    pub num: TypeNum,
    /// NumPy's one-letter code (`dtype.char`).
    pub char: u8,
    /// NumPy's kind letter.
    pub kind: u8,
    /// Size of an item in bytes; 0 where it belongs to the instance.
    pub itemsize: usize,
    /// Alignment in bytes.
    pub alignment: usize,
    /// Name of the scalar type (`float64`), which is also `dtype.name` for plain numbers.
    pub name: &'static str,
    /// Name of the DType class in `numpy.dtypes`.
    pub class: &'static str,
}

/// Size of C's `long` in bytes.
pub const LONG: usize = size_of::<std::ffi::c_long>();
/// Size in bytes of C's `long double` as stored in arrays.
pub const LONG_DOUBLE: usize = if cfg!(all(target_arch = "x86_64", not(windows))) {
    16
} else {
    8
};

const fn facts(
    num: TypeNum,
    char: u8,
    kind: u8,
    itemsize: usize,
    alignment: usize,
    name: &'static str,
    class: &'static str,
) -> TypeFacts {
    TypeFacts {
        num,
        char,
        kind,
        itemsize,
        alignment,
        name,
        class,
    }
}

/// The table, by type number.
pub static FACTS: [TypeFacts; 24] = [
    facts(T::Bool, b'?', b'b', 1, 1, "bool", "BoolDType"),
    facts(T::Byte, b'b', b'i', 1, 1, "int8", "Int8DType"),
    facts(T::UByte, b'B', b'u', 1, 1, "uint8", "UInt8DType"),
    facts(T::Short, b'h', b'i', 2, 2, "int16", "Int16DType"),
    facts(T::UShort, b'H', b'u', 2, 2, "uint16", "UInt16DType"),
    facts(
        T::Int,
        b'i',
        b'i',
        4,
        4,
        if LONG == 4 { "intc" } else { "int32" },
        if LONG == 4 { "IntDType" } else { "Int32DType" },
    ),
    facts(
        T::UInt,
        b'I',
        b'u',
        4,
        4,
        if LONG == 4 { "uintc" } else { "uint32" },
        if LONG == 4 {
            "UIntDType"
        } else {
            "UInt32DType"
        },
    ),
    facts(
        T::Long,
        b'l',
        b'i',
        LONG,
        LONG,
        if LONG == 4 { "int32" } else { "int64" },
        if LONG == 4 {
            "Int32DType"
        } else {
            "Int64DType"
        },
    ),
    facts(
        T::ULong,
        b'L',
        b'u',
        LONG,
        LONG,
        if LONG == 4 { "uint32" } else { "uint64" },
        if LONG == 4 {
            "UInt32DType"
        } else {
            "UInt64DType"
        },
    ),
    facts(
        T::LongLong,
        b'q',
        b'i',
        8,
        8,
        if LONG == 4 { "int64" } else { "longlong" },
        if LONG == 4 {
            "Int64DType"
        } else {
            "LongLongDType"
        },
    ),
    facts(
        T::ULongLong,
        b'Q',
        b'u',
        8,
        8,
        if LONG == 4 { "uint64" } else { "ulonglong" },
        if LONG == 4 {
            "UInt64DType"
        } else {
            "ULongLongDType"
        },
    ),
    facts(T::Float, b'f', b'f', 4, 4, "float32", "Float32DType"),
    facts(T::Double, b'd', b'f', 8, 8, "float64", "Float64DType"),
    facts(
        T::LongDouble,
        b'g',
        b'f',
        LONG_DOUBLE,
        LONG_DOUBLE,
        "longdouble",
        "LongDoubleDType",
    ),
    facts(T::CFloat, b'F', b'c', 8, 4, "complex64", "Complex64DType"),
    facts(
        T::CDouble,
        b'D',
        b'c',
        16,
        8,
        "complex128",
        "Complex128DType",
    ),
    facts(
        T::CLongDouble,
        b'G',
        b'c',
        2 * LONG_DOUBLE,
        LONG_DOUBLE,
        "clongdouble",
        "CLongDoubleDType",
    ),
    facts(T::Object, b'O', b'O', 8, 8, "object", "ObjectDType"),
    facts(T::Bytes, b'S', b'S', 0, 1, "bytes", "BytesDType"),
    facts(T::Str, b'U', b'U', 0, 4, "str", "StrDType"),
    facts(T::Void, b'V', b'V', 0, 1, "void", "VoidDType"),
    facts(
        T::Datetime,
        b'M',
        b'M',
        8,
        8,
        "datetime64",
        "DateTime64DType",
    ),
    facts(
        T::Timedelta,
        b'm',
        b'm',
        8,
        8,
        "timedelta64",
        "TimeDelta64DType",
    ),
    facts(T::Half, b'e', b'f', 2, 2, "float16", "Float16DType"),
];

impl TypeNum {
    /// Every builtin type, by rising number.
    pub fn all() -> impl Iterator<Item = Self> {
        FACTS.iter().map(|f| f.num)
    }

    /// The type with this C number.
    pub fn from_c(num: i32) -> Option<Self> {
        FACTS.get(usize::try_from(num).ok()?).map(|f| f.num)
    }

    /// The row of the table.
    #[inline]
    pub fn facts(self) -> &'static TypeFacts {
        &FACTS[self as usize]
    }

    /// NumPy's kind letter.
    #[inline]
    pub fn kind(self) -> u8 {
        self.facts().kind
    }

    /// Whether this is a signed or unsigned integer (bool and timedelta are not).
    #[inline]
    pub fn is_integer(self) -> bool {
        (1..=10).contains(&(self as u16))
    }

    /// Whether this is an unsigned integer.
    #[inline]
    pub fn is_unsigned(self) -> bool {
        self.kind() == b'u'
    }

    /// Whether this is a real floating type.
    #[inline]
    pub fn is_float(self) -> bool {
        self.kind() == b'f'
    }

    /// Whether this is a complex type.
    #[inline]
    pub fn is_complex(self) -> bool {
        self.kind() == b'c'
    }

    /// Whether this is bool, an integer, a float or a complex number.
    #[inline]
    pub fn is_number(self) -> bool {
        matches!(self.kind(), b'b' | b'i' | b'u' | b'f' | b'c')
    }

    /// Whether the item size belongs to the instance (`S`, `U`, `V`).
    #[inline]
    pub fn is_flexible(self) -> bool {
        matches!(self, T::Bytes | T::Str | T::Void)
    }
}
