//! C's `long double` where it is the 80-bit format of the x87: arithmetic in assembly, functions from the
//! platform's own libm. An item takes 16 bytes, as NumPy stores it.

use std::arch::asm;
use std::cmp::Ordering;
use std::ffi::c_void;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// An 80-bit extended float: 64 bits of mantissa with an explicit leading bit, 15 of exponent.
#[derive(Clone, Copy)]
#[repr(C, align(16))]
pub struct LongDouble {
    mantissa: u64,
    sign_exponent: u16,
    padding: [u16; 3],
}

/// The address of a function of the platform's libm that takes and returns `long double`.
pub type Function = unsafe extern "C" fn();

/// Assembly that loads `$a` (and `$b`) onto the x87 stack, applies `$op`, and stores the top.
macro_rules! x87 {
    ($op:literal, $($x:ident),+) => {{
        let mut out = Stored::NONE;
        // SAFETY: the operands are 16-byte values that live across the block, ten bytes of which are read
        // or written; the x87 stack is empty on entry because every register is declared clobbered.
        unsafe {
            asm!(
                $(concat!("fld tbyte ptr [{", stringify!($x), "}]"),)+
                $op,
                "fstp tbyte ptr [{out}]",
                $($x = in(reg) $x,)+
                out = in(reg) &raw mut out,
                out("st(0)") _, out("st(1)") _, out("st(2)") _, out("st(3)") _,
                out("st(4)") _, out("st(5)") _, out("st(6)") _, out("st(7)") _,
                options(nostack)
            );
        }
        out.load()
    }};
}

/// Where assembly stores a result: read back in the two pieces it was written in, which the CPU can forward.
#[repr(C, align(16))]
struct Stored {
    mantissa: u64,
    sign_exponent: u16,
}

impl Stored {
    const NONE: Self = Self {
        mantissa: 0,
        sign_exponent: 0,
    };

    #[inline(always)]
    fn load(&self) -> LongDouble {
        LongDouble::from_parts(self.sign_exponent, self.mantissa)
    }
}

impl LongDouble {
    /// 0.
    pub const ZERO: Self = Self::from_parts(0, 0);
    /// 1.
    pub const ONE: Self = Self::from_parts(0x3fff, 1 << 63);
    /// Positive infinity.
    pub const INFINITY: Self = Self::from_parts(0x7fff, 1 << 63);
    /// A quiet NaN.
    pub const NAN: Self = Self::from_parts(0x7fff, 3 << 62);
    /// The least positive normal number.
    pub const MIN_POSITIVE: Self = Self::from_parts(1, 1 << 63);
    /// The greatest finite number.
    pub const MAX: Self = Self::from_parts(0x7ffe, u64::MAX);
    /// The distance from 1 to the next number.
    pub const EPSILON: Self = Self::from_parts(0x3fff - 63, 1 << 63);

    /// A number from its sign with exponent (biased by 16383), and its mantissa.
    #[inline]
    pub const fn from_parts(sign_exponent: u16, mantissa: u64) -> Self {
        Self {
            mantissa,
            sign_exponent,
            padding: [0; 3],
        }
    }

    /// The sign with exponent, and the mantissa.
    #[inline]
    pub const fn to_parts(self) -> (u16, u64) {
        (self.sign_exponent, self.mantissa)
    }

    /// Whether this is not a number.
    #[inline]
    pub const fn is_nan(self) -> bool {
        self.sign_exponent & 0x7fff == 0x7fff && self.mantissa << 1 != 0
    }

    /// Whether this is an infinity.
    #[inline]
    pub const fn is_infinite(self) -> bool {
        self.sign_exponent & 0x7fff == 0x7fff && self.mantissa << 1 == 0
    }

    /// Whether this is neither an infinity nor NaN.
    #[inline]
    pub const fn is_finite(self) -> bool {
        self.sign_exponent & 0x7fff != 0x7fff
    }

    /// Whether the sign bit is set.
    #[inline]
    pub const fn is_sign_negative(self) -> bool {
        self.sign_exponent >> 15 == 1
    }

    /// The value with the sign bit cleared.
    #[inline]
    #[must_use]
    pub const fn abs(self) -> Self {
        Self::from_parts(self.sign_exponent & 0x7fff, self.mantissa)
    }

    /// The value with the sign of another.
    #[inline]
    #[must_use]
    pub const fn copysign(self, sign: Self) -> Self {
        Self::from_parts(
            self.sign_exponent & 0x7fff | sign.sign_exponent & 0x8000,
            self.mantissa,
        )
    }

