//! Kernels of bool: sums are "or", products are "and".

use numpy_rs_elements::Bool;

/// Or; also the sum and the maximum.
#[inline(always)]
pub fn or(a: Bool, b: Bool) -> Bool {
    Bool::from(a.0 | b.0 != 0)
}

/// And; also the product and the minimum.
#[inline(always)]
pub fn and(a: Bool, b: Bool) -> Bool {
    Bool::from((a.0 != 0) & (b.0 != 0))
}

/// Exclusive or; also `!=`.
#[inline(always)]
pub fn xor(a: Bool, b: Bool) -> Bool {
    Bool::from((a.0 != 0) ^ (b.0 != 0))
}

/// Not; also `~`.
#[inline(always)]
pub fn not(a: Bool) -> Bool {
    Bool::from(a.0 == 0)
}

/// The same truth, stored as 0 or 1.
#[inline(always)]
pub fn same(a: Bool) -> Bool {
    Bool::from(a.0 != 0)
}

/// Both true or both false.
#[inline(always)]
pub fn equal(a: Bool, b: Bool) -> Bool {
    Bool::from((a.0 != 0) == (b.0 != 0))
}

/// One true and one false.
#[inline(always)]
pub fn not_equal(a: Bool, b: Bool) -> Bool {
    xor(a, b)
}

/// False before true.
#[inline(always)]
pub fn less(a: Bool, b: Bool) -> Bool {
    Bool::from((a.0 == 0) & (b.0 != 0))
}

/// Not after.
#[inline(always)]
pub fn less_equal(a: Bool, b: Bool) -> Bool {
    Bool::from((a.0 == 0) | (b.0 != 0))
}

/// True after false.
#[inline(always)]
pub fn greater(a: Bool, b: Bool) -> Bool {
    less(b, a)
}

/// Not before.
#[inline(always)]
pub fn greater_equal(a: Bool, b: Bool) -> Bool {
    less_equal(b, a)
}

/// `x` between the bounds; the upper one wins.
#[inline(always)]
pub fn clip(x: Bool, low: Bool, high: Bool) -> Bool {
    and(or(x, low), high)
}

/// Never, for integers and bool (`isnan`).
#[inline(always)]
pub fn never<T>(_: T) -> Bool {
    Bool::FALSE
}

/// Always, for integers and bool (`isfinite`).
#[inline(always)]
pub fn always<T>(_: T) -> Bool {
    Bool::TRUE
}
