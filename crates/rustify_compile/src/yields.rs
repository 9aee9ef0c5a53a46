//! Where a function gives items away by `yield`.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

/// What a look through the statements of a function finds.
#[derive(Debug, Default)]
pub(crate) struct Yields {
    /// The first `yield`, where there is one.
    pub first: Option<TextRange>,
    /// A `yield` inside `try` or `with`.
    pub guarded: Option<TextRange>,
    depth: usize,
}

impl Yields {
    /// Looks through the body of a function, without those of functions inside it.
    pub(crate) fn of(body: &[Stmt]) -> Self {
        let mut found = Self::default();
        found.visit_body(body);
        found
    }
}

impl<'a> Visitor<'a> for Yields {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Try(_) | Stmt::With(_) => {
                self.depth += 1;
                walk_stmt(self, statement);
                self.depth -= 1;
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, e: &'a Expr) {
        match e {
            Expr::Lambda(_) => {}
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                self.first.get_or_insert(e.range());
                if self.depth > 0 {
                    self.guarded.get_or_insert(e.range());
                }
                walk_expr(self, e);
            }
            _ => walk_expr(self, e),
        }
    }
}
