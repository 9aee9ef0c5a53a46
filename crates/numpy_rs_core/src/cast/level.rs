//! The least casting rule under which one dtype converts to another.

use super::rule::Casting;
use crate::dtype::{DType, DatetimeUnit, Detail, TypeNum};

use TypeNum as T;

/// Whether a conversion is allowed under a rule.
pub fn can_cast(from: &DType, to: &DType, casting: Casting) -> bool {
    if casting == Casting::SameValue {
        // Which values survive is known only for numbers; other dtypes must convert safely.
        let numbers = from.num().is_number() && to.num().is_number();
        return numbers || level(from, to).is_some_and(|l| l <= Casting::Safe);
    }
    level(from, to).is_some_and(|l| l <= casting)
}

/// [`level`] of what lies inside items. The optimizer of Rust 1.95 infers from the recursion that no rule below
/// `SameKind` is ever the answer (seen at opt-level 2 and 3: safe casts were refused); hiding the value stops it.
#[inline(never)]
fn inner_level(from: &DType, to: &DType) -> Option<Casting> {
    std::hint::black_box(level(from, to))
}

/// The least rule that allows a conversion; `None` where there is none.
pub fn level(from: &DType, to: &DType) -> Option<Casting> {
    match (from.detail(), to.detail()) {
        (Some(Detail::Struct(_) | Detail::Subarray { .. }), _)
        | (_, Some(Detail::Struct(_) | Detail::Subarray { .. })) => {
            return compound(from, to);
        }
        _ => {}
    }
    let same_order = from.byte_order() == to.byte_order();
    let identical = if same_order {
        Casting::No
    } else {
        Casting::Equiv
    };
    if from.num() == to.num() {
        return Some(match from.num() {
            T::Bytes | T::Str => sized(from.itemsize(), to.itemsize(), identical),
            T::Void => void_level(from.itemsize(), to.itemsize()),
            T::Datetime | T::Timedelta => units(from, to).max(identical),
            _ => identical,
        });
    }
    if to.num() == T::Object {
        return Some(Casting::Safe);
    }
    if from.num() == T::Object {
        return Some(Casting::Unsafe);
    }
    if from.num().is_integer() && from.is_equivalent(&to.clone().with_byte_order(from.byte_order()))
    {
        return Some(identical);
    }
    Some(match (from.kind(), to.kind()) {
        (a, b) if from.num().is_number() && to.num().is_number() => {
            number_level(a, b, from.itemsize(), to.itemsize())
        }
        (_, b'S' | b'U') if from.num().is_number() => {
            let room = if to.num() == T::Str {
                to.itemsize() / 4
            } else {
                to.itemsize()
            };
            if room == 0 || room >= text_length(from) {
                Casting::Safe
            } else {
                Casting::SameKind
            }
        }
        (b'b' | b'i', b'm') => Casting::Safe,
        (b'u', b'm') if from.itemsize() < 8 => Casting::Safe,
        (b'u', b'm') => Casting::SameKind,
        (b'S', b'U') => sized(from.itemsize() * 4, to.itemsize(), Casting::Safe),
        (b'V', _) => Casting::Unsafe,
        (_, b'V') => {
            if to.itemsize() == 0 || to.itemsize() >= from.itemsize() {
                Casting::Safe
            } else {
                Casting::Unsafe
            }
        }
        _ => Casting::Unsafe,
    })
}

/// Text to text: narrower text may lose characters.
fn sized(from: usize, to: usize, same: Casting) -> Casting {
    if to == 0 || from == to {
        same
    } else if from < to {
        same.max(Casting::Safe)
    } else {
        same.max(Casting::SameKind)
    }
}

fn void_level(from: usize, to: usize) -> Casting {
    match from.cmp(&to) {
        _ if to == 0 => Casting::No,
        std::cmp::Ordering::Equal => Casting::No,
        std::cmp::Ordering::Less => Casting::Safe,
        std::cmp::Ordering::Greater if from == 0 => Casting::Safe,
        std::cmp::Ordering::Greater => Casting::Unsafe,
    }
}

