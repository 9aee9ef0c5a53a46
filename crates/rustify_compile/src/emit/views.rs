//! Lists that a loop reads and writes by index, but never makes longer or shorter: where their items lie is looked up
//! once before the loop.

use std::collections::HashSet;

use super::writer::{Row, Seen, Writer};
use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;

/// What a loop does with lists.
#[derive(Default)]
struct Uses {
    /// Lists that are indexed.
    indexed: Vec<Local>,
    /// Rows that are indexed.
    rows: Vec<(Local, Row)>,
    /// Variables that take values.
    assigned: HashSet<Local>,
    /// Whether some list may change its length or go elsewhere.
    restless: bool,
    /// Lists made by this function that become longer or shorter.
    growing: HashSet<Local>,
    /// Whether a list takes the place of another one in a list.
    replaces_rows: bool,
}

impl Writer<'_, '_> {
    /// Looks up lists before a loop; answers how many views there were before.
    pub(super) fn enter_views(
        &mut self,
        id: usize,
        sources: &[(Local, Source)],
        test: Option<&Expr>,
        body: &[Stmt],
        is_tight: bool,
    ) -> usize {
        let before = self.views.len();
        let mut uses = Uses::default();
        for (local, _) in sources {
            uses.assigned.insert(*local);
        }
        if let Some(test) = test {
            self.look_at(test, &mut uses);
        }
        self.look(body, &mut uses);
        self.calm
            .push(!uses.restless && uses.growing.is_empty() && !uses.replaces_rows);
        if uses.restless {
            return before;
        }
        for list in uses.indexed.clone() {
            let variable = &self.function.locals[list];
            if uses.assigned.contains(&list)
                || self.may_grow(list, &uses)
                || variable.maybe_unbound
                || variable.by_ref
                || variable.in_place
                || self.view_of(list).is_some()
            {
                continue;
            }
            self.look_up(list, &id.to_string());
        }
        if !is_tight || uses.replaces_rows {
            return before;
        }
        for (at, (list, row)) in uses.rows.iter().enumerate() {
            let index = match row {
                Row::Local(local)
                    if uses.assigned.contains(local)
                        || self.function.locals[*local].maybe_unbound =>
                {
                    continue;
                }
                Row::Local(local) => self.name(*local).into_owned(),
                Row::Literal(text) => format!("({text} as Int)"),
            };
            let (Some(whole), None) = (self.view_of(*list), self.row_of(*list, row)) else {
                continue;
            };
            let name = format!("row_{id}_{at}");
            let text = format!("let {name} = {whole}.row({index});");
            self.line(&text);
            self.views.push(Seen {
                list: Some(*list),
                row: Some(row.clone()),
                name,
                is_own: false,
            });
        }
        before
    }

    /// Looks up where the items of a list lie.
    pub(super) fn look_up(&mut self, list: Local, mark: &str) {
        let variable = &self.function.locals[list].name;
        let name = format!("{}_items_{mark}", variable.trim_end_matches('_'));
        let text = format!("let mut {name} = {variable}.view();");
        self.line(&text);
        self.views.push(Seen {
            list: Some(list),
            row: None,
            name,
            is_own: false,
        });
    }

    /// Whether no list changes its length in a loop.
    pub(super) fn is_calm(&self, list: &Expr, body: &[Stmt]) -> bool {
        let mut uses = Uses::default();
        self.look(body, &mut uses);
        !uses.restless
            && match list.node {
                Node::Local(list) => !self.may_grow(list, &uses),
                _ => uses.growing.is_empty(),
            }
    }

    /// Whether a list may be one of those that become longer or shorter.
    fn may_grow(&self, list: Local, uses: &Uses) -> bool {
        // A list of the caller is none that was made here, and lists of different types are different.
        let is_given = self.is_given(list);
        let ty = |local: Local| self.unit.types.get(self.function.locals[local].slot);
        uses.growing
            .iter()
            .filter(|other| list == **other || !self.is_apart(**other))
            .any(|&other| list == other || !is_given && self.unit.types.same(&ty(list), &ty(other)))
    }

    /// Forgets the views of a loop.
    pub(super) fn leave_views(&mut self, before: usize) {
        self.views.truncate(before);
        self.calm.pop();
    }

    /// Looks up a list that a loop has just picked, if the rest of its turn indexes it several times.
    pub(super) fn look_up_picked(&mut self, list: Local, rest: &[Stmt]) {
        let variable = &self.function.locals[list];
        if self.calm.last() != Some(&true)
            || variable.maybe_unbound
            || variable.by_ref
            || variable.in_place
            || !matches!(self.unit.types.get(variable.slot), Ty::List(_))
            || self.view_of(list).is_some()
        {
            return;
        }
        let mut uses = Uses::default();
        self.look(rest, &mut uses);
        let indexed = uses.indexed.iter().filter(|&&l| l == list).count();
        if indexed > 1 && !uses.assigned.contains(&list) {
            self.look_up(list, "here");
        }
    }

    /// The view of a list.
    pub(super) fn view_of(&self, list: Local) -> Option<String> {
        self.views
            .iter()
            .find(|v| v.list == Some(list) && v.row.is_none())
            .map(|v| v.name.clone())
    }

    fn row_of(&self, list: Local, row: &Row) -> Option<String> {
        self.views
            .iter()
            .find(|v| v.list == Some(list) && v.row.as_ref() == Some(row))
            .map(|v| v.name.clone())
    }

