//! Imports inside functions.

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr as Ast, Stmt as AstStmt};
use ruff_text_size::Ranged;

use super::build::{by_ref, call};
use super::scope::{Low, Lowerer};
use super::unit::{Constant, Place};
use crate::ir::Stmt;
use crate::local_imports::HARMLESS;
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// A name that a function reads, and that only other functions import.
    pub(super) fn unknown_import(&self, function: usize) -> Option<String> {
        let program = self.unit.program;
        let def = &program.functions[function];
        let mut names: Vec<&String> = def.read.iter().collect();
        names.sort();
        let found = names.into_iter().find(|n| {
            program.imported.contains(*n)
                && !def.bound.contains(*n)
                && !program.imports(function, n)
        });
        found.cloned()
    }

    /// `import` in a function: the module must be the one that the translation relies on.
    pub(super) fn import(&mut self, s: &AstStmt) -> Low<Vec<Stmt>> {
        let program = self.unit.program;
        let def = &program.functions[self.function()];
        let mut names: Vec<(String, String, Option<String>)> = Vec::new();
        match s {
            AstStmt::Import(i) => {
                for alias in &i.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    names.push((name.to_string(), alias.name.to_string(), None));
                }
            }
            AstStmt::ImportFrom(i) if i.level == 0 => {
                let module = i.module.as_ref().map_or("", |m| m.as_str());
                for alias in &i.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    names.push((
                        name.to_string(),
                        module.to_owned(),
                        Some(alias.name.to_string()),
                    ));
                }
            }
            _ => {}
        }
        let earlier = def
            .node
            .body
            .iter()
            .take_while(|other| other.range() != s.range());
        let is_at_top = def.node.body.iter().any(|other| other.range() == s.range());
        let mut used = Mentioned {
            names: names.iter().map(|(n, ..)| n.clone()).collect(),
            found: false,
        };
        earlier.for_each(|other| used.visit_stmt(other));
        let is_known = !names.is_empty()
            && names.iter().all(|(name, module, member)| {
                HARMLESS.contains(&module.as_str())
                    && def.imports.iter().any(|(n, ..)| n == name)
                    && program.is_import(name, module, member.as_deref())
            });
        if !is_at_top || used.found || !is_known || !self.salt.is_empty() {
            return self.no(
                s,
                "import",
                "an import runs inside the function",
                "Import at the top of the file.",
            );
        }
        let mut stmts = Vec::new();
        for (_, module, _) in names {
            let held = self.capture(Place::Module(module.clone()));
            let name = self.constant(Constant::Name(module));
            let args = vec![by_ref(held), by_ref(name)];
            stmts.push(Stmt::Do(call("import", Ty::None, args)));
        }
        Ok(stmts)
    }
}

/// Whether statements mention names.
struct Mentioned {
    names: Vec<String>,
    found: bool,
}

impl<'a> Visitor<'a> for Mentioned {
    fn visit_expr(&mut self, e: &'a Ast) {
        if let Ast::Name(n) = e {
            self.found |= self.names.iter().any(|name| name == n.id.as_str());
        }
        walk_expr(self, e);
    }
}
