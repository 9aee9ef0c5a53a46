//! Arithmetic and other binary and unary operators.

use ruff_python_ast::{ExprBinOp, ExprBoolOp, ExprUnaryOp, Operator, UnaryOp};
use ruff_text_size::Ranged;

use super::build::{by_ref, call, infix, literal, method, not, own, sure};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

/// The name of an operator in the support source.
pub(super) fn name(op: Operator) -> &'static str {
    match op {
        Operator::Add => "add",
        Operator::Sub => "sub",
        Operator::Mult | Operator::MatMult => "mul",
        Operator::Div => "true_div",
        Operator::Mod => "floor_mod",
        Operator::Pow => "power",
        Operator::LShift => "shl",
        Operator::RShift => "shr",
        Operator::BitOr => "bit_or",
        Operator::BitXor => "bit_xor",
        Operator::BitAnd => "bit_and",
        Operator::FloorDiv => "floor_div",
    }
}

impl Lowerer<'_, '_> {
    pub(super) fn binary(&mut self, e: &ExprBinOp) -> Low<Expr> {
        if let Some(large) = self.large_constant(e) {
            return Ok(large);
        }
        if matches!(e.op, Operator::Mod | Operator::BitAnd)
            && let Some(wide) = self.widened(e)?
        {
            return Ok(wide);
        }
        if e.op == Operator::Mod
            && let Some(text) = self.percent(e)?
        {
            return Ok(text);
        }
        if let Some(made) = self.view_operation(e)? {
            return Ok(made);
        }
        let left = self.expr(&e.left)?;
        let right = self.expr(&e.right)?;
        self.operate(e, e.op, left, right)
    }

    /// `(a * b + c) % m` and the like: the inner value may need more bits than the result.
    fn widened(&mut self, e: &ExprBinOp) -> Low<Option<Expr>> {
        if self.is_big() {
            return Ok(None);
        }
        let inner = |e: &ruff_python_ast::Expr| matches!(e, ruff_python_ast::Expr::BinOp(b) if matches!(b.op, Operator::Mult | Operator::Add | Operator::Sub | Operator::LShift | Operator::BitXor));
        if !inner(&e.left) {
            return Ok(None);
        }
        let masked = e.op != Operator::Mod;
        let (Some(left), right) = (self.wide(&e.left, masked)?, self.expr(&e.right)?) else {
            return Ok(None);
        };
        if right.ty != Ty::Int {
            return Ok(None);
        }
        let right = sure("wide", Ty::Int, vec![own(right)]);
        let path = if masked {
            "narrow_and::<Int>"
        } else {
            "narrow_mod::<Int>"
        };
        Ok(Some(call(path, Ty::Int, vec![own(left), own(right)])))
    }

    /// An `int` expression in 128 bits, if all of it is `int`; for a mask the lower 128 bits of any.
    fn wide(&mut self, e: &ruff_python_ast::Expr, masked: bool) -> Low<Option<Expr>> {
        if let ruff_python_ast::Expr::BinOp(b) = e
            && matches!(b.op, Operator::Mult | Operator::Add | Operator::Sub)
        {
            let (Some(left), Some(right)) =
                (self.wide(&b.left, masked)?, self.wide(&b.right, masked)?)
            else {
                return Ok(None);
            };
            if masked {
                let path = format!("LowBits::{}", name(b.op));
                return Ok(Some(sure(&path, Ty::Int, vec![own(left), own(right)])));
            }
            return Ok(Some(call(
                &format!("int::{}", name(b.op)),
                Ty::Int,
                vec![own(left), own(right)],
            )));
        }
        let e = self.expr(e)?;
        let path = if masked { "LowBits::of" } else { "wide" };
        Ok((e.ty == Ty::Int).then(|| sure(path, Ty::Int, vec![own(e)])))
    }