    /// The view of a row that an expression picks.
    pub(super) fn row_at(&self, list: Local, index: &Expr) -> Option<String> {
        self.row_of(list, &row(index)?)
    }

    /// Whether a value of a type may be or hold a list.
    pub(super) fn holds_list(&self, ty: &Ty) -> bool {
        let types = &self.unit.types;
        match ty {
            Ty::None
            | Ty::Bool
            | Ty::Int
            | Ty::Float
            | Ty::Num
            | Ty::Real
            | Ty::Grown(_)
            | Ty::Complex
            | Ty::Char
            | Ty::Str
            | Ty::Bytes
            | Ty::Np(_)
            | Ty::Array(..) => false,
            Ty::Tuple(items) => items.iter().any(|t| self.holds_list(t)),
            Ty::Opt(inner) => self.holds_list(inner),
            Ty::TupleOf(s) | Ty::Set(s) | Ty::FrozenSet(s) => self.holds_list(&types.get(*s)),
            Ty::Dict(k, v) => self.holds_list(&types.get(*k)) || self.holds_list(&types.get(*v)),
            _ => true,
        }
    }

    /// Whether an expression is a look at an array or a text from before the loop.
    fn is_look(&self, e: &Expr, method: &str) -> bool {
        let name = method.split("::").next().unwrap_or(method);
        matches!(
            name,
            "get" | "set" | "length" | "extent" | "add" | "item" | "put" | "item_of" | "put_at"
        ) && matches!(e.node, Node::Local(local) if self.function.locals[local].in_place)
    }

    fn look(&self, stmts: &[Stmt], uses: &mut Uses) {
        for s in stmts {
            match s {
                Stmt::Assign(local, e) => {
                    uses.assigned.insert(*local);
                    self.look_at(e, uses);
                }
                Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => self.look_at(e, uses),
                Stmt::If(e, a, b) => {
                    self.look_at(e, uses);
                    self.look(a, uses);
                    self.look(b, uses);
                }
                Stmt::For {
                    sources,
                    body,
                    orelse,
                    ..
                } => {
                    for (local, source) in sources {
                        uses.assigned.insert(*local);
                        let (Source::Range(e) | Source::Each(e)) = source;
                        self.look_at(e, uses);
                    }
                    self.look(body, uses);
                    self.look(orelse, uses);
                }
                Stmt::While {
                    test, body, orelse, ..
                } => {
                    self.look_at(test, uses);
                    self.look(body, uses);
                    self.look(orelse, uses);
                }
                Stmt::Break(_) | Stmt::Continue(_) | Stmt::Reraise(_) => {}
                Stmt::Try { .. } | Stmt::Unbind(_) => uses.restless = true,
            }
        }
    }

    fn look_at(&self, e: &Expr, uses: &mut Uses) {
        match &e.node {
            Node::Local(_) | Node::Literal(_) => {}
            Node::Method {
                receiver,
                name,
                args,
                ..
            } => {
                if let Ty::List(slot) = &receiver.ty {
                    match (name.as_str(), &receiver.node) {
                        ("get" | "length", Node::Local(list)) => uses.indexed.push(*list),
                        ("get_in", Node::Local(list)) => {
                            uses.indexed.push(*list);
                            if let Some(row) = args.first().and_then(|(_, i)| row(i)) {
                                uses.rows.push((*list, row));
                            }
                        }
                        ("set", Node::Local(list)) => {
                            uses.indexed.push(*list);
                            uses.replaces_rows |= self.holds_list(&self.unit.types.get(*slot));
                        }
                        ("append" | "pop", Node::Local(list))
                            if self.is_made_here(*list, 0)
                                && !self.holds_list(&self.unit.types.get(*slot)) =>
                        {
                            uses.growing.insert(*list);
                        }
                        ("get" | "get_in" | "length", _) => {}
                        _ => uses.restless = true,
                    }
                } else if self.holds_list(&receiver.ty) && !self.is_look(receiver, name) {
                    uses.restless = true;
                }
                self.look_at(receiver, uses);
                for (_, a) in args {
                    self.look_at(a, uses);
                }
            }
            Node::Call { args, .. } => {
                for (_, a) in args {
                    uses.restless |= self.holds_list(&a.ty) && !matches!(a.node, Node::Literal(_));
                    self.look_at(a, uses);
                }
                uses.restless |= self.holds_list(&e.ty) && e.ty != Ty::Any;
            }
            Node::Infix(_, a, b) => {
                self.look_at(a, uses);
                self.look_at(b, uses);
            }
            Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => self.look_at(a, uses),
            Node::Choice(t, a, b) => [t, a, b].into_iter().for_each(|x| self.look_at(x, uses)),
            Node::Tuple(items) | Node::Array(items) => {
                items.iter().for_each(|i| self.look_at(i, uses));
            }
            Node::Block(stmts, value) => {
                self.look(stmts, uses);
                self.look_at(value, uses);
            }
            _ => uses.restless = true,
        }
    }
}

/// The row that an index picks, if it may stay the same through a loop.
fn row(index: &Expr) -> Option<Row> {
    match &index.node {
        Node::Local(local) if index.ty == Ty::Int => Some(Row::Local(*local)),
        Node::Literal(text) => Some(Row::Literal(text.clone())),
        _ => None,
    }
}
