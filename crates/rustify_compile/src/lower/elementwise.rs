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

/// Functions of one float that run through NumPy's loops, with whether they take complex numbers.
fn of_float(name: &str) -> Option<(&'static str, bool)> {
    Some(match name {
        "exp" => ("exp", true),
        "exp2" => ("exp2", true),
        "expm1" => ("expm1", true),
        "log" => ("log", true),
        "log2" => ("log2", true),
        "log10" => ("log10", true),
        "log1p" => ("log1p", true),
        "sin" => ("sin", true),
        "cos" => ("cos", true),
        "tan" => ("tan", true),
        "arcsin" | "asin" => ("arcsin", true),
        "arccos" | "acos" => ("arccos", true),
        "arctan" | "atan" => ("arctan", true),
        "sinh" => ("sinh", true),
        "cosh" => ("cosh", true),
        "tanh" => ("tanh", true),
        "arcsinh" | "asinh" => ("arcsinh", true),
        "arccosh" | "acosh" => ("arccosh", true),
        "arctanh" | "atanh" => ("arctanh", true),
        "cbrt" => ("cbrt", false),
        "rint" => ("rint", true),
        "floor" => ("floor", false),
        "ceil" => ("ceil", false),
        "trunc" => ("trunc", false),
        "fabs" => ("fabs", false),
        "degrees" => ("degrees", false),
        "rad2deg" => ("rad2deg", false),
        "radians" => ("radians", false),
        "deg2rad" => ("deg2rad", false),
        _ => return None,
    })
}

/// Functions of two floats that run through NumPy's loops.
fn of_floats(name: &str) -> Option<&'static str> {
    Some(match name {
        "arctan2" | "atan2" => "arctan2",
        "hypot" => "hypot",
        "copysign" => "copysign",
        "nextafter" => "nextafter",
        "logaddexp" => "logaddexp",
        "logaddexp2" => "logaddexp2",
        "heaviside" => "heaviside",
        _ => return None,
    })
}

/// The operator that a function of NumPy stands for.
fn operator(name: &str) -> Option<(Operator, &'static str)> {
    Some(match name {
        "add" => (Operator::Add, "add"),
        "subtract" => (Operator::Sub, "subtract"),
        "multiply" => (Operator::Mult, "multiply"),
        "divide" | "true_divide" => (Operator::Div, "divide"),
        "floor_divide" => (Operator::FloorDiv, "floor_divide"),
        "remainder" | "mod" => (Operator::Mod, "remainder"),
        "bitwise_and" => (Operator::BitAnd, "bitwise_and"),
        "bitwise_or" => (Operator::BitOr, "bitwise_or"),
        "bitwise_xor" => (Operator::BitXor, "bitwise_xor"),
        "left_shift" | "bitwise_left_shift" => (Operator::LShift, "left_shift"),
        "right_shift" | "bitwise_right_shift" => (Operator::RShift, "right_shift"),
        _ => return None,
    })
}

/// The comparison that a function of NumPy stands for.
fn comparison(name: &str) -> Option<(CmpOp, &'static str)> {
    Some(match name {
        "greater" => (CmpOp::Gt, "greater"),
        "greater_equal" => (CmpOp::GtE, "greater_equal"),
        "less" => (CmpOp::Lt, "less"),
        "less_equal" => (CmpOp::LtE, "less_equal"),
        "equal" => (CmpOp::Eq, "equal"),
        "not_equal" => (CmpOp::NotEq, "not_equal"),
        _ => return None,
    })
}

fn term(dtype: Scalar, op: Op) -> Term {
    Term { dtype, op }
}

/// A term in another dtype, if NumPy casts to it without a warning.
fn cast(t: Term, to: Scalar) -> Term {
    if t.dtype == to {
        t
    } else {
        term(to, Op::Cast(Box::new(t)))
    }
}

impl Parts {
    fn new() -> Self {
        Self {
            operands: Vec::new(),
            leaves: Vec::new(),
            nd: 0,
        }
    }

