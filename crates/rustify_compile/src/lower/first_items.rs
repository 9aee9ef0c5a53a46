//! `next(items, default)` of an iterator that nobody else sees.

use ruff_python_ast::{Expr as Ast, ExprCall};

use super::build::{block, boolean, not};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// What is walked through for the first item of an iterator that a builtin makes in place.
    fn iterator_made_here<'e>(&mut self, e: &'e Ast) -> Option<&'e Ast> {
        let Ast::Call(c) = e else {
            return None;
        };
        let Ast::Name(n) = &*c.func else {
            return None;
        };
        if !self.is_builtin(&n.id) {
            return None;
        }
        match (n.id.as_str(), &c.arguments.args[..]) {
            ("iter", [inner]) if c.arguments.keywords.is_empty() => {
                self.uses_builtin("iter");
                Some(inner)
            }
            ("reversed" | "enumerate" | "zip" | "map" | "filter", _) => Some(e),
            _ => None,
        }
    }

    /// `next(items, default)` of a generator that nobody else sees: its first item.
    pub(super) fn first_item(&mut self, e: &ExprCall) -> Low<Option<Expr>> {
        let (items, default) = match &e.arguments.args[..] {
            [items] => (items, None),
            [items, default] => (items, Some(default)),
            _ => return Ok(None),
        };
        if !e.arguments.keywords.is_empty() {
            return Ok(None);
        }
        let items = match self.iterator_made_here(items) {
            Some(inside) => inside,
            None if self.is_lazy(items) && !matches!(items, Ast::Name(_)) => items,
            None => return Ok(None),
        };
        self.uses_builtin("next");
        let default = match default {
            // It is computed before any item is, as Python does, and behind what is walked through: nothing tells.
            Some(d) if super::calls::is_constant(d) || self.is_still(d) => Some(self.expr(d)?),
            None => None,
            Some(_) => return Ok(None),
        };
        let slot = self.temporary("first", e, &Ty::Never);
        let mut stmts = Vec::new();
        let found = self.temporary("has_first", e, &Ty::Bool);
        stmts.push(self.assign(found, boolean(false)));
        let has_default = default.is_some();
        if let Some(default) = default {
            stmts.push(self.assign(slot, default));
        }
        let outer = self.next_id();
        let mut body = self.for_each(items, |l, item| {
            Ok(vec![
                l.assign(slot, item),
                l.assign(found, boolean(true)),
                Stmt::Break(outer),
            ])
        })?;
        body.push(Stmt::Break(outer));
        stmts.push(Stmt::While {
            id: outer,
            test: boolean(true),
            body,
            orelse: Vec::new(),
        });
        if !has_default {
            let test = not(self.read(found));
            let error = super::build::literal("Exc::GIVE_UP", Ty::Any);
            stmts.push(Stmt::If(test, vec![Stmt::Raise(error)], Vec::new()));
        }
        let value = self.read(slot);
        Ok(Some(block(stmts, value)))
    }
}
