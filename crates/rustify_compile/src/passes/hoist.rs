//! Arrays and texts whose items a loop reads or writes, and that it does not assign, are looked at once before the loop:
//! their shape and steps then stay in registers.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::ir::{Expr, Function, Local, Node, Stmt, Variable};
use crate::types::Ty;
use crate::walk::{self, Part};

/// Puts views of arrays in front of loops.
pub(crate) fn hoist_arrays(function: &mut Function) {
    let body = std::mem::take(&mut function.body);
    let mut pass = Hoist { function };
    let body = pass.stmts(body);
    function.body = body;
}

struct Hoist<'f> {
    function: &'f mut Function,
}

/// What a loop does with arrays: those whose items it reads, and of those the ones it writes.
#[derive(Default)]
struct Uses {
    read: BTreeSet<Local>,
    written: BTreeSet<Local>,
    /// Of those that are read, the texts.
    texts: HashSet<Local>,
    assigned: HashSet<Local>,
}

impl Hoist<'_> {
    fn stmts(&mut self, stmts: Vec<Stmt>) -> Vec<Stmt> {
        let mut out = Vec::new();
        for mut s in stmts {
            if let Stmt::For { .. } | Stmt::While { .. } = s {
                let views = self.views(&s, &mut out);
                if !views.is_empty() {
                    replace(&mut s, &views);
                }
            }
            walk::inner_mut(&mut s, &mut |inner| {
                *inner = self.stmts(std::mem::take(inner))
            });
            out.push(s);
        }
        out
    }

    /// The views that a loop can use, made in front of it.
    fn views(&mut self, s: &Stmt, out: &mut Vec<Stmt>) -> BTreeMap<Local, Local> {
        let mut uses = Uses::default();
        uses_of(std::slice::from_ref(s), &mut uses);
        let mut views = BTreeMap::new();
        for &local in &uses.read {
            let variable = &self.function.locals[local];
            if uses.assigned.contains(&local) || variable.maybe_unbound || variable.in_place {
                continue;
            }
            let mut name = format!("{}_items", variable.name);
            while self.function.locals.iter().any(|v| v.name == name) {
                name.push('_');
            }
            let slot = variable.slot;
            self.function.locals.push(Variable {
                name,
                slot,
                maybe_unbound: false,
                in_place: true,
                by_ref: false,
            });
            let view = self.function.locals.len() - 1;
            let is_written = uses.written.contains(&local);
            let value = Expr {
                ty: Ty::Any,
                node: Node::Method {
                    receiver: Box::new(Expr {
                        ty: Ty::Any,
                        node: Node::Local(local),
                    }),
                    name: if uses.texts.contains(&local) {
                        "letters"
                    } else if is_written {
                        "lanes_to_write"
                    } else {
                        "lanes"
                    }
                    .to_owned(),
                    args: Vec::new(),
                    fails: is_written,
                },
            };
            out.push(Stmt::Assign(view, value));
            views.insert(local, view);
        }
        views
    }
}

fn uses_of(stmts: &[Stmt], uses: &mut Uses) {
    walk::changed(stmts, &mut uses.assigned);
    for s in stmts {
        walk::in_stmt(s, &mut |part| match part {
            Part::Expr(e) => uses_in(e, uses),
            Part::Stmts(stmts) => uses_of(stmts, uses),
        });
    }
}

/// Whether an expression reads a character of a text in a variable.
fn is_letter(e: &Expr) -> bool {
    matches!(&e.node, Node::Method { receiver, name, .. }
        if receiver.ty == Ty::Str && matches!(name.as_str(), "get" | "length"))
}

/// The array or text whose item an expression reads or writes.
fn item(e: &Expr) -> Option<(Local, bool)> {
    match &e.node {
        Node::Method { receiver, .. } if is_letter(e) => match receiver.node {
            Node::Local(local) => Some((local, false)),
            _ => None,
        },
        Node::Method { receiver, name, .. }
            if matches!(receiver.ty, Ty::Array(..))
                && matches!(name.as_str(), "get" | "set" | "extent") =>
        {
            match receiver.node {
                Node::Local(local) => Some((local, name == "set")),
                _ => None,
            }
        }
        _ => None,
    }
}

fn uses_in(e: &Expr, uses: &mut Uses) {
    if let Some((local, writes)) = item(e) {
        uses.read.insert(local);
        if writes {
            uses.written.insert(local);
        }
        if is_letter(e) {
            uses.texts.insert(local);
        }
    }
    match &e.node {
        // An inner function may assign it.
        Node::Borrow(local) => {
            uses.assigned.insert(*local);
        }
        // A text becomes another one by what is added to it.
        Node::Method { receiver, name, .. } if receiver.ty == Ty::Str && name == "push" => {
            if let Node::Local(local) = receiver.node {
                uses.assigned.insert(local);
            }
        }
        _ => {}
    }
    walk::in_expr(e, &mut |part| match part {
        Part::Expr(e) => uses_in(e, uses),
        Part::Stmts(stmts) => uses_of(stmts, uses),
    });
}

/// Lets item operations use the views.
fn replace(s: &mut Stmt, views: &BTreeMap<Local, Local>) {
    walk::in_stmt_mut(s, &mut |part| replace_within(part, views));
}

fn replace_in(e: &mut Expr, views: &BTreeMap<Local, Local>) {
    if let Some((local, _)) = item(e)
        && let Some(&view) = views.get(&local)
        && let Node::Method { receiver, .. } = &mut e.node
    {
        **receiver = Expr {
            ty: Ty::Any,
            node: Node::Local(view),
        };
    }
    walk::in_expr_mut(e, &mut |part| replace_within(part, views));
}

fn replace_within(part: Part<&mut Expr, &mut Vec<Stmt>>, views: &BTreeMap<Local, Local>) {
    match part {
        Part::Expr(e) => replace_in(e, views),
        Part::Stmts(stmts) => stmts.iter_mut().for_each(|s| replace(s, views)),
    }
}
