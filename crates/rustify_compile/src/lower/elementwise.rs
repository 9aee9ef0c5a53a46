//! Operators and functions of NumPy on whole arrays, element by element: put together into one expression as long as
//! nobody needs the parts.

use ruff_python_ast::{CmpOp, Operator};

use super::scope::Lowerer;
use super::sides::{Parts, Side, cast, common, side, term};
use crate::ir::{Expr, Kernel, Leaf, Node, Op, Term};
use crate::types::{Scalar, Ty};

impl Lowerer<'_, '_> {
    /// An operator on arrays, if it is one; otherwise both values are given back.
    pub(super) fn array_operator(
        &mut self,
        op: Operator,
        left: Expr,
        right: Expr,
    ) -> Result<Expr, (Expr, Expr)> {
        let kept = (left.clone(), right.clone());
        let made = (|| {
            let (left, right) = self.num_sides(left, right);
            let sides = [side(left).ok()?, side(right).ok()?];
            if !sides.iter().any(|s| matches!(s, Side::Tensor(..))) {
                return None;
            }
            self.binary_terms(op, sides, None)
        })();
        made.ok_or(kept)
    }

    /// A number whose type is open, beside `float64`, is a `float`.
    fn num_sides(&mut self, left: Expr, right: Expr) -> (Expr, Expr) {
        let is_double = |e: &Expr| matches!(e.ty, Ty::Array(Scalar::Float64, _));
        let (a, b) = (is_double(&left), is_double(&right));
        match (&left.ty, &right.ty) {
            (Ty::Num, _) if b => (self.float(left), right),
            (_, Ty::Num) if a => {
                let right = self.float(right);
                (left, right)
            }
            _ => (left, right),
        }
    }

