//! Which numbers hold which others, and their common types.

use super::rule::Casting;
use crate::dtype::{DType, TypeNum};
use crate::error::{Error, Result};

use TypeNum as T;

/// Candidates for a common type, smallest first.
const LADDER: [TypeNum; 18] = [
    T::Bool,
    T::Byte,
    T::UByte,
    T::Short,
    T::UShort,
    T::Int,
    T::UInt,
    T::Long,
    T::ULong,
    T::LongLong,
    T::ULongLong,
    T::Half,
    T::Float,
    T::Double,
    T::LongDouble,
    T::CFloat,
    T::CDouble,
    T::CLongDouble,
];

/// Whether every value of one number type is one of another.
fn holds(from: TypeNum, to: TypeNum) -> bool {
    let (a, b) = (from.facts(), to.facts());
    // Bytes of a real part: what float type an integer of that size needs is one step up, up to 8.
    let part = |f: &crate::dtype::number::TypeFacts| {
        if f.kind == b'c' {
            f.itemsize / 2
        } else {
            f.itemsize
        }
    };
    match (a.kind, b.kind) {
        (b'b', _) => true,
        (_, b'b') => false,
        (b'u', b'u') | (b'i', b'i') | (b'f' | b'c', b'c') | (b'f', b'f') => part(b) >= part(a),
        (b'u', b'i') => b.itemsize > a.itemsize,
        (b'u' | b'i', b'f' | b'c') => part(b) >= (2 * a.itemsize).min(8),
        _ => false,
    }
}

/// Whether `from` may become `to` under a rule.
pub fn can_cast(from: &DType, to: &DType, casting: Casting) -> bool {
    let (a, b) = (from.num(), to.num());
    if from == to || casting == Casting::Unsafe {
        return true;
    }
    let native = |d: &DType| d.clone().with_byte_order(crate::dtype::ByteOrder::Native);
    match casting {
        Casting::No => from.is_equivalent(to),
        Casting::Equiv => native(from).is_equivalent(&native(to)),
        _ if native(from).is_equivalent(&native(to)) => true,
        _ if b == T::Object => true,
        _ if !a.is_number() => false,
        _ if b == T::Timedelta => a.is_integer() || a == T::Bool,
        _ if !b.is_number() => false,
        Casting::Safe => holds(a, b),
        _ => {
            let rank = |n: TypeNum| b"buifc".iter().position(|&k| k == n.kind());
            holds(a, b) || rank(a) <= rank(b)
        }
    }
}

/// The smallest dtype that both can be cast to safely.
pub fn promote(a: &DType, b: &DType) -> Result<DType> {
    if a == b && a.is_native() {
        return Ok(a.clone());
    }
    if a.num() == T::Object || b.num() == T::Object {
        return Ok(DType::new(T::Object));
    }
    if a.num().is_number()
        && b.num().is_number()
        && let Some(&n) = LADDER
            .iter()
            .find(|&&n| holds(a.num(), n) && holds(b.num(), n))
    {
        return Ok(DType::new(n));
    }
    Err(Error::Promotion(Box::new([a.clone(), b.clone()])))
}
