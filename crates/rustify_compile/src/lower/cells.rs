//! Variables that a function as a value shares with the function around it: they live in cells.

use ruff_python_ast::{Expr as Ast, Parameters};
use ruff_text_size::Ranged;

use super::build::{own, sure};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Local, Node, Stmt};
use crate::types::{Slot, Ty};

impl Lowerer<'_, '_> {
    /// The function that binds a name that is used here.
    pub(super) fn binder(&self, name: &str) -> Option<usize> {
        let all = &self.unit.program.functions;
        let mut at = Some(self.function());
        while let Some(f) = at {
            if all[f].bound.contains(name) {
                return Some(f);
            }
            at = all[f].parent;
        }
        None
    }

    /// Whether a name stands for a shared variable.
    pub(super) fn is_cell(&self, name: &str) -> bool {
        let cells = &self.unit.cells;
        !cells.is_empty()
            && self
                .binder(name)
                .is_some_and(|f| cells.contains(&(f, name.to_owned())))
    }

    /// The type variable of a variable's values.
    pub(super) fn value_slot(&self, local: Local) -> Slot {
        let slot = self.locals[local].slot;
        self.cells.get(&local).copied().unwrap_or(slot)
    }

    /// The cell of a shared variable.
    pub(super) fn read_cell(&self, local: Local) -> Expr {
        Expr {
            ty: self.unit.types.get(self.locals[local].slot),
            node: Node::Local(local),
        }
    }

    /// The variable that an argument comes in by.
    pub(super) fn parameter(&mut self, name: &str) -> Local {
        if self.is_cell(name) {
            return self.plain_local(&format!("{name}_given"), 0);
        }
        let local = self.local(name, 0);
        self.scopes[0].insert(name.to_owned(), local);
        local
    }

    /// Makes the cells that a function shares with functions inside it.
    pub(super) fn own_cells(&mut self, function: usize) -> Vec<Stmt> {
        let names: Vec<String> = self
            .unit
            .cells
            .iter()
            .filter(|(f, _)| *f == function)
            .map(|(_, name)| name.clone())
            .collect();
        let params = self.unit.program.functions[function].parameter_names();
        let mut stmts = Vec::new();
        for name in names {
            let local = self.local(&name, 0);
            self.scopes[0].insert(name.clone(), local);
            let ty = self.unit.types.get(self.locals[local].slot);
            let text = self.unit.types.rust(&ty);
            let path = text.replacen('<', "::<", 1);
            let new = sure(&format!("{path}::new"), ty, Vec::new());
            stmts.push(Stmt::Assign(local, new));
            if let Some(at) = params.iter().position(|p| *p == name) {
                let given = self.read(at);
                stmts.push(self.assign(local, given));
            }
        }
        stmts
    }

    /// A name's value is not changed any more after a place, by whomever.
    pub(super) fn is_settled(&self, name: &str, at: &impl Ranged) -> bool {
        let all = &self.unit.program.functions;
        let Some(binder) = self.binder(name) else {
            return false;
        };
        let inside = |mut f: usize| {
            while let Some(parent) = all[f].parent {
                if parent == binder {
                    return true;
                }
                f = parent;
            }
            false
        };
        let is_changed = (0..all.len()).any(|f| {
            let takes = all[f].free.iter().any(|(n, changed)| *changed && n == name);
            takes && inside(f)
        });
        let bound = all[binder].once.get(name);
        let here = at.range().start().to_u32();
        !is_changed && bound.is_some_and(|&end| end <= here || binder != self.function())
    }

    /// Empties a shared variable.
    pub(super) fn clear_cell(&mut self, local: Local) -> Stmt {
        let cell = self.read_cell(local);
        Stmt::Do(super::build::method(cell, "clear", Ty::None, Vec::new()))
    }

    /// Defaults are computed where the function is defined: what could be seen of that stays Python.
    pub(super) fn harmless_defaults(&mut self, params: &Parameters) -> Low<()> {
        for param in params.iter_non_variadic_params() {
            if let Some(default) = param.default()
                && !is_harmless(default)
            {
                return self.no(
                    default,
                    "default",
                    "a default is computed where the inner function is defined",
                    "Compute it before, and pass it.",
                );
            }
        }
        Ok(())
    }

    /// A shared variable's cell as a value of its own.
    pub(super) fn cell_value(&self, local: Local) -> Expr {
        let cell = self.read_cell(local);
        let ty = cell.ty.clone();
        sure("Clone::clone", ty, vec![super::build::by_ref(cell)])
    }

    /// Values as a Rust tuple, which one argument takes.
    pub(super) fn bundle(&self, values: Vec<Expr>) -> (crate::ir::Pass, Expr) {
        own(Expr {
            ty: Ty::Tuple(values.iter().map(|v| v.ty.clone()).collect()),
            node: Node::Tuple(values),
        })
    }
}

/// Whether nobody sees an expression computed.
fn is_harmless(e: &Ast) -> bool {
    match e {
        Ast::Name(_) => true,
        Ast::List(l) => l.elts.iter().all(is_harmless),
        Ast::Tuple(t) => t.elts.iter().all(is_harmless),
        Ast::Dict(d) => d
            .items
            .iter()
            .all(|i| is_harmless(&i.value) && i.key.as_ref().is_none_or(is_harmless)),
        Ast::Lambda(_) | Ast::Attribute(_) => true,
        _ => super::calls::is_constant(e),
    }
}
