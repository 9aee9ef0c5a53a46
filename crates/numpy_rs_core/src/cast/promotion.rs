//! The common dtype of two dtypes (NEP 50 without Python scalars).

use super::level::text_length;
use super::units;
use crate::dtype::{DType, Detail, Field, StructDetail, TypeNum};
use crate::error::{Error, Result};

use TypeNum as T;

/// The smallest dtype to which both convert safely, in native byte order unless both are the same.
pub fn promote(a: &DType, b: &DType) -> Result<DType> {
    use crate::dtype::ByteOrder::Native;
    let fail = || Error::Promotion(Box::new([a.clone(), b.clone()]));
    if a == b && a.detail().is_none() && !a.num().is_flexible() {
        return Ok(a.clone().with_byte_order(Native));
    }
    if compound(a) || compound(b) {
        return promote_compound(a, b);
    }
    let (x, y) = (a.num(), b.num());
    if x == T::Object || y == T::Object {
        return Ok(DType::new(T::Object));
    }
    if x.is_number() && y.is_number() {
        return Ok(DType::new(promote_numbers(x, y)));
    }
    let text = |d: &DType| matches!(d.num(), T::Bytes | T::Str);
    let characters = |d: &DType| match d.num() {
        T::Str => d.itemsize() / 4,
        T::Bytes => d.itemsize(),
        _ => text_length(d),
    };
    if (text(a) && (text(b) || y.is_number())) || (text(b) && x.is_number()) {
        let n = characters(a).max(characters(b));
        return Ok(if x == T::Str || y == T::Str {
            DType::str(n)
        } else {
            DType::bytes(n)
        });
    }
    match (x, y) {
        (T::Void, T::Void) if a.itemsize() == b.itemsize() => Ok(a.clone()),
        (T::Void, T::Void) if a.itemsize() == 0 => Ok(b.clone()),
        (T::Void, T::Void) if b.itemsize() == 0 => Ok(a.clone()),
        (T::Datetime | T::Timedelta, T::Datetime | T::Timedelta) => {
            let spans = x == T::Timedelta && y == T::Timedelta;
            let unit = units::common(a.datetime_unit(), b.datetime_unit(), spans)?;
            Ok(DType::datetime(
                if spans { T::Timedelta } else { T::Datetime },
                unit,
            ))
        }
        (T::Timedelta, n)
            if n == T::Bool || n.is_integer() && !(n.is_unsigned() && b.itemsize() == 8) =>
        {
            Ok(a.clone().with_byte_order(Native))
        }
        (n, T::Timedelta)
            if n == T::Bool || n.is_integer() && !(n.is_unsigned() && a.itemsize() == 8) =>
        {
            Ok(b.clone().with_byte_order(Native))
        }
        _ => Err(fail()),
    }
}

/// The common dtype of several, in no order of theirs: each is joined with the inexact ones first, so that two integers
/// without a common integer do not widen a float.
pub fn promote_all(dtypes: &[DType]) -> Result<DType> {
    let inexact = |d: &&DType| d.num().is_float() || d.num().is_complex();
    let exact = |d: &&DType| !(d.num().is_float() || d.num().is_complex());
    let mut common: Option<DType> = None;
    for d in dtypes
        .iter()
        .filter(inexact)
        .chain(dtypes.iter().filter(exact))
    {
        common = Some(match common {
            None => d.clone(),
            Some(c) => promote(&c, d)?,
        });
    }
    common.ok_or(Error::Value {
        what: "at least one dtype is needed for a common one",
    })
}

fn compound(d: &DType) -> bool {
    matches!(
        d.detail(),
        Some(Detail::Struct(_) | Detail::Subarray { .. })
    )
}

/// Numbers: the wider of the kinds, wide enough for both.
pub fn promote_numbers(x: TypeNum, y: TypeNum) -> TypeNum {
    if x == y || y == T::Bool {
        return x;
    }
    if x == T::Bool {
        return y;
    }
    let (fx, fy) = (x.facts(), y.facts());
    let complex = x.is_complex() || y.is_complex();
    let float = complex || x.is_float() || y.is_float();
    if float {
        let need = real_width(x).max(real_width(y));
        let num = match (need, complex) {
            (2, false) => T::Half,
            (4, false) => T::Float,
            (8, false) => T::Double,
            (_, false) => T::LongDouble,
            (2 | 4, true) => T::CFloat,
            (8, true) => T::CDouble,
            (_, true) => T::CLongDouble,
        };
        return num;
    }
    if fx.kind == fy.kind {
        // Of two names for one width the later wins, as in NumPy.
        return match fx.itemsize.cmp(&fy.itemsize) {
            std::cmp::Ordering::Greater => x,
            std::cmp::Ordering::Less => y,
            std::cmp::Ordering::Equal => x.max(y),
        };
    }
    let (signed, unsigned) = if x.is_unsigned() { (y, x) } else { (x, y) };
    let (s, u) = (signed.facts().itemsize, unsigned.facts().itemsize);
    if s > u {
        return signed;
    }
    match u {
        1 => T::Short,
        2 => T::Int,
        4 if crate::dtype::number::LONG == 8 => T::Long,
        4 => T::LongLong,
        _ => T::Double,
    }
}

/// Bytes of the real float type that holds a number type: small integers fit small floats. 16 stands for longdouble.
fn real_width(num: TypeNum) -> usize {
    match (num, num.kind(), num.facts().itemsize) {
        (T::Half, ..) => 2,
        (T::Float | T::CFloat, ..) => 4,
        (T::Double | T::CDouble, ..) => 8,
        (T::LongDouble | T::CLongDouble, ..) => 16,
        (_, b'b', _) | (_, _, 1) => 2,
        (_, _, 2) => 4,
        _ => 8,
    }
}

fn promote_compound(a: &DType, b: &DType) -> Result<DType> {
    let fail = || Error::Promotion(Box::new([a.clone(), b.clone()]));
    match (a.detail(), b.detail()) {
        (Some(Detail::Struct(x)), Some(Detail::Struct(y))) => {
            if x.fields.len() != y.fields.len() {
                return Err(fail());
            }
            let aligned = x.aligned || y.aligned;
            let mut fields = Vec::with_capacity(x.fields.len());
            let (mut offset, mut alignment) = (0, 1);
            for (f, g) in x.fields.iter().zip(&y.fields) {
                if f.name != g.name || f.title != g.title {
                    return Err(fail());
                }
                let dtype = promote(&f.dtype, &g.dtype)?;
                if aligned {
                    let step = dtype.alignment().max(1);
                    offset = usize::next_multiple_of(offset, step);
                    alignment = alignment.max(step);
                }
                let size = dtype.itemsize();
                fields.push(Field {
                    name: f.name.clone(),
                    title: f.title.clone(),
                    offset_bytes: offset,
                    dtype,
                });
                offset += size;
            }
            if aligned {
                offset = usize::next_multiple_of(offset, alignment);
            }
            Ok(DType::structured(
                StructDetail {
                    fields,
                    aligned,
                    alignment,
                },
                offset,
            ))
        }
        (
            Some(Detail::Subarray { base: x, shape: s }),
            Some(Detail::Subarray { base: y, shape: t }),
        ) if s == t => Ok(DType::subarray(promote(x, y)?, s.clone())),
        _ if a.num() == T::Object || b.num() == T::Object => Ok(DType::new(T::Object)),
        _ => Err(fail()),
    }
}
