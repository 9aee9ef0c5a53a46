//! Conversion of lanes of items from one dtype to another: any strides, alignment and byte order.

use std::sync::Arc;

use numpy_rs_elements::fp_events::FpEvents;
use numpy_rs_elements::object::Object;
use numpy_rs_kernels::abi::{LoopError, LoopStatus};
use numpy_rs_kernels::conversion::{ConversionLoop, Machine, conversion};

use super::text;
use super::units;
use crate::dtype::{DType, DatetimeUnit, Detail, TypeNum};
use crate::error::{Error, Result};
use crate::{object, references};

use TypeNum as T;

/// Converts a lane of items of one dtype to another.
#[derive(Clone, Debug)]
pub struct CastLoop {
    from: DType,
    to: DType,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    /// The same bytes, possibly swapped in units of so many bytes (0: as they are).
    Bytes { swap: usize },
    /// Bytes cut or filled with zeros, made native in units of so many bytes (0: as they are).
    Resize { swap: usize },
    /// Numbers.
    Number(ConversionLoop),
    /// Numbers to text.
    NumberToText,
    /// Text to numbers, through `i128` or complex doubles.
    TextToNumber,
    /// Text to text.
    Text,
    /// References, shared.
    Objects,
    /// Items to objects.
    ToObject,
    /// Objects to items.
    FromObject,
    /// Ticks of one unit to another: multiplied and divided, keeping not-a-time.
    Ticks { multiply: i64, divide: i64 },
    /// Field by field: offsets in both and the conversion.
    Fields(Arc<[(usize, usize, CastLoop)]>),
    /// Inner items of a subarray, so many of them.
    Inner(Arc<CastLoop>, usize),
    /// One value into every inner item of a subarray.
    Spread(Arc<CastLoop>, usize),
}

/// The machine type of a number type.
pub fn machine(num: TypeNum) -> Option<Machine> {
    Some(match (num.kind(), num.facts().itemsize) {
        (b'b', _) => Machine::Bool,
        (b'i', 1) => Machine::I8,
        (b'i', 2) => Machine::I16,
        (b'i', 4) => Machine::I32,
        (b'i' | b'm' | b'M', 8) => Machine::I64,
        (b'u', 1) => Machine::U8,
        (b'u', 2) => Machine::U16,
        (b'u', 4) => Machine::U32,
        (b'u', 8) => Machine::U64,
        (b'f', 2) => Machine::F16,
        (b'f', 4) => Machine::F32,
        _ => match num {
            T::Double => Machine::F64,
            T::LongDouble => Machine::LongDouble,
            T::CFloat => Machine::C64,
            T::CDouble => Machine::C128,
            T::CLongDouble => Machine::CLongDouble,
            _ => return None,
        },
    })
}

/// The conversion from one dtype to another; fails only where NumPy has none.
pub fn cast_loop(from: &DType, to: &DType) -> Result<CastLoop> {
    let kind = choose(from, to)?;
    Ok(CastLoop {
        from: from.clone(),
        to: to.clone(),
        kind,
    })
}

/// Bytes in which the order of an item is swapped.
fn swap_unit(dtype: &DType) -> usize {
    match dtype.num() {
        T::Str => 4,
        T::CFloat | T::CDouble | T::CLongDouble => dtype.itemsize() / 2,
        _ => dtype.itemsize(),
    }
}

