//! The classes whose instances a function touches: it relies on them as they are, named in it or not.

use std::collections::{BTreeSet, HashSet};

use super::unit::{Place, Unit};
use crate::program::Global;
use crate::types::{Slot, Ty};

/// Lets every function rely on the classes that the types of its variables name.
pub(crate) fn rely_on_classes(unit: &mut Unit<'_>) {
    for spec in 0..unit.specs.len() {
        let this = &unit.specs[spec];
        let slots = this.params.iter().chain([&this.result]).copied();
        let slots = slots.chain(this.tree.locals.iter().map(|l| l.slot));
        let slots: Vec<Slot> = slots.chain(this.sites.values().copied()).collect();
        let mut found = Found::default();
        for slot in slots {
            found.slot(unit, slot);
        }
        for class in found.classes {
            let name = unit.program.classes[class].name.clone();
            let place = if name.contains('.') {
                Place::Class(name)
            } else if matches!(unit.program.globals.get(&name), Some(Global::Class(c)) if *c == class)
            {
                Place::Global(name)
            } else {
                continue;
            };
            let at = unit.capture(place);
            unit.specs[spec].captures.insert(at);
        }
    }
}

#[derive(Default)]
struct Found {
    classes: BTreeSet<usize>,
    seen: HashSet<Slot>,
}

impl Found {
    fn slot(&mut self, unit: &Unit<'_>, slot: Slot) {
        if self.seen.insert(slot) {
            self.ty(unit, &unit.types.get(slot));
        }
    }

    fn ty(&mut self, unit: &Unit<'_>, ty: &Ty) {
        match ty {
            Ty::Instance(class) | Ty::Class(class) => {
                self.classes.insert(*class);
            }
            Ty::Opt(inner) => self.ty(unit, inner),
            Ty::Tuple(items) => items.iter().for_each(|t| self.ty(unit, t)),
            Ty::List(s)
            | Ty::TupleOf(s)
            | Ty::Deque(s)
            | Ty::Set(s)
            | Ty::FrozenSet(s)
            | Ty::Cell(s) => self.slot(unit, *s),
            Ty::Dict(k, v) | Ty::Map(_, k, v) => {
                self.slot(unit, *k);
                self.slot(unit, *v);
            }
            _ => {}
        }
    }
}
