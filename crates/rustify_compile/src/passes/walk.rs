//! Ways through the typed tree that several passes take.

use std::collections::HashSet;

use crate::ir::{Expr, Local, Node, Source, Stmt};

/// Calls `each` with the expressions that an expression is made of, and with the statements inside it.
pub(super) fn parts_mut(
    e: &mut Expr,
    each: &mut dyn FnMut(&mut Expr),
    inner: &mut dyn FnMut(&mut Vec<Stmt>),
) {
    match &mut e.node {
        Node::Local(_)
        | Node::Borrow(_)
        | Node::Literal(_)
        | Node::Constant(_)
        | Node::Capture(_) => {}
        Node::Call { args, .. } => args.iter_mut().for_each(|(_, a)| each(a)),
        Node::Method { receiver, args, .. } => {
            each(receiver);
            args.iter_mut().for_each(|(_, a)| each(a));
        }
        Node::Function(_, args) | Node::Tuple(args) | Node::Array(args) | Node::Fused(args, _) => {
            args.iter_mut().for_each(each);
        }
        Node::Infix(_, a, b) => {
            each(a);
            each(b);
        }
        Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => each(a),
        Node::Choice(t, a, b) => [t, a, b].into_iter().for_each(|x| each(x)),
        Node::Block(stmts, value) => {
            inner(stmts);
            each(value);
        }
    }
}

/// The expressions of a statement itself, and the statements inside it.
pub(super) fn pieces_mut(
    s: &mut Stmt,
    each: &mut dyn FnMut(&mut Expr),
    inner: &mut dyn FnMut(&mut Vec<Stmt>),
) {
    match s {
        Stmt::Assign(_, e) | Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => each(e),
        Stmt::If(e, a, b) => {
            each(e);
            inner(a);
            inner(b);
        }
        Stmt::For {
            sources,
            body,
            orelse,
            ..
        } => {
            for (_, source) in sources {
                let (Source::Range(e) | Source::Each(e)) = source;
                each(e);
            }
            inner(body);
            inner(orelse);
        }
        Stmt::While {
            test, body, orelse, ..
        } => {
            each(test);
            inner(body);
            inner(orelse);
        }
        Stmt::Try {
            body,
            handlers,
            orelse,
            finally,
            ..
        } => {
            inner(body);
            for (classes, handler) in handlers {
                classes.iter_mut().for_each(&mut *each);
                inner(handler);
            }
            inner(orelse);
            inner(finally);
        }
        Stmt::Unbind(_) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::Reraise(_) => {}
    }
}

/// The variables that may change while a statement runs.
pub(super) fn changed(s: &mut Stmt, out: &mut HashSet<Local>) {
    match s {
        Stmt::Assign(local, _) | Stmt::Unbind(local) => {
            out.insert(*local);
        }
        Stmt::For { sources, .. } => out.extend(sources.iter().map(|(local, _)| *local)),
        Stmt::Try { error, .. } => {
            out.insert(*error);
        }
        _ => {}
    }
    let (mut found, mut deeper) = (HashSet::new(), HashSet::new());
    pieces_mut(s, &mut |e| changed_in(e, &mut found), &mut |stmts| {
        stmts.iter_mut().for_each(|s| changed(s, &mut deeper));
    });
    out.extend(found);
    out.extend(deeper);
}

/// The variables that may change while an expression is computed.
pub(super) fn changed_in(e: &mut Expr, out: &mut HashSet<Local>) {
    if let Node::Borrow(local) = e.node {
        out.insert(local);
    }
    let (mut found, mut deeper) = (HashSet::new(), HashSet::new());
    parts_mut(e, &mut |e| changed_in(e, &mut found), &mut |stmts| {
        stmts.iter_mut().for_each(|s| changed(s, &mut deeper));
    });
    out.extend(found);
    out.extend(deeper);
}
