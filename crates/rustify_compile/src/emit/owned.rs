//! Lists that a function has just made and that nothing but one variable knows of: a loop that adds to them takes their
//! items out and gives them back at its end.

use super::moves::{self, Reads};
use super::writer::{Handler, Seen, Writer};
use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;

impl Writer<'_, '_> {
    /// The lists made by the statements right before a loop, in which no other variable can have them.
    pub(super) fn note_fresh(&mut self, before: &[Stmt], here: &Stmt) {
        self.fresh.clear();
        if !matches!(here, Stmt::For { .. } | Stmt::While { .. }) {
            return;
        }
        let mut escapes = Reads::new();
        moves::count_escapes(std::slice::from_ref(here), &mut escapes);
        let mut changed = std::collections::HashMap::new();
        moves::values(std::slice::from_ref(here), &mut changed);
        for s in before.iter().rev() {
            if let Stmt::Assign(list, e) = s {
                let variable = &self.function.locals[*list];
                if self.is_new(e, 0)
                    && !self.fresh.contains(list)
                    && !escapes.contains_key(list)
                    && !changed.contains_key(list)
                    && !variable.maybe_unbound
                    && !variable.by_ref
                    && !variable.in_place
                {
                    self.fresh.push(*list);
                }
                changed.entry(*list).or_default();
            }
            moves::count_escapes(std::slice::from_ref(s), &mut escapes);
            if matches!(s, Stmt::Try { .. } | Stmt::Unbind(_)) {
                break;
            }
            moves::values(std::slice::from_ref(s), &mut changed);
        }
    }

    /// Takes the items of lists that a loop adds to; answers these lists.
    pub(super) fn take_items(&mut self, id: usize, body: &[Stmt], orelse: &[Stmt]) -> Vec<Local> {
        let plainly = self.handlers.as_slice() == [Handler::Caller] && self.exits.is_empty();
        if !plainly || !orelse.is_empty() || leaves(body, &mut vec![id]) {
            return Vec::new();
        }
        let mut taken = Vec::new();
        for list in self.fresh.clone() {
            let ty = self.unit.types.get(self.function.locals[list].slot);
            let Ty::List(slot) = ty else { continue };
            if !matches!(
                self.unit.types.get(slot),
                Ty::Int | Ty::Float | Ty::Bool | Ty::Char | Ty::Complex
            ) || self.view_of(list).is_some()
                || !grows(body, list)
            {
                continue;
            }
            let variable = self.name(list).into_owned();
            let name = format!("{}_own_{id}", variable.trim_end_matches('_'));
            let take = self.fallible(&format!("{variable}.take_items()"));
            self.line(&format!("let mut {name} = {take};"));
            self.views.push(Seen {
                list: Some(list),
                row: None,
                name,
                is_own: true,
            });
            taken.push(list);
        }
        taken
    }

    /// Gives lists their items back behind a loop.
    pub(super) fn give_items(&mut self, taken: &[Local]) {
        for list in taken {
            if let Some(own) = self.view_of(*list) {
                let text = format!("{}.give_items({own});", self.name(*list));
                self.line(&text);
            }
        }
        self.views
            .retain(|v| !v.is_own || !v.list.is_some_and(|l| taken.contains(&l)));
    }

    /// Whether a loop around holds the items of a list, or nothing but its variable knows of it.
    pub(super) fn is_apart(&self, list: Local) -> bool {
        self.fresh.contains(&list) || self.is_owned(list)
    }

    /// Whether a loop around holds the items of a list.
    pub(super) fn is_owned(&self, list: Local) -> bool {
        self.views.iter().any(|v| v.is_own && v.list == Some(list))
    }
}

/// Whether statements leave a loop around them otherwise than at its end or by an error.
fn leaves(stmts: &[Stmt], inside: &mut Vec<usize>) -> bool {
    stmts.iter().any(|s| match s {
        Stmt::Break(id) | Stmt::Continue(id) => !inside.contains(id),
        Stmt::If(_, a, b) => leaves(a, inside) || leaves(b, inside),
        Stmt::For {
            id, body, orelse, ..
        }
        | Stmt::While {
            id, body, orelse, ..
        } => {
            inside.push(*id);
            leaves(body, inside) || leaves(orelse, inside)
        }
        Stmt::Try { .. } | Stmt::Reraise(_) => true,
        _ => false,
    })
}

/// Whether statements add to a list.
fn grows(stmts: &[Stmt], list: Local) -> bool {
    stmts.iter().any(|s| match s {
        Stmt::Assign(_, e) | Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => adds(e, list),
        Stmt::If(_, a, b) => grows(a, list) || grows(b, list),
        Stmt::For { sources, body, .. } => {
            sources.iter().any(|(_, source)| {
                let (Source::Range(e) | Source::Each(e)) = source;
                adds(e, list)
            }) || grows(body, list)
        }
        Stmt::While { body, .. } => grows(body, list),
        _ => false,
    })
}

fn adds(e: &Expr, list: Local) -> bool {
    match &e.node {
        Node::Method { receiver, name, .. } => {
            name == "append" && matches!(receiver.node, Node::Local(l) if l == list)
        }
        Node::Block(stmts, _) => grows(stmts, list),
        _ => false,
    }
}
