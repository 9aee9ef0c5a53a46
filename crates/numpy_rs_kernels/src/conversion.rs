//! Conversion of numbers from one element type to another, with C's results on x86-64 where C leaves them open.

use numpy_rs_elements::fp_events::FpEvents;
use numpy_rs_elements::longdouble::LongDouble;
use numpy_rs_elements::real::{f16_from_f64, f16_from_longdouble};
use numpy_rs_elements::{Bool, Complex, f16};

/// A loop that converts `n` aligned items in native order.
///
/// # Safety
///
/// `src` and `dst` with their strides in bytes address `n` aligned items of the loop's types.
pub type ConversionLoop = unsafe fn(
    src: *const u8,
    src_stride: isize,
    dst: *mut u8,
    dst_stride: isize,
    n: isize,
    watch: bool,
) -> FpEvents;

/// Conversion of one number.
trait Convert<B>: Copy {
    fn convert(self) -> B;

    /// What the conversion loses that a floating-point unit would report.
    #[inline(always)]
    fn events(self, _converted: B) -> FpEvents {
        FpEvents::NONE
    }

    /// Whether `events` can be anything but empty.
    const CAN_FAIL: bool = false;
}

/// Truncation of a double, with the results of x86-64: out of range is the type's "integer indefinite", narrow types
/// are cut from 32 bits, unsigned 32 from 64.
trait FromDouble {
    fn from_double(x: f64) -> Self;

    /// Whether the processor converts without reporting: the range of the integer that the result is cut from.
    fn holds(x: f64) -> bool;
}

#[inline(always)]
fn to_i32(x: f64) -> i32 {
    // `as` saturates; C gives the smallest integer.
    if x > -2147483649.0 && x < 2147483648.0 {
        x as i32
    } else {
        i32::MIN
    }
}

#[inline(always)]
fn to_i64(x: f64) -> i64 {
    if (-9223372036854775808.0..9223372036854775808.0).contains(&x) {
        x as i64
    } else {
        i64::MIN
    }
}

macro_rules! from_double {
    ($($t:ty: $x:ident => $value:expr, $low:literal, $high:literal;)*) => {$(
        impl FromDouble for $t {
            #[inline(always)]
            fn from_double($x: f64) -> Self { $value }
            #[inline(always)]
            fn holds(x: f64) -> bool {
                ($low..$high).contains(&x.trunc())
            }
        }
    )*};
}

from_double! {
    i8: x => to_i32(x) as i8, -2147483648.0, 2147483648.0;
    u8: x => to_i32(x) as u8, -2147483648.0, 2147483648.0;
    i16: x => to_i32(x) as i16, -2147483648.0, 2147483648.0;
    u16: x => to_i32(x) as u16, -2147483648.0, 2147483648.0;
    i32: x => to_i32(x), -2147483648.0, 2147483648.0;
    u32: x => to_i64(x) as u32, -9223372036854775808.0, 9223372036854775808.0;
    i64: x => to_i64(x), -9223372036854775808.0, 9223372036854775808.0;
    u64: x => if x >= 9223372036854775808.0 { (to_i64(x - 9223372036854775808.0) as u64) ^ (1 << 63) } else { to_i64(x) as u64 },
        -9223372036854775808.0, 18446744073709551616.0;
}

macro_rules! integers {
    ($mac:ident) => { $mac!(i8 u8 i16 u16 i32 u32 i64 u64); };
}

macro_rules! integer_to_integer {
    ($($t:ty)*) => { $( integer_to_integer!(@from $t: i8 u8 i16 u16 i32 u32 i64 u64); )* };
    (@from $a:ty: $($b:ty)*) => {$(
        impl Convert<$b> for $a {
            #[inline(always)]
            fn convert(self) -> $b { self as $b }
        }
    )*};
}
integers!(integer_to_integer);

