//! Rust types that array elements can be read and written as.

use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_elements::{Bool, Complex, f16};

/// A type whose values are array elements, bit for bit.
///
/// # Safety
///
/// Every bit pattern is a value, and the size is that of the dtype's items.
pub unsafe trait Element: Copy + Send + Sync + 'static {
    /// NumPy's number of the dtype that new arrays of this type get.
    const NUM: TypeNum;

    /// Whether elements of this dtype can be read as this type: the same kind and size in native byte order.
    fn reads(dtype: &DType) -> bool {
        let own = Self::NUM.facts();
        dtype.is_native() && dtype.kind() == own.kind && dtype.itemsize() == own.itemsize
    }
}

macro_rules! elements {
    ($($t:ty = $num:ident;)*) => {
        $(
            // SAFETY: plain numbers of the dtype's size without invalid bit patterns.
            unsafe impl Element for $t {
                const NUM: TypeNum = TypeNum::$num;
            }
        )*
    };
}

elements! {
    Bool = Bool;
    i8 = Byte;
    u8 = UByte;
    i16 = Short;
    u16 = UShort;
    i32 = Int;
    u32 = UInt;
    f16 = Half;
    f32 = Float;
    f64 = Double;
    Complex<f32> = CFloat;
    Complex<f64> = CDouble;
}

#[cfg(any(windows, target_pointer_width = "32"))]
elements! {
    i64 = LongLong;
    u64 = ULongLong;
}

#[cfg(not(any(windows, target_pointer_width = "32")))]
elements! {
    i64 = Long;
    u64 = ULong;
}
