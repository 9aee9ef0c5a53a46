//! Functions that are called for each item: what names them is looked at once, before the first item is asked for.
//!
//! In `map(table.get, keys)` and `sorted(items, key=itemgetter(field))` names may mean something else by the time of a
//! later item, and what is called there may have effects. So such parts are set aside in variables of their own.

use ruff_python_ast::helpers::any_over_expr;
use ruff_python_ast::{Expr as Ast, ExprAttribute, ExprCall};
use ruff_text_size::Ranged;

use super::calls::is_constant;
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Stmt};
use crate::program::Global;
use crate::types::Ty;

/// Builtins that only look at the names that they are given.
const LOOKING: [&str; 5] = ["range", "len", "enumerate", "zip", "reversed"];

/// Methods of texts that give texts.
const TEXT_METHODS: [&str; 9] = [
    "strip",
    "lstrip",
    "rstrip",
    "lower",
    "upper",
    "title",
    "casefold",
    "removeprefix",
    "removesuffix",
];

impl Lowerer<'_, '_> {
    /// A function by what cannot change while it is called; `before` sets parts of it aside.
    pub(super) fn held(&mut self, function: &Ast, before: &mut Vec<Stmt>) -> Low<Ast> {
        if !self.may_change(function) {
            return Ok(function.clone());
        }
        match function {
            Ast::Attribute(a) => {
                let receiver = self.expr(&a.value)?;
                let receiver = self.present(receiver);
                let value = self.set_aside(&a.value, receiver, before);
                Ok(Ast::Attribute(ExprAttribute {
                    value: Box::new(value),
                    ..a.clone()
                }))
            }
            Ast::Call(c) if self.is_getter(c) => {
                let mut getter = c.clone();
                for part in &mut getter.arguments.args {
                    if !is_constant(part) {
                        let value = self.expr(part)?;
                        *part = self.set_aside(part, value, before);
                    }
                }
                Ok(Ast::Call(getter))
            }
            _ => {
                let value = self.expr(function)?;
                Ok(self.set_aside(function, value, before))
            }
        }
    }

    /// The items and the function of a call that computes the items first.
    pub(super) fn held_after(
        &mut self,
        items: &Ast,
        function: &Ast,
        before: &mut Vec<Stmt>,
    ) -> Low<(Ast, Ast)> {
        if !self.may_change(function) || self.only_looks_at(items) || self.is_calm(function) {
            return Ok((items.clone(), self.held(function, before)?));
        }
        if self.iterated(items) {
            return self.no(
                function,
                "unknown-callee",
                "the items beside this function are computed while it is called",
                "Give the items a name first: `items = list(…)`.",
            );
        }
        let value = self.expr(items)?;
        let items = self.set_aside(items, value, before);
        Ok((items, self.held(function, before)?))
    }

    /// Whether what a function is named by may mean another one at a later item, or costs something to look at.
    fn may_change(&self, function: &Ast) -> bool {
        match function {
            Ast::Name(n) => {
                self.find(&n.id).is_some()
                    && !self.is_bound_once(&n.id)
                    && !self.methods.contains_key(n.id.as_str())
            }
            Ast::Attribute(a) => match &*a.value {
                Ast::Name(n) => self.find(&n.id).is_some() && !self.is_bound_once(&n.id),
                Ast::StringLiteral(_) => false,
                receiver => !self.is_of_module(receiver),
            },
            Ast::Call(c) if self.is_getter(c) => !c.arguments.args.iter().all(is_constant),
            Ast::Call(c) => {
                self.is_partial(c) || matches!(&*c.func, Ast::Name(n) if self.is_of_file(&n.id))
            }
            Ast::Subscript(_) => true,
            _ => false,
        }
    }

    /// Whether a call makes what gets items or attributes.
    fn is_getter(&self, c: &ExprCall) -> bool {
        self.imported(&c.func).is_some_and(|(_, module, name)| {
            module == "operator" && matches!(name.as_str(), "itemgetter" | "attrgetter")
        })
    }

    fn is_bound_once(&self, name: &str) -> bool {
        let def = &self.unit.program.functions[self.function()];
        def.once.contains_key(name) || name.contains(' ')
    }

    /// Whether a name stands for a function of the file.
    fn is_of_file(&self, name: &str) -> bool {
        let globals = &self.unit.program.globals;
        self.find(name).is_some() || matches!(globals.get(name), Some(Global::Function(_)))
    }

    /// Whether an expression is a module, or something of one, or a class.
    fn is_of_module(&self, e: &Ast) -> bool {
        match e {
            Ast::Name(n) => {
                let globals = &self.unit.program.globals;
                self.find(&n.id).is_none()
                    && !matches!(globals.get(n.id.as_str()), Some(Global::Value(_)))
            }
            Ast::Attribute(a) => self.is_of_module(&a.value),
            _ => false,
        }
    }

    /// Whether a value that Python computes after the items may be computed before them.
    pub(super) fn may_come_first(&self, value: &Ast, items: &Ast) -> bool {
        is_constant(value) || self.only_looks_at(items)
    }

    /// Whether computing the items has no effects, and cannot fail in Rust.
    fn only_looks_at(&self, items: &Ast) -> bool {
        match items {
            Ast::Name(_) => true,
            Ast::Call(c) => {
                let is_known = match &*c.func {
                    Ast::Name(n) => self.is_builtin(&n.id) && LOOKING.contains(&n.id.as_str()),
                    Ast::Attribute(a) => {
                        matches!(a.attr.as_str(), "items" | "keys" | "values")
                            && matches!(&*a.value, Ast::Name(_))
                    }
                    _ => false,
                };
                is_known
                    && c.arguments.keywords.is_empty()
                    && c.arguments
                        .args
                        .iter()
                        .all(|a| is_constant(a) || self.only_looks_at(a))
            }
            _ => false,
        }
    }

    /// Whether a function is named by variables and texts alone, which nothing else can change.
    fn is_calm(&self, function: &Ast) -> bool {
        let name_of_function = function.range();
        !any_over_expr(function, |e| match e {
            Ast::Name(_) => false,
            Ast::Attribute(a) => {
                e.range() != name_of_function
                    && !self.is_of_module(&a.value)
                    && !TEXT_METHODS.contains(&a.attr.as_str())
            }
            Ast::Call(c) => {
                let is_text_method = matches!(&*c.func, Ast::Attribute(a) if TEXT_METHODS.contains(&a.attr.as_str()));
                !(self.is_getter(c) || self.is_partial(c) || is_text_method)
            }
            other => !is_constant(other),
        })
    }

    /// A key of `sorted` and the like, on an item. A key that is `None` has no order.
    pub(super) fn key_of(&mut self, key: &Ast, item: Expr) -> Low<Expr> {
        let value = self.apply(key, vec![item])?;
        let is_get = matches!(key, Ast::Attribute(a) if a.attr.as_str() == "get");
        Ok(if is_get && matches!(value.ty, Ty::Opt(_)) {
            self.present(value)
        } else {
            value
        })
    }
}