/// Numbers of different type numbers, by kind and size.
fn number_level(from: u8, to: u8, from_size: usize, to_size: usize) -> Casting {
    // An integer of n bytes is exact in a float of more bytes; 8-byte integers count as exact in double.
    let exact_in = |float_size: usize| float_size > from_size || from_size >= 8 && float_size >= 8;
    let safe = match (from, to) {
        (b'b', _) => true,
        (b'i', b'i') | (b'u', b'u') | (b'f', b'f') | (b'c', b'c') => to_size > from_size,
        (b'u', b'i') => to_size > from_size,
        (b'i' | b'u', b'f') => exact_in(to_size),
        (b'i' | b'u', b'c') => exact_in(to_size / 2),
        (b'f', b'c') => to_size / 2 >= from_size,
        _ => false,
    };
    if safe {
        return Casting::Safe;
    }
    let rank = |kind| match kind {
        b'b' => 0,
        b'u' => 1,
        b'i' => 2,
        b'f' => 3,
        _ => 4,
    };
    if rank(from) <= rank(to) {
        Casting::SameKind
    } else {
        Casting::Unsafe
    }
}

/// Characters that the text of any value of a number type fits into.
pub fn text_length(dtype: &DType) -> usize {
    match (dtype.kind(), dtype.itemsize()) {
        (b'b', _) => 5,
        (b'i', 1) => 4,
        (b'u', 1) => 3,
        (b'i', 2) => 6,
        (b'u', 2) => 5,
        (b'i', 4) => 11,
        (b'u', 4) => 10,
        (b'i', _) => 21,
        (b'u', _) => 20,
        (b'f', n) if n > 8 => 48,
        (b'f', _) => 32,
        (b'c', n) if n > 16 => 96,
        _ => 64,
    }
}

/// Dates and spans of different units: finer units keep every value; years and months do not mix with days in spans.
fn units(from: &DType, to: &DType) -> Casting {
    let (a, b) = (from.datetime_unit(), to.datetime_unit());
    if a == b {
        return Casting::No;
    }
    if a.unit == GENERIC {
        return Casting::Safe;
    }
    if b.unit == GENERIC {
        return Casting::Unsafe;
    }
    let span = from.num() == T::Timedelta;
    let calendar = |u: DatetimeUnit| u.unit <= 1;
    if span && calendar(a) != calendar(b) {
        return Casting::Unsafe;
    }
    if super::units::divides(b, a) {
        Casting::Safe
    } else {
        Casting::SameKind
    }
}

const GENERIC: i32 = 14;

/// Structured and subarray dtypes.
fn compound(from: &DType, to: &DType) -> Option<Casting> {
    match (from.detail(), to.detail()) {
        (Some(Detail::Struct(a)), Some(Detail::Struct(b))) => {
            if a.fields.len() != b.fields.len() {
                return None;
            }
            let mut worst = Casting::No;
            for (x, y) in a.fields.iter().zip(&b.fields) {
                worst = worst.max(inner_level(&x.dtype, &y.dtype)?);
                if x.name != y.name || x.title != y.title {
                    worst = worst.max(Casting::Safe);
                }
                if x.offset_bytes != y.offset_bytes {
                    worst = worst.max(Casting::Equiv);
                }
            }
            if from.itemsize() != to.itemsize() {
                worst = worst.max(Casting::Equiv);
            }
            Some(worst)
        }
        (
            Some(Detail::Subarray { base: a, shape: s }),
            Some(Detail::Subarray { base: b, shape: t }),
        ) => {
            if s == t {
                inner_level(a, b)
            } else {
                Some(Casting::Unsafe)
            }
        }
        (_, _) if to.num() == T::Object => Some(Casting::Safe),
        (_, _) if from.num() == T::Object => Some(Casting::Unsafe),
        (Some(Detail::Struct(a)), _) => match a.fields.as_slice() {
            [one] if to.num() != T::Void => {
                inner_level(&one.dtype, to).map(|l| l.max(Casting::SameKind))
            }
            _ if to.num() == T::Void && to.itemsize() == from.itemsize() => Some(Casting::Safe),
            _ => Some(Casting::Unsafe),
        },
        (_, Some(Detail::Struct(_))) => Some(Casting::Unsafe),
        _ => Some(Casting::Unsafe),
    }
}