    /// The exact value of an `f64`.
    #[inline]
    pub fn from_f64(x: f64) -> Self {
        let a = &raw const x;
        let mut out = Stored::NONE;
        // SAFETY: eight bytes are read and ten written, both of locals.
        unsafe {
            asm!("fld qword ptr [{a}]", "fstp tbyte ptr [{out}]", a = in(reg) a, out = in(reg) &raw mut out,
                out("st(0)") _, out("st(1)") _, out("st(2)") _, out("st(3)") _,
                out("st(4)") _, out("st(5)") _, out("st(6)") _, out("st(7)") _, options(nostack));
        }
        out.load()
    }

    /// The nearest `f64`.
    #[inline]
    pub fn to_f64(self) -> f64 {
        let a = &raw const self;
        let mut out = 0f64;
        // SAFETY: ten bytes are read and eight written, both of locals.
        unsafe {
            asm!("fld tbyte ptr [{a}]", "fstp qword ptr [{out}]", a = in(reg) a, out = in(reg) &raw mut out,
                out("st(0)") _, out("st(1)") _, out("st(2)") _, out("st(3)") _,
                out("st(4)") _, out("st(5)") _, out("st(6)") _, out("st(7)") _, options(nostack));
        }
        out
    }

    /// The nearest `f32`, rounded once.
    #[inline]
    pub fn to_f32(self) -> f32 {
        let a = &raw const self;
        let mut out = 0f32;
        // SAFETY: ten bytes are read and four written, both of locals.
        unsafe {
            asm!("fld tbyte ptr [{a}]", "fstp dword ptr [{out}]", a = in(reg) a, out = in(reg) &raw mut out,
                out("st(0)") _, out("st(1)") _, out("st(2)") _, out("st(3)") _,
                out("st(4)") _, out("st(5)") _, out("st(6)") _, out("st(7)") _, options(nostack));
        }
        out
    }

    /// The exact value of an `i64`.
    #[inline]
    pub fn from_i64(x: i64) -> Self {
        let magnitude = Self::from_u64(x.unsigned_abs());
        if x < 0 { -magnitude } else { magnitude }
    }

    /// The exact value of a `u64`.
    #[inline]
    pub fn from_u64(x: u64) -> Self {
        if x == 0 {
            return Self::ZERO;
        }
        let zeros = x.leading_zeros();
        Self::from_parts((0x3fff + 63 - zeros) as u16, x << zeros)
    }

    /// The integer part in 64 bits as C converts it on x86-64; `i64::MIN` where it does not fit.
    #[inline]
    pub fn to_i64(self) -> i64 {
        let exponent = i32::from(self.sign_exponent & 0x7fff) - 0x3fff;
        if exponent < 0 {
            return 0;
        }
        if exponent > 62 {
            return i64::MIN;
        }
        let magnitude = (self.mantissa >> (63 - exponent)) as i64;
        if self.is_sign_negative() {
            -magnitude
        } else {
            magnitude
        }
    }

    /// The integer part as C converts it to `unsigned long` on x86-64.
    #[inline]
    pub fn to_u64(self) -> u64 {
        let exponent = i32::from(self.sign_exponent & 0x7fff) - 0x3fff;
        if exponent == 63 && !self.is_sign_negative() {
            return self.mantissa;
        }
        if exponent > 63 && !self.is_sign_negative() {
            return 0;
        }
        self.to_i64() as u64
    }

    /// The square root, correctly rounded.
    #[inline]
    #[must_use]
    pub fn sqrt(self) -> Self {
        let a = &raw const self;
        x87!("fsqrt", a)
    }

    /// The nearest integer, ties to even.
    #[inline]
    #[must_use]
    pub fn rint(self) -> Self {
        let a = &raw const self;
        x87!("frndint", a)
    }

    /// Calls `f(x)` of the platform's libm; `integer` goes into the first integer register.
    ///
    /// # Safety
    ///
    /// `f` must be a C function of one `long double`, or of one and an integer or pointer that `integer` is
    /// good for, which returns a `long double`.
    pub unsafe fn call(f: Function, x: Self, integer: usize) -> Self {
        let mut out = Stored::NONE;
        // SAFETY: the System V convention passes a long double in 16 bytes of the stack, and returns one in
        // st(0); the stack is aligned for a call on entry because the block may use it.
        unsafe {
            asm!(
                "sub rsp, 16",
                "fld tbyte ptr [r12]",
                "fstp tbyte ptr [rsp]",
                "call r14",
                "add rsp, 16",
                "fstp tbyte ptr [r13]",
                in("r12") &raw const x,
                in("r13") &raw mut out,
                in("r14") f as *const c_void,
                inout("rdi") integer => _,
                clobber_abi("C")
            );
        }
        out.load()
    }

