//! Numbers read from items, and columns of integers.

use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::format::value::Value;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::array::ArrayRef;

/// Reads an item in native order into `N` bytes.
///
/// # Safety
///
/// `ptr` addresses `N` readable bytes of an item of `dtype`, or of a part of one.
unsafe fn native<const N: usize>(dtype: &DType, ptr: *const u8) -> [u8; N] {
    // SAFETY: promised by the caller; byte arrays have no alignment.
    let mut bytes = unsafe { ptr.cast::<[u8; N]>().read() };
    if !dtype.is_native() {
        bytes.reverse();
    }
    bytes
}

/// The float of type `num` at `ptr` (for complex types, one of the parts).
///
/// # Safety
///
/// `ptr` addresses such a number in the byte order of `dtype`.
pub(super) unsafe fn float_at(dtype: &DType, num: TypeNum, ptr: *const u8) -> Value {
    // SAFETY: promised by the caller.
    unsafe {
        match num {
            TypeNum::Half => Value::from_f16_bits(u16::from_ne_bytes(native(dtype, ptr))),
            TypeNum::Float | TypeNum::CFloat => f32::from_ne_bytes(native(dtype, ptr)).into(),
            TypeNum::LongDouble | TypeNum::CLongDouble
                if numpy_rs_core::dtype::number::LONG_DOUBLE == 16 =>
            {
                Value::from_x87_bytes(native(dtype, ptr))
            }
            _ => f64::from_ne_bytes(native(dtype, ptr)).into(),
        }
    }
}

/// The integer at `ptr`.
///
/// # Safety
///
/// `ptr` addresses an item of `dtype`, which is an integer, timedelta or datetime.
pub(super) unsafe fn integer_at(dtype: &DType, ptr: *const u8) -> i128 {
    let unsigned = dtype.num().is_unsigned();
    // SAFETY: promised by the caller.
    unsafe {
        match (dtype.itemsize(), unsigned) {
            (1, false) => i128::from(i8::from_ne_bytes(native(dtype, ptr))),
            (1, true) => i128::from(u8::from_ne_bytes(native(dtype, ptr))),
            (2, false) => i128::from(i16::from_ne_bytes(native(dtype, ptr))),
            (2, true) => i128::from(u16::from_ne_bytes(native(dtype, ptr))),
            (4, false) => i128::from(i32::from_ne_bytes(native(dtype, ptr))),
            (4, true) => i128::from(u32::from_ne_bytes(native(dtype, ptr))),
            (_, false) => i128::from(i64::from_ne_bytes(native(dtype, ptr))),
            (_, true) => i128::from(u64::from_ne_bytes(native(dtype, ptr))),
        }
    }
}

/// The ticks in an array of one element, of a datetime or timedelta dtype.
pub(super) fn integer_of_ticks(array: &ArrayRef<'_>) -> PyResult<i64> {
    if array.size() != 1 {
        return Err(PyValueError::new_err(
            "an element is not a single date or duration",
        ));
    }
    // SAFETY: the array has one element of its dtype.
    Ok(unsafe { integer_at(&array.dtype()?, array.data()) } as i64)
}

/// An integer column.
#[derive(Clone, Copy, Debug)]
pub(super) struct IntegerColumn {
    width: usize,
    sign: char,
}

impl IntegerColumn {
    /// Wide enough for every value.
    pub(super) fn new(values: impl Iterator<Item = i128>, sign: char) -> Self {
        let (mut width, mut most, mut least) = (0, i128::MIN, i128::MAX);
        for v in values {
            (most, least) = (most.max(v), least.min(v));
        }
        if most >= least {
            width = most.to_string().len().max(least.to_string().len());
        }
        // Room for the sign of the greatest, unless spaces for signs meet a minus.
        let sign = if sign == ' ' && least < 0 { '-' } else { sign };
        if most >= 0 && sign != '-' {
            width = width.max(most.to_string().len() + 1);
        }
        Self { width, sign }
    }

    fn bare(self, value: i128) -> String {
        match self.sign {
            '+' => format!("{value:+}"),
            ' ' if value >= 0 => format!(" {value}"),
            _ => value.to_string(),
        }
    }

    /// What Python's `format` takes to write an integer of any class.
    pub(super) fn spec(self) -> String {
        format!("{}{}d", self.sign, self.width)
    }

    /// A value, right-aligned.
    pub(super) fn text(self, value: i128) -> String {
        format!("{:>w$}", self.bare(value), w = self.width)
    }
}