macro_rules! integer_others {
    ($($t:ty)*) => {$(
        impl Convert<Bool> for $t {
            #[inline(always)]
            fn convert(self) -> Bool { Bool::from(self != 0) }
        }
        impl Convert<$t> for Bool {
            #[inline(always)]
            fn convert(self) -> $t { <$t>::from(self.0 != 0) }
        }
        impl Convert<f32> for $t {
            #[inline(always)]
            fn convert(self) -> f32 { self as f32 }
        }
        impl Convert<f64> for $t {
            #[inline(always)]
            fn convert(self) -> f64 { self as f64 }
        }
        impl Convert<f16> for $t {
            #[inline(always)]
            fn convert(self) -> f16 { f16_from_f64(self as f64) }
            #[inline(always)]
            fn events(self, y: f16) -> FpEvents {
                if y.is_infinite() { FpEvents::OVERFLOW } else { FpEvents::NONE }
            }
            const CAN_FAIL: bool = size_of::<$t>() > 1;
        }
        impl Convert<$t> for f32 {
            #[inline(always)]
            fn convert(self) -> $t { <$t>::from_double(f64::from(self)) }
            #[inline(always)]
            fn events(self, _: $t) -> FpEvents {
                if <$t>::holds(f64::from(self)) { FpEvents::NONE } else { FpEvents::INVALID }
            }
            const CAN_FAIL: bool = true;
        }
        impl Convert<$t> for f64 {
            #[inline(always)]
            fn convert(self) -> $t { <$t>::from_double(self) }
            #[inline(always)]
            fn events(self, _: $t) -> FpEvents {
                if <$t>::holds(self) { FpEvents::NONE } else { FpEvents::INVALID }
            }
            const CAN_FAIL: bool = true;
        }
        impl Convert<$t> for f16 {
            #[inline(always)]
            fn convert(self) -> $t { <$t>::from_double(self.to_f64()) }
            #[inline(always)]
            fn events(self, _: $t) -> FpEvents {
                if <$t>::holds(self.to_f64()) { FpEvents::NONE } else { FpEvents::INVALID }
            }
            const CAN_FAIL: bool = true;
        }
    )*};
}
integers!(integer_others);

macro_rules! long_double_integers {
    (signed: $($t:ty)*) => {$(
        impl Convert<$t> for LongDouble {
            #[inline(always)]
            fn convert(self) -> $t { self.to_i64() as $t }
            #[inline(always)]
            fn events(self, _: $t) -> FpEvents {
                if <$t>::holds(self.to_f64()) { FpEvents::NONE } else { FpEvents::INVALID }
            }
            const CAN_FAIL: bool = true;
        }
        impl Convert<LongDouble> for $t {
            #[inline(always)]
            fn convert(self) -> LongDouble { LongDouble::from_i64(i64::from(self)) }
        }
    )*};
}
long_double_integers!(signed: i8 u8 i16 u16 i32 u32 i64);
impl Convert<u64> for LongDouble {
    #[inline(always)]
    fn convert(self) -> u64 {
        self.to_u64()
    }
    #[inline(always)]
    fn events(self, _: u64) -> FpEvents {
        if u64::holds(self.to_f64()) {
            FpEvents::NONE
        } else {
            FpEvents::INVALID
        }
    }
    const CAN_FAIL: bool = true;
}
impl Convert<LongDouble> for u64 {
    #[inline(always)]
    fn convert(self) -> LongDouble {
        LongDouble::from_u64(self)
    }
}

impl Convert<Bool> for Bool {
    #[inline(always)]
    fn convert(self) -> Bool {
        self
    }
}

