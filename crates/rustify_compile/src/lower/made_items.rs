//! Generator expressions that are used up where they are made: unpacked into targets, or folded by `math.fsum` and
//! `math.prod`. Each item is used before the next one is made, as Python does.

use ruff_python_ast::{Expr as Ast, ExprCall, Operator};

use super::build::{block, boolean, infix, int, literal, method, own, sure, sure_method};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

impl Lowerer<'_, '_> {
    /// `a, b = (… for …)`: without a star, no more items are made than show that there are too many.
    pub(super) fn unpack_made(&mut self, target: &Ast, made: &Ast) -> Low<Vec<Stmt>> {
        let targets = match target {
            Ast::Tuple(t) => &t.elts,
            Ast::List(l) => &l.elts,
            _ => return Ok(Vec::new()),
        };
        if targets.iter().any(|t| matches!(t, Ast::Starred(_))) {
            let list = self.collect_list(made, made)?;
            return self.unpack(target, targets, list);
        }
        let slot = self.site(ruff_text_size::Ranged::range(made), 8);
        let most = targets.len().to_string();
        let list = self.filled(made, &Ty::List(slot), |l, list| {
            let outer = l.next_id();
            // The loops of the expression may be nested: a loop of one turn around them all is what is left.
            let mut body = l.for_each(made, |l, item| {
                let add = l.add_item(list, item);
                let so_far = l.read(list);
                let length = sure_method(so_far, "length", Ty::Int, Vec::new());
                let too_many = infix(">", Ty::Bool, length, literal(&most, Ty::Any));
                let leave = Stmt::If(too_many, vec![Stmt::Break(outer)], Vec::new());
                Ok(vec![add, leave])
            })?;
            body.push(Stmt::Break(outer));
            Ok(vec![Stmt::While {
                id: outer,
                test: boolean(true),
                body,
                orelse: Vec::new(),
            }])
        })?;
        self.unpack(target, targets, list)
    }

    /// `math.fsum(…)` and `math.prod(…)` of items that are made one by one.
    pub(super) fn folded(&mut self, e: &ExprCall, name: &str) -> Low<Expr> {
        let arg = &e.arguments.args[0];
        if name == "prod" {
            let total = self.temporary("product", e, &Ty::Int);
            let mut stmts = vec![self.assign(total, int(1))];
            stmts.extend(self.for_each(arg, |l, item| {
                let item = l.plain_member(e, item)?;
                let so_far = l.read(total);
                let next = l.operate(e, Operator::Mult, so_far, item)?;
                Ok(vec![l.assign(total, next)])
            })?);
            let value = self.read(total);
            return Ok(block(stmts, value));
        }
        let total = self.temporary("exact_sum", e, &Ty::Any);
        let sum = || Expr {
            ty: Ty::Any,
            node: Node::Local(total),
        };
        let stmts = self.for_each(arg, |l, item| {
            let item = l.plain_member(e, item)?;
            let item = l.number(item);
            let is_known = item.ty.is_number() || item.ty == Ty::Np(Scalar::Float64);
            let item = if is_known {
                item
            } else {
                l.coerce(item, &Ty::Num)
            };
            let item = l.float(item);
            Ok(vec![Stmt::Do(method(
                sum(),
                "add",
                Ty::None,
                vec![own(item)],
            ))])
        })?;
        self.locals[total].in_place = true;
        let new = sure("math::ExactSum::new", Ty::Any, Vec::new());
        let mut all = vec![Stmt::Assign(total, new)];
        all.extend(stmts);
        Ok(block(all, method(sum(), "finish", Ty::Float, Vec::new())))
    }
}
