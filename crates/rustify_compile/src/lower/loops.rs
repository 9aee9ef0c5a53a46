//! Loops over the items of an expression or a value, with a body made from the item.

use ruff_python_ast::Expr as Ast;

use super::iterate::{Items, WithItem};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// A loop over the items of an expression, whose body is made from the item.
    pub(super) fn for_each<'f>(
        &mut self,
        iterable: &Ast,
        body: impl FnOnce(&mut Self, Expr) -> Low<Vec<Stmt>> + 'f,
    ) -> Low<Vec<Stmt>> {
        self.each_of(iterable, Box::new(body))
    }

    fn each_of(&mut self, iterable: &Ast, body: WithItem<'_, Self>) -> Low<Vec<Stmt>> {
        if let Ast::Generator(g) = iterable {
            return self.comprehension(&g.generators, |l| {
                let item = l.expr(&g.elt)?;
                body(l, item)
            });
        }
        if self.is_generated(iterable) {
            return self.each_generated(iterable, body);
        }
        if let Ast::Name(_) | Ast::Attribute(_) | Ast::Subscript(_) = iterable
            && self.has_iter()
        {
            let value = self.expr(iterable)?;
            return self.each_value(iterable, value, body);
        }
        let items = self.items(iterable)?;
        self.each_item(items, body)
    }

    /// Whether a class of the file has an `__iter__` of its own.
    fn has_iter(&self) -> bool {
        let classes = &self.unit.program.classes;
        classes.iter().any(|c| c.methods.contains_key("__iter__"))
    }

    /// A loop over the items of a value.
    pub(super) fn each_value(
        &mut self,
        at: &Ast,
        value: Expr,
        body: WithItem<'_, Self>,
    ) -> Low<Vec<Stmt>> {
        let value = self.present(value);
        if let Ty::Instance(class) = value.ty
            && !self.is_named(&value)
        {
            return self.each_of_instance(at, value, class, body);
        }
        let items = self.each(at, value)?;
        self.each_item(items, body)
    }

    pub(super) fn each_item(&mut self, items: Items, body: WithItem<'_, Self>) -> Low<Vec<Stmt>> {
        let id = self.next_id();
        self.loops.push(id);
        let made = body(self, items.item);
        self.loops.pop();
        let mut inner = relabel(items.before, id);
        inner.extend(made?);
        Ok(vec![Stmt::For {
            id,
            sources: items.sources,
            body: inner,
            orelse: Vec::new(),
        }])
    }
}

/// Gives the loop that a `continue` of a filter belongs to.
fn relabel(stmts: Vec<Stmt>, id: usize) -> Vec<Stmt> {
    stmts
        .into_iter()
        .map(|s| match s {
            Stmt::If(test, yes, no) => Stmt::If(test, relabel(yes, id), relabel(no, id)),
            Stmt::Continue(0) => Stmt::Continue(id),
            other => other,
        })
        .collect()
}