macro_rules! floats {
    ($($a:ty => $b:ty: $x:ident => $value:expr;)*) => {$(
        impl Convert<$b> for $a {
            #[inline(always)]
            fn convert(self) -> $b { let $x = self; $value }
            #[inline(always)]
            fn events(self, y: $b) -> FpEvents {
                let (x, y): (f64, f64) = (Convert::<f64>::convert(self), Convert::<f64>::convert(y));
                if y.is_infinite() && x.is_finite() { FpEvents::OVERFLOW } else { FpEvents::NONE }
            }
            const CAN_FAIL: bool = size_of::<$b>() < size_of::<$a>();
        }
    )*};
}
floats! {
    f16 => f32: x => x.to_f32();
    f16 => f64: x => x.to_f64();
    f32 => f16: x => f16::from_f32(x);
    f32 => f32: x => x;
    f32 => f64: x => f64::from(x);
    f64 => f16: x => f16_from_f64(x);
    f64 => f32: x => x as f32;
    f64 => f64: x => x;
    f16 => f16: x => x;
    f16 => LongDouble: x => LongDouble::from_f64(x.to_f64());
    f32 => LongDouble: x => LongDouble::from_f64(f64::from(x));
    f64 => LongDouble: x => LongDouble::from_f64(x);
    LongDouble => f16: x => f16_from_longdouble(x);
    LongDouble => f32: x => x.to_f32();
    LongDouble => LongDouble: x => x;
}

impl Convert<f64> for LongDouble {
    #[inline(always)]
    fn convert(self) -> f64 {
        self.to_f64()
    }
    #[inline(always)]
    fn events(self, y: f64) -> FpEvents {
        let finite = self.is_finite();
        if y.is_infinite() && finite {
            FpEvents::OVERFLOW
        } else {
            FpEvents::NONE
        }
    }
    const CAN_FAIL: bool = true;
}

macro_rules! float_bool {
    ($($t:ty)*) => {$(
        impl Convert<Bool> for $t {
            #[inline(always)]
            fn convert(self) -> Bool { Bool::from(!(self == Convert::<$t>::convert(Bool(0)))) }
        }
    )*};
}
float_bool!(f16 f32 f64 LongDouble);

macro_rules! bool_float {
    ($($t:ty: $zero:expr, $one:expr;)*) => {$(
        impl Convert<$t> for Bool {
            #[inline(always)]
            fn convert(self) -> $t { if self.0 != 0 { $one } else { $zero } }
        }
    )*};
}
bool_float! {
    f16: f16::ZERO, f16::ONE;
    f32: 0.0, 1.0;
    f64: 0.0, 1.0;
    LongDouble: LongDouble::from_f64(0.0), LongDouble::from_f64(1.0);
}

/// Real types to complex ones, and back by dropping the imaginary part.
macro_rules! complex_of {
    ($c:ty; $($t:ty)*) => {$(
        impl Convert<Complex<$c>> for $t {
            #[inline(always)]
            fn convert(self) -> Complex<$c> { Complex::new(Convert::<$c>::convert(self), Convert::<$c>::convert(Bool(0))) }
            #[inline(always)]
            fn events(self, y: Complex<$c>) -> FpEvents { Convert::<$c>::events(self, y.re) }
            const CAN_FAIL: bool = <$t as Convert<$c>>::CAN_FAIL;
        }
        impl Convert<$t> for Complex<$c> {
            #[inline(always)]
            fn convert(self) -> $t { Convert::<$t>::convert(self.re) }
            #[inline(always)]
            fn events(self, y: $t) -> FpEvents { Convert::<$t>::events(self.re, y) }
            const CAN_FAIL: bool = <$c as Convert<$t>>::CAN_FAIL;
        }
    )*};
}
macro_rules! complexes {
    ($($c:ty)*) => {$(
        complex_of!($c; i8 u8 i16 u16 i32 u32 i64 u64 f16 f32 f64 LongDouble);
        impl Convert<Complex<$c>> for Bool {
            #[inline(always)]
            fn convert(self) -> Complex<$c> { Complex::new(Convert::<$c>::convert(self), Convert::<$c>::convert(Bool(0))) }
        }
        impl Convert<Bool> for Complex<$c> {
            #[inline(always)]
            fn convert(self) -> Bool {
                Bool(Convert::<Bool>::convert(self.re).0 | Convert::<Bool>::convert(self.im).0)
            }
        }
        complexes!(@to $c: f32 f64 LongDouble);
    )*};
    (@to $a:ty: $($b:ty)*) => {$(
        impl Convert<Complex<$b>> for Complex<$a> {
            #[inline(always)]
            fn convert(self) -> Complex<$b> { Complex::new(Convert::<$b>::convert(self.re), Convert::<$b>::convert(self.im)) }
            #[inline(always)]
            fn events(self, y: Complex<$b>) -> FpEvents {
                Convert::<$b>::events(self.re, y.re) | Convert::<$b>::events(self.im, y.im)
            }
            const CAN_FAIL: bool = <$a as Convert<$b>>::CAN_FAIL;
        }
    )*};
}
complexes!(f32 f64 LongDouble);

