//! Sets made of other things: item by item where the interpreter does so, and by the interpreter itself where the size of
//! the table, and with it the order, depends on what it is made of.

use ruff_python_ast::Expr as Ast;
use ruff_text_size::Ranged;

use super::build::{by_ref, call, method};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Local, Stmt};
use crate::types::{Slot, Ty};

/// The type of what `set` or `frozenset` makes.
pub(super) fn set_type(name: &str, slot: Slot) -> Ty {
    if name == "set" {
        Ty::Set(slot)
    } else {
        Ty::FrozenSet(slot)
    }
}

impl Lowerer<'_, '_> {
    /// `set(items)` and `frozenset(items)`.
    pub(super) fn set_of(&mut self, at: &impl Ranged, name: &str, arg: &Ast) -> Low<Expr> {
        if self.iterated(arg) {
            let slot = self.site(at.range(), 10);
            return self.filled(at, &set_type(name, slot), |l, set| {
                l.for_each(arg, |l, item| Ok(vec![l.add_item(set, item)]))
            });
        }
        let value = self.expr(arg)?;
        self.set_of_value(at, name, value)
    }

    /// The same of a value.
    pub(super) fn set_of_value(&mut self, at: &impl Ranged, name: &str, value: Expr) -> Low<Expr> {
        let slot = self.site(at.range(), 10);
        let value = self.present(value);
        let ty = set_type(name, slot);
        if self.is_merged(&value.ty, slot) {
            let other = self.coerce(value, &Ty::Any);
            let path = format!("<{}>::made_of", self.unit.types.rust(&ty));
            return Ok(call(&path, ty, vec![by_ref(other)]));
        }
        let items = self.each(at, value)?;
        self.filled(at, &ty, |l, set| {
            let add = Box::new(|l: &mut Self, item| Ok(vec![l.add_item(set, item)]));
            l.each_item(items, add)
        })
    }

    /// `set.update(items)`.
    pub(super) fn update_set(&mut self, set: Local, slot: Slot, arg: &Ast) -> Low<Vec<Stmt>> {
        if self.iterated(arg) {
            return self.for_each(arg, |l, item| Ok(vec![l.add_item(set, item)]));
        }
        let value = self.expr(arg)?;
        let value = self.present(value);
        if self.is_merged(&value.ty, slot) {
            let other = self.coerce(value, &Ty::Any);
            let set = self.read(set);
            let all = method(set, "take_all", Ty::None, vec![by_ref(other)]);
            return Ok(vec![Stmt::Do(all)]);
        }
        let items = self.each(arg, value)?;
        let add = Box::new(|l: &mut Self, item| Ok(vec![l.add_item(set, item)]));
        self.each_item(items, add)
    }

    /// Whether the interpreter merges tables, or may do so; the items are of the set's type then.
    fn is_merged(&mut self, ty: &Ty, slot: Slot) -> bool {
        match ty {
            Ty::Set(s) | Ty::FrozenSet(s) | Ty::Dict(s, _) => {
                self.unit.types.unify(slot, *s);
                true
            }
            Ty::Any => {
                self.unit.types.learn(slot, &Ty::Any);
                true
            }
            _ => false,
        }
    }
}
