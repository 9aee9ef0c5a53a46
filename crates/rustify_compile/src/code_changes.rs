//! Whether a module's own body gives a function other code, or a generated one other defaults: its text does not say what
//! the function does then.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprContext, Stmt};
use ruff_text_size::{Ranged, TextRange};

/// Where the body of a module does so.
pub(crate) fn of_module(body: &[Stmt]) -> Option<TextRange> {
    let mut finder = Finder(None);
    finder.visit_body(body);
    finder.0
}

struct Finder(Option<TextRange>);

impl<'a> Visitor<'a> for Finder {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        // What functions do later is seen when it happens.
        if !matches!(statement, Stmt::FunctionDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, e: &'a Expr) {
        let sets =
            match e {
                Expr::Attribute(a) if a.ctx == ExprContext::Store => match a.attr.as_str() {
                    "__code__" => true,
                    // Those of a written method are compared with its text when it is attached.
                    "__defaults__" | "__kwdefaults__" => {
                        matches!(&*a.value, Expr::Attribute(of) if of.attr.as_str() == "__init__")
                    }
                    _ => false,
                },
                Expr::Call(c) => matches!(&*c.func, Expr::Name(n) if n.id == "setattr")
                    && c.arguments.args.iter().any(
                        |a| matches!(a, Expr::StringLiteral(s) if s.value.to_str() == "__code__"),
                    ),
                _ => false,
            };
        if sets {
            self.0.get_or_insert(e.range());
        }
        walk_expr(self, e);
    }
}
