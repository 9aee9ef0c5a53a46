//! `any`, `all` and `sum`.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{block, boolean, int, method, not, own, sure, sure_method};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

impl Lowerer<'_, '_> {
    pub(super) fn any_all(&mut self, is_any: bool, e: &ExprCall, arg: &Ast) -> Low<Expr> {
        let found = self.temporary("found", e, &Ty::Bool);
        let start = self.assign(found, boolean(!is_any));
        let mut stmts = vec![start];
        let outer = self.next_id();
        // The loop that is left may be nested in others: a loop of one turn around them all is what is left.
        let inner = self.for_each(arg, |l, item| {
            let test = l.truth(item);
            let test = if is_any { test } else { not(test) };
            let set = l.assign(found, boolean(is_any));
            Ok(vec![Stmt::If(
                test,
                vec![set, Stmt::Break(outer)],
                Vec::new(),
            )])
        })?;
        let mut body = inner;
        body.push(Stmt::Break(outer));
        stmts.push(Stmt::While {
            id: outer,
            test: boolean(true),
            body,
            orelse: Vec::new(),
        });
        let value = self.read(found);
        Ok(block(stmts, value))
    }

    /// `sum(items, start)` of something else than numbers: one `+` after another.
    fn sum_of_others(&mut self, e: &ExprCall, start: Expr) -> Low<Expr> {
        if matches!(start.ty, Ty::Str | Ty::Char | Ty::Bytes | Ty::Any) {
            return self.no(
                e,
                "sum",
                "`sum` of something else than numbers",
                "Use a loop, or join texts.",
            );
        }
        let item = self.site(e.range(), 13);
        if matches!(self.unit.types.get(item), Ty::Array(..))
            && matches!(&start.node, Node::Literal(text) if text == "0")
        {
            return self.sum_of_arrays(e, start);
        }
        let total = self.temporary("total_of", e, &start.ty.clone());
        let mut stmts = vec![self.assign(total, start)];
        let more = self.for_each(&e.arguments.args[0], |l, item| {
            let so_far = l.read(total);
            let sum = l.operate(e, ruff_python_ast::Operator::Add, so_far, item)?;
            Ok(vec![l.assign(total, sum)])
        })?;
        stmts.extend(more);
        let value = self.read(total);
        Ok(block(stmts, value))
    }

    /// `sum(items)` of arrays: 0 is what is left of none.
    fn sum_of_arrays(&mut self, e: &ExprCall, start: Expr) -> Low<Expr> {
        let total = self.temporary("total_of", e, &Ty::None);
        let mut stmts = vec![self.assign(total, super::build::none())];
        let more = self.for_each(&e.arguments.args[0], |l, item| {
            let held = l.temporary("term", e, &item.ty.clone());
            let keep = l.assign(held, item);
            let so_far = l.read(total);
            let is_first = l.is_none(so_far.clone());
            let item = l.read(held);
            let first = l.operate(e, ruff_python_ast::Operator::Add, start, item.clone())?;
            let first = l.assign(total, first);
            let mut next = Vec::new();
            if so_far.ty != Ty::None {
                let so_far = l.present(so_far);
                let sum = l.operate(e, ruff_python_ast::Operator::Add, so_far, item)?;
                next.push(l.assign(total, sum));
            }
            Ok(vec![keep, Stmt::If(is_first, vec![first], next)])
        })?;
        stmts.extend(more);
        let value = self.read(total);
        let Ty::Opt(inner) = value.ty.clone() else {
            let absent = self.is_none(value.clone());
            let zero = self.coerce(int(0), &Ty::Any);
            let value = self.coerce(value, &Ty::Any);
            let value = Expr {
                ty: Ty::Any,
                node: Node::Choice(Box::new(absent), Box::new(zero), Box::new(value)),
            };
            return Ok(block(stmts, value));
        };
        // Nothing was added: what Python answers is no array.
        let path = format!("python_only::<{}>", self.unit.types.rust(&inner));
        let absent = self.is_none(value.clone());
        let nothing = super::build::call(&path, (*inner).clone(), Vec::new());
        let value = self.present(value);
        let value = Expr {
            ty: (*inner).clone(),
            node: Node::Choice(Box::new(absent), Box::new(nothing), Box::new(value)),
        };
        Ok(block(stmts, value))
    }

