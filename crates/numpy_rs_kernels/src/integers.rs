//! Kernels of the integers: arithmetic wraps, division floors, and division by zero gives zero.

use numpy_rs_elements::Bool;
use numpy_rs_elements::integer::Integer;

use crate::abi::LoopError;

macro_rules! binary {
    ($($(#[$meta:meta])* $name:ident = $method:ident;)*) => {$(
        $(#[$meta])*
        #[inline(always)]
        pub fn $name<T: Integer>(a: T, b: T) -> T { a.$method(b) }
    )*};
}

binary! {
    /// The sum, wrapped.
    add = plus;
    /// The difference, wrapped.
    subtract = minus;
    /// The product, wrapped.
    multiply = times;
    /// Bitwise and.
    bitwise_and = and;
    /// Bitwise or.
    bitwise_or = or;
    /// Bitwise exclusive or.
    bitwise_xor = xor;
    /// The greater.
    maximum = max;
    /// The lesser.
    minimum = min;
}

macro_rules! comparisons {
    ($($(#[$meta:meta])* $name:ident $op:tt $signed_unsigned:ident $unsigned_signed:ident $a_is_less:literal;)*) => {$(
        $(#[$meta])*
        #[inline(always)]
        pub fn $name<T: Integer>(a: T, b: T) -> Bool { Bool::from(a $op b) }

        /// The same across signs, exactly.
        #[inline(always)]
        pub fn $signed_unsigned(a: i64, b: u64) -> Bool {
            Bool::from(if a < 0 { $a_is_less } else { (a as u64) $op b })
        }

        /// The same across signs, exactly.
        #[inline(always)]
        pub fn $unsigned_signed(a: u64, b: i64) -> Bool {
            // The mirror of the case above: a negative `b` is less than `a`.
            Bool::from(if b < 0 { 1 $op 0 } else { a $op (b as u64) })
        }
    )*};
}

comparisons! {
    /// `a == b`
    equal == equal_signed_unsigned equal_unsigned_signed false;
    /// `a != b`
    not_equal != not_equal_signed_unsigned not_equal_unsigned_signed true;
    /// `a < b`
    less < less_signed_unsigned less_unsigned_signed true;
    /// `a <= b`
    less_equal <= less_equal_signed_unsigned less_equal_unsigned_signed true;
    /// `a > b`
    greater > greater_signed_unsigned greater_unsigned_signed false;
    /// `a >= b`
    greater_equal >= greater_equal_signed_unsigned greater_equal_unsigned_signed false;
}

/// Both are not zero.
#[inline(always)]
pub fn logical_and<T: Integer>(a: T, b: T) -> Bool {
    Bool::from((a != T::ZERO) & (b != T::ZERO))
}

/// One is not zero.
#[inline(always)]
pub fn logical_or<T: Integer>(a: T, b: T) -> Bool {
    Bool::from(a.or(b) != T::ZERO)
}

/// Just one is not zero.
#[inline(always)]
pub fn logical_xor<T: Integer>(a: T, b: T) -> Bool {
    Bool::from((a != T::ZERO) ^ (b != T::ZERO))
}

/// It is zero.
#[inline(always)]
pub fn logical_not<T: Integer>(a: T) -> Bool {
    Bool::from(a == T::ZERO)
}

/// `-a`, wrapped.
#[inline(always)]
pub fn negative<T: Integer>(a: T) -> T {
    T::ZERO.minus(a)
}

/// `a` itself: `positive`, `conjugate`, `floor`...
#[inline(always)]
pub fn same<T: Integer>(a: T) -> T {
    a
}

/// The magnitude; the least value stays as it is.
#[inline(always)]
pub fn absolute<T: Integer>(a: T) -> T {
    a.magnitude()
}

/// -1, 0 or 1.
#[inline(always)]
pub fn sign<T: Integer>(a: T) -> T {
    a.sign()
}

/// `a * a`, wrapped.
#[inline(always)]
pub fn square<T: Integer>(a: T) -> T {
    a.times(a)
}

/// `~a`
#[inline(always)]
pub fn invert<T: Integer>(a: T) -> T {
    a.complement()
}

/// 1.
#[inline(always)]
pub fn one<T: Integer>(_: T) -> T {
    T::ONE
}

/// The number of one bits of `|a|`.
#[inline(always)]
pub fn bitwise_count<T: Integer>(a: T) -> u8 {
    a.ones()
}

/// `a << b`; 0 where `b` is not below the width.
#[inline(always)]
pub fn left_shift<T: Integer>(a: T, b: T) -> T {
    let bits = b.to_u64();
    if bits < u64::from(T::BITS) {
        a.shift_left(bits as u32)
    } else {
        T::ZERO
    }
}

/// `a >> b`; only the sign is left where `b` is not below the width.
#[inline(always)]
pub fn right_shift<T: Integer>(a: T, b: T) -> T {
    let bits = b.to_u64().min(u64::from(T::BITS - 1)) as u32;
    let inside = b.to_u64() < u64::from(T::BITS);
    if inside || T::SIGNED {
        a.shift_right(bits)
    } else {
        T::ZERO
    }
}

/// The quotient rounded down; 0 for division by zero, `MIN` for `MIN / -1`.
#[inline(always)]
pub fn floor_divide<T: Integer>(a: T, b: T) -> T {
    if b == T::ZERO {
        return T::ZERO;
    }
    let quotient = a.quotient(b);
    if T::SIGNED && a.is_negative() != b.is_negative() && quotient.times(b) != a {
        quotient.minus(T::ONE)
    } else {
        quotient
    }
}

/// The remainder with the sign of `b`; 0 for division by zero.
#[inline(always)]
pub fn remainder<T: Integer>(a: T, b: T) -> T {
    if b == T::ZERO {
        return T::ZERO;
    }
    let rest = a.rest(b);
    if T::SIGNED && rest != T::ZERO && rest.is_negative() != b.is_negative() {
        rest.plus(b)
    } else {
        rest
    }
}

/// The remainder with the sign of `a`; 0 for division by zero.
#[inline(always)]
pub fn fmod<T: Integer>(a: T, b: T) -> T {
    if b == T::ZERO { T::ZERO } else { a.rest(b) }
}

/// Quotient and remainder of floor division.
#[inline(always)]
pub fn divmod<T: Integer>(a: T, b: T) -> (T, T) {
    let quotient = floor_divide(a, b);
    (
        quotient,
        if b == T::ZERO {
            T::ZERO
        } else {
            a.minus(quotient.times(b))
        },
    )
}

/// `a` to the power `b >= 0`, wrapped.
#[inline(always)]
pub fn power<T: Integer>(a: T, b: T) -> T {
    let (mut base, mut exponent, mut out) = (a, b.to_u64(), T::ONE);
    while exponent != 0 {
        if exponent & 1 == 1 {
            out = out.times(base);
        }
        base = base.times(base);
        exponent >>= 1;
    }
    out
}

/// Refuses negative exponents.
///
/// # Safety
///
/// `b` is valid for reads of `n` items.
pub unsafe fn refuse_negative_powers<T: Integer>(
    _: *const T,
    b: *const T,
    n: usize,
) -> Option<LoopError> {
    let mut any = false;
    for i in 0..n {
        // SAFETY: `i` is below `n`.
        any |= unsafe { *b.add(i) }.is_negative();
    }
    any.then_some(LoopError::NegativeIntegerPower)
}

/// The greatest common divisor of the magnitudes.
#[inline(always)]
pub fn gcd<T: Integer>(a: T, b: T) -> T {
    let (mut a, mut b) = (a.magnitude(), b.magnitude());
    while a != T::ZERO {
        (a, b) = (b.rest(a), a);
    }
    // The least value has no positive twin and leaves negative remainders behind.
    b.magnitude()
}

/// The least common multiple of the magnitudes, wrapped.
#[inline(always)]
pub fn lcm<T: Integer>(a: T, b: T) -> T {
    let divisor = gcd(a, b);
    if divisor == T::ZERO {
        return T::ZERO;
    }
    a.magnitude().quotient(divisor).times(b.magnitude())
}

/// `x` between the bounds; the upper one wins.
#[inline(always)]
pub fn clip<T: Integer>(x: T, low: T, high: T) -> T {
    x.max(low).min(high)
}

/// `1 / a` rounded toward zero; zero gives what C's conversion of infinity gives on x86-64.
#[inline(always)]
pub fn reciprocal<T: Integer>(a: T) -> T {
    if a == T::ONE || a == T::ZERO.minus(T::ONE) && T::SIGNED {
        a
    } else if a == T::ZERO && T::BITS >= 32 && T::SIGNED {
        T::ONE.shift_left(T::BITS - 1)
    } else {
        T::ZERO
    }
}