/// Converts one lane; the contiguous form is written apart so that it vectorises.
unsafe fn run<A: Convert<B>, B: Copy>(
    src: *const u8,
    src_stride: isize,
    dst: *mut u8,
    dst_stride: isize,
    n: isize,
    watch: bool,
) -> FpEvents {
    // SAFETY: promised by the caller of the loop.
    unsafe {
        if src_stride == size_of::<A>() as isize && dst_stride == size_of::<B>() as isize {
            let (s, d) = (src.cast::<A>(), dst.cast::<B>());
            for i in 0..n as usize {
                *d.add(i) = (*s.add(i)).convert();
            }
        } else {
            for i in 0..n {
                let x = *src.offset(i * src_stride).cast::<A>();
                *dst.offset(i * dst_stride).cast::<B>() = x.convert();
            }
        }
        let mut events = FpEvents::NONE;
        if watch && A::CAN_FAIL {
            for i in 0..n {
                let x = *src.offset(i * src_stride).cast::<A>();
                events |= x.events(*dst.offset(i * dst_stride).cast::<B>());
            }
        }
        events
    }
}

/// The machine types of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the element types")]
pub enum Machine {
    Bool,
    I8,
    U8,
    I16,
    U16,
    I32,
    U32,
    I64,
    U64,
    F16,
    F32,
    F64,
    LongDouble,
    C64,
    C128,
    CLongDouble,
}

/// The conversion loop between two machine types.
pub fn conversion(from: Machine, to: Machine) -> ConversionLoop {
    macro_rules! to_type {
        ($a:ty) => {
            match to {
                Machine::Bool => run::<$a, Bool>,
                Machine::I8 => run::<$a, i8>,
                Machine::U8 => run::<$a, u8>,
                Machine::I16 => run::<$a, i16>,
                Machine::U16 => run::<$a, u16>,
                Machine::I32 => run::<$a, i32>,
                Machine::U32 => run::<$a, u32>,
                Machine::I64 => run::<$a, i64>,
                Machine::U64 => run::<$a, u64>,
                Machine::F16 => run::<$a, f16>,
                Machine::F32 => run::<$a, f32>,
                Machine::F64 => run::<$a, f64>,
                Machine::LongDouble => run::<$a, LongDouble>,
                Machine::C64 => run::<$a, Complex<f32>>,
                Machine::C128 => run::<$a, Complex<f64>>,
                Machine::CLongDouble => run::<$a, Complex<LongDouble>>,
            }
        };
    }
    match from {
        Machine::Bool => to_type!(Bool),
        Machine::I8 => to_type!(i8),
        Machine::U8 => to_type!(u8),
        Machine::I16 => to_type!(i16),
        Machine::U16 => to_type!(u16),
        Machine::I32 => to_type!(i32),
        Machine::U32 => to_type!(u32),
        Machine::I64 => to_type!(i64),
        Machine::U64 => to_type!(u64),
        Machine::F16 => to_type!(f16),
        Machine::F32 => to_type!(f32),
        Machine::F64 => to_type!(f64),
        Machine::LongDouble => to_type!(LongDouble),
        Machine::C64 => to_type!(Complex<f32>),
        Machine::C128 => to_type!(Complex<f64>),
        Machine::CLongDouble => to_type!(Complex<LongDouble>),
    }
}
