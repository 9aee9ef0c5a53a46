//! Arrays and texts whose items a loop reads or writes, and that it does not assign, are looked at once before the loop:
//! their shape and steps then stay in registers.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::ir::{Expr, Function, Local, Node, Source, Stmt, Variable};
use crate::types::Ty;

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
            match &mut s {
                Stmt::For { .. } | Stmt::While { .. } => {
                    let views = self.views(&s, &mut out);
                    if !views.is_empty() {
                        replace(&mut s, &views);
                    }
                    match &mut s {
                        Stmt::For { body, orelse, .. } | Stmt::While { body, orelse, .. } => {
                            *body = self.stmts(std::mem::take(body));
                            *orelse = self.stmts(std::mem::take(orelse));
                        }
                        _ => {}
                    }
                }
                Stmt::If(_, a, b) => {
                    *a = self.stmts(std::mem::take(a));
                    *b = self.stmts(std::mem::take(b));
                }
                Stmt::Try {
                    body,
                    handlers,
                    orelse,
                    finally,
                    ..
                } => {
                    *body = self.stmts(std::mem::take(body));
                    for (_, handler) in handlers {
                        *handler = self.stmts(std::mem::take(handler));
                    }
                    *orelse = self.stmts(std::mem::take(orelse));
                    *finally = self.stmts(std::mem::take(finally));
                }
                _ => {}
            }
            out.push(s);
        }
        out
    }

    /// The views that a loop can use, made in front of it.
    fn views(&mut self, s: &Stmt, out: &mut Vec<Stmt>) -> BTreeMap<Local, Local> {
        let mut uses = Uses::default();
        uses_of(s, &mut uses);
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

/// Calls `each` with the expressions of a statement, those of inner statements included.
fn exprs<'s>(s: &'s Stmt, each: &mut dyn FnMut(&'s Expr), assigned: &mut HashSet<Local>) {
    let mut all = |stmts: &'s [Stmt], assigned: &mut HashSet<Local>| {
        for s in stmts {
            exprs(s, each, assigned);
        }
    };
    match s {
        Stmt::Assign(local, e) => {
            assigned.insert(*local);
            each(e);
        }
        Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => each(e),
        Stmt::If(e, a, b) => {
            all(a, assigned);
            all(b, assigned);
            each(e);
        }
        Stmt::For {
            sources,
            body,
            orelse,
            ..
        } => {
            all(body, assigned);
            all(orelse, assigned);
            for (local, source) in sources {
                assigned.insert(*local);
                let (Source::Range(e) | Source::Each(e)) = source;
                each(e);
            }
        }
        Stmt::While {
            test, body, orelse, ..
        } => {
            all(body, assigned);
            all(orelse, assigned);
            each(test);
        }
        Stmt::Try {
            body,
            handlers,
            orelse,
            finally,
            ..
        } => {
            all(body, assigned);
            all(orelse, assigned);
            all(finally, assigned);
            for (_, handler) in handlers {
                all(handler, assigned);
            }
            for (classes, _) in handlers {
                classes.iter().for_each(&mut *each);
            }
        }
        Stmt::Unbind(local) => {
            assigned.insert(*local);
        }
        Stmt::Break(_) | Stmt::Continue(_) | Stmt::Reraise(_) => {}
    }
}

fn uses_of(s: &Stmt, uses: &mut Uses) {
    let (mut found, mut inner, mut assigned) = (Uses::default(), Vec::new(), HashSet::new());
    exprs(
        s,
        &mut |e| uses_in(e, &mut found, &mut inner),
        &mut assigned,
    );
    uses.assigned.extend(assigned);
    uses.assigned.extend(found.assigned);
    uses.read.extend(found.read);
    uses.written.extend(found.written);
    uses.texts.extend(found.texts);
    for s in inner {
        uses_of(s, uses);
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

fn uses_in<'s>(e: &'s Expr, uses: &mut Uses, inner: &mut Vec<&'s Stmt>) {
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
        Node::Local(_) | Node::Literal(_) | Node::Constant(_) | Node::Capture(_) => {}
        Node::Call { args, .. } => args.iter().for_each(|(_, a)| uses_in(a, uses, inner)),
        Node::Method {
            receiver,
            name,
            args,
            ..
        } => {
            // A text becomes another one by what is added to it.
            if let (Ty::Str, Node::Local(local), "push") =
                (&receiver.ty, &receiver.node, name.as_str())
            {
                uses.assigned.insert(*local);
            }
            uses_in(receiver, uses, inner);
            args.iter().for_each(|(_, a)| uses_in(a, uses, inner));
        }
        Node::Function(_, args) | Node::Tuple(args) | Node::Array(args) | Node::Fused(args, _) => {
            args.iter().for_each(|a| uses_in(a, uses, inner));
        }
        Node::Infix(_, a, b) => {
            uses_in(a, uses, inner);
            uses_in(b, uses, inner);
        }
        Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => uses_in(a, uses, inner),
        Node::Choice(t, a, b) => [t, a, b].into_iter().for_each(|x| uses_in(x, uses, inner)),
        Node::Block(stmts, value) => {
            inner.extend(stmts);
            uses_in(value, uses, inner);
        }
    }
}

/// Lets item operations use the views.
fn replace(s: &mut Stmt, views: &BTreeMap<Local, Local>) {
    let all = |stmts: &mut [Stmt]| stmts.iter_mut().for_each(|s| replace(s, views));
    match s {
        Stmt::Assign(_, e) | Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => {
            replace_in(e, views);
        }
        Stmt::If(e, a, b) => {
            replace_in(e, views);
            all(a);
            all(b);
        }
        Stmt::For {
            sources,
            body,
            orelse,
            ..
        } => {
            for (_, source) in sources {
                let (Source::Range(e) | Source::Each(e)) = source;
                replace_in(e, views);
            }
            all(body);
            all(orelse);
        }
        Stmt::While {
            test, body, orelse, ..
        } => {
            replace_in(test, views);
            all(body);
            all(orelse);
        }
        Stmt::Try {
            body,
            handlers,
            orelse,
            finally,
            ..
        } => {
            all(body);
            for (_, handler) in handlers {
                all(handler);
            }
            all(orelse);
            all(finally);
        }
        Stmt::Break(_) | Stmt::Continue(_) | Stmt::Reraise(_) | Stmt::Unbind(_) => {}
    }
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
    match &mut e.node {
        Node::Local(_)
        | Node::Borrow(_)
        | Node::Literal(_)
        | Node::Constant(_)
        | Node::Capture(_) => {}
        Node::Call { args, .. } => args.iter_mut().for_each(|(_, a)| replace_in(a, views)),
        Node::Method { receiver, args, .. } => {
            replace_in(receiver, views);
            args.iter_mut().for_each(|(_, a)| replace_in(a, views));
        }
        Node::Function(_, args) | Node::Tuple(args) | Node::Array(args) | Node::Fused(args, _) => {
            args.iter_mut().for_each(|a| replace_in(a, views))
        }
        Node::Infix(_, a, b) => {
            replace_in(a, views);
            replace_in(b, views);
        }
        Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => replace_in(a, views),
        Node::Choice(t, a, b) => [t, a, b].into_iter().for_each(|x| replace_in(x, views)),
        Node::Block(stmts, value) => {
            stmts.iter_mut().for_each(|s| replace(s, views));
            replace_in(value, views);
        }
    }
}