    /// `sum` of complex numbers: how they are added up is the interpreter's own.
    fn sum_of_complex(&mut self, e: &ExprCall, start: Expr) -> Low<Expr> {
        let list = self.collect_list(e, &e.arguments.args[0])?;
        let args = vec![self.coerce(list, &Ty::Any), self.coerce(start, &Ty::Any)];
        let sum = self.call_object(super::unit::Place::Builtin("sum".into()), args);
        Ok(self.coerce(sum, &Ty::Complex))
    }

    pub(super) fn sum(&mut self, e: &ExprCall, start: Option<&Ast>) -> Low<Expr> {
        let item = self.site(e.range(), 13);
        let others = self.unit.types.get(item);
        if start.is_none()
            && matches!(others, Ty::Array(..) | Ty::Np(_) | Ty::Grown(_))
            && !matches!(others, Ty::Np(Scalar::Float64 | Scalar::Int64))
        {
            return self.sum_of_others(e, int(0));
        }
        if others == Ty::Complex && start.is_none() && !self.is_big() {
            return self.sum_of_complex(e, int(0));
        }
        if self.is_big() || matches!(others, Ty::Any | Ty::Complex) {
            let list = self.collect_list(e, &e.arguments.args[0])?;
            let mut args = vec![self.coerce(list, &Ty::Any)];
            if let Some(start) = start {
                let start = self.expr(start)?;
                args.push(self.coerce(start, &Ty::Any));
            }
            return Ok(self.call_object(super::unit::Place::Builtin("sum".into()), args));
        }
        let start_is_absent = start.is_none();
        let start = match start {
            Some(s) => {
                let s = self.expr(s)?;
                self.number(s)
            }
            None => int(0),
        };
        let total = self.temporary("total", e, &Ty::Any);
        let arg = &e.arguments.args[0];
        let start_ty = start.ty.clone();
        if start_ty == Ty::Complex {
            return self.sum_of_complex(e, start);
        }
        if !matches!(start_ty, Ty::Int | Ty::Float | Ty::Num | Ty::Never) {
            return self.sum_of_others(e, start);
        }
        let stmts = self.for_each(arg, |l, value| {
            let value = l.plain_member(e, value)?;
            let value = l.number(value);
            l.unit.types.learn(item, &value.ty);
            let value = if value.ty.is_number() || value.ty == Ty::Np(Scalar::Float64) {
                value
            } else {
                l.coerce(value, &Ty::Num)
            };
            let sum = Expr {
                ty: Ty::Any,
                node: Node::Local(total),
            };
            Ok(vec![Stmt::Do(method(
                sum,
                "add",
                Ty::None,
                vec![own(value)],
            ))])
        })?;
        if start_is_absent
            && !matches!(
                self.unit.types.get(item),
                Ty::Int
                    | Ty::Never
                    | Ty::Bool
                    | Ty::Float
                    | Ty::Num
                    | Ty::Np(Scalar::Float64 | Scalar::Int64)
            )
        {
            // The next pass knows that these are no such numbers.
            let never = super::build::call("python_only::<Obj>", Ty::Never, Vec::new());
            return Ok(block(Vec::new(), never));
        }
        let ty = match (self.unit.types.get(item), &start_ty) {
            (Ty::Int | Ty::Never | Ty::Bool, Ty::Int) => Ty::Int,
            (Ty::Int | Ty::Never | Ty::Bool | Ty::Float, Ty::Float) => Ty::Float,
            _ => Ty::Num,
        };
        self.locals[total].in_place = true;
        let new = sure("Sum::<Int>::new", Ty::Any, vec![own(start)]);
        let mut all = vec![Stmt::Assign(total, new)];
        all.extend(stmts);
        let sum = Expr {
            ty: Ty::Any,
            node: Node::Local(total),
        };
        let result = match ty {
            Ty::Int => method(sum, "int", Ty::Int, Vec::new()),
            Ty::Float => sure_method(sum_finish(sum), "float", Ty::Float, Vec::new()),
            _ => sum_finish(sum),
        };
        Ok(block(all, result))
    }
}

fn sum_finish(sum: Expr) -> Expr {
    sure_method(sum, "finish", Ty::Num, Vec::new())
}
