//! Calls of function objects with objects as arguments, and what is made into objects for them.

use ruff_python_ast::{Expr as Ast, ExprCall};

use super::build::{by_ref, call};
use super::scope::{Low, Lowerer};
use super::unit::{Constant, Place};
use crate::ir::{Expr, Node};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// Whether an expression is best walked through as it is made.
    pub(super) fn iterated(&self, e: &Ast) -> bool {
        if self.is_generated(e) {
            return true;
        }
        match e {
            Ast::Generator(_) => true,
            Ast::Call(c) if self.finds_matches(c) || self.are_elements(c) => true,
            Ast::Call(c) => match &*c.func {
                Ast::Name(n) => {
                    self.is_builtin(&n.id)
                        && matches!(
                            n.id.as_str(),
                            "range" | "enumerate" | "zip" | "map" | "filter" | "reversed"
                        )
                        || self.is_iterator(c)
                }
                Ast::Attribute(a) => {
                    matches!(a.attr.as_str(), "items" | "keys" | "values") || self.is_iterator(c)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// A builtin called with plain arguments.
    pub(super) fn plain_call(&mut self, name: &str, e: &ExprCall) -> Low<Expr> {
        let args = self.object_arguments(&e.arguments.args)?;
        if !e.arguments.keywords.is_empty() {
            let function = self.capture(Place::Builtin(name.to_owned()));
            let (args, names) = self.named_arguments(e, args)?;
            return Ok(call(
                "any::call_by_name",
                Ty::Any,
                vec![by_ref(function), by_ref(args), by_ref(names)],
            ));
        }
        Ok(self.call_object(Place::Builtin(name.to_owned()), args))
    }

    /// Arguments as objects; what would make items one by one is made a list first.
    pub(super) fn object_arguments(&mut self, arguments: &[Ast]) -> Low<Vec<Expr>> {
        let mut args = Vec::new();
        for arg in arguments {
            let value = if self.iterated(arg) && !is_range(arg) {
                self.collect_list(arg, arg)?
            } else {
                self.expr(arg)?
            };
            args.push(self.coerce(value, &Ty::Any));
        }
        Ok(args)
    }

    /// Arguments by position and by name as two arrays: of all values, and of the names of the last ones.
    pub(super) fn named_arguments(
        &mut self,
        e: &ExprCall,
        mut args: Vec<Expr>,
    ) -> Low<(Expr, Expr)> {
        let mut names = Vec::new();
        for keyword in &e.arguments.keywords {
            let Some(name) = &keyword.arg else {
                return self.no(
                    keyword,
                    "star-argument",
                    "a call with `**arguments`",
                    "Pass the arguments one by one.",
                );
            };
            let value = self.expr(&keyword.value)?;
            args.push(self.coerce(value, &Ty::Any));
            names.push(self.constant(Constant::Name(name.to_string())));
        }
        let array = |items| Expr {
            ty: Ty::Any,
            node: Node::Array(items),
        };
        Ok((array(args), array(names)))
    }

    /// A function object outside, called with objects.
    pub(super) fn call_object(&mut self, place: Place, mut args: Vec<Expr>) -> Expr {
        if matches!(&place, Place::Builtin(name) if name == "hash") {
            for arg in &mut args {
                let hashed = std::mem::replace(arg, super::build::none());
                *arg = call("any::without_nan", Ty::Any, vec![by_ref(hashed)]);
            }
        }
        let function = self.capture(place);
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(args),
        };
        call("any::call", Ty::Any, vec![by_ref(function), by_ref(array)])
    }
}

/// Whether an expression makes a range.
pub(super) fn is_range(e: &Ast) -> bool {
    matches!(e, Ast::Call(c) if matches!(&*c.func, Ast::Name(n) if n.id == "range"))
}