    fn operand(&mut self, e: Expr, leaf: Leaf) -> usize {
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
    fn merge(&mut self, operands: Vec<Expr>, kernel: Kernel) -> Term {
        let places: Vec<usize> = operands
            .into_iter()
            .zip(kernel.leaves)
            .map(|(e, leaf)| self.operand(e, leaf))
            .collect();
        self.nd = self.nd.max(kernel.nd);
        moved(kernel.root, &places)
    }

    fn done(self, root: Term) -> Expr {
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
fn weak(number: Scalar, beside: Scalar) -> Scalar {
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
fn common(sides: &[Side]) -> Option<Scalar> {
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
    fn term_of(&mut self, parts: &mut Parts, side: Side, dtype: Scalar) -> Option<Term> {
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

    fn binary_terms(
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

    fn comparison_terms(
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

    fn unary_terms(
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

    /// A call of an elementwise function of NumPy, if it is one that is known; `function` is the program's object.
    pub(super) fn array_function(
        &mut self,
        name: &str,
        function: &Expr,
        args: &[Expr],
    ) -> Option<Expr> {
        let mut sides = Vec::new();
        let double = args
            .iter()
            .any(|a| matches!(a.ty, Ty::Array(Scalar::Float64, _)));
        for a in args {
            let a = if a.ty == Ty::Num && double {
                self.float(a.clone())
            } else {
                a.clone()
            };
            sides.push(side(a).ok()?);
        }
        if !sides.iter().any(|s| matches!(s, Side::Tensor(..))) {
            return None;
        }
        let mut sides = sides.into_iter();
        match (sides.next(), sides.next(), sides.next(), sides.next()) {
            (Some(Side::Tensor(operands, kernel)), None, ..) => {
                let given = function.clone();
                if let Some((ufunc, complex)) = of_float(name) {
                    let dtype = kernel.root.dtype.inexact()?;
                    let rounds = matches!(ufunc, "floor" | "ceil" | "trunc");
                    if dtype.is_complex() && !complex || rounds && dtype != kernel.root.dtype {
                        return None;
                    }
                    let mut parts = Parts::new();
                    let given = parts.operand(given, Leaf::Function(ufunc));
                    let t = parts.merge(operands, kernel);
                    let op = Op::Ufunc(ufunc, Some(given), vec![cast(t, dtype)]);
                    return Some(parts.done(term(dtype, op)));
                }
                let ufunc = match name {
                    "abs" | "absolute" => "absolute",
                    "negative" => "negative",
                    "invert" | "bitwise_not" | "bitwise_invert" => "invert",
                    "logical_not" => "logical_not",
                    "sqrt" => "sqrt",
                    "square" => "square",
                    "reciprocal" => "reciprocal",
                    "isnan" => "isnan",
                    "isinf" => "isinf",
                    "isfinite" => "isfinite",
                    "signbit" => "signbit",
                    "sign" => "sign",
                    "conj" | "conjugate" => "conjugate",
                    _ => return None,
                };
                self.unary_terms(ufunc, operands, kernel, Some(given))
            }
            (Some(a), Some(b), None, _) => self.two_sided(name, function, [a, b]),
            (Some(c), Some(a), Some(b), None) if name == "where" => {
                let Side::Tensor(_, k) = &c else {
                    return None;
                };
                if k.root.dtype != Scalar::Bool8 {
                    return None;
                }
                let values = [a, b];
                let dtype = common(&values).or_else(|| both_weak(&values))?;
                let [a, b] = values;
                let mut parts = Parts::new();
                parts.operand(function.clone(), Leaf::Function("where"));
                let c = self.term_of(&mut parts, c, Scalar::Bool8)?;
                let a = self.term_of(&mut parts, a, dtype)?;
                let b = self.term_of(&mut parts, b, dtype)?;
                let op = Op::Where(Box::new(c), Box::new(a), Box::new(b));
                Some(parts.done(term(dtype, op)))
            }
            (Some(x @ Side::Tensor(..)), Some(low), Some(high), None) if name == "clip" => {
                let sides = [x, low, high];
                let dtype = common(&sides)?;
                if let Side::Tensor(_, k) = &sides[0]
                    && dtype.is_int()
                    && k.root.dtype != dtype
                {
                    return None;
                }
                if dtype == Scalar::Bool8 {
                    return None;
                }
                let [x, low, high] = sides;
                let mut parts = Parts::new();
                if !matches!(function.node, Node::Literal(_)) {
                    parts.operand(function.clone(), Leaf::Function("clip"));
                }
                let x = self.term_of(&mut parts, x, dtype)?;
                let low = self.term_of(&mut parts, low, dtype)?;
                let high = self.term_of(&mut parts, high, dtype)?;
                let op = Op::Ufunc("clip", None, vec![x, low, high]);
                Some(parts.done(term(dtype, op)))
            }
            _ => None,
        }
    }

    fn two_sided(&mut self, name: &str, function: &Expr, sides: [Side; 2]) -> Option<Expr> {
        if let Some((op, name)) = operator(name) {
            return self.binary_terms(op, sides, Some((function.clone(), name)));
        }
        if let Some((op, name)) = comparison(name) {
            return self.comparison_terms(op, sides, Some((function.clone(), name)));
        }
        let dtype = common(&sides)?;
        let (ufunc, dtype, result) = match name {
            "power" | "pow" if dtype.is_float() || dtype.is_complex() => ("power", dtype, dtype),
            "maximum" => ("maximum", dtype, dtype),
            "minimum" => ("minimum", dtype, dtype),
            "fmax" => ("fmax", dtype, dtype),
            "fmin" => ("fmin", dtype, dtype),
            "fmod" if dtype != Scalar::Bool8 && !dtype.is_complex() => ("fmod", dtype, dtype),
            "logical_and" | "logical_or" | "logical_xor" if dtype == Scalar::Bool8 => {
                let ufunc = match name {
                    "logical_and" => "logical_and",
                    "logical_or" => "logical_or",
                    _ => "logical_xor",
                };
                (ufunc, dtype, dtype)
            }
            _ => {
                let ufunc = of_floats(name)?;
                let dtype = dtype.inexact()?;
                if dtype.is_complex() {
                    return None;
                }
                (ufunc, dtype, dtype)
            }
        };
        let [a, b] = sides;
        let mut parts = Parts::new();
        let given = parts.operand(function.clone(), Leaf::Function(ufunc));
        let a = self.term_of(&mut parts, a, dtype)?;
        let b = self.term_of(&mut parts, b, dtype)?;
        let op = Op::Ufunc(ufunc, Some(given), vec![a, b]);
        Some(parts.done(term(result, op)))
    }

    /// A call of a function of floats on scalars, if it is one: through the same loops.
    pub(super) fn scalar_function(
        &mut self,
        name: &str,
        function: &Expr,
        args: &[Expr],
    ) -> Option<Expr> {
        let mut sides = Vec::new();
        for a in args {
            let s = side(a.clone()).ok()?;
            // A number of Python alone has the default dtype.
            let s = match s {
                Side::Weak(d @ (Scalar::Float64 | Scalar::Int64), e) => {
                    let number = self.weak_number(d, e, d)?;
                    (d, number)
                }
                Side::Strong(d, e) => (d, raw(e, d)),
                _ => return None,
            };
            sides.push(s);
        }
        let plain = args.iter().all(|a| !matches!(a.ty, Ty::Np(_)));
        let dtype = match sides.as_slice() {
            [(d, _)] => *d,
            [(a, _), (b, _)] if plain => a.promote(*b),
            [(a, _), (b, _)] => {
                let (x, y) = (&args[0].ty, &args[1].ty);
                match (x, y) {
                    (Ty::Np(_), Ty::Np(_)) => a.promote(*b),
                    (Ty::Np(d), _) => weak(*b, *d),
                    (_, Ty::Np(d)) => weak(*a, *d),
                    _ => return None,
                }
            }
            _ => return None,
        };
        let mut parts = Parts::new();
        let (ufunc, dtype, result) = match (name, sides.len()) {
            ("sqrt", 1) => ("sqrt", dtype.inexact()?, None),
            ("isnan" | "isinf" | "isfinite", 1) if dtype.is_float() => (
                match name {
                    "isnan" => "isnan",
                    "isinf" => "isinf",
                    _ => "isfinite",
                },
                dtype,
                Some(Scalar::Bool8),
            ),
            ("abs" | "absolute", 1) if dtype.is_float() => ("absolute", dtype, None),
            ("square", 1) if dtype.is_float() => ("square", dtype, None),
            ("sign", 1) if dtype.is_float() => ("sign", dtype, None),
            ("maximum", 2) if dtype.is_float() => ("maximum", dtype, None),
            ("minimum", 2) if dtype.is_float() => ("minimum", dtype, None),
            ("power", 2) if dtype.is_float() => ("power", dtype, None),
            (_, 1) => {
                let (ufunc, _) = of_float(name)?;
                let wide = dtype.inexact()?;
                if wide != dtype && matches!(ufunc, "floor" | "ceil" | "trunc") {
                    return None;
                }
                (ufunc, wide, None)
            }
            (_, 2) => (of_floats(name)?, dtype.inexact()?, None),
            _ => return None,
        };
        if !dtype.is_float() {
            return None;
        }
        let given = parts.operand(function.clone(), Leaf::Function(ufunc));
        let mut terms = Vec::new();
        for (d, e) in sides {
            let at = parts.operand(e, Leaf::Number(d));
            terms.push(cast(term(d, Op::Leaf(at)), dtype));
        }
        let result = result.unwrap_or(dtype);
        let root = term(result, Op::Ufunc(ufunc, Some(given), terms));
        Some(Expr {
            ty: Ty::Np(result),
            ..parts.done(root)
        })
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

/// The dtype of two numbers of Python in `numpy.where`.
fn both_weak(sides: &[Side; 2]) -> Option<Scalar> {
    match sides {
        [Side::Weak(a, _), Side::Weak(b, _)] => Some(a.promote(*b)),
        _ => None,
    }
}

/// The item of a scalar of NumPy.
fn raw(e: Expr, dtype: Scalar) -> Expr {
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