    /// An operator on two values.
    pub(super) fn operate(
        &mut self,
        at: &impl Ranged,
        op: Operator,
        left: Expr,
        right: Expr,
    ) -> Low<Expr> {
        let left = self.plain_member(at, left)?;
        let right = self.plain_member(at, right)?;
        if matches!(left.ty, Ty::Instance(_)) || matches!(right.ty, Ty::Instance(_)) {
            if !self.is_named(&left) && !self.is_named(&right) {
                return self.instance_operator(at, op, left, right, false);
            }
            let left = self.as_plain(at, left)?;
            let right = self.as_plain(at, right)?;
            return self.operate(at, op, left, right);
        }
        if op == Operator::MatMult {
            return self.matrix_product(at, left, right);
        }
        let (left, right) = if matches!(left.ty, Ty::Array(..)) || matches!(right.ty, Ty::Array(..))
        {
            match self.array_operator(op, left, right) {
                Ok(made) => return Ok(made),
                Err((left, right)) => return self.object_operation(at, op, left, right),
            }
        } else {
            (left, right)
        };
        let whole = |ty: &Ty| matches!(ty, Ty::Int | Ty::Bool);
        let grows = matches!(
            op,
            Operator::Add | Operator::Sub | Operator::Mult | Operator::Pow | Operator::LShift
        );
        if self.is_big() && grows && whole(&left.ty) && whole(&right.ty) {
            let (a, b) = (self.coerce(left, &Ty::Any), self.coerce(right, &Ty::Any));
            let path = format!("any::{}", name(op));
            return Ok(call(&path, Ty::Any, vec![by_ref(a), by_ref(b)]));
        }
        if left.ty == Ty::Bool && right.ty == Ty::Bool {
            match op {
                Operator::BitAnd => return Ok(infix("&", Ty::Bool, left, right)),
                Operator::BitOr => return Ok(infix("|", Ty::Bool, left, right)),
                Operator::BitXor => return Ok(infix("^", Ty::Bool, left, right)),
                _ => {}
            }
        }
        if let (Ty::Bool, Ty::Np(Scalar::Bool8)) | (Ty::Np(Scalar::Bool8), Ty::Bool) =
            (&left.ty, &right.ty)
        {
            return self.truth_operation(at, op, left, right);
        }
        let (left, right) = (self.number(left), self.number(right));
        match (&left.ty, &right.ty) {
            (Ty::Never, _) | (_, Ty::Never) => {
                let stmts = vec![Stmt::Do(left), Stmt::Do(right)];
                Ok(Expr {
                    ty: Ty::Never,
                    node: Node::Block(
                        stmts,
                        Box::new(call("python_only::<Obj>", Ty::Never, Vec::new())),
                    ),
                })
            }
            (Ty::Int, Ty::Int) => Ok(self.int_operation(op, left, right)),
            (Ty::Float, Ty::Int | Ty::Float) | (Ty::Int, Ty::Float) => {
                Ok(self.float_operation(op, left, right))
            }
            (Ty::Np(_), Ty::Np(_) | Ty::Int | Ty::Float | Ty::Num | Ty::Complex)
            | (Ty::Int | Ty::Float | Ty::Num | Ty::Complex, Ty::Np(_)) => {
                self.scalar_operation(at, op, left, right)
            }
            (
                Ty::Grown(_),
                Ty::Grown(_) | Ty::Np(_) | Ty::Int | Ty::Float | Ty::Num | Ty::Complex,
            )
            | (Ty::Np(_) | Ty::Int | Ty::Float | Ty::Num | Ty::Complex, Ty::Grown(_)) => {
                self.grown_operation(at, op, left, right)
            }
            (Ty::Num, Ty::Int | Ty::Float | Ty::Num) | (Ty::Int | Ty::Float, Ty::Num) => {
                Ok(self.num_operation(op, left, right))
            }
            (Ty::Complex, Ty::Complex | Ty::Int | Ty::Float)
            | (Ty::Int | Ty::Float, Ty::Complex)
                if matches!(
                    op,
                    Operator::Add | Operator::Sub | Operator::Mult | Operator::Div
                ) =>
            {
                let args = [left, right].map(|e| {
                    if e.ty == Ty::Complex {
                        own(e)
                    } else {
                        own(self.float(e))
                    }
                });
                Ok(call(
                    &format!("complex::{}", name(op)),
                    Ty::Complex,
                    args.into(),
                ))
            }
            _ => self.object_operation(at, op, left, right),
        }
    }

