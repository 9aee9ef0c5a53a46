//! Calls of NumPy's elementwise functions: which operator, comparison or inner loop each of them is.

use ruff_python_ast::{CmpOp, Operator};

use super::elementwise::has_own_loops;
use super::scope::Lowerer;
use super::sides::{Parts, Side, cast, common, raw, side, term, weak};
use crate::ir::{Expr, Leaf, Node, Op};
use crate::types::{Scalar, Ty};

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

impl Lowerer<'_, '_> {
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
            (Some(x @ Side::Tensor(..)), Some(low), Some(high), None)
                if name == "clip" && !has_own_loops(&low) && !has_own_loops(&high) =>
            {
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
        if matches!(name, "power" | "pow") && has_own_loops(&sides[1]) {
            return None;
        }
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
}

/// The dtype of two numbers of Python in `numpy.where`.
fn both_weak(sides: &[Side; 2]) -> Option<Scalar> {
    match sides {
        [Side::Weak(a, _), Side::Weak(b, _)] => Some(a.promote(*b)),
        _ => None,
    }
}
