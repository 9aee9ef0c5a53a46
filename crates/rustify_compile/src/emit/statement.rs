//! Statements as Rust.

use super::writer::{Exit, Writer};
use crate::ir::{Expr, Local, Node, Stmt};
use crate::types::Ty;

impl Writer<'_, '_> {
    pub(super) fn stmts(&mut self, stmts: &[Stmt]) {
        let before = self.views.len();
        for (i, s) in stmts.iter().enumerate() {
            self.note_fresh(&stmts[..i], s);
            if !self.hand_over(&stmts[..i], s) {
                self.stmt(s);
            }
            if let Stmt::Assign(local, _) = s {
                self.look_up_picked(*local, &stmts[i + 1..]);
            }
        }
        self.views.truncate(before);
    }

    /// Gives a variable the value of another one that was set right before and is read nowhere else.
    fn hand_over(&mut self, before: &[Stmt], s: &Stmt) -> bool {
        let Stmt::Assign(to, e) = s else {
            return false;
        };
        let Node::Local(from) = e.node else {
            return false;
        };
        let is_last = self.reads.get(&from) == Some(&1)
            && !e.ty.is_copy()
            && self.is_own(from)
            && self.is_own(*to)
            && !self.function.locals[from].in_place
            && !self.function.locals[*to].in_place
            && from >= self.function.params
            && before
                .iter()
                .any(|s| matches!(s, Stmt::Assign(local, _) if *local == from));
        if is_last {
            let text = format!("{} = {};", self.name(*to), self.name(from));
            self.line(&text);
        }
        is_last
    }

    pub(super) fn block(&mut self, stmts: &[Stmt]) {
        self.indent += 1;
        self.stmts(stmts);
        self.indent -= 1;
    }

    fn stmt(&mut self, s: &Stmt) {
        match s {
            Stmt::Assign(local, e) => {
                let variable = &self.function.locals[*local];
                let (name, unbound, in_place) = (
                    self.name(*local).into_owned(),
                    variable.maybe_unbound,
                    variable.in_place,
                );
                let value = self.own(e);
                let text = match (in_place, unbound) {
                    (true, _) => format!("let mut {name} = {value};"),
                    (_, true) => format!("{name} = Some({value});"),
                    _ => format!("{name} = {value};"),
                };
                self.line(&text);
            }
            Stmt::Do(e) => {
                if let Node::Literal(_) = e.node {
                    return;
                }
                if let Node::Method { receiver, name, .. } = &e.node
                    && let Node::Local(local) = receiver.node
                    && name == "push"
                    && self.function.locals[local].maybe_unbound
                {
                    return self.push_unbound(local, e);
                }
                let text = self.value(e);
                let text = if e.ty == Ty::None {
                    format!("{text};")
                } else {
                    format!("let _ = {text};")
                };
                self.line(&text);
            }
            Stmt::If(test, yes, no) => {
                let test = self.value(test);
                self.line(&format!("if {test} {{"));
                self.block(yes);
                let mut rest = no.as_slice();
                while let [Stmt::If(test, yes, no)] = rest {
                    let test = self.value(test);
                    self.line(&format!("}} else if {test} {{"));
                    self.block(yes);
                    rest = no;
                }
                if !rest.is_empty() {
                    self.line("} else {");
                    self.block(rest);
                }
                self.line("}");
            }
            Stmt::For {
                id,
                sources,
                body,
                orelse,
                ..
            } => self.for_loop(*id, sources, body, orelse),
            Stmt::While {
                id,
                test,
                body,
                orelse,
            } => self.while_loop(*id, test, body, orelse),
            Stmt::Break(id) => self.leave(Exit::Break(*id)),
            Stmt::Continue(id) => self.leave(Exit::Continue(*id)),
            Stmt::Return(e) => {
                if self.finally_below(0).is_some() {
                    // What runs on the way out may still read the variable.
                    let value = self.own(e);
                    return self.leave(Exit::Return(value));
                }
                let value = match e.node {
                    Node::Local(local) if self.is_own(local) => self.name(local).into_owned(),
                    _ => self.own(e),
                };
                self.leave(Exit::Return(value));
            }
            Stmt::Unbind(local) => {
                if self.function.locals[*local].maybe_unbound {
                    let name = self.name(*local).into_owned();
                    self.line(&format!("{name} = None;"));
                }
            }
            Stmt::Raise(e) => {
                let error = self.value(e);
                self.raise(&error);
            }
            Stmt::Reraise(local) => {
                let error = self.name(*local).into_owned();
                if let Some((_, id)) = self.catching.iter().rev().find(|(l, _)| l == local) {
                    let text = format!("caught_{id}.again();");
                    self.line(&text);
                }
                self.raise(&error);
            }
            Stmt::Try {
                id,
                body,
                handlers,
                orelse,
                finally,
                error,
            } => {
                if finally.is_empty() {
                    return self.try_block(*id, body, handlers, orelse, *error);
                }
                self.finally_block(*id, body, handlers, orelse, finally, *error);
            }
        }
    }

    /// `text += other` of a variable that may have no value.
    fn push_unbound(&mut self, local: Local, e: &Expr) {
        let Node::Method { args, .. } = &e.node else {
            return;
        };
        let name = self.name(local).into_owned();
        let other = args
            .iter()
            .map(|(_, a)| self.value(a))
            .next()
            .unwrap_or_default();
        let push = self.fallible(&format!("push_bound(&mut {name}, &{other})"));
        self.line(&format!("{push};"));
    }
}
