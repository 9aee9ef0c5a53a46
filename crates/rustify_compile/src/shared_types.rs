//! Which functions reach types that the whole file shares: those of attributes, and of names that functions change.

use std::collections::HashSet;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};

use crate::program::Program;

/// More statements than that are not translated once more.
const MOST_STATEMENTS: usize = 60;

/// Whether a function's statements reach nothing whose type the file shares.
pub(crate) fn keeps_to_itself(program: &Program<'_>, function: usize) -> bool {
    let def = &program.functions[function];
    if def.class.is_some()
        || def.parent.is_some()
        || def.makes_items()
        || !def.node.decorator_list.is_empty()
    {
        return false;
    }
    let mut look = Shared {
        program,
        own: &def.bound,
        found: false,
        statements: 0,
    };
    look.visit_body(&def.node.body);
    !look.found && look.statements <= MOST_STATEMENTS
}

/// Looks for what the file shares.
struct Shared<'p, 'a> {
    program: &'p Program<'a>,
    own: &'p HashSet<String>,
    found: bool,
    statements: usize,
}

impl<'a> Visitor<'a> for Shared<'_, 'a> {
    fn visit_stmt(&mut self, s: &'a Stmt) {
        self.statements += 1;
        self.found |= matches!(
            s,
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::ClassDef(_) | Stmt::With(_)
        );
        walk_stmt(self, s);
    }

    fn visit_expr(&mut self, e: &'a Expr) {
        match e {
            Expr::Name(n) => {
                let name = n.id.as_str();
                let is_class = self.program.classes.iter().any(|c| c.name == name);
                let is_shared = self.program.changed.contains(name) || is_class;
                self.found |= is_shared && !self.own.contains(name);
            }
            Expr::Attribute(a) => {
                let name = a.attr.as_str();
                self.found |= self.program.classes.iter().any(|c| {
                    c.methods.contains_key(name)
                        || c.names.contains(name)
                        || c.properties.contains_key(name)
                        || c.attributes.contains_key(name)
                });
            }
            _ => {}
        }
        walk_expr(self, e);
    }
}