    fn int_operation(&mut self, op: Operator, left: Expr, right: Expr) -> Expr {
        let two = |path: &str, a, b| call(path, Ty::Int, vec![own(a), own(b)]);
        match op {
            Operator::Div => call("int::true_div", Ty::Float, vec![own(left), own(right)]),
            Operator::BitAnd => infix("&", Ty::Int, left, right),
            Operator::BitOr => infix("|", Ty::Int, left, right),
            Operator::BitXor => infix("^", Ty::Int, left, right),
            Operator::Mod | Operator::FloorDiv if is_positive(&right) => {
                // Rust's Euclidean division floors for positive divisors, and a constant one needs no checks.
                let name = if op == Operator::Mod {
                    "rem_euclid"
                } else {
                    "div_euclid"
                };
                Expr {
                    ty: Ty::Int,
                    node: Node::Method {
                        receiver: Box::new(left),
                        name: name.into(),
                        args: vec![own(right)],
                        fails: false,
                    },
                }
            }
            Operator::Pow => match &right.node {
                Node::Literal(text) if text.starts_with('-') => {
                    let (a, b) = (self.float(left), self.float(right));
                    call("float::power", Ty::Float, vec![own(a), own(b)])
                }
                _ => two("int::pow", left, right),
            },
            _ => two(&format!("int::{}", name(op)), left, right),
        }
    }

    fn float_operation(&mut self, op: Operator, left: Expr, right: Expr) -> Expr {
        let (a, b) = (self.float(left), self.float(right));
        match op {
            Operator::Add => infix("+", Ty::Float, a, b),
            Operator::Sub => infix("-", Ty::Float, a, b),
            Operator::Mult => infix("*", Ty::Float, a, b),
            Operator::Div => match &b.node {
                Node::Literal(text) if text.parse::<f64>().is_ok_and(|v| v != 0.0) => {
                    infix("/", Ty::Float, a, b)
                }
                _ => call("float::div", Ty::Float, vec![own(a), own(b)]),
            },
            Operator::Mod | Operator::FloorDiv | Operator::Pow => call(
                &format!("float::{}", name(op)),
                Ty::Float,
                vec![own(a), own(b)],
            ),
            _ => call("python_only::<f64>", Ty::Float, Vec::new()),
        }
    }

    pub(super) fn num_operation(&mut self, op: Operator, left: Expr, right: Expr) -> Expr {
        let floats = left.ty == Ty::Float || right.ty == Ty::Float;
        match op {
            Operator::Div => call("num::true_div::<Int>", Ty::Num, vec![own(left), own(right)]),
            _ if floats && matches!(op, Operator::LShift | Operator::RShift) => {
                self.float_operation(op, left, right)
            }
            Operator::Add
            | Operator::Sub
            | Operator::Mult
            | Operator::Mod
            | Operator::FloorDiv
            | Operator::Pow => call(
                &format!("num::{}::<Int>", name(op)),
                Ty::Num,
                vec![own(left), own(right)],
            ),
            Operator::MatMult => call("python_only::<Num<Int>>", Ty::Num, Vec::new()),
            _ => {
                let (a, b) = (self.coerce(left, &Ty::Num), self.coerce(right, &Ty::Num));
                let path = format!("num::{}::<Int>", name(op));
                call(&path, Ty::Num, vec![own(a), own(b)])
            }
        }
    }

