//! Where the largest or smallest item of each lane is: `argmax` and `argmin`.

use numpy_rs_elements::object::{CompareOp, Object};
use numpy_rs_elements::{Complex, f16};
use numpy_rs_kernels::conversion::Machine;

use super::mask::index_dtype;
use crate::array::Array;
use crate::cast::Casting;
use crate::cast::convert::machine;
use crate::copy;
use crate::dims::Dims;
use crate::dtype::{DType, TypeNum};
use crate::error::{Error, Result};
use crate::interrupt::Patience;
use crate::iter::nest::Nest;
use crate::layout::Order;
use crate::object;
use crate::view::View;

/// The position of the first largest (or smallest) item of one lane; negative where an object failed to compare.
type Lane = unsafe fn(*const u8, isize, isize) -> isize;

/// Positions along `axis`, an array of `intp` without that axis. The first of equal items counts; NaN and
/// not-a-time count as extreme.
pub fn arg_extreme(view: &View<'_>, axis: usize, largest: bool) -> Result<Array> {
    let n = view.shape()[axis];
    let mut shape = Dims::from_slice(view.shape());
    shape.remove(axis);
    if n == 0 {
        return Err(Error::value(format!(
            "attempt to get {} of an empty sequence",
            if largest { "argmax" } else { "argmin" }
        )));
    }
    let held;
    let view = if view.dtype().is_native() && view.is_aligned() {
        view
    } else {
        let native = DType::new(view.dtype().num());
        held = copy::cast_to(view, &native, Order::K, Casting::Unsafe)?.0;
        &held.view()
    };
    let run = lane_loop(view.dtype(), largest).ok_or_else(|| {
        Error::type_error(format!(
            "Cannot {} array of type {}",
            if largest { "argmax" } else { "argmin" },
            view.dtype()
        ))
    })?;
    let mut out = Array::empty(index_dtype(), &shape, Order::C)?;
    let mut strides = Dims::from_slice(view.strides());
    let step = strides.remove(axis);
    {
        let mut to = out.view_mut()?;
        let base = [to.ptr_mut(), view.ptr().cast_mut()];
        let to_strides = Dims::from_slice(to.strides());
        let nest = Nest::new(
            &shape,
            2,
            |op, a| {
                if op == 0 { to_strides[a] } else { strides[a] }
            },
        );
        let inner = [nest.strides(0)[0], nest.strides(0)[1]];
        let patience = Patience::new();
        nest.walk(&base, 0..nest.size(), |p, len| {
            for k in 0..len {
                // SAFETY: the nest stays inside both views; the lane has `n` items of the dtype, aligned and native.
                let at = unsafe { run(p[1].offset(k * inner[1]), step, n) };
                if at < 0 {
                    return Err(Error::Object);
                }
                // SAFETY: as above.
                unsafe { p[0].offset(k * inner[0]).cast::<isize>().write(at) };
                patience.check()?;
            }
            Ok(())
        })?;
    }
    Ok(out)
}

/// Numbers in the order that `argmax` sees.
trait Ranked: Copy {
    fn above(self, other: Self) -> bool;
    /// NaN: nothing is more extreme.
    fn is_final(self) -> bool {
        false
    }
}

macro_rules! ranked {
    ($($t:ty)*) => {$(
        impl Ranked for $t {
            #[inline(always)]
            fn above(self, other: Self) -> bool {
                self > other
            }
        }
    )*};
}
ranked!(u8 u16 u32 u64 i8 i16 i32 i64);

macro_rules! ranked_floats {
    ($($t:ty)*) => {$(
        impl Ranked for $t {
            #[inline(always)]
            fn above(self, other: Self) -> bool {
                self > other
            }
            #[inline(always)]
            fn is_final(self) -> bool {
                self.is_nan()
            }
        }
        impl Ranked for Complex<$t> {
            #[inline(always)]
            fn above(self, other: Self) -> bool {
                self.re > other.re || (self.re == other.re && self.im > other.im)
            }
            #[inline(always)]
            fn is_final(self) -> bool {
                self.re.is_nan() || self.im.is_nan()
            }
        }
    )*};
}
ranked_floats!(f32 f64);

impl Ranked for f16 {
    #[inline(always)]
    fn above(self, other: Self) -> bool {
        self.to_f32() > other.to_f32()
    }
    #[inline(always)]
    fn is_final(self) -> bool {
        self.is_nan()
    }
}

/// Ticks of time, of which the least is not-a-time.
#[derive(Clone, Copy)]
#[repr(transparent)]
struct Ticks(i64);

impl Ranked for Ticks {
    #[inline(always)]
    fn above(self, other: Self) -> bool {
        self.0 > other.0
    }
    #[inline(always)]
    fn is_final(self) -> bool {
        self.0 == i64::MIN
    }
}

/// Positions in a lane of numbers.
unsafe fn numbers<T: Ranked, const LARGEST: bool>(lane: *const u8, step: isize, n: isize) -> isize {
    // SAFETY: promised by the caller: `n` aligned items.
    unsafe {
        let item = |i: isize| lane.offset(i * step).cast::<T>().read();
        let (mut best, mut at) = (item(0), 0);
        if best.is_final() {
            return 0;
        }
        for i in 1..n {
            let x = item(i);
            if x.is_final() {
                return i;
            }
            let better = if LARGEST {
                x.above(best)
            } else {
                best.above(x)
            };
            if better {
                best = x;
                at = i;
            }
        }
        at
    }
}

/// Positions in a lane of objects.
unsafe fn objects<const LARGEST: bool>(lane: *const u8, step: isize, n: isize) -> isize {
    let Some(ops) = object::ops() else { return -1 };
    let op = if LARGEST {
        CompareOp::Greater
    } else {
        CompareOp::Less
    };
    // SAFETY: promised by the caller: `n` references, on the thread that holds the interpreter.
    unsafe {
        let item = |i: isize| lane.offset(i * step).cast::<Object>().read();
        let (mut best, mut at) = (item(0), 0);
        for i in 1..n {
            let x = item(i);
            let answer = (ops.compare)(op, x, best);
            if answer.is_null() {
                return -1;
            }
            let truth = (ops.truth)(answer);
            (ops.decref)(answer);
            if truth < 0 {
                return -1;
            }
            if truth == 1 {
                best = x;
                at = i;
            }
        }
        at
    }
}

fn lane_loop(dtype: &DType, largest: bool) -> Option<Lane> {
    macro_rules! pick {
        ($t:ty) => {
            if largest {
                numbers::<$t, true> as Lane
            } else {
                numbers::<$t, false> as Lane
            }
        };
    }
    if dtype.num() == TypeNum::Object {
        return Some(if largest {
            objects::<true> as Lane
        } else {
            objects::<false> as Lane
        });
    }
    if matches!(dtype.num(), TypeNum::Datetime | TypeNum::Timedelta) {
        return Some(pick!(Ticks));
    }
    Some(match machine(dtype.num())? {
        Machine::Bool | Machine::U8 => pick!(u8),
        Machine::I8 => pick!(i8),
        Machine::U16 => pick!(u16),
        Machine::I16 => pick!(i16),
        Machine::U32 => pick!(u32),
        Machine::I32 => pick!(i32),
        Machine::U64 => pick!(u64),
        Machine::I64 => pick!(i64),
        Machine::F16 => pick!(f16),
        Machine::F32 => pick!(f32),
        Machine::F64 => pick!(f64),
        Machine::C64 => pick!(Complex<f32>),
        Machine::C128 => pick!(Complex<f64>),
        _ => return None,
    })
}
