//! Methods of sets.

use ruff_python_ast::ExprCall;

use super::build::{block, by_ref, method, none};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    pub(super) fn set_method(
        &mut self,
        e: &ExprCall,
        set: Expr,
        slot: usize,
        name: &str,
    ) -> Low<Expr> {
        if !e.arguments.keywords.is_empty() {
            return self.no(
                e,
                "keyword",
                format!("`set.{name}` is called with keywords"),
                "Pass the arguments by position.",
            );
        }
        if let ("update", [arg]) = (name, &e.arguments.args[..]) {
            let kept = self.temporary("updated", e, &set.ty.clone());
            let mut stmts = vec![self.assign(kept, set)];
            stmts.extend(self.update_set(kept, slot, arg)?);
            return Ok(block(stmts, none()));
        }
        let mut args = self.args(e)?;
        if let ("add", [item]) = (name, args.as_slice()) {
            let ty = item.ty.clone();
            self.unit.types.learn(slot, &ty);
        }
        let ty = self.unit.types.get(slot);
        Ok(match (name, args.len()) {
            ("add" | "remove", 1) => {
                let item = self.coerce(args.remove(0), &ty);
                method(set, name, Ty::None, vec![by_ref(item)])
            }
            ("discard", 1) => {
                let item = self.coerce(args.remove(0), &ty);
                let done = method(set, name, Ty::Bool, vec![by_ref(item)]);
                block(vec![Stmt::Do(done)], none())
            }
            _ => {
                let own_ty = set.ty.clone();
                let result_ty = match name {
                    "issubset" | "issuperset" | "isdisjoint" => Ty::Bool,
                    "difference" | "intersection" | "copy" => own_ty,
                    "pop" => ty,
                    _ => Ty::Any,
                };
                let result = self.object_method(e, set, name)?;
                self.coerce(result, &result_ty)
            }
        })
    }
}
