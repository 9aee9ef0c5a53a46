//! Names that stand for what only makes sense where it is used: iterators, views of dicts. The expression is written
//! back to where the name is read.

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{Expr as Ast, ExprAttribute, ExprCall, Stmt as AstStmt};

use super::kept_iterators::{Uses, WrittenBack, replaced_in};
use super::scope::{Low, Lowerer};
use crate::ir::Expr;
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// What runs in place of an assignment, and the statements after it without the name.
    pub(super) fn written_back(
        &mut self,
        s: &AstStmt,
        rest: &[AstStmt],
    ) -> Low<Option<WrittenBack>> {
        let AstStmt::Assign(a) = s else {
            return Ok(None);
        };
        let ([Ast::Name(n)], value) = (a.targets.as_slice(), &*a.value) else {
            return Ok(None);
        };
        if is_view(value).is_some() {
            return self.view_written_back(&n.id, value, rest);
        }
        self.iterator_written_back((&n.id, value), s, rest)
    }

    /// `name = dict.keys()`: a view has nothing of its own, so each place that reads the name may make one.
    fn view_written_back(
        &mut self,
        name: &str,
        value: &Ast,
        rest: &[AstStmt],
    ) -> Low<Option<WrittenBack>> {
        let (Ast::Call(c), Some(a)) = (value, is_view(value)) else {
            return Ok(None);
        };
        let def = &self.unit.program.functions[self.function()];
        let mut all = Uses::of(name);
        all.visit_body(&def.node.body);
        let mut here = Uses::of(name);
        here.visit_body(rest);
        if all.stores != 1
            || all.hidden
            || all.loads.len() != here.loads.len()
            || def.free.iter().any(|(free, _)| free == name)
            || def.parameter_names().iter().any(|p| p == name)
            || self.globals.contains(name)
        {
            return Ok(None);
        }
        let dict = self.expr(&a.value)?;
        let dict = self.present(dict);
        if !matches!(dict.ty, Ty::Dict(..) | Ty::Map(..) | Ty::Never) {
            return Ok(None);
        }
        let mut before = Vec::new();
        let held = self.set_aside(&a.value, dict, &mut before);
        let view = Ast::Call(ExprCall {
            func: Box::new(Ast::Attribute(ExprAttribute {
                value: Box::new(held),
                ..a.clone()
            })),
            ..c.clone()
        });
        Ok(Some((before, replaced_in(rest, name, &view))))
    }

    /// The dict that a view written down here is of.
    pub(super) fn dict_of_view(&mut self, e: &Ast) -> Low<Option<Expr>> {
        let Some(a) = is_view(e) else {
            return Ok(None);
        };
        let dict = self.expr(&a.value)?;
        let dict = self.present(dict);
        Ok(matches!(dict.ty, Ty::Dict(..) | Ty::Map(..)).then_some(dict))
    }
}

/// `items`, `keys` or `values` of something.
pub(super) fn is_view(e: &Ast) -> Option<&ExprAttribute> {
    match e {
        Ast::Call(c) if c.arguments.is_empty() => match &*c.func {
            Ast::Attribute(a) if matches!(a.attr.as_str(), "items" | "keys" | "values") => Some(a),
            _ => None,
        },
        _ => None,
    }
}
