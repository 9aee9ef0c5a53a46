//! Iterators of `itertools` that call a function for each item: `accumulate`, `starmap` and `filterfalse`, in place.

use ruff_python_ast::{Expr as Ast, ExprCall};

use super::build::boolean;
use super::iterate::Items;
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// The items of such a call.
    pub(super) fn stepwise(&mut self, c: &ExprCall) -> Low<Option<Items>> {
        let Some((place, module, name)) = self.imported(&c.func) else {
            return Ok(None);
        };
        if module != "itertools" || !c.arguments.keywords.is_empty() {
            return Ok(None);
        }
        let made = match (name.as_str(), &*c.arguments.args) {
            ("accumulate", [items, function]) => self.accumulated(c, items, function)?,
            ("starmap", [function, items]) => return self.starred(c, function, items),
            ("filterfalse", [function, items]) => self.refused(c, function, items)?,
            _ => return Ok(None),
        };
        self.capture(place);
        Ok(Some(made))
    }

    /// `accumulate(items, function)`: the first item as it is, then what the function makes of the last one and the next.
    fn accumulated(&mut self, c: &ExprCall, items: &Ast, function: &Ast) -> Low<Items> {
        let mut made = self.items(items)?;
        let started = self.temporary("started", c, &Ty::Bool);
        let begin = self.assign(started, boolean(false));
        made.begin(vec![begin]);
        let next = self.temporary("next_item", items, &made.item.ty.clone());
        let keep = self.assign(next, made.item);
        made.before.push(keep);
        let so_far = self.temporary("so_far", function, &Ty::Never);
        let first = self.read(next);
        let start = vec![
            self.assign(so_far, first),
            self.assign(started, boolean(true)),
        ];
        let (value, item) = (self.read(so_far), self.read(next));
        let value = self.apply(function, vec![value, item])?;
        let go_on = vec![self.assign(so_far, value)];
        let is_started = self.read(started);
        made.before.push(Stmt::If(is_started, go_on, start));
        made.item = self.read(so_far);
        Ok(made)
    }

    /// `starmap(function, items)`, of items that are tuples of known length.
    fn starred(&mut self, c: &ExprCall, function: &Ast, items: &Ast) -> Low<Option<Items>> {
        let mut made = self.items(items)?;
        let Ty::Tuple(parts) = made.item.ty.clone() else {
            return Ok(None);
        };
        if let Some((place, ..)) = self.imported(&c.func) {
            self.capture(place);
        }
        let kept = self.temporary("arguments", items, &made.item.ty.clone());
        let keep = self.assign(kept, made.item);
        made.before.push(keep);
        let mut values = Vec::new();
        for (i, ty) in parts.into_iter().enumerate() {
            let read = self.read(kept);
            values.push(Expr {
                ty,
                node: Node::Field(Box::new(read), i),
            });
        }
        made.item = self.apply(function, values)?;
        Ok(Some(made))
    }

    /// `filterfalse(function, items)`.
    fn refused(&mut self, c: &ExprCall, function: &Ast, items: &Ast) -> Low<Items> {
        let mut made = self.items(items)?;
        let kept = self.temporary("item", c, &made.item.ty.clone());
        let keep = self.assign(kept, made.item);
        made.before.push(keep);
        let value = self.read(kept);
        let test = if matches!(function, Ast::NoneLiteral(_)) {
            value
        } else {
            self.apply(function, vec![value])?
        };
        let test = self.truth(test);
        made.before
            .push(Stmt::If(test, vec![Stmt::Continue(0)], Vec::new()));
        made.item = self.read(kept);
        Ok(made)
    }
}
