//! Conversion of lanes of numbers from one dtype to another.

use numpy_rs_kernels::abi::LoopStatus;

use crate::dtype::{DType, TypeNum};
use crate::error::{Error, Result};

use TypeNum as T;

/// Converts a lane of items of one dtype to another.
#[derive(Clone, Debug)]
pub struct CastLoop {
    from: DType,
    to: DType,
}

/// The conversion from one dtype to another.
pub fn cast_loop(from: &DType, to: &DType) -> Result<CastLoop> {
    let known = |d: &DType| {
        d.num().is_number() && !matches!(d.num(), T::LongDouble | T::CLongDouble | T::Half)
    };
    if (known(from) && known(to))
        || (from.num() == to.num() && !from.has_objects() && !from.num().is_flexible())
    {
        return Ok(CastLoop {
            from: from.clone(),
            to: to.clone(),
        });
    }
    Err(Error::NoCast(Box::new((from.clone(), to.clone()))))
}

enum Value {
    Whole(i128),
    Complex(f64, f64),
}

impl CastLoop {
    /// Converts `n` items. Neither side need be aligned.
    ///
    /// # Safety
    ///
    /// `src` and `dst` with their strides address `n` items of the two dtypes, which do not overlap.
    pub unsafe fn run(
        &self,
        src: *const u8,
        src_stride: isize,
        dst: *mut u8,
        dst_stride: isize,
        n: isize,
        _watch: bool,
    ) -> LoopStatus {
        for k in 0..n {
            // SAFETY: promised by the caller.
            unsafe {
                let (s, d) = (src.offset(k * src_stride), dst.offset(k * dst_stride));
                if self.from.num() == self.to.num() {
                    std::ptr::copy_nonoverlapping(s, d, self.from.itemsize());
                    if self.from.byte_order() != self.to.byte_order() {
                        std::slice::from_raw_parts_mut(d, self.to.itemsize()).reverse();
                    }
                } else {
                    let mut item = [0u8; 16];
                    std::ptr::copy_nonoverlapping(s, item.as_mut_ptr(), self.from.itemsize());
                    if !self.from.is_native() {
                        item[..self.from.itemsize()].reverse();
                    }
                    write(d, self.to.num(), &read(item.as_ptr(), self.from.num()));
                    if !self.to.is_native() {
                        std::slice::from_raw_parts_mut(d, self.to.itemsize()).reverse();
                    }
                }
            }
        }
        LoopStatus::OK
    }
}

unsafe fn read(p: *const u8, num: TypeNum) -> Value {
    macro_rules! at {
        ($t:ty) => {
            p.cast::<$t>().read_unaligned()
        };
    }
    // SAFETY: the caller passes an item of the type.
    unsafe {
        match num {
            T::Bool | T::UByte => Value::Whole(at!(u8).into()),
            T::Byte => Value::Whole(at!(i8).into()),
            T::Short => Value::Whole(at!(i16).into()),
            T::UShort => Value::Whole(at!(u16).into()),
            T::Int => Value::Whole(at!(i32).into()),
            T::UInt => Value::Whole(at!(u32).into()),
            T::Long | T::LongLong => Value::Whole(at!(i64).into()),
            T::ULong | T::ULongLong => Value::Whole(at!(u64).into()),
            T::Float => Value::Complex(at!(f32).into(), 0.0),
            T::CFloat => {
                let [re, im] = at!([f32; 2]);
                Value::Complex(re.into(), im.into())
            }
            T::CDouble => {
                let [re, im] = at!([f64; 2]);
                Value::Complex(re, im)
            }
            _ => Value::Complex(at!(f64), 0.0),
        }
    }
}

unsafe fn write(p: *mut u8, num: TypeNum, value: &Value) {
    macro_rules! put {
        ($t:ty) => {
            p.cast::<$t>().write_unaligned(match *value {
                Value::Whole(x) => x as $t,
                Value::Complex(x, _) => x as $t,
            })
        };
    }
    let complex = match *value {
        Value::Whole(x) => (x as f64, 0.0),
        Value::Complex(re, im) => (re, im),
    };
    // SAFETY: the caller passes room for an item of the type.
    unsafe {
        match num {
            T::Bool => p.write(u8::from(complex != (0.0, 0.0))),
            T::UByte => put!(u8),
            T::Byte => put!(i8),
            T::Short => put!(i16),
            T::UShort => put!(u16),
            T::Int => put!(i32),
            T::UInt => put!(u32),
            T::Long | T::LongLong => put!(i64),
            T::ULong | T::ULongLong => put!(u64),
            T::Float => put!(f32),
            T::CFloat => p
                .cast::<[f32; 2]>()
                .write_unaligned([complex.0 as f32, complex.1 as f32]),
            T::CDouble => p.cast::<[f64; 2]>().write_unaligned([complex.0, complex.1]),
            _ => put!(f64),
        }
    }
}