fn choose(from: &DType, to: &DType) -> Result<Kind> {
    let none = || Error::NoCast(Box::new((from.clone(), to.clone())));
    match (from.detail(), to.detail()) {
        (Some(Detail::Struct(a)), Some(Detail::Struct(b))) => {
            if a.fields.len() != b.fields.len() {
                return Err(none());
            }
            let fields = a
                .fields
                .iter()
                .zip(&b.fields)
                .map(|(x, y)| {
                    Ok((
                        x.offset_bytes,
                        y.offset_bytes,
                        cast_loop(&x.dtype, &y.dtype)?,
                    ))
                })
                .collect::<Result<Vec<_>>>()?;
            return Ok(Kind::Fields(fields.into()));
        }
        (
            Some(Detail::Subarray { base: a, shape: s }),
            Some(Detail::Subarray { base: b, shape: t }),
        ) if s == t => {
            let n = if a.itemsize() == 0 {
                0
            } else {
                from.itemsize() / a.itemsize()
            };
            return Ok(Kind::Inner(Arc::new(cast_loop(a, b)?), n));
        }
        (_, Some(Detail::Subarray { base, .. })) if from.num() != T::Object => {
            let n = if base.itemsize() == 0 {
                0
            } else {
                to.itemsize() / base.itemsize()
            };
            return Ok(Kind::Spread(Arc::new(cast_loop(from, base)?), n));
        }
        (Some(Detail::Struct(a)), _) if to.num() != T::Object && to.num() != T::Void => {
            let [one] = a.fields.as_slice() else {
                return Err(none());
            };
            return Ok(Kind::Fields(
                [(one.offset_bytes, 0, cast_loop(&one.dtype, to)?)].into(),
            ));
        }
        (_, Some(Detail::Struct(b))) if from.num() != T::Object && from.num() != T::Void => {
            // One value goes into every field.
            let fields = b
                .fields
                .iter()
                .map(|y| Ok((0, y.offset_bytes, cast_loop(from, &y.dtype)?)))
                .collect::<Result<Vec<_>>>()?;
            return Ok(Kind::Fields(fields.into()));
        }
        _ => {}
    }
    let (x, y) = (from.num(), to.num());
    let time = |n: TypeNum| matches!(n, T::Datetime | T::Timedelta);
    Ok(match (x, y) {
        (T::Object, T::Object) => Kind::Objects,
        (T::Object, _) => Kind::FromObject,
        (_, T::Object) => Kind::ToObject,
        (T::Bytes | T::Str, T::Bytes | T::Str) => {
            if x == y && from.itemsize() == to.itemsize() {
                Kind::Bytes {
                    swap: if from.byte_order() == to.byte_order() {
                        0
                    } else {
                        4
                    },
                }
            } else {
                Kind::Text
            }
        }
        (T::Void | _, T::Void) | (T::Void, _) => Kind::Resize {
            swap: if x == T::Void || from.is_native() {
                0
            } else {
                swap_unit(from)
            },
        },
        (T::Bytes | T::Str, n) if n.is_number() => Kind::TextToNumber,
        (n, T::Bytes | T::Str) if n.is_number() => Kind::NumberToText,
        (a, b) if time(a) && a == b => ticks(from.datetime_unit(), to.datetime_unit(), from, to)?,
        // NumPy: a date as a span, or the other way round, keeps its ticks, whatever their units.
        (a, b) if (time(a) || a.is_number()) && (time(b) || b.is_number()) => {
            number(from, to).ok_or_else(none)?
        }
        // Dates as text and back go through the owner of objects, who knows the calendar.
        (a, T::Bytes | T::Str) if time(a) => return Err(none()),
        _ => return Err(none()),
    })
}

fn number(from: &DType, to: &DType) -> Option<Kind> {
    let (a, b) = (machine(from.num())?, machine(to.num())?);
    if a == b {
        let swap = if from.byte_order() == to.byte_order() {
            0
        } else {
            swap_unit(from)
        };
        return Some(Kind::Bytes { swap });
    }
    Some(Kind::Number(conversion(a, b)))
}

fn ticks(a: DatetimeUnit, b: DatetimeUnit, from: &DType, to: &DType) -> Result<Kind> {
    const GENERIC: i32 = 14;
    let same = a == b || a.unit == GENERIC || b.unit == GENERIC;
    if same {
        let swap = if from.byte_order() == to.byte_order() {
            0
        } else {
            8
        };
        return Ok(Kind::Bytes { swap });
    }
    let (multiply, divide) = match (units::factor(a.unit, b.unit), units::factor(b.unit, a.unit)) {
        (Some(n), _) => (n.checked_mul(i64::from(a.count)), Some(i64::from(b.count))),
        (_, Some(n)) => (Some(i64::from(a.count)), n.checked_mul(i64::from(b.count))),
        _ => {
            return Err(Error::Unsupported(
                format!(
                    "conversion between the datetime units of {from} and {to} is not supported yet"
                )
                .into(),
            ));
        }
    };
    let too_far =
        || Error::Overflow("Integer overflow while converting between datetime units".into());
    Ok(Kind::Ticks {
        multiply: multiply.ok_or_else(too_far)?,
        divide: divide.ok_or_else(too_far)?,
    })
}

