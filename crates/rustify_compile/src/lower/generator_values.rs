//! Generators of the file and iterators of the builtins as values: each goes on where it gave its last item.

use ruff_python_ast::{Expr as Ast, ExprCall, Stmt as AstStmt};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, literal, method, own, sure};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Slot, Ty};

impl Lowerer<'_, '_> {
    /// Whether a generator runs in place of a call here, or is what is translated.
    pub(super) fn is_inside(&self, function: usize) -> bool {
        self.within.contains(&function) || self.unit.specs[self.spec].function == function
    }

    /// Whether a generator can be kept as a value.
    pub(super) fn may_be_value(&self, at: &impl Ranged, function: usize) -> Low<()> {
        self.is_plain_generator(function)?;
        let def = &self.unit.program.functions[function];
        // What it takes from around it is taken when it is made.
        let changes = def.free.iter().any(|(name, is_changed)| {
            let parent = def.parent.map(|p| &self.unit.program.functions[p]);
            *is_changed || parent.is_some_and(|p| !p.once.contains_key(name))
        });
        if def.handed_on().is_some() || changes {
            return self.no(
                at,
                "generator-value",
                "a generator is kept as a value",
                "Loop over the call, or hand it to `list`, `sum` and the like.",
            );
        }
        Ok(())
    }

    /// `yield` in a generator that is kept as a value.
    pub(super) fn give(&mut self, slot: Slot, value: Expr) -> Vec<Stmt> {
        self.unit.types.learn(slot, &value.ty);
        let ty = self.unit.types.get(slot);
        let value = self.coerce(value, &ty);
        let turn = literal("turn", Ty::Any);
        let give = Expr {
            ty: Ty::None,
            node: Node::Method {
                receiver: Box::new(turn),
                name: "give".to_owned(),
                args: vec![own(value)],
                fails: false,
            },
        };
        vec![Stmt::Do(give)]
    }

    /// `iter(items)` as a value.
    pub(super) fn iterator_of(&mut self, arg: &Ast) -> Low<Option<Expr>> {
        let value = self.expr(arg)?;
        let value = self.present(value);
        let value = match value.ty {
            Ty::Tuple(_) | Ty::TupleOf(_) | Ty::Bytes => self.list_of(arg, value)?,
            _ => value,
        };
        Ok(match value.ty.clone() {
            Ty::Never | Ty::Iter(_) => Some(value),
            Ty::List(slot) => Some(sure("Iter::over_list", Ty::Iter(slot), vec![own(value)])),
            Ty::Str => {
                let slot = self.site(arg.range(), 78);
                self.unit.types.learn(slot, &Ty::Char);
                (self.unit.types.get(slot) == Ty::Char)
                    .then(|| sure("Iter::over_text", Ty::Iter(slot), vec![own(value)]))
            }
            Ty::Any => {
                let slot = self.site(arg.range(), 78);
                self.unit.types.learn(slot, &Ty::Any);
                Some(call(
                    "Iter::over_object",
                    Ty::Iter(slot),
                    vec![by_ref(value)],
                ))
            }
            _ => None,
        })
    }

    /// `items = iter(items)` among the first statements of a function: from there on the name is another variable.
    pub(super) fn iterator_instead(
        &mut self,
        s: &AstStmt,
        target: &Ast,
        value: &Expr,
    ) -> Option<Vec<Stmt>> {
        let (Ast::Name(n), Ty::Iter(_)) = (target, &value.ty) else {
            return None;
        };
        let def = &self.unit.program.functions[self.function()];
        let is_outermost = def.node.body.iter().any(|own| own.range() == s.range());
        let before = self.find(&n.id)?;
        let is_own = def.inner.is_empty()
            && !self.cells.contains_key(&before)
            && self.scopes.len() == 1
            && def.free.iter().all(|(name, _)| *name != *n.id);
        if !is_outermost || !is_own || matches!(self.type_of(before), Ty::Iter(_) | Ty::Never) {
            return None;
        }
        let local = self.temporary(&n.id, n, &value.ty.clone());
        let assign = self.assign(local, value.clone());
        self.scopes[0].insert(n.id.to_string(), local);
        Some(vec![assign])
    }

    /// `next(iterator, default)` of an iterator that is a value.
    pub(super) fn next_of(&mut self, e: &ExprCall) -> Low<Option<Expr>> {
        let (items, default) = match &e.arguments.args[..] {
            [items] => (items, None),
            [items, default] => (items, Some(default)),
            _ => return Ok(None),
        };
        if !e.arguments.keywords.is_empty() {
            return Ok(None);
        }
        let iterator = self.expr(items)?;
        let iterator = self.present(iterator);
        let slot = match iterator.ty {
            Ty::Iter(slot) => slot,
            Ty::Never => return Ok(Some(iterator)),
            _ => return Ok(None),
        };
        self.uses_builtin("next");
        let ty = self.unit.types.get(slot);
        let Some(default) = default else {
            return Ok(Some(method(iterator, "next_item", ty, Vec::new())));
        };
        let kept = self.temporary("asked", e, &iterator.ty.clone());
        let keep = self.assign(kept, iterator);
        let default = self.expr(default)?;
        let of_default = self.temporary("default_item", e, &default.ty.clone());
        let keep_default = self.assign(of_default, default);
        let result = self.temporary("next_item", e, &Ty::Never);
        let default = self.read(of_default);
        let otherwise = self.assign(result, default);
        let iterator = self.read(kept);
        let item = Expr {
            ty: Ty::Opt(Box::new(ty.clone())),
            node: Node::Method {
                receiver: Box::new(iterator),
                name: "next".to_owned(),
                args: Vec::new(),
                fails: true,
            },
        };
        let found = self.temporary("next_found", e, &Ty::Any);
        self.locals[found].in_place = true;
        let keep_found = Stmt::Assign(found, item);
        let is_there = Expr {
            ty: Ty::Bool,
            node: Node::Method {
                receiver: Box::new(Expr {
                    ty: Ty::Any,
                    node: Node::Local(found),
                }),
                name: "is_some".to_owned(),
                args: Vec::new(),
                fails: false,
            },
        };
        let value = Expr {
            ty: ty.clone(),
            node: Node::Call {
                path: "some".to_owned(),
                args: vec![own(Expr {
                    ty: Ty::Any,
                    node: Node::Local(found),
                })],
                fails: true,
            },
        };
        let take = self.assign(result, value);
        let stmts = vec![
            keep,
            keep_default,
            keep_found,
            Stmt::If(is_there, vec![take], vec![otherwise]),
        ];
        let value = self.read(result);
        Ok(Some(block(stmts, value)))
    }
}
