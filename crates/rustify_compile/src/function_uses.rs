//! Names that a file uses as values: functions among them may be what a variable holds.

use std::collections::HashSet;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprContext, Stmt};

/// All names that are read where nothing calls them.
pub(crate) fn values(body: &[Stmt]) -> HashSet<String> {
    let mut finder = Finder(HashSet::new());
    for statement in body {
        finder.visit_stmt(statement);
    }
    finder.0
}

struct Finder(HashSet<String>);

impl<'a> Visitor<'a> for Finder {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            // What a decorator gets is another thing than what its name means afterwards.
            Stmt::FunctionDef(f) => {
                f.parameters
                    .iter_non_variadic_params()
                    .filter_map(|p| p.default())
                    .for_each(|d| self.visit_expr(d));
                self.visit_body(&f.body);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, e: &'a Expr) {
        match e {
            Expr::Call(c) => {
                if !matches!(&*c.func, Expr::Name(_)) {
                    self.visit_expr(&c.func);
                }
                self.visit_arguments(&c.arguments);
            }
            Expr::Name(n) if n.ctx == ExprContext::Load => {
                self.0.insert(n.id.to_string());
            }
            _ => walk_expr(self, e),
        }
    }
}