thread_local! {
    /// The error of the last failed text conversion, whose words the status cannot carry.
    static TEXT_ERROR: std::cell::RefCell<Option<Error>> = const { std::cell::RefCell::new(None) };
}

/// The error behind a failed [`CastLoop::run`].
pub fn take_error(error: LoopError) -> Error {
    match error {
        LoopError::OutOfRange => TEXT_ERROR
            .with_borrow_mut(Option::take)
            .unwrap_or(Error::Value {
                what: "a value does not fit its new dtype",
            }),
        LoopError::Object => Error::Object,
        LoopError::NegativeIntegerPower => Error::NegativeIntegerPower,
        LoopError::Memory => Error::ScratchMemory,
        LoopError::Interrupted => Error::Interrupted,
    }
}

fn fail(error: Error) -> LoopStatus {
    TEXT_ERROR.with_borrow_mut(|slot| *slot = Some(error));
    LoopStatus::failed(LoopError::OutOfRange)
}

/// Items converted at a time where they must be aligned or swapped first.
const BLOCK: isize = 64;

#[repr(align(16))]
struct Block([u8; 32 * BLOCK as usize]);

impl CastLoop {
    /// Whether the conversion runs code of the owner of objects.
    pub fn needs_objects(&self) -> bool {
        self.from.has_objects() || self.to.has_objects()
    }

    /// Whether items are copied byte by byte.
    pub fn is_copy(&self) -> bool {
        matches!(self.kind, Kind::Bytes { swap: 0 })
    }

    /// The dtype of the items that are read.
    pub fn from(&self) -> &DType {
        &self.from
    }

    /// The dtype of the items that are written.
    pub fn to(&self) -> &DType {
        &self.to
    }

    /// Converts `n` items. Neither side need be aligned. References in `dst` are replaced, those in `src` stay.
    ///
    /// # Safety
    ///
    /// `src` and `dst` with their strides address `n` items of the two dtypes, which do not overlap; conversions that
    /// involve objects run on the thread that holds the interpreter.
    pub unsafe fn run(
        &self,
        src: *const u8,
        src_stride: isize,
        dst: *mut u8,
        dst_stride: isize,
        n: isize,
        watch: bool,
    ) -> LoopStatus {
        // SAFETY: promised by the caller, for each item in turn.
        unsafe {
            match &self.kind {
                Kind::Bytes { swap } => {
                    crate::items::copy(
                        src,
                        src_stride,
                        dst,
                        dst_stride,
                        n,
                        self.to.itemsize(),
                        *swap,
                    );
                    LoopStatus::OK
                }
                Kind::Number(run) => self.numbers(*run, src, src_stride, dst, dst_stride, n, watch),
                kind => {
                    let mut events = FpEvents::NONE;
                    for i in 0..n {
                        let status = self.item(
                            kind,
                            src.offset(i * src_stride),
                            dst.offset(i * dst_stride),
                            watch,
                        );
                        events |= status.events;
                        if status.error.is_some() {
                            return LoopStatus {
                                events,
                                error: status.error,
                            };
                        }
                    }
                    LoopStatus::with_events(events)
                }
            }
        }
    }