    /// Operators on texts, containers and objects.
    pub(super) fn object_operation(
        &mut self,
        at: &impl Ranged,
        op: Operator,
        left: Expr,
        right: Expr,
    ) -> Low<Expr> {
        if let Some(joined) = self.counters_joined(op, &left, &right) {
            return Ok(joined);
        }
        match (&left.ty, op, &right.ty) {
            (Ty::Str | Ty::Char, Operator::Add, Ty::Str | Ty::Char) => {
                return Ok(call(
                    "text::concat",
                    Ty::Str,
                    vec![by_ref(left), by_ref(right)],
                ));
            }
            (Ty::Str | Ty::Char, Operator::Mult, Ty::Int) => {
                return Ok(call(
                    "text::repeat",
                    Ty::Str,
                    vec![by_ref(left), own(right)],
                ));
            }
            (Ty::Int, Operator::Mult, Ty::Str | Ty::Char) => {
                return Ok(call(
                    "text::repeat",
                    Ty::Str,
                    vec![by_ref(right), own(left)],
                ));
            }
            (Ty::List(a), Operator::Add, Ty::List(b)) => {
                self.unit.types.unify(*a, *b);
                let ty = left.ty.clone();
                return Ok(method(left, "concat", ty, vec![by_ref(right)]));
            }
            (Ty::List(_), Operator::Mult, Ty::Int) => {
                let ty = left.ty.clone();
                return Ok(method(left, "repeat", ty, vec![own(right)]));
            }
            (Ty::Int, Operator::Mult, Ty::List(_)) => {
                let ty = right.ty.clone();
                return Ok(method(right, "repeat", ty, vec![own(left)]));
            }
            _ => {}
        }
        if left.ty == Ty::ByteArray || right.ty == Ty::ByteArray {
            return self.bytearray_operator(at, op, left, right);
        }
        let ty = match (&left.ty, op, &right.ty) {
            (Ty::Str, Operator::Mod, _) => Ty::Str,
            (Ty::Bytes, Operator::Add, Ty::Bytes) | (Ty::Bytes, Operator::Mult, Ty::Int) => {
                Ty::Bytes
            }
            (Ty::Tuple(a), Operator::Add, Ty::Tuple(b)) => {
                Ty::Tuple(a.iter().chain(b).cloned().collect())
            }
            (Ty::Tuple(a), Operator::Mult, Ty::Int) => {
                let slot = self.site(at.range(), 1);
                for t in a {
                    self.unit.types.learn(slot, t);
                }
                Ty::TupleOf(slot)
            }
            (Ty::TupleOf(a), Operator::Add, Ty::TupleOf(b)) => {
                self.unit.types.unify(*a, *b);
                left.ty.clone()
            }
            (Ty::TupleOf(of), Operator::Add, Ty::Tuple(items))
            | (Ty::Tuple(items), Operator::Add, Ty::TupleOf(of)) => {
                let slot = self.site(at.range(), 1);
                let known = self.unit.types.get(*of);
                for ty in items.iter().chain([&known]) {
                    self.unit.types.learn(slot, ty);
                }
                Ty::TupleOf(slot)
            }
            (
                Ty::Set(a) | Ty::FrozenSet(a),
                Operator::BitOr | Operator::BitXor | Operator::BitAnd | Operator::Sub,
                Ty::Set(b) | Ty::FrozenSet(b),
            ) => {
                // The first one says whether the result is frozen.
                let slot = self.site(at.range(), 2);
                let (a, b) = (self.unit.types.get(*a), self.unit.types.get(*b));
                self.unit.types.learn(slot, &a);
                if op != Operator::Sub {
                    self.unit.types.learn(slot, &b);
                }
                match left.ty {
                    Ty::FrozenSet(_) => Ty::FrozenSet(slot),
                    _ => Ty::Set(slot),
                }
            }
            (Ty::Dict(a, b), Operator::BitOr, Ty::Dict(c, d)) => {
                let (a, b, c, d) = (*a, *b, *c, *d);
                let (key, value) = (self.site(at.range(), 3), self.site(at.range(), 4));
                for (slot, from) in [(key, a), (key, c), (value, b), (value, d)] {
                    let ty = self.unit.types.get(from);
                    self.unit.types.learn(slot, &ty);
                }
                Ty::Dict(key, value)
            }
            (Ty::Complex, _, Ty::Complex | Ty::Int | Ty::Float)
            | (Ty::Int | Ty::Float, _, Ty::Complex) => Ty::Complex,
            _ => Ty::Any,
        };
        let (a, b) = (self.coerce(left, &Ty::Any), self.coerce(right, &Ty::Any));
        let result = call(
            &format!("any::{}", name(op)),
            Ty::Any,
            vec![by_ref(a), by_ref(b)],
        );
        Ok(self.coerce(result, &ty))
    }

