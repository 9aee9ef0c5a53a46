//! Methods as values: `push = out.append`, and `map(counter.add, items)`.
//!
//! A name that stands for a method of a variable, and that is called only, is written back to what it stands for.

use std::collections::HashMap;

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{
    Arguments, AtomicNodeIndex, Expr as Ast, ExprAttribute, ExprCall, ExprContext, ExprName,
    name::Name,
};
use ruff_text_size::Ranged;

use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// `name = variable.method` of a name that is called only: what the name stands for is noted.
    pub(super) fn method_named(&mut self, target: &Ast, value: &Ast) -> Low<Option<Vec<Stmt>>> {
        let (Ast::Name(n), Ast::Attribute(a)) = (target, value) else {
            return Ok(None);
        };
        let Ast::Name(of) = &*a.value else {
            return Ok(None);
        };
        let def = &self.unit.program.functions[self.function()];
        let is_settled = def.once.contains_key(n.id.as_str())
            && def.once.contains_key(of.id.as_str())
            && def.inner.is_empty()
            && self.gives.is_none()
            && self.within.is_empty();
        let Some(local) = self.find(&of.id).filter(|_| is_settled) else {
            return Ok(None);
        };
        let is_method = match self.type_of(local) {
            Ty::Never => true,
            Ty::List(_) | Ty::Dict(..) | Ty::Set(_) | Ty::Deque(_) | Ty::Map(..) => true,
            Ty::Str | Ty::Bytes | Ty::ByteArray => true,
            Ty::Instance(c) => self.unit.program.classes[c]
                .methods
                .contains_key(a.attr.as_str()),
            _ => false,
        };
        let mut uses = Uses {
            name: &n.id,
            loads: 0,
            calls: 0,
        };
        uses.visit_body(&def.node.body);
        if !is_method || uses.loads != uses.calls {
            return Ok(None);
        }
        self.methods.insert(n.id.to_string(), a.clone());
        let held = self.expr(&a.value)?;
        Ok(Some(super::build::effects(held)))
    }

    /// A call of a name that stands for a method.
    pub(super) fn call_of_method(&mut self, e: &ExprCall) -> Low<Option<Expr>> {
        let Ast::Name(n) = &*e.func else {
            return Ok(None);
        };
        let Some(method) = self.methods.get(n.id.as_str()).cloned() else {
            return Ok(None);
        };
        let call = ExprCall {
            func: Box::new(Ast::Attribute(method)),
            ..e.clone()
        };
        self.call(&call).map(Some)
    }

    /// A method that is given as a function, on values.
    #[expect(
        clippy::default_trait_access,
        reason = "the type is one of a crate of the parser's"
    )]
    pub(super) fn apply_method(
        &mut self,
        function: &Ast,
        method: &ExprAttribute,
        values: Vec<Expr>,
    ) -> Low<Expr> {
        let range = function.range();
        let mut before = Vec::new();
        let mut names = HashMap::new();
        let mut args = Vec::new();
        for (i, value) in values.into_iter().enumerate() {
            let local = self.temporary(&format!("given_{i}"), function, &value.ty.clone());
            before.push(self.assign(local, value));
            // No program has such a name.
            let name = format!("given {i}");
            args.push(Ast::Name(ExprName {
                node_index: AtomicNodeIndex::default(),
                range,
                id: Name::new(&name),
                ctx: ExprContext::Load,
            }));
            names.insert(name, local);
        }
        let call = ExprCall {
            node_index: AtomicNodeIndex::default(),
            range_start: range.start(),
            func: Box::new(Ast::Attribute(method.clone())),
            arguments: Arguments {
                range,
                node_index: AtomicNodeIndex::default(),
                args: args.into(),
                keywords: Default::default(),
            },
        };
        self.scopes.push(names);
        let done = self.call(&call);
        self.scopes.pop();
        Ok(super::build::block(before, done?))
    }
}

/// How often a name is read, and how often it is called or given to what calls it.
struct Uses<'n> {
    name: &'n str,
    loads: usize,
    calls: usize,
}

impl Uses<'_> {
    fn is_name(&self, e: &Ast) -> bool {
        matches!(e, Ast::Name(n) if n.id == self.name)
    }
}

impl<'a> Visitor<'a> for Uses<'_> {
    fn visit_expr(&mut self, e: &'a Ast) {
        match e {
            Ast::Name(n) if n.ctx == ExprContext::Load && n.id == self.name => self.loads += 1,
            Ast::Call(c) => {
                let calls_first =
                    matches!(&*c.func, Ast::Name(n) if matches!(n.id.as_str(), "map" | "filter"));
                let is_first = c.arguments.args.first().is_some_and(|a| self.is_name(a));
                let as_key = c.arguments.keywords.iter().filter(|k| {
                    k.arg.as_ref().is_some_and(|a| a.as_str() == "key") && self.is_name(&k.value)
                });
                self.calls += usize::from(self.is_name(&c.func))
                    + usize::from(calls_first && is_first)
                    + as_key.count();
            }
            _ => {}
        }
        walk_expr(self, e);
    }
}