    /// Numbers: straight where both sides are aligned and native, else in blocks.
    #[expect(clippy::too_many_arguments, reason = "two lanes and what to watch")]
    unsafe fn numbers(
        &self,
        run: ConversionLoop,
        src: *const u8,
        src_stride: isize,
        dst: *mut u8,
        dst_stride: isize,
        n: isize,
        watch: bool,
    ) -> LoopStatus {
        let fits = |p: *const u8, stride: isize, d: &DType| {
            d.is_native() && (p as usize | stride as usize).is_multiple_of(d.alignment().max(1))
        };
        // A number that is no tick becomes not-a-time, which is no event.
        let watch = watch && !matches!(self.to.num(), T::Datetime | T::Timedelta);
        // SAFETY: promised by the caller; blocks hold `BLOCK` items of at most 32 bytes.
        unsafe {
            let (s_fits, d_fits) = (
                fits(src, src_stride, &self.from),
                fits(dst, dst_stride, &self.to),
            );
            if s_fits && d_fits {
                return LoopStatus::with_events(run(src, src_stride, dst, dst_stride, n, watch));
            }
            let (mut a, mut b) = (
                Block([0; 32 * BLOCK as usize]),
                Block([0; 32 * BLOCK as usize]),
            );
            let (a, b) = (a.0.as_mut_ptr(), b.0.as_mut_ptr());
            let (from_size, to_size) = (self.from.itemsize(), self.to.itemsize());
            let swap = |d: &DType| if d.is_native() { 0 } else { swap_unit(d) };
            let mut events = FpEvents::NONE;
            let mut done = 0;
            while done < n {
                let len = BLOCK.min(n - done);
                let s = src.offset(done * src_stride);
                crate::items::copy(
                    s,
                    src_stride,
                    a,
                    from_size as isize,
                    len,
                    from_size,
                    swap(&self.from),
                );
                events |= run(a, from_size as isize, b, to_size as isize, len, watch);
                let d = dst.offset(done * dst_stride);
                crate::items::copy(
                    b,
                    to_size as isize,
                    d,
                    dst_stride,
                    len,
                    to_size,
                    swap(&self.to),
                );
                done += len;
            }
            LoopStatus::with_events(events)
        }
    }

    unsafe fn item(&self, kind: &Kind, src: *const u8, dst: *mut u8, watch: bool) -> LoopStatus {
        let (from_size, to_size) = (self.from.itemsize(), self.to.itemsize());
        // SAFETY: promised by the caller of `run`: one item on each side.
        unsafe {
            match kind {
                Kind::Bytes { .. } | Kind::Number(_) => return LoopStatus::OK,
                Kind::Resize { swap } => {
                    if self.to.has_objects() {
                        references::release_items(&self.to, dst, 1);
                    }
                    let n = from_size.min(to_size);
                    match *swap {
                        0 => std::ptr::copy(src, dst, n),
                        unit => {
                            for k in 0..n {
                                let mirrored = k - k % unit + (unit - 1 - k % unit);
                                *dst.add(k) = *src.add(mirrored);
                            }
                        }
                    }
                    std::ptr::write_bytes(dst.add(n), 0, to_size - n);
                    if self.to.has_objects() {
                        references::retain_items(&self.to, dst, 1);
                    }
                }
                Kind::Text => {
                    let text =
                        text::characters(&self.from, std::slice::from_raw_parts(src, from_size));
                    let to = std::slice::from_raw_parts_mut(dst, to_size);
                    if let Err(e) = text::store_characters(&self.to, &text, to) {
                        return fail(e);
                    }
                }
                Kind::NumberToText => {
                    let mut bytes = [0u8; 32];
                    let swap = if self.from.is_native() {
                        0
                    } else {
                        swap_unit(&self.from)
                    };
                    crate::items::copy(src, 0, bytes.as_mut_ptr(), 0, 1, from_size, swap);
                    let text = text::number_text(self.from.num(), &bytes);
                    let text: Vec<u32> = text.bytes().map(u32::from).collect();
                    let to = std::slice::from_raw_parts_mut(dst, to_size);
                    if let Err(e) = text::store_characters(&self.to, &text, to) {
                        return fail(e);
                    }
                }
                Kind::TextToNumber => return self.read_number(src, dst),
                Kind::Objects => {
                    let new = src.cast::<Object>().read_unaligned();
                    replace_reference(dst, new, true);
                }
                Kind::ToObject => {
                    let Some(hooks) = object::hooks() else {
                        return LoopStatus::failed(LoopError::Object);
                    };
                    let made = (hooks.item_to_object)(&self.from, src);
                    if made.is_null() {
                        return LoopStatus::failed(LoopError::Object);
                    }
                    replace_reference(dst, made, false);
                }
                Kind::FromObject => {
                    let Some(hooks) = object::hooks() else {
                        return LoopStatus::failed(LoopError::Object);
                    };
                    let mut value = src.cast::<Object>().read_unaligned();
                    let none = value.is_null();
                    if none {
                        value = (hooks.ops.none)();
                    }
                    let stored = (hooks.object_to_item)(&self.to, value, dst);
                    if none {
                        (hooks.ops.decref)(value);
                    }
                    if !stored {
                        return LoopStatus::failed(LoopError::Object);
                    }
                }
                Kind::Ticks { multiply, divide } => {
                    let mut x = [0u8; 8];
                    crate::items::copy(
                        src,
                        0,
                        x.as_mut_ptr(),
                        0,
                        1,
                        8,
                        if self.from.is_native() { 0 } else { 8 },
                    );
                    let x = i64::from_ne_bytes(x);
                    let y = if x == i64::MIN {
                        x
                    } else {
                        x.wrapping_mul(*multiply).div_euclid(*divide)
                    };
                    let y = y.to_ne_bytes();
                    crate::items::copy(
                        y.as_ptr(),
                        0,
                        dst,
                        0,
                        1,
                        8,
                        if self.to.is_native() { 0 } else { 8 },
                    );
                }
                Kind::Fields(fields) => {
                    let mut events = FpEvents::NONE;
                    for (a, b, field) in fields.iter() {
                        let status = field.run(src.add(*a), 0, dst.add(*b), 0, 1, watch);
                        events |= status.events;
                        if status.error.is_some() {
                            return LoopStatus {
                                events,
                                error: status.error,
                            };
                        }
                    }
                    return LoopStatus::with_events(events);
                }
                Kind::Inner(inner, n) => {
                    let (s, d) = (inner.from.itemsize() as isize, inner.to.itemsize() as isize);
                    return inner.run(src, s, dst, d, *n as isize, watch);
                }
                Kind::Spread(inner, n) => {
                    return inner.run(
                        src,
                        0,
                        dst,
                        inner.to.itemsize() as isize,
                        *n as isize,
                        watch,
                    );
                }
            }
        }
        LoopStatus::OK
    }