    pub(super) fn unary(&mut self, e: &ExprUnaryOp) -> Low<Expr> {
        if e.op == UnaryOp::Not {
            let value = self.condition(&e.operand)?;
            return Ok(not(value));
        }
        let value = self.expr(&e.operand)?;
        let value = self.plain_member(e, value)?;
        if let Ty::Instance(c) = value.ty {
            let name = match e.op {
                UnaryOp::USub => "__neg__",
                UnaryOp::UAdd => "__pos__",
                _ => "__invert__",
            };
            return match self.special(e, value, c, name, Vec::new())? {
                Some(done) => Ok(done),
                None => self.no(
                    e,
                    "operator",
                    format!("`{name}` is not a method of the file"),
                    "Call a method.",
                ),
            };
        }
        let value = self.number(value);
        if let Ty::Array(..) = value.ty {
            let name = match e.op {
                UnaryOp::USub => "negative",
                UnaryOp::Invert => "invert",
                _ => "positive",
            };
            if let Some(made) = self.array_unary(name, value.clone()) {
                return Ok(made);
            }
        }
        if let Ty::Np(dtype) = value.ty
            && dtype != Scalar::Float64
            && dtype != Scalar::Bool8
            && e.op == UnaryOp::USub
        {
            return Ok(self.scalar_unary("neg", value, dtype));
        }
        if let (UnaryOp::Invert, Ty::Np(dtype)) = (e.op, &value.ty)
            && !dtype.is_float()
            && !dtype.is_complex()
        {
            return Ok(self.scalar_inverted(value.clone(), *dtype));
        }
        Ok(match (e.op, &value.ty) {
            (UnaryOp::USub, Ty::Int) => match &value.node {
                Node::Literal(text) if !text.starts_with('-') && text != "0" => {
                    literal(&format!("-{text}"), Ty::Int)
                }
                _ => call("int::neg", Ty::Int, vec![own(value)]),
            },
            (UnaryOp::USub, Ty::Float) => Expr {
                ty: Ty::Float,
                node: Node::Prefix("-", Box::new(value)),
            },
            (UnaryOp::USub, Ty::Num) => call("num::neg", Ty::Num, vec![own(value)]),
            (UnaryOp::UAdd, Ty::Int | Ty::Float | Ty::Num) => value,
            (UnaryOp::USub, Ty::Np(Scalar::Float64)) => {
                let value = self.float(value);
                sure("float64::neg", Ty::Np(Scalar::Float64), vec![own(value)])
            }
            (UnaryOp::USub, Ty::Complex) => sure("complex::neg", Ty::Complex, vec![own(value)]),
            (UnaryOp::Invert, Ty::Int) => Expr {
                ty: Ty::Int,
                node: Node::Prefix("!", Box::new(value)),
            },
            (op, ty) => {
                let ty = if *ty == Ty::Complex {
                    Ty::Complex
                } else {
                    Ty::Any
                };
                let object = self.coerce(value, &Ty::Any);
                let path = match op {
                    UnaryOp::USub => "any::neg",
                    UnaryOp::UAdd => "any::pos",
                    _ => "any::invert",
                };
                let result = call(path, Ty::Any, vec![by_ref(object)]);
                self.coerce(result, &ty)
            }
        })
    }

