//! Operators and functions of NumPy on whole arrays, element by element: put together into one expression as long as
//! nobody needs the parts.

use ruff_python_ast::{CmpOp, Operator};

use super::build::{call, own, sure};
use super::scope::Lowerer;
use crate::ir::{Expr, Kernel, Leaf, Node, Op, Term};
use crate::types::{Scalar, Ty};

/// One side of an operator on arrays.
pub(super) enum Side {
    /// An expression on arrays.
    Tensor(Vec<Expr>, Kernel),
    /// A number of Python, which takes its dtype from the other side.
    Weak(Scalar, Expr),
    /// A scalar of NumPy.
    Strong(Scalar, Expr),
}

/// An expression that is being put together.
pub(super) struct Parts {
    operands: Vec<Expr>,
    leaves: Vec<Leaf>,
    nd: usize,
}

pub(super) fn term(dtype: Scalar, op: Op) -> Term {
    Term { dtype, op }
}

/// A term in another dtype, if NumPy casts to it without a warning.
pub(super) fn cast(t: Term, to: Scalar) -> Term {
    if t.dtype == to {
        t
    } else {
        term(to, Op::Cast(Box::new(t)))
    }
}

impl Parts {
    pub(super) fn new() -> Self {
        Self {
            operands: Vec::new(),
            leaves: Vec::new(),
            nd: 0,
        }
    }

    pub(super) fn operand(&mut self, e: Expr, leaf: Leaf) -> usize {
        if let Node::Local(local) = e.node
            && let Some(at) = self.operands.iter().zip(&self.leaves).position(|(o, l)| {
                matches!(o.node, Node::Local(other) if other == local) && *l == leaf
            })
        {
            return at;
        }
        self.operands.push(e);
        self.leaves.push(leaf);
        self.operands.len() - 1
    }

    /// Takes over another expression's operands.
    pub(super) fn merge(&mut self, operands: Vec<Expr>, kernel: Kernel) -> Term {
        let places: Vec<usize> = operands
            .into_iter()
            .zip(kernel.leaves)
            .map(|(e, leaf)| self.operand(e, leaf))
            .collect();
        self.nd = self.nd.max(kernel.nd);
        moved(kernel.root, &places)
    }

    pub(super) fn done(self, root: Term) -> Expr {
        let (dtype, nd) = (root.dtype, self.nd);
        Expr {
            ty: Ty::Array(dtype, nd),
            node: Node::Fused(
                self.operands,
                Box::new(Kernel {
                    leaves: self.leaves,
                    root,
                    nd,
                }),
            ),
        }
    }
}

/// A term with its operands at other places.
fn moved(t: Term, places: &[usize]) -> Term {
    let go = |t: Box<Term>| Box::new(moved(*t, places));
    let op = match t.op {
        Op::Leaf(at) => Op::Leaf(places[at]),
        Op::Infix(op, a, b) => Op::Infix(op, go(a), go(b)),
        Op::Prefix(op, a) => Op::Prefix(op, go(a)),
        Op::Compare(op, a, b) => Op::Compare(op, go(a), go(b)),
        Op::Cast(a) => Op::Cast(go(a)),
        Op::Where(c, a, b) => Op::Where(go(c), go(a), go(b)),
        Op::Ufunc(name, given, args) => Op::Ufunc(
            name,
            given.map(|g| places[g]),
            args.into_iter().map(|a| moved(a, places)).collect(),
        ),
    };
    term(t.dtype, op)
}

/// An array that a window's object is not needed of.
pub(super) fn unreal(e: Expr) -> Expr {
    match e.node {
        Node::Method {
            receiver, ref name, ..
        } if name == "real" => *receiver,
        node => Expr { ty: e.ty, node },
    }
}

/// The side of an operator that a value is, if its type is known.
pub(super) fn side(e: Expr) -> Result<Side, Expr> {
    Ok(match e.ty {
        Ty::Array(dtype, nd) => match e.node {
            Node::Fused(operands, kernel) => Side::Tensor(operands, *kernel),
            node => {
                let array = unreal(Expr { ty: e.ty, node });
                let kernel = Kernel {
                    leaves: vec![Leaf::Array(dtype, nd)],
                    root: term(dtype, Op::Leaf(0)),
                    nd,
                };
                Side::Tensor(vec![array], kernel)
            }
        },
        Ty::Bool => Side::Weak(Scalar::Bool8, e),
        Ty::Int => Side::Weak(Scalar::Int64, e),
        Ty::Float => Side::Weak(Scalar::Float64, e),
        Ty::Complex => Side::Weak(Scalar::Complex128, e),
        Ty::Np(dtype) => Side::Strong(dtype, e),
        _ => return Err(e),
    })
}