    unsafe fn read_number(&self, src: *const u8, dst: *mut u8) -> LoopStatus {
        // SAFETY: one item on each side.
        unsafe {
            let bytes = std::slice::from_raw_parts(src, self.from.itemsize());
            let text: String = text::characters(&self.from, bytes)
                .into_iter()
                .filter_map(char::from_u32)
                .collect();
            let parsed = match text::parse(&text, self.to.num()) {
                Ok(parsed) => parsed,
                Err(e) => return fail(e),
            };
            let native = DType::new(self.to.num());
            let (value, through): ([u8; 16], TypeNum) = match parsed {
                text::Parsed::Whole(x) => {
                    let (low, high) = integer_range(self.to.num());
                    if self.to.num().is_integer() && !(low..=high).contains(&x) {
                        return fail(Error::Overflow(
                            format!("Python integer {x} out of bounds for {native}").into(),
                        ));
                    }
                    let mut b = [0; 16];
                    b[..8].copy_from_slice(&(x as u64).to_ne_bytes());
                    (b, if x < 0 { T::LongLong } else { T::ULongLong })
                }
                text::Parsed::Complex(re, im) => {
                    let mut b = [0; 16];
                    b[..8].copy_from_slice(&re.to_ne_bytes());
                    b[8..].copy_from_slice(&im.to_ne_bytes());
                    (b, T::CDouble)
                }
            };
            match cast_loop(&DType::new(through), &self.to) {
                Ok(inner) => inner.run(value.as_ptr(), 0, dst, 0, 1, false),
                Err(e) => fail(e),
            }
        }
    }
}

/// The range of an integer type (of bool: 0 and 1).
pub fn integer_range(num: TypeNum) -> (i128, i128) {
    let bits = 8 * num.facts().itemsize as u32;
    match num.kind() {
        b'u' => (0, (1i128 << bits) - 1),
        b'b' => (0, 1),
        _ => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
    }
}

/// Stores a reference, dropping the one that was there. `borrowed`: the new one must be counted.
unsafe fn replace_reference(dst: *mut u8, new: Object, borrowed: bool) {
    let Some(ops) = object::ops() else { return };
    // SAFETY: `dst` addresses a reference or null; the old one is dropped last, since dropping runs code.
    unsafe {
        if borrowed {
            (ops.incref)(new);
        }
        let slot = dst.cast::<Object>();
        let old = slot.read_unaligned();
        slot.write_unaligned(new);
        (ops.decref)(old);
    }
}
