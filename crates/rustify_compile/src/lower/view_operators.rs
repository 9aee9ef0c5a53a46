//! Operators and comparisons of views: `a.keys() & b.keys()`, `a.keys() <= names`.

use ruff_python_ast::{CmpOp, Expr as Ast, ExprBinOp, ExprCompare, Operator};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, literal, own};
use super::scope::{Low, Lowerer};
use super::written_back::is_view;
use crate::ir::{Expr, Stmt};
use crate::types::{Slot, Ty};

impl Lowerer<'_, '_> {
    /// A view as an object, with the type of its items; of another expression its value as it is.
    fn side_of_view(&mut self, e: &Ast, stmts: &mut Vec<Stmt>) -> Low<Option<(Expr, Ty)>> {
        if let Some(dict) = self.dict_of_view(e)? {
            let (k, v) = match &dict.ty {
                Ty::Dict(k, v) | Ty::Map(_, k, v) => (*k, *v),
                _ => return Ok(None),
            };
            let (k, v) = (self.unit.types.get(k), self.unit.types.get(v));
            let name = is_view(e).map_or("", |a| a.attr.as_str());
            let item = match name {
                "keys" => k,
                "items" => Ty::Tuple(vec![k, v]),
                _ => return Ok(None),
            };
            let dict = self.coerce(dict, &Ty::Any);
            let name = self.name_constant(name);
            let view = call(
                "dict_views::view",
                Ty::Any,
                vec![by_ref(dict), by_ref(name)],
            );
            let kept = self.temporary("view", e, &Ty::Any);
            stmts.push(self.assign(kept, view));
            return Ok(Some((self.read(kept), item)));
        }
        let value = self.expr(e)?;
        let value = self.present(value);
        let item = match value.ty {
            Ty::Set(s) | Ty::FrozenSet(s) => self.unit.types.get(s),
            Ty::Never => Ty::Never,
            _ => return Ok(None),
        };
        let kept = self.temporary("beside_view", e, &value.ty.clone());
        stmts.push(self.assign(kept, value));
        let value = self.read(kept);
        Ok(Some((self.coerce(value, &Ty::Any), item)))
    }

    /// `&`, `|`, `-` and `^` where one side is a view that is written down.
    pub(super) fn view_operation(&mut self, e: &ExprBinOp) -> Low<Option<Expr>> {
        let name = match e.op {
            Operator::BitAnd => "and",
            Operator::BitOr => "or",
            Operator::BitXor => "xor",
            Operator::Sub => "sub",
            _ => return Ok(None),
        };
        if is_view(&e.left).is_none() && is_view(&e.right).is_none() {
            return Ok(None);
        }
        let mut stmts = Vec::new();
        let (Some((left, a)), Some((right, b))) = (
            self.side_of_view(&e.left, &mut stmts)?,
            self.side_of_view(&e.right, &mut stmts)?,
        ) else {
            return Ok(None);
        };
        let slot: Slot = self.site(e.range(), 83);
        self.unit.types.learn(slot, &a);
        self.unit.types.learn(slot, &b);
        let name = literal(&format!("dict_views::{name}"), Ty::Any);
        let made = call(
            "dict_views::operate",
            Ty::Any,
            vec![own(name), by_ref(left), by_ref(right)],
        );
        let made = self.coerce(made, &Ty::Set(slot));
        Ok(Some(block(stmts, made)))
    }

    /// A comparison where one side is a view that is written down.
    pub(super) fn view_comparison(&mut self, e: &ExprCompare) -> Low<Option<Expr>> {
        let ([op], [right]) = (&e.ops[..], &e.comparators[..]) else {
            return Ok(None);
        };
        let code = match op {
            CmpOp::Lt => 0,
            CmpOp::LtE => 1,
            CmpOp::Eq => 2,
            CmpOp::NotEq => 3,
            CmpOp::Gt => 4,
            CmpOp::GtE => 5,
            _ => return Ok(None),
        };
        if is_view(&e.left).is_none() && is_view(right).is_none() {
            return Ok(None);
        }
        let mut stmts = Vec::new();
        let (Some((left, _)), Some((right, _))) = (
            self.side_of_view(&e.left, &mut stmts)?,
            self.side_of_view(right, &mut stmts)?,
        ) else {
            return Ok(None);
        };
        let code = literal(&code.to_string(), Ty::Any);
        let test = call(
            "dict_views::compare",
            Ty::Bool,
            vec![by_ref(left), by_ref(right), own(code)],
        );
        Ok(Some(block(stmts, test)))
    }
}
