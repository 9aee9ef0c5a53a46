//! Functions inside functions: they take the variables of those around them as further arguments.

use ruff_python_ast::{Expr as Ast, ExprLambda};
use ruff_text_size::Ranged;

use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::program::{FunctionDef, What};

impl<'a> Lowerer<'_, 'a> {
    /// Declares the variables of the functions around that this one uses.
    pub(super) fn around(&mut self, def: &FunctionDef<'_>) {
        let Some(parent) = self.unit.specs[self.spec].parent else {
            return;
        };
        for (name, is_changed) in &def.free {
            let local = self.local(name, 0);
            self.locals[local].by_ref = *is_changed;
            self.scopes[0].insert(name.clone(), local);
            let theirs = self.unit.variable(parent, name);
            let slot = self.locals[local].slot;
            self.unit.types.unify(slot, theirs);
        }
    }

    /// The `def` of an inner function, or a lambda that gets a name.
    pub(super) fn inner_function(&mut self, name: &str, at: &impl Ranged) -> Low<Vec<Stmt>> {
        let function = self.unit.specs[self.spec].function;
        if self.unit.program.functions[function]
            .inner
            .contains_key(name)
        {
            return Ok(Vec::new());
        }
        self.no(
            at,
            "nested-function",
            format!("`{name}` is a function at one time and something else at another"),
            "Give each function a name of its own.",
        )
    }

    /// The function that a name has for a value here, if it is one inside a function.
    pub(super) fn inner(&self, name: &str, at: &impl Ranged) -> Low<Option<What<'a>>> {
        if self.find(name).is_some() {
            return Ok(None);
        }
        let function = self.unit.specs[self.spec].function;
        let Some((found, owner)) = self.unit.program.callable(function, name) else {
            return Ok(None);
        };
        let here = at.range().start().to_u32();
        if owner == function && (here < found.from || here > found.until) {
            return self.no(
                at,
                "nested-function",
                format!("`{name}` may not be defined yet where it is used"),
                "Define functions before the statements that call them.",
            );
        }
        Ok(Some(found.what))
    }

    /// The variables of the functions around, as arguments for an inner function.
    pub(super) fn surroundings(&mut self, function: usize) -> Vec<Expr> {
        let free = self.unit.program.functions[function].free.clone();
        free.into_iter()
            .map(|(name, is_changed)| {
                let local = match self.scopes[0].get(&name) {
                    Some(&local) => local,
                    None => {
                        let local = self.local(&name, 0);
                        self.scopes[0].insert(name, local);
                        local
                    }
                };
                let read = self.read(local);
                if is_changed {
                    return Expr {
                        node: Node::Borrow(local),
                        ..read
                    };
                }
                read
            })
            .collect()
    }

    /// The function around with its types, for an inner function that is called here.
    pub(super) fn surrounding_spec(&self, function: usize) -> Option<usize> {
        let parent = self.unit.program.functions[function].parent?;
        let mut at = Some(self.spec);
        while let Some(spec) = at {
            if self.unit.specs[spec].function == parent {
                return Some(spec);
            }
            at = self.unit.specs[spec].parent;
        }
        None
    }

    /// A lambda that has a name, called with values: its names are those of the function around.
    pub(super) fn apply_named(&mut self, lambda: &ExprLambda, values: Vec<Expr>) -> Low<Expr> {
        let scopes = self.scopes.split_off(1);
        let result = self.apply_lambda(lambda, values);
        self.scopes.truncate(1);
        self.scopes.extend(scopes);
        result
    }

    /// The arguments of a call of a lambda.
    pub(super) fn lambda_arguments(&mut self, args: &[Ast]) -> Low<Vec<Expr>> {
        args.iter().map(|a| self.expr(a)).collect()
    }
}
