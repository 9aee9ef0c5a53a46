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
            // A function that another has made and left: what it took comes from its cells.
            for (name, _) in &def.free {
                let local = self.plain_local(name, 0);
                self.scopes[0].insert(name.clone(), local);
            }
            return;
        };
        for (name, is_changed) in &def.free {
            let local = self.local(name, 0);
            self.locals[local].by_ref = *is_changed && !self.cells.contains_key(&local);
            self.scopes[0].insert(name.clone(), local);
            let theirs = self.unit.variable(parent, name);
            let slot = self.value_slot(local);
            self.unit.types.unify(slot, theirs);
        }
    }

    /// The `def` of an inner function, or a lambda that gets a name.
    pub(super) fn inner_function(&mut self, name: &str, at: &impl Ranged) -> Low<Vec<Stmt>> {
        let function = self.function();
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
        let function = self.function();
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
                if self.cells.contains_key(&local) {
                    return self.read_cell(local);
                }
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

    /// What a function took when it was made, as arguments: from its cells.
    pub(super) fn cells_of(
        &mut self,
        at: &impl Ranged,
        spec: usize,
        function: usize,
    ) -> Low<Vec<Expr>> {
        let made = self.closures.last().cloned();
        let found = made.as_ref().and_then(|n| self.unit.program.closure(n));
        let (Some(name), Some((inner, made_by))) = (made, found) else {
            return self.no(
                at,
                "nested-function",
                "this inner function is called from outside",
                "Define it at the top level.",
            );
        };
        if inner != function {
            return self.no(
                at,
                "nested-function",
                "this inner function is called from outside",
                "Define it at the top level.",
            );
        }
        let def = &self.unit.program.functions[function];
        let params: Vec<String> = match def.parent.map(|p| &self.unit.program.functions[p]) {
            Some(outer) => {
                let params = &outer.node.parameters;
                let all = params.posonlyargs.iter().chain(&params.args);
                all.map(|p| p.parameter.name.to_string()).collect()
            }
            None => Vec::new(),
        };
        let free = def.free.clone();
        let n = free.len();
        let mut values = Vec::new();
        for (i, (variable, _)) in free.into_iter().enumerate() {
            let given = params
                .iter()
                .position(|p| *p == variable)
                .and_then(|at| made_by.arguments.args.get(at));
            let ty = match given {
                Some(given) => self.global_type(given),
                None => crate::types::Ty::Any,
            };
            let slot = self.unit.variable(spec, &variable);
            self.unit.types.learn(slot, &ty);
            let ty = self.unit.types.get(slot);
            let object = self.capture(super::unit::Place::Global(name.clone()));
            let number = |n: usize| {
                super::build::own(super::build::literal(&n.to_string(), crate::types::Ty::Any))
            };
            let line = def.first_line as usize;
            let path = format!("instance::cell::<{}>", self.unit.types.rust(&ty));
            values.push(super::build::call(
                &path,
                ty,
                vec![
                    super::build::by_ref(object),
                    number(line),
                    number(n),
                    number(i),
                ],
            ));
        }
        Ok(values)
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
