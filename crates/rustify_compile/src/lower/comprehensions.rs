//! The loops of comprehensions, whose targets have a scope of their own.

use ruff_python_ast::{Comprehension, Expr as Ast};

use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Stmt};
use crate::types::Ty;

/// What makes the body of the innermost loop of a comprehension.
type Innermost<'f, L> = Box<dyn FnOnce(&mut L) -> Low<Vec<Stmt>> + 'f>;

impl Lowerer<'_, '_> {
    /// The loops of a comprehension around what `body` makes.
    pub(super) fn comprehension(
        &mut self,
        generators: &[Comprehension],
        body: impl FnOnce(&mut Self) -> Low<Vec<Stmt>>,
    ) -> Low<Vec<Stmt>> {
        self.scopes.push(std::collections::HashMap::new());
        let made = self.comprehension_from(generators, Box::new(body));
        self.scopes.pop();
        made
    }

    fn comprehension_from(
        &mut self,
        generators: &[Comprehension],
        body: Innermost<'_, Self>,
    ) -> Low<Vec<Stmt>> {
        let Some((first, rest)) = generators.split_first() else {
            return body(self);
        };
        if first.is_async {
            return self.no(
                &first.iter,
                "async",
                "asynchronous comprehensions stay Python",
                "Use an ordinary one.",
            );
        }
        self.for_each(&first.iter, |l, item| {
            let mut stmts = l.bind_scoped(&first.target, item)?;
            let mut tests = Vec::new();
            for test in &first.ifs {
                tests.push(l.condition(test)?);
            }
            let inner = l.comprehension_from(rest, body)?;
            match tests
                .into_iter()
                .reduce(|a, b| super::build::infix("&&", Ty::Bool, a, b))
            {
                Some(test) => stmts.push(Stmt::If(test, inner, Vec::new())),
                None => stmts.extend(inner),
            }
            Ok(stmts)
        })
    }

    /// Binds the target of a comprehension in the scope of its own.
    fn bind_scoped(&mut self, target: &Ast, item: Expr) -> Low<Vec<Stmt>> {
        self.declare(target);
        self.bind(target, item)
    }

    fn declare(&mut self, target: &Ast) {
        match target {
            Ast::Name(n) => {
                let local = self.local(&n.id, u64::from(n.range.start().to_u32()) + 2);
                if let Some(scope) = self.scopes.last_mut() {
                    scope.insert(n.id.to_string(), local);
                }
            }
            Ast::Tuple(t) => t.elts.iter().for_each(|e| self.declare(e)),
            Ast::List(t) => t.elts.iter().for_each(|e| self.declare(e)),
            Ast::Starred(s) => self.declare(&s.value),
            _ => {}
        }
    }
}