/// The dtype of a number of Python beside one of NumPy.
pub(super) fn weak(number: Scalar, beside: Scalar) -> Scalar {
    match number {
        Scalar::Bool8 => beside,
        Scalar::Int64 if beside == Scalar::Bool8 => Scalar::Int64,
        Scalar::Int64 => beside,
        Scalar::Float64 if beside.is_float() || beside.is_complex() => beside,
        Scalar::Float64 => Scalar::Float64,
        _ => match beside {
            Scalar::Float32 | Scalar::Complex64 => Scalar::Complex64,
            _ => Scalar::Complex128,
        },
    }
}

/// The dtype that sides have together; none where no side has one of its own.
pub(super) fn common(sides: &[Side]) -> Option<Scalar> {
    let mut dtype: Option<Scalar> = None;
    for s in sides {
        let own = match s {
            Side::Tensor(_, k) => k.root.dtype,
            Side::Strong(d, _) => *d,
            Side::Weak(..) => continue,
        };
        dtype = Some(dtype.map_or(own, |d| d.promote(own)));
    }
    for s in sides {
        if let Side::Weak(number, _) = s {
            dtype = dtype.map(|d| weak(*number, d));
        }
    }
    dtype
}

impl Lowerer<'_, '_> {
    /// A side as a term of a dtype.
    pub(super) fn term_of(&mut self, parts: &mut Parts, side: Side, dtype: Scalar) -> Option<Term> {
        Some(match side {
            Side::Tensor(operands, kernel) => {
                let t = parts.merge(operands, kernel);
                if t.dtype.is_complex() && !dtype.is_complex() {
                    return None;
                }
                cast(t, dtype)
            }
            Side::Strong(own_dtype, e) => {
                if own_dtype.is_complex() && !dtype.is_complex() {
                    return None;
                }
                let raw = raw(e, own_dtype);
                let at = parts.operand(raw, Leaf::Number(own_dtype));
                cast(term(own_dtype, Op::Leaf(at)), dtype)
            }
            Side::Weak(number, e) => {
                let value = self.weak_number(number, e, dtype)?;
                let at = parts.operand(value, Leaf::Number(dtype));
                term(dtype, Op::Leaf(at))
            }
        })
    }

    /// A number of Python as an item of a dtype.
    pub(super) fn weak_number(&mut self, number: Scalar, e: Expr, dtype: Scalar) -> Option<Expr> {
        let element = dtype.element();
        Some(match (number, dtype) {
            (Scalar::Bool8, Scalar::Bool8) => sure("Flag::from", Ty::Any, vec![own(e)]),
            (Scalar::Bool8 | Scalar::Int64, Scalar::Float64) => {
                let e = self.float(e);
                Expr { ty: Ty::Float, ..e }
            }
            (Scalar::Bool8, _) => {
                let e = self.bool_as_int(e);
                let path = format!("scalar::of_int::<{element}, Int>");
                call(&path, Ty::Any, vec![own(e)])
            }
            (Scalar::Int64, Scalar::Bool8) => return None,
            (Scalar::Int64, _) => {
                let path = format!("scalar::of_int::<{element}, Int>");
                call(&path, Ty::Any, vec![own(e)])
            }
            (Scalar::Float64, Scalar::Float64) => e,
            (Scalar::Float64, d) if d.is_float() || d.is_complex() => {
                let path = format!("scalar::of_float::<{element}>");
                call(&path, Ty::Any, vec![own(e)])
            }
            (Scalar::Complex128, Scalar::Complex128) => Expr { ty: Ty::Any, ..e },
            _ => return None,
        })
    }

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

/// The item of a scalar of NumPy.
pub(super) fn raw(e: Expr, dtype: Scalar) -> Expr {
    let field = Expr {
        ty: if dtype == Scalar::Float64 {
            Ty::Float
        } else {
            Ty::Any
        },
        node: Node::Field(Box::new(e), 0),
    };
    if dtype == Scalar::Bool8 {
        return sure(
            "Flag::from",
            Ty::Any,
            vec![own(Expr {
                ty: Ty::Bool,
                ..field
            })],
        );
    }
    field
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
