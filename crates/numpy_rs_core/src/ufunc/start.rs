//! What a reduction begins with: an identity as an item of some dtype.

use super::table::{Identity, Ufunc};
use crate::dtype::{DType, TypeNum};
use crate::error::{Error, Result};
use crate::object;

/// Room for the largest plain item.
#[repr(align(16))]
#[derive(Clone, Copy)]
pub(super) struct Item(pub(super) [u8; 32]);

/// The identity of a ufunc as an item of a dtype other than object; `None` where it has none.
pub(super) fn identity_item(ufunc: &Ufunc, dtype: &DType) -> Option<Item> {
    let mut item = Item([0; 32]);
    let bytes = &mut item.0;
    match ufunc.identity {
        Identity::None => return None,
        Identity::Zero | Identity::False => {}
        Identity::One | Identity::True => put_float(bytes, dtype, 1.0, 1),
        Identity::MinusOne => put_float(bytes, dtype, -1.0, -1),
        Identity::NegInf => put_float(bytes, dtype, f64::NEG_INFINITY, i64::MIN),
    }
    Some(item)
}

/// Minus zero, to which any sum adds without a trace.
pub(super) fn minus_zero(dtype: &DType) -> Item {
    let mut item = Item([0; 32]);
    put_float(&mut item.0, dtype, -0.0, 0);
    if dtype.num().is_complex() {
        let half = dtype.itemsize() / 2;
        let (re, im) = item.0.split_at_mut(half);
        im[..half].copy_from_slice(re);
    }
    item
}

/// Writes one number in native order; the imaginary part stays zero.
fn put_float(bytes: &mut [u8; 32], dtype: &DType, x: f64, whole: i64) {
    use TypeNum as T;
    match dtype.num() {
        T::Half => {
            let bits: u16 = match x {
                1.0 => 0x3c00,
                -1.0 => 0xbc00,
                f64::NEG_INFINITY => 0xfc00,
                _ => 0x8000,
            };
            bytes[..2].copy_from_slice(&bits.to_ne_bytes());
        }
        T::Float | T::CFloat => bytes[..4].copy_from_slice(&(x as f32).to_ne_bytes()),
        T::LongDouble | T::CLongDouble if crate::dtype::number::LONG_DOUBLE == 16 => {
            // 64 bits of mantissa with its leading one, then sign and exponent.
            let (mantissa, exponent): (u64, u16) = match x.abs() {
                1.0 => (1 << 63, 0x3fff),
                f64::INFINITY => (1 << 63, 0x7fff),
                _ => (0, 0),
            };
            let exponent = exponent | if x.is_sign_negative() { 0x8000 } else { 0 };
            bytes[..8].copy_from_slice(&mantissa.to_ne_bytes());
            bytes[8..10].copy_from_slice(&exponent.to_ne_bytes());
        }
        T::Double | T::CDouble | T::LongDouble | T::CLongDouble => {
            bytes[..8].copy_from_slice(&x.to_ne_bytes());
        }
        T::Bool => bytes[0] = u8::from(whole != 0),
        // Integers and times: the low bytes of the number are the number in any smaller width.
        _ => {
            let all = whole.to_ne_bytes();
            let n = dtype.itemsize().min(8);
            let from = if cfg!(target_endian = "little") {
                0
            } else {
                8 - n
            };
            bytes[..n].copy_from_slice(&all[from..from + n]);
        }
    }
}

/// The identity of a ufunc as a new reference; `None` where it has none.
pub(super) fn identity_object(ufunc: &Ufunc) -> Result<Option<*mut std::ffi::c_void>> {
    let ops = object::ops().ok_or_else(|| {
        Error::Unsupported("object arrays need Python: no owner of objects is registered".into())
    })?;
    // SAFETY: object reductions run on the thread that holds the interpreter.
    let object = unsafe {
        match ufunc.identity {
            Identity::None => return Ok(None),
            Identity::Zero => (ops.from_i64)(0),
            Identity::One => (ops.from_i64)(1),
            Identity::MinusOne => (ops.from_i64)(-1),
            Identity::NegInf => (ops.from_f64)(f64::NEG_INFINITY),
            Identity::False => (ops.from_bool)(false),
            Identity::True => (ops.from_bool)(true),
        }
    };
    if object.is_null() {
        return Err(Error::Object);
    }
    Ok(Some(object))
}
