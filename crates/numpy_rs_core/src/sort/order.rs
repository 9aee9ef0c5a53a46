//! The order of two items of any dtype in which arrays are sorted.

use std::cmp::Ordering;

use numpy_rs_elements::object::{CompareOp, Object, ObjectOps};

use super::typed;
use crate::dtype::{DType, TypeNum};
use crate::error::{Error, Result};
use crate::object;

/// How two items compare; resolved once from a dtype.
#[derive(Debug)]
pub enum ItemOrder {
    /// Numbers of a machine type: whether the first comes before the second; swapped in units of so many bytes.
    Number {
        before: unsafe fn(*const u8, *const u8) -> bool,
        size: usize,
        swap: usize,
    },
    /// So many bytes, as unsigned numbers.
    Bytes(usize),
    /// So many characters of four bytes, swapped or not.
    Chars(usize, bool),
    /// Fields at offsets, the first difference decides.
    Fields(Vec<(usize, ItemOrder)>),
    /// So many inner items of a size, the first difference decides.
    Inner(Box<ItemOrder>, usize, usize),
    /// What the objects say.
    Object(&'static ObjectOps),
}

/// The largest number in bytes.
const LARGEST: usize = 32;

impl ItemOrder {
    /// The order of a dtype.
    pub fn new(dtype: &DType) -> Result<Self> {
        if let Some(fields) = dtype.fields() {
            let parts = fields
                .iter()
                .map(|f| Ok((f.offset_bytes, Self::new(&f.dtype)?)))
                .collect::<Result<Vec<_>>>()?;
            return Ok(Self::Fields(parts));
        }
        if let Some((base, _)) = dtype.subarray_parts() {
            let n = if base.itemsize() == 0 {
                0
            } else {
                dtype.itemsize() / base.itemsize()
            };
            return Ok(Self::Inner(Box::new(Self::new(base)?), n, base.itemsize()));
        }
        match dtype.num() {
            TypeNum::Object => match object::ops() {
                Some(ops) => Ok(Self::Object(ops)),
                None => Err(Error::Unsupported(
                    "objects need an owner of objects".into(),
                )),
            },
            TypeNum::Bytes | TypeNum::Void => Ok(Self::Bytes(dtype.itemsize())),
            TypeNum::Str => Ok(Self::Chars(dtype.itemsize() / 4, !dtype.is_native())),
            _ => match typed::typed(dtype) {
                Some(t) => Ok(Self::Number {
                    before: t.before,
                    size: t.size,
                    swap: if dtype.is_native() {
                        0
                    } else {
                        swap_unit(dtype)
                    },
                }),
                None => Err(Error::TypeOwned(
                    format!("{} cannot be sorted", dtype.repr()).into(),
                )),
            },
        }
    }

    /// Whether comparing may call objects.
    pub fn has_objects(&self) -> bool {
        match self {
            Self::Object(_) => true,
            Self::Fields(fields) => fields.iter().any(|(_, f)| f.has_objects()),
            Self::Inner(inner, ..) => inner.has_objects(),
            _ => false,
        }
    }

    /// Whether the item at `a` comes before the one at `b`.
    ///
    /// # Safety
    ///
    /// Both address items of the dtype; objects need the thread that holds the interpreter.
    pub unsafe fn before(&self, a: *const u8, b: *const u8) -> Result<bool> {
        // SAFETY: promised by the caller.
        unsafe {
            match self {
                Self::Number { .. } => Ok(self.number_before(a, b)),
                Self::Object(ops) => object_before(ops, a, b, CompareOp::Less),
                _ => Ok(self.compare(a, b)? == Ordering::Less),
            }
        }
    }

    /// The order of two items.
    ///
    /// # Safety
    ///
    /// As for [`ItemOrder::before`].
    pub unsafe fn compare(&self, a: *const u8, b: *const u8) -> Result<Ordering> {
        // SAFETY: promised by the caller; parts lie inside their items.
        unsafe {
            Ok(match self {
                Self::Number { .. } => {
                    if self.number_before(a, b) {
                        Ordering::Less
                    } else if self.number_before(b, a) {
                        Ordering::Greater
                    } else {
                        Ordering::Equal
                    }
                }
                Self::Bytes(n) => {
                    std::slice::from_raw_parts(a, *n).cmp(std::slice::from_raw_parts(b, *n))
                }
                Self::Chars(n, swapped) => {
                    let char_at = |p: *const u8, i: usize| {
                        let c = p.cast::<u32>().add(i).read_unaligned();
                        if *swapped { c.swap_bytes() } else { c }
                    };
                    (0..*n)
                        .map(|i| char_at(a, i).cmp(&char_at(b, i)))
                        .find(|o| o.is_ne())
                        .unwrap_or(Ordering::Equal)
                }
                Self::Fields(fields) => {
                    for (offset, order) in fields {
                        let o = order.compare(a.add(*offset), b.add(*offset))?;
                        if o.is_ne() {
                            return Ok(o);
                        }
                    }
                    Ordering::Equal
                }
                Self::Inner(order, n, size) => {
                    for i in 0..*n {
                        let o = order.compare(a.add(i * size), b.add(i * size))?;
                        if o.is_ne() {
                            return Ok(o);
                        }
                    }
                    Ordering::Equal
                }
                Self::Object(ops) => {
                    if object_before(ops, a, b, CompareOp::Less)? {
                        Ordering::Less
                    } else if object_before(ops, a, b, CompareOp::Greater)? {
                        Ordering::Greater
                    } else {
                        Ordering::Equal
                    }
                }
            })
        }
    }

    unsafe fn number_before(&self, a: *const u8, b: *const u8) -> bool {
        let Self::Number { before, size, swap } = self else {
            return false;
        };
        // SAFETY: promised by the caller; numbers are copied to be aligned and native.
        unsafe {
            let mut held = [[0u128; LARGEST / 16]; 2];
            let to = [
                held[0].as_mut_ptr().cast::<u8>(),
                held[1].as_mut_ptr().cast::<u8>(),
            ];
            crate::items::copy(a, 0, to[0], 0, 1, *size, *swap);
            crate::items::copy(b, 0, to[1], 0, 1, *size, *swap);
            before(to[0], to[1])
        }
    }
}

/// The unit in which the bytes of swapped items are reversed.
pub fn swap_unit(dtype: &DType) -> usize {
    match dtype.kind() {
        b'c' => dtype.itemsize() / 2,
        b'U' => 4,
        _ => dtype.itemsize(),
    }
}

/// Compares two objects; items that hold none are greater than any.
unsafe fn object_before(
    ops: &ObjectOps,
    a: *const u8,
    b: *const u8,
    op: CompareOp,
) -> Result<bool> {
    // SAFETY: promised by the caller; both objects are held while they compare.
    unsafe {
        let (a, b) = (
            a.cast::<Object>().read_unaligned(),
            b.cast::<Object>().read_unaligned(),
        );
        if a.is_null() || b.is_null() {
            let less = !a.is_null() && b.is_null();
            let greater = a.is_null() && !b.is_null();
            return Ok(if op == CompareOp::Less { less } else { greater });
        }
        (ops.incref)(a);
        (ops.incref)(b);
        let answer = (ops.compare)(op, a, b);
        let truth = if answer.is_null() {
            -1
        } else {
            (ops.truth)(answer)
        };
        (ops.decref)(answer);
        (ops.decref)(b);
        (ops.decref)(a);
        if truth < 0 {
            Err(Error::Object)
        } else {
            Ok(truth != 0)
        }
    }
}
