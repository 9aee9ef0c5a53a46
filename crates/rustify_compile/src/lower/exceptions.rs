//! Exceptions that are raised or caught, by their classes.

use ruff_python_ast::Expr as Ast;

use super::build::{block, own, sure};
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::{Expr, Stmt};
use crate::program::Global;
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// An exception to raise, from its class or from a call of it.
    pub(super) fn exception(&mut self, e: &Ast) -> Low<Expr> {
        match e {
            Ast::Call(c) => {
                // The arguments are computed; the text is made by Python, which raises again.
                let mut stmts = Vec::new();
                for arg in &c.arguments.args {
                    let value = self.expr(arg)?;
                    stmts.push(Stmt::Do(value));
                }
                let class = self.exception(&c.func)?;
                Ok(block(stmts, class))
            }
            Ast::Name(n) if self.find(&n.id).is_none() => {
                match self.unit.program.globals.get(n.id.as_str()).cloned() {
                    Some(Global::Class(c)) if self.unit.program.classes[c].is_exception => {
                        let class = self.capture(Place::Global(n.id.to_string()));
                        Ok(sure("exception_class", Ty::Any, vec![own(class)]))
                    }
                    None if n.id.ends_with("Error")
                        || matches!(
                            n.id.as_str(),
                            "Exception" | "StopIteration" | "BaseException"
                        ) =>
                    {
                        let class = self.capture(Place::Builtin(n.id.to_string()));
                        Ok(sure("exception_class", Ty::Any, vec![own(class)]))
                    }
                    _ => self.no(
                        e,
                        "exception",
                        "this exception class is not known here",
                        "Use a builtin exception, or one of this file.",
                    ),
                }
            }
            _ => self.no(
                e,
                "exception",
                "this exception is not a class or a call of one",
                "Raise `SomeError(\"text\")`.",
            ),
        }
    }
}
