//! Which variables may be read before they have a value: Python raises then, so they are checked.

use std::collections::HashSet;

use crate::ir::{Expr, Function, Local, Node, Source, Stmt};

/// Marks variables that some way through the function reads without a value.
pub(crate) fn mark_unbound(function: &mut Function) {
    let mut walk = Walk {
        unbound: HashSet::new(),
    };
    let mut bound: HashSet<Local> = (0..function.params).collect();
    walk.stmts(&function.body, &mut bound);
    for local in walk.unbound {
        function.locals[local].maybe_unbound = true;
    }
}

/// The variables that some way through statements reads without a value, where all before `given` have one.
pub(crate) fn unbound_in(stmts: &[Stmt], given: usize) -> HashSet<Local> {
    let mut walk = Walk {
        unbound: HashSet::new(),
    };
    let mut bound: HashSet<Local> = (0..given).collect();
    walk.stmts(stmts, &mut bound);
    walk.unbound
}

/// The variables that statements take their value from.
fn unbinds(stmts: &[Stmt], out: &mut HashSet<Local>) {
    for statement in stmts {
        match statement {
            Stmt::Unbind(local) => {
                out.insert(*local);
            }
            Stmt::If(_, a, b) => {
                unbinds(a, out);
                unbinds(b, out);
            }
            Stmt::For { body, orelse, .. } | Stmt::While { body, orelse, .. } => {
                unbinds(body, out);
                unbinds(orelse, out);
            }
            Stmt::Try {
                body,
                handlers,
                orelse,
                finally,
                ..
            } => {
                unbinds(body, out);
                handlers.iter().for_each(|(_, h)| unbinds(h, out));
                unbinds(orelse, out);
                unbinds(finally, out);
            }
            _ => {}
        }
    }
}

/// The variables that keep the value they have, whatever happens in some statements.
fn kept(bound: &mut HashSet<Local>, stmts: &[Stmt]) {
    let mut lost = HashSet::new();
    unbinds(stmts, &mut lost);
    bound.retain(|local| !lost.contains(local));
}

struct Walk {
    unbound: HashSet<Local>,
}

impl Walk {
    /// Goes through statements; false if nothing runs behind them.
    fn stmts(&mut self, stmts: &[Stmt], bound: &mut HashSet<Local>) -> bool {
        stmts.iter().all(|s| self.stmt(s, bound))
    }

    fn stmt(&mut self, stmt: &Stmt, bound: &mut HashSet<Local>) -> bool {
        match stmt {
            Stmt::Assign(local, e) => {
                self.expr(e, bound);
                bound.insert(*local);
                true
            }
            Stmt::Do(e) => {
                self.expr(e, bound);
                true
            }
            Stmt::If(test, yes, no) => {
                self.expr(test, bound);
                let (mut a, mut b) = (bound.clone(), bound.clone());
                let (goes_a, goes_b) = (self.stmts(yes, &mut a), self.stmts(no, &mut b));
                *bound = match (goes_a, goes_b) {
                    (true, true) => a.intersection(&b).copied().collect(),
                    (true, false) => a,
                    (false, _) => b,
                };
                goes_a || goes_b
            }
            Stmt::For {
                sources,
                body,
                orelse,
                ..
            } => {
                for (_, source) in sources {
                    match source {
                        Source::Range(e) | Source::Each(e) => self.expr(e, bound),
                    }
                }
                kept(bound, body);
                let mut inner = bound.clone();
                inner.extend(sources.iter().map(|(local, _)| *local));
                self.stmts(body, &mut inner);
                let mut after = bound.clone();
                self.stmts(orelse, &mut after);
                true
            }
            Stmt::While {
                test, body, orelse, ..
            } => {
                kept(bound, body);
                self.expr(test, bound);
                let mut inner = bound.clone();
                self.stmts(body, &mut inner);
                let mut after = bound.clone();
                self.stmts(orelse, &mut after);
                true
            }
            Stmt::Break(_) | Stmt::Continue(_) => false,
            Stmt::Return(e) | Stmt::Raise(e) => {
                self.expr(e, bound);
                false
            }
            Stmt::Reraise(_) => false,
            Stmt::Unbind(local) => {
                bound.remove(local);
                true
            }
            Stmt::Try {
                body,
                handlers,
                orelse,
                finally,
                error,
                ..
            } => {
                let mut whole = bound.clone();
                let mut goes = self.stmts(body, &mut whole) && self.stmts(orelse, &mut whole);
                kept(bound, body);
                kept(bound, orelse);
                let mut after = goes.then_some(whole);
                for (classes, handler) in handlers {
                    let mut inner = bound.clone();
                    inner.insert(*error);
                    for class in classes {
                        self.expr(class, &mut inner);
                    }
                    if self.stmts(handler, &mut inner) {
                        goes = true;
                        after = Some(match after {
                            Some(a) => a.intersection(&inner).copied().collect(),
                            None => inner,
                        });
                    }
                }
                handlers.iter().for_each(|(_, h)| kept(bound, h));
                let mut in_any_case = bound.clone();
                self.stmts(finally, &mut in_any_case);
                if let Some(after) = after {
                    // Rust does not see that the ways out over a `finally` do not come back.
                    if finally.is_empty() {
                        *bound = after;
                    }
                    bound.extend(in_any_case);
                }
                goes
            }
        }
    }

    fn expr(&mut self, e: &Expr, bound: &mut HashSet<Local>) {
        match &e.node {
            Node::Local(local) | Node::Borrow(local) => {
                if !bound.contains(local) {
                    self.unbound.insert(*local);
                }
            }
            Node::Literal(_) | Node::Constant(_) | Node::Capture(_) => {}
            Node::Call { args, .. } => args.iter().for_each(|(_, a)| self.expr(a, bound)),
            Node::Method { receiver, args, .. } => {
                self.expr(receiver, bound);
                args.iter().for_each(|(_, a)| self.expr(a, bound));
            }
            Node::Function(_, args)
            | Node::Tuple(args)
            | Node::Array(args)
            | Node::Fused(args, _) => {
                args.iter().for_each(|a| self.expr(a, bound));
            }
            Node::Infix(op, a, b) => {
                self.expr(a, bound);
                if matches!(*op, "&&" | "||") {
                    let mut inner = bound.clone();
                    self.expr(b, &mut inner);
                } else {
                    self.expr(b, bound);
                }
            }
            Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => self.expr(a, bound),
            Node::Choice(test, a, b) => {
                self.expr(test, bound);
                let (mut x, mut y) = (bound.clone(), bound.clone());
                self.expr(a, &mut x);
                self.expr(b, &mut y);
                *bound = x.intersection(&y).copied().collect();
            }
            Node::Block(stmts, value) => {
                self.stmts(stmts, bound);
                self.expr(value, bound);
            }
        }
    }
}