    /// Calls `f(x, y)` of the platform's libm.
    ///
    /// # Safety
    ///
    /// `f` must be a C function of two `long double` that returns a `long double`.
    pub unsafe fn call2(f: Function, x: Self, y: Self) -> Self {
        let mut out = Stored::NONE;
        // SAFETY: as in `call`, with the second argument above the first.
        unsafe {
            asm!(
                "sub rsp, 32",
                "fld tbyte ptr [r12]",
                "fstp tbyte ptr [rsp]",
                "fld tbyte ptr [r15]",
                "fstp tbyte ptr [rsp + 16]",
                "call r14",
                "add rsp, 32",
                "fstp tbyte ptr [r13]",
                in("r12") &raw const x,
                in("r15") &raw const y,
                in("r13") &raw mut out,
                in("r14") f as *const c_void,
                clobber_abi("C")
            );
        }
        out.load()
    }

    /// Calls a complex function of the platform's libm with one or two complex operands.
    ///
    /// # Safety
    ///
    /// `f` must be a C function of `operands.len() / 2` values of `long double _Complex` that returns one.
    pub unsafe fn call_complex(f: Function, operands: &[Self]) -> (Self, Self) {
        let (mut re, mut im) = (Stored::NONE, Stored::NONE);
        let mut stack = [Self::ZERO; 4];
        stack[..operands.len()].copy_from_slice(operands);
        // SAFETY: complex long doubles are passed in 32 bytes of the stack each and returned in st(0) and
        // st(1); a function of one operand leaves the second alone.
        unsafe {
            asm!(
                "sub rsp, 64",
                "movups xmm0, [r12]",
                "movups [rsp], xmm0",
                "movups xmm0, [r12 + 16]",
                "movups [rsp + 16], xmm0",
                "movups xmm0, [r12 + 32]",
                "movups [rsp + 32], xmm0",
                "movups xmm0, [r12 + 48]",
                "movups [rsp + 48], xmm0",
                "call r14",
                "add rsp, 64",
                "fstp tbyte ptr [r13]",
                "fstp tbyte ptr [r15]",
                in("r12") stack.as_ptr(),
                in("r13") &raw mut re,
                in("r15") &raw mut im,
                in("r14") f as *const c_void,
                clobber_abi("C")
            );
        }
        (re.load(), im.load())
    }
}

impl Add for LongDouble {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        let (a, b) = (&raw const self, &raw const other);
        x87!("faddp st(1), st", a, b)
    }
}

impl Sub for LongDouble {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        let (a, b) = (&raw const self, &raw const other);
        x87!("fsubp st(1), st", a, b)
    }
}

impl Mul for LongDouble {
    type Output = Self;
    #[inline]
    fn mul(self, other: Self) -> Self {
        let (a, b) = (&raw const self, &raw const other);
        x87!("fmulp st(1), st", a, b)
    }
}

impl Div for LongDouble {
    type Output = Self;
    #[inline]
    fn div(self, other: Self) -> Self {
        let (a, b) = (&raw const self, &raw const other);
        x87!("fdivp st(1), st", a, b)
    }
}

impl Neg for LongDouble {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self::from_parts(self.sign_exponent ^ 0x8000, self.mantissa)
    }
}

impl PartialEq for LongDouble {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for LongDouble {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self.is_nan() || other.is_nan() {
            return None;
        }
        let key = |x: &Self| {
            let magnitude = i128::from(x.sign_exponent & 0x7fff) << 64 | i128::from(x.mantissa);
            if x.is_sign_negative() {
                -magnitude
            } else {
                magnitude
            }
        };
        Some(key(self).cmp(&key(other)))
    }
}

impl std::fmt::Debug for LongDouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "LongDouble({:#06x}, {:#018x})",
            self.sign_exponent, self.mantissa
        )
    }
}

impl Default for LongDouble {
    fn default() -> Self {
        Self::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_has_the_bits_of_c() {
        let third = LongDouble::ONE / LongDouble::from_f64(3.0);
        assert_eq!(third.to_parts(), (0x3ffd, 0xaaaa_aaaa_aaaa_aaab));
        assert_eq!((third - LongDouble::ONE).to_f64(), -2.0 / 3.0);
        assert_eq!((third * LongDouble::from_i64(-6)).to_i64(), -2);
    }

    #[test]
    fn integers_convert_both_ways() {
        for x in [0, 1, -1, i64::MAX, i64::MIN, 1 << 53] {
            assert_eq!(LongDouble::from_i64(x).to_i64(), x);
        }
        assert_eq!(LongDouble::from_u64(u64::MAX).to_u64(), u64::MAX);
        assert_eq!(LongDouble::NAN.to_i64(), i64::MIN);
    }

    #[test]
    fn order_is_that_of_numbers() {
        let (one, two) = (LongDouble::ONE, LongDouble::from_f64(2.0));
        assert!(one < two && -two < -one && -LongDouble::ZERO == LongDouble::ZERO);
        assert!(LongDouble::NAN != LongDouble::NAN && LongDouble::MAX < LongDouble::INFINITY);
        assert_eq!(two.sqrt().to_f64(), 2f64.sqrt());
        assert_eq!(LongDouble::from_f64(2.5).rint(), two);
    }
}