    /// `a and b`, `a or b` as values.
    pub(super) fn bool_op(&mut self, e: &ExprBoolOp) -> Low<Expr> {
        // What stands behind a test that ends it never runs, and a test that does not end it counts for nothing.
        let stops = e.op == ruff_python_ast::BoolOp::Or;
        let left = match e
            .values
            .iter()
            .position(|v| self.decided(v) != Some(!stops))
        {
            Some(at) if self.decided(&e.values[at]) == Some(stops) => {
                return Ok(super::build::boolean(stops));
            }
            Some(0) => None,
            Some(at) => Some(&e.values[at..]),
            None => return Ok(super::build::boolean(!stops)),
        };
        if let Some(values) = left {
            if let [one] = values {
                return self.expr(one);
            }
            return self.bool_op(&ExprBoolOp {
                values: values.to_vec(),
                ..e.clone()
            });
        }
        let is_and = e.op == ruff_python_ast::BoolOp::And;
        let (last, first) = e
            .values
            .split_last()
            .map_or((&e.values[0], &e.values[..0]), |x| x);
        let mut result = self.expr(last)?;
        for value in first.iter().rev() {
            let left = self.expr(value)?;
            if left.ty == Ty::Bool && result.ty == Ty::Bool {
                result = infix(if is_and { "&&" } else { "||" }, Ty::Bool, left, result);
                continue;
            }
            let slot = self.site(value.range(), 5);
            self.unit.types.learn(slot, &left.ty);
            self.unit.types.learn(slot, &result.ty);
            let ty = self.unit.types.get(slot);
            let kept = self.temporary("kept", value, &left.ty.clone());
            let assign = self.assign(kept, left);
            let test = {
                let read = self.read(kept);
                self.truth(read)
            };
            let kept = self.read(kept);
            let (kept, other) = (self.coerce(kept, &ty), self.coerce(result, &ty));
            let (yes, no) = if is_and { (other, kept) } else { (kept, other) };
            let choice = Expr {
                ty: ty.clone(),
                node: Node::Choice(Box::new(test), Box::new(yes), Box::new(no)),
            };
            result = Expr {
                ty,
                node: Node::Block(vec![assign], Box::new(choice)),
            };
        }
        Ok(result)
    }

    /// An expression as a condition.
    pub(super) fn condition(&mut self, e: &ruff_python_ast::Expr) -> Low<Expr> {
        if let Some(truth) = self.decided(e) {
            return Ok(super::build::boolean(truth));
        }
        match e {
            ruff_python_ast::Expr::BoolOp(b) => {
                let op = if b.op == ruff_python_ast::BoolOp::And {
                    "&&"
                } else {
                    "||"
                };
                let mut result: Option<Expr> = None;
                for value in &b.values {
                    let decision = self.decided(value);
                    if decision == Some(op == "&&") {
                        continue;
                    }
                    let test = self.condition(value)?;
                    result = Some(match result {
                        Some(left) => infix(op, Ty::Bool, left, test),
                        None => test,
                    });
                    if decision.is_some() {
                        break;
                    }
                }
                Ok(result.unwrap_or_else(|| literal("true", Ty::Bool)))
            }
            ruff_python_ast::Expr::UnaryOp(u) if u.op == UnaryOp::Not => {
                Ok(not(self.condition(&u.operand)?))
            }
            ruff_python_ast::Expr::Compare(c) => self.comparison(c, true),
            _ => {
                let value = self.expr(e)?;
                Ok(self.truth(value))
            }
        }
    }
}

/// Whether an expression is a positive literal.
fn is_positive(e: &Expr) -> bool {
    matches!(&e.node, Node::Literal(text) if !text.starts_with('-') && text != "0")
}
