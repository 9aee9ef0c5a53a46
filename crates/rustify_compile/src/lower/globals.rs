//! Names of the module that functions change: they are read and written where Python keeps them.

use ruff_python_ast::Expr as Ast;

use super::build::{by_ref, call, own};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Stmt};
use crate::types::{Slot, Ty};

impl Lowerer<'_, '_> {
    /// Whether a name is one of the module that functions change.
    pub(super) fn is_changed_global(&self, name: &str) -> bool {
        self.find(name).is_none() && self.unit.program.changed.contains(name)
    }

    fn global_slot(&mut self, name: &str) -> Slot {
        if let Some(&slot) = self.unit.changed.get(name) {
            return slot;
        }
        let slot = self.unit.types.fresh(Ty::Never);
        self.unit.changed.insert(name.to_owned(), slot);
        let ty = match self.unit.program.first.get(name).copied() {
            Some(value) => self.global_type(value),
            None => Ty::Any,
        };
        let ty = if ty == Ty::None { Ty::Any } else { ty };
        self.unit.types.learn(slot, &ty);
        slot
    }

    /// The value of such a name.
    pub(super) fn read_global(&mut self, name: &str) -> Expr {
        let slot = self.global_slot(name);
        let ty = self.unit.types.get(slot);
        let name = self.name_constant(name);
        let path = format!("namespace::get::<{}>", self.unit.types.rust(&ty));
        call(&path, ty, vec![by_ref(name)])
    }

    /// Such a name takes a value.
    pub(super) fn write_global(&mut self, name: &str, value: Expr) -> Low<Vec<Stmt>> {
        let slot = self.global_slot(name);
        self.unit.types.learn(slot, &value.ty);
        let ty = self.unit.types.get(slot);
        let value = self.coerce(value, &ty);
        let name = self.name_constant(name);
        Ok(vec![Stmt::Do(call(
            "namespace::set",
            Ty::None,
            vec![by_ref(name), own(value)],
        ))])
    }

    /// The type of a value that the module computes once: by its text, or else as it was when the program ran.
    pub(super) fn module_type(&mut self, name: &str, value: &Ast) -> Ty {
        let ty = self.global_type(value);
        if ty == Ty::Int
            && (self.is_big() || self.unit.is_spare)
            && self.unit.beyond_words.contains(name)
        {
            return Ty::Any;
        }
        if !self.is_open(&ty) {
            return ty;
        }
        match self.unit.recorded.get(name).cloned() {
            Some(seen) if !self.is_open(&seen) => seen,
            _ => ty,
        }
    }

    /// Whether something in a type is not known.
    fn is_open(&self, ty: &Ty) -> bool {
        let of = |slot: Slot| self.is_open(&self.unit.types.get(slot));
        match ty {
            Ty::Any | Ty::Never => true,
            Ty::List(a) | Ty::Set(a) | Ty::FrozenSet(a) | Ty::TupleOf(a) => of(*a),
            Ty::Dict(a, b) => of(*a) || of(*b),
            Ty::Tuple(items) => items.iter().any(|t| self.is_open(t)),
            _ => false,
        }
    }
}
