//! Elements of object dtype: opaque pointers, and the table of operations on them that the door fills in.

use std::ffi::c_void;

/// One element of an object array: a counted reference, or null where nothing was stored yet (read as `None`).
pub type Object = *mut c_void;

/// Operations of one object; each is Python's operator or method of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-x`
    Negative,
    /// `+x`
    Positive,
    /// `abs(x)`
    Absolute,
    /// `~x`
    Invert,
    /// `not x`, as a Python bool
    LogicalNot,
    /// `1 / x`
    Reciprocal,
    /// `x * x`
    Square,
    /// `(x > 0) - (x < 0)`
    Sign,
    /// `math.floor(x)`
    Floor,
    /// `math.ceil(x)`
    Ceil,
    /// `math.trunc(x)`
    Trunc,
}

/// Operations of two objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `x1 + x2`
    Add,
    /// `x1 - x2`
    Subtract,
    /// `x1 * x2`
    Multiply,
    /// `x1 / x2`
    TrueDivide,
    /// `x1 // x2`
    FloorDivide,
    /// `x1 % x2`
    Remainder,
    /// `divmod(x1, x2)`, as a tuple
    Divmod,
    /// `x1 ** x2`
    Power,
    /// `x1 << x2`
    LeftShift,
    /// `x1 >> x2`
    RightShift,
    /// `x1 & x2`
    BitwiseAnd,
    /// `x1 | x2`
    BitwiseOr,
    /// `x1 ^ x2`
    BitwiseXor,
    /// `x1 and x2`
    LogicalAnd,
    /// `x1 or x2`
    LogicalOr,
    /// `x1 if x1 >= x2 else x2`
    Maximum,
    /// `x1 if x1 <= x2 else x2`
    Minimum,
    /// `math.gcd(x1, x2)`
    Gcd,
    /// `math.lcm(x1, x2)`
    Lcm,
}

/// Comparisons of two objects; the numbers are Python's `Py_LT` to `Py_GE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum CompareOp {
    /// `x1 < x2`
    Less = 0,
    /// `x1 <= x2`
    LessEqual = 1,
    /// `x1 == x2`
    Equal = 2,
    /// `x1 != x2`
    NotEqual = 3,
    /// `x1 > x2`
    Greater = 4,
    /// `x1 >= x2`
    GreaterEqual = 5,
}

/// What the owner of objects (the Python door) can do with them.
///
/// Every function may be called only on the thread that holds the interpreter. Functions that
/// return an [`Object`] return a new reference, or null with the owner's error set.
#[derive(Clone, Copy, Debug)]
pub struct ObjectOps {
    /// Adds one reference; null is left alone.
    pub incref: unsafe fn(Object),
    /// Drops one reference; null is left alone.
    pub decref: unsafe fn(Object),
    /// A new reference to `None`.
    pub none: unsafe fn() -> Object,
    /// Applies an operator of one operand.
    pub unary: unsafe fn(UnaryOp, Object) -> Object,
    /// Applies an operator of two operands.
    pub binary: unsafe fn(BinaryOp, Object, Object) -> Object,
    /// Compares two objects; the result is any object.
    pub compare: unsafe fn(CompareOp, Object, Object) -> Object,
    /// Truth of an object: 0 or 1, or -1 with the owner's error set.
    pub truth: unsafe fn(Object) -> i32,
    /// Calls the method `name` with the other operands as arguments.
    pub call_method: unsafe fn(name: &str, operands: &[Object]) -> Object,
    /// A Python bool.
    pub from_bool: unsafe fn(bool) -> Object,
    /// A Python int.
    pub from_i64: unsafe fn(i64) -> Object,
    /// A Python float.
    pub from_f64: unsafe fn(f64) -> Object,
}