    pub(super) fn binary_terms(
        &mut self,
        op: Operator,
        sides: [Side; 2],
        given: Option<(Expr, &'static str)>,
    ) -> Option<Expr> {
        let mut dtype = common(&sides)?;
        if op == Operator::Pow && has_own_loops(&sides[1]) {
            return None;
        }
        let exponent = match (&sides, op) {
            ([_, Side::Weak(kind, e)], Operator::Pow) => match &e.node {
                Node::Literal(text) => Some((*kind, text.clone())),
                _ => None,
            },
            _ => None,
        };
        if op == Operator::Div && !dtype.is_float() && !dtype.is_complex() {
            dtype = Scalar::Float64;
        }
        let [left, right] = sides;
        let mut parts = Parts::new();
        let given = given.map(|(e, name)| parts.operand(e, Leaf::Function(name)));
        let plain = given.is_none();
        let left = self.term_of(&mut parts, left, dtype)?;
        if let (Some((kind, text)), true) = (&exponent, dtype.is_float() && plain) {
            // NumPy has shorter ways for these.
            let short = match (kind, text.as_str()) {
                (Scalar::Int64, "2") | (Scalar::Float64, "2.0") => Some(squared(&left)),
                (Scalar::Float64, "0.5") => {
                    Some(term(dtype, Op::Prefix("sqrt", Box::new(left.clone()))))
                }
                _ => None,
            };
            if let Some(short) = short {
                return Some(parts.done(short));
            }
            if (*kind, text.as_str()) == (Scalar::Int64, "-1") {
                return None;
            }
        }
        if op == Operator::Pow && plain {
            // A number of Python may be one of those exponents when the program runs.
            match (&right, &exponent) {
                (Side::Weak(..), None) if !dtype.is_float() => return None,
                _ => {}
            }
        }
        let right = self.term_of(&mut parts, right, dtype)?;
        let root = arithmetic(op, dtype, left, right, given)?;
        Some(parts.done(root))
    }

    /// A comparison of arrays, if it is one.
    pub(super) fn array_comparison(&mut self, op: CmpOp, left: Expr, right: Expr) -> Option<Expr> {
        let (left, right) = self.num_sides(left, right);
        let sides = [side(left).ok()?, side(right).ok()?];
        if !sides.iter().any(|s| matches!(s, Side::Tensor(..))) {
            return None;
        }
        self.comparison_terms(op, sides, None)
    }

    pub(super) fn comparison_terms(
        &mut self,
        op: CmpOp,
        sides: [Side; 2],
        given: Option<(Expr, &'static str)>,
    ) -> Option<Expr> {
        let dtype = common(&sides)?;
        let mixed = |s: &Side| match s {
            Side::Tensor(_, k) => k.root.dtype == Scalar::UInt64,
            Side::Strong(d, _) => *d == Scalar::UInt64,
            Side::Weak(..) => false,
        };
        // Signed and unsigned 64 bits compare without becoming floats.
        if dtype.is_complex() || dtype == Scalar::Float64 && sides.iter().any(mixed) {
            return None;
        }
        let mut parts = Parts::new();
        let given = given.map(|(e, name)| parts.operand(e, Leaf::Function(name)));
        let _ = given;
        let [left, right] = sides;
        let left = self.term_of(&mut parts, left, dtype)?;
        let right = self.term_of(&mut parts, right, dtype)?;
        let sign = match op {
            CmpOp::Eq => "==",
            CmpOp::NotEq => "!=",
            CmpOp::Lt => "<",
            CmpOp::LtE => "<=",
            CmpOp::Gt => ">",
            CmpOp::GtE => ">=",
            _ => return None,
        };
        let op = Op::Compare(sign, Box::new(left), Box::new(right));
        Some(parts.done(term(Scalar::Bool8, op)))
    }

    /// `-a`, `~a`, `abs(a)` of arrays: `name` is the ufunc's.
    pub(super) fn array_unary(&mut self, name: &'static str, value: Expr) -> Option<Expr> {
        let Ok(Side::Tensor(operands, kernel)) = side(value) else {
            return None;
        };
        self.unary_terms(name, operands, kernel, None)
    }

    pub(super) fn unary_terms(
        &mut self,
        name: &'static str,
        operands: Vec<Expr>,
        kernel: Kernel,
        given: Option<Expr>,
    ) -> Option<Expr> {
        let mut parts = Parts::new();
        let given = given.map(|e| parts.operand(e, Leaf::Function(name)));
        let t = parts.merge(operands, kernel);
        let dtype = t.dtype;
        let prefix = |op, t| term(dtype, Op::Prefix(op, Box::new(t)));
        let root = match name {
            "negative" if dtype.is_float() || dtype.is_int() => prefix("neg", t),
            "absolute" if dtype.is_float() => prefix("abs", t),
            "absolute" if dtype.is_int() && dtype.kind() == crate::dtype::Kind::Signed => {
                prefix("wrapping_abs", t)
            }
            "absolute" if dtype.is_complex() => {
                term(dtype.real(), Op::Ufunc("absolute", given, vec![t]))
            }
            "invert" if dtype.is_int() || dtype == Scalar::Bool8 => prefix("not", t),
            "logical_not" if dtype == Scalar::Bool8 => prefix("not", t),
            "sqrt" => {
                let dtype = dtype.inexact()?;
                let t = cast(t, dtype);
                if dtype.is_complex() {
                    term(dtype, Op::Ufunc("sqrt", given, vec![t]))
                } else {
                    term(dtype, Op::Prefix("sqrt", Box::new(t)))
                }
            }
            "square" if dtype.is_float() || dtype.is_int() => squared(&t),
            "reciprocal" if dtype.is_float() => prefix("recip", t),
            "isnan" | "isinf" | "isfinite" | "signbit" if dtype.is_float() => {
                term(Scalar::Bool8, Op::Ufunc(name, given, vec![t]))
            }
            "sign" | "conjugate" | "square" | "reciprocal" | "negative"
                if dtype != Scalar::Bool8 =>
            {
                term(dtype, Op::Ufunc(name, given, vec![t]))
            }
            _ => return None,
        };
        Some(parts.done(root))
    }

    /// `array.astype(dtype)`, if the cast is one that is known.
    pub(super) fn array_cast(&mut self, array: Expr, dtype: Scalar) -> Option<Expr> {
        let Ok(Side::Tensor(operands, kernel)) = side(array) else {
            return None;
        };
        let mut parts = Parts::new();
        let t = parts.merge(operands, kernel);
        if t.dtype.is_complex() && !dtype.is_complex() || t.dtype == dtype {
            return None;
        }
        let root = term(dtype, Op::Cast(Box::new(t)));
        Some(parts.done(root))
    }

    /// An elementwise expression that gives items of a dtype, for a place in memory of that dtype.
    pub(super) fn stored_kernel(
        &mut self,
        value: Expr,
        dtype: Scalar,
    ) -> Option<(Vec<Expr>, Kernel)> {
        let mut parts = Parts::new();
        let s = side(value).ok()?;
        let from = match &s {
            Side::Tensor(_, k) => k.root.dtype,
            Side::Strong(d, _) => *d,
            Side::Weak(number, _) => match (*number, dtype) {
                (a, b) if a == b => b,
                (_, b) if b.is_float() || b.is_complex() => b,
                (Scalar::Bool8 | Scalar::Int64, b) if b.is_int() => b,
                _ => return None,
            },
        };
        let weak_side = matches!(s, Side::Weak(..));
        let t = self.term_of(&mut parts, s, if weak_side { dtype } else { from })?;
        if from.is_complex() && !dtype.is_complex() {
            return None;
        }
        let root = cast(t, dtype);
        Some((
            parts.operands,
            Kernel {
                leaves: parts.leaves,
                root,
                nd: parts.nd,
            },
        ))
    }
}

/// `t * t`.
fn squared(t: &Term) -> Term {
    let op = if t.dtype.is_float() {
        "*"
    } else {
        "wrapping_mul"
    };
    term(
        t.dtype,
        Op::Infix(op, Box::new(t.clone()), Box::new(t.clone())),
    )
}

/// Whether a side is an array where NumPy has loops of its own, of other bits, for one value that it meets again and
/// again: which one runs hangs on how NumPy itself walks through the arrays.
pub(super) fn has_own_loops(side: &Side) -> bool {
    matches!(side, Side::Tensor(..))
}

/// An operator on two terms of one dtype.
fn arithmetic(
    op: Operator,
    dtype: Scalar,
    left: Term,
    right: Term,
    given: Option<usize>,
) -> Option<Term> {
    let infix = |sign, a, b| Some(term(dtype, Op::Infix(sign, Box::new(a), Box::new(b))));
    let (float, int, boolean) = (dtype.is_float(), dtype.is_int(), dtype == Scalar::Bool8);
    let ufunc = |name| Op::Ufunc(name, given, vec![left.clone(), right.clone()]);
    match op {
        Operator::Add if float => infix("+", left, right),
        Operator::Sub if float => infix("-", left, right),
        Operator::Mult if float => infix("*", left, right),
        Operator::Div if float => infix("/", left, right),
        Operator::Add if int => infix("wrapping_add", left, right),
        Operator::Sub if int => infix("wrapping_sub", left, right),
        Operator::Mult if int => infix("wrapping_mul", left, right),
        Operator::BitAnd if int || boolean => infix("&", left, right),
        Operator::BitOr if int || boolean => infix("|", left, right),
        Operator::BitXor if int || boolean => infix("^", left, right),
        Operator::Add if dtype.is_complex() => Some(term(dtype, ufunc("add"))),
        Operator::Sub if dtype.is_complex() => Some(term(dtype, ufunc("subtract"))),
        Operator::Mult if dtype.is_complex() => Some(term(dtype, ufunc("multiply"))),
        Operator::Div if dtype.is_complex() => Some(term(dtype, ufunc("divide"))),
        Operator::FloorDiv if float || int => Some(term(dtype, ufunc("floor_divide"))),
        Operator::Mod if float || int => Some(term(dtype, ufunc("remainder"))),
        Operator::Pow if float || int || dtype.is_complex() => Some(term(dtype, ufunc("power"))),
        Operator::LShift if int => Some(term(dtype, ufunc("left_shift"))),
        Operator::RShift if int => Some(term(dtype, ufunc("right_shift"))),
        _ => None,
    }
}
